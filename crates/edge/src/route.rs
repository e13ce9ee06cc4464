//! Which address answers what.

use mta_sts_core::api::problem::Problem;
use mta_sts_core::api::{BODY_LIMIT, DESCRIPTION_FILE, MADE_KEPT_S, REPORT_LIMIT, Route};
use mta_sts_core::lint;
use mta_sts_core::rules;
use mta_sts_core::tls_report::{self, Question};
use mta_sts_js::{from_json, now, to_ascii};
use mta_sts_view as view;
use serde::Serialize;
use wasm_bindgen::JsCast;
use worker::{Context, Env, Request, Response, Result};

use crate::advice;
use crate::answer::{self, Format};
use crate::check::{self, Want};
use crate::input;
use crate::judged::judge;
use crate::limits;
use crate::store;

/// Answers a request. A HEAD is answered like a GET; the runtime drops the body.
pub(crate) async fn answer(request: Request, env: Env, context: Context) -> Result<Response> {
    let path = request.path();
    let format = Format::of_path(&path);
    let Some(route) = Route::of(&path) else {
        return answer::problem(&Problem::not_found(), format, view::not_found_page);
    };
    // As the runtime has it: `Method` is GET for every method that it does not know.
    match request.inner().method().as_str() {
        "OPTIONS" => return answer::preflight(route.methods()),
        method if route.methods().contains(&method) => {}
        _ => return answer::method_not_allowed(route.methods(), format),
    }
    match route {
        Route::Check => check::answer(request, env, context, Want::Report).await,
        Route::Evidence => check::answer(request, env, context, Want::Evidence).await,
        Route::Page => check::answer(request, env, context, Want::Page).await,
        Route::Badge => check::answer(request, env, context, Want::Badge).await,
        Route::Advice => advice::answer(request, env, context).await,
        Route::Evaluate => evaluate(request, &env).await,
        Route::Reports => reports(request, &env).await,
        Route::Rules => made(request, env, rules::CATALOGUE_FILE).await,
        Route::Description => made(request, env, DESCRIPTION_FILE).await,
        Route::LintPolicy => lint(request, &env, |body| lint::policy(body, to_ascii)).await,
        Route::LintRecord => lint(request, &env, |body| lint::record(&String::from_utf8_lossy(body))).await,
        Route::LintTlsRpt => lint(request, &env, |body| lint::tls_rpt(&String::from_utf8_lossy(body))).await,
    }
}

/// A document that is a file of the site.
async fn made(request: Request, env: Env, file: &str) -> Result<Response> {
    let made = store::file(&env, file).await.ok_or_else(|| format!("{file} is not among the files"))?;
    answer::made(&request, made.into_bytes(), MADE_KEPT_S)
}

async fn lint(request: Request, env: &Env, judge: fn(&[u8]) -> lint::Lint) -> Result<Response> {
    with_body(request, env, |body| Ok(judge(body))).await
}

/// Judges evidence that the client has, with what it kept of earlier checks.
async fn evaluate(request: Request, env: &Env) -> Result<Response> {
    with_body(request, env, |body| match from_json(&String::from_utf8_lossy(body)) {
        Ok(evidence) => Ok(judge(&evidence)),
        Err(error) => {
            let fault = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
            Err(Problem::invalid_evidence(&fault.unwrap_or_default()))
        }
    })
    .await
}

/// Sums up the TLS reports of a file, plain or packed. Nothing of them is kept.
async fn reports(request: Request, env: &Env) -> Result<Response> {
    if let Err(problem) = limits::permit_sent(&request, env).await {
        return answer::problem(&problem, Format::Json, String::new);
    }
    let domain = match input::parameter(&request, "domain").map(|typed| mta_sts_js::domain(&typed)).transpose() {
        Ok(domain) => domain,
        Err(problem) => return answer::problem(&problem, Format::Json, String::new),
    };
    let mut reader = tls_report::Reader::for_service();
    let Some(sent) = input::Sent::of(&request, REPORT_LIMIT, reader.unpacked_left()).await? else {
        return answer::problem(&Problem::report_too_large(REPORT_LIMIT), Format::Json, String::new);
    };
    // The summary tells what became of it. No other request runs before all of it is free again.
    let _ = reader.add_unpacked("", sent.packed, &sent.read());
    answer::json_uncached(&reader.finish(&Question { domain: domain.as_ref(), check: None, now: now() }))
}

/// Answers what is made of the body, to this one request.
async fn with_body<T: Serialize>(
    request: Request,
    env: &Env,
    make: impl FnOnce(&[u8]) -> Result<T, Problem>,
) -> Result<Response> {
    let outcome = match limits::permit_sent(&request, env).await {
        Ok(()) => match input::body(&request, BODY_LIMIT).await? {
            Some(body) => make(&body),
            None => Err(Problem::payload_too_large(BODY_LIMIT)),
        },
        Err(problem) => Err(problem),
    };
    match outcome {
        Ok(answered) => answer::json_uncached(&answered),
        Err(problem) => answer::problem(&problem, Format::Json, String::new),
    }
}
