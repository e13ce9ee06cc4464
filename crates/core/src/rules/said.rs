//! What is said of findings, by their rule's place in the catalogue.

use super::catalogue::{COUNT, SECTIONS, SHOWN, Section, all, is_shown_meanwhile, sections};
use super::english;
use super::rule::{Judged, Rule};
use super::words::{self, Packed, Packer, Words};
use crate::text::template::fill;

// A rule without words does not build, nor do words without a rule.
const _: () = {
    let mut at = 0;
    while at < SECTIONS.len() {
        words::fit(SECTIONS[at].rules, english::TITLES[at], english::EXPLANATIONS[at], english::CHECKED[at]);
        at += 1;
    }
};

/// Packs the words that a function puts into a packer.
macro_rules! packed {
    ($words:ident) => {{
        const LENGTH: usize = $words::<0>().length;
        static WORDS: Packer<LENGTH, { $words::<0>().ends.len() }> = $words();
        match str::from_utf8(&WORDS.bytes) {
            Ok(text) => Packed { text, ends: &WORDS.ends },
            Err(_) => panic!("texts one after the other are text"),
        }
    }};
}

// By place, without the ids and names that the compiler has seen to fit: they would be shipped with every word.
static TITLES_SO_FAR: Packed = packed!(titles_so_far);
static TITLES: Packed = packed!(titles);
static EXPLANATIONS: Packed = packed!(explanations);

const fn titles_so_far<const BYTES: usize>() -> Packer<BYTES, SHOWN> {
    let mut out = Packer::NEW;
    let (mut at, mut of) = (0, 0);
    while of < SECTIONS.len() {
        let mut next = 0;
        while next < SECTIONS[of].rules.len() {
            let rule = &SECTIONS[of].rules[next];
            if is_shown_meanwhile(&SECTIONS[of], rule) {
                words::pack_title(&mut out, rule.cases, &english::TITLES[of][next], false);
                out.rule(at);
                at += 1;
            }
            next += 1;
        }
        of += 1;
    }
    out
}

const fn titles<const BYTES: usize>() -> Packer<BYTES, COUNT> {
    let mut out = Packer::NEW;
    let (mut at, mut of) = (0, 0);
    while of < SECTIONS.len() {
        let mut next = 0;
        while next < SECTIONS[of].rules.len() {
            words::pack_title(&mut out, SECTIONS[of].rules[next].cases, &english::TITLES[of][next], true);
            out.rule(at);
            (at, next) = (at + 1, next + 1);
        }
        of += 1;
    }
    out
}

const fn explanations<const BYTES: usize>() -> Packer<BYTES, COUNT> {
    let mut out = Packer::NEW;
    let (mut at, mut of) = (0, 0);
    while of < SECTIONS.len() {
        let mut next = 0;
        while next < SECTIONS[of].rules.len() {
            words::pack_explanation(&mut out, SECTIONS[of].rules[next].cases, &english::EXPLANATIONS[of][next]);
            out.rule(at);
            (at, next) = (at + 1, next + 1);
        }
        of += 1;
    }
    out
}

/// Places of the texts in a group.
const TITLE: usize = 0;
const DETAIL: usize = 1;
const WHY: usize = 0;
/// The first of the sentences of steps.
const STEPS: usize = 1;

/// What a finding is called on a page that shows what comes in.
pub(crate) fn title_so_far(judged: &Judged) -> String {
    filled(TITLES_SO_FAR.at(judged.at).text_of(judged, TITLE), judged).unwrap_or_default()
}

/// What a finding is called, and what it says for an engineer.
pub(crate) fn title(judged: &Judged) -> (String, Option<String>) {
    let words = TITLES.at(judged.at);
    let detail = english::answers(judged.detail).or_else(|| {
        let detail = english::detail(judged.detail).unwrap_or_else(|| words.text_of(judged, DETAIL));
        Some(detail).filter(|detail| !detail.is_empty()).and_then(|detail| filled(detail, judged))
    });
    (filled(words.text_of(judged, TITLE), judged).unwrap_or_default(), detail)
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

/// Why a finding matters.
pub(crate) fn why(judged: &Judged) -> String {
    let why = filled(EXPLANATIONS.at(judged.at).text_of(judged, WHY), judged);
    debug_assert!(why.is_some(), "{} does not say all that its explanation wants", judged.rule.id);
    why.unwrap_or_default()
}

/// What the rule's own way to mend a finding is called, and the sentences of its own steps.
pub(crate) fn own_steps(judged: &Judged) -> (&'static str, Vec<&'static str>) {
    let case = judged.steps_of().and_then(|case| judged.rule.place_of(case));
    (general_title(TITLES.at(judged.at)), steps(EXPLANATIONS.at(judged.at), case))
}

fn general_title(words: Words) -> &'static str {
    words.texts(None).nth(TITLE).unwrap_or_default()
}

fn steps(words: Words, case: Option<usize>) -> Vec<&'static str> {
    words.texts(case).skip(STEPS).collect()
}

fn place(rule: &Rule) -> usize {
    all().position(|other| other.id == rule.id).unwrap_or_default()
}

/// What a rule's findings are called, where no case has other words.
pub fn title_of(rule: &Rule) -> &'static str {
    general_title(TITLES.at(place(rule)))
}

/// Why a rule's findings matter, where no case has other words.
pub fn why_of(rule: &Rule) -> &'static str {
    EXPLANATIONS.at(place(rule)).texts(None).nth(WHY).unwrap_or_default()
}

/// The sentences of the steps that are a rule's own, or its case's.
pub fn steps_of(rule: &Rule, case: Option<&str>) -> Vec<&'static str> {
    let place_in_list = |case: &str| rule.place_of(case);
    steps(EXPLANATIONS.at(place(rule)), case.and_then(place_in_list))
}

/// What a rule checks, in a sentence.
pub fn what(rule: &Rule) -> &'static str {
    english::CHECKED.iter().copied().flatten().nth(place(rule)).map_or("", |checked| checked.what)
}

/// What a section's rules look at, in a few words.
pub fn section_title(section: &Section) -> &'static str {
    sections().zip(english::SECTIONS).find(|(other, _)| other.id == section.id).map_or("", |(_, title)| title)
}
