//! `cargo xtask start`: everything built and served on this machine.

use std::process::Stdio;

use anyhow::{Context, Result};

use crate::serve::{self, Server};
use crate::{build, generate};

const DEFAULT_PORT: u16 = 8787;

/// Builds, serves, and says what to open; until Ctrl-C.
pub(crate) fn run() -> Result<()> {
    let port = match std::env::var("PORT") {
        Ok(text) => text.parse().with_context(|| format!("PORT is “{text}”, and must be a number from 1 to 65535."))?,
        Err(_) => DEFAULT_PORT,
    };
    serve::ensure_free(port)?;
    build::all()?;
    let server = Server::start(port, None, Stdio::null())?;
    println!("\nmta-sts-check is at http://localhost:{port}\n\nWorked examples, which answer with no internet:");
    for example in generate::example_links() {
        println!("  http://localhost:{port}/check?domain={:<30} {}", example.domain, example.title);
    }
    println!("\nThe API:  curl 'http://localhost:{port}/api/v1/check?domain=protected.example'\nCtrl-C ends it.");
    server.join()
}
