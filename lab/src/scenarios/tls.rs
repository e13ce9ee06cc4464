//! Policy hosts whose certificate or handshake is at fault. A Worker's own fetch does not say which fault it is; a look at
//! the certificate does.

use crate::certificate::Certificate;
use crate::policy_host::Behaviour;
use crate::scenario::Scenario;
use crate::zone::Zone;

pub(super) fn scenarios() -> Vec<Scenario> {
    let faulty = |name, domain, about, certificate, must: &'static [&'static str]| {
        Scenario::well(name, domain, about).certificate(certificate).verdict("broken").must(must).must_not(&[
            "policy-ok",
            "policy-tls-failed",
            "policy-connect-failed",
            "policy-timeout",
        ])
    };
    vec![
        faulty(
            "tls-expired",
            "certificate-expired.com",
            "The certificate ran out a month ago",
            Certificate::Expired,
            &["policy-tls-expired"],
        ),
        faulty(
            "tls-expired-ipv6",
            "certificate-expired-v6.com",
            "As before, of a host with an IPv6 address alone",
            Certificate::Expired,
            &["policy-tls-expired", "policy-host-ipv6-only"],
        )
        .unset("mta-sts", "A"),
        faulty(
            "tls-not-yet-valid",
            "certificate-early.com",
            "The certificate is not valid yet",
            Certificate::NotYetValid,
            &["policy-tls-not-yet-valid"],
        ),
        faulty(
            "tls-other-name",
            "certificate-misnamed.com",
            "The certificate is for the bare domain",
            Certificate::BareDomain,
            &["policy-tls-name-mismatch"],
        ),
        faulty(
            "tls-wildcard-depth",
            "branch.certificate-shallow.com",
            "The certificate's wildcard is a label short",
            Certificate::For("*.certificate-shallow.com"),
            &["policy-tls-wildcard-depth"],
        ),
        faulty(
            "tls-cn-only",
            "certificate-cn-only.com",
            "The name stands in the CN alone",
            Certificate::CommonNameOnly,
            &["policy-tls-cn-only"],
        ),
        faulty(
            "tls-self-signed",
            "certificate-self-made.com",
            "The certificate is self-signed",
            Certificate::SelfSigned,
            &["policy-tls-untrusted"],
        ),
        faulty(
            "tls-incomplete-chain",
            "certificate-chainless.com",
            "The intermediate is not sent",
            Certificate::Chainless,
            &["policy-tls-incomplete-chain"],
        ),
        faulty(
            "tls-provider-name",
            "certificate-of-provider.com",
            "An alias of a provider's host, which has a certificate for its own name only",
            Certificate::For("mta-sts.policy-provider.net"),
            &["delegation-cert-provider-name"],
        )
        .without("mta-sts")
        .set("mta-sts", "CNAME", "mta-sts.policy-provider.net.")
        .beside(Zone::new("policy-provider.net").with("mta-sts", "A", crate::address::POLICY_HOST)),
        faulty(
            "tls-unknown-name",
            "unknown-to-host.com",
            "The host refuses the handshake for this name",
            Certificate::Valid,
            &["policy-tls-handshake-failed"],
        )
        .behaves(Behaviour::RefuseHandshake),
        Scenario::well(
            "tls-1.3-only",
            "modern-but-misnamed.com",
            "A certificate that only TLS 1.3 shows, and that is wrong",
        )
        .certificate(Certificate::Hidden)
        .verdict("broken")
        .must(&["policy-tls-failed"])
        .must_not(&["policy-ok", "policy-tls-name-mismatch", "policy-tls-handshake-failed"]),
    ]
}
