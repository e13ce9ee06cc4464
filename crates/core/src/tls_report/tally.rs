//! Sums by name: of days, senders, hosts, whatever.

use serde::Serialize;

use super::number;
use crate::text::order;

/// Sums by name, as many as are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportTallies"),
    schemars(rename = "TlsReportTallies")
)]
pub struct Tallies {
    /// Days by date, the latest ones; all others with the most failures first, then the most sessions.
    pub list: Vec<Tally>,
    /// How many more there are.
    pub more: u32,
}

/// The sessions of one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportTally"),
    schemars(rename = "TlsReportTally")
)]
pub struct Tally {
    /// A day as `2026-11-24`, or the name of a sender, host, domain, kind of policy or text; empty where it is not told.
    pub name: String,
    /// Sessions that went well. None where reports do not tell it by this name.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub successful: Option<u64>,
    /// Sessions that failed.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub failed: u64,
}

/// Sessions to be added up with others of the same name.
#[derive(Clone, Copy)]
pub(super) struct NamedSessions<'r> {
    pub(super) name: &'r str,
    pub(super) successful: Option<u64>,
    pub(super) failed: u64,
}

/// A name alone.
pub(super) fn none_of(name: &str) -> NamedSessions<'_> {
    NamedSessions { name, successful: None, failed: 0 }
}

/// Adds up what has the same name; at most `limit` names are kept, the worst first.
pub(super) fn worst_first(sessions: Vec<NamedSessions<'_>>, limit: usize) -> Tallies {
    let mut sums = by_name(sessions);
    order::sort_long(&mut sums, &|one, other| {
        (other.failed, other.successful, one.name) < (one.failed, one.successful, other.name)
    });
    keep(&sums, limit)
}

/// Adds up what has the same name, in the order of names; at most `limit` names are kept, the last ones.
pub(super) fn latest(sessions: Vec<NamedSessions<'_>>, limit: usize) -> Tallies {
    let sums = by_name(sessions);
    let kept = sums.len().saturating_sub(limit);
    Tallies { more: number::of_length(kept), ..keep(&sums[kept..], limit) }
}

/// Adds up what has the same name, in the order of names.
pub(super) fn by_name(mut sessions: Vec<NamedSessions<'_>>) -> Vec<NamedSessions<'_>> {
    order::sort_long(&mut sessions, &|one, other| one.name < other.name);
    sessions.dedup_by(|next, sum| {
        let same = next.name == sum.name;
        if same {
            sum.failed = number::add(sum.failed, next.failed);
            sum.successful = match (sum.successful, next.successful) {
                (Some(one), Some(other)) => Some(number::add(one, other)),
                (one, other) => one.or(other),
            };
        }
        same
    });
    sessions
}

fn keep(sums: &[NamedSessions<'_>], limit: usize) -> Tallies {
    let list = sums.iter().take(limit).map(|sum| Tally {
        name: sum.name.to_owned(),
        successful: sum.successful,
        failed: sum.failed,
    });
    Tallies { list: list.collect(), more: number::of_length(sums.len().saturating_sub(limit)) }
}
