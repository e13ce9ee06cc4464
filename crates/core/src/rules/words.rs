//! Tables of words, as every language has them: by rule and case. What a finding is called stands apart from why it matters
//! and what to do, since a page that shows what comes in has the one and not the other.

use super::rule::{Case, Judged, Rule};

/// What a rule's finding is called.
pub struct Title {
    /// The rule's id.
    pub rule: &'static str,
    /// A few plain words.
    pub title: &'static str,
    /// For an engineer, with what the check knows in braces; left out where the check does not say what goes there. Empty
    /// where there is none.
    pub detail: &'static str,
    /// Where it is called something else.
    pub cases: &'static [CaseTitle],
}

/// What it is called in a case; empty is as the rule has it.
pub struct CaseTitle {
    /// The case's name.
    pub case: &'static str,
    /// As [`Title::title`].
    pub title: &'static str,
    /// As [`Title::detail`].
    pub detail: &'static str,
}

/// Why a rule's finding matters, and what to do.
pub struct Explanation {
    /// The rule's id.
    pub rule: &'static str,
    /// Why it matters, for a person who runs a small business.
    pub why: &'static str,
    /// The sentence of each step that is the rule's own, in order.
    pub steps: &'static [&'static str],
    /// Where it is something else.
    pub cases: &'static [CaseExplanation],
}

/// What a rule checks: for the catalogue and the pages of the rules, and for nothing else that is shipped.
pub struct Checked {
    /// The rule's id.
    pub rule: &'static str,
    /// In a sentence.
    pub what: &'static str,
}

/// Why it matters in a case, and what to do; empty is as the rule has it.
pub struct CaseExplanation {
    /// The case's name.
    pub case: &'static str,
    /// As [`Explanation::why`].
    pub why: &'static str,
    /// The sentence of each step that is the case's own, in order.
    pub steps: &'static [&'static str],
}

/// Words of many rules in one text, in the order of a catalogue. A table of references would weigh as much as the words: of
/// each of its numbers a packer makes little.
pub(super) struct Packed {
    pub(super) text: &'static str,
    /// Where the words of each rule end.
    pub(super) ends: &'static [u32],
}

/// Words of one rule: a group of them for the rule, then one for each of its cases, in their order.
#[derive(Clone, Copy)]
pub(super) struct Words(&'static str);

/// Ends each text.
const TEXT: char = '\n';
/// Ends the texts of a rule, or of a case.
const GROUP: char = '\r';

impl Packed {
    /// The words of the rule at a place.
    pub(super) fn at(&self, at: usize) -> Words {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        Words(self.text.get(start..end(at)).unwrap_or_default())
    }
}

impl Words {
    /// The texts of the rule, or of the case at a place in its list.
    pub(super) fn texts(self, case: Option<usize>) -> impl Iterator<Item = &'static str> {
        let group = self.0.split(GROUP).nth(case.map_or(0, |at| at + 1)).unwrap_or_default();
        group.split_terminator(TEXT)
    }

    /// One text of a finding, by its place in the group: of the case that counts most and has it, or of the rule.
    pub(super) fn text_of(self, judged: &Judged, at: usize) -> &'static str {
        let text = |case: Option<usize>| self.texts(case).nth(at).filter(|text| !text.is_empty());
        let of_case = |case: &Case| text(Some(judged.rule.place_of(case.name)?));
        judged.cases.iter().rev().find_map(of_case).or_else(|| text(None)).unwrap_or_default()
    }
}

/// What words are packed into, when this is compiled; of no length, it counts what they need.
pub(super) struct Packer<const BYTES: usize, const RULES: usize> {
    pub(super) bytes: [u8; BYTES],
    pub(super) length: usize,
    pub(super) ends: [u32; RULES],
}

impl<const BYTES: usize, const RULES: usize> Packer<BYTES, RULES> {
    pub(super) const NEW: Self = Self { bytes: [0; BYTES], length: 0, ends: [0; RULES] };

    const fn byte(&mut self, byte: u8) {
        if self.length < BYTES {
            self.bytes[self.length] = byte;
        }
        self.length += 1;
    }

    pub(super) const fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at] >= b' ', "words have no control characters");
            self.byte(bytes[at]);
            at += 1;
        }
        self.byte(TEXT as u8);
    }

    pub(super) const fn group(&mut self) {
        self.byte(GROUP as u8);
    }

    /// Ends the words of the rule at a place.
    #[expect(clippy::cast_possible_truncation, reason = "no program has so many words")]
    pub(super) const fn rule(&mut self, at: usize) {
        self.ends[at] = self.length as u32;
    }
}

