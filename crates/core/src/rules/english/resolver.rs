//! English: what a resolver says beside its answer.

/// The registered name of an extended error (RFC 8914), in small letters; none of those that tell nothing.
pub(in crate::rules) fn extended_error(code: u16) -> Option<&'static str> {
    Some(match code {
        1 => "unsupported DNSKEY algorithm",
        2 => "unsupported DS digest type",
        3 => "stale answer",
        5 => "DNSSEC indeterminate",
        6 => "DNSSEC bogus",
        7 => "signature expired",
        8 => "signature not yet valid",
        9 => "DNSKEY missing",
        10 => "RRSIGs missing",
        11 => "no zone key bit set",
        12 => "NSEC missing",
        14 => "not ready",
        15..=18 => "blocked or filtered",
        20 => "not authoritative",
        22 => "no reachable authority",
        23 => "network error",
        24 => "invalid data",
        _ => return None,
    })
}

/// One without a name, of which the resolver says no more.
pub(in crate::rules) const EXTENDED_ERROR: &str = "extended error {code}";

/// One with a name, and what the resolver says of it.
pub(in crate::rules) const EXTENDED_ERROR_WITH: &str = "{name} ({text})";
