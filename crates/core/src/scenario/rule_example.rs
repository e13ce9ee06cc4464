//! What makes a rule speak: of every rule a scenario in which it does, as a person would look at the domain.

use super::cases::{Scenario, scenarios};
use super::world::{TTL, World};
use crate::evaluate::evaluate;
use crate::evidence::snapshot::Snapshot;
use crate::evidence::{Answer, Cause, Evidence, Handshake, Observation, Outcome, Rcode, Record, Response};
use crate::facts::history;
use crate::lookup::{Lookup, PolicyPath, Question, RecordType, policy_url};
use crate::report::{Finding, Report, Severity};
use crate::rules;
use crate::rules::dns_trouble::extended_error;
use crate::rules::rule::Rule;

/// The scenarios' domain, and the one that is shown in its place: the first belongs to somebody, the second is reserved
/// (RFC 2606 §3).
const SHOWN_AS: [(&str, &str); 2] = [("shop.com.au", "shop.example"), ("shop-com-au", "shop-example")];

/// Most lines of a policy that are shown.
const LINES: usize = 16;

/// A rule, and a domain that makes it speak.
pub struct RuleExample {
    /// The rule.
    pub rule: &'static Rule,
    /// The domain, under `.example`.
    pub domain: String,
    /// What is special about the domain, in a few words.
    pub name: &'static str,
    /// What earlier checks saw, a check a line, oldest first.
    pub history: Vec<Line>,
    /// What the DNS answers, a record a line.
    pub dns: Vec<Line>,
    /// What is answered to requests for the policy: where it belongs first, then wherever else it is served.
    pub policies: Vec<Served>,
    /// Lines that a domain has where all is well and this one lacks, where these alone make the difference.
    pub missing: Vec<String>,
    /// What the rule says of it.
    pub finding: Finding,
    /// Other severities that the rule's findings have in other scenarios, worst first.
    pub other_severities: Vec<Severity>,
}

/// A line of what a domain publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As it is shown.
    pub text: String,
    /// A domain where all is well has no such line.
    pub differs: bool,
}

/// What is answered at an address of the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The address.
    pub url: String,
    /// How it was answered, an empty line, and the file.
    pub lines: Vec<Line>,
}

impl RuleExample {
    /// Every line that is shown.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.history.iter().chain(&self.dns).chain(self.policies.iter().flat_map(|policy| &policy.lines))
    }
}

/// An example of every rule that some scenario reaches, in the catalogue's order.
pub fn rule_examples() -> Vec<RuleExample> {
    let checks: Vec<Check> = scenarios().into_iter().map(Check::of).collect();
    rules::all().filter_map(|rule| RuleExample::find(rule, &checks)).collect()
}

/// A scenario, and what came of it.
struct Check {
    scenario: Scenario,
    evidence: Evidence,
    report: Report,
}

impl Check {
    fn of(scenario: Scenario) -> Self {
        let evidence = scenario.world.check();
        let report = evaluate(&evidence, evidence.checked_at);
        Self { scenario, evidence, report }
    }

    fn finding(&self, rule: &Rule) -> Option<&Finding> {
        self.report.findings.iter().find(|finding| finding.rule == rule.id)
    }
}

