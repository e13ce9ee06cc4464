//! What a check leaves for a later one.

use crate::evidence::Fetch;
use crate::evidence::snapshot::{NAME_LIMIT, Snapshot};
use crate::facts::Facts;
use crate::report::Verdict;
use crate::text::digest::fnv_1a;

/// What there is to keep. None where something could not be seen, or not yet: a lookup that failed must never be
/// remembered as something that was missing.
pub(crate) fn snapshot(facts: &Facts<'_>, verdict: Verdict) -> Option<Snapshot> {
    let is_policy_seen = match facts.fetch {
        Fetch::Response { .. } => true,
        // Nothing is fetched from such a host.
        Fetch::Pending => facts.host.has_none() || facts.host.has_private(),
        Fetch::Failed { .. } => false,
    };
    let is_seen = facts.announce.answer().is_some() && facts.mx.known() && is_policy_seen;
    if !is_seen || verdict == Verdict::Inconclusive {
        return None;
    }
    let mut snapshot = Snapshot {
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
