//! What to publish, made from evidence with no network: pages that build a policy load this.

#![no_main]

use mta_sts_core::advice::{Goal, advise as advise_on};
use mta_sts_core::evidence::Evidence;
use mta_sts_web::object::{from_object, to_object};
use mta_sts_web::{error, option, timestamp};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
import type { Advice, Evidence } from './check.js';

/** What `advise` is to lead to; without any, an enforced policy. */
export interface AdviceOptions {
  /** `roll-out`, `removal` or `move`. */
  goal?: string;
  /** Of a move: the new provider's id, or the new mail servers, parted by commas. */
  to?: string;
  /** Of a removal: the longest `max_age` that was ever served, in seconds and digits. */
  max_age?: string;
}
";

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Advises a domain, from what was seen of it. `now` is milliseconds since 1970, as `Date.now()` gives them. Throws a
/// `CheckError` where the options make no goal.
#[wasm_bindgen(unchecked_return_type = "Advice")]
pub fn advise(
    #[wasm_bindgen(unchecked_param_type = "Evidence")] evidence: JsValue,
    now: f64,
    #[wasm_bindgen(unchecked_optional_param_type = "AdviceOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let evidence: Evidence = from_object(evidence)?;
    let text = |name| option(options, name).as_string();
    let goal = Goal::parse(text("goal").as_deref(), text("to").as_deref(), text("max_age").as_deref());
    let goal = goal.map_err(|problem| error(&problem))?;
    Ok(to_object(&advise_on(&evidence, timestamp(now), &goal)))
}
