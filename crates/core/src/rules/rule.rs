//! A rule: what it looks at and how, what mends it, and where a check says what it found. No words: these stand in the tables
//! of a language, by rule and case.

use serde::Serialize;

use super::source::Source;
use super::step::{Ask, Lacks, Reported, Step, ToPaste};
use crate::evidence::snapshot::Snapshot;
use crate::facts::Facts;
use crate::report::link::Link;
use crate::report::{Outcome, Severity};
use crate::text::span::{Place, Places, Span};

/// Where the pages of the rules are, from the root of the site: an index, and below it a page for each rule's id.
pub const PAGES: &str = "/rules/";

/// One rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Permanent; names the defect, not the fix.
    pub id: &'static str,
    /// What it reports.
    pub kind: Kind,
    /// Whether the fault makes a lint's `valid` false: the RFC's grammar or prose forbids it.
    pub grammar: bool,
    /// The link of the chain that it looks at; none where it is about the whole domain.
    pub link: Option<Link>,
    /// Where it is written.
    pub source: Source,
    /// For which reasons in TLS reports it is worth a look.
    pub reported_as: &'static [Reported],
    /// What to do; empty when nothing is to be done.
    pub steps: &'static [Step],
    /// What whoever operates the record or the file behind an alias is asked.
    pub ask: Ask,
    /// What the domain's providers may have a way to.
    pub lacks: &'static [Lacks],
    /// In which cases other things are said or done.
    pub cases: &'static [Case],
    /// Looks, and says what it found.
    pub check: Check,
}

/// A case of a rule in which something else is said or done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name in the tables of words.
    pub name: &'static str,
    /// Other steps than the rule's; none where the rule's own stay.
    pub steps: Option<&'static [Step]>,
}

impl Case {
    /// Other words.
    pub(crate) const fn said(name: &'static str) -> Self {
        Self { name, steps: None }
    }

    /// Other steps, and other words where the tables have them.
    pub(crate) const fn done(name: &'static str, steps: &'static [Step]) -> Self {
        Self { name, steps: Some(steps) }
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

impl Rule {
    /// The place of a case in its list.
    pub(crate) fn place_of(&self, case: &str) -> Option<usize> {
        self.cases.iter().position(|known| known.name == case)
    }

    /// The address of its page, from the root of the site. As permanent as the id.
    pub fn path(&self) -> String {
        format!("{PAGES}{}", self.id)
    }
}

/// What is said for an engineer, where several rules say it in the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// As the rule's table has it, or its case's.
    #[default]
    Own,
    /// What was found `at` a byte.
    At,
    /// The same, and in one more place.
    AtAndOneMore,
    /// The same, and in `more` places.
    AtAndMore,
    /// The numbers of the characters `at` a byte.
    CharactersAt,
    /// The same, and in one more place.
    CharactersAtAndOneMore,
    /// The same, and in `more` places.
    CharactersAtAndMore,
    /// Some `texts` that were found.
    Found,
    /// The first few of them.
    FoundAndMore,
    /// What was found at another `name`.
    FoundElsewhere,
    /// There is no text in a record.
    NoText,
    /// A resolver's `rcode`.
    ResolverAnswered,
    /// A resolver's `rcode` and extended `errors`.
    ResolverAnsweredWith,
    /// Nothing came, with an `end`.
    NothingCame,
    /// Nothing came in time.
    NothingCameInTime,
    /// How a request ended.
    RequestEnded,
    /// A host's `status`.
    HostAnswered,
    /// `max_age` in `seconds`.
    MaxAge,
    /// An alias's `target`.
    AliasOf,
    /// Where a record is read.
    ReadAt,
    /// An alias's `target` that has no TXT record.
    NoTxtAt,
    /// Which answers are signed, with signatures that hold.
    Signed([Option<Answer>; 4]),
    /// Which answers are not signed.
    NotSigned([Option<Answer>; 4]),
}

/// An answer of the DNS that mail relies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The announce record.
    AnnounceRecord,
    /// The policy host's addresses.
    PolicyHost,
    /// The MX records.
    MxRecords,
    /// The TLS-RPT record.
    ReportRecord,
}

/// A finding without words.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The rule that looked.
    pub rule: &'static Rule,
    /// Its place among the rules that are run together.
    pub(crate) at: usize,
    /// Its cases that are met, the one that counts most last.
    pub cases: Vec<Case>,
    /// Whether the rule failed, passed or could not look.
    pub outcome: Outcome,
    /// Of a fail; info on a pass.
    pub severity: Severity,
    /// The host, key or line that it is about.
    pub subject: Option<String>,
    /// Where in the raw text.
    pub span: Option<Place>,
    /// What is said for an engineer.
    pub detail: Detail,
    /// What goes into the words: name and value. Values are data from outside, bounded by whoever gives them.
    pub arguments: Vec<(&'static str, String)>,
    /// What is pasted.
    pub paste: Vec<ToPaste>,
}

