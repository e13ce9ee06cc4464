//! What protects the mail, link by link: a policy counts only as much as the weakest of them. Core says how each stands.

use maud::{Markup, html};
use mta_sts_core::lookup::Lookup;
use mta_sts_core::report::chain::{ChainLink, LinkState};
use mta_sts_core::report::link::Link;
use mta_sts_core::report::{Finding, Report};
use mta_sts_core::text::template::fill;
use mta_sts_core::verdict::chain::served;

use crate::finding as findings;
use crate::state::State;
use crate::text;
use crate::words::{self, name, purpose};

/// The whole chain, each link with its findings. Before it stands what is about none of them.
pub(crate) fn chain(report: &Report, is_whole: bool) -> Markup {
    // Where all is in and nothing is broken, what is missing or fragile is what to begin with.
    let opened = if report.counts.error == 0 && is_whole { State::Warning } else { State::Bad };
    html! {
        (findings::listed(&of_link(report, None), opened))
        ol.m-chain role="list" {
            @for link in &report.chain {
                @let findings = of_link(report, Some(link.link));
                @let state = state(link, &findings);
                li class=(state.class()) data-link=(link.link.as_str()) {
                    @if findings.is_empty() { div.m-step { (step(link, state)) } } @else {
                        details.m-step data-key={ "step " (link.link.as_str()) } open[state == opened] {
                            summary { (step(link, state)) }
                            (findings::listed(&findings, opened))
                        }
                    }
                }
            }
        }
    }
}

fn step(link: &ChainLink, state: State) -> Markup {
    html! {
        (state.icon())
        span.m-title {
            strong { (name(link.link)) } " " span.m-purpose { (purpose(link.link)) }
            span.m-line {
                @match state {
                    State::Absent => (text::prose(&link.summary)),
                    State::Waiting => (state.word()),
                    _ => { span.m-word { (state.word()) } ": " (text::prose(&link.summary)) }
                }
            }
        }
    }
}

/// The picture for a link's state. Where nothing is to be said of it, there is nothing to see.
fn state(link: &ChainLink, findings: &[&Finding]) -> State {
    match link.state {
        LinkState::Good => State::Good,
        LinkState::Note if findings.is_empty() => State::Absent,
        LinkState::Note => State::Note,
        LinkState::Warning => State::Warning,
        LinkState::Problem => State::Bad,
        LinkState::Unknown => State::Unknown,
        LinkState::Pending => State::Waiting,
    }
}

/// The findings about a link, worst first as in the report; of no link, where none is given.
fn of_link(report: &Report, link: Option<Link>) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.link == link).collect()
}

/// What is still to come, for a person: `the policy file and the mail servers`.
pub(crate) fn still_to_come(domain: &str, pending: &[Lookup]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for lookup in pending {
        let name = words::looked_up(lookup, served(lookup, domain));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => fill(words::AND, |word, out| match word {
            "last" => out.push_str(last),
            _others => out.push_str(&others.join(words::BETWEEN)),
        }),
        _ => names.concat(),
    }
}
