//! Asks the Worker about every scenario and judges its answers.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::error::Result;
use crate::scenario::Scenario;
use crate::{http, scenarios};

/// By when every check has ended, however long a host or a resolver would have it wait: it has 8 seconds for its lookups, and
/// the machine may be busy.
const CHECK_LIMIT: Duration = Duration::from_secs(16);
/// The same as the report has it, in milliseconds.
const LOOKUPS_LIMIT_MS: u64 = 10_000;

/// How many checks run at once, so that slow ones overlap.
const AT_ONCE: usize = 4;
/// Rules that are good news; any other rule that is found is a fault or an inability to look.
const GOOD_NEWS: [&str; 8] = [
    "record-ok",
    "policy-ok",
    "policy-mode-enforce",
    "mx-all-match",
    "tlsrpt-ok",
    "dnssec-signed",
    "dane-present",
    "dane-and-mta-sts",
];

/// Prints a line a scenario and the tally; fails when a scenario fails.
pub(crate) fn run(endpoint: &str, only: Option<&str>) -> Result<ExitCode> {
    let mut scenarios = scenarios::all();
    if let Some(only) = only {
        scenarios.retain(|scenario| [scenario.name, &scenario.domain, &scenario.asked].contains(&only));
        if scenarios.is_empty() {
            return Err(format!("no scenario is called {only}; `lab list` names them").into());
        }
    }
    let catalogue = catalogue(endpoint)?;
    let mut failed = 0;
    judge_all(endpoint, &scenarios, &catalogue, |scenario, reasons| {
        if reasons.is_empty() {
            println!("pass  {:34} {}", scenario.name, scenario.verdict);
        } else {
            failed += 1;
            println!("FAIL  {:34} {}: {}", scenario.name, scenario.asked, scenario.about);
            for reason in reasons {
                println!("      {reason}");
            }
        }
    });
    println!("{} passed, {failed} failed", scenarios.len() - failed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The ids of all rules, where the Worker tells them.
fn catalogue(endpoint: &str) -> Result<BTreeSet<String>> {
    let answer = http::get(endpoint, "/api/v1/rules")?;
    let mut ids = BTreeSet::new();
    if answer.status == 200 {
        collect_ids(&serde_json::from_slice(&answer.body)?, &mut ids);
    }
    Ok(ids)
}

fn collect_ids(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_ids(item, ids)),
        Value::Object(fields) => {
            ids.extend(fields.get("id").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| collect_ids(field, ids));
        }
        _ => {}
    }
}

/// Hands on each scenario with its reasons to fail, as its check ends.
fn judge_all(
    endpoint: &str,
    scenarios: &[Scenario],
    catalogue: &BTreeSet<String>,
    mut judged: impl FnMut(&Scenario, Vec<String>),
) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some(scenario) = scenarios.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let reasons = match ask(endpoint, scenario) {
                        Ok(report) => judge(&report, scenario, catalogue),
                        Err(error) => vec![error.to_string()],
                    };
                    if sender.send((scenario, reasons)).is_err() {
                        return;
                    }
                }
            });
        }
        // The loop ends when the last of the threads has ended.
        drop(sender);
        for (scenario, reasons) in receiver {
            judged(scenario, reasons);
        }
    });
}

fn ask(endpoint: &str, scenario: &Scenario) -> Result<Value> {
    let began = Instant::now();
    let answer = http::get(endpoint, &format!("/api/v1/check?domain={}", http::encode(&scenario.asked)))?;
    if began.elapsed() > CHECK_LIMIT {
        return Err(format!("the check took {} s", began.elapsed().as_secs()).into());
    }
    if answer.status != 200 {
        let body = String::from_utf8_lossy(&answer.body);
        return Err(format!("status {}: {}", answer.status, body.chars().take(300).collect::<String>()).into());
    }
    Ok(serde_json::from_slice(&answer.body)?)
}

