//! `cargo xtask api`, and the step `api` of the tests: the API held to its own description. That is linted, its examples and
//! schemas are compared with real answers, and schemathesis tries whatever it allows and forbids.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use mta_sts_core::api::DESCRIPTION_FILE;

use crate::digest::digest;
use crate::serve::{Server, with_cut_off_server};
use crate::tool::{command, output, root, run, target_dir};
use crate::{build, generate};

/// What is installed, each with its hash.
const PACKAGES: &str = "e2e/schemathesis.txt";

/// How schemathesis goes about it, with the seed of the tests.
const CONFIGURATION: &str = "e2e/schemathesis.toml";

/// Requests that are made up for each operation in the tests, besides those that its schemas name: some twenty seconds.
const EXAMPLES: &str = "40";

/// How long it is tried when nobody says, in seconds.
const SECONDS: u32 = 60;

/// The description is clean, the answers are as it says, and so is whatever else is asked: always the same.
pub(crate) fn check() -> Result<()> {
    lint()?;
    let schemathesis = schemathesis()?;
    with_cut_off_server(|server| {
        run(command("npm").args(["run", "--silent", "test:api"]).env("BASE_URL", server.url()))?;
        run(try_all(&schemathesis, server).args(["--max-examples", EXAMPLES]))
    })
}

/// Tries other requests than the tests do, for as many seconds as one likes. The seed is told, to try them again.
pub(crate) fn try_for(arguments: &[&str]) -> Result<()> {
    let seconds = match arguments {
        [] => SECONDS,
        [seconds] => seconds.parse().with_context(|| format!("{seconds} is no number of seconds"))?,
        _ => bail!("cargo xtask api [SECONDS]"),
    };
    build::all()?;
    generate::check()?;
    let schemathesis = schemathesis()?;
    let seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    with_cut_off_server(|server| {
        let mut schemathesis = try_all(&schemathesis, server);
        run(schemathesis.args(["--seed", &seed.to_string(), "--max-time", &seconds.to_string()]))
    })
}

/// Every recommended rule of a public linter, with nothing asked of the internet.
fn lint() -> Result<()> {
    let mut redocly = command("redocly");
    redocly.args(["lint", &description(), "--config", "redocly.yaml"]);
    run(redocly.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"))
}

fn description() -> String {
    format!("{}{DESCRIPTION_FILE}", generate::SITE)
}

fn try_all(program: &PathBuf, server: &Server) -> Command {
    let mut schemathesis = Command::new(program);
    schemathesis.current_dir(root()).args([
        "--config-file",
        CONFIGURATION,
        "run",
        &description(),
        "--url",
        &server.url(),
    ]);
    // A proxy is not asked about loopback, and nothing else is asked.
    schemathesis.env("NO_PROXY", "*");
    schemathesis
}

/// schemathesis at the versions that are pinned, in a Python of its own beside what is built.
fn schemathesis() -> Result<PathBuf> {
    let packages = fs::read(root().join(PACKAGES)).context(PACKAGES)?;
    let python =
        output(command("python3").args(["-c", "import sys; print(sys.version_info[:2] >= (3, 11), sys.version)"]))?;
    let Some(version) = python.strip_prefix("True ") else {
        bail!(
            "Python {} is too old: schemathesis needs Python 3.11 or newer.",
            python.trim_start_matches("False ").trim()
        )
    };
    let place = target_dir()?.join("schemathesis");
    let wanted = digest(&[&packages, version.as_bytes()]);
    let stamp = place.join("installed");
    if !fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("Installing schemathesis…");
        run(command("python3").args(["-m", "venv", "--clear"]).arg(&place))
            .context("Python cannot make an environment of its own; on Debian, the package python3-venv is missing")?;
        let mut pip = Command::new(place.join("bin/pip"));
        pip.current_dir(root()).args(["install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        // Wheels alone: nothing that is downloaded runs before it is asked to.
        pip.args(["--require-hashes", "--only-binary", ":all:", "--requirement", PACKAGES]).stdin(Stdio::null());
        run(&mut pip).context("schemathesis could not be installed")?;
        fs::write(stamp, wanted)?;
    }
    Ok(place.join("bin/schemathesis"))
}
