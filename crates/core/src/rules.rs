//! The catalogue: one ordered table of rules that the report, the API, the rule pages and the tests all read.
//!
//! A rule's id, severity, documentation and check stand together, in the module of what it looks at. A check reads
//! [`Facts`] and says what it found through [`Sink`]; its texts are the rule's own unless the case needs other words.

mod announce;
mod certificate;
mod dane;
mod delegation;
mod dnssec;
mod domain;
pub(crate) mod history;
mod kept;
mod live_mx;
mod misplaced;
mod mode;
mod mx_pattern;
mod paste;
mod policy_file;
mod policy_host;
mod provider_fix;
mod tlsrpt;

use serde::Serialize;

use crate::WHOLE;
use crate::console::{Console, Txt};
use crate::evidence::{Dns, ExtendedError};
use crate::facts::Facts;
use crate::name::DomainName;
use crate::report::{Copyable, Finding, Fix, Outcome, Reference, Severity};
use crate::text::clip::clip;
use crate::text::order;
use crate::text::span::{Place, Span};

/// Version of the catalogue: raised when a rule is added, or judges otherwise than before.
pub const RULESET: &str = "2026.13";

/// Where the pages of the rules are, from the root of the site: an index, and below it a page for each rule's id.
pub const PAGES: &str = "/rules/";

/// The file that has the catalogue as JSON, from the root of the site: it is made once, and the API answers it.
pub const CATALOGUE_FILE: &str = "/rules/catalogue.json";

/// Every rule, in the catalogue's order, a section at a time.
pub static CATALOGUE: &[Section] = &[
    section("domain", "The domain", domain::RULES),
    section("announce-record", "Announce record", announce::RULES),
    section("misplaced", "In the wrong place", misplaced::RULES),
    section("policy-host", "Policy host", policy_host::RULES),
    section("certificate", "Certificate of the policy host", certificate::RULES),
    section("policy-file", "Policy file", policy_file::RULES),
    section("mx-patterns", "Mail servers that the policy names", mx_pattern::RULES),
    section("live-mx", "Mail servers in the DNS", live_mx::RULES),
    section("mode", "Mode of the policy", mode::RULES),
    section("tls-rpt", "TLS reports", tlsrpt::RULES),
    section("dnssec", "DNSSEC", dnssec::RULES),
    section("dane", "DANE", dane::RULES),
    section("delegation", "Run by a provider", delegation::RULES),
    section("history", "Changes over time", if WHOLE { history::RULES } else { &[] }),
];

/// Rules that look at the same thing.
pub struct Section {
    /// For addresses, in lower case with hyphens. Empty without the feature `catalogue`, as the title is.
    pub id: &'static str,
    /// What its rules look at, in a few words.
    pub title: &'static str,
    /// Its rules, in the catalogue's order.
    pub rules: &'static [Rule],
}

const fn section(id: &'static str, title: &'static str, rules: &'static [Rule]) -> Section {
    Section { id: documented(id), title: documented(title), rules }
}

/// Every rule, in the catalogue's order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    CATALOGUE.iter().flat_map(|section| section.rules)
}

/// What a rule is called, and no more of it: for whoever only points at rules, and need not carry how each looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As [`Rule::id`].
    pub id: &'static str,
    /// As [`Rule::kind`].
    pub kind: Kind,
    /// As [`Rule::title`].
    pub title: &'static str,
}

/// What every rule is called, in the catalogue's order.
pub static NAMES: [Name; COUNT] = {
    let mut names = [Name { id: "", kind: Kind::Info, title: "" }; COUNT];
    let (mut at, mut of) = (0, 0);
    while of < CATALOGUE.len() {
        let mut next = 0;
        while next < CATALOGUE[of].rules.len() {
            let Rule { id, kind, title, .. } = &CATALOGUE[of].rules[next];
            names[at] = Name { id, kind: *kind, title };
            (at, next) = (at + 1, next + 1);
        }
        of += 1;
    }
    names
};

const COUNT: usize = {
    let (mut count, mut of) = (0, 0);
    while of < CATALOGUE.len() {
        count += CATALOGUE[of].rules.len();
        of += 1;
    }
    count
};

impl Name {
    /// As [`Rule::path`].
    pub fn path(&self) -> String {
        format!("{PAGES}{}", self.id)
    }
}

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

/// A rule as the API's catalogue has it: all but the check itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema), ts(rename = "Rule"), schemars(rename = "Rule"))]
pub struct Entry {
    /// The rule's permanent id, which names the defect.
    pub id: &'static str,
    /// What it reports.
    pub kind: Kind,
    /// Whether the fault makes a lint's `valid` false: the RFC's grammar or prose forbids it.
    pub grammar: bool,
    /// A few plain words.
    pub title: &'static str,
    /// What it checks, in a sentence.
    pub what: &'static str,
    /// Why it matters, for a person who runs a small business.
    pub why: &'static str,
    /// What to do, step by step, at any provider; empty when nothing is to be done.
    pub steps: Vec<String>,
    /// Where it is written.
    pub source: Reference,
    /// The address of its page, from the root of the site.
    pub url: String,
}

