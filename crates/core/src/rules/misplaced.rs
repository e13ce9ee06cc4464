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
        title: "A wildcard record answers in place of the announce record",
        what: super::rule::documented("Whether what stands at _mta-sts is only what the host * answers for any name."),
        why: super::rule::explained(
            "Nobody set up a record for _mta-sts. A record for the host * answers for every name that has none of its own, \
              and senders cannot use that answer.",
        ),
        steps: super::rule::to_mend(&[
            "Leave the record for the host * as it is, if you need it.",
            "Open {dns} and add a TXT record of its own with the host and the value below: it then counts in place of the \
             wildcard.",
            "{announce: once}",
        ]),
        source: rfc(4592, "2.1"),
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
        title: "The announce record is at the wrong name",
        what: super::rule::documented(
            "Whether an announce record stands at the domain itself, at mta-sts or at _mta_sts.",
        ),
        why: super::rule::explained(
            "Senders look only at _mta-sts, with an underscore in front and a hyphen in the middle. They do not find your \
              record, so your policy protects nothing.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the TXT record at the name above.",
            "Add a TXT record with the host and the value below, then delete the old one.",
            "{announce: once}",
        ]),
        source: sts("3.1"),
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
        title: "The announce record has the domain in its name twice",
        what: super::rule::documented("Whether the record's name ends in the domain twice."),
        why: super::rule::explained(
            "Most DNS consoles add the domain to the host by themselves. Somebody typed it too, so the record is at a name \
              that no sender looks at.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record.",
            "Make its host the one below, without the domain. {announce: once}",
        ]),
        source: sts("3.1"),
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
        title: "Only the domain above this one has MTA-STS",
        what: super::rule::documented("Whether the domain one level up announces a policy and this one does not."),
        why: super::rule::explained(
            "A policy counts for one domain and for none below it. Mail to this name is not covered by the policy of the one \
              above.",
        ),
        steps: super::rule::to_mend(&[
            "If mail is sent to addresses at this name, publish a record and a policy file for it as well.",
        ]),
        source: sts("3.4"),
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
        title: "The policy file is at another address",
        what: super::rule::documented(
            "Whether a file that is missing at the right address is at /mta-sts.txt or on the domain's own web site.",
        ),
        why: super::rule::explained(
            "There is a policy file, but not where senders look for it. They ask at one address only.",
        ),
        steps: super::rule::to_mend(&["Move the file to the address below. Leave nothing at the old one."]),
        source: sts("3.2"),
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
        title: "The TLS-RPT record is at the wrong name",
        what: super::rule::documented("Whether a TLS-RPT record stands at another name than _smtp._tls."),
        why: super::rule::explained(
            "Senders look only at _smtp._tls. They do not find your record, so they send you no reports.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the TXT record at the name above.",
            "Add a TXT record with the host and the value below, then delete the old one.",
            "{tlsrpt: once}",
        ]),
        source: tls_rpt("3"),
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
