//! Every task of the project: `cargo xtask start | test | build | reproduce | bench | fuzz | api | generate | imports`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks on its standard streams")]

mod api;
mod bench;
mod build;
mod child;
mod digest;
mod fuzz;
mod generate;
mod imports;
mod in_lab;
mod notices;
mod openapi;
mod place;
mod report_examples;
mod reproduce;
mod search;
mod serve;
mod sizes;
mod start;
mod supply;
mod test;
mod tool;
mod tree;
mod widget;
mod work;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask start              build, and serve the site, the widget and the API at http://localhost:8787 (or PORT)
cargo xtask test [--all] [S…]  run every test, or the named steps; --all installs what is missing, and skips nothing
cargo xtask build              build what is shipped, into dist/
cargo xtask reproduce          build it once more from a copy elsewhere, and compare the two, byte for byte
cargo xtask bench              measure parsing, evaluation, rounds of lookups, and sizes
cargo xtask bench first-result measure a first check in Chromium, on a slow line with a slow processor
cargo xtask bench work         print the steps and bytes of all work on hostile inputs, at n and 2n
cargo xtask bench memory       look at the Worker's memory over 10,000 checks
cargo xtask fuzz [TARGET] [S]   fuzz a target, or each in turn, for 60 or S seconds
cargo xtask api [S]             try the API by its own description, for 60 or S seconds
cargo xtask generate [--check] write the files that are made from Rust, or say which are stale
cargo xtask imports [FOLDER]   say which imports go the wrong way: round in a circle, or up";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = |result: anyhow::Result<()>| result.map(|()| ExitCode::SUCCESS);
    if let Err(error) = child::end_with_us() {
        eprintln!("Signals cannot be waited for: {error}");
        return ExitCode::FAILURE;
    }
    let outcome = match words.as_slice() {
        ["start"] => done(start::run()),
        ["build"] => done(build::all()),
        ["test", rest @ ..] => test::steps(rest),
        ["reproduce"] => done(reproduce::run()),
        ["bench"] => done(bench::run()),
        ["bench", "first-result"] => done(bench::first_result()),
        ["bench", "memory"] => done(bench::memory()),
        ["bench", "work"] => done(work::count(true)),
        ["fuzz", rest @ ..] => done(fuzz::targets(rest)),
        ["api", rest @ ..] => done(api::try_for(rest)),
        ["generate"] => done(generate::write()),
        ["generate", "--check"] => done(generate::check()),
        ["imports", rest @ ..] => done(imports::check(rest)),
        // What `test` and `bench` run of themselves inside the lab's network namespace.
        ["in-lab", "scenarios"] => done(in_lab::scenarios()),
        ["in-lab", "crowd"] => done(in_lab::crowd()),
        ["in-lab", "browser"] => done(in_lab::browser()),
        ["in-lab", "rounds"] => done(in_lab::rounds()),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    child::wait_if_interrupted();
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
