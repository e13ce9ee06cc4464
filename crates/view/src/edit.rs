//! What an editor shows of a text that somebody is writing.

use maud::{Markup, html};
use mta_sts_core::lint::{Lint, LintParsed};
use mta_sts_core::report::{Finding, Outcome, Severity};

use crate::finding;
use crate::published::{Mark, colour, duration, mark, stretches};
use crate::state::State;
use crate::text;

/// Longest text whose faults are marked where they stand, in bytes: as long as a policy file may be.
const MARKED_LIMIT: usize = 64 * 1024;

/// Most lines of a text that is compared with its correction.
const DIFF_LIMIT: usize = 300;

/// Most patterns or addresses that are named.
const NAMED: usize = 8;

/// The text as it stands, with marks around what findings are about. Nothing is put in another's place: it lies under the
/// field that the text is typed in, letter under letter.
pub(crate) fn marked(written: &str, lint: &Lint) -> Markup {
    let marks: Vec<Mark<'_>> = lint.findings.iter().filter_map(mark).collect();
    html! {
        @if written.len() <= MARKED_LIMIT {
            @for (piece, mark) in stretches(written, 0, &marks) {
                @match mark {
                    Some(mark) => mark class=(colour(mark.severity)) { (piece) },
                    None => (piece),
                }
            }
        } @else { (written) }
        // A last line end makes a line only where something follows.
        "\n"
    }
}

/// What the text is worth: a word and a sentence, what was read, the text corrected, and the findings.
pub(crate) fn judged(written: &str, lint: &Lint) -> Markup {
    let (state, word, meaning) = standing(lint);
    let failed = |finding: &&Finding| finding.outcome == Outcome::Fail;
    let findings: Vec<&Finding> = lint.findings.iter().filter(failed).collect();
    html! {
        div class={ "m-verdict " (state.class()) } part="verdict" {
            p.m-badge { (state.icon()) span { (word) } }
            p { (meaning) }
            @if let Some(parsed) = &lint.parsed { p.m-about { (read(parsed)) } }
        }
        @if let Some(corrected) = &lint.corrected { (correction(written, corrected)) }
        (finding::listed(&findings, State::Bad))
    }
}

/// In the place of a judgement, before there is a text.
pub(crate) fn nothing_yet() -> Markup {
    html! { p.m-status { "Paste or type a text: what senders make of it stands here, and changes at every key." } }
}

/// How the text stands, in a word or two and in a sentence.
pub(crate) fn standing(lint: &Lint) -> (State, &'static str, &'static str) {
    let has =
        |severity| lint.findings.iter().any(|finding| finding.outcome == Outcome::Fail && finding.severity == severity);
    if !lint.usable {
        (State::Bad, "Not usable", "Senders that follow the standard, or some that are widely used, cannot use this.")
    } else if !lint.valid {
        (State::Warning, "Works, but not as it should", "Most senders can use this, though the standard forbids it.")
    } else if has(Severity::Warning) {
        (State::Warning, "Works, with a warning", "Senders can use this. There is something to look at all the same.")
    } else if has(Severity::Info) {
        (State::Good, "In order", "Senders can use this as it is. What is worth knowing stands below.")
    } else {
        (State::Good, "In order", "Senders can use this as it is.")
    }
}

/// What was read.
fn read(parsed: &LintParsed) -> Markup {
    match parsed {
        LintParsed::Policy { mode, max_age, mx } => html! {
            "Read as: "
            @match mode { Some(mode) => { "mode " strong { (text::inline(mode)) } } None => "no mode" }
            @if let Some(seconds) = max_age { ", kept by senders for " strong { (duration(*seconds)) } }
            @if !mx.is_empty() { ", for " (named(mx)) }
            "."
        },
        LintParsed::Record { id } => html! { @if let Some(id) = id { "Read as: id " code { (text::inline(id)) } "." } },
        LintParsed::TlsRpt { rua } => html! { "Read as: reports to " (named(rua)) "." },
    }
}

fn named(names: &[String]) -> Markup {
    html! {
        @for (at, name) in names.iter().take(NAMED).enumerate() { @if at > 0 { ", " } code { (text::inline(name)) } }
        @if names.len() > NAMED { " and " (names.len() - NAMED) " more" }
    }
}

fn correction(written: &str, corrected: &str) -> Markup {
    html! {
        section.m-correction {
            h3 { "Corrected" }
            p.m-about { "What is right stays as it was. Read it once before you use it." }
            @let lines = diff(written, corrected);
            @if lines.is_empty() { pre tabindex="0" { code { (text::block(corrected, MARKED_LIMIT)) } } } @else {
                pre.m-diff tabindex="0" aria-label="The changes, line by line" {
                    @for line in lines {
                        @match line {
                            Line::Kept(line) => span { (text::block(line, MARKED_LIMIT)) },
                            Line::Gone(line) => del { span.m-hidden { "Taken out: " } (text::block(line, MARKED_LIMIT)) },
                            Line::New(line) => ins { span.m-hidden { "Put in: " } (text::block(line, MARKED_LIMIT)) },
                        }
                    }
                }
            }
            p { button type="button" data-use=(corrected) { "Use the corrected text" } }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'t> {
    Kept(&'t str),
    Gone(&'t str),
    New(&'t str),
}

/// The lines of both, the longest common run of them kept; none where there are too many to compare.
fn diff<'t>(before: &'t str, after: &'t str) -> Vec<Line<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if old.len() > DIFF_LIMIT || new.len() > DIFF_LIMIT {
        return Vec::new();
    }
    // How many lines can be kept of what is left from each pair of lines on.
    let width = new.len() + 1;
    let mut kept = vec![0_u16; (old.len() + 1) * width];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            kept[at * width + to] = if old[at] == new[to] {
                kept[(at + 1) * width + to + 1] + 1
            } else {
                kept[(at + 1) * width + to].max(kept[at * width + to + 1])
            };
        }
    }
    let (mut at, mut to, mut lines) = (0, 0, Vec::new());
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            lines.push(Line::Kept(old[at]));
            (at, to) = (at + 1, to + 1);
        } else if to == new.len() || at < old.len() && kept[(at + 1) * width + to] >= kept[at * width + to + 1] {
            lines.push(Line::Gone(old[at]));
            at += 1;
        } else {
            lines.push(Line::New(new[to]));
            to += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_keeps_what_both_have() {
        use Line::{Gone, Kept, New};
        let lines =
            diff("version: STSv1\nmode: Enforce\nmx: a.net", "version: STSv1\nmode: enforce\nmx: a.net\nmax_age: 1\n");
        let wanted =
            [Kept("version: STSv1"), Gone("mode: Enforce"), New("mode: enforce"), Kept("mx: a.net"), New("max_age: 1")];
        assert_eq!(lines, wanted);
        assert_eq!(diff("", "a"), [New("a")]);
        assert_eq!(diff("a", ""), [Gone("a")]);
        assert!(diff(&"a\n".repeat(1000), "a").is_empty(), "too long to compare");
    }
}
