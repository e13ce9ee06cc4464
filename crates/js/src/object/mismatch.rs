//! What comes of an object that cannot be read.

use std::error::Error;
use std::fmt::{Display, Formatter, Result};

use js_sys::Error as JsError;
use wasm_bindgen::{JsValue, throw_val};

use super::trail;

/// The exception that says so, and where it can, the place.
pub(super) fn error() -> JsValue {
    JsError::new(&trail::told()).into()
}

/// How a reader goes on where an object is not what the type wants. What was expected there is left unsaid: saying it would
/// link serde's descriptions.
pub(super) trait Mismatch: serde::de::Error {
    fn found() -> Self;
}

/// An error like any other.
#[derive(Debug)]
pub(super) struct Told;

impl Mismatch for Told {
    fn found() -> Self {
        Self
    }
}

impl Display for Told {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        Ok(())
    }
}

impl Error for Told {}

impl serde::de::Error for Told {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// No error, since there is no value of this type: an exception ends the call on the spot. So nothing is written for the way
/// back from each of a hundred fields, which weighs 3 KB, packed. What was read before the fault is never freed: a little
/// memory of a page that passes what is not of the declared type.
#[derive(Debug)]
pub(super) enum Thrown {}

impl Mismatch for Thrown {
    fn found() -> Self {
        throw_val(error())
    }
}

impl Display for Thrown {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        match *self {}
    }
}

impl Error for Thrown {}

impl serde::de::Error for Thrown {
    fn custom<T: Display>(_: T) -> Self {
        Self::found()
    }
}
