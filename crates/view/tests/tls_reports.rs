//! Holds the summary of TLS reports to what is promised of it: every answer can be shown, nothing from outside becomes
//! markup, and it ends however much there is.

use mta_sts_core::tls_report::{
    Cause, FileReading, Meaning, Question, Reader, SafeToEnforce, Summary, Tallies, Tally, read,
};
use mta_sts_view::tls_reports;

const HOSTILE: &str = "<script>alert(1)</script>\" onload=\"x\u{202e}";

fn question() -> Question<'static> {
    Question { domain: None, check: None, now: "2026-11-24T09:30:00Z".parse().expect("a time") }
}

fn nothing() -> Summary {
    Reader::new().finish(&question())
}

fn report(sender: &str, domain: &str) -> String {
    format!(
        r#"{{"organization-name":{sender:?},"report-id":"1","date-range":{{"start-datetime":"2026-11-20T00:00:00Z","end-datetime":"2026-11-20T23:59:59Z"}},
        "policies":[{{"policy":{{"policy-type":"sts","policy-domain":{domain:?},"mx-host":["mx.shop.example"]}},
        "summary":{{"total-successful-session-count":1200,"total-failure-session-count":3}},
        "failure-details":[{{"result-type":"certificate-expired","receiving-mx-hostname":"mx.shop.example","failed-session-count":3}}]}}]}}"#
    )
}

fn tallies(name: &str, count: usize) -> Tallies {
    let tally = || Tally { name: name.to_owned(), successful: Some(u64::MAX), failed: u64::MAX };
    Tallies { list: (0..count).map(|_| tally()).collect(), more: u32::MAX }
}

#[test]
fn an_answer_names_its_domain_its_numbers_and_its_causes() {
    let one = report("Example Mail", "shop.example");
    let shown = tls_reports(&read([("one.json", one.as_bytes()), ("broken.json", b"{")], &question()));
    for part in [
        "data-domain=\"shop.example\"",
        "data-safe=\"no\"",
        "1,203",
        "(0.2 %)",
        "2026-11-20",
        "Example Mail",
        "mx.shop.example",
        "<code class=\"m-subject\">certificate-expired</code>",
        "<div class=\"m-fix\">",
        "href=\"/rules/",
        "data-problem=\"cut-off\"",
        "data-check=\"shop.example\"",
        "data-csv",
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    assert!(!shown.contains("data-about="), "there is nothing to choose");
}

#[test]
fn several_domains_are_offered_and_what_is_none_is_only_named() {
    let reports = [report("One", "shop.example"), report("Two", "office.example"), report("Three", "<b>x")].concat();
    let shown = tls_reports(&read([("all.json", reports.as_bytes())], &question()));
    assert!(shown.contains("<button type=\"button\" data-about=\"shop.example\" aria-pressed=\"false\">"), "{shown}");
    assert!(shown.contains("data-about=\"office.example\""));
    assert!(shown.contains("data-about=\"\" aria-pressed=\"true\""));
    assert!(shown.contains("&lt;b&gt;x") && !shown.contains("data-about=\"&lt;"));
}

#[test]
fn reports_are_listed_one_by_one_and_senders_can_be_chosen() {
    let one = report("Example <b>Mail", "shop.example");
    let shown = tls_reports(&read([("one.json", one.as_bytes())], &question()));
    for part in ["data-key=\"single\"", "name=\"from\"", "name=\"to\"", "<option value=\"Example &lt;b&gt;Mail\">"] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
}

#[test]
fn where_nothing_could_be_read_nothing_is_judged() {
    let shown = tls_reports(&read([("broken.json", b"{".as_slice())], &question()));
    assert!(shown.contains("<div class=\"m-verdict m-absent\">"), "{shown}");
    assert!(shown.contains("data-key=\"files\" open"), "{shown}");
}

#[test]
fn every_answer_has_a_picture_a_word_and_a_sentence_and_none_needs_numbers() {
    for verdict in [SafeToEnforce::Yes, SafeToEnforce::NotYet, SafeToEnforce::No, SafeToEnforce::Unknown] {
        for domain in [None, Some("shop.example".to_owned())] {
            let mut summary = nothing();
            (summary.safe_to_enforce.verdict, summary.domain) = (verdict, domain.clone());
            summary.domains = tallies("shop.example", domain.iter().len());
            let shown = tls_reports(&summary);
            let badge = shown.split("m-badge\">").nth(1).expect("a badge");
            assert!(badge.starts_with("<svg") && badge.contains("</svg><span>"), "{shown}");
            assert!(shown.contains("data-focus"), "{shown}");
            assert!(!shown.contains("m-totals") && !shown.contains("data-csv"), "there is nothing to count: {shown}");
        }
    }
}

#[test]
fn whatever_a_stranger_writes_is_text_and_however_much_there_is_it_ends() {
    let mut summary = nothing();
    let all = tallies(HOSTILE, 400);
    summary.domain = Some(HOSTILE.to_owned());
    (summary.successful, summary.failed) = (u64::MAX, u64::MAX);
    (summary.reports, summary.duplicates, summary.undated) = (u32::MAX, u32::MAX, u32::MAX);
    summary.days = tallies("2026-11-20", 400);
    for list in [&mut summary.senders, &mut summary.mx_hosts, &mut summary.policy_types, &mut summary.domains] {
        list.clone_from(&all);
    }
    summary.safe_to_enforce.reasons = vec![HOSTILE.to_owned(), format!("`{HOSTILE}")];
    summary.causes = vec![Cause {
        result_type: HOSTILE.to_owned(),
        title: HOSTILE.to_owned(),
        why: HOSTILE.to_owned(),
        steps: vec![HOSTILE.to_owned()],
        failed: u64::MAX,
        senders: all.clone(),
        mx_hosts: all.clone(),
        policy_types: all.clone(),
        days: all.clone(),
        reasons: all.clone(),
        meanings: vec![Meaning { reason: HOSTILE.to_owned(), means: HOSTILE.to_owned() }],
        points_at: Vec::new(),
    }];
    let file = FileReading {
        name: HOSTILE.to_owned(),
        reports: u32::MAX,
        duplicates: u32::MAX,
        error: Some(HOSTILE.to_owned()),
        problem: None,
        notes: vec![HOSTILE.to_owned()],
    };
    let file = FileReading { reports: 0, ..file };
    summary.files = vec![file; 100_000];
    let shown = tls_reports(&summary);
    for never in ["<script", "onload=\"", "\u{202e}", " style="] {
        assert!(!shown.contains(never), "{never}");
    }
    // Files of one kind stand in one line.
    let files = shown.split("data-key=\"files\"").nth(1).expect("the files");
    let files = files.split("</details>").next().expect("their end");
    assert!(files.contains("100,000") && files.contains("99,995"), "{files}");
    assert_eq!(files.matches("<li").count(), 1);
    assert!(shown.len() < 2_000_000, "{}", shown.len());
}
