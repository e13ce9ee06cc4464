//! What many reports sum up to, and what is said of the causes.

use mta_sts_core::evaluate;
use mta_sts_core::rules;
use mta_sts_core::scenario::{ENFORCE, World};
use mta_sts_core::tls_report::Question;
use serde_json::json;

use crate::DOMAIN;
use crate::both;
use crate::domain;
use crate::failed;
use crate::from;
use crate::google;
use crate::now;
use crate::question;
use crate::sum;
use crate::with;
use crate::without;

const MX1: &str = "mx1.shop.com.au";
const MX2: &str = "mx2.shop.com.au";

#[test]
fn sessions_are_summed_by_day_sender_host_and_cause() {
    let reports = [
        google(20, 100, &[("certificate-expired", MX1, 4), ("starttls-not-supported", MX2, 1)]),
        google(21, 50, &[("certificate-expired", MX1, 2)]),
        from("Yahoo Inc.", google(21, 30, &[("validation-failure", MX2, 8)])),
        from("Mail.ru", google(19, 7, &[])),
    ];
    let summary = sum(&reports, &question());
    assert_eq!((summary.domain.as_deref(), summary.reports), (Some(DOMAIN), 4));
    assert_eq!((summary.successful, summary.failed), (187, 15));
    let day = |day: Option<mta_sts_core::Date>| day.map(|day| day.to_string());
    assert_eq!(day(summary.first_day).as_deref(), Some("2026-11-19"));
    assert_eq!(day(summary.last_day).as_deref(), Some("2026-11-21"));
    assert_eq!(
        both(&summary.days),
        [("2026-11-19", Some(7), 0), ("2026-11-20", Some(100), 5), ("2026-11-21", Some(80), 10)]
    );
    assert_eq!(
        both(&summary.senders),
        [("Yahoo Inc.", Some(30), 8), ("Google Inc.", Some(150), 7), ("Mail.ru", Some(7), 0)]
    );
    assert_eq!(both(&summary.mx_hosts), [(MX2, None, 9), (MX1, None, 6)]);
    assert_eq!(both(&summary.domains), [(DOMAIN, Some(187), 15)]);
    assert_eq!(both(&summary.policy_types), [("sts", Some(187), 15)]);
    let causes: Vec<(&str, u64)> =
        summary.causes.iter().map(|cause| (cause.result_type.as_str(), cause.failed)).collect();
    assert_eq!(causes, [("validation-failure", 8), ("certificate-expired", 6), ("starttls-not-supported", 1)]);
    let expired = &summary.causes[1];
    assert_eq!(failed(&expired.senders), [("Google Inc.", 6)]);
    assert_eq!(failed(&expired.mx_hosts), [(MX1, 6)]);
    assert_eq!(failed(&expired.days), [("2026-11-20", 4), ("2026-11-21", 2)]);
    assert_eq!(failed(&expired.policy_types), [("sts", 6)]);
}

#[test]
fn a_session_that_failed_in_two_ways_failed_once() {
    // RFC 8460 §4: the counts of failure types may overlap.
    let total = |report, failed: u64| with(report, "/policies/0/summary/total-failure-session-count", json!(failed));
    let twice = [("certificate-expired", MX1, 4), ("certificate-host-mismatch", MX1, 4)];
    let one_of_two = [("certificate-expired", MX2, 1), ("validation-failure", MX1, 2)];
    let reports = [total(google(20, 100, &twice), 4), from("B", total(google(20, 9, &one_of_two), 3))];
    let summary = sum(&reports, &question());
    assert_eq!(summary.failed, 7);
    assert_eq!(both(&summary.mx_hosts), [(MX1, None, 6), (MX2, None, 1)]);
    let causes: Vec<(&str, u64)> =
        summary.causes.iter().map(|cause| (cause.result_type.as_str(), cause.failed)).collect();
    assert_eq!(causes, [("certificate-expired", 5), ("certificate-host-mismatch", 4), ("validation-failure", 2)]);
    // Where no total is told, nothing tells that they overlap.
    let untold = without(google(20, 100, &twice), "/policies/0/summary/total-failure-session-count");
    assert_eq!(both(&sum(&[untold], &question()).mx_hosts), [(MX1, None, 8)]);
    // What failed for one reason at one server did not do so at another: that is nine where no total is told.
    let apart = [("certificate-expired", MX1, 5), ("certificate-expired", MX2, 4)];
    let summary = sum(&[total(google(20, 100, &apart), 0)], &question());
    assert_eq!((summary.failed, both(&summary.mx_hosts)), (9, vec![(MX1, None, 5), (MX2, None, 4)]));
}

