//! Roll-out: from where the domain stands to an enforced policy, by way of testing (RFC 8461 §5, §8.1; RFC 8460).

use super::draft::Draft;
use super::goal::GoalName;
use super::live::{Live, LiveState};
use super::own_way::OwnWay;
use super::proposal::{self, MONTH_S, PolicyDecision, WEEK_S};
use super::records::RecordDecision;
use super::task::{Sentence, StartsFrom, Summary, TaskKind, TaskPlan};
use crate::evidence::Fetch;
use crate::facts::Facts;
use crate::mend::proposed::{self, NextPolicy};
use crate::mend::remedy::PastePlace;
use crate::name::labels::Txt;
use crate::providers::mx_line::Lines;
use crate::published::policy::Mode;
use crate::report::link::Link;
use crate::report::{Finding, PolicyChange, Severity};
use crate::text::time::Date;

/// Days that a policy is to be tested before it is enforced: reports come daily (RFC 8460 §4.1), from few senders at first.
pub const TEST_DAYS: u32 = 14;
/// Days until the first reports are worth a look: they come daily (RFC 8460 §4.1), from few senders at first.
const LOOK_AFTER: u32 = 7;
/// Days of enforcing before the policy is remembered for longer: as many as of testing.
const ENFORCE_FOR: u32 = TEST_DAYS;
/// Servers that are asked about by name, at most.
const NAMED: usize = 5;
/// Findings that are fixed one by one, at most: the check has them all.
const FIXES: usize = 5;
/// Rules that want an enforced policy to be remembered for longer, which a plan ends in.
pub(super) const LONGER: [&str; 2] = ["policy-max-age-short", "policy-max-age-modest"];

pub(super) fn plan(
    mut draft: Draft<'_>,
    live: &Live,
    facts: &Facts<'_>,
    findings: &[Finding],
    policy: &PolicyDecision,
    lines: &Lines,
    tls_rpt: &RecordDecision,
) -> TaskPlan {
    let next = proposal::next(facts, live);
    let summary = match (policy, live.state, next) {
        (PolicyDecision::ServeNone(why), ..) => Summary::NoPolicy(*why),
        (_, LiveState::Unknown, _) | (_, _, None) => Summary::NotLookedAt,
        (_, state, Some(next)) => {
            let from = From { live, facts, findings, lines, tls_rpt, next };
            match state {
                LiveState::Nothing => from.start(&mut draft, StartsFrom::Nothing),
                LiveState::None => from.start(&mut draft, StartsFrom::SwitchedOff),
                LiveState::Broken => from.repair(&mut draft),
                LiveState::Testing => from.go_on(&mut draft),
                LiveState::Enforce | LiveState::Unknown => from.keep(&mut draft),
            }
        }
    };
    draft.finish(GoalName::RollOut, summary)
}

/// Where a plan begins.
struct From<'p> {
    live: &'p Live,
    facts: &'p Facts<'p>,
    /// What the check found.
    findings: &'p [Finding],
    lines: &'p Lines,
    tls_rpt: &'p RecordDecision,
    /// The policy to serve next.
    next: NextPolicy,
}

