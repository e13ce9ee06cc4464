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

/// What a rule's finding is called, without the rule's id.
#[derive(Clone, Copy)]
pub struct TitleWords {
    /// As [`Title::title`].
    pub title: &'static str,
    /// As [`Title::detail`].
    pub detail: &'static str,
    /// As [`Title::cases`].
    pub cases: &'static [CaseTitle],
}

/// Why a rule's finding matters, and what to do, without the rule's id.
#[derive(Clone, Copy)]
pub struct ExplanationWords {
    /// As [`Explanation::why`].
    pub why: &'static str,
    /// As [`Explanation::steps`].
    pub steps: &'static [&'static str],
    /// As [`Explanation::cases`].
    pub cases: &'static [CaseExplanation],
}

impl TitleWords {
    /// The title of a finding.
    pub(crate) fn title_of(&self, judged: &Judged) -> &'static str {
        self.last(judged, |case| case.title).unwrap_or(self.title)
    }

    /// What is said for an engineer.
    pub(crate) fn detail_of(&self, judged: &Judged) -> &'static str {
        self.last(judged, |case| case.detail).unwrap_or(self.detail)
    }

    fn last(&self, judged: &Judged, of: fn(&CaseTitle) -> &'static str) -> Option<&'static str> {
        let words =
            |name: &str| self.cases.iter().find(|case| case.case == name).map(of).filter(|text| !text.is_empty());
        judged.cases.iter().rev().find_map(|case| words(case.name))
    }
}

impl ExplanationWords {
    /// Why a finding matters.
    pub(crate) fn why_of(&self, judged: &Judged) -> &'static str {
        let why = |name: &str| self.case(name).map(|case| case.why).filter(|text| !text.is_empty());
        judged.cases.iter().rev().find_map(|case| why(case.name)).unwrap_or(self.why)
    }

    /// The sentences of the steps that are the rule's own, or a case's.
    pub(crate) fn steps_of(&self, case: Option<&str>) -> &'static [&'static str] {
        match case {
            Some(name) => self.case(name).map_or(&[], |case| case.steps),
            None => self.steps,
        }
    }

    fn case(&self, name: &str) -> Option<&CaseExplanation> {
        self.cases.iter().find(|case| case.case == name)
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
