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
        title: "The policy is enforced",
        what: super::rule::documented("Whether the policy's mode is enforce."),
        why: super::rule::explained(
            "Senders that know MTA-STS deliver to you only over an encrypted connection to a server that proves its name.",
        ),
        steps: &[],
        source: sts("5"),
        check: |facts, out| report_in(Mode::Enforce, facts, out),
    },
    Rule {
        id: "policy-mode-testing",
        kind: Kind::Warning,
        grammar: false,
        title: "The policy is only being tested",
        what: super::rule::documented("Whether the policy's mode is testing."),
        why: super::rule::explained(
            "In testing mode senders report problems but deliver all the same, even without encryption. Your mail is not \
              protected yet.",
        ),
        steps: super::rule::to_mend(&[
            "Look at the TLS reports of a week or two: do they show failures for your own mail servers?",
            "When they are clean, change mode: testing to mode: enforce in the policy file.",
            "Then give the {announce} record a new id, so that senders fetch the new policy.",
        ]),
        source: sts("5"),
        check: |facts, out| report_in(Mode::Testing, facts, out),
    },
    Rule {
        id: "policy-mode-none",
        kind: Kind::Info,
        grammar: false,
        title: "The policy is switched off",
        what: super::rule::documented("Whether the policy's mode is none."),
        why: super::rule::explained(
            "Mode none tells senders to treat the domain as if it had no MTA-STS. That is the right way to leave, but it is no \
              protection.",
        ),
        steps: super::rule::to_mend(&[
            TO_LEAVE,
            "To protect your mail again: change the mode to testing in the policy file, then give the {announce} record a new \
             id, and read the reports.",
        ]),
        source: sts("8.3"),
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
        title: "A policy that is switched off should be forgotten soon",
        what: super::rule::documented("Whether a policy with mode none has a short max_age."),
        why: super::rule::explained(
            "Senders remember the policy for as long as max_age says. On the way out a day is enough.",
        ),
        steps: super::rule::to_mend(&[
            "While the mode is none, set max_age to 86400 (one day) or less in the policy file.",
            super::policy_file::NEW_ID,
        ]),
        source: sts("8.3"),
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
        title: "A policy that is switched off still lists mail servers",
        what: super::rule::documented("Whether a policy with mode none has mx lines."),
        why: super::rule::explained("With mode none nobody reads the mx lines. They do no harm."),
        steps: &[],
        source: sts("3.2"),
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
        title: "Testing without reports tells nobody anything",
        what: super::rule::documented("Whether a domain that tests its policy asks for TLS reports."),
        why: super::rule::explained(
            "Testing mode exists so that senders can tell you what would go wrong. Without a TLS reporting record they have \
              nowhere to send that, so the test teaches you nothing.",
        ),
        steps: super::rule::to_mend(REPORT_STEPS),
        source: tls_rpt("3"),
        check: |facts, out| without_reports(Mode::Testing, facts, out),
    },
    Rule {
        id: "policy-enforce-no-tlsrpt",
        kind: Kind::Warning,
        grammar: false,
        title: "Nobody would tell you that mail is being refused",
        what: super::rule::documented("Whether a domain that enforces its policy asks for TLS reports."),
        why: super::rule::explained(
            "An enforced policy makes senders hold mail back when something is wrong with a certificate or a server name. \
              Without reports you will learn of it only from people whose mail did not arrive.",
        ),
        steps: super::rule::to_mend(REPORT_STEPS),
        source: tls_rpt("3"),
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
