//! `cargo xtask fuzz`: inputs that nobody thought of, for as long as one likes.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::tool::{command, exists, root, run, target_dir};

/// A target, and where its first inputs are.
struct Target {
    name: &'static str,
    seeds: &'static str,
}

const TARGETS: [Target; 7] = [
    Target { name: "tls_report", seeds: "fuzz/seeds/tls_report" },
    Target { name: "policy", seeds: "fuzz/seeds/policy" },
    Target { name: "record", seeds: "fuzz/seeds/record" },
    Target { name: "tlsrpt", seeds: "fuzz/seeds/tlsrpt" },
    Target { name: "dns_answer", seeds: "fuzz/seeds/dns_answer" },
    Target { name: "certificate", seeds: "fuzz/seeds/certificate" },
    Target { name: "evidence", seeds: "generated/site/examples" },
];

/// How long a target runs when nobody says.
const SECONDS: u32 = 60;

/// Inputs of each target in the tests, and where they begin: always the same ones.
const RUNS: [&str; 2] = ["-runs=20000", "-seed=8461"];

/// The version of cargo-fuzz that is installed where there is none.
const CARGO_FUZZ: &str = "0.13.2";

/// Runs the target that is named, or all, one after the other; each for so many seconds. Ends at the first input that
/// breaks something, which is left in `fuzz/artifacts`.
pub(crate) fn targets(arguments: &[&str]) -> Result<()> {
    let (targets, seconds) = parse(arguments)?;
    ensure_cargo_fuzz()?;
    for target in targets {
        println!("\n── {}, {seconds} s ──", target.name);
        let corpus = format!("fuzz/corpus/{}", target.name);
        fs::create_dir_all(root().join(&corpus)).with_context(|| corpus.clone())?;
        target.run(&[&corpus], &[&format!("-max_total_time={seconds}")])?;
    }
    Ok(())
}

/// Runs each target over the same few inputs, as a test does: what it finds on the way is kept nowhere.
pub(crate) fn briefly() -> Result<()> {
    ensure_cargo_fuzz()?;
    for target in &TARGETS {
        let corpus = target_dir()?.join("fuzz-corpus").join(target.name);
        let _ = fs::remove_dir_all(&corpus);
        fs::create_dir_all(&corpus)?;
        target.run(&[&corpus.display().to_string()], &[RUNS[0], RUNS[1], "-verbosity=0", "-print_final_stats=0"])?;
        println!("{}: nothing broke", target.name);
    }
    Ok(())
}

fn ensure_cargo_fuzz() -> Result<()> {
    if exists("cargo-fuzz") {
        return Ok(());
    }
    println!("Installing cargo-fuzz…");
    run(command("cargo").args(["install", "--quiet", "cargo-fuzz", "--locked", "--version", CARGO_FUZZ]))
}

impl Target {
    fn run(&self, corpora: &[&str], options: &[&str]) -> Result<()> {
        // Core has no unsafe code, so there is nothing for a sanitizer to see; and without one stable Rust will do.
        let mut fuzz = command("cargo");
        fuzz.args(["fuzz", "run", "--sanitizer", "none", self.name]).args(corpora).arg(self.seeds);
        fuzz.args(["--", "-dict=fuzz/words.dict", "-timeout=10", "-rss_limit_mb=2048"]).args(options);
        run(&mut fuzz)
    }
}

fn parse(arguments: &[&str]) -> Result<(Vec<&'static Target>, u32)> {
    let mut seconds = SECONDS;
    let mut chosen = Vec::new();
    for argument in arguments {
        match (argument.parse(), TARGETS.iter().find(|target| target.name == *argument)) {
            (Ok(number), _) => seconds = number,
            (_, Some(target)) => chosen.push(target),
            _ => {
                let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
                bail!("{argument} is neither a number of seconds nor a target: {}.", names.join(", "));
            }
        }
    }
    if chosen.is_empty() {
        chosen.extend(&TARGETS);
    }
    Ok((chosen, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_and_a_time_are_read_in_any_order() {
        for arguments in [["policy", "300"], ["300", "policy"]] {
            let (chosen, seconds) = parse(&arguments).unwrap();
            assert_eq!((chosen.len(), chosen[0].name, seconds), (1, "policy", 300));
        }
        assert_eq!(parse(&[]).unwrap().0.len(), TARGETS.len());
        assert!(parse(&["polcy"]).is_err());
    }

    #[test]
    fn every_target_is_built_and_has_first_inputs() {
        let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
        assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
        for Target { name, seeds } in TARGETS {
            assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
            assert!(root().join(seeds).read_dir().unwrap().next().is_some(), "{seeds}");
        }
    }
}
