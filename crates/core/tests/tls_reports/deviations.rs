//! Reports as senders really write them: each deviation is read as it was meant, and told.

use mta_sts_core::tls_report::{Oddity, PolicyType, Reader, Report, ResultType, SESSIONS_LIMIT, Summary};
use serde_json::{Value, json};

use crate::DOMAIN;
use crate::bytes;
use crate::failed;
use crate::google;
use crate::one;
use crate::question;
use crate::read;
use crate::reader_of;
use crate::sum;
use crate::with;
use crate::without;

const POLICY: &str = "/policies/0/policy";
const SUMMARY: &str = "/policies/0/summary";

/// The report, and that this and nothing else was odd about it.
fn odd(report: &Value, wanted: &[Oddity]) -> Report {
    let (read, oddities) = one(bytes(report));
    assert_eq!(oddities.len(), wanted.len(), "{oddities:?}");
    for wanted in wanted {
        assert!(oddities.contains(wanted), "{wanted:?} is not in {oddities:?}");
    }
    read
}

/// What was odd about the only file with this report, and what it sums up to.
fn summed(report: Value) -> (Vec<Oddity>, Summary) {
    let mut reader = reader_of(&[report]);
    let oddities = reader.files()[0].oddities.clone();
    (oddities, reader.finish(&question()))
}

#[test]
fn a_report_as_the_rfc_has_it_is_read_whole() {
    // RFC 8460, appendix B, with the list of erratum 6241.
    let text = r#"{
        "organization-name": "Company-X",
        "date-range": { "start-datetime": "2016-04-01T00:00:00Z", "end-datetime": "2016-04-01T23:59:59Z" },
        "contact-info": "sts-reporting@company-x.example",
        "report-id": "5065427c-23d3-47ca-b6e0-946ea0e8c4be",
        "policies": [{
            "policy": {
                "policy-type": "sts",
                "policy-string": ["version: STSv1", "mode: testing", "mx: *.mail.company-y.example", "max_age: 86400"],
                "policy-domain": "company-y.example",
                "mx-host": ["*.mail.company-y.example"]
            },
            "summary": { "total-successful-session-count": 5326, "total-failure-session-count": 303 },
            "failure-details": [{
                "result-type": "certificate-expired",
                "sending-mta-ip": "2001:db8:abcd:0012::1",
                "receiving-mx-hostname": "mx1.mail.company-y.example",
                "failed-session-count": 100
            }, {
                "result-type": "starttls-not-supported",
                "sending-mta-ip": "2001:db8:abcd:0013::1",
                "receiving-mx-hostname": "mx2.mail.company-y.example",
                "receiving-ip": "203.0.113.56",
                "failed-session-count": 200,
                "additional-information": "https://reports.company-x.example/report_info?id=5065427c-23d3#StarttlsNotSupported"
            }, {
                "result-type": "validation-failure",
                "sending-mta-ip": "198.51.100.62",
                "receiving-ip": "203.0.113.58",
                "receiving-mx-hostname": "mx-backup.mail.company-y.example",
                "failed-session-count": 3,
                "failure-reason-code": "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED"
            }]
        }]
    }"#;
    let (report, oddities) = one(text);
    assert_eq!(oddities, []);
    assert_eq!(
        (report.organization.as_str(), report.contact.as_str()),
        ("Company-X", "sts-reporting@company-x.example")
    );
    assert_eq!(report.report_id, "5065427c-23d3-47ca-b6e0-946ea0e8c4be");
    assert_eq!(report.start.map(|time| time.to_string()).as_deref(), Some("2016-04-01T00:00:00Z"));
    assert_eq!(report.end.map(|time| time.to_string()).as_deref(), Some("2016-04-01T23:59:59Z"));
    let policy = &report.policies[0];
    assert_eq!((&policy.policy_type, policy.domain.as_str()), (&PolicyType::Sts, "company-y.example"));
    assert_eq!(policy.text, "version: STSv1\nmode: testing\nmx: *.mail.company-y.example\nmax_age: 86400");
    assert_eq!(policy.mx_hosts, "*.mail.company-y.example");
    assert_eq!((policy.successful, policy.failed), (5326, 303));
    let [expired, no_starttls, other] = policy.failures.as_slice() else { panic!("three failures") };
    assert_eq!((&expired.result_type, expired.sessions), (&ResultType::CertificateExpired, 100));
    assert_eq!((expired.sending_ip.as_str(), expired.receiving_ip.as_str()), ("2001:db8:abcd:0012::1", ""));
    assert_eq!((&no_starttls.result_type, no_starttls.sessions), (&ResultType::StarttlsNotSupported, 200));
    assert!(no_starttls.more.ends_with("#StarttlsNotSupported"));
    assert_eq!((&other.result_type, other.sessions), (&ResultType::ValidationFailure, 3));
    assert_eq!(other.mx_host, "mx-backup.mail.company-y.example");
    assert_eq!(other.reason, "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED");
}

