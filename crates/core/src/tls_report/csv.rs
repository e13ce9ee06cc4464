//! Reports as a table for a spreadsheet (CSV, RFC 4180): a row for what each policy saw go well, and one for each cause
//! of failures, so that a person can sum by whatever they like.

use super::model::{Failure, Policy, Report, ResultType};

const HEADER: [&str; 12] = [
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
];

/// What went well, in the column of results.
const SUCCESS: &str = "success";

/// The rows of one domain, or all.
pub(super) fn table<'r>(reports: impl Iterator<Item = &'r Report>, domain: Option<&str>) -> String {
    let mut table = String::new();
    row(&mut table, HEADER);
    for report in reports {
        let is_about =
            |policy: &&Policy| policy.domain.is_empty() || domain.is_none_or(|domain| domain == policy.domain);
        for policy in report.policies.iter().filter(is_about) {
            policy_rows(&mut table, report, policy);
        }
    }
    table
}

fn policy_rows(table: &mut String, report: &Report, policy: &Policy) {
    let time = |time: Option<crate::text::time::Timestamp>| time.map_or(String::new(), |time| time.to_string());
    let day = report.start.or(report.end).map_or(String::new(), |time| time.date().to_string());
    let (start, end) = (time(report.start), time(report.end));
    let mut add = |result: &str, sessions: u64, host: &str, sending_ip: &str, reason: &str| {
        let sessions = sessions.to_string();
        let (sender, id, domain) = (&report.organization, &report.report_id, &policy.domain);
        let policy_type = policy.policy_type.as_str();
        row(table, [&day, &start, &end, sender, id, domain, policy_type, result, &sessions, host, sending_ip, reason]);
    };
    let only_host = policy.only_host().unwrap_or("");
    add(SUCCESS, policy.successful, only_host, "", "");
    for Failure { result_type, sending_ip, mx_host, sessions, reason, .. } in &policy.failures {
        add(result_type.as_str(), *sessions, mx_host, sending_ip, reason);
    }
    let unexplained = policy.unexplained();
    if unexplained > 0 {
        add(ResultType::NotTold.as_str(), unexplained, only_host, "", "");
    }
}

fn row(table: &mut String, cells: [&str; HEADER.len()]) {
    for (at, text) in cells.into_iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        cell(table, text);
    }
    table.push_str("\r\n");
}

/// Writes a cell. Spreadsheets run what begins like a formula, so that it gets an apostrophe before it; and since some
/// take other characters than a comma for the end of a cell, whatever is not plain is quoted.
fn cell(table: &mut String, text: &str) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".:_-/ ".contains(&byte);
    let first = text.trim_start_matches(' ').chars().next();
    let guard = if first.is_some_and(begins_formula) { "'" } else { "" };
    if guard.is_empty() && text.bytes().all(is_plain) {
        table.push_str(text);
        return;
    }
    table.push('"');
    table.push_str(guard);
    for character in text.chars() {
        if character == '"' {
            table.push('"');
        }
        table.push(character);
    }
    table.push('"');
}

/// The full-width forms are what some spreadsheets take for the others.
fn begins_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
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
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("  =1", "\"'  =1\""),
            ("＝1", "\"'＝1\""),
            ("a;=1", "\"a;=1\""),
            ("a\t=1", "\"a\t=1\""),
            ("Shop, Ltd \"A\"", "\"Shop, Ltd \"\"A\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
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
            row(&mut table, cells);
            let rows = read(&table);
            prop_assert_eq!(rows.len(), 1);
            prop_assert_eq!(rows[0].len(), HEADER.len());
            for (at, text) in [(3, &text), (11, &other)] {
                let shown = &rows[0][at];
                prop_assert_eq!(shown.strip_prefix('\'').filter(|rest| *rest == text).unwrap_or(shown), text);
                prop_assert!(!shown.starts_with(begins_formula));
            }
        }
    }
}