/// Why a report is not what the scenario expects; empty when it is.
fn judge(report: &Value, scenario: &Scenario, catalogue: &BTreeSet<String>) -> Vec<String> {
    let mut reasons = Vec::new();
    if report["domain"] != scenario.domain {
        reasons.push(format!("the report is about {}, not {}", report["domain"], scenario.domain));
    }
    if report["took_ms"].as_u64().is_none_or(|took| took > LOOKUPS_LIMIT_MS) {
        reasons.push(format!("the lookups took {} ms", report["took_ms"]));
    }
    if report["verdict"] != scenario.verdict {
        reasons.push(format!("the verdict is {}, not \"{}\"", report["verdict"], scenario.verdict));
    }
    let findings = report["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found = |rule: &str| findings.iter().any(|finding| finding["rule"] == rule && stands(finding));
    reasons.extend(scenario.must.iter().filter(|rule| !found(rule)).map(|rule| format!("{rule} is not found")));
    reasons.extend(scenario.must_not.iter().filter(|rule| found(rule)).map(|rule| format!("{rule} is found")));
    let copies = || findings.iter().flat_map(|finding| finding["fix"].as_array().into_iter().flatten());
    let given = |text: &str| {
        copies().any(|fix| fix["copy"].as_array().is_some_and(|copies| copies.iter().any(|copy| copy["text"] == text)))
    };
    reasons
        .extend(scenario.pastes.iter().filter(|text| !given(text)).map(|text| format!("{text} is not to be pasted")));
    if !catalogue.is_empty() {
        let ids = findings.iter().filter_map(|finding| finding["rule"].as_str());
        reasons.extend(ids.filter(|id| !catalogue.contains(*id)).map(|id| format!("{id} is not in the catalogue")));
    }
    if !reasons.is_empty() {
        reasons.push(format!("found: {}", summary(findings)));
    }
    reasons
}

/// Whether a finding says that its rule's condition holds.
fn stands(finding: &Value) -> bool {
    let good_news = finding["rule"].as_str().is_some_and(|rule| GOOD_NEWS.contains(&rule));
    (finding["outcome"] == "pass") == good_news
}

fn summary(findings: &[Value]) -> String {
    let each = findings.iter().map(|finding| {
        let text = |field: &str| finding[field].as_str().unwrap_or("?").to_owned();
        match finding["subject"].as_str() {
            Some(subject) => format!("{} ({}, {subject})", text("rule"), text("outcome")),
            None => format!("{} ({})", text("rule"), text("outcome")),
        }
    });
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scenario() -> Scenario {
        Scenario::bare("s", "bakery.com", "")
            .verdict("broken")
            .must(&["policy-redirect", "record-ok"])
            .must_not(&["policy-ok"])
    }

    fn report(findings: &Value) -> Value {
        json!({ "domain": "bakery.com", "took_ms": 90, "verdict": "broken", "findings": findings })
    }

    #[test]
    fn a_report_as_expected_gives_no_reason() {
        let findings =
            json!([{ "rule": "policy-redirect", "outcome": "fail" }, { "rule": "record-ok", "outcome": "pass" }]);
        assert_eq!(judge(&report(&findings), &scenario(), &BTreeSet::new()), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_unwanted_or_unknown_is_named() {
        let findings = json!([{ "rule": "policy-ok", "outcome": "pass" }, { "rule": "record-ok", "outcome": "pass" }]);
        let catalogue = BTreeSet::from(["record-ok".to_owned()]);
        let reasons = judge(&report(&findings), &scenario().pastes(&["_mta-sts"]), &catalogue).join("\n");
        for expected in [
            "_mta-sts is not to be pasted",
            "policy-redirect is not found",
            "policy-ok is found",
            "policy-ok is not in the catalogue",
        ] {
            assert!(reasons.contains(expected), "{reasons}");
        }
    }

    #[test]
    fn a_rule_that_passed_is_not_a_fault_found() {
        assert!(!stands(&json!({ "rule": "policy-redirect", "outcome": "pass" })));
        assert!(stands(&json!({ "rule": "record-dns-error", "outcome": "inconclusive" })));
        assert!(!stands(&json!({ "rule": "record-ok", "outcome": "fail" })));
    }

    #[test]
    fn ids_are_collected_wherever_the_catalogue_has_them() {
        let mut ids = BTreeSet::new();
        collect_ids(&json!({ "rules": [{ "id": "record-ok" }, { "id": "policy-ok" }] }), &mut ids);
        assert_eq!(ids.len(), 2);
    }
}
