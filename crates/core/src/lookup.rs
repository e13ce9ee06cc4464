//! What a check has to ask of the world. Core names the lookups; a host performs them.

pub mod limits;
pub mod public_address;
pub mod wrong_places;

use serde::{Deserialize, Serialize};

use crate::name::DomainName;
use crate::name::labels::POLICY_PATH;

/// Where a policy file often ends up when a host leaves folders that begin with a dot out of an upload.
const ROOT_PATH: &str = "/mta-sts.txt";

/// Largest policy body that is read, in bytes; RFC 8461 §3.3 suggests 64 kilobytes.
pub const POLICY_LIMIT: usize = 64 * 1024;

/// One question to the world.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lookup {
    /// A DNS query, asked with DO=1.
    Dns(Question),
    /// `GET` of a policy file: no redirect followed, no cookies, at most 64 KiB.
    Policy {
        /// The policy host, `mta-sts.` and the domain; or, looking for a misplaced file, the domain itself.
        #[cfg_attr(feature = "types", ts(type = "string"))]
        host: DomainName,
        /// The path; left out where it is the right one.
        #[serde(default, skip_serializing_if = "PolicyPath::is_right")]
        #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
        path: PolicyPath,
    },
    /// What the policy host shows on port 443 before encryption begins, asked where a secure connection
    /// failed.
    Handshake {
        /// The policy host.
        #[cfg_attr(feature = "types", ts(type = "string"))]
        host: DomainName,
    },
}

/// A path at which a policy file is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PolicyPath {
    /// `/.well-known/mta-sts.txt` (RFC 8461 §3.2).
    #[default]
    WellKnown,
    /// `/mta-sts.txt`: a common mistake, looked at only to say so.
    Root,
}

impl PolicyPath {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_right(&self) -> bool {
        *self == Self::WellKnown
    }
}

/// The address of a policy file.
pub fn policy_url(host: &DomainName, path: PolicyPath) -> String {
    let path = match path {
        PolicyPath::WellKnown => POLICY_PATH,
        PolicyPath::Root => ROOT_PATH,
    };
    format!("https://{host}{path}")
}

/// What a DNS query asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Question {
    /// Owner name, lower case, without the trailing dot.
    pub name: String,
    /// Record type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// Asked with CD=1 (RFC 4035 §3.2.2), to tell a bogus signature from a broken resolver.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub checking_disabled: bool,
}

impl Question {
    /// An ordinary, validated question.
    pub fn new(name: impl Into<String>, rtype: RecordType) -> Self {
        Self { name: name.into(), rtype, checking_disabled: false }
    }

    /// The same question with CD=1.
    #[must_use]
    pub fn unchecked(&self) -> Self {
        Self { checking_disabled: true, ..self.clone() }
    }
}

/// The record types that a check asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// IPv4 address.
    A,
    /// IPv6 address.
    Aaaa,
    /// Mail exchange.
    Mx,
    /// Name server.
    Ns,
    /// TLS certificate association (RFC 6698).
    Tlsa,
    /// Text.
    Txt,
}

impl std::fmt::Display for Lookup {
    /// For a person: `TXT _mta-sts.example.com`, `https://mta-sts.example.com/.well-known/mta-sts.txt`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Dns(question) => {
                write!(f, "{} {}", question.rtype, question.name)?;
                if question.checking_disabled { f.write_str(" (unvalidated)") } else { Ok(()) }
            }
            Self::Policy { host, path } => f.write_str(&policy_url(host, *path)),
            Self::Handshake { host } => write!(f, "certificate of {host}"),
        }
    }
}

impl std::fmt::Display for RecordType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Mx => "MX",
            Self::Ns => "NS",
            Self::Tlsa => "TLSA",
            Self::Txt => "TXT",
        })
    }
}
