//! `/`: the form, what is checked, the domains that were checked before, and the worked examples.

use maud::{Markup, html};
use mta_sts_core::report::Verdict;
use mta_sts_core::rules::rule::PAGES;

use super::check::{ABOUT, CHECKING, checker};
use crate::page::{Head, SITE, shell};
use crate::state::{self, words_by_slug};
use crate::words;

/// A worked example to link to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleLink {
    /// Its domain, under `.example`.
    pub domain: String,
    /// What it shows, in a few words.
    pub title: String,
    /// What comes out.
    pub verdict: Verdict,
}

pub(crate) fn page(examples: &[ExampleLink]) -> Markup {
    let head = Head { title: SITE, description: ABOUT, address: Some("/"), indexed: true, script: CHECKING };
    shell(
        &head,
        &html! {
            (checker(words::ASKED_OF_YOURS, "", &html! {}, false))
            div #intro {
                section {
                    h2 { "What is looked at" }
                    p {
                        "Mail travels between servers that will drop the encryption when somebody in between tells them to. "
                        "With " abbr title="SMTP MTA Strict Transport Security" { "MTA-STS" } " a domain says: deliver to these servers, "
                        "encrypted, or not at all. Every part of that has to be right, or senders ignore the whole."
                    }
                    ul.parts {
                        li { strong { "The announce record" } " in the DNS, which tells senders that there is a policy" }
                        li { strong { "The policy host" } " and its address" }
                        li { strong { "Its certificate" } ", which has to name it" }
                        li { strong { "The policy file" } ", line by line" }
                        li { strong { "The mail servers" } ", and whether the policy allows each" }
                        li { strong { "Reports" } " (TLS-RPT), and where they go" }
                        li { strong { "DNSSEC" } ", where the domain has it" }
                    }
                    p {
                        "You get the answer in plain words, and for whatever is wrong the steps and the text to paste. "
                        a href=(PAGES) { "Every check, with an example" } "."
                    }
                }
                // Filled in by the script, which alone knows of them.
                section #recent hidden {
                    h2 { "Checked before" }
                    p { "Kept in this browser and nowhere else. Check a domain again after a change, and you are told whether the id moved with the policy." }
                    ul.examples role="list" data-words=(words_by_slug()) {}
                    p { button type="button" data-forget { "Forget them" } }
                }
                @if !examples.is_empty() { (worked_examples(examples)) }
            }
        },
    )
}

fn worked_examples(examples: &[ExampleLink]) -> Markup {
    html! {
        section {
            h2 { "Worked examples" }
            p { "Made-up domains that show what can come out." }
            ul.examples role="list" {
                @for example in examples {
                    @let shown = state::words(example.verdict);
                    li {
                        a href={ "/check?domain=" (example.domain) } { (example.title) }
                        span class=(shown.state.class()) { (shown.state.icon()) " " (shown.word) }
                    }
                }
            }
        }
    }
}
