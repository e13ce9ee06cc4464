//! Plans: what is done on which day, and in what order.

use mta_sts_core::Timestamp;
use mta_sts_core::advice::{Advice, Goal, LiveState, Schedule, Step, advise};
use mta_sts_core::lookup::RecordType;
use mta_sts_core::published::announce;
use mta_sts_core::published::policy::{self, Mode};
use mta_sts_core::scenario::World;
use proptest::prelude::*;

use super::{DOMAIN, assert_sound_policy, goal, now, roll_out, with_mx};

/// Days and titles.
fn outline(plan: &Schedule) -> Vec<(String, &str)> {
    plan.steps.iter().map(|step| (step.date.to_string(), step.title.as_str())).collect()
}

fn expect(plan: &Schedule, steps: &[(&str, &str)]) {
    let steps: Vec<(String, &str)> = steps.iter().map(|&(date, title)| (date.to_owned(), title)).collect();
    assert_eq!(outline(plan), steps, "{}", plan.summary);
}

fn policies(plan: &Schedule) -> Vec<&str> {
    let texts = plan.steps.iter().flat_map(|step| &step.copy).map(|copy| copy.text.as_str());
    texts.filter(|text| text.starts_with("version:")).collect()
}

const ANNOUNCE: &str = "Then announce it with a new id";
const LONGER: &str = "Let senders remember the policy for longer";

