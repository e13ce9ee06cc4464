//! `/check`: a result as a page, and the form that a domain is typed in, on the home page too.

use maud::{Markup, html};
use mta_sts_core::api::problem::Problem;
use mta_sts_core::report::Report;
use mta_sts_core::text::template::fill;

use crate::page::{Head, SITE, shell, status};
use crate::result;
use crate::state;
use crate::words;

pub(crate) fn page(report: &Report) -> Markup {
    let domain = report.domain.as_str();
    let title = title(report);
    let head = Head {
        title: &title,
        description: &report.headline,
        address: None,
        indexed: report.domain.is_worked_example(),
        script: CHECKING,
    };
    let heading = fill(words::ASKED, |_domain, out| out.push_str(domain));
    shell(&head, &checker(&heading, domain, &result::result(report, &[]), false))
}

/// What a page is called that shows the report: the domain, and the verdict in a word.
pub(crate) fn title(report: &Report) -> String {
    // All words are ASCII; the tables of other alphabets would weigh more than this in a browser.
    format!("{}: {}", report.domain, state::words(report.verdict).word.to_ascii_lowercase())
}

/// The form with what was typed, and what is wrong with it.
pub(crate) fn form(typed: &str, problem: Option<&Problem>) -> Markup {
    let title = problem.map_or(SITE, |problem| &problem.title);
    let head = Head { title, description: ABOUT, address: None, indexed: false, script: CHECKING };
    let shown = html! { @if let Some(problem) = problem { (result::problem(problem, &result::CHECK)) } };
    shell(&head, &checker(words::ASKED_OF_YOURS, typed, &shown, problem.is_some_and(Problem::is_of_input)))
}

/// What the site says of itself.
pub(super) const ABOUT: &str = "Type a domain and see in seconds whether mail to it is forced to use encryption (MTA-STS), \
    what is wrong if not, and what to do about it.";

/// The script of every page where a domain is checked.
pub(super) const CHECKING: Option<&str> = Some("/site.js");

/// Where a domain is typed, and the place that its result goes to.
pub(super) fn checker(title: &str, typed: &str, shown: &Markup, wrong: bool) -> Markup {
    // Under a result's heading stands the answer, in larger letters.
    let short = !typed.is_empty() && !wrong;
    html! {
        h1 #title .short[short] data-asked=(words::ASKED) data-asked-of-yours=(words::ASKED_OF_YOURS) { (title) }
        form #check action="/check" method="get" role="search"
            data-checking=(words::CHECKING) data-shared=(words::SHARED) data-not-shared=(words::NOT_SHARED) {
            label for="domain" { "Domain" }
            div.ask {
                input #domain name="domain" type="text" value=(typed) placeholder="example.com" required
                    inputmode="url" enterkeyhint="go" autocapitalize="none" autocorrect="off" autocomplete="off" spellcheck="false"
                    aria-describedby={ "hint" @if wrong { " result" } } aria-invalid=[wrong.then_some("true")];
                button type="submit" { "Check" }
            }
            p.hint #hint { "The part of a mail address after the @." }
        }
        (status())
        div #result { (shown) }
    }
}
