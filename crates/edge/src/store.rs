//! What is at hand: the answers and the evidence of checks a moment ago, worked examples, and what was made beforehand.
//!
//! An answer is kept in this isolate as it was sent, so that to send it again costs next to nothing. The evidence is kept for
//! the other forms of the answer: in this isolate too, since on `workers.dev` Cloudflare's cache keeps nothing, and in that
//! cache for the isolates beside it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Date;
use mta_sts_core::api::CHECK_KEPT_S;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::name::DomainName;
use mta_sts_js::from_json;
use serde::Deserialize;
use worker::{Cache, CacheKey, Env, ResponseBuilder, Result};

use crate::json;
use crate::judged::is_conclusive;

/// Seconds that a check is kept to which the answer was inconclusive: the fault may have passed.
const INCONCLUSIVE_KEPT_S: u32 = 5;

/// Most bytes that this isolate keeps of answers; the oldest go first.
const ISOLATE_LIMIT: usize = 8 * 1024 * 1024;

/// Until when an answer of the cache is kept, in milliseconds since 1970.
const UNTIL: &str = "X-Kept-Until";

/// The evidence, among the forms of an answer.
pub(crate) const EVIDENCE: &str = "evidence";

/// The evidence of a check that is over, or of a worked example.
pub(crate) struct Found {
    pub evidence: Evidence,
    /// Until when it is kept, in milliseconds since 1970; none of an example, which stays as it is.
    until_ms: Option<f64>,
}

/// An answer that is ready to be sent.
#[derive(Clone)]
pub(crate) struct Ready {
    pub body: Rc<Vec<u8>>,
    until_ms: Option<f64>,
}

struct Kept {
    domain: DomainName,
    form: String,
    ready: Ready,
    until_ms: f64,
}

impl Kept {
    /// What it takes of memory, but for a few bytes. A form can hold whatever was asked.
    fn bytes(&self) -> usize {
        self.ready.body.len() + self.domain.as_str().len() + self.form.len()
    }
}

thread_local! {
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

impl Found {
    /// What was found just now.
    pub(crate) fn now(evidence: Evidence) -> Self {
        let seconds = if is_conclusive(&evidence) { CHECK_KEPT_S } else { INCONCLUSIVE_KEPT_S };
        Self { evidence, until_ms: Some(Date::now() + f64::from(seconds) * 1000.0) }
    }

    /// Whether an answer was made of this very check.
    pub(crate) fn is_as_old_as(&self, ready: &Ready) -> bool {
        self.until_ms == ready.until_ms
    }

    /// An answer that is made of it.
    pub(crate) fn ready(&self, mut body: Vec<u8>) -> Ready {
        // One that grew while it was written has room for up to twice its length.
        body.shrink_to_fit();
        Ready { body: Rc::new(body), until_ms: self.until_ms }
    }
}

impl Ready {
    /// Seconds for which it may still be kept.
    pub(crate) fn left_s(&self) -> u32 {
        self.until_ms.map_or(CHECK_KEPT_S, left_s)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates, and what is over is 0")]
fn left_s(until_ms: f64) -> u32 {
    ((until_ms - Date::now()) / 1000.0).ceil().min(CHECK_KEPT_S.into()) as u32
}

/// The evidence of a recent check.
pub(crate) async fn recent(domain: &DomainName) -> Option<Found> {
    let ready = match answer(domain, EVIDENCE) {
        Some(ready) => ready,
        None => in_cache(domain).await?,
    };
    keep_answer(domain, EVIDENCE, &ready);
    let evidence = from_json(std::str::from_utf8(&ready.body).ok()?).ok()?;
    Some(Found { evidence, until_ms: ready.until_ms })
}

/// Keeps the evidence of a check.
pub(crate) async fn keep(found: &Found) -> Result<()> {
    let ready = found.ready(json::to_vec(&found.evidence)?);
    // What was made of an earlier check is no answer any more.
    KEPT.with_borrow_mut(|all| all.retain(|kept| kept.domain != found.evidence.domain));
    keep_answer(&found.evidence.domain, EVIDENCE, &ready);
    keep_in_cache(&found.evidence.domain, &ready).await
}

/// An answer that was made in this isolate a moment ago.
pub(crate) fn answer(domain: &DomainName, form: &str) -> Option<Ready> {
    let now_ms = Date::now();
    KEPT.with_borrow_mut(|all| {
        all.retain(|kept| kept.until_ms > now_ms);
        all.iter().find(|kept| kept.domain == *domain && kept.form == form).map(|kept| kept.ready.clone())
    })
}

/// Keeps an answer in this isolate.
pub(crate) fn keep_answer(domain: &DomainName, form: &str, ready: &Ready) {
    // An example stays as it is until the next release.
    let until_ms = ready.until_ms.unwrap_or_else(|| Date::now() + f64::from(CHECK_KEPT_S) * 1000.0);
    KEPT.with_borrow_mut(|all| {
        all.retain(|kept| kept.domain != *domain || kept.form != form);
        all.push(Kept { domain: domain.clone(), form: form.to_owned(), ready: ready.clone(), until_ms });
        let mut bytes: usize = all.iter().map(Kept::bytes).sum();
        let mut first = 0;
        while bytes > ISOLATE_LIMIT {
            bytes -= all[first].bytes();
            first += 1;
        }
        all.drain(..first);
    });
}

async fn in_cache(domain: &DomainName) -> Option<Ready> {
    let mut response = Cache::default().get(CacheKey::Url(key(domain)), false).await.ok()??;
    let until_ms = response.headers().get(UNTIL).ok()??.parse().ok().filter(|until_ms| *until_ms > Date::now())?;
    Some(Ready { body: Rc::new(response.bytes().await.ok()?), until_ms: Some(until_ms) })
}

async fn keep_in_cache(domain: &DomainName, ready: &Ready) -> Result<()> {
    let Some(until_ms) = ready.until_ms else { return Ok(()) };
    let response = ResponseBuilder::new()
        .with_header("Content-Type", "application/json")?
        .with_header("Cache-Control", &format!("max-age={}", left_s(until_ms)))?
        .with_header(UNTIL, &until_ms.to_string())?
        .fixed(ready.body.to_vec());
    Cache::default().put(CacheKey::Url(key(domain)), response).await
}

/// The cache wants an address; this one is never asked for over the network.
fn key(domain: &DomainName) -> String {
    format!("https://evidence.mta-sts-check.invalid/{domain}")
}

/// The saved evidence of a worked example, where there is one.
pub(crate) async fn example(env: &Env, domain: &DomainName) -> Option<Found> {
    let evidence = from_json(&file(env, &format!("/examples/{domain}.json")).await?).ok()?;
    Some(Found { evidence, until_ms: None })
}

/// The domains of all worked examples.
pub(crate) async fn examples(env: &Env) -> Vec<String> {
    #[derive(Deserialize)]
    struct Entry {
        domain: String,
    }
    let index = file(env, "/examples/index.json").await.unwrap_or_default();
    let entries: Vec<Entry> = from_json(&index).unwrap_or_default();
    entries.into_iter().map(|entry| entry.domain).collect()
}

/// A file of the site, by its address.
pub(crate) async fn file(env: &Env, path: &str) -> Option<String> {
    let assets = env.assets("ASSETS").ok()?;
    let mut response = assets.fetch(format!("https://assets.invalid{path}"), None).await.ok()?;
    if response.status_code() == 200 { response.text().await.ok() } else { None }
}
