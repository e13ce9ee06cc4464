//! `cargo xtask start`: everything built and served on this machine.

use anyhow::{Result, bail};

use crate::build;
use crate::generate;
use crate::serve::{self, Server};

const DEFAULT_PORT: u16 = 8787;

/// Builds, serves, and says what to open; until Ctrl-C.
pub(crate) fn run() -> Result<()> {
    let port = port(std::env::var("PORT").ok().as_deref())?;
    // Before a build of minutes, not after it.
    serve::ensure_free(port)?;
    build::all()?;
    let server = Server::start(port)?;
    println!("\nmta-sts-check is at http://localhost:{port}\n\nWorked examples, which answer with no internet:");
    for example in generate::example_links() {
        println!("  http://localhost:{port}/check?domain={:<30} {}", example.domain, example.title);
    }
    println!("\nThe API:  curl 'http://localhost:{port}/api/v1/check?domain=protected.example'\nCtrl-C ends it.");
    server.join()
}

fn port(wanted: Option<&str>) -> Result<u16> {
    match wanted.map(str::parse) {
        None => Ok(DEFAULT_PORT),
        Some(Ok(port @ 1..)) => Ok(port),
        Some(_) => bail!("PORT is “{}”, and must be a number from 1 to 65535.", wanted.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_a_number_or_a_sentence() {
        assert_eq!(port(None).unwrap(), 8787);
        assert_eq!(port(Some("9000")).unwrap(), 9000);
        for wrong in ["", "0", "65536", "http"] {
            let error = port(Some(wrong)).unwrap_err().to_string();
            assert_eq!(error, format!("PORT is “{wrong}”, and must be a number from 1 to 65535."));
        }
    }
}
