//! A plan with dates: what to do, in what order, and on which day at the earliest.

use serde::Serialize;

use super::live::Live;
use super::proposal::{self, DAY_S};
use super::records::{Ids, RecordAdvice};
use crate::mend::dns_console::DnsConsole;
use crate::mend::remedy::{Paste, Place};
use crate::mend::words::{copyable, filled, sentence};
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::providers::mx_line::Lines;
use crate::published::announce;
use crate::published::policy::{self, Mode};
use crate::report::Copyable;
use crate::rules::step::{Ask, Step as Step_};
use crate::text::time::Date;
use crate::text::time::Timestamp;

/// What is to be done over the next days and weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Schedule {
    /// What for.
    pub goal: GoalName,
    /// Where the domain stands and what comes, in a sentence or two.
    pub summary: String,
    /// In the order in which they are to be done; empty where there is nothing to do, or nothing can be said.
    pub steps: Vec<Step>,
    /// The steps as a calendar file (RFC 5545), for `text/calendar`; empty where there are none.
    pub calendar: String,
}

/// What a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GoalName {
    /// From nothing, or from testing, to an enforced policy.
    RollOut,
    /// To no policy at all, without a message lost.
    Removal,
    /// To another mail provider, without a message lost.
    Move,
}

impl GoalName {
    /// As requests and answers spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RollOut => "roll-out",
            Self::Removal => "removal",
            Self::Move => "move",
        }
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Step {
    /// The earliest day for it, in UTC.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub date: Date,
    /// A few plain words.
    pub title: String,
    /// What to do and why, a sentence or two each.
    pub text: Vec<String>,
    /// Texts to paste.
    pub copy: Vec<Copyable>,
}

/// Steps while they are written. Each that sets an id gets another one.
pub(super) struct Draft<'d> {
    domain: &'d DomainName,
    console: &'d DnsConsole<'d>,
    now: Timestamp,
    ids: Ids,
    /// Days from the first day to the steps that are written now.
    day: u32,
    steps: Vec<Step>,
    /// Whether there is a policy file by then.
    is_served: bool,
}

impl<'d> Draft<'d> {
    /// `is_served` is whether there is a policy file to replace.
    pub(super) fn new(
        domain: &'d DomainName,
        console: &'d DnsConsole<'d>,
        now: Timestamp,
        live_id: Option<&str>,
        is_served: bool,
    ) -> Self {
        Self { domain, console, now, ids: Ids::new(live_id), day: 0, steps: Vec::new(), is_served }
    }

    /// What is written from here on is for that many days after today, or for the day of the last step where that is
    /// later.
    pub(super) fn on_day(&mut self, day: u32) {
        self.day = self.day.max(day);
    }

    /// The day that steps are written for.
    pub(super) fn date(&self) -> Date {
        self.now.date().plus_days(self.day)
    }

