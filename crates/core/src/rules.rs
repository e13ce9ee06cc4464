//! The catalogue: one ordered table of rules that the report, the API, the rule pages and the tests all read.
//!
//! A rule's id, severity, documentation and check stand together, in the module of what it looks at. A check reads
//! [`Facts`] and says what it found through [`Sink`]; its texts are the rule's own unless the case needs other words.

pub(crate) mod announce;
pub(crate) mod certificate;
mod dane;
mod delegation;
pub(crate) mod dns_trouble;
mod dnssec;
mod domain;
pub(crate) mod history;
mod live_mx;
mod misplaced;
mod mode;
pub(crate) mod mx_pattern;
pub(crate) mod policy_file;
pub(crate) mod policy_host;
pub mod rule;
pub mod source;
pub(crate) mod tlsrpt;

use serde::Serialize;

use crate::WHOLE;
use crate::evidence::snapshot::Snapshot;
use crate::facts::Facts;
use crate::mend::dns_console::Console;
use crate::mend::{new_policy, offers, operated};
use crate::published::policy::Mode;
use crate::report::{Finding, Outcome, Reference, Severity};
use crate::text::order;
use rule::Sink;
pub(crate) use rule::documented;
pub use rule::{Kind, PAGES, Rule};

/// Version of the catalogue: raised when a rule is added, or judges otherwise than before.
pub const RULESET: &str = "2026.13";

/// The file that has the catalogue as JSON, from the root of the site: it is made once, and the API answers it.
pub const CATALOGUE_FILE: &str = "/rules/catalogue.json";

/// Every rule, in the catalogue's order, a section at a time.
pub static CATALOGUE: &[Section] = &[
    section("domain", "The domain", domain::RULES),
    section("announce-record", "Announce record", announce::RULES),
    section("misplaced", "In the wrong place", misplaced::RULES),
    section("policy-host", "Policy host", policy_host::RULES),
    section("certificate", "Certificate of the policy host", certificate::RULES),
    section("policy-file", "Policy file", policy_file::RULES),
    section("mx-patterns", "Mail servers that the policy names", mx_pattern::RULES),
    section("live-mx", "Mail servers in the DNS", live_mx::RULES),
    section("mode", "Mode of the policy", mode::RULES),
    section("tls-rpt", "TLS reports", tlsrpt::RULES),
    section("dnssec", "DNSSEC", dnssec::RULES),
    section("dane", "DANE", dane::RULES),
    section("delegation", "Run by a provider", delegation::RULES),
    section("history", "Changes over time", if WHOLE { history::RULES } else { &[] }),
];

/// Rules that look at the same thing.
pub struct Section {
    /// For addresses, in lower case with hyphens. Empty without the feature `catalogue`, as the title is.
    pub id: &'static str,
    /// What its rules look at, in a few words.
    pub title: &'static str,
    /// Its rules, in the catalogue's order.
    pub rules: &'static [Rule],
}

const fn section(id: &'static str, title: &'static str, rules: &'static [Rule]) -> Section {
    Section { id: documented(id), title: documented(title), rules }
}

/// Every rule, in the catalogue's order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    CATALOGUE.iter().flat_map(|section| section.rules)
}

/// What a rule is called, and no more of it: for whoever only points at rules, and need not carry how each looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As [`Rule::id`].
    pub id: &'static str,
    /// As [`Rule::kind`].
    pub kind: Kind,
    /// As [`Rule::title`].
    pub title: &'static str,
}

/// What every rule is called, in the catalogue's order.
pub static NAMES: [Name; COUNT] = {
    let mut names = [Name { id: "", kind: Kind::Info, title: "" }; COUNT];
    let (mut at, mut of) = (0, 0);
    while of < CATALOGUE.len() {
        let mut next = 0;
        while next < CATALOGUE[of].rules.len() {
            let Rule { id, kind, title, .. } = &CATALOGUE[of].rules[next];
            names[at] = Name { id, kind: *kind, title };
            (at, next) = (at + 1, next + 1);
        }
        of += 1;
    }
    names
};

const COUNT: usize = {
    let (mut count, mut of) = (0, 0);
    while of < CATALOGUE.len() {
        count += CATALOGUE[of].rules.len();
        of += 1;
    }
    count
};

impl Name {
    /// As [`Rule::path`].
    pub fn path(&self) -> String {
        format!("{PAGES}{}", self.id)
    }
}

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

/// The catalogue as the API has it.
pub fn entries() -> Vec<Entry> {
    let entry = |rule: &Rule| Entry {
        id: rule.id,
        kind: rule.kind,
        grammar: rule.grammar,
        title: rule.title,
        what: rule.what,
        why: rule.why,
        steps: rule.general_steps(),
        source: rule.source.reference(),
        url: rule.path(),
    };
    all().map(entry).collect()
}

/// How bad it is when the policy does not allow a live MX host: an error in enforce, a warning in testing, nothing
/// in none, or where senders find no policy to act on.
fn severity_by_mode(facts: &Facts<'_>) -> Option<Severity> {
    match facts.policy_in_force()?.mode?.value {
        Mode::Enforce => Some(Severity::Error),
        Mode::Testing => Some(Severity::Warning),
        Mode::None => None,
    }
}

/// Runs every rule. Findings come worst first, then in the catalogue's order.
pub(crate) fn run(facts: &Facts<'_>, snapshot: Option<&Snapshot>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let console = Console::of(facts);
    for rule in all() {
        (rule.check)(facts, &mut Sink { rule, snapshot, console: &console, findings: &mut findings });
    }
    if WHOLE {
        new_policy::add(facts, &console, &mut findings);
        for finding in &mut findings {
            operated::mend(facts, &console, finding);
            offers::add(facts, &console, finding);
        }
    }
    order::sort_by_key(&mut findings, rank);
    findings
}

fn rank(finding: &Finding) -> u8 {
    match (finding.outcome, finding.severity) {
        (Outcome::Fail, Severity::Error) => 0,
        (Outcome::Fail, Severity::Warning) => 1,
        (Outcome::Inconclusive, _) => 2,
        (Outcome::Fail, Severity::Info) => 3,
        (Outcome::Pass, _) => 4,
    }
}
