//! Rust values to plain JavaScript objects and back, the same as their JSON.
//!
//! `serde-wasm-bindgen` writes them. It reads too, but its errors say what was expected where, and the code that says
//! it weighs more than a phone should load for it: 12 KB packed. `serde_json` weighs 20 KB more than this in the Worker. What
//! is read comes from our own API, or from a caller who has its types, so an error says only that something did not fit,
//! and in the Worker where.

mod mismatch;
mod read;
mod trail;

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use self::mismatch::{Thrown, Told};
use self::read::Reader;

/// A plain object: no `Map`, and null where there is nothing.
pub fn to_object<T: Serialize>(value: &T) -> JsValue {
    // Core's types serialize into anything that has objects; null would say that one of them does not.
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// Reads JSON, by the parser that the host has.
pub fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, JsValue> {
    from_object(JSON::parse(json)?)
}

/// Reads a plain object. With the feature `places`, an error names the place that does not fit.
pub fn from_object<T: DeserializeOwned>(object: JsValue) -> Result<T, JsValue> {
    trail::set(0, &[]);
    T::deserialize(Reader::of(object)).map_err(|Told| mismatch::error())
}

/// The same, for a function that JavaScript calls by itself: a fault is thrown as an exception on the spot, and is no value that
/// anybody could look at or pass on. Not for what runs in a future, which would never end.
pub fn take_object<T: DeserializeOwned>(object: JsValue) -> T {
    trail::set(0, &[]);
    let Ok(value) = T::deserialize(Reader::<Thrown>::of(object));
    value
}
