//! Rust values to plain JavaScript objects and back, the same as their JSON.
//!
//! `serde-wasm-bindgen` writes them. It reads too, but its errors say what was expected where, and the code that says
//! it weighs more than a phone should load for it: 12 KB packed. `serde_json` weighs 20 KB more than this in the Worker. What
//! is read comes from our own API, or from a caller who has its types, so `read` says only that something did not fit,
//! and in the Worker where: that weighs 7 KB more in a page that checks.

mod read;

use js_sys::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A plain object: no `Map`, and null where there is nothing.
pub fn to_object<T: Serialize>(value: &T) -> JsValue {
    // Core's types serialize into anything that has objects; null would say that one of them does not.
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// Reads JSON, by the parser that the host has.
pub fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, JsValue> {
    from_object(js_sys::JSON::parse(json)?)
}

/// Reads a plain object. With the feature `places`, an error names the place that does not fit.
pub fn from_object<T: DeserializeOwned>(object: JsValue) -> Result<T, JsValue> {
    T::deserialize(read::Reader(object)).map_err(Mismatch::told)
}

/// The object is not what the type wants. What was expected there is left unsaid: saying it would link serde's descriptions.
#[derive(Debug, Default)]
struct Mismatch {
    /// Where, as in `.observations[0].lookup`; empty where it is the object itself.
    #[cfg(feature = "places")]
    at: String,
}

/// A name that is kept for the case that what stands under it does not fit.
struct Place {
    #[cfg(feature = "places")]
    name: String,
}

#[cfg(feature = "places")]
impl Mismatch {
    fn place(name: &str) -> Place {
        Place { name: name.to_owned() }
    }

    fn under(self, place: Place) -> Self {
        let Place { name } = place;
        self.within(&name)
    }

    /// The same, seen from one level higher.
    fn within(mut self, name: &str) -> Self {
        self.at.insert_str(0, name);
        self.at.insert(0, '.');
        self
    }

    /// The same, seen from the list.
    fn within_item(mut self, index: u32) -> Self {
        self.at.insert_str(0, &format!("[{index}]"));
        self
    }

    fn told(self) -> JsValue {
        let mut message = "The object is not of the declared type".to_owned();
        if !self.at.is_empty() {
            message.extend([": ", self.at.trim_start_matches('.'), " is missing or wrong"]);
        }
        message.push('.');
        Error::new(&message).into()
    }
}

#[cfg(not(feature = "places"))]
impl Mismatch {
    fn place(_: &str) -> Place {
        Place {}
    }

    fn under(self, Place {}: Place) -> Self {
        self
    }

    fn within(self, _: &str) -> Self {
        self
    }

    fn within_item(self, _: u32) -> Self {
        self
    }

    fn told(self) -> JsValue {
        let Self {} = self;
        Error::new("The object is not of the declared type.").into()
    }
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self::default()
    }
}
