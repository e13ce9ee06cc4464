//! Removal (RFC 8461 §8.3): mode none, wait until nobody remembers another policy, then delete.

use super::draft::{Draft, days_past};
use super::goal::GoalName;
use super::live::{Live, LiveState};
use super::proposal::{DAY_S, WEEK_S};
use super::task::{Sentence, Summary, TaskKind, TaskPlan};
use crate::providers::mx_line::Lines;
use crate::published::policy::{self, MAX_AGE_LIMIT, Mode};
use crate::text::time::Timestamp;

/// `lines` are those for the live MX hosts. `seen` is the `max_age` of the policy that is served, where it is not one in mode none; `longest` is the longest that was
/// ever served, in seconds, where somebody knows it. `kept` is until when senders may keep a policy that earlier checks saw.
pub(super) fn plan(
    mut draft: Draft<'_>,
    live: &Live,
    lines: &Lines,
    seen: Option<u32>,
    longest: Option<u32>,
    kept: Option<Timestamp>,
) -> TaskPlan {
    let summary = match live.state {
        LiveState::Unknown => Summary::NotLookedAt,
        LiveState::Nothing if kept.is_none() => Summary::NothingToRemove,
        _ => remove(&mut draft, live, lines, seen, longest, kept),
    };
    draft.finish(GoalName::Removal, summary)
}

fn remove(
    draft: &mut Draft<'_>,
    live: &Live,
    lines: &Lines,
    seen: Option<u32>,
    longest: Option<u32>,
    kept: Option<Timestamp>,
) -> Summary {
    let switched_off = live.state == LiveState::None;
    if !switched_off || live.max_age.is_some_and(|max_age| max_age > DAY_S) {
        // Mode none needs no mx lines (RFC 8461 §3.2), but chasquid and Stalwart refuse a policy without any, and go on
        // with the one that they have.
        let served: Vec<&str> = live.patterns.iter().map(String::as_str).collect();
        let patterns = if served.is_empty() { lines.patterns().collect() } else { served };
        let text = policy::render(Mode::None, patterns.into_iter(), DAY_S);
        draft.policy(TaskKind::SwitchOff, vec![Sentence::NoneIsAsNoPolicy], text);
    }
    let known = seen.max(longest.map(|longest| longest.min(MAX_AGE_LIMIT)));
    // Mimecast's library keeps an enforced policy for a week at the least, whatever it says.
    let at_least = if live.state == LiveState::Testing { 0 } else { WEEK_S };
    let after = |max_age: u32| days_past(max_age.max(at_least).saturating_add(live.record_ttl));
    let by_age = known.map(after);
    let by_history = kept.map(|until| until.date().days_after(draft.date_after(0)).saturating_add(1));
    let wait = by_age.max(by_history).unwrap_or_else(|| after(MAX_AGE_LIMIT));
    let why = match (known, longest) {
        _ if by_history > by_age => Sentence::SeenIsForgotten,
        (Some(max_age), None) => Sentence::ServedIsForgotten { max_age },
        (Some(max_age), Some(_)) => Sentence::LongestIsForgotten { max_age },
        (None, _) => Sentence::LongestIsNotKnown { max_age: MAX_AGE_LIMIT },
    };
    draft.on_day(wait);
    let delete = draft.date();
    // Behind an alias, the alias is what is the domain's own to delete.
    let order = if live.aliased { Sentence::DeleteAliasesInOrder } else { Sentence::DeleteInOrder };
    let for_a_week = known.is_some_and(|max_age| max_age < at_least) && by_history <= by_age;
    let raised = for_a_week.then_some(Sentence::KeptForAWeek);
    let last = [order, Sentence::KeepUntilThen, Sentence::ReportsMayStay];
    draft.task(TaskKind::Delete, std::iter::once(why).chain(raised).chain(last).collect());
    match live.state {
        LiveState::Nothing => Summary::RemoveWhatIsGone { delete },
        LiveState::None => Summary::RemoveWhatIsOff { delete },
        _ => Summary::Remove { delete },
    }
}
