//! The policy that a domain should serve next, or why it needs none.

use serde::Serialize;

use super::live::{Live, LiveState};
use super::records::{self, RecordDecision};
use crate::facts::Facts;
use crate::mend::dns_console::DnsConsole;
use crate::name::DomainName;
use crate::providers;
use crate::providers::mx_line::{self, Lines, MxLine};
use crate::published::policy::{self, Mode};
use crate::text::clip::clip;

/// Seconds of a day: how long a policy that is tested is remembered, so that a mistake in it is soon forgotten.
pub(super) const DAY_S: u32 = mx_line::FIRST_MAX_AGE;
/// A week, for a policy that has just been enforced.
pub(super) const WEEK_S: u32 = mx_line::ENFORCED_MAX_AGE;
/// Thirty days, for one that has been for a while: RFC 8461 §3.2 expects weeks or more.
pub(super) const MONTH_S: u32 = 30 * DAY_S;

/// Names in a note, at most.
const SHOWN: usize = 5;

/// What policy a domain needs, still without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyDecision {
    /// This one.
    Serve(Proposal),
    /// None, or none yet.
    ServeNone(NoPolicy),
}

/// A policy to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Where it is to be served.
    pub url: String,
    /// The whole file.
    pub text: String,
    /// Testing, or enforce where that is live already.
    pub mode: Mode,
    /// Its `max_age`, in seconds.
    pub max_age: u32,
    /// Its `mx:` lines, with where each comes from.
    pub lines: Vec<MxLine>,
    /// What to mind.
    pub notes: Vec<Note>,
    /// MX records that no line can allow; while there are some, the policy must not be enforced.
    pub unlistable: Vec<String>,
    /// Where the mail provider can serve the policy itself: the records that leave it to them, instead of a file.
    pub delegation: Option<Vec<RecordDecision>>,
}

/// What to mind about a proposed policy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// There are no MX records, so the policy lists the domain itself.
    ListsDomainItself,
    /// Of these servers nothing is known but their names.
    OnlyNames {
        /// Some of them.
        hosts: Vec<String>,
    },
    /// These MX records are no host names, and a policy cannot list them.
    Unlistable {
        /// Some of them, clipped.
        hosts: Vec<String>,
    },
}

/// Why there is no policy to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoPolicy {
    /// There is no mail to protect.
    NotNeeded(NotNeeded),
    /// None can be written for these MX records.
    NotPossible(NotPossible),
    /// It is not known what the policy has to allow, or no sender could find it.
    NotKnown(NotKnown),
}

/// Why there is no mail to protect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NotNeeded {
    /// A null MX: the domain says that it takes no mail (RFC 7505).
    NullMx,
    /// Neither MX records nor an address.
    NoMx,
    /// The domain does not exist.
    NoSuchDomain,
}

/// Why no policy can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotPossible {
    /// No MX record names a host.
    NoHostNames,
    /// There are more mail servers than a policy can list.
    TooManyServers,
}

/// Why it is not known which policy is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotKnown {
    /// DNSSEC signatures do not hold.
    BrokenSignatures,
    /// The mail servers could not be looked up.
    MailServers,
    /// The new provider's console alone shows its server for the domain.
    NewServers,
}

impl Proposal {
    /// Whether senders find it already: what is served says the same of the live MX hosts.
    pub(super) fn is_served(&self, live: &Live) -> bool {
        let in_force = matches!(live.state, LiveState::Testing | LiveState::Enforce);
        in_force && live.not_allowed.is_empty() && live.max_age == Some(self.max_age)
    }
}

/// What a policy for these lines is to say, given what is live.
pub(super) fn settings(live: &Live) -> (Mode, u32) {
    match (live.state, live.max_age) {
        (LiveState::Enforce, live) => (Mode::Enforce, live.unwrap_or(WEEK_S).max(WEEK_S)),
        (LiveState::Testing, Some(live)) => (Mode::Testing, live.max(DAY_S)),
        _ => (Mode::Testing, DAY_S),
    }
}

/// The policy that the live MX hosts call for, and its lines.
pub(super) fn propose(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
    live: &Live,
) -> (PolicyDecision, Lines) {
    let lines = Lines::for_hosts(facts.mail_hosts());
    let (mode, max_age) = settings(live);
    let decision = match refusal(facts, live, &lines) {
        Some(why) => PolicyDecision::ServeNone(why),
        None => PolicyDecision::Serve(Proposal {
            url: url(domain),
            text: policy::render(mode, lines.patterns(), max_age),
            mode,
            max_age,
            notes: notes(facts, &lines),
            lines: lines.lines.clone(),
            unlistable: lines.unlistable.clone(),
            delegation: delegation(domain, facts, console, &lines),
        }),
    };
    (decision, lines)
}

/// Where the policy of a domain is served (RFC 8461 §3.3).
pub(super) fn url(domain: &DomainName) -> String {
    format!("https://{}{}", domain.policy_host(), crate::name::labels::POLICY_PATH)
}

fn refusal(facts: &Facts<'_>, live: &Live, lines: &Lines) -> Option<NoPolicy> {
    Some(if facts.mx.no_such_domain() {
        NoPolicy::NotNeeded(NotNeeded::NoSuchDomain)
    } else if facts.mx.refuses_mail() {
        NoPolicy::NotNeeded(NotNeeded::NullMx)
    } else if facts.mx.has_nowhere() {
        NoPolicy::NotNeeded(NotNeeded::NoMx)
    } else if facts.is_bogus() {
        NoPolicy::NotKnown(NotKnown::BrokenSignatures)
    } else if live.mx.is_empty() {
        NoPolicy::NotKnown(NotKnown::MailServers)
    } else if lines.lines.is_empty() {
        NoPolicy::NotPossible(NotPossible::NoHostNames)
    } else if lines.policy(Mode::Enforce, MONTH_S).is_none() {
        NoPolicy::NotPossible(NotPossible::TooManyServers)
    } else {
        return None;
    })
}

fn notes(facts: &Facts<'_>, lines: &Lines) -> Vec<Note> {
    let mut notes = Vec::new();
    if facts.mx.is_implicit() {
        notes.push(Note::ListsDomainItself);
    }
    let hosts: Vec<String> = lines.unknown().take(SHOWN).map(str::to_owned).collect();
    if !hosts.is_empty() {
        notes.push(Note::OnlyNames { hosts });
    }
    let hosts: Vec<String> = lines.unlistable.iter().take(SHOWN).map(|host| clip(host, 80)).collect();
    if !hosts.is_empty() {
        notes.push(Note::Unlistable { hosts });
    }
    notes
}

fn delegation(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
    lines: &Lines,
) -> Option<Vec<RecordDecision>> {
    let offered = facts.mx.is_all_at("tuta") && !facts.is_delegated_to(providers::TUTA_ALIASES);
    (lines.unlistable.is_empty() && offered)
        .then(|| records::delegated(domain, facts, console, providers::TUTA_ALIASES))
}
