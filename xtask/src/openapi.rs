//! The API's description (`OpenAPI`): what it takes and gives from the Rust types, its addresses and limits from core, and its
//! examples from the worked ones.

mod answer;
mod example;
mod operation;
pub(crate) mod page;
mod schema;
mod shown;
mod value;

use anyhow::Result;
use mta_sts_core::api::Route;
use serde_json::{Map, Value, json};

/// The document. Every route is in it: one that is not does not compile.
pub(crate) fn document() -> Result<Value> {
    let evidence = example::evidence()?;
    let mut paths = Map::new();
    for route in Route::ALL {
        let method = route.methods()[0].to_ascii_lowercase();
        paths.insert(route.path().to_owned(), json!({ method: operation::of(route, &evidence)? }));
    }
    Ok(json!({
        "openapi": operation::VERSION,
        "info": {
            "title": "mta-sts-check",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Is a domain's inbound mail forced to use TLS, and if not, what is to be done?",
            "description": ABOUT,
            "license": { "name": "MIT or Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "Where this document is from." }],
        "security": [],
        "tags": [
            { "name": "domain", "description": "Look a domain up, and say what is so and what to do." },
            { "name": "text", "description": "Judge what you send. Nothing is looked up, and nothing is kept." },
            { "name": "reference", "description": "What there is to know beforehand." },
            { "name": "page", "description": "Answers for a person to look at." },
        ],
        "paths": paths,
        "components": { "schemas": schema::all(), "headers": answer::headers() },
    }))
}

const ABOUT: &str = "\
Checks MTA-STS (RFC 8461), live MX hosts, TLS-RPT (RFC 8460), DANE and DNSSEC of a domain, and says in plain words what is \
wrong and what to do.

A domain that fails its checks is a 200 with findings. Where there is no report to give, the answer is a problem (RFC 9457) \
with a sentence that says what to do; its `type` is the address of a page about it.

Query parameters that are not known are passed over. What answers GET answers HEAD in the same way, without the body. Every \
address answers OPTIONS with a 204 that has `Allow`, and to a page of any origin permits its methods and the headers `Accept`, \
`Cache-Control`, `Content-Type` and `If-None-Match`. Nobody has to sign in, and there are no cookies.

The contract changes only by additions: pass over fields, and events of a stream, that you do not know.";
