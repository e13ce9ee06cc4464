//! Why no secure connection to the policy host could be made, as far as its certificate tells.

use super::policy_host::{draft, failed, is_announced};
use super::rule::{Case, Draft, Kind, Rule, Sink};
use super::source::sts;
use super::step::{Ask, Lacks, Reported, Step, Target, ToPaste};
use crate::evidence::{Cause, Certificate, Fetch};
use crate::facts::Facts;
use crate::facts::certificate_flaw::Flaw;
use crate::report::link::Link;
use crate::text::clip::clip;

const COMMON_NAME_ALONE: Case = Case::said("common-name-alone");
const NO_NAME: Case = Case::said("no-name");

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "policy-tls-name-mismatch",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::Certificate],
        cases: &[COMMON_NAME_ALONE, NO_NAME],
        check: |facts, out| tell(facts, out, Flaw::Name),
    },
    Rule {
        id: "policy-tls-wildcard-depth",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::WildcardDepth),
    },
    Rule {
        id: "policy-tls-cn-only",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[COMMON_NAME_ALONE],
        check: |facts, out| tell(facts, out, Flaw::CommonNameOnly),
    },
    Rule {
        id: "policy-tls-expired",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::Expired),
    },
    Rule {
        id: "policy-tls-expiring",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::Expiring),
    },
    Rule {
        id: "policy-tls-not-yet-valid",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::NotYetValid),
    },
    Rule {
        id: "policy-tls-untrusted",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::Certificate],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::Untrusted),
    },
    Rule {
        id: "policy-tls-incomplete-chain",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::IncompleteChain),
    },
    Rule {
        id: "policy-tls-old-version",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("7.2"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[COMMON_NAME_ALONE, NO_NAME],
        check: |facts, out| tell(facts, out, Flaw::OldVersion),
    },
    Rule {
        id: "policy-tls-handshake-failed",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("7.1"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::Certificate, Lacks::Https],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::Refused),
    },
    Rule {
        id: "delegation-cert-provider-name",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("8.2"),
        reported_as: &[Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[Lacks::Certificate],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::ProviderName),
    },
    Rule {
        id: "policy-tls-failed",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[
            Step::Own(Target::Server),
            Step::Own(Target::Server),
            Step::Own(Target::Server),
            Step::Own(Target::Server),
            Step::Own(Target::Server),
        ],
        ask: Ask::Correct,
        lacks: &[Lacks::Certificate, Lacks::Https],
        cases: &[],
        check: |facts, out| {
            if facts.flaws.iter().all(|flaw| *flaw == Flaw::Expiring) {
                failed(facts, out, &[Cause::Tls]);
            }
        },
    },
];

/// Reports a flaw of the certificate, with what was seen of it.
fn tell(facts: &Facts<'_>, out: &mut Sink<'_>, flaw: Flaw) {
    if !facts.flaws.contains(&flaw) || !is_announced(facts) || !matches!(facts.fetch, Fetch::Failed { .. }) {
        return;
    }
    let draft = draft(facts, out).paste(ToPaste::PolicyHost);
    let Some(certificate) = facts.handshake.and_then(|handshake| handshake.certificates.first()) else { return };
    match flaw {
        Flaw::Expired | Flaw::Expiring => draft.with("until", certificate.not_after.to_string()),
        Flaw::NotYetValid => draft.with("from", certificate.not_before.to_string()),
        Flaw::Untrusted | Flaw::IncompleteChain => draft.with("issuer", clip(&certificate.issuer, 100)),
        // It ended the connection before it showed a certificate.
        Flaw::Refused => draft,
        Flaw::Name | Flaw::WildcardDepth | Flaw::CommonNameOnly | Flaw::ProviderName | Flaw::OldVersion => {
            names(draft, certificate)
        }
    };
}

/// A few of the names that a certificate is for. Where a wildcard or a provider's name is the flaw, it has some; where the
/// common name is, it has none.
fn names<'d>(draft: Draft<'d>, certificate: &Certificate) -> Draft<'d> {
    match &certificate.common_name {
        _ if !certificate.names.is_empty() => draft.with("names", clip(&certificate.names.join(", "), 200)),
        Some(name) => draft.case(COMMON_NAME_ALONE).with("name", clip(name, 100)),
        None => draft.case(NO_NAME),
    }
}
