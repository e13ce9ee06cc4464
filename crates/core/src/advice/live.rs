//! What is live, as far as advice depends on it.

use serde::Serialize;

use crate::evidence::{Dns, Fetch};
use crate::facts::Facts;
use crate::published::announce;
use crate::published::policy::Mode;
use crate::published::tag_list::Candidate;
use crate::report::Verdict;
use crate::verdict;

/// What a domain has of MTA-STS now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Live {
    /// In a word.
    pub state: LiveState,
    /// The `max_age` of the policy that is served, in seconds, where one can be read.
    pub max_age: Option<u32>,
    /// The announce record's id, where one can be read.
    pub id: Option<String>,
    /// The patterns of the policy that is served.
    pub patterns: Vec<String>,
    /// The MX hosts, most preferred first; the domain itself where it has an address and no MX (RFC 5321 §5.1).
    pub mx: Vec<String>,
    /// Those of them that the served policy does not allow.
    pub not_allowed: Vec<String>,
    /// Whether senders find a TLS-RPT record; none where that could not be seen.
    pub tlsrpt: Option<bool>,
    /// TTL of the announce record, in seconds; 0 where there is none.
    pub record_ttl: u32,
    /// TTL of the MX records, in seconds; 0 where there are none.
    pub mx_ttl: u32,
    /// Whether the announce record or the policy host is an alias (CNAME), so that somebody else may serve it.
    pub aliased: bool,
}

/// What senders find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LiveState {
    /// It could not be looked at.
    Unknown,
    /// Neither record nor policy.
    Nothing,
    /// Something is published, and no usable policy comes of it.
    Broken,
    /// A policy with mode none.
    None,
    /// A policy with mode testing.
    Testing,
    /// A policy with mode enforce.
    Enforce,
}

impl Live {
    pub(super) fn of(facts: &Facts<'_>) -> Self {
        let policy = facts.policy.as_ref();
        let patterns = policy.map(|policy| policy.mx.as_slice()).unwrap_or_default();
        let mx: Vec<String> = facts.mail_hosts().map(str::to_owned).collect();
        let is_allowed = |host: &&String| patterns.iter().any(|pattern| pattern.value.matches(host));
        let ttl = |dns| if let Dns::Answer(answer) = dns { answer.ttl } else { 0 };
        Self {
            state: LiveState::of(facts),
            max_age: policy.and_then(|policy| policy.max_age).map(|max_age| max_age.value),
            id: facts.announce.judged().and_then(|record| record.id.as_ref()).map(|id| id.value.clone()),
            patterns: patterns.iter().map(|pattern| pattern.value.as_str().to_owned()).collect(),
            not_allowed: mx.iter().filter(|host| !is_allowed(host)).cloned().collect(),
            mx,
            tlsrpt: matches!(facts.tlsrpt.dns, Dns::Answer(_)).then(|| facts.tlsrpt.used().is_some()),
            record_ttl: ttl(facts.announce.dns),
            mx_ttl: ttl(facts.mx.dns),
            aliased: !facts.announce.aliases().is_empty() || !facts.host.aliases().is_empty(),
        }
    }
}

impl LiveState {
    fn of(facts: &Facts<'_>) -> Self {
        match verdict::judge(facts).0 {
            Verdict::Inconclusive => Self::Unknown,
            Verdict::Missing => Self::Nothing,
            Verdict::Broken => Self::Broken,
            Verdict::Disabled => Self::None,
            Verdict::Testing => Self::Testing,
            Verdict::Enforced | Verdict::AtRisk | Verdict::Blocking => Self::Enforce,
            // The verdict is about the mail then; what was published before is still to be told.
            Verdict::NotApplicable | Verdict::NoSuchDomain => Self::without_mail(facts),
        }
    }

    fn without_mail(facts: &Facts<'_>) -> Self {
        match facts.policy_in_force().and_then(|policy| policy.mode).map(|mode| mode.value) {
            Some(Mode::Enforce) => return Self::Enforce,
            Some(Mode::Testing) => return Self::Testing,
            Some(Mode::None) => return Self::None,
            None => {}
        }
        let announced = facts.announce.records.iter().any(announce::AnnounceRecord::is_attempt);
        let unseen = |dns| !matches!(dns, Dns::Answer(_));
        if announced || facts.serves_policy() {
            Self::Broken
        } else if unseen(facts.announce.dns)
            || matches!(facts.fetch, Fetch::Pending) && facts.host.addresses().next().is_some()
        {
            Self::Unknown
        } else {
            Self::Nothing
        }
    }
}
