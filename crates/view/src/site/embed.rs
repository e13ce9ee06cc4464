//! The widget for other people's pages: tried out, its lines to paste, and all that can be said to it.

use maud::{Markup, html};

use crate::page::{Head, shell, status};

/// The widget's script under the address that stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pinned {
    /// From the root of the site.
    pub address: String,
    /// Its hash, as the attribute `integrity` has it.
    pub integrity: String,
}

/// Where this site is, in what is to be pasted: the page's script puts its own origin in place of it.
const HOST: &str = "https://HOST";
/// In the lines to paste, what the page's script fills in.
const DOMAIN: &str = "{domain}";
const SCRIPT: &str = "{script}";
const ATTRIBUTES: &str = "{attributes}";

/// What the preview shows first: an answer that needs no internet.
const FIRST: &str = "protected.example";

/// What the element takes before anybody asks, for a page whose script has not come yet. It goes by `BASE` in the element,
/// and a browser test holds the two together.
const ROOM: &str = "\
mta-sts-check:not(:defined) { display: block; box-sizing: border-box; min-height: calc(6.65em + 4px);
  padding: 1em; border: 1px solid transparent; font: var(--rem, 1rem)/1.55 system-ui, sans-serif }
mta-sts-check[domain]:not(:defined) { min-height: 0 }
mta-sts-check[compact]:not(:defined) { min-height: calc(2.55em + 2px); padding: .5em .75em }";

/// Something that the element knows by a name, and what it is.
type Named = (&'static str, &'static str);

const ATTRIBUTE_TABLE: [Named; 5] = [
    ("domain", "The domain to check. Without it, the element has a field to type one."),
    ("auto", "Check without being asked, once the element comes near the window."),
    ("compact", "One line: the verdict, the sentence, and a link to the full answer."),
    ("theme", "light, dark or auto. Without it, as with auto, the reader’s system decides."),
    ("endpoint", "Where the API is, if not where the script is from: a site of your own, say."),
];

const EVENT_TABLE: [Named; 3] = [
    ("mta-sts-check-start", "A check starts. detail.domain is what was asked for."),
    ("mta-sts-check-complete", "The answer is there. detail.report is all of it, as the API gives it."),
    ("mta-sts-check-error", "There is no answer. detail.error says why; detail.problem is what the API said, or null."),
];

const PART_TABLE: [Named; 13] = [
    ("form", "What a check is asked for with; the next three are in it."),
    ("label", "The field and its name."),
    ("input", "The field."),
    ("button", "The button that starts the check."),
    ("status", "“Checking …”, seen until there is something else to see. Screen readers are told of the answer here."),
    ("output", "The place of the answer; all that follows, but for more, is in it."),
    ("result", "The whole answer. Its data-verdict is the verdict’s name in the API."),
    ("verdict", "The verdict, the sentence and the numbers."),
    ("headline", "The sentence."),
    ("findings", "What was found at one link of the chain."),
    ("finding", "One of them."),
    ("problem", "Why there is no answer."),
    ("more", "The link to the full answer."),
];

const PROPERTY_TABLE: [Named; 19] = [
    ("--ground", "What is behind everything."),
    ("--card", "What is behind a box."),
    ("--ink", "Text."),
    ("--soft", "Text that matters less."),
    ("--line", "Lines around boxes."),
    ("--accent", "Links, and the button."),
    ("--on-accent", "Text on the button."),
    ("--good", "What is in order."),
    ("--note", "What is worth knowing."),
    ("--warning", "What is fragile."),
    ("--bad", "What is wrong."),
    ("--quiet", "What is not known, or not there."),
    ("--code", "What is behind records and files."),
    ("--mono", "The typeface of records and files."),
    ("--small", "Small print."),
    ("--large", "Smaller headings."),
    ("--larger", "The sentence."),
    ("--round", "How round corners are."),
    ("--rem", "What sizes go by. Set it to 16px if your page’s root has another size of text."),
];

