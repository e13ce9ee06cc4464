//! What is said of findings, by their rule's place in the catalogue.

use super::catalogue::{COUNT, OF_CHANGES, OF_ONE_CHECK, Section, all, sections};
use super::english;
use super::rule::{Judged, Rule};
use super::words::{self, Explanation, ExplanationWords, Title, TitleWords};
use crate::text::template::fill;

// A rule without words does not build, nor do words without a rule.
const _: () = {
    let mut at = 0;
    while at < OF_ONE_CHECK.len() {
        words::fit(OF_ONE_CHECK[at].rules, english::TITLES[at], english::EXPLANATIONS[at], english::CHECKED[at]);
        at += 1;
    }
    words::fit(OF_CHANGES.rules, english::TITLES_OF_CHANGES, english::EXPLANATIONS[at], english::CHECKED[at]);
};

/// How many rules look at one check.
const OF_ONE: usize = COUNT - OF_CHANGES.rules.len();

// By place, without the ids that the compiler has seen to fit: they would be shipped with every word.
static TITLES: [TitleWords; OF_ONE] = titles(&english::TITLES);
static TITLES_OF_CHANGES: [TitleWords; COUNT - OF_ONE] = titles(&[english::TITLES_OF_CHANGES]);
static EXPLANATIONS: [ExplanationWords; COUNT] = explanations(&english::EXPLANATIONS);

const fn titles<const N: usize>(sections: &[&[Title]]) -> [TitleWords; N] {
    let mut words = [TitleWords { title: "", detail: "", cases: &[] }; N];
    let (mut at, mut of) = (0, 0);
    while of < sections.len() {
        let mut next = 0;
        while next < sections[of].len() {
            let Title { title, detail, cases, .. } = sections[of][next];
            words[at] = TitleWords { title, detail, cases };
            (at, next) = (at + 1, next + 1);
        }
        of += 1;
    }
    words
}

const fn explanations<const N: usize>(sections: &[&[Explanation]]) -> [ExplanationWords; N] {
    let mut words = [ExplanationWords { why: "", steps: &[], cases: &[] }; N];
    let (mut at, mut of) = (0, 0);
    while of < sections.len() {
        let mut next = 0;
        while next < sections[of].len() {
            let Explanation { why, steps, cases, .. } = sections[of][next];
            words[at] = ExplanationWords { why, steps, cases };
            (at, next) = (at + 1, next + 1);
        }
        of += 1;
    }
    words
}

/// What a finding is called, of a rule that looks at one check, and what it says for an engineer.
pub(crate) fn title_so_far(judged: &Judged) -> (String, Option<String>) {
    TITLES.get(judged.at).map(|words| said(judged, words)).unwrap_or_default()
}

/// What a finding is called, and what it says for an engineer.
pub(crate) fn title(judged: &Judged) -> (String, Option<String>) {
    said(judged, title_at(judged.at))
}

fn title_at(at: usize) -> &'static TitleWords {
    TITLES.get(at).unwrap_or_else(|| &TITLES_OF_CHANGES[at - OF_ONE])
}

fn said(judged: &Judged, words: &TitleWords) -> (String, Option<String>) {
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

/// Why a finding matters.
pub(crate) fn why(judged: &Judged) -> String {
    let why = filled(EXPLANATIONS[judged.at].why_of(judged), judged);
    debug_assert!(why.is_some(), "{} does not say all that its explanation wants", judged.rule.id);
    why.unwrap_or_default()
}

/// What the rule's own way to mend a finding is called, and the sentences of its own steps.
pub(crate) fn own_steps(judged: &Judged) -> (&'static str, &'static [&'static str]) {
    (title_at(judged.at).title, EXPLANATIONS[judged.at].steps_of(judged.steps_of()))
}

fn place(rule: &Rule) -> usize {
    all().position(|other| other.id == rule.id).unwrap_or_default()
}

/// What a rule's findings are called, where no case has other words.
pub fn title_of(rule: &Rule) -> &'static str {
    title_at(place(rule)).title
}

/// Why a rule's findings matter, and the sentences of its own steps.
pub fn explanation(rule: &Rule) -> &'static ExplanationWords {
    &EXPLANATIONS[place(rule)]
}

/// What a rule checks, in a sentence.
pub fn what(rule: &Rule) -> &'static str {
    english::CHECKED.iter().copied().flatten().nth(place(rule)).map_or("", |checked| checked.what)
}

/// What a section's rules look at, in a few words.
pub fn section_title(section: &Section) -> &'static str {
    sections().zip(english::SECTIONS).find(|(other, _)| other.id == section.id).map_or("", |(_, title)| title)
}
