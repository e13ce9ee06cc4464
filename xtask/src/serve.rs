//! The Worker under workerd, with the site beside it, on this machine.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::child::Group;
use crate::tool::{command, root};

/// How long workerd may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running development server; it ends when this is dropped.
pub(crate) struct Server {
    group: Group,
    port: u16,
}

impl Server {
    /// Starts the built Worker on a port of loopback, and waits until it answers. `environment` is a section of
    /// `wrangler.toml`.
    pub(crate) fn start(port: u16, environment: Option<&str>) -> Result<Self> {
        let mut command = command("wrangler");
        command.args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string(), "--inspector-port", "0"]);
        command.args(["--show-interactive-dev-session=false", "--log-level", "warn"]);
        command.args(["--env", environment.unwrap_or_default()]);
        // Each server has a cache of its own, fresh at its start.
        let state = root().join(format!(".wrangler/state-{port}"));
        let _ = std::fs::remove_dir_all(&state);
        command.arg("--persist-to").arg(state);
        command.env("WRANGLER_SEND_METRICS", "false").env("CI", "true").stdin(Stdio::null()).stdout(Stdio::null());
        let mut server = Self { group: Group::spawn(&mut command)?, port };
        server.wait_until_it_answers()?;
        Ok(server)
    }

    /// Its address, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The whole answer to a GET, head and body as they were sent, where it is a 200.
    pub(crate) fn get(&self, path: &str, headers: &str) -> Result<String> {
        get(self.port, path, headers)
    }

    /// Waits until it ends by itself, which it should not.
    pub(crate) fn join(mut self) -> Result<()> {
        let status = self.group.wait()?;
        bail!("wrangler ended ({status}).")
    }

    fn wait_until_it_answers(&mut self) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(status) = self.group.ended()? {
                bail!("wrangler ended before it answered ({status}).");
            }
            // The catalogue needs no lookup.
            if get(self.port, "/api/v1/rules", "").is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("wrangler did not answer within {} seconds.", PATIENCE.as_secs())
    }
}

/// Fails in one sentence where somebody listens on the port already.
pub(crate) fn ensure_free(port: u16) -> Result<()> {
    let Err(error) = TcpListener::bind(("127.0.0.1", port)) else { return Ok(()) };
    let other = port.checked_add(1).unwrap_or(port - 1).max(1024);
    let way_out = format!("choose another, as in `PORT={other} cargo xtask start`.");
    if error.kind() == ErrorKind::AddrInUse {
        bail!("Port {port} is in use: stop what runs there, or {way_out}");
    }
    bail!("Port {port} cannot be listened on ({error}): {way_out}")
}

/// A port of loopback that nobody listens on.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn get(port: u16, path: &str, headers: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.write_all(
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n").as_bytes(),
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    if !answer.starts_with("HTTP/1.1 200") {
        bail!("{path} was answered with {}", answer.lines().next().unwrap_or("nothing"));
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_one_sentence_with_a_way_out() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = ensure_free(port).unwrap_err().to_string();
        assert!(error.starts_with(&format!("Port {port} is in use")) && !error.contains('\n'), "{error}");
    }

    #[test]
    fn a_free_port_is_free() {
        ensure_free(free_port().unwrap()).unwrap();
    }
}
