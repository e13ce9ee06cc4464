use maud::{Markup, html};

use crate::page::{Head, shell};

pub(super) fn page() -> Markup {
    let head = Head {
        title: "Plan MTA-STS for a domain",
        description: "From a domain to a policy, its records, ready configuration for your web host and a plan with dates; removal and moves to another mail provider too.",
        address: Some("/build"),
        indexed: true,
        script: Some("/build.js"),
    };
    shell(&head, &html! { h1 { (head.title) } })
}
