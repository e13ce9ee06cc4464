//! Which one thing is to be done now.

use crate::report::next::NextStep;
use crate::report::{Finding, Outcome, Severity};

/// The one thing to do now: the rule's own way to mend the worst finding that asks for anything. `findings` are the worst
/// first.
pub fn next_step(findings: &[Finding]) -> Option<NextStep> {
    let asks = |finding: &&Finding| {
        let is_urgent = finding.outcome == Outcome::Fail && finding.severity != Severity::Info;
        is_urgent || finding.outcome == Outcome::Inconclusive
    };
    let way = |finding: &Finding| {
        let fix = finding.fix.iter().find(|fix| !fix.steps.is_empty())?;
        Some(NextStep {
            rule: finding.rule.clone(),
            link: finding.link,
            title: finding.title.clone(),
            why: finding.why.clone(),
            steps: fix.steps.clone(),
            copy: fix.copy.clone(),
        })
    };
    findings.iter().filter(asks).find_map(way)
}
