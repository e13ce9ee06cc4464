//! The chain that protects mail: how each link stands, from the findings about it and what was seen. A policy counts only as
//! much as the weakest of them.

use crate::evidence::dnssec::{Dnssec, dnssec};
use crate::evidence::{Cause, Failure, Fetch};
use crate::facts::Facts;
use crate::lookup::Lookup;
use crate::report::chain::LinkState;
use crate::report::link::Link;
use crate::report::{Finding, Outcome, Severity};

/// Every link, how it stands and by what; none of a domain that does not exist. `pending` are the lookups still to come; `findings` are the worst first.
pub fn chain<'r>(facts: &Facts<'_>, findings: &'r [Finding], pending: &[Lookup]) -> Vec<(Link, LinkState, By<'r>)> {
    let of_link = |link: Link| {
        let about = || findings.iter().filter(move |finding| finding.link == Some(link));
        if let Some(worst) = about().min_by_key(|finding| weight(finding)) {
            return (link, state_of(worst), By::Finding(worst));
        }
        let (state, line) = without_findings(link, facts, pending);
        (link, state, By::Line(line))
    };
    if facts.mx.no_such_domain() {
        // There is nothing to protect, and no link of anything.
        return Vec::new();
    }
    Link::ALL.into_iter().map(of_link).collect()
}

/// What says most about a link.
#[derive(Clone, Copy, Debug)]
pub enum By<'r> {
    /// A finding about it.
    Finding(&'r Finding),
    /// What was seen, where no finding is about it.
    Line(Line),
}

/// What a line says of a link that no finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A lookup is not in yet.
    Pending,
    /// It could not be looked up.
    NotSeen,
    /// Its signatures do not hold.
    Bogus,
    /// The policy host answers with a policy.
    ServesPolicy,
    /// The policy host answers.
    Answers,
    /// The policy host can be reached.
    IsReached,
    /// The certificate holds.
    CertificateHolds,
    /// The host was not reached, so its certificate was not seen.
    CertificateNotSeen,
    /// There is no policy to compare the mail servers with.
    NothingToCompareWith,
    /// Nobody announces a policy.
    NotAnnounced,
    /// Nothing is there.
    Nothing,
}

fn state_of(finding: &Finding) -> LinkState {
    match (finding.outcome, finding.severity) {
        (Outcome::Fail, Severity::Error) => LinkState::Problem,
        (Outcome::Fail, Severity::Warning) => LinkState::Warning,
        (Outcome::Fail, Severity::Info) => LinkState::Note,
        (Outcome::Pass, _) => LinkState::Good,
        (Outcome::Inconclusive, _) => LinkState::Unknown,
    }
}

/// What is worth knowing takes nothing from what is in order, so a pass comes before it.
fn weight(finding: &Finding) -> u8 {
    match (finding.outcome, finding.severity) {
        (Outcome::Fail, Severity::Error) => 0,
        (Outcome::Inconclusive, _) => 1,
        (Outcome::Fail, Severity::Warning) => 2,
        (Outcome::Pass, _) => 3,
        (Outcome::Fail, Severity::Info) => 4,
    }
}

fn without_findings(link: Link, facts: &Facts<'_>, pending: &[Lookup]) -> (LinkState, Line) {
    let domain = facts.domain.map_or("", |domain| domain.as_str());
    if pending.iter().any(|lookup| served(lookup, domain) == link) {
        return (LinkState::Pending, Line::Pending);
    }
    match signed(link, facts) {
        Dnssec::Bogus => return (LinkState::Problem, Line::Bogus),
        Dnssec::Unknown if pending.is_empty() => return (LinkState::Unknown, Line::NotSeen),
        _ => {}
    }
    let has_answer = matches!(facts.fetch, Fetch::Response { .. }) && facts.is_announced();
    let is_unreached = |failure: &Failure| failure.cause != Cause::Tls;
    match link {
        Link::PolicyHost if facts.serves_policy() => (LinkState::Good, Line::ServesPolicy),
        Link::PolicyHost if has_answer => (LinkState::Good, Line::Answers),
        Link::PolicyHost if matches!(facts.fetch, Fetch::Failed { failure, .. } if !is_unreached(failure)) => {
            (LinkState::Good, Line::IsReached)
        }
        Link::Certificate if facts.serves_policy() || has_answer => (LinkState::Good, Line::CertificateHolds),
        Link::PolicyHost | Link::Certificate | Link::PolicyFile | Link::Dnssec if !pending.is_empty() => {
            (LinkState::Pending, Line::Pending)
        }
        Link::Certificate if matches!(facts.fetch, Fetch::Failed { failure, .. } if is_unreached(failure)) => {
            (LinkState::Unknown, Line::CertificateNotSeen)
        }
        Link::MailServers if !facts.mx.hosts.is_empty() => (LinkState::Note, Line::NothingToCompareWith),
        Link::PolicyHost | Link::Certificate | Link::PolicyFile => (LinkState::Note, Line::NotAnnounced),
        _ => (LinkState::Note, Line::Nothing),
    }
}

/// What DNSSEC says of a link that is in the DNS; of the last one, what it says of them all.
fn signed(link: Link, facts: &Facts<'_>) -> Dnssec {
    let (record, host) = (dnssec(facts.announce.dns), facts.host.dnssec());
    let (mx, reports) = (dnssec(facts.mx.dns), dnssec(facts.tlsrpt.dns));
    match link {
        Link::Record => record,
        Link::PolicyHost => host,
        Link::Reports => reports,
        Link::Dnssec if [record, host, reports].contains(&Dnssec::Unknown) => Dnssec::Unknown,
        Link::MailServers | Link::Dnssec => mx,
        Link::Certificate | Link::PolicyFile => Dnssec::Insecure,
    }
}

/// The link that a lookup serves, for the check of `domain`.
pub fn served(lookup: &Lookup, domain: &str) -> Link {
    let question = match lookup {
        Lookup::Dns(question) => question,
        Lookup::Policy { .. } => return Link::PolicyFile,
        Lookup::Handshake { .. } => return Link::Certificate,
    };
    match question.name.strip_suffix(domain) {
        Some("_mta-sts.") => Link::Record,
        Some("mta-sts.") => Link::PolicyHost,
        Some("_smtp._tls.") => Link::Reports,
        _ => Link::MailServers,
    }
}
