use maud::{Markup, html};

use crate::page::{Head, shell};

pub(super) fn page() -> Markup {
    let head = Head {
        title: "Edit a policy or record",
        description: "Paste an MTA-STS policy, its announce record or a TLS-RPT record, change it and see at each key what senders would make of it. Nothing is sent.",
        address: Some("/edit"),
        indexed: true,
        script: Some("/edit.js"),
    };
    shell(&head, &html! { h1 { (head.title) } })
}
