//! What each real sender makes of a policy: the plain reader of RFC 8461 finds it or not, and others differ where the
//! catalogue says so.

use std::collections::BTreeSet;

use mta_sts_core::Timestamp;
use mta_sts_core::evaluate;
use mta_sts_core::evidence::{Cause, Evidence, Response};
use mta_sts_core::facts::Facts;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::report::{Acceptance, Verdict};
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World, examples};
use mta_sts_core::verdict::senders::{self, Obstacle, Reaction, Sender, Use, Want};

const SENDERS: [Sender; 9] = [
    Sender::Rfc8461,
    Sender::PostfixTlspol,
    Sender::PostfixMtaStsResolver,
    Sender::Mox,
    Sender::Chasquid,
    Sender::Mimecast,
    Sender::KumoMta,
    Sender::Google,
    Sender::MailCheck,
];

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn judge(evidence: &Evidence) -> Vec<(Sender, Reaction)> {
    senders::judge(&Facts::read(evidence, now()))
}

fn reactions(world: &World) -> Vec<(Sender, Reaction)> {
    judge(&world.check())
}

fn protected() -> World {
    World::protected("shop.com.au")
}

fn reaction(world: &World, wanted: Sender) -> Reaction {
    let all = reactions(world);
    let (_, reaction) = all.into_iter().find(|(sender, _)| *sender == wanted).expect("every sender is in the table");
    reaction
}

/// The senders that refuse what the others accept.
fn refusing(world: &World) -> Vec<Sender> {
    let refuses = |reaction: &Reaction| reaction.acceptance() == Acceptance::Unusable;
    reactions(world).into_iter().filter(|(_, reaction)| refuses(reaction)).map(|(sender, _)| sender).collect()
}

fn served_as(content_type: Option<&str>) -> World {
    let content_type = content_type.map(str::to_owned);
    protected().response(Response { status: 200, content_type, body: ENFORCE.into(), ..Response::default() })
}

#[test]
fn senders_refuse_what_the_catalogue_says_they_refuse() {
    let policy = |from: &str, to: &str| protected().policy(&ENFORCE.replace(from, to));
    let table: [(&str, World, &[Sender]); 17] = [
        ("all well", protected(), &[]),
        ("two seconds", protected().fetch_takes(2000), &[]),
        ("over two seconds", protected().fetch_takes(2001), &[Sender::PostfixTlspol]),
        ("over four", protected().fetch_takes(4500), &[Sender::PostfixTlspol, Sender::PostfixMtaStsResolver]),
        ("html by name", served_as(Some("text/html")), &[Sender::PostfixTlspol, Sender::PostfixMtaStsResolver]),
        ("no type", served_as(None), &[Sender::PostfixTlspol, Sender::PostfixMtaStsResolver]),
        ("type in capitals", served_as(Some("Text/Plain;charset=UTF-8")), &[]),
        ("blank line", policy("mode", "\nmode"), &[Sender::PostfixTlspol, Sender::Mox]),
        ("indented line", policy("mode", " mode"), &[Sender::Mox]),
        ("indented first line", policy("version", " version"), &[Sender::Mox]),
        ("address", policy("max_age", "mx: 192.0.2.1\nmax_age"), &[Sender::PostfixTlspol]),
        ("max_age 0", policy("2592000", "0"), &[Sender::Chasquid, Sender::Mimecast]),
        ("max_age under a day", policy("2592000", "86399"), &[Sender::Mimecast]),
        ("max_age of a day", policy("2592000", "86400"), &[]),
        ("twice", policy("max_age", "mode: testing\nmax_age"), &[Sender::KumoMta]),
        ("version last", protected().policy(&format!("{}version: STSv1\n", &ENFORCE[15..])), &[Sender::Google]),
        (
            "twice, the last one unreadable",
            policy("max_age", "mode: forced\nmax_age"),
            &[Sender::PostfixMtaStsResolver, Sender::Mox, Sender::KumoMta],
        ),
    ];
    for (name, world, expected) in table {
        assert_eq!(refusing(&world), expected, "{name}");
    }
}

#[test]
fn what_the_rfc_refuses_all_refuse_and_say_why() {
    let table = [
        ("no record", protected().without_announce(), Obstacle::NoRecord),
        ("an SPF record", protected().announce("v=spf1 -all"), Obstacle::NoRecord),
        ("two records", protected().also_announce("v=STSv1; id=2;"), Obstacle::SeveralRecords),
        ("a bad record", protected().announce("v=STSv1; id=a-b;"), Obstacle::UnreadableRecord),
        ("no host", protected().without_host(), Obstacle::NoAddress),
        ("a private host", protected().host("10.0.0.1"), Obstacle::NoAddress),
        ("a bad certificate", protected().fetch_fails(Cause::Tls), Obstacle::NoFetch),
        ("not found", protected().status(404, ""), Obstacle::OtherAnswer),
        ("a web page", protected().status(200, "<p>Welcome</p>"), Obstacle::UnreadablePolicy),
        ("a bad mode", protected().policy(&ENFORCE.replace("enforce", "Enforce")), Obstacle::UnreadablePolicy),
        ("broken signatures", protected().bogus("_mta-sts.shop.com.au", RecordType::Txt), Obstacle::Signatures),
    ];
    for (name, world, obstacle) in table {
        for (sender, reaction) in reactions(&world) {
            assert_eq!(reaction, Reaction::Kept(obstacle), "{name}: {sender:?}");
            assert_eq!(reaction.acceptance(), Acceptance::Unusable);
        }
    }
}

