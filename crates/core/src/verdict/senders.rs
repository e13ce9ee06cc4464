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
use crate::report::Acceptance;

/// A sender. One is a checker that gives advice, and sends no mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A plain reader of RFC 8461.
    Rfc8461,
    /// postfix-tlspol.
    PostfixTlspol,
    /// postfix-mta-sts-resolver.
    PostfixMtaStsResolver,
    /// mox.
    Mox,
    /// chasquid.
    Chasquid,
    /// Mimecast's library.
    Mimecast,
    /// `KumoMTA`.
    KumoMta,
    /// Google, as far as its documentation says.
    Google,
    /// `MailCheck` of the United Kingdom's National Cyber Security Centre, which only advises.
    MailCheck,
}

/// What a sender makes of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// It can use it.
    Uses(Use),
    /// Every sender is kept from it.
    Kept(Obstacle),
    /// It refuses it for what it wants besides, and does not find.
    Refuses(Vec<Want>),
    /// Not everything was seen.
    Unknown,
}

/// What a sender does with a policy that it can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It enforces it.
    Enforces,
    /// It tests it, and reports.
    Reports,
    /// It does nothing: the mode is none.
    SwitchesOff,
    /// It only advises, and has nothing to say against it.
    Accepts,
    /// It only advises, and warns that `max_age` is short.
    WarnsOfMaxAge,
}

/// What keeps every sender from the policy, as far as it is the domain's own doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// DNSSEC signatures do not hold.
    Signatures,
    /// There are several announce records.
    SeveralRecords,
    /// The announce record cannot be read.
    UnreadableRecord,
    /// There is no announce record.
    NoRecord,
    /// The policy host has no address, or a private one.
    NoAddress,
    /// The policy file cannot be fetched.
    NoFetch,
    /// The policy host answers with something else.
    OtherAnswer,
    /// The policy file cannot be read.
    UnreadablePolicy,
}

/// What a sender wants, and the RFC does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// The policy within so many seconds.
    Within {
        /// How many.
        seconds: u32,
    },
    /// `text/plain`, which the RFC has as a SHOULD (§3.2).
    PlainText,
    /// No blank line.
    NoBlankLine,
    /// No IP address in an `mx:` line.
    NoAddress,
    /// No line that breaks the grammar, even where the rest can be read.
    WholeGrammar,
    /// No key given twice.
    NoDuplicate,
    /// The version on the first line.
    VersionFirst,
    /// A `max_age` that is not 0.
    SomeMaxAge,
    /// A `max_age` of a day at least.
    MaxAgeOfADay,
}

/// Where a sender differs from the RFC. What it only limits as the RFC does, as a file over 64 KiB or a `max_age` over a
/// year, is not said again.
struct Profile {
    sender: Sender,
    wants: &'static [Want],
    reads: Reads,
    /// Where it only advises: the seconds of `max_age` in enforce and in testing under which it warns.
    warns_under: Option<[u32; 2]>,
}

/// Which text a sender reads.
#[derive(Clone, Copy)]
enum Reads {
    /// As it stands.
    AsItStands,
    /// Of a key given twice the last counts, not the first (§3.2).
    LastCounts,
    /// A `max_age` over the limit counts as the limit, where the RFC has no policy (§3.2).
    CappedMaxAge,
}

impl Profile {
    const fn of(sender: Sender, wants: &'static [Want]) -> Self {
        Self { sender, wants, reads: Reads::AsItStands, warns_under: None }
    }
}

/// Every sender, in the order of the report.
static PROFILES: &[Profile] = &[
    Profile::of(Sender::Rfc8461, &[]),
    Profile {
        reads: Reads::CappedMaxAge,
        ..Profile::of(
            Sender::PostfixTlspol,
            &[Want::Within { seconds: 2 }, Want::PlainText, Want::NoBlankLine, Want::NoAddress],
        )
    },
    Profile {
        reads: Reads::LastCounts,
        ..Profile::of(Sender::PostfixMtaStsResolver, &[Want::Within { seconds: 4 }, Want::PlainText])
    },
    // It looks at no content type, which is no less than what is asked of everybody here.
    Profile::of(Sender::Mox, &[Want::WholeGrammar]),
    Profile::of(Sender::Chasquid, &[Want::SomeMaxAge]),
    Profile::of(Sender::Mimecast, &[Want::MaxAgeOfADay]),
    Profile::of(Sender::KumoMta, &[Want::NoDuplicate]),
    Profile::of(Sender::Google, &[Want::VersionFirst]),
    Profile { warns_under: Some([1_209_600, 86_400]), ..Profile::of(Sender::MailCheck, &[]) },
];

