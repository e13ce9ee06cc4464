//! Plans: what is done on which day, and in what order.

use mta_sts_core::advice::{
    Allowed, Decision, Goal, LiveState, NoPolicy, NotKnown, Sentence, StartsFrom, Summary, Task, TaskKind, TaskPlan,
    advise, decide,
};
use mta_sts_core::lint;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::mend::remedy::{Paste, PastePlace};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::published::announce;
use mta_sts_core::published::policy::{self, Mode};
use mta_sts_core::scenario::World;
use mta_sts_core::{Date, Timestamp};
use proptest::prelude::*;

use super::{DOMAIN, assert_sound_policy, goal, now, roll_out, with_mx};

/// Days and kinds.
fn outline(plan: &TaskPlan) -> Vec<(String, TaskKind)> {
    plan.tasks.iter().map(|task| (task.date.to_string(), task.kind)).collect()
}

pub(super) fn expect(plan: &TaskPlan, tasks: &[(&str, TaskKind)]) {
    let tasks: Vec<(String, TaskKind)> = tasks.iter().map(|&(date, kind)| (date.to_owned(), kind)).collect();
    assert_eq!(outline(plan), tasks, "{:?}", plan.summary);
}

fn pasted(plan: &TaskPlan, place: PastePlace) -> Vec<&str> {
    let paste = plan.tasks.iter().flat_map(|task| &task.paste).filter(|paste| paste.place == place);
    paste.map(|paste| paste.text.as_str()).collect()
}

fn policies(plan: &TaskPlan) -> Vec<&str> {
    pasted(plan, PastePlace::PolicyFile)
}

fn date(day: &str) -> Date {
    format!("{day}T00:00:00Z").parse::<Timestamp>().expect("a day").date()
}

/// The day of a plan's first task of a kind.
fn day_of(plan: &TaskPlan, kind: TaskKind) -> String {
    let task = plan.tasks.iter().find(|task| task.kind == kind);
    task.unwrap_or_else(|| panic!("{kind:?} is not in {plan:?}")).date.to_string()
}

fn says(task: &Task, sentence: &Sentence) -> bool {
    task.sentences.contains(sentence)
}

/// The longest `max_age` that the RFC allows.
const LONGEST: u32 = 31_557_600;

#[test]
fn roll_out_from_nothing_tests_for_two_weeks() {
    let plan = roll_out(&with_mx(&["smtp.google.com"])).plan;
    expect(
        &plan,
        &[
            ("2026-11-24", TaskKind::AskForReports),
            ("2026-11-24", TaskKind::MakePolicyHost),
            ("2026-11-24", TaskKind::PublishTesting),
            ("2026-11-24", TaskKind::Announce),
            ("2026-12-01", TaskKind::LookAtReports),
            ("2026-12-08", TaskKind::Enforce),
            ("2026-12-08", TaskKind::Announce),
            ("2026-12-22", TaskKind::RememberForLonger),
            ("2026-12-22", TaskKind::Announce),
        ],
    );
    assert_eq!(
        policies(&plan),
        [
            "version: STSv1\nmode: testing\nmx: smtp.google.com\nmax_age: 86400\n",
            "version: STSv1\nmode: enforce\nmx: smtp.google.com\nmax_age: 604800\n",
            "version: STSv1\nmode: enforce\nmx: smtp.google.com\nmax_age: 2592000\n",
        ]
    );
    assert_eq!(
        pasted(&plan, PastePlace::TxtValue(Txt::Announce)),
        ["v=STSv1; id=20261124T0930;", "v=STSv1; id=20261208T0000;", "v=STSv1; id=20261222T0000;"]
    );
    let enforce = Some(date("2026-12-08"));
    assert_eq!(plan.summary, Summary::StartTesting { from: StartsFrom::Nothing, enforce });
}

fn testing(id: &str) -> World {
    World::protected(DOMAIN)
        .policy("version: STSv1\nmode: testing\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 604800\n")
        .announce(&format!("v=STSv1; id={id};"))
}

