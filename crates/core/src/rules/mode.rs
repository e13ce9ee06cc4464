//! What the policy's mode means for the domain.

use super::rule::{Case, Detail, Kind, Rule, Sink};
use super::source::{sts, tls_rpt};
use super::step::{Ask, Step, Target, ToPaste};
use crate::evidence::Dns;
use crate::facts::Facts;
use crate::name::labels::Txt;
use crate::published::policy::{Mode, Policy};
use crate::report::Severity;
use crate::report::link::Link;

/// RFC 8461 §8.3 wants a short life for a policy on the way out, for instance a day.
const LEAVING_MAX_AGE: u32 = 86_400;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "policy-mode-enforce",
        kind: Kind::Pass,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("5"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| report_in(Mode::Enforce, facts, out),
    },
    Rule {
        id: "policy-mode-testing",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("5"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing), Step::Enforce, Step::ThenNewId],
        ask: Ask::Enforce,
        lacks: &[],
        cases: &[],
        check: |facts, out| report_in(Mode::Testing, facts, out),
    },
    Rule {
        id: "policy-mode-none",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("8.3"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing), Step::Own(Target::FileAndId)],
        ask: Ask::TestAgain,
        lacks: &[],
        cases: &[WITHOUT_MX],
        check: |facts, out| {
            let Some(policy) = applied(facts) else { return };
            let Some(mode) = policy.mode.filter(|mode| mode.value == Mode::None) else { return };
            let draft = out.report().at(mode.span, &policy.text);
            if policy.mx.is_empty() {
                // Every other mode needs them (RFC 8461 §3.2).
                let hosts = facts.mail_hosts().map(str::to_owned).collect();
                draft.case(WITHOUT_MX).paste(ToPaste::LinesFor(hosts));
            }
        },
    },
    Rule {
        id: "policy-none-long-max-age",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("8.3"),
        reported_as: &[],
        steps: &[Step::Own(Target::File), Step::SaveThenNewId],
        ask: Ask::ShortenMaxAge,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(policy) = &facts.policy else { return };
            if let (Some(Mode::None), Some(max_age)) = (facts.mode(), policy.max_age)
                && max_age.value > LEAVING_MAX_AGE
            {
                out.report()
                    .at(max_age.span, &policy.text)
                    .detail(Detail::MaxAge)
                    .count("seconds", max_age.value)
                    .paste(ToPaste::Line("max_age: 86400"));
            }
        },
    },
    Rule {
        id: "policy-none-with-mx",
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
            if let (Some(Mode::None), Some(first)) = (facts.mode(), policy.mx.first()) {
                out.report().at(first.span, &policy.text);
            }
        },
    },
    Rule {
        id: "policy-testing-no-tlsrpt",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing), Step::AddReportRecord, Step::DomainOnce(Txt::TlsRpt)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| without_reports(Mode::Testing, facts, out),
    },
    Rule {
        id: "policy-enforce-no-tlsrpt",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing), Step::AddReportRecord, Step::DomainOnce(Txt::TlsRpt)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| without_reports(Mode::Enforce, facts, out),
    },
];

/// There are no `mx:` lines, without which no other mode can be set.
const WITHOUT_MX: Case = Case::done("without-mx", &[Step::Own(Target::Nothing), Step::Own(Target::FileAndId)]);

/// How bad it is when the policy does not allow a live MX host: an error in enforce, a warning in testing, nothing
/// in none, or where senders find no policy to act on.
pub(super) fn severity_by_mode(facts: &Facts<'_>) -> Option<Severity> {
    match facts.policy_in_force()?.mode?.value {
        Mode::Enforce => Some(Severity::Error),
        Mode::Testing => Some(Severity::Warning),
        Mode::None => None,
    }
}

/// The policy, where its mode comes to bear: a text by itself is read as if it were announced.
fn applied<'f, 'e>(facts: &'f Facts<'e>) -> Option<&'f Policy<'e>> {
    if facts.domain.is_none() { facts.usable_policy() } else { facts.policy_in_force() }
}

fn report_in(mode: Mode, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = applied(facts) else { return };
    if let Some(found) = policy.mode.filter(|found| found.value == mode) {
        out.report().at(found.span, &policy.text);
    }
}

fn without_reports(mode: Mode, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let none_there = matches!(facts.tlsrpt.dns, Dns::Answer(_))
        && facts.tlsrpt.records.is_empty()
        && facts.tlsrpt.aliases().is_empty()
        // One at the wrong name is to be moved; with another beside it, there would be two.
        && facts.misplaced.tlsrpt.is_empty();
    if none_there && facts.policy_in_force().is_some() && facts.mode() == Some(mode) {
        out.report().paste(ToPaste::Host(Txt::TlsRpt)).paste(ToPaste::NewValue(Txt::TlsRpt));
    }
}