/// The catalogue as the API has it.
pub fn entries() -> Vec<Entry> {
    let entry = |rule: &Rule| Entry {
        id: rule.id,
        kind: rule.kind,
        grammar: rule.grammar,
        title: rule.title,
        what: rule.what,
        why: rule.why,
        steps: rule.general_steps(),
        source: rule.source.reference(),
        url: rule.path(),
    };
    all().map(entry).collect()
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

/// A section of an RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Number of the RFC.
    pub rfc: u16,
    /// Section, as in `3.1`.
    pub section: &'static str,
}

/// A section of RFC 8461, SMTP MTA Strict Transport Security.
pub(crate) const fn sts(section: &'static str) -> Source {
    Source { rfc: 8461, section }
}

/// A section of RFC 8460, SMTP TLS Reporting.
pub(crate) const fn tls_rpt(section: &'static str) -> Source {
    Source { rfc: 8460, section }
}

/// A section of any RFC.
pub(crate) const fn rfc(rfc: u16, section: &'static str) -> Source {
    Source { rfc, section }
}

impl Source {
    /// Label and address.
    pub fn reference(self) -> Reference {
        let Self { rfc, section } = self;
        Reference {
            label: format!("RFC {rfc} §{section}"),
            url: format!("https://www.rfc-editor.org/rfc/rfc{rfc}#section-{section}"),
        }
    }
}

/// Runs every rule. Findings come worst first, then in the catalogue's order.
pub(crate) fn run(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let console = Console::of(facts);
    for rule in all() {
        (rule.check)(facts, &mut Sink { rule, console: &console, findings: &mut findings });
    }
    if WHOLE {
        paste::add(facts, &console, &mut findings);
        for finding in &mut findings {
            kept::mend(facts, &console, finding);
            provider_fix::add(facts, &console, finding);
        }
    }
    order::sort_by_key(&mut findings, rank);
    findings
}

fn rank(finding: &Finding) -> u8 {
    match (finding.outcome, finding.severity) {
        (Outcome::Fail, Severity::Error) => 0,
        (Outcome::Fail, Severity::Warning) => 1,
        (Outcome::Inconclusive, _) => 2,
        (Outcome::Fail, Severity::Info) => 3,
        (Outcome::Pass, _) => 4,
    }
}

/// Where a rule says what it found.
pub struct Sink<'f> {
    rule: &'static Rule,
    console: &'f Console<'f>,
    findings: &'f mut Vec<Finding>,
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

/// Why a lookup gave no definite answer, for an engineer; none where it gave one, or where DNSSEC is at fault.
pub(crate) fn dns_trouble(dns: Dns<'_>) -> Option<String> {
    match dns {
        Dns::Pending | Dns::Answer(_) | Dns::Bogus { .. } => None,
        Dns::Unanswered(answer) => Some(match answer.extended_errors.as_slice() {
            [] => format!("The resolver answered {}.", answer.rcode),
            errors => {
                let list: Vec<String> = errors.iter().take(3).map(extended_error).collect();
                format!("The resolver answered {}: {}.", answer.rcode, list.join("; "))
            }
        }),
        Dns::Failed(failure) => Some(match &failure.detail {
            Some(detail) => format!("No answer came: {}", clip(detail, 200)),
            None => "No answer came in time.".to_owned(),
        }),
    }
}

/// An extended error (RFC 8914) in words: the registered name of its code, and what the resolver added.
pub(crate) fn extended_error(error: &ExtendedError) -> String {
    let name = match error.code {
        1 => "unsupported DNSKEY algorithm",
        2 => "unsupported DS digest type",
        3 => "stale answer",
        5 => "DNSSEC indeterminate",
        6 => "DNSSEC bogus",
        7 => "signature expired",
        8 => "signature not yet valid",
        9 => "DNSKEY missing",
        10 => "RRSIGs missing",
        11 => "no zone key bit set",
        12 => "NSEC missing",
        14 => "not ready",
        15..=18 => "blocked or filtered",
        20 => "not authoritative",
        22 => "no reachable authority",
        23 => "network error",
        24 => "invalid data",
        _ => "",
    };
    let text = clip(&error.text, 120);
    match (name, text.as_str()) {
        ("", "") => format!("extended error {}", error.code),
        ("", text) => text.to_owned(),
        (name, "") => name.to_owned(),
        (name, text) => format!("{name} ({text})"),
    }
}