impl RuleExample {
    fn find(rule: &'static Rule, checks: &[Check]) -> Option<Self> {
        // Best is the first scenario that is about this rule before all others.
        let place = |check: &&Check| check.scenario.must.iter().position(|must| *must == rule.id);
        let named = checks.iter().filter(|check| place(check).is_some() && check.finding(rule).is_some());
        let best = named.min_by_key(place)?;
        let finding = best.finding(rule)?.clone();
        let mut other_severities: Vec<Severity> = checks
            .iter()
            .filter_map(|check| check.finding(rule))
            .filter(|other| other.outcome == finding.outcome && other.severity != finding.severity)
            .map(|other| other.severity)
            .collect();
        other_severities.sort_unstable();
        other_severities.dedup();

        let well = World::protected(best.scenario.world.domain.as_str()).check();
        let (dns, well_dns) = (dns(&best.evidence, &well), dns(&well, &well));
        let main = main_names(&well);
        let dns: Vec<Line> = dns
            .into_iter()
            .map(|(name, text)| (name, Line { differs: !well_dns.iter().any(|(_, known)| *known == text), text }))
            .filter(|(name, line)| line.differs || main.contains(name))
            .map(|(_, line)| line)
            .collect();
        let (policies, missing) = policies(&best.evidence, &well);
        let domain = best.evidence.domain.to_string();
        let mut example = Self {
            rule,
            domain,
            name: best.scenario.name,
            history: history::earlier(&best.evidence).into_iter().map(seen).collect(),
            dns,
            policies,
            missing,
            finding,
            other_severities,
        };
        if example.policies.is_empty() || example.lines().any(|line| line.differs) {
            example.missing.clear();
        }
        example.show();
        Some(example)
    }

    /// Puts the domain that is shown in the place of the scenario's.
    fn show(&mut self) {
        let finding = &mut self.finding;
        let texts = [&mut self.domain, &mut finding.title, &mut finding.why].into_iter();
        let texts = texts.chain(finding.subject.as_mut()).chain(finding.detail.as_mut());
        let texts = texts.chain(finding.fix.iter_mut().flat_map(|fix| {
            let copy = fix.copy.iter_mut().flat_map(|copy| [&mut copy.label, &mut copy.text]);
            fix.steps.iter_mut().chain(copy)
        }));
        let texts = texts.chain(self.history.iter_mut().chain(&mut self.dns).map(|line| &mut line.text));
        let texts = texts.chain(self.policies.iter_mut().flat_map(|policy| {
            [&mut policy.url].into_iter().chain(policy.lines.iter_mut().map(|line| &mut line.text))
        }));
        for text in texts {
            for (from, to) in SHOWN_AS {
                *text = text.replace(from, to);
            }
        }
    }
}

/// The names that every example shows, changed or not.
fn main_names(evidence: &Evidence) -> [String; 4] {
    let domain = &evidence.domain;
    [domain.announce_name(), domain.policy_host().to_string(), domain.to_string(), domain.tlsrpt_name()]
}

/// What an earlier check saw.
fn seen(snapshot: &Snapshot) -> Line {
    let Snapshot { time, has_record, id, has_policy, mode, max_age, mx, policy_hash: _, mx_hosts } = snapshot;
    let record = match id {
        Some(id) => format!("id {id}"),
        None if *has_record => "a record without an id".to_owned(),
        None => "no record".to_owned(),
    };
    let policy = match (mode, max_age) {
        (Some(mode), Some(max_age)) => format!("mode {mode}, max_age {max_age}, mx {}", mx.join(" ")),
        _ if *has_policy => "a policy that cannot be used".to_owned(),
        _ => "no policy".to_owned(),
    };
    let text = format!("{}: {record}; {policy}; mail servers {}", time.date(), mx_hosts.join(" "));
    Line { differs: true, text }
}

