//! A crowd: a hundred ordinary domains, a tenth of whose policy hosts are dead or slow, a resolver that fails now and then, and
//! hundreds who ask at the same moment.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::error::Result;
use crate::policy_host::{Behaviour, Response};
use crate::scenario::{Scenario, policy};
use crate::zone::Servers;
use crate::{address, http, namespace};

/// How many ask for the hundred domains at the same moment: each is asked for twice.
const ASKING: usize = 200;
const DOMAINS: usize = 100;
/// How many ask for one and the same.
const ASKING_FOR_ONE: usize = 500;
/// The domain that they ask for. Nothing fails in its lookups, so that they can be counted.
const ONE: &str = "everybody-asks.com";

/// By when all but one in a hundred are answered: the eight seconds of a check, and what a busy machine adds.
const LIMIT: Duration = Duration::from_secs(12);

/// Of the resolver's answers for the hundred: how many in a hundred are SERVFAIL, and how many an error of HTTP.
const FAILED_PERCENT: f32 = 1.0;
const REFUSED_PERCENT: f32 = 0.5;
/// One query in so many that reach the relay is never answered.
pub(crate) const SILENT_EVERY: usize = 200;

const STACK: usize = 256 * 1024;

/// The domains, each with its right verdict.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut all: Vec<_> = (0..DOMAINS).map(scenario).collect();
    all.push(Scenario::well("everybodys", ONE, "Asked for by five hundred at once").signed());
    all
}

fn scenario(number: usize) -> Scenario {
    let domain = format!("crowd-{number}.com");
    let well = || Scenario::well("crowd", &domain, "One of a hundred");
    match number % DOMAINS {
        // A tenth: dead and slow ones.
        0 | 10 => well().behaves(Behaviour::SilentBeforeTls).verdict("broken"),
        20 => well().behaves(Behaviour::SilentAfterRequest).verdict("broken"),
        30 => well().without("mta-sts").set("mta-sts", "A", address::POLICY_HOST_DOWN).verdict("broken"),
        40 => well().behaves(Behaviour::HangUp).verdict("broken"),
        50 => well().behaves(Behaviour::RefuseHandshake).verdict("broken"),
        60 | 70 => well().behaves(slow(&domain, 2)),
        80 => well().behaves(slow(&domain, 3)),
        90 => well().served_by(Servers::Silent).verdict("inconclusive"),
        // And what the others are.
        other => match other % 10 {
            1 => well().policy(policy(&domain, "testing")).verdict("testing"),
            2 => well().policy("version: STSv1\nmode: none\nmax_age: 86400\n").verdict("disabled"),
            3 => Scenario::bare("crowd", &domain, "").set("@", "MX", "10 mail").verdict("missing"),
            4 => well().policy(policy("elsewhere.com", "enforce")).verdict("blocking"),
            5 => well().responds(Response::new(404, "text/plain", "Not found\n")).verdict("broken"),
            6 => well().signed(),
            _ => well(),
        },
    }
}

fn slow(domain: &str, seconds: u64) -> Behaviour {
    Behaviour::Delayed(Duration::from_secs(seconds), Response::policy(policy(domain, "enforce")))
}

/// Whether queries for the name may fail.
pub(crate) fn may_fail(name: &str) -> bool {
    name.starts_with("crowd-") || name.contains(".crowd-")
}

/// The faults that dnsdist plays.
pub(crate) fn rules() -> String {
    let mut rules = String::new();
    for (percent, action) in [
        (FAILED_PERCENT, "RCodeAction(DNSRCode.SERVFAIL)"),
        (REFUSED_PERCENT, "HTTPStatusAction(503, \"busy\", \"text/plain\")"),
    ] {
        writeln!(
            rules,
            "addAction(AndRule({{RegexRule(\"(^|\\\\.)crowd-[0-9]+\\\\.com$\"), ProbaRule({})}}), {action})",
            percent / 100.0
        )
        .expect("a String takes all text");
    }
    rules
}

