//! Roll-out: from where the domain stands to an enforced policy, by way of testing (RFC 8461 §5, §8.1; RFC 8460).

use super::TEST_DAYS;
use super::live::{Live, LiveState};
use super::proposal::{DAY_S, MONTH_S, PolicyAdvice, WEEK_S, settings};
use super::records::RecordAdvice;
use super::schedule::{Draft, GoalName, Schedule};
use crate::facts::Facts;
use crate::providers;
use crate::providers::mx_line::Lines;
use crate::published::policy::Mode;
use crate::text::time::Date;

/// Days until the first reports are worth a look: they come daily (RFC 8460 §4.1), from few senders at first.
const LOOK_AFTER: u32 = 7;
/// Days of enforcing before the policy is remembered for longer: as many as of testing.
const ENFORCE_FOR: u32 = TEST_DAYS;

pub(super) fn plan(
    mut draft: Draft<'_>,
    live: &Live,
    facts: &Facts<'_>,
    advice: &PolicyAdvice,
    lines: &Lines,
    tlsrpt: &RecordAdvice,
) -> Schedule {
    let summary = match advice {
        PolicyAdvice::NotNeeded { why, .. } | PolicyAdvice::NotPossible { why } | PolicyAdvice::Unknown { why } => why.clone(),
        PolicyAdvice::Serve(_) => match live.state {
            LiveState::Unknown => {
                "What the domain publishes could not be looked at just now, so there is no plan yet. Please try again in a \
                 while."
                    .to_owned()
            }
            LiveState::Nothing | LiveState::Broken | LiveState::None => start(&mut draft, live, lines, tlsrpt),
            LiveState::Testing => go_on(&mut draft, live, lines, tlsrpt),
            LiveState::Enforce => keep(&mut draft, live, facts, lines, tlsrpt),
        },
    };
    draft.finish(GoalName::RollOut, summary)
}

fn start(draft: &mut Draft<'_>, live: &Live, lines: &Lines, tlsrpt: &RecordAdvice) -> String {
    draft.ask_for_reports(live, tlsrpt);
    publish_testing(draft, live, lines, "Publish the policy in testing mode");
    let enforce = test_and_enforce(draft, lines, draft.date_after(TEST_DAYS));
    let begin = match live.state {
        LiveState::None => "The policy is switched off. Start again in testing mode today",
        LiveState::Broken => "What is published does not work yet. Replace it by a policy in testing mode today",
        _ => "Nothing is published yet. Start in testing mode today",
    };
    match enforce {
        Some(date) => format!("{begin}; enforce from {date} on, if the reports are clean."),
        None => format!("{begin}. Before it can be enforced, some MX records have to change."),
    }
}

fn go_on(draft: &mut Draft<'_>, live: &Live, lines: &Lines, tlsrpt: &RecordAdvice) -> String {
    let reported = live.tlsrpt == Some(true);
    draft.ask_for_reports(live, tlsrpt);
    if !live.not_allowed.is_empty() {
        publish_testing(draft, live, lines, "Let the policy allow all of your mail servers");
    }
    // An id that reads as a date is when the file last changed; nothing else says how long the test has run.
    let today = draft.date();
    let since = live.id.as_deref().and_then(Date::from_leading_digits).filter(|since| *since <= today);
    let since = since.filter(|_| reported && live.not_allowed.is_empty());
    let earliest = since.map_or_else(|| draft.date_after(TEST_DAYS), |since| since.plus_days(TEST_DAYS));
    let enforce = test_and_enforce(draft, lines, earliest);
    match (enforce, since) {
        (Some(date), Some(since)) if date == today => format!(
            "The policy is in testing mode. By its id that is so since {since}, long enough: enforce it today, if the reports \
             are clean."
        ),
        (Some(date), Some(since)) => format!(
            "The policy is in testing mode, by its id since {since}. Enforce it from {date} on, if the reports are clean."
        ),
        (Some(date), None) => {
            format!("The policy is in testing mode. Enforce it from {date} on, if the reports are clean.")
        }
        (None, _) => {
            "The policy is in testing mode. Before it can be enforced, some MX records have to change.".to_owned()
        }
    }
}

