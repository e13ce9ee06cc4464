//! “Is it safe to enforce?”: the answer and its reasons.

use mta_sts_core::evaluate;
use mta_sts_core::report::Report;
use mta_sts_core::scenario::{ENFORCE, World};
use mta_sts_core::tls_report::{Enforceability, Question, SafeToEnforce};
use serde_json::{Value, json};

use crate::DOMAIN;
use crate::domain;
use crate::from;
use crate::google;
use crate::now;
use crate::question;
use crate::sum;
use crate::with;

use SafeToEnforce::{No, NotYet, Unknown, Yes};

const MX1: &str = "mx1.mail-host.net";
const MX2: &str = "mx2.mail-host.net";
const OLD: &str = "mail.old-host.net";

/// Two weeks up to the day before yesterday, from two senders, with nothing wrong.
fn clean() -> Vec<Value> {
    (9..=22).flat_map(|day| [google(day, 20, &[]), from("Yahoo Inc.", google(day, 5, &[]))]).collect()
}

/// The same, with some failures on a day, from a sender of its own.
fn clean_but(day: u32, failures: &[(&str, &str, u64)]) -> Vec<Value> {
    let mut reports = clean();
    reports.push(from("Microsoft Corporation", google(day, 10, failures)));
    reports
}

fn under(policy_type: &str, mut reports: Vec<Value>) -> Vec<Value> {
    let last = reports.pop().expect("one is there");
    reports.push(with(last, "/policies/0/policy/policy-type", json!(policy_type)));
    reports
}

fn ask(reports: &[Value]) -> Enforceability {
    sum(reports, &question()).safe_to_enforce
}

fn ask_with(reports: &[Value], check: &Report) -> Enforceability {
    sum(reports, &Question { check: Some(check), ..question() }).safe_to_enforce
}

fn testing() -> World {
    World::protected(DOMAIN).policy(&ENFORCE.replace("enforce", "testing"))
}

fn check(world: &World) -> Report {
    evaluate(&world.check(), now())
}

/// The verdict, and that each text is in some reason.
fn expect(answer: &Enforceability, verdict: SafeToEnforce, texts: &[&str], case: &str) {
    assert_eq!(answer.verdict, verdict, "{case}: {:#?}", answer.reasons);
    for text in texts {
        assert!(
            answer.reasons.iter().any(|reason| reason.contains(text)),
            "{case}: {text:?} is not in {:#?}",
            answer.reasons
        );
    }
}

#[test]
fn two_clean_weeks_are_enough() {
    let answer = ask(&clean());
    expect(&answer, Yes, &["2026-11-22", "2 senders reported 350 sessions", "none failed"], "clean");
    assert_eq!(answer.reasons.len(), 1, "{:#?}", answer.reasons);
    let answer = ask_with(&clean(), &check(&testing()));
    expect(&answer, Yes, &["none failed"], "with a check");
}

#[test]
fn nothing_to_go_by_is_unknown() {
    let domain = domain();
    let about = |reports: &[Value]| sum(reports, &Question { domain: Some(&domain), ..question() }).safe_to_enforce;
    expect(&ask(&[]), Unknown, &["There are no reports"], "no file");
    expect(&about(&[]), Unknown, &["There are no reports about shop.com.au"], "no file, a domain");
    let elsewhere = |report| with(report, "/policies/0/policy/policy-domain", json!("shop.co.nz"));
    expect(
        &about(&[elsewhere(google(20, 5, &[]))]),
        Unknown,
        &["about shop.co.nz", "none is about shop.com.au"],
        "another domain",
    );
    expect(
        &ask(&[elsewhere(google(20, 5, &[])), google(20, 5, &[])]),
        Unknown,
        &["several domains", "shop.co.nz"],
        "two domains",
    );
    expect(
        &ask(&[with(google(20, 5, &[]), "/policies", json!([]))]),
        Unknown,
        &["no reports with numbers"],
        "no policies",
    );
    // There is a report, and nobody can tell of which domain.
    let empty = || with(google(20, 5, &[]), "/policies", json!([]));
    let answer = about(&[empty()]);
    expect(&answer, Unknown, &["no numbers in the reports", "about shop.com.au"], "no policies, a domain");
    expect(
        &about(&[empty(), from("B", elsewhere(google(20, 5, &[])))]),
        Unknown,
        &["with numbers in them are about shop.co.nz"],
        "no policies, and another domain",
    );
    expect(&about(&[google(20, 0, &[])]), Unknown, &["count no sessions"], "no sessions");
}

