//! Puts a decision into words: the one way from types to the answer.

use super::answer::{Advice, Delegation, Hosting, PolicyAdvice, PolicyProposal, RecordAdvice, Schedule, ScheduledStep};
use super::calendar;
use super::decision::Decision;
use super::english::{self, HostingWords};
use super::hosting::{self, HostingWay};
use super::proposal::{self, NoPolicy, Note, PolicyDecision, Proposal};
use super::records::{RecordDecision, RecordWhy};
use super::task::{Fix, Sentence, Summary, Task, TaskPlan};
use crate::mend::dns_console::DnsConsole;
use crate::mend::words::{copyable, filled, sentence};
use crate::name::DomainName;
use crate::text::time::Timestamp;

/// What was decided for a domain, in words. `now` is the time of the plan's first day.
pub(super) fn advice(console: &DnsConsole<'_>, decision: Decision, now: Timestamp) -> Advice {
    let Decision { domain, providers, live, policy, records, hosting, plan } = decision;
    let words = Words { console, domain: &domain };
    Advice {
        today: now.date(),
        providers,
        live,
        policy: words.policy(policy),
        records: records.into_iter().map(|record| words.record(record)).collect(),
        hosting: hosting.into_iter().map(|way| words.hosting(way)).collect(),
        plan: words.plan(&plan, now),
        domain,
    }
}

/// What words are about.
struct Words<'w> {
    console: &'w DnsConsole<'w>,
    domain: &'w DomainName,
}

impl Words<'_> {
    fn policy(&self, policy: PolicyDecision) -> PolicyAdvice {
        match policy {
            PolicyDecision::Serve(proposal) => PolicyAdvice::Serve(self.proposal(proposal)),
            PolicyDecision::ServeNone(reason) => {
                let why = self.fill(english::no_policy(reason), |_| None);
                match reason {
                    NoPolicy::NotNeeded(reason) => PolicyAdvice::NotNeeded { reason, why },
                    NoPolicy::NotPossible(_) => PolicyAdvice::NotPossible { why },
                    NoPolicy::NotKnown(_) => PolicyAdvice::Unknown { why },
                }
            }
        }
    }

    fn proposal(&self, proposal: Proposal) -> PolicyProposal {
        let Proposal { url, text, mode, max_age, lines, notes, unlistable, delegation } = proposal;
        let delegation = delegation.map(|records| Delegation {
            why: self.fill(english::DELEGATION, |_| None),
            records: records.into_iter().map(|record| self.record(record)).collect(),
        });
        PolicyProposal {
            url,
            text,
            mode: mode.as_str().to_owned(),
            max_age,
            lines,
            notes: notes.iter().map(|note| self.fill(english::note(note), |word| of_note(note, word))).collect(),
            unlistable,
            delegation,
        }
    }

    fn record(&self, record: RecordDecision) -> RecordAdvice {
        let RecordDecision { name, host, kind, value, action, why } = record;
        let sentences = why.iter().map(|why| self.fill(english::record(why), |word| of_record(why, word)));
        RecordAdvice { name, host, kind: kind.to_owned(), value, action, why: sentences.collect::<Vec<_>>().join(" ") }
    }

    fn hosting(&self, way: HostingWay) -> Hosting {
        let HostingWords { name, steps, traps, .. } = english::hosting(way.id);
        let argument = |word: &str| match word {
            "host" => Some(self.domain.policy_host().to_string()),
            "label" => Some(hosting::label(self.domain)),
            "url" => Some(proposal::url(self.domain)),
            _ => None,
        };
        let filled = |texts: &[&'static str]| texts.iter().map(|text| self.fill(text, argument)).collect();
        Hosting {
            id: way.id.to_owned(),
            name: (*name).to_owned(),
            files: way.files,
            record: way.record.map(|record| self.record(record)),
            steps: filled(steps),
            traps: filled(traps),
        }
    }

    fn plan(&self, plan: &TaskPlan, now: Timestamp) -> Schedule {
        let steps: Vec<ScheduledStep> = plan.tasks.iter().map(|task| self.task(task)).collect();
        let calendar = calendar::write(self.domain, plan.goal, &steps, now);
        let summary = self.fill(english::summary(&plan.summary), |word| of_summary(&plan.summary, word));
        Schedule { goal: plan.goal, summary, steps, calendar }
    }

    fn task(&self, task: &Task) -> ScheduledStep {
        if let Some(Fix { title, steps, copy, .. }) = &task.fix {
            let title = self.fill(english::title(task.kind), |word| (word == "title").then(|| title.clone()));
            return ScheduledStep { date: task.date, title, text: steps.clone(), copy: copy.clone() };
        }
        ScheduledStep {
            date: task.date,
            title: self.fill(english::title(task.kind), |_| None),
            text: task.sentences.iter().map(|sentence| self.sentence(sentence)).collect(),
            copy: task.paste.iter().map(|paste| copyable(self.console, paste)).collect(),
        }
    }

    fn sentence(&self, said: &Sentence) -> String {
        match (said, english::sentence(said)) {
            (Sentence::Step(step), _) => sentence(self.console, *step),
            (_, words) => self.fill(words.unwrap_or_default(), |word| of_sentence(said, word)),
        }
    }

    /// A template with its own arguments in it, and what is known of the domain and its console.
    fn fill(&self, template: &'static str, argument: impl Fn(&str) -> Option<String>) -> String {
        let domain = |word: &str| (word == "domain").then(|| self.domain.to_string());
        filled(self.console, template, |word| argument(word).or_else(|| domain(word)))
    }
}

