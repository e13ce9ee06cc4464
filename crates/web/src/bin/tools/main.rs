//! What works on texts and saved answers, with no network: pages load this when it is asked for.

#![no_main]

use mta_sts_core::evidence::Evidence;
use mta_sts_core::lint;
use mta_sts_core::report::Report;
use mta_sts_view as view;
use mta_sts_web::object::{from_object, to_object};
use mta_sts_web::{timestamp, to_ascii};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { Evidence, Lint, Report } from './check.js';";

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
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
