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
        link: Some(Link::PolicyFile),
        source: sts("8.2"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Changes::Dns), Step::Own(Changes::Dns)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy],
        cases: &[],
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
        link: Some(Link::PolicyFile),
        source: sts("8.2"),
        reported_as: &[Reported::CertificateHostMismatch, Reported::ValidationFailure],
        steps: &[Step::Own(Changes::Nothing), Step::Own(Changes::Dns), Step::Own(Changes::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
