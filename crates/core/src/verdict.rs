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
use standing::{Standing, Undelivered};

/// The verdict and its headline.
pub(crate) fn judge(facts: &Facts<'_>) -> (Verdict, String) {
    let standing = Standing::of(facts);
    let headline = words::headline(standing, Undelivered::of(facts), facts.domain.map_or("", DomainName::as_str));
    (standing.verdict(), headline)
}
