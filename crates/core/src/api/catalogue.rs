//! The catalogue of rules as the API has it.

use serde::Serialize;

use crate::mend::general_steps;
use crate::report::Reference;
use crate::rules::rule::{Kind, Rule};
use crate::rules::{all, title_of, what, why_of};

/// A rule as the API's catalogue has it: all but the check itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema), ts(rename = "Rule"), schemars(rename = "Rule"))]
pub struct Entry {
    /// The rule's permanent id, which names the defect.
    pub id: &'static str,
    /// What it reports.
    pub kind: Kind,
    /// Whether the fault makes a lint's `valid` false: the RFC's grammar or prose forbids it.
    pub grammar: bool,
    /// A few plain words.
    pub title: &'static str,
    /// What it checks, in a sentence.
    pub what: &'static str,
    /// Why it matters, for a person who runs a small business.
    pub why: &'static str,
    /// What to do, step by step, at any provider; empty when nothing is to be done.
    pub steps: Vec<String>,
    /// Where it is written.
    pub source: Reference,
    /// The address of its page, from the root of the site.
    pub url: String,
}

/// Every rule, in the catalogue's order.
pub fn entries() -> Vec<Entry> {
    let entry = |rule: &Rule| Entry {
        id: rule.id,
        kind: rule.kind,
        grammar: rule.grammar,
        title: title_of(rule),
        what: what(rule),
        why: why_of(rule),
        steps: general_steps(rule),
        source: rule.source.reference(),
        url: rule.path(),
    };
    all().map(entry).collect()
}
