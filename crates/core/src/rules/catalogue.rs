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
    /// Whether a page shows what it finds while lookups run.
    is_shown_meanwhile: bool,
}

const fn section(id: &'static str, rules: &'static [Rule]) -> Section {
    Section { id, rules, is_shown_meanwhile: true }
}

/// Rules that look at what comes in last, or at the whole check: a page has their findings with the whole report, a moment
/// later.
const fn at_the_end(id: &'static str, rules: &'static [Rule]) -> Section {
    Section { id, rules, is_shown_meanwhile: false }
}

/// Every section, in the catalogue's order.
pub(super) static SECTIONS: [Section; 14] = [
    section("domain", domain::RULES),
    section("announce-record", announce::RULES),
    at_the_end("misplaced", misplaced::RULES),
    section("policy-host", policy_host::RULES),
    section("certificate", certificate::RULES),
    section("policy-file", policy_file::RULES),
    section("mx-patterns", mx_pattern::RULES),
    section("live-mx", live_mx::RULES),
    section("mode", mode::RULES),
    section("tls-rpt", tls_rpt::RULES),
    section("dnssec", dnssec::RULES),
    at_the_end("dane", dane::RULES),
    at_the_end("delegation", delegation::RULES),
    at_the_end("history", history::RULES),
];

/// Every section, in the catalogue's order.
pub fn sections() -> impl Iterator<Item = &'static Section> {
    SECTIONS.iter()
}

/// Every rule, in the catalogue's order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    sections().flat_map(|section| section.rules)
}

/// Whether a page shows what a rule finds while lookups run: faults and good news, not what is only worth knowing.
pub(super) const fn is_shown_meanwhile(section: &Section, rule: &Rule) -> bool {
    section.is_shown_meanwhile && !matches!(rule.kind, Kind::Info)
}

/// The rules of which a page shows the findings while lookups run, in the catalogue's order. A page that shows what comes in
/// carries these, and no others.
pub(super) static SHOWN_MEANWHILE: [Rule; SHOWN] = {
    let mut shown = [SECTIONS[0].rules[0]; SHOWN];
    let (mut at, mut of) = (0, 0);
    while of < SECTIONS.len() {
        let mut next = 0;
        while next < SECTIONS[of].rules.len() {
            if is_shown_meanwhile(&SECTIONS[of], &SECTIONS[of].rules[next]) {
                shown[at] = SECTIONS[of].rules[next];
                at += 1;
            }
            next += 1;
        }
        of += 1;
    }
    shown
};

pub(super) const SHOWN: usize = {
    let (mut count, mut of) = (0, 0);
    while of < SECTIONS.len() {
        let mut next = 0;
        while next < SECTIONS[of].rules.len() {
            count += is_shown_meanwhile(&SECTIONS[of], &SECTIONS[of].rules[next]) as usize;
            next += 1;
        }
        of += 1;
    }
    count
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
    while of < SECTIONS.len() {
        let (rules, titles) = (SECTIONS[of].rules, english::TITLES[of]);
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
    let (mut count, mut of) = (0, 0);
    while of < SECTIONS.len() {
        count += SECTIONS[of].rules.len();
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
