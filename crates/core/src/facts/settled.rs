//! Whether what an answer hangs on was seen.

use super::host::Host;
use crate::evidence::{Cause, Dns, Fetch};

/// Whether something was seen. Worst last: of several, what is still to come decides, then what failed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Known {
    /// It was.
    Yes,
    /// The lookup failed for a reason that is not the domain's.
    No,
    /// It is still to come.
    NotYet,
}

impl Known {
    pub(crate) fn of(dns: Dns<'_>) -> Self {
        match dns {
            Dns::Pending => Self::NotYet,
            Dns::Failed(_) | Dns::Unanswered(_) => Self::No,
            Dns::Answer(_) | Dns::Bogus { .. } => Self::Yes,
        }
    }

    pub(crate) fn of_policy(fetch: Fetch<'_>, host: &Host<'_>) -> Self {
        match fetch {
            // The fetch waits for the addresses, and is not made without a public one.
            Fetch::Pending if host.has_none() || host.addresses().next().is_some() => Self::of_host(host),
            Fetch::Pending => Self::of(host.v4).or(Self::of(host.v6)),
            Fetch::Failed { failure, .. } => match failure.cause {
                Cause::Unknown | Cause::Resolver | Cause::Malformed => Self::No,
                Cause::Timeout | Cause::Connection | Cause::Tls => Self::Yes,
            },
            Fetch::Response { .. } => Self::Yes,
        }
    }

    /// A fetch that has not been made: still to come, unless the addresses are in and rule it out.
    fn of_host(host: &Host<'_>) -> Self {
        let both = Self::of(host.v4).or(Self::of(host.v6));
        if host.has_none() || host.has_private() {
            Self::Yes
        } else if both == Self::Yes {
            Self::NotYet
        } else {
            both
        }
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }
}
