//! From JSON to reports, as well as it can be done: what is odd is noted, and nothing but broken JSON ends it.

use super::a_labels::to_ascii;
use super::json::{Json, JsonFault, Kind};
use super::limits::ROW_BYTES;
use super::model::{Failure, Policy, PolicyType, Report, ResultType};
use super::oddity::{Oddities, Oddity};
use super::read_error::ReadError;
use super::time::Time;
use super::told::Told;
use super::{count, number, time};
use crate::text::digest::fnv_1a;
use crate::text::part;
use crate::text::time::Timestamp;

/// Most policies of a report that are kept one by one, and most failures of a policy; those beyond are added up.
const POLICIES_LIMIT: usize = 1000;
const FAILURES_LIMIT: usize = 2000;
/// Most kinds of what is beyond.
const KINDS_LIMIT: usize = 100;
/// Longest name that is kept, in bytes: of a host, an organization, a report, a cause.
const NAME_LIMIT: usize = 256;
/// Longest text that is kept, in bytes: of an error, a policy's line.
const TEXT_LIMIT: usize = 1024;
/// Most that is kept of a policy and of the hosts that it names, in bytes.
const LINES_LIMIT: usize = 4096;

/// A report as it came in.
pub(super) struct ParsedReport {
    pub(super) report: Report,
    /// Of its bytes: tells reports apart that claim to be the same.
    pub(super) digest: u64,
}

/// Reads every report of a text: one, an array of them, or several one after the other. What was read before a fault is
/// kept.
pub(super) struct Parser<'p> {
    pub(super) oddities: &'p mut Oddities,
    /// How many more policies and failures there may be.
    pub(super) rows_left: &'p mut usize,
    /// What the file's surroundings tell.
    pub(super) told: &'p Told<'p>,
    pub(super) reports: Vec<ParsedReport>,
}

