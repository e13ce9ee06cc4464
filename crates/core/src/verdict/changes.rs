//! What changed since the last check that the caller kept: also where all is well, of which no rule speaks.

use crate::evidence::snapshot::{Snapshot, lacking};
use crate::facts::Facts;
use crate::published::policy::Mode;
use crate::text::time::Date;

/// What differs between the last of the earlier checks and this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The day of that earlier check, in UTC.
    pub since: Date,
    /// What changed; empty where all is as it was.
    pub changes: Vec<Change>,
}

/// One thing that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// There was no announce record.
    RecordCame,
    /// There is none any more.
    RecordWent,
    /// There was no policy file.
    PolicyCame,
    /// There is none any more.
    PolicyWent,
    /// The policy, and its id with it.
    PolicyAndId,
    /// The policy, under the id that it had.
    PolicyWithoutId,
    /// The id of a policy that stayed as it was.
    IdWithoutPolicy,
    /// The id, where senders could not use the policy in one of both checks.
    Id,
    /// The policy's mode.
    Mode {
        /// What it was.
        was: Mode,
        /// What it is.
        is: Mode,
    },
    /// The MX hosts.
    MailServers,
}

impl Changes {
    /// Of the domain that the facts are about; none where there is nothing to compare with. `snapshot` is what this check
    /// leaves for a later one.
    pub fn of(facts: &Facts<'_>, snapshot: Option<&Snapshot>) -> Option<Self> {
        let (before, now) = (facts.history.last()?, snapshot?);
        Some(Self { since: before.time.date(), changes: compared(before, now) })
    }
}

fn compared(before: &Snapshot, now: &Snapshot) -> Vec<Change> {
    let mut changes = Vec::new();
    for (was, is, came, went) in [
        (before.has_record, now.has_record, Change::RecordCame, Change::RecordWent),
        (before.has_policy, now.has_policy, Change::PolicyCame, Change::PolicyWent),
    ] {
        match (was, is) {
            (false, true) => changes.push(came),
            (true, false) => changes.push(went),
            _ => {}
        }
    }
    let moved = before.id != now.id;
    if before.mode.is_some() && now.mode.is_some() {
        changes.extend(match (before.has_same_policy(now), moved) {
            (false, true) => Some(Change::PolicyAndId),
            (false, false) => Some(Change::PolicyWithoutId),
            (true, true) => Some(Change::IdWithoutPolicy),
            (true, false) => None,
        });
        if let (Some(was), Some(is)) = (before.mode(), now.mode())
            && was != is
        {
            changes.push(Change::Mode { was, is });
        }
    } else if moved && before.has_record && now.has_record {
        changes.push(Change::Id);
    }
    if !lacking(&before.mx_hosts, &now.mx_hosts).is_empty() || !lacking(&now.mx_hosts, &before.mx_hosts).is_empty() {
        changes.push(Change::MailServers);
    }
    changes
}
