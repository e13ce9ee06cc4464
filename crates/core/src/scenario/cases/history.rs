//! What changed since earlier checks.

use crate::report::Verdict::{AtRisk, Broken, Disabled, Enforced, Inconclusive, Missing, NotApplicable, Testing};
use crate::scenario::world::{ENFORCE, World};

use super::given::{Scenario, given};

/// Every rule that compares with earlier checks.
const CHANGES: &[&str] = &[
    "history-id-older-than-policy",
    "history-policy-changed-id-same",
    "history-id-changed-policy-same",
    "history-record-before-policy",
    "history-enforce-without-testing",
    "history-testing-stale",
    "history-mode-weakened",
    "history-removed-too-early",
    "history-mx-changed",
    "history-policy-flapping",
];

/// The policy for one mail server alone.
const FIRST_ONLY: &str = "version: STSv1\nmode: enforce\nmx: mx1.mail-host.net\nmax_age: 2592000\n";

const OLD_ID: &str = "v=STSv1; id=20261001T0800;";

pub(crate) fn scenarios() -> Vec<Scenario> {
    let testing = ENFORCE.replace("enforce", "testing");
    let none = "version: STSv1\nmode: none\nmax_age: 86400\n";
    let before = || World::protected("shop.com.au");
    let nothing = || before().without_announce().without_host();
    let longer = ENFORCE.replace("2592000", "5184000");
    let short = ENFORCE.replace("2592000", "86400");
    let reordered =
        "version: STSv1\r\nmode: enforce\r\nmx: mx2.mail-host.net\r\nmx: mx1.mail-host.net\r\nmax_age: 2592000\r\n";
    vec![
        given(
            "the policy file is newer than the id",
            |w| w.last_modified("Fri, 20 Nov 2026 16:00:00 GMT"),
            Enforced,
            &["history-id-older-than-policy"],
            &["history-policy-changed-id-same", "history-mx-changed"],
        ),
        given(
            "the policy file is from the day after the id",
            |w| w.last_modified("Mon, 02 Nov 2026 23:59:59 GMT"),
            Enforced,
            &[],
            &["history-id-older-than-policy"],
        ),
        given(
            "a policy file that is made anew at every request",
            |w| w.last_modified("Tue, 24 Nov 2026 09:30:01 GMT"),
            Enforced,
            &[],
            &["history-id-older-than-policy"],
        ),
        given(
            "a date of the policy file that nobody can read",
            |w| w.last_modified("Friday, 20-Nov-26 16:00:00 GMT"),
            Enforced,
            &[],
            &["history-id-older-than-policy"],
        ),
        given(
            "an id that is no date, and a new policy file",
            |w| w.announce("v=STSv1; id=10000000;").last_modified("Fri, 20 Nov 2026 16:00:00 GMT"),
            Enforced,
            &[],
            &["history-id-older-than-policy"],
        ),
        given(
            "a policy file on a platform that uploads the whole site",
            |w| {
                w.without_host()
                    .alias("mta-sts.shop.com.au", "shop-com-au.web-host.net")
                    .address("shop-com-au.web-host.net", "203.0.113.80")
                    .last_modified("Fri, 20 Nov 2026 16:00:00 GMT")
            },
            Enforced,
            &["policy-ok"],
            &["history-id-older-than-policy"],
        ),
        given(
            "a policy file that was uploaded again with the same text",
            |w| w.last_modified("Fri, 20 Nov 2026 16:00:00 GMT").seen(10, &before()),
            Enforced,
            &[],
            CHANGES,
        ),
        given("nothing has changed for a month", |w| w.seen(1, &before()).seen(30, &before()), Enforced, &[], CHANGES),
        given(
            "the policy changed, and the id stayed as it was",
            |w| w.policy(&longer).seen(3, &before()),
            Enforced,
            &["history-policy-changed-id-same"],
            &["history-record-before-policy", "history-id-changed-policy-same", "history-mode-weakened"],
        ),
        given(
            "the policy changed two checks ago, and the id never did",
            |w| w.policy(&longer).seen(3, &before()).seen(2, &before().policy(&longer)),
            Enforced,
            &["history-policy-changed-id-same"],
            &[],
        ),
        given(
            "the id stayed as it was, and an old policy knows only one of the servers",
            |w| w.seen(3, &before().policy(FIRST_ONLY)),
            Enforced,
            &["history-policy-changed-id-same"],
            &["history-mx-changed"],
        ),
        given(
            "the policy changed without a new id, and senders have forgotten the old one",
            |w| w.policy(&longer).seen(5, &before().policy(&short)).seen(3, &before().policy(&longer)),
            Enforced,
            &[],
            &["history-policy-changed-id-same", "history-record-before-policy"],
        ),
        given(
            "the policy file was only written otherwise",
            |w| w.policy(reordered).seen(3, &before()),
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "policy and id changed together",
            |w| w.policy(&longer).seen(3, &before().announce(OLD_ID)),
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "the policy changed, and a check later the id",
            |w| {
                w.policy(&longer)
                    .seen(3, &before().announce(OLD_ID))
                    .seen(2, &before().announce(OLD_ID).policy(&longer))
            },
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "a new id for the same policy",
            |w| w.seen(3, &before().announce(OLD_ID)),
            Enforced,
            &["history-id-changed-policy-same"],
            &["history-record-before-policy", "history-policy-changed-id-same"],
        ),
        given(
            "the id changed first, and the policy after it",
            |w| w.policy(&longer).seen(3, &before().announce(OLD_ID)).seen(2, &before()),
            Enforced,
            &["history-record-before-policy"],
            &["history-policy-changed-id-same", "history-id-changed-policy-same"],
        ),
        given(
            "the id changed before the policy, and again after it",
            |w| {
                let late = "v=STSv1; id=20261123T0800;";
                w.announce(late).policy(&longer).seen(3, &before().announce(OLD_ID)).seen(2, &before())
            },
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "the id is one that an earlier policy had",
            |w| w.seen(20, &before().policy(&testing)).seen(3, &before().announce(OLD_ID)),
            Enforced,
            &["history-policy-changed-id-same"],
            &["history-record-before-policy", "history-id-changed-policy-same"],
        ),
        given(
            "the id is one that an earlier policy had, which every sender has forgotten",
            |w| {
                let other = before().announce(OLD_ID);
                w.seen(60, &before().policy(&testing)).seen(40, &other).seen(3, &other)
            },
            Enforced,
            &["history-id-changed-policy-same"],
            &["history-policy-changed-id-same", "history-record-before-policy"],
        ),
        given(
            "the id is one that the same policy had",
            |w| w.seen(20, &before()).seen(3, &before().announce(OLD_ID).policy(&longer)),
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "an id that came too early, and that an earlier policy had too",
            |w| {
                let other = before().announce(OLD_ID);
                w.policy(&longer).seen(20, &before().policy(&testing)).seen(3, &other).seen(2, &before())
            },
            Enforced,
            &["history-record-before-policy"],
            &["history-policy-changed-id-same"],
        ),
        given(
            "enforced from the first day",
            |w| w.seen(3, &nothing()),
            Enforced,
            &["history-enforce-without-testing"],
            &["history-policy-flapping", "history-removed-too-early"],
        ),
        given(
            "enforced after three days of testing",
            |w| w.seen(9, &nothing()).seen(5, &before().announce(OLD_ID).policy(&testing)).seen(2, &before()),
            Enforced,
            &["history-enforce-without-testing"],
            &["history-policy-changed-id-same"],
        ),
        given(
            "enforced from the first day, without reports",
            |w| w.without_tls_rpt().seen(3, &nothing()),
            Enforced,
            &["history-enforce-without-testing", "policy-enforce-no-tlsrpt"],
            &[],
        ),
        given(
            "enforced after two weeks of testing",
            |w| {
                let tested = before().announce(OLD_ID).policy(&testing);
                w.seen(20, &nothing()).seen(19, &tested).seen(6, &tested).seen(5, &before())
            },
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "enforced after two weeks of testing, with a web host that was out of order in between",
            |w| {
                let tested = || before().announce(OLD_ID).policy(&testing);
                w.seen(20, &nothing())
                    .seen(19, &tested())
                    .seen(8, &tested().status(503, "Try again later"))
                    .seen(6, &tested())
                    .seen(5, &before())
            },
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "enforced, and out of order when it was first seen",
            |w| w.seen(3, &before().status(503, "Try again later")),
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "enforced without testing, four months ago",
            |w| w.seen(121, &nothing()).seen(120, &before()),
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "in testing since the summer",
            |w| {
                let tested = before().policy(&testing);
                w.policy(&testing).seen(100, &tested).seen(40, &tested)
            },
            Testing,
            &["history-testing-stale"],
            &["history-mode-weakened"],
        ),
        given(
            "in testing since the summer, with a web host that was out of order in between",
            |w| {
                let tested = before().policy(&testing);
                let out_of_order = before().status(503, "Try again later");
                w.policy(&testing).seen(100, &tested).seen(70, &out_of_order).seen(40, &tested).seen(1, &out_of_order)
            },
            Testing,
            &["history-testing-stale"],
            &["history-mode-weakened", "history-enforce-without-testing"],
        ),
        given(
            "in testing again, after everything was gone for a while",
            |w| {
                let tested = before().policy(&testing);
                w.policy(&testing).seen(100, &tested).seen(70, &nothing()).seen(40, &tested)
            },
            Testing,
            &[],
            &["history-testing-stale"],
        ),
        given(
            "in testing for two months",
            |w| w.policy(&testing).seen(60, &before().policy(&testing)).seen(100, &nothing()),
            Testing,
            &[],
            CHANGES,
        ),
        given(
            "back from enforce to testing",
            |w| w.policy(&testing).seen(3, &before().announce(OLD_ID)),
            Testing,
            &["history-mode-weakened"],
            &["history-testing-stale", "history-policy-changed-id-same"],
        ),
        given(
            "switched off after it was enforced",
            |w| w.policy(none).seen(3, &before().announce(OLD_ID)),
            Disabled,
            &["history-mode-weakened"],
            &["history-removed-too-early"],
        ),
        given(
            "from testing to enforce",
            |w| w.seen(30, &before().announce(OLD_ID).policy(&testing)),
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "removed while senders still know the policy",
            |_| nothing().seen(3, &before()),
            Missing,
            &["history-removed-too-early", "record-missing"],
            &["history-policy-flapping", "history-mx-changed", "history-mode-weakened"],
        ),
        given(
            "the policy file deleted while senders still know it",
            |w| w.status(404, "Not found").seen(3, &before()),
            Broken,
            &["history-removed-too-early"],
            &[],
        ),
        given(
            "a policy that was tested, removed while senders still know it",
            |_| nothing().seen(3, &before().policy(&testing)),
            Missing,
            &["history-removed-too-early"],
            &[],
        ),
        given(
            "removed after every sender has forgotten the policy",
            |_| {
                let off = before().announce("v=STSv1; id=20261101T0900;").policy(none);
                nothing().seen(40, &before()).seen(30, &off).seen(2, &off)
            },
            Missing,
            &[],
            CHANGES,
        ),
        given(
            "a policy host that is out of order",
            |w| w.status(503, "Try again later").seen(3, &before()),
            Broken,
            &[],
            CHANGES,
        ),
        given(
            "a policy host that does not answer today",
            |w| w.fetch_fails(crate::evidence::Cause::Timeout).seen(3, &before()),
            Broken,
            &[],
            CHANGES,
        ),
        given(
            "a record that could not be looked up today",
            |w| {
                w.no_answer("_mta-sts.shop.com.au", crate::lookup::RecordType::Txt)
                    .seen(3, &before().policy(FIRST_ONLY))
            },
            Inconclusive,
            &[],
            CHANGES,
        ),
        given(
            "a domain that takes no mail any more",
            |_| nothing().without_mx().mx(0, "").seen(3, &before()),
            NotApplicable,
            &[],
            CHANGES,
        ),
        given(
            "the mail moved to other servers",
            |w| {
                let old = before().without_mx().mx(10, "mx1.mail-host.net").mx(20, "mx9.old-host.net");
                w.seen(3, &old)
            },
            Enforced,
            &["history-mx-changed"],
            &["history-policy-changed-id-same"],
        ),
        given(
            "the same servers in another order",
            |w| w.seen(3, &before().without_mx().mx(10, "mx2.mail-host.net").mx(20, "mx1.mail-host.net")),
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "a backup server that the policy forgets",
            |w| w.mx(30, "backup.other-host.net").address("backup.other-host.net", "203.0.113.25").seen(3, &before()),
            AtRisk,
            &["history-mx-changed", "mx-some-unmatched"],
            &[],
        ),
        given(
            "a policy file that is there now and then",
            |w| {
                let gone = before().status(404, "Not found");
                w.seen(14, &before()).seen(7, &gone).seen(5, &before()).seen(2, &gone).seen(1, &before())
            },
            Enforced,
            &["history-policy-flapping"],
            &["history-removed-too-early", "history-enforce-without-testing"],
        ),
        given(
            "a policy file that is gone again",
            |w| {
                let gone = before().status(404, "Not found");
                w.status(404, "Not found").seen(14, &before()).seen(7, &gone).seen(5, &before())
            },
            Broken,
            &["history-policy-flapping", "history-removed-too-early"],
            &[],
        ),
        given(
            "a policy file that was missing for days, once",
            |w| {
                let gone = before().status(404, "Not found");
                w.seen(14, &before()).seen(7, &gone).seen(5, &gone).seen(1, &before())
            },
            Enforced,
            &[],
            CHANGES,
        ),
        given(
            "a policy file that came after its record, and was missing once since then",
            |w| {
                let gone = before().status(404, "Not found");
                w.seen(14, &gone).seen(7, &before()).seen(5, &gone).seen(1, &before())
            },
            Enforced,
            &[],
            &["history-policy-flapping"],
        ),
        given(
            "a policy file that was missing now and then in the summer",
            |w| {
                let gone = before().status(404, "Not found");
                w.seen(120, &before()).seen(110, &gone).seen(100, &before()).seen(90, &gone).seen(1, &before())
            },
            Enforced,
            &[],
            CHANGES,
        ),
    ]
}
