//! The Worker under workerd, with the site beside it, on this machine.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::child::Group;
use crate::tool::{command, root};

/// How long workerd may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// The section of `wrangler.toml` with limits that a test run does not reach.
const TESTS: &str = "lab";

/// Here workerd runs by itself.
const ALONE: &[&str] = &["--var", "PLATFORM:"];

/// How much of what a test's server said is shown where the test failed.
const SHOWN_LINES: usize = 40;

/// A running development server; it ends when this is dropped.
pub(crate) struct Server {
    group: Group,
    port: u16,
    /// Its cache and its log.
    folder: PathBuf,
}

/// Runs a test against a server of its own. What workerd says, of certificates that are wrong on purpose too, is shown
/// only where the test fails.
pub(crate) fn with_test_server(test: impl FnOnce(&Server) -> Result<()>) -> Result<()> {
    with_server(&[], test)
}

/// Runs a test against a server of its own whose resolver is not there: whatever is asked of it, nothing goes out.
pub(crate) fn with_cut_off_server(test: impl FnOnce(&Server) -> Result<()>) -> Result<()> {
    let nobody = format!("DOH_ENDPOINT:http://127.0.0.1:{}/dns-query", free_port()?);
    with_server(&["--var", &nobody], test)
}

/// Runs a test against a server of its own, with the limits of one that is deployed.
pub(crate) fn with_limited_server(test: impl FnOnce(&Server) -> Result<()>) -> Result<()> {
    with_environment("", ALONE, test)
}

/// Runs a test against a server of its own, with arguments for wrangler.
pub(crate) fn with_server(arguments: &[&str], test: impl FnOnce(&Server) -> Result<()>) -> Result<()> {
    with_environment(TESTS, arguments, test)
}

fn with_environment(environment: &str, arguments: &[&str], test: impl FnOnce(&Server) -> Result<()>) -> Result<()> {
    let server = Server::spawn(free_port()?, environment, arguments, true)?;
    let log = server.folder.join("log");
    let result = server.wait_until_it_answers().and_then(|server| test(&server));
    if result.is_err() {
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
        println!("The server said last:\n{}", lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n"));
    }
    let _ = std::fs::remove_dir_all(log.parent().unwrap_or(&log));
    result
}

impl Server {
    /// Starts the built Worker on a port of loopback, and waits until it answers.
    pub(crate) fn start(port: u16) -> Result<Self> {
        Self::spawn(port, "", ALONE, false)?.wait_until_it_answers()
    }

    /// `environment` is a section of `wrangler.toml`, or nothing for the whole of it; `arguments` are wrangler's.
    fn spawn(port: u16, environment: &str, arguments: &[&str], to_log: bool) -> Result<Self> {
        let folder = root().join(format!(".wrangler/dev-{port}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let mut command = command("wrangler");
        command.args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string(), "--inspector-port", "0"]);
        command.args(["--show-interactive-dev-session=false", "--log-level", "warn", "--env", environment]);
        command.arg("--persist-to").arg(folder.join("state")).args(arguments);
        command.env("WRANGLER_SEND_METRICS", "false").env("WRANGLER_WRITE_LOGS", "false").env("CI", "true");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        if to_log {
            command.stderr(File::create(folder.join("log"))?);
        }
        let group = Group::spawn(&mut command).context("wrangler could not be started")?;
        Ok(Self { group, port, folder })
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

    fn wait_until_it_answers(mut self) -> Result<Self> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(status) = self.group.ended()? {
                bail!("wrangler ended before it answered ({status}).");
            }
            // The catalogue needs no lookup.
            if get(self.port, "/api/v1/rules", "").is_ok() {
                return Ok(self);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("wrangler did not answer within {} seconds.", PATIENCE.as_secs())
    }
}

/// Fails in one sentence where somebody listens on the port already, be it under the other address of localhost alone:
/// a browser may go there.
pub(crate) fn ensure_free(port: u16) -> Result<()> {
    let other = port.checked_add(1).unwrap_or(port - 1).max(1024);
    let way_out = format!("choose another, as in `PORT={other} cargo xtask start`.");
    for (address, family) in [(IpAddr::from(Ipv4Addr::LOCALHOST), "IPv4"), (IpAddr::from(Ipv6Addr::LOCALHOST), "IPv6")]
    {
        let address = SocketAddr::new(address, port);
        // Some systems let a second program listen at one address of a port whose first listens at all.
        let answers = TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok();
        let error = TcpListener::bind(address).err();
        if answers || error.as_ref().is_some_and(|error| error.kind() == ErrorKind::AddrInUse) {
            bail!("Port {port} is in use over {family} ({address}): stop what runs there, or {way_out}");
        }
        // Not every machine has IPv6, and the server does without.
        if let Some(error) = error.filter(|_| address.is_ipv4()) {
            bail!("Port {port} cannot be listened on ({error}): {way_out}")
        }
    }
    Ok(())
}

/// A port of loopback that nobody listens on.
fn free_port() -> Result<u16> {
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
        for (address, family) in [("127.0.0.1", "IPv4"), ("0.0.0.0", "IPv4"), ("::1", "IPv6")] {
            // A machine without IPv6 has no such port.
            let Ok(taken) = TcpListener::bind((address, 0)) else { continue };
            let port = taken.local_addr().unwrap().port();
            let error = ensure_free(port).unwrap_err().to_string();
            assert!(error.starts_with(&format!("Port {port} is in use over {family}")), "{error}");
            assert!(error.contains("`PORT=") && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn a_free_port_is_free() {
        ensure_free(free_port().unwrap()).unwrap();
    }
}
