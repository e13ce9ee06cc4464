//! What the domain publishes, as it stands there: the policy file with its faults marked, the records, the mail servers.

use maud::{Markup, html};
use mta_sts_core::evidence::dnssec::Dnssec;
use mta_sts_core::report::link::Link;
use mta_sts_core::report::{
    Acceptance, DnssecSummary, Finding, MxSummary, Outcome, PolicySummary, Report, SenderVerdict, Severity,
};
use mta_sts_core::text::part;
use mta_sts_core::text::span::Place;

use crate::state::State;
use crate::text;

/// Most lines of a policy file that are shown, and most characters of one.
const LINES: usize = 120;
const LINE_LIMIT: usize = 400;

/// Every raw thing that was seen.
pub(crate) fn published(report: &Report) -> Markup {
    html! {
        @if let Some(policy) = &report.policy { (policy_file(policy, &report.findings)) }
        @if !report.mx.is_empty() { (mail_servers(&report.mx, report.policy.as_ref().is_some_and(|policy| !policy.mx.is_empty()))) }
        @if let Some(record) = &report.record {
            (raw_record("record", "Announce record", &record_facts(record.ttl, record.cname.as_deref()), &record.raw, &report.findings, Link::Record))
        }
        @if let Some(record) = &report.tlsrpt {
            (raw_record("tlsrpt", "TLS-RPT record", "Asks senders to report when encryption fails", &record.raw, &report.findings, Link::Reports))
        }
        (dnssec(report.dnssec))
        // Where there is nothing to accept, all of them say so.
        @if report.record.is_some() || report.policy.is_some() { (senders(&report.senders)) }
    }
}

fn record_facts(ttl: u32, cname: Option<&str>) -> String {
    let kept = format!("Kept by resolvers for {}", duration(ttl));
    cname.map_or(kept.clone(), |cname| format!("{kept}; an alias of {cname}"))
}

fn block(key: &str, title: &str, about: &Markup, body: &Markup) -> Markup {
    html! {
        details.m-block data-key=(key) {
            summary { span.m-title { strong { (title) } " " span.m-about { (about) } } }
            (body)
        }
    }
}

fn policy_file(policy: &PolicySummary, findings: &[Finding]) -> Markup {
    let about = html! {
        @if let Some(mode) = &policy.mode { "mode " (text::inline(mode)) }
        @if policy.mode.is_some() && policy.max_age.is_some() { ", " }
        @if let Some(seconds) = policy.max_age { "kept by senders for " (duration(seconds)) }
    };
    let marks = marks(findings, Link::PolicyFile);
    let lines = lines(&policy.raw);
    let body = html! {
        p.m-source { a href=(policy.url) rel="noopener nofollow" { (text::inline(&policy.url)) } }
        @if policy.raw.is_empty() { p { "The file is empty." } } @else {
            ol.m-file tabindex="0" aria-label="Policy file, line by line" {
                @for (start, line) in lines.iter().take(LINES) { li { code { (marked(line, *start, &marks)) } } }
            }
            @if lines.len() > LINES { p.m-more { "… and " (lines.len() - LINES) " more lines" } }
        }
    };
    block("policy", "Policy file", &about, &body)
}

fn raw_record(key: &str, title: &str, about: &str, raw: &str, findings: &[Finding], link: Link) -> Markup {
    let body = html! { pre.m-raw tabindex="0" { code { (marked(raw, 0, &marks(findings, link))) } } };
    block(key, title, &text::inline(about), &body)
}

/// A stretch of the raw text that a finding is about.
pub(crate) struct Mark<'r> {
    start: usize,
    end: usize,
    pub(crate) severity: Severity,
    title: &'r str,
}

/// The marks for a raw text, worst first.
fn marks(findings: &[Finding], link: Link) -> Vec<Mark<'_>> {
    let of_link = |finding: &&Finding| finding.link == Some(link);
    findings.iter().filter(of_link).filter_map(mark).collect()
}

/// The mark of a finding, where it is about a stretch of text.
pub(crate) fn mark(finding: &Finding) -> Option<Mark<'_>> {
    let Place { start, end, .. } = finding.span.filter(|_| finding.outcome == Outcome::Fail)?;
    Some(Mark { start, end, severity: finding.severity, title: &finding.title })
}

/// A line that begins at byte `start` of its text, with the marks that fall on it. Where marks overlap the worst shows.
fn marked(line: &str, start: usize, marks: &[Mark<'_>]) -> Markup {
    html! {
        @for (text, mark) in stretches(line, start, marks) {
            @if let Some(mark) = mark {
                mark class=(colour(mark.severity)) title=(text::attribute(mark.title)) { (text::block(text, LINE_LIMIT)) }
            } @else { (text::block(text, LINE_LIMIT)) }
        }
    }
}

/// A line cut where marks begin and end, each piece with the worst mark on it.
pub(crate) fn stretches<'l, 'm>(
    line: &'l str,
    start: usize,
    marks: &'m [Mark<'m>],
) -> Vec<(&'l str, Option<&'m Mark<'m>>)> {
    let end = start + line.len();
    let local = |at: usize| at.clamp(start, end) - start;
    // Of a long file each line has few of the marks.
    let marks: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.start < end && start < mark.end).collect();
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [local(mark.start), local(mark.end)]).collect();
    cuts.extend([0, line.len()]);
    cuts.retain(|cut| line.is_char_boundary(*cut));
    mta_sts_core::text::order::sort_by_key(&mut cuts, |cut| *cut);
    cuts.dedup();
    let piece = |pair: &[usize]| {
        let (from, to) = (pair[0], pair[1]);
        (
            line.get(from..to).unwrap_or_default(),
            marks.iter().find(|mark| mark.start < start + to && start + from < mark.end).copied(),
        )
    };
    cuts.windows(2).map(piece).collect()
}

