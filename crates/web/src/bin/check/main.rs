//! What a check needs, and no more: pages load this when the first check starts. It reads the edge's stream, judges what
//! is in after each observation, and ends with the whole report, which says also what to do. It draws any other report too.

#![no_main]

mod progress;

use js_sys::Promise;
use mta_sts_core::report::Report;
use mta_sts_js::take_object;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../../../../../generated/types.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const OPTIONS: &str = r"
/** How `check` goes about it. */
export interface CheckOptions {
  /** Where the API is; without it, on the page's own origin. */
  endpoint?: string;
  /** Ends the check. */
  signal?: AbortSignal;
  /** Has the domain looked up again, though the answer of a minute ago is still kept. */
  fresh?: boolean;
  /** The API's answer, as a stream (`application/x-ndjson`), where it was asked for before this module was there. */
  answer?: Promise<Response>;
  /** Called with each observation, as the API gave it: together they are the `observations` of the check's evidence. */
  onObservation?: (observation: Observation) => void;
  /**
   * Called after each observation with the report so far, its HTML, and a title for a page that shows it; last with the
   * report that is resolved to. The last alone says why a finding matters (`why`), what to do (`fix`, `next`), what becomes of
   * a message (`delivery`), what senders make of the policy (`senders`), and what changed (`since`, `snapshot`, and the rules
   * whose ids begin with `history-`).
   */
  onProgress?: (report: Report, html: string, title: string) => void;
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

/// Checks a domain: shows what comes in, and resolves to the whole report.
#[wasm_bindgen(unchecked_return_type = "Promise<Report>")]
pub fn check(
    domain: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "CheckOptions")] options: &JsValue,
) -> Promise {
    progress::check(domain, options).unwrap_or_else(|error| Promise::reject(&error))
}

/// A report as HTML.
#[wasm_bindgen]
pub fn render(#[wasm_bindgen(unchecked_param_type = "Report")] report: JsValue) -> Result<String, JsValue> {
    let report: Report = take_object(report);
    Ok(mta_sts_view::result(&report, &[]))
}