#[test]
fn no_failure_details_where_nothing_failed_is_nothing_odd() {
    let report = odd(&google(20, 3, &[]), &[]);
    assert_eq!((report.policies[0].successful, report.policies[0].failed), (3, 0));
}

#[test]
fn mx_host_is_a_list_a_string_or_absent() {
    let place = "/policies/0/policy/mx-host";
    let list = odd(&google(20, 3, &[]), &[]);
    assert_eq!(list.policies[0].mx_hosts, "mx1.shop.com.au\nmx2.shop.com.au");
    let string = odd(&with(google(20, 3, &[]), place, json!("MX1.shop.com.au.")), &[Oddity::MxHostText]);
    assert_eq!(string.policies[0].mx_hosts, "mx1.shop.com.au");
    let strings =
        odd(&with(google(20, 3, &[]), place, json!("mx1.shop.com.au, mx2.shop.com.au")), &[Oddity::MxHostText]);
    assert_eq!(strings.policies[0].mx_hosts, "mx1.shop.com.au\nmx2.shop.com.au");
    for absent in [without(google(20, 3, &[]), place), with(google(20, 3, &[]), place, Value::Null)] {
        // The policy's lines name them.
        assert_eq!(odd(&absent, &[]).policies[0].mx_hosts, "mx1.mail-host.net\nmx2.mail-host.net");
        let absent = with(absent, "/policies/0/policy/policy-string", json!(["version: STSv1", "mode: none"]));
        assert_eq!(odd(&absent, &[Oddity::MxHostMissing]).policies[0].mx_hosts, "");
    }
    // Only a policy of MTA-STS has to name them (RFC 8460 §4.4).
    let none_found = with(google(20, 3, &[]), "/policies/0/policy/policy-type", json!("no-policy-found"));
    odd(&without(none_found, place), &[]);
}

#[test]
fn times_without_a_zone_are_utc() {
    let range = json!({ "start-datetime": "2026-11-20T00:00:00", "end-datetime": "2026-11-20T23:59:59" });
    let report = odd(&with(google(20, 3, &[]), "/date-range", range), &[Oddity::NoTimeZone]);
    assert_eq!(report.start.map(|time| time.to_string()).as_deref(), Some("2026-11-20T00:00:00Z"));
    let days = json!({ "start-datetime": "2026-11-20", "end-datetime": "2026-11-20" });
    let report = odd(&with(google(20, 3, &[]), "/date-range", days), &[Oddity::DayAlone]);
    assert_eq!(report.start.map(|time| time.to_string()).as_deref(), Some("2026-11-20T00:00:00Z"));
    let zones =
        json!({ "start-datetime": "2026-11-20T02:00:00+02:00", "end-datetime": "2026-11-21t01:59:59.999+02:00" });
    let report = odd(&with(google(20, 3, &[]), "/date-range", zones), &[]);
    assert_eq!(report.start.map(|time| time.to_string()).as_deref(), Some("2026-11-20T00:00:00Z"));
}

