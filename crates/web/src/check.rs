//! A check in the browser: evidence comes from the edge a line at a time, and is judged as it lands.

use js_sys::{Date, Error, Function, JSON, Reflect, Uint8Array};
use mta_sts_core::evaluate;
use mta_sts_core::evidence::{Evidence, Observation};
use mta_sts_core::plan::missing;
use mta_sts_core::problem::{MEDIA_TYPE, Problem};
use mta_sts_view as view;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader, ReadableStreamReadResult, Request, RequestInit, Response};
use web_sys::{TextDecodeOptions, TextDecoder};

use crate::object::{from_object, to_object};
use crate::{domain, timestamp};

pub(crate) async fn check(typed: &str, options: &JsValue) -> Result<JsValue, JsValue> {
    let domain = domain(typed).map_err(|problem| error(&problem))?;
    let endpoint = option(options, "endpoint").and_then(|endpoint| endpoint.as_string()).unwrap_or_default();
    let on_progress = option(options, "onProgress").and_then(|call| call.dyn_into::<Function>().ok());
    let signal = option(options, "signal").and_then(|signal| signal.dyn_into::<AbortSignal>().ok());

    let mut progress =
        Progress { evidence: Evidence::new(domain, timestamp(Date::now())), complete: false, on_progress };
    progress.tell()?;
    let response = fetch(&endpoint, progress.evidence.domain.as_str(), signal.as_ref()).await?;
    if !response.ok() {
        return Err(refusal(&response).await);
    }
    let mut lines = Lines::of(&response)?;
    while !progress.complete {
        let line = lines.next().await?.ok_or_else(|| Error::new("The checker's answer broke off."))?;
        progress.take(&JSON::parse(&line)?)?;
    }
    Ok(to_object(&evaluate(&progress.evidence, timestamp(Date::now()))))
}

/// A named option; none where it is absent.
fn option(options: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(options, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

async fn fetch(endpoint: &str, domain: &str, signal: Option<&AbortSignal>) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_signal(signal);
    // Nothing in an answer depends on who asks.
    init.set_credentials(web_sys::RequestCredentials::Omit);
    let url = format!("{}/api/v1/evidence?domain={domain}", endpoint.trim_end_matches('/'));
    let request = Request::new_with_str_and_init(&url, &init)?;
    request.headers().set("Accept", "application/x-ndjson")?;
    let global = js_sys::global();
    let fetch: Function = Reflect::get(&global, &"fetch".into())?.dyn_into()?;
    let response = JsFuture::from(fetch.call1(&global, &request)?.unchecked_into::<js_sys::Promise>()).await?;
    response.dyn_into()
}

/// What the API said instead of an answer.
async fn refusal(response: &Response) -> JsValue {
    let is_problem = matches!(response.headers().get("Content-Type"), Ok(Some(media_type)) if media_type == MEDIA_TYPE);
    let problem = async {
        let body = JsFuture::from(response.json()?).await?;
        from_object::<Problem>(body)
    };
    match problem.await {
        Ok(problem) if is_problem => error(&problem),
        _ => Error::new(&format!("The checker answered with HTTP status {}.", response.status())).into(),
    }
}

/// An `Error` with the problem, and its HTML.
fn error(problem: &Problem) -> JsValue {
    let error = Error::new(&problem.detail);
    error.set_name("CheckError");
    let object = to_object(problem);
    // Setting a property of a fresh object does not fail.
    let _ = Reflect::set(&error, &"problem".into(), &object);
    let _ = Reflect::set(&error, &"html".into(), &view::problem(problem).into());
    error.into()
}

/// What has landed so far.
struct Progress {
    evidence: Evidence,
    complete: bool,
    on_progress: Option<Function>,
}

impl Progress {
    fn take(&mut self, event: &JsValue) -> Result<(), JsValue> {
        match Reflect::get(event, &"event".into())?.as_string().as_deref() {
            Some("lookup") => {
                let observation: Observation = from_object(Reflect::get(event, &"observation".into())?)?;
                self.evidence.observations.push(observation);
                self.tell()
            }
            // The same observations, with the edge's own times: what a shared link will show.
            Some("evidence") => {
                self.evidence = from_object(Reflect::get(event, &"evidence".into())?)?;
                self.complete = true;
                Ok(())
            }
            // An event of a later version of the API.
            _ => Ok(()),
        }
    }

    fn tell(&self) -> Result<(), JsValue> {
        let Some(call) = &self.on_progress else { return Ok(()) };
        let report = evaluate(&self.evidence, timestamp(Date::now()));
        let html = view::result(&report, &missing(&self.evidence));
        call.call2(&JsValue::NULL, &to_object(&report), &html.into())?;
        Ok(())
    }
}

/// The lines of a body, as they come.
struct Lines {
    reader: ReadableStreamDefaultReader,
    decoder: TextDecoder,
    text: String,
    ended: bool,
}

impl Lines {
    fn of(response: &Response) -> Result<Self, JsValue> {
        let body = response.body().ok_or_else(|| Error::new("The checker's answer has no body."))?;
        let reader = body.get_reader().dyn_into()?;
        Ok(Self { reader, decoder: TextDecoder::new()?, text: String::new(), ended: false })
    }

    async fn next(&mut self) -> Result<Option<String>, JsValue> {
        loop {
            if let Some(end) = self.text.find('\n') {
                let rest = self.text.split_off(end + 1);
                let line = std::mem::replace(&mut self.text, rest);
                return Ok(Some(line));
            }
            if self.ended {
                return Ok(None);
            }
            self.fill().await?;
        }
    }

    async fn fill(&mut self) -> Result<(), JsValue> {
        let read: ReadableStreamReadResult = JsFuture::from(self.reader.read()).await?.unchecked_into();
        if read.get_done().unwrap_or(false) {
            self.ended = true;
            return Ok(());
        }
        let chunk: Uint8Array = read.get_value().unchecked_into();
        let options = TextDecodeOptions::new();
        options.set_stream(true);
        self.text += &self.decoder.decode_with_js_u8_array_and_options(&chunk, &options)?;
        Ok(())
    }
}
