//! Sums by name: of days, senders, hosts, whatever.

use serde::Serialize;

use super::count;
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

/// A part of a sum.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    pub(super) name: &'r str,
    pub(super) successful: Option<u64>,
    pub(super) failed: u64,
}

/// Adds up what has the same name; at most `limit` names are kept, the worst first.
pub(super) fn worst_first(rows: Vec<Row<'_>>, limit: usize) -> Tallies {
    let mut sums = by_name(rows);
    order::sort_long(&mut sums, &|one, other| {
        (other.failed, other.successful, one.name) < (one.failed, one.successful, other.name)
    });
    keep(&sums, limit)
}

/// Adds up what has the same name, in the order of names; at most `limit` names are kept, the last ones.
pub(super) fn latest(rows: Vec<Row<'_>>, limit: usize) -> Tallies {
    let sums = by_name(rows);
    let kept = sums.len().saturating_sub(limit);
    Tallies { more: number(kept), ..keep(&sums[kept..], limit) }
}

/// Adds up what has the same name, in the order of names.
pub(super) fn by_name(mut rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    order::sort_long(&mut rows, &|one, other| one.name < other.name);
    rows.dedup_by(|row, sum| {
        let same = row.name == sum.name;
        if same {
            sum.failed = count::add(sum.failed, row.failed);
            sum.successful = match (sum.successful, row.successful) {
                (Some(one), Some(other)) => Some(count::add(one, other)),
                (one, other) => one.or(other),
            };
        }
        same
    });
    rows
}

fn keep(sums: &[Row<'_>], limit: usize) -> Tallies {
    let list = sums.iter().take(limit).map(|sum| Tally {
        name: sum.name.to_owned(),
        successful: sum.successful,
        failed: sum.failed,
    });
    Tallies { list: list.collect(), more: number(sums.len().saturating_sub(limit)) }
}

/// A length as the API has it.
pub(super) fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
