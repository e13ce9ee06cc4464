//! The one thing to do now.

use serde::{Deserialize, Serialize};

use super::copyable::Copyable;

/// The one thing to do now: it mends the worst finding that asks for anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct NextStep {
    /// The rule whose finding it mends.
    pub rule: String,
    /// What is to be mended.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Texts to paste.
    pub copy: Vec<Copyable>,
}
