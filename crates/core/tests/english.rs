//! Whether the English words are English: the one test that reads sentences. Another language has another such test, and no
//! other one changes.

use mta_sts_core::evaluate;
use mta_sts_core::mend::general_steps;
use mta_sts_core::report::{Finding, Report};
use mta_sts_core::rules::step::{Step, Target};
use mta_sts_core::rules::{self, steps_of, title_of, what, why_of};
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
    let rules = rules::all().map(|rule| {
        let texts = [title_of(rule), what(rule), why_of(rule)].map(str::to_owned);
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

/// Orders to change the announce record or its id, the TLS-RPT record, and the policy file or what serves it.
const RECORD: &[&str] = &[
    "TXT record with the host {announce}",
    "TXT records with the host {announce}",
    "change the record of {announce}",
    "give the {announce} record",
    "change the id",
];
const REPORTS: &[&str] =
    &["TXT record with the host {tlsrpt}", "TXT records with the host {tlsrpt}", "change the record of {tlsrpt}"];
const FILE: &[&str] = &[
    "in the policy file",
    "to the policy file",
    "Edit the policy file",
    "Save the file",
    "in the file",
    "Delete the",
    "Write the",
    "Set the content type",
    "Upload",
    "Put the file",
    "web host, switch",
    "web server's",
    "Change its mode",
    "certificate",
];

#[test]
fn an_order_is_of_the_type_that_its_words_say() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        let of_cases = rule.cases.iter().filter_map(|case| Some((case.steps?, steps_of(rule, Some(case.name)))));
        for (steps, sentences) in of_cases.chain([(rule.steps, steps_of(rule, None))]) {
            let own = steps.iter().filter_map(|step| if let Step::Own(changes) = step { Some(*changes) } else { None });
            for (changes, sentence) in own.zip(sentences) {
                let says = |orders: &[&str]| orders.iter().any(|order| sentence.contains(order));
                let is_record =
                    matches!(changes, Target::Record(_) | Target::NewRecord(_) | Target::Id | Target::FileAndId);
                let is_file = matches!(changes, Target::File | Target::NewFile | Target::FileAndId | Target::Server);
                // What others run is asked for.
                if changes == Target::Elsewhere {
                    continue;
                }
                let says_record = says(RECORD) || says(REPORTS);
                if says_record && !is_record || says(FILE) && !is_file {
                    wrong.push(format!("{}: {changes:?}: {sentence}", rule.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_sentence_of_a_rule_has_a_host_that_knows_no_zone() {
    for rule in rules::all() {
        let own = steps_of(rule, None);
        let fixed = own.iter().find(|step| step.contains("host mta-sts") || step.contains("why mta-sts"));
        assert_eq!(fixed, None, "{}", rule.id);
    }
}