/// How many ranks there are.
pub(super) const RANKS: usize = 5;

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl Judged {
    /// What to do, by the case that counts most, or the rule.
    pub fn steps(&self) -> &'static [Step] {
        self.cases.iter().rev().find_map(|case| case.steps).unwrap_or(self.rule.steps)
    }

    /// The name of the case whose steps these are; none where they are the rule's.
    pub fn steps_of(&self) -> Option<&'static str> {
        self.cases.iter().rev().find(|case| case.steps.is_some()).map(|case| case.name)
    }

    /// Worst first; below [`RANKS`].
    pub(super) fn rank(&self) -> usize {
        match (self.outcome, self.severity) {
            (Outcome::Fail, Severity::Error) => 0,
            (Outcome::Fail, Severity::Warning) => 1,
            (Outcome::Inconclusive, _) => 2,
            (Outcome::Fail, Severity::Info) => 3,
            (Outcome::Pass, _) => 4,
        }
    }
}

/// Where a rule says what it found.
pub struct Sink<'f> {
    at: usize,
    rule: &'static Rule,
    /// What this check saw, once everything is in that has to be.
    pub(super) snapshot: Option<&'f Snapshot>,
    judged: &'f mut Findings,
    /// What this rule has found.
    told: usize,
}

/// Findings of one rule that are told. A domain in earnest has fewer; what is found beyond counts for the verdict, and not
/// here.
const TOLD_LIMIT: usize = 20;

/// What the rules have found.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) judged: Vec<Judged>,
    /// The last one that is not told.
    beyond: Option<Judged>,
    places: Places,
}

impl<'f> Sink<'f> {
    /// For one rule, at its place among those that are run.
    pub(super) fn of(
        (at, rule): (usize, &'static Rule),
        snapshot: Option<&'f Snapshot>,
        judged: &'f mut Findings,
    ) -> Self {
        Self { at, rule, snapshot, judged, told: 0 }
    }

    /// Adds a finding; the draft lets the case add what it knows.
    pub(super) fn report(&mut self) -> Draft<'_> {
        let (outcome, severity) = match self.rule.kind {
            Kind::Error => (Outcome::Fail, Severity::Error),
            Kind::Warning => (Outcome::Fail, Severity::Warning),
            Kind::Info => (Outcome::Fail, Severity::Info),
            Kind::Pass => (Outcome::Pass, Severity::Info),
            Kind::Inconclusive => (Outcome::Inconclusive, Severity::Info),
        };
        let judged = Judged {
            rule: self.rule,
            at: self.at,
            cases: Vec::new(),
            outcome,
            severity,
            subject: None,
            span: None,
            detail: Detail::Own,
            arguments: Vec::new(),
            paste: Vec::new(),
        };
        self.told += 1;
        let Findings { judged: all, beyond, places } = &mut *self.judged;
        if self.told > TOLD_LIMIT {
            return Draft { judged: beyond.insert(judged), places };
        }
        all.push(judged);
        Draft { judged: all.last_mut().expect("one was just pushed"), places }
    }
}

/// A finding while its rule fills it in.
pub(super) struct Draft<'f> {
    judged: &'f mut Judged,
    places: &'f mut Places,
}

// Each setter is used for its effect; the chain's end is dropped.
#[allow(clippy::return_self_not_must_use, reason = "a draft is filled in place, and dropping it is how it ends")]
impl Draft<'_> {
    /// What it is about: a host, key or line.
    pub(super) fn subject(self, subject: impl Into<String>) -> Self {
        self.judged.subject = Some(subject.into());
        self
    }

    /// The case: one of the rule's own. A later one counts for more.
    pub(super) fn case(self, case: Case) -> Self {
        debug_assert!(
            self.judged.rule.cases.contains(&case),
            "{}: {} is not in its list",
            self.judged.rule.id,
            case.name
        );
        self.judged.cases.push(case);
        self
    }

    /// Another severity than the rule's own.
    pub(super) fn severity(self, severity: Severity) -> Self {
        self.judged.severity = severity;
        self
    }

    /// Where in `raw` it stands.
    pub(super) fn at(self, span: Span, raw: &str) -> Self {
        self.judged.span = Some(self.places.find(span, raw));
        self
    }

    /// What is said for an engineer, where it is not the rule's own.
    pub(super) fn detail(self, detail: Detail) -> Self {
        self.judged.detail = detail;
        self
    }

    /// What goes into the words under a name; a later value takes the place of an earlier one.
    pub(super) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        self.judged.arguments.retain(|(known, _)| *known != name);
        self.judged.arguments.push((name, value.into()));
        self
    }

    /// A number that goes into the words.
    pub(super) fn count(self, name: &'static str, value: impl TryInto<u64>) -> Self {
        self.with(name, value.try_into().unwrap_or(u64::MAX).to_string())
    }

    /// What is to be pasted.
    pub(super) fn paste(self, text: ToPaste) -> Self {
        self.judged.paste.push(text);
        self
    }
}
