//! Files as people have them: packed, several reports in one, broken, too large. One that cannot be read says why, and
//! takes no other with it.

use mta_sts_core::tls_report::{Oddity, ReadError, Reader, TAKEN_LIMIT, UNPACKED_LIMIT, is_packed};
use serde_json::{Value, json};

use crate::bytes;
use crate::google;
use crate::gzip;
use crate::open;
use crate::question;
use crate::read;
use crate::reader;
use crate::sum;
use crate::with;

/// That a file gives this error alone, and that a good one before and one after it count all the same.
fn refused(file: &[u8], error: ReadError) {
    refused_by(open, file, error);
}

fn refused_by(add: fn(&mut Reader, &str, &[u8]) -> Result<u32, ReadError>, file: &[u8], error: ReadError) {
    let mut reader = Reader::new();
    assert_eq!(add(&mut reader, "before.json", &bytes(&google(1, 1, &[]))), Ok(1));
    assert_eq!(add(&mut reader, "bad.json", file), Err(error));
    assert_eq!(add(&mut reader, "after.json", &bytes(&google(2, 10, &[]))), Ok(1));
    let errors: Vec<Option<ReadError>> = reader.files().iter().map(|file| file.error).collect();
    assert_eq!(errors, [None, Some(error), None]);
    let summary = reader.finish(&question());
    assert_eq!((summary.reports, summary.successful), (2, 11), "{error:?}");
    let told: Vec<Option<&str>> = summary.files.iter().map(|file| file.error.as_deref()).collect();
    assert_eq!(told, [None, Some(error.to_string().as_str()), None]);
}

#[test]
fn what_is_no_report_says_what_it_is() {
    let good = bytes(&google(3, 100, &[]));
    refused(b"", ReadError::Empty);
    refused(b" \r\n\t", ReadError::Empty);
    refused("\u{feff}".as_bytes(), ReadError::Empty);
    refused(b"PK\x03\x04rest", ReadError::Zip);
    refused(b"\xff\xfe{\0}\0", ReadError::NotAReport);
    refused(b"Received: from mail.example\r\nSubject: Report Domain: shop.com.au\r\n\r\n", ReadError::Mail);
    refused(b"From: a@mail.example\n", ReadError::Mail);
    refused(b"Good morning", ReadError::NotJson { line: 1, column: 1 });
    refused(b"<!doctype html>", ReadError::Document);
    refused(b"<?xml version=\"1.0\"?>\n<feedback><report_metadata>", ReadError::Dmarc);
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ReadError::Msg);
    refused(b"7z\xbc\xaf\x27\x1crest", ReadError::OtherArchive);
    refused(b"Rar!\x1a\x07\x01\0rest", ReadError::OtherArchive);
    let form = [&b"--boundary\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"[..], &good].concat();
    refused(&form, ReadError::Form);
    refused(b"{\n  \"report-id\": \"a\",\n  policies\n}", ReadError::NotJson { line: 3, column: 3 });
    refused(&good[..good.len() - 1], ReadError::CutOff);
    refused(&good[..good.len() / 2], ReadError::CutOff);
    for text in ["{}", "[]", "3", "null", "\"a\"", "[[]]", "{\"feedback\": {}}", "[1, {\"a\": 1}]"] {
        refused(text.as_bytes(), ReadError::NotAReport);
    }
    refused("[".repeat(100_000).as_bytes(), ReadError::NotJson { line: 1, column: 130 });
}

#[test]
fn what_a_host_unpacked_counts_whatever_its_name() {
    let (one, other) = (bytes(&google(1, 1, &[])), bytes(&google(2, 10, &[])));
    let summary = read(&[gzip(&one), other], &question());
    assert_eq!((summary.reports, summary.successful), (2, 11));
}

#[test]
fn what_is_still_packed_is_told_from_what_is_damaged() {
    let good = gzip(&bytes(&google(3, 100, &[])));
    let mut damaged = good.clone();
    let at = damaged.len() - 6;
    damaged[at] ^= 1;
    // A host that unpacks could not unpack these, or they are packed twice.
    for file in [&damaged[..], &good[..30], &good[..2], &gzip(&good)] {
        assert!(is_packed(file));
        refused(file, ReadError::BrokenGzip);
    }
    // A reader that is given files as they are does not unpack even a good one.
    for file in [&good, &damaged] {
        refused_by(Reader::add, file, ReadError::Packed);
    }
    assert!(!is_packed(b"") && !is_packed(&good[..1]) && !is_packed(b"{}"));
}