#[test]
fn roll_out_from_testing_counts_from_the_day_that_the_id_reads_as() {
    // Since three weeks: today.
    let plan = roll_out(&testing("20261101T0800")).plan;
    let today = ("2026-11-24", TaskKind::LookAtReports);
    expect(
        &plan,
        &[
            today,
            ("2026-11-24", TaskKind::Enforce),
            ("2026-11-24", TaskKind::Announce),
            ("2026-12-08", TaskKind::RememberForLonger),
            ("2026-12-08", TaskKind::Announce),
        ],
    );
    assert_eq!(plan.summary, Summary::TestedLongEnough { since: date("2026-11-01") });
    // Since four days: in ten.
    let plan = roll_out(&testing("20261120")).plan;
    assert_eq!(
        outline(&plan)[..2],
        [("2026-12-01".into(), TaskKind::LookAtReports), ("2026-12-04".into(), TaskKind::Enforce)]
    );
    let enforce = date("2026-12-04");
    assert_eq!(plan.summary, Summary::Testing { since: Some(date("2026-11-20")), enforce });
    // An id that is no day, or one to come, and a test without reports, say nothing: two weeks from today.
    for world in [testing("a1"), testing("20270101"), testing("20261101T0800").without_tls_rpt()] {
        let plan = roll_out(&world).plan;
        assert_eq!(day_of(&plan, TaskKind::Enforce), "2026-12-08");
        assert_eq!(plan.summary, Summary::Testing { since: None, enforce: date("2026-12-08") });
    }
}

#[test]
fn roll_out_from_testing_first_allows_every_mail_server() {
    let plan = roll_out(&testing("20261101T0800").mx(30, "backup.other-host.net")).plan;
    assert_eq!(plan.tasks[0].kind, TaskKind::AllowAllServers);
    assert!(policies(&plan).iter().all(|text| text.contains("mx: backup.other-host.net\n")));
    assert!(policies(&plan)[0].contains("max_age: 604800\n"), "as long as before: {}", policies(&plan)[0]);
    assert_eq!(outline(&plan)[3], ("2026-12-08".to_owned(), TaskKind::Enforce));
}

#[test]
fn an_enforced_policy_is_kept_mended_or_remembered_for_longer() {
    let protected = World::protected(DOMAIN);
    let plan = roll_out(&protected).plan;
    assert_eq!((plan.tasks.as_slice(), plan.summary), ([].as_slice(), Summary::Enforced));
    let in_words = advise(&protected.check(), now(), &Goal::RollOut).plan;
    assert!(in_words.steps.is_empty() && in_words.calendar.is_empty(), "{in_words:?}");

    let week = "version: STSv1\nmode: enforce\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 604800\n";
    let plan = roll_out(&World::protected(DOMAIN).policy(week)).plan;
    expect(&plan, &[("2026-11-24", TaskKind::RememberForLonger), ("2026-11-24", TaskKind::Announce)]);

    let plan = roll_out(&World::protected(DOMAIN).mx(30, "backup.other-host.net")).plan;
    expect(&plan, &[("2026-11-24", TaskKind::AllowAllServers), ("2026-11-24", TaskKind::Announce)]);
    assert!(policies(&plan)[0].contains("mode: enforce\n") && policies(&plan)[0].contains("max_age: 2592000\n"));

    let plan = roll_out(&World::protected(DOMAIN).without_tls_rpt()).plan;
    expect(&plan, &[("2026-11-24", TaskKind::AskForReports)]);

    let plan = roll_out(&World::protected(DOMAIN).mx(30, "192.0.2.9")).plan;
    assert_eq!((plan.tasks[0].kind, plan.summary), (TaskKind::GoBackToTesting, Summary::EnforcedOnNamelessServers));
}

#[test]
fn mx_records_that_are_missing_are_put_back_before_the_policy_allows_the_domain_itself() {
    let lost = World::protected(DOMAIN).without_mx().address(DOMAIN, "203.0.113.25");
    let plan = roll_out(&lost).plan;
    expect(
        &plan,
        &[
            ("2026-11-24", TaskKind::PutMxRecordsBack),
            ("2026-11-24", TaskKind::AllowDomainItself),
            ("2026-11-24", TaskKind::Announce),
        ],
    );
    assert_eq!(plan.tasks[0].sentences, [Sentence::AddMxRecordsBack]);
    assert!(says(&plan.tasks[1], &Sentence::OnlyIfOwnServer), "{plan:?}");
    assert_eq!(plan.summary, Summary::EnforcedWithoutMxRecords);
    // An MX record that names the domain is none that is missing.
    let named = World::protected(DOMAIN).without_mx().mx(10, DOMAIN).address(DOMAIN, "203.0.113.25");
    assert_eq!(roll_out(&named).plan.tasks[0].kind, TaskKind::AllowAllServers);
}

