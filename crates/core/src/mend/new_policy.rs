//! What is pasted where the policy file changes: the file, where it can be told what it should say, and then the announce
//! record with a new id, without which no sender looks at the file again (RFC 8461 §3.1).

use crate::evidence::Fetch;
use crate::facts::Facts;
use crate::mend::dns_console::Console;
use crate::providers::mx_line::ENFORCED_MAX_AGE;
use crate::published::announce;
use crate::published::policy::{self, Mode, Parsed};
use crate::report::{Copyable, Finding, Outcome};
use crate::rules::all;

/// What the last step says of every mend that changes the policy file.
const NEW_ID: &str = "the {announce} record a new id";

/// Rules after which a tested policy is to be enforced.
const TESTED: [&str; 2] = ["policy-mode-testing", "history-testing-stale"];

/// Adds the texts to the first finding of each rule that asks for a new id: all of them ask for the same.
pub(crate) fn add(facts: &Facts<'_>, console: &Console<'_>, findings: &mut [Finding]) {
    // In a lint there is no record to change, and the corrected text stands beside the findings. Where no policy is
    // served, there is none to change.
    if facts.domain.is_none() || facts.policy.is_none() {
        return;
    }
    let new_id = console.fill(NEW_ID);
    let asks = |finding: &&mut Finding| {
        let mut steps = finding.fix.iter().take(1).flat_map(|fix| &fix.steps);
        finding.outcome == Outcome::Fail && steps.any(|step| step.contains(&new_id))
    };
    let mut corrected = None;
    for rule in all() {
        let mut found = findings.iter_mut().filter(|finding| finding.rule == rule.id);
        let Some(fix) = found.find(asks).and_then(|finding| finding.fix.first_mut()) else { continue };
        let policy = if TESTED.contains(&rule.id) {
            enforced(facts)
        } else {
            corrected.get_or_insert_with(|| mended(facts)).clone().filter(|_| rule.grammar)
        };
        fix.copy.extend(policy.map(|text| Copyable { label: "The whole policy file".to_owned(), text }));
        // Behind an alias, whoever keeps the record gives it its id.
        if facts.announce.aliases().is_empty() {
            let (label, text) = console.txt_value(&announce::render(&facts.fresh_id));
            fix.copy.push(Copyable { label: label.to_owned(), text });
        }
    }
}

/// The policy with its faults of form mended; none where the rest of it was not read, or where it would refuse a mail
/// server that is live. What a rule wants besides is not in it.
fn mended(facts: &Facts<'_>) -> Option<String> {
    let whole = !matches!(facts.fetch, Fetch::Response { response, .. } if response.truncated);
    let text = facts.policy.as_ref().filter(|_| whole)?.corrected(|_| None)?;
    refuses_nothing(&policy::parse(text.as_bytes()), facts).then_some(text)
}

/// The policy that is tested, enforced, and remembered for as long as a plan has it; none where it is not all right yet.
fn enforced(facts: &Facts<'_>) -> Option<String> {
    let policy = facts.usable_policy().filter(|policy| policy.is_valid() && refuses_nothing(policy, facts))?;
    let (mode, max_age) = (policy.mode?.span, policy.max_age?);
    let mut text = policy.text.to_string();
    let longer = ENFORCED_MAX_AGE.to_string();
    let mut changes = [(mode, Mode::Enforce.as_str()), (max_age.span, longer.as_str())];
    // The later one first, so that the place of the other holds.
    if mode.start < max_age.span.start {
        changes.reverse();
    }
    for (span, value) in changes {
        if span == mode || max_age.value < ENFORCED_MAX_AGE {
            text.get(span.start..span.end)?;
            text.replace_range(span.start..span.end, value);
        }
    }
    Some(text)
}

/// Whether every server that mail goes to is known, and allowed: without MX records that is the domain itself, if it has an
/// address (RFC 5321 §5.1). With mode none nobody asks.
fn refuses_nothing(policy: &Parsed<'_>, facts: &Facts<'_>) -> bool {
    if policy.mode.is_some_and(|mode| mode.value == Mode::None) {
        return true;
    }
    let allows = |host: &str| policy.mx.iter().any(|mx| mx.value.matches(host));
    let own = facts.domain.filter(|_| facts.mx.is_implicit() && !facts.mx.own.has_none());
    facts.mx.known()
        && facts.mx.hosts.iter().all(|mx| allows(&mx.host))
        && own.is_none_or(|domain| allows(domain.as_str()))
}
