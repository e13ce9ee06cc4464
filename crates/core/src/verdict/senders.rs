//! What senders that are in use would make of the policy: a plain reader of RFC 8461 first, then those that are known
//! to differ from it. How each reads a record and a file follows its source code, or what its maker documents.

mod file;
mod reaction;
mod record;

use crate::evidence::dnssec::{Dnssec, dnssec};
use crate::evidence::{Cause, Fetch, Response};
use crate::facts::Facts;
use crate::published::announce::AnnounceRecord as Record;
use crate::published::policy::{Mode, Policy, PolicyFault};
use crate::published::tag_list::{Candidate, Choice};
use crate::report::Acceptance;
use crate::text::part;
use file::Read;
use reaction::Cell;
pub use reaction::{But, Obstacle, Reaction, Sender, Use, Want};

/// What a sender wants, beside what it reads.
struct Profile {
    sender: Sender,
    wants: &'static [Want],
    /// Where it only advises: the seconds of `max_age` in enforce and in testing under which it warns.
    warns_under: Option<[u32; 2]>,
}

impl Profile {
    const fn of(sender: Sender, wants: &'static [Want]) -> Self {
        Self { sender, wants, warns_under: None }
    }
}

/// Every sender, in the order of the report.
static PROFILES: &[Profile] = &[
    Profile::of(Sender::Rfc8461, &[]),
    Profile::of(Sender::PostfixTlspol, &[Want::Within { seconds: 2 }, Want::PlainText]),
    Profile::of(Sender::PostfixMtaStsResolver, &[Want::Within { seconds: 4 }, Want::PlainText, Want::Ascii]),
    Profile::of(Sender::Postfix, &[]),
    Profile::of(Sender::Mox, &[]),
    Profile::of(Sender::Chasquid, &[Want::PlainText]),
    // Its options can demand text/plain and CRLF; whether Mimecast's own service does is not documented.
    Profile::of(Sender::Mimecast, &[]),
    Profile::of(Sender::KumoMta, &[Want::ExactlyPlainText]),
    Profile::of(Sender::Stalwart, &[]),
    Profile::of(Sender::Maddy, &[Want::PlainText]),
    Profile::of(Sender::Halon, &[Want::Within { seconds: 5 }]),
    Profile::of(Sender::Google, &[Want::VersionFirst, Want::MaxAgeInRange, Want::EveryMx]),
    Profile::of(Sender::Microsoft, &[]),
    Profile { warns_under: Some([1_209_600, 86_400]), ..Profile::of(Sender::MailCheck, &[]) },
];

/// What each sender would make of what was seen.
pub fn judge(facts: &Facts<'_>) -> Vec<(Sender, Reaction)> {
    let mut judged: Vec<(Sender, Reaction)> = Vec::new();
    for profile in PROFILES {
        let reaction = match (profile.sender, judged.as_slice()) {
            (Sender::Postfix, [.., (_, one), (_, another)]) => by_add_on(one, another),
            _ => profile.judge(facts),
        };
        judged.push((profile.sender, reaction));
    }
    judged
}

/// What Postfix makes of a policy that its add-ons read.
fn by_add_on(one: &Reaction, another: &Reaction) -> Reaction {
    match one {
        Reaction::Kept(_) | Reaction::Refuses(_) | Reaction::Unknown if one == another => one.clone(),
        _ if one.acceptance() == another.acceptance() => Reaction::ByAddOn(one.acceptance()),
        _ => Reaction::ByAddOn(Acceptance::Unknown),
    }
}

impl Reaction {
    /// Whether it finds a policy that it can use.
    pub fn acceptance(&self) -> Acceptance {
        match self {
            Self::Uses(_) | Self::UsesBut(..) => Acceptance::Usable,
            Self::Kept(_) | Self::Refuses(_) => Acceptance::Unusable,
            Self::ByAddOn(acceptance) => *acceptance,
            Self::Untold | Self::Unknown => Acceptance::Unknown,
        }
    }
}