impl Parser<'_> {
    pub(super) fn read(&mut self, text: &[u8]) -> Result<(), ReadError> {
        let mut json = Json::new(text);
        let outcome = self.values(&mut json);
        if json.not_utf8 {
            self.oddities.note(Oddity::NotUtf8);
        }
        if json.clipped {
            self.oddities.note(Oddity::Clipped);
        }
        match outcome {
            Err(_) if *self.rows_left == 0 => Err(ReadError::TooManyRows),
            Err(_) if is_mail(text) => Err(ReadError::Mail),
            Err(JsonFault { at }) if at >= text.len() => Err(ReadError::CutOff),
            Err(JsonFault { at }) => {
                let before = &text[..at];
                let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
                let line = number::of_length(before.split(|byte| *byte == b'\n').count());
                let column = number::of_length(at - line_start + 1);
                Err(if self.reports.is_empty() {
                    ReadError::NotJson { line, column }
                } else {
                    ReadError::RestNotJson { line, column }
                })
            }
            Ok(()) if self.reports.is_empty() => Err(ReadError::NotAReport),
            Ok(()) => Ok(()),
        }
    }

    fn values(&mut self, json: &mut Json<'_>) -> Result<(), JsonFault> {
        while !json.is_at_end() {
            if json.skip_between() {
                self.oddities.note(Oddity::Between);
                continue;
            }
            if json.kind()? == Kind::Array {
                json.array(&mut |json| self.report(json))?;
            } else {
                self.report(json)?;
            }
        }
        Ok(())
    }

    fn report(&mut self, json: &mut Json<'_>) -> Result<(), JsonFault> {
        if json.kind()? != Kind::Object {
            self.oddities.note(Oddity::NotAReport);
            return json.skip();
        }
        let start = json.at();
        let mut report = Report::default();
        let mut is_report = false;
        // What is missing is noted once it is known that this is a report.
        let mut noted = Vec::new();
        json.object(&mut |json, name| {
            match name {
                "organization-name" => report.organization = self.name(json)?,
                "report-id" => report.report_id = self.name(json)?,
                "contact-info" => report.contact = self.name(json)?,
                "date-range" if json.kind()? == Kind::Object => {
                    json.object(&mut |json, name| {
                        match name {
                            "start-datetime" => report.start = self.time(json, &mut noted)?,
                            "end-datetime" => report.end = self.time(json, &mut noted)?,
                            _ => json.skip()?,
                        }
                        Ok(())
                    })?;
                }
                "date-range" => self.wrong_type(json)?,
                "policies" => report.policies = self.policies(json)?,
                _ => return json.skip(),
            }
            is_report = true;
            Ok(())
        })?;
        if !is_report {
            self.oddities.note(Oddity::NotAReport);
            return Ok(());
        }
        self.rows(json, 1)?;
        for oddity in noted {
            self.oddities.note(oddity);
        }
        self.told.fill_in(&mut report, self.oddities);
        self.note_missing(&report);
        // What tells a report from others has its names, and those of its policies, once more.
        let domains = report.policies.iter().map(|policy| policy.domain.len()).sum::<usize>();
        let names = report.organization.len() + report.report_id.len() + domains;
        self.rows(json, (2 * names + report.contact.len() + report.domain.len()) / ROW_BYTES)?;
        self.reports.push(ParsedReport { report, digest: fnv_1a(json.since(start)) });
        Ok(())
    }

    fn note_missing(&mut self, report: &Report) {
        let day = |time: Timestamp| time.as_millisecond();
        let odd = [
            (report.organization.is_empty(), Oddity::NoOrganization),
            (report.report_id.is_empty(), Oddity::NoId),
            (report.contact.is_empty(), Oddity::NoContact),
            (report.policies.is_empty(), Oddity::NoPolicies),
            (report.start.or(report.end).is_none(), Oddity::NoTime),
            (report.start.zip(report.end).is_some_and(|(start, end)| end < start), Oddity::Reversed),
            (
                // A day and some minutes: ranges end a second early or late.
                report.start.zip(report.end).is_some_and(|(start, end)| day(end) - day(start) > 90_000_000),
                Oddity::SeveralDays,
            ),
        ];
        for (is_so, oddity) in odd {
            if is_so {
                self.oddities.note(oddity);
            }
        }
    }

    fn time(&mut self, json: &mut Json<'_>, noted: &mut Vec<Oddity>) -> Result<Option<Timestamp>, JsonFault> {
        let text = self.name(json)?;
        let time = time::parse(&text);
        match time {
            Some(Time::NoZone(_)) => noted.push(Oddity::NoTimeZone),
            Some(Time::DayAlone(_)) => noted.push(Oddity::DayAlone),
            Some(Time::OtherForm(_)) => noted.push(Oddity::TimeForm),
            Some(Time::Whole(_)) | None => {}
        }
        Ok(time.map(Time::value))
    }

    fn policies(&mut self, json: &mut Json<'_>) -> Result<Vec<Policy>, JsonFault> {
        let (mut policies, mut beyond) = (Vec::new(), Vec::new());
        self.list(json, &mut |parser, json| {
            let policy = parser.policy(json)?;
            if policies.len() < POLICIES_LIMIT {
                policies.push(policy);
            } else {
                parser.oddities.note(Oddity::Summed);
                add_up(&mut beyond, policy);
            }
            Ok(())
        })?;
        policies.extend(beyond);
        // Most reports have one, and a list grows by four at a time.
        policies.shrink_to_fit();
        Ok(policies)
    }

    fn policy(&mut self, json: &mut Json<'_>) -> Result<Policy, JsonFault> {
        self.rows(json, 1)?;
        let mut policy = Policy::default();
        let (mut successful, mut failed) = (None, None);
        let mut failures: Vec<(Failure, Option<u64>)> = Vec::new();
        let mut beyond: Vec<Failure> = Vec::new();
        json.object(&mut |json, name| match (name, json.kind()?) {
            ("policy", Kind::Object) => json.object(&mut |json, name| self.applied(json, name, &mut policy)),
            ("summary", Kind::Object) => json.object(&mut |json, name| {
                match name {
                    "total-successful-session-count" => successful = self.count(json)?,
                    "total-failure-session-count" => failed = self.count(json)?,
                    _ => json.skip()?,
                }
                Ok(())
            }),
            ("policy" | "summary", _) => self.wrong_type(json),
            ("failure-details", _) => {
                failures.clear();
                beyond.clear();
                self.list(json, &mut |parser, json| {
                    let (failure, sessions) = parser.failure(json)?;
                    if failures.len() < FAILURES_LIMIT {
                        failures.push((failure, sessions));
                    } else {
                        parser.oddities.note(Oddity::Summed);
                        add_failure(&mut beyond, failure.result_type, sessions.unwrap_or(1));
                    }
                    Ok(())
                })
            }
            _ => json.skip(),
        })?;
        if policy.policy_type == PolicyType::Sts && policy.mx_hosts.is_empty() {
            // Its lines tell the same.
            let lines: Vec<&str> = policy.values("mx").collect();
            policy.mx_hosts = lines.join("\n").to_ascii_lowercase();
        }
        match &policy.policy_type {
            PolicyType::Sts if policy.mx_hosts.is_empty() => self.oddities.note(Oddity::MxHostMissing),
            PolicyType::NotTold => self.oddities.note(Oddity::PolicyTypeMissing),
            PolicyType::Other(_) => self.oddities.note(Oddity::PolicyTypeUnknown),
            _ => {}
        }
        if policy.domain.is_empty() {
            self.oddities.note(Oddity::NoDomain);
        }
        failures.extend(beyond.into_iter().map(|failure| {
            let sessions = failure.sessions;
            (failure, Some(sessions))
        }));
        count::settle(&mut policy, successful, failed, failures, self.oddities);
        let kept = policy.policy_type.as_str().len() + policy.text.len() + policy.mx_hosts.len();
        self.rows(json, kept / ROW_BYTES)?;
        Ok(policy)
    }

    /// A field of the policy that was applied.
    fn applied(&mut self, json: &mut Json<'_>, name: &str, policy: &mut Policy) -> Result<(), JsonFault> {
        match name {
            "policy-type" => policy.policy_type = PolicyType::read(self.name(json)?),
            "policy-domain" => policy.domain = self.host(json)?,
            "policy-string" => {
                policy.text.clear();
                if json.kind()? == Kind::Text {
                    self.oddities.note(Oddity::PolicyText);
                }
                self.policy_text(json, &mut policy.text, 0)?;
            }
            "mx-host" => {
                policy.mx_hosts.clear();
                let mut add = |parser: &mut Self, json: &mut Json<'_>| {
                    let text = parser.host(json)?;
                    for host in text.split([',', ';', ' ', '\n']) {
                        push_line(&mut policy.mx_hosts, host.trim_end_matches('.'), json);
                    }
                    Ok(())
                };
                if json.kind()? == Kind::Array {
                    json.array(&mut |json| add(self, json))?;
                } else {
                    if json.kind()? == Kind::Text {
                        self.oddities.note(Oddity::MxHostText);
                    }
                    add(self, json)?;
                }
            }
            _ => json.skip()?,
        }
        Ok(())
    }

    /// The lines of a policy, from a list of them, a text, or JSON in either (RFC 8460 §4.5).
    fn policy_text(&mut self, json: &mut Json<'_>, lines: &mut String, depth: u8) -> Result<(), JsonFault> {
        match json.kind()? {
            _ if depth > 3 => json.skip(),
            Kind::Array => json.array(&mut |json| self.policy_text(json, lines, depth + 1)),
            Kind::Object => {
                self.policy_object(json, lines)?;
                self.oddities.note(Oddity::PolicyHoldsJson);
                Ok(())
            }
            _ => {
                let text = self.scalar(json, TEXT_LIMIT)?;
                if text.starts_with(['{', '[']) {
                    let mut inner = Json::new(text.as_bytes());
                    let mut inner_lines = String::new();
                    if self.policy_text(&mut inner, &mut inner_lines, depth + 1).is_ok() && inner.is_at_end() {
                        self.oddities.note(Oddity::PolicyHoldsJson);
                        push_lines(lines, &inner_lines, json);
                        return Ok(());
                    }
                }
                push_lines(lines, &text, json);
                Ok(())
            }
        }
    }

    /// A policy's text from an object: a TLSA record where it has a record's fields, else a line for each field.
    fn policy_object(&mut self, json: &mut Json<'_>, lines: &mut String) -> Result<(), JsonFault> {
        let mut tlsa = [const { String::new() }; 4];
        let mut fields = String::new();
        let mut clipped = false;
        json.object(&mut |json, name| {
            let mut add = |parser: &mut Self, json: &mut Json<'_>| {
                let value = parser.scalar(json, TEXT_LIMIT)?;
                push_line(&mut fields, &format!("{name}: {value}"), json);
                let name = name.to_ascii_lowercase();
                // Names as RFC 6698 §2.1 and the libraries have them.
                let parts = [["usage", "usage"], ["selector", "selector"], ["match", "mtype"], ["data", "hash"]];
                if let Some(part) = parts.iter().position(|names| names.iter().any(|of| part::has(&name, of))) {
                    tlsa[part] = value;
                }
                Ok(())
            };
            if json.kind()? == Kind::Array { json.array(&mut |json| add(self, json)) } else { add(self, json) }?;
            clipped |= json.clipped;
            Ok(())
        })?;
        json.clipped |= clipped;
        let is_record = tlsa.iter().all(|part| !part.is_empty());
        push_lines(lines, if is_record { tlsa.join(" ") } else { fields }.as_str(), json);
        Ok(())
    }

    fn failure(&mut self, json: &mut Json<'_>) -> Result<(Failure, Option<u64>), JsonFault> {
        self.rows(json, 1)?;
        let mut failure = Failure::default();
        let mut sessions = None;
        json.object(&mut |json, name| {
            match name {
                "result-type" => failure.result_type = ResultType::read(self.name(json)?),
                "sending-mta-ip" => failure.sending_ip = self.name(json)?,
                "receiving-mx-hostname" => failure.mx_host = self.host(json)?,
                "receiving-mx-helo" => failure.mx_helo = self.name(json)?,
                "receiving-ip" => failure.receiving_ip = self.name(json)?,
                "failed-session-count" => sessions = self.count(json)?,
                "additional-information" => failure.more = self.scalar(json, TEXT_LIMIT)?,
                "failure-reason-code" => failure.reason = self.scalar(json, TEXT_LIMIT)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        match failure.result_type {
            ResultType::NotTold => self.oddities.note(Oddity::ResultTypeMissing),
            ResultType::Other(_) => self.oddities.note(Oddity::ResultTypeUnknown),
            _ => {}
        }
        let Failure { result_type, sending_ip, mx_host, mx_helo, receiving_ip, sessions: _, more, reason } = &failure;
        let texts = [result_type.as_str(), sending_ip, mx_host, mx_helo, receiving_ip, more, reason];
        self.rows(json, texts.iter().map(|text| text.len()).sum::<usize>() / ROW_BYTES)?;
        Ok((failure, sessions))
    }

    /// The objects of a list, or the one that stands in its place.
    fn list(
        &mut self,
        json: &mut Json<'_>,
        item: &mut dyn FnMut(&mut Self, &mut Json<'_>) -> Result<(), JsonFault>,
    ) -> Result<(), JsonFault> {
        match json.kind()? {
            Kind::Array => json.array(&mut |json| match json.kind()? {
                Kind::Object => item(self, json),
                _ => self.wrong_type(json),
            }),
            Kind::Object => {
                self.oddities.note(Oddity::Single);
                item(self, json)
            }
            Kind::Null => json.skip(),
            _ => self.wrong_type(json),
        }
    }

    fn name(&mut self, json: &mut Json<'_>) -> Result<String, JsonFault> {
        self.scalar(json, NAME_LIMIT)
    }

    /// A host's name: lower case, without its trailing dot.
    fn host(&mut self, json: &mut Json<'_>) -> Result<String, JsonFault> {
        let mut name = to_ascii(&self.name(json)?);
        if name.len() > NAME_LIMIT {
            // In ASCII it can be twice as long; no name is.
            name.truncate(name.floor_char_boundary(NAME_LIMIT));
            json.clipped = true;
        }
        Ok(name.trim_end_matches('.').to_owned())
    }

    /// A text; a number is one too, and null is an empty one.
    fn scalar(&mut self, json: &mut Json<'_>, limit: usize) -> Result<String, JsonFault> {
        match json.kind()? {
            Kind::Text => {
                let mut text = json.text(limit)?;
                text.truncate(text.trim_end().len());
                Ok(text.trim_start().to_owned())
            }
            Kind::Number => Ok(json.number()?.chars().take(limit).collect()),
            Kind::Null => json.skip().map(|()| String::new()),
            _ => self.wrong_type(json).map(|()| String::new()),
        }
    }

    fn count(&mut self, json: &mut Json<'_>) -> Result<Option<u64>, JsonFault> {
        let count = match json.kind()? {
            Kind::Number => count::read(json.number()?),
            Kind::Text => {
                self.oddities.note(Oddity::CountText);
                // Longer ones are too large whatever follows.
                count::read_text(self.name(json)?.as_str())
            }
            kind => {
                json.skip()?;
                if kind == Kind::Null {
                    return Ok(None);
                }
                Err(Oddity::CountUnreadable)
            }
        };
        Ok(match count {
            Ok((count, oddity)) => {
                if let Some(oddity) = oddity {
                    self.oddities.note(oddity);
                }
                Some(count)
            }
            Err(oddity) => {
                self.oddities.note(oddity);
                None
            }
        })
    }

    fn wrong_type(&mut self, json: &mut Json<'_>) -> Result<(), JsonFault> {
        self.oddities.note(Oddity::WrongType);
        json.skip()
    }

    /// Counts a report, policy or failure, or what it keeps beside; a fault where there are too many.
    fn rows(&mut self, json: &Json<'_>, count: usize) -> Result<(), JsonFault> {
        *self.rows_left = self.rows_left.saturating_sub(count);
        if *self.rows_left == 0 { Err(JsonFault { at: json.at() }) } else { Ok(()) }
    }
}

/// Adds sessions to those of the same cause; past the limit, to the last cause.
fn add_failure(failures: &mut Vec<Failure>, result_type: ResultType, sessions: u64) {
    let is_full = failures.len() >= KINDS_LIMIT;
    let same = failures.iter_mut().rfind(|failure| failure.result_type == result_type || is_full);
    match same {
        Some(failure) => failure.sessions = number::add(failure.sessions, sessions),
        None => failures.push(Failure { result_type, sessions, ..Failure::default() }),
    }
}

/// Adds a policy to one of the same kind and domain; past the limit, to the last one.
fn add_up(policies: &mut Vec<Policy>, policy: Policy) {
    let is_full = policies.len() >= KINDS_LIMIT;
    let is_same = |other: &Policy| other.policy_type == policy.policy_type && other.domain == policy.domain;
    let at = policies.iter().position(is_same).or(is_full.then_some(KINDS_LIMIT - 1));
    let Policy { policy_type, domain, text, successful, failed, failures, .. } = policy;
    let at = at.unwrap_or_else(|| {
        policies.push(Policy { policy_type, text, domain, ..Policy::default() });
        policies.len() - 1
    });
    if let Some(sum) = policies.get_mut(at) {
        sum.successful = number::add(sum.successful, successful);
        sum.failed = number::add(sum.failed, failed);
        for failure in failures {
            add_failure(&mut sum.failures, failure.result_type, failure.sessions);
        }
    }
}

fn push_lines(lines: &mut String, text: &str, json: &mut Json<'_>) {
    for line in text.lines() {
        push_line(lines, line, json);
    }
}

/// Adds a line that is not empty, where there is room for it.
fn push_line(lines: &mut String, line: &str, json: &mut Json<'_>) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    if lines.len() + line.len() >= LINES_LIMIT {
        json.clipped = true;
        return;
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines.push_str(line);
}

/// Whether a text begins as a mail message does: with a header's name and a colon (RFC 5322 §2.2).
fn is_mail(text: &[u8]) -> bool {
    let name = text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    name > 1 && matches!(text.get(name..name + 2), Some(b": " | b":\t")) || text.starts_with(b"From ")
}
