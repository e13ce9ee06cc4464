//! The Worker: it routes, performs the lookups that core asks for, and answers. What anything means is core's to say,
//! and how it looks is view's.

mod advice;
mod answer;
mod check;
mod input;
mod json;
mod judged;
mod limits;
mod lookups;
mod route;
mod store;
mod under_way;

use rlsf::SmallGlobalTlsf;
use worker::{Context, Env, Request, Response, Result, event};

/// Smaller than the standard library's allocator for WASM, as in the browser.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    route::answer(request, env, context).await
}