/// What the DNS answers: the name that was asked for, and a line in the manner of a zone file.
fn dns(evidence: &Evidence, well: &Evidence) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for observation in &evidence.observations {
        let Lookup::Dns(question) = &observation.lookup else { continue };
        // The same question with CD=1 follows a failed one, and only tells why it failed.
        if question.checking_disabled {
            continue;
        }
        for line in answered(question, &observation.outcome, evidence, well) {
            let line = (question.name.clone(), line);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

fn answered(question: &Question, outcome: &Outcome, evidence: &Evidence, well: &Evidence) -> Vec<String> {
    let Question { name, rtype, .. } = question;
    let answer = match outcome {
        Outcome::Answer(answer) => answer,
        Outcome::Response(_) | Outcome::Handshake(_) => return Vec::new(),
        Outcome::Failed(_) => return vec![format!("{name} {rtype} ; the resolver does not answer")],
    };
    if answer.rcode != Rcode::NO_ERROR && answer.rcode != Rcode::NAME_ERROR {
        let errors: Vec<String> = answer.extended_errors.iter().map(extended_error).collect();
        return vec![format!("{name} {rtype} ; {} {}", answer.rcode, errors.join("; ")).trim_end().to_owned()];
    }
    let unsigned = if answer.authentic { "" } else { " ; not signed" };
    let ttl = if answer.ttl == TTL { String::new() } else { format!(" {}", answer.ttl) };
    let mut lines: Vec<String> =
        answer.aliases.iter().map(|alias| format!("{}{ttl} CNAME {}{unsigned}", alias.name, alias.target)).collect();
    let end = answer.aliases.last().map_or(name, |alias| &alias.target);
    lines.extend(answer.records.iter().map(|record| format!("{end}{ttl} {rtype} {}{unsigned}", data(record))));
    if answer.records.is_empty() && is_missed(question, answer, evidence, well) {
        let absent = if answer.rcode == Rcode::NAME_ERROR { "there is no such name" } else { "no record" };
        lines.push(format!("{end} {rtype} ; {absent}"));
    }
    lines
}

/// Whether it is worth telling that there is no record: one is there where all is well, or something leads to it. A check
/// also asks at places where nothing should be.
fn is_missed(question: &Question, answer: &Answer, evidence: &Evidence, well: &Evidence) -> bool {
    let domain = evidence.domain.as_str();
    let is_exchange = |name: &str| {
        let hosts = evidence.observations.iter().filter_map(|observation| match &observation.outcome {
            Outcome::Answer(answer) => Some(&answer.records),
            _ => None,
        });
        let mut exchanges = hosts.flatten().filter_map(|record| match record {
            Record::Mx { exchange, .. } => Some(exchange.as_str()),
            _ => None,
        });
        // Without any, the domain's own address is used (RFC 5321 §5.1).
        exchanges.clone().any(|exchange| exchange == name) || name == domain && exchanges.next().is_none()
    };
    let usual = well.outcome(&Lookup::Dns(question.clone()));
    let there = matches!(usual, Some(Outcome::Answer(usual)) if !usual.records.is_empty());
    let led_to = match question.rtype {
        RecordType::A => is_exchange(&question.name),
        RecordType::Mx => question.name != domain,
        _ => false,
    };
    there || led_to || !answer.aliases.is_empty()
}

fn data(record: &Record) -> String {
    match record {
        Record::A(address) => address.to_string(),
        Record::Aaaa(address) => address.to_string(),
        Record::Mx { preference, exchange } if exchange.is_empty() => format!("{preference} ."),
        Record::Mx { preference, exchange } => format!("{preference} {exchange}"),
        Record::Ns(host) => host.clone(),
        Record::Tlsa { usage, selector, matching, data } => {
            let hex: Vec<String> = data.0.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{usage} {selector} {matching} {}", hex.concat())
        }
        Record::Txt(strings) => {
            let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
            strings.iter().map(|string| quoted(&string.to_text())).collect::<Vec<_>>().join(" ")
        }
    }
}

/// What is answered at each address of the policy; and the lines that the right one has where all is well, and lacks here.
fn policies(evidence: &Evidence, well: &Evidence) -> (Vec<Served>, Vec<String>) {
    let right = Lookup::Policy { host: evidence.domain.policy_host(), path: PolicyPath::WellKnown };
    let usual: Vec<String> = well
        .observations
        .iter()
        .filter(|usual| usual.lookup == right)
        .flat_map(|usual| answer_lines(usual, None))
        .collect();
    let usual_ms = well.observations.iter().find(|usual| usual.lookup == right).map(|usual| usual.took_ms);
    let (mut policies, mut all_missing): (Vec<Served>, _) = (Vec::new(), Vec::new());
    for observation in &evidence.observations {
        if let (Outcome::Handshake(handshake), Some(served)) = (&observation.outcome, policies.first_mut()) {
            let line = |text| Line { differs: true, text };
            served.lines.extend(handshake_lines(handshake).into_iter().map(line));
        }
        let Lookup::Policy { host, path } = &observation.lookup else { continue };
        let url = policy_url(host, *path);
        if observation.lookup == right {
            let (lines, missing) = compared(answer_lines(observation, usual_ms), &usual);
            policies.insert(0, Served { url, lines });
            all_missing = missing;
        } else if matches!(&observation.outcome, Outcome::Response(response) if response.status == 200) {
            // Where all is well, no other address has a file.
            let (lines, _) = compared(answer_lines(observation, None), &[]);
            policies.push(Served { url, lines });
        }
    }
    (policies, all_missing)
}

/// How a request was answered, an empty line, and the file; the time that it took where it is not the usual one.
fn answer_lines(observation: &Observation, usual_ms: Option<u32>) -> Vec<String> {
    let mut lines = Vec::new();
    if usual_ms.is_some_and(|usual| usual != observation.took_ms) {
        lines.push(format!("After {} milliseconds:", observation.took_ms));
    }
    match &observation.outcome {
        Outcome::Response(response) => lines.extend(response_lines(response)),
        Outcome::Failed(failure) => lines.push(cause(failure.cause).to_owned()),
        Outcome::Answer(_) | Outcome::Handshake(_) => {}
    }
    lines
}

/// What a host showed before encryption began.
fn handshake_lines(handshake: &Handshake) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(version) = handshake.version.filter(|version| *version != 0x0303) {
        lines.push(format!("TLS version on the wire: {version:#06x}"));
    }
    if let Some(alert) = handshake.alert {
        lines.push(format!("TLS alert: {alert}"));
    }
    if let Some(certificate) = handshake.certificates.first() {
        let names = if certificate.names.is_empty() { "none".to_owned() } else { certificate.names.join(", ") };
        lines.push(format!("Certificate names: {names}"));
        lines.extend(certificate.common_name.as_ref().map(|name| format!("Common name: {name}")));
        lines.push(format!("Valid: {} to {}", certificate.not_before, certificate.not_after));
        let issuer = if certificate.self_issued { "itself" } else { certificate.issuer.as_str() };
        lines.push(format!("Issued by: {issuer}; certificates sent: {}", handshake.certificates.len()));
    }
    lines
}

fn response_lines(response: &Response) -> Vec<String> {
    let mut lines = vec![format!("Status: {}", response.status)];
    let headers = [
        ("Content-Type", &response.content_type),
        ("Location", &response.location),
        ("Last-Modified", &response.last_modified),
    ];
    lines.extend(headers.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value.as_ref()?))));
    let body = response.body.to_text();
    if body.is_empty() {
        return lines;
    }
    lines.push(String::new());
    let mut rest = body.trim_end_matches('\n').split('\n');
    lines.extend(rest.by_ref().take(LINES).map(str::to_owned));
    let rest = rest.count();
    if rest > 0 {
        lines.push(format!("… and {rest} more lines{}", if response.truncated { ", and still not all" } else { "" }));
    }
    lines
}

fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Timeout => "No answer came in time.",
        Cause::Connection => "The connection was refused or broke off.",
        Cause::Tls => "The certificate or the handshake of TLS is at fault.",
        Cause::Resolver => "The address of the host could not be looked up.",
        Cause::Malformed => "The answer could not be read.",
        Cause::Unknown => "The request failed, and nothing more is known.",
    }
}

/// The lines, each with whether it differs from those of `well`; and the lines of `well` that are not there.
fn compared(lines: Vec<String>, well: &[String]) -> (Vec<Line>, Vec<String>) {
    let (mut rest, mut missing) = (well, Vec::new());
    let mut compared = Vec::new();
    for text in lines {
        let found = rest.iter().position(|known| *known == text);
        if let Some(at) = found {
            missing.extend_from_slice(&rest[..at]);
            rest = &rest[at + 1..];
        }
        compared.push(Line { text, differs: found.is_none() });
    }
    missing.extend_from_slice(rest);
    (compared, missing)
}
