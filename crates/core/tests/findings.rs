//! What findings say of a domain, word for word where a wrong word would send somebody the wrong way.

use std::collections::BTreeSet;

use mta_sts_core::evaluate;
use mta_sts_core::lint;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::mend::general_steps;
use mta_sts_core::report::{Finding, Outcome, Report};
use mta_sts_core::rules::{explanation, title_of, what};
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World, scenarios};

fn report(world: &World) -> Report {
    evaluate(&world.check(), CHECKED_AT.parse().expect("a time"))
}

fn protected() -> World {
    World::protected("shop.com.au")
}

fn finding<'r>(report: &'r Report, rule: &str) -> &'r Finding {
    report.findings.iter().find(|finding| finding.rule == rule).unwrap_or_else(|| panic!("{rule} in {report:#?}"))
}

/// All that a finding says, with what is to be done and to be pasted.
fn said(finding: &Finding) -> String {
    let fixes = finding.fix.iter();
    let fixes = fixes.flat_map(|fix| fix.steps.iter().chain(fix.copy.iter().map(|copy| &copy.text)));
    let own = [&finding.title, &finding.why].into_iter().chain(finding.detail.as_ref());
    own.chain(fixes).cloned().collect::<Vec<_>>().join("\n")
}

/// Mail at three providers.
fn at_three(world: World) -> World {
    world.without_mx().mx(1, "smtp.google.com").mx(5, "shop-com-au.mail.protection.outlook.com").mx(9, "mx.zoho.com.au")
}

#[test]
fn every_provider_that_mail_goes_to_is_named() {
    let three = report(&at_three(protected()));
    let mixed = finding(&three, "mx-mixed-providers");
    assert_eq!(mixed.title, "3 mail providers are live at once");
    assert_eq!(mixed.detail.as_deref(), Some("Google Workspace, Microsoft 365, Zoho Mail."));
    assert_eq!(mixed.reference.label, "RFC 8461 §8.1");
    let two = report(&protected().without_mx().mx(1, "smtp.google.com").mx(9, "mx.zoho.com.au"));
    assert_eq!(finding(&two, "mx-mixed-providers").title, "Two mail providers are live at once");
}

#[test]
fn of_several_providers_a_policy_is_spoken_of_where_one_counts() {
    let none = ENFORCE.replace("enforce", "none");
    let worlds = [
        (protected(), true),
        (protected().policy(&ENFORCE.replace("enforce", "testing")), true),
        (protected().policy(&none), false),
        (protected().without_announce().without_host().status(404, ""), false),
    ];
    for (world, counts) in worlds {
        let report = report(&at_three(world));
        let text = said(finding(&report, "mx-mixed-providers"));
        assert_eq!(text.contains("policy"), counts, "{text}");
        assert_eq!(text.contains("v=STSv1"), counts, "{text}");
        assert!(text.contains("remove the old provider's MX records"), "{text}");
    }
}

#[test]
fn no_new_id_is_pasted_where_no_policy_is_served() {
    let nowhere = protected().without_host().status(404, "").mx(30, "backup.elsewhere.net");
    for finding in report(&at_three(nowhere)).findings {
        assert!(!said(&finding).contains("id=20261124T0930"), "{finding:#?}");
    }
}

#[test]
fn a_record_at_the_wrong_name_is_moved_and_no_other_is_put_beside_it() {
    let world = protected().without_tls_rpt().txt("_smtp_tls.shop.com.au", "v=TLSRPTv1; rua=mailto:a@shop.com.au");
    let report = report(&world);
    let pasted = |text: &str| {
        report.findings.iter().flat_map(|f| &f.fix).flat_map(|fix| &fix.copy).any(|copy| copy.text == text)
    };
    assert!(pasted("v=TLSRPTv1; rua=mailto:a@shop.com.au"), "{:?}", report.findings);
    assert!(!pasted("v=TLSRPTv1; rua=mailto:tls-reports@shop.com.au"), "{:?}", report.findings);
}

#[test]
fn a_domain_that_no_mail_can_reach_is_not_sent_for_text_that_is_not_there() {
    let report = report(&World::new("shop.com.au"));
    let missing = finding(&report, "record-missing");
    assert!(!said(missing).contains("below") && missing.fix[0].copy.is_empty(), "{missing:?}");
    // Reports to a mailbox of its own would be lost.
    assert!(!report.findings.iter().any(|finding| finding.rule == "tlsrpt-missing"), "{:?}", report.findings);
}

