//! What is at hand: the evidence of a check a moment ago or of a worked example, and what was made beforehand.

use mta_sts_core::api::CHECK_KEPT_S;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::name::DomainName;
use mta_sts_js::from_json;
use serde::Deserialize;
use worker::{Cache, CacheKey, Env, ResponseBuilder, Result};

use crate::json;

/// Seconds that a check is kept to which the answer was inconclusive: the fault may have passed.
const INCONCLUSIVE_KEPT_S: u32 = 5;

/// The evidence of a recent check. One object for each domain: every form of the answer is made from it.
pub(crate) async fn recent(domain: &DomainName) -> Option<Evidence> {
    let mut response = Cache::default().get(CacheKey::Url(key(domain)), false).await.ok()??;
    from_json(&response.text().await.ok()?).ok()
}

/// Keeps the evidence of a check for a while.
pub(crate) async fn keep(evidence: &Evidence, conclusive: bool) -> Result<()> {
    let seconds = if conclusive { CHECK_KEPT_S } else { INCONCLUSIVE_KEPT_S };
    let response = ResponseBuilder::new()
        .with_header("Content-Type", "application/json")?
        .with_header("Cache-Control", &format!("max-age={seconds}"))?
        .fixed(json::to_vec(evidence)?);
    Cache::default().put(CacheKey::Url(key(&evidence.domain)), response).await
}

/// The cache wants an address; this one is never asked for over the network.
fn key(domain: &DomainName) -> String {
    format!("https://evidence.mta-sts-check.invalid/{domain}")
}

/// The saved evidence of a worked example, where there is one.
pub(crate) async fn example(env: &Env, domain: &DomainName) -> Option<Evidence> {
    from_json(&file(env, &format!("/examples/{domain}.json")).await?).ok()
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
