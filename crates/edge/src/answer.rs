//! Responses: JSON, pages and problems, with the headers that each carries.

use std::hash::{DefaultHasher, Hash, Hasher};

use mta_sts_core::api::EXPOSED;
use mta_sts_core::api::problem::{self, Problem};
use serde::Serialize;
use worker::{Headers, Request, Response, ResponseBuilder, Result};

use crate::json;

/// What may load and run on our own pages: our scripts and styles, WASM, and nothing from elsewhere.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types mta-sts-check";

/// A badge is a picture: where somebody opens it by itself, nothing loads or runs in it.
const BADGE_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// Seconds that a browser may keep the answer to a preflight.
const PREFLIGHT_AGE: &str = "86400";

/// Whether a problem is told to a program or to a person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// `application/problem+json`.
    Json,
    /// A page.
    Page,
}

impl Format {
    /// Everything under `/api/` is for programs, and so are pictures.
    pub(crate) fn of_path(path: &str) -> Self {
        let is_for_programs = path == "/api" || path.starts_with("/api/") || path.starts_with("/badge/");
        if is_for_programs { Self::Json } else { Self::Page }
    }
}

/// A document that is ready, and which may be kept for `max_age` seconds.
pub(crate) fn made(request: &Request, json: Vec<u8>, max_age: u32) -> Result<Response> {
    kept(request, json, "application/json", max_age)
}

/// A document that is the answer to this one request.
pub(crate) fn json_uncached<T: Serialize>(value: &T) -> Result<Response> {
    let headers = headers("application/json", "no-store")?;
    Ok(ResponseBuilder::new().with_headers(headers).fixed(json::to_vec(value)?))
}

/// A page, which may be kept for `max_age` seconds.
pub(crate) fn page(request: &Request, html: Vec<u8>, max_age: u32) -> Result<Response> {
    let mut response = kept(request, html, "text/html; charset=utf-8", max_age)?;
    response.headers_mut().set("Content-Security-Policy", PAGE_POLICY)?;
    Ok(response)
}

/// A picture, which any page may show, and which may be kept for `max_age` seconds.
pub(crate) fn badge(request: &Request, svg: Vec<u8>, max_age: u32) -> Result<Response> {
    let mut response = kept(request, svg, "image/svg+xml", max_age)?;
    response.headers_mut().set("Content-Security-Policy", BADGE_POLICY)?;
    // For pages that ask it of all that they embed (Cross-Origin-Embedder-Policy).
    response.headers_mut().set("Cross-Origin-Resource-Policy", "cross-origin")?;
    Ok(response)
}

/// Lines of JSON. The content encoding must not gather them: each is to arrive when it is written.
pub(crate) fn lines() -> Result<ResponseBuilder> {
    let headers = headers("application/x-ndjson", "no-store, no-transform")?;
    Ok(ResponseBuilder::new().with_headers(headers))
}

/// The problem as a document, or as the page that `html` makes.
pub(crate) fn problem(problem: &Problem, format: Format, html: impl FnOnce() -> String) -> Result<Response> {
    let (media_type, body) = match format {
        Format::Json => (problem::MEDIA_TYPE, json::to_vec(problem)?),
        Format::Page => ("text/html; charset=utf-8", html().into_bytes()),
    };
    let headers = headers(media_type, "no-store")?;
    if format == Format::Page {
        headers.set("Content-Security-Policy", PAGE_POLICY)?;
    }
    if let Some(seconds) = problem.retry_after_s {
        headers.set("Retry-After", &seconds.to_string())?;
    }
    Ok(ResponseBuilder::new().with_status(problem.status).with_headers(headers).fixed(body))
}

/// Says which methods an address is answered to.
pub(crate) fn method_not_allowed(allowed: &[&str], format: Format) -> Result<Response> {
    let told = Problem::method_not_allowed(allowed);
    let mut response = problem(&told, format, || mta_sts_view::form_page("", Some(&told)))?;
    response.headers_mut().set("Allow", &allowed.join(", "))?;
    Ok(response)
}

/// What a browser asks before a request from another origin.
pub(crate) fn preflight(allowed: &[&str]) -> Result<Response> {
    let headers = Headers::new();
    headers.set("Allow", &allowed.join(", "))?;
    headers.set("Access-Control-Allow-Origin", "*")?;
    headers.set("Access-Control-Allow-Methods", &allowed.join(", "))?;
    headers.set("Access-Control-Allow-Headers", "Accept, Cache-Control, Content-Type, If-None-Match")?;
    headers.set("Access-Control-Max-Age", PREFLIGHT_AGE)?;
    secure(&headers)?;
    Ok(ResponseBuilder::new().with_status(204).with_headers(headers).empty())
}

/// Headers that every answer carries. No answer depends on who asks, so any origin may read it.
fn headers(media_type: &str, cache_control: &str) -> Result<Headers> {
    let headers = Headers::new();
    headers.set("Content-Type", media_type)?;
    headers.set("Cache-Control", cache_control)?;
    headers.set("Access-Control-Allow-Origin", "*")?;
    headers.set("Access-Control-Expose-Headers", EXPOSED)?;
    secure(&headers)?;
    Ok(headers)
}

/// Headers that keep a browser from more than was meant: those of the site's files (`www/_headers`), on every answer.
fn secure(headers: &Headers) -> Result<()> {
    for (name, value) in SECURE {
        headers.set(name, value)?;
    }
    Ok(())
}

const SECURE: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// A body with an ETag: 304 where the client has it already.
fn kept(request: &Request, body: Vec<u8>, media_type: &str, max_age: u32) -> Result<Response> {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let etag = format!("\"{:016x}\"", hasher.finish());
    let headers = headers(media_type, &format!("public, max-age={max_age}"))?;
    headers.set("ETag", &etag)?;
    headers.set("Vary", "Accept")?;
    let had = request.headers().get("If-None-Match")?.unwrap_or_default();
    let response = ResponseBuilder::new().with_headers(headers);
    // A proxy that compresses weakens the tag (RFC 9110 §8.8.1); If-None-Match compares weakly (§13.1.2).
    if had.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*") {
        return Ok(response.with_status(304).empty());
    }
    Ok(response.fixed(body))
}
