//! What DNSSEC says of the answers.

use super::dns_trouble::extended_error;
use super::policy_host::is_announced;
use super::rule::{Answer, Detail, Kind, Rule};
use super::source::{rfc, sts};
use super::step::{Ask, Reported, Step, Target};
use crate::evidence::Dns;
use crate::evidence::dnssec::{Dnssec, dnssec};
use crate::facts::Facts;
use crate::report::link::Link;
use crate::text::clip::clip;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "dnssec-signed",
        kind: Kind::Pass,
        grammar: false,
        link: Some(Link::Dnssec),
        source: sts("10.2"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let answers = answers(facts);
            let is_secure = answers.iter().flatten().all(|(_, dnssec)| *dnssec == Dnssec::Secure);
            if is_secure && !facts.mx.no_such_domain() {
                out.report().detail(Detail::Signed(which_are(Dnssec::Secure, answers)));
            }
        },
    },
    Rule {
        id: "dnssec-unsigned",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Dnssec),
        source: sts("10.2"),
        reported_as: &[],
        steps: &[Step::Sign, Step::Own(Target::Signing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if dnssec(facts.mx.dns) == Dnssec::Insecure && !facts.mx.no_such_domain() {
                out.report().detail(Detail::NotSigned(which_are(Dnssec::Insecure, answers(facts))));
            }
        },
    },
    Rule {
        id: "dnssec-bogus",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Dnssec),
        source: rfc(4035, "5.5"),
        reported_as: &[Reported::DnssecInvalid, Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Signing), Step::Own(Target::Nothing), Step::Own(Target::Signing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for (name, dns) in names(facts) {
                if let Dns::Bogus { answer, .. } = dns {
                    let draft = out.report().subject(name);
                    if !answer.extended_errors.is_empty() {
                        let errors: Vec<String> = answer.extended_errors.iter().take(3).map(extended_error).collect();
                        draft.with("errors", errors.join("; "));
                    }
                }
            }
        },
    },
    Rule {
        id: "dnssec-partial",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Dnssec),
        source: rfc(4035, "4.3"),
        reported_as: &[Reported::DnssecInvalid],
        steps: &[Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if dnssec(facts.mx.dns) != Dnssec::Secure {
                return;
            }
            for (name, dns) in names(facts) {
                // A policy host that nobody asks for may be a wildcard's answer.
                let is_asked_for = name != facts.host.name || is_announced(facts);
                if let Dns::Answer(answer) = dns
                    && let (false, Some(alias)) = (answer.authentic, answer.aliases.last())
                    && is_asked_for
                {
                    out.report().subject(name).detail(Detail::AliasOf).with("target", clip(&alias.target, 100));
                }
            }
        },
    },
];

/// The answers that mail relies on: what each is of, and what DNSSEC says of it. A policy host that nobody asks for may be a
/// wildcard's answer.
fn answers(facts: &Facts<'_>) -> [Option<(Answer, Dnssec)>; 4] {
    [
        Some((Answer::AnnounceRecord, dnssec(facts.announce.dns))),
        is_announced(facts).then(|| (Answer::PolicyHost, facts.host.dnssec())),
        Some((Answer::MxRecords, dnssec(facts.mx.dns))),
        Some((Answer::ReportRecord, dnssec(facts.tlsrpt.dns))),
    ]
}

/// Those of the answers of which DNSSEC says the same.
fn which_are(state: Dnssec, answers: [Option<(Answer, Dnssec)>; 4]) -> [Option<Answer>; 4] {
    answers.map(|answer| answer.filter(|(_, dnssec)| *dnssec == state).map(|(answer, _)| answer))
}

/// The same answers by the name that was asked for; the policy host's by the worse of its two.
fn names<'e>(facts: &Facts<'e>) -> Vec<(String, Dns<'e>)> {
    let Some(domain) = facts.domain else { return Vec::new() };
    let host = if dnssec(facts.host.v4) == facts.host.dnssec() { facts.host.v4 } else { facts.host.v6 };
    vec![
        (domain.announce_name(), facts.announce.dns),
        (facts.host.name.clone(), host),
        (domain.to_string(), facts.mx.dns),
        (domain.tlsrpt_name(), facts.tlsrpt.dns),
    ]
}
