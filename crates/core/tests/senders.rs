//! What each real sender makes of a policy: the plain reader of RFC 8461 finds it or not, and others differ where the
//! catalogue says so.

use mta_sts_core::Timestamp;
use mta_sts_core::evaluate;
use mta_sts_core::evidence::{Cause, Response};
use mta_sts_core::lookup::RecordType;
use mta_sts_core::report::{Acceptance, Report, SenderVerdict, Verdict};
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World, examples};

const NAMES: [&str; 9] = [
    "RFC 8461",
    "postfix-tlspol",
    "postfix-mta-sts-resolver",
    "mox",
    "chasquid",
    "Mimecast's library",
    "KumoMTA",
    "Google, by its documentation",
    "NCSC MailCheck (advice)",
];

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn report(world: &World) -> Report {
    evaluate(&world.check(), now())
}

fn protected() -> World {
    World::protected("shop.com.au")
}

fn sender<'r>(report: &'r Report, name: &str) -> &'r SenderVerdict {
    report.senders.iter().find(|sender| sender.name == name).unwrap_or_else(|| panic!("{name} is in the table"))
}

/// The senders that refuse what the others accept.
fn refusing(report: &Report) -> Vec<&str> {
    let refuses = |sender: &&SenderVerdict| sender.verdict == Acceptance::Unusable;
    report.senders.iter().filter(refuses).map(|sender| sender.name.as_str()).collect()
}

fn served_as(content_type: Option<&str>) -> World {
    let content_type = content_type.map(str::to_owned);
    protected().response(Response { status: 200, content_type, body: ENFORCE.into(), ..Response::default() })
}

#[test]
fn senders_refuse_what_the_catalogue_says_they_refuse() {
    let policy = |from: &str, to: &str| protected().policy(&ENFORCE.replace(from, to));
    let table: [(&str, World, &[&str]); 17] = [
        ("all well", protected(), &[]),
        ("two seconds", protected().fetch_takes(2000), &[]),
        ("over two seconds", protected().fetch_takes(2001), &["postfix-tlspol"]),
        ("over four", protected().fetch_takes(4500), &["postfix-tlspol", "postfix-mta-sts-resolver"]),
        ("html by name", served_as(Some("text/html")), &["postfix-tlspol", "postfix-mta-sts-resolver"]),
        ("no type", served_as(None), &["postfix-tlspol", "postfix-mta-sts-resolver"]),
        ("type in capitals", served_as(Some("Text/Plain;charset=UTF-8")), &[]),
        ("blank line", policy("mode", "\nmode"), &["postfix-tlspol", "mox"]),
        ("indented line", policy("mode", " mode"), &["mox"]),
        ("indented first line", policy("version", " version"), &["mox"]),
        ("address", policy("max_age", "mx: 192.0.2.1\nmax_age"), &["postfix-tlspol"]),
        ("max_age 0", policy("2592000", "0"), &["chasquid", "Mimecast's library"]),
        ("max_age under a day", policy("2592000", "86399"), &["Mimecast's library"]),
        ("max_age of a day", policy("2592000", "86400"), &[]),
        ("twice", policy("max_age", "mode: testing\nmax_age"), &["KumoMTA"]),
        (
            "version last",
            protected().policy(&format!("{}version: STSv1\n", &ENFORCE[15..])),
            &["Google, by its documentation"],
        ),
        (
            "twice, the last one unreadable",
            policy("max_age", "mode: forced\nmax_age"),
            &["postfix-mta-sts-resolver", "mox", "KumoMTA"],
        ),
    ];
    for (name, world, expected) in table {
        let report = report(&world);
        assert_eq!(refusing(&report), expected, "{name}");
        let texts = report.senders.iter().flat_map(|sender| [&sender.name, &sender.why]);
        assert!(texts.into_iter().all(|text| !text.contains('\u{2019}')), "one apostrophe, as in the rules");
    }
}

#[test]
fn what_the_rfc_refuses_all_refuse_and_say_why() {
    let table = [
        ("no record", protected().without_announce(), "There is no _mta-sts record."),
        ("an SPF record", protected().announce("v=spf1 -all"), "There is no _mta-sts record."),
        ("two records", protected().also_announce("v=STSv1; id=2;"), "There is more than one _mta-sts record."),
        ("a bad record", protected().announce("v=STSv1; id=a-b;"), "It cannot read the _mta-sts record."),
        ("no host", protected().without_host(), "The policy host has no address on the internet."),
        ("a private host", protected().host("10.0.0.1"), "The policy host has no address on the internet."),
        ("a bad certificate", protected().fetch_fails(Cause::Tls), "It cannot fetch the policy."),
        ("not found", protected().status(404, ""), "It gets another answer than the policy."),
        ("a web page", protected().status(200, "<p>Welcome</p>"), "It cannot read the policy file."),
        ("a bad mode", protected().policy(&ENFORCE.replace("enforce", "Enforce")), "It cannot read the policy file."),
        (
            "broken signatures",
            protected().bogus("_mta-sts.shop.com.au", RecordType::Txt),
            "The DNSSEC signatures do not hold.",
        ),
    ];
    for (name, world, why) in table {
        let report = report(&world);
        for sender in &report.senders {
            assert_eq!((sender.verdict, sender.why.as_str()), (Acceptance::Unusable, why), "{name}: {}", sender.name);
        }
    }
}

