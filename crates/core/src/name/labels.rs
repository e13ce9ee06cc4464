//! The names below a domain that senders ask for, and the path of the policy.

/// The path of a policy on its host (RFC 8461 §3.2).
pub const POLICY_PATH: &str = "/.well-known/mta-sts.txt";

/// A TXT record that senders look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Txt {
    /// The announce record (RFC 8461 §3.1).
    Announce,
    /// The TLS-RPT record (RFC 8460 §3).
    TlsRpt,
}

impl Txt {
    /// Its name below a domain.
    pub fn label(self) -> &'static str {
        match self {
            Self::Announce => "_mta-sts",
            Self::TlsRpt => "_smtp._tls",
        }
    }
}

/// Where the certificates of an MX host's mail service are published (RFC 7672 §2.2).
pub(crate) fn tlsa_name(host: &str) -> String {
    format!("_25._tcp.{host}")
}
