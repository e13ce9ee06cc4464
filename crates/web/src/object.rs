//! Rust values to plain JavaScript objects and back, the same as their JSON.
//!
//! `serde-wasm-bindgen` does this too. Its errors say what was expected where, and the code that says it weighs more
//! than what a phone should load for it: the objects come from our own API, or from a caller who has its types.

mod read;
mod write;

use js_sys::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// A plain object: no `Map`, and null where there is nothing.
pub(crate) fn to_object<T: Serialize>(value: &T) -> JsValue {
    // Core's types serialize into anything that has objects; null would say that one of them does not.
    value.serialize(write::Writer).unwrap_or(JsValue::NULL)
}

/// Reads a plain object.
pub(crate) fn from_object<T: DeserializeOwned>(object: JsValue) -> Result<T, JsValue> {
    T::deserialize(read::Reader(object)).map_err(|Mismatch| Error::new("The object is not of the declared type.").into())
}

/// The object is not what the type wants. Where and why is left unsaid: saying it would link serde's descriptions.
#[derive(Debug)]
struct Mismatch;

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

impl serde::ser::Error for Mismatch {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}
