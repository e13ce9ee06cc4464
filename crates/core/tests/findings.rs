//! What findings come to: the case that is told, what is to be done and what is to be pasted, where a wrong one would send
//! somebody the wrong way.

use std::collections::BTreeSet;

use mta_sts_core::evaluate;
use mta_sts_core::evidence::Response;
use mta_sts_core::lint;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::mend::remedy::{Mended, Paste, PastePlace};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::report::{Outcome, Report, Severity};
use mta_sts_core::rules::rule::{Answer, Detail};
use mta_sts_core::rules::step::{Step, Target};
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World};

fn report(world: &World) -> Report {
    evaluate(&world.check(), CHECKED_AT.parse().expect("a time"))
}

fn protected() -> World {
    World::protected("shop.com.au")
}

/// What was found, and what mends it, before it is put into words.
fn mended(world: &World) -> Vec<Mended> {
    evaluate::mended(&world.check(), CHECKED_AT.parse().expect("a time"))
}

fn of<'m>(mended: &'m [Mended], rule: &str) -> &'m Mended {
    mended.iter().find(|found| found.judged.rule.id == rule).unwrap_or_else(|| panic!("{rule} in {mended:#?}"))
}

fn cases(found: &Mended) -> Vec<&'static str> {
    found.judged.cases.iter().map(|case| case.name).collect()
}

/// The steps of the rule's own way.
fn steps(found: &Mended) -> Vec<Step> {
    found.remedies.first().map(|own| own.steps.iter().map(|todo| todo.step).collect()).unwrap_or_default()
}

/// All that is to be pasted.
fn pasted(mended: &[Mended]) -> impl Iterator<Item = &Paste> {
    mended.iter().flat_map(|found| &found.remedies).flat_map(|remedy| &remedy.paste)
}

/// Mail at three providers.
fn at_three(world: World) -> World {
    world.without_mx().mx(1, "smtp.google.com").mx(5, "shop-com-au.mail.protection.outlook.com").mx(9, "mx.zoho.com.au")
}

#[test]
fn every_provider_that_mail_goes_to_is_named() {
    let two = protected().without_mx().mx(1, "smtp.google.com").mx(9, "mx.zoho.com.au");
    for (world, case, providers, names) in [
        (at_three(protected()), "many", Some("3"), "Google Workspace, Microsoft 365, Zoho Mail"),
        (two, "two", None, "Google Workspace, Zoho Mail"),
    ] {
        let mended = mended(&world);
        let mixed = &of(&mended, "mx-mixed-providers").judged;
        let argument =
            |wanted: &str| mixed.arguments.iter().find(|(name, _)| *name == wanted).map(|(_, value)| &**value);
        assert_eq!(mixed.cases.iter().map(|case| case.name).collect::<Vec<_>>(), [case]);
        assert_eq!((argument("providers"), argument("names")), (providers, Some(names)));
        assert_eq!(mixed.rule.source.reference().label, "RFC 8461 §8.1");
        let report = report(&world);
        let told = report.findings.iter().find(|finding| finding.rule == mixed.rule.id).expect("told");
        assert!(told.title.contains(providers.unwrap_or_default()), "{}", told.title);
        assert!(told.detail.as_ref().is_some_and(|detail| detail.contains(names)), "{:?}", told.detail);
    }
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
        let mended = mended(&at_three(world));
        let mixed = of(&mended, "mx-mixed-providers");
        assert_eq!(cases(mixed).contains(&"without-policy"), !counts);
        // What is left of the old provider: its MX records, and its lines in the policy.
        let last = if counts { Target::FileAndId } else { Target::Dns };
        assert_eq!(steps(mixed), [Step::Own(Target::Nothing), Step::Own(last)]);
        let new_value = mixed.remedies[0].pasted(PastePlace::TxtValue(Txt::Announce)).next();
        assert_eq!(new_value.is_some(), counts, "{mixed:?}");
    }
}

