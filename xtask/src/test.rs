//! `cargo xtask test`: every test of the project, a step at a time; all are run, and what failed is said at the end.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::serve::Server;
use crate::tool::{WASM, command, ensure_npm_packages, ensure_wasm_target, exists, free_port, output, root, run};
use crate::{build, generate, in_lab, sizes};

/// One step.
struct Step {
    name: &'static str,
    /// Programs that it needs, with the Debian packages that have them.
    needs: &'static [(&'static str, &'static str)],
    run: fn() -> Result<()>,
}

const LAB: &[(&str, &str)] = &[
    ("unshare", "util-linux"),
    ("ip", "iproute2"),
    ("named", "bind9"),
    ("dnssec-signzone", "bind9-utils"),
    ("dig", "bind9-dnsutils"),
    ("unbound", "unbound"),
    ("dnsdist", "dnsdist"),
    ("chromium", "chromium"),
];

static STEPS: &[Step] = &[
    Step { name: "format", needs: &[], run: || run(command("cargo").args(["fmt", "--all", "--check"])) },
    Step { name: "clippy", needs: &[], run: clippy },
    Step {
        name: "rust",
        needs: &[],
        run: || {
            run(command("cargo").args([
                "test",
                "--quiet",
                "--workspace",
                "--exclude",
                "mta-sts-web",
                "--exclude",
                "mta-sts-edge",
            ]))
        },
    },
    Step { name: "generated", needs: &[], run: generate::check },
    Step { name: "build", needs: &[], run: || build::all().map(drop) },
    Step { name: "sizes", needs: &[], run: sizes::check },
    Step { name: "deploy", needs: &[], run: deploy },
    Step { name: "edge", needs: &[], run: edge },
    Step { name: "lab", needs: LAB, run: || in_lab::enter("test", None) },
];

/// Runs the named steps, or all. With `--all`, what is missing is installed, and nothing is skipped.
pub(crate) fn steps(arguments: &[&str]) -> Result<()> {
    let all = arguments.contains(&"--all");
    let named: Vec<&&str> = arguments.iter().filter(|argument| **argument != "--all").collect();
    if let Some(unknown) = named.iter().find(|name| !STEPS.iter().any(|step| step.name == ***name)) {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("There is no step “{unknown}”; the steps are {}.", names.join(", "));
    }
    ensure_wasm_target()?;
    ensure_npm_packages()?;
    let mut told: Vec<(&str, &str, Duration)> = Vec::new();
    for step in STEPS.iter().filter(|step| named.is_empty() || named.iter().any(|name| **name == step.name)) {
        println!("\n── {} ──", step.name);
        let began = Instant::now();
        let result = match obstacle(step, all) {
            Ok(None) => (step.run)().map(|()| "passed"),
            Ok(Some(reason)) => {
                println!("skipped: {reason}");
                Ok("skipped")
            }
            Err(error) => Err(error),
        };
        let word = result.unwrap_or_else(|error| {
            println!("{error:#}");
            "failed"
        });
        told.push((step.name, word, began.elapsed()));
    }
    println!();
    for (name, word, time) in &told {
        println!("{name:<12} {word:<8} {:>6.1} s", time.as_secs_f64());
    }
    let count = |wanted: &str| told.iter().filter(|(_, word, _)| *word == wanted).count();
    let skipped = match count("skipped") {
        0 => String::new(),
        skipped => format!(", {skipped} skipped"),
    };
    println!("{} passed, {} failed{skipped}", count("passed"), count("failed"));
    if count("failed") > 0 { bail!("Some tests failed.") } else { Ok(()) }
}

fn clippy() -> Result<()> {
    run(command("cargo").args([
        "clippy",
        "--quiet",
        "--workspace",
        "--exclude",
        "mta-sts-web",
        "--exclude",
        "mta-sts-edge",
        "--all-targets",
        "--all-features",
        "--",
        "-D",
        "warnings",
    ]))?;
    run(command("cargo").args([
        "clippy",
        "--quiet",
        "--target",
        WASM,
        "-p",
        "mta-sts-web",
        "-p",
        "mta-sts-edge",
        "--",
        "-D",
        "warnings",
    ]))
}

/// What would be sent to Cloudflare is well formed.
fn deploy() -> Result<()> {
    let out = root().join("dist/deploy");
    run(command("wrangler")
        .args(["deploy", "--dry-run", "--env", "", "--outdir"])
        .arg(out)
        .env("WRANGLER_SEND_METRICS", "false")
        .stdout(Stdio::null()))
}

/// The Worker, as a script sees it, with no internet.
fn edge() -> Result<()> {
    let server = Server::start(free_port()?, Some("lab"), Stdio::null())?;
    run(command("npm").args(["run", "--silent", "test:edge"]).env("BASE_URL", server.url()))
}

/// Why a step cannot be run here; with `all` it is made to run, or that is an error.
fn obstacle(step: &Step, all: bool) -> Result<Option<String>> {
    let missing =
        || step.needs.iter().filter(|(program, _)| !exists(program)).map(|(_, package)| *package).collect::<Vec<_>>();
    let is_root = output(command("id").arg("-u"))?.trim() == "0";
    if !missing().is_empty() && all && is_root && exists("apt-get") {
        install(&missing())?;
    }
    let lacking = missing();
    let reason = if !lacking.is_empty() {
        format!("{} needs the packages {}.", step.name, lacking.join(", "))
    } else if !step.needs.is_empty() && !is_root {
        format!("{} needs root, for a network namespace.", step.name)
    } else {
        return Ok(None);
    };
    if all { bail!(reason) } else { Ok(Some(reason)) }
}

fn install(packages: &[&str]) -> Result<()> {
    println!("Installing {}…", packages.join(", "));
    run(command("apt-get").args(["update", "--quiet=2"])).context("apt-get update")?;
    // The lab starts its own servers; the system's must not run.
    let keep_down = std::path::Path::new("/usr/sbin/policy-rc.d");
    let ours = !keep_down.exists();
    if ours {
        std::fs::write(keep_down, "#!/bin/sh\nexit 101\n")?;
        run(command("chmod").arg("+x").arg(keep_down))?;
    }
    let installed = run(command("apt-get")
        .args(["install", "--yes", "--quiet=2", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(Stdio::null()));
    if ours {
        std::fs::remove_file(keep_down)?;
    }
    installed
}
