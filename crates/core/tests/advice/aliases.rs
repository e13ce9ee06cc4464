//! Advice to domains whose records are behind aliases: who is asked, and that names from the DNS come out as they are.

use mta_sts_core::advice::{Sentence, TaskKind};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::rules::step::{Ask, Step};

use super::plans::expect;
use super::*;

const ASK_FOR_ID: Sentence = Sentence::Step(Step::AskForRecord(Txt::Announce, Ask::NewId));
const TAKE_RECORD: Sentence = Sentence::Step(Step::TakeRecord(Txt::Announce));
const ASK_FOR_FILE: Sentence = Sentence::Step(Step::AskForFile(Ask::ReplaceFile));
const TAKE_FILE: Sentence = Sentence::Step(Step::TakeFile);

fn goals() -> [Goal; 3] {
    [Goal::RollOut, goal("removal", ""), goal("move", "google")]
}

/// A domain whose announce record and policy host are aliases.
fn delegated(record: &str, host: Option<&str>) -> World {
    let world = World::protected(DOMAIN).without_announce().alias("_mta-sts.shop.example", record);
    let world = world.txt(record, "v=STSv1; id=20261101T0800;");
    match host {
        Some(host) => world.without_host().alias("mta-sts.shop.example", host).address(host, "203.0.113.7"),
        None => world,
    }
}

#[test]
fn a_plan_asks_whoever_keeps_the_record_or_the_file_behind_an_alias() {
    let tuta = delegated("_mta-sts.tutanota.com", Some("mta-sts.tutanota.com")).mx(30, "backup.other-host.net");
    let record_only = delegated("_mta-sts.dmarc-service.net", None).mx(30, "backup.other-host.net");
    for (world, is_tutas) in [(tuta, true), (record_only, false)] {
        for goal in goals() {
            let evidence = world.check();
            let plan = decide(&evidence, now(), &goal).plan;
            let in_words = advise(&evidence, now(), &goal).plan;
            assert!(plan.tasks.iter().any(|task| task.kind == TaskKind::Announce), "{plan:?}");
            for (task, step) in plan.tasks.iter().zip(&in_words.steps) {
                let says = |sentence: &Sentence| task.sentences.contains(sentence);
                assert!(!says(&Sentence::SetAnnounceRecord), "{task:?}");
                let sets_id = task.kind == TaskKind::Announce;
                assert_eq!((says(&ASK_FOR_ID), says(&TAKE_RECORD)), (sets_id, sets_id), "{task:?}");
                let is_of_file = task.paste.iter().any(|paste| paste.place == PastePlace::PolicyFile);
                let asks = is_of_file && is_tutas;
                assert_eq!((says(&ASK_FOR_FILE), says(&TAKE_FILE)), (asks, asks), "{task:?}");
                let replaces = task.sentences.iter().any(|sentence| matches!(sentence, Sentence::ReplaceFile { .. }));
                assert_eq!(replaces, is_of_file && !is_tutas, "{task:?}");
                // The company is named where it is known.
                for (sentence, text) in task.sentences.iter().zip(&step.text) {
                    if [ASK_FOR_ID, ASK_FOR_FILE].contains(sentence) {
                        assert_eq!(text.contains("Tuta"), is_tutas, "{text}");
                    }
                }
            }
        }
    }
    // A web host that serves the domain's own file keeps nothing.
    let own = World::protected(DOMAIN).mx(30, "backup.other-host.net").without_host();
    let own = own.alias("mta-sts.shop.example", "shop.github.io").address("shop.github.io", "203.0.113.7");
    let first = roll_out(&own).plan.tasks.remove(0);
    assert!(first.sentences.iter().any(|sentence| matches!(sentence, Sentence::ReplaceFile { .. })), "{first:?}");
}

#[test]
fn a_provider_is_not_asked_to_change_the_policy_of_all_its_customers() {
    let tuta = delegated("_mta-sts.tutanota.com", Some("mta-sts.tutanota.com"))
        .without_mx()
        .mx(10, "mail.tutanota.de")
        .policy("version: STSv1\nmode: enforce\nmx: mail.tutanota.de\nmax_age: 604800\n");
    let plan = roll_out(&tuta).plan;
    assert_eq!((plan.tasks.as_slice(), plan.summary), ([].as_slice(), Summary::EnforcedByProvider));
    expect(&roll_out(&tuta.without_tls_rpt()).plan, &[("2026-11-24", TaskKind::AskForReports)]);
}

#[test]
fn reports_are_asked_for_where_their_record_is_kept() {
    let world = World::protected(DOMAIN).without_tls_rpt().alias("_smtp._tls.shop.example", "gone.dmarc-service.net");
    let task = roll_out(&world).plan.tasks.remove(0);
    assert_eq!(task.kind, TaskKind::AskForReports);
    let ask = Sentence::Step(Step::AskForRecord(Txt::TlsRpt, Ask::SetToValue));
    let take = Sentence::Step(Step::TakeRecord(Txt::TlsRpt));
    assert_eq!(task.sentences, [Sentence::ChooseMailbox, ask, take]);
}

/// Words of our own tables, and what looks like them, as labels of names from outside.
const LABELS: [&str; 9] =
    ["{sign}", "{dns}", "{announce}", "{target}", "{url}", "{hosts}", "{new id}", "{policy host}", "{"];

#[test]
fn a_name_with_braces_comes_out_as_it_is() {
    let worlds = |label: &str| {
        let keeper = |name: &str| format!("{label}.{name}.example");
        let protected = || World::protected("shop.com.au").mx(30, "backup.other-host.net");
        let record = protected().moved("_mta-sts.shop.com.au", &keeper("keeper"));
        [
            record.clone().moved("mta-sts.shop.com.au", &keeper("mta-sts.keeper")),
            record,
            protected().moved("_smtp._tls.shop.com.au", &keeper("reports")),
            protected().without_tls_rpt().alias("_smtp._tls.shop.com.au", &keeper("reports")),
            // No record is at the end of the alias, so it has to go.
            protected().without_announce().alias("_mta-sts.shop.com.au", &keeper("keeper")),
        ]
    };
    for label in LABELS {
        // A label of the same length, so that calendars break their lines in the same places.
        let plain = label.replace(['{', '}', ' '], "x");
        for (braced, usual) in worlds(label).iter().zip(worlds(&plain)) {
            let mut is_named = false;
            for goal in goals() {
                let told = |world: &World| {
                    let mut advice = advise(&world.check(), now(), &goal);
                    advice.plan.calendar = advice.plan.calendar.replace("\r\n ", "");
                    serde_json::to_string_pretty(&advice).expect("advice is JSON")
                };
                let (braced, usual) = (told(braced), told(&usual));
                is_named |= braced.contains(&format!("{label}."));
                let unbraced = braced.replace(&format!("{label}."), &format!("{plain}."));
                let other = unbraced.lines().zip(usual.lines()).find(|(one, other)| one != other);
                assert_eq!((other, unbraced.len()), (None, usual.len()), "{label}, {goal:?}");
            }
            assert!(is_named, "{label} is in no plan of {:?}", braced.check());
        }
    }
}

#[test]
fn an_mx_record_with_braces_is_named_as_it_is() {
    for label in LABELS {
        let host = format!("{label}.shop.example");
        let advice = told(&with_mx(&["mail.shop.example", &host]));
        let PolicyAdvice::Serve(proposal) = &advice.policy else { panic!("{:?}", advice.policy) };
        assert_eq!(proposal.unlistable, [host.as_str()]);
        assert!(proposal.notes.last().is_some_and(|note| note.contains(&host)), "{:?}", proposal.notes);
    }
}