#[test]
fn a_range_that_cannot_be_is_told_and_its_numbers_count() {
    let ranges = [
        (json!(null), Oddity::NoTime),
        (json!({ "start-datetime": "last week", "end-datetime": 20 }), Oddity::NoTime),
        (json!({ "start-datetime": "2026-11-20T23:59:59Z", "end-datetime": "2026-11-20T00:00:00Z" }), Oddity::Reversed),
        (
            json!({ "start-datetime": "2026-11-13T00:00:00Z", "end-datetime": "2026-11-19T23:59:59Z" }),
            Oddity::SeveralDays,
        ),
    ];
    for (range, oddity) in ranges {
        let (oddities, summary) = summed(with(google(20, 3, &[]), "/date-range", range.clone()));
        assert!(oddities.contains(&oddity), "{range} {oddities:?}");
        assert_eq!((summary.reports, summary.successful), (1, 3), "{range}");
    }
}

#[test]
fn contact_is_null_or_missing() {
    for report in [with(google(20, 3, &[]), "/contact-info", Value::Null), without(google(20, 3, &[]), "/contact-info")]
    {
        assert_eq!(odd(&report, &[Oddity::NoContact]).contact, "");
    }
    // As a sender named egress writes it: with empty lists besides.
    let text = r#"{"organization-name":"mx.egress.example","date-range":{"start-datetime":"2026-10-31T00:00:00Z",
        "end-datetime":"2026-11-01T00:00:00Z"},"contact-info":null,"report-id":"1730332800_11732957880687192466",
        "policies":[{"policy":{"policy-type":"no-policy-found","policy-string":[],"policy-domain":"shop.com.au",
        "mx-host":[]},"summary":{"total-successful-session-count":1,"total-failure-session-count":0},
        "failure-details":[]}]}"#;
    let (report, oddities) = one(text);
    assert_eq!((report.policies[0].successful, oddities), (1, vec![Oddity::NoContact]));
}

#[test]
fn tlsa_policies_hold_records_or_json() {
    let record = "3 1 1 1F850A337E6DB9C609C522D136A475638CC43E1ED424F8EEC8513D747D1D085D";
    let policy = |text: Value| {
        with(
            google(20, 3, &[]),
            POLICY,
            json!({ "policy-type": "tlsa", "policy-domain": DOMAIN, "policy-string": text }),
        )
    };
    let digest = &record[6..];
    let object = json!({ "certUsage": 3, "selector": 1, "matchingType": 1, "certAssociationData": digest });
    let texts = [
        (json!([record]), None),
        (json!(record), Some(Oddity::PolicyText)),
        // JSON in the strings of the list, in a string without a list, and in place of a string.
        (json!([object.to_string()]), Some(Oddity::PolicyHoldsJson)),
        (json!([json!([record]).to_string()]), Some(Oddity::PolicyHoldsJson)),
        (json!([{ "usage": "3", "selector": "1", "mtype": "1", "data": digest }]), Some(Oddity::PolicyHoldsJson)),
        (object.clone(), Some(Oddity::PolicyHoldsJson)),
    ];
    for (text, oddity) in texts {
        let report = odd(&policy(text.clone()), oddity.as_slice());
        assert_eq!(report.policies[0].text, record, "{text}");
    }
    let both = odd(&policy(json!(json!([object, object]).to_string())), &[Oddity::PolicyText, Oddity::PolicyHoldsJson]);
    assert_eq!(both.policies[0].text, format!("{record}\n{record}"));
    let sts = r#"{"version":"STSv1","mode":"enforce","mx":["a.example","b.example"],"max_age":86400}"#;
    let lines = "version: STSv1\nmode: enforce\nmx: a.example\nmx: b.example\nmax_age: 86400";
    assert_eq!(odd(&policy(json!([sts])), &[Oddity::PolicyHoldsJson]).policies[0].text, lines);
    // What only begins like JSON is a text like any other.
    let torn = "{\"certUsage\": 3, \"selec";
    assert_eq!(odd(&policy(json!([torn])), &[]).policies[0].text, torn);
}

