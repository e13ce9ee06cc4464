//! What all pages have in common: the frame around them, and what their scripts need of a page.

use maud::{DOCTYPE, Markup, html};
use mta_sts_core::rules::rule::PAGES;

use crate::words;

/// The name of the site.
pub(crate) const SITE: &str = "MTA-STS check";

/// What a page says of itself, to search engines and in link previews.
pub(crate) struct Head<'t> {
    pub(crate) title: &'t str,
    pub(crate) description: &'t str,
    /// Its one address, from the root of the site, for what is made once; the build makes it whole.
    pub(crate) address: Option<&'t str>,
    /// Whether search engines are welcome: to what is ours, not to every domain that somebody checked.
    pub(crate) indexed: bool,
    /// The page's own script, from the root of the site.
    pub(crate) script: Option<&'t str>,
}

/// What the site has to do something with: the name and the address of each page.
const PLACES: [(&str, &str); 5] =
    [("Check", "/"), ("Edit", "/edit"), ("Plan", "/build"), ("Reports", "/reports"), ("Learn", "/glossary")];

/// What there is to read about the site itself.
const ABOUT_SITE: [(&str, &str); 3] = [("What we check", PAGES), ("In your own page", "/embed"), ("API", "/api")];

pub(crate) fn shell(head: &Head<'_>, main: &Markup) -> Markup {
    let title = if head.title == SITE { SITE.to_owned() } else { format!("{} – {SITE}", head.title) };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="description" content=(head.description);
                meta property="og:type" content="website";
                meta property="og:site_name" content=(SITE);
                meta property="og:title" content=(head.title);
                meta property="og:description" content=(head.description);
                @if let Some(address) = head.address { link rel="canonical" href=(address); }
                @if !head.indexed { meta name="robots" content="noindex"; }
                meta name="color-scheme" content="light dark";
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/site.css";
                @if let Some(script) = head.script { script type="module" src=(script) {} }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.home href="/" { (SITE) }
                    nav aria-label="Site" { ul role="list" { (places(&PLACES, head.address)) } }
                }
                main #main { (main) }
                footer.bottom {
                    p { "Nothing that you type is kept on our side, beyond a minute's cache of the answer. No cookies." }
                    nav aria-label="About the site" {
                        ul role="list" {
                            (places(&ABOUT_SITE, head.address))
                            li { a href="https://www.rfc-editor.org/rfc/rfc8461" rel="noopener" { "RFC 8461" } }
                            li { a href="https://www.rfc-editor.org/rfc/rfc8460" rel="noopener" { "RFC 8460" } }
                            li { a href="/third-party.txt" { "Licences" } }
                        }
                    }
                }
            }
        }
    }
}

fn places(places: &[(&str, &str)], here: Option<&str>) -> Markup {
    html! {
        @for (name, address) in places {
            li { a href=(address) aria-current=[(here == Some(*address)).then_some("page")] { (name) } }
        }
    }
}

/// Where a page's script tells what happens, to a screen reader alone; and the sentences that all of them say, there or in
/// place of an answer.
pub(crate) fn status() -> Markup {
    html! {
        p.m-hidden #status role="status" data-copied=(words::COPIED) data-selected=(words::SELECTED) data-copy-it=(words::COPY_IT)
            data-no-connection=(words::NO_CONNECTION) data-broke-off=(words::BROKE_OFF) {}
    }
}

/// What stands in place of a page's tool where no script runs.
#[cfg(feature = "pages")]
pub(crate) fn needs_script(what: &str) -> Markup {
    html! {
        noscript {
            p { (what) " works in your browser, and needs JavaScript. A " a href="/" { "check of a domain" } " does not." }
        }
    }
}
