//! What is checked: a page for each rule of the catalogue, and the index of them all.

use maud::{Markup, html};
use mta_sts_core::mend::general_steps;
use mta_sts_core::report::{Outcome, Severity};
use mta_sts_core::rules::rule::{Kind, PAGES, Rule};
use mta_sts_core::rules::{RULESET, Section, all, section_title, sections, title_of, what, why_of};
use mta_sts_core::scenario::{Line, RuleExample};

use crate::finding::{subject, to_paste};
use crate::page::{Head, shell};
use crate::state::State;
use crate::text;

/// The name of the index.
const TITLE: &str = "What we check";

/// Longest line of an example that is shown, in characters.
const LINE_LIMIT: usize = 240;

pub(crate) fn index() -> Markup {
    let rules = all().count();
    let description =
        format!("The {rules} rules by which a domain's MTA-STS and TLS-RPT are judged, each with an example.");
    let head = Head { title: TITLE, description: &description, address: Some(PAGES), indexed: true, script: None };
    shell(
        &head,
        &html! {
            h1 { (TITLE) }
            p {
                "A check asks the DNS for what a sending mail server would ask for, and fetches the policy file as it would. Where "
                "something is missing, it also looks in the places where it is often put by mistake. It connects to no mail server "
                "and sends no mail. What it saw is judged by these " (rules) " rules, and by nothing else. Each has its page, which "
                "says what it checks, why that matters and how to fix it, with an example."
            }
            dl.facts {
                @for (kind, meaning) in KINDS {
                    dt { (word(kind)) }
                    dd { (meaning) }
                }
            }
            p.m-about { "Rules of version " (RULESET) ". " a href="/api/v1/rules" { "The same as JSON" } }
            @for section in sections() { (list(section)) }
        },
    )
}

/// What a rule can report, and what that means.
const KINDS: [(Kind, &str); 5] = [
    (
        Kind::Error,
        "Senders that follow the standard, or some that are widely used, ignore your policy or refuse your mail.",
    ),
    (Kind::Warning, "It works with some senders and not with others, or it breaks easily."),
    (Kind::Info, "It is good to know, and need not be wrong."),
    (Kind::Pass, "This is as it should be."),
    (Kind::Inconclusive, "It could not be looked at just now. That says nothing about your domain."),
];

fn list(section: &Section) -> Markup {
    html! {
        section {
            h2 id=(section.id) { (section_title(section)) }
            ul.examples role="list" {
                @for rule in section.rules {
                    li { a href=(rule.path()) { (text::prose(title_of(rule))) } " " (word(rule.kind)) }
                }
            }
        }
    }
}

pub(crate) fn page(section: &Section, example: &RuleExample) -> Markup {
    let rule = example.rule;
    let address = rule.path();
    let head =
        Head { title: title_of(rule), description: what(rule), address: Some(&address), indexed: true, script: None };
    let reference = rule.source.reference();
    shell(
        &head,
        &html! {
            nav aria-label="Breadcrumb" {
                a href=(PAGES) { (TITLE) } " › " a href={ (PAGES) "#" (section.id) } { (section_title(section)) }
            }
            h1 { (text::prose(title_of(rule))) }
            p { (word(rule.kind)) (in_other_cases(example)) }
            h2 { "What it checks" }
            p { (text::prose(what(rule))) }
            h2 { "Why it matters" }
            p { (text::prose(why_of(rule))) }
            h2 { "How to fix it" }
            (how_to_fix(example))
            h2 { "An example" }
            (shown(example))
            h2 { "References" }
            ul {
                li { a href=(reference.url) rel="noopener" { (reference.label) } @if let Some(title) = rfc_title(rule) { ", " (title) } }
            }
            p.m-about {
                "In the API this is the rule " code { (rule.id) } "."
                @if rule.grammar { " The standard forbids such a text, so a lint of it is not " code { "valid" } "." }
            }
            p { a href="/" { "Check a domain" } }
        },
    )
}

