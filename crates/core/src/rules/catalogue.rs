//! The catalogue: one ordered table of rules that the report, the API, the rule pages and the tests all read.

use super::rule::{Kind, PAGES, Rule};
use super::step::Reported;
use super::{
    announce, certificate, dane, delegation, dnssec, domain, english, history, live_mx, misplaced, mode, mx_pattern,
    policy_file, policy_host, tls_rpt,
};
use crate::report::link::Link;

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
pub(super) static OF_ONE_CHECK: [Section; 13] = [
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
pub(super) static OF_CHANGES: Section = section("history", history::RULES);

/// Every section, in the catalogue's order.
pub fn sections() -> impl Iterator<Item = &'static Section> {
    OF_ONE_CHECK.iter().chain([&OF_CHANGES])
}

/// Every rule, in the catalogue's order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    sections().flat_map(|section| section.rules)
}

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

pub(super) const COUNT: usize = {
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
