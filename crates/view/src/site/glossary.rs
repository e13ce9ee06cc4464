use maud::{Markup, html};

use crate::page::{Head, shell};

pub(super) fn page() -> Markup {
    let head = Head {
        title: "MTA-STS explained for small businesses",
        description: "What MTA-STS is, why mail needs it, how to set it up without losing mail, and the terms around it in plain words.",
        address: Some("/glossary"),
        indexed: true,
        script: None,
    };
    shell(&head, &html! { h1 { (head.title) } })
}