fn keep(draft: &mut Draft<'_>, live: &Live, facts: &Facts<'_>, lines: &Lines, tlsrpt: &RecordAdvice) -> String {
    draft.ask_for_reports(live, tlsrpt);
    let max_age = live.max_age.unwrap_or(0);
    if !lines.unlistable.is_empty() {
        let text = Draft::policy_text(Mode::Testing, lines, DAY_S);
        let why = "Some MX records name no host that a policy can list, so senders refuse to deliver there. Go back to \
                   testing until those records are changed.";
        draft.policy("Go back to testing mode", &[why], &text);
        return "The policy is enforced, and some MX records can never fit it. Go back to testing today.".to_owned();
    }
    if !live.not_allowed.is_empty() {
        let text = Draft::policy_text(Mode::Enforce, lines, max_age.max(WEEK_S));
        let why = "The policy does not allow all of your mail servers, so mail can be refused now. This one does.";
        if facts.mx.is_implicit() {
            // Until then senders hold the mail; a web server that the policy allowed would turn it away for good.
            let put_back = draft.say(
                "The policy names other mail servers, and the domain has no MX records any more. If those servers \
                            take your mail, open {dns} and add the MX records that your mail provider gives you. Then leave \
                            the policy as it is, and ask for a new plan.",
            );
            draft.step("Put the MX records back, if they are missing", &[&put_back], &[]);
            let only = "Only if the domain's own server takes your mail: it is often just the web server, which turns mail away.";
            draft.policy("Otherwise let the policy allow the domain itself", &[only, why], &text);
            return "The policy is enforced, and the domain has no MX records. Put them back today, if they are missing."
                .to_owned();
        }
        draft.policy("Let the policy allow all of your mail servers", &[why], &text);
        return "The policy is enforced, and does not allow all of your mail servers. Mend it today.".to_owned();
    }
    if draft.is_empty() && facts.is_delegated_to(providers::TUTA_ALIASES) {
        return "The policy is enforced, and allows all of your mail servers. Tuta serves it to all of its customers and decides how \
                long senders remember it, so there is nothing to do."
            .to_owned();
    }
    if max_age < 2 * WEEK_S && !facts.is_delegated_to(providers::TUTA_ALIASES) {
        remember_for_longer(draft, lines);
        return "The policy is enforced, and allows all of your mail servers. Let senders remember it for longer."
            .to_owned();
    }
    if draft.is_empty() {
        "The policy is enforced, allows all of your mail servers and is remembered for weeks. Apart from anything that \
         the check of this domain names, there is nothing to do."
            .to_owned()
    } else {
        "The policy is enforced, and allows all of your mail servers. Only the reports are missing.".to_owned()
    }
}

fn publish_testing(draft: &mut Draft<'_>, live: &Live, lines: &Lines, title: &str) {
    let (mode, max_age) = settings(live);
    let text = Draft::policy_text(mode, lines, max_age);
    let why = "In testing mode nothing is refused: senders deliver as before, and report what would have gone wrong.";
    draft.policy(title, &[why], &text);
}

/// The steps from testing on. `earliest` is the first day on which the policy may be enforced; the day that it came to,
/// unless some MX records stand in the way.
fn test_and_enforce(draft: &mut Draft<'_>, lines: &Lines, earliest: Date) -> Option<Date> {
    let wait = earliest.days_after(draft.date());
    draft.on_day(wait.min(LOOK_AFTER));
    draft.step(
        "Look at the reports",
        &[
            "Do any reports show failures for your own mail servers? Look for a wrong certificate, a server that offers no \
             encryption, or a server that is not in the policy.",
            "Mend what they show, and count two weeks from that day.",
        ],
        &[],
    );
    if !lines.unlistable.is_empty() {
        draft.step(
            "Give every mail server a host name",
            &["Some MX records name no host that a policy can list. Change them to host names, then ask for a new plan."],
            &[],
        );
        return None;
    }
    draft.on_day(wait);
    let enforce = draft.date();
    let unknown: Vec<&str> = lines.unknown().take(5).collect();
    let ask = format!(
        "Before that, make sure with whoever runs {} that each of these servers has a certificate for its name.",
        unknown.join(", ")
    );
    let mut text = vec![
        "Only if the reports of the last two weeks are clean. From now on senders refuse to deliver where encryption fails.",
    ];
    if !unknown.is_empty() {
        text.push(&ask);
    }
    draft.policy("Enforce the policy", &text, &Draft::policy_text(Mode::Enforce, lines, WEEK_S));
    draft.on_day(wait.saturating_add(ENFORCE_FOR));
    remember_for_longer(draft, lines);
    Some(enforce)
}

fn remember_for_longer(draft: &mut Draft<'_>, lines: &Lines) {
    let why = "If the reports are still clean, let senders remember the policy for thirty days. The longer they do, the harder \
               it is to hide it from them.";
    draft.policy(
        "Let senders remember the policy for longer",
        &[why],
        &Draft::policy_text(Mode::Enforce, lines, MONTH_S),
    );
}
