//! What TLS reports say together, as a fragment: whether it is safe to enforce, then how many sessions failed, when, why
//! and for whom, then what became of each file.

use maud::{Markup, html};
use mta_sts_core::name::DomainName;
use mta_sts_core::tls_report::{
    AppliedPolicy, Cause, Enforceability, FileReading, Pointer, SafeToEnforce, SingleFailure, SinglePolicy,
    SingleReport, Summary, Tallies, Tally,
};

use crate::days;
use crate::state::State;
use crate::text::{self, grouped};

/// Most files that are listed, those that were not read before the others.
const FILES_LIMIT: usize = 200;
/// Most of a policy's text that is shown, in characters.
const TEXT_LIMIT: usize = 600;
/// Most names of files that were not read for one reason.
const NAMES_LIMIT: usize = 5;
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
                (applied(&summary.applied))
            }
            (single(summary))
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

/// Which policies senders applied, and since when.
fn applied(policies: &[AppliedPolicy]) -> Markup {
    html! {
        @if !policies.is_empty() {
            details.m-block data-key="applied" {
                summary { span.m-title { strong { "Policies that senders used" } " " span.m-about { "with mode, text and days" } } }
                ul.m-files role="list" {
                    @for applied in policies {
                        li { div {
                            span.m-name { (named(&applied.sender, "A sender that does not say who it is")) } " "
                            span.m-about {
                                (policy(&applied.policy_type))
                                @if let Some(mode) = &applied.mode { ", mode " (text::inline(mode)) }
                                @if let (Some(first), Some(last)) = (applied.first_day, applied.last_day) {
                                    ", since " (first) @if first != last { ", last seen " (last) }
                                }
                            }
                            @if !applied.text.is_empty() { pre { (text::block(&applied.text, TEXT_LIMIT)) } }
                        } }
                    }
                }
            }
        }
    }
}

/// The reports one by one, and the fields that choose among them.
fn single(summary: &Summary) -> Markup {
    let listed = &summary.single_reports;
    let filter = &listed.filter;
    let all = listed.list.len() as u64 + u64::from(listed.more);
    // The value is the sender's own name, and no attribute may hide anything: who writes such a name cannot be chosen.
    let is_plain = |tally: &&Tally| !tally.name.is_empty() && text::attribute(&tally.name) == tally.name;
    let senders = summary.senders.list.iter().filter(is_plain);
    html! {
        @if summary.reports > 0 {
            details.m-block data-key="single" {
                summary { span.m-title { strong { "Single reports" } " " span.m-about { (count(all, "report", "reports")) " chosen" } } }
                form.m-filter data-filter {
                    label { "From " input type="date" name="from" value=[filter.from.map(|day| day.to_string())]; }
                    label { "To " input type="date" name="to" value=[filter.to.map(|day| day.to_string())]; }
                    label {
                        "Sender "
                        select name="sender" {
                            option value="" { "All" }
                            @for tally in senders {
                                option value=(tally.name) selected[filter.sender.as_deref() == Some(tally.name.as_str())] { (tally.name) }
                            }
                        }
                    }
                    p.m-about { "“Save as CSV” saves the reports chosen here." }
                }
                @for report in &listed.list { (one_report(report)) }
                @if listed.more > 0 { p.m-more { "… and " (grouped(listed.more.into())) " more" } }
            }
        }
    }
}

fn one_report(report: &SingleReport) -> Markup {
    let day = report.start.or(report.end).map(|time| time.date().to_string());
    let failed = report.policies.iter().fold(0_u64, |sum, policy| sum.saturating_add(policy.failed));
    html! {
        details.m-report {
            summary {
                (day.as_deref().unwrap_or("No day")) " · " (named(&report.sender, "A sender that does not say who it is")) " · "
                @if failed > 0 { (grouped(failed)) " failed" } @else { "none failed" }
            }
            dl.facts {
                @if let (Some(start), Some(end)) = (report.start, report.end) { dt { "Time" } dd { (start) " to " (end) } }
                (told("Report", &report.report_id))
                (told("Contact", &report.contact))
            }
            @for policy in &report.policies { (one_policy(policy)) }
        }
    }
}

