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

pub(crate) static RULES: &[Rule] = &[
    Rule {
        id: "policy-tls-name-mismatch",
        kind: Kind::Error,
        grammar: false,
        title: "The certificate is for another name",
        what: super::rule::documented("Whether the policy host's certificate names the policy host."),
        why: super::rule::explained(
            "The server shows a certificate that does not name your policy host. Senders then cannot tell whether it is yours, \
              and ignore your policy.",
        ),
        steps: super::rule::to_mend(&[
            "At your web host, add the policy host's name below as a domain of the site, and have a certificate issued for it.",
            "A certificate for the domain itself or for www does not count: the name must be in it in full.",
        ]),
        source: sts("3.3"),
        check: |facts, out| tell(facts, out, Flaw::Name),
    },
    Rule {
        id: "policy-tls-wildcard-depth",
        kind: Kind::Error,
        grammar: false,
        title: "The wildcard certificate does not reach the policy host",
        what: super::rule::documented(
            "Whether a wildcard in the certificate stands for exactly one label of the policy host.",
        ),
        why: super::rule::explained(
            "In a certificate, * stands for one part of a name and no more. The policy host is one part too deep for it, so \
              senders ignore your policy.",
        ),
        steps: super::rule::to_mend(&["Have a certificate issued for the policy host's name below, in full."]),
        source: sts("3.3"),
        check: |facts, out| tell(facts, out, Flaw::WildcardDepth),
    },
    Rule {
        id: "policy-tls-cn-only",
        kind: Kind::Error,
        grammar: false,
        title: "The certificate has the name in the wrong field",
        what: super::rule::documented(
            "Whether the name is among the certificate's alternative names, not only in its common name.",
        ),
        why: super::rule::explained(
            "The name stands in an old field of the certificate (the common name) that mail servers no longer read.",
        ),
        steps: super::rule::to_mend(&[
            "Have the certificate reissued with the policy host's name among its subject alternative names (SAN). Every \
             public authority does that automatically.",
        ]),
        source: sts("3.3"),
        check: |facts, out| tell(facts, out, Flaw::CommonNameOnly),
    },
    Rule {
        id: "policy-tls-expired",
        kind: Kind::Error,
        grammar: false,
        title: "The certificate has expired",
        what: super::rule::documented("Whether the policy host's certificate is still valid."),
        why: super::rule::explained(
            "Since the certificate expired, senders cannot fetch your policy. Those that know an old one keep using it for a \
              while; for all others you have none.",
        ),
        steps: super::rule::to_mend(RENEW),
        source: sts("3.3"),
        check: |facts, out| tell(facts, out, Flaw::Expired),
    },
    Rule {
        id: "policy-tls-expiring",
        kind: Kind::Warning,
        grammar: false,
        title: "The certificate expires soon",
        what: super::rule::documented("Whether a certificate that was looked at is valid for 14 more days."),
        why: super::rule::explained(
            "Certificates that renew themselves do so weeks before the end. This one has less than two weeks left, so \
              renewal may be broken.",
        ),
        steps: super::rule::to_mend(RENEW),
        source: sts("3.3"),
        check: |facts, out| tell(facts, out, Flaw::Expiring),
    },
    Rule {
        id: "policy-tls-not-yet-valid",
        kind: Kind::Error,
        grammar: false,
        title: "The certificate is not valid yet",
        what: super::rule::documented("Whether the policy host's certificate is valid already."),
        why: super::rule::explained("The certificate begins in the future, so senders do not accept it."),
        steps: super::rule::to_mend(&[
            "Check the clock of the server that made the certificate, and have it reissued.",
        ]),
        source: sts("3.3"),
        check: |facts, out| tell(facts, out, Flaw::NotYetValid),
    },
    Rule {
        id: "policy-tls-untrusted",
        kind: Kind::Error,
        grammar: false,
        title: "The certificate is not from a public authority",
        what: super::rule::documented("Whether the certificate was issued by an authority that senders know."),
        why: super::rule::explained(
            "The certificate is self-signed, or from an authority that mail servers do not know. Anybody could make one like \
              it, so senders ignore your policy.",
        ),
        steps: super::rule::to_mend(&[
            "Replace it with a certificate from a public authority. Let's Encrypt issues them at no cost.",
        ]),
        source: sts("3.3"),
        check: |facts, out| tell(facts, out, Flaw::Untrusted),
    },
    Rule {
        id: "policy-tls-incomplete-chain",
        kind: Kind::Error,
        grammar: false,
        title: "The server leaves out part of the certificate chain",
        what: super::rule::documented("Whether the server sends the intermediate certificates along with its own."),
        why: super::rule::explained(
            "Browsers find the missing part on their own, so the page looks fine there. Mail servers do not: they ignore \
              your policy.",
        ),
        steps: super::rule::to_mend(&[
            "Have the server send the full chain: the file is often called fullchain.pem.",
            "In nginx that is the file of ssl_certificate; in other servers look for “chain” or “intermediate”.",
        ]),
        source: sts("3.3"),
        check: |facts, out| tell(facts, out, Flaw::IncompleteChain),
    },
    Rule {
        id: "policy-tls-old-version",
        kind: Kind::Error,
        grammar: false,
        title: "The server speaks only old versions of TLS",
        what: super::rule::documented("Whether the policy host speaks TLS 1.2 or later."),
        why: super::rule::explained(
            "Senders use TLS 1.2 and 1.3, the versions that are safe. The server offers only an older one, so they cannot \
              fetch your policy.",
        ),
        steps: super::rule::to_mend(&["Switch TLS 1.2 and 1.3 on at the web server, and the older versions off."]),
        source: sts("7.2"),
        check: |facts, out| tell(facts, out, Flaw::OldVersion),
    },
    Rule {
        id: "policy-tls-handshake-failed",
        kind: Kind::Error,
        grammar: false,
        title: "The server refuses connections for the policy host's name",
        what: super::rule::documented("Whether the server accepts secure connections for the policy host's name."),
        why: super::rule::explained(
            "The server ends the connection before it shows a certificate. Usually the name has not been set up there.",
        ),
        steps: super::rule::to_mend(&[
            "At your web host, add the policy host's name below as a domain of the site, and wait for its certificate.",
        ]),
        source: sts("7.1"),
        check: |facts, out| tell(facts, out, Flaw::Refused),
    },
    Rule {
        id: "delegation-cert-provider-name",
        kind: Kind::Error,
        grammar: false,
        title: "The certificate has the provider's name, not yours",
        what: super::rule::documented(
            "Whether a policy host that is a provider's by CNAME shows a certificate for the domain's own name.",
        ),
        why: super::rule::explained(
            "Your policy host is an alias of a provider's server, and that server has a certificate for its own name only. \
              Senders ask for yours, so they ignore the policy.",
        ),
        steps: super::rule::to_mend(&[
            "Ask the provider to issue a certificate for the policy host's name below. Usually you have to add the name as a \
             custom domain in your account there.",
        ]),
        source: sts("8.2"),
        check: |facts, out| tell(facts, out, Flaw::ProviderName),
    },
    Rule {
        id: "policy-tls-failed",
        kind: Kind::Error,
        grammar: false,
        title: "The policy host's certificate or encryption is at fault",
        what: super::rule::documented("Whether a secure connection to the policy host can be made."),
        why: super::rule::explained(
            "Senders fetch the policy only over a connection that proves it is yours. That proof failed, so they ignore \
              your policy. Which of the usual causes it is cannot be seen from here.",
        ),
        steps: super::rule::to_mend(&[
            "Open the policy's address in a browser and read what the warning says. No warning there does not prove that \
             all is well: browsers repair an incomplete certificate chain on their own.",
            "If the certificate has expired, renew it, and find out why it was not renewed automatically.",
            "If it is for another name, get one that names the mta-sts host itself: one for the domain or for www does not \
             count.",
            "If it is self-signed, replace it with one from a public authority, such as Let's Encrypt.",
            "If browsers show no warning, have the server send the full certificate chain, and allow TLS 1.2 and 1.3.",
        ]),
        source: sts("3.3"),
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
