//! Every task of the project: `cargo xtask start | test | build | bench | generate`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks on its standard streams")]

mod bench;
mod build;
mod generate;
mod in_lab;
mod serve;
mod sizes;
mod start;
mod test;
mod tool;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask start              build, and serve the site, the widget and the API at http://localhost:8787 (or PORT)
cargo xtask test [--all] [S…]  run every test, or the named steps; --all installs what is missing, and skips nothing
cargo xtask build              build what is shipped, into dist/
cargo xtask bench              measure parsing, evaluation, rounds of lookups, and sizes
cargo xtask generate [--check] write the files that are made from Rust, or say which are stale";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["start"] => start::run(),
        ["build"] => build::all().map(drop),
        ["test", rest @ ..] => test::steps(rest),
        ["bench"] => bench::run(),
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        // What `test` and `bench` run of themselves inside the lab's network namespace.
        ["in-lab", "test"] => in_lab::test(),
        ["in-lab", "rounds"] => in_lab::rounds(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
