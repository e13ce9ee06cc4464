//! A report as a fragment, the same in a page, in the browser and in the widget.

use maud::{Markup, html};
use mta_sts_core::api::problem::Problem;
use mta_sts_core::lookup::Lookup;
use mta_sts_core::report::link::Link;
use mta_sts_core::report::{Counts, Report, Verdict};

use crate::chain::{chain, still_to_come};
use crate::published::published;
use crate::state::{State, Words, words};
use crate::text;
use crate::words::{self, counted, say};

/// The report, or as much of it as is known while lookups are `pending`.
pub(crate) fn result(report: &Report, pending: &[Lookup]) -> Markup {
    let waiting = !pending.is_empty();
    html! {
        section.m-result part="result" aria-busy=(waiting) data-domain=(report.domain) data-verdict=(report.verdict.as_str()) {
            (verdict(report, waiting))
            @if waiting {
                @let what = still_to_come(report.domain.as_str(), pending);
                p.m-status role="status" { (say(words::STILL, |_what| html! { (what) })) }
            }
            (chain(report, !waiting))
            // What was published is worth reading once all of it is in.
            @if !waiting {
                (delivery(&report.delivery))
                div.m-published {
                    h3 { "What the domain publishes" }
                    (published(report))
                }
                (about(report))
            }
        }
    }
}

/// What a page does with a domain.
pub(crate) struct Act {
    pub(crate) word: &'static str,
    /// Where it does so, up to the domain.
    pub(crate) address: &'static str,
}

pub(crate) const CHECK: Act = Act { word: "Check", address: "/check?domain=" };

/// What is wrong with what was asked, and a link to what was probably meant.
pub(crate) fn problem(problem: &Problem, act: &Act) -> Markup {
    let state = if problem.is_of_input() { State::Bad } else { State::Warning };
    html! {
        div class={ "m-problem " (state.class()) } part="problem" role="alert" data-problem=(problem.id()) {
            (state.icon())
            div {
                p tabindex="-1" data-focus { (text::prose(&problem.detail)) }
                @if let Some(suggestion) = &problem.suggestion {
                    p { a href={ (act.address) (suggestion) } data-domain=(suggestion) { (act.word) " " strong { (suggestion) } } }
                }
            }
        }
    }
}

fn verdict(report: &Report, waiting: bool) -> Markup {
    let undecided = waiting && report.verdict == Verdict::Inconclusive;
    let Words { state, word, meaning } = if undecided {
        Words { state: State::Waiting, word: "Looking", meaning: "This takes a few seconds." }
    } else {
        words(report.verdict)
    };
    html! {
        div class={ "m-verdict " (state.class()) } part="verdict" {
            p.m-badge { (state.icon()) span { (word) } }
            h2 part="headline" tabindex="-1" data-focus { (text::prose(&report.headline)) }
            p { (meaning) }
            @if !waiting {
                @if !report.since.is_empty() { p.m-since { (text::prose(&report.since)) } }
                (counts(report.counts))
                @if let Some((title, link)) = begin_with(report) {
                    p.m-first {
                        (say(words::BEGIN, |word| match word {
                            "title" => text::prose(title),
                            _link => html! { strong { (words::name(link)) } },
                        }))
                    }
                }
            }
        }
    }
}

/// What to do next, where several things ask for something: its title, and the link that it is about.
fn begin_with(report: &Report) -> Option<(&str, Link)> {
    let next = report.next.as_ref().filter(|_| report.counts.error + report.counts.warning > 1)?;
    Some((&next.title, next.link?))
}

fn counts(counts: Counts) -> Markup {
    let rows = [
        (State::Bad, counts.error),
        (State::Warning, counts.warning),
        (State::Unknown, counts.inconclusive),
        (State::Note, counts.info),
        (State::Good, counts.passed),
    ];
    html! {
        ul.m-counts role="list" {
            @for (state, count) in rows {
                @if count > 0 { li class=(state.class()) { (state.icon()) " " (say(counted(state, count), |_count| html! { (count) })) } }
            }
        }
    }
}

/// What would happen to a message now.
fn delivery(told: &str) -> Markup {
    html! {
        @if !told.is_empty() {
            div.m-delivery {
                h3 { "A message from a strict sender, now" }
                p { (text::prose(told)) }
            }
        }
    }
}

fn about(report: &Report) -> Markup {
    let names: Vec<&str> = report.providers.mail.iter().map(|provider| provider.name.as_str()).collect();
    // Whole seconds say enough; the machine-readable form is exact.
    let stamp = report.checked_at.to_string();
    let shown = stamp.get(..16).unwrap_or(&stamp).replace('T', " ");
    html! {
        footer.m-about-check {
            @if !names.is_empty() { p { "Mail is run by " (text::inline(&names.join(", "))) "." } }
            @if let Some(dns) = &report.providers.dns { p { "The DNS is run by " (text::inline(&dns.name)) "." } }
            p {
                "Checked " time datetime=(stamp) { (shown) " UTC" } " by rules " (report.ruleset) "."
            }
            // The buttons take a script, which shows them.
            ul.m-actions role="list" {
                li { a href={ "/check?domain=" (report.domain) } data-again { "Check again" } }
                li { a href={ "/edit?domain=" (report.domain) } { "Try a change" } }
                li { a href={ "/build?domain=" (report.domain) } { "Plan the next steps" } }
                li { button type="button" data-share hidden { "Share" } }
                li { button type="button" data-print hidden { "Print" } }
                li { a href={ "/api/v1/check?domain=" (report.domain) } { "The same as JSON" } }
            }
        }
    }
}
