//! Moving to another mail provider with a policy in place: both in the policy first, then the id, then the MX records, and
//! in the end the old provider out of the policy (RFC 8461 §8.1).

use super::live::{Live, LiveState};
use super::proposal::{DAY_S, PolicyAdvice, WEEK_S, settings};
use super::records::RecordAdvice;
use super::schedule::{Draft, GoalName, Schedule, days_past};
use crate::providers::mx_line::Lines;
use crate::published::policy::mx_pattern::MxPattern;
use crate::published::policy::{MAX_AGE_LIMIT, Mode};
use crate::text::time::Timestamp;

/// Days that the old servers stay in the policy after the MX records changed: senders try a message for up to five days
/// (RFC 5321 §4.5.4.1), and find the new servers as soon as the old records have left their caches.
const LINGER: u32 = 7;
/// Days of testing where it is not known that the new servers fit.
const TEST_FOR: u32 = 14;

const CHANGE: &str = "Change the MX records";
const TAKE_OUT: &str = "Take the old provider out of the policy";
const ONLY_IF_GONE: &str = "Only if mail arrives at the new provider, and none at the old one any more.";

/// How long senders may remember a policy.
#[derive(Clone, Copy)]
pub(super) struct Remembered {
    /// The `max_age` of the policy that is served, where it is not one in mode none.
    pub(super) max_age: Option<u32>,
    /// Until when they may enforce one that earlier checks saw.
    pub(super) kept: Option<Timestamp>,
}

