//! Why an object cannot be read.

use std::error::Error;
use std::fmt::{Display, Formatter, Result};

/// The object is not what the type wants. What was expected there is left unsaid: saying it would link serde's descriptions.
#[derive(Debug)]
pub(super) struct Mismatch;

impl Display for Mismatch {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        Ok(())
    }
}

impl Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}
