//! Laws of the one proposal: whatever a domain has, findings, next step, advice and plan say the same of each file and record,
//! and the plan begins with what the check finds worst.

use std::collections::BTreeSet;

use mta_sts_core::advice::{Decision, Goal, LiveState, PolicyDecision, RecordAction, Task, TaskKind, decide};
use mta_sts_core::evidence::Evidence;
use mta_sts_core::mend::remedy::{Mended, PastePlace, Remedy};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::published::policy::{self, Mode};
use mta_sts_core::report::link::Link;
use mta_sts_core::report::{Outcome, Severity};
use mta_sts_core::rules::step::Step;
use mta_sts_core::scenario::{CHECKED_AT, World, examples, scenarios};
use mta_sts_core::{Timestamp, evaluate};

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn worlds() -> Vec<(String, World)> {
    let scenarios = scenarios().into_iter().map(|scenario| (scenario.name.to_owned(), scenario.world));
    scenarios.chain(examples().into_iter().map(|example| (example.domain.to_owned(), example.world))).collect()
}

/// The rule's own way, with what it is for.
fn own(finding: &Mended) -> Option<&Remedy> {
    let own = finding.remedies.first().filter(|own| own.offer.is_none() && !own.steps.is_empty());
    own.filter(|_| finding.judged.outcome == Outcome::Fail)
}

fn is_file(place: PastePlace) -> bool {
    matches!(place, PastePlace::PolicyText | PastePlace::WholePolicy | PastePlace::PolicyFile)
}

/// What is pasted at the places that are asked for, by all findings.
fn pasted(mended: &[Mended], wanted: impl Fn(PastePlace) -> bool) -> BTreeSet<&str> {
    let all = mended.iter().filter_map(own).flat_map(|own| &own.paste);
    all.filter(|paste| wanted(paste.place)).map(|paste| paste.text.as_str()).collect()
}

/// The same of what is to be done now: a tested policy is enforced later.
fn pasted_now(mended: &[Mended], wanted: impl Fn(PastePlace) -> bool) -> BTreeSet<&str> {
    let all = mended.iter().filter_map(own).filter(|own| !own.has(Step::Enforce)).flat_map(|own| &own.paste);
    all.filter(|paste| wanted(paste.place)).map(|paste| paste.text.as_str()).collect()
}

fn of_today(tasks: &[Task], wanted: impl Fn(PastePlace) -> bool) -> Vec<&str> {
    let today = tasks.iter().filter(|task| task.date == now().date() && !LATER.contains(&task.kind));
    today.flat_map(|task| &task.paste).filter(|paste| wanted(paste.place)).map(|paste| paste.text.as_str()).collect()
}

/// What a plan has after its first policy, perhaps on the same day.
const LATER: [TaskKind; 2] = [TaskKind::Enforce, TaskKind::RememberForLonger];

