//! The `mx:` patterns of the policy.

use super::mode::severity_by_mode;
use super::policy_file::{each, each_case};
use super::rule::{Case, Draft, Kind, Rule, Sink};
use super::source::sts;
use super::step::{Ask, Reported, Step, Target, ToPaste};
use crate::facts::Facts;
use crate::facts::live_mx::{MxHost, Never, Reach};
use crate::providers::{self, mx_line};
use crate::published::policy::live_hosts::LiveHosts;
use crate::published::policy::mx_pattern::MxPattern;
use crate::published::policy::mx_pattern::MxPatternFault;
use crate::published::policy::{Mode, Policy, PolicyFault};
use crate::report::Severity;
use crate::report::link::Link;
use crate::text::clip::clip;
use crate::text::span::Spanned;

/// Findings of one rule: whoever has more of them has one mistake, not many.
const LIMIT: usize = 20;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "mx-pattern-trailing-dot",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::MxPattern(MxPatternFault::TrailingDot), facts, out),
    },
    Rule {
        id: "mx-pattern-port",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::MxPattern(MxPatternFault::Port), facts, out),
    },
    Rule {
        id: "mx-pattern-ip",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            each(PolicyFault::MxPattern(MxPatternFault::Ip), facts, out);
            each(PolicyFault::MxPattern(MxPatternFault::IpLiteral), facts, out);
        },
    },
    Rule {
        id: "mx-pattern-list",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| split(PolicyFault::MxPattern(MxPatternFault::List), facts, out),
    },
    Rule {
        id: "mx-pattern-priority",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::MxPattern(MxPatternFault::Priority), facts, out),
    },
    Rule {
        id: "mx-pattern-url-or-address",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::MxPattern(MxPatternFault::UrlOrAddress), facts, out),
    },
    Rule {
        id: "mx-pattern-bad-wildcard",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[LEADING_DOT],
        check: |facts, out| {
            each(PolicyFault::MxPattern(MxPatternFault::BadWildcard), facts, out);
            each_case(PolicyFault::MxPattern(MxPatternFault::LeadingDot), LEADING_DOT, facts, out);
        },
    },
    Rule {
        id: "mx-pattern-non-ascii",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::MxPattern(MxPatternFault::NonAscii), facts, out),
    },
    Rule {
        id: "mx-pattern-invalid-label",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| each(PolicyFault::MxPattern(MxPatternFault::InvalidLabel), facts, out),
    },
    Rule {
        id: "mx-pattern-too-broad",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| patterns(facts, out, &MxPattern::is_too_broad),
    },
    Rule {
        id: "mx-pattern-own-wildcard",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let own = |pattern: &MxPattern| {
                facts.domain.is_some_and(|domain| pattern.is_wildcard() && pattern.base() == domain.as_str())
            };
            patterns(facts, out, &own);
        },
    },
    Rule {
        id: "mx-pattern-duplicate",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(policy) = &facts.policy else { return };
            // Each is compared with all before it, so the first few alone: of a policy in earnest that is all of them.
            for (index, pattern) in policy.mx.iter().enumerate().take(2 * LIMIT) {
                if policy.mx[..index].iter().any(|earlier| earlier.value == pattern.value) {
                    report(policy, pattern, out);
                }
            }
        },
    },
    Rule {
        id: "mx-pattern-unused",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[Step::Own(Target::File), Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let applies = facts.mx.known() && facts.mode().is_some_and(|mode| mode != Mode::None);
            // Where an MX record is probably mistyped, the policy may well have the right name.
            let mistyped =
                facts.mx.hosts.iter().any(|mx| matches!(mx.reach, Reach::Never(Never::NoAddress | Never::ZoneAdded)));
            let Some(domain) = facts.domain.filter(|_| applies && !mistyped) else { return };
            let live = LiveHosts::of(facts.mx.hosts.iter().map(|mx| mx.host.as_str()));
            let used = |pattern: &MxPattern| match facts.mx.hosts.as_slice() {
                [] => pattern.matches(domain.as_str()),
                _ => live.are_meant_by(pattern),
            };
            // Other servers of a provider that is live are its standbys.
            let standby = |pattern: &MxPattern| {
                providers::mail([pattern.base()].into_iter())
                    .iter()
                    .any(|provider| facts.mx.providers.contains(provider))
            };
            patterns(facts, out, &|pattern| !used(pattern) && !standby(pattern));
        },
    },
    Rule {
        id: "mx-pattern-wildcard-depth",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("4.1"),
        reported_as: &[Reported::CertificateHostMismatch, Reported::ValidationFailure, Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[KNOWN],
        check: |facts, out| {
            tell_known_depth(facts, out);
            let (Some(policy), Some(severity)) = (&facts.policy, severity_by_mode(facts)) else { return };
            let missed_by = LiveHosts::of(facts.mx.hosts.iter().map(|mx| mx.host.as_str())).missed_by(&policy.mx);
            let is_missed =
                |mx: &MxHost<'_>| mx.matched_by.is_none() && mx.reach != Reach::Pending && !mx.is_never_reached();
            for (mx, at) in facts.mx.hosts.iter().zip(missed_by).filter(|(mx, _)| is_missed(mx)) {
                let Some(pattern) = at.and_then(|at| policy.mx.get(at)) else { continue };
                report(policy, pattern, out)
                    .severity(severity)
                    .with("pattern", pattern.value.as_str())
                    .with("host", clip(&mx.host, 100))
                    .paste(ToPaste::MissingLines(mx.host.clone()));
            }
        },
    },
];

/// A dot stands in front.
const LEADING_DOT: Case = Case::said("leading-dot");
/// Of which number of parts the provider's servers have, its documentation tells.
const KNOWN: Case = Case::said("known");

/// Of a policy by itself, where a provider is known to have no server that the wildcard allows.
fn tell_known_depth(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = facts.usable_policy().filter(|_| facts.domain.is_none()) else { return };
    let severity = match policy.mode.map(|mode| mode.value) {
        Some(Mode::Enforce) => Severity::Error,
        Some(Mode::Testing) => Severity::Warning,
        Some(Mode::None) | None => return,
    };
    for pattern in policy.mx.iter().filter(|pattern| mx_line::is_short_of_all(&pattern.value)).take(LIMIT) {
        report(policy, pattern, out).case(KNOWN).severity(severity);
    }
}

/// One finding for each valid pattern that is odd.
fn patterns(facts: &Facts<'_>, out: &mut Sink<'_>, is_odd: &dyn Fn(&MxPattern) -> bool) {
    let Some(policy) = &facts.policy else { return };
    for pattern in policy.mx.iter().filter(|pattern| is_odd(&pattern.value)).take(LIMIT) {
        report(policy, pattern, out);
    }
}

fn report<'s>(policy: &Policy<'_>, pattern: &Spanned<MxPattern>, out: &'s mut Sink<'_>) -> Draft<'s> {
    out.report().subject(pattern.value.as_str()).at(pattern.span, &policy.text)
}

/// One finding for each list, with a line for each of its names.
fn split(fault: PolicyFault, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    for issue in policy.issues.iter().filter(|issue| issue.kind == fault) {
        let list = issue.span.of(&policy.text);
        let draft = out.report().subject(clip(list, 100)).at(issue.span, &policy.text);
        draft.paste(ToPaste::SplitLines(list.to_owned()));
    }
}
