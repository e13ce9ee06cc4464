//! What holds of the chain and of the next step, whatever a domain has.

use mta_sts_core::evaluate;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::evidence::dnssec::Dnssec;
use mta_sts_core::report::chain::LinkState;
use mta_sts_core::report::link::Link;
use mta_sts_core::report::{DnssecSummary, Outcome, Report, Severity, Verdict};
use mta_sts_core::scenario::{CHECKED_AT, World, examples, scenarios};

fn judged(evidence: &Evidence) -> Report {
    evaluate(evidence, CHECKED_AT.parse().expect("a time"))
}

fn worlds() -> Vec<(String, World)> {
    let scenarios = scenarios().into_iter().map(|scenario| (scenario.name.to_owned(), scenario.world));
    scenarios.chain(examples().into_iter().map(|example| (example.domain.to_owned(), example.world))).collect()
}

fn state(report: &Report, link: Link) -> LinkState {
    report.chain.iter().find(|at| at.link == link).expect("every link is there").state
}

#[test]
fn every_link_is_there_in_order_and_none_is_better_than_its_findings() {
    for (name, world) in worlds() {
        let report = judged(&world.check());
        let exists = report.verdict != Verdict::NoSuchDomain;
        let all = if exists { Link::ALL.to_vec() } else { Vec::new() };
        assert_eq!(report.chain.iter().map(|at| at.link).collect::<Vec<_>>(), all, "{name}");
        for at in &report.chain {
            assert!(!at.summary.is_empty() && at.state != LinkState::Pending, "{name}: {at:?}");
            let about = || report.findings.iter().filter(|finding| finding.link == Some(at.link));
            let fails =
                |severity| about().any(|finding| finding.outcome == Outcome::Fail && finding.severity == severity);
            assert_eq!(
                at.state == LinkState::Problem,
                fails(Severity::Error) || is_bogus(&report, at.link),
                "{name}: {at:?}"
            );
            let is_seen = about().all(|finding| finding.outcome != Outcome::Inconclusive);
            assert!(is_seen || at.state != LinkState::Good, "{name}: {at:?}");
            assert!(!fails(Severity::Warning) || at.state != LinkState::Good, "{name}: {at:?}");
        }
    }
}

/// A link of the DNS that no finding is about, and whose signatures do not hold, is a problem all the same.
fn is_bogus(report: &Report, link: Link) -> bool {
    let DnssecSummary { record, policy_host, mx, tlsrpt } = report.dnssec;
    let signed = match link {
        Link::Record => record,
        Link::PolicyHost => policy_host,
        Link::MailServers | Link::Dnssec => mx,
        Link::Reports => tlsrpt,
        Link::Certificate | Link::PolicyFile => return false,
    };
    signed == Dnssec::Bogus && !report.findings.iter().any(|finding| finding.link == Some(link))
}

#[test]
fn the_next_step_is_of_the_worst_finding_that_asks_for_anything() {
    let mut steps = 0;
    for (name, world) in worlds() {
        let report = judged(&world.check());
        let asks = report.findings.iter().filter(|finding| {
            let is_urgent = finding.outcome == Outcome::Fail && finding.severity != Severity::Info;
            (is_urgent || finding.outcome == Outcome::Inconclusive)
                && finding.fix.iter().any(|fix| !fix.steps.is_empty())
        });
        let worst = asks.clone().next();
        let Some(next) = &report.next else {
            assert!(worst.is_none(), "{name}: {worst:?}");
            continue;
        };
        steps += 1;
        let worst = worst.unwrap_or_else(|| panic!("{name}: {next:?}"));
        assert_eq!((&next.rule, next.link), (&worst.rule, worst.link), "{name}");
        assert_eq!((&next.title, &next.why), (&worst.title, &worst.why), "{name}");
        let is_its_own = worst.fix.iter().any(|fix| fix.steps == next.steps && fix.copy == next.copy);
        assert!(is_its_own && !next.steps.is_empty(), "{name}: {next:?}");
    }
    assert!(steps > 80, "{steps}");
    assert!(judged(&World::protected("protected.example").check()).next.is_none(), "all is well");
}

#[test]
fn while_lookups_run_there_is_no_next_step() {
    let world = World::new("nothing.example").mx(10, "mx1.mail-host.net").address("mx1.mail-host.net", "192.0.2.25");
    let whole = world.check();
    assert!(judged(&whole).next.is_some());
    let mut begun = whole.clone();
    begun.observations.truncate(1);
    let report = judged(&begun);
    assert!(report.next.is_none(), "{:?}", report.next);
    assert!(report.chain.iter().any(|at| at.state == LinkState::Pending), "{:?}", report.chain);
    begun.observations.clear();
    assert_eq!(state(&judged(&begun), Link::Record), LinkState::Pending);
}