fn remove(world: &World, max_age: Option<&str>) -> TaskPlan {
    let goal = Goal::parse(Some("removal"), None, max_age).expect("a goal");
    decide(&world.check(), now(), &goal).plan
}

#[test]
fn removal_waits_out_the_longest_max_age() {
    // Thirty days, an hour of TTL, and the rest of the day.
    let plan = remove(&World::protected(DOMAIN), None);
    expect(
        &plan,
        &[("2026-11-24", TaskKind::SwitchOff), ("2026-11-24", TaskKind::Announce), ("2026-12-26", TaskKind::Delete)],
    );
    let none = "version: STSv1\nmode: none\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 86400\n";
    assert_eq!(policies(&plan), [none], "some senders refuse a policy without mx lines");
    let why = Sentence::ServedIsForgotten { max_age: 2_592_000 };
    assert_eq!(
        plan.tasks[2].sentences,
        [why, Sentence::DeleteInOrder, Sentence::KeepUntilThen, Sentence::ReportsMayStay]
    );
    assert_eq!(plan.summary, Summary::Remove { delete: date("2026-12-26") });

    let plan = remove(&World::protected(DOMAIN), Some("31557600"));
    assert_eq!(plan.tasks[2].date, date("2027-11-26"));
    assert!(says(&plan.tasks[2], &Sentence::LongestIsForgotten { max_age: LONGEST }), "{plan:?}");
    // A shorter one than is served does not shorten the wait.
    let plan = remove(&World::protected(DOMAIN), Some("60"));
    assert_eq!(plan.tasks[2].date, date("2026-12-26"));
    assert!(says(&plan.tasks[2], &Sentence::LongestIsForgotten { max_age: 2_592_000 }), "{plan:?}");
}

#[test]
fn removal_of_what_is_switched_off_waits_for_what_cannot_be_seen() {
    let off = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    let plan = remove(&off, None);
    expect(&plan, &[("2027-11-26", TaskKind::Delete)]);
    assert!(says(&plan.tasks[0], &Sentence::LongestIsNotKnown { max_age: LONGEST }), "{plan:?}");
    assert_eq!(plan.summary, Summary::RemoveWhatIsOff { delete: date("2027-11-26") });
    expect(&remove(&off, Some("604800")), &[("2026-12-03", TaskKind::Delete)]);
    let long = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 604800\n");
    assert_eq!(remove(&long, None).tasks[0].kind, TaskKind::SwitchOff);
}

#[test]
fn removal_waits_for_senders_that_keep_an_enforced_policy_for_a_week() {
    let of = |mode: &str| {
        let policy =
            format!("version: STSv1\nmode: {mode}\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 86400\n");
        remove(&World::protected(DOMAIN).policy(&policy), None)
    };
    let plan = of("enforce");
    assert_eq!(
        (day_of(&plan, TaskKind::Delete), says(&plan.tasks[2], &Sentence::KeptForAWeek)),
        ("2026-12-03".into(), true)
    );
    let plan = of("testing");
    assert_eq!(
        (day_of(&plan, TaskKind::Delete), says(&plan.tasks[2], &Sentence::KeptForAWeek)),
        ("2026-11-27".into(), false)
    );
    // And it is never sooner where somebody knows the longest max_age.
    let short = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmx: mx1.mail-host.net\nmax_age: 86400\n");
    assert_eq!(day_of(&remove(&short, Some("86400")), TaskKind::Delete), "2026-12-03");
}

#[test]
fn silence_is_no_proof_of_a_clean_test() {
    let plan = roll_out(&testing("20261101T0800")).plan;
    let enforce = plan.tasks.iter().find(|task| task.kind == TaskKind::Enforce).expect("it is enforced in the end");
    assert!(says(enforce, &Sentence::EnforceIfClean) && says(enforce, &Sentence::SilenceIsNoProof), "{enforce:?}");
    let in_words = advise(&testing("20261101T0800").check(), now(), &Goal::RollOut).plan;
    let pages = |text: &String| text.contains("/reports");
    assert!(in_words.steps.iter().filter(|step| step.text.iter().any(pages)).count() >= 2, "{in_words:?}");
}