#[test]
fn an_mx_that_no_line_can_name_is_to_get_a_name() {
    for host in ["192.0.2.99", "mail_1.shop.com.au", "2001:db8::1"] {
        let report = report(&protected().mx(30, host));
        let unmatched = finding(&report, "mx-some-unmatched");
        let text = said(unmatched);
        assert_eq!(unmatched.subject.as_deref(), Some(host));
        assert!(!text.contains("below") && text.contains("put that name into the MX record"), "{text}");
        assert!(!text.contains("mx: "), "{text}");
    }
    let alone = report(&protected().without_mx().mx(10, "192.0.2.99"));
    let text = said(finding(&alone, "mx-none-match"));
    assert!(text.contains("put that name into the MX record") && !text.contains("mx line for each"), "{text}");
}

#[test]
fn what_tests_already_is_not_to_be_tested_meanwhile() {
    for host in ["mx.elsewhere.net", "192.0.2.99"] {
        let world = protected().without_mx().mx(10, host).address("mx.elsewhere.net", "203.0.113.25");
        let meanwhile =
            |world: &World| said(finding(&report(world), "mx-none-match")).contains("change mode to testing");
        assert!(meanwhile(&world), "{host}");
        assert!(!meanwhile(&world.policy(&ENFORCE.replace("enforce", "testing"))), "{host}");
    }
}

#[test]
fn dnssec_is_told_of_the_policy_host_where_something_is_announced() {
    let nothing = |world: World| world.without_announce().without_host().status(404, "");
    let detail = |world: &World, rule| finding(&report(world), rule).detail.clone().expect("a detail");
    let unsigned = protected().unsigned_zone();
    assert!(detail(&unsigned, "dnssec-unsigned").contains("policy host"));
    assert!(!detail(&nothing(unsigned), "dnssec-unsigned").contains("policy host"));
    assert!(detail(&protected(), "dnssec-signed").contains("policy host"));
    assert!(!detail(&nothing(protected()), "dnssec-signed").contains("policy host"));
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
        let texts = [title_of(rule), what(rule), explanation(rule).why].map(str::to_owned);
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

/// What a policy with this line says, and whether it is valid.
fn with_line(line: &str) -> (Vec<String>, bool) {
    let judged = lint::policy(format!("{ENFORCE}{line}\n").as_bytes(), |_| None);
    let failed = judged.findings.into_iter().filter(|finding| finding.outcome == Outcome::Fail);
    (failed.map(|finding| finding.rule).collect(), judged.valid)
}

#[test]
fn a_line_is_called_what_it_is() {
    let vectors: &[(&str, &[&str], bool)] = &[
        ("mx: mx3.mail-host.net # backup", &["policy-comment"], false),
        ("mx: # mx3.mail-host.net", &["policy-comment", "policy-line-invalid"], false),
        ("mx:", &["policy-line-invalid"], false),
        ("mx: \t", &["policy-line-invalid"], false),
        ("mx: 2001:db8::25", &["mx-pattern-ip"], false),
        ("mx: [2001:db8::25]", &["mx-pattern-ip"], false),
        ("mx: *.id.me", &[], true),
        ("mx: *.co.uk", &["mx-pattern-too-broad"], true),
        ("mx: a.example.net b.example.net", &["mx-pattern-list"], false),
    ];
    for &(line, rules, valid) in vectors {
        let (failed, is_valid) = with_line(line);
        let failed: BTreeSet<&str> = failed.iter().map(String::as_str).collect();
        assert_eq!((failed, is_valid), (rules.iter().copied().collect(), valid), "{line}");
    }
}

#[test]
fn reports_may_go_to_a_mailbox_with_a_quoted_name() {
    for rua in ["mailto:%22tls%20reports%22@shop.com.au", "mailto:tls%2Breports@shop.com.au"] {
        let lint = lint::tls_rpt(&format!("v=TLSRPTv1; rua={rua}"));
        assert!(lint.valid && lint.usable, "{rua}: {:?}", lint.findings);
    }
}

#[test]
fn a_mail_server_without_an_address_is_not_put_into_the_policy() {
    let world = protected()
        .without_mx()
        .mx(10, "mx1.mail-hots.net")
        .without("mx1.mail-hots.net", RecordType::A)
        .without("mx1.mail-hots.net", RecordType::Aaaa);
    let report = report(&world);
    let finding = report.findings.iter().find(|finding| finding.rule == "mx-none-match").expect("it is not allowed");
    let fix = &finding.fix[0];
    assert!(fix.steps[0].contains("probably mistyped"), "{fix:#?}");
    assert!(fix.copy.iter().all(|copy| !copy.text.contains("mail-hots")), "{fix:#?}");
    assert!(report.findings.iter().all(|finding| finding.rule != "mx-pattern-unused"), "the right names are to stay");
}