#[test]
fn no_new_id_is_pasted_where_no_policy_is_served() {
    let nowhere = protected().without_host().status(404, "").mx(30, "backup.elsewhere.net");
    for paste in pasted(&mended(&at_three(nowhere))) {
        assert!(!paste.text.contains("id=20261124T0930"), "{paste:?}");
    }
}

#[test]
fn a_record_at_the_wrong_name_is_moved_and_no_other_is_put_beside_it() {
    let world = protected().without_tls_rpt().txt("_smtp_tls.shop.com.au", "v=TLSRPTv1; rua=mailto:a@shop.com.au");
    let mended = mended(&world);
    let is_pasted = |text: &str| pasted(&mended).any(|paste| paste.text == text);
    assert!(is_pasted("v=TLSRPTv1; rua=mailto:a@shop.com.au"), "{mended:?}");
    assert!(!is_pasted("v=TLSRPTv1; rua=mailto:tls-reports@shop.com.au"), "{mended:?}");
}

#[test]
fn a_domain_that_no_mail_can_reach_is_not_sent_for_text_that_is_not_there() {
    let mended = mended(&World::new("shop.com.au"));
    let missing = of(&mended, "record-missing");
    // The case has steps of its own, without a text.
    assert_eq!((cases(missing), missing.judged.steps_of()), (vec!["nowhere"], Some("nowhere")));
    assert_eq!(missing.remedies[0].paste, []);
    // Reports to a mailbox of its own would be lost.
    assert!(mended.iter().all(|found| found.judged.rule.id != "tlsrpt-missing"), "{mended:?}");
}

#[test]
fn an_mx_that_no_line_can_name_is_to_get_a_name() {
    let is_line = |paste: &Paste| matches!(paste.place, PastePlace::PolicyLine | PastePlace::PolicyLines);
    for host in ["mail_1.shop.com.au", "_mx.shop.com.au"] {
        let mended = mended(&protected().mx(30, host));
        let unmatched = of(&mended, "mx-some-unmatched");
        assert_eq!(unmatched.judged.subject.as_deref(), Some(host));
        assert_eq!(unmatched.judged.steps_of(), Some("nameless"));
        assert_eq!(steps(unmatched), [Step::Own(Target::Dns), Step::Own(Target::FileAndId)], "the name first");
        assert!(!unmatched.remedies[0].paste.iter().any(|paste| is_line(paste) || paste.text.contains("mx: ")));
    }
    let mended = mended(&protected().without_mx().mx(10, "mail_1.shop.com.au"));
    let alone = of(&mended, "mx-none-match");
    assert_eq!(alone.judged.steps_of(), Some("nameless-enforced"));
    assert_eq!(steps(alone)[..2], [Step::Own(Target::Dns), Step::Own(Target::FileAndId)], "the name first");
    assert!(!alone.remedies[0].paste.iter().any(is_line), "{alone:?}");
}

#[test]
fn what_tests_already_is_not_to_be_tested_meanwhile() {
    for host in ["mx.elsewhere.net", "mx_1.elsewhere.net"] {
        let world = protected().without_mx().mx(10, host).address("mx.elsewhere.net", "203.0.113.25");
        let meanwhile = |world: &World| steps(of(&mended(world), "mx-none-match")).contains(&Step::TestMeanwhile);
        assert!(meanwhile(&world), "{host}");
        assert!(!meanwhile(&world.policy(&ENFORCE.replace("enforce", "testing"))), "{host}");
    }
}