#[test]
fn what_a_sender_adds_to_a_cause_is_shown() {
    let code = "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED";
    let report = with(
        google(20, 1, &[("validation-failure", MX1, 3)]),
        "/policies/0/failure-details/0/failure-reason-code",
        json!(code),
    );
    assert_eq!(failed(&sum(&[report], &question()).causes[0].reasons), [(code, 3)]);
}

#[test]
fn a_range_over_midnight_counts_on_the_day_that_it_begins_on() {
    let range = json!({ "start-datetime": "2026-11-20T22:00:00Z", "end-datetime": "2026-11-21T21:59:59Z" });
    let summary = sum(&[with(google(20, 5, &[]), "/date-range", range)], &question());
    assert_eq!(both(&summary.days), [("2026-11-20", Some(5), 0)]);
    assert_eq!(summary.files[0].notes, [""; 0]);
    // East of Greenwich a day begins on the day before, in UTC.
    let range = json!({ "start-datetime": "2026-11-20T00:00:00+10:00", "end-datetime": "2026-11-20T23:59:59+10:00" });
    assert_eq!(sum(&[with(google(20, 5, &[]), "/date-range", range)], &question()).days.list[0].name, "2026-11-19");
    let summary = sum(&[without(google(20, 5, &[]), "/date-range")], &question());
    assert_eq!((summary.days.list.len(), summary.undated, summary.successful), (0, 1, 5));
}

#[test]
fn successes_of_a_host_are_told_where_a_policy_names_only_that() {
    let alone = with(google(20, 5, &[("certificate-expired", "", 2)]), "/policies/0/policy/mx-host", json!([MX1]));
    let summary = sum(&[alone, google(21, 70, &[("certificate-expired", MX2, 1)])], &question());
    assert_eq!(both(&summary.mx_hosts), [(MX1, Some(5), 2), (MX2, None, 1)]);
    // A policy that cannot be fetched is no mail server's fault, and a wildcard is no host.
    let fetch = with(google(20, 0, &[("sts-policy-fetch-error", "", 2)]), "/policies/0/policy/mx-host", json!([MX1]));
    assert_eq!(both(&sum(&[fetch], &question()).mx_hosts), []);
    let wildcard =
        with(google(20, 5, &[("certificate-expired", "", 2)]), "/policies/0/policy/mx-host", json!(["*.shop.com.au"]));
    assert_eq!(both(&sum(&[wildcard], &question()).mx_hosts), []);
}

#[test]
fn only_the_domain_that_is_asked_about_counts() {
    let other = with(
        google(20, 1000, &[("certificate-expired", "mx.shop.co.nz", 9)]),
        "/policies/0/policy/policy-domain",
        json!("Shop.co.nz."),
    );
    let reports = [google(20, 5, &[]), other];
    let domain = domain();
    let asked = sum(&reports, &Question { domain: Some(&domain), ..question() });
    assert_eq!((asked.domain.as_deref(), asked.reports, asked.successful, asked.failed), (Some(DOMAIN), 1, 5, 0));
    assert_eq!(both(&asked.domains), [("shop.co.nz", Some(1000), 9), (DOMAIN, Some(5), 0)]);
    assert!(asked.causes.is_empty() && asked.mx_hosts.list.is_empty());
    let all = sum(&reports, &question());
    assert_eq!((all.domain, all.reports, all.successful, all.failed), (None, 2, 1005, 9));
}

