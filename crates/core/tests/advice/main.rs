//! What is advised: policies and records that the product's own parsers accept, plans whose days and order are right, and
//! configuration that is what its host reads.

mod ahead;
mod aliases;
mod hosting;
mod plans;

use mta_sts_core::Timestamp;
use mta_sts_core::advice::{
    Advice, Decision, Goal, GoalError, MoveTo, MoveToError, NoPolicy, NotKnown, NotNeeded, NotPossible, Note,
    PolicyAdvice, PolicyDecision, Proposal, RecordAction, RecordWhy, Summary, advise, decide,
};
use mta_sts_core::api::problem::Problem;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::lint;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::mend::remedy::PastePlace;
use mta_sts_core::name::DomainName;
use mta_sts_core::published::policy::mx_pattern::MxPattern;
use mta_sts_core::published::policy::{self, Mode};
use mta_sts_core::scenario::{CHECKED_AT, World};
use proptest::prelude::*;

const DOMAIN: &str = "shop.example";

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn roll_out(world: &World) -> Decision {
    decide(&world.check(), now(), &Goal::RollOut)
}

/// The same in words.
fn told(world: &World) -> Advice {
    advise(&world.check(), now(), &Goal::RollOut)
}

fn goal(goal: &str, to: &str) -> Goal {
    Goal::parse(Some(goal), Some(to), None).expect("a goal")
}

/// A domain with MX records and nothing of MTA-STS.
fn with_mx(hosts: &[&str]) -> World {
    hosts.iter().fold(World::new(DOMAIN), |world, host| world.mx(10, host))
}

fn proposal(decision: &Decision) -> &Proposal {
    match &decision.policy {
        PolicyDecision::Serve(proposal) => proposal,
        other @ PolicyDecision::ServeNone(_) => panic!("{other:?}"),
    }
}

/// Fails unless the product finds nothing wrong with a policy but that it is being tested.
fn assert_sound_policy(text: &str) {
    let found = lint::policy(text.as_bytes(), |_| None);
    assert!(found.valid && found.usable && found.corrected.is_none(), "{text}{:?}", found.findings);
}

#[test]
fn a_policy_is_what_the_provider_documents() {
    let advice = roll_out(&with_mx(&["aspmx.l.google.com", "alt1.aspmx.l.google.com", "aspmx2.googlemail.com"]));
    let proposal = proposal(&advice);
    assert_eq!(
        proposal.text,
        "version: STSv1\nmode: testing\nmx: aspmx.l.google.com\nmx: *.aspmx.l.google.com\nmx: aspmx2.googlemail.com\n\
         max_age: 86400\n"
    );
    assert_eq!(proposal.url, "https://mta-sts.shop.example/.well-known/mta-sts.txt");
    assert_eq!(proposal.notes, []);
    assert_eq!(advice.providers.mail[0].id, "google");
}

#[test]
fn hosts_that_nobody_documents_are_listed_as_they_are_and_only_tested() {
    let advice = roll_out(&with_mx(&["mx.zoho.eu", "mail.shop.example"]));
    let proposal = proposal(&advice);
    assert_eq!(proposal.mode, Mode::Testing);
    assert!(proposal.text.contains("mx: mail.shop.example\nmx: mx.zoho.eu\n"), "{}", proposal.text);
    let hosts = ["mail.shop.example", "mx.zoho.eu"].map(str::to_owned).into();
    assert_eq!(proposal.notes, [Note::OnlyNames { hosts }]);
}

#[test]
fn a_policy_in_force_stays_in_force() {
    let advice = roll_out(&World::protected(DOMAIN).mx(30, "backup.other-host.net"));
    let proposal = proposal(&advice);
    assert_eq!((proposal.mode, proposal.max_age), (Mode::Enforce, 2_592_000));
    assert!(proposal.text.contains("mx: backup.other-host.net\n"));
    assert_eq!(advice.live.not_allowed, ["backup.other-host.net"]);
}

