//! “Is it safe to enforce?”: the answer and its reasons.

use std::slice;

use mta_sts_core::lookup::RecordType;
use mta_sts_core::report::{Report, Verdict};
use mta_sts_core::scenario::{ENFORCE, World};
use mta_sts_core::tls_report::{EnforceReason, Names, Question, Rate, Rates, SafeToEnforce};
use mta_sts_core::{Date, Timestamp, evaluate};
use serde_json::{Value, json};

use crate::DOMAIN;
use crate::domain;
use crate::from;
use crate::google;
use crate::now;
use crate::question;
use crate::reader_of;
use crate::with;

use SafeToEnforce::{No, NotYet, Unknown, Yes};

const MX1: &str = "mx1.mail-host.net";
const MX2: &str = "mx2.mail-host.net";
const OLD: &str = "mail.old-host.net";
const EXPIRED: &str = "certificate-expired";
/// The last day of [`clean`].
const LAST: u32 = 22;

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

struct Answer {
    verdict: SafeToEnforce,
    reasons: Vec<EnforceReason>,
}

fn ask(reports: &[Value]) -> Answer {
    answer(reports, &question())
}

fn ask_with(reports: &[Value], check: &Report) -> Answer {
    answer(reports, &Question { check: Some(check), ..question() })
}

fn ask_about_domain(reports: &[Value]) -> Answer {
    answer(reports, &Question { domain: Some(&domain()), ..question() })
}

/// The answer, which tells each of its reasons and in the right order.
fn answer(reports: &[Value], question: &Question<'_>) -> Answer {
    let mut reader = reader_of(reports);
    let reasons = reader.enforce_reasons(question);
    let told = reader.finish(question).safe_to_enforce;
    assert_eq!(told.reasons.len(), reasons.len(), "{reasons:#?} {told:#?}");
    assert_eq!(told.verdict, reasons[0].speaks_for(), "{reasons:#?}");
    assert!(reasons.is_sorted_by(|one, next| one.speaks_for() >= next.speaks_for()), "{reasons:#?}");
    Answer { verdict: told.verdict, reasons }
}

fn testing() -> World {
    World::protected(DOMAIN).policy(&ENFORCE.replace("enforce", "testing"))
}

fn check(world: &World) -> Report {
    evaluate(&world.check(), now())
}

/// The verdict, and that each of these is among the reasons.
fn expect(answer: &Answer, verdict: SafeToEnforce, wanted: &[EnforceReason], case: &str) {
    assert_eq!(answer.verdict, verdict, "{case}: {:#?}", answer.reasons);
    for wanted in wanted {
        assert!(answer.reasons.contains(wanted), "{case}: {wanted:?} is not in {:#?}", answer.reasons);
    }
}

fn day(day: u32) -> Date {
    format!("2026-11-{day:02}T00:00:00Z").parse::<Timestamp>().expect("a time").date()
}

fn names(names: &[&str]) -> Names {
    Names { list: names.iter().map(|&name| name.to_owned()).collect(), more: 0 }
}

/// Failures that an enforced policy would refuse, at servers of which nobody knows whose they are.
fn failures(failures: u64, sessions: u64, hosts: &[&str], causes: &[&str]) -> EnforceReason {
    EnforceReason::Failures {
        failures,
        sessions,
        at_own_servers: false,
        hosts: names(hosts),
        causes: names(causes),
        senders: rates(&[("Microsoft Corporation", failures, failures + 10)]),
        can_be_chance: false,
        is_enforced: false,
        last: day(LAST),
    }
}

/// Senders with the sessions that failed, and all of theirs.
fn rates(senders: &[(&str, u64, u64)]) -> Rates {
    let rate =
        |&(sender, failures, sessions): &(&str, u64, u64)| Rate { sender: sender.to_owned(), failures, sessions };
    Rates { list: senders.iter().map(rate).collect(), more: 0 }
}

/// The same, from other senders.
fn by(mut reason: EnforceReason, of: &[(&str, u64, u64)]) -> EnforceReason {
    if let EnforceReason::Failures { senders, .. } | EnforceReason::PolicyNotRead { senders, .. } = &mut reason {
        *senders = rates(of);
    }
    reason
}

/// The same at the domain's own servers.
fn at_own_servers(mut reason: EnforceReason) -> EnforceReason {
    if let EnforceReason::Failures { at_own_servers, .. } | EnforceReason::NoFailures { at_own_servers, .. } =
        &mut reason
    {
        *at_own_servers = true;
    }
    reason
}

