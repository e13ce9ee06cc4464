//! What is pasted where the policy file changes: the file, where it can be told what it should say, and then the announce
//! record with a new id, without which no sender looks at the file again (RFC 8461 §3.1).

use super::remedy::{Mended, PastePlace, Remedy};
use super::{proposed, texts};
use crate::facts::Facts;
use crate::name::labels::Txt;
use crate::published::policy::Mode;
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

/// The policy with its faults of form mended, and with every mail server that is live; none where the rest of it was not read,
/// or where that may refuse mail. What a rule wants besides is not in it.
fn corrected(facts: &Facts<'_>) -> Option<String> {
    let next = proposed::of_served(facts)?;
    (next.is_corrected && next.refuses_nothing(next.mode, facts)).then_some(next.text)
}

/// The policy that is tested, enforced, and remembered for as long as a plan has it; none where it is not all right yet.
fn enforced(facts: &Facts<'_>) -> Option<String> {
    let next = proposed::of_served(facts)?;
    (next.is_served(facts) && next.refuses_nothing(Mode::Enforce, facts)).then(|| next.enforced())
}

/// Sees to it that no two texts for the same file or record differ. What is to be done only later gives way to what is to be
/// done now, and a new id to none that is kept.
pub(super) fn settle(facts: &Facts<'_>, findings: &mut [Mended]) {
    let own = |finding: &Mended| {
        let own = finding.remedies.first().filter(|own| own.offer.is_none() && finding.judged.outcome == Outcome::Fail);
        own.filter(|own| !own.has(Step::Enforce)).cloned()
    };
    let now: Vec<Remedy> = findings.iter().filter_map(own).collect();
    let is_file = |place: PastePlace| matches!(place, PastePlace::PolicyText | PastePlace::WholePolicy);
    let has_file = now.iter().flat_map(|remedy| &remedy.paste).any(|paste| is_file(paste.place));
    for txt in [Txt::Announce, Txt::TlsRpt] {
        let value = PastePlace::TxtValue(txt);
        let mut values: Vec<&str> = now.iter().flat_map(|remedy| remedy.pasted(value)).collect();
        values.dedup();
        let new = texts::new_value(facts, txt).unwrap_or_default();
        let is_new = |value: &&&str| **value == new;
        let one = match txt {
            Txt::Announce => values.iter().find(is_new).or(values.first()),
            Txt::TlsRpt => values.iter().find(|value| !is_new(value)).or(values.first()),
        };
        let one = one.map(|one| (*one).to_owned());
        for remedy in findings.iter_mut().flat_map(|finding| &mut finding.remedies) {
            let is_later = remedy.has(Step::Enforce)
                && (has_file || txt == Txt::Announce && one.as_ref().is_some_and(|one| *one != new));
            remedy.paste.retain(|paste| !(is_later && (is_file(paste.place) || paste.place == value)));
            for paste in &mut remedy.paste {
                if let (true, Some(one)) = (paste.place == value, &one) {
                    paste.text.clone_from(one);
                }
            }
        }
    }
}
