//! What protects the mail, link by link: a policy counts only as much as the weakest of them.

use maud::{Markup, html};
use mta_sts_core::evidence::dnssec::Dnssec;
use mta_sts_core::lookup::{Lookup, RecordType};
use mta_sts_core::report::{Finding, Outcome, Report, Severity};

use crate::finding as findings;
use crate::state::State;
use crate::text;

/// A link of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    Record,
    PolicyHost,
    Certificate,
    PolicyFile,
    MailServers,
    Reports,
    Dnssec,
}

const LINKS: [Link; 7] = [
    Link::Record,
    Link::PolicyHost,
    Link::Certificate,
    Link::PolicyFile,
    Link::MailServers,
    Link::Reports,
    Link::Dnssec,
];

/// Rules named `policy-…` that are about reaching the host rather than about the file.
const HOST_RULES: [&str; 4] = ["policy-connect-failed", "policy-timeout", "policy-slow", "policy-fetch-error"];

impl Link {
    /// The link that a rule looks at, by its id.
    pub(crate) fn of_rule(rule: &str) -> Option<Self> {
        let starts = |prefix| rule.starts_with(prefix);
        if let Some(change) = rule.strip_prefix("history-") {
            Some(match change {
                "mx-changed" => Self::MailServers,
                // What a new id mends is the record's.
                _ if change.contains("id-") || change.starts_with("record-") => Self::Record,
                _ => Self::PolicyFile,
            })
        } else if HOST_RULES.contains(&rule) || starts("policy-host-") {
            Some(Self::PolicyHost)
        } else if starts("policy-tls-") || starts("delegation-cert-") {
            Some(Self::Certificate)
        } else if starts("tlsrpt-") || rule.ends_with("-no-tlsrpt") {
            Some(Self::Reports)
        } else if starts("policy-") || starts("mx-pattern-") || starts("delegation-") {
            Some(Self::PolicyFile)
        } else if starts("record-") {
            Some(Self::Record)
        } else if starts("mx-") || starts("dane-") {
            Some(Self::MailServers)
        } else {
            starts("dnssec-").then_some(Self::Dnssec)
        }
    }

    /// The link that a lookup serves, for the check of `domain`.
    fn of_lookup(lookup: &Lookup, domain: &str) -> Self {
        let question = match lookup {
            Lookup::Dns(question) => question,
            Lookup::Policy { .. } => return Self::PolicyFile,
            Lookup::Handshake { .. } => return Self::Certificate,
        };
        match question.name.strip_suffix(domain) {
            Some("_mta-sts.") => Self::Record,
            Some("mta-sts.") => Self::PolicyHost,
            Some("_smtp._tls.") => Self::Reports,
            _ => Self::MailServers,
        }
    }

    /// What a script knows it by, whatever the language of the page.
    fn id(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::PolicyHost => "policy-host",
            Self::Certificate => "certificate",
            Self::PolicyFile => "policy-file",
            Self::MailServers => "mail-servers",
            Self::Reports => "reports",
            Self::Dnssec => "dnssec",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Record => "Announce record",
            Self::PolicyHost => "Policy host",
            Self::Certificate => "Certificate",
            Self::PolicyFile => "Policy file",
            Self::MailServers => "Mail servers",
            Self::Reports => "Reports",
            Self::Dnssec => "DNSSEC",
        }
    }

    /// What it is for, in a few words.
    fn purpose(self) -> &'static str {
        match self {
            Self::Record => "tells senders that there is a policy",
            Self::PolicyHost => "serves the policy over the web",
            Self::Certificate => "proves that the host is yours",
            Self::PolicyFile => "says which mail servers to trust",
            Self::MailServers => "take the mail in",
            Self::Reports => "tell you when encryption fails",
            Self::Dnssec => "guards the answers of the DNS",
        }
    }
}

/// The whole chain, each link with its findings. Before it stands what is about none of them.
pub(crate) fn chain(report: &Report, pending: &[Lookup]) -> Markup {
    // Where all is in and nothing is broken, what is missing or fragile is what to begin with.
    let opened = if report.counts.error == 0 && pending.is_empty() { State::Warning } else { State::Bad };
    html! {
        (findings::listed(&of_link(report, None), opened))
        ol.m-chain role="list" {
            @for link in LINKS {
                @let (state, told) = standing(link, report, pending);
                @let findings = of_link(report, Some(link));
                li class=(state.class()) {
                    @if findings.is_empty() { div.m-step { (step(link, state, told)) } } @else {
                        details.m-step data-key={ "step " (link.id()) } open[state == opened] {
                            summary { (step(link, state, told)) }
                            (findings::listed(&findings, opened))
                        }
                    }
                }
            }
        }
    }
}

fn step(link: Link, state: State, told: Option<&str>) -> Markup {
    html! {
        (state.icon())
        span.m-title {
            strong { (link.name()) } " " span.m-purpose { (link.purpose()) }
            span.m-line {
                @match told {
                    Some(told) if state == State::Absent => (told),
                    Some(told) => { span.m-word { (state.word()) } ": " (text::prose(told)) }
                    None => (state.word()),
                }
            }
        }
    }
}

