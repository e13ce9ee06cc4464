//! What TLS reports say together, as a fragment: whether it is safe to enforce, then how many sessions failed, when, why
//! and for whom, then what became of each file.

use maud::{Markup, html};
use mta_sts_core::name::DomainName;
use mta_sts_core::tls_report::{Cause, Enforceability, FileReading, Pointer, SafeToEnforce, Summary, Tallies, Tally};

use crate::days;
use crate::state::State;
use crate::text::{self, grouped};

/// Most files that are listed, those that were not read before the others.
const FILES_LIMIT: usize = 200;
/// How wide the longest bar of a table is.
const BAR_WIDTH: u64 = 100;
/// Least that a number is shown with.
const LEAST_WIDTH: u64 = 3;

/// Everything.
pub(crate) fn summary(summary: &Summary) -> Markup {
    html! {
        section.m-result data-safe=(slug(summary.safe_to_enforce.verdict)) data-domain=[summary.domain.as_deref().map(text::attribute)] {
            (verdict(summary))
            (domains(summary))
            @if summary.successful > 0 || summary.failed > 0 {
                (totals(summary))
                (days::chart(&summary.days))
                (causes(summary))
                h3 { "Sessions in detail" }
                (table("senders", "By sender", "Sender", |name| named(name, "A sender that does not say who it is"), &summary.senders))
                (table("hosts", "By mail server", "Mail server", |name| named(name, "Not told"), &summary.mx_hosts))
                (table("policies", "By kind of policy", "Policy", policy, &summary.policy_types))
            }
            (files(&summary.files))
            ul.m-actions role="list" {
                @if summary.reports > 0 { li { button type="button" data-csv { "Save as CSV" } } }
                li { button type="button" data-print { "Print" } }
                li { button type="button" data-clear { "Start again" } }
            }
        }
    }
}

fn slug(verdict: SafeToEnforce) -> &'static str {
    match verdict {
        SafeToEnforce::Yes => "yes",
        SafeToEnforce::NotYet => "not-yet",
        SafeToEnforce::No => "no",
        SafeToEnforce::Unknown => "unknown",
    }
}

fn verdict(summary: &Summary) -> Markup {
    let Enforceability { verdict, reasons, enforced } = &summary.safe_to_enforce;
    let (state, word, answer) = match verdict {
        SafeToEnforce::No if *enforced => (State::Bad, "Mail is refused", "The policy is enforced, and keeps out mail"),
        SafeToEnforce::Yes if *enforced => {
            (State::Good, "Enforced", "The policy is enforced, and these reports show no mail that it keeps out")
        }
        SafeToEnforce::NotYet if *enforced => {
            (State::Warning, "Look into it", "The policy is enforced, and not all is well")
        }
        SafeToEnforce::Yes => {
            (State::Good, "Safe to enforce", "These reports show nothing that speaks against enforcing")
        }
        SafeToEnforce::NotYet => (State::Warning, "Not yet", "It is too early to enforce"),
        SafeToEnforce::No => (State::Bad, "Not safe to enforce", "Mail would be refused under an enforced policy"),
        SafeToEnforce::Unknown => {
            (State::Unknown, "Not known", "These reports do not tell whether it is safe to enforce")
        }
    };
    let of = match verdict {
        _ if *enforced => ": ",
        SafeToEnforce::No => " of ",
        _ => " the policy of ",
    };
    let nothing = summary.reports == 0 && summary.domains.list.is_empty();
    let (state, word, answer) =
        if nothing { (State::Absent, "Nothing to judge", "No report could be read") } else { (state, word, answer) };
    html! {
        div class={ "m-verdict " (state.class()) } {
            p.m-badge { (state.icon()) span { (word) } }
            h2 tabindex="-1" data-focus {
                (answer)
                @if let (Some(domain), false) = (&summary.domain, nothing) { (of) (text::inline(domain)) }
            }
            @if let [reason] = reasons.as_slice() {
                p { (text::prose(reason)) }
            } @else {
                ul { @for reason in reasons { li { (text::prose(reason)) } } }
            }
        }
    }
}

/// Other domains that the reports name, to choose from.
fn domains(summary: &Summary) -> Markup {
    let here = summary.domain.as_deref();
    let named = || summary.domains.list.iter().filter(|tally| !tally.name.is_empty());
    let others = named().any(|tally| Some(tally.name.as_str()) != here);
    html! {
        @if others {
            nav.m-choose aria-label="Domains" {
                h3 { "The reports name several domains" }
                ul role="list" {
                    li { button type="button" data-about="" aria-pressed=(here.is_none()) { "All of them" } }
                    @for tally in named() {
                        li {
                            // What is no domain cannot be asked about.
                            @if DomainName::from_ascii(&tally.name).is_ok() {
                                button type="button" data-about=(tally.name) aria-pressed=(Some(tally.name.as_str()) == here) { (tally.name) }
                            } @else { (text::inline(&tally.name)) }
                        }
                    }
                    @if summary.domains.more > 0 { li.m-more { "… and " (grouped(summary.domains.more.into())) " more" } }
                }
            }
        }
    }
}

