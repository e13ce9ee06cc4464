//! What a host's certificate tells, where no secure connection could be made.

use crate::evidence::{Cause, Handshake};
use crate::report::Verdict::{Broken, Enforced};
use crate::scenario::world::World;

use super::given::{Scenario, given};

const HOST: &str = "mta-sts.shop.com.au";

/// A policy host whose certificate for these names is as `change` leaves it; it must be told so, and in no other way.
fn shown(
    name: &'static str,
    names: &'static [&'static str],
    change: fn(&mut Handshake),
    must: &'static [&'static str],
    must_not: &'static [&'static str],
) -> Scenario {
    given(name, |w| w.certificate(names, change), Broken, must, must_not)
}

pub(super) fn scenarios() -> Vec<Scenario> {
    let failed: &[&str] = &["policy-tls-failed"];
    vec![
        shown(
            "a certificate for another name",
            &["shop.com.au", "www.shop.com.au"],
            |_| {},
            &["policy-tls-name-mismatch"],
            &[
                "policy-tls-failed",
                "policy-tls-untrusted",
                "policy-tls-wildcard-depth",
                "policy-tls-cn-only",
                "delegation-cert-provider-name",
            ],
        ),
        shown(
            "a wildcard that is a label short",
            &["*.com.au"],
            |_| {},
            &["policy-tls-wildcard-depth"],
            &["policy-tls-name-mismatch"],
        ),
        shown(
            "the name in the common name alone",
            &[],
            |h| h.certificates[0].common_name = Some(HOST.to_owned()),
            &["policy-tls-cn-only"],
            &["policy-tls-name-mismatch"],
        ),
        shown(
            "an expired certificate",
            &[HOST],
            |h| h.certificates[0].not_after = "2026-11-01T00:00:00Z".parse().expect("a time"),
            &["policy-tls-expired"],
            &["policy-tls-expiring", "policy-tls-untrusted", "policy-tls-failed", "policy-tls-name-mismatch"],
        ),
        shown(
            "a certificate for another name that runs out soon",
            &["shop.com.au"],
            |h| h.certificates[0].not_after = "2026-12-01T00:00:00Z".parse().expect("a time"),
            &["policy-tls-expiring", "policy-tls-name-mismatch"],
            &["policy-tls-expired"],
        ),
        shown(
            "a certificate of the future",
            &[HOST],
            |h| h.certificates[0].not_before = "2026-11-25T00:00:00Z".parse().expect("a time"),
            &["policy-tls-not-yet-valid"],
            &["policy-tls-expired", "policy-tls-untrusted"],
        ),
        shown(
            "a self-signed certificate",
            &["*.shop.com.au"],
            |h| {
                h.certificates.truncate(1);
                h.certificates[0].self_issued = true;
            },
            &["policy-tls-untrusted"],
            &["policy-tls-incomplete-chain", "policy-tls-name-mismatch"],
        ),
        shown(
            "a known authority's certificate, alone",
            &[HOST],
            |h| h.certificates.truncate(1),
            &["policy-tls-incomplete-chain"],
            &["policy-tls-untrusted", "policy-tls-failed"],
        ),
        shown("TLS 1.0", &[HOST], |h| h.version = Some(0x0301), &["policy-tls-old-version"], &["policy-tls-untrusted"]),
        shown(
            "an alert in place of a certificate",
            &[],
            |h| *h = Handshake { alert: Some(112), ..Handshake::default() },
            &["policy-tls-handshake-failed"],
            failed,
        ),
        shown(
            "a host of TLS 1.3 alone",
            &[],
            |h| *h = Handshake { alert: Some(70), ..Handshake::default() },
            failed,
            &["policy-tls-handshake-failed", "policy-tls-old-version", "policy-tls-not-yet-valid"],
        ),
        given("a look that failed", |w| w.fetch_fails(Cause::Tls), Broken, failed, &["policy-tls-handshake-failed"]),
        given(
            "a provider's certificate",
            |w: World| {
                let w =
                    w.without_host().alias(HOST, "mta-sts.provider.com").address("mta-sts.provider.com", "203.0.113.7");
                w.certificate(&["mta-sts.provider.com"], |_| {})
            },
            Broken,
            &["delegation-cert-provider-name"],
            &["policy-tls-name-mismatch"],
        ),
        given("nothing wrong", |w| w, Enforced, &["policy-ok"], failed),
    ]
}