#[test]
fn without_mail_there_is_no_policy() {
    let reason = |world: &World| {
        let decision = roll_out(world);
        assert!(decision.records.is_empty() && decision.hosting.is_empty() && decision.plan.tasks.is_empty());
        let PolicyDecision::ServeNone(why) = decision.policy else { panic!("{:?}", decision.policy) };
        assert_eq!(decision.plan.summary, Summary::NoPolicy(why));
        let NoPolicy::NotNeeded(reason) = why else { panic!("{why:?}") };
        // In words, the policy and the plan say the same of it.
        let advice = told(world);
        let said = PolicyAdvice::NotNeeded { reason, why: advice.plan.summary.clone() };
        assert_eq!(advice.policy, said);
        assert!(advice.plan.summary.starts_with(DOMAIN) && advice.plan.summary.ends_with('.'), "{said:?}");
        reason
    };
    assert_eq!(reason(&with_mx(&[""])), NotNeeded::NullMx);
    assert_eq!(reason(&World::new(DOMAIN)), NotNeeded::NoMx);
    assert_eq!(reason(&World::new(DOMAIN).nonexistent()), NotNeeded::NoSuchDomain);
}

#[test]
fn what_could_not_be_looked_up_is_not_advised_on() {
    let not_known = PolicyDecision::ServeNone(NoPolicy::NotKnown(NotKnown::MailServers));
    let unseen = roll_out(&with_mx(&["mail.shop.example"]).no_answer(DOMAIN, RecordType::Mx));
    assert_eq!(unseen.policy, not_known);
    let empty = Evidence::new(DomainName::from_ascii(DOMAIN).expect("a domain"), now());
    for goal in [Goal::RollOut, goal("removal", ""), goal("move", "google")] {
        let decision = decide(&empty, now(), &goal);
        assert!(decision.policy == not_known && decision.plan.tasks.is_empty(), "{goal:?}");
        let advice = advise(&empty, now(), &goal);
        assert!(matches!(advice.policy, PolicyAdvice::Unknown { .. }) && advice.plan.steps.is_empty(), "{goal:?}");
    }
    // The mail servers are known here, and what is published is not.
    let half = roll_out(&with_mx(&["mail.shop.example"]).no_answer("_mta-sts.shop.example", RecordType::Txt));
    assert!(matches!(half.policy, PolicyDecision::Serve(_)) && half.plan.tasks.is_empty());
    assert_eq!(half.plan.summary, Summary::NotLookedAt);
    assert_eq!(half.records[0].action, RecordAction::Check);
}

#[test]
fn mx_records_that_no_policy_can_list_are_named() {
    let none = with_mx(&["192.0.2.25", "mail_1.shop.example"]);
    let not_possible = NoPolicy::NotPossible(NotPossible::NoHostNames);
    assert_eq!(roll_out(&none).policy, PolicyDecision::ServeNone(not_possible));
    assert!(matches!(told(&none).policy, PolicyAdvice::NotPossible { .. }));
    let some = roll_out(&with_mx(&["192.0.2.25", "mail.shop.example"]));
    assert_eq!(proposal(&some).unlistable, ["192.0.2.25"]);
    assert_eq!(proposal(&some).notes.last(), Some(&Note::Unlistable { hosts: vec!["192.0.2.25".to_owned()] }));
    let pasted = || some.plan.tasks.iter().flat_map(|task| &task.paste);
    let policies = pasted().filter(|paste| paste.place == PastePlace::PolicyFile).map(|paste| paste.text.as_bytes());
    let modes: Vec<_> = policies.map(|text| policy::parse(text).mode.map(|mode| mode.value)).collect();
    assert_eq!(modes, [Some(Mode::Testing)], "none enforces it");
    assert!(pasted().all(|paste| !paste.text.contains("enforce")));
}

