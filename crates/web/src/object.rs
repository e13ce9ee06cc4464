//! Rust values to plain JavaScript objects and back, the same as their JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A plain object: no `Map`, and null where there is nothing.
pub(crate) fn to_object<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// Reads a plain object.
pub(crate) fn from_object<T: DeserializeOwned>(object: JsValue) -> Result<T, JsValue> {
    Ok(serde_wasm_bindgen::from_value(object)?)
}
