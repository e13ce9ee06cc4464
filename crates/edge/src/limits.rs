//! How many fresh checks may be asked for: by client, and by target.

use mta_sts_core::api::RETRY_AFTER_S;
use mta_sts_core::api::problem::Problem;
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
    let client = request.headers().get("CF-Connecting-IP").ok().flatten().unwrap_or_default();
    if !permits_key(env, "CLIENT_LIMIT", &client).await {
        return Err(Problem::too_many_by_client(domain, RETRY_AFTER_S));
    }
    if !permits_key(env, "TARGET_LIMIT", domain.as_str()).await {
        return Err(Problem::too_many_of_domain(domain, RETRY_AFTER_S));
    }
    Ok(())
}

async fn permits_key(env: &Env, binding: &str, key: &str) -> bool {
    // A limiter that fails must not take the service with it.
    permits(env, binding, key).await.ok().and_then(|permitted| permitted.as_bool()).unwrap_or(true)
}