    /// That many days after today.
    pub(super) fn date_after(&self, days: u32) -> Date {
        self.now.date().plus_days(days)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// A sentence with what is known of the domain in it.
    pub(super) fn say(&self, template: &'static str) -> String {
        filled(self.console, template)
    }

    fn step_of_operator(&self, txt: Txt, step: Step_) -> Option<String> {
        self.console.operator(txt).map(|_| sentence(self.console, step))
    }

    fn take_record(&self, txt: Txt) -> Option<String> {
        self.console.other_operator(txt).map(|_| sentence(self.console, Step_::TakeRecord(txt)))
    }

    fn value(&self, text: String) -> Copyable {
        copyable(self.console, &Paste { place: Place::TxtValue(Txt::Announce), text })
    }

    fn step_with(&mut self, title: &str, text: &[&str], copy: Vec<Copyable>) {
        self.step(title, text, &[]);
        if let Some(step) = self.steps.last_mut() {
            step.copy = copy;
        }
    }

    /// A step.
    pub(super) fn step(&mut self, title: &str, text: &[&str], copy: &[(&str, &str)]) {
        self.steps.push(Step {
            date: self.date(),
            title: title.to_owned(),
            text: text.iter().map(|&sentence| sentence.to_owned()).collect(),
            copy: copy
                .iter()
                .map(|&(label, text)| Copyable { label: label.to_owned(), text: text.to_owned() })
                .collect(),
        });
    }

    /// The TLS-RPT record, where senders find none: what a plan waits for is in the reports.
    pub(super) fn ask_for_reports(&mut self, live: &Live, tlsrpt: &RecordAdvice) {
        if live.tlsrpt == Some(false) {
            let choose = "Choose a mailbox that somebody reads. Senders then mail a report a day of what went wrong with \
                          encryption; without reports a test teaches you nothing.";
            let add = self.say(
                "Open {dns} and add a TXT record with the host {tlsrpt} and the value below, with your own mailbox in it. If \
                 there is a record under that host already, replace it.",
            );
            let ask = self.step_of_operator(Txt::TlsRpt, Step_::AskForRecord(Txt::TlsRpt, Ask::SetToValue));
            let take = self.take_record(Txt::TlsRpt);
            let once = sentence(self.console, Step_::DomainOnce(Txt::TlsRpt));
            let text = match &ask {
                Some(ask) => [choose, ask].into_iter().chain(take.as_deref()).collect(),
                None => vec![choose, &add, &once],
            };
            let copy = self.value(tlsrpt.value.clone());
            self.step_with("Ask for reports", &text, vec![copy]);
        }
    }

    /// A new policy file, and then, never before it (RFC 8461 §8.1), a new id.
    pub(super) fn policy(&mut self, title: &str, text: &[&str], policy: &str) {
        let url = proposal::url(self.domain);
        let is_operated = self.console.file_operator().is_some();
        let put = match is_operated.then(|| sentence(self.console, Step_::AskForFile(Ask::ReplaceFile))) {
            Some(ask) => ask,
            None if self.is_served => format!("Replace the policy file at {url} with the text below."),
            None => format!("Serve the text below as the policy file, at {url}."),
        };
        self.is_served = true;
        let take = is_operated.then(|| sentence(self.console, Step_::TakeFile));
        let look = format!("Then open {url} in a browser: it must show exactly this text.");
        let text = text.iter().copied().chain([put.as_str()]).chain(take.as_deref()).chain([look.as_str()]);
        let text: Vec<&str> = text.collect();
        self.step(title, &text, &[("Policy file", policy)]);
        let at = if self.day == 0 { self.now } else { self.date().start() };
        let value = announce::render(&self.ids.fresh(at));
        let order = "Do this only after the file has changed: a sender that sees a new id fetches the file at once.";
        let ask = self.step_of_operator(Txt::Announce, Step_::AskForRecord(Txt::Announce, Ask::NewId));
        let set = self.say(
            "Open {dns} and set the TXT record with the host {announce} to the value below. It must be the only one there that \
             begins with v=STSv1.",
        );
        let once = sentence(self.console, Step_::DomainOnce(Txt::Announce));
        let take = self.take_record(Txt::Announce);
        let text = match &ask {
            Some(ask) => [order, ask].into_iter().chain(take.as_deref()).collect(),
            None => vec![order, &set, &once],
        };
        let copy = self.value(value.clone());
        self.step_with("Then announce it with a new id", &text, vec![copy]);
    }

    pub(super) fn policy_text(mode: Mode, lines: &Lines, max_age: u32) -> String {
        policy::render(mode, lines.patterns(), max_age)
    }

    pub(super) fn finish(self, goal: GoalName, summary: impl Into<String>) -> Schedule {
        let calendar = super::calendar::write(self.domain, goal, &self.steps, self.now);
        Schedule { goal, summary: summary.into(), steps: self.steps, calendar }
    }
}

/// Whole days that so many seconds reach into, and one more: what is done during a day need not be done at its start.
pub(super) fn days_past(seconds: u32) -> u32 {
    seconds.div_ceil(DAY_S).saturating_add(1)
}
