//! `cargo xtask test`: every test of the project, a step at a time; all are run, and what failed is said at the end.

use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::serve::{with_cut_off_server, with_test_server};
use crate::tool::{NotHere, WASM, command, ensure_npm_packages, ensure_wasm_target, exists, output, root, run};
use crate::{api, build, fuzz, generate, in_lab, reproduce, sizes, supply, work};

/// One step.
struct Step {
    name: &'static str,
    /// Programs that it needs, with the Debian packages that have them.
    needs: &'static [&'static [Need]],
    run: fn() -> Result<()>,
}

struct Need {
    program: &'static str,
    package: &'static str,
}

const LAB: &[Need] = &[
    Need { program: "unshare", package: "util-linux" },
    Need { program: "ip", package: "iproute2" },
    Need { program: "named", package: "bind9" },
    Need { program: "dnssec-signzone", package: "bind9-utils" },
    Need { program: "dig", package: "bind9-dnsutils" },
    Need { program: "unbound", package: "unbound" },
    Need { program: "dnsdist", package: "dnsdist" },
    Need { program: "nginx", package: "nginx" },
    Need { program: "caddy", package: "caddy" },
];

const FUZZ: &[Need] = &[Need { program: "g++", package: "g++" }];

const PYTHON: &[Need] = &[Need { program: "python3", package: "python3-venv" }];

const CURL: &[Need] = &[Need { program: "curl", package: "curl" }];

const BROWSER: &[Need] = &[Need { program: "chromium", package: "chromium" }];

static STEPS: &[Step] = &[
    Step { name: "format", needs: &[], run: || run(command("cargo").args(["fmt", "--all", "--check"])) },
    Step { name: "clippy", needs: &[], run: clippy },
    Step { name: "supply", needs: &[], run: supply::check },
    Step { name: "advisories", needs: &[], run: supply::advisories },
    Step { name: "rust", needs: &[], run: || run(command("cargo").args(["test", "--quiet"]).args(NATIVE)) },
    Step { name: "work", needs: &[], run: || work::count(false) },
    Step { name: "fuzz", needs: &[FUZZ], run: fuzz::briefly },
    Step { name: "generated", needs: &[], run: generate::check },
    Step { name: "build", needs: &[], run: build::all },
    Step { name: "sizes", needs: &[], run: sizes::check },
    Step { name: "reproduce", needs: &[], run: reproduce::run },
    Step { name: "deploy", needs: &[], run: deploy },
    Step { name: "cloudflare", needs: &[], run: cloudflare },
    Step { name: "memory", needs: &[], run: || memory("1000") },
    Step { name: "edge", needs: &[], run: edge },
    Step { name: "api", needs: &[PYTHON, CURL], run: api::check },
    Step { name: "lab", needs: &[LAB], run: || in_lab::enter("scenarios", &[]) },
    Step { name: "crowd", needs: &[LAB], run: || in_lab::enter("crowd", &["--crowd"]) },
    Step { name: "browser", needs: &[LAB, BROWSER], run: || in_lab::enter("browser", &[]) },
    Step { name: "lighthouse", needs: &[BROWSER], run: lighthouse },
];

/// Every crate that runs on this machine; the other three are for WASM alone.
const NATIVE: [&str; 7] = ["--workspace", "--exclude", "mta-sts-web", "--exclude", "mta-sts-edge", "--exclude", "work"];

impl Need {
    fn is_there(&self) -> bool {
        // Debian has Python without what makes an environment of its own.
        let can_venv =
            || command("python3").args(["-c", "import ensurepip"]).status().is_ok_and(|status| status.success());
        exists(self.program) && (self.program != "python3" || can_venv())
    }
}

/// How a step came out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    Skipped,
}

/// Runs the named steps, or all. With `--all`, what is missing is installed, and nothing is skipped but what no machine
/// can be given.
pub(crate) fn steps(arguments: &[&str]) -> Result<ExitCode> {
    let wanted = Wanted::parse(arguments)?;
    ensure_wasm_target()?;
    ensure_npm_packages()?;
    let mut told: Vec<(&str, Outcome, Duration)> = Vec::new();
    for step in &wanted.steps {
        println!("\n── {} ──", step.name);
        let began = Instant::now();
        let outcome = step.outcome(wanted.all);
        println!("{}: {}, {:.1} s", step.name, outcome.word(), began.elapsed().as_secs_f64());
        told.push((step.name, outcome, began.elapsed()));
    }
    println!();
    for (name, outcome, time) in &told {
        println!("{name:<12} {:<8} {:>6.1} s", outcome.word(), time.as_secs_f64());
    }
    let outcomes: Vec<Outcome> = told.iter().map(|(_, outcome, _)| *outcome).collect();
    println!("{}", closing_line(&outcomes));
    Ok(if outcomes.contains(&Outcome::Failed) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What was asked for on the command line.
struct Wanted {
    all: bool,
    steps: Vec<&'static Step>,
}

impl Wanted {
    fn parse(arguments: &[&str]) -> Result<Self> {
        let (options, names): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|argument| argument.starts_with('-'));
        if let Some(unknown) = options.iter().find(|option| **option != "--all") {
            bail!("There is no option {unknown}; the one option is --all.");
        }
        if let Some(unknown) = names.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
            let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            bail!("There is no step “{unknown}”; the steps are {}.", names.join(", "));
        }
        let steps = STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name)).collect();
        Ok(Self { all: !options.is_empty(), steps })
    }
}

