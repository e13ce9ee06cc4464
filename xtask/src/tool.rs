//! Running other programs, and having what they need.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::child;
use crate::digest::digest;

/// The WASM target of both shells.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The oldest Node.js that installs the packages; what runs them is one of the packages.
const OLDEST_NODE: u32 = 18;

/// What npm calls a network that is not there.
pub(crate) const NO_NETWORK: [&str; 8] = [
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ERR_SOCKET_TIMEOUT",
];

/// Why a step does not say all that it is there to say, though nothing was found: it hangs on somebody whom this machine
/// cannot reach, and nothing that could be installed would change that.
#[derive(Debug)]
pub(crate) struct NotHere(pub(crate) String);

impl std::fmt::Display for NotHere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotHere {}

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository")
}

/// Where cargo puts what it builds, wherever that is configured: this program is in it too.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    Ok(this.ancestors().nth(2).context("xtask is not where cargo builds it")?.to_owned())
}

/// A command in the repository's root that finds the npm packages' programs first: wrangler needs a newer Node than
/// the machine may have, and one of the packages is Node.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    let path = std::env::var("PATH").unwrap_or_default();
    command.current_dir(root()).env("PATH", format!("{}:{path}", root().join("node_modules/.bin").display()));
    command
}

/// Runs a command to its end; an error where it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = name(command);
    let status = child::status(command).map_err(|error| not_run(&name, &error))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs a command to its end and takes its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = name(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_run(&name, &error))?;
    if !output.status.success() {
        bail!("{name} failed ({})", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is to be found; servers are where only root looks.
pub(crate) fn exists(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]).any(|dir| dir.join(program).is_file())
}

/// Adds the WASM target where it is missing.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let libdir = output(command("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(libdir.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("Adding Rust's target {WASM}…");
    let added = command("rustup").args(["target", "add", WASM]).output().map_err(|error| not_run("rustup", &error))?;
    if !added.status.success() {
        let reason = last_line(&added.stderr);
        bail!("Rust's target {WASM} could not be added; is there a network connection? rustup says: {reason}");
    }
    Ok(())
}

/// Installs the npm packages where they are missing or others than the lock file has.
pub(crate) fn ensure_npm_packages() -> Result<()> {
    let lock = fs::read(root().join("package-lock.json")).context("package-lock.json cannot be read")?;
    let wanted = digest(&[&lock]);
    let stamp = root().join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    ensure_node()?;
    eprintln!("Installing npm packages…");
    let output = command("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        // Without a network the answer should not take minutes.
        .args(["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"])
        // Playwright's own browsers are not used: the tests run the system's Chromium.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .output()
        .map_err(|error| not_run("npm", &error))?;
    if !output.status.success() {
        bail!(npm_failed(&String::from_utf8_lossy(&output.stderr)));
    }
    if !Command::new(root().join("node_modules/.bin/node"))
        .arg("--version")
        .output()
        .is_ok_and(|node| node.status.success())
    {
        bail!(
            "npm installed its package `node` without the program: set npm's `ignore-scripts` to false, then run this again."
        );
    }
    Ok(fs::write(stamp, wanted)?)
}

fn ensure_node() -> Result<()> {
    let node = command("node").arg("--version").output().map_err(|error| not_run("node", &error))?;
    let version = String::from_utf8_lossy(&node.stdout).trim().to_owned();
    if !exists("npm") {
        bail!(missing("npm"));
    }
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => {
            bail!("Node.js {version} is too old: install Node.js {OLDEST_NODE} or newer with npm, then run this again.")
        }
    }
}

/// The first number of a version such as `v20.1.0`.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// One sentence on why npm installed nothing.
fn npm_failed(stderr: &str) -> String {
    if NO_NETWORK.iter().any(|code| stderr.contains(code)) {
        return "The npm packages could not be downloaded: connect this machine to the network, then run this again."
            .to_owned();
    }
    // The line after the error's code tells most.
    let said =
        stderr.lines().filter_map(|line| line.strip_prefix("npm error ")).find(|line| !line.starts_with("code "));
    format!("The npm packages could not be installed; npm says: {}", said.unwrap_or("nothing").trim())
}

fn not_run(program: &str, error: &std::io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow::anyhow!(missing(program)),
        _ => anyhow::anyhow!("{program} could not be run: {error}"),
    }
}

/// Says what to install.
fn missing(program: &str) -> String {
    match program {
        "npm" | "node" => {
            format!("{program} was not found: install Node.js {OLDEST_NODE} or newer with npm, then run this again.")
        }
        "rustup" | "rustc" | "cargo" => {
            format!("{program} was not found: install Rust with rustup, then run this again.")
        }
        "wrangler" | "esbuild" | "wasm-opt" => {
            format!("{program} is not among the npm packages: delete the folder node_modules, then run this again.")
        }
        other => format!("{other} was not found: install it, then run this again."),
    }
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn last_line(text: &[u8]) -> String {
    String::from_utf8_lossy(text).lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_without_a_network_is_one_plain_sentence() {
        let said = "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error errno EAI_AGAIN\n";
        assert_eq!(
            npm_failed(said),
            "The npm packages could not be downloaded: connect this machine to the network, then run this again."
        );
    }

    #[test]
    fn another_failure_of_npm_is_told_in_its_words() {
        let said = "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when in sync\n";
        assert!(
            npm_failed(said).ends_with("npm says: `npm ci` can only install packages when in sync"),
            "{}",
            npm_failed(said)
        );
    }

    #[test]
    fn a_missing_program_is_one_plain_sentence() {
        let error = run(&mut Command::new("no-such-program")).unwrap_err();
        assert_eq!(format!("{error:#}"), "no-such-program was not found: install it, then run this again.");
    }

    #[test]
    fn versions_of_node_are_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("not a version"), None);
    }
}
