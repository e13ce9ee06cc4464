//! MTA-STS in somebody else's hands: the announce record or the policy host is an alias of a provider's (RFC 8461 §8.2).

use super::rule::Kind;
use super::rule::Rule;
use super::source::sts;
use crate::facts::operators;
use crate::providers::CLOUDFLARE_ALIAS;
use crate::published::announce;
use crate::text::clip::clip;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "delegation-partial",
        kind: Kind::Warning,
        grammar: false,
        title: "Record and policy file are in different hands",
        what: super::rule::documented("Whether the announce record and the policy file are kept by the same provider."),
        why: super::rule::explained(
            "The record's id must change whenever the policy file does. Here one of the two is kept by a provider and the \
              other is not, so sooner or later they drift apart, and senders keep using an old policy.",
        ),
        steps: super::rule::to_mend(&[
            "Ask the provider for the CNAME targets of both names, {announce} and {policy host}, and set both.",
            "Or keep both yourself: replace the CNAME by a record of your own, and serve the file from a host of yours.",
        ]),
        source: sts("8.2"),
        check: |facts, out| {
            let Some(domain) = facts.domain else { return };
            if !facts.serves_policy() || facts.announce.used().is_none() || facts.strays.is_wildcard {
                return;
            }
            let (record, policy) = (operators::of_record(facts, domain), operators::of_policy(facts, domain));
            let detail = match (record, policy) {
                (Some(keeper), None) if keeper != CLOUDFLARE_ALIAS => {
                    format!("The record is kept at {}, the policy file is not.", clip(keeper, 100))
                }
                (None, Some(keeper)) => {
                    format!("The policy file is kept at {}, the record is your own.", clip(keeper.target, 100))
                }
                _ => return,
            };
            out.report().detail(detail);
        },
    },
    Rule {
        id: "delegation-policy-not-for-mx",
        kind: Kind::Error,
        grammar: false,
        title: "The provider's policy is for other mail servers than yours",
        what: super::rule::documented("Whether a policy that a provider keeps allows the domain's own mail servers."),
        why: super::rule::explained(
            "The policy file comes from a provider, and it names none of the servers that take your mail. Perhaps the mail \
              moved and MTA-STS stayed behind.",
        ),
        steps: super::rule::to_mend(&[
            "If your mail is no longer with that provider: point the host {policy host} at a policy of your own, or of the new \
             provider.",
            "Then give the host {announce} a TXT record of your own with the value below, in place of what is there; or an alias \
             (CNAME), if the new provider asks for one.",
            "If your mail is still with that provider: ask them why their policy does not name your mail servers.",
        ]),
        source: sts("8.2"),
        check: |facts, out| {
            let Some((domain, severity)) = facts.domain.zip(super::severity_by_mode(facts)) else { return };
            let Some(keeper) = operators::of_policy(facts, domain) else { return };
            let hosts = &facts.mx.hosts;
            if !hosts.is_empty() && hosts.iter().all(|mx| mx.matched_by.is_none()) {
                // The old provider has no reason to give its record a new id for a file that is no longer theirs.
                out.report().subject(keeper.target).severity(severity).txt_value(&announce::render(&facts.fresh_id));
            }
        },
    },
];
