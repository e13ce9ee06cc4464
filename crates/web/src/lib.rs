//! The core in a browser.
use wasm_bindgen::prelude::wasm_bindgen;

/// Placeholder until the bindings stand.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
