//! The live MX records.

use crate::lookup::RecordType;
use crate::report::Verdict::{AtRisk, Blocking, Disabled, Enforced, Inconclusive, Missing, NotApplicable, Testing};
use crate::scenario::world::{ENFORCE, World};

use super::given::{Scenario, given};

const DOMAIN: &str = "shop.com.au";

pub(crate) fn scenarios() -> Vec<Scenario> {
    let testing = ENFORCE.replace("enforce", "testing");
    let none = "version: STSv1\nmode: none\nmax_age: 86400\n";
    vec![
        given(
            "every MX is allowed",
            |w| w,
            Enforced,
            &["mx-all-match", "mx-tls-not-tested"],
            &[
                "mx-none-match",
                "mx-some-unmatched",
                "mx-missing-implicit",
                "mx-missing-no-address",
                "mx-null",
                "mx-null-with-others",
                "mx-target-cname",
                "mx-target-ip",
                "mx-target-no-address",
                "mx-target-private",
                "mx-mixed-providers",
                "mx-dns-error",
                "mx-not-looked-into",
            ],
        ),
        given(
            "upper case is the same",
            |w| w.policy(&ENFORCE.replace("mx1.mail", "MX1.Mail")),
            Enforced,
            &["mx-all-match"],
            &["mx-some-unmatched"],
        ),
        given(
            "no MX is allowed",
            |w| w.without_mx().mx(10, "mx.elsewhere.net").address("mx.elsewhere.net", "203.0.113.25"),
            Blocking,
            &["mx-none-match"],
            &["mx-some-unmatched", "mx-all-match"],
        ),
        given(
            "no MX is allowed, in testing",
            |w| w.without_mx().mx(10, "mx.elsewhere.net").address("mx.elsewhere.net", "203.0.113.25").policy(&testing),
            Testing,
            &["mx-none-match"],
            &["mx-all-match"],
        ),
        given(
            "a backup MX is forgotten",
            |w| w.mx(30, "backup.elsewhere.net").address("backup.elsewhere.net", "192.0.2.9"),
            AtRisk,
            &["mx-some-unmatched"],
            &["mx-none-match", "mx-all-match"],
        ),
        given(
            "a backup MX is forgotten, in testing",
            |w| w.mx(30, "backup.elsewhere.net").address("backup.elsewhere.net", "192.0.2.9").policy(&testing),
            Testing,
            &["mx-some-unmatched"],
            &["mx-all-match"],
        ),
        given(
            "a backup MX is forgotten, switched off",
            |w| w.mx(30, "backup.elsewhere.net").address("backup.elsewhere.net", "192.0.2.9").policy(none),
            Disabled,
            &["policy-mode-none"],
            &["mx-some-unmatched", "mx-none-match", "mx-tls-not-tested"],
        ),
        given(
            "no MX, but an address that the policy omits",
            |w| w.without_mx().address(DOMAIN, "203.0.113.1"),
            Blocking,
            &["mx-missing-implicit"],
            &["mx-missing-no-address", "mx-null"],
        ),
        given(
            "no MX, and the policy names the domain",
            |w| w.without_mx().address(DOMAIN, "203.0.113.1").policy(&format!("{ENFORCE}mx: {DOMAIN}\n")),
            Enforced,
            &["mx-missing-implicit"],
            &["mx-none-match"],
        ),
        given(
            "no MX and no address",
            World::without_mx,
            Enforced,
            &["mx-missing-no-address"],
            &["mx-missing-implicit", "mx-all-match"],
        ),
        given(
            "a null MX",
            |w| w.without_mx().mx(0, ""),
            NotApplicable,
            &["mx-null"],
            &["mx-null-with-others", "mx-missing-implicit"],
        ),
        given(
            "a null MX, and a record whose signatures do not hold",
            |w| w.without_mx().mx(0, "").bogus("_mta-sts.shop.com.au", RecordType::Txt),
            NotApplicable,
            &["mx-null", "dnssec-bogus"],
            &[],
        ),
        given("a null MX among others", |w| w.mx(0, ""), Enforced, &["mx-null-with-others"], &["mx-null"]),
        given(
            "an MX that is an alias",
            |w| {
                w.without_mx()
                    .mx(10, "mx1.mail-host.net")
                    .mx(20, "mail.shop.com.au")
                    .alias("mail.shop.com.au", "mx2.mail-host.net")
            },
            AtRisk,
            &["mx-target-cname", "mx-some-unmatched"],
            &["mx-target-no-address"],
        ),
        given(
            "an address for an MX",
            |w| w.mx(30, "192.0.2.99"),
            Enforced,
            &["mx-target-ip"],
            &["mx-target-no-address", "mx-target-private"],
        ),
        given(
            "an MX that leads nowhere",
            |w| w.mx(30, "gone.mail-host.net").without("gone.mail-host.net", RecordType::A),
            Enforced,
            &["mx-target-no-address"],
            &["mx-target-cname"],
        ),
        given(
            "an MX in a private network",
            |w| w.mx(30, "in.shop.com.au").address("in.shop.com.au", "192.168.7.7"),
            Enforced,
            &["mx-target-private"],
            &["mx-target-no-address"],
        ),
        given(
            "two providers",
            |w| {
                let [google, microsoft] = ["aspmx.l.google.com", "shop-com-au.mail.protection.outlook.com"];
                let w = w.without_mx().mx(1, google).mx(5, microsoft);
                w.address(google, "192.0.2.1").address(microsoft, "192.0.2.2").policy(
                "version: STSv1\nmode: enforce\nmx: aspmx.l.google.com\nmx: *.mail.protection.outlook.com\nmax_age: 2592000\n",
            )
            },
            Enforced,
            &["mx-mixed-providers", "mx-all-match"],
            &["mx-pattern-unused"],
        ),
        given(
            "the MX cannot be looked up",
            |w| w.no_answer(DOMAIN, RecordType::Mx),
            Inconclusive,
            &["mx-dns-error"],
            &["mx-missing-implicit", "mx-none-match"],
        ),
        given(
            "the address of an MX cannot be looked up",
            |w| w.server_failure("mx2.mail-host.net", RecordType::A, 23, ""),
            Enforced,
            &["mx-dns-error", "mx-all-match"],
            &["mx-target-no-address"],
        ),
        given(
            "the address of an MX comes in time in one sort alone",
            |w| {
                let host = "mx2.mail-host.net";
                w.without(host, RecordType::A).address(host, "2001:db8::25").no_answer(host, RecordType::A)
            },
            Enforced,
            &["mx-dns-error"],
            &["mx-target-no-address"],
        ),
        given(
            "no MX, and the domain's own address cannot be looked up",
            |w| w.without_mx().no_answer(DOMAIN, RecordType::A),
            Inconclusive,
            &["mx-dns-error"],
            &["mx-missing-no-address", "mx-missing-implicit"],
        ),
        given(
            "an MX is there twice",
            |w| w.mx(30, "mx1.mail-host.net"),
            Enforced,
            &["mx-all-match"],
            &["mx-some-unmatched", "mx-not-looked-into"],
        ),
        given(
            "fourteen MX hosts",
            |w| {
                (0..12)
                    .fold(w, |w, index| w.mx(30, &format!("mx{index}.shop.com.au")))
                    .policy(&format!("{ENFORCE}mx: *.shop.com.au\n"))
            },
            Enforced,
            &["mx-not-looked-into", "mx-all-match"],
            &[],
        ),
        given(
            "fourteen MX hosts, and no MTA-STS",
            |w| {
                (0..12)
                    .fold(w, |w, index| w.mx(30, &format!("mx{index}.shop.com.au")))
                    .without_announce()
                    .without_host()
                    .status(404, "")
            },
            Missing,
            &["mx-not-looked-into", "record-missing"],
            &["mx-all-match"],
        ),
    ]
}
