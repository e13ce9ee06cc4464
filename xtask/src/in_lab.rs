//! What runs inside the lab: the real Worker under workerd, asked about domains of a small real internet.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::serve::Server;
use crate::tool::{command, free_port, output, run, target_dir};

/// Delay of every server's answer when rounds are counted, in milliseconds.
pub(crate) const DELAY_MS: u32 = 50;

/// The domain whose rounds are counted: signed, enforced, with two MX hosts and reports to another domain.
const ROUNDS_DOMAIN: &str = "well-signed.com";

/// The section of `wrangler.toml` with limits that a test run does not reach.
const ENVIRONMENT: &str = "lab";

/// Builds the lab and runs one of our own tasks in it.
pub(crate) fn enter(task: &str, delay_ms: Option<u32>) -> Result<()> {
    run(command("cargo").args(["build", "--quiet", "-p", "lab"]))?;
    let mut lab = command(&lab_program());
    lab.arg("exec");
    if let Some(delay_ms) = delay_ms {
        lab.args(["--delay-ms", &delay_ms.to_string()]);
    }
    run(lab.arg("--").arg(std::env::current_exe()?).args(["in-lab", task]))
}

/// Scenarios against the API, then the browser's tests.
pub(crate) fn test() -> Result<()> {
    let server = Server::start(free_port()?, Some(ENVIRONMENT), Stdio::null())?;
    run(command(&lab_program()).args(["check", "--endpoint", &server.url()]))?;
    run(command("npm").args(["run", "--silent", "test:browser"]).env("BASE_URL", server.url()))
}

/// How many sequential rounds of lookups a check takes: its time, with every answer delayed, over the delay.
pub(crate) fn rounds() -> Result<()> {
    const RUNS: usize = 9;
    let server = Server::start(free_port()?, Some(ENVIRONMENT), Stdio::null())?;
    let url = format!("{}/api/v1/evidence?domain={ROUNDS_DOMAIN}", server.url());
    let mut times = Vec::new();
    // The first check finds the resolver and the connections cold, which is not what is counted.
    for _ in 0..=RUNS {
        let began = Instant::now();
        let body = output(command("curl").args(["--silent", "--fail", "--header", "Cache-Control: no-cache", &url]))?;
        times.push(began.elapsed());
        if !body.contains("observations") {
            bail!("{ROUNDS_DOMAIN} was not checked: {body}");
        }
    }
    let cold = times.remove(0);
    times.sort();
    let (best, median) = (times[0], times[RUNS / 2]);
    let delay = Duration::from_millis(DELAY_MS.into());
    let in_delays = |time: Duration| time.as_secs_f64() / delay.as_secs_f64();
    println!("rounds of lookups, each answer delayed by {DELAY_MS} ms, {RUNS} fresh checks of {ROUNDS_DOMAIN}");
    for (name, time) in [("fastest", best), ("median", median), ("first, resolver cold", cold)] {
        println!("{name:<36} {:>7} ms {:>8.2} rounds", time.as_millis(), in_delays(time));
    }
    // Two rounds and what the machine itself takes; three would be a lookup that waits for one it need not.
    if in_delays(best) >= 3.0 {
        bail!("A check takes more than two rounds of lookups.");
    }
    Ok(())
}

fn lab_program() -> String {
    target_dir().join("debug/lab").display().to_string()
}
