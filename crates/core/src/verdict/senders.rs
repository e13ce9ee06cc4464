//! What senders that are in use would make of the policy: a plain reader of RFC 8461 first, then those that are known
//! to differ from it.

use crate::evidence::dnssec::Dnssec;
use crate::evidence::dnssec::dnssec;
use crate::evidence::{Cause, Dns, Fetch};
use crate::facts::Facts;
use crate::published::announce::AnnounceRecord as Record;
use crate::published::policy::mx_pattern::MxPatternFault;
use crate::published::policy::{self, MAX_AGE_LIMIT, Mode, PolicyFault};
use crate::published::tag_list::Choice;
use crate::report::{Acceptance, SenderVerdict};

/// A sender, and where it differs from the RFC. What it only limits as the RFC does, as a file over 64 KiB or a
/// `max_age` over a year, is not said again.
struct Sender {
    name: &'static str,
    /// What it wants besides, and what is said where it is not so.
    wants: &'static [(Want, &'static str)],
}

/// What a sender wants, and the RFC does not.
#[derive(Clone, Copy, PartialEq)]
enum Want {
    /// The policy within so many milliseconds.
    Within(u32),
    /// `text/plain`, which the RFC has as a SHOULD (§3.2).
    PlainText,
    NoBlankLine,
    /// No IP address in an `mx:` line.
    NoAddress,
    /// No line that breaks the grammar, even where the rest can be read.
    WholeGrammar,
    NoDuplicate,
    /// Of a key given twice the last counts, not the first (§3.2).
    LastCounts,
    /// A `max_age` over the limit counts as the limit, where the RFC has no policy (§3.2).
    CapsMaxAge,
    VersionFirst,
    /// At least so many seconds of `max_age`.
    MaxAge(u32),
    /// Sends no mail, and warns of fewer seconds than these in enforce and in testing.
    Advice(u32, u32),
}

use Want::{
    Advice, CapsMaxAge, LastCounts, MaxAge, NoAddress, NoBlankLine, NoDuplicate, PlainText, VersionFirst, WholeGrammar,
    Within,
};

const PLAIN_TEXT: (Want, &str) = (PlainText, "It takes only a file that is marked as text/plain.");

/// Every sender, in the order of the report.
static SENDERS: &[Sender] = &[
    Sender { name: "RFC 8461", wants: &[] },
    Sender {
        name: "postfix-tlspol",
        wants: &[
            (Within(2000), "It waits 2 seconds for the file, and the host took longer."),
            PLAIN_TEXT,
            (NoBlankLine, "It refuses a blank line."),
            (NoAddress, "It refuses an address in an mx line."),
            (CapsMaxAge, ""),
        ],
    },
    Sender {
        name: "postfix-mta-sts-resolver",
        wants: &[
            (Within(4000), "It waits 4 seconds for the file, and the host took longer."),
            PLAIN_TEXT,
            (LastCounts, ""),
        ],
    },
    // It looks at no content type, which is no less than what is asked of everybody here.
    Sender { name: "mox", wants: &[(WholeGrammar, "It refuses the whole file for one bad line.")] },
    Sender { name: "chasquid", wants: &[(MaxAge(1), "It refuses a max_age of 0.")] },
    Sender { name: "Mimecast's library", wants: &[(MaxAge(86_400), "It refuses a max_age under 86400 (one day).")] },
    Sender { name: "KumoMTA", wants: &[(NoDuplicate, "It refuses a line that is given twice.")] },
    Sender { name: "Google, by its documentation", wants: &[(VersionFirst, "It wants version on the first line.")] },
    Sender {
        name: "NCSC MailCheck (advice)",
        wants: &[(Advice(1_209_600, 86_400), "It would accept the policy, and warn that its max_age is short.")],
    },
];

/// What each sender would make of what was seen.
pub(crate) fn judge(facts: &Facts<'_>) -> Vec<SenderVerdict> {
    let (turned, capped) = (facts.policy.as_ref().and_then(turned), facts.policy.as_ref().and_then(capped));
    let turned = turned.as_ref().map(|text| policy::parse(text.as_bytes()));
    let capped = capped.as_ref().map(|text| policy::parse(text.as_bytes()));
    let judge = |sender: &Sender| {
        let does = |what| sender.wants.iter().any(|(want, _)| *want == what);
        // Some read another text than the RFC does, and all that is looked for is looked for in that.
        let own = turned.as_ref().filter(|_| does(LastCounts)).or(capped.as_ref().filter(|_| does(CapsMaxAge)));
        let (verdict, why) = sender.judge(facts, own.or(facts.policy.as_ref()), turned.as_ref());
        SenderVerdict { name: sender.name.to_owned(), verdict, why }
    };
    SENDERS.iter().map(judge).collect()
}