pub(crate) fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => State::Bad.class(),
        Severity::Warning => State::Warning.class(),
        Severity::Info => State::Note.class(),
    }
}

/// The lines of a text without their ends, each with the byte that it begins at. LF, CRLF and a bare CR end a line.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = part::from(text, start);
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        lines.push((start, part::before(rest, length)));
        let ending = if part::from(rest, length).starts_with("\r\n") { 2 } else { 1 };
        start += length + ending;
    }
    lines
}

fn mail_servers(hosts: &[MxSummary], has_patterns: bool) -> Markup {
    let about = html! { (hosts.len()) @if hosts.len() == 1 { " server" } @else { " servers, tried in this order" } };
    let body = html! {
        div.m-scroll {
            table {
                thead { tr { th scope="col" { "Server" } th scope="col" { "Preference" } th scope="col" { "Addresses" } th scope="col" { "Allowed by" } } }
                tbody {
                    @for host in hosts {
                        tr {
                            th scope="row" { code { (text::inline(&host.host)) } }
                            td data-label="Preference" { (host.preference) }
                            td data-label="Addresses" { @for address in &host.addresses { code { (text::inline(address)) } " " } @if host.addresses.is_empty() { "none seen" } }
                            td data-label="Allowed by" { (allowed_by(host, has_patterns)) }
                        }
                    }
                }
            }
        }
    };
    block("mx", "Mail servers", &about, &body)
}

fn allowed_by(host: &MxSummary, has_patterns: bool) -> Markup {
    html! {
        @match &host.matched_by {
            Some(pattern) => span.m-good { (State::Good.icon()) " " code { (text::inline(pattern)) } },
            None if has_patterns => span.m-bad { (State::Bad.icon()) " not allowed" },
            None => "no usable policy",
        }
    }
}

fn dnssec(summary: DnssecSummary) -> Markup {
    let rows = [
        ("Announce record", summary.record),
        ("Policy host", summary.policy_host),
        ("Mail servers", summary.mx),
        ("TLS-RPT record", summary.tlsrpt),
    ];
    let body = html! {
        table {
            thead { tr { th scope="col" { "Answer" } th scope="col" { "Signed" } } }
            tbody {
                @for (name, answer) in rows {
                    @let (state, word) = signed(answer);
                    tr { th scope="row" { (name) } td { span class=(state.class()) { (state.icon()) " " (word) } } }
                }
            }
        }
    };
    block("dnssec", "DNSSEC", &html! { "whether the answers of the DNS are signed" }, &body)
}

fn signed(answer: Dnssec) -> (State, &'static str) {
    match answer {
        Dnssec::Secure => (State::Good, "Signed and valid"),
        Dnssec::Insecure => (State::Absent, "Not signed"),
        Dnssec::Bogus => (State::Bad, "Signature does not hold"),
        Dnssec::Unknown => (State::Unknown, "Not known"),
    }
}

fn senders(senders: &[SenderVerdict]) -> Markup {
    let body = html! {
        table {
            thead { tr { th scope="col" { "Sender" } th scope="col" { "Accepts the policy" } } }
            tbody {
                @for sender in senders {
                    @let (state, word) = accepted(sender.verdict);
                    tr {
                        th scope="row" { (text::inline(&sender.name)) }
                        td { span class=(state.class()) { (state.icon()) " " (word) } " " (text::inline(&sender.why)) }
                    }
                }
            }
        }
    };
    block("senders", "Senders", &html! { "what real mail software makes of the policy" }, &body)
}

fn accepted(verdict: Acceptance) -> (State, &'static str) {
    match verdict {
        Acceptance::Usable => (State::Good, "Yes."),
        Acceptance::Unusable => (State::Bad, "No."),
        Acceptance::Unknown => (State::Unknown, "Not known."),
    }
}

/// A number of seconds, in the largest unit that it is a whole number of.
pub(crate) fn duration(seconds: u32) -> String {
    let units = [(604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let (size, unit) =
        units.into_iter().find(|(size, _)| seconds >= *size && seconds.is_multiple_of(*size)).unwrap_or((1, "second"));
    let count = seconds / size;
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_the_places_of_findings_count_them() {
        assert_eq!(lines("a\r\nb\rc\n\nd"), [(0, "a"), (3, "b"), (5, "c"), (7, ""), (8, "d")]);
        assert_eq!(lines("a\n"), [(0, "a")]);
    }

    #[test]
    fn a_mark_stands_around_what_it_is_about() {
        let mark = |start, end, severity| Mark { start, end, severity, title: "é" };
        let shown = marked("mode: é", 10, &[mark(16, 18, Severity::Error), mark(10, 17, Severity::Info)]).into_string();
        assert_eq!(shown, "<mark class=\"m-note\" title=\"é\">mode: </mark><mark class=\"m-bad\" title=\"é\">é</mark>");
        assert_eq!(marked("ab", 0, &[mark(5, 9, Severity::Error), mark(1, 1, Severity::Error)]).into_string(), "ab");
    }

    #[test]
    fn durations_are_for_people() {
        assert_eq!(duration(86_400), "1 day");
        assert_eq!(duration(2_592_000), "30 days");
        assert_eq!(duration(604_800), "1 week");
        assert_eq!(duration(61), "61 seconds");
        assert_eq!(duration(0), "0 seconds");
    }
}
