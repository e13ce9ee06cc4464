//! What a request says, bounded.

use futures_util::StreamExt;
use mta_sts_core::api::Route;
use mta_sts_core::tls_report;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::{Request, Response, Result};

#[wasm_bindgen(module = "/src/unpack.js")]
extern "C" {
    fn unpacking(bytes: &[u8]) -> web_sys::Response;
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
pub(crate) async fn body(request: &mut Request, limit: usize) -> Result<Option<Vec<u8>>> {
    let announced = request.headers().get("Content-Length")?.and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Ok(None);
    }
    // A request without a body has no stream.
    let Ok(mut stream) = request.stream() else { return Ok(Some(Vec::new())) };
    let mut body = Vec::new();
    let mut length = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        length += chunk.len();
        if length <= limit {
            body.extend_from_slice(&chunk);
        } else if length > PASSED_OVER_LIMIT {
            break;
        }
    }
    Ok((length <= limit).then_some(body))
}

/// What bytes that are packed with gzip unpack to, of more than `limit` one byte over it; themselves where they are not
/// packed, or damaged. The runtime has gzip, and a library for it would weigh more.
pub(crate) async fn unpacked(bytes: Vec<u8>, limit: usize) -> Result<Vec<u8>> {
    if !tls_report::is_packed(&bytes) {
        return Ok(bytes);
    }
    let mut chunks = Response::from(unpacking(&bytes)).stream()?;
    let mut unpacked = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else { return Ok(bytes) };
        let room = (limit + 1).saturating_sub(unpacked.len());
        unpacked.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if unpacked.len() > limit {
            break;
        }
    }
    Ok(unpacked)
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

/// Whether Cloudflare took the request in: it numbers each one.
pub(crate) fn came_through_cloudflare(request: &Request) -> bool {
    request.headers().has("CF-Ray").unwrap_or(false)
}