fn one_policy(one: &SinglePolicy) -> Markup {
    html! {
        dl.facts {
            dt { "Policy" }
            dd {
                (policy(&one.policy_type)) @if let Some(mode) = &one.mode { ", mode " (text::inline(mode)) }
                @if !one.domain.is_empty() { " of " (text::inline(&one.domain)) }
                @if !one.text.is_empty() { pre { (text::block(&one.text, TEXT_LIMIT)) } }
            }
            dt { "Sessions" }
            dd { (grouped(one.successful)) " went well, " (grouped(one.failed)) " failed" }
            @for failure in &one.failures { dt { "Failed" } dd { (one_failure(failure)) } }
        }
        @if one.more > 0 { p.m-more { "… and " (grouped(one.more.into())) " more rows" } }
    }
}

fn one_failure(failure: &SingleFailure) -> Markup {
    let SingleFailure {
        result_type,
        failed,
        mx_host,
        mx_helo,
        receiving_ip,
        sending_ip,
        reason,
        additional_information,
    } = failure;
    html! {
        (count(*failed, "session", "sessions")) ", " code { (text::inline(result_type)) }
        dl.facts {
            (told("Mail server", mx_host))
            (told("Its greeting", mx_helo))
            (told("Its address", receiving_ip))
            (told("Sender’s address", sending_ip))
            (told("Reason", reason))
            (told("More", additional_information))
        }
    }
}

fn told(title: &str, value: &str) -> Markup {
    html! { @if !value.is_empty() { dt { (title) } dd { (text::inline(value)) } } }
}

fn files(files: &[FileReading]) -> Markup {
    let (faulty, read): (Vec<&FileReading>, Vec<&FileReading>) = files.iter().partition(|file| file.error.is_some());
    let kinds = kinds(&faulty);
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
                    @for (error, files) in &kinds {
                        @match files.as_slice() {
                            [file] => (one_file(file)),
                            files => (files_of_kind(error, files)),
                        }
                    }
                    @for file in read.iter().take(FILES_LIMIT.saturating_sub(kinds.len())) { (one_file(file)) }
                    @let left = read.len().saturating_sub(FILES_LIMIT.saturating_sub(kinds.len()));
                    @if left > 0 { li.m-more { "… and " (grouped(left as u64)) " more" } }
                }
            }
        }
    }
}

/// What was not read, by the reason; what was read in part stands alone. Reasons beyond what is listed share one.
fn kinds<'f>(faulty: &[&'f FileReading]) -> Vec<(&'f str, Vec<&'f FileReading>)> {
    let mut kinds: Vec<(&str, Vec<&FileReading>)> = Vec::new();
    for file in faulty {
        let error = file.error.as_deref().unwrap_or_default();
        let is_full = kinds.len() >= FILES_LIMIT;
        let same = kinds.iter_mut().rfind(|(kind, files)| {
            is_full || *kind == error && file.reports == 0 && files.first().is_some_and(|file| file.reports == 0)
        });
        match same {
            Some((_, files)) => files.push(file),
            None => kinds.push((error, vec![file])),
        }
    }
    kinds
}

/// Files that were not read for the same reason, in one line.
fn files_of_kind(error: &str, files: &[&FileReading]) -> Markup {
    html! {
        li class=(State::Bad.class()) data-reports="0" data-problem=[files.first().and_then(|file| file.problem)] {
            (State::Bad.icon())
            div {
                span.m-name { (count(files.len() as u64, "file", "files")) } " "
                span.m-about {
                    @for (at, file) in files.iter().take(NAMES_LIMIT).enumerate() {
                        @if at > 0 { ", " }
                        span { (named(&file.name, "a file without a name")) }
                    }
                    @if files.len() > NAMES_LIMIT { " and " (grouped((files.len() - NAMES_LIMIT) as u64)) " more" }
                }
                p { strong { "Not read: " } (text::prose(error)) }
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
