//! Roll-out: from where the domain stands to an enforced policy, by way of testing (RFC 8461 §5, §8.1; RFC 8460).

use super::draft::Draft;
use super::goal::GoalName;
use super::live::{Live, LiveState};
use super::proposal::{DAY_S, MONTH_S, PolicyDecision, WEEK_S, settings};
use super::records::RecordDecision;
use super::task::{Sentence, StartsFrom, Summary, TaskKind, TaskPlan};
use crate::facts::Facts;
use crate::providers;
use crate::providers::mx_line::Lines;
use crate::published::policy::Mode;
use crate::text::time::Date;

/// Days that a policy is to be tested before it is enforced: reports come daily (RFC 8460 §4.1), from few senders at first.
pub const TEST_DAYS: u32 = 14;
/// Days until the first reports are worth a look: they come daily (RFC 8460 §4.1), from few senders at first.
const LOOK_AFTER: u32 = 7;
/// Days of enforcing before the policy is remembered for longer: as many as of testing.
const ENFORCE_FOR: u32 = TEST_DAYS;
/// Servers that are asked about by name, at most.
const NAMED: usize = 5;

pub(super) fn plan(
    mut draft: Draft<'_>,
    live: &Live,
    facts: &Facts<'_>,
    policy: &PolicyDecision,
    lines: &Lines,
    tls_rpt: &RecordDecision,
) -> TaskPlan {
    let summary = match (policy, live.state) {
        (PolicyDecision::ServeNone(why), _) => Summary::NoPolicy(*why),
        (_, LiveState::Unknown) => Summary::NotLookedAt,
        (_, LiveState::Nothing) => start(&mut draft, live, StartsFrom::Nothing, lines, tls_rpt),
        (_, LiveState::Broken) => start(&mut draft, live, StartsFrom::Broken, lines, tls_rpt),
        (_, LiveState::None) => start(&mut draft, live, StartsFrom::SwitchedOff, lines, tls_rpt),
        (_, LiveState::Testing) => go_on(&mut draft, live, lines, tls_rpt),
        (_, LiveState::Enforce) => keep(&mut draft, live, facts, lines, tls_rpt),
    };
    draft.finish(GoalName::RollOut, summary)
}

fn start(draft: &mut Draft<'_>, live: &Live, from: StartsFrom, lines: &Lines, tls_rpt: &RecordDecision) -> Summary {
    draft.ask_for_reports(live, tls_rpt);
    draft.policy_host();
    publish_testing(draft, live, lines, TaskKind::PublishTesting);
    let enforce = test_and_enforce(draft, lines, draft.date_after(TEST_DAYS));
    Summary::StartTesting { from, enforce }
}

fn go_on(draft: &mut Draft<'_>, live: &Live, lines: &Lines, tls_rpt: &RecordDecision) -> Summary {
    let reported = live.tlsrpt == Some(true);
    draft.ask_for_reports(live, tls_rpt);
    if !live.not_allowed.is_empty() {
        publish_testing(draft, live, lines, TaskKind::AllowAllServers);
    }
    // An id that reads as a date is when the file last changed; nothing else says how long the test has run.
    let today = draft.date();
    let since = live.id.as_deref().and_then(Date::from_leading_digits).filter(|since| *since <= today);
    let since = since.filter(|_| reported && live.not_allowed.is_empty());
    let earliest = since.map_or_else(|| draft.date_after(TEST_DAYS), |since| since.plus_days(TEST_DAYS));
    match (test_and_enforce(draft, lines, earliest), since) {
        (None, _) => Summary::TestingNamelessServers,
        (Some(enforce), Some(since)) if enforce == today => Summary::TestedLongEnough { since },
        (Some(enforce), since) => Summary::Testing { since, enforce },
    }
}

fn keep(draft: &mut Draft<'_>, live: &Live, facts: &Facts<'_>, lines: &Lines, tls_rpt: &RecordDecision) -> Summary {
    draft.ask_for_reports(live, tls_rpt);
    let max_age = live.max_age.unwrap_or(0);
    if !lines.unlistable.is_empty() {
        let text = Draft::policy_text(Mode::Testing, lines, DAY_S);
        draft.policy(TaskKind::GoBackToTesting, vec![Sentence::NamelessServersAreRefused], text);
        return Summary::EnforcedOnNamelessServers;
    }
    if !live.not_allowed.is_empty() {
        let text = Draft::policy_text(Mode::Enforce, lines, max_age.max(WEEK_S));
        if facts.mx.is_implicit() {
            // Until then senders hold the mail; a web server that the policy allowed would turn it away for good.
            draft.task(TaskKind::PutMxRecordsBack, vec![Sentence::AddMxRecordsBack]);
            let why = vec![Sentence::OnlyIfOwnServer, Sentence::ServersAreRefused];
            draft.policy(TaskKind::AllowDomainItself, why, text);
            return Summary::EnforcedWithoutMxRecords;
        }
        draft.policy(TaskKind::AllowAllServers, vec![Sentence::ServersAreRefused], text);
        return Summary::EnforcedOnOthers;
    }
    let is_tutas = facts.is_delegated_to(providers::TUTA_ALIASES);
    if draft.is_empty() && is_tutas {
        return Summary::EnforcedByTuta;
    }
    if max_age < 2 * WEEK_S && !is_tutas {
        remember_for_longer(draft, lines);
        return Summary::EnforcedForShort;
    }
    if draft.is_empty() { Summary::Enforced } else { Summary::EnforcedWithoutReports }
}

fn publish_testing(draft: &mut Draft<'_>, live: &Live, lines: &Lines, kind: TaskKind) {
    let (mode, max_age) = settings(live);
    let text = Draft::policy_text(mode, lines, max_age);
    draft.policy(kind, vec![Sentence::TestingRefusesNothing], text);
}

/// The tasks from testing on. `earliest` is the first day on which the policy may be enforced; the day that it came to,
/// unless some MX records stand in the way.
fn test_and_enforce(draft: &mut Draft<'_>, lines: &Lines, earliest: Date) -> Option<Date> {
    let wait = earliest.days_after(draft.date());
    draft.on_day(wait.min(LOOK_AFTER));
    draft.task(TaskKind::LookAtReports, vec![Sentence::LookForFailures, Sentence::MendAndCountAgain]);
    if !lines.unlistable.is_empty() {
        draft.task(TaskKind::NameEveryServer, vec![Sentence::NameServersFirst]);
        return None;
    }
    draft.on_day(wait);
    let enforce = draft.date();
    let mut why = vec![Sentence::EnforceIfClean, Sentence::SilenceIsNoProof];
    let hosts: Vec<String> = lines.unknown().take(NAMED).map(str::to_owned).collect();
    if !hosts.is_empty() {
        why.push(Sentence::AskForCertificates { hosts });
    }
    draft.policy(TaskKind::Enforce, why, Draft::policy_text(Mode::Enforce, lines, WEEK_S));
    draft.on_day(wait.saturating_add(ENFORCE_FOR));
    remember_for_longer(draft, lines);
    Some(enforce)
}

fn remember_for_longer(draft: &mut Draft<'_>, lines: &Lines) {
    let text = Draft::policy_text(Mode::Enforce, lines, MONTH_S);
    draft.policy(TaskKind::RememberForLonger, vec![Sentence::RememberIfClean], text);
}
