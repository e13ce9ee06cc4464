//! What the browser package's modules share: the options that a caller gives, and the errors that are thrown.

use js_sys::{Error, Reflect};
use mta_sts_core::api::problem::Problem;
use mta_sts_js::to_object;
use mta_sts_view as view;
use wasm_bindgen::JsValue;

/// Smaller than the standard library's allocator for WASM by 3 KB, packed.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A named option; undefined where it is absent.
pub fn option(options: &JsValue, name: &str) -> JsValue {
    Reflect::get(options, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// An `Error` with the problem, and its HTML.
pub fn error(problem: &Problem) -> JsValue {
    error_as(problem, &view::problem(problem))
}

/// An `Error` with the problem, and HTML of it.
pub fn error_as(problem: &Problem, html: &str) -> JsValue {
    let error = Error::new(&problem.detail);
    error.set_name("CheckError");
    let object = to_object(problem);
    // Setting a property of a fresh object does not fail.
    let _ = Reflect::set(&error, &"problem".into(), &object);
    let _ = Reflect::set(&error, &"html".into(), &html.into());
    error.into()
}
