//! Whether the English words are English: the one test that reads sentences. Another language has another such test, and no
//! other one changes.

use mta_sts_core::evaluate;
use mta_sts_core::mend::general_steps;
use mta_sts_core::report::{Finding, Report};
use mta_sts_core::rules::{explanation, title_of};
use mta_sts_core::scenario::{CHECKED_AT, World, scenarios};

fn report(world: &World) -> Report {
    evaluate(&world.check(), CHECKED_AT.parse().expect("a time"))
}

/// All that a finding says, with what is to be done and to be pasted.
fn said(finding: &Finding) -> String {
    let fixes = finding.fix.iter();
    let fixes = fixes.flat_map(|fix| fix.steps.iter().chain(fix.copy.iter().map(|copy| &copy.text)));
    let own = [&finding.title, &finding.why].into_iter().chain(finding.detail.as_ref());
    own.chain(fixes).cloned().collect::<Vec<_>>().join("\n")
}

#[test]
fn whoever_is_sent_for_a_text_below_finds_one() {
    let scenarios = scenarios().into_iter().map(|scenario| scenario.world);
    let without_lines = ["192.0.2.99", "mail_1.shop.com.au"].map(|host| World::protected("shop.com.au").mx(30, host));
    let mut sent = 0;
    for world in scenarios.chain(without_lines).chain([World::new("shop.com.au")]) {
        let report = report(&world);
        for finding in &report.findings {
            for fix in finding.fix.iter().filter(|fix| fix.steps.iter().any(|step| step.contains(" below"))) {
                sent += 1;
                assert!(!fix.copy.is_empty(), "{}: {fix:#?}", finding.rule);
            }
        }
    }
    assert!(sent > 50, "{sent}");
}

#[test]
fn no_text_has_a_turn_that_is_not_english() {
    const TURNS: [&str; 18] = [
        "belongs into",
        "write seldom",
        "eplace it by",
        "pass by itself",
        "renewed by itself",
        "If it stays so",
        "do not hold",
        "may be well or not",
        "Only, when",
        "issued anew",
        "Write it anew",
        "for it, and your policy",
        "What stands at",
        "lets a server take your mail",
        "So a part of",
        "on the way could",
        "stops short of",
        "pass over",
    ];
    let rules = mta_sts_core::rules::all().map(|rule| {
        let texts = [title_of(rule), explanation(rule).what, explanation(rule).why].map(str::to_owned);
        (rule.id.to_owned(), texts.into_iter().chain(general_steps(rule)).collect::<Vec<_>>().join("\n"))
    });
    let reports: Vec<Report> = scenarios().iter().map(|scenario| report(&scenario.world)).collect();
    let findings = reports.iter().flat_map(|report| &report.findings);
    let found = findings.map(|finding| (finding.rule.clone(), said(finding)));
    for (rule, text) in rules.chain(found) {
        let turn = TURNS.iter().find(|turn| text.contains(**turn));
        assert_eq!(turn, None, "{rule}: {text}");
    }
}
