//! What to publish, made from evidence with no network: pages that build a policy load this.

#![no_main]

use js_sys::{Object, Reflect};
use mta_sts_core::advice::{Advice, Goal, MoveTo, advise as advise_on, advise_ahead};
use mta_sts_core::api::problem::Problem;
use mta_sts_core::evidence::Evidence;
use mta_sts_js::{domain, from_object, timestamp, to_object};
use mta_sts_view as view;
use mta_sts_web::{error, error_as, option};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
import type { Advice, Evidence, Problem, CheckError } from './check.js';

/** What `advise` is to lead to; without any, an enforced policy. */
export interface AdviceOptions {
  /** `roll-out`, `removal` or `move`. */
  goal?: string;
  /** Of a move: the new provider's id, or the new mail servers, parted by commas. Of a plan ahead: where mail goes. */
  to?: string;
  /** Of a removal: the longest `max_age` that was ever served, in seconds and digits. */
  max_age?: string;
}

/** A plan to be shown. */
export interface ShownPlan {
  /** As A-labels. */
  domain: string;
  /** What it is called, which is also its heading. */
  title: string;
  /** The whole plan. */
  html: string;
  /** Its steps, for a file of the type `text/calendar`; empty where there are none. */
  calendar: string;
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
    let goal = goal(options).map_err(|problem| error(&problem))?;
    Ok(to_object(&advise_on(&evidence, timestamp(now), &goal)))
}

/// The same, to be shown. Names of mail servers are read as people type them.
#[wasm_bindgen(unchecked_return_type = "ShownPlan")]
pub fn plan(
    #[wasm_bindgen(unchecked_param_type = "Evidence")] evidence: JsValue,
    now: f64,
    #[wasm_bindgen(unchecked_optional_param_type = "AdviceOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let evidence: Evidence = from_object(evidence)?;
    let is_move = text(options, "goal").as_deref() == Some("move");
    let goal = if is_move { mail(options).map(Goal::Move) } else { goal(options) };
    let goal = goal.map_err(|problem| refused(&problem))?;
    Ok(shown(&advise_on(&evidence, timestamp(now), &goal), false))
}

/// A plan for a domain of which nothing was looked up, as if it had neither record nor policy; of the options, `to` says
/// where its mail goes. Throws a `CheckError` where that, or what was typed as the domain, cannot be read.
#[wasm_bindgen(js_name = planAhead, unchecked_return_type = "ShownPlan")]
pub fn plan_ahead(
    typed: &str,
    now: f64,
    #[wasm_bindgen(unchecked_param_type = "AdviceOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let made = domain(typed).and_then(|domain| Ok(advise_ahead(domain, timestamp(now), &mail(options)?)));
    Ok(shown(&made.map_err(|problem| refused(&problem))?, true))
}

/// The error for a problem that the API answered, to be thrown where a plan was wanted.
#[wasm_bindgen(unchecked_return_type = "CheckError")]
pub fn refusal(#[wasm_bindgen(unchecked_param_type = "Problem")] problem: JsValue) -> Result<JsValue, JsValue> {
    Ok(refused(&from_object(problem)?))
}

fn text(options: &JsValue, name: &str) -> Option<String> {
    option(options, name).as_string()
}

fn goal(options: &JsValue) -> Result<Goal, Problem> {
    let text = |name| text(options, name);
    Ok(Goal::parse(text("goal").as_deref(), text("to").as_deref(), text("max_age").as_deref())?)
}

fn mail(options: &JsValue) -> Result<MoveTo, Problem> {
    Ok(MoveTo::typed(&text(options, "to").unwrap_or_default())?)
}

fn refused(problem: &Problem) -> JsValue {
    error_as(problem, &view::plan_problem(problem))
}

fn shown(advice: &Advice, ahead: bool) -> JsValue {
    let object = Object::new();
    let (title, html) = (view::plan_title(advice), view::plan(advice, ahead));
    let fields =
        [("domain", advice.domain.as_str()), ("title", &title), ("html", &html), ("calendar", &advice.plan.calendar)];
    for (name, value) in fields {
        // Setting a property of a fresh object does not fail.
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    object.into()
}
