//! A text to paste, as a report gives it.

use serde::{Deserialize, Serialize};

/// Text to paste.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Copyable {
    /// Where it goes.
    pub label: String,
    /// The text.
    pub text: String,
}