#[test]
fn the_file_gets_a_home_before_it_is_published() {
    let kinds = |world: &World| -> Vec<TaskKind> { roll_out(world).plan.tasks.iter().map(|task| task.kind).collect() };
    let plan = kinds(&with_mx(&["smtp.google.com"]));
    let at = |kind| plan.iter().position(|known| *known == kind).expect("it is there");
    assert!(at(TaskKind::MakePolicyHost) < at(TaskKind::PublishTesting), "{plan:?}");
    assert!(!kinds(&testing("20261101T0800")).contains(&TaskKind::MakePolicyHost), "it has one");
}

#[test]
fn there_is_nothing_to_remove_where_nothing_is() {
    let plan = remove(&with_mx(&["smtp.google.com"]), None);
    assert_eq!((plan.tasks.as_slice(), plan.summary), ([].as_slice(), Summary::NothingToRemove));
    // A policy that was left behind by mail that is gone can be removed.
    let left = World::protected(DOMAIN).without_mx().mx(0, "");
    assert_eq!(remove(&left, None).tasks.len(), 3);
}

#[test]
fn what_earlier_checks_saw_is_waited_for() {
    // Thirty days from now at the latest: it may have been served until just before this check.
    let removed = with_mx(&["smtp.google.com"]).seen(3, &World::protected(DOMAIN));
    let plan = remove(&removed, None);
    expect(
        &plan,
        &[("2026-11-24", TaskKind::SwitchOff), ("2026-11-24", TaskKind::Announce), ("2026-12-25", TaskKind::Delete)],
    );
    assert_eq!(plan.summary, Summary::RemoveWhatIsGone { delete: date("2026-12-25") });
    assert!(says(&plan.tasks[2], &Sentence::SeenIsForgotten), "{plan:?}");
    let off = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    let off = off.clone().seen(5, &World::protected(DOMAIN)).seen(3, &off);
    expect(&remove(&off, None), &[("2026-12-22", TaskKind::Delete)]);
    for (world, day) in [(&removed, "2026-12-25"), (&off, "2026-12-22")] {
        let plan = move_to(world, "fastmail").plan;
        expect(&plan, &[(day, TaskKind::ChangeMxRecords)]);
        assert_eq!(plan.summary, Summary::MoveOnceForgotten { change: date(day) });
        assert_eq!(plan.tasks[0].sentences, [Sentence::SeenIsRemembered, Sentence::SetMxRecords]);
    }
    // What has run out is nobody's to remember.
    let long_ago = with_mx(&["smtp.google.com"]).seen(40, &World::protected(DOMAIN));
    assert!(remove(&long_ago, None).tasks.is_empty());
}

fn move_to(world: &World, to: &str) -> Decision {
    decide(&world.check(), now(), &goal("move", to))
}

#[test]
fn a_move_has_both_providers_in_the_policy_before_the_mx_records_change() {
    let plan = move_to(&World::protected(DOMAIN), "google").plan;
    expect(
        &plan,
        &[
            ("2026-11-24", TaskKind::LetPolicyAllow(Allowed::BothProviders)),
            ("2026-11-24", TaskKind::Announce),
            ("2026-11-26", TaskKind::WaitForSenders),
            ("2026-11-26", TaskKind::ChangeMxRecords),
            ("2026-12-03", TaskKind::TakeOldProviderOut),
            ("2026-12-03", TaskKind::Announce),
        ],
    );
    let [both, new] = policies(&plan)[..] else { panic!("two policies") };
    for line in
        ["mx1.mail-host.net", "mx2.mail-host.net", "smtp.google.com", "aspmx.l.google.com", "*.aspmx.l.google.com"]
    {
        assert!(both.contains(&format!("mx: {line}\n")), "{both}");
    }
    assert!(
        both.contains("mode: enforce\n") && new.contains("mode: enforce\n") && !new.contains("mail-host.net"),
        "{new}"
    );
    assert_eq!(plan.tasks[2].sentences, [Sentence::WaitForCopies { forgotten: date("2026-12-26") }]);
    let patterns = ["smtp.google.com", "aspmx.l.google.com", "*.aspmx.l.google.com"].map(str::to_owned).into();
    assert_eq!(plan.tasks[3].sentences, [Sentence::SetAllowedMxRecords { patterns }]);
    assert_eq!(plan.summary, Summary::Move { allowed: Allowed::BothProviders, change: date("2026-11-26") });
}

