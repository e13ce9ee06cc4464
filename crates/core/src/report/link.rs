//! The links of the chain that protects mail: a policy counts only as much as the weakest of them.

use serde::{Deserialize, Serialize};

/// A link of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// The announce record: tells senders that there is a policy.
    Record,
    /// The policy host: serves the policy over the web.
    PolicyHost,
    /// The policy host's certificate: proves that the host is the domain's.
    Certificate,
    /// The policy file: says which mail servers to trust.
    PolicyFile,
    /// The mail servers: receive the mail.
    MailServers,
    /// TLS reports: tell when encryption fails.
    Reports,
    /// DNSSEC: guards the answers of the DNS.
    Dnssec,
}

impl Link {
    /// Every link, in the order of the chain.
    pub const ALL: [Self; 7] = [
        Self::Record,
        Self::PolicyHost,
        Self::Certificate,
        Self::PolicyFile,
        Self::MailServers,
        Self::Reports,
        Self::Dnssec,
    ];
}
