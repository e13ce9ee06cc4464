//! What the browser package's modules share: the options that a caller gives, the address of a check, and the errors that
//! are thrown.

use js_sys::{Error, Object, Reflect};
use mta_sts_core::api::problem::Problem;
use mta_sts_core::name::DomainName;
use mta_sts_js::{from_object, to_object};
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

/// An object with these fields.
pub fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a fresh object does not fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

/// Where the API checks a domain: at the option `endpoint`, without it on the page's own origin.
pub fn check_address(domain: &DomainName, options: &JsValue) -> String {
    let endpoint = option(options, "endpoint").as_string().unwrap_or_default();
    format!("{}/api/v1/check?domain={domain}", endpoint.trim_end_matches('/'))
}

/// An `Error` for what the API said instead of an answer. `error` makes it of a problem.
pub fn refusal(status: u16, body: JsValue, error: impl Fn(&Problem) -> JsValue) -> JsValue {
    match from_object::<Problem>(body) {
        Ok(problem) => error(&problem),
        Err(_) => Error::new(&format!("The checker answered with HTTP status {status}.")).into(),
    }
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