#[test]
fn a_move_to_microsoft_asks_for_the_server_that_its_console_shows() {
    let asked = Summary::NoPolicy(NoPolicy::NotKnown(NotKnown::NewServers));
    for world in [World::protected(DOMAIN), with_mx(&["mx.zoho.eu"]), testing("20261101T0800")] {
        let plan = move_to(&world, "Microsoft").plan;
        assert_eq!((plan.tasks.as_slice(), plan.summary), ([].as_slice(), asked));
    }
    // With the server, wherever it is, the policy has it.
    for (host, line) in [
        ("shop-example.j-v1.mx.microsoft", "mx: shop-example.j-v1.mx.microsoft\n"),
        ("shop-example.mail.protection.outlook.com", "mx: *.mail.protection.outlook.com\n"),
        ("microsoft, shop-example.j-v1.mx.microsoft", "mx: shop-example.j-v1.mx.microsoft\n"),
    ] {
        let plan = move_to(&World::protected(DOMAIN), host).plan;
        assert!(policies(&plan).iter().all(|text| text.contains(line)), "{plan:?}");
    }
}

#[test]
fn servers_beside_those_of_a_provider_are_in_every_policy_of_a_move() {
    let plan = move_to(&World::protected(DOMAIN), "google,mx.gateway.net").plan;
    let policies = policies(&plan);
    assert!(policies.len() > 1 && policies.iter().all(|text| text.contains("mx: mx.gateway.net\n")), "{policies:?}");
    assert!(policies.iter().all(|text| text.contains("mx: smtp.google.com\n")), "{policies:?}");
}

#[test]
fn a_move_waits_for_long_ttls() {
    let world = World::protected(DOMAIN).ttl("_mta-sts.shop.example", 7 * 86_400).ttl(DOMAIN, 14 * 86_400);
    let plan = move_to(&world, "google").plan;
    assert_eq!(day_of(&plan, TaskKind::ChangeMxRecords), "2026-12-02");
    assert_eq!(day_of(&plan, TaskKind::TakeOldProviderOut), "2026-12-17");
}

#[test]
fn a_move_to_servers_that_nobody_documents_is_tested() {
    let plan = move_to(&World::protected(DOMAIN), "mx1.new-host.net,mx2.new-host.net").plan;
    let modes: Vec<Option<Mode>> = policies(&plan).iter().map(|text| mode(text)).collect();
    assert_eq!(modes, [Some(Mode::Testing), Some(Mode::Testing), Some(Mode::Enforce)]);
    assert!(says(&plan.tasks[0], &Sentence::TestDuringMove), "{plan:?}");
    assert_eq!(day_of(&plan, TaskKind::EnforceAgain), "2026-12-17");
    assert_eq!(plan.tasks.last().expect("tasks").date, date("2026-12-17"));
}

#[test]
fn a_move_without_a_policy_says_what_cannot_be_seen() {
    let off = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    // A year of max_age, and what it takes to be sure.
    let (until, max_age) = (date("2027-11-26"), LONGEST);
    for (world, wait, summary) in [
        (with_mx(&["mx.zoho.eu"]), Sentence::WaitIfServedBefore { until, max_age }, Summary::MoveWithoutPolicy),
        (off, Sentence::WaitIfServedBeforeOff { until, max_age }, Summary::MoveWithPolicyOff),
    ] {
        let plan = move_to(&world, "google").plan;
        expect(&plan, &[("2026-11-24", TaskKind::ChangeMxRecords)]);
        assert_eq!(plan.tasks[0].sentences, [wait, Sentence::SetMxRecords]);
        assert_eq!(plan.summary, summary);
    }
}

