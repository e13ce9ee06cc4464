//! The answer, as the API gives it and `view` draws it. The shape is a contract; change it only by adding.

pub mod chain;
pub mod copyable;
pub mod link;
pub mod next;

use serde::{Deserialize, Serialize};

use crate::evidence::dnssec::Dnssec;
use crate::evidence::snapshot::Snapshot;
use crate::name::DomainName;
use crate::providers::Provider;
use crate::text::span::Place;
use crate::text::time::Timestamp;
use chain::ChainLink;
pub use copyable::Copyable;
use link::Link;
use next::NextStep;

/// Version of the report's shape.
pub const SCHEMA: u32 = 1;

/// Everything that a check found out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Report {
    /// Version of the report's shape.
    #[cfg_attr(feature = "types", ts(type = "1"), schemars(extend("const" = SCHEMA)))]
    pub schema: u32,
    /// Version of the rules that judged.
    pub ruleset: String,
    /// The domain, as A-labels.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub domain: DomainName,
    /// When the check began.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub checked_at: Timestamp,
    /// Milliseconds that the lookups took.
    pub took_ms: u32,
    /// The answer in a word.
    pub verdict: Verdict,
    /// The answer in a sentence, for a person.
    pub headline: String,
    /// The domain that was probably meant, where this is the name of a host below it: mail goes to addresses there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional, type = "string"))]
    pub instead: Option<DomainName>,
    /// How many findings there are of each sort.
    pub counts: Counts,
    /// Worst first, then in the catalogue's order.
    pub findings: Vec<Finding>,
    /// The announce record, where there is exactly one that counts or could have been meant.
    pub record: Option<RecordSummary>,
    /// The policy file, where one was served.
    pub policy: Option<PolicySummary>,
    /// The live MX hosts, most preferred first.
    pub mx: Vec<MxSummary>,
    /// The TLS-RPT record, where there is one.
    pub tlsrpt: Option<TlsRptSummary>,
    /// What DNSSEC says of each answer.
    pub dnssec: DnssecSummary,
    /// Who runs the mail and the DNS.
    pub providers: Providers,
    /// How each link of the chain stands, in the order of the chain.
    #[serde(default)]
    pub chain: Vec<ChainLink>,
    /// The one thing to do now; none where nothing is to be done, or where lookups still run.
    #[serde(default)]
    pub next: Option<NextStep>,
    /// What would become of a message now, if its sender goes by RFC 8461 and has no policy from earlier: plain sentences.
    #[serde(default)]
    pub delivery: String,
    /// What changed since the last check in the evidence's `history`, in plain sentences; empty where there is none.
    #[serde(default)]
    pub since: String,
    /// What real senders would make of the policy, a plain reader of RFC 8461 first.
    #[serde(default)]
    pub senders: Vec<SenderVerdict>,
    /// What to keep for the next check of the domain, as part of its evidence's `history`; none where not everything could
    /// be seen.
    #[serde(default)]
    pub snapshot: Option<Snapshot>,
}

/// The answer in a word: the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Enforce, and every live MX host is allowed.
    Enforced,
    /// Enforce, and some live MX host is not allowed.
    AtRisk,
    /// Enforce, and no live MX host is allowed: mail is being refused now.
    Blocking,
    /// Mode testing.
    Testing,
    /// Mode none.
    Disabled,
    /// Something is published, but a sender that follows the RFC finds no usable policy.
    Broken,
    /// Neither record nor policy.
    Missing,
    /// The domain says that it takes no mail.
    NotApplicable,
    /// The domain does not exist.
    NoSuchDomain,
    /// A lookup that the answer hangs on failed for a reason that is not the domain's, or is not in yet.
    Inconclusive,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 10] = [
        Self::Enforced,
        Self::AtRisk,
        Self::Blocking,
        Self::Testing,
        Self::Disabled,
        Self::Broken,
        Self::Missing,
        Self::NotApplicable,
        Self::NoSuchDomain,
        Self::Inconclusive,
    ];

    /// As answers spell it, and what a script knows it by in a page of any language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enforced => "enforced",
            Self::AtRisk => "at-risk",
            Self::Blocking => "blocking",
            Self::Testing => "testing",
            Self::Disabled => "disabled",
            Self::Broken => "broken",
            Self::Missing => "missing",
            Self::NotApplicable => "not-applicable",
            Self::NoSuchDomain => "no-such-domain",
            Self::Inconclusive => "inconclusive",
        }
    }
}

// The last one's number counts those before it, so none can be left out above.
const _: () = assert!(Verdict::ALL.len() == Verdict::Inconclusive as usize + 1);

