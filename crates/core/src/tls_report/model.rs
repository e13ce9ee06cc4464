//! A report, as far as it could be read (RFC 8460 §4.4). Texts are the sender's, and may hold anything; a text that is
//! missing is empty.

use super::number;
use crate::text::time::Timestamp;

/// What one sender reports of some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The organization that sent it.
    pub organization: String,
    /// What the sender calls it; unique with that sender.
    pub report_id: String,
    /// Whom to ask, mostly a mail address.
    pub contact: String,
    /// When the range of the report begins.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// The domain that its file, or the mail that it came with, says it is of; lower case.
    pub domain: String,
    /// What was seen under each policy that the sender applied.
    pub policies: Vec<Policy>,
}

/// What was seen under one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Its kind.
    pub policy_type: PolicyType,
    /// The policy: lines of a policy file, or TLSA records in presentation format, a line each.
    pub text: String,
    /// The domain that it is of: lower case, without a trailing dot.
    pub domain: String,
    /// The MX hosts that it names, or patterns of them, a line each: lower case, without a trailing dot.
    pub mx_hosts: String,
    /// Sessions that went well.
    pub successful: u64,
    /// Sessions that failed. Never fewer than `failures` count for one reason; those of several may overlap (RFC 8460 §4).
    pub failed: u64,
    /// How they failed.
    pub failures: Vec<Failure>,
}

/// A kind of policy (RFC 8460 §4.4, `policy-type`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PolicyType {
    /// MTA-STS.
    Sts,
    /// DANE.
    Tlsa,
    /// The sender found neither.
    NoPolicyFound,
    /// Not said.
    #[default]
    NotTold,
    /// Something that the RFC does not know.
    Other(String),
}

/// Sessions that failed for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The reason.
    pub result_type: ResultType,
    /// Address of the sending server.
    pub sending_ip: String,
    /// The MX host: lower case, without a trailing dot.
    pub mx_host: String,
    /// How that host called itself.
    pub mx_helo: String,
    /// Its address.
    pub receiving_ip: String,
    /// How many sessions.
    pub sessions: u64,
    /// Where to read more.
    pub more: String,
    /// An error's code or text.
    pub reason: String,
}

/// Why a session failed (RFC 8460 §4.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ResultType {
    /// `starttls-not-supported`
    StarttlsNotSupported,
    /// `certificate-host-mismatch`
    CertificateHostMismatch,
    /// `certificate-expired`
    CertificateExpired,
    /// `certificate-not-trusted`
    CertificateNotTrusted,
    /// `validation-failure`
    ValidationFailure,
    /// `tlsa-invalid`
    TlsaInvalid,
    /// `dnssec-invalid`
    DnssecInvalid,
    /// `dane-required`
    DaneRequired,
    /// `sts-policy-fetch-error`
    StsPolicyFetchError,
    /// `sts-policy-invalid`
    StsPolicyInvalid,
    /// `sts-webpki-invalid`
    StsWebpkiInvalid,
    /// Not said. Reports and summaries show it as `not-told`.
    #[default]
    NotTold,
    /// Something that the RFC does not know; the list is expected to grow.
    Other(String),
}

impl PolicyType {
    pub(super) fn read(text: String) -> Self {
        match spelt(&text).as_str() {
            "sts" => Self::Sts,
            "tlsa" => Self::Tlsa,
            "no-policy-found" => Self::NoPolicyFound,
            "" => Self::NotTold,
            _ => Self::Other(text),
        }
    }

    /// As reports spell it; `not-told` where it is missing.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sts => "sts",
            Self::Tlsa => "tlsa",
            Self::NoPolicyFound => "no-policy-found",
            Self::NotTold => "not-told",
            Self::Other(text) => text,
        }
    }
}

impl ResultType {
    /// Every reason that the RFC knows.
    pub(super) const KNOWN: [Self; 11] = [
        Self::StarttlsNotSupported,
        Self::CertificateHostMismatch,
        Self::CertificateExpired,
        Self::CertificateNotTrusted,
        Self::ValidationFailure,
        Self::TlsaInvalid,
        Self::DnssecInvalid,
        Self::DaneRequired,
        Self::StsPolicyFetchError,
        Self::StsPolicyInvalid,
        Self::StsWebpkiInvalid,
    ];

    pub(super) fn read(text: String) -> Self {
        let name = spelt(&text);
        match Self::KNOWN.into_iter().find(|known| known.as_str() == name) {
            Some(known) => known,
            None if name.is_empty() => Self::NotTold,
            None => Self::Other(text),
        }
    }