#[test]
fn a_move_with_a_broken_policy_repairs_it_first_or_waits_until_it_is_forgotten() {
    // The file is there, and no record that leads to it; then a record, and no file.
    let unannounced = World::protected(DOMAIN).without_announce();
    let without_file = World::protected(DOMAIN).status(404, "not here");
    for (world, max_age, forgotten) in
        [(unannounced, 2_592_000, date("2026-12-25")), (without_file, LONGEST, date("2027-11-26"))]
    {
        let Decision { plan, live, .. } = move_to(&world, "google");
        assert_eq!(live.state, LiveState::Broken);
        expect(
            &plan,
            &[
                ("2026-11-24", TaskKind::RepairAndAllow(Allowed::BothProviders)),
                ("2026-11-24", TaskKind::Announce),
                ("2026-11-26", TaskKind::WaitForSenders),
                ("2026-11-26", TaskKind::ChangeMxRecords),
                ("2026-12-03", TaskKind::TakeOldProviderOut),
                ("2026-12-03", TaskKind::Announce),
            ],
        );
        for host in ["mx1.mail-host.net", "mx2.mail-host.net", "smtp.google.com"] {
            assert!(policies(&plan)[0].contains(&format!("mx: {host}\n")), "{}", policies(&plan)[0]);
        }
        assert!(says(&plan.tasks[0], &Sentence::MendTheRest), "{plan:?}");
        assert_eq!(plan.tasks[2].sentences, [Sentence::OnlyIfPolicyWorks { forgotten, max_age }]);
        let (allowed, change) = (Allowed::BothProviders, date("2026-11-26"));
        assert_eq!(plan.summary, Summary::MoveAndRepair { allowed, change, forgotten });
    }
}

#[test]
fn a_move_asks_for_reports_before_it_depends_on_them() {
    let plan = move_to(&World::protected(DOMAIN).without_tls_rpt(), "mx1.new-host.net").plan;
    assert_eq!(outline(&plan)[0], ("2026-11-24".to_owned(), TaskKind::AskForReports));
}

#[test]
fn a_move_to_hosts_that_the_policy_allows_already_stays_enforced() {
    let one = World::protected(DOMAIN).without_mx().mx(10, "mx1.mail-host.net");
    let plan = move_to(&one, "mx2.mail-host.net").plan;
    let modes: Vec<Option<Mode>> = policies(&plan).iter().map(|text| mode(text)).collect();
    assert_eq!(modes, [Some(Mode::Enforce), Some(Mode::Enforce)]);
    let plan = move_to(&World::protected(DOMAIN), "mx2.mail-host.net,mx3.mail-host.net").plan;
    assert_eq!(mode(policies(&plan)[0]), Some(Mode::Testing));
}

#[test]
fn nothing_moves_to_where_the_mail_goes_already() {
    let hosts = "mx2.mail-host.net,MX1.mail-host.net";
    for (world, to, summary) in [
        (World::protected(DOMAIN), hosts, Summary::Moved),
        (with_mx(&["mx1.mail-host.net", "mx2.mail-host.net"]), hosts, Summary::MovedWithoutPolicy),
        (with_mx(&["aspmx.l.google.com", "alt1.aspmx.l.google.com"]), "google", Summary::MovedWithoutPolicy),
    ] {
        let plan = move_to(&world, to).plan;
        assert_eq!((plan.tasks.as_slice(), plan.summary), ([].as_slice(), summary));
    }
    // The move is over, and the policy still names the old provider.
    let both = "version: STSv1\nmode: enforce\nmx: mx1.mail-host.net\nmx: smtp.google.com\nmax_age: 604800\n";
    let moved = World::protected(DOMAIN).policy(both).without_mx().mx(10, "smtp.google.com");
    let plan = move_to(&moved, "google").plan;
    expect(&plan, &[("2026-12-01", TaskKind::TakeOldProviderOut), ("2026-12-01", TaskKind::Announce)]);
    assert!(!policies(&plan)[0].contains("mail-host.net"), "{plan:?}");
    assert_eq!(plan.summary, Summary::MovedButOldAllowed { take_out: date("2026-12-01") });
    // One that goes to other servers besides is not over.
    let plan = move_to(&moved.mx(20, "mx1.mail-host.net"), "google").plan;
    assert!(outline(&plan).iter().any(|(_, kind)| *kind == TaskKind::ChangeMxRecords), "{plan:?}");
}

#[test]
fn a_move_without_a_policy_asks_for_nothing_to_be_put_into_one() {
    let plan = move_to(&with_mx(&["mx.zoho.eu"]), "google").plan;
    let is_about_one = |sentence: &Sentence| matches!(sentence, Sentence::SetAllowedMxRecords { .. });
    assert!(!plan.tasks.iter().flat_map(|task| &task.sentences).any(is_about_one), "{plan:?}");
    assert!(plan.tasks.iter().all(|task| task.paste.is_empty()), "{plan:?}");
}

