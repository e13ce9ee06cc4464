//! The Worker under workerd, with the site beside it, on this machine.

use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::tool::{command, root};

/// How long workerd may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running development server; it ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Starts the built Worker on a port of loopback, and waits until it answers. `environment` is a section of
    /// `wrangler.toml`.
    pub(crate) fn start(port: u16, environment: Option<&str>, log: Stdio) -> Result<Self> {
        let mut command = command("wrangler");
        command.args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string(), "--inspector-port", "0"]);
        command.args(["--show-interactive-dev-session=false", "--log-level", "warn"]);
        if let Some(environment) = environment {
            command.args(["--env", environment]);
        } else {
            command.args(["--env", ""]);
        }
        // Each server has a cache of its own, gone when it ends.
        let state = root().join(format!(".wrangler/state-{port}"));
        let _ = std::fs::remove_dir_all(&state);
        command.arg("--persist-to").arg(state);
        command.env("WRANGLER_SEND_METRICS", "false").env("CI", "true").stdin(Stdio::null());
        // A group of its own, so that workerd ends with it.
        command.stdout(log).stderr(Stdio::inherit()).process_group(0);
        let child = command.spawn().context("wrangler could not be started")?;
        let mut server = Self { child, port };
        server.wait()?;
        Ok(server)
    }

    /// Its address, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Waits until it ends by itself.
    pub(crate) fn join(mut self) -> Result<()> {
        self.child.wait()?;
        Ok(())
    }

    fn wait(&mut self) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                bail!("wrangler ended before it answered ({status})");
            }
            if answers(self.port) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("wrangler did not answer within {} seconds", PATIENCE.as_secs())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status();
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(5) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

/// Whether the Worker itself answers: the catalogue needs no lookup.
fn answers(port: u16) -> bool {
    use std::io::{Read, Write};
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let request = "GET /api/v1/rules HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut start = [0; 12];
    stream.write_all(request.as_bytes()).is_ok() && stream.read_exact(&mut start).is_ok() && start.ends_with(b" 200")
}

/// Fails in one sentence where somebody listens on the port already.
pub(crate) fn ensure_free(port: u16) -> Result<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(_) => bail!(
            "Port {port} is in use: stop what runs there, or choose another, as in `PORT=8788 cargo xtask start`."
        ),
    }
}