/// What each sender would make of what was seen.
pub fn judge(facts: &Facts<'_>) -> Vec<(Sender, Reaction)> {
    let (turned, capped) = (facts.policy.as_ref().and_then(turned), facts.policy.as_ref().and_then(capped));
    let turned = turned.as_ref().map(|text| policy::parse(text.as_bytes()));
    let capped = capped.as_ref().map(|text| policy::parse(text.as_bytes()));
    let judge = |profile: &Profile| {
        // Some read another text than the RFC does, and all that is looked for is looked for in that.
        let own = match profile.reads {
            Reads::AsItStands => None,
            Reads::LastCounts => turned.as_ref(),
            Reads::CappedMaxAge => capped.as_ref(),
        };
        (profile.sender, profile.judge(facts, own.or(facts.policy.as_ref()), turned.as_ref()))
    };
    PROFILES.iter().map(judge).collect()
}

impl Reaction {
    /// Whether it finds a policy that it can use.
    pub fn acceptance(&self) -> Acceptance {
        match self {
            Self::Uses(_) => Acceptance::Usable,
            Self::Kept(_) | Self::Refuses(_) => Acceptance::Unusable,
            Self::Unknown => Acceptance::Unknown,
        }
    }
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

impl Profile {
    fn judge(
        &self,
        facts: &Facts<'_>,
        policy: Option<&policy::Policy<'_>>,
        turned: Option<&policy::Policy<'_>>,
    ) -> Reaction {
        if let Some(obstacle) = obstacle(facts, policy) {
            return Reaction::Kept(obstacle);
        }
        let (Some(_), Some(policy), Fetch::Response { response, took_ms }) =
            (facts.announce.answer(), policy, facts.fetch)
        else {
            return Reaction::Unknown;
        };
        let max_age = policy.max_age.map_or(0, |max_age| max_age.value);
        let is_met = |want: Want| match want {
            Want::Within { seconds } => took_ms <= seconds * 1000,
            Want::PlainText => response.media_type().eq_ignore_ascii_case("text/plain"),
            Want::NoBlankLine => !has(policy, PolicyFault::BlankLine),
            Want::NoAddress => !has(policy, PolicyFault::MxPattern(MxPatternFault::Ip)),
            // Of a key given twice, the line that does not count has to be right, too.
            Want::WholeGrammar => policy.is_valid() && turned.is_none_or(policy::Policy::is_usable),
            Want::NoDuplicate => !has(policy, PolicyFault::KeyDuplicate),
            Want::VersionFirst => policy.text.trim_start_matches([' ', '\t']).starts_with("version"),
            Want::SomeMaxAge => max_age > 0,
            Want::MaxAgeOfADay => max_age >= 86_400,
        };
        let unmet: Vec<Want> = self.wants.iter().copied().filter(|want| !is_met(*want)).collect();
        if unmet.is_empty() {
            Reaction::Uses(self.use_of(policy.mode.map(|mode| mode.value), max_age))
        } else {
            Reaction::Refuses(unmet)
        }
    }

    fn use_of(&self, mode: Option<Mode>, max_age: u32) -> Use {
        match (self.warns_under, mode) {
            (Some([enforce, _]), Some(Mode::Enforce)) if max_age < enforce => Use::WarnsOfMaxAge,
            (Some([_, testing]), Some(Mode::Testing)) if max_age < testing => Use::WarnsOfMaxAge,
            (Some(_), _) => Use::Accepts,
            (None, Some(Mode::Enforce)) => Use::Enforces,
            (None, Some(Mode::Testing)) => Use::Reports,
            (None, _) => Use::SwitchesOff,
        }
    }
}

fn has(policy: &policy::Policy<'_>, fault: PolicyFault) -> bool {
    policy.issues.iter().any(|issue| issue.kind == fault)
}

fn obstacle(facts: &Facts<'_>, policy: Option<&policy::Policy<'_>>) -> Option<Obstacle> {
    if dnssec(facts.announce.dns) == Dnssec::Bogus || facts.host.dnssec() == Dnssec::Bogus {
        return Some(Obstacle::Signatures);
    }
    if let (Dns::Answer(_), None) = (facts.announce.dns, facts.announce.used()) {
        return Some(match Choice::of(&facts.announce.records) {
            Choice::Several => Obstacle::SeveralRecords,
            _ if facts.announce.records.iter().any(Record::is_attempt) => Obstacle::UnreadableRecord,
            _ => Obstacle::NoRecord,
        });
    }
    match facts.fetch {
        _ if facts.host.has_none() || facts.host.has_private() => Some(Obstacle::NoAddress),
        Fetch::Failed { failure, .. } => {
            let own = matches!(failure.cause, Cause::Timeout | Cause::Connection | Cause::Tls);
            own.then_some(Obstacle::NoFetch)
        }
        Fetch::Response { response, .. } if response.status != 200 => Some(Obstacle::OtherAnswer),
        Fetch::Response { response, .. } => {
            let usable = !response.truncated && policy.is_some_and(policy::Policy::is_usable);
            (!usable).then_some(Obstacle::UnreadablePolicy)
        }
        Fetch::Pending => None,
    }
}
