//! Why no secure connection to the policy host could be made, as far as its certificate tells.

use super::policy_host::{draft, failed, is_announced};
use super::rule::Kind;
use super::rule::Rule;
use super::source::sts;
use crate::evidence::{Cause, Certificate, Fetch};
use crate::facts::Facts;
use crate::facts::certificate_flaw::Flaw;
use crate::text::clip::clip;

const RENEW: &[&str] =
    &["Renew the certificate at your web host.", "Find out why it was not renewed automatically, and fix that too."];

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "policy-tls-name-mismatch",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Changes::Server), Step::Own(Changes::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::Certificate],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::Name),
    },
    Rule {
        id: "policy-tls-wildcard-depth",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Changes::Server)],
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
        steps: &[Step::Own(Changes::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::CommonNameOnly),
    },
    Rule {
        id: "policy-tls-expired",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Changes::Server), Step::Own(Changes::Server)],
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
        steps: &[Step::Own(Changes::Server), Step::Own(Changes::Server)],
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
        steps: &[Step::Own(Changes::Server)],
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
        steps: &[Step::Own(Changes::Server)],
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
        steps: &[Step::Own(Changes::Server), Step::Own(Changes::Server)],
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
        steps: &[Step::Own(Changes::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, Flaw::OldVersion),
    },
    Rule {
        id: "policy-tls-handshake-failed",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Certificate),
        source: sts("7.1"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsWebpkiInvalid],
        steps: &[Step::Own(Changes::Server)],
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
        steps: &[Step::Own(Changes::Dns)],
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
        steps: &[Step::Own(Changes::Server), Step::Own(Changes::Server), Step::Own(Changes::Server), Step::Own(Changes::Server), Step::Own(Changes::Server)],
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
fn tell(facts: &Facts<'_>, out: &mut super::rule::Sink<'_>, flaw: Flaw) {
    if !facts.flaws.contains(&flaw) || !is_announced(facts) || !matches!(facts.fetch, Fetch::Failed { .. }) {
        return;
    }
    let draft = draft(facts, out).copy("Name of the policy host", facts.host.name.clone());
    let Some(certificate) = facts.handshake.and_then(|handshake| handshake.certificates.first()) else { return };
    draft.detail(match flaw {
        Flaw::Expired | Flaw::Expiring => format!("Valid until {}.", certificate.not_after),
        Flaw::NotYetValid => format!("Valid from {}.", certificate.not_before),
        Flaw::Untrusted | Flaw::IncompleteChain => format!("Issued by {}.", clip(&certificate.issuer, 100)),
        _ => format!("Names in the certificate: {}.", names(certificate)),
    });
}

/// A few of the names that a certificate is for.
fn names(certificate: &Certificate) -> String {
    if certificate.names.is_empty() {
        return match &certificate.common_name {
            Some(name) => format!("none, and the common name {}", clip(name, 100)),
            None => "none".to_owned(),
        };
    }
    clip(&certificate.names.join(", "), 200)
}
