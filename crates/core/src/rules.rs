//! The catalogue: one ordered table of rules that the report, the API, the rule pages and the tests all read.
//!
//! A rule stands in the module of what it looks at: its id, severity, link of the chain, steps and check. Its words stand in
//! the tables of a language, by the same order (`english`). A check reads [`Facts`] and says what it found through a sink.

mod announce;
mod certificate;
mod dane;
mod delegation;
pub(crate) mod dns_trouble;
mod dnssec;
mod domain;
mod english;
pub(crate) mod history;
mod live_mx;
mod misplaced;
mod mode;
mod mx_pattern;
mod policy_file;
mod policy_host;
pub mod rule;
pub mod source;
pub mod step;
mod tls_rpt;
mod txt_record;
pub mod words;

use crate::evidence::snapshot::Snapshot;
use crate::facts::Facts;
use crate::report::link::Link;
use crate::text::order;
use crate::text::template::fill;
use rule::{Judged, Kind, PAGES, Rule, Sink};
use step::Reported;
use words::{Explanation, Title};

/// Version of the catalogue: raised when a rule is added, or judges otherwise than before.
pub const RULESET: &str = "2026.13";

/// The file that has the catalogue as JSON, from the root of the site: it is made once, and the API answers it.
pub const CATALOGUE_FILE: &str = "/rules/catalogue.json";

/// Rules that look at the same thing.
pub struct Section {
    /// For addresses, in lower case with hyphens.
    pub id: &'static str,
    /// Its rules, in the catalogue's order.
    pub rules: &'static [Rule],
}

const fn section(id: &'static str, rules: &'static [Rule]) -> Section {
    Section { id, rules }
}

/// What a check by itself can find. A page that shows what comes in has these rules, and no others.
static OF_ONE_CHECK: [Section; 13] = [
    section("domain", domain::RULES),
    section("announce-record", announce::RULES),
    section("misplaced", misplaced::RULES),
    section("policy-host", policy_host::RULES),
    section("certificate", certificate::RULES),
    section("policy-file", policy_file::RULES),
    section("mx-patterns", mx_pattern::RULES),
    section("live-mx", live_mx::RULES),
    section("mode", mode::RULES),
    section("tls-rpt", tls_rpt::RULES),
    section("dnssec", dnssec::RULES),
    section("dane", dane::RULES),
    section("delegation", delegation::RULES),
];

/// What takes earlier checks of the domain, too, or the whole of this one.
static OF_CHANGES: Section = section("history", history::RULES);

/// Every section, in the catalogue's order.
pub fn sections() -> impl Iterator<Item = &'static Section> {
    OF_ONE_CHECK.iter().chain([&OF_CHANGES])
}

/// Every rule, in the catalogue's order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    sections().flat_map(|section| section.rules)
}

/// What a section's rules look at, in a few words.
pub fn section_title(section: &Section) -> &'static str {
    sections().zip(english::SECTIONS).find(|(other, _)| other.id == section.id).map_or("", |(_, title)| title)
}

// A rule without words does not build, nor do words without a rule.
const _: () = {
    let mut at = 0;
    while at < OF_ONE_CHECK.len() {
        assert!(words::fit(
            OF_ONE_CHECK[at].rules,
            english::TITLES[at],
            english::EXPLANATIONS[at],
            english::CHECKED[at]
        ));
        at += 1;
    }
    assert!(words::fit(OF_CHANGES.rules, english::TITLES_OF_CHANGES, english::EXPLANATIONS[at], english::CHECKED[at]));
};

/// What is known of a rule by its id, and no more: for whoever only points at rules, and need not carry how each looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As [`Rule::id`].
    pub id: &'static str,
    /// As [`Rule::kind`].
    pub kind: Kind,
    /// As [`Rule::link`].
    pub link: Option<Link>,
    /// As [`Rule::reported_as`].
    pub reported_as: &'static [Reported],
    /// What its findings are called.
    pub title: &'static str,
}

