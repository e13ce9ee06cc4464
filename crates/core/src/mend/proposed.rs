//! The one proposal for a domain at one time: the policy file that it should serve next. Findings, plans and advice all show
//! parts of it, so that no two texts for the same file differ.

use crate::evidence::Fetch;
use crate::facts::Facts;
use crate::lookup::POLICY_LIMIT;
use crate::name::DomainName;
use crate::providers::mx_line::{ENFORCED_MAX_AGE, FIRST_MAX_AGE, Lines};
use crate::published::policy::live_hosts::LiveHosts;
use crate::published::policy::{self, Mode, Policy};
use crate::text::part;
use crate::text::span::Span;

/// A policy file to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NextPolicy {
    /// The whole file.
    pub(crate) text: String,
    pub(crate) mode: Mode,
    pub(crate) max_age: u32,
    /// Its patterns, in order.
    pub(crate) patterns: Vec<String>,
    /// Whether it lists the domain itself, which has no MX records, and the policy that is served does not.
    pub(crate) adds_domain_itself: bool,
    /// Whether the form of what is served is at fault.
    pub(crate) is_corrected: bool,
}

/// What is served, mended, with every mail server allowed: its own text otherwise, mode and `max_age` too. None where no
/// policy is served that can be mended.
pub(crate) fn of_served(facts: &Facts<'_>) -> Option<NextPolicy> {
    let cut = matches!(facts.fetch, Fetch::Response { response, .. } if response.truncated);
    let served = facts.policy.as_ref().filter(|policy| !cut && policy.is_attempt())?;
    let corrected = served.corrected(|_| None);
    let is_corrected = corrected.is_some();
    let text = corrected.or_else(|| served.is_usable().then(|| served.text.to_string()))?;
    let text = part::with_lf(&text);
    let parsed = policy::parse(text.as_bytes());
    let (mode, max_age) = (parsed.mode?.value, parsed.max_age?.value);
    let missing: Vec<&str> = match mode {
        Mode::None => Vec::new(),
        Mode::Testing | Mode::Enforce => {
            let allowed = LiveHosts::of(facts.mail_hosts()).allowed_by(&parsed.mx);
            facts.mail_hosts().zip(allowed).filter(|(_, by)| by.is_none()).map(|(host, _)| host).collect()
        }
    };
    let lines = Lines::for_hosts(missing.iter().copied());
    let mut patterns: Vec<String> = parsed.mx.iter().map(|mx| mx.value.as_str().to_owned()).collect();
    let mut added = Vec::new();
    for line in lines.patterns() {
        if !patterns.iter().any(|known| known.eq_ignore_ascii_case(line)) {
            patterns.push(line.to_owned());
            added.push(line.to_owned());
        }
    }
    let adds_domain_itself = facts.mx.is_implicit() && !missing.is_empty();
    // Senders refuse servers that no line can name: the policy cannot be enforced with them. On the way out a day is enough.
    let nameless = mode == Mode::Enforce && !lines.unlistable.is_empty();
    let mode_now = if nameless { Mode::Testing } else { mode };
    let max_age_now = if nameless || mode == Mode::None { max_age.min(FIRST_MAX_AGE) } else { max_age };
    let text = if is_plain(&text) {
        let text = with(&parsed, mode_now, max_age_now)?;
        with_lines(&text, &added)
    } else {
        policy::render(mode_now, patterns.iter().map(String::as_str), max_age_now)
    };
    let next = NextPolicy { text, mode: mode_now, max_age: max_age_now, patterns, adds_domain_itself, is_corrected };
    (next.text.len() <= POLICY_LIMIT).then_some(next)
}

/// The policy to begin with: tested, and forgotten after a day. None where none can be written for the mail servers.
pub(crate) fn first(facts: &Facts<'_>) -> Option<NextPolicy> {
    let lines = Lines::for_hosts(facts.mail_hosts());
    Some(NextPolicy {
        text: lines.policy(Mode::Testing, FIRST_MAX_AGE)?,
        mode: Mode::Testing,
        max_age: FIRST_MAX_AGE,
        patterns: lines.patterns().map(str::to_owned).collect(),
        adds_domain_itself: facts.mx.is_implicit(),
        is_corrected: false,
    })
}

impl NextPolicy {
    /// The same in another mode, remembered for so long.
    pub(crate) fn with(&self, mode: Mode, max_age: u32) -> String {
        with(&policy::parse(self.text.as_bytes()), mode, max_age)
            .unwrap_or_else(|| policy::render(mode, self.patterns.iter().map(String::as_str), max_age))
    }

    /// The same, enforced, and remembered for a week at the least.
    pub(crate) fn enforced(&self) -> String {
        self.with(Mode::Enforce, self.max_age.max(ENFORCED_MAX_AGE))
    }

    /// Whether senders that get the file that is served learn the same from it.
    pub(crate) fn is_served(&self, facts: &Facts<'_>) -> bool {
        facts.usable_policy().is_some_and(|policy| {
            let patterns = policy.mx.iter().map(|mx| mx.value.as_str());
            policy.is_valid()
                && policy.mode.is_some_and(|mode| mode.value == self.mode)
                && policy.max_age.is_some_and(|max_age| max_age.value == self.max_age)
                && patterns.eq(self.patterns.iter().map(String::as_str))
        })
    }

    /// Whether it may be pasted in a mode without a further question: every server that mail goes to is known, and allowed.
    pub(crate) fn refuses_nothing(&self, mode: Mode, facts: &Facts<'_>) -> bool {
        if mode == Mode::None {
            return true;
        }
        let parsed = policy::parse(self.text.as_bytes());
        let own = facts.domain.filter(|_| facts.mx.is_implicit() && !facts.mx.own.has_none());
        let hosts = facts.mx.reached().map(|mx| mx.host.as_str()).filter(|_| mode == Mode::Enforce);
        let hosts = LiveHosts::of(hosts.chain(own.map(DomainName::as_str)));
        facts.mx.known() && !self.adds_domain_itself && hosts.allowed_by(&parsed.mx).iter().all(Option::is_some)
    }
}

/// Whether a text can stand in every configuration as it is.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.*:_ \n".contains(&byte))
}

/// A policy's own text with another mode and `max_age`.
fn with(policy: &Policy<'_>, mode: Mode, max_age: u32) -> Option<String> {
    let mut text = policy.text.to_string();
    let seconds = max_age.to_string();
    let mut changes: [(Span, &str); 2] = [(policy.mode?.span, mode.as_str()), (policy.max_age?.span, &seconds)];
    // The later one first, so that the place of the other holds.
    if changes[0].0.start < changes[1].0.start {
        changes.reverse();
    }
    for (span, value) in changes {
        text.get(span.start..span.end)?;
        text.replace_range(span.start..span.end, value);
    }
    Some(text)
}

/// A text with `mx` lines behind its last one, or at its end.
fn with_lines(text: &str, added: &[String]) -> String {
    if added.is_empty() {
        return text.to_owned();
    }
    let new = policy::mx_lines(added.iter().map(String::as_str));
    let mut out = String::new();
    let is_mx = |line: &str| line.split_once(':').is_some_and(|(key, _)| key.trim() == "mx");
    let last = text.split_inclusive('\n').filter(|line| is_mx(line)).count();
    let mut seen = 0;
    for line in text.split_inclusive('\n') {
        out.push_str(line);
        if is_mx(line) {
            seen += 1;
            if seen == last {
                if !out.ends_with('\n') {
                    out.push('\n');
                }
                out.push_str(&new);
            }
        }
    }
    if last == 0 {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&new);
    }
    out
}