#[test]
fn unknown_result_types_are_kept_as_they_were_sent() {
    let report = odd(&google(20, 3, &[("smtp-timeout\u{202e}", "mx1.shop.com.au", 2)]), &[Oddity::ResultTypeUnknown]);
    assert_eq!(report.policies[0].failures[0].result_type, ResultType::Other("smtp-timeout\u{202e}".to_owned()));
    let summary = sum(&[google(20, 3, &[("smtp-timeout", "mx1.shop.com.au", 2)])], &question());
    assert_eq!((summary.causes[0].result_type.as_str(), summary.causes[0].failed), ("smtp-timeout", 2));
    assert!(!summary.causes[0].points_at.is_empty());
    // What is said of it is what is said of any other, and of none that is known.
    let titled =
        |name: &str| sum(&[google(20, 3, &[(name, "mx1.shop.com.au", 2)])], &question()).causes.remove(0).title;
    assert_eq!(summary.causes[0].title, titled("another"));
    assert_ne!(summary.causes[0].title, titled("validation-failure"));
    assert_ne!(summary.causes[0].title, titled(""));
    // Case and underscores are not what the standard is about.
    let report = odd(&google(20, 3, &[("Certificate_Expired", "mx1.shop.com.au", 2)]), &[]);
    assert_eq!(report.policies[0].failures[0].result_type, ResultType::CertificateExpired);
    let missing = without(google(20, 3, &[("x", "mx1.shop.com.au", 2)]), "/policies/0/failure-details/0/result-type");
    assert_eq!(odd(&missing, &[Oddity::ResultTypeMissing]).policies[0].failures[0].result_type, ResultType::NotTold);
}

#[test]
fn counts_that_do_not_add_up_are_told_and_none_is_lost() {
    let failures = [("certificate-expired", "mx1.shop.com.au", 5), ("validation-failure", "mx2.shop.com.au", 4)];
    let failed_place = "/policies/0/summary/total-failure-session-count";
    for (total, counted) in [(20, 20), (9, 9), (7, 7), (0, 5)] {
        let report = with(google(20, 100, &failures), failed_place, json!(total));
        let oddities: &[Oddity] = if total == 9 { &[] } else { &[Oddity::CountsDiffer] };
        assert_eq!(odd(&report, oddities).policies[0].failed, counted, "{total}");
    }
    // What is left without a cause is one, too.
    let summary = sum(&[with(google(20, 100, &failures), failed_place, json!(20))], &question());
    let causes: Vec<(&str, u64)> =
        summary.causes.iter().map(|cause| (cause.result_type.as_str(), cause.failed)).collect();
    assert_eq!(causes, [("not-told", 11), ("certificate-expired", 5), ("validation-failure", 4)]);
}

#[test]
fn counts_are_read_whatever_they_are_written_as() {
    let counts = [
        (json!("12"), 12, Some(Oddity::CountText)),
        (json!(12.0), 12, None),
        (json!(12.7), 12, Some(Oddity::CountFraction)),
        (json!(-3), 0, Some(Oddity::CountNegative)),
        (json!(1e300), SESSIONS_LIMIT, Some(Oddity::CountTooLarge)),
        (json!(u64::MAX), SESSIONS_LIMIT, Some(Oddity::CountTooLarge)),
        (json!("many"), 0, Some(Oddity::CountUnreadable)),
        (json!([1]), 0, Some(Oddity::CountUnreadable)),
        (Value::Null, 0, Some(Oddity::CountMissing)),
    ];
    for (count, read, oddity) in counts {
        let report = with(google(20, 1, &[]), "/policies/0/summary/total-successful-session-count", count.clone());
        let (report, oddities) = one(bytes(&report));
        assert_eq!(report.policies[0].successful, read, "{count}");
        assert_eq!(oddities.is_empty(), oddity.is_none(), "{count} {oddities:?}");
        assert!(oddity.is_none_or(|oddity| oddities.contains(&oddity)), "{count} {oddities:?}");
    }
    let large = with(
        google(20, 1, &[]),
        SUMMARY,
        json!({ "total-successful-session-count": u64::MAX, "total-failure-session-count": u64::MAX }),
    );
    let twice = [large.clone(), with(large, "/report-id", json!("another"))];
    let summary = sum(&twice, &question());
    assert_eq!((summary.successful, summary.failed), (SESSIONS_LIMIT, SESSIONS_LIMIT));
}

