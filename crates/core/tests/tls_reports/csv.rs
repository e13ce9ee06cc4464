//! Reports as a table.

use mta_sts_core::Timestamp;
use mta_sts_core::name::DomainName;
use mta_sts_core::tls_report::{Filter, Reader, SingleReport};

use crate::domain;
use crate::from;
use crate::google;
use crate::question;
use crate::sum;

#[test]
fn a_row_for_what_went_well_and_one_for_each_cause() {
    let mut reader = Reader::new();
    let failures = [("certificate-expired", "mx2.shop.com.au", 3)];
    reader.add("one.json", google(10, 40, &failures).to_string().as_bytes()).unwrap();
    reader.add("again.json", google(10, 40, &failures).to_string().as_bytes()).unwrap();
    let table = reader.csv(Some(&domain()));
    let rows: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 3, "each report once: {table}");
    assert_eq!(
        rows[0],
        "\u{feff}day,start,end,sender,report_id,domain,policy_type,result,sessions,mx_host,sending_ip,reason,total_successful,\
         total_failed,helo,receiving_ip,additional_information,contact,mode,policy"
    );
    let policy = "smtp-tls-reporting@google.com\",testing,\"version: STSv1; mode: testing; mx: mx1.mail-host.net; \
                  mx: mx2.mail-host.net; max_age: 86400\"";
    let same = "2026-11-10,2026-11-10T00:00:00Z,2026-11-10T23:59:59Z,Google Inc.,2026-11-10T00:00:00Z_shop.com.au,shop.com.au,sts";
    assert_eq!(rows[1], format!("{same},success,40,,,,40,3,,,,\"{policy}"));
    assert!(rows[2].ends_with(&format!(",,,,203.0.113.56,,\"{policy}")), "totals once: {table}");
    assert!(rows[2].starts_with(&format!("{same},certificate-expired,3,mx2.shop.com.au,209.85.222.201,")), "{table}");
}

#[test]
fn other_domains_are_left_out_where_one_is_asked_for() {
    let mut reader = Reader::new();
    reader.add("one.json", google(10, 40, &[]).to_string().as_bytes()).unwrap();
    let other = DomainName::from_ascii("other.example").unwrap();
    assert_eq!(reader.csv(Some(&other)).lines().count(), 1);
    assert_eq!(reader.csv(None).lines().count(), 2);
}

#[test]
fn days_and_senders_are_chosen_and_the_table_follows() {
    let mut reader = Reader::new();
    for (name, report) in
        [("a", google(10, 1, &[])), ("b", google(11, 2, &[])), ("c", from("Yahoo Inc.", google(11, 4, &[])))]
    {
        reader.add(name, report.to_string().as_bytes()).unwrap();
    }
    let day = |day: u32| format!("2026-11-{day}T00:00:00Z").parse::<Timestamp>().ok().map(Timestamp::date);
    let sender = |name: &str| Some(name.to_owned());
    let filters = [
        (Filter::default(), 3, 7),
        (Filter { from: day(11), ..Filter::default() }, 2, 6),
        (Filter { to: day(10), ..Filter::default() }, 1, 1),
        (Filter { from: day(11), to: day(11), sender: sender("Google Inc.") }, 1, 2),
        (Filter { sender: sender("Nobody"), ..Filter::default() }, 0, 0),
    ];
    for (filter, reports, sessions) in filters {
        reader.filter(filter.clone());
        assert_eq!(reader.csv(None).lines().count(), reports + 1, "{filter:?}");
        let summary = reader.sum_up(&question());
        assert_eq!((summary.reports, summary.successful), (3, 7), "sums are of all");
        let listed = summary.single_reports;
        assert_eq!((listed.list.len(), listed.more), (reports, 0), "{filter:?}");
        let of = |report: &SingleReport| report.policies[0].successful;
        assert_eq!(listed.list.iter().map(of).sum::<u64>(), sessions, "{filter:?}");
        assert_eq!(listed.filter, filter);
    }
}

#[test]
fn what_is_listed_is_bounded_and_the_rest_counted() {
    let many: Vec<(&str, &str, u64)> = vec![("certificate-expired", "mx1.shop.com.au", 1); 1990];
    let mut reports = vec![google(29, 1, &many)];
    reports.extend(
        (0..600).map(|at| from(&format!("sender {at}"), google(10, 1, &[("certificate-expired", "a.example", 1)]))),
    );
    let summary = sum(&reports, &question());
    let listed = summary.single_reports;
    assert_eq!(listed.list.len() + listed.more as usize, 601);
    assert_eq!((listed.list.len(), listed.list[0].policies[0].failures.len()), (6, 1990));
    assert_eq!(summary.applied.len(), 100);
}

#[test]
fn a_report_is_listed_with_all_that_it_says() {
    let summary = sum(&[google(20, 5, &[("certificate-expired", "mx1.shop.com.au", 2)])], &question());
    let report = &summary.single_reports.list[0];
    assert_eq!((report.sender.as_str(), report.contact.as_str()), ("Google Inc.", "smtp-tls-reporting@google.com"));
    let policy = &report.policies[0];
    assert_eq!((policy.mode.as_deref(), policy.successful, policy.failed), (Some("testing"), 5, 2));
    let failure = &policy.failures[0];
    assert_eq!((failure.sending_ip.as_str(), failure.receiving_ip.as_str()), ("209.85.222.201", "203.0.113.56"));
    let applied = &summary.applied[0];
    assert_eq!((applied.sender.as_str(), applied.mode.as_deref()), ("Google Inc.", Some("testing")));
    assert_eq!(applied.first_day.map(|day| day.to_string()).as_deref(), Some("2026-11-20"));
    assert!(applied.text.contains("mx2.mail-host.net"));
}

#[test]
fn failures_without_a_cause_have_a_row_too() {
    let mut report = google(10, 40, &[]);
    report["policies"][0]["summary"]["total-failure-session-count"] = 7.into();
    report["organization-name"] = "=cmd|' /C calc'!A0".into();
    let mut reader = Reader::new();
    reader.add("one.json", report.to_string().as_bytes()).unwrap();
    let table = reader.csv(None);
    assert!(table.contains(",not-told,7,"), "{table}");
    assert!(table.contains(",\"'=cmd|' /C calc'!A0\","), "{table}");
}