#[test]
fn a_file_holds_one_report_or_many() {
    let reports = [google(1, 1, &[]), google(2, 10, &[]), google(3, 100, &[])];
    let lines: Vec<String> = reports.iter().map(Value::to_string).collect();
    for file in [
        lines.join("\n"),
        lines.concat(),
        json!(reports).to_string(),
        format!("{}\r\n[{},{}]\n", lines[0], lines[1], lines[2]),
    ] {
        let summary = read(&[file.into_bytes()], &question());
        assert_eq!((summary.reports, summary.successful, summary.files[0].reports), (3, 111, 3));
        assert_eq!((summary.files[0].notes.len(), summary.files[0].error.as_ref()), (0, None));
    }
    // What else is among them is left out, and told.
    let mut several = reader(&[json!([reports[0], 3, {}, reports[1]]).to_string().into_bytes()]);
    assert_eq!(several.files()[0].oddities, [Oddity::NotAReport]);
    assert_eq!(several.finish(&question()).reports, 2);
    // What comes before a fault is kept.
    let mut cut = reader(&[format!("{}\n{}\n{{\"report-id\"", lines[0], lines[1]).into_bytes()]);
    assert_eq!((cut.files()[0].reports, cut.files()[0].error), (2, Some(ReadError::CutOff)));
    assert_eq!(cut.finish(&question()).reports, 2);
}

#[test]
fn a_report_counts_once_however_often_it_comes() {
    let (one, other) = (google(1, 1, &[]), google(2, 10, &[]));
    let again = with(one.clone(), "/organization-name", json!("GOOGLE INC."));
    let files = [bytes(&one), bytes(&json!([one, other, one])), gzip(&bytes(&again))];
    let summary = read(&files, &question());
    assert_eq!((summary.reports, summary.duplicates, summary.successful), (2, 3, 11));
    let told: Vec<(u32, u32)> = summary.files.iter().map(|file| (file.reports, file.duplicates)).collect();
    assert_eq!(told, [(1, 0), (3, 2), (1, 1)]);
}

#[test]
fn the_same_id_can_be_another_report() {
    let one = google(1, 1, &[]);
    let others = [
        with(one.clone(), "/organization-name", json!("Another Inc.")),
        with(one.clone(), "/report-id", json!("another")),
        with(one.clone(), "/date-range/start-datetime", json!("2026-11-01T12:00:00Z")),
        with(one.clone(), "/policies/0/policy/policy-domain", json!("shop.co.nz")),
    ];
    for other in others {
        let summary = sum(&[one.clone(), other.clone()], &question());
        assert_eq!((summary.duplicates, summary.successful), (0, 2), "{other}");
    }
    // Without an id, the numbers tell.
    let nameless = with(one, "/report-id", Value::Null);
    let more = with(nameless.clone(), "/policies/0/summary/total-successful-session-count", json!(2));
    let summary = sum(&[nameless.clone(), more, nameless], &question());
    assert_eq!((summary.duplicates, summary.successful), (1, 3));
}

#[test]
fn of_two_that_claim_to_be_the_same_the_one_with_more_sessions_counts() {
    let (early, late) = (google(1, 1, &[]), google(1, 7, &[]));
    for files in [[early.clone(), late.clone()], [late, early]] {
        let summary = sum(&files, &question());
        assert_eq!((summary.reports, summary.duplicates, summary.successful), (1, 1, 7));
        assert_eq!(summary.files[1].duplicates, 1);
    }
}

#[test]
fn reports_are_read_in_other_encodings_and_with_what_stands_between() {
    let reports = [google(1, 1, &[]), google(2, 10, &[])];
    let text = |between: &str| reports.iter().map(Value::to_string).collect::<Vec<_>>().join(between);
    for between in [",", ",\n", "\0", "\n\u{1e}", " , \0 "] {
        let mut several = reader(&[text(between).into_bytes()]);
        assert_eq!((several.files()[0].error, several.files()[0].oddities.as_slice()), (None, &[Oddity::Between][..]));
        assert_eq!(several.finish(&question()).successful, 11, "{between:?}");
    }
    let units: Vec<u16> = text("\n").encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for file in [[&b"\xff\xfe"[..], &little].concat(), [&b"\xfe\xff"[..], &big].concat(), little, big] {
        let mut several = reader(&[file]);
        assert_eq!(several.files()[0].oddities, [Oddity::Utf16]);
        assert_eq!(several.finish(&question()).successful, 11);
    }
}