#[test]
fn failures_without_a_number_share_what_is_left() {
    let mut report =
        google(20, 100, &[("certificate-expired", "mx1.shop.com.au", 4), ("validation-failure", "mx2.shop.com.au", 6)]);
    report = without(report, "/policies/0/failure-details/0/failed-session-count");
    let read = odd(&report, &[Oddity::CountMissing]);
    let sessions: Vec<u64> = read.policies[0].failures.iter().map(|failure| failure.sessions).collect();
    assert_eq!((read.policies[0].failed, sessions), (10, vec![4, 6]));
    // As Microsoft writes it, with nothing but a cause and a number.
    let text = r#"{"organization-name":"Microsoft Corporation","date-range":{"start-datetime":"2026-06-14T00:00:00Z",
        "end-datetime":"2026-06-14T23:59:59Z"},"contact-info":"tlsrpt-noreply@microsoft.com",
        "report-id":"133944884956529435+shop.com.au","policies":[{"policy":{"policy-type":"sts",
        "policy-domain":"shop.com.au"},"summary":{"total-successful-session-count":0,"total-failure-session-count":3},
        "failure-details":[{"result-type":"sts-policy-fetch-error","failed-session-count":3}]}]}"#;
    let (read, _) = one(text);
    assert_eq!(
        (&read.policies[0].failures[0].result_type, read.policies[0].failed),
        (&ResultType::StsPolicyFetchError, 3)
    );
}

#[test]
fn empty_policies_are_a_report_without_numbers() {
    for policies in [json!([]), Value::Null, json!({})] {
        let report = with(google(20, 3, &[]), "/policies", policies.clone());
        let (read, oddities) = one(bytes(&report));
        assert!(read.policies.iter().all(|policy| policy.successful == 0 && policy.failed == 0), "{policies}");
        assert!(!oddities.is_empty(), "{policies}");
        let summary = sum(&[report], &question());
        assert_eq!((summary.reports, summary.successful, summary.files[0].error.as_ref()), (1, 0, None), "{policies}");
    }
    odd(&without(google(20, 3, &[]), "/policies"), &[Oddity::NoPolicies]);
    // Empty ones between others do not hide these.
    let mut report = google(20, 3, &[]);
    report["policies"].as_array_mut().expect("a list").insert(0, json!({}));
    assert_eq!(one(bytes(&report)).0.policies[1].successful, 3);
}

#[test]
fn a_single_policy_or_failure_needs_no_list() {
    let mut report = google(20, 3, &[("certificate-expired", "mx1.shop.com.au", 2)]);
    report["policies"][0]["failure-details"] = report["policies"][0]["failure-details"][0].take();
    report["policies"] = report["policies"][0].take();
    assert_eq!(odd(&report, &[Oddity::Single]).policies[0].failures[0].sessions, 2);
}

#[test]
fn a_policy_without_a_domain_is_that_of_the_report() {
    // As Postfix's library writes it where no policy was found: the keys in another order, and no domain.
    let text = r#"{"organization-name":"mail.example","date-range":{"start-datetime":"2026-09-20T00:00:00Z","end-datetime":
        "2026-09-20T23:59:59Z"},"contact-info":"postmaster@mail.example","policies":[{"summary":{"total-failure-session-count":
        0,"total-successful-session-count":1},"policy":{"policy-type":"no-policy-found"},"failure-details":[]}],
        "report-id":"2026-09-20T00:00:00Z_idx1_shop.com.au"}"#;
    let named = |name: &str| {
        let mut reader = Reader::new();
        assert_eq!(reader.add(name, text.as_bytes()), Ok(1));
        assert_eq!(reader.files()[0].oddities, [Oddity::NoDomain]);
        reader.finish(&question()).domains.list[0].name.clone()
    };
    assert_eq!(named("report.json"), "");
    assert_eq!(named("mail.example!Shop.com.au!1758326400!1758412799!1.json.gz"), "shop.com.au");
    let mut report = google(20, 3, &[]);
    let second = without(report["policies"][0].clone(), "/policy/policy-domain");
    report["policies"].as_array_mut().expect("a list").push(second);
    assert_eq!(odd(&report, &[Oddity::NoDomain]).policies[1].domain, DOMAIN);
}