#[test]
fn lists_are_bounded_and_the_rest_is_counted() {
    let reports: Vec<_> =
        (0..150).map(|number| from(&format!("sender {number:03}"), google(20, number, &[]))).collect();
    let summary = sum(&reports, &question());
    assert_eq!((summary.senders.list.len(), summary.senders.more), (100, 50));
    assert_eq!(summary.senders.list[0].name, "sender 149");
    let failures: Vec<(String, u64)> = (1..60).map(|number| (format!("cause {number}"), number)).collect();
    let failures: Vec<(&str, &str, u64)> =
        failures.iter().map(|(name, sessions)| (name.as_str(), MX1, *sessions)).collect();
    let summary = sum(&[google(20, 1, &failures)], &question());
    assert_eq!((summary.causes.len(), summary.more_causes), (30, 29));
    assert_eq!(summary.causes[0].result_type, "cause 59");
}

#[test]
fn every_known_cause_is_explained_and_tied_to_rules() {
    let known = [
        ("starttls-not-supported", "mx-tls-not-tested"),
        ("certificate-host-mismatch", "mx-some-unmatched"),
        ("certificate-expired", "mx-tls-not-tested"),
        ("certificate-not-trusted", "mx-tls-not-tested"),
        ("validation-failure", "mx-some-unmatched"),
        ("tlsa-invalid", "dane-malformed"),
        ("dnssec-invalid", "dnssec-bogus"),
        ("dane-required", "dane-absent"),
        ("sts-policy-fetch-error", "policy-not-found"),
        ("sts-policy-invalid", "policy-max-age-invalid"),
        ("sts-webpki-invalid", "policy-tls-expired"),
    ];
    for (name, rule) in known {
        let summary = sum(&[google(20, 1, &[(name, MX1, 1)])], &question());
        assert_eq!(summary.files[0].notes, [""; 0], "{name}");
        let cause = &summary.causes[0];
        assert!(!cause.title.is_empty() && !cause.why.is_empty() && !cause.steps.is_empty(), "{name}");
        assert!(cause.points_at.iter().any(|pointer| pointer.rule == rule), "{name} points at {:?}", cause.points_at);
        for pointer in &cause.points_at {
            let rule = rules::all().find(|rule| rule.id == pointer.rule).expect("it is in the catalogue");
            assert_eq!((pointer.url.as_str(), pointer.title.as_str()), (rule.path().as_str(), rules::title_of(rule)));
            assert_eq!(pointer.found, None, "nothing was checked");
        }
    }
}

#[test]
fn causes_are_tied_to_what_a_check_found() {
    let world = World::protected(DOMAIN).policy(&ENFORCE.replace("mx: ", "mx: not-"));
    let check = evaluate(&world.check(), now());
    let reports = [google(20, 1, &[("validation-failure", MX1, 1), ("sts-policy-fetch-error", "", 1)])];
    let summary = sum(&reports, &Question { check: Some(&check), ..question() });
    let found = |cause: usize| {
        let found = summary.causes[cause].points_at.iter().filter(|pointer| pointer.found == Some(true));
        found.map(|pointer| pointer.rule.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(summary.causes[1].result_type, "validation-failure");
    assert!(found(1).contains(&"mx-none-match"), "{:?}", found(1));
    assert_eq!(summary.causes[1].points_at[0].found, Some(true), "what was found comes first");
    assert_eq!(found(0), [""; 0], "the policy can be fetched");
    assert!(summary.causes[0].points_at.iter().all(|pointer| pointer.found == Some(false)));
    // A check of another domain ties nothing.
    let elsewhere = evaluate(&World::protected("shop.co.nz").check(), now());
    let domain = domain();
    let summary = sum(&reports, &Question { domain: Some(&domain), check: Some(&elsewhere), ..question() });
    assert!(summary.causes.iter().flat_map(|cause| &cause.points_at).all(|pointer| pointer.found.is_none()));
}

#[test]
fn the_answer_is_plain_json() {
    let summary = sum(&[google(20, 5, &[("certificate-expired", MX1, 2)])], &question());
    let json = serde_json::to_value(&summary).expect("JSON");
    assert_eq!(json["days"]["list"], json!([{ "name": "2026-11-20", "successful": 5, "failed": 2 }]));
    assert_eq!(json["first_day"], json!("2026-11-20"));
    assert_eq!(
        json["files"][0],
        json!({ "name": "1.json", "reports": 1, "duplicates": 0, "error": null, "notes": [], "problem": null })
    );
    assert_eq!(json["safe_to_enforce"]["verdict"], json!("no"));
}
