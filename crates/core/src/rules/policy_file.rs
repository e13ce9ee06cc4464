//! The text of the policy file.

use super::rule::{Case, Detail, Draft, Kind, Rule, Sink};
use super::source::sts;
use super::step::{Ask, Reported, Step, Target, ToPaste};
use crate::evidence::Fetch;
use crate::facts::Facts;
use crate::providers::mx_line;
use crate::published::policy::{Mode, Policy, PolicyFault};
use crate::report::link::Link;
use crate::text::clip::clip;
use crate::text::span::Span;

const DAY: u32 = 86_400;
const WEEK: u32 = 7 * DAY;

const NO_VALUE: Case = Case::said("no-value");
/// Some bytes are not UTF-8.
const NOT_UTF8: Case = Case::said("not-utf-8");
/// More than one line is indented.
const INDENTED: Case = Case::said("indented");
/// Several fields stand in one line.
const JOINED: Case = Case::done("joined", &[Step::Own(Target::File), Step::SaveThenNewId]);
/// The servers stand on lines of their own.
const LIST: Case = Case::done("list", &[Step::Own(Target::File), Step::SaveThenNewId]);

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "policy-ok",
        kind: Kind::Pass,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let whole = !matches!(facts.fetch, Fetch::Response { response, .. } if response.truncated);
            if let Some(policy) = facts.policy.as_ref().filter(|policy| policy.is_valid() && whole) {
                let (mode, age) =
                    (policy.mode.map_or("", |mode| mode.value.as_str()), policy.max_age.map_or(0, |age| age.value));
                out.report().with("mode", mode).count("seconds", age).count("patterns", policy.mx.len());
            }
        },
    },
    Rule {
        id: "policy-bom",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::Bom, facts, out),
    },
    Rule {
        id: "policy-utf16",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[NOT_UTF8],
        check: |facts, out| {
            each(PolicyFault::Utf16, facts, out);
            each_case(PolicyFault::NotUtf8, NOT_UTF8, facts, out);
        },
    },
    Rule {
        id: "policy-cr-only",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::CrOnly, facts, out),
    },
    Rule {
        id: "policy-blank-line",
        kind: Kind::Warning,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::BlankLine, facts, out),
    },
    Rule {
        id: "policy-leading-space",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[INDENTED],
        check: |facts, out| {
            let Some(policy) = &facts.policy else { return };
            let mut indented = policy.issues.iter().filter(|issue| issue.kind == PolicyFault::LeadingSpace);
            let Some(first) = indented.next() else { return };
            let draft = at(policy, first.span, out);
            if indented.next().is_some() {
                draft.case(INDENTED);
            }
        },
    },
    Rule {
        id: "policy-comment",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::Comment, facts, out),
    },
    Rule {
        id: "policy-line-invalid",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[NO_VALUE, JOINED, LIST],
        check: |facts, out| {
            each_case(PolicyFault::LinesJoined, JOINED, facts, out);
            each_case(PolicyFault::YamlList, LIST, facts, out);
            let Some(policy) = &facts.policy else { return };
            for issue in policy.issues.iter().filter(|issue| issue.kind == PolicyFault::LineInvalid) {
                let draft = at(policy, issue.span, out);
                if issue.span.of(&policy.text).trim_end().ends_with(':') {
                    draft.case(NO_VALUE);
                }
            }
        },
    },
    Rule {
        id: "policy-key-case",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::KeyCase, facts, out),
    },
    Rule {
        id: "policy-key-typo",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::KeyTypo, facts, out),
    },
    Rule {
        id: "policy-key-unknown",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::KeyUnknown, facts, out),
    },
    Rule {
        id: "policy-key-duplicate",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::KeyDuplicate, facts, out),
    },
    Rule {
        id: "policy-version-missing",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| missing(PolicyFault::VersionMissing, Some(ToPaste::Line("version: STSv1")), facts, out),
    },
    Rule {
        id: "policy-version-invalid",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::VersionInvalid, facts, out),
    },
    Rule {
        id: "policy-version-not-first",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::VersionNotFirst, facts, out),
    },
    Rule {
        id: "policy-mode-missing",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| missing(PolicyFault::ModeMissing, Some(ToPaste::Line("mode: testing")), facts, out),
    },
    Rule {
        id: "policy-mode-invalid",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::ModeInvalid, facts, out),
    },
    Rule {
        id: "policy-max-age-missing",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| missing(PolicyFault::MaxAgeMissing, Some(ToPaste::Line("max_age: 1209600")), facts, out),
    },
    Rule {
        id: "policy-max-age-invalid",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::MaxAgeInvalid, facts, out),
    },
    Rule {
        id: "policy-max-age-too-long",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::MaxAgeTooLong, facts, out),
    },
    Rule {
        id: "policy-max-age-too-short",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| max_age(|age, mode| age < DAY && mode != Mode::None, facts, out),
    },
    Rule {
        id: "policy-max-age-short",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| max_age(|age, mode| (DAY..WEEK).contains(&age) && mode == Mode::Enforce, facts, out),
    },
    Rule {
        id: "policy-max-age-modest",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| max_age(|age, mode| (WEEK..2 * WEEK).contains(&age) && mode == Mode::Enforce, facts, out),
    },
    Rule {
        id: "policy-mx-missing",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let named = facts.mx.reached().filter(|mx| mx_line::is_host(&mx.host));
            let hosts: Vec<String> = named.map(|mx| mx.host.clone()).collect();
            let lines = (!hosts.is_empty()).then_some(ToPaste::LineForEach(hosts));
            missing(PolicyFault::MxMissing, lines, facts, out);
        },
    },
    Rule {
        id: "policy-legacy-json",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::LegacyJson, facts, out),
    },
    Rule {
        id: "policy-record-pasted",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::Own(Target::File)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::RecordPasted, facts, out),
    },
];

/// One finding for each fault of a kind, at its place, quoting the text.
pub(super) fn each(fault: PolicyFault, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    for issue in policy.issues.iter().filter(|issue| issue.kind == fault) {
        at(policy, issue.span, out);
    }
}

/// The same, in a case.
pub(super) fn each_case(fault: PolicyFault, case: Case, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    for issue in policy.issues.iter().filter(|issue| issue.kind == fault) {
        at(policy, issue.span, out).case(case);
    }
}

fn at<'s>(policy: &Policy<'_>, span: Span, out: &'s mut Sink<'_>) -> Draft<'s> {
    let draft = out.report().at(span, &policy.text);
    let text = span.of(&policy.text);
    let whole = span.end - span.start == policy.text.len();
    if whole || text.trim_matches(['\u{feff}', '\r', ' ', '\t']).is_empty() {
        draft
    } else {
        draft.subject(clip(text, 100))
    }
}

/// A finding for something that is missing, with what to add.
fn missing(fault: PolicyFault, lines: Option<ToPaste>, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    if let Some(issue) = policy.issues.iter().find(|issue| issue.kind == fault) {
        let draft = out.report().at(issue.span, &policy.text);
        if let Some(lines) = lines {
            draft.paste(lines);
        }
    }
}

fn max_age(is_odd: fn(u32, Mode) -> bool, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    if let (Some(max_age), Some(mode)) = (policy.max_age, policy.mode)
        && is_odd(max_age.value, mode.value)
    {
        at(policy, max_age.span, out).detail(Detail::MaxAge).count("seconds", max_age.value);
    }
}