/// What every rule is called, in the catalogue's order.
pub static NAMES: [Name; COUNT] = {
    let mut names = [Name { id: "", kind: Kind::Info, link: None, reported_as: &[], title: "" }; COUNT];
    let (mut at, mut of) = (0, 0);
    while of <= OF_ONE_CHECK.len() {
        let (rules, titles) = if of < OF_ONE_CHECK.len() {
            (OF_ONE_CHECK[of].rules, english::TITLES[of])
        } else {
            (OF_CHANGES.rules, english::TITLES_OF_CHANGES)
        };
        let mut next = 0;
        while next < rules.len() {
            let Rule { id, kind, link, reported_as, .. } = &rules[next];
            names[at] = Name { id, kind: *kind, link: *link, reported_as, title: titles[next].title };
            (at, next) = (at + 1, next + 1);
        }
        of += 1;
    }
    names
};

const COUNT: usize = {
    let (mut count, mut of) = (OF_CHANGES.rules.len(), 0);
    while of < OF_ONE_CHECK.len() {
        count += OF_ONE_CHECK[of].rules.len();
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

/// Runs every rule over what one check saw so far. Findings come worst first, then in the catalogue's order.
pub fn judge_so_far(facts: &Facts<'_>) -> Vec<Judged> {
    let mut judged = Vec::new();
    for rule in OF_ONE_CHECK.iter().flat_map(|section| section.rules) {
        (rule.check)(facts, &mut Sink::of(rule, None, &mut judged));
    }
    sorted(judged)
}

/// Runs every rule. `snapshot` is what this check leaves for a later one.
pub fn judge(facts: &Facts<'_>, snapshot: Option<&Snapshot>) -> Vec<Judged> {
    let mut judged = Vec::new();
    for rule in all() {
        (rule.check)(facts, &mut Sink::of(rule, snapshot, &mut judged));
    }
    sorted(judged)
}

fn sorted(mut judged: Vec<Judged>) -> Vec<Judged> {
    order::sort_by_key(&mut judged, Judged::rank);
    judged
}

/// What a finding is called, of a rule that looks at one check.
pub(crate) fn title_so_far(judged: &Judged) -> (String, Option<String>) {
    said(judged, english::TITLES.iter().copied().flatten())
}

/// What a finding is called, and what it says for an engineer.
pub(crate) fn title(judged: &Judged) -> (String, Option<String>) {
    said(judged, english::TITLES.iter().copied().chain([english::TITLES_OF_CHANGES]).flatten())
}

fn said(judged: &Judged, mut titles: impl Iterator<Item = &'static Title>) -> (String, Option<String>) {
    let Some(words) = titles.find(|title| title.rule == judged.rule.id) else { return <_>::default() };
    let detail = english::answers(judged.detail).or_else(|| {
        let detail = english::detail(judged.detail).unwrap_or_else(|| words.detail_of(judged));
        Some(detail).filter(|detail| !detail.is_empty()).and_then(|detail| filled(detail, judged))
    });
    (filled(words.title_of(judged), judged).unwrap_or_default(), detail)
}

/// A text with what the check knows in its place; none where the check does not say something that goes into it.
fn filled(text: &'static str, judged: &Judged) -> Option<String> {
    let mut is_whole = true;
    let text = fill(text, |word, out| match judged.arguments.iter().find(|(name, _)| *name == word) {
        Some((_, value)) => out.push_str(value),
        None => is_whole = false,
    });
    is_whole.then_some(text)
}

/// Why a rule's findings matter, and what to do.
pub fn explanation(rule: &Rule) -> &'static Explanation {
    let mut all = english::EXPLANATIONS.iter().copied().flatten();
    all.find(|explanation| explanation.rule == rule.id).expect("every rule has its words: the compiler was asked")
}

/// What a rule checks, in a sentence.
pub fn what(rule: &Rule) -> &'static str {
    english::CHECKED
        .iter()
        .copied()
        .flatten()
        .find(|checked| checked.rule == rule.id)
        .map_or("", |checked| checked.what)
}

/// What a rule's findings are called, where no case has other words.
pub fn title_of(rule: &Rule) -> &'static str {
    NAMES.iter().find(|name| name.id == rule.id).map_or("", |name| name.title)
}
