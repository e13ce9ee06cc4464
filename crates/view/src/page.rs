//! Whole pages, in one shell.

use maud::{DOCTYPE, Markup, html};
use mta_sts_core::problem::Problem;
#[cfg(feature = "pages")]
use mta_sts_core::problem::ProblemType;
use mta_sts_core::report::Report;
use mta_sts_core::rules::PAGES;

use crate::state::{words, words_by_slug};
use crate::{ExampleLink, result};

/// The name of the site.
const SITE: &str = "MTA-STS check";

const ABOUT: &str = "Type a domain and see in seconds whether mail to it is forced to use encryption (MTA-STS), what is \
                     wrong if not, and what to do about it.";

/// What a page says of itself, to search engines and in link previews.
pub(crate) struct Head<'t> {
    pub(crate) title: &'t str,
    pub(crate) description: &'t str,
    /// Its one address, from the root of the site, for what is made once; the build makes it whole.
    pub(crate) address: Option<&'t str>,
    /// Whether search engines are welcome: to what is ours, not to every domain that somebody checked.
    pub(crate) indexed: bool,
    /// The page's own script, from the root of the site.
    pub(crate) script: Option<&'t str>,
}

/// The script of every page where a domain is checked.
const CHECKING: Option<&str> = Some("/site.js");

/// What the site has to do something with: the name and the address of each page.
const PLACES: [(&str, &str); 5] =
    [("Check", "/"), ("Edit", "/edit"), ("Plan", "/build"), ("Reports", "/reports"), ("Learn", "/glossary")];

/// What there is to read about the site itself.
const ABOUT_SITE: [(&str, &str); 3] = [("What we check", PAGES), ("In your own page", "/embed"), ("API", "/api")];

pub(crate) fn shell(head: &Head<'_>, main: &Markup) -> Markup {
    let title = if head.title == SITE { SITE.to_owned() } else { format!("{} – {SITE}", head.title) };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="description" content=(head.description);
                meta property="og:type" content="website";
                meta property="og:site_name" content=(SITE);
                meta property="og:title" content=(head.title);
                meta property="og:description" content=(head.description);
                @if let Some(address) = head.address { link rel="canonical" href=(address); }
                @if !head.indexed { meta name="robots" content="noindex"; }
                meta name="color-scheme" content="light dark";
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/site.css";
                @if let Some(script) = head.script { script type="module" src=(script) {} }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.home href="/" { (SITE) }
                    nav aria-label="Site" { ul role="list" { (places(&PLACES, head.address)) } }
                }
                main #main { (main) }
                footer.bottom {
                    p { "Nothing that you type is kept on our side, beyond a minute's cache of the answer. No cookies." }
                    nav aria-label="About the site" {
                        ul role="list" {
                            (places(&ABOUT_SITE, head.address))
                            li { a href="https://www.rfc-editor.org/rfc/rfc8461" rel="noopener" { "RFC 8461" } }
                            li { a href="https://www.rfc-editor.org/rfc/rfc8460" rel="noopener" { "RFC 8460" } }
                        }
                    }
                }
            }
        }
    }
}

fn places(places: &[(&str, &str)], here: Option<&str>) -> Markup {
    html! {
        @for (name, address) in places {
            li { a href=(address) aria-current=[(here == Some(*address)).then_some("page")] { (name) } }
        }
    }
}

/// Where a domain is typed, and the place that its result goes to.
fn checker(title: &str, typed: &str, shown: &Markup, wrong: bool) -> Markup {
    // Under a result's heading stands the answer, in larger letters.
    let short = !typed.is_empty() && !wrong;
    html! {
        h1 #title .short[short] { (title) }
        form #check action="/check" method="get" role="search" {
            label for="domain" { "Domain" }
            div.ask {
                input #domain name="domain" type="text" value=(typed) placeholder="example.com" required
                    inputmode="url" enterkeyhint="go" autocapitalize="none" autocorrect="off" autocomplete="off" spellcheck="false"
                    aria-describedby={ "hint" @if wrong { " result" } } aria-invalid=[wrong.then_some("true")];
                button type="submit" { "Check" }
            }
            p.hint #hint { "The part of a mail address after the @." }
        }
        p.m-hidden #status role="status" {}
        div #result { (shown) }
    }
}

pub(crate) fn home(examples: &[ExampleLink]) -> Markup {
    let head = Head { title: SITE, description: ABOUT, address: Some("/"), indexed: true, script: CHECKING };
    shell(
        &head,
        &html! {
            (checker("Is mail to your domain protected?", "", &html! {}, false))
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
                    @let shown = words(example.verdict);
                    li {
                        a href={ "/check?domain=" (example.domain) } { (example.title) }
                        span class=(shown.state.class()) { (shown.state.icon()) " " (shown.word) }
                    }
                }
            }
        }
    }
}

pub(crate) fn check(report: &Report) -> Markup {
    let domain = report.domain.as_str();
    let title = title(report);
    let head = Head {
        title: &title,
        description: &report.headline,
        address: None,
        indexed: report.domain.is_worked_example(),
        script: CHECKING,
    };
    let heading = format!("Is mail to {domain} protected?");
    shell(&head, &checker(&heading, domain, &result::result(report, &[]), false))
}

/// What a page is called that shows the report: the domain, and the verdict in a word.
pub(crate) fn title(report: &Report) -> String {
    // All words are ASCII; the tables of other alphabets would weigh more than this in a browser.
    format!("{}: {}", report.domain, words(report.verdict).word.to_ascii_lowercase())
}

pub(crate) fn form(typed: &str, problem: Option<&Problem>) -> Markup {
    let title = problem.map_or(SITE, |problem| &problem.title);
    let head = Head { title, description: ABOUT, address: None, indexed: false, script: CHECKING };
    let shown = html! { @if let Some(problem) = problem { (result::problem(problem, &result::CHECK)) } };
    shell(
        &head,
        &checker("Is mail to your domain protected?", typed, &shown, problem.is_some_and(Problem::is_of_input)),
    )
}

pub(crate) fn not_found() -> Markup {
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

#[cfg(feature = "pages")]
pub(crate) fn problem_type(kind: &ProblemType) -> Markup {
    let address = kind.path();
    let head = Head { title: kind.title, description: kind.what, address: Some(&address), indexed: true, script: None };
    shell(
        &head,
        &html! {
            h1 { (kind.title) }
            p { (crate::text::prose(kind.what)) }
            dl.facts {
                dt { "HTTP status" } dd { (kind.status) }
                dt { "Type" } dd { code { (kind.path()) } }
            }
            p { "The API answers it as problem details (" a href="https://www.rfc-editor.org/rfc/rfc9457" rel="noopener" { "RFC 9457" } ")." }
        },
    )
}