/// What a rule's findings are called, with what is said for an engineer or without.
pub(super) const fn pack_title<const BYTES: usize, const RULES: usize>(
    out: &mut Packer<BYTES, RULES>,
    cases: &[Case],
    words: &Title,
    has_details: bool,
) {
    out.text(words.title);
    if has_details {
        out.text(words.detail);
    }
    out.group();
    let mut at = 0;
    while at < cases.len() {
        let mut next = 0;
        while next < words.cases.len() {
            let CaseTitle { case, title, detail } = &words.cases[next];
            if is_same(cases[at].name.as_bytes(), case.as_bytes()) {
                out.text(title);
                if has_details {
                    out.text(detail);
                }
            }
            next += 1;
        }
        out.group();
        at += 1;
    }
}

/// Why a rule's findings matter, and then the sentences of the steps that are the rule's own, or a case's.
pub(super) const fn pack_explanation<const BYTES: usize, const RULES: usize>(
    out: &mut Packer<BYTES, RULES>,
    cases: &[Case],
    words: &Explanation,
) {
    pack_why(out, words.why, words.steps);
    out.group();
    let mut at = 0;
    while at < cases.len() {
        let mut next = 0;
        while next < words.cases.len() {
            let CaseExplanation { case, why, steps } = &words.cases[next];
            if is_same(cases[at].name.as_bytes(), case.as_bytes()) {
                pack_why(out, why, steps);
            }
            next += 1;
        }
        out.group();
        at += 1;
    }
}

const fn pack_why<const BYTES: usize, const RULES: usize>(out: &mut Packer<BYTES, RULES>, why: &str, steps: &[&str]) {
    out.text(why);
    let mut at = 0;
    while at < steps.len() {
        out.text(steps[at]);
        at += 1;
    }
}

/// Sees that the tables of a section have an entry for each of its rules, in the same order. The compiler asks, so that a rule
/// without words does not build; then it names the rule.
pub(crate) const fn fit(rules: &[Rule], titles: &[Title], explanations: &[Explanation], checked: &[Checked]) {
    let mut at = 0;
    while at < rules.len() {
        let rule = &rules[at];
        let have_it = at < titles.len()
            && at < explanations.len()
            && at < checked.len()
            && is_same(rule.id.as_bytes(), titles[at].rule.as_bytes())
            && is_same(rule.id.as_bytes(), explanations[at].rule.as_bytes())
            && is_same(rule.id.as_bytes(), checked[at].rule.as_bytes());
        if !have_it
            || own(rule.steps) != explanations[at].steps.len()
            || !cases_fit(rule.cases, titles[at].cases, explanations[at].cases)
        {
            panic!("{}", rule.id);
        }
        at += 1;
    }
    assert!(titles.len() == at && explanations.len() == at && checked.len() == at, "words without a rule");
}

/// Whether each case has its words, and a sentence for each step of its own; and whether all words are a case's.
const fn cases_fit(cases: &[Case], titles: &[CaseTitle], explanations: &[CaseExplanation]) -> bool {
    let (mut at, mut named, mut explained) = (0, 0, 0);
    while at < cases.len() {
        let name = cases[at].name.as_bytes();
        let mut is_said = false;
        let mut next = 0;
        while next < titles.len() {
            if is_same(name, titles[next].case.as_bytes()) {
                (is_said, named) = (true, named + 1);
            }
            next += 1;
        }
        let mut sentences = 0;
        next = 0;
        while next < explanations.len() {
            if is_same(name, explanations[next].case.as_bytes()) {
                (is_said, explained) = (true, explained + 1);
                sentences = explanations[next].steps.len();
            }
            next += 1;
        }
        let wanted = if let Some(steps) = cases[at].steps { own(steps) } else { 0 };
        if !is_said || wanted != sentences {
            return false;
        }
        at += 1;
    }
    named == titles.len() && explained == explanations.len()
}

/// How many steps are the rule's own, each of which has a sentence.
const fn own(steps: &[super::step::Step]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < steps.len() {
        if let super::step::Step::Own(_) = steps[at] {
            count += 1;
        }
        at += 1;
    }
    count
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}
