//! What a check needs, and no more: pages load this when the first check starts. `check` reads the edge's stream of
//! evidence and judges after each observation; `evaluate` needs no network.

#![no_main]

mod progress;

use js_sys::Promise;
use mta_sts_core::evidence::Evidence;
use mta_sts_web::object::{from_object, to_object};
use mta_sts_web::timestamp;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../../types.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const OPTIONS: &str = r"
/** How `check` goes about it. */
export interface CheckOptions {
  /** Where the API is; without it, on the page's own origin. */
  endpoint?: string;
  /** Ends the check. */
  signal?: AbortSignal;
  /** Called after each observation with the report so far, and its HTML; last with the report that is resolved to. */
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
    progress::check(domain, options).unwrap_or_else(|error| Promise::reject(&error))
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