fn totals(summary: &Summary) -> Markup {
    html! {
        dl.m-totals {
            div data-total="reports" { dt { "Reports" } dd { (grouped(summary.reports.into())) } }
            div data-total="sessions" { dt { "Sessions" } dd { (grouped(summary.successful.saturating_add(summary.failed))) } }
            div data-total="successful" { dt { "Encrypted as they should be" } dd { (grouped(summary.successful)) } }
            div data-total="failed" { dt { "Failed" } dd { (grouped(summary.failed)) @if summary.failed > 0 { " " span.m-about { "(" (share(summary.failed, summary.successful)) ")" } } } }
            @if let (Some(first), Some(last)) = (summary.first_day, summary.last_day) {
                div data-total="days" { dt { "Days" } dd { (first) @if first != last { " to " (last) } } }
            }
        }
        @if summary.undated > 0 {
            p.m-about data-undated=(summary.undated) { (count(summary.undated, "report does not say", "reports do not say")) " which day it is about, and so it is not among the days." }
        }
        @if summary.duplicates > 0 {
            p.m-about data-duplicates=(summary.duplicates) { (count(summary.duplicates, "report was", "reports were")) " there more than once, and counted once." }
        }
    }
}

fn causes(summary: &Summary) -> Markup {
    let tied = summary.causes.iter().flat_map(|cause| &cause.points_at).any(|pointer| pointer.found.is_some());
    html! {
        h3 { "Why sessions failed" }
        @if summary.causes.is_empty() { p { (State::Good.icon()) " No session failed." } }
        div.m-findings { @for cause in &summary.causes { (one_cause(cause)) } }
        @if summary.more_causes > 0 { p.m-more { "… and " (grouped(summary.more_causes.into())) " more causes" } }
        // What is asked for goes to the checker: only the reader can want that.
        @if let (Some(domain), false, false) = (&summary.domain, tied, summary.causes.is_empty()) {
            p.m-about {
                button type="button" data-check=(text::attribute(domain)) { "Look for these causes in a check of " (text::inline(domain)) }
                " This asks our server to check the domain. The reports stay here."
            }
        }
    }
}

fn one_cause(cause: &Cause) -> Markup {
    html! {
        details.m-finding.m-bad data-key={ "cause " (text::attribute(&cause.result_type)) } {
            summary {
                (State::Bad.icon())
                span.m-title {
                    span.m-word { (count(cause.failed, "session", "sessions")) } " "
                    strong { (text::inline(&cause.title)) } " "
                    code.m-subject { (text::inline(&cause.result_type)) }
                }
            }
            div.m-body {
                p { (text::prose(&cause.why)) }
                div.m-fix {
                    h4 { "What to do" }
                    @if let [step] = cause.steps.as_slice() {
                        p { (text::prose(step)) }
                    } @else {
                        ol { @for step in &cause.steps { li { (text::prose(step)) } } }
                    }
                }
                dl.facts {
                    (seen("Reported by", "a sender that does not say who it is", &cause.senders))
                    (seen("Seen at", "a server that is not named", &cause.mx_hosts))
                    (seen("Last days", "", &cause.days))
                    (seen("What senders say besides", "", &cause.reasons))
                    @if !cause.meanings.is_empty() {
                        dt { "What that means" }
                        dd { ul role="list" { @for known in &cause.meanings { li { (text::inline(&known.reason)) ": " (text::prose(&known.means)) } } } }
                    }
                }
                (pointers(&cause.points_at))
            }
        }
    }
}

fn seen(title: &str, nameless: &str, tallies: &Tallies) -> Markup {
    html! {
        @if !tallies.list.is_empty() {
            dt { (title) }
            dd {
                ul role="list" {
                    @for tally in &tallies.list {
                        li { (named(&tally.name, nameless)) " " span.m-about { (count(tally.failed, "session", "sessions")) } }
                    }
                    @if tallies.more > 0 { li.m-more { "… and " (grouped(tallies.more.into())) " more" } }
                }
            }
        }
    }
}

fn pointers(pointers: &[Pointer]) -> Markup {
    html! {
        @if !pointers.is_empty() {
            h4 { "What a check looks at for this" }
            ul {
                @for pointer in pointers {
                    li data-found=[pointer.found] {
                        a href=(pointer.url) { (text::inline(&pointer.title)) }
                        @match pointer.found {
                            Some(true) => { " " span.m-word.m-bad { (State::Bad.icon()) " Found in the check" } }
                            Some(false) => { " " span.m-about { "Not found in the check" } }
                            None => {}
                        }
                    }
                }
            }
        }
    }
}

