//! A text to paste, as a report gives it.

use serde::{Deserialize, Serialize};

use crate::text::part;

/// Text to paste. Its lines end with LF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Copyable {
    /// Where it goes.
    pub label: String,
    /// The text.
    pub text: String,
    /// Where it goes, for programs: `record-value`, `policy-lines` and so on. A place never changes its name; new ones may come.
    #[serde(default)]
    pub place: String,
}

impl Copyable {
    /// A text to paste. What a domain publishes may end its lines in any way, and a correction keeps that; what is pasted
    /// goes through a clipboard, a page and a form, and a CR that is not seen there comes out as part of a value.
    pub fn new(label: String, text: &str) -> Self {
        Self { label, text: part::with_lf(text), place: String::new() }
    }
}
