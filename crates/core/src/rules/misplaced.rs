//! Records where nobody looks for them, and answers that nobody wrote for the name.

use super::announce::{corrected, with_new_record};
use super::rule::Draft;
use super::rule::Kind;
use super::rule::Rule;
use super::source::rfc;
use super::source::sts;
use super::source::tls_rpt;
use crate::facts::Facts;
use crate::facts::misplaced::Stray;
use crate::name::labels::Txt;
use crate::published::announce;
use crate::text::clip::clip;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "record-wildcard-artefact",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: rfc(4592, "2.1"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Nothing), Step::Own(Changes::Dns), Step::DomainOnce(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if facts.strays.is_wildcard {
                let draft = with_new_record(out.report(), facts);
                if let Some(alias) = facts.announce.aliases().first() {
                    draft.detail(format!("A made-up name leads to {} too.", clip(&alias.target, 100)));
                } else {
                    draft.detail("A made-up name of the domain has the same TXT record.");
                }
            }
        },
    },
    Rule {
        id: "record-wrong-name",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns), Step::Own(Changes::Dns), Step::DomainOnce(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for stray in facts.strays.announce.iter().filter(|stray| !is_doubled(facts, stray)) {
                moved(out.report(), facts, stray);
            }
        },
    },
    Rule {
        id: "record-doubled-domain",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns), Step::Own(Changes::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for stray in facts.strays.announce.iter().filter(|stray| is_doubled(facts, stray)) {
                moved(out.report(), facts, stray);
            }
        },
    },
    Rule {
        id: "record-parent-only",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.4"),
        reported_as: &[],
        steps: &[Step::Own(Changes::File)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(parent) = &facts.strays.parent {
                with_new_record(out.report().subject(&parent.at).detail(quoted(parent)), facts);
            }
        },
    },
    Rule {
        id: "policy-wrong-location",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Changes::Server)],
        ask: Ask::ServeAtAddress,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let (Some(stray), Some(domain)) = (&facts.strays.policy, facts.domain) {
                let right = crate::lookup::policy_url(&domain.policy_host(), crate::lookup::PolicyPath::WellKnown);
                out.report().subject(&stray.at).copy("Address of the policy file", right);
            }
        },
    },
    Rule {
        id: "tlsrpt-wrong-name",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns), Step::Own(Changes::Dns), Step::DomainOnce(Txt::TlsRpt)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for stray in &facts.strays.tlsrpt {
                let draft = out.report().subject(&stray.at).detail(quoted(stray));
                let text = crate::published::tls_rpt::parse(stray.text.clone())
                    .corrected()
                    .unwrap_or_else(|| stray.text.clone());
                draft.txt_host(Txt::TlsRpt, facts.domain).txt_value(&text);
            }
        },
    },
];

/// Whether the domain stands in the name twice.
fn is_doubled(facts: &Facts<'_>, stray: &Stray) -> bool {
    facts.domain.is_some_and(|domain| stray.at.strip_prefix(&domain.announce_name()).is_some())
}

/// A record to be moved: where it is, and what to write at the right place.
fn moved(draft: Draft<'_>, facts: &Facts<'_>, stray: &Stray) {
    let record = announce::parse(stray.text.clone());
    let text = if record.is_valid() { stray.text.clone() } else { corrected(&record, facts) };
    draft.subject(&stray.at).detail(quoted(stray)).txt_host(Txt::Announce, facts.domain).txt_value(&text);
}

fn quoted(stray: &Stray) -> String {
    format!("Found at {}: “{}”.", clip(&stray.at, 255), clip(&stray.text, 100))
}