/// How many findings there are of each sort; `error`, `warning` and `info` count the failed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Counts {
    /// Failed, of severity error.
    pub error: u32,
    /// Failed, of severity warning.
    pub warning: u32,
    /// Failed, of severity info.
    pub info: u32,
    /// Passed.
    pub passed: u32,
    /// Could not be looked at.
    pub inconclusive: u32,
}

/// One thing that a rule has to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Finding {
    /// The rule's permanent id.
    pub rule: String,
    /// The link of the chain that it is about; none where it is about the whole domain.
    #[serde(default)]
    pub link: Option<Link>,
    /// Whether the rule failed, passed or could not look.
    pub outcome: Outcome,
    /// Of a fail; info on a pass.
    pub severity: Severity,
    /// The host, key or line that it is about.
    pub subject: Option<String>,
    /// A few plain words.
    pub title: String,
    /// Why it matters, for a person who runs a small business.
    pub why: String,
    /// For the engineer.
    pub detail: Option<String>,
    /// What to do; empty when nothing is to be done.
    pub fix: Vec<Fix>,
    /// Where it is written.
    pub reference: Reference,
    /// Where in the raw text (of the record, the policy or the TLS-RPT record, by the rule's section).
    pub span: Option<Place>,
}

/// Whether a rule failed, passed or could not look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The defect is there.
    Fail,
    /// Good news.
    Pass,
    /// Could not look.
    Inconclusive,
}

/// How bad a fail is. Worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A sender that follows the RFC, or a widely used real one, ignores the policy or refuses mail.
    Error,
    /// Works for some, or fragile.
    Warning,
    /// Worth knowing.
    Info,
}

/// One way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Fix {
    /// What the steps achieve.
    pub title: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Text to paste.
    pub copy: Vec<Copyable>,
    /// The name of the offer, where a provider of the domain offers this way. The rule's own way holds anywhere, and has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub offer: Option<String>,
    /// What the rule's own way does to the policy file that is served, where it is about that file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub policy: Option<PolicyChange>,
}

/// What a way to mend a finding does to the policy file that is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PolicyChange {
    /// It enforces the policy that is tested.
    Enforce,
    /// It changes the file in another way.
    Edit,
    /// It keeps the file: a provider serves the same one to all of its customers.
    Keep,
}

/// Where something is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Reference {
    /// `RFC 8461 §3.1`.
    pub label: String,
    /// Its address.
    pub url: String,
}

/// The announce record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RecordSummary {
    /// The strings, joined.
    pub raw: String,
    /// The id, where one can be read.
    pub id: Option<String>,
    /// Seconds.
    pub ttl: u32,
    /// Where the name is delegated to by CNAME: the end of the chain.
    pub cname: Option<String>,
}

/// The policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PolicySummary {
    /// Where it was fetched from.
    pub url: String,
    /// The body.
    pub raw: String,
    /// The mode, where a valid one is given.
    pub mode: Option<String>,
    /// Seconds, where a valid number is given.
    pub max_age: Option<u32>,
    /// The valid `mx:` patterns, in the file's order.
    pub mx: Vec<String>,
}

/// A live MX host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct MxSummary {
    /// Name in the MX record.
    pub host: String,
    /// Lower is tried first.
    pub preference: u16,
    /// Its addresses, as far as they were looked up.
    pub addresses: Vec<String>,
    /// The first `mx:` pattern of the policy that allows it.
    pub matched_by: Option<String>,
}

/// The TLS-RPT record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TlsRptSummary {
    /// The strings, joined.
    pub raw: String,
    /// Where reports go.
    pub rua: Vec<String>,
}

/// What a sender would make of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SenderVerdict {
    /// The sender's name. One is a checker, and has "(advice)" behind its name.
    pub name: String,
    /// Whether it would find a policy that it can use.
    pub verdict: Acceptance,
    /// Why not, or what it would do with it, in plain sentences.
    pub why: String,
}

/// Whether a sender would find a policy that it can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Acceptance {
    /// It would, whatever the policy's mode.
    Usable,
    /// It would not.
    Unusable,
    /// Not known: a lookup is not in yet, or failed for a reason that is not the domain's.
    Unknown,
}

/// What DNSSEC says of each answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DnssecSummary {
    /// TXT at `_mta-sts`.
    pub record: Dnssec,
    /// Addresses of the policy host.
    pub policy_host: Dnssec,
    /// The MX records.
    pub mx: Dnssec,
    /// TXT at `_smtp._tls`.
    pub tlsrpt: Dnssec,
}

/// Who runs the mail and the DNS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Providers {
    /// By the live MX hosts, most preferred first.
    pub mail: Vec<Provider>,
    /// By the name servers.
    pub dns: Option<Provider>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_spelled_as_in_answers() {
        for verdict in Verdict::ALL {
            assert_eq!(serde_json::to_value(verdict).expect("serializes"), verdict.as_str());
        }
    }
}
