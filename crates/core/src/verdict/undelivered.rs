//! No mail arrives at all.

use crate::facts::Facts;

/// Why no mail arrives, whatever the policy says: then that is the first thing to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undelivered {
    /// There are mail servers, and mail reaches none of them.
    NoServerReached,
    /// There is neither a mail server nor an address.
    Nowhere,
    /// Mail is for addresses at the domain above: this is the name of a host, and has no mail servers.
    IsHost,
}

impl Undelivered {
    pub(super) fn of(facts: &Facts<'_>) -> Option<Self> {
        if facts.mx.is_never_reached() {
            Some(Self::NoServerReached)
        } else if facts.meant().is_some() && !facts.has_mta_sts() {
            Some(Self::IsHost)
        } else {
            facts.mx.has_nowhere().then_some(Self::Nowhere)
        }
    }
}
