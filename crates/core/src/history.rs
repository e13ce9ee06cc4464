//! What earlier checks of a domain saw, as far as the rules of change look at it. Core keeps nothing: a report carries the
//! snapshot of its check, and whoever keeps it hands it in with the evidence of a later one.

use serde::{Deserialize, Serialize};

use crate::evidence::{Evidence, Fetch};
use crate::facts::Facts;
use crate::mx::MxPattern;
use crate::policy::{MAX_AGE_LIMIT, Mode};
use crate::report::Verdict;
use crate::text::digest::fnv_1a;
use crate::text::time::Timestamp;
use crate::verdict;

/// Snapshots that count: the newest.
const LIMIT: usize = 100;

/// Names of a list that are kept and looked at; of a domain in earnest that is all of them.
const NAME_LIMIT: usize = 100;

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
    /// What there is to keep. None where something could not be seen, or not yet: a lookup that failed must never be
    /// remembered as something that was missing.
    pub(crate) fn of(facts: &Facts<'_>) -> Option<Self> {
        let is_policy_seen = match facts.fetch {
            Fetch::Response { .. } => true,
            // Nothing is fetched from such a host.
            Fetch::Pending => facts.host.has_none() || facts.host.has_private(),
            Fetch::Failed { .. } => false,
        };
        let is_seen = facts.announce.answer().is_some() && facts.mx.known() && is_policy_seen;
        if !is_seen || verdict::judge(facts).0 == Verdict::Inconclusive {
            return None;
        }
        let mut snapshot = Self {
            time: facts.checked_at,
            has_record: facts.is_announced(),
            id: facts.announce.used().and_then(|record| record.id.as_ref()).map(|id| id.value.clone()),
            has_policy: facts.serves_policy(),
            mode: None,
            max_age: None,
            mx: Vec::new(),
            policy_hash: None,
            mx_hosts: facts.mx.hosts.iter().take(NAME_LIMIT).map(|mx| mx.host.clone()).collect(),
        };
        if let (true, Some(domain)) = (facts.mx.is_implicit(), facts.domain) {
            snapshot.mx_hosts.push(domain.as_str().to_owned());
        }
        if let (Some(policy), Fetch::Response { response, .. }) = (facts.usable_policy(), facts.fetch) {
            snapshot.mode = policy.mode.map(|mode| mode.value.as_str().to_owned());
            snapshot.max_age = policy.max_age.map(|max_age| max_age.value);
            snapshot.mx = policy.mx.iter().take(NAME_LIMIT).map(|mx| mx.value.as_str().to_owned()).collect();
            snapshot.policy_hash = Some(format!("{:016x}", fnv_1a(&response.body.0)));
        }
        Some(snapshot)
    }

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

/// Until when senders may keep a policy that earlier checks saw and senders acted on, in one of these modes: the latest
/// day that is possible, since it may have been served until the next check.
pub(crate) fn kept_until(facts: &Facts<'_>, modes: &[Mode]) -> Option<Timestamp> {
    let now = facts.checked_at.as_millisecond();
    let (mut next, mut until) = (facts.checked_at, None);
    for old in facts.history.iter().rev() {
        let counts = old.id.is_some() && old.mode().is_some_and(|mode| modes.contains(&mode));
        // One that has run out, unless it was served longer than it was seen, is not worth a wait.
        if counts && old.kept_until(old.time) > now {
            until = until.max(Some(old.kept_until(next)));
        }
        next = old.time;
    }
    Timestamp::from_millisecond(until?)
}

/// The names of one list that another lacks; of longer lists only the first are looked at.
pub(crate) fn lacking<'n>(names: &'n [String], other: &[String]) -> Vec<&'n str> {
    let other = &other[..other.len().min(NAME_LIMIT)];
    names.iter().take(NAME_LIMIT).filter(|name| !other.contains(name)).map(String::as_str).collect()
}

/// The snapshots that count, oldest first: the newest of those from before the check. Two that say different things of the
/// same moment are both in doubt, and neither counts; 1970 is what a host without a clock says.
pub(crate) fn earlier(evidence: &Evidence) -> Vec<&Snapshot> {
    let mut kept: Vec<(Timestamp, Option<&Snapshot>)> = Vec::new();
    for snapshot in &evidence.history {
        let time = snapshot.time;
        if time >= evidence.checked_at || time == Timestamp::UNIX_EPOCH {
            continue;
        }
        match kept.iter().rposition(|(known, _)| *known <= time) {
            Some(at) if kept[at].0 == time => kept[at].1 = kept[at].1.filter(|other| *other == snapshot),
            before => kept.insert(before.map_or(0, |at| at + 1), (time, Some(snapshot))),
        }
        if kept.len() > LIMIT {
            kept.remove(0);
        }
    }
    kept.into_iter().filter_map(|(_, snapshot)| snapshot).collect()
}
