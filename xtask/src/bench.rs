//! `cargo xtask bench`: what the design has budgets for.

use anyhow::Result;

use crate::build;
use crate::in_lab;
use crate::serve::with_cut_off_server;
use crate::sizes;
use crate::test;
use crate::tool;
use crate::work;

/// How many checks the memory of the Worker must bear without growing.
const CHECKS: &str = "10000";

/// Measures parsing and evaluation in native code, rounds of lookups in the lab, steps of all work on hostile inputs, and sizes.
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
    work::count(true)?;
    println!();
    sizes::check()
}

/// Measures how long a first check takes in a browser on a slow line with a slow processor.
pub(crate) fn first_result() -> Result<()> {
    build::all()?;
    with_cut_off_server(|server| {
        tool::run(tool::command("npm").args(["run", "--silent", "bench:first-result"]).env("BASE_URL", server.url()))
    })
}

/// Looks at the Worker's memory over ten thousand checks, which takes minutes.
pub(crate) fn memory() -> Result<()> {
    build::all()?;
    test::memory(CHECKS)
}