/// The same, so few that they can be chance.
fn chance(mut reason: EnforceReason) -> EnforceReason {
    if let EnforceReason::Failures { can_be_chance, .. } = &mut reason {
        *can_be_chance = true;
    }
    reason
}

fn no_failures(senders: usize, sessions: u64) -> EnforceReason {
    EnforceReason::NoFailures { senders, sessions, at_own_servers: false, last: day(LAST) }
}

fn under_dane(failures: u64, hosts: &[&str]) -> EnforceReason {
    EnforceReason::FailuresUnderDane { failures, hosts: names(hosts) }
}

fn not_read(times: u64, cause: &str, is_rare: bool) -> EnforceReason {
    let senders = rates(&[("Microsoft Corporation", times, times + 10)]);
    EnforceReason::PolicyNotRead { times, causes: names(&[cause]), senders, is_rare }
}

#[test]
fn two_clean_weeks_are_enough() {
    let answer = ask(&clean());
    expect(&answer, Yes, &[], "clean");
    assert_eq!(answer.reasons, [no_failures(2, 350)]);
    let answer = ask_with(&clean(), &check(&testing()));
    expect(&answer, Yes, &[at_own_servers(no_failures(2, 350))], "with a check");
}

#[test]
fn nothing_to_go_by_is_unknown() {
    let domain = || DOMAIN.to_owned();
    let elsewhere = |report| with(report, "/policies/0/policy/policy-domain", json!("shop.co.nz"));
    let one = || google(20, 5, &[]);
    // There is a report, and nobody can tell of which domain.
    let empty = || with(one(), "/policies", json!([]));
    let others = || names(&["shop.co.nz"]);
    let cases = [
        ("no file", ask(&[]), EnforceReason::NoNumbers),
        ("no file, a domain", ask_about_domain(&[]), EnforceReason::NoReports { domain: domain() }),
        (
            "another domain",
            ask_about_domain(&[elsewhere(one())]),
            EnforceReason::OtherDomains { domain: domain(), others: others() },
        ),
        (
            "two domains",
            ask(&[elsewhere(one()), one()]),
            EnforceReason::SeveralDomains { domains: names(&["shop.co.nz", DOMAIN]) },
        ),
        ("no policies", ask(&[empty()]), EnforceReason::NoNumbers),
        ("no policies, a domain", ask_about_domain(&[empty()]), EnforceReason::NoNumbersAbout { domain: domain() }),
        (
            "no policies, and another domain",
            ask_about_domain(&[empty(), from("B", elsewhere(one()))]),
            EnforceReason::NumbersAboutOthers { domain: domain(), others: others() },
        ),
        ("no sessions", ask_about_domain(&[google(20, 0, &[])]), EnforceReason::NoSessions { domain: domain() }),
    ];
    for (case, answer, reason) in cases {
        expect(&answer, Unknown, &[], case);
        assert_eq!(answer.reasons, [reason], "{case}");
    }
}

#[test]
fn of_many_names_a_few_are_told() {
    let of = |number: u32| {
        let domain = format!("shop{number}.co.nz");
        with(google(number, u64::from(number), &[]), "/policies/0/policy/policy-domain", json!(domain))
    };
    let reports: Vec<Value> = (1..8).map(of).collect();
    let list = (3..8).rev().map(|number| format!("shop{number}.co.nz")).collect();
    let domains = Names { list, more: 2 };
    expect(&ask(&reports), Unknown, &[EnforceReason::SeveralDomains { domains }], "seven domains");
    let long = "long.".repeat(40);
    let told = [&long[..100], "…"].concat();
    let answer = ask(&clean_but(15, &[(EXPIRED, &long, 3)]));
    expect(&answer, No, &[failures(3, 363, &[&told], &[EXPIRED])], "a long name");
}