fn of_note(note: &Note, word: &str) -> Option<String> {
    match (note, word) {
        (Note::OnlyNames { hosts } | Note::Unlistable { hosts }, "hosts") => Some(hosts.join(", ")),
        _ => None,
    }
}

fn of_record(why: &RecordWhy, word: &str) -> Option<String> {
    match (why, word) {
        (RecordWhy::AliasHasToGo { target }, "target") => Some(target.clone()),
        _ => None,
    }
}

fn of_sentence(sentence: &Sentence, word: &str) -> Option<String> {
    match (sentence, word) {
        (Sentence::ReplaceFile { url } | Sentence::ServeFile { url }, "url") => Some(url.clone()),
        (Sentence::ChooseWay { host }, "host") => Some(host.clone()),
        (Sentence::AskForCertificates { hosts }, "hosts") => Some(hosts.join(", ")),
        (Sentence::SetAllowedMxRecords { patterns }, "patterns") => Some(patterns.join(", ")),
        (
            Sentence::ServedIsForgotten { max_age }
            | Sentence::LongestIsForgotten { max_age }
            | Sentence::LongestIsNotKnown { max_age }
            | Sentence::WaitIfServedBefore { max_age, .. }
            | Sentence::WaitIfServedBeforeOff { max_age, .. }
            | Sentence::OnlyIfPolicyWorks { max_age, .. },
            "max_age",
        ) => Some(max_age.to_string()),
        (Sentence::WaitIfServedBefore { until, .. } | Sentence::WaitIfServedBeforeOff { until, .. }, "until") => {
            Some(until.to_string())
        }
        (Sentence::OnlyIfPolicyWorks { forgotten, .. } | Sentence::WaitForCopies { forgotten }, "forgotten") => {
            Some(forgotten.to_string())
        }
        _ => None,
    }
}

fn of_summary(summary: &Summary, word: &str) -> Option<String> {
    match (summary, word) {
        (Summary::StartTesting { enforce: Some(date), .. } | Summary::Testing { enforce: date, .. }, "enforce")
        | (Summary::TestedLongEnough { since: date } | Summary::Testing { since: Some(date), .. }, "since")
        | (
            Summary::RemoveWhatIsGone { delete: date }
            | Summary::RemoveWhatIsOff { delete: date }
            | Summary::Remove { delete: date },
            "delete",
        )
        | (Summary::MovedButOldAllowed { take_out: date }, "take out")
        | (
            Summary::MoveOnceForgotten { change: date }
            | Summary::Move { change: date, .. }
            | Summary::MoveAndRepair { change: date, .. },
            "change",
        )
        | (Summary::MoveAndRepair { forgotten: date, .. }, "forgotten") => Some(date.to_string()),
        _ => None,
    }
}
