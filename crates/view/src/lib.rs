//! Reports and pages as HTML.
//!
//! One renderer for every host: the edge serves these pages, the browser puts the same [`result`] in place while the
//! lookups run, and the widget puts it into a shadow root. Nothing here does I/O, and no markup holds a style or a
//! script of its own, so the strictest Content-Security-Policy fits. maud escapes whatever is not markup in the source.

#![cfg_attr(not(test), warn(clippy::string_slice))]

mod advice;
mod badge;
mod chain;
mod days;
mod edit;
mod finding;
mod page;
mod published;
mod result;
mod site;
mod state;
mod text;
mod tls_reports;
mod words;

use mta_sts_core::advice::Advice;
use mta_sts_core::api::problem::Problem;
#[cfg(feature = "pages")]
use mta_sts_core::api::problem::ProblemType;
use mta_sts_core::lint::Lint;
use mta_sts_core::lookup::Lookup;
use mta_sts_core::report::Report;
#[cfg(feature = "pages")]
use mta_sts_core::rules::Section;
#[cfg(feature = "pages")]
use mta_sts_core::scenario::RuleExample;
use mta_sts_core::tls_report::Summary;

#[cfg(feature = "pages")]
pub use site::api;
#[cfg(feature = "pages")]
pub use site::{SitePage, embed::Pinned, home::ExampleLink, site_pages};
use site::{check, not_found};

/// The page that a visitor first sees.
#[cfg(feature = "pages")]
pub fn home_page(examples: &[ExampleLink]) -> String {
    site::home::page(examples).into_string()
}

/// A result as a whole page.
pub fn check_page(report: &Report) -> String {
    check::page(report).into_string()
}

/// The result alone, as it is put in place in the browser; `pending` are the lookups still to come.
pub fn result(report: &Report, pending: &[Lookup]) -> String {
    result::result(report, pending).into_string()
}

/// What a page is called that shows the report.
pub fn title(report: &Report) -> String {
    check::title(report)
}

/// The verdict as a small picture, an SVG document.
pub fn badge(report: &Report) -> String {
    badge::badge(report).into_string()
}

/// What TLS reports say together, as it is put in place in the browser.
pub fn tls_reports(summary: &Summary) -> String {
    tls_reports::summary(summary).into_string()
}

/// The form with what was typed, and what is wrong with it.
pub fn form_page(typed: &str, problem: Option<&Problem>) -> String {
    check::form(typed, problem).into_string()
}

/// A problem alone, as it is put in place in the browser.
pub fn problem(problem: &Problem) -> String {
    result::problem(problem, &result::CHECK).into_string()
}

/// What a page is called that shows the advice.
pub fn plan_title(advice: &Advice) -> String {
    advice::title(advice)
}

/// Advice, as it is put in place in the browser; `ahead` where it was made with no lookup.
pub fn plan(advice: &Advice, ahead: bool) -> String {
    advice::plan(advice, ahead).into_string()
}

/// A problem where somebody wants a plan.
pub fn plan_problem(problem: &Problem) -> String {
    result::problem(problem, &result::Act { word: "Plan", address: "/build?domain=" }).into_string()
}

/// A text that somebody is writing, with marks around its faults: what lies under the field that it is typed in.
pub fn marked(written: &str, lint: &Lint) -> String {
    edit::marked(written, lint).into_string()
}

/// What such a text is worth, as it is put in place at every key.
pub fn judged(written: &str, lint: &Lint) -> String {
    let html = if written.trim().is_empty() { edit::nothing_yet() } else { edit::judged(written, lint) };
    html.into_string()
}

/// What such a text is worth, in a word or two; empty where nothing is written yet.
pub fn standing(written: &str, lint: &Lint) -> &'static str {
    if written.trim().is_empty() { "" } else { edit::standing(lint).1 }
}

/// The page at an address where nothing is.
pub fn not_found_page() -> String {
    not_found::page().into_string()
}

/// The documentation of a type of problem.
#[cfg(feature = "pages")]
pub fn problem_page(kind: &ProblemType) -> String {
    site::problem::page(kind).into_string()
}

/// The index of all rules: what is checked, a section of the catalogue at a time.
#[cfg(feature = "pages")]
pub fn rule_index_page() -> String {
    site::rule::index().into_string()
}

/// A rule of a section: what it checks, why it matters, how to fix it, where it is written, and an example.
#[cfg(feature = "pages")]
pub fn rule_page(section: &Section, example: &RuleExample) -> String {
    site::rule::page(section, example).into_string()
}

/// The API's description, for a person to read.
#[cfg(feature = "pages")]
pub fn api_page(api: &api::ApiDocument) -> String {
    api::page(api).into_string()
}
