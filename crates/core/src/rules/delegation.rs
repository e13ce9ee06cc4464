//! MTA-STS in somebody else's hands: the announce record or the policy host is an alias of a provider's (RFC 8461 §8.2).

use super::mode::severity_by_mode;
use super::rule::{Case, Kind, Rule};
use super::source::sts;
use super::step::{Ask, Lacks, Reported, Step, Target, ToPaste};
use crate::facts::Facts;
use crate::facts::live_mx::{MxHost, Reach};
use crate::facts::operators;
use crate::name::labels::Txt;
use crate::providers::CLOUDFLARE_ALIAS;
use crate::report::link::Link;
use crate::text::clip::clip;

/// The provider that keeps the announce record, where the policy host leads nowhere: half of what they run is missing. What
/// Cloudflare keeps is the record alone.
pub(super) fn half_delegated<'f>(facts: &Facts<'f>) -> Option<&'f str> {
    let is_lacking = facts.host.has_none() && facts.host.aliases().is_empty() && !facts.misplaced.is_wildcard;
    let operator = operators::of_record(facts, facts.domain.filter(|_| is_lacking)?)?;
    (operator != CLOUDFLARE_ALIAS).then_some(operator)
}

/// The policy file is with a provider, and the record is not.
const ONLY_FILE: Case = Case::said("only-file");

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "delegation-partial",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("8.2"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Dns), Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy],
        cases: &[ONLY_FILE],
        check: |facts, out| {
            let Some(domain) = facts.domain else { return };
            if !facts.serves_policy() || facts.announce.used().is_none() || facts.misplaced.is_wildcard {
                return;
            }
            let (record, policy) = (operators::of_record(facts, domain), operators::of_policy(facts, domain));
            match (record, policy) {
                (Some(operator), None) if operator != CLOUDFLARE_ALIAS => {
                    out.report().with("operator", clip(operator, 100));
                }
                (None, Some(operator)) => {
                    out.report().case(ONLY_FILE).with("operator", clip(operator.target, 100));
                }
                _ => {}
            }
        },
    },
    Rule {
        id: "delegation-policy-not-for-mx",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("8.2"),
        reported_as: &[Reported::CertificateHostMismatch, Reported::ValidationFailure],
        steps: &[Step::Own(Target::Dns), Step::Own(Target::Dns), Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some((domain, severity)) = facts.domain.zip(severity_by_mode(facts)) else { return };
            let Some(operator) = operators::of_policy(facts, domain) else { return };
            let mut hosts = facts.mx.reached().peekable();
            let is_left_out = |mx: &MxHost<'_>| mx.matched_by.is_none() && mx.reach != Reach::Pending;
            if hosts.peek().is_some() && hosts.all(is_left_out) {
                // The old provider has no reason to give its record a new id for a file that is no longer theirs.
                out.report().subject(operator.target).severity(severity).paste(ToPaste::NewValue(Txt::Announce));
            }
        },
    },
];
