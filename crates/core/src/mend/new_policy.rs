//! What is pasted where the policy file changes: the file, where it can be told what it should say, and then the announce
//! record with a new id, without which no sender looks at the file again (RFC 8461 §3.1).

use super::remedy::{Mended, PastePlace};
use super::texts;
use crate::evidence::Fetch;
use crate::facts::Facts;
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::providers::mx_line::ENFORCED_MAX_AGE;
use crate::published::policy::live_hosts::LiveHosts;
use crate::published::policy::{self, Mode, Policy};
use crate::report::Outcome;
use crate::rules::step::Step;

/// Adds the texts to the first finding of each rule that asks for a new id: all of them ask for the same.
pub(super) fn add(facts: &Facts<'_>, findings: &mut [Mended]) {
    // In a lint there is no record to change, and the corrected text stands beside the findings. Where no policy is
    // served, there is none to change.
    if facts.domain.is_none() || facts.policy.is_none() {
        return;
    }
    let mut corrected_once = None;
    let mut done: Vec<&str> = Vec::new();
    for finding in findings {
        let rule = finding.judged.rule;
        let Some(remedy) = finding.remedies.first_mut().filter(|_| finding.judged.outcome == Outcome::Fail) else {
            continue;
        };
        if done.contains(&rule.id) || !remedy.steps.iter().any(|todo| todo.step.wants_new_id()) {
            continue;
        }
        done.push(rule.id);
        let policy = if remedy.has(Step::Enforce) {
            enforced(facts)
        } else {
            corrected_once.get_or_insert_with(|| corrected(facts)).clone().filter(|_| rule.grammar)
        };
        remedy.paste(PastePlace::WholePolicy, policy.unwrap_or_default());
        // Behind an alias, whoever operates the record gives it its id.
        if facts.announce.aliases().is_empty() {
            remedy
                .paste(PastePlace::TxtValue(Txt::Announce), texts::new_value(facts, Txt::Announce).unwrap_or_default());
        }
    }
}

/// The policy with its faults of form mended; none where the rest of it was not read, or where it would refuse a mail
/// server that is live. What a rule wants besides is not in it.
fn corrected(facts: &Facts<'_>) -> Option<String> {
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
fn refuses_nothing(policy: &Policy<'_>, facts: &Facts<'_>) -> bool {
    if policy.mode.is_some_and(|mode| mode.value == Mode::None) {
        return true;
    }
    let own = facts.domain.filter(|_| facts.mx.is_implicit() && !facts.mx.own.has_none());
    let hosts = facts.mx.hosts.iter().map(|mx| mx.host.as_str()).chain(own.map(DomainName::as_str));
    facts.mx.known() && LiveHosts::of(hosts).allowed_by(&policy.mx).iter().all(Option::is_some)
}