#[test]
fn what_is_missing_is_waited_for() {
    let fresh: Vec<Value> = clean().into_iter().skip(4).collect();
    expect(&ask(&fresh), NotYet, &["cover 12 days, from 2026-11-11 to 2026-11-22", "14 days"], "twelve days");
    expect(&ask(&[google(22, 50, &[])]), NotYet, &["cover one day", "Only one sender"], "a day");
    let ends = [&clean()[..2], &clean()[26..]].concat();
    expect(&ask(&ends), NotYet, &["only 2 have sessions"], "the first and the last day");
    expect(&ask(&[google(1, 50, &[]), google(22, 50, &[])]), NotYet, &["only 1 has sessions"], "three weeks apart");
    let few: Vec<Value> =
        (9..=22).flat_map(|day| [google(day, 1, &[]), from("Yahoo Inc.", google(day, 1, &[]))]).collect();
    expect(&ask(&few), NotYet, &["28 sessions", "too few"], "two a day");
    let one_sender: Vec<Value> = (9..=22).map(|day| google(day, 20, &[])).collect();
    expect(&ask(&one_sender), NotYet, &["Only one sender"], "one sender");
    let late = Question { now: "2026-12-20T00:00:00Z".parse().expect("a time"), ..question() };
    expect(&sum(&clean(), &late).safe_to_enforce, NotYet, &["2026-11-22, 28 days ago"], "a month later");
    let week_later = Question { now: "2026-11-29T00:00:00Z".parse().expect("a time"), ..question() };
    expect(&sum(&clean(), &week_later).safe_to_enforce, Yes, &[], "a week later");
}

#[test]
fn failures_at_own_servers_would_be_refused() {
    let kinds = [
        "starttls-not-supported",
        "certificate-host-mismatch",
        "certificate-expired",
        "certificate-not-trusted",
        "validation-failure",
        "something-new",
    ];
    for kind in kinds {
        let texts = [
            "14 days up to 2026-11-22",
            "3 failures at the mail servers (mx1.mail-host.net)",
            "363 sessions",
            kind,
            "not delivered",
        ];
        expect(&ask(&clean_but(15, &[(kind, MX1, 3)])), No, &texts, kind);
    }
    let both = [("certificate-expired", MX2, 3), ("certificate-expired", MX1, 5)];
    expect(
        &ask(&clean_but(22, &both)),
        No,
        &["there were 8 failures", "(mx1.mail-host.net, mx2.mail-host.net)", "cause: certificate-expired."],
        "two hosts",
    );
    // No host is told, or no cause, or no day: it is taken for one that matters.
    expect(
        &ask(&clean_but(22, &[("certificate-expired", "", 3)])),
        No,
        &["3 failures at the mail servers in"],
        "no host",
    );
    let untold = with(google(22, 10, &[]), "/policies/0/summary/total-failure-session-count", json!(4));
    expect(&ask(&[clean(), vec![from("A", untold)]].concat()), No, &["not-told"], "no cause");
    let undated = with(google(22, 10, &[("certificate-expired", MX1, 3)]), "/date-range", Value::Null);
    expect(&ask(&[clean(), vec![from("A", undated)]].concat()), No, &["3 failures"], "no day");
}

#[test]
fn a_session_that_failed_in_two_ways_is_one_failure() {
    let twice = [("certificate-expired", MX1, 4), ("certificate-host-mismatch", MX1, 4)];
    let total = |report| with(report, "/policies/0/summary/total-failure-session-count", json!(4));
    let mut reports = clean();
    reports.push(from("A", total(google(15, 100, &twice))));
    expect(&ask(&reports), No, &["4 failures at", "(mx1.mail-host.net) in 454 sessions"], "four, in two ways each");
    // The share of failures is of the sessions that there were: 4 of 4454 can be chance, and 8 could not.
    reports.push(from("A large sender", google(16, 4000, &[])));
    expect(&ask(&reports), NotYet, &["4 failures at", "chance"], "few");
    let dane = under("tlsa", [clean(), vec![from("A", total(google(15, 100, &twice)))]].concat());
    expect(&ask(&dane), Yes, &["4 failures under DANE"], "DANE");
}