#[test]
fn a_move_names_no_old_provider_where_no_mail_server_is_known() {
    // Mail was switched off, and the policy was left.
    let Decision { plan, live, .. } = move_to(&World::protected(DOMAIN).without_mx().mx(0, ""), "google");
    assert_eq!(live.state, LiveState::Enforce);
    let (allowed, change) = (Allowed::NewServers, date("2026-11-26"));
    assert_eq!(plan.summary, Summary::Move { allowed, change });
    assert_eq!(plan.tasks[0].kind, TaskKind::LetPolicyAllow(allowed));
    let is_of_old = |kind| {
        use TaskKind::{LetPolicyAllow, RepairAndAllow, TakeOldProviderOut};
        let both = Allowed::BothProviders;
        [LetPolicyAllow(both), RepairAndAllow(both), TakeOldProviderOut].contains(&kind)
    };
    assert!(!outline(&plan).iter().any(|(_, kind)| is_of_old(*kind)), "{plan:?}");
    // They could not be looked up: no policy can be written for them.
    let testing = testing("20261101T0800").no_answer(DOMAIN, RecordType::Mx);
    let plan = move_to(&testing, "google").plan;
    let not_known = Summary::NoPolicy(NoPolicy::NotKnown(NotKnown::MailServers));
    assert_eq!((plan.tasks.as_slice(), plan.summary), ([].as_slice(), not_known));
}

#[test]
fn what_a_policy_in_mode_none_says_is_not_how_long_an_earlier_one_is_remembered() {
    let off = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    let unannounced = off.clone().without_announce();
    let without_mail = off.without_mx().mx(0, "");
    for world in [unannounced.clone(), without_mail] {
        let plan = remove(&world, None);
        let last = plan.tasks.last().expect("a last task");
        assert_eq!((last.date.to_string().get(..7), last.kind), (Some("2027-11"), TaskKind::Delete), "{plan:?}");
    }
    let plan = move_to(&unannounced, "google").plan;
    let Summary::MoveAndRepair { forgotten, .. } = plan.summary else { panic!("{plan:?}") };
    assert_eq!(forgotten.to_string().get(..7), Some("2027-11"));
}

#[test]
fn broken_signatures_are_mended_before_anything_is_planned() {
    let worlds = [
        World::protected(DOMAIN).bogus(DOMAIN, RecordType::Mx),
        World::protected(DOMAIN).bogus("_mta-sts.shop.example", RecordType::Txt),
    ];
    let broken = Summary::NoPolicy(NoPolicy::NotKnown(NotKnown::BrokenSignatures));
    for world in worlds {
        for plan in [roll_out(&world).plan, move_to(&world, "google").plan] {
            assert_eq!((plan.tasks.as_slice(), plan.summary), ([].as_slice(), broken));
        }
    }
}

#[test]
fn every_policy_says_where_it_goes() {
    let url = "https://mta-sts.shop.example/.well-known/mta-sts.txt".to_owned();
    let (serve, replace) = (Sentence::ServeFile { url: url.clone() }, Sentence::ReplaceFile { url: url.clone() });
    let open = Sentence::CheckFile;
    // The first file is served, and those after it take its place.
    let from_nothing = roll_out(&with_mx(&["smtp.google.com"])).plan;
    let of_testing = roll_out(&testing("20261101T0800")).plan;
    for (plan, expected) in [
        (&from_nothing, [(2, &serve), (5, &replace), (7, &replace)].as_slice()),
        (&of_testing, [(1, &replace), (3, &replace)].as_slice()),
    ] {
        for (index, task) in plan.tasks.iter().enumerate() {
            let put = expected.iter().find(|(at, _)| *at == index).map(|(_, put)| *put);
            let has_policy = task.paste.iter().any(|paste| paste.place == PastePlace::PolicyFile);
            assert_eq!((has_policy, says(task, &open)), (put.is_some(), put.is_some()), "{task:?}");
            assert_eq!((says(task, &serve), says(task, &replace)), (put == Some(&serve), put == Some(&replace)));
        }
    }
}