/// Where a key is given twice, the lines in the other order, so that the first is the last.
fn turned(policy: &policy::Policy<'_>) -> Option<String> {
    if !has(policy, PolicyFault::KeyDuplicate) {
        return None;
    }
    let mut lines: Vec<&str> = policy.text.split('\n').collect();
    lines.reverse();
    let mut turned = String::new();
    for line in lines {
        turned.extend([line, "\n"]);
    }
    Some(turned)
}

/// Where `max_age` is over the limit, the text with the limit in its place.
fn capped(policy: &policy::Policy<'_>) -> Option<String> {
    let span = policy.issues.iter().find(|issue| issue.kind == PolicyFault::MaxAgeTooLong)?.span;
    let (before, after) = (policy.text.get(..span.start)?, policy.text.get(span.end..)?);
    Some(format!("{before}{MAX_AGE_LIMIT}{after}"))
}

impl Sender {
    fn judge(
        &self,
        facts: &Facts<'_>,
        policy: Option<&policy::Policy<'_>>,
        turned: Option<&policy::Policy<'_>>,
    ) -> (Acceptance, String) {
        if let Some(why) = obstacle(facts, policy) {
            return (Acceptance::Unusable, why.to_owned());
        }
        let (Some(_), Some(policy), Fetch::Response { response, took_ms }) =
            (facts.announce.answer(), policy, facts.fetch)
        else {
            return (Acceptance::Unknown, "Not everything could be looked at.".to_owned());
        };
        let mode = policy.mode.map(|mode| mode.value);
        let max_age = policy.max_age.map_or(0, |max_age| max_age.value);
        let mut good = match mode {
            Some(Mode::Enforce) => "It would find the policy and enforce it.",
            Some(Mode::Testing) => "It would find the policy and only report problems.",
            _ => "It would find the policy, which switches MTA-STS off.",
        };
        let mut why = String::new();
        for &(want, otherwise) in self.wants {
            let met = match want {
                Within(ms) => took_ms <= ms,
                PlainText => response.media_type().eq_ignore_ascii_case("text/plain"),
                NoBlankLine => !has(policy, PolicyFault::BlankLine),
                NoAddress => !has(policy, PolicyFault::MxPattern(MxPatternFault::Ip)),
                // Of a key given twice, the line that does not count has to be right, too.
                WholeGrammar => policy.is_valid() && turned.is_none_or(policy::Policy::is_usable),
                NoDuplicate => !has(policy, PolicyFault::KeyDuplicate),
                LastCounts | CapsMaxAge => true,
                VersionFirst => policy.text.trim_start_matches([' ', '\t']).starts_with("version"),
                MaxAge(least) => max_age >= least,
                Advice(enforce, testing) => {
                    let short = match mode {
                        Some(Mode::Enforce) => max_age < enforce,
                        Some(Mode::Testing) => max_age < testing,
                        _ => false,
                    };
                    good = if short { otherwise } else { "It would accept the policy." };
                    true
                }
            };
            if !met {
                why.extend([if why.is_empty() { "" } else { " " }, otherwise]);
            }
        }
        if why.is_empty() { (Acceptance::Usable, good.to_owned()) } else { (Acceptance::Unusable, why) }
    }
}

fn has(policy: &policy::Policy<'_>, fault: PolicyFault) -> bool {
    policy.issues.iter().any(|issue| issue.kind == fault)
}

/// What keeps every sender from the policy, as far as it is the domain's own doing.
fn obstacle(facts: &Facts<'_>, policy: Option<&policy::Policy<'_>>) -> Option<&'static str> {
    if dnssec(facts.announce.dns) == Dnssec::Bogus || facts.host.dnssec() == Dnssec::Bogus {
        return Some("The DNSSEC signatures do not hold.");
    }
    if let (Dns::Answer(_), None) = (facts.announce.dns, facts.announce.used()) {
        return Some(match Choice::of(&facts.announce.records) {
            Choice::Several => "There is more than one _mta-sts record.",
            _ if facts.announce.records.iter().any(Record::is_attempt) => "It cannot read the _mta-sts record.",
            _ => "There is no _mta-sts record.",
        });
    }
    match facts.fetch {
        _ if facts.host.has_none() || facts.host.has_private() => {
            Some("The policy host has no address on the internet.")
        }
        Fetch::Failed { failure, .. } => {
            let own = matches!(failure.cause, Cause::Timeout | Cause::Connection | Cause::Tls);
            own.then_some("It cannot fetch the policy.")
        }
        Fetch::Response { response, .. } if response.status != 200 => Some("It gets another answer than the policy."),
        Fetch::Response { response, .. } => {
            let usable = !response.truncated && policy.is_some_and(policy::Policy::is_usable);
            (!usable).then_some("It cannot read the policy file.")
        }
        Fetch::Pending => None,
    }
}
