//! What a check leaves for a later one. Core keeps nothing: a report carries the snapshot of its check, and whoever keeps it
//! hands it in with the evidence of a later one.

use serde::{Deserialize, Serialize};

use crate::published::policy::mx_pattern::MxPattern;
use crate::published::policy::{MAX_AGE_LIMIT, Mode};
use crate::text::time::Timestamp;

/// Names of a list that are kept and looked at; of a domain in earnest that is all of them.
pub(crate) const NAME_LIMIT: usize = 100;

/// What one check saw of a domain, to be compared with a later one. Its text came from outside, and may since have been
/// kept where others can write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Snapshot {
    /// When the check began.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub time: Timestamp,
    /// Whether an announce record was there, good or bad.
    #[serde(default)]
    pub has_record: bool,
    /// The record's id, where senders could read it.
    #[serde(default)]
    pub id: Option<String>,
    /// Whether a policy file was served, good or bad.
    #[serde(default)]
    pub has_policy: bool,
    /// The policy's mode, where senders could use the policy: `testing`, `enforce` or `none`.
    #[serde(default)]
    pub mode: Option<String>,
    /// Its `max_age`, in seconds.
    #[serde(default)]
    pub max_age: Option<u32>,
    /// Its `mx:` patterns, in the file's order, the first hundred.
    #[serde(default)]
    pub mx: Vec<String>,
    /// A hash of the policy file, to see a change by: FNV-1a of 64 bits in hex, which is no defence against anybody.
    #[serde(default)]
    pub policy_hash: Option<String>,
    /// The live MX hosts, most preferred first, the first hundred; the domain itself where it has no MX.
    #[serde(default)]
    pub mx_hosts: Vec<String>,
}

impl Snapshot {
    /// The mode of the policy, where senders could use it.
    pub(crate) fn mode(&self) -> Option<Mode> {
        let text = self.mode.as_deref().filter(|_| self.has_policy)?;
        [Mode::Testing, Mode::Enforce, Mode::None].into_iter().find(|mode| mode.as_str() == text)
    }

    /// Whether a record or a file was there. A policy that could not be used then may have been out of order for an hour,
    /// and tells nothing of what was before it.
    pub(crate) fn has_part(&self) -> bool {
        self.has_record || self.has_policy
    }

    /// Whether senders made the same of both policies. What only looks otherwise, as an end of a line or the order of the
    /// `mx:` lines, is no change to them.
    pub(crate) fn has_same_policy(&self, other: &Self) -> bool {
        self.policy_hash.is_some() && self.policy_hash == other.policy_hash
            || self.mode == other.mode
                && self.max_age == other.max_age
                && lacking(&self.mx, &other.mx).is_empty()
                && lacking(&other.mx, &self.mx).is_empty()
    }

    /// Until when a sender may keep the policy that got it at `last`, in milliseconds since 1970.
    pub(crate) fn kept_until(&self, last: Timestamp) -> i64 {
        last.as_millisecond() + i64::from(self.max_age.unwrap_or(0).min(MAX_AGE_LIMIT)) * 1000
    }

    /// The first of the hosts to which a sender that goes by this policy would not deliver.
    pub(crate) fn refused<'h>(&self, hosts: &'h [String]) -> Option<&'h str> {
        // Of a list that may have been cut nothing is known.
        if self.mode() != Some(Mode::Enforce) || self.mx.len() >= NAME_LIMIT {
            return None;
        }
        let patterns: Vec<MxPattern> = self.mx.iter().filter_map(|mx| MxPattern::parse(mx).ok()).collect();
        let is_refused = |host: &&String| !patterns.iter().any(|pattern| pattern.matches(host));
        hosts.iter().find(is_refused).map(String::as_str)
    }
}

/// The names of one list that another lacks; of longer lists only the first are looked at.
pub(crate) fn lacking<'n>(names: &'n [String], other: &[String]) -> Vec<&'n str> {
    let other = &other[..other.len().min(NAME_LIMIT)];
    names.iter().take(NAME_LIMIT).filter(|name| !other.contains(name)).map(String::as_str).collect()
}
