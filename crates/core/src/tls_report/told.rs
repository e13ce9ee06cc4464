//! What a report's surroundings tell of it: the name of its file (RFC 8460 §5.1), and the mail that it came with (§5.3).

use super::a_labels::to_ascii;
use super::model::Report;
use super::oddity::{Oddities, Oddity};
use super::time;
use crate::text::clip::clip;
use crate::text::time::Timestamp;

/// Longest name of a domain that is kept, in characters.
const DOMAIN_LIMIT: usize = 255;

/// What is told of a file's reports.
pub(super) struct Told<'t> {
    domain: String,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    /// What tells it from others of the same sender, domain and range; empty where there is none.
    pub(super) unique: &'t str,
}

impl<'t> Told<'t> {
    /// By a file's name, `submitter!domain!start!end!unique.json.gz`, and the domain that a mail's header names.
    pub(super) fn by(file_name: &'t str, of_mail: &str) -> Self {
        let name = file_name.rsplit('/').next().unwrap_or_default();
        let mut parts = name.split('!').skip(1);
        let (domain, start, end) = (parts.next(), parts.next(), parts.next());
        let time = |part: Option<&str>| part.and_then(|part| part.split('.').next()).and_then(time::of_number);
        let of_name = start.and(domain).unwrap_or_default();
        let domain = if of_mail.is_empty() { of_name } else { of_mail };
        let domain = to_ascii(clip(domain.trim(), DOMAIN_LIMIT).trim_end_matches('.'));
        Self { domain, start: time(start), end: time(end), unique: parts.next().map_or("", without_copy) }
    }

    /// Gives a report what it does not say itself.
    pub(super) fn fill_in(&self, report: &mut Report, oddities: &mut Oddities) {
        report.domain.clone_from(&self.domain);
        if report.start.or(report.end).is_none() && self.start.or(self.end).is_some() {
            (report.start, report.end) = (self.start, self.end);
            oddities.note(Oddity::TimeOfName);
        }
        let mut named = report.policies.iter().map(|policy| policy.domain.as_str()).filter(|domain| !domain.is_empty());
        let domain = match named.next() {
            Some(first) if named.all(|domain| domain == first) => first.to_owned(),
            Some(_) => return,
            None => self.domain.clone(),
        };
        for policy in &mut report.policies {
            if policy.domain.is_empty() {
                policy.domain.clone_from(&domain);
            }
        }
    }
}

/// The unique part of a name without its ending, and what a browser adds to a copy: `001 (1).json.gz`.
fn without_copy(unique: &str) -> &str {
    let unique = unique.split('.').next().unwrap_or_default();
    match unique.rsplit_once('(') {
        Some((before, copy)) if copy.trim_end_matches(')').bytes().all(|byte| byte.is_ascii_digit()) => {
            before.trim_end()
        }
        _ => unique,
    }
}
