//! `/problems/<id>`: what a type of problem means, for those who follow its address.

use maud::{Markup, html};
use mta_sts_core::api::problem::ProblemType;

use crate::page::{Head, shell};
use crate::text;

pub(crate) fn page(kind: &ProblemType) -> Markup {
    let address = kind.path();
    let head = Head { title: kind.title, description: kind.what, address: Some(&address), indexed: true, script: None };
    shell(
        &head,
        &html! {
            h1 { (kind.title) }
            p { (text::prose(kind.what)) }
            dl.facts {
                dt { "HTTP status" } dd { (kind.status) }
                dt { "Type" } dd { code { (kind.path()) } }
            }
            p { "The API answers it as problem details (" a href="https://www.rfc-editor.org/rfc/rfc9457" rel="noopener" { "RFC 9457" } ")." }
        },
    )
}
