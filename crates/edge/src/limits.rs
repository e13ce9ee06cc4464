//! How much may be asked for: by client, and of a target. Core says whom to count as one.

use mta_sts_core::api::RETRY_AFTER_S;
use mta_sts_core::api::problem::Problem;
use mta_sts_core::lookup::limits::{client_of, target_of};
use mta_sts_core::name::DomainName;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::{Env, Request};

#[wasm_bindgen(module = "/src/limits.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn permits(env: &JsValue, binding: &str, key: &str) -> Result<JsValue, JsValue>;
}

/// Counts a fresh check, and says why it may not be made. Where a binding is missing there is no limit.
pub(crate) async fn permit(request: &Request, env: &Env, domain: &DomainName) -> Result<(), Problem> {
    if !permits_key(env, "CLIENT_LIMIT", &client(request, env)).await {
        return Err(Problem::too_many_by_client(domain, RETRY_AFTER_S));
    }
    if !permits_target(env, domain.as_str()).await {
        return Err(Problem::too_many_of_domain(domain, RETRY_AFTER_S));
    }
    Ok(())
}

/// Counts something that was sent to be judged.
pub(crate) async fn permit_sent(request: &Request, env: &Env) -> Result<(), Problem> {
    if permits_key(env, "SENT_LIMIT", &client(request, env)).await {
        return Ok(());
    }
    Err(Problem::too_many_sent(RETRY_AFTER_S))
}

/// Counts a check that asks servers of the name's owner.
pub(crate) async fn permits_target(env: &Env, name: &str) -> bool {
    permits_key(env, "TARGET_LIMIT", target_of(name)).await
}

/// Whether Cloudflare runs this Worker. The configuration says so: a header would be said by whoever asks.
pub(crate) fn on_cloudflare(env: &Env) -> bool {
    env.var("PLATFORM").is_ok_and(|platform| platform.to_string() == "cloudflare")
}

/// Cloudflare says who asks, in a header that it takes from nobody else. Elsewhere nobody is known, and all are one.
fn client(request: &Request, env: &Env) -> String {
    let address = on_cloudflare(env).then(|| request.headers().get("CF-Connecting-IP").ok().flatten());
    client_of(&address.flatten().unwrap_or_default())
}

async fn permits_key(env: &Env, binding: &str, key: &str) -> bool {
    // A limiter that fails must not take the service with it.
    permits(env, binding, key).await.ok().and_then(|permitted| permitted.as_bool()).unwrap_or(true)
}
