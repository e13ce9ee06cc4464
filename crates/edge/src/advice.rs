//! Advice: made from the same evidence as a check.

use mta_sts_core::advice::{Goal, advise};
use mta_sts_core::api::problem::Problem;
use mta_sts_core::name::DomainName;
use worker::{Context, Env, Request, Response, Result};

use crate::answer::{self, Format};
use crate::check;
use crate::input;
use crate::json;
use crate::store;

/// Answers a request for advice to the domain in its query.
pub(crate) async fn answer(request: Request, env: Env, context: Context) -> Result<Response> {
    let asked = match Asked::of(&request) {
        Ok(asked) => asked,
        Err(problem) => return answer::problem(&problem, Format::Json, String::new),
    };
    let Asked { domain, goal, form } = asked;
    if let Some(ready) = store::answer(&domain, &form).filter(|_| !input::wants_fresh(&request)) {
        return answer::made(&request, ready.body.to_vec(), ready.left_s());
    }
    let found = match check::find(&request, &env, context, domain.clone()).await {
        Ok(source) => source.into_found().await,
        Err(problem) => return answer::problem(&problem, Format::Json, String::new),
    };
    let ready = found.ready(json::to_vec(&advise(&found.evidence, mta_sts_js::now(), &goal))?);
    store::keep_answer(&domain, &form, &ready);
    answer::made(&request, ready.body.to_vec(), ready.left_s())
}

struct Asked {
    domain: DomainName,
    goal: Goal,
    /// What the answer is kept under.
    form: String,
}

impl Asked {
    fn of(request: &Request) -> Result<Self, Problem> {
        let parameter = |name| input::parameter(request, name);
        let domain = mta_sts_js::domain(&parameter("domain").unwrap_or_default())?;
        let (goal, to, max_age) = (parameter("goal"), parameter("to"), parameter("max_age"));
        let form = format!("advice {goal:?} {to:?} {max_age:?}");
        let goal = Goal::parse(goal.as_deref(), to.as_deref(), max_age.as_deref())?;
        Ok(Self { domain, goal, form })
    }
}
