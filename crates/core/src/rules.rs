//! The rules: each judges [`Facts`], and says what it found through a sink, without words.
//!
//! A rule stands in the module of what it looks at: its id, severity, link of the chain, steps and check. Its words stand in
//! the tables of a language, in the same order (`english`).

mod announce;
mod catalogue;
mod certificate;
mod dane;
mod delegation;
pub(crate) mod dns_trouble;
mod dnssec;
mod domain;
mod english;
mod history;
pub(crate) mod live_mx;
mod misplaced;
mod mode;
mod mx_pattern;
mod policy_file;
mod policy_host;
pub mod rule;
mod said;
pub mod source;
pub mod step;
mod tls_rpt;
mod txt_record;
pub mod words;

use crate::evidence::snapshot::Snapshot;
use crate::facts::Facts;
use catalogue::SHOWN_MEANWHILE;
pub use catalogue::{NAMES, Name, Section, all, sections};
use rule::{Findings, Judged, RANKS, Sink};
pub(crate) use said::{own_steps, title, title_so_far, why};
pub use said::{section_title, steps_of, title_of, what, why_of};

/// Version of the catalogue: raised when a rule is added, or judges otherwise than before.
pub const RULESET: &str = "2026.13";

/// The file that has the catalogue as JSON, from the root of the site: it is made once, and the API answers it.
pub const CATALOGUE_FILE: &str = "/rules/catalogue.json";

/// Runs the rules that a page shows while lookups run over what was seen so far. Findings come worst first, then in the
/// catalogue's order.
pub fn judge_so_far(facts: &Facts<'_>) -> Vec<Judged> {
    let mut found = Findings::default();
    for (at, rule) in SHOWN_MEANWHILE.iter().enumerate() {
        (rule.check)(facts, &mut Sink::of((at, rule), None, &mut found));
    }
    sorted(found.judged)
}

/// Runs every rule. `snapshot` is what this check leaves for a later one. Findings come in the same order.
pub fn judge(facts: &Facts<'_>, snapshot: Option<&Snapshot>) -> Vec<Judged> {
    let mut found = Findings::default();
    for (at, rule) in all().enumerate() {
        (rule.check)(facts, &mut Sink::of((at, rule), snapshot, &mut found));
    }
    sorted(found.judged)
}

/// Runs the rules of one section, to count what it costs.
#[cfg(feature = "scenario")]
pub fn judge_section(section: &Section, facts: &Facts<'_>) -> Vec<Judged> {
    let mut found = Findings::default();
    let first = all().position(|rule| section.rules.first().is_some_and(|first| first.id == rule.id)).unwrap_or(0);
    for (at, rule) in section.rules.iter().enumerate() {
        (rule.check)(facts, &mut Sink::of((first + at, rule), None, &mut found));
    }
    sorted(found.judged)
}

fn sorted(judged: Vec<Judged>) -> Vec<Judged> {
    let mut ranks: [Vec<Judged>; RANKS] = Default::default();
    for judged in judged {
        ranks[judged.rank()].push(judged);
    }
    ranks.into_iter().flatten().collect()
}
