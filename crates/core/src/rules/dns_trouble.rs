//! Why a lookup gave no definite answer.

use crate::evidence::{Dns, ExtendedError};
use crate::text::clip::clip;

/// Why a lookup gave no definite answer, for an engineer; none where it gave one, or where DNSSEC is at fault.
pub(crate) fn dns_trouble(dns: Dns<'_>) -> Option<String> {
    match dns {
        Dns::Pending | Dns::Answer(_) | Dns::Bogus { .. } => None,
        Dns::Unanswered(answer) => Some(match answer.extended_errors.as_slice() {
            [] => format!("The resolver answered {}.", answer.rcode),
            errors => {
                let list: Vec<String> = errors.iter().take(3).map(extended_error).collect();
                format!("The resolver answered {}: {}.", answer.rcode, list.join("; "))
            }
        }),
        Dns::Failed(failure) => Some(match &failure.detail {
            Some(detail) => format!("No answer came: {}", clip(detail, 200)),
            None => "No answer came in time.".to_owned(),
        }),
    }
}

/// An extended error (RFC 8914) in words: the registered name of its code, and what the resolver added.
pub(crate) fn extended_error(error: &ExtendedError) -> String {
    let name = match error.code {
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
        _ => "",
    };
    let text = clip(&error.text, 120);
    match (name, text.as_str()) {
        ("", "") => format!("extended error {}", error.code),
        ("", text) => text.to_owned(),
        (name, "") => name.to_owned(),
        (name, text) => format!("{name} ({text})"),
    }
}
