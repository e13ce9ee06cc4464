//! What DNSSEC says of answers.

use serde::{Deserialize, Serialize};

use super::Dns;

/// What DNSSEC says of an answer (RFC 4035 §4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dnssec {
    /// Validated.
    Secure,
    /// Not signed, or not all the way up.
    Insecure,
    /// Signed, and the signatures do not hold.
    Bogus,
    /// Not known: no answer, or none yet.
    Unknown,
}

/// What DNSSEC says of an answer.
pub fn dnssec(dns: Dns<'_>) -> Dnssec {
    match dns {
        Dns::Pending | Dns::Failed(_) | Dns::Unanswered(_) => Dnssec::Unknown,
        Dns::Bogus { .. } => Dnssec::Bogus,
        Dns::Answer(answer) if answer.authentic => Dnssec::Secure,
        Dns::Answer(_) => Dnssec::Insecure,
    }
}
