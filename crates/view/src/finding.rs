//! Findings: what is wrong, why it matters and what to do, each to be opened on its own.

use maud::{Markup, html};
use mta_sts_core::report::{Copyable, Finding, Fix, Outcome};
use mta_sts_core::rules::rule::PAGES;
use mta_sts_core::text::part;

use crate::state::State;
use crate::text;

/// Longest text to paste that is shown, in characters.
const COPY_LIMIT: usize = 16 * 1024;

/// Most findings of one rule that are shown: a file of a thousand lines can have the same fault in each.
const OF_A_RULE: usize = 12;

/// Findings: those that ask for something first, what is in order at the end. The first is open, where it stands as `opened`.
pub(crate) fn listed(findings: &[&Finding], opened: State) -> Markup {
    let (passed, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.outcome == Outcome::Pass);
    html! {
        @if !findings.is_empty() {
            div.m-findings part="findings" {
                @for (at, same) in others.chunk_by(|one, next| one.rule == next.rule).enumerate() {
                    @for (nth, finding) in same.iter().take(OF_A_RULE).enumerate() { (one(finding, at + nth == 0 && State::of(finding) == opened)) }
                    @if same.len() > OF_A_RULE { p.m-more { "… and " (same.len() - OF_A_RULE) " more of the same" } }
                }
                @if !passed.is_empty() { (in_order(&passed)) }
            }
        }
    }
}

/// Only the worst is open: a page of ten open ones is read by nobody.
fn one(finding: &Finding, open: bool) -> Markup {
    let state = State::of(finding);
    html! {
        details class={ "m-finding " (state.class()) } part="finding" data-key=(key(finding)) open[open] {
            summary {
                (state.icon())
                span.m-title {
                    span.m-word { (state.word()) } " "
                    strong { (text::prose(&finding.title)) }
                    (subject(finding))
                }
            }
            div.m-body {
                (reason(finding))
                @for (index, fix) in finding.fix.iter().enumerate() { (remedy(fix, index == 0)) }
                @if let Some(detail) = &finding.detail { p.m-detail { (text::prose(detail)) } }
                (source(finding))
            }
        }
    }
}

/// Why it matters, once that is in.
fn reason(finding: &Finding) -> Markup {
    html! { @if !finding.why.is_empty() { p { (text::prose(&finding.why)) } } }
}

/// The host or key that a finding is about, unless its title names it already.
pub(crate) fn subject(finding: &Finding) -> Markup {
    let subject = finding.subject.as_deref().filter(|subject| !part::has(&finding.title, subject));
    html! { @if let Some(subject) = subject { " " code.m-subject { (text::inline(subject)) } } }
}

/// A way to mend it: the first is the rule's own, and holds anywhere.
fn remedy(fix: &Fix, first: bool) -> Markup {
    html! {
        div.m-fix {
            h3 { @if first { "What to do" } @else { (text::prose(&fix.title)) } }
            @if let [step] = fix.steps.as_slice() {
                p { (text::prose(step)) }
            } @else if !fix.steps.is_empty() {
                ol { @for step in &fix.steps { li { (text::prose(step)) } } }
            }
            @for copyable in &fix.copy { (to_paste(copyable)) }
        }
    }
}

pub(crate) fn to_paste(copyable: &Copyable) -> Markup {
    html! {
        figure.m-copy {
            figcaption {
                span { (text::prose(&copyable.label)) }
                // Copying takes a script, which shows the button. What is copied is the text itself, not what is shown of it.
                button.copy type="button" data-copy=(text::encoded(&copyable.text)) hidden { "Copy" span.m-hidden { " " (text::inline(&copyable.label)) } }
            }
            pre tabindex="0" { code { (text::block(&copyable.text, COPY_LIMIT)) } }
        }
    }
}

fn source(finding: &Finding) -> Markup {
    html! {
        p.m-source {
            a href=(finding.reference.url) rel="noopener" { (finding.reference.label) }
            " · " a href={ (PAGES) (finding.rule) } { "More about this check" }
            @if let Some(place) = finding.span { " · line " (place.line) ", column " (place.column) }
        }
    }
}

fn in_order(passed: &[&Finding]) -> Markup {
    html! {
        ul.m-passed role="list" {
            @for finding in passed {
                li part="finding" {
                    (State::Good.icon())
                    div {
                        strong { (text::prose(&finding.title)) } (subject(finding))
                        (reason(finding))
                        @if let Some(detail) = &finding.detail { p.m-detail { (text::prose(detail)) } }
                        (source(finding))
                    }
                }
            }
        }
    }
}

/// What tells a finding from the others of a report, so that a page that is filled in keeps open what was opened.
fn key(finding: &Finding) -> String {
    let subject = finding.subject.as_deref().unwrap_or_default();
    let line = finding.span.map_or(0, |place| place.line);
    text::attribute(&format!("{} {subject} {line}", finding.rule))
}