#[test]
fn dnssec_is_told_of_the_policy_host_where_something_is_announced() {
    let nothing = |world: World| world.without_announce().without_host().status(404, "");
    let tells_of_host = |world: &World, rule| match of(&mended(world), rule).judged.detail {
        Detail::Signed(answers) | Detail::NotSigned(answers) => answers.contains(&Some(Answer::PolicyHost)),
        other => panic!("{other:?}"),
    };
    let unsigned = protected().unsigned_zone();
    assert!(tells_of_host(&unsigned, "dnssec-unsigned"));
    assert!(!tells_of_host(&nothing(unsigned), "dnssec-unsigned"));
    assert!(tells_of_host(&protected(), "dnssec-signed"));
    assert!(!tells_of_host(&nothing(protected()), "dnssec-signed"));
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
    let mended = mended(&world);
    let dead = of(&mended, "mx-target-no-address");
    assert_eq!(steps(dead)[0], Step::Own(Target::Dns), "the MX record is probably mistyped");
    assert!(pasted(&mended).all(|paste| !paste.text.contains("mail-hots")), "{mended:#?}");
    assert!(
        mended
            .iter()
            .all(|found| !found.judged.rule.id.ends_with("match") && found.judged.rule.id != "mx-some-unmatched")
    );
    assert!(mended.iter().all(|found| found.judged.rule.id != "mx-pattern-unused"), "the right names are to stay");
}

/// The cases of a rule's finding, with its severity.
fn told_cases(world: &World, rule: &str) -> Vec<(Severity, Vec<&'static str>)> {
    let found = mended(world).into_iter().filter(|found| found.judged.rule.id == rule);
    found.map(|found| (found.judged.severity, found.judged.cases.iter().map(|case| case.name).collect())).collect()
}

#[test]
fn what_keeps_senders_from_the_file_is_named() {
    let world = || World::protected("shop.com.au");
    let redirect = |location: &str| {
        let location = Some(location.to_owned());
        world().response(Response { status: 302, location, ..Response::default() })
    };
    for login in [
        "https://shop.cloudflareaccess.com/cdn-cgi/access/login/mta-sts.shop.com.au?kid=1",
        "https://login.microsoftonline.com/common/oauth2/authorize?client_id=1",
        "https://github.com/pages/auth?nonce=1",
        "https://vercel.com/sso-api?url=1",
        "/wp-login.php?redirect_to=1",
    ] {
        assert_eq!(told_cases(&redirect(login), "policy-redirect"), [(Severity::Error, vec!["login"])], "{login}");
    }
    for other in ["https://www.shop.com.au/", "https://shop.com.au/?next=/login", "https://author.shop.com.au/blog"] {
        assert_eq!(told_cases(&redirect(other), "policy-redirect"), [(Severity::Error, vec![])], "{other}");
    }
    let challenge = "<!DOCTYPE html><script src=\"/cdn-cgi/challenge-platform/h/b/orchestrate\"></script>";
    let password = "<!DOCTYPE html><input type=\"password\">";
    for (status, body, rule, case) in [
        (403, challenge, "policy-forbidden", "bot-check"),
        (429, challenge, "policy-forbidden", "bot-check"),
        (503, challenge, "policy-server-error", "bot-check"),
        (200, challenge, "policy-html-served", "bot-check"),
        (401, password, "policy-forbidden", "login"),
        (200, password, "policy-html-served", "login"),
    ] {
        assert_eq!(told_cases(&world().status(status, body), rule), [(Severity::Error, vec![case])], "{status} {case}");
    }
    assert_eq!(told_cases(&world().status(403, "no"), "policy-forbidden"), [(Severity::Error, vec![])]);
}

#[test]
fn of_two_content_types_the_first_counts() {
    let of = |content_type: &str| {
        let response = Response {
            status: 200,
            content_type: Some(content_type.to_owned()),
            body: ENFORCE.into(),
            ..Response::default()
        };
        told_cases(&World::protected("shop.com.au").response(response), "policy-content-type-wrong")
    };
    assert_eq!(of("application/octet-stream, text/plain"), [(Severity::Warning, vec!["twice"])]);
    assert_eq!(of("text/plain; charset=utf-8, text/html"), [(Severity::Info, vec!["twice"])]);
    assert_eq!(of("text/plain; charset=utf-8, TEXT/plain"), []);
    assert_eq!(of("text/html, text/html"), [(Severity::Warning, vec![])]);
}
