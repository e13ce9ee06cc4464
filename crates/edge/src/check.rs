//! A check: where its evidence comes from, and the forms that its answer takes.

use std::rc::Rc;

use futures_util::stream;
use js_sys::Date;
use mta_sts_core::api::problem::Problem;
use mta_sts_core::api::{Event, MADE_KEPT_S};
use mta_sts_core::evidence::Evidence;
use mta_sts_core::name::DomainName;
use mta_sts_view as view;
use worker::{Context, Env, Request, Response, Result};

use crate::answer::{self, Format};
use crate::input;
use crate::json;
use crate::judged::judge;
use crate::limits;
use crate::lookups::Resolver;
use crate::store::{self, Found, Ready};
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

/// A form of the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Report,
    Evidence,
    /// The report, with a line before it for each lookup.
    ReportLines,
    EvidenceLines,
    Page,
    /// The page's result alone, as the widget asks for it.
    Fragment,
    Badge,
}

impl Form {
    fn of(request: &Request, want: Want) -> Self {
        let lines = input::wants_stream(request);
        match want {
            Want::Report if lines => Self::ReportLines,
            Want::Report => Self::Report,
            Want::Evidence if lines => Self::EvidenceLines,
            Want::Evidence => Self::Evidence,
            Want::Page if wants_fragment(request) => Self::Fragment,
            Want::Page => Self::Page,
            Want::Badge => Self::Badge,
        }
    }

    /// What it is kept under.
    fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Evidence => store::EVIDENCE,
            Self::ReportLines => "report-lines",
            Self::EvidenceLines => "evidence-lines",
            Self::Page => "page",
            Self::Fragment => "fragment",
            Self::Badge => "badge",
        }
    }

    fn is_lines(self) -> bool {
        matches!(self, Self::ReportLines | Self::EvidenceLines)
    }

    /// The answer in this form.
    fn made_of(self, evidence: &Evidence) -> Result<Vec<u8>> {
        Ok(match self {
            Self::Report => json::to_vec(&judge(evidence))?,
            Self::Evidence => json::to_vec(evidence)?,
            Self::Page => view::check_page(&judge(evidence)).into_bytes(),
            Self::Fragment => view::result(&judge(evidence), &[]).into_bytes(),
            Self::Badge => view::badge(&judge(evidence)).into_bytes(),
            Self::ReportLines | Self::EvidenceLines => {
                let mut lines = Vec::new();
                for observation in &evidence.observations {
                    lines.extend(line(&Event::Lookup { observation })?);
                }
                lines.extend(self.last_line(evidence)?);
                lines
            }
        })
    }

    fn last_line(self, evidence: &Evidence) -> Result<Vec<u8>> {
        match self {
            Self::EvidenceLines => line(&Event::Evidence { evidence }),
            _ => line(&Event::Report { report: &judge(evidence) }),
        }
    }

    /// Sends an answer that is ready.
    fn send(self, request: &Request, ready: &Ready) -> Result<Response> {
        let (body, left_s) = (ready.body.to_vec(), ready.left_s());
        match self {
            Self::Report | Self::Evidence => answer::made(request, body, left_s),
            Self::Page | Self::Fragment => answer::page(request, body, left_s),
            Self::Badge => answer::badge(request, body, left_s),
            Self::ReportLines | Self::EvidenceLines => Ok(answer::lines()?.fixed(body)),
        }
    }
}

/// Answers a request for a check of the domain in its query.
pub(crate) async fn answer(request: Request, env: Env, context: Context, want: Want) -> Result<Response> {
    let format = if want == Want::Page { Format::Page } else { Format::Json };
    let typed = if want == Want::Badge { input::badge_domain(&request) } else { input::parameter(&request, "domain") };
    if let (Want::Page, None) = (want, &typed) {
        return answer::page(&request, view::form_page("", None).into_bytes(), MADE_KEPT_S);
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
    let form = Form::of(&request, want);
    let fresh = input::wants_fresh(&request);
    if !fresh && let Some(ready) = store::answer(&domain, form.name()) {
        return form.send(&request, &ready);
    }
    let source = match find(&request, &env, context, domain.clone()).await {
        Ok(source) => source,
        Err(problem) => return refuse(problem),
    };
    let found = match source {
        Source::UnderWay(watch) if form.is_lines() => return stream(watch, form),
        source => source.into_found().await,
    };
    // Of many who waited for it, the first makes it.
    if let Some(ready) = store::answer(&domain, form.name()).filter(|ready| found.is_as_old_as(ready)) {
        return form.send(&request, &ready);
    }
    let ready = found.ready(form.made_of(&found.evidence)?);
    store::keep_answer(&domain, form.name(), &ready);
    form.send(&request, &ready)
}

/// The widget asks for the result alone, without the page around it.
fn wants_fragment(request: &Request) -> bool {
    input::parameter(request, "view").is_some_and(|view| view == "fragment")
}

/// Where the evidence comes from.
pub(crate) enum Source {
    /// It is at hand.
    Known(Rc<Found>),
    /// It is being looked up.
    UnderWay(Box<Watch>),
}

impl Source {
    /// Waits for what is not at hand.
    pub(crate) async fn into_found(self) -> Rc<Found> {
        match self {
            Self::Known(found) => found,
            Self::UnderWay(watch) => watch.found().await,
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
        if let Some(found) = store::example(env, &domain).await {
            return Ok(Source::Known(Rc::new(found)));
        }
        let known = store::examples(env).await;
        return Err(Problem::no_such_example(&domain, known.iter().map(String::as_str)));
    }
    let fresh = input::wants_fresh(request);
    if !fresh && let Some(found) = store::recent(&domain).await {
        return Ok(Source::Known(Rc::new(found)));
    }
    let host = host(env, context);
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

fn host(env: &Env, context: Context) -> Host {
    let variable = |name| env.var(name).ok().map(|value| value.to_string());
    let resolver = Resolver {
        endpoint: variable("DOH_ENDPOINT").unwrap_or_else(|| DEFAULT_ENDPOINT.to_owned()),
        started_ms: Date::now(),
        on_cloudflare: limits::on_cloudflare(env),
    };
    let at_once = variable("LOOKUPS_AT_ONCE").and_then(|number| number.parse().ok()).unwrap_or(DEFAULT_AT_ONCE);
    Host { resolver, at_once, env: env.clone(), context: Rc::new(context) }
}

fn line(event: &Event<'_>) -> Result<Vec<u8>> {
    let mut line = json::to_vec(event)?;
    line.push(b'\n');
    Ok(line)
}

/// Tells of a check that is under way, as it goes on.
fn stream(watch: Box<Watch>, form: Form) -> Result<Response> {
    let lines = stream::unfold(Some(watch), move |watch| async move {
        let mut watch = watch?;
        match watch.next().await {
            Step::Lookup(observation) => Some((line(&Event::Lookup { observation: &observation }), Some(watch))),
            Step::Over(found) => Some((form.last_line(&found.evidence), None)),
        }
    });
    answer::lines()?.from_stream(lines)
}