impl Step {
    fn outcome(&self, all: bool) -> Outcome {
        let outcome = match self.obstacle(all) {
            Ok(None) => (self.run)().map(|()| Outcome::Passed),
            Ok(Some(reason)) => {
                println!("skipped: {reason}");
                Ok(Outcome::Skipped)
            }
            Err(error) => Err(error),
        };
        outcome.unwrap_or_else(|error| {
            if error.is::<NotHere>() {
                println!("skipped: {error}");
                return Outcome::Skipped;
            }
            println!("{error:#}");
            Outcome::Failed
        })
    }

    /// Why it cannot be run here; with `all` it is made to run, or that is an error.
    fn obstacle(&self, all: bool) -> Result<Option<String>> {
        if self.needs.is_empty() {
            return Ok(None);
        }
        let is_root = output(command("id").arg("-u"))?.trim() == "0";
        if all && is_root && exists("apt-get") && !self.lacking().is_empty() {
            install(&self.lacking())?;
        }
        let in_lab = self.needs.iter().copied().flatten().any(|need| need.program == "unshare");
        let reason = if in_lab && !cfg!(target_os = "linux") {
            format!("{} needs Linux, for a network namespace.", self.name)
        } else if !self.lacking().is_empty() {
            format!("{} needs what these Debian packages have: {}.", self.name, self.lacking().join(", "))
        } else if in_lab && !is_root {
            format!("{} needs root, for a network namespace.", self.name)
        } else {
            return Ok(None);
        };
        if all { Err(anyhow!(reason)) } else { Ok(Some(reason)) }
    }

    /// The packages that are missing.
    fn lacking(&self) -> Vec<&'static str> {
        self.needs.iter().copied().flatten().filter(|need| !need.is_there()).map(|need| need.package).collect()
    }
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

fn closing_line(outcomes: &[Outcome]) -> String {
    let count = |wanted: Outcome| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let skipped = match count(Outcome::Skipped) {
        0 => String::new(),
        skipped => format!(", {skipped} skipped"),
    };
    format!("{} passed, {} failed{skipped}", count(Outcome::Passed), count(Outcome::Failed))
}

fn clippy() -> Result<()> {
    run(command("cargo")
        .args(["clippy", "--quiet"])
        .args(NATIVE)
        .args(["--all-targets", "--all-features"])
        .args(DENY))?;
    for shipped in build::SHIPPED {
        run(command("cargo").args(["clippy", "--quiet", "--target", WASM, "-p"]).args(shipped).args(DENY))?;
    }
    Ok(())
}

const DENY: [&str; 3] = ["--", "-D", "warnings"];

/// What would be sent to Cloudflare is well formed.
fn deploy() -> Result<()> {
    let out = root().join("dist/deploy");
    let mut wrangler = command("wrangler");
    wrangler.args(["deploy", "--dry-run", "--env", "", "--outdir"]).arg(out);
    run(wrangler.env("WRANGLER_SEND_METRICS", "false").stdout(Stdio::null()))
}

/// The Worker as it would be deployed, with Cloudflare's answers and limits played to it.
fn cloudflare() -> Result<()> {
    deploy()?;
    run(command("npm").args(["run", "--silent", "test:cloudflare"]).env("WRANGLER_SEND_METRICS", "false"))
}

/// The memory of the Worker as it would be deployed, over so many checks.
pub(crate) fn memory(checks: &str) -> Result<()> {
    deploy()?;
    let mut npm = command("npm");
    run(npm.args(["run", "--silent", "test:memory"]).env("CHECKS", checks).env("WRANGLER_SEND_METRICS", "false"))
}

/// The Worker, as a script sees it, with no internet.
fn edge() -> Result<()> {
    with_test_server(|server| run(command("npm").args(["run", "--silent", "test:edge"]).env("BASE_URL", server.url())))
}

/// Every page before Lighthouse. Their domains are worked examples, so nothing goes out.
fn lighthouse() -> Result<()> {
    with_cut_off_server(|server| {
        run(command("npm").args(["run", "--silent", "test:lighthouse"]).env("BASE_URL", server.url()))
    })
}

fn install(packages: &[&str]) -> Result<()> {
    println!("Installing {}…", packages.join(", "));
    run(command("apt-get").args(["update", "--quiet=2"]))
        .context("the lists of packages could not be brought up to date")?;
    // The lab starts its own servers; the system's must not run.
    let keep_down = std::path::Path::new("/usr/sbin/policy-rc.d");
    let ours = !keep_down.exists();
    if ours {
        std::fs::write(keep_down, "#!/bin/sh\nexit 101\n")?;
        run(command("chmod").arg("+x").arg(keep_down))?;
    }
    let mut apt = command("apt-get");
    apt.args(["install", "--yes", "--quiet=2", "--no-install-recommends"]).args(packages);
    let installed = run(apt.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()));
    if ours {
        std::fs::remove_file(keep_down)?;
    }
    installed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts_steps_and_names_no_kind_without_any() {
        use Outcome::{Failed, Passed, Skipped};
        assert_eq!(closing_line(&[Passed, Passed]), "2 passed, 0 failed");
        assert_eq!(closing_line(&[Passed, Failed, Skipped]), "1 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn steps_are_chosen_by_name_in_their_own_order() {
        let wanted = Wanted::parse(&["sizes", "--all", "build"]).unwrap();
        let names: Vec<&str> = wanted.steps.iter().map(|step| step.name).collect();
        assert_eq!(names, ["build", "sizes"]);
        assert!(wanted.all);
    }

    #[test]
    fn without_a_name_every_step_is_run() {
        assert_eq!(Wanted::parse(&[]).unwrap().steps.len(), STEPS.len());
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(Wanted::parse(&["labs"]).is_err());
        assert!(Wanted::parse(&["--al"]).is_err());
    }
}
