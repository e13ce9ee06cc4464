//! `cargo xtask bench`: what the design has budgets for.

use anyhow::Result;

use crate::{build, in_lab, sizes, tool};

/// Measures parsing and evaluation in native code, rounds of lookups in the lab, and sizes.
pub(crate) fn run() -> Result<()> {
    build::all()?;
    tool::run(tool::command("cargo").args([
        "run",
        "--quiet",
        "--release",
        "-p",
        "mta-sts-core",
        "--example",
        "bench",
        "--features",
        "scenario",
    ]))?;
    println!();
    in_lab::enter("rounds", &["--delay-ms", &in_lab::DELAY_MS.to_string()])?;
    println!();
    sizes::check()
}