#[test]
fn the_last_of_two_counts_for_one_sender_and_the_first_for_the_rest() {
    let testing_last = protected().policy(&ENFORCE.replace("max_age", "mode: testing\nmax_age"));
    assert_eq!(reaction(&testing_last, Sender::Mox), Reaction::Uses(Use::Enforces));
    assert_eq!(reaction(&testing_last, Sender::PostfixMtaStsResolver), Reaction::Uses(Use::Reports));
    // The other way round it is the only one that finds a policy.
    let good_last = protected().policy(&ENFORCE.replace("max_age", "mode: enforce\nmax_age").replacen(
        "mode: enforce",
        "mode: forced",
        1,
    ));
    assert_eq!(reaction(&good_last, Sender::Rfc8461), Reaction::Kept(Obstacle::UnreadablePolicy));
    assert_eq!(reaction(&good_last, Sender::PostfixMtaStsResolver), Reaction::Uses(Use::Enforces));
}

#[test]
fn a_max_age_over_a_year_is_cut_by_one_sender_and_refused_by_the_rest() {
    let longer = |more: &str| ENFORCE.replace("2592000", &format!("31557601{more}"));
    let long = protected().policy(&longer(""));
    let rest: Vec<Sender> = SENDERS.into_iter().filter(|sender| *sender != Sender::PostfixTlspol).collect();
    assert_eq!(refusing(&long), rest);
    assert_eq!(reaction(&long, Sender::PostfixTlspol), Reaction::Uses(Use::Enforces));
    assert_eq!(reaction(&long, Sender::Rfc8461), Reaction::Kept(Obstacle::UnreadablePolicy));
    // All else that it wants, it wants of such a policy too.
    let slow = protected().policy(&longer("")).fetch_takes(2001);
    assert_eq!(reaction(&slow, Sender::PostfixTlspol), Reaction::Refuses(vec![Want::Within { seconds: 2 }]));
    for more in ["\nmax_age", "000", "a"] {
        let broken = protected().policy(&longer(more));
        assert_eq!(refusing(&broken), SENDERS, "{more:?}");
    }
}

#[test]
fn every_reason_is_told_and_a_mode_that_is_off_too() {
    let slow_and_unmarked = served_as(None).fetch_takes(2500);
    let reasons = vec![Want::Within { seconds: 2 }, Want::PlainText];
    assert_eq!(reaction(&slow_and_unmarked, Sender::PostfixTlspol), Reaction::Refuses(reasons));
    let off = protected().policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    for (sender, reaction) in reactions(&off) {
        let expected = if sender == Sender::MailCheck { Use::Accepts } else { Use::SwitchesOff };
        assert_eq!(reaction, Reaction::Uses(expected), "{sender:?}");
        assert_eq!(reaction.acceptance(), Acceptance::Usable);
    }
}

#[test]
fn advice_warns_and_refuses_nothing() {
    let table = [
        ("enforce", 1_209_600, Use::Accepts),
        ("enforce", 1_209_599, Use::WarnsOfMaxAge),
        ("testing", 86_400, Use::Accepts),
        ("testing", 86_399, Use::WarnsOfMaxAge),
        ("none", 60, Use::Accepts),
    ];
    for (mode, max_age, expected) in table {
        let policy = ENFORCE.replace("enforce", mode).replace("2592000", &max_age.to_string());
        let reaction = reaction(&protected().policy(&policy), Sender::MailCheck);
        assert_eq!(reaction, Reaction::Uses(expected), "{mode} {max_age}");
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
        for (sender, reaction) in reactions(&world) {
            assert_eq!(reaction, Reaction::Unknown, "{sender:?}");
            assert_eq!(reaction.acceptance(), Acceptance::Unknown);
        }
    }
    let mut evidence = protected().check();
    evidence.observations.clear();
    assert!(judge(&evidence).iter().all(|(_, reaction)| *reaction == Reaction::Unknown));
}

#[test]
fn the_plain_reader_agrees_with_the_verdict() {
    for example in examples() {
        let all = reactions(&example.world);
        assert_eq!(all.iter().map(|(sender, _)| *sender).collect::<Vec<_>>(), SENDERS);
        let report = evaluate(&example.world.check(), now());
        let finds = match report.verdict {
            Verdict::NotApplicable | Verdict::Missing | Verdict::Broken => Acceptance::Unusable,
            Verdict::Inconclusive => Acceptance::Unknown,
            _ => Acceptance::Usable,
        };
        assert_eq!(all[0].1.acceptance(), finds, "{}: {:?}", example.domain, all[0].1);
    }
}

#[test]
fn the_report_has_each_sender_by_its_name_with_what_it_makes_of_the_policy() {
    for example in examples() {
        let told = evaluate(&example.world.check(), now()).senders;
        let all = reactions(&example.world);
        assert_eq!(told.len(), all.len(), "{}", example.domain);
        for (sender, (_, reaction)) in told.iter().zip(&all) {
            assert_eq!(sender.verdict, reaction.acceptance(), "{}: {}", example.domain, sender.name);
            assert!(!sender.name.is_empty() && !sender.why.is_empty(), "{}: {sender:?}", example.domain);
        }
        let names: BTreeSet<&str> = told.iter().map(|sender| sender.name.as_str()).collect();
        assert_eq!(names.len(), told.len(), "each has a name of its own");
    }
}
