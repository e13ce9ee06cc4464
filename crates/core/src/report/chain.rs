//! The chain that protects mail, as a report gives it: each link, how it stands and what says most about it.

use serde::{Deserialize, Serialize};

use super::link::Link;

/// How a link of the chain stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ChainLink {
    /// Which one.
    pub link: Link,
    /// How it stands.
    pub state: LinkState,
    /// What says most about it, in a line.
    pub summary: String,
}

/// How a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// It holds.
    Good,
    /// There is something worth knowing, or nothing to check.
    Note,
    /// It holds for some senders, or is fragile.
    Warning,
    /// It does not hold.
    Problem,
    /// It could not be looked at.
    Unknown,
    /// A lookup is not in yet.
    Pending,
}