#[test]
fn repeated_keys_a_byte_order_mark_and_odd_bytes_do_no_harm() {
    let text = String::from_utf8(bytes(&google(20, 3, &[]))).expect("UTF-8");
    let repeated = text.replacen('{', "{\"report-id\":\"first\",\"policies\":[{},{}],", 1);
    assert_eq!(one(&repeated).0.policies.len(), 1);
    assert_eq!(one(format!("\u{feff}{text} \r\n\t\n")).1, [Oddity::Bom]);
    let latin: Vec<u8> = text.bytes().map(|byte| if byte == b'G' { 0xE9 } else { byte }).collect();
    let (report, oddities) = one(latin);
    assert_eq!(report.organization, "\u{fffd}oogle Inc.");
    assert_eq!(oddities, [Oddity::NotUtf8]);
}

#[test]
fn fields_of_another_kind_are_left_out_and_told() {
    for place in [
        "/organization-name",
        "/report-id",
        "/contact-info",
        "/date-range",
        "/policies/0/policy",
        "/policies/0/summary",
    ] {
        let report =
            with(google(20, 3, &[("certificate-expired", "mx1.shop.com.au", 2)]), place, json!([{ "a": [1, true] }]));
        let (_, oddities) = one(bytes(&report));
        assert!(oddities.contains(&Oddity::WrongType), "{place} {oddities:?}");
    }
    // A number is as good a name as any.
    assert_eq!(odd(&with(google(20, 3, &[]), "/report-id", json!(42)), &[]).report_id, "42");
}

#[test]
fn long_texts_and_lists_are_cut_and_the_numbers_stay() {
    let long = "é".repeat(100_000);
    let report = with(google(20, 3, &[]), "/organization-name", json!(long));
    let read = odd(&report, &[Oddity::Clipped]);
    assert!(read.organization.len() <= 256 && read.organization.starts_with("éé"));
    let many: Vec<Value> =
        (0..3000).map(|_| json!({ "result-type": "certificate-expired", "failed-session-count": 1 })).collect();
    let mut report = google(20, 3, &[]);
    report["policies"][0]["failure-details"] = json!(many);
    report["policies"][0]["summary"]["total-failure-session-count"] = json!(3000);
    let (read, _) = one(bytes(&report));
    assert!(read.policies[0].failures.len() < 3000);
    let summary = sum(&[report], &question());
    assert_eq!((summary.failed, summary.causes.iter().map(|cause| cause.failed).sum::<u64>()), (3000, 3000));
}

#[test]
fn every_deviation_at_once_is_still_a_report() {
    let text = "\u{feff} {\"organization-name\":7,\"contact-info\":null,\"report-id\":\"\\ud800\",\"date-range\":{\
        \"start-datetime\":\"2026-11-20 00:00:00\",\"end-datetime\":\"2026-11-20\"},\"policies\":{\"policy\":{\
        \"policy-type\":\"STS\",\"policy-string\":\"{}\",\"mx-host\":\"mx1.shop.com.au\"},\"summary\":{\
        \"total-successful-session-count\":\"9\"},\"failure-details\":{\"result-type\":\"odd\"}}}\n\n";
    let (report, oddities) = one(text);
    assert_eq!((report.policies[0].successful, report.policies[0].failed), (9, 1));
    assert!(oddities.len() >= 8, "{oddities:?}");
    let summary = read(&[text.as_bytes().to_vec()], &question());
    assert_eq!(failed(&summary.mx_hosts), [("mx1.shop.com.au", 1)]);
}
