use maud::{Markup, html};

use crate::page::{Head, shell};

pub(super) fn page() -> Markup {
    let head = Head {
        title: "Read your TLS reports",
        description: "Drop the TLS reports that senders mailed you, and see what failed, why, and whether it is safe to enforce. Nothing leaves your browser.",
        address: Some("/reports"),
        indexed: true,
        script: Some("/reports.js"),
    };
    shell(&head, &html! { h1 { (head.title) } })
}
