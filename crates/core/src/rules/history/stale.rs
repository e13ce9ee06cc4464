//! Earlier policies that senders may still keep under today's id.

use super::used;
use crate::evidence::snapshot::Snapshot;
use crate::facts::Facts;
use crate::report::Severity;
use crate::rules::rule::Draft;
use crate::text::clip::clip;

/// An earlier policy that senders may still keep: it had the id that is there now, so that they look for no other.
pub(super) struct Stale<'f> {
    id: &'f str,
    /// The newest of them; of those that refuse mail, where there are any.
    policy: &'f Snapshot,
    /// A mail server to which a sender that goes by it does not deliver.
    refused: Option<&'f str>,
    /// The id came while the policy from before it was still served.
    pub(super) came_as_new: bool,
}

impl<'f> Stale<'f> {
    pub(super) fn find(facts: &'f Facts<'_>, snapshot: Option<&'f Snapshot>) -> Option<Self> {
        let (now, _) = used(snapshot)?;
        let id = now.id.as_deref()?;
        let mut found: Option<Self> = None;
        // The oldest policy since this id last came, where it is stale.
        let mut first: Option<&Snapshot> = None;
        // Whether the id was this one ever since. It may have been there before that, too: a sender that sent nothing in
        // between keeps what it got then.
        let mut has_stayed = true;
        // When the next check saw another, or may have: until then a policy may have been served.
        let mut next = now.time;
        for &old in facts.history.iter().rev() {
            match (&old.id, old.mode()) {
                (Some(old_id), Some(_)) if old_id == id => {
                    let stale = Some(old)
                        .filter(|old| !old.has_same_policy(now) && old.kept_until(next) > now.time.as_millisecond());
                    if let Some(policy) = stale {
                        let refused = policy.refused(&now.mx_hosts);
                        if found.as_ref().is_none_or(|found| found.refused.is_none() && refused.is_some()) {
                            found = Some(Self { id, policy, refused, came_as_new: false });
                        }
                    }
                    if has_stayed {
                        first = stale;
                    }
                }
                (Some(_), Some(_)) => {
                    if let (true, Some(found), Some(first)) = (has_stayed, &mut found, first) {
                        found.came_as_new = first.has_same_policy(old);
                    }
                    has_stayed = false;
                }
                _ => {}
            }
            next = old.time;
        }
        found
    }

    /// By the catalogue's measure it is an error once a sender that follows the RFC refuses mail.
    pub(super) fn tell(&self, draft: Draft<'_>) {
        let seen =
            format!("The id {} was there on {} with another policy.", clip(self.id, 32), self.policy.time.date());
        match self.refused {
            None => draft.detail(seen),
            Some(host) => draft
                .severity(Severity::Error)
                .why(
                    "Senders fetch the policy again only when they see a new id. Those that know the old policy keep it until it \
                     runs out. It is enforced and does not allow all of your mail servers, so they refuse to deliver to the rest.",
                )
                .detail(format!("{seen} It does not allow {}.", clip(host, 100))),
        };
    }
}