impl From<'_> {
    fn start(&self, draft: &mut Draft<'_>, from: StartsFrom) -> Summary {
        self.fix_first(draft);
        draft.policy_host();
        self.publish(draft, TaskKind::PublishTesting, vec![Sentence::TestingRefusesNothing]);
        draft.ask_for_reports(self.live, self.tls_rpt);
        let enforce = self.test_and_enforce(draft, draft.date_after(TEST_DAYS));
        Summary::StartTesting { from, enforce }
    }

    /// What is published does not work. What is served keeps its mode; what cannot be seen is not replaced.
    fn repair(&self, draft: &mut Draft<'_>) -> Summary {
        let is_seen = proposed::of_served(self.facts).is_some_and(|served| served == self.next);
        if !is_seen && !self.is_gone() {
            self.fix_first(draft);
            draft.task(TaskKind::CheckAgain, vec![Sentence::PlanAgain]);
            return Summary::Hidden;
        }
        if !is_seen {
            return self.start(draft, StartsFrom::Broken);
        }
        self.fix_first(draft);
        if draft.is_empty() {
            self.publish(draft, TaskKind::RepairPolicy, vec![Sentence::SameButReadable]);
        }
        draft.ask_for_reports(self.live, self.tls_rpt);
        if self.next.mode == Mode::Enforce {
            return Summary::Repair;
        }
        let enforce = self.test_and_enforce(draft, draft.date_after(TEST_DAYS));
        Summary::StartTesting { from: StartsFrom::Broken, enforce }
    }

    /// Whether no policy file is there: any other answer hides the one that may be.
    fn is_gone(&self) -> bool {
        match self.facts.fetch {
            Fetch::Response { response, .. } => matches!(response.status, 200..=299 | 404 | 410),
            _ => self.facts.host.has_none(),
        }
    }

    fn go_on(&self, draft: &mut Draft<'_>) -> Summary {
        let live = self.live;
        let reported = live.tlsrpt == Some(true);
        self.fix_first(draft);
        if !live.not_allowed.is_empty() {
            self.publish(draft, TaskKind::AllowAllServers, vec![Sentence::TestingRefusesNothing]);
        }
        draft.ask_for_reports(live, self.tls_rpt);
        // An id that reads as a date is when the file last changed; nothing else says how long the test has run.
        let today = draft.date();
        let since = live.id.as_deref().and_then(Date::from_leading_digits).filter(|since| *since <= today);
        let since = since.filter(|_| reported && live.not_allowed.is_empty());
        let earliest = since.map_or_else(|| draft.date_after(TEST_DAYS), |since| since.plus_days(TEST_DAYS));
        match (self.test_and_enforce(draft, earliest), since) {
            (None, _) => Summary::TestingNamelessServers,
            (Some(enforce), Some(since)) if enforce == today => Summary::TestedLongEnough { since },
            (Some(enforce), since) => Summary::Testing { since, enforce },
        }
    }

    fn keep(&self, draft: &mut Draft<'_>) -> Summary {
        let live = self.live;
        let is_providers = self.facts.is_served_to_all();
        self.fix_first(draft);
        let has_faults = !draft.is_empty();
        if !self.lines.unlistable.is_empty() {
            self.publish(draft, TaskKind::GoBackToTesting, vec![Sentence::NamelessServersAreRefused]);
            draft.ask_for_reports(live, self.tls_rpt);
            return Summary::EnforcedOnNamelessServers;
        }
        if !live.not_allowed.is_empty() {
            if self.facts.mx.is_implicit() {
                // Until then senders hold the mail; a web server that the policy allowed would turn it away for good.
                draft.task(TaskKind::PutMxRecordsBack, vec![Sentence::AddMxRecordsBack]);
                let why = vec![Sentence::OnlyIfOwnServer, Sentence::ServersAreRefused];
                self.publish(draft, TaskKind::AllowDomainItself, why);
                draft.ask_for_reports(live, self.tls_rpt);
                return Summary::EnforcedWithoutMxRecords;
            }
            self.publish(draft, TaskKind::AllowAllServers, vec![Sentence::ServersAreRefused]);
            draft.ask_for_reports(live, self.tls_rpt);
            return Summary::EnforcedOnOthers;
        }
        draft.ask_for_reports(live, self.tls_rpt);
        if draft.is_empty() && is_providers {
            return Summary::EnforcedByProvider;
        }
        if live.max_age.unwrap_or(0) < 2 * WEEK_S && !is_providers {
            self.remember_for_longer(draft);
            return if has_faults { Summary::EnforcedWithFaults } else { Summary::EnforcedForShort };
        }
        match (has_faults, draft.is_empty()) {
            (true, _) => Summary::EnforcedWithFaults,
            (_, true) => Summary::Enforced,
            (_, false) => Summary::EnforcedWithoutReports,
        }
    }

    /// What the check wants done first, in its own words: the worst of what it found, and every error. What the plan does in
    /// any case is left to it.
    fn fix_first(&self, draft: &mut Draft<'_>) {
        let ways = self.findings.iter().filter_map(|finding| OwnWay::of(draft.console(), finding));
        let urgent = ways.filter(|own| own.finding.severity != Severity::Info && !own.fix.steps.is_empty());
        let urgent: Vec<OwnWay<'_>> = urgent.collect();
        let mut fixed = 0;
        for (index, own) in urgent.into_iter().enumerate() {
            let is_error = own.finding.severity == Severity::Error;
            if !(is_error || index == 0) || fixed >= FIXES || self.is_of_plan(&own) {
                continue;
            }
            if own.pasted(PastePlace::WholePolicy).any(|text| text == self.next.text) {
                // One text mends all that is wrong with the file.
                self.publish(draft, TaskKind::RepairPolicy, vec![Sentence::SameButReadable]);
            } else if own.pasted(PastePlace::PolicyLines).next().is_some()
                && own.does(PolicyChange::Edit)
                && self.allows_more()
            {
                let why = match self.live.state {
                    LiveState::Enforce => Sentence::ServersAreRefused,
                    _ => Sentence::TestingRefusesNothing,
                };
                self.publish(draft, TaskKind::AllowAllServers, vec![why]);
            } else {
                draft.fix(own);
                fixed += 1;
            }
        }
    }

    /// Whether the next policy allows servers that the one that is served does not.
    fn allows_more(&self) -> bool {
        !self.live.not_allowed.is_empty() && !self.next.adds_domain_itself && self.lines.unlistable.is_empty()
    }

    /// Whether the plan has it done in its own words.
    fn is_of_plan(&self, own: &OwnWay<'_>) -> bool {
        let finding = own.finding;
        let is_first_policy = own.pasted(PastePlace::PolicyText).next().is_some();
        let is_new = self.live.tlsrpt == Some(false)
            && own.pasted(PastePlace::TxtValue(Txt::TlsRpt)).any(|text| text == self.tls_rpt.value);
        // A server's own fault is for whoever runs it, and no plan for the policy waits for that.
        let is_servers = finding.link == Some(Link::MailServers) && own.paste.is_empty();
        let is_longer = self.live.state == LiveState::Enforce && LONGER.contains(&finding.rule.as_str());
        let without_mx = self.live.state == LiveState::Enforce
            && !self.live.not_allowed.is_empty()
            && (self.next.adds_domain_itself || !self.lines.unlistable.is_empty())
            && finding.link == Some(Link::MailServers);
        is_first_policy
            || is_new
            || is_servers
            || is_longer
            || without_mx
            || own.does(PolicyChange::Enforce)
            || own.does(PolicyChange::Keep)
    }

    /// The next policy, once.
    fn publish(&self, draft: &mut Draft<'_>, kind: TaskKind, why: Vec<Sentence>) {
        if !draft.has(&self.next.text) {
            draft.policy(kind, why, self.next.text.clone());
        }
    }

    /// The tasks from testing on. `earliest` is the first day on which the policy may be enforced; the day that it came to,
    /// unless some MX records stand in the way.
    fn test_and_enforce(&self, draft: &mut Draft<'_>, earliest: Date) -> Option<Date> {
        let wait = earliest.days_after(draft.date());
        draft.on_day(wait.min(LOOK_AFTER));
        draft.task(TaskKind::LookAtReports, vec![Sentence::LookForFailures, Sentence::MendAndCountAgain]);
        if !self.lines.unlistable.is_empty() {
            draft.task(TaskKind::NameEveryServer, vec![Sentence::NameServersFirst]);
            return None;
        }
        draft.on_day(wait);
        let enforce = draft.date();
        let mut why = vec![Sentence::EnforceIfClean, Sentence::SilenceIsNoProof];
        let hosts: Vec<String> = self.lines.unknown().take(NAMED).map(str::to_owned).collect();
        if !hosts.is_empty() {
            why.push(Sentence::AskForCertificates { hosts });
        }
        draft.policy(TaskKind::Enforce, why, self.next.enforced());
        if self.next.max_age < MONTH_S {
            draft.on_day(wait.saturating_add(ENFORCE_FOR));
            self.remember_for_longer(draft);
        }
        Some(enforce)
    }

    fn remember_for_longer(&self, draft: &mut Draft<'_>) {
        let text = self.next.with(Mode::Enforce, MONTH_S);
        draft.policy(TaskKind::RememberForLonger, vec![Sentence::RememberIfClean], text);
    }
}
