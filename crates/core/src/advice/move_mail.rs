//! Moving to another mail provider with a policy in place: both in the policy first, then the id, then the MX records, and
//! in the end the old provider out of the policy (RFC 8461 §8.1).

use super::live::{Live, LiveState};
use super::proposal::{DAY_S, WEEK_S};
use super::schedule::{Draft, GoalName, Schedule, days_past};
use crate::mx_line::Lines;
use crate::policy::Mode;

/// Days that the old servers stay in the policy after the MX records changed: senders try a message for up to five days
/// (RFC 5321 §4.5.4.1), and find the new servers as soon as the old records have left their caches.
const LINGER: u32 = 7;
/// Days of testing where it is not known that the new servers fit.
const TEST_FOR: u32 = 14;

/// `old` are the lines for the live MX hosts, `new` those for where the mail goes.
pub(super) fn plan(mut draft: Draft<'_>, live: &Live, old: Lines, new: &Lines) -> Schedule {
    let summary = match live.state {
        LiveState::Unknown => {
            "What the domain publishes could not be looked at just now, so there is no plan yet. Please try again in a while."
                .to_owned()
        }
        LiveState::Nothing | LiveState::Broken | LiveState::None => {
            change_mx(&mut draft, new);
            "No policy is in force that could stand in the way of the move. Change the MX records, then ask for a roll-out plan."
                .to_owned()
        }
        LiveState::Testing | LiveState::Enforce => move_with_policy(&mut draft, live, old, new),
    };
    draft.finish(GoalName::Move, summary)
}

fn move_with_policy(draft: &mut Draft<'_>, live: &Live, old: Lines, new: &Lines) -> String {
    let enforced = live.state == LiveState::Enforce;
    let unsure = enforced && !new.is_known();
    let (mode, max_age) = match (enforced, unsure) {
        (true, false) => (Mode::Enforce, live.max_age.unwrap_or(WEEK_S).max(WEEK_S)),
        (true, true) => (Mode::Testing, DAY_S),
        (false, _) => (Mode::Testing, live.max_age.unwrap_or(DAY_S).max(DAY_S)),
    };
    let both = Draft::policy_text(mode, &old.and(Lines { lines: new.lines.clone(), unlistable: Vec::new() }), max_age);
    let mut why = vec![
        "The policy has to allow the new mail servers before any mail goes there, and the old ones until none does.",
    ];
    if unsure {
        why.push(
            "For the time of the move it goes back to testing mode: it is not known here whether the new servers have the right \
             certificates.",
        );
    }
    if live.aliased {
        why.push(
            "Now an alias (CNAME) leaves the record or the file to somebody else. Replace it by a record and a file of your own, \
             with these texts.",
        );
    }
    draft.policy("Let the policy allow both providers", &why, &both);

    // Until the old record has left every cache, a sender may not learn of the new policy (RFC 8461 §8.1).
    draft.on_day(days_past(live.record_ttl).max(2));
    let change = draft.date();
    let forgotten = draft.date_after(days_past(live.max_age.unwrap_or(0).saturating_add(live.record_ttl)));
    if forgotten > change {
        draft.step(
            "Make sure that senders know the new policy",
            &[&format!(
                "By now every sender that looks can see the new id. One that does not look again before its copy runs out may \
                 delay mail; if you are in no hurry, change the MX records on {forgotten}, when every copy of the old policy \
                 has run out."
            )],
            &[],
        );
    }
    change_mx(draft, new);

    draft.on_day(change.days_after(draft.date_after(0)).saturating_add(days_past(live.mx_ttl).max(LINGER)));
    let only_new = Draft::policy_text(mode, new, max_age);
    draft.policy(
        "Take the old provider out of the policy",
        &["Only if mail arrives at the new provider, and none at the old one any more."],
        &only_new,
    );
    if unsure {
        let day = draft.date().days_after(draft.date_after(0)).saturating_add(TEST_FOR);
        draft.on_day(day);
        draft.policy(
            "Enforce the policy again",
            &["Only if the reports since the move show no failures for the new mail servers."],
            &Draft::policy_text(Mode::Enforce, new, WEEK_S),
        );
    }
    format!("First both providers in the policy and a new id, today. The MX records may change from {change} on.")
}

fn change_mx(draft: &mut Draft<'_>, new: &Lines) {
    let patterns: Vec<&str> = new.patterns().collect();
    let check = format!(
        "Set the MX records as the new provider says. Every mail server in them must be allowed by one of these lines: {}. If \
         one is not, put its name into the policy first.",
        patterns.join(", ")
    );
    draft.step("Change the MX records", &[&check], &[]);
}
