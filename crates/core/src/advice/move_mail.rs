//! Moving to another mail provider with a policy in place: both in the policy first, then the id, then the MX records, and
//! in the end the old provider out of the policy (RFC 8461 §8.1).

use super::draft::{Draft, days_past};
use super::goal::GoalName;
use super::live::{Live, LiveState};
use super::proposal::{DAY_S, NoPolicy, NotKnown, PolicyDecision, WEEK_S, settings};
use super::records::RecordDecision;
use super::task::{Allowed, Sentence, Summary, TaskKind, TaskPlan};
use crate::providers::mx_line::Lines;
use crate::published::policy::mx_pattern::MxPattern;
use crate::published::policy::{MAX_AGE_LIMIT, Mode};
use crate::text::time::Timestamp;

/// Days that the old servers stay in the policy after the MX records changed: senders try a message for up to five days
/// (RFC 5321 §4.5.4.1), and find the new servers as soon as the old records have left their caches.
const LINGER: u32 = 7;
/// Days of testing where it is not known that the new servers fit.
const TEST_FOR: u32 = 14;

/// How long senders may remember a policy.
#[derive(Clone, Copy)]
pub(super) struct Remembered {
    /// The `max_age` of the policy that is served, where it is not one in mode none.
    pub(super) max_age: Option<u32>,
    /// Until when they may enforce one that earlier checks saw.
    pub(super) kept: Option<Timestamp>,
}

/// `old` are the lines for the live MX hosts, `new` those for where the mail goes.
pub(super) fn plan(
    mut draft: Draft<'_>,
    live: &Live,
    seen: Remembered,
    policy: &PolicyDecision,
    old: Lines,
    new: &Lines,
    tls_rpt: &RecordDecision,
) -> TaskPlan {
    let summary = match live.state {
        _ if new.lines.is_empty() => Summary::NoPolicy(NoPolicy::NotKnown(NotKnown::NewServers)),
        LiveState::Unknown => Summary::NotLookedAt,
        _ if is_there(live, new) => clear_up(&mut draft, live, new),
        LiveState::Nothing | LiveState::None => move_without_policy(&mut draft, live, seen.kept),
        // One that worked before may still be enforced by whoever remembers it.
        LiveState::Broken | LiveState::Testing | LiveState::Enforce => match policy {
            // A policy for both has to name the servers that mail goes to now.
            PolicyDecision::ServeNone(why @ NoPolicy::NotKnown(_)) => Summary::NoPolicy(*why),
            _ => move_with_policy(&mut draft, live, seen.max_age, old, new, tls_rpt),
        },
    };
    draft.finish(GoalName::Move, summary)
}

/// Whether the mail goes there already: to no other servers, and to all that are named.
fn is_there(live: &Live, new: &Lines) -> bool {
    let allows = |host: &String| new.patterns().any(|pattern| fits(pattern, host));
    let named = |host: &String| live.mx.contains(host);
    !live.mx.is_empty()
        && new.unlistable.is_empty()
        && live.mx.iter().all(allows)
        && new.lines.iter().flat_map(|line| &line.hosts).all(named)
}

/// What is left to do once the mail has moved.
fn clear_up(draft: &mut Draft<'_>, live: &Live, new: &Lines) -> Summary {
    if !matches!(live.state, LiveState::Testing | LiveState::Enforce) {
        return Summary::MovedWithoutPolicy;
    }
    if !live.not_allowed.is_empty() {
        return Summary::MovedToOthers;
    }
    if live.patterns.iter().all(|pattern| live.mx.iter().any(|host| fits(pattern, host))) {
        return Summary::Moved;
    }
    let (mode, max_age) = settings(live);
    // When the MX records changed cannot be seen.
    draft.on_day(LINGER);
    let text = Draft::policy_text(mode, new, max_age);
    draft.policy(TaskKind::TakeOldProviderOut, vec![Sentence::OnlyIfMailHasMoved], text);
    Summary::MovedButOldAllowed { take_out: draft.date() }
}