pub(super) fn page(pinned: &Pinned) -> Markup {
    let head = Head {
        title: "The check in your own page",
        description: "Put the MTA-STS check of a domain into any page with two lines: try it, choose how it looks, and copy them. \
                      A badge with the verdict, too.",
        address: Some("/embed"),
        indexed: true,
        script: Some("/embed.js"),
    };
    shell(
        &head,
        &html! {
            h1 { (head.title) }
            p.lead { "Two lines put the check of a domain into any page. It sets no cookies, keeps nothing, and loads the checker only when somebody asks." }

            h2 { "Try it" }
            noscript { p { "To choose and to see it here takes JavaScript. The lines below can be copied without: put the address of this site in the place of " code { (HOST) } "." } }
            (choices(&moving(), &fixed(pinned)))
            (status())
            section aria-labelledby="preview-title" {
                h2 #preview-title { "How it looks" }
                mta-sts-check domain=(FIRST) data-link=(link(DOMAIN)) { a href={ "/check?domain=" (FIRST) } { (link(FIRST)) } }
            }

            h2 { "Copy it" }
            (to_embed())
            p {
                "The link inside is what people see until the answer is there, and where no script runs. The first address gets "
                "corrections and never breaks what you wrote; the version with a hash stays as it is, to the last byte, and so does all "
                "that it loads."
            }
            (in_strict_pages())
            (in_pages_that_stay_put())

            h2 { "The badge" }
            (badge())

            h2 { "All that it knows" }
            h3 { "Attributes" }
            p { "Each can be changed at any time. Of another domain the answer is got at once, if there was one before." }
            (table("Attribute", &ATTRIBUTE_TABLE))
            h3 { "Events" }
            p { "They bubble. A check that another takes the place of, or whose element is removed, tells nothing more." }
            (table("Event", &EVENT_TABLE))
            p { "For scripts the element has " code { "domain" } ", as the attribute, and " code { "check()" } ", which resolves to the report." }
            h3 { "Colours and sizes" }
            p { "Set these on the element in your own styles, as in " code { "mta-sts-check { --accent: rebeccapurple }" } ". Mind the contrast, and both themes." }
            (table("Property", &PROPERTY_TABLE))
            h3 { "Parts" }
            p { "For all else there is " code { "mta-sts-check::part(headline)" } ", and so on." }
            (table("Part", &PART_TABLE))
        },
    )
}

fn moving() -> String {
    format!("<script type=\"module\" src=\"{HOST}/widget/v1/mta-sts-check.js\"></script>")
}

fn fixed(pinned: &Pinned) -> String {
    let Pinned { address, integrity } = pinned;
    format!(
        "<script type=\"module\" src=\"{HOST}{address}\"\n  integrity=\"{integrity}\" crossorigin=\"anonymous\"></script>"
    )
}

/// Where the element's attributes and its address are chosen. The value of the latter is the whole tag.
fn choices(moving: &str, fixed: &str) -> Markup {
    html! {
        form #embed novalidate {
            label for="domain" { "Domain" }
            div.ask {
                input #domain name="domain" type="text" value=(FIRST) placeholder="example.com" inputmode="url" autocapitalize="none"
                    autocorrect="off" autocomplete="off" spellcheck="false" aria-describedby="domain-hint";
            }
            p.hint #domain-hint { "Leave it empty for a field that your visitors type theirs in." }
            fieldset.choices {
                legend { "Colours" }
                @for (value, name) in [("auto", "As the reader’s system"), ("light", "Light"), ("dark", "Dark")] {
                    label { input type="radio" name="theme" value=(value) checked[value == "auto"]; " " (name) }
                }
            }
            fieldset.choices {
                legend { "Manner" }
                label { input type="checkbox" name="compact"; " One line" }
                label { input type="checkbox" name="auto"; " Check without being asked" }
            }
            fieldset.choices {
                legend { "Version" }
                label { input type="radio" name="script" value=(moving) checked; " With corrections as they come" }
                label { input type="radio" name="script" value=(fixed); " Exactly this one, with its hash" }
            }
        }
    }
}

fn to_embed() -> Markup {
    let with_domain = format!(
        "{SCRIPT}\n<mta-sts-check domain=\"{DOMAIN}\"{ATTRIBUTES}>\n  <a href=\"{HOST}/check?domain={DOMAIN}\">{}</a>\n</mta-sts-check>",
        link(DOMAIN)
    );
    let without =
        format!("{SCRIPT}\n<mta-sts-check{ATTRIBUTES}>\n  <a href=\"{HOST}/\">Check your domain</a>\n</mta-sts-check>");
    lines("Into your page", &with_domain, Some(&without))
}

fn in_strict_pages() -> Markup {
    html! {
        details.m-block {
            summary { "If your page has a Content-Security-Policy" }
            div.m-body {
                p { "The element puts no script and no style into your page. The policy needs no " code { "unsafe-inline" } " and no " code { "unsafe-eval" } ", just:" }
                (lines("In the policy", &format!("script-src {HOST} 'wasm-unsafe-eval'; connect-src {HOST}"), None))
                p {
                    "Without " code { "'wasm-unsafe-eval'" } " it works, too: then our server makes what the browser would. Where Trusted Types "
                    "are required, allow the policy named " code { "mta-sts-check" } "; without it the element shows the sentence and the link alone."
                }
            }
        }
    }
}

fn in_pages_that_stay_put() -> Markup {
    html! {
        details.m-block {
            summary { "If nothing is to move while the page loads" }
            div.m-body {
                p { "Once the script is there, the element keeps its size until somebody asks, and one line stays one line. Before that the page alone can keep the room, with rules of its own:" }
                (lines("In your styles", ROOM, None))
                p { "A whole answer is as long as it is. If it comes without being asked, put the element where nothing follows, or choose one line." }
            }
        }
    }
}

