//! The answer, and what goes with it: what becomes of a message, what changed, what senders make of the policy. Each is a type
//! of its own; only `words` puts them into sentences, from the table of a language (`english`).

pub mod chain;
pub mod changes;
pub mod delivery;
mod english;
pub mod senders;
pub mod snapshot;
pub mod standing;
pub(crate) mod words;

use crate::facts::Facts;
use crate::name::DomainName;
use crate::report::Verdict;
use standing::Standing;

/// The verdict and its headline.
pub(crate) fn judge(facts: &Facts<'_>) -> (Verdict, String) {
    let standing = Standing::of(facts);
    let headline = words::headline(standing, Undelivered::of(facts), facts.domain.map_or("", DomainName::as_str));
    (standing.verdict(), headline)
}

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
    fn of(facts: &Facts<'_>) -> Option<Self> {
        if facts.mx.is_never_reached() {
            Some(Self::NoServerReached)
        } else if facts.meant().is_some() && !facts.has_mta_sts() {
            Some(Self::IsHost)
        } else {
            facts.mx.has_nowhere().then_some(Self::Nowhere)
        }
    }
}