#[test]
fn roll_out_from_nothing_tests_for_two_weeks() {
    let plan = roll_out(&with_mx(&["smtp.google.com"])).plan;
    expect(
        &plan,
        &[
            ("2026-11-24", "Ask for reports"),
            ("2026-11-24", "Publish the policy in testing mode"),
            ("2026-11-24", ANNOUNCE),
            ("2026-12-01", "Look at the reports"),
            ("2026-12-08", "Enforce the policy"),
            ("2026-12-08", ANNOUNCE),
            ("2026-12-22", LONGER),
            ("2026-12-22", ANNOUNCE),
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
    assert_eq!(plan.steps[2].copy[0].text, "v=STSv1; id=20261124T0930;");
    assert_eq!(plan.steps[5].copy[0].text, "v=STSv1; id=20261208T0000;");
    assert!(plan.summary.contains("2026-12-08"), "{}", plan.summary);
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
    let today = ("2026-11-24", "Look at the reports");
    expect(
        &plan,
        &[
            today,
            ("2026-11-24", "Enforce the policy"),
            ("2026-11-24", ANNOUNCE),
            ("2026-12-08", LONGER),
            ("2026-12-08", ANNOUNCE),
        ],
    );
    // Since four days: in ten.
    let plan = roll_out(&testing("20261120")).plan;
    assert_eq!(
        outline(&plan)[..2],
        [("2026-12-01".into(), "Look at the reports"), ("2026-12-04".into(), "Enforce the policy")]
    );
    // An id that is no day, or one to come, and a test without reports, say nothing: two weeks from today.
    for world in [testing("a1"), testing("20270101"), testing("20261101T0800").without_tls_rpt()] {
        let plan = roll_out(&world).plan;
        let enforce = plan.steps.iter().find(|step| step.title == "Enforce the policy").expect("a day to enforce");
        assert_eq!(enforce.date.to_string(), "2026-12-08", "{}", plan.summary);
    }
}

#[test]
fn roll_out_from_testing_first_allows_every_mail_server() {
    let plan = roll_out(&testing("20261101T0800").mx(30, "backup.other-host.net")).plan;
    assert_eq!(plan.steps[0].title, "Let the policy allow all of your mail servers");
    assert!(policies(&plan).iter().all(|text| text.contains("mx: backup.other-host.net\n")));
    assert!(policies(&plan)[0].contains("max_age: 604800\n"), "as long as before: {}", policies(&plan)[0]);
    assert_eq!(outline(&plan)[3], ("2026-12-08".to_owned(), "Enforce the policy"));
}

#[test]
fn an_enforced_policy_is_kept_mended_or_remembered_for_longer() {
    let plan = roll_out(&World::protected(DOMAIN)).plan;
    assert!(
        plan.steps.is_empty() && plan.calendar.is_empty() && plan.summary.contains("nothing to do"),
        "{}",
        plan.summary
    );

    let week = "version: STSv1\nmode: enforce\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 604800\n";
    let plan = roll_out(&World::protected(DOMAIN).policy(week)).plan;
    expect(&plan, &[("2026-11-24", LONGER), ("2026-11-24", ANNOUNCE)]);

    let plan = roll_out(&World::protected(DOMAIN).mx(30, "backup.other-host.net")).plan;
    expect(&plan, &[("2026-11-24", "Let the policy allow all of your mail servers"), ("2026-11-24", ANNOUNCE)]);
    assert!(policies(&plan)[0].contains("mode: enforce\n") && policies(&plan)[0].contains("max_age: 2592000\n"));

    let plan = roll_out(&World::protected(DOMAIN).without_tls_rpt()).plan;
    expect(&plan, &[("2026-11-24", "Ask for reports")]);

    let plan = roll_out(&World::protected(DOMAIN).mx(30, "192.0.2.9")).plan;
    assert_eq!(plan.steps[0].title, "Go back to testing mode");
}

#[test]
fn mx_records_that_are_missing_are_put_back_before_the_policy_allows_the_domain_itself() {
    let lost = World::protected(DOMAIN).without_mx().address(DOMAIN, "203.0.113.25");
    let plan = roll_out(&lost).plan;
    expect(
        &plan,
        &[
            ("2026-11-24", "Put the MX records back, if they are missing"),
            ("2026-11-24", "Otherwise let the policy allow the domain itself"),
            ("2026-11-24", ANNOUNCE),
        ],
    );
    assert!(told(&plan)[1].contains("Only if the domain's own server takes your mail"), "{plan:?}");
    assert!(plan.summary.contains("no MX records"), "{}", plan.summary);
    // An MX record that names the domain is none that is missing.
    let named = World::protected(DOMAIN).without_mx().mx(10, DOMAIN).address(DOMAIN, "203.0.113.25");
    assert_eq!(roll_out(&named).plan.steps[0].title, "Let the policy allow all of your mail servers");
}

fn remove(world: &World, max_age: Option<&str>) -> Schedule {
    let goal = Goal::parse(Some("removal"), None, max_age).expect("a goal");
    advise(&world.check(), now(), &goal).plan
}

const DELETE: &str = "Delete the record, then the file";

#[test]
fn removal_waits_out_the_longest_max_age() {
    // Thirty days, an hour of TTL, and the rest of the day.
    let plan = remove(&World::protected(DOMAIN), None);
    expect(&plan, &[("2026-11-24", "Switch the policy off"), ("2026-11-24", ANNOUNCE), ("2026-12-26", DELETE)]);
    assert_eq!(policies(&plan), ["version: STSv1\nmode: none\nmax_age: 86400\n"]);
    let text = plan.steps[2].text.join(" ");
    assert!(text.find("TXT record").expect("the record") < text.find("policy file").expect("the file"), "{text}");

    let plan = remove(&World::protected(DOMAIN), Some("31557600"));
    assert_eq!(plan.steps[2].date.to_string(), "2027-11-26");
    // A shorter one than is served does not shorten the wait.
    let plan = remove(&World::protected(DOMAIN), Some("60"));
    assert_eq!(plan.steps[2].date.to_string(), "2026-12-26");
}

#[test]
fn removal_of_what_is_switched_off_waits_for_what_cannot_be_seen() {
    let off = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    expect(&remove(&off, None), &[("2027-11-26", DELETE)]);
    expect(&remove(&off, Some("604800")), &[("2026-12-03", DELETE)]);
    let long = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 604800\n");
    assert_eq!(remove(&long, None).steps[0].title, "Switch the policy off");
}

#[test]
fn there_is_nothing_to_remove_where_nothing_is() {
    let plan = remove(&with_mx(&["smtp.google.com"]), None);
    assert!(plan.steps.is_empty() && plan.summary.contains("nothing to remove"), "{}", plan.summary);
    // A policy that was left behind by mail that is gone can be removed.
    let left = World::protected(DOMAIN).without_mx().mx(0, "");
    assert_eq!(remove(&left, None).steps.len(), 3);
}

#[test]
fn what_earlier_checks_saw_is_waited_for() {
    // Thirty days from now at the latest: it may have been served until just before this check.
    let removed = with_mx(&["smtp.google.com"]).seen(3, &World::protected(DOMAIN));
    let plan = remove(&removed, None);
    expect(&plan, &[("2026-11-24", "Switch the policy off"), ("2026-11-24", ANNOUNCE), ("2026-12-25", DELETE)]);
    assert!(plan.summary.contains("may still remember") && plan.summary.contains("2026-12-25"), "{}", plan.summary);
    let off = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    let off = off.clone().seen(5, &World::protected(DOMAIN)).seen(3, &off);
    expect(&remove(&off, None), &[("2026-12-22", DELETE)]);
    for (world, day) in [(&removed, "2026-12-25"), (&off, "2026-12-22")] {
        let plan = move_to(world, "fastmail").plan;
        expect(&plan, &[(day, "Change the MX records")]);
        assert!(plan.summary.contains(day), "{}", plan.summary);
    }
    // What has run out is nobody's to remember.
    let long_ago = with_mx(&["smtp.google.com"]).seen(40, &World::protected(DOMAIN));
    assert!(remove(&long_ago, None).steps.is_empty());
}

fn move_to(world: &World, to: &str) -> Advice {
    advise(&world.check(), now(), &goal("move", to))
}

#[test]
fn a_move_has_both_providers_in_the_policy_before_the_mx_records_change() {
    let plan = move_to(&World::protected(DOMAIN), "google").plan;
    expect(
        &plan,
        &[
            ("2026-11-24", "Let the policy allow both providers"),
            ("2026-11-24", ANNOUNCE),
            ("2026-11-26", "Make sure that senders know the new policy"),
            ("2026-11-26", "Change the MX records"),
            ("2026-12-03", "Take the old provider out of the policy"),
            ("2026-12-03", ANNOUNCE),
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
    assert!(plan.steps[2].text[0].contains("2026-12-26"), "{:?}", plan.steps[2]);
}

#[test]
fn a_move_waits_for_long_ttls() {
    let world = World::protected(DOMAIN).ttl("_mta-sts.shop.example", 7 * 86_400).ttl(DOMAIN, 14 * 86_400);
    let plan = move_to(&world, "google").plan;
    let day = |title: &str| plan.steps.iter().find(|step| step.title == title).expect(title).date.to_string();
    assert_eq!(day("Change the MX records"), "2026-12-02");
    assert_eq!(day("Take the old provider out of the policy"), "2026-12-17");
}

#[test]
fn a_move_to_servers_that_nobody_documents_is_tested() {
    let plan = move_to(&World::protected(DOMAIN), "mx1.new-host.net,mx2.new-host.net").plan;
    let modes: Vec<Option<Mode>> = policies(&plan).iter().map(|text| mode(text)).collect();
    assert_eq!(modes, [Some(Mode::Testing), Some(Mode::Testing), Some(Mode::Enforce)]);
    assert_eq!(plan.steps.last().expect("steps").date.to_string(), "2026-12-17");
}

#[test]
fn a_move_without_a_policy_says_what_cannot_be_seen() {
    let off = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    for world in [with_mx(&["mx.zoho.eu"]), off] {
        let plan = move_to(&world, "google").plan;
        expect(&plan, &[("2026-11-24", "Change the MX records")]);
        // A year of max_age, and what it takes to be sure.
        let text = plan.steps[0].text.join(" ");
        assert!(text.contains("until 2027-11-2") && text.contains("31557600 seconds"), "{text}");
        assert!(plan.summary.contains("cannot be seen") && !plan.summary.contains("in force"), "{}", plan.summary);
    }
}

#[test]
fn a_move_with_a_broken_policy_repairs_it_first_or_waits_until_it_is_forgotten() {
    // The file is there, and no record that leads to it; then a record, and no file.
    let unannounced = World::protected(DOMAIN).without_announce();
    let without_file = World::protected(DOMAIN).status(404, "not here");
    for (world, max_age, forgotten) in
        [(unannounced, "2592000 seconds", "2026-12-25"), (without_file, "31557600 seconds", "2027-11-26")]
    {
        let Advice { plan, live, .. } = move_to(&world, "google");
        assert_eq!(live.state, LiveState::Broken);
        expect(
            &plan,
            &[
                ("2026-11-24", "Repair the policy, and let it allow both providers"),
                ("2026-11-24", ANNOUNCE),
                ("2026-11-26", "Make sure that senders know the new policy"),
                ("2026-11-26", "Change the MX records"),
                ("2026-12-03", "Take the old provider out of the policy"),
                ("2026-12-03", ANNOUNCE),
            ],
        );
        for host in ["mx1.mail-host.net", "mx2.mail-host.net", "smtp.google.com"] {
            assert!(policies(&plan)[0].contains(&format!("mx: {host}\n")), "{}", policies(&plan)[0]);
        }
        let wait = plan.steps[2].text.join(" ");
        assert!(wait.contains(forgotten) && wait.contains(max_age), "{wait}");
        assert!(
            plan.summary.contains(forgotten) && !plan.summary.contains("No policy is in force"),
            "{}",
            plan.summary
        );
    }
}

#[test]
fn a_move_asks_for_reports_before_it_depends_on_them() {
    let plan = move_to(&World::protected(DOMAIN).without_tls_rpt(), "mx1.new-host.net").plan;
    assert_eq!(outline(&plan)[0], ("2026-11-24".to_owned(), "Ask for reports"));
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
    for world in [World::protected(DOMAIN), with_mx(&["mx1.mail-host.net", "mx2.mail-host.net"])] {
        let plan = move_to(&world, hosts).plan;
        assert!(plan.steps.is_empty() && plan.summary.contains("nothing to move"), "{plan:?}");
    }
    let plan = move_to(&with_mx(&["aspmx.l.google.com", "alt1.aspmx.l.google.com"]), "google").plan;
    assert!(plan.steps.is_empty() && plan.summary.contains("nothing to move"), "{plan:?}");
    // The move is over, and the policy still names the old provider.
    let both = "version: STSv1\nmode: enforce\nmx: mx1.mail-host.net\nmx: smtp.google.com\nmax_age: 604800\n";
    let moved = World::protected(DOMAIN).policy(both).without_mx().mx(10, "smtp.google.com");
    let plan = move_to(&moved, "google").plan;
    expect(&plan, &[("2026-12-01", "Take the old provider out of the policy"), ("2026-12-01", ANNOUNCE)]);
    assert!(!policies(&plan)[0].contains("mail-host.net"), "{plan:?}");
    // One that goes to other servers besides is not over.
    let plan = move_to(&moved.mx(20, "mx1.mail-host.net"), "google").plan;
    assert!(outline(&plan).iter().any(|(_, title)| *title == "Change the MX records"), "{plan:?}");
}

#[test]
fn a_move_without_a_policy_asks_for_nothing_to_be_put_into_one() {
    let plan = move_to(&with_mx(&["mx.zoho.eu"]), "google").plan;
    assert!(!told(&plan).concat().contains("into the policy"), "{plan:?}");
}

#[test]
fn a_move_names_no_old_provider_where_no_mail_server_is_known() {
    // Mail was switched off, and the policy was left.
    let Advice { plan, live, .. } = move_to(&World::protected(DOMAIN).without_mx().mx(0, ""), "google");
    assert_eq!(live.state, LiveState::Enforce);
    assert!(!plan.summary.contains("both providers"), "{}", plan.summary);
    assert!(
        !outline(&plan).iter().any(|(_, title)| title.contains("both") || title.contains("old provider")),
        "{plan:?}"
    );
    // They could not be looked up: no policy can be written for them.
    let testing = testing("20261101T0800").no_answer(DOMAIN, RecordType::Mx);
    let plan = move_to(&testing, "google").plan;
    assert!(plan.steps.is_empty() && plan.summary.contains("could not be looked up"), "{plan:?}");
}

#[test]
fn what_a_policy_in_mode_none_says_is_not_how_long_an_earlier_one_is_remembered() {
    let off = World::protected(DOMAIN).policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    let unannounced = off.clone().without_announce();
    let without_mail = off.without_mx().mx(0, "");
    for world in [unannounced.clone(), without_mail] {
        let plan = remove(&world, None);
        let last = plan.steps.last().expect("a last step");
        assert_eq!((last.date.to_string().get(..7), last.title.as_str()), (Some("2027-11"), DELETE), "{plan:?}");
    }
    let plan = move_to(&unannounced, "google").plan;
    assert!(plan.summary.contains("2027-11-"), "{}", plan.summary);
}

#[test]
fn broken_signatures_are_mended_before_anything_is_planned() {
    let worlds = [
        World::protected(DOMAIN).bogus(DOMAIN, RecordType::Mx),
        World::protected(DOMAIN).bogus("_mta-sts.shop.example", RecordType::Txt),
    ];
    for world in worlds {
        for plan in [roll_out(&world).plan, move_to(&world, "google").plan] {
            assert!(plan.steps.is_empty() && plan.summary.contains("DNSSEC"), "{plan:?}");
        }
    }
}

/// A step's text, with its title in front.
fn told(plan: &Schedule) -> Vec<String> {
    plan.steps.iter().map(|step| format!("{}: {}", step.title, step.text.join(" "))).collect()
}

#[test]
fn every_policy_says_where_it_goes() {
    let url = "https://mta-sts.shop.example/.well-known/mta-sts.txt";
    let from_nothing = told(&roll_out(&with_mx(&["smtp.google.com"])).plan);
    assert!(
        from_nothing[1].contains(&format!("Serve the text below as the policy file, at {url}.")),
        "{from_nothing:?}"
    );
    let replace = format!("Replace the policy file at {url} with the text below.");
    assert!(from_nothing[4].contains(&replace), "{from_nothing:?}");
    let of_testing = told(&roll_out(&testing("20261101T0800")).plan);
    assert!(of_testing[1].contains(&replace), "{of_testing:?}");
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
    for (world, keeper, file) in [(tuta, "Tuta", true), (record_only, "whoever runs that name", false)] {
        for goal in [Goal::RollOut, goal("removal", ""), goal("move", "google")] {
            let plan = advise(&world.check(), now(), &goal).plan;
            for step in told(&plan) {
                let sets_id = step.starts_with(ANNOUNCE);
                assert!(!step.contains("set the TXT record with the host _mta-sts"), "{step}");
                assert!(!sets_id || step.contains(&format!("only {keeper} can change the record: ask them")), "{step}");
                assert!(!sets_id || step.contains("delete the CNAME record with the host _mta-sts"), "{step}");
                if step.contains("open https://") {
                    assert_eq!(
                        step.contains(&format!("only {keeper} can change the policy file: ask them")),
                        file,
                        "{step}"
                    );
                    assert_eq!(step.contains("Replace the policy file"), !file, "{step}");
                    assert_eq!(step.contains("replace the CNAME record with the host mta-sts"), file, "{step}");
                }
            }
        }
    }
    // A web host that serves the domain's own file keeps nothing.
    let own = World::protected(DOMAIN).mx(30, "backup.other-host.net").without_host();
    let own = own.alias("mta-sts.shop.example", "shop.github.io").address("shop.github.io", "203.0.113.7");
    assert!(told(&roll_out(&own).plan)[0].contains("Replace the policy file"));
}

#[test]
fn a_provider_is_not_asked_to_change_the_policy_of_all_its_customers() {
    let tuta = delegated("_mta-sts.tutanota.com", Some("mta-sts.tutanota.com"))
        .without_mx()
        .mx(10, "mail.tutanota.de")
        .policy("version: STSv1\nmode: enforce\nmx: mail.tutanota.de\nmax_age: 604800\n");
    let plan = roll_out(&tuta).plan;
    assert!(plan.steps.is_empty() && plan.summary.contains("Tuta"), "{plan:?}");
    expect(&roll_out(&tuta.without_tls_rpt()).plan, &[("2026-11-24", "Ask for reports")]);
}

#[test]
fn reports_are_asked_for_where_their_record_is_kept() {
    let world = World::protected(DOMAIN).without_tls_rpt().alias("_smtp._tls.shop.example", "gone.dmarc-service.net");
    let step = told(&roll_out(&world).plan).remove(0);
    assert!(
        step.starts_with("Ask for reports") && !step.contains("add a TXT record with the host _smtp._tls and"),
        "{step}"
    );
    assert!(step.contains("only whoever runs that name can change the record: ask them"), "{step}");
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
            2 => goal("move", "microsoft"),
            _ => goal("move", "mx1.new-host.net"),
        };
        let evidence = world(number, ttl).check();
        let advice = advise(&evidence, now, &goal);
        let plan = &advice.plan;
        prop_assert!(plan.summary.ends_with('.') && plan.summary.len() < 400, "{}", plan.summary);
        prop_assert_eq!(plan.steps.is_empty(), plan.calendar.is_empty());
        prop_assert_eq!(plan.calendar.matches("BEGIN:VEVENT\r\n").count(), plan.steps.len());
        prop_assert!(advice.live.state != LiveState::Unknown || plan.steps.is_empty());
        let mut before = now.date();
        let mut ids = vec![advice.live.id.clone().unwrap_or_default()];
        let mut changed = false;
        for Step { date, text, copy, title } in &plan.steps {
            prop_assert!(*date >= before, "{title} on {date}, after {before}");
            before = *date;
            prop_assert!(!text.is_empty() && text.iter().all(|sentence| sentence.ends_with(['.', '?'])), "{:?}", text);
            for copy in copy {
                if copy.text.starts_with("version:") {
                    assert_sound_policy(&copy.text);
                    changed = true;
                } else if copy.text.starts_with("v=STSv1") {
                    prop_assert!(changed, "an id before its file");
                    changed = false;
                    let parsed = announce::parse(copy.text.clone());
                    let id = parsed.id.clone().map(|id| id.value).unwrap_or_default();
                    prop_assert!(parsed.is_valid() && parsed.issues.is_empty() && !ids.contains(&id), "{id} again in {ids:?}");
                    ids.push(id);
                } else {
                    prop_assert!(mta_sts_core::lint::tls_rpt(&copy.text).valid, "{}", copy.text);
                }
            }
        }
        prop_assert!(!changed, "a file without an id");
    }
}