#[test]
fn what_is_missing_is_waited_for() {
    let last = day(LAST);
    let few_days = |days, first| EnforceReason::FewDays { days, first: day(first), last };
    let with_sessions = |days| EnforceReason::FewDaysWithSessions { days, last };
    let one_sender = EnforceReason::OneSender { last };
    let fresh: Vec<Value> = clean().into_iter().skip(4).collect();
    expect(&ask(&fresh), NotYet, &[few_days(12, 11)], "twelve days");
    expect(&ask(&[google(22, 50, &[])]), NotYet, &[few_days(1, 22), one_sender.clone()], "a day");
    let ends = [&clean()[..2], &clean()[26..]].concat();
    expect(&ask(&ends), NotYet, &[with_sessions(2)], "the first and the last day");
    expect(&ask(&[google(1, 50, &[]), google(22, 50, &[])]), NotYet, &[with_sessions(1)], "three weeks apart");
    let few: Vec<Value> =
        (9..=22).flat_map(|day| [google(day, 1, &[]), from("Yahoo Inc.", google(day, 1, &[]))]).collect();
    expect(&ask(&few), NotYet, &[EnforceReason::FewSessions { sessions: 28, last }], "two a day");
    let of_one: Vec<Value> = (9..=22).map(|day| google(day, 20, &[])).collect();
    expect(&ask(&of_one), NotYet, &[one_sender], "one sender");
    let late = Question { now: "2026-12-20T00:00:00Z".parse().expect("a time"), ..question() };
    expect(&answer(&clean(), &late), NotYet, &[EnforceReason::Stale { last, days_ago: 28 }], "a month later");
    let week_later = Question { now: "2026-11-29T00:00:00Z".parse().expect("a time"), ..question() };
    expect(&answer(&clean(), &week_later), Yes, &[], "a week later");
}

#[test]
fn failures_at_own_servers_would_be_refused() {
    let kinds = [
        "starttls-not-supported",
        "certificate-host-mismatch",
        EXPIRED,
        "certificate-not-trusted",
        "validation-failure",
        "something-new",
    ];
    for kind in kinds {
        expect(&ask(&clean_but(15, &[(kind, MX1, 3)])), No, &[failures(3, 363, &[MX1], &[kind])], kind);
    }
    let both = [(EXPIRED, MX2, 3), (EXPIRED, MX1, 5)];
    expect(&ask(&clean_but(22, &both)), No, &[failures(8, 368, &[MX1, MX2], &[EXPIRED])], "two hosts");
    // No host is told, or no cause, or no day: it is taken for one that matters.
    expect(&ask(&clean_but(22, &[(EXPIRED, "", 3)])), No, &[failures(3, 363, &[], &[EXPIRED])], "no host");
    let untold = with(google(22, 10, &[]), "/policies/0/summary/total-failure-session-count", json!(4));
    let answer = ask(&[clean(), vec![from("A", untold)]].concat());
    expect(&answer, No, &[by(failures(4, 364, &[], &["not-told"]), &[("A", 4, 14)])], "no cause");
    let undated = with(google(22, 10, &[(EXPIRED, MX1, 3)]), "/date-range", Value::Null);
    let answer = ask(&[clean(), vec![from("A", undated)]].concat());
    expect(&answer, No, &[by(failures(3, 363, &[MX1], &[EXPIRED]), &[("A", 3, 13)])], "no day");
}

#[test]
fn a_session_that_failed_in_two_ways_is_one_failure() {
    let causes = [EXPIRED, "certificate-host-mismatch"];
    let twice = causes.map(|cause| (cause, MX1, 4));
    let total = |report| with(report, "/policies/0/summary/total-failure-session-count", json!(4));
    let mut reports = clean();
    reports.push(from("A", total(google(15, 100, &twice))));
    let failed = |sessions, of| by(failures(4, sessions, &[MX1], &causes), &[("A", 4, of)]);
    expect(&ask(&reports), No, &[failed(454, 104)], "four, in two ways each");
    // The share of failures is of the sessions that there were: 4 of 4104 can be chance, and 8 could not.
    reports.push(from("A", google(16, 4000, &[])));
    expect(&ask(&reports), NotYet, &[chance(failed(4454, 4104))], "few");
    // A large sender does not hide a small one.
    reports.pop();
    reports.push(from("A large sender", google(16, 100_000, &[])));
    expect(&ask(&reports), No, &[failed(100_454, 104)], "beside a large one");
}

