//! Which address answers what.

use mta_sts_core::problem::{self, Problem, ProblemType};
use mta_sts_core::{lint, rules};
use mta_sts_view as view;
use worker::{Env, Method, Request, Response, Result};

use crate::answer::{self, Format};
use crate::check::{self, Want};
use crate::{advice, input};

/// Most bytes of a text to lint, or of evidence, that are read. A policy over 64 KiB is a finding; far over it is a mistake.
const BODY_LIMIT: usize = 256 * 1024;

/// What an address leads to.
enum Route {
    Check(Want),
    Advice,
    Evaluate,
    Rules,
    Lint(fn(&[u8]) -> lint::Lint),
    ProblemType(&'static ProblemType),
}

impl Route {
    fn of(path: &str) -> Option<Self> {
        Some(match path {
            "/api/v1/check" => Self::Check(Want::Report),
            "/api/v1/evidence" => Self::Check(Want::Evidence),
            "/check" => Self::Check(Want::Page),
            badge if input::of_badge(badge).is_some() => Self::Check(Want::Badge),
            "/api/v1/advice" => Self::Advice,
            "/api/v1/evaluate" => Self::Evaluate,
            "/api/v1/rules" => Self::Rules,
            "/api/v1/lint/policy" => Self::Lint(|body| lint::policy(body, input::to_ascii)),
            "/api/v1/lint/record" => Self::Lint(|body| lint::record(&String::from_utf8_lossy(body))),
            "/api/v1/lint/tlsrpt" => Self::Lint(|body| lint::tls_rpt(&String::from_utf8_lossy(body))),
            _ => Self::ProblemType(problem::TYPES.iter().find(|kind| kind.path() == path)?),
        })
    }

    fn methods(&self) -> &'static [&'static str] {
        if let Self::Lint(_) | Self::Evaluate = self { &["POST", "OPTIONS"] } else { &["GET", "HEAD", "OPTIONS"] }
    }
}

/// Answers a request. A HEAD is answered like a GET; the runtime drops the body.
pub(crate) async fn answer(request: Request, env: Env) -> Result<Response> {
    let path = request.path();
    let format = Format::of_path(&path);
    let Some(route) = Route::of(&path) else {
        return answer::problem(&Problem::not_found(), format, view::not_found_page);
    };
    match request.method() {
        Method::Options => return answer::preflight(route.methods()),
        method if route.methods().contains(&method.as_ref()) => {}
        _ => return answer::method_not_allowed(route.methods(), format),
    }
    match route {
        Route::Check(want) => check::answer(request, env, want).await,
        Route::Advice => advice::answer(request, env).await,
        Route::Evaluate => evaluate(request).await,
        Route::Rules => answer::json(&request, &rules::all().collect::<Vec<_>>(), 3600),
        Route::Lint(judge) => lint(request, judge).await,
        Route::ProblemType(kind) => answer::page(&request, view::problem_page(kind), 3600),
    }
}

async fn lint(mut request: Request, judge: fn(&[u8]) -> lint::Lint) -> Result<Response> {
    match input::body(&mut request, BODY_LIMIT).await? {
        Some(body) => answer::json_uncached(&judge(&body)),
        None => answer::problem(&Problem::payload_too_large(BODY_LIMIT), Format::Json, String::new),
    }
}

/// Judges evidence that the client has, with what it kept of earlier checks.
async fn evaluate(mut request: Request) -> Result<Response> {
    let Some(body) = input::body(&mut request, BODY_LIMIT).await? else {
        return answer::problem(&Problem::payload_too_large(BODY_LIMIT), Format::Json, String::new);
    };
    match serde_json::from_slice(&body) {
        Ok(evidence) => answer::json_uncached(&check::judge(&evidence)),
        Err(error) => answer::problem(&Problem::invalid_evidence(&error.to_string()), Format::Json, String::new),
    }
}
