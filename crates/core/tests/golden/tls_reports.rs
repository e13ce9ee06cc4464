//! Summaries of TLS reports: sets that reach everything that speaks for or against enforcing, beside checks of every kind and
//! without one; and files with everything that can be wrong with one.

use mta_sts_core::lookup::RecordType;
use mta_sts_core::name::DomainName;
use mta_sts_core::report::Report;
use mta_sts_core::scenario::{ENFORCE, World};
use mta_sts_core::tls_report::{Question, ReadError, Reader, Summary, read};
use mta_sts_core::{Timestamp, evaluate};
use serde_json::{Value, json};

const DOMAIN: &str = "shop.com.au";
/// A mail server of the domain's checks, and one that is in none of them.
const OWN: &str = "mx1.mail-host.net";
const OLD: &str = "mail.old-host.net";

/// Failures: the cause, the mail server and the sessions.
type Failures<'f> = &'f [(&'f str, &'f str, u64)];

/// Summaries by their names: of every set, alone and beside each check, and of every kind of file.
pub(crate) fn summaries(now: Timestamp) -> Vec<(String, Summary)> {
    let alone = Question { domain: None, check: None, now };
    let mut summaries = Vec::new();
    let reports = of_every_cause();
    let check = evaluate(&World::protected(DOMAIN).mx(30, "mx3.other-host.net").check(), now);
    for (name, check) in [("alone", None), ("beside a check", Some(&check))] {
        let summary = read([("report.json", reports.as_bytes())], &Question { check, ..alone });
        summaries.push((format!("TLS reports {name}"), summary));
    }
    let domain = DomainName::from_ascii(DOMAIN).expect("a domain");
    let later = "2026-12-20T00:00:00Z".parse().expect("a time");
    let checks = checks(now);
    for (set, reports) in sets() {
        let text = Value::from(reports).to_string();
        let mut ask = |question: &Question<'_>| {
            summaries.push((format!("TLS reports, {set}"), read([("reports.json", text.as_bytes())], question)));
        };
        for now in [now, later] {
            ask(&Question { now, ..alone });
            ask(&Question { domain: Some(&domain), now, ..alone });
        }
        for check in &checks {
            ask(&Question { domain: Some(&domain), check: Some(check), now });
        }
    }
    summaries.push(("TLS reports, files".to_owned(), files().finish(&alone)));
    summaries
}