fn move_without_policy(draft: &mut Draft<'_>, live: &Live, kept: Option<Timestamp>) -> Summary {
    if let Some(kept) = kept {
        draft.on_day(kept.date().days_after(draft.date_after(0)).saturating_add(1));
        draft.task(TaskKind::ChangeMxRecords, vec![Sentence::SeenIsRemembered, Sentence::SetMxRecords]);
        return Summary::MoveOnceForgotten { change: draft.date() };
    }
    let max_age = MAX_AGE_LIMIT;
    let until = draft.date_after(days_past(max_age.saturating_add(live.record_ttl)));
    let (wait, summary) = match live.state {
        LiveState::None => (Sentence::WaitIfServedBeforeOff { until, max_age }, Summary::MoveWithPolicyOff),
        _ => (Sentence::WaitIfServedBefore { until, max_age }, Summary::MoveWithoutPolicy),
    };
    draft.task(TaskKind::ChangeMxRecords, vec![wait, Sentence::SetMxRecords]);
    summary
}

fn move_with_policy(
    draft: &mut Draft<'_>,
    live: &Live,
    seen: Option<u32>,
    old: Lines,
    new: &Lines,
    tls_rpt: &RecordDecision,
) -> Summary {
    draft.ask_for_reports(live, tls_rpt);
    let broken = live.state == LiveState::Broken;
    let unsure = live.state == LiveState::Enforce && !(new.is_known() || is_allowed(live, new));
    let (mode, max_age) = if unsure { (Mode::Testing, DAY_S) } else { settings(live) };
    let both = Draft::policy_text(mode, &old.and(Lines { lines: new.lines.clone(), unlistable: Vec::new() }), max_age);
    let mut why = vec![Sentence::AllowBeforeMail];
    if broken {
        why.push(Sentence::MendTheRest);
    }
    if unsure {
        why.push(Sentence::TestDuringMove);
    }
    let allowed = if live.mx.is_empty() { Allowed::NewServers } else { Allowed::BothProviders };
    let kind = if broken { TaskKind::RepairAndAllow(allowed) } else { TaskKind::LetPolicyAllow(allowed) };
    draft.policy(kind, why, both.clone());

    // Until the old record has left every cache, a sender may not learn of the new policy (RFC 8461 §8.1).
    draft.on_day(days_past(live.record_ttl).max(2));
    let change = draft.date();
    // Of what does not work, it cannot always be seen how long it was to be remembered when it did.
    let remembered = seen.unwrap_or(if broken { MAX_AGE_LIMIT } else { 0 });
    // Mimecast's library keeps an enforced policy for a week at the least.
    let kept = if matches!(live.state, LiveState::Testing) { remembered } else { remembered.max(WEEK_S) };
    let forgotten = draft.date_after(days_past(kept.saturating_add(live.record_ttl)));
    if broken {
        let wait = Sentence::OnlyIfPolicyWorks { forgotten, max_age: remembered };
        draft.task(TaskKind::WaitForSenders, vec![wait]);
    } else if forgotten > change {
        draft.task(TaskKind::WaitForSenders, vec![Sentence::WaitForCopies { forgotten }]);
    }
    let patterns = new.patterns().map(str::to_owned).collect();
    draft.task(TaskKind::ChangeMxRecords, vec![Sentence::SetAllowedMxRecords { patterns }]);

    draft.on_day(change.days_after(draft.date_after(0)).saturating_add(days_past(live.mx_ttl).max(LINGER)));
    let only_new = Draft::policy_text(mode, new, max_age);
    if only_new != both {
        draft.policy(TaskKind::TakeOldProviderOut, vec![Sentence::OnlyIfMailHasMoved], only_new);
    }
    if unsure {
        let day = draft.date().days_after(draft.date_after(0)).saturating_add(TEST_FOR);
        draft.on_day(day);
        let text = Draft::policy_text(Mode::Enforce, new, WEEK_S);
        draft.policy(TaskKind::EnforceAgain, vec![Sentence::OnlyIfMoveIsClean], text);
    }
    if broken { Summary::MoveAndRepair { allowed, change, forgotten } } else { Summary::Move { allowed, change } }
}

/// Whether the policy that is served allows every host that a line is the name of: then it is known to fit them.
fn is_allowed(live: &Live, new: &Lines) -> bool {
    let allows = |host: &str| live.patterns.iter().any(|pattern| fits(pattern, host));
    new.unlistable.is_empty() && new.unknown().all(allows)
}

fn fits(pattern: &str, host: &str) -> bool {
    MxPattern::parse(pattern).is_ok_and(|pattern| pattern.matches(host))
}
