//! What a request says, bounded.

use js_sys::Uint8Array;
use mta_sts_core::api::Route;
use mta_sts_core::tls_report;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use worker::{Request, Result};

#[wasm_bindgen(module = "/src/body.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn whole(stream: &JsValue, limit: usize, most: usize) -> std::result::Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn unpacking(bytes: &JsValue, limit: usize) -> std::result::Result<Uint8Array, JsValue>;
}

/// Longest query parameter that is looked at, in bytes; far more than a domain needs.
const PARAMETER_LIMIT: usize = 2048;

/// A query parameter, decoded. The address is read by the runtime's own parser: one of our own would weigh more than
/// the whole core.
pub(crate) fn parameter(request: &Request, name: &str) -> Option<String> {
    let url = web_sys::Url::new(&request.inner().url()).ok()?;
    url.search_params().get(name).map(bounded)
}

fn bounded(mut value: String) -> String {
    if value.len() > PARAMETER_LIMIT {
        let cut = (0..=PARAMETER_LIMIT).rev().find(|&at| value.is_char_boundary(at)).unwrap_or(0);
        value.truncate(cut);
    }
    value
}

/// The `D` of `/badge/D.svg`, decoded where it can be.
pub(crate) fn badge_domain(request: &Request) -> Option<String> {
    let path = request.path();
    let encoded = Route::Badge.domain_in(&path)?;
    Some(bounded(js_sys::decode_uri_component(encoded).map_or_else(|_| encoded.to_owned(), String::from)))
}

/// Bytes of a body over its limit that are passed over, so that a client which sends before it listens gets its answer.
const PASSED_OVER_LIMIT: usize = 16 * 1024 * 1024;

/// The body; none where it is longer than `limit` bytes.
pub(crate) async fn body(request: &Request, limit: usize) -> Result<Option<Vec<u8>>> {
    let announced = request.headers().get("Content-Length")?.and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Ok(None);
    }
    // A request without a body has no stream.
    let Some(stream) = request.inner().body() else { return Ok(Some(Vec::new())) };
    let body = whole(&stream, limit, PASSED_OVER_LIMIT).await?;
    Ok(body.dyn_into::<Uint8Array>().ok().map(|body| body.to_vec()))
}

/// A body and what it unpacks to, which stay in JavaScript's memory until they are read: that shrinks again, and WASM's never does.
pub(crate) struct Sent {
    /// Bytes as it was sent.
    pub packed: usize,
    bytes: Uint8Array,
}

impl Sent {
    /// The body, unpacked where it is packed with gzip: at most `unpacked` bytes of that, and one more. None where it is longer than
    /// `limit` as it was sent. What is damaged stays packed. The runtime has gzip, and a library for it would weigh more.
    pub(crate) async fn of(request: &Request, limit: usize, unpacked: usize) -> Result<Option<Self>> {
        let Some(body) = body(request, limit).await? else { return Ok(None) };
        let packed = body.len();
        let bytes = Uint8Array::from(body.as_slice());
        let is_packed = tls_report::is_packed(&body);
        drop(body);
        let bytes = if is_packed { unpacking(&bytes, unpacked + 1).await.unwrap_or(bytes) } else { bytes };
        Ok(Some(Self { packed, bytes }))
    }

    /// What is to be read.
    pub(crate) fn read(self) -> Vec<u8> {
        self.bytes.to_vec()
    }
}

/// Whether the client would rather have a line for each event than one document.
pub(crate) fn wants_stream(request: &Request) -> bool {
    let accept = request.headers().get("Accept").ok().flatten().unwrap_or_default();
    accept.contains("application/x-ndjson")
}

/// Whether the client wants a fresh check, whatever is stored.
pub(crate) fn wants_fresh(request: &Request) -> bool {
    let control = request.headers().get("Cache-Control").ok().flatten().unwrap_or_default();
    control.contains("no-cache")
}
