//! Earlier policies that senders may still keep under today's id.

use crate::evidence::snapshot::Snapshot;
use crate::facts::Facts;
use crate::published::policy::Mode;
use crate::report::Severity;
use crate::rules::rule::{Case, Draft};
use crate::text::clip::clip;

/// Whoever keeps the earlier policy does not deliver to a live mail server.
pub(super) const REFUSED: Case = Case::said("refused");

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
        let draft = draft.with("id", clip(self.id, 32)).with("then", self.policy.time.date().to_string());
        if let Some(host) = self.refused {
            draft.case(REFUSED).severity(Severity::Error).with("host", clip(host, 100));
        }
    }
}

/// What the check saw, where there is a policy that senders can use, with its mode.
pub(super) fn used(snapshot: Option<&Snapshot>) -> Option<(&Snapshot, Mode)> {
    let now = snapshot?;
    Some((now, now.mode()?))
}
