//! The one thing to do now.

use serde::{Deserialize, Serialize};

use super::copyable::Copyable;
use super::link::Link;

/// The one thing to do now, about the worst finding that asks for anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct NextStep {
    /// The rule whose finding it is.
    pub rule: String,
    /// The link of the chain that it is about; none where it is about the whole domain.
    pub link: Option<Link>,
    /// What was found.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Texts to paste.
    pub copy: Vec<Copyable>,
}
