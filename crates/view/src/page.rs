//! Whole pages, in one shell.

use maud::{DOCTYPE, Markup, html};
use mta_sts_core::problem::{Problem, ProblemType};
use mta_sts_core::report::Report;

use crate::ExampleLink;

fn shell(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" { head { meta charset="utf-8"; title { (title) } } body { (body) } }
    }
}

pub(crate) fn home(examples: &[ExampleLink]) -> Markup {
    shell("MTA-STS check", &html! { @for example in examples { a href={ "/check?domain=" (example.domain) } { (example.title) } } })
}

pub(crate) fn check(report: &Report) -> Markup {
    shell(&report.headline, &html! { (report.headline) })
}

pub(crate) fn form(typed: &str, problem: Option<&Problem>) -> Markup {
    shell("MTA-STS check", &html! { (typed) @if let Some(problem) = problem { (problem.detail) } })
}

pub(crate) fn not_found() -> Markup {
    shell("Nothing here", &html! {})
}

pub(crate) fn problem_type(kind: &ProblemType) -> Markup {
    shell(kind.title, &html! { (kind.what) })
}