#[test]
fn sessions_under_mode_none_prove_nothing() {
    let off = |report, lines: Value| with(report, "/policies/0/policy/policy-string", lines);
    let lines = || json!(["version: STSv1", "mode: none", "max_age: 86400"]);
    let never = [EnforceReason::NeverApplied { sessions: 350, not_found: 0, dane: 0, off: 350 }];
    let all_off: Vec<Value> = clean().into_iter().map(|report| off(report, lines())).collect();
    expect(&ask(&all_off), NotYet, &never, "two weeks of none");
    let as_json = json!([r#"{"version":"STSv1","mode":"none","max_age":86400}"#]);
    let written: Vec<Value> = clean().into_iter().map(|report| off(report, as_json.clone())).collect();
    expect(&ask(&written), NotYet, &never, "as JSON");
    // Tested only in the second week.
    let half = clean().into_iter().enumerate();
    let half: Vec<Value> = half.map(|(at, report)| if at < 14 { off(report, lines()) } else { report }).collect();
    let week = EnforceReason::FewDays { days: 7, first: day(16), last: day(LAST) };
    expect(&ask(&half), NotYet, &[week], "a week of none");
    // A server that fails, fails all the same: enforcing would refuse that mail.
    let failing = from("A", off(google(15, 10, &[(EXPIRED, MX1, 400)]), lines()));
    let answer = ask(&[clean(), vec![failing]].concat());
    expect(&answer, No, &[by(failures(400, 760, &[MX1], &[EXPIRED]), &[("A", 400, 410)])], "failures");
    for text in ["mode: testing", "mode: enforce", "mode: nonesuch"] {
        let tested: Vec<Value> = clean().into_iter().map(|report| off(report, json!([text]))).collect();
        expect(&ask(&tested), Yes, &[no_failures(2, 350)], text);
    }
}

#[test]
fn whose_the_mail_servers_are_is_said_only_where_it_is_known() {
    let failing = clean_but(15, &[(EXPIRED, MX1, 3)]);
    let no_host = clean_but(15, &[(EXPIRED, "", 3)]);
    let failed = || failures(3, 363, &[MX1], &[EXPIRED]);
    let failed_somewhere = || failures(3, 363, &[], &[EXPIRED]);
    expect(&ask(&clean()), Yes, &[no_failures(2, 350)], "unchecked");
    expect(&ask(&failing), No, &[failed()], "failures, unchecked");
    expect(&ask(&no_host), No, &[failed_somewhere()], "failures at no host, unchecked");
    let checked = check(&testing());
    expect(&ask_with(&clean(), &checked), Yes, &[at_own_servers(no_failures(2, 350))], "checked");
    expect(&ask_with(&failing, &checked), No, &[at_own_servers(failed())], "failures");
    expect(&ask_with(&no_host, &checked), No, &[failed_somewhere()], "no host is told");
}

#[test]
fn a_failure_in_thousands_is_looked_into_first() {
    let kind = "starttls-not-supported";
    let mut reports = clean_but(15, &[(kind, MX1, 1)]);
    reports.push(from("Microsoft Corporation", google(16, 5000, &[])));
    let one = by(failures(1, 5361, &[MX1], &[kind]), &[("Microsoft Corporation", 1, 5011)]);
    expect(&ask(&reports), NotYet, &[chance(one)], "one of thousands");
}

#[test]
fn failures_that_have_stopped_do_not_count() {
    let reports = clean_but(8, &[(EXPIRED, MX1, 30)]);
    let stopped = [no_failures(2, 350), EnforceReason::EarlierFailures { day: day(8) }];
    expect(&ask(&reports), Yes, &stopped, "fifteen days ago");
    let failed = [failures(30, 390, &[MX1], &[EXPIRED])];
    expect(&ask(&clean_but(9, &[(EXPIRED, MX1, 30)])), No, &failed, "fourteen days ago");
    // A clock in the far future moves no day out of sight.
    let mut reports = clean_but(15, &[(EXPIRED, MX1, 30)]);
    let range = json!({ "start-datetime": "2126-11-20T00:00:00Z", "end-datetime": "2126-11-21T00:00:00Z" });
    reports.push(from("A wrong clock", with(google(20, 9, &[]), "/date-range", range)));
    let to_come = EnforceReason::FutureDay {
        reports: 1,
        day: "2126-11-20T00:00:00Z".parse::<Timestamp>().expect("a time").date(),
        senders: names(&["A wrong clock"]),
    };
    expect(&ask(&reports), No, &[failures(30, 399, &[MX1], &[EXPIRED]), to_come], "a wrong clock");
}

#[test]
fn what_a_sender_without_the_policy_meets_is_so_for_everybody() {
    for kind in ["tlsa", "no-policy-found"] {
        for cause in ["starttls-not-supported", EXPIRED, "certificate-host-mismatch"] {
            let reports = under(kind, clean_but(15, &[(cause, MX1, 30)]));
            expect(&ask(&reports), No, &[failures(30, 390, &[MX1], &[cause])], kind);
            // It needs no sender that applies the policy.
            let alone = under(kind, vec![from("A", google(15, 10, &[(cause, MX1, 30)]))]);
            expect(&ask(&alone), No, &[], kind);
        }
    }
    // What only DANE asks for is DANE's alone.
    for kind in ["tlsa-invalid", "dnssec-invalid", "dane-required", "TLSA_something", "dane-new"] {
        expect(&ask(&clean_but(15, &[(kind, MX1, 3)])), Yes, &[under_dane(3, &[MX1])], kind);
        expect(&ask(&under("tlsa", clean_but(15, &[(kind, MX1, 3)]))), Yes, &[under_dane(3, &[MX1])], kind);
    }
}

#[test]
fn a_sender_that_sees_other_servers_is_looked_into_first() {
    let check = check(&testing());
    let elsewhere = |failures, of, last, is_over| EnforceReason::FailuresElsewhere {
        failures,
        hosts: names(&[OLD]),
        senders: rates(&[("Microsoft Corporation", failures, of)]),
        day: Some(day(last)),
        is_over,
    };
    let mismatch = "certificate-host-mismatch";
    let failing = |day, sessions| clean_but(day, &[(mismatch, OLD, sessions)]);
    expect(&ask_with(&failing(22, 30), &check), NotYet, &[elsewhere(30, 40, 22, false)], "yesterday");
    expect(&ask_with(&failing(16, 1), &check), NotYet, &[elsewhere(1, 11, 16, false)], "a week ago");
    expect(&ask_with(&failing(10, 30), &check), NotYet, &[elsewhere(30, 40, 10, false)], "most of a sender's");
    let mut rare = failing(10, 1);
    rare.push(from("Microsoft Corporation", google(11, 400, &[])));
    expect(&ask_with(&rare, &check), Yes, &[elsewhere(1, 411, 10, true)], "old and rare");
    // Without a check nobody knows whose it is.
    expect(&ask(&failing(15, 30)), No, &[failures(30, 390, &[OLD], &[mismatch])], "unchecked");
}

#[test]
fn an_own_server_is_known_however_it_is_written() {
    let world = testing().address(MX1, "192.0.2.25");
    let check = check(&world);
    assert!(check.mx[0].addresses.contains(&"192.0.2.25".to_owned()));
    let row = |host: &str, ip: &str, helo: &str| {
        let report = from("Microsoft Corporation", google(15, 10, &[(EXPIRED, host, 3)]));
        let report = with(report, "/policies/0/failure-details/0/receiving-ip", json!(ip));
        with(report, "/policies/0/failure-details/0/receiving-mx-helo", json!(helo))
    };
    let ask = |row: Value| ask_with(&[clean(), vec![row]].concat(), &check);
    let foreign = "203.0.113.56";
    let rows = [
        ("192.0.2.25", ""),
        ("[192.0.2.25]", ""),
        ("mx1.mail-host.net:25", foreign),
        ("mx1.mail-host.net[203.0.113.9]:25", foreign),
        ("mail[192.0.2.25]", foreign),
        ("MX1.Mail-Host.Net.", foreign),
        ("other.example.net", "192.0.2.25"),
        (DOMAIN, foreign),
        // What cannot be told counts.
        ("unknown", foreign),
        ("203.0.113.9", ""),
        ("*.mail-host.example", ""),
        ("a.example.net, b.example.net", ""),
        ("-", ""),
    ];
    for (host, ip) in rows {
        assert_eq!(ask(row(host, ip, "")).verdict, No, "{host} {ip}");
    }
    assert_eq!(ask(row("internal.example.net", foreign, "MX1.mail-host.net")).verdict, No, "by its greeting");
    // A name that a server of the domain greets with is one of it.
    let greets = row(MX1, foreign, "Gateway.example.net");
    let reports = [clean(), vec![with(greets, "/policies/0/failure-details/0/result-type", json!("tlsa-invalid"))]];
    let other = with(row("gateway.example.net", foreign, ""), "/report-id", json!("another"));
    assert_eq!(ask_with(&[reports.concat(), vec![other]].concat(), &check).verdict, No, "by another's greeting");
    assert_eq!(ask(row("gateway.example.net", foreign, "")).verdict, NotYet, "another's");
}

#[test]
fn a_sender_that_never_had_the_policy_is_no_second_one() {
    let one: Vec<Value> = (9..=22).map(|day| google(day, 20, &[])).collect();
    let one_sender = EnforceReason::OneSender { last: day(LAST) };
    for kind in ["sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid"] {
        let mut reports = one.clone();
        reports.extend((9..=22).map(|day| from("Microsoft Corporation", google(day, 0, &[(kind, "", 40)]))));
        let not_read = EnforceReason::PolicyNotRead {
            times: 560,
            causes: names(&[kind]),
            senders: rates(&[("Microsoft Corporation", 560, 560)]),
            is_rare: false,
        };
        let clean = EnforceReason::NoFailures { senders: 1, sessions: 280, at_own_servers: false, last: day(LAST) };
        expect(&ask(&reports), NotYet, &[one_sender.clone(), not_read, clean], kind);
        // A large sender that can fetch it does not hide the small one.
        reports.push(from("A large sender", google(16, 1_000_000, &[])));
        assert_eq!(ask(&reports).verdict, NotYet, "{kind}");
        // Alone, it is nobody who tests the policy.
        let alone: Vec<Value> = (9..=22).map(|day| google(day, 0, &[(kind, "", 40)])).collect();
        let never = EnforceReason::NeverApplied { sessions: 560, not_found: 0, dane: 0, off: 0 };
        expect(&ask(&alone), NotYet, &[never], kind);
    }
    // One session is no sender's test, nor is one of a sender without a name.
    for (sender, sessions, verdict) in [("B", 1, NotYet), ("B", 2, Yes), ("google inc.", 9, NotYet)] {
        let mut reports = one.clone();
        reports.push(with(from(sender, google(16, sessions, &[])), "/report-id", json!("another")));
        assert_eq!(ask(&reports).verdict, verdict, "{sender} {sessions}");
    }
}

#[test]
fn what_fails_always_is_not_hidden_by_a_large_sender() {
    let mut reports = clean_but(15, &[]);
    reports.push(from("B", google(15, 0, &[(EXPIRED, MX1, 3)])));
    reports.push(from("A large sender", google(16, 1_000_000, &[])));
    let failed = by(failures(3, 1_000_363, &[MX1], &[EXPIRED]), &[("B", 3, 3)]);
    expect(&ask(&reports), No, &[failed], "all of a small one's");
}

#[test]
fn days_of_another_policy_do_not_count() {
    let lines = |mx: &str| json!(["version: STSv1", "mode: testing", format!("mx: {mx}"), "max_age: 86400"]);
    let place = "/policies/0/policy/policy-string";
    let changed_on = |change: u32| -> Vec<Value> {
        let day_of =
            |report: &Value| report["date-range"]["start-datetime"].as_str().expect("a day")[8..10].parse().ok();
        let mx = |day: Option<u32>| if day >= Some(change) { "*.mail-host.net" } else { "mx.old.example" };
        let reports = clean().into_iter();
        reports
            .map(|report| {
                let mx = lines(mx(day_of(&report)));
                with(report, place, mx)
            })
            .collect()
    };
    let changed = |day| EnforceReason::PolicyChanged { day };
    let few = |days, first| EnforceReason::FewDays { days, first: day(first), last: day(LAST) };
    expect(&ask(&changed_on(22)), NotYet, &[changed(day(22)), few(1, 22)], "yesterday");
    expect(&ask(&changed_on(16)), NotYet, &[changed(day(16)), few(7, 16)], "a week ago");
    // A sender that keeps the old policy is of no help, nor does it make the others' days those of an old one.
    let mut kept = changed_on(16);
    kept.extend((9..=22).map(|day| with(from("C", google(day, 9, &[])), place, lines("mx.old.example"))));
    expect(&ask(&kept), NotYet, &[changed(day(16)), few(7, 16)], "one keeps it");
    // On the day of the change both are reported.
    let mut both = changed_on(22);
    both.push(with(with(google(22, 5, &[]), place, lines("mx.old.example")), "/report-id", json!("both")));
    expect(&ask(&both), NotYet, &[few(1, 22)], "both on one day");
    // How long it may be kept, its mode and the order of its lines change nothing.
    let same =
        json!(["version: STSv1", "mode: enforce", "mx: MX2.mail-host.net", "mx: mx1.mail-host.net", "max_age: 1"]);
    let mut reports = clean();
    reports.push(with(with(google(22, 5, &[]), place, same), "/report-id", json!("same")));
    expect(&ask(&reports), Yes, &[EnforceReason::EnforcedAlready], "the same servers");
    // What is published now counts more than what was last reported.
    let now = check(&testing().policy(&ENFORCE.replace("enforce", "testing").replace("mx1", "mx3")));
    let answer = ask_with(&clean(), &now);
    assert!(answer.reasons.contains(&EnforceReason::OtherPolicy), "{:#?}", answer.reasons);
    // Not fitting a policy that is no more says nothing of this one; an expired certificate does.
    let mut old = changed_on(16);
    for (cause, verdict) in [("certificate-host-mismatch", NotYet), (EXPIRED, No)] {
        old.push(with(from(cause, google(12, 9, &[(cause, MX1, 3)])), place, lines("mx.old.example")));
        assert_eq!(ask(&old).verdict, verdict, "{cause}");
    }
}

#[test]
fn what_was_refused_already_is_said_so() {
    let place = "/policies/0/policy/policy-string";
    let enforced = json!(["version: STSv1", "mode: enforce", "mx: mx1.mail-host.net", "mx: mx2.mail-host.net"]);
    let reports = clean_but(22, &[(EXPIRED, MX1, 3)]);
    let reports: Vec<Value> = reports.into_iter().map(|report| with(report, place, enforced.clone())).collect();
    let mut reader = reader_of(&reports);
    let reasons = reader.enforce_reasons(&question());
    assert!(matches!(reasons[0], EnforceReason::Failures { is_enforced: true, .. }), "{reasons:#?}");
    assert!(reasons.contains(&EnforceReason::EnforcedAlready));
    let summary = reader.finish(&question());
    assert!(summary.safe_to_enforce.enforced);
    let tested = reader_of(&clean_but(22, &[(EXPIRED, MX1, 3)])).finish(&question());
    assert!(!tested.safe_to_enforce.enforced);
    assert_ne!(summary.causes[0].why, tested.causes[0].why);
}

#[test]
fn a_dane_policy_of_a_mail_server_is_the_domains() {
    let dane = |day, failures: &[(&str, &str, u64)]| {
        let policy = json!({
            "policy-type": "tlsa", "policy-string": ["3 1 1 00"], "policy-domain": MX1, "mx-host": [MX1],
        });
        from("Postfix", with(google(day, 10, failures), "/policies/0/policy", policy))
    };
    let reports = [clean(), vec![dane(15, &[(EXPIRED, MX1, 3)])]].concat();
    let failed = || by(failures(3, 363, &[MX1], &[EXPIRED]), &[("Postfix", 3, 13)]);
    // The policies of others name it.
    expect(&ask(&reports), No, &[failed()], "not asked");
    expect(&ask_about_domain(&reports), No, &[failed()], "asked");
    // The check does.
    let alone = vec![dane(15, &[(EXPIRED, MX1, 3)])];
    let checked = ask_with(&alone, &check(&testing()));
    assert_eq!(checked.verdict, No, "{:#?}", checked.reasons);
    // It is below the domain that is asked about, or stands beside its policy.
    let own = |report| with(report, "/policies/0/policy/policy-domain", json!("mx1.shop.com.au"));
    let below = vec![own(dane(15, &[(EXPIRED, "mx1.shop.com.au", 3)]))];
    assert_eq!(ask_about_domain(&below).verdict, No);
    // Another domain's is not.
    let others = vec![with(
        dane(15, &[(EXPIRED, "mx.shop.co.nz", 3)]),
        "/policies/0/policy/policy-domain",
        json!("mx.shop.co.nz"),
    )];
    assert_eq!(ask_about_domain(&others).verdict, Unknown);
}

#[test]
fn a_report_that_names_no_domain_has_numbers_all_the_same() {
    let report = with(google(22, 5, &[]), "/policies/0/policy", json!({ "policy-type": "no-policy-found" }));
    let never = EnforceReason::NeverApplied { sessions: 5, not_found: 5, dane: 0, off: 0 };
    expect(&ask(&[report]), NotYet, &[never], "no domain");
}

#[test]
fn a_policy_that_cannot_be_had_protects_nothing() {
    for kind in ["sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid"] {
        let not_read = [not_read(3, kind, false)];
        expect(&ask(&clean_but(15, &[(kind, "", 3)])), NotYet, &not_read, kind);
        let none = under("no-policy-found", clean_but(15, &[(kind, "", 3)]));
        expect(&ask(&none), NotYet, &not_read, kind);
    }
    let kind = "sts-policy-fetch-error";
    let mut seldom = clean_but(15, &[(kind, "", 1)]);
    seldom.push(from("Microsoft Corporation", google(16, 5000, &[])));
    let rare = by(not_read(1, kind, true), &[("Microsoft Corporation", 1, 5011)]);
    expect(&ask(&seldom), Yes, &[rare], "seldom");
}

#[test]
fn without_the_policy_applied_reports_tell_nothing() {
    let all_under = |kind: &str| -> Vec<Value> {
        clean().into_iter().map(|report| with(report, "/policies/0/policy/policy-type", json!(kind))).collect()
    };
    let none = all_under("no-policy-found");
    let never = EnforceReason::NeverApplied { sessions: 350, not_found: 350, dane: 0, off: 0 };
    expect(&ask(&none), NotYet, slice::from_ref(&never), "no policy");
    let missing = check(&World::new(DOMAIN).mx(10, MX1).address(MX1, "192.0.2.25"));
    expect(&ask_with(&none, &missing), NotYet, &[never, nothing(&missing, Verdict::Missing)], "nothing published");
    let never = EnforceReason::NeverApplied { sessions: 350, not_found: 0, dane: 350, off: 0 };
    expect(&ask(&all_under("tlsa")), NotYet, &[never], "DANE alone");
    let mut all = [none, all_under("tlsa"), all_under("another")].concat();
    for (at, report) in all.iter_mut().enumerate() {
        report["report-id"] = json!(at);
    }
    let never = EnforceReason::NeverApplied { sessions: 1050, not_found: 350, dane: 350, off: 0 };
    expect(&ask(&all), NotYet, &[never], "each of them");
    let undated: Vec<Value> = clean().into_iter().map(|report| with(report, "/date-range", Value::Null)).collect();
    expect(&ask(&undated), NotYet, &[EnforceReason::NoPastDay], "no days");
}

/// That nothing is published that could be enforced, as a check with this verdict says it.
fn nothing(check: &Report, verdict: Verdict) -> EnforceReason {
    assert_eq!(check.verdict, verdict);
    EnforceReason::NothingToEnforce { verdict, headline: check.headline.clone() }
}

#[test]
fn what_the_domain_publishes_now_counts_too() {
    let unmatched = testing().policy(&ENFORCE.replace("enforce", "testing").replace("mx: mx2.mail-host.net\n", ""));
    let not_allowed = EnforceReason::ServersNotAllowed { hosts: vec![MX2.to_owned()] };
    expect(&ask_with(&clean(), &check(&unmatched)), No, &[not_allowed], "a host is not allowed");
    let protected = || World::protected(DOMAIN);
    let unusable = [
        (protected().without_announce(), Verdict::Broken),
        (protected().status(404, ""), Verdict::Broken),
        (protected().policy("version: STSv1\nmode: none\nmax_age: 86400\n"), Verdict::Disabled),
    ];
    for (world, verdict) in unusable {
        let check = check(&world);
        expect(&ask_with(&clean(), &check), NotYet, &[nothing(&check, verdict)], &check.headline);
    }
    let silent = check(&protected().no_answer("_mta-sts.shop.com.au", RecordType::Txt));
    expect(&ask_with(&clean(), &silent), NotYet, &[EnforceReason::NotLookedUp], "not looked up");
    expect(&ask_with(&clean(), &check(&protected())), Yes, &[EnforceReason::EnforcedAlready], "enforced");
    // A check of another domain says nothing.
    let domain = domain();
    let elsewhere = check(&World::protected("shop.co.nz").without_announce());
    let answer = answer(&clean(), &Question { domain: Some(&domain), check: Some(&elsewhere), ..question() });
    expect(&answer, Yes, &[], "another domain's check");
    assert_eq!(answer.reasons, [no_failures(2, 350)]);
}

#[test]
fn what_stands_in_the_way_comes_first() {
    let mut reports = vec![google(22, 50, &[(EXPIRED, MX1, 3)])];
    reports.push(with(from("B", google(22, 1, &[])), "/policies/0/policy/policy-type", json!("no-policy-found")));
    let answer = ask(&reports);
    let last = day(LAST);
    expect(&answer, No, &[], "all at once");
    assert_eq!(
        answer.reasons,
        [
            by(failures(3, 53, &[MX1], &[EXPIRED]), &[("Google Inc.", 3, 53)]),
            EnforceReason::FewDays { days: 1, first: last, last },
            EnforceReason::OneSender { last },
            EnforceReason::PolicyNotFound { sessions: 1 },
        ]
    );
}
