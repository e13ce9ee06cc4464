//! What earlier checks of a domain saw, as far as it counts.

use crate::evidence::Evidence;
use crate::evidence::snapshot::Snapshot;
use crate::published::policy::Mode;
use crate::text::time::Timestamp;

/// Snapshots that count: the newest.
const LIMIT: usize = 100;

/// Until when senders may keep a policy that earlier checks saw and senders acted on, in one of these modes: the latest
/// day that is possible, since it may have been served until the next check.
/// `history` is oldest first.
pub(crate) fn kept_until(history: &[&Snapshot], checked_at: Timestamp, modes: &[Mode]) -> Option<Timestamp> {
    let now = checked_at.as_millisecond();
    let (mut next, mut until) = (checked_at, None);
    for old in history.iter().rev() {
        let counts = old.id.is_some() && old.mode().is_some_and(|mode| modes.contains(&mode));
        // One that has run out, unless it was served longer than it was seen, is not worth a wait.
        if counts && old.kept_until(old.time) > now {
            until = until.max(Some(old.kept_until(next)));
        }
        next = old.time;
    }
    Timestamp::from_millisecond(until?)
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
