//! What to do about what was found: for this domain, at its providers. Steps and texts are types until the very end, where
//! [`findings`] puts them into words.

mod behind_alias;
pub(crate) mod dns_console;
mod english;
mod new_policy;
mod next;
mod offers;
pub(crate) mod proposed;
pub mod remedy;
mod texts;
pub(crate) mod words;

use crate::facts::Facts;
use crate::report::{Finding, Outcome, Severity};
use crate::rules::rule::{Judged, Rule};
use crate::rules::{steps_of, title, why};
use dns_console::DnsConsole;
pub use next::next_step;
use remedy::{Mended, Remedy};

/// Finds the ways to mend each finding.
pub fn mend(facts: &Facts<'_>, judged: Vec<Judged>) -> Vec<Mended> {
    let console = DnsConsole::of(facts);
    let mut mended: Vec<Mended> = judged.into_iter().map(|judged| own_way(facts, &console, judged)).collect();
    new_policy::add(facts, &mut mended);
    for Mended { judged, remedies } in &mut mended {
        if judged.outcome != Outcome::Fail {
            continue;
        }
        if let Some(own) = remedies.first_mut().filter(|own| !own.steps.is_empty()) {
            let is_error = judged.severity == Severity::Error;
            behind_alias::ask_operators(facts, &console, judged.rule.ask, is_error, own);
        }
        remedies.extend(offers::of(facts, &console, judged.rule.lacks));
    }
    new_policy::settle(facts, &mut mended);
    mended
}

/// The rule's own way, where there is anything to do or to paste.
fn own_way(facts: &Facts<'_>, console: &DnsConsole<'_>, judged: Judged) -> Mended {
    let mut own = Remedy::of(judged.steps());
    for wanted in &judged.paste {
        texts::add(facts, console, wanted, &mut own);
    }
    let is_one = !own.steps.is_empty() || !own.paste.is_empty();
    Mended { judged, remedies: is_one.then_some(own).into_iter().collect() }
}

/// Puts findings into words.
pub fn findings(facts: &Facts<'_>, mended: &[Mended]) -> Vec<Finding> {
    let console = DnsConsole::of(facts);
    mended.iter().map(|finding| in_words(&console, finding)).collect()
}

fn in_words(console: &DnsConsole<'_>, Mended { judged, remedies }: &Mended) -> Finding {
    let (title, detail) = title(judged);
    let fix = remedies.iter().map(|remedy| words::fix(console, judged, remedy)).collect();
    Finding { why: why(judged), fix, ..named(judged, title, detail) }
}

/// A finding that says what it is, and neither why that matters nor what to do.
pub(crate) fn named(judged: &Judged, title: String, detail: Option<String>) -> Finding {
    Finding {
        rule: judged.rule.id.to_owned(),
        link: judged.rule.link,
        outcome: judged.outcome,
        severity: judged.severity,
        subject: judged.subject.clone(),
        title,
        why: String::new(),
        detail,
        fix: Vec::new(),
        reference: judged.rule.source.reference(),
        span: judged.span,
    }
}

/// What to do about a rule's findings, at any provider.
pub fn general_steps(rule: &Rule) -> Vec<String> {
    words::general(rule.steps, &steps_of(rule, None))
}
