//! A plan while it is made: on which day a task is, and which sentences and texts every new policy and id has.

use super::goal::GoalName;
use super::live::Live;
use super::own_way::OwnWay;
use super::proposal::{self, DAY_S};
use super::records::{Ids, RecordDecision};
use super::task::{Fix, Sentence, Summary, Task, TaskKind, TaskPlan};
use crate::mend::dns_console::DnsConsole;
use crate::mend::remedy::{Paste, PastePlace};
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::providers::mx_line::Lines;
use crate::published::announce;
use crate::published::policy::{self, Mode};
use crate::rules::step::{Ask, Step};
use crate::text::time::{Date, Timestamp};

/// Tasks while they are written. Each that sets an id gets another one.
pub(super) struct Draft<'d> {
    domain: &'d DomainName,
    console: &'d DnsConsole<'d>,
    now: Timestamp,
    ids: Ids,
    /// Days from the first day to the tasks that are written now.
    day: u32,
    tasks: Vec<Task>,
    /// Whether there is a policy file by then.
    is_served: bool,
    /// What the check gives to paste for the announce record now.
    value_now: Option<&'d str>,
}

impl<'d> Draft<'d> {
    /// `is_served` is whether there is a policy file to replace.
    pub(super) fn new(
        domain: &'d DomainName,
        console: &'d DnsConsole<'d>,
        now: Timestamp,
        live_id: Option<&str>,
        is_served: bool,
        value_now: Option<&'d str>,
    ) -> Self {
        Self { domain, console, now, ids: Ids::new(live_id), day: 0, tasks: Vec::new(), is_served, value_now }
    }

    /// What is written from here on is for that many days after today, or for the day of the last task where that is
    /// later.
    pub(super) fn on_day(&mut self, day: u32) {
        self.day = self.day.max(day);
    }

    /// The day that tasks are written for.
    pub(super) fn date(&self) -> Date {
        self.now.date().plus_days(self.day)
    }

    /// That many days after today.
    pub(super) fn date_after(&self, days: u32) -> Date {
        self.now.date().plus_days(days)
    }

    /// Where the domain's DNS is changed.
    pub(super) fn console(&self) -> &'d DnsConsole<'d> {
        self.console
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// A task with nothing to paste.
    pub(super) fn task(&mut self, kind: TaskKind, sentences: Vec<Sentence>) {
        self.task_with(kind, sentences, Vec::new());
    }

    fn task_with(&mut self, kind: TaskKind, sentences: Vec<Sentence>, paste: Vec<Paste>) {
        self.tasks.push(Task { date: self.date(), kind, sentences, paste, fix: None });
    }

    /// What the check says about a finding.
    pub(super) fn fix(&mut self, own: OwnWay<'_>) {
        let OwnWay { finding, fix, paste } = own;
        let (rule, title) = (finding.rule.clone(), finding.title.clone());
        let fix = Some(Fix { rule, title, steps: fix.steps.clone(), copy: fix.copy.clone() });
        self.tasks.push(Task { date: self.date(), kind: TaskKind::Fix, sentences: Vec::new(), paste, fix });
    }

    /// Whether a task gives this to paste already.
    pub(super) fn has(&self, text: &str) -> bool {
        self.tasks.iter().flat_map(|task| &task.paste).any(|paste| paste.text == text)
    }

    /// The TLS-RPT record, where senders find none: what a plan waits for is in the reports.
    pub(super) fn ask_for_reports(&mut self, live: &Live, tls_rpt: &RecordDecision) {
        if live.tlsrpt == Some(false) && !self.has(&tls_rpt.value) {
            let mut sentences = vec![Sentence::ChooseMailbox];
            self.set_record(Txt::TlsRpt, Ask::SetToValue, Sentence::SetReportRecord, &mut sentences);
            let value = Paste { place: PastePlace::TxtValue(Txt::TlsRpt), text: tls_rpt.value.clone() };
            self.task_with(TaskKind::AskForReports, sentences, vec![value]);
        }
    }

    /// A policy host, where there is none to put the file on.
    pub(super) fn policy_host(&mut self) {
        if !self.is_served && self.console.file_operator().is_none() {
            let host = self.domain.policy_host().to_string();
            self.task(TaskKind::MakePolicyHost, vec![Sentence::ChooseWay { host }, Sentence::NothingInItsPlace]);
        }
    }

    /// A new policy file, and then, never before it (RFC 8461 §8.1), a new id.
    pub(super) fn policy(&mut self, kind: TaskKind, why: Vec<Sentence>, policy: String) {
        let url = proposal::url(self.domain);
        let mut sentences = why;
        if self.console.file_operator().is_some() {
            sentences.push(Sentence::Step(Step::AskForFile(Ask::ReplaceFile)));
            sentences.push(Sentence::Step(Step::TakeFile));
        } else if self.is_served {
            sentences.push(Sentence::ReplaceFile { url });
        } else {
            sentences.push(Sentence::ServeFile { url });
        }
        sentences.push(Sentence::CheckFile);
        self.is_served = true;
        self.task_with(kind, sentences, vec![Paste { place: PastePlace::PolicyFile, text: policy }]);

        let at = if self.day == 0 { self.now } else { self.date().start() };
        let text = match self.value_now.take().filter(|_| self.day == 0) {
            Some(value) => value.to_owned(),
            None => announce::render(&self.ids.fresh(at)),
        };
        let value = Paste { place: PastePlace::TxtValue(Txt::Announce), text };
        let mut sentences = vec![Sentence::IdAfterFile];
        self.set_record(Txt::Announce, Ask::NewId, Sentence::SetAnnounceRecord, &mut sentences);
        self.task_with(TaskKind::Announce, sentences, vec![value]);
    }

    /// How a record gets the value that is pasted: where its name is an alias, whoever operates the end of that is asked.
    fn set_record(&self, txt: Txt, ask: Ask, set: Sentence, sentences: &mut Vec<Sentence>) {
        if self.console.operator(txt).is_none() {
            sentences.extend([set, Sentence::Step(Step::DomainOnce(txt))]);
            return;
        }
        sentences.push(Sentence::Step(Step::AskForRecord(txt, ask)));
        if self.console.other_operator(txt).is_some() {
            sentences.push(Sentence::Step(Step::TakeRecord(txt)));
        }
    }

    pub(super) fn policy_text(mode: Mode, lines: &Lines, max_age: u32) -> String {
        policy::render(mode, lines.patterns(), max_age)
    }

    pub(super) fn finish(self, goal: GoalName, summary: Summary) -> TaskPlan {
        TaskPlan { goal, summary, tasks: self.tasks }
    }
}

/// Whole days that so many seconds reach into, and one more: what is done during a day need not be done at its start.
pub(super) fn days_past(seconds: u32) -> u32 {
    seconds.div_ceil(DAY_S).saturating_add(1)
}
