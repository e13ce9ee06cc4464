//! What to publish, made with no network from evidence and the report on it: pages that build a policy load this. It judges
//! nothing, so it carries no rules.

#![no_main]

mod look;

use js_sys::Promise;
use mta_sts_core::advice::{Advice, Goal, MoveTo, advise_ahead, advise_judged};
use mta_sts_core::api::problem::Problem;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::report::Finding;
use mta_sts_js::{domain, from_object, timestamp, to_object};
use mta_sts_view as view;
use mta_sts_web::{error, error_as, object, option};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
import type { Advice, Evidence, Report, CheckError } from './check.js';

/** What was seen of a domain, and the report on it. */
export interface Look {
  evidence: Evidence;
  report: Report;
}

/** How `look` goes about it. */
export interface LookOptions {
  /** Where the API is; without it, on the page's own origin. */
  endpoint?: string;
  /** Ends the look. */
  signal?: AbortSignal;
  /** Has the domain looked up again, though the answer of a minute ago is still kept. */
  fresh?: boolean;
}

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

/// Looks a domain up, once for all plans that are made of it. Rejects with a `CheckError` where the API refuses.
#[wasm_bindgen(unchecked_return_type = "Promise<Look>")]
pub fn look(domain: &str, #[wasm_bindgen(unchecked_optional_param_type = "LookOptions")] options: &JsValue) -> Promise {
    look::look(domain, options, refused).unwrap_or_else(|error| Promise::reject(&error))
}

/// Advises a domain, from what was seen of it and the report on that. `now` is milliseconds since 1970, as `Date.now()` gives
/// them. Throws a `CheckError` where the options make no goal.
#[wasm_bindgen(unchecked_return_type = "Advice")]
pub fn advise(
    #[wasm_bindgen(unchecked_param_type = "Look")] look: &JsValue,
    now: f64,
    #[wasm_bindgen(unchecked_optional_param_type = "AdviceOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let goal = goal(options).map_err(|problem| error(&problem))?;
    Ok(to_object(&advice(look, now, &goal)?))
}

/// The same, to be shown. Names of mail servers are read as people type them.
#[wasm_bindgen(unchecked_return_type = "ShownPlan")]
pub fn plan(
    #[wasm_bindgen(unchecked_param_type = "Look")] look: &JsValue,
    now: f64,
    #[wasm_bindgen(unchecked_optional_param_type = "AdviceOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let is_move = text(options, "goal").as_deref() == Some("move");
    let goal = if is_move { mail(options).map(Goal::Move) } else { goal(options) };
    let goal = goal.map_err(|problem| refused(&problem))?;
    Ok(shown(&advice(look, now, &goal)?, false))
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

fn advice(look: &JsValue, now: f64, goal: &Goal) -> Result<Advice, JsValue> {
    let evidence: Evidence = from_object(option(look, "evidence"))?;
    // Plans need no more of the report.
    let findings: Vec<Finding> = from_object(option(&option(look, "report"), "findings"))?;
    Ok(advise_judged(&evidence, &findings, timestamp(now), goal))
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
    object([
        ("domain", advice.domain.as_str().into()),
        ("title", view::plan_title(advice).into()),
        ("html", view::plan(advice, ahead).into()),
        ("calendar", advice.plan.calendar.as_str().into()),
    ])
}
