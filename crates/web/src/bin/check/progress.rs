//! A check in the browser: observations come from the edge one at a time, and are judged as they land; last comes the
//! whole report.

use js_sys::{Function, Object, Promise, Reflect};
use mta_sts_core::evaluate::evaluate_so_far;
use mta_sts_core::evidence::{Evidence, Observation};
use mta_sts_core::lookup::Lookup;
use mta_sts_core::plan::missing;
use mta_sts_core::report::Report;
use mta_sts_js::{domain, now, take_object, to_object};
use mta_sts_view as view;
use mta_sts_web::{check_address, error, option, refusal};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen(module = "/src/bin/check/stream.js")]
extern "C" {
    fn stream(url: &str, options: &JsValue, take: &JsValue, refuse: &JsValue) -> Promise;
}

pub(crate) fn check(typed: &str, options: &JsValue) -> Result<Promise, JsValue> {
    let domain = domain(typed).map_err(|problem| error(&problem))?;
    let url = check_address(&domain, options);
    let evidence = Evidence::new(domain, now());
    let callback = |name| option(options, name).dyn_into().ok();
    let mut progress = Progress { evidence, show_to: callback("onProgress"), pass_to: callback("onObservation") };
    progress.tell(&missing(&progress.evidence))?;
    let take = Closure::<dyn FnMut(JsValue) -> Result<JsValue, JsValue>>::new(move |event| progress.take(&event));
    let refuse = Closure::<dyn FnMut(u16, JsValue) -> JsValue>::new(|status, body| refusal(status, body, error));
    // What is read of a missing object is missing.
    let options = if options.is_object() { options } else { &Object::new() };
    Ok(stream(&url, options, &take.into_js_value(), &refuse.into_js_value()))
}

/// What has landed so far.
struct Progress {
    evidence: Evidence,
    show_to: Option<Function>,
    pass_to: Option<Function>,
}

impl Progress {
    /// Takes an event of the stream; gives the report once all is in, and until then undefined.
    fn take(&mut self, event: &JsValue) -> Result<JsValue, JsValue> {
        match Reflect::get(event, &"event".into())?.as_string().as_deref() {
            Some("lookup") => {
                let object = Reflect::get(event, &"observation".into())?;
                if let Some(call) = &self.pass_to {
                    call.call1(&JsValue::NULL, &object)?;
                }
                let observation: Observation = take_object(object);
                self.evidence.observations.push(observation);
                self.tell(&missing(&self.evidence))?;
            }
            Some("report") => {
                let object = Reflect::get(event, &"report".into())?;
                self.show(&object, &take_object(object.clone()), &[])?;
                return Ok(object);
            }
            // An event of a later version of the API.
            _ => {}
        }
        Ok(JsValue::UNDEFINED)
    }

    /// Judges what is in, and tells it to whoever wants to know.
    fn tell(&self, pending: &[Lookup]) -> Result<(), JsValue> {
        let report = evaluate_so_far(&self.evidence, now());
        self.show(&to_object(&report), &report, pending)
    }

    fn show(&self, object: &JsValue, report: &Report, pending: &[Lookup]) -> Result<(), JsValue> {
        if let Some(call) = &self.show_to {
            let (html, title) = (view::result(report, pending), view::title(report));
            call.call3(&JsValue::NULL, object, &html.into(), &title.into())?;
        }
        Ok(())
    }
}