#[test]
fn no_two_texts_of_a_check_for_one_file_or_record_differ() {
    let mut wrong = Vec::new();
    for (name, world) in worlds() {
        let mended = evaluate::mended(&world.check(), now());
        let values = |txt| move |place| place == PastePlace::TxtValue(txt);
        for (what, texts) in [
            ("policy", pasted(&mended, is_file)),
            ("announce record", pasted(&mended, values(Txt::Announce))),
            ("TLS-RPT record", pasted(&mended, values(Txt::TlsRpt))),
        ] {
            if texts.len() > 1 {
                wrong.push(format!("{name}: {what}: {texts:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A plan reads no more of a report than this.
#[test]
fn a_report_names_the_place_of_each_text_and_the_offer_of_each_way() {
    for (name, world) in worlds() {
        let evidence = world.check();
        let findings = evaluate::findings(&evidence, now());
        assert_eq!(findings, evaluate(&evidence, now()).findings, "{name}");
        for (mended, finding) in evaluate::mended(&evidence, now()).iter().zip(&findings) {
            assert_eq!(mended.remedies.len(), finding.fix.len(), "{name}");
            for (remedy, fix) in mended.remedies.iter().zip(&finding.fix) {
                let places: Vec<_> = fix.copy.iter().map(|copy| PastePlace::named(&copy.place)).collect();
                let wanted: Vec<_> = remedy.paste.iter().map(|paste| Some(paste.place)).collect();
                assert_eq!((fix.offer.as_deref(), places), (remedy.offer, wanted), "{name}: {}", finding.rule);
            }
        }
    }
}

/// What of advice differs from the check of the same evidence.
fn disagreements(name: &str, evidence: &Evidence) -> Vec<String> {
    let mended = evaluate::mended(evidence, now());
    let Decision { plan, policy, records, live, .. } = decide(evidence, now(), &Goal::RollOut);
    let PolicyDecision::Serve(proposal) = policy else { return Vec::new() };
    let mut wrong = Vec::new();
    let mut differs = |what: &str, one: &str, other: &str| wrong.push(format!("{name}: {what}: {one:?} and {other:?}"));
    let is_off = |text: &&str| policy::parse(text.as_bytes()).mode.is_some_and(|mode| mode.value == Mode::None);
    // Whoever leaves MTA-STS has another goal.
    for text in pasted_now(&mended, is_file).iter().filter(|text| !is_off(text)) {
        if *text != proposal.text {
            differs("policy of check and advice", text, &proposal.text);
        }
    }
    if live.state == LiveState::Unknown || plan.tasks.is_empty() {
        return wrong;
    }
    for text in of_today(&plan.tasks, is_file).iter().filter(|text| !is_off(text)) {
        if *text != proposal.text {
            differs("policy of plan and advice", text, &proposal.text);
        }
    }
    let [announce, tls_rpt] = records.as_slice() else { panic!("{name}: two records") };
    for (txt, record) in [(Txt::Announce, announce), (Txt::TlsRpt, tls_rpt)] {
        let is_value = |place| place == PastePlace::TxtValue(txt);
        let mut values = pasted_now(&mended, is_value);
        values.extend(of_today(&plan.tasks, is_value));
        // An alias stays where it is, and a value is for taking it back.
        for value in values.iter().filter(|_| record.kind == "TXT" && record.action != RecordAction::Keep) {
            if *value != record.value {
                differs("record of advice and check or plan", &record.value, value);
            }
        }
    }
    wrong
}

#[test]
fn check_advice_and_plan_agree_on_every_text() {
    let wrong: Vec<String> = worlds().iter().flat_map(|(name, world)| disagreements(name, &world.check())).collect();
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether a task mends a finding: it has its steps, or its texts, or is the plan's own way to the same.
fn mends(task: &Task, finding: &Mended, own: &Remedy) -> bool {
    let is_fix = task.fix.as_ref().is_some_and(|fix| fix.rule == finding.judged.rule.id);
    let shares = own.paste.iter().any(|paste| task.paste.iter().any(|text| text.text == paste.text));
    let lines =
        own.paste.iter().filter(|paste| matches!(paste.place, PastePlace::PolicyLines | PastePlace::PolicyLine));
    let has_lines = lines.clone().next().is_some()
        && lines
            .clone()
            .flat_map(|lines| lines.text.lines())
            .all(|line| task.paste.iter().any(|text| text.text.contains(line)));
    let reports =
        own.pasted(PastePlace::TxtValue(Txt::TlsRpt)).next().is_some() && task.kind == TaskKind::AskForReports;
    let first = own.pasted(PastePlace::PolicyText).next().is_some() && task.kind == TaskKind::MakePolicyHost;
    let enforces = own.has(Step::Enforce) && matches!(task.kind, TaskKind::LookAtReports | TaskKind::AskForReports);
    let longer = finding.judged.rule.id.starts_with("policy-max-age") && task.kind == TaskKind::RememberForLonger;
    let put_back = task.kind == TaskKind::PutMxRecordsBack || task.kind == TaskKind::GoBackToTesting;
    is_fix || shares || reports || has_lines || first || enforces || longer || put_back
}

#[test]
fn a_plan_begins_with_what_the_check_finds_worst() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (name, world) in worlds() {
        let evidence = world.check();
        let mended = evaluate::mended(&evidence, now());
        let Decision { plan, .. } = decide(&evidence, now(), &Goal::RollOut);
        let asks = |finding: &&Mended| own(finding).is_some() && finding.judged.severity != Severity::Info;
        let (Some(worst), Some(first)) = (mended.iter().find(asks), plan.tasks.first()) else { continue };
        let own = own(worst).expect("it has a way");
        // A server's own fault is for whoever runs it, and no plan for the policy waits for that.
        let is_servers = worst.judged.rule.link == Some(Link::MailServers) && own.paste.is_empty();
        if own.has(Step::FileServesAll) || is_servers {
            continue;
        }
        tried += 1;
        if !mends(first, worst, own) {
            wrong.push(format!("{name}: {} is worst, and the plan begins with {:?}", worst.judged.rule.id, first.kind));
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 80, "{tried}");
}

#[test]
fn a_policy_that_senders_can_use_keeps_its_mode() {
    let mut tried = 0;
    for (name, world) in worlds() {
        let decision = decide(&world.check(), now(), &Goal::RollOut);
        let PolicyDecision::Serve(proposal) = &decision.policy else { continue };
        let is_enforced = decision.live.state == LiveState::Enforce;
        if is_enforced && proposal.unlistable.is_empty() {
            tried += 1;
            assert_eq!(proposal.mode, Mode::Enforce, "{name}");
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn two_announce_records_are_no_reason_to_test_again() {
    let world = World::protected("shop.example").also_announce("v=STSv1; id=2;");
    let Decision { plan, policy, .. } = decide(&world.check(), now(), &Goal::RollOut);
    let PolicyDecision::Serve(proposal) = policy else { panic!("{policy:?}") };
    assert_eq!((proposal.mode, proposal.max_age), (Mode::Enforce, 2_592_000));
    assert_eq!(plan.tasks[0].fix.as_ref().map(|fix| fix.rule.as_str()), Some("record-multiple"));
    assert_eq!(plan.tasks.len(), 1, "{plan:?}");
}
