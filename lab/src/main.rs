//! A small real internet in a network namespace, for tests: BIND with a signed root and every zone below it, a validating
//! resolver, a `DoH` server under the name of the real one, and policy hosts with every fault that the scenarios ask for.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for people, whose output is its purpose")]

mod address;
mod canary;
mod certificate;
mod check;
mod crowd;
mod forgery;
mod hierarchy;
mod http;
mod internet;
mod namespace;
mod policy_host;
mod probe;
mod relay;
mod scenario;
mod scenarios;
mod server;
mod signing;
mod tally;
mod web_server;
mod zone;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

const USAGE: &str = "\
usage: lab exec [--delay-ms N] [--crowd] [--keep] -- COMMAND [ARGUMENT…]
           run COMMAND inside the lab's internet; every answer is delayed by N ms
       lab check --endpoint URL [--only NAME]
           ask the Worker at URL about every scenario and judge its answers (inside the lab)
       lab crowd --endpoint URL
           have hundreds ask the Worker at URL at once (inside a lab that was started with --crowd)
       lab list
           the scenarios: name, domain, description";

/// What went wrong, as one sentence.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let command = arguments.next().unwrap_or_default();
    let outcome = match command.to_str() {
        Some("exec") => ExecOptions::parse(arguments).and_then(|options| namespace::run(&options)),
        // What `exec` starts as the first process of the namespace.
        Some(namespace::INSIDE) => ExecOptions::parse(arguments).and_then(|options| internet::run(&options)),
        Some("check") => {
            CheckOptions::parse(arguments).and_then(|options| check::run(&options.endpoint, options.only.as_deref()))
        }
        Some("crowd") => CheckOptions::parse(arguments).and_then(|options| crowd::run(&options.endpoint)),
        Some("list") => {
            list();
            Ok(ExitCode::SUCCESS)
        }
        Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(USAGE.into()),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("lab: {error}");
        ExitCode::from(2)
    })
}

fn list() {
    for scenario in scenarios::all() {
        println!("{:34} {:38} {}", scenario.name, scenario.asked, scenario.about);
    }
}

/// How the lab is to run, and what in it.
struct ExecOptions {
    delay: Duration,
    /// Have the crowd's domains and their faults, in place of the scenarios.
    crowd: bool,
    /// Leave the directory of configuration and logs behind.
    keep: bool,
    command: Vec<OsString>,
}

impl ExecOptions {
    fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Self> {
        let mut options = Self { delay: Duration::ZERO, crowd: false, keep: false, command: Vec::new() };
        loop {
            let argument = arguments.next().ok_or("say what to run, after `--`")?;
            match argument.to_str() {
                Some("--delay-ms") => {
                    options.delay = Duration::from_millis(value(&mut arguments, "--delay-ms")?.parse()?);
                }
                Some("--crowd") => options.crowd = true,
                Some("--keep") => options.keep = true,
                Some("--") => break,
                _ => {
                    return Err(format!("unknown argument {}; the command comes after `--`", argument.display()).into());
                }
            }
        }
        options.command = arguments.collect();
        if options.command.is_empty() {
            return Err("say what to run, after `--`".into());
        }
        Ok(options)
    }
}

struct CheckOptions {
    endpoint: String,
    only: Option<String>,
}

impl CheckOptions {
    fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Self> {
        let (mut endpoint, mut only) = (None, None);
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--endpoint") => endpoint = Some(value(&mut arguments, "--endpoint")?),
                Some("--only") => only = Some(value(&mut arguments, "--only")?),
                _ => return Err(format!("unknown argument {}", argument.display()).into()),
            }
        }
        Ok(Self { endpoint: endpoint.ok_or("say where the Worker is: --endpoint http://127.0.0.1:8787")?, only })
    }
}

fn value(arguments: &mut impl Iterator<Item = OsString>, option: &str) -> Result<String> {
    let value = arguments.next().ok_or_else(|| format!("{option} needs a value"))?;
    value.into_string().map_err(|value| format!("{option}: {} is not UTF-8", value.display()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<ExecOptions> {
        ExecOptions::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_delay_and_a_command_are_understood() {
        let options = parse(&["--delay-ms", "50", "--", "sh", "-c", "exit 3"]).unwrap();
        assert_eq!(options.delay, Duration::from_millis(50));
        assert_eq!(options.command, ["sh", "-c", "exit 3"]);
    }

    #[test]
    fn a_missing_command_is_refused() {
        assert!(parse(&["--delay-ms", "50"]).is_err());
        assert!(parse(&["--"]).is_err());
    }
}
