//! Running other programs, and having what they need.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The WASM target of both shells.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository")
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
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
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| missing(&name))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs a command to its end and takes its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stderr(Stdio::inherit()).output().with_context(|| missing(&name))?;
    if !output.status.success() {
        bail!("{name} failed ({})", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is to be found.
pub(crate) fn exists(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]).any(|dir| dir.join(program).is_file())
}

/// Says what to install.
fn missing(program: &str) -> String {
    match program {
        "npm" | "node" => "npm was not found: install Node.js 18 or newer with npm, then run this again.".to_owned(),
        "rustup" | "cargo" => {
            "rustup was not found: install it from https://rustup.rs, then run this again.".to_owned()
        }
        other => format!("{other} was not found"),
    }
}

/// Adds the WASM target where it is missing.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let libdir = output(command("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(libdir.trim()).is_dir() {
        return Ok(());
    }
    run(command("rustup").args(["target", "add", WASM]))
        .context("The WASM target of Rust could not be added; rustup and a network connection are needed for it.")
}

/// Installs the npm packages where they are missing or others than the lock file has.
pub(crate) fn ensure_npm_packages() -> Result<()> {
    let lock = fs::read(root().join("package-lock.json")).context("package-lock.json cannot be read")?;
    let wanted = digest(&[&lock]);
    let stamp = root().join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    for program in ["node", "npm"] {
        if !exists(program) {
            bail!("{}", missing(program));
        }
    }
    eprintln!("Installing npm packages…");
    let output = command("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        // Playwright's own browsers are not used: the tests run the system's Chromium.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .output()
        .context(missing("npm"))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let line = text.lines().find(|line| line.contains("error")).unwrap_or("no reason was given");
        bail!("The npm packages could not be installed; is there a network connection? npm says: {}", line.trim());
    }
    Ok(fs::write(stamp, wanted)?)
}

/// A short name for some bytes, the same in every run.
pub(crate) fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A port of loopback that nobody listens on.
pub(crate) fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
