//! Policy hosts whose certificate or handshake is at fault. A Worker's own fetch does not say which fault it is.

use crate::certificate::Certificate;
use crate::policy_host::Behaviour;
use crate::scenario::Scenario;

pub(super) fn scenarios() -> Vec<Scenario> {
    let faulty = |name, domain, about, certificate| {
        Scenario::well(name, domain, about)
            .certificate(certificate)
            .verdict("broken")
            .must(&["policy-tls-failed"])
            .must_not(&["policy-ok", "policy-connect-failed", "policy-timeout"])
    };
    vec![
        faulty("tls-expired", "certificate-expired.com", "The certificate ran out a month ago", Certificate::Expired),
        faulty(
            "tls-not-yet-valid",
            "certificate-early.com",
            "The certificate is not valid yet",
            Certificate::NotYetValid,
        ),
        faulty(
            "tls-other-name",
            "certificate-misnamed.com",
            "The certificate is for the bare domain",
            Certificate::BareDomain,
        ),
        faulty(
            "tls-cn-only",
            "certificate-cn-only.com",
            "The name stands in the CN alone",
            Certificate::CommonNameOnly,
        ),
        faulty(
            "tls-self-signed",
            "certificate-self-made.com",
            "The certificate is self-signed",
            Certificate::SelfSigned,
        ),
        faulty(
            "tls-incomplete-chain",
            "certificate-chainless.com",
            "The intermediate is not sent",
            Certificate::Chainless,
        ),
        faulty(
            "tls-unknown-name",
            "unknown-to-host.com",
            "The host refuses the handshake for this name",
            Certificate::Valid,
        )
        .behaves(Behaviour::RefuseHandshake),
    ]
}