#[test]
fn a_domain_without_mx_lists_itself() {
    let advice = roll_out(&World::new(DOMAIN).address(DOMAIN, "203.0.113.25"));
    assert!(proposal(&advice).text.contains("\nmx: shop.example\n"));
    assert_eq!(proposal(&advice).notes[0], Note::ListsDomainItself);
}

#[test]
fn a_provider_that_serves_the_policy_is_named_with_its_aliases() {
    let advice = roll_out(&with_mx(&["mail.tutanota.de"]));
    let delegation = proposal(&advice).delegation.as_ref().expect("Tuta serves policies");
    let records: Vec<(&str, &str, &str, &[RecordWhy])> =
        delegation.iter().map(|r| (r.name.as_str(), r.kind, r.value.as_str(), r.why.as_slice())).collect();
    assert_eq!(
        records,
        [
            ("mta-sts.shop.example", "CNAME", "mta-sts.tutanota.de", [RecordWhy::ProviderServesFile].as_slice()),
            ("_mta-sts.shop.example", "CNAME", "mta-sts.tutanota.de", [RecordWhy::ProviderSetsId].as_slice())
        ]
    );
    assert!(proposal(&roll_out(&with_mx(&["mail.tutanota.de", "mx.shop.example"]))).delegation.is_none());

    // Half of it is there.
    let half = with_mx(&["mail.tutanota.de"]).alias("mta-sts.shop.example", "mta-sts.tutanota.com");
    let advice = roll_out(&half);
    let delegation = proposal(&advice).delegation.as_ref().expect("Tuta serves policies");
    let actions: Vec<RecordAction> = delegation.iter().map(|record| record.action).collect();
    assert_eq!(actions, [RecordAction::Keep, RecordAction::Add]);
    // All of it is.
    let whole = roll_out(&half.alias("_mta-sts.shop.example", "_mta-sts.tutanota.com"));
    assert!(proposal(&whole).delegation.is_none());
}

#[test]
fn records_say_what_is_to_be_done_about_those_that_are_there() {
    let new = roll_out(&with_mx(&["smtp.google.com"])).records;
    assert_eq!((new[0].action, new[1].action), (RecordAction::Add, RecordAction::Add));
    assert_eq!((new[0].value.as_str(), new[0].host.as_str()), ("v=STSv1; id=20261124T0930;", "_mta-sts"));
    assert_eq!(new[1].value, "v=TLSRPTv1; rua=mailto:tls-reports@shop.example");
    assert_eq!((&new[0].why, &new[1].why), (&vec![RecordWhy::TellsOfPolicy], &vec![RecordWhy::ProposesMailbox]));

    let there = roll_out(&World::protected(DOMAIN).tls_rpt("v=TLSRPTv1; rua=mailto:me@shop.example")).records;
    assert_eq!((there[0].action, there[1].action), (RecordAction::Keep, RecordAction::Keep));
    assert_eq!(there[0].value, "v=STSv1; id=20261101T0800;");
    assert_eq!(there[1].value, "v=TLSRPTv1; rua=mailto:me@shop.example");
    assert_eq!((&there[0].why, &there[1].why), (&vec![RecordWhy::TellsOfSamePolicy], &vec![RecordWhy::AsksForReports]));

    let aliased = World::protected(DOMAIN).without_announce().alias("_mta-sts.shop.example", "_mta-sts.mail-host.net");
    let aliased = roll_out(&aliased.txt("_mta-sts.mail-host.net", "v=STSv1; id=1;")).records;
    assert_eq!((aliased[0].action, aliased[0].kind), (RecordAction::Keep, "CNAME"));
    assert_eq!(aliased[0].value, "_mta-sts.mail-host.net");
    assert_eq!(aliased[0].why, [RecordWhy::AliasStays]);

    let aliased = World::protected(DOMAIN).without_tls_rpt().alias("_smtp._tls.shop.example", "reports.mail-host.net");
    let aliased = roll_out(&aliased.txt("reports.mail-host.net", "v=TLSRPTv1; rua=mailto:a@mail-host.net")).records;
    assert_eq!((aliased[1].kind, aliased[1].value.as_str()), ("CNAME", "reports.mail-host.net"));

    // Where the file is to change, so is the id.
    let changing = roll_out(&World::protected(DOMAIN).mx(30, "backup.other-host.net")).records;
    assert_eq!((changing[0].action, changing[0].value.as_str()), (RecordAction::Replace, "v=STSv1; id=20261124T0930;"));

    let bad = roll_out(&World::protected(DOMAIN).tls_rpt("v=TLSRPTv1; rua=me@shop.example")).records;
    assert_eq!(
        (bad[1].action, bad[1].value.as_str()),
        (RecordAction::Replace, "v=TLSRPTv1; rua=mailto:me@shop.example")
    );

    let same_minute = World::protected(DOMAIN).announce("v=STSv1; id=20261124T0930;").mx(30, "backup.other-host.net");
    let same_minute = roll_out(&same_minute).records;
    assert_eq!(same_minute[0].value, "v=STSv1; id=20261124T0930x2;");
}

