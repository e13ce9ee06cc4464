//! Reports as a table.

use mta_sts_core::name::DomainName;
use mta_sts_core::tls_report::Reader;

use crate::domain;
use crate::google;

#[test]
fn a_row_for_what_went_well_and_one_for_each_cause() {
    let mut reader = Reader::new();
    let failures = [("certificate-expired", "mx2.shop.com.au", 3)];
    reader.add("one.json", google(10, 40, &failures).to_string().as_bytes()).unwrap();
    reader.add("again.json", google(10, 40, &failures).to_string().as_bytes()).unwrap();
    let table = reader.csv(Some(&domain()));
    let rows: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 3, "each report once: {table}");
    assert_eq!(rows[0], "day,start,end,sender,report_id,domain,policy_type,result,sessions,mx_host,sending_ip,reason");
    let same = "2026-11-10,2026-11-10T00:00:00Z,2026-11-10T23:59:59Z,Google Inc.,2026-11-10T00:00:00Z_shop.com.au,shop.com.au,sts";
    assert_eq!(rows[1], format!("{same},success,40,,,"));
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