#[test]
fn the_last_of_two_counts_for_one_sender_and_the_first_for_the_rest() {
    let testing_last = report(&protected().policy(&ENFORCE.replace("max_age", "mode: testing\nmax_age")));
    assert_eq!(sender(&testing_last, "mox").why, "It would find the policy and enforce it.");
    let resolver = sender(&testing_last, "postfix-mta-sts-resolver");
    assert_eq!(resolver.why, "It would find the policy and only report problems.");
    // The other way round it is the only one that finds a policy.
    let good_last = report(&protected().policy(&ENFORCE.replace("max_age", "mode: enforce\nmax_age").replacen(
        "mode: enforce",
        "mode: forced",
        1,
    )));
    assert_eq!(sender(&good_last, "RFC 8461").verdict, Acceptance::Unusable);
    assert_eq!(sender(&good_last, "postfix-mta-sts-resolver").verdict, Acceptance::Usable);
}

#[test]
fn a_max_age_over_a_year_is_cut_by_one_sender_and_refused_by_the_rest() {
    let longer = |more: &str| ENFORCE.replace("2592000", &format!("31557601{more}"));
    let long = report(&protected().policy(&longer("")));
    let rest: Vec<&str> = NAMES.into_iter().filter(|name| *name != "postfix-tlspol").collect();
    assert_eq!(refusing(&long), rest);
    assert_eq!(sender(&long, "postfix-tlspol").why, "It would find the policy and enforce it.");
    assert_eq!(sender(&long, "RFC 8461").why, "It cannot read the policy file.");
    // All else that it wants, it wants of such a policy too.
    let slow = report(&protected().policy(&longer("")).fetch_takes(2001));
    assert_eq!(sender(&slow, "postfix-tlspol").why, "It waits 2 seconds for the file, and the host took longer.");
    for more in ["\nmax_age", "000", "a"] {
        let report = report(&protected().policy(&longer(more)));
        assert_eq!(sender(&report, "postfix-tlspol").verdict, Acceptance::Unusable, "{more:?}");
    }
}

#[test]
fn every_reason_is_said_and_a_mode_that_is_off_too() {
    let slow_and_unmarked = report(&served_as(None).fetch_takes(2500));
    assert_eq!(
        sender(&slow_and_unmarked, "postfix-tlspol").why,
        "It waits 2 seconds for the file, and the host took longer. It takes only a file that is marked as text/plain."
    );
    let off = report(&protected().policy("version: STSv1\nmode: none\nmax_age: 86400\n"));
    for name in NAMES {
        assert_eq!(sender(&off, name).verdict, Acceptance::Usable, "{name}");
    }
    assert_eq!(sender(&off, "KumoMTA").why, "It would find the policy, which switches MTA-STS off.");
}

#[test]
fn advice_warns_and_refuses_nothing() {
    let table = [
        ("enforce", 1_209_600, false),
        ("enforce", 1_209_599, true),
        ("testing", 86_400, false),
        ("testing", 86_399, true),
        ("none", 60, false),
    ];
    for (mode, max_age, warns) in table {
        let policy = ENFORCE.replace("enforce", mode).replace("2592000", &max_age.to_string());
        let report = report(&protected().policy(&policy));
        let advice = sender(&report, "NCSC MailCheck (advice)");
        assert_eq!(advice.verdict, Acceptance::Usable);
        assert_eq!(advice.why.contains("warn that its max_age is short"), warns, "{mode} {max_age}: {}", advice.why);
    }
}

#[test]
fn what_was_not_seen_is_not_known() {
    let unseen = [
        protected().no_answer("_mta-sts.shop.com.au", RecordType::Txt),
        protected().server_failure("_mta-sts.shop.com.au", RecordType::Txt, 22, ""),
        protected().fetch_fails(Cause::Unknown),
    ];
    for world in unseen {
        for sender in report(&world).senders {
            assert_eq!(sender.verdict, Acceptance::Unknown, "{}: {}", sender.name, sender.why);
        }
    }
    let mut evidence = protected().check();
    evidence.observations.clear();
    assert!(evaluate(&evidence, now()).senders.iter().all(|sender| sender.verdict == Acceptance::Unknown));
}

#[test]
fn the_plain_reader_agrees_with_the_verdict() {
    for example in examples() {
        let report = report(&example.world);
        assert_eq!(report.senders.iter().map(|sender| sender.name.as_str()).collect::<Vec<_>>(), NAMES);
        let finds = match report.verdict {
            Verdict::NotApplicable | Verdict::Missing | Verdict::Broken => Acceptance::Unusable,
            Verdict::Inconclusive => Acceptance::Unknown,
            _ => Acceptance::Usable,
        };
        assert_eq!(report.senders[0].verdict, finds, "{}: {}", example.domain, report.senders[0].why);
    }
}