fn word(kind: Kind) -> Markup {
    let state = state(kind);
    html! { span class={ "m-word " (state.class()) } { (state.icon()) " " (state.word()) } }
}

fn state(kind: Kind) -> State {
    match kind {
        Kind::Error => State::Bad,
        Kind::Warning => State::Warning,
        Kind::Info => State::Note,
        Kind::Pass => State::Good,
        Kind::Inconclusive => State::Unknown,
    }
}

/// What the rule's findings are where they are not of its own kind.
fn in_other_cases(example: &RuleExample) -> Markup {
    let words: Vec<&str> = example
        .other_severities
        .iter()
        .map(|severity| match severity {
            Severity::Error => "a problem",
            Severity::Warning => "a warning",
            Severity::Info => "worth knowing",
        })
        .collect();
    html! { @if !words.is_empty() { span.m-about { "; in other cases " (words.join(" or ")) } } }
}

/// The steps, and what they say to paste, as it would be for the example's domain.
fn how_to_fix(example: &RuleExample) -> Markup {
    let steps = general_steps(example.rule);
    // What the example's own providers offer besides comes after the first.
    let copies: Vec<_> = example.finding.fix.first().into_iter().flat_map(|fix| &fix.copy).collect();
    html! {
        @match steps.as_slice() {
            [] => p { "Nothing needs to be done." },
            [step] => p { (text::prose(step)) },
            steps => ol { @for step in steps { li { (text::prose(step)) } } },
        }
        @if !copies.is_empty() {
            p.m-about { "As it would be for the domain of the example. A check of your own domain shows the text for yours." }
            @for copyable in copies { (to_paste(copyable)) }
        }
    }
}

fn shown(example: &RuleExample) -> Markup {
    let RuleExample { finding, missing, .. } = example;
    let state = State::of(finding);
    let marked = example.lines().any(|line| line.differs);
    html! {
        p {
            "A made-up domain, " code { (text::inline(&example.domain)) } ": " (text::inline(example.name)) "."
            @if marked { " " mark class=(state.class()) { "Marked lines" } " differ from those of a domain where all is well." }
        }
        (lines("Seen by earlier checks", &example.history, state))
        (lines("In the DNS", &example.dns, state))
        @for policy in &example.policies { (lines(&policy.url, &policy.lines, state)) }
        @if !missing.is_empty() {
            p { "What is missing: " @for (at, line) in missing.iter().enumerate() { @if at > 0 { ", " } code { (text::inline(line)) } } "." }
        }
        p { "The check then says:" }
        div class={ "m-problem " (state.class()) } {
            (state.icon())
            div {
                p {
                    span.m-word { (state.word()) } " " strong { (text::prose(&finding.title)) } (subject(finding))
                }
                @if let Some(detail) = &finding.detail { p.m-detail { (text::prose(detail)) } }
            }
        }
        @if finding.outcome == Outcome::Pass { p.m-about { "It is listed under what is in order." } }
    }
}

fn lines(title: &str, lines: &[Line], state: State) -> Markup {
    html! {
        @if !lines.is_empty() {
            figure.m-copy {
                figcaption { (text::inline(title)) }
                pre.m-lines tabindex="0" aria-label=(text::attribute(title)) {
                    code {
                        @for line in lines {
                            @if line.text.is_empty() { span { "\n" } }
                            @else if line.differs { mark class=(state.class()) { (text::block(&line.text, LINE_LIMIT)) } }
                            @else { span { (text::block(&line.text, LINE_LIMIT)) } }
                        }
                    }
                }
            }
        }
    }
}

fn rfc_title(rule: &Rule) -> Option<&'static str> {
    Some(match rule.source.rfc {
        8461 => "SMTP MTA Strict Transport Security (MTA-STS)",
        8460 => "SMTP TLS Reporting",
        _ => return None,
    })
}