/// The findings about a link, worst first as in the report; of no link, where none is given.
fn of_link(report: &Report, link: Option<Link>) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| Link::of_rule(&finding.rule) == link).collect()
}

/// Where to begin: the link whose finding is the most urgent, where more than one asks for something.
pub(crate) fn first_to_mend(report: &Report) -> Option<(&'static str, &Finding)> {
    let mut asking =
        report.findings.iter().filter(|finding| finding.outcome == Outcome::Fail && finding.severity != Severity::Info);
    let first = asking.next()?;
    asking.next().and_then(|_| Link::of_rule(&first.rule)).map(|link| (link.name(), first))
}

/// What is still to come, for a person: `the policy file and the mail servers`.
pub(crate) fn still_to_come(domain: &str, pending: &[Lookup]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for lookup in pending {
        let name = match (Link::of_lookup(lookup, domain), lookup) {
            (_, Lookup::Dns(question)) if question.rtype == RecordType::Ns => "the name servers",
            (Link::Record, _) => "the announce record",
            (Link::PolicyHost, _) => "the policy host",
            (Link::Certificate, _) => "the certificate",
            (Link::PolicyFile, _) => "the policy file",
            (Link::Reports, _) => "where reports go",
            (Link::MailServers | Link::Dnssec, _) => "the mail servers",
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// How a link stands, and the finding that says most about it.
fn standing<'r>(link: Link, report: &'r Report, pending: &[Lookup]) -> (State, Option<&'r str>) {
    let findings = || report.findings.iter().filter(|finding| Link::of_rule(&finding.rule) == Some(link));
    if let Some(worst) = findings().min_by_key(|finding| weight(finding)) {
        return (State::of(worst), Some(&worst.title));
    }
    if pending.iter().any(|lookup| Link::of_lookup(lookup, report.domain.as_str()) == link) {
        return (State::Waiting, None);
    }
    match dnssec(link, report) {
        Dnssec::Bogus => return (State::Bad, Some("Its DNSSEC signatures do not hold")),
        Dnssec::Unknown if pending.is_empty() => return (State::Unknown, None),
        _ => {}
    }
    match link {
        Link::PolicyHost if report.policy.is_some() => (State::Good, Some("It answers with the policy")),
        Link::PolicyHost if answers(report) => (State::Good, Some("It answers")),
        Link::PolicyHost if has_findings(Link::Certificate, report) => (State::Good, Some("It can be reached")),
        Link::Certificate if answers(report) => (State::Good, Some("It is valid, and names the policy host")),
        Link::PolicyHost | Link::Certificate | Link::PolicyFile | Link::Dnssec if !pending.is_empty() => {
            (State::Waiting, None)
        }
        // A host that is there and was not reached has one all the same.
        Link::Certificate
            if HOST_RULES.iter().any(|rule| report.findings.iter().any(|finding| finding.rule == *rule)) =>
        {
            (State::Unknown, None)
        }
        Link::MailServers if !report.mx.is_empty() => {
            (State::Absent, Some("There is no usable policy to compare them with"))
        }
        _ => (State::Absent, None),
    }
}

/// Whether the policy host answered, if only that there is no file: what is said of a file says so.
fn answers(report: &Report) -> bool {
    report.policy.is_some() || has_findings(Link::PolicyFile, report)
}

fn has_findings(link: Link, report: &Report) -> bool {
    // A file in another place says nothing of the host where it should be.
    let names_it = |finding: &Finding| {
        let rule = finding.rule.as_str();
        Link::of_rule(rule) == Some(link) && rule.starts_with("policy-") && rule != "policy-wrong-location"
    };
    report.findings.iter().any(names_it)
}

/// What DNSSEC says of a link that stands in the DNS; of the last one, what it says of them all.
fn dnssec(link: Link, report: &Report) -> Dnssec {
    let all = &report.dnssec;
    match link {
        Link::Record => all.record,
        Link::PolicyHost => all.policy_host,
        Link::Reports => all.tlsrpt,
        Link::Dnssec if [all.record, all.policy_host, all.tlsrpt].contains(&Dnssec::Unknown) => Dnssec::Unknown,
        Link::MailServers | Link::Dnssec => all.mx,
        Link::Certificate | Link::PolicyFile => Dnssec::Insecure,
    }
}

/// What is worth knowing takes nothing from what is in order, so a pass stands before it.
fn weight(finding: &Finding) -> u8 {
    match (finding.outcome, finding.severity) {
        (Outcome::Fail, Severity::Error) => 0,
        (Outcome::Inconclusive, _) => 1,
        (Outcome::Fail, Severity::Warning) => 2,
        (Outcome::Pass, _) => 3,
        (Outcome::Fail, Severity::Info) => 4,
    }
}