#[test]
fn what_a_report_does_not_say_its_surroundings_tell() {
    let mut report = with(google(1, 5, &[]), "/date-range", Value::Null);
    report["policies"][0]["policy"]["policy-domain"] = Value::Null;
    let file = bytes(&report);
    let mut reader = Reader::new();
    let name = "mails.eml/mail.example!Shop.com.au!1795478400!1795564799!001.json.gz";
    assert_eq!(reader.add_unpacked(name, 100, &file), Ok(1));
    assert!(reader.files()[0].oddities.contains(&Oddity::TimeOfName));
    let summary = reader.finish(&question());
    assert_eq!(summary.domain.as_deref(), Some("shop.com.au"));
    assert_eq!(summary.first_day.map(|day| day.to_string()).as_deref(), Some("2026-11-24"));
    let mut reader = Reader::new();
    assert_eq!(reader.add_of_mail("M\u{fc}ller.example", "report.json", 100, &file), Ok(1));
    assert_eq!(reader.finish(&question()).domain.as_deref(), Some("xn--mller-kva.example"));
}

#[test]
fn a_domain_is_one_in_any_alphabet() {
    let named = |domain: &str, day: u32| with(google(day, 5, &[]), "/policies/0/policy/policy-domain", json!(domain));
    let summary = sum(&[named("M\u{dc}LLER.example", 1), named("xn--mller-kva.example.", 2)], &question());
    assert_eq!((summary.domain.as_deref(), summary.successful), (Some("xn--mller-kva.example"), 10));
}

#[test]
fn of_two_with_as_many_sessions_the_one_with_more_failures_counts() {
    let (good, bad) = (google(1, 7, &[]), google(1, 4, &[("certificate-expired", "mx1.shop.com.au", 3)]));
    for files in [[good.clone(), bad.clone()], [bad, good]] {
        let summary = sum(&files, &question());
        assert_eq!((summary.reports, summary.successful, summary.failed), (1, 4, 3));
    }
}

#[test]
fn files_that_differ_by_their_unique_part_are_two_reports() {
    let file = bytes(&google(1, 5, &[]));
    let name = |unique: &str| format!("reports.zip/mail.example!shop.com.au!1!2{unique}.json.gz");
    let read = |names: &[String]| {
        let mut reader = Reader::new();
        for name in names {
            assert_eq!(reader.add(name, &file), Ok(1));
        }
        let summary = reader.finish(&question());
        (summary.reports, summary.duplicates, summary.successful)
    };
    assert_eq!(read(&[name("!001"), name("!002"), name("!001")]), (2, 1, 10));
    // A copy that a browser or a person named otherwise is none.
    assert_eq!(read(&[name("!001"), name("!001 (1)")]), (1, 1, 5));
    assert_eq!(read(&[name("!001"), "report.json".to_owned(), name("!002")]), (2, 1, 10));
    assert_eq!(read(&[name(""), name(""), "report.json".to_owned()]), (1, 2, 5));
}

#[test]
fn what_comes_after_a_report_does_not_make_it_none() {
    let file = [bytes(&google(1, 5, &[])), b"\n-- \nThe postmaster".to_vec()].concat();
    let mut reader = Reader::new();
    assert_eq!(reader.add("a.json", &file), Err(ReadError::RestNotJson { line: 2, column: 1 }));
    assert_eq!(reader.finish(&question()).successful, 5);
}

#[test]
fn what_is_beyond_a_list_is_added_up() {
    let many: Vec<(&str, &str, u64)> = (0..5000)
        .map(|at| (if at % 2 == 0 { "certificate-expired" } else { "validation-failure" }, "mx1.shop.com.au", 1))
        .collect();
    let mut several = google(2, 3, &[]);
    let mut policy = several["policies"][0].clone();
    policy["summary"] = json!({ "total-successful-session-count": 1, "total-failure-session-count": 2 });
    policy["failure-details"] = json!([{ "result-type": "certificate-expired", "failed-session-count": 2 }]);
    several["policies"] = vec![policy; 1500].into();
    let mut reader = reader(&[bytes(&google(1, 3, &many)), bytes(&several)]);
    for file in reader.files() {
        assert_eq!((file.oddities.as_slice(), file.error), (&[Oddity::Summed][..], None));
    }
    let summary = reader.finish(&question());
    assert_eq!((summary.successful, summary.failed), (1503, 8000));
    let causes: Vec<(&str, u64)> =
        summary.causes.iter().map(|cause| (cause.result_type.as_str(), cause.failed)).collect();
    assert_eq!(causes, [("certificate-expired", 5500), ("validation-failure", 2500)], "nothing is not told");
}