/// `old` are the lines for the live MX
/// hosts, `new` those for where the mail goes.
pub(super) fn plan(
    mut draft: Draft<'_>,
    live: &Live,
    seen: Remembered,
    advice: &PolicyAdvice,
    old: Lines,
    new: &Lines,
    tlsrpt: &RecordAdvice,
) -> Schedule {
    let summary = match live.state {
        LiveState::Unknown => {
            "What the domain publishes could not be looked at just now, so there is no plan yet. Please try again in a while."
                .to_owned()
        }
        _ if is_there(live, new) => clear_up(&mut draft, live, new),
        LiveState::Nothing | LiveState::None => move_without_policy(&mut draft, live, seen.kept),
        // One that worked before may still be enforced by whoever remembers it.
        LiveState::Broken | LiveState::Testing | LiveState::Enforce => match advice {
            // A policy for both has to name the servers that mail goes to now.
            PolicyAdvice::Unknown { why } => why.clone(),
            _ => move_with_policy(&mut draft, live, seen.max_age, old, new, tlsrpt),
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
fn clear_up(draft: &mut Draft<'_>, live: &Live, new: &Lines) -> String {
    let there = "Your mail goes to these servers already, so there is nothing to move";
    if !matches!(live.state, LiveState::Testing | LiveState::Enforce) {
        return format!("{there}. To protect it, make the plan to set it up and enforce it.");
    }
    if !live.not_allowed.is_empty() {
        return format!(
            "{there}, but the policy does not allow all of them. Make the plan to set it up and enforce it: it mends that first."
        );
    }
    if live.patterns.iter().all(|pattern| live.mx.iter().any(|host| fits(pattern, host))) {
        return format!("{there}. The policy allows them, and no others.");
    }
    let (mode, max_age) = settings(live);
    // When the MX records changed cannot be seen.
    draft.on_day(LINGER);
    draft.policy(TAKE_OUT, &[ONLY_IF_GONE], &Draft::policy_text(mode, new, max_age));
    format!("{there}. What is left is to take the old provider out of the policy, from {} on.", draft.date())
}

fn move_without_policy(draft: &mut Draft<'_>, live: &Live, kept: Option<Timestamp>) -> String {
    if let Some(kept) = kept {
        draft.on_day(kept.date().days_after(draft.date_after(0)).saturating_add(1));
        let wait = "Earlier checks of this domain saw an enforced policy. Until this day senders may remember it, and then they \
                    deliver only to the mail servers that it names. If one with a longer max_age was served before, wait \
                    that long instead.";
        draft.step(CHANGE, &[wait, "Set the MX records as the new provider says."], &[]);
        return format!(
            "Senders may still enforce an earlier policy. Change the MX records on {}, then make the plan to set it up and enforce it.",
            draft.date()
        );
    }
    let latest = draft.date_after(days_past(MAX_AGE_LIMIT.saturating_add(live.record_ttl)));
    let (was, now) = match live.state {
        LiveState::None => ("Was another policy served before it was switched off", "The policy is switched off"),
        _ => ("Was a policy served before", "No policy is published"),
    };
    let wait = format!(
        "{was}? Senders that remember it deliver only to the mail servers that it names. Then wait until its max_age has passed \
         since it was last served; if you do not know that either, until {latest}, which is enough for the longest that the \
         standard allows, {MAX_AGE_LIMIT} seconds."
    );
    draft.step(CHANGE, &[&wait, "Set the MX records as the new provider says."], &[]);
    format!(
        "{now}, so it does not stand in the way of the move. Whether senders still remember an earlier policy cannot be seen. \
         Change the MX records, then make the plan to set it up and enforce it."
    )
}

fn move_with_policy(
    draft: &mut Draft<'_>,
    live: &Live,
    seen: Option<u32>,
    old: Lines,
    new: &Lines,
    tlsrpt: &RecordAdvice,
) -> String {
    draft.ask_for_reports(live, tlsrpt);
    let broken = live.state == LiveState::Broken;
    let unsure = live.state == LiveState::Enforce && !(new.is_known() || is_allowed(live, new));
    let (mode, max_age) = if unsure { (Mode::Testing, DAY_S) } else { settings(live) };
    let both = Draft::policy_text(mode, &old.and(Lines { lines: new.lines.clone(), unlistable: Vec::new() }), max_age);
    let mut why = vec![
        "The policy has to allow the new mail servers before any mail goes there, and the old ones until none does.",
    ];
    if broken {
        why.push(
            "What is published does not work now. Senders that saw an earlier policy may still enforce it, and only a working \
             record and file can tell them otherwise: mend what the check of this domain names, too.",
        );
    }
    if unsure {
        why.push(
            "For the time of the move it goes back to testing mode: it is not known here whether the new servers have the right \
             certificates.",
        );
    }
    let title = match (broken, live.mx.is_empty()) {
        (false, true) => "Let the policy allow the new mail servers",
        (false, false) => "Let the policy allow both providers",
        (true, true) => "Repair the policy, and let it allow the new mail servers",
        (true, false) => "Repair the policy, and let it allow both providers",
    };
    draft.policy(title, &why, &both);

    // Until the old record has left every cache, a sender may not learn of the new policy (RFC 8461 §8.1).
    draft.on_day(days_past(live.record_ttl).max(2));
    let change = draft.date();
    // Of what does not work, it cannot always be seen how long it was to be remembered when it did.
    let remembered = seen.unwrap_or(if broken { MAX_AGE_LIMIT } else { 0 });
    let forgotten = draft.date_after(days_past(remembered.saturating_add(live.record_ttl)));
    if broken {
        let text = format!(
            "Change the MX records only if the check of this domain finds a working policy now. If it cannot be repaired, wait \
             until {forgotten}: a sender that remembers an earlier policy for {remembered} seconds has forgotten it then. If one \
             with a longer max_age was ever served, wait that long instead."
        );
        draft.step("Make sure that senders know the new policy", &[&text], &[]);
    } else if forgotten > change {
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
    if only_new != both {
        draft.policy(TAKE_OUT, &[ONLY_IF_GONE], &only_new);
    }
    if unsure {
        let day = draft.date().days_after(draft.date_after(0)).saturating_add(TEST_FOR);
        draft.on_day(day);
        draft.policy(
            "Enforce the policy again",
            &["Only if the reports since the move show no failures for the new mail servers."],
            &Draft::policy_text(Mode::Enforce, new, WEEK_S),
        );
    }
    let whom = if live.mx.is_empty() { "the new mail servers" } else { "both providers" };
    if broken {
        format!(
            "What is published does not work, but senders may still enforce an earlier policy. First repair it with {whom} in \
             it, today. The MX records may change from {change} on, if it works then, or from {forgotten} on if it \
             cannot be repaired."
        )
    } else {
        format!("First {whom} in the policy and a new id, today. The MX records may change from {change} on.")
    }
}

/// Whether the policy that is served allows every host that a line is the name of: then it is known to fit them.
fn is_allowed(live: &Live, new: &Lines) -> bool {
    let allows = |host: &str| live.patterns.iter().any(|pattern| fits(pattern, host));
    new.unlistable.is_empty() && new.unknown().all(allows)
}

fn fits(pattern: &str, host: &str) -> bool {
    MxPattern::parse(pattern).is_ok_and(|pattern| pattern.matches(host))
}

fn change_mx(draft: &mut Draft<'_>, new: &Lines) {
    let patterns: Vec<&str> = new.patterns().collect();
    let check = format!(
        "Set the MX records as the new provider says. Every mail server in them must be allowed by one of these lines: {}. If \
         one is not, put its name into the policy first.",
        patterns.join(", ")
    );
    draft.step(CHANGE, &[&check], &[]);
}
