//! Records where nobody looks for them, and answers that nobody wrote for the name.

use super::rule::{Case, Detail, Draft, Kind, Rule, Sink};
use super::source::{rfc, sts, tls_rpt};
use super::step::{Ask, Lacks, Reported, Step, Target, ToPaste};
use crate::facts::Facts;
use crate::facts::misplaced::Misplaced;
use crate::name::labels::Txt;
use crate::report::link::Link;
use crate::text::clip::clip;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "record-wildcard-artefact",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: rfc(4592, "2.1"),
        reported_as: &[],
        steps: &[
            Step::Own(Target::Nothing),
            Step::Own(Target::NewRecord(Txt::Announce)),
            Step::DomainOnce(Txt::Announce),
        ],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[ALIAS],
        check: |facts, out| {
            if facts.misplaced.is_wildcard {
                let draft = with_new_record(out.report());
                if let Some(alias) = facts.announce.aliases().first() {
                    draft.case(ALIAS).with("target", clip(&alias.target, 100));
                }
            }
        },
    },
    Rule {
        id: "policy-host-wildcard-artefact",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: rfc(4592, "2.1"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy, Lacks::File],
        cases: &[],
        check: |facts, out| {
            if facts.misplaced.is_host_wildcard && facts.is_announced() && !facts.serves_policy() {
                out.report().subject(&facts.host.name);
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
        steps: &[Step::Own(Target::Dns), Step::Own(Target::NewRecord(Txt::Announce)), Step::DomainOnce(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            move_each(Txt::Announce, &facts.misplaced.announce, &|text| !is_doubled(facts, text), out);
        },
    },
    Rule {
        id: "record-doubled-domain",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::Own(Target::Dns), Step::Own(Target::NewRecord(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| move_each(Txt::Announce, &facts.misplaced.announce, &|text| is_doubled(facts, text), out),
    },
    Rule {
        id: "record-parent-only",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.4"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(parent) = &facts.misplaced.parent {
                with_new_record(found(parent, out));
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
        steps: &[Step::Own(Target::Server)],
        ask: Ask::ServeAtAddress,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(text) = facts.misplaced.policy.as_ref().filter(|_| facts.domain.is_some()) {
                out.report().subject(&text.at).paste(ToPaste::PolicyAddress);
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
        steps: &[Step::Own(Target::Dns), Step::Own(Target::NewRecord(Txt::TlsRpt)), Step::DomainOnce(Txt::TlsRpt)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| move_each(Txt::TlsRpt, &facts.misplaced.tlsrpt, &|_| true, out),
    },
];

/// The wildcard is an alias.
const ALIAS: Case = Case::said("alias");

/// Whether the domain stands in the name twice.
fn is_doubled(facts: &Facts<'_>, text: &Misplaced) -> bool {
    facts.domain.is_some_and(|domain| text.at.strip_prefix(&domain.announce_name()).is_some())
}

/// One finding for each record that is to be moved: where it is, and what to write at the right place.
fn move_each(txt: Txt, texts: &[Misplaced], is_meant: &dyn Fn(&Misplaced) -> bool, out: &mut Sink<'_>) {
    for (index, text) in texts.iter().enumerate().filter(|(_, text)| is_meant(text)) {
        found(text, out).paste(ToPaste::Host(txt)).paste(ToPaste::MovedValue(txt, index));
    }
}

fn found<'s>(text: &Misplaced, out: &'s mut Sink<'_>) -> Draft<'s> {
    let draft = out.report().subject(&text.at).detail(Detail::FoundElsewhere);
    draft.with("name", clip(&text.at, 255)).with("found", clip(&text.text, 100))
}

fn with_new_record(draft: Draft<'_>) -> Draft<'_> {
    draft.paste(ToPaste::Host(Txt::Announce)).paste(ToPaste::NewValue(Txt::Announce))
}
