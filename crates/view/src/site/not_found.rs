//! The page at an address where nothing is.

use maud::{Markup, html};

use crate::page::{Head, shell};

pub(crate) fn page() -> Markup {
    let description = "There is no page at this address.";
    let head = Head { title: "Nothing here", description, address: None, indexed: false, script: None };
    shell(
        &head,
        &html! {
            h1 { "Nothing here" }
            p { "There is no page at this address. " a href="/" { "Check a domain" } " instead." }
        },
    )
}
