//! A plan as a calendar file (RFC 5545).

use super::answer::ScheduledStep;
use super::goal::GoalName;
use crate::name::DomainName;
use crate::text::time::Timestamp;

/// Longest line, in octets, without its end (RFC 5545 §3.1).
const LINE_LIMIT: usize = 75;

/// One all-day event for each step; empty where there is none.
pub(super) fn write(domain: &DomainName, goal: GoalName, steps: &[ScheduledStep], now: Timestamp) -> String {
    if steps.is_empty() {
        return String::new();
    }
    // A form of RFC 5545 §3.3.5: date and time without marks, in UTC, to the second.
    let digits: String = now.to_string().chars().filter(|c| !matches!(c, '-' | ':')).take(15).collect();
    let stamp = format!("{digits}Z");
    let mut calendar = Calendar(String::new());
    for (name, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//mta-sts-check//MTA-STS plan//EN"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.line(name, value);
    }
    for (index, step) in steps.iter().enumerate() {
        calendar.line("BEGIN", "VEVENT");
        calendar.line("UID", &format!("{stamp}-{}-{}@{}", goal.as_str(), index + 1, domain.policy_host()));
        calendar.line("DTSTAMP", &stamp);
        calendar.line("DTSTART;VALUE=DATE", &step.date.digits());
        calendar.line("SUMMARY", &escape(&format!("{domain}: {}", step.title)));
        calendar.line("DESCRIPTION", &escape(&description(step)));
        calendar.line("TRANSP", "TRANSPARENT");
        calendar.line("END", "VEVENT");
    }
    calendar.line("END", "VCALENDAR");
    calendar.0
}

fn description(step: &ScheduledStep) -> String {
    let mut text = step.text.join("\n\n");
    for copy in &step.copy {
        text.extend(["\n\n", &copy.label, ":\n", copy.text.trim_end()]);
    }
    text
}

/// A value of type TEXT (RFC 5545 §3.3.11).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

struct Calendar(String);

impl Calendar {
    /// Writes a content line, folded: a line that goes on begins with a space, which counts.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > LINE_LIMIT {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Copyable;

    fn unfold(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_plan_is_a_calendar_as_rfc_5545_wants_it() {
        let now: Timestamp = "2026-12-24T09:30:00.250Z".parse().expect("a time");
        let step = |days: u32, title: &str| ScheduledStep {
            date: now.date().plus_days(days),
            title: title.to_owned(),
            text: vec!["First, this; then “that”.".to_owned(), "ü".repeat(200)],
            copy: vec![Copyable::new("Policy file".to_owned(), "version: STSv1\nmode: testing\n")],
        };
        let domain = DomainName::from_ascii("shop.example").expect("a domain");
        let text = write(&domain, GoalName::RollOut, &[step(0, "One, two"), step(14, "A\\B\r\nBEGIN:VEVENT")], now);
        assert!(text.ends_with("END:VCALENDAR\r\n") && text.matches('\n').count() == text.matches("\r\n").count());
        assert!(text.split("\r\n").all(|line| line.len() <= LINE_LIMIT), "{text}");
        let lines = unfold(&text);
        let having = |start: &str| lines.iter().filter(|line| line.starts_with(start)).cloned().collect::<Vec<_>>();
        assert_eq!(lines[..2], ["BEGIN:VCALENDAR", "VERSION:2.0"]);
        assert_eq!((having("BEGIN:VEVENT").len(), having("END:VEVENT").len()), (2, 2));
        assert_eq!(having("DTSTART"), ["DTSTART;VALUE=DATE:20261224", "DTSTART;VALUE=DATE:20270107"]);
        assert_eq!(having("DTSTAMP"), ["DTSTAMP:20261224T093000Z"; 2]);
        assert_eq!(
            having("SUMMARY"),
            ["SUMMARY:shop.example: One\\, two", "SUMMARY:shop.example: A\\\\B\\nBEGIN:VEVENT"]
        );
        let uids = having("UID");
        assert!(uids.len() == 2 && uids[0] != uids[1], "{uids:?}");
        let description = &having("DESCRIPTION")[0];
        assert!(description.contains("First\\, this\\; then “that”.\\n\\nüü"), "{description}");
        assert!(description.ends_with("Policy file:\\nversion: STSv1\\nmode: testing"), "{description}");
    }

    #[test]
    fn without_steps_there_is_no_calendar() {
        let domain = DomainName::from_ascii("shop.example").expect("a domain");
        assert_eq!(write(&domain, GoalName::Removal, &[], Timestamp::UNIX_EPOCH), "");
    }
}