    /// Whether it is the policy's, and not a mail server's. What senders add to the RFC's list has names of its manner.
    pub(super) fn is_of_policy(&self) -> bool {
        match self {
            Self::StsPolicyFetchError | Self::StsPolicyInvalid | Self::StsWebpkiInvalid => true,
            Self::Other(name) => spelt(name).starts_with("sts-"),
            _ => false,
        }
    }

    /// Whether only senders that use DANE can meet it.
    pub(super) fn is_of_dane(&self) -> bool {
        match self {
            Self::TlsaInvalid | Self::DnssecInvalid | Self::DaneRequired => true,
            Self::Other(name) => ["tlsa-", "dane-", "dnssec-"].iter().any(|of| spelt(name).starts_with(of)),
            _ => false,
        }
    }

    /// Whether the policy may be why: under another one the same session can go well.
    pub(super) fn is_of_match(&self) -> bool {
        matches!(self, Self::CertificateHostMismatch | Self::ValidationFailure | Self::NotTold | Self::Other(_))
    }

    /// As reports spell it; `not-told` where it is missing.
    pub fn as_str(&self) -> &str {
        match self {
            Self::StarttlsNotSupported => "starttls-not-supported",
            Self::CertificateHostMismatch => "certificate-host-mismatch",
            Self::CertificateExpired => "certificate-expired",
            Self::CertificateNotTrusted => "certificate-not-trusted",
            Self::ValidationFailure => "validation-failure",
            Self::TlsaInvalid => "tlsa-invalid",
            Self::DnssecInvalid => "dnssec-invalid",
            Self::DaneRequired => "dane-required",
            Self::StsPolicyFetchError => "sts-policy-fetch-error",
            Self::StsPolicyInvalid => "sts-policy-invalid",
            Self::StsWebpkiInvalid => "sts-webpki-invalid",
            Self::NotTold => "not-told",
            Self::Other(text) => text,
        }
    }
}

/// A name in the RFC's spelling, where only case, white space or underscores differ.
fn spelt(text: &str) -> String {
    text.trim().to_ascii_lowercase().replace('_', "-")
}

/// The values of a key in the text of a policy file.
pub(super) fn values<'t>(text: &'t str, key: &'t str) -> impl Iterator<Item = &'t str> {
    let fields = text.lines().filter_map(|line| line.split_once(':'));
    fields.filter(move |(name, _)| name.trim().eq_ignore_ascii_case(key)).map(|(_, value)| value.trim())
}

impl Policy {
    /// The one MX host that all of its sessions went to, where it names no other.
    pub(super) fn only_host(&self) -> Option<&str> {
        Some(self.mx_hosts.as_str()).filter(|hosts| !hosts.is_empty() && !hosts.contains(['\n', '*']))
    }

    /// The values of a key in its text, in order.
    pub(super) fn values<'p>(&'p self, key: &'p str) -> impl Iterator<Item = &'p str> {
        values(&self.text, key)
    }

    /// The mode of a policy of MTA-STS. Of one given twice the first counts (RFC 8461 §3.2).
    pub(super) fn mode(&self) -> Option<&str> {
        self.values("mode").next().filter(|_| self.policy_type == PolicyType::Sts)
    }

    /// Whether it is a policy of MTA-STS that is switched off: with mode none a sender does as if there were none (RFC 8461
    /// §5).
    pub(super) fn is_off(&self) -> bool {
        self.mode() == Some("none")
    }

    /// Whether senders refused what failed under it.
    pub(super) fn is_enforced(&self) -> bool {
        self.mode() == Some("enforce")
    }

    /// Sessions in which the sender had the policy: not those that failed because it could not get or read it.
    pub(super) fn applied(&self) -> u64 {
        let of_policy = self.failures.iter().filter(|failure| failure.result_type.is_of_policy());
        let not_had = of_policy.fold(0, |sum, failure| number::add(sum, failure.sessions));
        number::add(self.successful, self.failed.saturating_sub(not_had))
    }

    /// Its sessions, however they went.
    pub(super) fn sessions(&self) -> u64 {
        number::add(self.successful, self.failed)
    }

    /// Failed sessions of which no reason is told.
    pub(super) fn unexplained(&self) -> u64 {
        let explained = self.failures.iter().fold(0_u64, |sum, failure| sum.saturating_add(failure.sessions));
        self.failed.saturating_sub(explained)
    }
}
