//! What findings say of a domain, word for word where a wrong word would send somebody the wrong way.

use mta_sts_core::evaluate;
use mta_sts_core::report::{Finding, Report};
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World};

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
        let world = protected().without_mx().mx(10, host);
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
