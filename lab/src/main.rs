//! A small real internet in a network namespace, for tests: BIND with a signed root and every zone below it, a validating
//! resolver, a `DoH` server under the name of the real one, and policy hosts with every fault that the scenarios ask for.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for people, whose output is its purpose")]

mod address;
mod canary;
mod certificate;
mod check;
mod crowd;
mod error;
mod forgery;
mod hierarchy;
mod http;
mod internet;
mod name_servers;
mod namespace;
mod options;
mod policy_host;
mod probe;
mod process;
mod relay;
mod scenario;
mod scenarios;
mod signing;
mod tally;
mod web_server;
mod zone;

use std::process::ExitCode;

use self::options::{CheckOptions, ExecOptions};

const USAGE: &str = "\
usage: lab exec [--delay-ms N] [--crowd] [--keep] -- COMMAND [ARGUMENT…]
           run COMMAND inside the lab's internet; every answer is delayed by N ms
       lab check --endpoint URL [--only NAME]
           ask the Worker at URL about every scenario and judge its answers (inside the lab)
       lab crowd --endpoint URL
           have hundreds ask the Worker at URL at once (inside a lab that was started with --crowd)
       lab list
           the scenarios: name, domain, description";

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
