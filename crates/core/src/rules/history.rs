//! What changed since earlier checks of the same domain. Without snapshots of them only the first rule can speak.
//!
//! Times are told as they were seen: a change lies somewhere between two checks.

mod stale;

use super::rule::{Case, Kind, Rule};
use super::source::sts;
use super::step::{Ask, Step, Target, ToPaste};
use crate::evidence::Fetch;
use crate::evidence::snapshot::{Snapshot, lacking};
use crate::facts::Facts;
use crate::name::labels::Txt;
use crate::published::policy::Mode;
use crate::report::Severity;
use crate::report::link::Link;
use crate::text::clip::clip;
use crate::text::time::{Date, Timestamp};
use stale::{REFUSED, Stale, used};

/// What is seen so soon after a change may be half of one: RFC 8461 §8.1 has the policy change before the id. A page that
/// is made anew for each request is always so young.
const SETTLING_MS: i64 = 3_600_000;

/// Days in which a test shows what is wrong, if mail comes every day.
const TEST_DAYS: u32 = 7;

/// Days after which a state has lasted for long, and how it began is of no more interest.
const LONG_DAYS: u32 = 90;

/// Days in which a policy that is not always there counts as one that comes and goes.
const FLAPPING_DAYS: u32 = 30;

/// It was seen in testing, and not for long.
const TESTED: Case = Case::said("tested");

/// Nobody would tell what is wrong.
const WITHOUT_REPORTS: Case = Case::said("without-reports");

/// A mail server that is live would be refused.
const LIVE_HOST_REFUSED: Case =
    Case::done("live-host-refused", &[Step::Own(Target::File), Step::ThenPutRecordBack, Step::Own(Target::Nothing)]);

/// Nobody enforced it.
const ONLY_TESTED: Case = Case::said("only-tested");

/// Mail servers came, and none went.
const ONLY_NEW: Case = Case::said("only-new");

