//! How many fresh checks may be asked for: by client, and by target.

use mta_sts_core::name::DomainName;
use worker::{Env, Request};

/// Whether a fresh check may be made. Where a binding is missing there is no limit.
pub(crate) async fn permits(request: &Request, env: &Env, domain: &DomainName) -> bool {
    let client = request.headers().get("CF-Connecting-IP").ok().flatten().unwrap_or_default();
    permits_key(env, "CLIENT_LIMIT", client).await && permits_key(env, "TARGET_LIMIT", domain.to_string()).await
}

async fn permits_key(env: &Env, binding: &str, key: String) -> bool {
    let Ok(limiter) = env.rate_limiter(binding) else { return true };
    // A limiter that fails must not take the service with it.
    limiter.limit(key).await.map_or(true, |outcome| outcome.success)
}
