//! Where a policy or a record is written, and judged at every key.

use maud::{Markup, html};
use mta_sts_core::scenario::ENFORCE;

use crate::page::{Head, needs_script, shell, status};

/// What can be written here.
struct Kind {
    /// As the browser package calls it.
    id: &'static str,
    name: &'static str,
    /// Where it is published.
    place: &'static str,
    /// One that is in order.
    good: &'static str,
    /// One with the faults that are most often seen.
    faulty: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind {
        id: "policy",
        name: "Policy file",
        place: "The text at https://mta-sts.your-domain/.well-known/mta-sts.txt.",
        good: ENFORCE,
        faulty: "version: STSv1\nmode: Enforce\nmx: mx1.mail-host.net, mx2.mail-host.net\nmax-age: 604800\n",
    },
    Kind {
        id: "record",
        name: "Announce record",
        place: "The TXT record at _mta-sts.your-domain. Leave out the quotation marks that consoles show around it.",
        good: "v=STSv1; id=20261101T0900;",
        faulty: "v=STSv1 id=2026-11-01;",
    },
    Kind {
        id: "tlsrpt",
        name: "TLS-RPT record",
        place: "The TXT record at _smtp._tls.your-domain.",
        good: "v=TLSRPTv1; rua=mailto:tls-reports@mail-host.net",
        faulty: "v=TLSRPTv1; rua=tls-reports@mail-host.net; pct=100",
    },
];

pub(super) fn page() -> Markup {
    let head = Head {
        title: "Edit a policy or a record",
        description: "Paste an MTA-STS policy, its announce record or a TLS-RPT record, and see at each key what senders \
                      make of it. The text stays in your browser.",
        address: Some("/edit"),
        indexed: true,
        script: Some("/edit.js"),
    };
    shell(
        &head,
        &html! {
            h1 { (head.title) }
            p { "Paste a text or write one, and see at every key what senders make of it. The text stays in your browser." }
            (needs_script("The editor"))
            form #edit novalidate data-used="The corrected text is in the field." {
                fieldset.choices {
                    legend { "What is it?" }
                    @for (at, kind) in KINDS.iter().enumerate() {
                        label { input type="radio" name="kind" value=(kind.id) checked[at == 0]; " " (kind.name) }
                    }
                }
                @for (at, kind) in KINDS.iter().enumerate() {
                    div.kind data-kind=(kind.id) hidden[at > 0] {
                        label for=(kind.id) { (kind.name) }
                        div.editor {
                            pre aria-hidden="true" {}
                            // With `autocomplete="off"` a browser does not bring back what was typed, when one comes back to the page.
                            textarea id=(kind.id) name=(kind.id) rows="1" spellcheck="false" autocapitalize="none" autocorrect="off"
                                aria-describedby={ "place-" (kind.id) } {}
                        }
                        p.hint id={ "place-" (kind.id) } { (kind.place) }
                        p.tools {
                            button type="button" data-example=(kind.good) { "A good example" } " "
                            button type="button" data-example=(kind.faulty) { "One with faults" } " "
                            button type="button" data-undo hidden { "Back to my text" }
                        }
                    }
                }
            }
            (status())
            section aria-labelledby="judged-title" {
                h2 #judged-title { "What senders make of it" }
                div #judged { (crate::edit::nothing_yet()) }
            }
            section aria-labelledby="live-title" {
                h2 #live-title { "Against a live domain" }
                p { "Look up a domain once, and the texts above are judged as if it published them: whether the policy allows its mail servers, and what else would stand in the way." }
                form #live novalidate role="search" data-looking="Looking up {domain}…" {
                    label for="domain" { "Domain" }
                    div.ask {
                        input #domain name="domain" type="text" placeholder="example.com" inputmode="url" enterkeyhint="go"
                            autocapitalize="none" autocorrect="off" autocomplete="off" spellcheck="false" aria-describedby="live-hint";
                        button type="submit" { "Check against it" }
                    }
                    p.hint #live-hint { "Fields above that are empty are filled in with what the domain publishes now. Only its name is sent." }
                }
                p #as-if hidden { strong { "As if the texts above were published" } ", and nothing else had changed:" }
                div #against {}
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use mta_sts_core::lint::{Lint, policy, record, tls_rpt};

    use super::*;

    #[test]
    fn the_examples_are_what_they_are_called() {
        let judge: [fn(&str) -> Lint; 3] = [|text| policy(text.as_bytes(), |_| None), record, tls_rpt];
        for (kind, judge) in KINDS.iter().zip(judge) {
            let good = judge(kind.good);
            assert!(good.valid && good.usable, "{}: {:?}", kind.id, good.findings);
            let faulty = judge(kind.faulty);
            assert!(!faulty.usable && faulty.corrected.is_some(), "{}: {:?}", kind.id, faulty.findings);
        }
    }
}
