//! A rule: what it looks at, how, and what is said of it.

use serde::Serialize;

use super::source::Source;
use crate::WHOLE;
use crate::evidence::snapshot::Snapshot;
use crate::facts::Facts;
use crate::mend::dns_console::Console;
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::report::{Copyable, Finding, Fix, Outcome, Severity};
use crate::text::span::{Place, Span};

/// Where the pages of the rules are, from the root of the site: an index, and below it a page for each rule's id.
pub const PAGES: &str = "/rules/";

/// One rule: what it checks, and everything that is said of it.
pub struct Rule {
    /// Permanent; names the defect, not the fix.
    pub id: &'static str,
    /// What it reports.
    pub kind: Kind,
    /// Whether the fault makes a lint's `valid` false: the RFC's grammar or prose forbids it.
    pub grammar: bool,
    /// A few plain words.
    pub title: &'static str,
    /// What it checks, in a sentence. Empty without the feature `catalogue`.
    pub what: &'static str,
    /// Why it matters, for a person who runs a small business. Empty without the feature `whole`, as the steps are.
    pub why: &'static str,
    /// What to do, step by step; in braces what depends on the domain's console ([`Rule::general_steps`] has none). Empty
    /// when nothing is to be done.
    pub steps: &'static [&'static str],
    /// Where it is written.
    pub source: Source,
    /// Looks, and says what it found.
    pub check: Check,
}

impl Rule {
    /// The address of its page, from the root of the site. As permanent as the id.
    pub fn path(&self) -> String {
        format!("{PAGES}{}", self.id)
    }

    /// What to do, at any provider.
    pub fn general_steps(&self) -> Vec<String> {
        self.steps.iter().map(|step| Console::GENERAL.fill(step)).collect()
    }
}

/// How a rule looks.
pub type Check = fn(&Facts<'_>, &mut Sink<'_>);

/// What a rule reports: a fault of some severity, good news, or that it could not look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "RuleKind"),
    schemars(rename = "RuleKind")
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A fault, of severity error.
    Error,
    /// A fault, of severity warning.
    Warning,
    /// Something worth knowing.
    Info,
    /// Good news.
    Pass,
    /// It could not look.
    Inconclusive,
}

/// A text that only the catalogue has, not a finding: left out of what is shipped, where nothing shows it and its bytes
/// count.
pub(crate) const fn documented(text: &'static str) -> &'static str {
    if cfg!(feature = "catalogue") { text } else { "" }
}

/// Why it matters, which only a whole report says, as what to do: a page that shows what comes in leaves their bytes out.
pub(crate) const fn explained(why: &'static str) -> &'static str {
    if WHOLE { why } else { "" }
}

/// What to do; see [`explained`].
pub(crate) const fn to_mend(steps: &'static [&'static str]) -> &'static [&'static str] {
    if WHOLE { steps } else { &[] }
}

/// Where a rule says what it found.
pub struct Sink<'f> {
    pub(super) rule: &'static Rule,
    /// What this check saw, once everything is in that has to be.
    pub(super) snapshot: Option<&'f Snapshot>,
    pub(super) console: &'f Console<'f>,
    pub(super) findings: &'f mut Vec<Finding>,
}

impl Sink<'_> {
    /// Adds a finding in the rule's own words; the draft lets the case add what it knows.
    pub(crate) fn report(&mut self) -> Draft<'_> {
        let rule = self.rule;
        let (outcome, severity) = match rule.kind {
            Kind::Error => (Outcome::Fail, Severity::Error),
            Kind::Warning => (Outcome::Fail, Severity::Warning),
            Kind::Info => (Outcome::Fail, Severity::Info),
            Kind::Pass => (Outcome::Pass, Severity::Info),
            Kind::Inconclusive => (Outcome::Inconclusive, Severity::Info),
        };
        let mut fix = Vec::new();
        if WHOLE && !rule.steps.is_empty() {
            let steps = rule.steps.iter().map(|step| self.console.fill(step)).collect();
            fix.push(Fix { title: rule.title.to_owned(), steps, copy: Vec::new() });
        }
        self.findings.push(Finding {
            rule: rule.id.to_owned(),
            outcome,
            severity,
            subject: None,
            title: rule.title.to_owned(),
            why: rule.why.to_owned(),
            detail: None,
            fix,
            reference: rule.source.reference(),
            span: None,
        });
        Draft { finding: self.findings.last_mut().expect("one was just pushed"), console: self.console }
    }
}

/// A finding while its rule fills it in.
pub(crate) struct Draft<'f> {
    finding: &'f mut Finding,
    console: &'f Console<'f>,
}

// Each setter is used for its effect; the chain's end is dropped.
#[allow(clippy::return_self_not_must_use, reason = "a draft is filled in place, and dropping it is how it ends")]
impl Draft<'_> {
    /// What it is about: a host, key or line.
    pub(crate) fn subject(self, subject: impl Into<String>) -> Self {
        self.finding.subject = Some(subject.into());
        self
    }

    /// Other words than the rule's title.
    pub(crate) fn title(self, title: impl Into<String>) -> Self {
        self.finding.title = title.into();
        self
    }

    /// Other words than the rule's reason.
    pub(crate) fn why(self, why: impl Into<String>) -> Self {
        if WHOLE {
            self.finding.why = why.into();
        }
        self
    }

    /// For the engineer.
    pub(crate) fn detail(self, detail: impl Into<String>) -> Self {
        self.finding.detail = Some(detail.into());
        self
    }

    /// Another severity than the rule's own.
    pub(crate) fn severity(self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    /// Where in `raw` it stands.
    pub(crate) fn at(self, span: Span, raw: &str) -> Self {
        self.finding.span = Some(Place::find(span, raw));
        self
    }

    /// Other steps than the rule's own.
    pub(crate) fn steps(self, steps: &'static [&'static str]) -> Self {
        if !WHOLE {
            return self;
        }
        let console = self.console;
        self.fix(|fix| fix.steps = steps.iter().map(|step| console.fill(step)).collect())
    }

    /// Text to paste; an empty one is none.
    pub(crate) fn copy(self, label: impl Into<String>, text: impl Into<String>) -> Self {
        if !WHOLE {
            return self;
        }
        let copy = Copyable { label: label.into(), text: text.into() };
        if copy.text.is_empty() {
            return self;
        }
        self.fix(|fix| fix.copy.push(copy))
    }

    /// The value of a TXT record to paste, as the console wants it.
    pub(crate) fn txt_value(self, value: &str) -> Self {
        if !WHOLE {
            return self;
        }
        let (label, text) = self.console.txt_value(value);
        self.copy(label, text)
    }

    /// The host of a TXT record to paste: relative to the zone, and in full where the console may want it so.
    pub(crate) fn txt_host(self, txt: Txt, domain: Option<&DomainName>) -> Self {
        if !WHOLE {
            return self;
        }
        let host = self.console.host(txt.label());
        let draft = self.copy("Host of the TXT record", host);
        match domain.filter(|_| !draft.console.is_known()) {
            Some(domain) => {
                let name = format!("{}.{domain}", txt.label());
                draft.copy("Host, where the console wants the full name", name)
            }
            None => draft,
        }
    }

    fn fix(self, change: impl FnOnce(&mut Fix)) -> Self {
        if self.finding.fix.is_empty() {
            self.finding.fix.push(Fix { title: self.finding.title.clone(), steps: Vec::new(), copy: Vec::new() });
        }
        change(&mut self.finding.fix[0]);
        self
    }
}