/// Mail servers went, and none came.
const ONLY_GONE: Case = Case::said("only-gone");

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "history-id-older-than-policy",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("8.1"),
        reported_as: &[],
        steps: &[Step::Own(Target::Id), Step::Own(Target::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some((id, since)) = id_and_newer_file(facts) {
                out.report().with("id", id).with("since", since.date().to_string());
            }
        },
    },
    Rule {
        id: "history-policy-changed-id-same",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("8.1"),
        reported_as: &[],
        steps: &[Step::Own(Target::Id), Step::Own(Target::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[REFUSED],
        check: |facts, out| {
            // Where the id came too early, the next rule says so, and nothing is left to say here.
            if let Some(stale) = Stale::find(facts, out.snapshot).filter(|stale| !stale.came_as_new) {
                stale.tell(out.report());
            }
        },
    },
    Rule {
        id: "history-id-changed-policy-same",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Record),
        source: sts("8.1"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            // A new id does no harm, an old one does, and the rules before and after this one say so.
            if let (Some((before, id)), None) =
                (new_id_for_nothing(facts, out.snapshot), Stale::find(facts, out.snapshot))
            {
                out.report().with("before", clip(before, 32)).with("id", clip(id, 32));
            }
        },
    },
    Rule {
        id: "history-record-before-policy",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("8.1"),
        reported_as: &[],
        steps: &[Step::Own(Target::Id), Step::Own(Target::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[REFUSED],
        check: |facts, out| {
            if let Some(stale) = Stale::find(facts, out.snapshot).filter(|stale| stale.came_as_new) {
                stale.tell(out.report());
            }
        },
    },
    Rule {
        id: "history-enforce-without-testing",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("5"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing), Step::Own(Target::FileAndId)],
        ask: Ask::TestIfFailing,
        lacks: &[],
        cases: &[TESTED, WITHOUT_REPORTS],
        check: |facts, out| {
            let Some((tested, enforced)) = enforced_untested(facts, out.snapshot) else { return };
            let draft = out.report().with("enforced", enforced.date().to_string());
            let draft = match tested {
                Some(since) => draft.case(TESTED).with("tested", since.date().to_string()),
                None => draft,
            };
            if facts.tlsrpt.is_amiss() {
                draft.case(WITHOUT_REPORTS).severity(Severity::Warning);
            }
        },
    },
    Rule {
        id: "history-testing-stale",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("5"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing), Step::Enforce, Step::ThenNewId],
        ask: Ask::Enforce,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some((now, Mode::Testing)) = used(out.snapshot) else { return };
            let mut since = now.time;
            for old in facts.history.iter().rev() {
                match old.mode() {
                    Some(Mode::Testing) => since = old.time,
                    None if old.has_part() => {}
                    _ => break,
                }
            }
            if days(since, now.time) > LONG_DAYS {
                out.report().with("since", since.date().to_string());
            }
        },
    },
    Rule {
        id: "history-mode-weakened",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("5"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing), Step::Own(Target::FileAndId)],
        ask: Ask::EnforceAgain,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some((now, mode @ (Mode::Testing | Mode::None))) = used(out.snapshot) else { return };
            let mut since = now.time;
            for old in facts.history.iter().rev() {
                match old.mode() {
                    Some(Mode::Enforce) => {
                        if days(since, now.time) <= LONG_DAYS {
                            out.report().with("then", old.time.date().to_string()).with("mode", mode.as_str());
                        }
                        break;
                    }
                    Some(_) => since = old.time,
                    None => {}
                }
            }
        },
    },
    Rule {
        id: "history-removed-too-early",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("8.3"),
        reported_as: &[],
        steps: &[Step::Own(Target::File), Step::Own(Target::File), Step::PutRecordBack, Step::Own(Target::Nothing)],
        ask: Ask::PutBack,
        lacks: &[],
        cases: &[LIVE_HOST_REFUSED, ONLY_TESTED],
        check: |facts, out| {
            let Some((mode, until)) = still_kept(facts) else { return };
            let draft = out.report().with("until", until.date().to_string()).paste(ToPaste::PolicyOff);
            // Behind an alias, whoever operates the record gives it its id.
            let draft = match facts.announce.aliases() {
                [] => draft.paste(ToPaste::Host(Txt::Announce)).paste(ToPaste::NewValue(Txt::Announce)),
                _ => draft,
            };
            let hosts: Vec<String> = facts.mail_hosts().map(str::to_owned).collect();
            let now = facts.checked_at.as_millisecond();
            let is_kept = |old: &&Snapshot| old.id.is_some() && old.kept_until(old.time) > now;
            let refused = facts.history.iter().copied().filter(is_kept).rev().find_map(|old| old.refused(&hosts));
            if let Some(host) = refused {
                draft.case(LIVE_HOST_REFUSED).with("host", clip(host, 100));
            } else if mode != Mode::Enforce {
                draft.case(ONLY_TESTED).severity(Severity::Warning);
            }
        },
    },
    Rule {
        id: "history-mx-changed",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("8.1"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[ONLY_NEW, ONLY_GONE],
        check: |facts, out| {
            let (Some(now), Some(last)) = (out.snapshot, facts.history.last()) else { return };
            // Of a domain without mail servers other rules speak.
            if now.mx_hosts.is_empty() || last.mx_hosts.is_empty() {
                return;
            }
            let (new, gone) = (lacking(&now.mx_hosts, &last.mx_hosts), lacking(&last.mx_hosts, &now.mx_hosts));
            if new.is_empty() && gone.is_empty() {
                return;
            }
            let draft = out.report().with("new", listed(&new)).with("gone", listed(&gone));
            if gone.is_empty() {
                draft.case(ONLY_NEW);
            } else if new.is_empty() {
                draft.case(ONLY_GONE);
            }
        },
    },
    Rule {
        id: "history-policy-flapping",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.3"),
        reported_as: &[],
        steps: &[Step::Own(Target::Nothing), Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let recent = |seen: &&Snapshot| days(seen.time, facts.checked_at) <= FLAPPING_DAYS;
            let (mut is_there, mut gone) = (false, None);
            for seen in facts.history.iter().copied().chain(out.snapshot).filter(recent) {
                let went = is_there && !seen.has_policy;
                is_there = seen.has_policy;
                match gone {
                    None if went => gone = Some(seen.time.date()),
                    // What was gone once may have been a mistake, and is mended.
                    Some(gone) if went => {
                        out.report().with("gone", gone.to_string()).with("again", seen.time.date().to_string());
                        break;
                    }
                    _ => {}
                }
            }
        },
    },
];

/// Whole days from one date to a later one.
fn days(from: Timestamp, to: Timestamp) -> u32 {
    to.date().days_after(from.date())
}

/// The first few names.
fn listed(names: &[&str]) -> String {
    let more = if names.len() > 5 { ", …" } else { "" };
    let names: Vec<String> = names.iter().take(5).map(|name| clip(name, 100)).collect();
    names.join(", ") + more
}

