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
                let is_of_file = task.paste.iter().any(|paste| paste.place == Place::PolicyFile);
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
    assert_eq!((plan.tasks.as_slice(), plan.summary), ([].as_slice(), Summary::EnforcedByTuta));
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