impl Profile {
    fn judge(&self, facts: &Facts<'_>) -> Reaction {
        if dnssec(facts.announce.dns) == Dnssec::Bogus || facts.host.dnssec() == Dnssec::Bogus {
            return Reaction::Kept(Obstacle::Signatures);
        }
        let record = facts.announce.answer().map(|_| record::read(self.sender, &facts.announce));
        let unread = unread_record(facts);
        if let (Some(Cell::NotUsed), Some(obstacle)) = (record, unread) {
            return Reaction::Kept(obstacle);
        }
        if let Some(obstacle) = unfetched(facts) {
            return Reaction::Kept(obstacle);
        }
        let (Some(record), Some(policy), Fetch::Response { response, took_ms }) =
            (record, facts.policy.as_ref(), facts.fetch)
        else {
            return Reaction::Unknown;
        };
        let read = file::read(self.sender, policy, response);
        if matches!(read, Read::Unreadable) {
            return Reaction::Kept(Obstacle::UnreadablePolicy);
        }
        let mut unmet: Vec<Want> =
            self.wants.iter().copied().filter(|want| !want.is_met(facts, policy, response, took_ms)).collect();
        if record == Cell::NotUsed {
            unmet.push(record::want(self.sender, &facts.announce));
        }
        if let Read::Refused(want) = read {
            unmet.push(want);
        }
        match read {
            _ if !unmet.is_empty() => Reaction::Refuses(unmet),
            Read::Values { mode, max_age, but } if record == Cell::Used => {
                let used = self.use_of(mode, max_age);
                but.map_or(Reaction::Uses(used), |but| Reaction::UsesBut(used, but))
            }
            _ => Reaction::Untold,
        }
    }

    fn use_of(&self, mode: Mode, max_age: u32) -> Use {
        match (self.warns_under, mode) {
            (Some([enforce, _]), Mode::Enforce) if max_age < enforce => Use::WarnsOfMaxAge,
            (Some([_, testing]), Mode::Testing) if max_age < testing => Use::WarnsOfMaxAge,
            (Some(_), _) => Use::Accepts,
            (None, Mode::Enforce) => Use::Enforces,
            (None, Mode::Testing) => Use::Reports,
            (None, Mode::None) => Use::SwitchesOff,
        }
    }
}

impl Want {
    /// Whether it is met, of those that stand beside what a sender reads.
    fn is_met(self, facts: &Facts<'_>, policy: &Policy<'_>, response: &Response, took_ms: u32) -> bool {
        let media_type = response.media_type();
        match self {
            Self::Within { seconds } => took_ms <= seconds * 1000,
            Self::PlainText => media_type.eq_ignore_ascii_case("text/plain"),
            Self::ExactlyPlainText => media_type == "text/plain",
            Self::Ascii => {
                let content_type = response.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
                part::has(&content_type, "charset=") || response.body.0.is_ascii()
            }
            Self::VersionFirst => policy.text.trim_start_matches('\u{feff}').starts_with("version"),
            Self::MaxAgeInRange => match policy.max_age {
                Some(max_age) => max_age.value >= 86_400,
                None => !policy.issues.iter().any(|issue| issue.kind == PolicyFault::MaxAgeTooLong),
            },
            Self::EveryMx => {
                let is_off = policy.mode.is_some_and(|mode| mode.value == Mode::None);
                is_off || policy.mx.is_empty() || facts.mx.hosts.iter().all(|mx| mx.matched_by.is_some())
            }
            // What is read by itself decides these.
            _ => true,
        }
    }
}

/// What keeps whoever follows the RFC from the announce record.
fn unread_record(facts: &Facts<'_>) -> Option<Obstacle> {
    if facts.announce.answer().is_none() || facts.announce.used().is_some() {
        return None;
    }
    Some(match Choice::of(&facts.announce.records) {
        Choice::Several => Obstacle::SeveralRecords,
        _ if facts.announce.records.iter().any(Record::is_attempt) => Obstacle::UnreadableRecord,
        _ => Obstacle::NoRecord,
    })
}

/// What keeps everybody from the policy file.
fn unfetched(facts: &Facts<'_>) -> Option<Obstacle> {
    match facts.fetch {
        _ if facts.host.has_none() || facts.host.has_private() => Some(Obstacle::NoAddress),
        Fetch::Failed { failure, .. } => {
            let own = matches!(failure.cause, Cause::Timeout | Cause::Connection | Cause::Tls);
            own.then_some(Obstacle::NoFetch)
        }
        Fetch::Response { response, .. } => (response.status != 200).then_some(Obstacle::OtherAnswer),
        Fetch::Pending => None,
    }
}
