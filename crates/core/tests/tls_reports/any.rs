//! What holds of any files: their order changes nothing but the list of them, and nothing makes the reader panic.

use mta_sts_core::tls_report::{Question, ReadError, Reader, Summary};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::bytes;
use crate::domain;
use crate::gzip;
use crate::open;
use crate::question;
use crate::read;

/// Reports, right and odd, of few senders, days, domains and ids, so that many are the same or nearly so.
fn reports() -> impl Strategy<Value = Value> {
    let failure = (
        prop::sample::select(vec![
            "certificate-expired",
            "validation-failure",
            "sts-policy-fetch-error",
            "tlsa-invalid",
            "new",
            "",
        ]),
        prop::sample::select(vec!["mx1.shop.com.au", "MX1.shop.com.au.", "mx2.shop.com.au", ""]),
        prop::option::of(0..50_u64),
    );
    let failure = failure.prop_map(|(result_type, host, sessions)| {
        json!({ "result-type": result_type, "receiving-mx-hostname": host, "failed-session-count": sessions })
    });
    let policy = (
        prop::sample::select(vec!["sts", "tlsa", "no-policy-found", "new"]),
        prop::sample::select(vec!["shop.com.au", "Shop.com.au", "shop.co.nz", ""]),
        prop::option::of(0..200_u64),
        prop::option::of(0..50_u64),
        prop::collection::vec(failure, 0..3),
    );
    let policy = policy.prop_map(|(policy_type, domain, successful, failed, failures)| {
        json!({
            "policy": { "policy-type": policy_type, "policy-domain": domain, "mx-host": "mx1.shop.com.au" },
            "summary": { "total-successful-session-count": successful, "total-failure-session-count": failed },
            "failure-details": failures,
        })
    });
    let report = (
        prop::sample::select(vec!["Google Inc.", "google inc.", "Mail.ru", ""]),
        prop::sample::select(vec!["1", "2", ""]),
        prop::option::of(5..25_u32),
        prop::collection::vec(policy, 0..3),
    );
    report.prop_map(|(organization, id, day, policies)| {
        let range = day.map(|day| json!({ "start-datetime": format!("2026-11-{day:02}T00:00:00Z") }));
        json!({ "organization-name": organization, "report-id": id, "date-range": range, "policies": policies })
    })
}

fn files() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let one = reports().prop_map(|report| bytes(&report));
    let several = prop::collection::vec(reports(), 0..4).prop_map(|reports| bytes(&json!(reports)));
    let packed = reports().prop_map(|report| gzip(&bytes(&report)));
    let broken = reports().prop_map(|report| bytes(&report)[1..].to_vec());
    prop::collection::vec(prop_oneof![3 => one, 2 => several, 1 => packed, 1 => broken], 0..12)
}

fn without_files(summary: Summary) -> Summary {
    Summary { files: Vec::new(), ..summary }
}

/// Changes bytes of a text.
fn changed(text: Vec<u8>, changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut text = text;
    for (at, byte) in changes {
        let at = at.index(text.len());
        text[at] = *byte;
    }
    text
}

proptest! {
    #[test]
    fn the_order_of_files_does_not_matter(
        (files, shuffled) in files().prop_flat_map(|files| (Just(files.clone()), Just(files).prop_shuffle())),
        asked: bool,
    ) {
        let domain = domain();
        let question = Question { domain: asked.then_some(&domain), ..question() };
        let (one, other) = (read(&files, &question), read(&shuffled, &question));
        let told = |summary: &Summary| summary.files.iter().map(|file| file.reports).sum::<u32>();
        prop_assert_eq!(told(&one), told(&other));
        prop_assert_eq!(without_files(one), without_files(other));
    }

    #[test]
    fn files_given_twice_change_nothing(files in files()) {
        let once = read(&files, &question());
        let twice = read(&[files.clone(), files].concat(), &question());
        let read: u32 = once.files.iter().map(|file| file.reports).sum();
        prop_assert_eq!(twice.duplicates, once.duplicates + read);
        prop_assert_eq!(without_files(Summary { duplicates: once.duplicates, ..twice }), without_files(once));
    }

    #[test]
    fn sums_agree_with_each_other(files in files()) {
        let summary = read(&files, &question());
        let failed = |tallies: &mta_sts_core::tls_report::Tallies| tallies.list.iter().map(|tally| tally.failed).sum::<u64>();
        for by in [&summary.senders, &summary.policy_types] {
            prop_assert_eq!(failed(by), summary.failed);
        }
        prop_assert!(failed(&summary.days) <= summary.failed);
        let explained: u64 = summary.causes.iter().map(|cause| cause.failed).sum();
        prop_assert!(explained >= summary.failed, "every failed session has a cause, if it is not-told");
        for cause in &summary.causes {
            prop_assert_eq!(failed(&cause.senders), cause.failed);
            prop_assert!(cause.mx_hosts.list.iter().all(|host| host.failed <= cause.failed));
            prop_assert!(failed(&cause.days) <= cause.failed);
            prop_assert!(cause.failed <= summary.failed, "a cause is a part of what failed");
        }
        for host in &summary.mx_hosts.list {
            prop_assert!(host.failed <= summary.failed, "{} failed {} times of {}", host.name, host.failed, summary.failed);
        }
        prop_assert!(!summary.safe_to_enforce.reasons.is_empty());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), name in "\\PC{0,20}") {
        let mut reader = Reader::new();
        _ = reader.add(&name, &bytes);
        _ = reader.add_unpacked(&name, bytes.len() / 2, &bytes);
        _ = open(&mut reader, &name, &gzip(&bytes));
        reader.finish(&question());
    }

    #[test]
    fn changed_reports_are_read_or_refused(report in reports(), changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), prop::sample::select(&b"{}[]\",:0-9e\\u"[..])]), 1..6)) {
        let text = changed(bytes(&report), &changes);
        let mut reader = Reader::new();
        if serde_json::from_slice::<Value>(&text).is_ok_and(|value| value.get("policies").is_some()) {
            prop_assert_eq!(reader.add("a.json", &text), Ok(1));
        } else {
            let refused = matches!(reader.add("a.json", &text), Ok(_) | Err(ReadError::NotJson { .. } | ReadError::RestNotJson { .. } | ReadError::CutOff | ReadError::NotAReport | ReadError::Mail));
            prop_assert!(refused);
        }
        reader.finish(&question());
    }
}
