//! Advice: made from the same evidence as a check.

use mta_sts_core::advice::{Advice, Goal, advise};
use mta_sts_core::api::CHECK_KEPT_S;
use mta_sts_core::api::problem::Problem;
use worker::{Context, Env, Request, Response, Result};

use crate::answer::{self, Format};
use crate::check;
use crate::input;

/// Answers a request for advice to the domain in its query.
pub(crate) async fn answer(request: Request, env: Env, context: Context) -> Result<Response> {
    match advice(&request, &env, context).await {
        Ok(advice) => answer::json(&request, &advice, CHECK_KEPT_S),
        Err(problem) => answer::problem(&problem, Format::Json, String::new),
    }
}

async fn advice(request: &Request, env: &Env, context: Context) -> Result<Advice, Problem> {
    let parameter = |name| input::parameter(request, name);
    let domain = mta_sts_js::domain(&parameter("domain").unwrap_or_default())?;
    let (goal, to, max_age) = (parameter("goal"), parameter("to"), parameter("max_age"));
    let goal = Goal::parse(goal.as_deref(), to.as_deref(), max_age.as_deref())?;
    let evidence = check::find(request, env, context, domain).await?.into_evidence().await;
    Ok(advise(&evidence, mta_sts_js::now(), &goal))
}
