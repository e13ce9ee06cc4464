//! What runs inside the lab: the real Worker under workerd, asked about domains of a small real internet.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::serve::{Server, with_limited_server, with_server, with_test_server};
use crate::tool::{command, run, target_dir};

/// Delay of every server's answer when rounds are counted, in milliseconds.
pub(crate) const DELAY_MS: u32 = 50;

/// The domain whose rounds are counted: signed, enforced, with two MX hosts and reports to another domain.
const ROUNDS_DOMAIN: &str = "well-signed.com";

/// Builds the lab and runs one of our own tasks in it.
pub(crate) fn enter(task: &str, options: &[&str]) -> Result<()> {
    run(command("cargo").args(["build", "--quiet", "-p", "lab"]))?;
    let mut lab = command(&program()?);
    lab.arg("exec").args(options);
    run(lab.arg("--").arg(std::env::current_exe()?).args(["in-lab", task]))
}

/// Every scenario, asked of the API; and then what the servers saw of it.
pub(crate) fn scenarios() -> Result<()> {
    let program = program()?;
    with_test_server(|server| {
        run(command(&program).args(["check", "--endpoint", &server.url()]))?;
        run(command("npm").args(["run", "--silent", "test:lab"]).env("BASE_URL", server.url()))
    })
}

/// Hundreds who ask at once, with as many lookups at once for each as on Cloudflare.
pub(crate) fn crowd() -> Result<()> {
    let program = program()?;
    with_server(&["--var", "LOOKUPS_AT_ONCE:6"], |server| {
        run(command(&program).args(["crowd", "--endpoint", &server.url()]))
    })
}

/// The site and the widget, used in a real browser.
pub(crate) fn browser() -> Result<()> {
    with_test_server(|server| {
        with_limited_server(|limited| {
            let mut npm = command("npm");
            npm.args(["run", "--silent", "test:browser"]).env("BASE_URL", server.url());
            run(npm.env("LIMITED_URL", limited.url()))
        })
    })
}

/// How many sequential rounds of lookups a check takes: its time, with every answer delayed, over the delay.
pub(crate) fn rounds() -> Result<()> {
    with_test_server(count_rounds)
}

fn count_rounds(server: &Server) -> Result<()> {
    const RUNS: usize = 9;
    let path = format!("/api/v1/evidence?domain={ROUNDS_DOMAIN}");
    let mut times = Vec::new();
    // The first check finds the resolver and the connections cold, which is not what is counted.
    for _ in 0..=RUNS {
        let began = Instant::now();
        let answer = server.get(&path, "Cache-Control: no-cache\r\n")?;
        times.push(began.elapsed());
        if !answer.contains("observations") {
            bail!("{ROUNDS_DOMAIN} was not checked: {answer}");
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

fn program() -> Result<String> {
    Ok(target_dir()?.join("debug/lab").display().to_string())
}
