//! The pages of the site beside the first one and the results: each made once, and served as a file.

pub mod api;
mod build;
mod edit;
mod glossary;
mod reports;

use maud::{Markup, html};

/// A page, and its file from the root of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePage {
    /// `edit.html`; its address is without the ending.
    pub file: &'static str,
    /// The whole document.
    pub html: String,
}

/// Every one.
pub fn site_pages() -> Vec<SitePage> {
    let pages = [
        ("edit.html", edit::page()),
        ("build.html", build::page()),
        ("reports.html", reports::page()),
        ("glossary.html", glossary::page()),
    ];
    pages.into_iter().map(|(file, page)| SitePage { file, html: page.into_string() }).collect()
}

/// Where a page's script tells what happens, to a screen reader alone.
fn status() -> Markup {
    html! { p.m-hidden #status role="status" {} }
}

/// What stands in place of a page's tool where no script runs.
fn needs_script(what: &str) -> Markup {
    html! {
        noscript {
            p { (what) " works in your browser, and needs JavaScript. A " a href="/" { "check of a domain" } " does not." }
        }
    }
}