/// Asks, prints the figures, and fails where an answer is wrong, late or not there.
pub(crate) fn run(endpoint: &str) -> Result<ExitCode> {
    let scenarios = scenarios();
    let verdicts: BTreeMap<_, _> = scenarios.iter().map(|one| (one.domain.as_str(), one.verdict)).collect();
    let logs = Logs { directory: std::env::var_os(namespace::DIRECTORY).ok_or("run it inside the lab")?.into() };
    let mut faults = Vec::new();

    let asked: Vec<_> = (0..ASKING).map(|number| scenarios[number % DOMAINS].domain.clone()).collect();
    let answers = ask_at_once(endpoint, &asked);
    println!(
        "{ASKING} checks at once of {DOMAINS} domains, a tenth of the hosts dead or slow, the resolver failing now and then"
    );
    let seen = report(&answers, &verdicts, &mut faults);
    let lookups = logs.count("crowd-")?;
    println!(
        "  lookups at the servers  {} in all, the most for one domain {}",
        lookups.total, lookups.most_of_a_domain
    );
    faults.extend(lookups.repeated.iter().map(|one| format!("{one} was asked more than once")));
    if seen.wrong_by_failure == 0 {
        faults.push("nothing failed, so nothing was shown".to_owned());
    }
    if seen.right * 2 < ASKING {
        faults.push("fewer than half of the answers are right".to_owned());
    }

    let asked: Vec<_> = (0..ASKING_FOR_ONE).map(|_| ONE.to_owned()).collect();
    let answers = ask_at_once(endpoint, &asked);
    println!("{ASKING_FOR_ONE} checks at once of {ONE}");
    let seen = report(&answers, &verdicts, &mut faults);
    let lookups = logs.count("everybody-asks")?;
    println!("  lookups at the servers  {} in all, {} of them at the policy host", lookups.total, lookups.fetches);
    faults.extend(lookups.repeated.iter().map(|one| format!("{one} was asked more than once")));
    if seen.right != ASKING_FOR_ONE {
        faults.push(format!("{} of {ASKING_FOR_ONE} answers are right", seen.right));
    }
    if lookups.fetches != 1 || lookups.total < 8 {
        faults.push("the lookups are not those of one check".to_owned());
    }

    for fault in &faults {
        println!("FAIL  {fault}");
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What one who asked was answered.
struct Told {
    domain: String,
    status: Option<u16>,
    verdict: String,
    /// What speaks against the domain.
    reasons: String,
    took: Duration,
}

/// All of them in the same moment, each over a connection of its own.
fn ask_at_once(endpoint: &str, domains: &[String]) -> Vec<Told> {
    let start = Barrier::new(domains.len());
    thread::scope(|scope| {
        let asking: Vec<_> = domains
            .iter()
            .map(|domain| {
                let start = &start;
                let ask = move || {
                    start.wait();
                    let began = Instant::now();
                    let answer = http::get(endpoint, &format!("/api/v1/check?domain={domain}"));
                    let took = began.elapsed();
                    let (status, body) = answer.map_or_else(
                        |error| (None, error.to_string().into_bytes()),
                        |answer| (Some(answer.status), answer.body),
                    );
                    let report: Value = serde_json::from_slice(&body).unwrap_or_default();
                    let verdict = report["verdict"].as_str().filter(|_| report["domain"] == **domain);
                    let verdict = verdict
                        .map_or_else(|| String::from_utf8_lossy(&body).chars().take(200).collect(), str::to_owned);
                    Told { domain: domain.clone(), status, verdict, reasons: reasons(&report), took }
                };
                thread::Builder::new().stack_size(STACK).spawn_scoped(scope, ask).expect("a thread starts")
            })
            .collect();
        asking.into_iter().map(|one| one.join().expect("asking does not panic")).collect()
    })
}

fn reasons(report: &Value) -> String {
    let findings = report["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let failed = findings.iter().filter(|finding| finding["outcome"] == "fail");
    let told = failed.map(|finding| format!("{} {}", finding["rule"], finding["detail"]));
    format!("{} ms, {}", report["took_ms"], told.collect::<Vec<_>>().join("; "))
}

/// How the answers compare with what is right.
struct Seen {
    right: usize,
    /// Inconclusive, where there is more to know.
    wrong_by_failure: usize,
}

fn report(answers: &[Told], verdicts: &BTreeMap<&str, &str>, faults: &mut Vec<String>) -> Seen {
    let mut seen = Seen { right: 0, wrong_by_failure: 0 };
    let (mut statuses, mut told) = (BTreeMap::new(), BTreeMap::new());
    for Told { domain, status, verdict, reasons, .. } in answers {
        let status = status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        if status != "200" {
            faults.push(format!("{domain}: {status}, {verdict}"));
        } else if verdict == verdicts[domain.as_str()] {
            seen.right += 1;
        } else if verdict == "inconclusive" {
            seen.wrong_by_failure += 1;
        } else {
            let right = verdicts[domain.as_str()];
            faults.push(format!("{domain} is {right}, and was told to be {verdict}: {reasons}"));
        }
        *statuses.entry(status).or_insert(0) += 1;
        *told.entry(verdict.as_str()).or_insert(0) += 1;
    }
    let mut times: Vec<_> = answers.iter().map(|answer| answer.took).collect();
    times.sort();
    let percentile = |percent: usize| times[(times.len() * percent).div_ceil(100) - 1];
    println!("  statuses                {}", listed(&statuses));
    println!("  verdicts                {}", listed(&told));
    println!(
        "  right, open, wrong      {}, {}, {}",
        seen.right,
        seen.wrong_by_failure,
        answers.len() - seen.right - seen.wrong_by_failure
    );
    let ms = |time: Duration| time.as_millis();
    println!(
        "  time, p50 p90 p99 max   {} {} {} {} ms",
        ms(percentile(50)),
        ms(percentile(90)),
        ms(percentile(99)),
        ms(percentile(100))
    );
    if percentile(99) > LIMIT {
        faults.push(format!("one in a hundred took {} ms or more", ms(percentile(99))));
    }
    seen
}

fn listed<K: std::fmt::Display>(counts: &BTreeMap<K, i32>) -> String {
    counts.iter().map(|(what, count)| format!("{what}: {count}")).collect::<Vec<_>>().join(", ")
}

/// What the servers were asked.
struct Logs {
    directory: PathBuf,
}

struct Lookups {
    total: usize,
    fetches: usize,
    most_of_a_domain: usize,
    /// What came more than once.
    repeated: Vec<String>,
}

impl Logs {
    /// What was asked of domains whose name begins so.
    fn count(&self, start: &str) -> Result<Lookups> {
        let mut lookups = Lookups { total: 0, fetches: 0, most_of_a_domain: 0, repeated: Vec::new() };
        let (mut each, mut domains) = (BTreeMap::new(), BTreeMap::new());
        for log in ["queries.log", "fetches.log"] {
            for line in fs::read_to_string(self.directory.join(log))?.lines() {
                let mut words = line.split(' ').skip(1);
                let (Some(name), Some(what)) = (words.next(), words.next()) else { continue };
                // A handshake that failed, and then the look at the certificate.
                if what == "-" {
                    continue;
                }
                let mut labels = name.rsplit('.');
                let Some(label) = labels.nth(1).filter(|label| label.starts_with(start)) else { continue };
                lookups.total += 1;
                lookups.fetches += usize::from(log == "fetches.log");
                *domains.entry(label.to_owned()).or_insert(0) += 1;
                *each.entry(format!("{name} {what}")).or_insert(0) += 1;
            }
        }
        lookups.most_of_a_domain = domains.into_values().max().unwrap_or(0);
        lookups.repeated = each.into_iter().filter(|(_, count)| *count > 1).map(|(one, _)| one).collect();
        Ok(lookups)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_are_dead_or_slow_and_the_rest_are_as_domains_are() {
        let all = scenarios();
        assert_eq!(all.len(), DOMAINS + 1);
        let broken = all.iter().filter(|one| one.verdict == "broken").count();
        assert!((10..30).contains(&broken), "{broken}");
        for verdict in ["enforced", "testing", "disabled", "missing", "blocking", "inconclusive"] {
            assert!(all.iter().any(|one| one.verdict == verdict), "{verdict}");
        }
    }

    #[test]
    fn what_may_fail_is_of_the_hundred() {
        for name in ["crowd-7.com", "mta-sts.crowd-7.com"] {
            assert!(may_fail(name), "{name}");
        }
        for name in ["everybody-asks.com", "_mta-sts.everybody-asks.com", "cloudflare-dns.com"] {
            assert!(!may_fail(name), "{name}");
        }
    }
}