#[test]
fn a_bomb_ends_at_the_limit() {
    let bomb = gzip(&vec![b' '; UNPACKED_LIMIT + 1]);
    assert!(bomb.len() < UNPACKED_LIMIT / 900);
    refused(&bomb, ReadError::UnpacksToTooMuch);
    // Many of them take nothing away from the files after them.
    let mut reader = Reader::new();
    for _ in 0..10 {
        assert_eq!(open(&mut reader, "bomb.json.gz", &bomb), Err(ReadError::OneUnpacksToTooMuch));
    }
    assert_eq!(reader.unpacked_left(), UNPACKED_LIMIT);
    assert_eq!(reader.add("good.json", &bytes(&google(1, 1, &[]))), Ok(1));
}

#[test]
fn all_files_together_have_20_mb() {
    let report = bytes(&google(1, 1, &[]));
    let padded = |length: usize| [&report[..], &vec![b'\n'; length - report.len()]].concat();
    assert_eq!(Reader::new().add("a.json", &padded(TAKEN_LIMIT)), Ok(1));
    refused(&padded(TAKEN_LIMIT + 1), ReadError::OneTooMuch);
    let mut reader = Reader::new();
    assert_eq!(reader.add("a.json", &padded(TAKEN_LIMIT - 1000)), Ok(1));
    assert_eq!(reader.add("b.json", &padded(1001)), Err(ReadError::TooMuch));
    assert_eq!(reader.add("c.json", &padded(1000)), Ok(1));
    assert_eq!(reader.add("d.json", &report), Err(ReadError::TooMuch));
}

#[test]
fn all_files_together_have_64_mb_unpacked() {
    let report = bytes(&google(1, 1, &[]));
    let padded = |length: usize| gzip(&[&report[..], &vec![b'\n'; length - report.len()]].concat());
    let mut reader = Reader::new();
    assert_eq!(open(&mut reader, "a.json.gz", &padded(UNPACKED_LIMIT - 1000)), Ok(1));
    assert_eq!(reader.unpacked_left(), 1000);
    assert_eq!(open(&mut reader, "b.json.gz", &padded(1001)), Err(ReadError::UnpacksToTooMuch));
    assert_eq!(open(&mut reader, "c.json.gz", &padded(1000)), Ok(1));
    assert_eq!(open(&mut reader, "d.json", &report), Err(ReadError::UnpacksToTooMuch), "one that came plain, too");
    // A host that does not stop by itself is held to the same.
    let mut reader = Reader::new();
    let long = [&report[..], &vec![b'\n'; UNPACKED_LIMIT]].concat();
    assert_eq!(reader.add_unpacked("a.json.gz", 1000, &long), Err(ReadError::OneUnpacksToTooMuch));
    assert_eq!(reader.add_unpacked("b.json.gz", 1000, &long[..UNPACKED_LIMIT]), Ok(1));
    assert_eq!(reader.add_unpacked("c.json.gz", 1000, &report), Err(ReadError::UnpacksToTooMuch));
    assert_eq!(Reader::new().add_unpacked("d.json.gz", TAKEN_LIMIT + 1, &report), Err(ReadError::OneTooMuch));
}

#[test]
fn so_many_entries_that_they_cannot_be_summed_are_an_error_of_their_file() {
    let report = "{\"policies\":[{},{},{}]}";
    let file = report.repeat(100_001);
    let mut reader = Reader::new();
    assert_eq!(reader.add("a.json", &bytes(&google(1, 1, &[]))), Ok(1));
    assert_eq!(reader.add("many.json", file.as_bytes()), Err(ReadError::TooManyRows));
    assert_eq!(reader.files()[1].error, Some(ReadError::TooManyRows));
    assert_eq!(reader.finish(&question()).successful, 1);
}
