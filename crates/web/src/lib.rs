//! What the browser package's modules share: objects to Rust values and back, and what the browser itself knows.

pub use mta_sts_object as object;

use js_sys::{Error, Reflect};
use mta_sts_core::Timestamp;
use mta_sts_core::api::problem::Problem;
use mta_sts_core::name::DomainName;
use mta_sts_view as view;
use object::to_object;
use wasm_bindgen::JsValue;

/// Smaller than the standard library's allocator for WASM by 3 KB, packed.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A time, from milliseconds since 1970 as `Date.now()` gives them.
pub fn timestamp(ms: f64) -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and what is out of range becomes 1970")]
    let ms = ms as i64;
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What was typed, read as a domain.
pub fn domain(typed: &str) -> Result<DomainName, Problem> {
    DomainName::parse(typed, to_ascii).map_err(Problem::from)
}

/// The browser's own URL parser gives A-labels. Core hands over nothing but a host, and validates what comes out.
pub fn to_ascii(name: &str) -> Option<String> {
    web_sys::Url::new(&format!("https://{name}/")).ok().map(|url| url.hostname())
}

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
