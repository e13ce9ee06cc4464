//! The policy that a domain should serve next, or why it needs none.

use serde::Serialize;

use super::live::{Live, LiveState};
use super::records::{self, RecordAdvice};
use crate::facts::Facts;
use crate::mend::dns_console::DnsConsole;
use crate::name::DomainName;
use crate::providers;
use crate::providers::mx_line::{self, Lines, MxLine};
use crate::published::policy::{self, Mode};

/// Seconds of a day: how long a policy that is tested is remembered, so that a mistake in it is soon forgotten.
pub(super) const DAY_S: u32 = mx_line::FIRST_MAX_AGE;
/// A week, for a policy that has just been enforced.
pub(super) const WEEK_S: u32 = mx_line::ENFORCED_MAX_AGE;
/// Thirty days, for one that has been for a while: RFC 8461 §3.2 expects weeks or more.
pub(super) const MONTH_S: u32 = 30 * DAY_S;

/// What policy a domain needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PolicyAdvice {
    /// This one.
    Serve(PolicyProposal),
    /// None: there is no mail to protect.
    NotNeeded {
        /// Why, for programs.
        reason: NotNeeded,
        /// Why, for people.
        why: String,
    },
    /// None can be written: the MX records name no host that a policy could.
    NotPossible {
        /// Why, and what to do first.
        why: String,
    },
    /// The MX records could not be looked at, or DNSSEC signatures do not hold.
    Unknown {
        /// What to do.
        why: String,
    },
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

/// A policy to serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PolicyProposal {
    /// Where it is to be served.
    pub url: String,
    /// The whole file.
    pub text: String,
    /// Its mode: `testing`, or `enforce` where that is live already.
    pub mode: String,
    /// Its `max_age`, in seconds.
    pub max_age: u32,
    /// Its `mx:` lines, with where each comes from.
    pub lines: Vec<MxLine>,
    /// What to mind, in sentences.
    pub notes: Vec<String>,
    /// MX records that no line can allow; while there are some, the policy must not be enforced.
    pub unlistable: Vec<String>,
    /// Where the mail provider can serve the policy itself: the records that leave it to them, instead of a file.
    pub delegation: Option<Delegation>,
}

impl PolicyProposal {
    /// Whether senders find it already: what is served says the same of the live MX hosts.
    pub(super) fn is_served(&self, live: &Live) -> bool {
        let in_force = matches!(live.state, LiveState::Testing | LiveState::Enforce);
        in_force && live.not_allowed.is_empty() && live.max_age == Some(self.max_age)
    }
}

/// A mail provider that serves the policy of its customers (RFC 8461 §8.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Delegation {
    /// What it means to leave it to them.
    pub why: String,
    /// The records that do so.
    pub records: Vec<RecordAdvice>,
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
) -> (PolicyAdvice, Lines) {
    let lines = Lines::for_hosts(facts.mail_hosts());
    let (mode, max_age) = settings(live);
    let advice = refusal(domain, facts, live, &lines).unwrap_or_else(|| {
        PolicyAdvice::Serve(PolicyProposal {
            url: url(domain),
            text: policy::render(mode, lines.patterns(), max_age),
            mode: mode.as_str().to_owned(),
            max_age,
            notes: notes(facts, &lines),
            lines: lines.lines.clone(),
            unlistable: lines.unlistable.clone(),
            delegation: delegation(domain, facts, console, &lines),
        })
    });
    (advice, lines)
}

/// Where the policy of a domain is served (RFC 8461 §3.3).
pub(super) fn url(domain: &DomainName) -> String {
    format!("https://{}{}", domain.policy_host(), crate::name::labels::POLICY_PATH)
}

fn refusal(domain: &DomainName, facts: &Facts<'_>, live: &Live, lines: &Lines) -> Option<PolicyAdvice> {
    let not_needed = |reason, why: String| Some(PolicyAdvice::NotNeeded { reason, why });
    if facts.mx.no_such_domain() {
        return not_needed(NotNeeded::NoSuchDomain, format!("{domain} does not exist, so it needs no policy."));
    }
    if facts.mx.refuses_mail() {
        let why = format!("{domain} says that it takes no mail (a null MX record), so it needs no policy.");
        return not_needed(NotNeeded::NullMx, why);
    }
    if facts.mx.has_nowhere() {
        let why = format!("{domain} has no MX records and no address, so no mail reaches it and it needs no policy.");
        return not_needed(NotNeeded::NoMx, why);
    }
    if facts.is_bogus() {
        let why = "The DNSSEC signatures of the domain are broken, and no policy can make up for that: senders that check them \
                   find neither the policy nor the mail servers. Mend the signatures first, as the check of this domain says, \
                   then ask again."
            .to_owned();
        return Some(PolicyAdvice::Unknown { why });
    }
    if live.mx.is_empty() {
        let why = "The domain's mail servers could not be looked up just now. Please try again in a while.".to_owned();
        return Some(PolicyAdvice::Unknown { why });
    }
    if lines.lines.is_empty() {
        let why =
            "None of the MX records names a mail server in a form that a policy can list. Give each mail server a \
                   plain host name, such as mail.example.com, and put that into the MX records first."
                .to_owned();
        return Some(PolicyAdvice::NotPossible { why });
    }
    if lines.policy(Mode::Enforce, MONTH_S).is_none() {
        let why = "There are more mail servers than a policy can list. Ask whoever runs them which few MX records are \
                   enough."
            .to_owned();
        return Some(PolicyAdvice::NotPossible { why });
    }
    None
}

fn notes(facts: &Facts<'_>, lines: &Lines) -> Vec<String> {
    let mut notes = Vec::new();
    if facts.mx.is_implicit() {
        notes.push(
            "The domain has no MX records, so mail goes to the domain's own address, and the policy lists the domain itself. \
             It is clearer to add an MX record that names the mail server; ask again once it is there."
                .to_owned(),
        );
    }
    let unknown: Vec<&str> = lines.unknown().take(SHOWN).collect();
    if !unknown.is_empty() {
        notes.push(format!(
            "These lines are the names in your MX records and no more: {}. Ask whoever runs these servers whether each has \
             a certificate for that name, and keep mode: testing until the reports are clean.",
            unknown.join(", ")
        ));
    }
    if !lines.unlistable.is_empty() {
        let shown: Vec<String> =
            lines.unlistable.iter().take(SHOWN).map(|host| crate::text::clip::clip(host, 80)).collect();
        notes.push(format!(
            "A policy cannot list these MX records, since they are not host names: {}. Change them to host names before \
             you enforce the policy.",
            shown.join(", ")
        ));
    }
    notes
}

/// Names in a sentence, at most.
const SHOWN: usize = 5;

fn delegation(domain: &DomainName, facts: &Facts<'_>, console: &DnsConsole<'_>, lines: &Lines) -> Option<Delegation> {
    let offered = facts.mx.is_all_at("tuta") && !facts.is_delegated_to(providers::TUTA_ALIASES);
    (lines.unlistable.is_empty() && offered).then(|| Delegation {
        why:
            "Tuta serves the policy of its customers. With these two aliases (CNAME records) you need no web space and \
              no file, and Tuta decides on the policy."
                .to_owned(),
        records: records::delegated(domain, facts, console, providers::TUTA_ALIASES),
    })
}
