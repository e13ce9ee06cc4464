use maud::{Markup, html};
use mta_sts_core::advice::MoveTo;

use crate::page::{Head, needs_script, shell, status};

pub(super) fn page() -> Markup {
    let head = Head {
        title: "Plan MTA-STS for a domain",
        description: "From a domain to a policy, its records, ready configuration for your web host and a plan with dates; removal and moves to another mail provider too.",
        address: Some("/build"),
        indexed: true,
        script: Some("/build.js"),
    };
    shell(
        &head,
        &html! {
            h1 { (head.title) }
            p {
                "You get the policy, the DNS records, ready configuration for your web host, and what to do on which day. "
                "The plan begins with what the domain has today. "
                a href="/build?domain=nothing.example" { "See an example" } "."
            }
            (needs_script("The plan"))
            (form())
            (status())
            div #result {}
            p.hint #otherwise hidden {
                "A plan can be made without a connection too: choose “Set it up and enforce it”, then “Plan without a lookup”."
            }
        },
    )
}

/// The questions. What stands under `data-when` is asked only where the form says so already; the values `other` are those
/// of the field whose name goes on with `.other`.
fn form() -> Markup {
    html! {
        form #plan action="/build" method="get" data-looking="Looking {domain} up…" {
            label for="domain" { "Domain" }
            div.ask {
                input #domain name="domain" type="text" placeholder="example.com" required inputmode="url" enterkeyhint="go"
                    autocapitalize="none" autocorrect="off" autocomplete="off" spellcheck="false" aria-describedby="hint";
            }
            p.hint #hint { "The part of a mail address after the @." }
            fieldset {
                legend { "What do you want to do?" }
                (choice("radio", "goal", "roll-out", true, "Set it up and enforce it", "In steps, so that no mail is refused by mistake. Also to mend or finish what is there."))
                (choice("radio", "goal", "move", false, "Move to another mail provider", "Without a message lost on the way."))
                (choice("radio", "goal", "removal", false, "Switch it off", "So that nobody goes on enforcing what is no longer there."))
            }
            fieldset data-when="goal=roll-out" {
                legend { "Where to begin" }
                (choice("checkbox", "from", "nothing", false, "Plan without a lookup", "For a domain that is not there yet, or while you are offline: as if it had neither record nor policy."))
            }
            (mail("Who runs the mail?", "runs", "from=nothing"))
            (mail("Where does the mail move to?", "moves", "goal=move"))
            fieldset data-when="goal=removal" hidden {
                legend { "What is the longest that senders were told to remember the policy?" }
                (select("max_age", "longest", "The longest max_age that you ever served", &html! {
                    option value="" { "I do not know" }
                    option value="86400" { "A day or less" }
                    option value="604800" { "Up to a week" }
                    option value="1209600" { "Up to two weeks" }
                    option value="2592000" { "Up to thirty days" }
                    option value="7776000" { "Up to ninety days" }
                    option value="15768000" { "Up to half a year" }
                    option value="31557600" { "Up to a year, the longest that counts" }
                    option value="other" { "Another number of seconds" }
                }))
                p.hint { "If you do not know, the plan goes by what is served now, and where that does not tell, by a year." }
                div data-when="max_age=other" hidden {
                    label for="longest-other" { "Seconds" }
                    div.ask { input #longest-other name="max_age.other" type="text" required inputmode="numeric" pattern="[0-9]{1,9}" title="A number, in digits alone" autocomplete="off"; }
                }
            }
            button type="submit" { "Make the plan" }
        }
    }
}

fn choice(kind: &str, name: &str, value: &str, checked: bool, title: &str, about: &str) -> Markup {
    html! {
        label.choice {
            input type=(kind) name=(name) value=(value) checked[checked];
            span { (title) span.hint { (about) } }
        }
    }
}

fn select(name: &str, id: &str, label: &str, options: &Markup) -> Markup {
    html! {
        label for=(id) { (label) }
        div.ask { select id=(id) name=(name) { (options) } }
    }
}

/// Where mail goes.
fn mail(legend: &str, id: &str, when: &str) -> Markup {
    let other = format!("{id}-other");
    html! {
        fieldset data-when=(when) hidden {
            legend { (legend) }
            label for=(id) { "Mail provider" }
            div.ask {
                select id=(id) name="to" required {
                    option value="" { "Please choose" }
                    @for provider in MoveTo::providers() { option value=(provider.id) { (provider.name) } }
                    option value="other" { "Another, or a server of my own" }
                }
            }
            div data-when="to=other" hidden {
                label for=(other) { "Names of the mail servers" }
                div.ask {
                    input id=(other) name="to.other" type="text" required placeholder="mx1.mail-host.net, mx2.mail-host.net"
                        autocapitalize="none" autocorrect="off" autocomplete="off" spellcheck="false" aria-describedby={ (other) "-hint" };
                }
                p.hint id={ (other) "-hint" } { "As the provider shows them for the MX records, with commas between them." }
            }
        }
    }
}
