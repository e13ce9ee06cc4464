//! Which address answers what.

use mta_sts_core::problem::{self, Problem};
use mta_sts_core::{lint, rules};
use mta_sts_view as view;
use worker::{Env, Method, Request, Response, Result};

use crate::answer::{self, Format};
use crate::check::{self, Want};
use crate::{advice, input};

/// Most bytes of a text to lint that are read. A policy over 64 KiB is a finding; far over it is a mistake.
const LINT_LIMIT: usize = 256 * 1024;

/// Answers a request. A HEAD is answered like a GET; the runtime drops the body.
pub(crate) async fn answer(request: Request, env: Env) -> Result<Response> {
    let path = request.path();
    let format = Format::of_path(&path);
    let allowed: &[&str] =
        if path.starts_with("/api/v1/lint/") { &["POST", "OPTIONS"] } else { &["GET", "HEAD", "OPTIONS"] };
    match request.method() {
        Method::Options => return answer::preflight(allowed),
        method if allowed.contains(&method.as_ref()) => {}
        _ => return answer::method_not_allowed(allowed, format),
    }
    match path.as_str() {
        "/api/v1/check" => check::answer(request, env, Want::Report).await,
        "/api/v1/evidence" => check::answer(request, env, Want::Evidence).await,
        "/api/v1/advice" => advice::answer(request, env).await,
        "/check" => check::answer(request, env, Want::Page).await,
        "/api/v1/rules" => answer::json(&request, &rules::all().collect::<Vec<_>>(), 3600),
        "/api/v1/lint/policy" => lint(request, |body| lint::policy(body, input::to_ascii)).await,
        "/api/v1/lint/record" => lint(request, |body| lint::record(&String::from_utf8_lossy(body))).await,
        "/api/v1/lint/tlsrpt" => lint(request, |body| lint::tls_rpt(&String::from_utf8_lossy(body))).await,
        _ => match problem::TYPES.iter().find(|kind| kind.path() == path) {
            Some(kind) => answer::page(&request, view::problem_page(kind), 3600),
            None => answer::problem(&Problem::not_found(), format, view::not_found_page),
        },
    }
}

async fn lint(mut request: Request, judge: impl Fn(&[u8]) -> lint::Lint) -> Result<Response> {
    match input::body(&mut request, LINT_LIMIT).await? {
        Some(body) => answer::json_uncached(&judge(&body)),
        None => answer::problem(&Problem::payload_too_large(LINT_LIMIT), Format::Json, String::new),
    }
}