#[test]
fn sessions_under_mode_none_prove_nothing() {
    let off = |report, lines: Value| with(report, "/policies/0/policy/policy-string", lines);
    let lines = || json!(["version: STSv1", "mode: none", "max_age: 86400"]);
    let all_off: Vec<Value> = clean().into_iter().map(|report| off(report, lines())).collect();
    let texts = ["In none of the 350 sessions", "in 350 the policy had mode none, which switches it off"];
    expect(&ask(&all_off), NotYet, &texts, "two weeks of none");
    let as_json = json!([r#"{"version":"STSv1","mode":"none","max_age":86400}"#]);
    let written: Vec<Value> = clean().into_iter().map(|report| off(report, as_json.clone())).collect();
    expect(&ask(&written), NotYet, &texts, "as JSON");
    // Tested only in the second week.
    let half = clean().into_iter().enumerate();
    let half: Vec<Value> = half.map(|(at, report)| if at < 14 { off(report, lines()) } else { report }).collect();
    expect(&ask(&half), NotYet, &["cover 7 days, from 2026-11-16 to 2026-11-22"], "a week of none");
    // A server that fails, fails all the same: enforcing would refuse that mail.
    let failing = from("A", off(google(15, 10, &[("certificate-expired", MX1, 400)]), lines()));
    expect(&ask(&[clean(), vec![failing]].concat()), No, &["400 failures at", "in 760 sessions"], "failures");
    for text in ["mode: testing", "mode: enforce", "mode: nonesuch"] {
        let tested: Vec<Value> = clean().into_iter().map(|report| off(report, json!([text]))).collect();
        expect(&ask(&tested), Yes, &["none failed"], text);
    }
}

#[test]
fn whose_the_mail_servers_are_is_said_only_where_it_is_known() {
    let own = |answer: &Enforceability| answer.reasons.iter().any(|reason| reason.contains("your own mail servers"));
    let failing = clean_but(15, &[("certificate-expired", MX1, 3)]);
    let no_host = clean_but(15, &[("certificate-expired", "", 3)]);
    let checked = check(&testing());
    for reports in [&clean(), &failing, &no_host] {
        let answer = ask(reports);
        assert!(!own(&answer), "{:#?}", answer.reasons);
        expect(&answer, answer.verdict, &["at the mail servers"], "unchecked");
    }
    assert!(own(&ask_with(&clean(), &checked)) && own(&ask_with(&failing, &checked)));
    expect(&ask_with(&no_host, &checked), No, &["3 failures at the mail servers in"], "no host is told");
}

#[test]
fn a_failure_in_thousands_is_looked_into_first() {
    let mut reports = clean_but(15, &[("starttls-not-supported", MX1, 1)]);
    reports.push(from("A large sender", google(16, 5000, &[])));
    expect(
        &ask(&reports),
        NotYet,
        &["there was 1 failure at", "cause: starttls-not-supported.", "chance"],
        "one of thousands",
    );
}

#[test]
fn failures_that_have_stopped_do_not_count() {
    let reports = clean_but(8, &[("certificate-expired", MX1, 30)]);
    expect(&ask(&reports), Yes, &["none failed", "the last of them on 2026-11-08"], "fifteen days ago");
    expect(&ask(&clean_but(9, &[("certificate-expired", MX1, 30)])), No, &["30 failures"], "fourteen days ago");
    // A clock in the far future moves no day out of sight.
    let mut reports = clean_but(15, &[("certificate-expired", MX1, 30)]);
    let range = json!({ "start-datetime": "2126-11-20T00:00:00Z", "end-datetime": "2126-11-21T00:00:00Z" });
    reports.push(from("A wrong clock", with(google(20, 9, &[]), "/date-range", range)));
    expect(&ask(&reports), No, &["30 failures"], "a wrong clock");
}

#[test]
fn failures_that_enforcing_does_not_change_do_not_count() {
    let dane = under("tlsa", clean_but(15, &[("certificate-expired", MX1, 30)]));
    expect(&ask(&dane), Yes, &["30 failures under DANE (mx1.mail-host.net)"], "DANE");
    for kind in ["tlsa-invalid", "dnssec-invalid", "dane-required"] {
        expect(&ask(&clean_but(15, &[(kind, MX1, 3)])), Yes, &["3 failures under DANE"], kind);
    }
    let none = under("no-policy-found", clean_but(15, &[("starttls-not-supported", MX1, 30)]));
    expect(
        &ask(&none),
        Yes,
        &["30 failures where the sender had found no policy", "In 40 sessions senders found no policy"],
        "no policy",
    );
    // A server that is no longer in the MX records is none of the domain's. Without a check nobody knows.
    let old = clean_but(15, &[("certificate-expired", OLD, 30)]);
    expect(
        &ask_with(&old, &check(&testing())),
        Yes,
        &["30 failures at hosts that are not your mail servers now (mail.old-host.net)"],
        "an old host",
    );
    expect(&ask(&old), No, &["mail.old-host.net"], "an old host, unchecked");
    expect(
        &ask_with(&clean_but(15, &[("certificate-expired", "MX1.mail-host.net.", 30)]), &check(&testing())),
        No,
        &["30 failures"],
        "in capitals",
    );
}

#[test]
fn a_policy_that_cannot_be_had_protects_nothing() {
    for kind in ["sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid"] {
        expect(
            &ask(&clean_but(15, &[(kind, "", 3)])),
            NotYet,
            &["3 times a sender could not get or read your policy", kind],
            kind,
        );
        let none = under("no-policy-found", clean_but(15, &[(kind, "", 3)]));
        expect(&ask(&none), NotYet, &["3 times"], kind);
    }
    let mut seldom = clean_but(15, &[("sts-policy-fetch-error", "", 1)]);
    seldom.push(from("A large sender", google(16, 5000, &[])));
    expect(&ask(&seldom), Yes, &["Once a sender could not get"], "seldom");
}

#[test]
fn without_the_policy_applied_reports_tell_nothing() {
    let none: Vec<Value> = clean()
        .into_iter()
        .map(|report| with(report, "/policies/0/policy/policy-type", json!("no-policy-found")))
        .collect();
    expect(&ask(&none), NotYet, &["In none of the 350 sessions", "in 350 it found no policy"], "no policy");
    let answer = ask_with(&none, &check(&World::new(DOMAIN).mx(10, MX1).address(MX1, "192.0.2.25")));
    expect(&answer, NotYet, &["no policy now"], "nothing published");
    let dane: Vec<Value> =
        clean().into_iter().map(|report| with(report, "/policies/0/policy/policy-type", json!("tlsa"))).collect();
    expect(&ask(&dane), NotYet, &["in 350 it used DANE"], "DANE alone");
    let undated: Vec<Value> = clean().into_iter().map(|report| with(report, "/date-range", Value::Null)).collect();
    expect(&ask(&undated), NotYet, &["give no day"], "no days");
}

#[test]
fn what_the_domain_publishes_now_counts_too() {
    let unmatched = testing().policy(&ENFORCE.replace("enforce", "testing").replace("mx: mx2.mail-host.net\n", ""));
    expect(&ask_with(&clean(), &check(&unmatched)), No, &["does not allow mx2.mail-host.net"], "a host is not allowed");
    let states = [
        (World::protected(DOMAIN).without_announce(), NotYet, "no policy now"),
        (World::protected(DOMAIN).status(404, ""), NotYet, "no policy now"),
        (World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n"), NotYet, "no policy now"),
        (
            World::protected(DOMAIN).no_answer("_mta-sts.shop.com.au", mta_sts_core::lookup::RecordType::Txt),
            NotYet,
            "Check it again",
        ),
        (World::protected(DOMAIN), Yes, "enforced already"),
    ];
    for (world, verdict, text) in states {
        expect(&ask_with(&clean(), &check(&world)), verdict, &[text], text);
    }
    // A check of another domain says nothing.
    let domain = domain();
    let elsewhere = check(&World::protected("shop.co.nz").without_announce());
    let answer =
        sum(&clean(), &Question { domain: Some(&domain), check: Some(&elsewhere), ..question() }).safe_to_enforce;
    expect(&answer, Yes, &["none failed"], "another domain's check");
}

#[test]
fn what_stands_in_the_way_comes_first() {
    let mut reports = vec![google(22, 50, &[("certificate-expired", MX1, 3)])];
    reports.push(with(from("B", google(22, 1, &[])), "/policies/0/policy/policy-type", json!("no-policy-found")));
    let answer = ask(&reports);
    expect(&answer, No, &["3 failures", "cover one day", "found no policy"], "all at once");
    assert!(
        answer.reasons[0].contains("3 failures")
            && answer.reasons.last().is_some_and(|last| last.contains("found no policy"))
    );
}
