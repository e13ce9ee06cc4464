//! TLS reports: what is read of files as senders write them, what many of them sum up to, and whether it is safe to
//! enforce.

mod any;
mod csv;
mod deviations;
mod enforce;
mod files;
mod sums;

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use mta_sts_core::Timestamp;
use mta_sts_core::name::DomainName;
use mta_sts_core::tls_report::{self, Oddity, Question, ReadError, Reader, Summary, is_packed};
use serde_json::{Value, json};

const DOMAIN: &str = "shop.com.au";

/// The day on which the tests ask.
const NOW: &str = "2026-11-24T09:30:00Z";

fn now() -> Timestamp {
    NOW.parse().expect("a time")
}

fn domain() -> DomainName {
    DomainName::from_ascii(DOMAIN).expect("a domain")
}

/// With nothing known but the day.
fn question() -> Question<'static> {
    Question { domain: None, check: None, now: now() }
}

/// A report in the manner of Google's: of one day of November, with the sessions given.
fn google(day: u32, successful: u64, failures: &[(&str, &str, u64)]) -> Value {
    let failed: u64 = failures.iter().map(|(_, _, sessions)| sessions).sum();
    let mut report = json!({
        "organization-name": "Google Inc.",
        "date-range": {
            "start-datetime": format!("2026-11-{day:02}T00:00:00Z"),
            "end-datetime": format!("2026-11-{day:02}T23:59:59Z"),
        },
        "contact-info": "smtp-tls-reporting@google.com",
        "report-id": format!("2026-11-{day:02}T00:00:00Z_{DOMAIN}"),
        "policies": [{
            "policy": {
                "policy-type": "sts",
                "policy-string": ["version: STSv1", "mode: testing", "mx: mx1.mail-host.net", "mx: mx2.mail-host.net", "max_age: 86400"],
                "policy-domain": DOMAIN,
                "mx-host": ["mx1.shop.com.au", "mx2.shop.com.au"],
            },
            "summary": { "total-successful-session-count": successful, "total-failure-session-count": failed },
        }],
    });
    if !failures.is_empty() {
        let details = failures.iter().map(|(result_type, host, sessions)| {
            json!({
                "result-type": result_type,
                "sending-mta-ip": "209.85.222.201",
                "receiving-ip": "203.0.113.56",
                "receiving-mx-hostname": host,
                "failed-session-count": sessions,
            })
        });
        report["policies"][0]["failure-details"] = details.collect();
    }
    report
}

/// The same from another sender.
fn from(sender: &str, report: Value) -> Value {
    with(report, "/organization-name", json!(sender))
}

/// The same with something else at a place.
fn with(mut report: Value, place: &str, value: Value) -> Value {
    let (parent, name) = place.rsplit_once('/').expect("a place");
    match report.pointer_mut(parent).expect(place) {
        Value::Array(items) => items[name.parse::<usize>().expect("a number")] = value,
        parent => parent[name] = value,
    }
    report
}

/// The same without what is at a place.
fn without(mut report: Value, place: &str) -> Value {
    let (parent, name) = place.rsplit_once('/').expect("a place");
    report.pointer_mut(parent).and_then(Value::as_object_mut).expect(place).remove(name).expect(place);
    report
}

/// A reader of files; each is named by its place.
fn reader(files: &[Vec<u8>]) -> Reader {
    let mut reader = Reader::new();
    for (file, number) in files.iter().zip(1..) {
        // The reader tells what became of each.
        _ = open(&mut reader, &format!("{number}.json"), file);
    }
    reader
}

/// A reader of reports, each in a file of its own.
fn reader_of(reports: &[Value]) -> Reader {
    reader(&reports.iter().map(bytes).collect::<Vec<_>>())
}

/// What files sum up to.
fn read(files: &[Vec<u8>], question: &Question<'_>) -> Summary {
    reader(files).finish(question)
}

/// Gives a file to the reader as a host does: unpacked where it is packed and can be unpacked, and no further than to one
/// byte over what may still be read.
fn open(reader: &mut Reader, name: &str, file: &[u8]) -> Result<u32, ReadError> {
    let limit = reader.unpacked_left() as u64 + 1;
    let mut unpacked = Vec::new();
    let is_unpacked = is_packed(file) && GzDecoder::new(file).take(limit).read_to_end(&mut unpacked).is_ok();
    reader.add_unpacked(name, file.len(), if is_unpacked { &unpacked } else { file })
}

fn bytes(report: &Value) -> Vec<u8> {
    serde_json::to_vec(report).expect("JSON")
}

/// What reports sum up to, each in a file of its own.
fn sum(reports: &[Value], question: &Question<'_>) -> Summary {
    reader_of(reports).finish(question)
}

/// The only report of a file, and what was odd about it.
fn one(text: impl AsRef<[u8]>) -> (tls_report::Report, Vec<Oddity>) {
    let mut reader = Reader::new();
    assert_eq!(reader.add("a.json", text.as_ref()), Ok(1), "{}", String::from_utf8_lossy(text.as_ref()));
    let report = reader.reports().next().expect("one was read").clone();
    (report, reader.files()[0].oddities.clone())
}

/// Names and failed sessions.
fn failed(tallies: &tls_report::Tallies) -> Vec<(&str, u64)> {
    tallies.list.iter().map(|tally| (tally.name.as_str(), tally.failed)).collect()
}

/// Names with both numbers.
fn both(tallies: &tls_report::Tallies) -> Vec<(&str, Option<u64>, u64)> {
    tallies.list.iter().map(|tally| (tally.name.as_str(), tally.successful, tally.failed)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}
