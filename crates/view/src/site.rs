//! The pages of the site beside the first one and the results: each made once, and served as a file.

pub mod api;
mod build;
mod edit;
mod embed;
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

/// The widget's script under the address that stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pinned {
    /// From the root of the site.
    pub address: String,
    /// Its hash, as the attribute `integrity` has it.
    pub integrity: String,
}

/// Every one; `widget` is what the page about it has people paste.
pub fn site_pages(widget: &Pinned) -> Vec<SitePage> {
    let pages = [
        ("edit.html", edit::page()),
        ("build.html", build::page()),
        ("reports.html", reports::page()),
        ("glossary.html", glossary::page()),
        ("embed.html", embed::page(widget)),
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
