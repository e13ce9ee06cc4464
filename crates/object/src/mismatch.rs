//! The one error of reading.

/// The object is not what the type wants. What was expected there is left unsaid: saying it would link serde's descriptions.
#[derive(Debug)]
pub(crate) struct Mismatch;

impl std::fmt::Display for Mismatch {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}
