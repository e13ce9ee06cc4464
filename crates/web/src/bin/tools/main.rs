//! What judges saved evidence, with no network: pages load this when it is asked for.

#![no_main]

use mta_sts_core::evidence::Evidence;
use mta_sts_core::evidence::proposed::ProposedTexts;
use mta_sts_js::{take_object, timestamp, to_object};
use mta_sts_web::option;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
import type { Evidence, Report } from './check.js';
import type { TextKind } from './texts.js';

/** Texts that are not published yet; what is not given stays as it was seen. */
export type ProposedTexts = Partial<Record<TextKind, string>>;
";

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
    let evidence: Evidence = take_object(evidence);
    Ok(to_object(&mta_sts_core::evaluate(&evidence, timestamp(now))))
}

/// Judges evidence as if a change of its texts were published already.
#[wasm_bindgen(js_name = evaluateChange, unchecked_return_type = "Report")]
pub fn evaluate_change(
    #[wasm_bindgen(unchecked_param_type = "Evidence")] evidence: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ProposedTexts")] change: &JsValue,
    now: f64,
) -> Result<JsValue, JsValue> {
    let evidence: Evidence = take_object(evidence);
    let [policy, record, tlsrpt] = ["policy", "record", "tlsrpt"].map(|name| option(change, name).as_string());
    let change = ProposedTexts { policy: policy.as_deref(), record: record.as_deref(), tlsrpt: tlsrpt.as_deref() };
    Ok(to_object(&mta_sts_core::evaluate(&evidence.with(&change), timestamp(now))))
}
