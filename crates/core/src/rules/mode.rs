//! What the policy's mode means for the domain.

use super::rule::Kind;
use super::rule::Rule;
use super::source::sts;
use super::source::tls_rpt;
use crate::evidence::Dns;
use crate::facts::Facts;
use crate::providers::mx_line::Lines;
use crate::published::policy::{self, Mode, Parsed};

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
        steps: &[Step::Own(Changes::Nothing), Step::Enforce, Step::ThenNewId],
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
        steps: &[Step::Own(Changes::Nothing), Step::Own(Changes::FileAndId)],
        ask: Ask::TestAgain,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(policy) = applied(facts) else { return };
            let Some(mode) = policy.mode.filter(|mode| mode.value == Mode::None) else { return };
            let draft = out.report().at(mode.span, &policy.text);
            if policy.mx.is_empty() {
                // Every other mode needs them (RFC 8461 §3.2).
                draft
                    .steps(&[
                        TO_LEAVE,
                        "To protect your mail again: write an mx line for each of your mail servers into the policy file, and \
                         change the mode to testing. Then give the {announce} record a new id, and read the reports.",
                    ])
                    .copy(super::live_mx::LINES, policy::mx_lines(Lines::for_hosts(facts.mail_hosts()).patterns()));
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
        steps: &[Step::Own(Changes::File), Step::SaveThenNewId],
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
                    .detail(format!("max_age is {} seconds.", max_age.value))
                    .copy("Line for the policy file", "max_age: 86400");
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
        steps: &[Step::Own(Changes::Nothing), Step::AddReportRecord, Step::DomainOnce(Txt::TlsRpt)],
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
        steps: &[Step::Own(Changes::Nothing), Step::AddReportRecord, Step::DomainOnce(Txt::TlsRpt)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| without_reports(Mode::Enforce, facts, out),
    },
];

const TO_LEAVE: &str = "To leave: keep the file and the record until the longest max_age that you ever served has passed, then delete both.";

const REPORT_STEPS: &[&str] = &[
    "Choose a mailbox for reports that is read, by a person or by a reporting service.",
    "Open {dns} and add a TXT record with the host and the value below, with your own mailbox in it.",
    "{tlsrpt: once}",
];

/// The policy, where its mode comes to bear: a text by itself is read as if it were announced.
fn applied<'f, 'e>(facts: &'f Facts<'e>) -> Option<&'f Parsed<'e>> {
    if facts.domain.is_none() { facts.usable_policy() } else { facts.policy_in_force() }
}

fn report_in(mode: Mode, facts: &Facts<'_>, out: &mut super::rule::Sink<'_>) {
    let Some(policy) = applied(facts) else { return };
    if let Some(found) = policy.mode.filter(|found| found.value == mode) {
        out.report().at(found.span, &policy.text);
    }
}

fn without_reports(mode: Mode, facts: &Facts<'_>, out: &mut super::rule::Sink<'_>) {
    let none_there = matches!(facts.tlsrpt.dns, Dns::Answer(_))
        && facts.tlsrpt.records.is_empty()
        && facts.tlsrpt.aliases().is_empty()
        // One at the wrong name is to be moved; with another beside it, there would be two.
        && facts.strays.tlsrpt.is_empty();
    if none_there && facts.policy_in_force().is_some() && facts.mode() == Some(mode) {
        super::tlsrpt::with_new_record(out.report(), facts);
    }
}
