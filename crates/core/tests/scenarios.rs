//! Holds every report to its scenario, and the catalogue to being reached by one.

use std::collections::BTreeSet;
use std::fmt::Write;

use mta_sts_core::Timestamp;
use mta_sts_core::evaluate;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::facts::Facts;
use mta_sts_core::lookup::{Lookup, PolicyPath, Question, RecordType};
use mta_sts_core::mend::general_steps;
use mta_sts_core::name::DomainName;
use mta_sts_core::plan::Plan;
use mta_sts_core::report::{Outcome, Report, Verdict};
use mta_sts_core::rules;
use mta_sts_core::rules::{title_of, what, why_of};
use mta_sts_core::scenario::{CHECKED_AT, RuleExample, World, examples, rule_examples, scenarios};
use mta_sts_core::verdict::standing::Standing;

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn report(world: &World) -> Report {
    evaluate(&world.check(), now())
}

fn named(report: &Report) -> BTreeSet<&str> {
    report.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn reports_name_what_they_must_and_not_what_they_must_not() {
    let mut wrong = String::new();
    for scenario in scenarios() {
        let report = report(&scenario.world);
        let named = named(&report);
        let missing: Vec<_> = scenario.must.iter().filter(|rule| !named.contains(*rule)).collect();
        let unwanted: Vec<_> = scenario.must_not.iter().filter(|rule| named.contains(*rule)).collect();
        if report.verdict != scenario.verdict || !missing.is_empty() || !unwanted.is_empty() {
            let (name, verdict, expected) = (scenario.name, report.verdict, scenario.verdict);
            writeln!(
                wrong,
                "{name}: verdict {verdict:?}, expected {expected:?}; missing {missing:?}; unwanted {unwanted:?}; named {named:?}"
            )
            .expect("a string takes text");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_rule_is_reached_by_a_scenario_and_left_out_by_another() {
    let scenarios = scenarios();
    let must: BTreeSet<&str> = scenarios.iter().flat_map(|scenario| scenario.must).copied().collect();
    let must_not: BTreeSet<&str> = scenarios.iter().flat_map(|scenario| scenario.must_not).copied().collect();
    let catalogue: BTreeSet<&str> = rules::all().map(|rule| rule.id).collect();
    let unreached: Vec<_> = catalogue.difference(&must).collect();
    assert!(unreached.is_empty(), "no scenario must name: {unreached:?}");
    let never_left_out: Vec<_> = catalogue.difference(&must_not).collect();
    assert!(never_left_out.is_empty(), "no scenario must not name: {never_left_out:?}");
    let unknown: Vec<_> = must.union(&must_not).filter(|rule| !catalogue.contains(*rule)).collect();
    assert!(unknown.is_empty(), "not in the catalogue: {unknown:?}");
}

#[test]
fn scenarios_have_names_of_their_own() {
    let scenarios = scenarios();
    let names: BTreeSet<&str> = scenarios.iter().map(|scenario| scenario.name).collect();
    assert_eq!(names.len(), scenarios.len());
}

#[test]
fn the_catalogue_says_everything_of_every_rule() {
    let mut ids = BTreeSet::new();
    for rule in rules::all() {
        assert!(ids.insert(rule.id), "{} twice", rule.id);
        for (part, text) in [("title", title_of(rule)), ("what", what(rule)), ("why", why_of(rule))] {
            assert!(text.len() > 8 && !text.contains("  "), "{} {part}: {text:?}", rule.id);
        }
        assert!(!title_of(rule).ends_with('.'), "{}: a title is not a sentence: {}", rule.id, title_of(rule));
        for text in [what(rule), why_of(rule)].map(str::to_owned).into_iter().chain(general_steps(rule)) {
            assert!(text.ends_with(['.', '?']) && !text.contains(['{', '}']), "{}: {text:?}", rule.id);
        }
        let good_news = matches!(rule.kind, rules::rule::Kind::Pass | rules::rule::Kind::Info);
        assert!(good_news || !rule.steps.is_empty(), "{} says nothing to do", rule.id);
    }
}

#[test]
fn every_rule_has_an_example_that_shows_why_it_speaks() {
    let examples = rule_examples();
    let rules: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let shown: Vec<&str> = examples.iter().map(|example| example.rule.id).collect();
    assert_eq!(shown, rules, "no scenario must name the rules that are not shown");
    let all_is_well = report(&World::protected("shop.com.au"));
    for example in &examples {
        let RuleExample { rule, finding, .. } = example;
        assert_eq!(finding.rule, rule.id);
        assert!(example.domain.ends_with(".example"), "{}: {} is not reserved", rule.id, example.domain);
        assert!(example.lines().any(|line| !line.text.is_empty()), "{} shows nothing", rule.id);
        let always = named(&all_is_well).contains(rule.id);
        assert!(differs(example) || always, "{}: the example shows nothing that is not well", rule.id);
        let texts = [Some(&finding.title), Some(&finding.why), finding.subject.as_ref(), finding.detail.as_ref()];
        let copied = finding.fix.iter().flat_map(|fix| &fix.copy).map(|copy| &copy.text);
        let lines = example.lines().map(|line| &line.text);
        for text in texts.into_iter().flatten().chain(copied).chain(lines) {
            assert!(!text.contains("shop.com.au"), "{}: a domain that is not reserved: {text}", rule.id);
        }
    }
}

fn differs(example: &RuleExample) -> bool {
    !example.missing.is_empty() || example.lines().any(|line| line.differs)
}

#[test]
fn nothing_is_said_of_a_mode_that_no_sender_acts_on() {
    let of_modes = ["policy-mode-enforce", "policy-mode-testing", "policy-mode-none", "policy-enforce-no-tlsrpt"];
    for scenario in scenarios() {
        let report = report(&scenario.world);
        if matches!(report.verdict, Verdict::Broken | Verdict::Missing) {
            let said: Vec<_> = of_modes.into_iter().filter(|rule| named(&report).contains(rule)).collect();
            assert!(said.is_empty(), "{}: {said:?}", scenario.name);
        }
    }
}

#[test]
fn findings_come_worst_first_and_add_up() {
    for scenario in scenarios() {
        let report = report(&scenario.world);
        let rank = |finding: &mta_sts_core::report::Finding| match finding.outcome {
            Outcome::Fail => finding.severity as u8 * 2,
            Outcome::Inconclusive => 3,
            Outcome::Pass => 5,
        };
        let ranks: Vec<u8> = report.findings.iter().map(rank).collect();
        assert!(ranks.is_sorted(), "{}: {ranks:?}", scenario.name);
        let counts = report.counts;
        let sum = counts.error + counts.warning + counts.info + counts.passed + counts.inconclusive;
        assert_eq!(sum as usize, report.findings.len(), "{}", scenario.name);
    }
}

#[test]
fn spans_lie_in_the_text_that_the_report_shows() {
    for scenario in scenarios() {
        let report = report(&scenario.world);
        let texts: Vec<&str> = [
            report.record.as_ref().map(|record| record.raw.as_str()),
            report.policy.as_ref().map(|policy| policy.raw.as_str()),
            report.tlsrpt.as_ref().map(|tlsrpt| tlsrpt.raw.as_str()),
        ]
        .into_iter()
        .flatten()
        .collect();
        for finding in &report.findings {
            if let Some(span) = finding.span {
                let fits = texts.iter().any(|text| text.get(span.start..span.end).is_some());
                assert!(fits, "{}: {} {span:?}", scenario.name, finding.rule);
            }
        }
    }
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    for scenario in scenarios() {
        let evidence = scenario.world.check();
        let expected = evaluate(&evidence, now());
        let mut reversed = evidence.clone();
        reversed.observations.reverse();
        assert_eq!(evaluate(&reversed, now()), expected, "{}", scenario.name);
    }
}

#[test]
fn partial_evidence_never_claims_more_than_the_whole() {
    for scenario in scenarios() {
        let evidence = scenario.world.check();
        let whole = evaluate(&evidence, now());
        let all = evidence.observations.len();
        // As far as they came, and all but one that is late.
        let begun = (0..all).map(|seen| evidence.observations[..seen].to_vec());
        let without = |late| [&evidence.observations[..late], &evidence.observations[late + 1..]].concat();
        for observations in begun.chain((0..all).map(without)) {
            let seen: Vec<_> = observations.iter().map(|observation| observation.lookup.clone()).collect();
            let report = evaluate(&Evidence { observations, ..evidence.clone() }, now());
            let settled = [Verdict::Inconclusive, whole.verdict, Verdict::Broken];
            assert!(settled.contains(&report.verdict), "{} after {seen:?}: {:?}", scenario.name, report.verdict);
            if report.verdict == Verdict::Broken {
                assert_eq!(whole.verdict, Verdict::Broken, "{} after {seen:?}", scenario.name);
            }
        }
    }
}

#[test]
fn evidence_survives_json() {
    for scenario in scenarios() {
        let evidence = scenario.world.check();
        let json = serde_json::to_string(&evidence).expect("serializes");
        let back = serde_json::from_str(&json).expect("reads back");
        assert_eq!(evidence, back, "{}", scenario.name);
    }
}

#[test]
fn a_check_stays_within_its_requests() {
    let mut world =
        World::protected("shop.com.au").tls_rpt("v=TLSRPTv1; rua=mailto:a@one.com,mailto:b@two.com,mailto:c@three.com");
    for index in 0..200 {
        world = world.mx(10, &format!("mx{index}.many-hosts.net"));
    }
    let evidence = world.check();
    assert!(
        evidence.observations.len() <= mta_sts_core::lookup::limits::REQUEST_LIMIT,
        "{}",
        evidence.observations.len()
    );
    let report = report(&world);
    assert_eq!(report.mx.len(), 202, "all are named, also those that are not looked into");
    assert!(named(&report).contains("dane-absent"), "what was not asked for is not held against the rest");
}

#[test]
fn however_much_is_odd_the_policy_is_fetched() {
    let mut world = World::protected("shop.com.au").announce("v=spf1 -all").tls_rpt("v=spf1 -all");
    for index in 0..10 {
        world = world.mx(10, &format!("mx{index}.many-hosts.net"));
    }
    for (name, rtype) in [("_mta-sts.shop.com.au", RecordType::Txt), ("mta-sts.shop.com.au", RecordType::Aaaa)] {
        world = world.bogus(name, rtype);
    }
    let evidence = world.check();
    assert!(
        evidence.observations.len() <= mta_sts_core::lookup::limits::REQUEST_LIMIT,
        "{}",
        evidence.observations.len()
    );
    let asked = |wanted: &Lookup| evidence.outcome(wanted).is_some();
    let question = Question::new("_mta-sts.shop.com.au", RecordType::Txt);
    assert!(asked(&Lookup::Dns(question.unchecked())), "a SERVFAIL is asked again");
    let world = World::protected("shop.com.au").tls_rpt("v=spf1 -all").announce("v=STSv1; id=;");
    let host = DomainName::from_ascii("mta-sts.shop.com.au").expect("a domain");
    assert!(world.check().outcome(&Lookup::Policy { host, path: PolicyPath::WellKnown }).is_some());
}

#[test]
fn the_wrong_places_are_asked_only_where_the_right_one_is_empty_or_odd() {
    let names = |world: World| -> BTreeSet<String> {
        let question = |lookup| if let Lookup::Dns(question) = lookup { Some(question) } else { None };
        let asked = world.check().observations.into_iter().filter_map(|observation| question(observation.lookup));
        asked.filter(|question| question.rtype == RecordType::Txt).map(|question| question.name).collect()
    };
    let right = ["_mta-sts.shop.com.au", "_smtp._tls.shop.com.au"].map(str::to_owned);
    assert_eq!(names(World::protected("shop.com.au")), BTreeSet::from(right));
    assert_eq!(names(World::new("shop.com.au").mx(10, "mx1.mail-host.net")).len(), 10);
}

#[test]
fn worked_examples_come_out_as_they_say() {
    let examples = examples();
    assert!(examples.len() >= 10);
    for example in examples {
        assert_eq!(report(&example.world).verdict, example.verdict, "{}", example.domain);
    }
}

#[test]
fn a_host_with_two_mx_records_is_one_mail_server() {
    let world =
        World::protected("shop.com.au").mx(5, "mx3.shop.com.au").mx(30, "mx3.shop.com.au").mx(40, "mx1.mail-host.net");
    let world = world.address("mx3.shop.com.au", "192.0.2.9");
    let report = report(&world);
    assert_eq!(report.verdict, Verdict::AtRisk);
    let evidence = world.check();
    assert_eq!(Standing::of(&Facts::read(&evidence, now())), Standing::AtRisk { missed: 1, of: 3 });
    let hosts: Vec<_> = report.mx.iter().map(|mx| (mx.preference, mx.host.as_str())).collect();
    assert_eq!(hosts, [(5, "mx3.shop.com.au"), (10, "mx1.mail-host.net"), (20, "mx2.mail-host.net")]);
    assert_eq!(report.findings.iter().filter(|finding| finding.rule == "mx-some-unmatched").count(), 1);
}

/// Forty MX hosts, of which no address can be looked up.
fn unanswered_hosts() -> World {
    let world = World::protected("shop.com.au")
        .without_mx()
        .policy("version: STSv1\nmode: enforce\nmx: *.many-hosts.net\nmax_age: 2592000\n");
    (0..40).fold(world, |world, index| {
        let host = format!("mx{index}.many-hosts.net");
        let failing = |world: World, rtype| world.server_failure(&host, rtype, 23, "");
        failing(failing(world.mx(10, &host), RecordType::A), RecordType::Aaaa)
    })
}

#[test]
fn mx_hosts_that_do_not_answer_leave_room_for_the_policy() {
    let report = report(&unanswered_hosts());
    assert_eq!(report.verdict, Verdict::Enforced, "their names are in the policy, whatever their addresses");
    let of = |rule: &str| report.findings.iter().filter(|finding| finding.rule == rule).collect::<Vec<_>>();
    let subjects: BTreeSet<_> = of("mx-dns-error").iter().map(|finding| finding.subject.clone()).collect();
    assert_eq!((subjects.len(), subjects.contains(&None)), (10, false), "each that was looked into, by its name");
    assert!(of("mx-target-no-address").is_empty());
    let mended = evaluate::mended(&unanswered_hosts().check(), now());
    let left = mended.iter().find(|found| found.judged.rule.id == "mx-not-looked-into").expect("told");
    let argument =
        |name: &str| left.judged.arguments.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value);
    assert_eq!(["left", "all", "more"].map(argument), [Some("30"), Some("40"), Some("20")], "{left:?}");
    assert_eq!(argument("hosts").map(|hosts| hosts.split(", ").count()), Some(10), "the first are named");
    let broken = unanswered_hosts().bogus("_mta-sts.shop.com.au", RecordType::Txt);
    assert_eq!(evaluate(&broken.check(), now()).verdict, Verdict::Broken, "a SERVFAIL that counts is asked again");
}

#[test]
fn the_policy_is_fetched_however_late_its_hosts_address_comes() {
    for aaaa in [false, true] {
        let mut world = unanswered_hosts();
        if aaaa {
            world = world.server_failure("mta-sts.shop.com.au", RecordType::Aaaa, 23, "");
        }
        let mut plan = Plan::new(DomainName::from_ascii("shop.com.au").expect("a domain"), now());
        let mut waiting = plan.next_lookups();
        let mut asked = waiting.len();
        while !waiting.is_empty() {
            // What the verdict hangs on comes last.
            let is_last = |lookup: &Lookup| match lookup {
                Lookup::Dns(question) => question.name.contains("mta-sts.shop"),
                Lookup::Policy { .. } | Lookup::Handshake { .. } => true,
            };
            let at = waiting.iter().position(|lookup| !is_last(lookup)).unwrap_or(0);
            plan.observe(world.perform(waiting.remove(at)), 0);
            let more = plan.next_lookups();
            asked += more.len();
            waiting.extend(more);
        }
        assert!(asked <= mta_sts_core::lookup::limits::REQUEST_LIMIT, "{asked}");
        let report = evaluate(plan.evidence(), now());
        assert_eq!(report.verdict, Verdict::Enforced, "{}", report.headline);
    }
}