fn table(key: &str, title: &str, column: &str, name: fn(&str) -> Markup, tallies: &Tallies) -> Markup {
    let sessions = |tally: &Tally| tally.successful.unwrap_or(0).saturating_add(tally.failed);
    let most = tallies.list.iter().map(sessions).max().unwrap_or(0);
    html! {
        @if !tallies.list.is_empty() {
            details.m-block data-key=(key) {
                summary { span.m-title { strong { (title) } " " span.m-about { (listed(tallies)) } } }
                div.m-scroll {
                    table {
                        thead { tr { th scope="col" { (column) } th scope="col" { "Failed" } th scope="col" { "Went well" } td {} } }
                        tbody {
                            @for tally in &tallies.list {
                                tr {
                                    th scope="row" { (name(&tally.name)) }
                                    td data-label="Failed" { (grouped(tally.failed)) }
                                    td data-label="Went well" { @match tally.successful { Some(number) => (grouped(number)), None => "not told" } }
                                    td { (bar(tally, most)) }
                                }
                            }
                        }
                    }
                }
                @if tallies.more > 0 { p.m-more { "… and " (grouped(tallies.more.into())) " more" } }
            }
        }
    }
}

fn listed(tallies: &Tallies) -> Markup {
    let all = tallies.list.len() as u64 + u64::from(tallies.more);
    let failing = tallies.list.iter().filter(|tally| tally.failed > 0).count() as u64;
    html! {
        (grouped(all)) " in all"
        @if failing > 0 { ", " (grouped(failing)) " with failures" }
    }
}

/// A bar beside the numbers that it repeats.
fn bar(tally: &Tally, most: u64) -> Markup {
    // What is there is seen, however much more there is beside it.
    let width = |sessions| days::scaled(sessions, most, BAR_WIDTH).max(if sessions > 0 { LEAST_WIDTH } else { 0 });
    let (failed, good) = (width(tally.failed), width(tally.successful.unwrap_or(0)));
    let failed = failed.min(if good > 0 { BAR_WIDTH - LEAST_WIDTH } else { BAR_WIDTH });
    html! {
        svg.m-bar width=(BAR_WIDTH) height="10" viewBox={ "0 0 " (BAR_WIDTH) " 10" } aria-hidden="true" focusable="false" {
            rect.m-failed width=(failed.min(BAR_WIDTH)) height="10" {}
            rect.m-well x=(failed.min(BAR_WIDTH)) width=(good.min(BAR_WIDTH - failed.min(BAR_WIDTH))) height="10" {}
        }
    }
}

fn files(files: &[FileReading]) -> Markup {
    let (faulty, read): (Vec<&FileReading>, Vec<&FileReading>) = files.iter().partition(|file| file.error.is_some());
    html! {
        @if !files.is_empty() {
            details.m-block data-key="files" open[!faulty.is_empty()] {
                summary {
                    span.m-title {
                        strong { "What became of each file" } " "
                        span.m-about { (grouped(read.len() as u64)) " read" @if !faulty.is_empty() { ", " (grouped(faulty.len() as u64)) " not, or not whole" } }
                    }
                }
                ul.m-files role="list" {
                    @for file in faulty.iter().chain(&read).take(FILES_LIMIT) { (one_file(file)) }
                    @if files.len() > FILES_LIMIT { li.m-more { "… and " (grouped((files.len() - FILES_LIMIT) as u64)) " more" } }
                }
            }
        }
    }
}

fn one_file(file: &FileReading) -> Markup {
    let state = match &file.error {
        Some(_) => State::Bad,
        None if file.notes.is_empty() => State::Good,
        None => State::Note,
    };
    html! {
        li class=(state.class()) data-reports=(file.reports) data-problem=[file.problem] {
            (state.icon())
            div {
                span.m-name { (named(&file.name, "A file without a name")) } " "
                span.m-about {
                    @if file.error.is_none() || file.reports > 0 { (count(file.reports, "report", "reports")) }
                    @if file.duplicates > 0 { ", " (grouped(file.duplicates.into())) " of them there already" }
                }
                @if let Some(error) = &file.error { p { strong { "Not read: " } (text::prose(error)) } }
                @for note in &file.notes { p.m-about { (text::prose(note)) } }
            }
        }
    }
}

/// A kind of policy, which reports name in a word (RFC 8460 §4.4).
fn policy(name: &str) -> Markup {
    match name {
        "sts" => html! { "MTA-STS" },
        "tlsa" => html! { "DANE" },
        "no-policy-found" => html! { "The sender found no policy" },
        "not-told" => html! { "Not told" },
        other => text::inline(other),
    }
}

fn named(name: &str, nameless: &str) -> Markup {
    html! { @if name.is_empty() { (nameless) } @else { (text::inline(name)) } }
}

/// A number with its word.
fn count(number: impl Into<u64>, one: &str, several: &str) -> String {
    let number = number.into();
    format!("{} {}", grouped(number), if number == 1 { one } else { several })
}

/// What part of all it is, in percent. What is there is never called none.
fn share(part: u64, rest: u64) -> String {
    let all = u128::from(part) + u128::from(rest);
    let thousandths = u128::from(part) * 1000 / all.max(1);
    match thousandths {
        0 => "less than 0.1 %".to_owned(),
        _ => format!("{}.{} %", thousandths / 10, thousandths % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_for_people() {
        assert_eq!(share(1, 1_000_000), "less than 0.1 %");
        assert_eq!(share(1, 7), "12.5 %");
        assert_eq!(share(5, 0), "100.0 %");
        assert_eq!(share(u64::MAX, u64::MAX), "50.0 %");
    }
}