/// The id, where it reads as a date and the file is newer by over a day; and since when the file is as it is, by its web
/// host.
fn id_and_newer_file<'f>(facts: &'f Facts<'_>) -> Option<(&'f str, Timestamp)> {
    let Fetch::Response { response, .. } = facts.fetch else { return None };
    facts.usable_policy()?;
    let since = Timestamp::from_http_date(response.last_modified.as_deref()?)?;
    let id = facts.announce.used()?.id.as_ref()?.value.as_str();
    // Nobody had an id before the first draft of MTA-STS, of 2016: such digits are no date.
    let day = Date::from_leading_digits(id).filter(|_| id >= "2016")?;
    // The day may be that of any time zone.
    let is_older = since >= day.plus_days(2).start();
    let is_settled = facts.checked_at.as_millisecond() - since.as_millisecond() > SETTLING_MS;
    // A check from before then has seen the text, and the next rules compare it.
    let is_known = |old: &Snapshot| old.id.as_deref() == Some(id) && old.mode().is_some() && old.time < since;
    // What a provider keeps, or a platform for web sites, is uploaded when it suits them, changed or not. And an id that
    // is an alias is not the domain's to change.
    let is_own = facts.announce.aliases().is_empty() && facts.host.aliases().is_empty();
    (is_older && is_settled && is_own && !facts.history.iter().any(|old| is_known(old))).then_some((id, since))
}

/// The id before this one and this one, where the policy was the same under both.
fn new_id_for_nothing<'f>(facts: &'f Facts<'_>, snapshot: Option<&'f Snapshot>) -> Option<(&'f str, &'f str)> {
    let (now, _) = used(snapshot)?;
    let id = now.id.as_deref()?;
    let mut before = None;
    for old in facts.history.iter().rev().filter(|old| old.mode().is_some()) {
        let Some(old_id) = old.id.as_deref() else { continue };
        if before.is_some_and(|before| before != old_id) {
            break;
        }
        // A policy that changed while that id was there is what the new one is for.
        if old_id == id || !old.has_same_policy(now) {
            return None;
        }
        before = Some(old_id);
    }
    before.map(|before| (before, id))
}

/// Where the policy came to be enforced not long ago, and was hardly tested: when it was first seen in testing, if it was,
/// and when enforced.
fn enforced_untested(facts: &Facts<'_>, snapshot: Option<&Snapshot>) -> Option<(Option<Timestamp>, Timestamp)> {
    let (now, Mode::Enforce) = used(snapshot)? else { return None };
    let (mut enforced, mut tested) = (now.time, None);
    // A domain that was enforced when it was first seen, or before it was switched off, may have been tested earlier.
    let mut is_new = false;
    for old in facts.history.iter().rev() {
        match old.mode() {
            Some(Mode::Enforce) if is_new => return None,
            Some(Mode::Enforce) => enforced = old.time,
            None if old.has_part() => {}
            Some(Mode::Testing) => (is_new, tested) = (true, Some(old.time)),
            _ if tested.is_some() => break,
            _ => is_new = true,
        }
    }
    let is_untested = is_new && tested.is_none_or(|since| days(since, enforced) < TEST_DAYS);
    (is_untested && days(enforced, now.time) <= LONG_DAYS).then_some((tested, enforced))
}

/// Where record or policy file is gone: the policy that senders may still keep, by its mode, and until when.
pub(super) fn still_kept(facts: &Facts<'_>) -> Option<(Mode, Timestamp)> {
    // Where no mail comes, none is refused.
    if !facts.mx.known() || facts.mx.no_such_domain() || facts.mx.refuses_mail() {
        return None;
    }
    let is_record_gone = facts.announce.answer().is_some() && !facts.is_announced();
    // Any other answer may be a fault of the host, and be over in an hour.
    let is_policy_gone = match facts.fetch {
        Fetch::Response { response, .. } => matches!(response.status, 404 | 410),
        _ => facts.host.has_none(),
    };
    if !is_record_gone && !is_policy_gone {
        return None;
    }
    let until = |mode: Mode| {
        let kept = facts.history.iter().filter(|old| old.id.is_some() && old.mode() == Some(mode));
        let until = kept.map(|old| old.kept_until(old.time)).max()?;
        Timestamp::from_millisecond(until).filter(|until| *until > facts.checked_at).map(|until| (mode, until))
    };
    until(Mode::Enforce).or_else(|| until(Mode::Testing))
}
