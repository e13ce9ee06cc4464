//! The pages of the site, a file for each. Only `check` and `not_found` are made by the Worker as they are asked for; all
//! others are made once, and served as files.

pub(crate) mod check;
pub(crate) mod not_found;

#[cfg(feature = "pages")]
pub mod api;
#[cfg(feature = "pages")]
mod build;
#[cfg(feature = "pages")]
mod edit;
#[cfg(feature = "pages")]
pub(crate) mod embed;
#[cfg(feature = "pages")]
mod glossary;
#[cfg(feature = "pages")]
pub(crate) mod home;
#[cfg(feature = "pages")]
pub(crate) mod problem;
#[cfg(feature = "pages")]
mod reports;
#[cfg(feature = "pages")]
pub(crate) mod rule;

#[cfg(feature = "pages")]
use embed::Pinned;

/// A page, and its file from the root of the site.
#[cfg(feature = "pages")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePage {
    /// `edit.html`; its address is without the ending.
    pub file: &'static str,
    /// The whole document.
    pub html: String,
}

/// Those that take nothing but `widget`, which the page about it has people paste.
#[cfg(feature = "pages")]
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