fn badge() -> Markup {
    let text = badge_text(DOMAIN);
    let (picture, answer) = (format!("{HOST}/badge/{DOMAIN}.svg"), format!("{HOST}/check?domain={DOMAIN}"));
    html! {
        p { "The verdict as a small picture, for a page or a README. It is made anew when somebody looks at it, at most once a minute." }
        p { img #badge src={ "/badge/" (FIRST) ".svg" } alt=(badge_text(FIRST)) data-text=(text) height="20"; }
        (lines("As Markdown", &format!("[![{text}]({picture})]({answer})"), None))
        (lines("As HTML", &format!("<a href=\"{answer}\"><img src=\"{picture}\" alt=\"{text}\" height=\"20\"></a>"), None))
    }
}

fn link(domain: &str) -> String {
    format!("Check {domain}")
}

fn badge_text(domain: &str) -> String {
    format!("MTA-STS of {domain}")
}

/// Something to paste. The page's script fills it in anew when a choice changes: `text`, or where no domain is given
/// `without`.
fn lines(label: &str, text: &str, without: Option<&str>) -> Markup {
    let shown = text.replace(SCRIPT, &moving()).replace(DOMAIN, FIRST).replace(ATTRIBUTES, "");
    html! {
        figure.m-copy {
            figcaption {
                span { (label) }
                button.copy type="button" data-copy hidden { "Copy" span.m-hidden { " " (label) } }
            }
            pre tabindex="0" { code data-text=(text) data-without=[without] { (shown) } }
        }
    }
}

fn table(what: &str, rows: &[Named]) -> Markup {
    html! {
        div.m-scroll {
            table {
                thead { tr { th scope="col" { (what) } th scope="col" { "What it is" } } }
                tbody {
                    @for (name, meaning) in rows {
                        tr { th scope="row" { code { (name) } } td { (meaning) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const ELEMENT: &str = include_str!("../../../../widget/element.js");
    const STYLES: &str = include_str!("../../../../www/site.css");
    const MARKUP: [&str; 4] = [
        include_str!("../result.rs"),
        include_str!("../finding.rs"),
        include_str!("../chain.rs"),
        include_str!("../published.rs"),
    ];

    /// What stands between two marks, each time.
    fn between<'t>(text: &'t str, before: &'t str, after: &'t str) -> impl Iterator<Item = &'t str> {
        text.split(before).skip(1).filter_map(move |rest| Some(rest.split_once(after)?.0))
    }

    fn names(table: &[Named]) -> BTreeSet<&str> {
        table.iter().map(|(name, _)| *name).collect()
    }

    #[test]
    fn the_tables_have_every_part_and_no_other() {
        let mut parts: BTreeSet<&str> = between(ELEMENT, "part: '", "'").collect();
        parts.extend(MARKUP.iter().flat_map(|markup| between(markup, " part=\"", "\"")));
        assert_eq!(names(&PART_TABLE), parts);
    }

    #[test]
    fn the_tables_have_every_custom_property_and_no_other() {
        let root = between(STYLES, ":root {", "}").next().expect("the site's colours");
        let mut properties: BTreeSet<&str> =
            root.lines().filter_map(|line| Some(line.trim().split_once(':')?.0)).filter(is_for_the_element).collect();
        // Those that the element alone has.
        properties.extend(between(ELEMENT, "var(", ",").filter(is_for_the_element));
        assert_eq!(names(&PROPERTY_TABLE), properties);
    }

    /// Only pages have headings of the largest size.
    fn is_for_the_element(name: &&str) -> bool {
        name.starts_with("--") && *name != "--largest"
    }

    #[test]
    fn the_tables_have_every_event_and_attribute() {
        let told: BTreeSet<String> =
            between(ELEMENT, "#tell('", "'").map(|what| format!("mta-sts-check-{what}")).collect();
        assert_eq!(names(&EVENT_TABLE), told.iter().map(String::as_str).collect());
        let observed = between(ELEMENT, "observedAttributes = [", "]").next().expect("the list");
        let mut attributes: BTreeSet<&str> = observed.split(", ").map(|name| name.trim_matches('\'')).collect();
        // What styles alone look at.
        attributes.extend(between(ELEMENT, ":host([", "]").map(|rule| rule.split('=').next().expect("a name")));
        assert_eq!(names(&ATTRIBUTE_TABLE), attributes);
    }

    #[test]
    fn the_lines_to_paste_have_the_address_and_the_hash() {
        let pinned =
            Pinned { address: "/widget/1.2.3/mta-sts-check.js".to_owned(), integrity: "sha384-abc".to_owned() };
        let html = page(&pinned).into_string();
        assert!(
            html.contains("https://HOST/widget/1.2.3/mta-sts-check.js")
                && html.contains("integrity=&quot;sha384-abc&quot;")
        );
        let shown = between(&html, "<code data-text", "</code>").map(|code| code.split_once('>').expect("its text").1);
        for text in shown {
            assert!(!text.contains('{') || text.contains(":defined"), "filled in where no script runs: {text}");
        }
    }
}