fn mode(text: &str) -> Option<Mode> {
    policy::parse(text.as_bytes()).mode.map(|mode| mode.value)
}

/// Domains in every state, by number.
fn world(number: usize, ttl: u32) -> World {
    let protected = || World::protected(DOMAIN).ttl("_mta-sts.shop.example", ttl).ttl(DOMAIN, ttl);
    match number {
        0 => with_mx(&["smtp.google.com", "mail.shop.example"]),
        1 => protected(),
        2 => protected().without_tls_rpt().mx(30, "backup.other-host.net"),
        3 => testing("20261124T0930"),
        4 => testing("20261101").mx(5, "mail_1.shop.example"),
        5 => protected().policy("version: STSv1\nmode: none\nmax_age: 604800\n"),
        6 => protected().without_announce(),
        7 => protected().status(404, "not here"),
        8 => protected().policy("version: STSv1\nmode: enforce\nmx: gone.mail-host.net\nmax_age: 31557600\n"),
        9 => protected()
            .alias("_mta-sts.shop.example", "_mta-sts.mail-host.net")
            .txt("_mta-sts.mail-host.net", "v=STSv1; id=1;"),
        10 => World::new(DOMAIN).address(DOMAIN, "203.0.113.25"),
        _ => protected().no_answer("_mta-sts.shop.example", RecordType::Txt),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_days_of_a_plan_are_in_order_and_its_texts_are_sound(
        number in 0..12_usize,
        ttl in 0..2_000_000_u32,
        // 2020 to 9999.
        at in 1_577_836_800_000..253_402_300_799_999_i64,
        goals in 0..4_usize,
    ) {
        let now = Timestamp::from_millisecond(at).expect("a time");
        let goal = match goals {
            0 => Goal::RollOut,
            1 => goal("removal", ""),
            2 => goal("move", "google"),
            _ => goal("move", "mx1.new-host.net"),
        };
        let evidence = world(number, ttl).check();
        let Decision { plan, live, .. } = decide(&evidence, now, &goal);
        let in_words = advise(&evidence, now, &goal).plan;
        prop_assert!(in_words.summary.ends_with('.') && in_words.summary.len() < 400, "{}", in_words.summary);
        prop_assert_eq!(plan.tasks.is_empty(), in_words.calendar.is_empty());
        prop_assert_eq!(in_words.calendar.matches("BEGIN:VEVENT\r\n").count(), plan.tasks.len());
        prop_assert_eq!(in_words.steps.len(), plan.tasks.len());
        prop_assert!(live.state != LiveState::Unknown || plan.tasks.is_empty());
        for (task, step) in plan.tasks.iter().zip(&in_words.steps) {
            prop_assert_eq!((step.date, step.text.len(), step.copy.len()), (task.date, task.sentences.len(), task.paste.len()));
            prop_assert!(!step.text.is_empty() && step.text.iter().all(|text| text.ends_with(['.', '?'])), "{:?}", step.text);
            let is_filled = |text: &String| !text.is_empty() && !text.contains(['{', '}']);
            prop_assert!(is_filled(&step.title) && step.text.iter().all(is_filled), "{step:?}");
        }
        let mut before = now.date();
        let mut ids = vec![live.id.clone().unwrap_or_default()];
        let mut changed = false;
        for Task { date, kind, paste, .. } in &plan.tasks {
            prop_assert!(*date >= before, "{kind:?} on {date}, after {before}");
            before = *date;
            for Paste { place, text } in paste {
                match place {
                    PastePlace::PolicyFile => {
                        assert_sound_policy(text);
                        changed = true;
                    }
                    PastePlace::TxtValue(Txt::Announce) => {
                        prop_assert!(changed, "an id before its file");
                        changed = false;
                        let parsed = announce::parse(text.clone());
                        let id = parsed.id.clone().map(|id| id.value).unwrap_or_default();
                        prop_assert!(parsed.is_valid() && parsed.issues.is_empty() && !ids.contains(&id), "{id} again in {ids:?}");
                        ids.push(id);
                    }
                    PastePlace::TxtValue(Txt::TlsRpt) => prop_assert!(lint::tls_rpt(text).valid, "{text}"),
                    _ => prop_assert!(false, "nothing else is pasted: {place:?}"),
                }
            }
        }
        prop_assert!(!changed, "a file without an id");
    }
}
