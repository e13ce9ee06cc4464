//! The core in a browser: typed functions over plain objects. `check` reads the edge's stream of evidence and judges
//! after each observation; everything else needs no network.

mod check;
mod object;

use js_sys::Promise;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::name::DomainName;
use mta_sts_core::problem::Problem;
use mta_sts_core::report::Report;
use mta_sts_core::{Timestamp, lint};
use mta_sts_view as view;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use object::{from_object, to_object};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const OPTIONS: &str = r"
/** How `check` goes about it. */
export interface CheckOptions {
  /** Where the API is; without it, on the page's own origin. */
  endpoint?: string;
  /** Ends the check. */
  signal?: AbortSignal;
  /** Called after each observation with the report so far, and its HTML. */
  onProgress?: (report: Report, html: string) => void;
}
/** What `check` rejects with when the API answered a problem. */
export interface CheckError extends Error {
  problem: Problem;
  /** The problem as HTML. */
  html: string;
}
";

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Checks a domain: asks the edge for evidence, and judges it here.
#[wasm_bindgen(unchecked_return_type = "Promise<Report>")]
pub fn check(
    domain: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "CheckOptions")] options: &JsValue,
) -> Promise {
    check::check(domain, options).unwrap_or_else(|error| Promise::reject(&error))
}

/// Judges evidence. `now` is milliseconds since 1970, as `Date.now()` gives them.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn evaluate(
    #[wasm_bindgen(unchecked_param_type = "Evidence")] evidence: JsValue,
    now: f64,
) -> Result<JsValue, JsValue> {
    let evidence: Evidence = from_object(evidence)?;
    Ok(to_object(&mta_sts_core::evaluate(&evidence, timestamp(now))))
}

/// Judges the text of a policy file.
#[wasm_bindgen(js_name = lintPolicy, unchecked_return_type = "Lint")]
pub fn lint_policy(text: &str) -> JsValue {
    to_object(&lint::policy(text.as_bytes(), to_ascii))
}

/// Judges the text of an announce record.
#[wasm_bindgen(js_name = lintRecord, unchecked_return_type = "Lint")]
pub fn lint_record(text: &str) -> JsValue {
    to_object(&lint::record(text))
}

/// Judges the text of a TLS-RPT record.
#[wasm_bindgen(js_name = lintTlsRpt, unchecked_return_type = "Lint")]
pub fn lint_tls_rpt(text: &str) -> JsValue {
    to_object(&lint::tls_rpt(text))
}

/// A report as HTML.
#[wasm_bindgen]
pub fn render(#[wasm_bindgen(unchecked_param_type = "Report")] report: JsValue) -> Result<String, JsValue> {
    let report: Report = from_object(report)?;
    Ok(view::result(&report, &[]))
}

fn timestamp(ms: f64) -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and what is out of range becomes 1970")]
    let ms = ms as i64;
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What was typed, read as a domain.
fn domain(typed: &str) -> Result<DomainName, Problem> {
    DomainName::parse(typed, to_ascii).map_err(Problem::from)
}

/// The browser's own URL parser gives A-labels. Core hands over nothing but a host, and validates what comes out.
fn to_ascii(name: &str) -> Option<String> {
    web_sys::Url::new(&format!("https://{name}/")).ok().map(|url| url.hostname())
}
