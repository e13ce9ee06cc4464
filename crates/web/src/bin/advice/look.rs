//! A look at a domain that plans are made from: the stream of a check, kept as it came.

use js_sys::{Array, Object, Promise, Reflect};
use mta_sts_core::api::problem::Problem;
use mta_sts_js::domain;
use mta_sts_web::{check_address, object, refusal};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

#[wasm_bindgen(module = "/src/bin/check/stream.js")]
extern "C" {
    fn stream(url: &str, options: &JsValue, take: &JsValue, refuse: &JsValue) -> Promise;
}

/// `error` makes what is thrown of a problem.
pub(crate) fn look(typed: &str, options: &JsValue, error: fn(&Problem) -> JsValue) -> Result<Promise, JsValue> {
    let domain = domain(typed).map_err(|problem| error(&problem))?;
    let url = check_address(&domain, options);
    let observations = Array::new();
    let take = Closure::<dyn FnMut(JsValue) -> Result<JsValue, JsValue>>::new(move |event| take(&observations, &event));
    let refuse = Closure::<dyn FnMut(u16, JsValue) -> JsValue>::new(move |status, body| refusal(status, body, error));
    // What is read of a missing object is missing.
    let options = if options.is_object() { options } else { &Object::new() };
    Ok(stream(&url, options, &take.into_js_value(), &refuse.into_js_value()))
}

/// Takes an event of the stream; gives evidence and report once all is in, and until then undefined.
fn take(observations: &Array, event: &JsValue) -> Result<JsValue, JsValue> {
    let part = |object: &JsValue, name: &str| Reflect::get(object, &name.into());
    match part(event, "event")?.as_string().as_deref() {
        Some("lookup") => {
            observations.push(&part(event, "observation")?);
        }
        Some("report") => {
            let report = part(event, "report")?;
            let [domain, checked_at, took_ms] = ["domain", "checked_at", "took_ms"].map(|name| part(&report, name));
            let evidence = object([
                ("domain", domain?),
                ("checked_at", checked_at?),
                ("took_ms", took_ms?),
                ("observations", observations.into()),
            ]);
            return Ok(object([("evidence", evidence), ("report", report)]));
        }
        // An event of a later version of the API.
        _ => {}
    }
    Ok(JsValue::UNDEFINED)
}