#[test]
fn parameters_are_read_or_refused_with_a_sentence() {
    let parse = |g: Option<&str>, to: Option<&str>, age: Option<&str>| Goal::parse(g, to, age);
    assert_eq!(parse(None, None, None), Ok(Goal::RollOut));
    assert_eq!(parse(Some("removal"), None, Some("604800")), Ok(Goal::Removal { longest_max_age: Some(604_800) }));
    assert!(parse(Some("move"), Some("mx1.mail-host.net, mx2.mail-host.net."), None).is_ok());
    assert!(parse(Some("move"), Some("microsoft"), None).is_ok());
    assert_eq!(parse(Some("move"), Some(" Google"), None), parse(Some("move"), Some("google"), None));
    // What a form sends of a field that was left empty.
    assert_eq!(parse(Some("removal"), None, Some(" ")), Ok(Goal::Removal { longest_max_age: None }));
    // Longer than the RFC allows, whether it fits a number or not, counts as the longest that it allows.
    let plan = |age| {
        decide(&World::protected(DOMAIN).check(), now(), &parse(Some("removal"), None, Some(age)).expect(age)).plan
    };
    assert_eq!(plan("99999999999"), plan("31557600"));
    assert_eq!(plan("31557601"), plan("31557600"));
    let long = vec!["mx.mail-host.net"; 21].join(",");
    let nowhere = GoalError::MoveTo(MoveToError::AsParameter);
    for (g, to, age, expected) in [
        ("moving", "", "", GoalError::NotAGoal),
        ("move", "", "", nowhere),
        ("move", "zoho", "", nowhere),
        ("move", "*.mail-host.net", "", nowhere),
        ("move", "192.0.2.1", "", nowhere),
        ("move", "mx.mail-host.net, <b>", "", nowhere),
        ("move", long.as_str(), "", nowhere),
        ("removal", "", "a week", GoalError::NotSeconds),
        ("removal", "", "-1", GoalError::NotSeconds),
        ("removal", "", "+604800", GoalError::NotSeconds),
        ("removal", "", "604,800", GoalError::NotSeconds),
    ] {
        let error = parse(Some(g), Some(to), Some(age)).expect_err(g);
        assert_eq!(error, expected, "{g} {to} {age}");
        let problem = Problem::from(error);
        assert_eq!((problem.status, problem.kind.as_str()), (400, "/problems/invalid-parameter"));
        assert!(problem.detail.ends_with('.') && !problem.detail.contains('<'), "{}", problem.detail);
    }
    // Whoever writes a request is told of every provider; whoever types into a form, of no parameter.
    let detail = Problem::from(nowhere).detail;
    assert!(MoveTo::providers().iter().all(|provider| detail.contains(&provider.id)), "{detail}");
    let detail = Problem::from(MoveToError::AsTyped).detail;
    assert!(detail.contains("mx1.mail-host.net") && !detail.contains('`'), "{detail}");
}

