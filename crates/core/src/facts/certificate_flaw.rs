//! What is wrong with what a host showed.

use crate::evidence::{Alias, Certificate, Handshake};
use crate::text::time::Timestamp;

/// TLS 1.2, as it is written in a handshake (RFC 5246 §6.2.1).
const TLS_1_2: u16 = 0x0303;

/// A certificate that renews itself does so earlier than this, in milliseconds before its end.
const EXPIRING_MS: i64 = 14 * 86_400_000;

/// `protocol_version`: what a host says that speaks TLS 1.3 alone (RFC 8446 §6.2). Its certificate is not to be seen.
const PROTOCOL_VERSION: u8 = 70;

/// What keeps a sender from the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The certificate is not for the host.
    Name,
    /// Its wildcard is a label short of the host.
    WildcardDepth,
    /// It has the host in its common name alone.
    CommonNameOnly,
    /// It is for a provider's name, of which the host is an alias.
    ProviderName,
    /// It has run out.
    Expired,
    /// It will, within two weeks.
    Expiring,
    /// It begins in the future.
    NotYetValid,
    /// Self-signed, or from an authority that nobody knows.
    Untrusted,
    /// What links it to a known authority was not sent.
    IncompleteChain,
    /// Nothing from TLS 1.2 up.
    OldVersion,
    /// An alert before a certificate.
    Refused,
}

/// What is wrong, as far as it can be seen.
pub(crate) fn flaws(handshake: &Handshake, host: &str, aliases: &[Alias], now: Timestamp) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if handshake.version.is_some_and(|version| version < TLS_1_2) {
        flaws.push(Flaw::OldVersion);
    }
    let Some(certificate) = handshake.certificates.first() else {
        if handshake.alert.is_some_and(|alert| alert != PROTOCOL_VERSION) {
            flaws.push(Flaw::Refused);
        }
        return flaws;
    };
    flaws.extend(name_flaw(certificate, host, aliases));
    if now < certificate.not_before {
        flaws.push(Flaw::NotYetValid);
    } else if certificate.not_after < now {
        flaws.push(Flaw::Expired);
    } else if certificate.not_after.as_millisecond() < now.as_millisecond() + EXPIRING_MS {
        flaws.push(Flaw::Expiring);
    }
    // Who signed what is not proved here; where nothing else is wrong, trust is what is left.
    if flaws.iter().all(|flaw| *flaw == Flaw::Expiring) {
        let alone = handshake.certificates.len() == 1;
        let known = alone && !certificate.self_issued && is_known(&certificate.issuer);
        flaws.push(if known { Flaw::IncompleteChain } else { Flaw::Untrusted });
    } else if certificate.self_issued {
        flaws.push(Flaw::Untrusted);
    }
    flaws
}

fn name_flaw(certificate: &Certificate, host: &str, aliases: &[Alias]) -> Option<Flaw> {
    if certificate.names.iter().any(|name| names(name, host)) {
        return None;
    }
    let too_shallow =
        |name: &String| name.strip_prefix("*.").is_some_and(|base| host.len() > base.len() && is_below(host, base));
    let of_provider = |alias: &Alias| certificate.names.iter().any(|name| names(name, &alias.target));
    Some(if certificate.names.is_empty() && certificate.common_name.as_deref().is_some_and(|name| names(name, host)) {
        Flaw::CommonNameOnly
    } else if certificate.names.iter().any(too_shallow) {
        Flaw::WildcardDepth
    } else if aliases.iter().any(of_provider) {
        Flaw::ProviderName
    } else {
        Flaw::Name
    })
}

/// Whether a name in a certificate is this host's: `*.` is one label (RFC 6125 §6.4.3).
fn names(name: &str, host: &str) -> bool {
    match name.strip_prefix("*.") {
        Some(base) => host.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(base)),
        None => name.eq_ignore_ascii_case(host),
    }
}

fn is_below(host: &str, base: &str) -> bool {
    let at = host.len() - base.len();
    host.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(base)) && host.as_bytes().get(at - 1) == Some(&b'.')
}

/// Whether the name of an issuer is that of a public authority: the ones that issue nearly all certificates of the web.
fn is_known(issuer: &str) -> bool {
    const AUTHORITIES: [&str; 12] = [
        "Let's Encrypt",
        "Google Trust Services",
        "DigiCert",
        "Sectigo",
        "ZeroSSL",
        "GlobalSign",
        "Amazon",
        "GoDaddy",
        "Microsoft",
        "Entrust",
        "Buypass",
        "SSL.com",
    ];
    AUTHORITIES.iter().any(|known| issuer.contains(known))
}
