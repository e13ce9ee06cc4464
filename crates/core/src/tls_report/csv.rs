//! Reports as a table for a spreadsheet (CSV, RFC 4180): a row for what each policy saw go well, and one for each cause
//! of failures, so that a person can sum by whatever they like.

use std::fmt::Write as _;

use super::domain_reports::{DomainReports, ReportedPolicy};
use super::model::{Failure, Report, ResultType};
use super::single::Filter;
use crate::text::invisible::is_invisible;
use crate::text::time::Timestamp;

const HEADER: [&str; 20] = [
    "day",
    "start",
    "end",
    "sender",
    "report_id",
    "domain",
    "policy_type",
    "result",
    "sessions",
    "mx_host",
    "sending_ip",
    "reason",
    // Of the policy, and so in the first of its rows alone: a column can be summed.
    "total_successful",
    "total_failed",
    "helo",
    "receiving_ip",
    "additional_information",
    "contact",
    "mode",
    "policy",
];

/// What went well, in the column of results.
const SUCCESS: &str = "success";
/// By this, spreadsheets know UTF-8.
const MARK: char = '\u{feff}';

/// The rows of the reports that a filter leaves.
pub(super) fn table(reports: &DomainReports<'_>, filter: &Filter) -> String {
    let mut table = String::from(MARK);
    row(&mut table, &HEADER);
    for reported in reports.policies.iter().filter(|reported| filter.has(reported)) {
        if let Some(report) = reports.reports.get(reported.report) {
            policy_rows(&mut table, report, reported);
        }
    }
    table
}

fn policy_rows(table: &mut String, report: &Report, reported: &ReportedPolicy<'_>) {
    let policy = reported.policy;
    let time = |time: Option<Timestamp>| time.map_or(String::new(), |time| time.to_string());
    let day = reported.day.map_or(String::new(), |day| day.to_string());
    let (start, end) = (time(report.start), time(report.end));
    let (successful, failed) = (policy.successful.to_string(), policy.failed.to_string());
    let text = policy.text.replace('\n', "; ");
    let mut add =
        |result: &str,
         totals: [&str; 2],
         Failure { sending_ip, mx_host, mx_helo, receiving_ip, sessions, more, reason, .. }: &Failure| {
            let sessions = sessions.to_string();
            let (sender, contact, id, domain) =
                (&report.organization, &report.contact, &report.report_id, &policy.domain);
            let policy_type = policy.policy_type.as_str();
            let mode = policy.mode().unwrap_or_default();
            row(
                table,
                &[
                    &day,
                    &start,
                    &end,
                    sender,
                    id,
                    domain,
                    policy_type,
                    result,
                    &sessions,
                    mx_host,
                    sending_ip,
                    reason,
                    totals[0],
                    totals[1],
                    mx_helo,
                    receiving_ip,
                    more,
                    contact,
                    mode,
                    &text,
                ],
            );
        };
    let at_only_host = |sessions| Failure {
        mx_host: policy.only_host().unwrap_or_default().to_owned(),
        sessions,
        ..Failure::default()
    };
    add(SUCCESS, [&successful, &failed], &at_only_host(policy.successful));
    for failure in &policy.failures {
        add(failure.result_type.as_str(), [""; 2], failure);
    }
    let unexplained = policy.unexplained();
    if unexplained > 0 {
        add(ResultType::NotTold.as_str(), [""; 2], &at_only_host(unexplained));
    }
}

fn row(table: &mut String, cells: &[&str; HEADER.len()]) {
    for (at, text) in cells.iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        cell(table, text);
    }
    table.push_str("\r\n");
}

/// Writes a cell. Spreadsheets run what begins like a formula, so that it gets an apostrophe before it; and since some
/// take other characters than a comma for the end of a cell, whatever is not plain is quoted. What hides, or controls how
/// text is shown, is written by its number, as in JSON.
fn cell(table: &mut String, text: &str) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".:_-/ ".contains(&byte);
    let first = text.chars().find(|character| *character != ' ' && !is_invisible(*character));
    let guard = if first.is_some_and(begins_formula) { "'" } else { "" };
    if guard.is_empty() && text.bytes().all(is_plain) {
        table.push_str(text);
        return;
    }
    table.push('"');
    table.push_str(guard);
    for character in text.chars() {
        match character {
            '"' => table.push_str("\"\""),
            _ if is_invisible(character) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(table, "\\u{unit:04x}");
                }
            }
            _ => table.push(character),
        }
    }
    table.push('"');
}

/// The full-width forms are what some spreadsheets take for the others.
fn begins_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut table = String::new();
        cell(&mut table, text);
        table
    }

    #[test]
    fn what_begins_like_a_formula_is_text() {
        let cells = [
            ("Google Inc.", "Google Inc."),
            ("", ""),
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\\u0009=1\""),
            ("\r=1", "\"'\\u000d=1\""),
            ("\u{feff}=1", "\"'\\ufeff=1\""),
            ("\u{200b}\u{202e}=1", "\"'\\u200b\\u202e=1\""),
            ("a\u{1b}[31m\u{7}", "\"a\\u001b[31m\\u0007\""),
            ("a\u{e0041}", "\"a\\udb40\\udc41\""),
            ("  =1", "\"'  =1\""),
            ("＝1", "\"'＝1\""),
            ("a;=1", "\"a;=1\""),
            ("a\t=1", "\"a\\u0009=1\""),
            ("Shop, Ltd \"A\"", "\"Shop, Ltd \"\"A\"\"\""),
            ("two\r\nlines", "\"two\\u000d\\u000alines\""),
            ("mx-1.example", "mx-1.example"),
        ];
        for (text, shown) in cells {
            assert_eq!(written(text), shown, "{text:?}");
        }
    }

    /// Reads a table as RFC 4180 has it.
    fn read(table: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut characters = table.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '"' if quoted && characters.peek() == Some(&'"') => cell.extend(characters.next()),
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {
                    assert_eq!(characters.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                other => cell.push(other),
            }
        }
        assert!(row.is_empty() && cell.is_empty() && !quoted);
        rows
    }

    proptest! {
        #[test]
        fn whatever_a_text_holds_it_stays_in_its_cell(text in "[=+@,;\"\r\n\t a\u{e9}\u{ff1d}-]{0,12}", other in any::<String>()) {
            let mut table = String::new();
            let mut cells = [""; HEADER.len()];
            cells[3] = &text;
            cells[11] = &other;
            row(&mut table, &cells);
            let rows = read(&table);
            prop_assert_eq!(rows.len(), 1);
            prop_assert_eq!(rows[0].len(), HEADER.len());
            for (at, text) in [(3, &text), (11, &other)] {
                let shown = &rows[0][at];
                prop_assert!(!shown.starts_with(begins_formula) && !shown.contains(is_invisible));
                if !text.contains(is_invisible) {
                    prop_assert_eq!(shown.strip_prefix('\'').filter(|rest| *rest == text).unwrap_or(shown), text);
                }
            }
        }
    }
}
