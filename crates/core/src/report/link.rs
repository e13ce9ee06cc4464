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

    /// As answers spell it, and what a script knows it by in a page of any language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::PolicyHost => "policy-host",
            Self::Certificate => "certificate",
            Self::PolicyFile => "policy-file",
            Self::MailServers => "mail-servers",
            Self::Reports => "reports",
            Self::Dnssec => "dnssec",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_spelled_as_in_answers() {
        for link in Link::ALL {
            assert_eq!(serde_json::to_value(link).expect("serializes"), link.as_str());
        }
    }
}
