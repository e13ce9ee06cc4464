//! Laws of evaluation, over every scenario: the same evidence gives the same report, whatever order it came in, and what the
//! standard leaves room for changes nothing.

use std::collections::BTreeSet;

use mta_sts_core::evidence::{Evidence, Outcome, Record};
use mta_sts_core::lookup::{Lookup, PolicyPath, RecordType};
use mta_sts_core::octets::Octets;
use mta_sts_core::report::{Report, Verdict};
use mta_sts_core::scenario::{CHECKED_AT, scenarios};
use mta_sts_core::{Timestamp, evaluate, lint};
use proptest::prelude::*;

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn all_evidence() -> Vec<(&'static str, Evidence)> {
    scenarios().into_iter().map(|scenario| (scenario.name, scenario.world.check())).collect()
}

/// The ids of what failed, less those that an extension is told by.
fn failed(report: &Report) -> BTreeSet<&str> {
    const TOLD: [&str; 2] = ["record-extension-unknown", "policy-key-unknown"];
    let bad = report.findings.iter().filter(|finding| finding.outcome == mta_sts_core::report::Outcome::Fail);
    bad.map(|finding| finding.rule.as_str()).filter(|rule| !TOLD.contains(rule)).collect()
}

/// Adds a field to every valid record of that name, and says whether there was one.
fn extend_txt(evidence: &mut Evidence, name: &str, lint: fn(&str) -> lint::Lint, field: &str) -> bool {
    let mut changed = false;
    for observation in &mut evidence.observations {
        let Lookup::Dns(question) = &observation.lookup else { continue };
        let Outcome::Answer(answer) = &mut observation.outcome else { continue };
        if question.name != name || question.rtype != RecordType::Txt {
            continue;
        }
        for record in &mut answer.records {
            let Record::Txt(strings) = record else { continue };
            let text: String = strings.iter().map(Octets::to_text).collect();
            if lint(&text).valid {
                let end = if text.trim_end().ends_with(';') { "" } else { ";" };
                let last = strings.last_mut().expect("a text that is valid is not empty");
                last.0.extend(format!("{end}{field};").bytes());
                changed = true;
            }
        }
    }
    changed
}

#[test]
fn an_extension_of_a_record_changes_no_verdict() {
    let mut tried = 0;
    for (name, evidence) in all_evidence() {
        let before = evaluate(&evidence, now());
        let mut extended = evidence.clone();
        let domain = evidence.domain.clone();
        let sts = extend_txt(&mut extended, &domain.announce_name(), lint::record, "future=1");
        let rpt = extend_txt(&mut extended, &domain.tlsrpt_name(), lint::tls_rpt, "future=1");
        if sts || rpt {
            let after = evaluate(&extended, now());
            assert_eq!((after.verdict, failed(&after)), (before.verdict, failed(&before)), "{name}");
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn a_key_that_the_standard_does_not_know_changes_no_verdict() {
    let mut tried = 0;
    for (name, evidence) in all_evidence() {
        let before = evaluate(&evidence, now());
        let mut extended = evidence.clone();
        let mut changed = false;
        for observation in &mut extended.observations {
            let right = matches!(&observation.lookup, Lookup::Policy { path: PolicyPath::WellKnown, .. });
            let Outcome::Response(response) = &mut observation.outcome else { continue };
            if right && !response.truncated && lint::policy(&response.body.0, |_| None).valid {
                if !response.body.0.ends_with(b"\n") {
                    response.body.0.push(b'\n');
                }
                response.body.0.extend(b"future_key: some value\n");
                changed = true;
            }
        }
        if changed {
            let after = evaluate(&extended, now());
            // A policy that changed has a history of its own.
            let lasting = |report: &Report| -> BTreeSet<String> {
                failed(report).into_iter().filter(|rule| !rule.starts_with("history-")).map(str::to_owned).collect()
            };
            assert_eq!((after.verdict, lasting(&after)), (before.verdict, lasting(&before)), "{name}");
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_same_evidence_gives_the_same_report_in_any_order(
        which in any::<prop::sample::Index>(),
        order in prop::collection::vec(any::<u32>(), 64),
    ) {
        let scenarios = scenarios();
        let evidence = which.get(&scenarios).world.check();
        let expected = evaluate(&evidence, now());
        prop_assert_eq!(&evaluate(&evidence, now()), &expected);
        let mut shuffled = evidence.clone();
        let mut keyed: Vec<_> = order.iter().cycle().zip(shuffled.observations).collect();
        keyed.sort_by_key(|(key, _)| **key);
        shuffled.observations = keyed.into_iter().map(|(_, observation)| observation).collect();
        prop_assert_eq!(evaluate(&shuffled, now()), expected);
    }

    #[test]
    fn what_is_not_in_yet_never_makes_a_verdict_that_the_whole_takes_back(
        which in any::<prop::sample::Index>(),
        kept in prop::collection::vec(any::<bool>(), 64),
    ) {
        let scenarios = scenarios();
        let evidence = which.get(&scenarios).world.check();
        let whole = evaluate(&evidence, now()).verdict;
        let mut partial = evidence.clone();
        let mut keep = kept.iter().cycle();
        partial.observations.retain(|_| *keep.next().expect("it goes on for ever"));
        let verdict = evaluate(&partial, now()).verdict;
        let is_settled = [Verdict::Inconclusive, whole].contains(&verdict);
        prop_assert!(is_settled || verdict == Verdict::Broken && whole == Verdict::Broken, "{verdict:?}, then {whole:?}");
    }
}
