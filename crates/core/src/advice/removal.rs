//! Removal (RFC 8461 §8.3): mode none, wait until nobody remembers another policy, then delete.

use super::live::{Live, LiveState};
use super::proposal::DAY_S;
use super::schedule::{Draft, GoalName, Schedule, days_past};
use crate::providers::mx_line::Lines;
use crate::published::policy::{MAX_AGE_LIMIT, Mode};
use crate::text::time::Timestamp;

/// `seen` is the `max_age` of the policy that is served, where it is not one in mode none; `longest` is the longest that was
/// ever served, in seconds, where somebody knows it. `kept` is until when senders may keep a policy that earlier checks saw.
pub(super) fn plan(
    mut draft: Draft<'_>,
    live: &Live,
    seen: Option<u32>,
    longest: Option<u32>,
    kept: Option<Timestamp>,
) -> Schedule {
    let summary = match live.state {
        LiveState::Unknown => {
            "What the domain publishes could not be looked at just now, so there is no plan yet. Please try again in a while."
                .to_owned()
        }
        LiveState::Nothing if kept.is_none() => {
            "Neither a record nor a policy is published, so there is nothing to remove. If you deleted them less than a \
             max_age ago, some senders may still remember the policy."
                .to_owned()
        }
        _ => remove(&mut draft, live, seen, longest, kept),
    };
    draft.finish(GoalName::Removal, summary)
}

fn remove(
    draft: &mut Draft<'_>,
    live: &Live,
    seen: Option<u32>,
    longest: Option<u32>,
    kept: Option<Timestamp>,
) -> String {
    let switched_off = live.state == LiveState::None;
    if !switched_off || live.max_age.is_some_and(|max_age| max_age > DAY_S) {
        let text = ["Mode none tells senders to treat the domain as if it had no policy. They forget it after a day."];
        draft.policy("Switch the policy off", &text, &Draft::policy_text(Mode::None, &Lines::default(), DAY_S));
    }
    let known = seen.max(longest.map(|longest| longest.min(MAX_AGE_LIMIT)));
    let after = |max_age: u32| days_past(max_age.saturating_add(live.record_ttl));
    let by_age = known.map(after);
    let by_history = kept.map(|until| until.date().days_after(draft.date_after(0)).saturating_add(1));
    let wait = by_age.max(by_history).unwrap_or_else(|| after(MAX_AGE_LIMIT));
    let why = match (known, longest) {
        _ if by_history > by_age => "By now every sender has forgotten the policy that earlier checks of this domain saw. If one \
                                     with a longer max_age was served before, wait that long instead: those who remember it \
                                     would go on enforcing it."
            .to_owned(),
        (Some(known), None) => format!(
            "Your policy had a max_age of {known} seconds, so by now every sender has forgotten it. If an earlier one had a \
             longer max_age, wait that long instead: those who remember it would go on enforcing it."
        ),
        (Some(known), Some(_)) => {
            format!(
                "The longest max_age that was served is {known} seconds, so by now every sender has forgotten those policies."
            )
        }
        (None, _) => format!(
            "How long senders were told to remember the earlier policy cannot be seen, so this is the day for the longest \
             that the standard allows, {MAX_AGE_LIMIT} seconds. If you know the longest max_age that you served, count from \
             the day you switched to mode none instead."
        ),
    };
    draft.on_day(wait);
    let delete = draft.date();
    // Behind an alias, the alias is what is the domain's own to delete.
    let order = draft.say(if live.aliased {
        "Open {dns} and delete the record with the host {announce} first, be it a TXT record or an alias (CNAME), then the \
         records of the host {policy host}, and the policy file where it is your own."
    } else {
        "Open {dns} and delete the TXT record with the host {announce} first, then the policy file, then the records of the \
         host {policy host}."
    });
    let reports = draft.say("The record with the host {tlsrpt} may stay: reports are useful without a policy too.");
    draft.step(
        "Delete the record, then the file",
        &[&why, &order, "Until this day the record and the file must stay as they are.", &reports],
        &[],
    );
    if live.state == LiveState::Nothing {
        format!(
            "Record and policy are gone, but senders may still remember the policy. Put both back with mode none today, keep \
             them until {delete}, then delete both."
        )
    } else if switched_off {
        format!("The policy is switched off. Keep the record and the file until {delete}, then delete both.")
    } else {
        format!("Switch to mode none today, keep the record and the file until {delete}, then delete both.")
    }
}
