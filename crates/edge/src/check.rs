//! A check: the host's side of core's plan, and the forms that its answer takes.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;

use futures_util::StreamExt;
use futures_util::stream::{self, FuturesUnordered};
use js_sys::Date;
use mta_sts_core::api::{CHECK_KEPT_S, Event, MADE_KEPT_S, RETRY_AFTER_S};
use mta_sts_core::evidence::{Evidence, Observation};
use mta_sts_core::lookup::Lookup;
use mta_sts_core::name::DomainName;
use mta_sts_core::plan::Plan;
use mta_sts_core::problem::Problem;
use mta_sts_core::report::{Report, Verdict};
use mta_sts_core::{Timestamp, evaluate};
use mta_sts_view as view;
use worker::{Env, Request, Response, ResponseBuilder, Result};

use crate::answer::{self, Format};
use crate::lookups::Resolver;
use crate::{input, json, limits, store};

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
pub(crate) async fn answer(request: Request, env: Env, want: Want) -> Result<Response> {
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
    let domain = match input::domain(&typed) {
        Ok(domain) => domain,
        Err(problem) => return refuse(problem),
    };
    let source = match find(&request, &env, domain).await {
        Ok(source) => source,
        Err(problem) => return refuse(problem),
    };
    if matches!(want, Want::Report | Want::Evidence) && input::wants_stream(&request) {
        return stream(source, want);
    }
    let evidence = source.into_evidence().await;
    match want {
        Want::Evidence => answer::json(&request, &evidence, CHECK_KEPT_S),
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
    Known(Box<Evidence>),
    /// It has to be looked up.
    Fresh(Box<Check>),
}

impl Source {
    /// Looks up what is not at hand.
    pub(crate) async fn into_evidence(self) -> Box<Evidence> {
        match self {
            Self::Known(evidence) => evidence,
            Self::Fresh(check) => check.run().await,
        }
    }
}

/// Finds out where the evidence on a domain comes from, and starts the lookups where there is none.
pub(crate) async fn find(request: &Request, env: &Env, domain: DomainName) -> Result<Source, Problem> {
    if domain.is_worked_example() {
        if let Some(evidence) = store::example(env, &domain).await {
            return Ok(Source::Known(Box::new(evidence)));
        }
        let known = store::examples(env).await;
        return Err(Problem::no_such_example(&domain, known.iter().map(String::as_str)));
    }
    if !input::wants_fresh(request)
        && let Some(evidence) = store::recent(&domain).await
    {
        return Ok(Source::Known(Box::new(evidence)));
    }
    if !limits::permits(request, env, &domain).await {
        return Err(Problem::rate_limited(RETRY_AFTER_S));
    }
    let variable = |name| env.var(name).ok().map(|value| value.to_string());
    let resolver = Resolver {
        endpoint: variable("DOH_ENDPOINT").unwrap_or_else(|| DEFAULT_ENDPOINT.to_owned()),
        started_ms: Date::now(),
        on_cloudflare: input::came_through_cloudflare(request),
    };
    let at_once = variable("LOOKUPS_AT_ONCE").and_then(|number| number.parse().ok()).unwrap_or(DEFAULT_AT_ONCE);
    Ok(Source::Fresh(Box::new(Check::new(domain, resolver, at_once))))
}

/// A check under way.
pub(crate) struct Check {
    plan: Plan,
    resolver: Resolver,
    in_flight: FuturesUnordered<Pin<Box<dyn Future<Output = Observation>>>>,
}

impl Check {
    fn new(domain: DomainName, resolver: Resolver, at_once: usize) -> Self {
        let mut check =
            Self { plan: Plan::new(domain, now()).at_once(at_once), resolver, in_flight: FuturesUnordered::new() };
        check.start_lookups();
        check
    }

    fn start_lookups(&mut self) {
        for lookup in self.plan.next_lookups() {
            let address = match &lookup {
                Lookup::Handshake { host } => self.plan.address(host),
                _ => None,
            };
            self.in_flight.push(Box::pin(self.resolver.clone().perform(lookup, address)));
        }
    }

    /// The next observation; none when all are in.
    async fn next(&mut self) -> Option<Observation> {
        let observation = self.in_flight.next().await?;
        self.plan.observe(observation.clone(), self.resolver.elapsed_ms());
        self.start_lookups();
        Some(observation)
    }

    async fn run(mut self: Box<Self>) -> Box<Evidence> {
        while self.next().await.is_some() {}
        self.finish().await
    }

    async fn finish(self: Box<Self>) -> Box<Evidence> {
        let evidence = Box::new(self.plan.into_evidence());
        let conclusive = judge(&evidence).verdict != Verdict::Inconclusive;
        // A check that cannot be kept is still an answer.
        let _ = store::keep(&evidence, conclusive).await;
        evidence
    }
}

fn line(event: &Event<'_>) -> Result<Vec<u8>> {
    let mut line = json::to_vec(event)?;
    line.push(b'\n');
    Ok(line)
}

/// What is still to be told.
enum Telling {
    Fresh(Box<Check>),
    Known(Box<Evidence>, VecDeque<Observation>),
    Done,
}

fn stream(source: Source, want: Want) -> Result<Response> {
    let telling = match source {
        Source::Fresh(check) => Telling::Fresh(check),
        Source::Known(evidence) => {
            let observations = evidence.observations.iter().cloned().collect();
            Telling::Known(evidence, observations)
        }
    };
    let last = move |evidence: &Evidence| match want {
        Want::Evidence => line(&Event::Evidence { evidence }),
        _ => line(&Event::Report { report: &judge(evidence) }),
    };
    let lines = stream::unfold(telling, move |telling| async move {
        match telling {
            Telling::Fresh(mut check) => match check.next().await {
                Some(observation) => Some((line(&Event::Lookup { observation: &observation }), Telling::Fresh(check))),
                None => Some((last(&*check.finish().await), Telling::Done)),
            },
            Telling::Known(evidence, mut observations) => match observations.pop_front() {
                Some(observation) => {
                    Some((line(&Event::Lookup { observation: &observation }), Telling::Known(evidence, observations)))
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

pub(crate) fn judge(evidence: &Evidence) -> Report {
    evaluate(evidence, now())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are whole, and far from the limits of i64"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::from_millisecond(Date::now() as i64).unwrap_or(Timestamp::UNIX_EPOCH)
}
