//! A check: where its evidence comes from, and the forms that its answer takes.

use std::rc::Rc;

use futures_util::stream;
use js_sys::Date;
use mta_sts_core::api::problem::Problem;
use mta_sts_core::api::{CHECK_KEPT_S, Event, MADE_KEPT_S};
use mta_sts_core::evidence::Evidence;
use mta_sts_core::name::DomainName;
use mta_sts_view as view;
use worker::{Context, Env, Request, Response, ResponseBuilder, Result};

use crate::answer::{self, Format};
use crate::input;
use crate::json;
use crate::judged::judge;
use crate::limits;
use crate::lookups::Resolver;
use crate::store;
use crate::under_way;
use crate::under_way::{Host, Step, Watch};

/// Used where the configuration names no resolver.
const DEFAULT_ENDPOINT: &str = "https://cloudflare-dns.com/dns-query";

/// Used where the configuration does not say how many lookups may run at once: Cloudflare's limit of connections that
/// wait for an answer.
const DEFAULT_AT_ONCE: usize = 6;

/// What is asked of a check.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    /// The report, as JSON.
    Report,
    /// What was seen, as JSON.
    Evidence,
    /// The report, as a page.
    Page,
    /// Its verdict, as a picture.
    Badge,
}

/// Answers a request for a check of the domain in its query.
pub(crate) async fn answer(request: Request, env: Env, context: Context, want: Want) -> Result<Response> {
    let format = if want == Want::Page { Format::Page } else { Format::Json };
    let typed = if want == Want::Badge { input::badge_domain(&request) } else { input::parameter(&request, "domain") };
    if let (Want::Page, None) = (want, &typed) {
        return answer::page(&request, view::form_page("", None), MADE_KEPT_S);
    }
    let typed = typed.unwrap_or_default();
    let refuse = |problem: Problem| {
        let page =
            || if wants_fragment(&request) { view::problem(&problem) } else { view::form_page(&typed, Some(&problem)) };
        answer::problem(&problem, format, page)
    };
    let domain = match mta_sts_js::domain(&typed) {
        Ok(domain) => domain,
        Err(problem) => return refuse(problem),
    };
    let source = match find(&request, &env, context, domain).await {
        Ok(source) => source,
        Err(problem) => return refuse(problem),
    };
    if matches!(want, Want::Report | Want::Evidence) && input::wants_stream(&request) {
        return stream(source, want);
    }
    let evidence = source.into_evidence().await;
    match want {
        Want::Evidence => answer::json(&request, &*evidence, CHECK_KEPT_S),
        Want::Report => answer::json(&request, &judge(&evidence), CHECK_KEPT_S),
        Want::Page if wants_fragment(&request) => {
            answer::page(&request, view::result(&judge(&evidence), &[]), CHECK_KEPT_S)
        }
        Want::Page => answer::page(&request, view::check_page(&judge(&evidence)), CHECK_KEPT_S),
        Want::Badge => answer::badge(&request, view::badge(&judge(&evidence)), CHECK_KEPT_S),
    }
}

/// The widget asks for the result alone, without the page around it.
fn wants_fragment(request: &Request) -> bool {
    input::parameter(request, "view").is_some_and(|view| view == "fragment")
}

/// Where the evidence comes from.
pub(crate) enum Source {
    /// It is at hand.
    Known(Rc<Evidence>),
    /// It is being looked up.
    UnderWay(Box<Watch>),
}

impl Source {
    /// Waits for what is not at hand.
    pub(crate) async fn into_evidence(self) -> Rc<Evidence> {
        match self {
            Self::Known(evidence) => evidence,
            Self::UnderWay(watch) => watch.evidence().await,
        }
    }
}

/// Finds out where the evidence on a domain comes from, and starts the lookups where there is none.
pub(crate) async fn find(
    request: &Request,
    env: &Env,
    context: Context,
    domain: DomainName,
) -> Result<Source, Problem> {
    if domain.is_worked_example() {
        if let Some(evidence) = store::example(env, &domain).await {
            return Ok(Source::Known(Rc::new(evidence)));
        }
        let known = store::examples(env).await;
        return Err(Problem::no_such_example(&domain, known.iter().map(String::as_str)));
    }
    let fresh = input::wants_fresh(request);
    if !fresh && let Some(evidence) = store::recent(&domain).await {
        return Ok(Source::Known(Rc::new(evidence)));
    }
    let host = host(request, env, context);
    let join = || under_way::join(&domain, fresh, &host).map(|watch| Source::UnderWay(Box::new(watch)));
    if let Some(source) = join() {
        return Ok(source);
    }
    let permitted = limits::permit(request, env, &domain).await;
    // Another request may have begun it meanwhile, and to look on costs nobody anything.
    if let Some(source) = join() {
        return Ok(source);
    }
    permitted?;
    Ok(Source::UnderWay(Box::new(under_way::begin(domain, &host))))
}

fn host(request: &Request, env: &Env, context: Context) -> Host {
    let variable = |name| env.var(name).ok().map(|value| value.to_string());
    let resolver = Resolver {
        endpoint: variable("DOH_ENDPOINT").unwrap_or_else(|| DEFAULT_ENDPOINT.to_owned()),
        started_ms: Date::now(),
        on_cloudflare: input::came_through_cloudflare(request),
    };
    let at_once = variable("LOOKUPS_AT_ONCE").and_then(|number| number.parse().ok()).unwrap_or(DEFAULT_AT_ONCE);
    Host { resolver, at_once, context: Rc::new(context) }
}

fn line(event: &Event<'_>) -> Result<Vec<u8>> {
    let mut line = json::to_vec(event)?;
    line.push(b'\n');
    Ok(line)
}

/// What is still to be told.
enum Telling {
    UnderWay(Box<Watch>),
    Known(Rc<Evidence>, usize),
    Done,
}

fn stream(source: Source, want: Want) -> Result<Response> {
    let telling = match source {
        Source::UnderWay(watch) => Telling::UnderWay(watch),
        Source::Known(evidence) => Telling::Known(evidence, 0),
    };
    let last = move |evidence: &Evidence| match want {
        Want::Evidence => line(&Event::Evidence { evidence }),
        _ => line(&Event::Report { report: &judge(evidence) }),
    };
    let lines = stream::unfold(telling, move |telling| async move {
        match telling {
            Telling::UnderWay(mut watch) => match watch.next().await {
                Step::Lookup(observation) => {
                    Some((line(&Event::Lookup { observation: &observation }), Telling::UnderWay(watch)))
                }
                Step::Over(evidence) => Some((last(&evidence), Telling::Done)),
            },
            Telling::Known(evidence, told) => match evidence.observations.get(told) {
                Some(observation) => {
                    let line = line(&Event::Lookup { observation });
                    Some((line, Telling::Known(evidence, told + 1)))
                }
                None => Some((last(&evidence), Telling::Done)),
            },
            Telling::Done => None,
        }
    });
    // The content encoding must not gather lines: each is to arrive when it is written.
    let headers = answer::headers("application/x-ndjson", "no-store, no-transform")?;
    ResponseBuilder::new().with_headers(headers).from_stream(lines)
}