fn label() -> impl Strategy<Value = String> {
    "[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?"
}

/// Names of MX hosts: any, and those of providers.
fn host() -> impl Strategy<Value = String> {
    let of = |suffix: &'static str| label().prop_map(move |label| format!("{label}.{suffix}"));
    prop_oneof![
        (label(), label(), "[a-z]{2,6}").prop_map(|(a, b, top)| format!("{a}.{b}.{top}")),
        (label(), "[a-z]{2,6}").prop_map(|(a, top)| format!("{a}.{top}")),
        of("mail.protection.outlook.com"),
        of("b-v1.mx.microsoft"),
        of("aspmx.l.google.com"),
        of("l.google.com"),
        of("mx.cloudflare.net"),
        of("messagingengine.com"),
        of("x.in.tmes.trendmicro.com"),
        Just("aspmx.l.google.com".to_owned()),
        Just("mail.protonmail.ch".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_generated_policy_is_sound_and_allows_every_host(hosts in proptest::collection::vec(host(), 1..12)) {
        let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
        let advice = roll_out(&with_mx(&hosts));
        let proposal = proposal(&advice);
        let parsed = policy::parse(proposal.text.as_bytes());
        prop_assert!(parsed.is_valid() && parsed.is_usable() && parsed.issues.is_empty(), "{}", proposal.text);
        for host in &hosts {
            prop_assert!(parsed.mx.iter().any(|pattern| pattern.value.matches(host)), "{host} in\n{}", proposal.text);
        }
        for pattern in &parsed.mx {
            prop_assert!(!pattern.value.is_too_broad(), "{}", proposal.text);
        }
        // Each line says for which hosts it is.
        for line in &proposal.lines {
            let pattern = MxPattern::parse(&line.pattern).expect("a pattern");
            prop_assert!(line.hosts.iter().all(|host| pattern.matches(host)), "{line:?}");
        }
        prop_assert!(lint::policy(proposal.text.as_bytes(), |_| None).usable);
        let [announce, tls_rpt] = advice.records.as_slice() else { panic!("two records") };
        prop_assert!(lint::record(&announce.value).valid && lint::tls_rpt(&tls_rpt.value).valid);
    }

    #[test]
    fn no_mx_records_make_it_panic(hosts in proptest::collection::vec("\\PC{0,20}|[a-z.*_-]{0,12}", 0..6)) {
        let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
        let advice = roll_out(&with_mx(&hosts));
        if let PolicyDecision::Serve(proposal) = &advice.policy {
            prop_assert!(policy::parse(proposal.text.as_bytes()).is_valid(), "{}", proposal.text);
        }
    }

    #[test]
    fn no_parameter_makes_it_panic(goal in "move|removal|\\PC{0,8}", to in "\\PC{0,40}", age in "\\PC{0,12}|[0-9]{0,12}") {
        if let Ok(goal) = Goal::parse(Some(&goal), Some(&to), Some(&age)) {
            advise(&World::protected(DOMAIN).check(), now(), &goal);
        }
    }
}

#[test]
fn an_id_that_senders_know_another_policy_by_is_not_left_as_it_is() {
    let as_it_is = roll_out(&World::protected(DOMAIN));
    assert_eq!(as_it_is.records[0].action, RecordAction::Keep);
    assert_eq!(as_it_is.records[0].why, [RecordWhy::TellsOfSamePolicy]);
    let before =
        World::protected(DOMAIN).policy("version: STSv1\nmode: enforce\nmx: mx1.old-host.net\nmax_age: 2592000\n");
    let advice = roll_out(&World::protected(DOMAIN).seen(3, &before));
    let record = &advice.records[0];
    assert_eq!((record.action, record.value.as_str()), (RecordAction::Replace, "v=STSv1; id=20261124T0930;"));
    assert_eq!(record.why, [RecordWhy::TellsOfPolicy]);
}