/// A report with failures of every cause, once under MTA-STS and once under DANE.
fn of_every_cause() -> String {
    let reasons = [
        "starttls-not-supported",
        "certificate-host-mismatch",
        "certificate-expired",
        "certificate-not-trusted",
        "validation-failure",
        "tlsa-invalid",
        "dnssec-invalid",
        "dane-required",
        "sts-policy-fetch-error",
        "sts-policy-invalid",
        "sts-webpki-invalid",
        "something-new",
    ];
    let failure = |reason: &&str| {
        format!(r#"{{"result-type":"{reason}","receiving-mx-hostname":"mx1.mail-host.net","failed-session-count":3}}"#)
    };
    let details: Vec<String> = reasons.iter().map(failure).collect();
    let policy = |kind: &str, failed: usize| {
        format!(
            r#"{{"policy":{{"policy-type":"{kind}","policy-domain":"shop.com.au"}},"summary":{{"total-successful-session-count":9,"total-failure-session-count":{failed}}},"failure-details":[{}]}}"#,
            details.join(",")
        )
    };
    format!(
        r#"{{"organization-name":"Example","date-range":{{"start-datetime":"2026-11-20T00:00:00Z","end-datetime":"2026-11-20T23:59:59Z"}},"report-id":"1","policies":[{},{}]}}"#,
        policy("sts", 50),
        policy("tlsa", 36)
    )
}

/// A check with each verdict and each thing that matters to enforcing, and one of another domain.
fn checks(now: Timestamp) -> Vec<Report> {
    let testing = ENFORCE.replace("enforce", "testing");
    let protected = || World::protected(DOMAIN);
    let unmatched = protected().policy(&testing.replace("mx: mx2.mail-host.net\n", ""));
    let worlds = [
        protected().policy(&testing),
        unmatched.clone(),
        protected(),
        protected().policy(&ENFORCE.replace("mx: ", "mx: not-")),
        World::new(DOMAIN).mx(10, OWN).address(OWN, "192.0.2.25"),
        protected().without_announce(),
        protected().status(404, ""),
        protected().policy("version: STSv1\nmode: none\nmax_age: 86400\n"),
        protected().without_mx().mx(0, "").without_announce().without_host(),
        protected().no_answer(&format!("_mta-sts.{DOMAIN}"), RecordType::Txt),
        World::protected("shop.co.nz").without_announce(),
    ];
    let mut checks: Vec<Report> = worlds.iter().map(|world| evaluate(&world.check(), now)).collect();
    // Mail servers that are not allowed, and no names of them.
    let mut nameless = evaluate(&unmatched.check(), now);
    nameless.mx.clear();
    checks.push(nameless);
    checks
}

/// A report of one day of November by one sender under one policy of MTA-STS.
fn report(sender: &str, day: u32, successful: u64, failures: Failures<'_>) -> Value {
    let failed: u64 = failures.iter().map(|(_, _, sessions)| sessions).sum();
    let details = failures.iter().map(|(cause, host, sessions)| {
        json!({ "result-type": cause, "receiving-mx-hostname": host, "failed-session-count": sessions })
    });
    json!({
        "organization-name": sender,
        "report-id": format!("{sender} {day}"),
        "contact-info": "postmaster@mail.example",
        "date-range": {
            "start-datetime": format!("2026-11-{day:02}T00:00:00Z"),
            "end-datetime": format!("2026-11-{day:02}T23:59:59Z"),
        },
        "policies": [{
            "policy": { "policy-type": "sts", "policy-domain": DOMAIN, "mx-host": ["*.mail-host.net"], "policy-string": ["mode: testing"] },
            "summary": { "total-successful-session-count": successful, "total-failure-session-count": failed },
            "failure-details": details.collect::<Value>(),
        }],
    })
}

/// The same with something else in its first policy.
fn with(mut report: Value, place: &str, value: Value) -> Value {
    *report.pointer_mut(&format!("/policies/0{place}")).expect(place) = value;
    report
}

fn under(kind: &str, report: Value) -> Value {
    with(report, "/policy/policy-type", json!(kind))
}

fn about(domain: &str, report: Value) -> Value {
    with(report, "/policy/policy-domain", json!(domain))
}

fn off(report: Value) -> Value {
    with(report, "/policy/policy-string", json!(["mode: none"]))
}

/// So many sessions failed, however many the causes tell.
fn in_all(failed: u64, report: Value) -> Value {
    with(report, "/summary/total-failure-session-count", json!(failed))
}

fn undated(mut report: Value) -> Value {
    report["date-range"] = Value::Null;
    report
}

fn of_no_policy(mut report: Value) -> Value {
    report["policies"] = json!([]);
    report
}

/// Two weeks up to the day before yesterday, from two senders, with nothing wrong.
fn clean() -> Vec<Value> {
    (9..=22).flat_map(|day| [report("One", day, 20, &[]), report("Two", day, 5, &[])]).collect()
}

fn clean_and(others: impl IntoIterator<Item = Value>) -> Vec<Value> {
    clean().into_iter().chain(others).collect()
}

fn clean_but(failures: Failures<'_>) -> Vec<Value> {
    clean_and([report("Three", 15, 10, failures)])
}

/// So many sessions that a failure in them can be chance.
fn large() -> Value {
    report("A large sender", 16, 5000, &[])
}

fn sets() -> Vec<(&'static str, Vec<Value>)> {
    let mut sets = unknown();
    sets.extend(never_applied());
    sets.extend(too_early());
    sets.extend(failing());
    sets.extend(not_had());
    sets.extend(beside_the_point());
    sets
}

/// Nothing to judge by.
fn unknown() -> Vec<(&'static str, Vec<Value>)> {
    let one = || report("One", 20, 5, &[]);
    let elsewhere =
        |number: u32| about(&format!("shop{number}.co.nz"), report("One", number + 1, u64::from(number), &[]));
    let mut nameless = elsewhere(1);
    nameless["policies"] =
        json!([about("", one())["policies"][0], elsewhere(1)["policies"][0], elsewhere(2)["policies"][0]]);
    vec![
        ("none", Vec::new()),
        ("no numbers", vec![of_no_policy(one())]),
        ("another domain", vec![elsewhere(1)]),
        ("seven other domains", (1..8).map(elsewhere).collect()),
        ("two domains", vec![one(), elsewhere(1)]),
        ("six domains", (1..6).map(elsewhere).chain([one()]).collect()),
        ("six domains and some without one", (3..7).map(elsewhere).chain([nameless]).collect()),
        ("no numbers, and another domain", vec![of_no_policy(one()), elsewhere(1)]),
        ("no sessions", vec![report("One", 20, 0, &[])]),
        ("no day", vec![undated(one())]),
        ("a day to come", vec![report("One", 30, 5, &[])]),
    ]
}

/// In none of the sessions the policy was applied: not found, DANE, switched off, each or none of them.
fn never_applied() -> Vec<(&'static str, Vec<Value>)> {
    let not_found = || under("no-policy-found", report("One", 20, 3, &[]));
    let dane = || under("tlsa", report("Two", 20, 5, &[]));
    let none = || off(report("Three", 20, 1, &[]));
    let other = || under("another", report("Four", 20, 1, &[]));
    vec![
        ("applied for no reason that is known", vec![other()]),
        ("not found", vec![not_found(), other()]),
        ("DANE", vec![dane()]),
        ("mode none", vec![none()]),
        ("not found or DANE", vec![not_found(), dane()]),
        ("not found or mode none", vec![not_found(), none()]),
        ("DANE or mode none", vec![dane(), none()]),
        ("not found, DANE or mode none", vec![not_found(), dane(), none()]),
    ]
}

/// Too few days, sessions or senders; or all there are.
fn too_early() -> Vec<(&'static str, Vec<Value>)> {
    let days = |days: std::ops::RangeInclusive<u32>, sessions: u64| {
        days.flat_map(|day| [report("One", day, sessions, &[]), report("Two", day, sessions, &[])]).collect()
    };
    vec![
        ("one session", vec![report("One", 22, 1, &[])]),
        ("one sender", (9..=22).map(|day| report("One", day, 20, &[])).collect()),
        ("twelve days", days(11..=22, 20)),
        ("the first and the last day", [days(9..=9, 20), days(22..=22, 20)].concat()),
        ("three weeks apart", vec![report("One", 1, 50, &[]), report("Two", 22, 50, &[])]),
        ("two sessions a day", days(9..=22, 1)),
        ("two clean weeks", clean()),
        ("failures that have stopped", clean_and([report("Three", 8, 10, &[("certificate-expired", OWN, 30)])])),
    ]
}

/// Failures that an enforced policy would make worse.
fn failing() -> Vec<(&'static str, Vec<Value>)> {
    let expired = "certificate-expired";
    let twice: Failures<'_> = &[(expired, OWN, 1), ("validation-failure", OWN, 1)];
    let hosts: Vec<String> = (1..8).map(|number| format!("mx{number}.mail-host.net")).collect();
    let hosts: Vec<(&str, &str, u64)> = hosts.iter().map(|host| (expired, host.as_str(), 2)).collect();
    let causes: Vec<String> = (1..8).map(|number| format!("cause {number}")).collect();
    let causes: Vec<(&str, &str, u64)> = causes.iter().map(|cause| (cause.as_str(), OWN, 2)).collect();
    let long = format!("{}.mail-host.net", "long-".repeat(40));
    vec![
        ("one failure in one session", vec![report("One", 22, 0, &[(expired, OWN, 1)])]),
        ("one failure in two ways in one session", vec![in_all(1, report("One", 22, 0, twice))]),
        ("one failure at no host in one session", vec![report("One", 22, 0, &[(expired, "", 1)])]),
        ("one failure", clean_but(&[(expired, OWN, 1)])),
        ("one failure in two ways", clean_and([in_all(1, report("Three", 15, 10, twice))])),
        ("one failure at no host", clean_but(&[(expired, "", 1)])),
        ("one failure that can be chance", clean_and([large(), report("Three", 15, 10, &[(expired, OWN, 1)])])),
        ("failures", clean_but(&[(expired, OWN, 3)])),
        ("failures at no host", clean_but(&[(expired, "", 3)])),
        ("failures at some host and at none", clean_but(&[(expired, OWN, 3), (expired, "", 2)])),
        ("failures of two causes", clean_but(&[(expired, OWN, 3), ("something-new", OWN, 2)])),
        ("failures at many hosts", clean_but(&hosts)),
        ("failures of many causes", clean_but(&causes)),
        ("failures at a host with a long name", clean_but(&[(expired, &long, 3)])),
        ("failures without a cause", clean_and([in_all(4, report("Three", 15, 10, &[]))])),
        ("failures without a day", clean_and([undated(report("Three", 15, 10, &[(expired, OWN, 3)]))])),
        (
            "failures that can be chance",
            clean_and([large(), report("Three", 15, 10, &[(expired, OWN, 3), ("new", OWN, 1)])]),
        ),
        ("failures at a host that was", clean_but(&[(expired, OLD, 30)])),
        ("one failure at a host that was", clean_but(&[(expired, OLD, 1)])),
    ]
}

/// A policy that senders could not get or read.
fn not_had() -> Vec<(&'static str, Vec<Value>)> {
    let once: Failures<'_> = &[("sts-policy-fetch-error", "", 1)];
    let often: Failures<'_> = &[("sts-policy-invalid", "", 2), ("sts-webpki-invalid", "", 3)];
    let seldom = |failures| clean_and([large(), report("Three", 15, 10, failures)]);
    vec![
        ("policy not had once", clean_but(once)),
        ("policy not had several times", clean_but(often)),
        ("policy not had once in thousands", seldom(once)),
        ("policy not had several times in thousands", seldom(often)),
    ]
}

/// Failures that enforcing does not change, and sessions without a policy.
fn beside_the_point() -> Vec<(&'static str, Vec<Value>)> {
    let failing = |kind: &str, failures: Failures<'_>| clean_and([under(kind, report("Three", 15, 0, failures))]);
    let cause = "starttls-not-supported";
    vec![
        ("one failure under DANE", failing("tlsa", &[(cause, OWN, 1)])),
        ("failures under DANE", failing("tlsa", &[(cause, OWN, 3), (cause, OLD, 1)])),
        ("one failure under DANE at no host", clean_but(&[("dane-required", "", 1)])),
        ("failures under DANE at no host", clean_but(&[("tlsa-invalid", "", 2), ("dnssec-invalid", "", 2)])),
        ("one failure without a policy", failing("no-policy-found", &[(cause, OWN, 1)])),
        ("failures without a policy", failing("no-policy-found", &[(cause, OWN, 3)])),
        ("one failure without a policy at no host", failing("no-policy-found", &[(cause, "", 1)])),
        ("failures without a policy at no host", failing("no-policy-found", &[(cause, "", 3)])),
        ("mode none while others test", clean_and([off(report("Three", 15, 10, &[(cause, OWN, 400)]))])),
    ]
}

/// Every error that a file can end with, and every note that it can get.
fn files() -> Reader {
    let mut reader = Reader::new();
    let good = report("One", 20, 100, &[("certificate-expired", OWN, 5), ("validation-failure", OWN, 4)]);
    let cut = good.to_string();
    let packed: &[u8] = &[0x1F, 0x8B, 8, 0];
    let refused: [(&str, &[u8]); 11] = [
        ("empty", b" \r\n"),
        ("gzip", packed),
        ("zip", b"PK\x03\x04rest"),
        ("utf-16", b"\xff\xfe{\0}\0"),
        ("mail", b"From: a@mail.example\n"),
        ("html", b"<!doctype html>"),
        ("not JSON", b"{\n  \"report-id\": \"a\",\n  policies\n}"),
        ("cut off", &cut.as_bytes()[..cut.len() - 1]),
        ("another JSON", b"{\"feedback\": {}}"),
        ("good", cut.as_bytes()),
        ("again", cut.as_bytes()),
    ];
    for (name, bytes) in refused {
        _ = reader.add(name, bytes);
    }
    _ = reader.add_unpacked("gzip that the host could not unpack", 10, packed);
    _ = reader.add_unpacked("too much", usize::MAX, b"");
    for error in [
        ReadError::Empty,
        ReadError::TooMuch,
        ReadError::OneTooMuch,
        ReadError::UnpacksToTooMuch,
        ReadError::OneUnpacksToTooMuch,
        ReadError::NoAttachment,
        ReadError::Tar,
        ReadError::BrokenTar,
        ReadError::OtherArchive,
        ReadError::Msg,
        ReadError::Dmarc,
        ReadError::Document,
        ReadError::Form,
        ReadError::RestNotJson { line: 3, column: 7 },
        ReadError::TooManyRows,
        ReadError::Packed,
        ReadError::BrokenGzip,
        ReadError::Zip,
        ReadError::BrokenZip,
        ReadError::UnusualZip,
        ReadError::TooDeep,
        ReadError::TooManyFiles,
        ReadError::NoReportInside,
        ReadError::Unreadable,
        ReadError::Mail,
        ReadError::NotJson { line: 31, column: 72 },
        ReadError::CutOff,
        ReadError::NotAReport,
    ] {
        reader.refuse(&format!("{error:?}"), error);
    }
    for (name, text) in odd(&good) {
        _ = reader.add(name, text.as_bytes());
    }
    _ = reader.add("not UTF-8", b"{\"organization-name\":\"\xE9\"}");
    reader
}

/// Texts with everything that is read and not as the RFC has it.
fn odd(good: &Value) -> Vec<(&'static str, String)> {
    let changed = |place: &str, value: Value| {
        let mut report = good.clone();
        *report.pointer_mut(place).expect(place) = value;
        report.to_string()
    };
    let days = |start: &str, end: &str| changed("/date-range", json!({ "start-datetime": start, "end-datetime": end }));
    let succeeded = |count: Value| changed("/policies/0/summary/total-successful-session-count", count);
    vec![
        ("byte-order mark", format!("\u{feff}{good}")),
        ("something else", format!("{good} 3")),
        ("no organization", changed("/organization-name", json!(""))),
        ("no id", changed("/report-id", Value::Null)),
        ("no contact", changed("/contact-info", Value::Null)),
        ("no time zone", days("2026-11-20T00:00:00", "2026-11-20T23:59:59")),
        ("days", days("2026-11-20", "2026-11-20")),
        ("no time", changed("/date-range", Value::Null)),
        ("a word for a time", days("last week", "2026-11-20T00:00:00Z")),
        ("reversed", days("2026-11-20T23:59:59Z", "2026-11-20T00:00:00Z")),
        ("several days", days("2026-11-13T00:00:00Z", "2026-11-19T23:59:59Z")),
        ("no policies", changed("/policies", json!([]))),
        ("a single policy", changed("/policies", good["policies"][0].clone())),
        ("no domain", changed("/policies/0/policy/policy-domain", json!(""))),
        ("an unknown kind of policy", changed("/policies/0/policy/policy-type", json!("another"))),
        ("no kind of policy", changed("/policies/0/policy/policy-type", Value::Null)),
        ("a policy as a text", changed("/policies/0/policy/policy-string", json!("mode: testing"))),
        ("a policy as JSON", changed("/policies/0/policy/policy-string", json!(["{\"mode\":\"testing\"}"]))),
        ("hosts as a text", changed("/policies/0/policy/mx-host", json!(OWN))),
        ("no hosts", changed("/policies/0/policy/mx-host", json!([]))),
        ("an unknown cause", changed("/policies/0/failure-details/0/result-type", json!("new"))),
        ("no cause", changed("/policies/0/failure-details/0/result-type", Value::Null)),
        ("a number as a text", succeeded(json!("12"))),
        ("a number below zero", succeeded(json!(-3))),
        ("a fraction", succeeded(json!(12.7))),
        ("a number too large", succeeded(json!(1e300))),
        ("a word for a number", succeeded(json!("many"))),
        ("no number", succeeded(Value::Null)),
        ("numbers that differ", changed("/policies/0/summary/total-failure-session-count", json!(7))),
        ("a value of the wrong kind", changed("/date-range", json!([1]))),
        ("a long text", changed("/organization-name", json!("é".repeat(1000)))),
    ]
}
