//! TLS reports (RFC 8460 §4): what senders mail of the sessions that they had with a domain's mail servers.
//!
//! [`Reader`] takes files one after the other, good or broken, unpacked by the host. It reads what can be read, says what was
//! odd, and sums it all up. Bounded over all files of a reader: what is beyond a limit is an error of that file alone.
//!
//! A file's JSON (`json`) becomes reports (`parse`, `model`), of which those of one domain (`domain_reports`) are added up
//! (`tally`), by cause too (`cause`), and judged (`enforce`). All that is types; `words` makes sentences of it for the
//! summary, from the table of a language (`english`).

mod a_labels;
mod cause;
mod count;
mod csv;
mod domain_reports;
mod enforce;
mod english;
mod file;
mod foreign;
mod json;
mod limits;
mod model;
mod mx_domains;
mod number;
mod oddity;
mod parse;
mod policy_change;
mod question;
mod read_error;
mod safe_to_enforce;
mod servers;
mod single;
mod summary;
mod tally;
mod time;
mod told;
mod words;

pub use cause::{Cause, Meaning, Pointer};
pub use file::{FileOutcome, FileReading};
pub use limits::{ROWS_LIMIT, TAKEN_LIMIT, UNPACKED_LIMIT};
use limits::{SERVICE_LIMIT, SERVICE_ROWS_LIMIT};
pub use model::{Failure, Policy, PolicyType, Report, ResultType};
pub use number::SESSIONS_LIMIT;
pub use oddity::Oddity;
pub use question::Question;
pub use read_error::ReadError;
pub use safe_to_enforce::{EnforceReason, Enforceability, Names, Rate, Rates, SafeToEnforce};
pub use single::{AppliedPolicy, Filter, SingleFailure, SinglePolicy, SingleReport, SingleReports};
pub use summary::Summary;
pub use tally::{Tallies, Tally};

use crate::name::DomainName;
use crate::text::clip::clip;
use crate::text::order;
use crate::text::time::Timestamp;
use domain_reports::DomainReports;
use oddity::Oddities;
use parse::{ParsedReport, Parser};
use told::Told;

/// Longest name of a file that is kept, in characters.
const FILE_NAME_LIMIT: usize = 200;
/// How gzip begins (RFC 1952 §2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1F, 0x8B];

/// Reads files, and sums them up.
pub struct Reader {
    /// Bytes of the files, as they were given.
    taken: usize,
    /// Bytes of their JSON.
    unpacked: usize,
    rows_left: usize,
    files: Vec<FileOutcome>,
    reports: Vec<ReportOfFile>,
    /// Which reports are listed one by one.
    filter: Filter,
}

/// A report and where it came from.
struct ReportOfFile {
    report: Report,
    /// The same for reports that are the same.
    identity: String,
    /// What tells it from others of the same sender, domain and range, where its file is named as RFC 8460 §5.1 has it.
    unique: String,
    /// Of reports that are the same the one with most sessions counts, then that with most failures, whichever file came
    /// first; then the digest decides.
    sessions: u64,
    failed: u64,
    digest: u64,
    file: usize,
}

/// Reads files and sums them up, all at once.
pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>, question: &Question<'_>) -> Summary {
    let mut reader = Reader::new();
    for (name, bytes) in files {
        // The summary tells what became of each.
        _ = reader.add(name, bytes);
    }
    reader.finish(question)
}

/// Whether a file is packed with gzip.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&GZIP_MAGIC)
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader that has read nothing.
    pub fn new() -> Self {
        Self {
            taken: 0,
            unpacked: 0,
            rows_left: ROWS_LIMIT,
            files: Vec::new(),
            reports: Vec::new(),
            filter: Filter::default(),
        }
    }

    /// A reader for one process that reads for everybody: within an eighth of what a browser has for itself.
    pub fn for_service() -> Self {
        Self { unpacked: UNPACKED_LIMIT - SERVICE_LIMIT, rows_left: SERVICE_ROWS_LIMIT, ..Self::new() }
    }

    /// Reads a file of JSON; one that is packed is for the host to unpack. Its name is for the reader, and where
    /// it is one as RFC 8460 §5.1 has them, it tells the domain if a report does not.
    ///
    /// Returns how many reports there were. What an error came after is kept.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<u32, ReadError> {
        self.file(&Told::by(name, ""), name, bytes.len(), bytes, false)
    }

    /// Reads a file that the host has unpacked where it was packed: what it holds, and how many bytes it had before. One
    /// that is still packed could not be.
    pub fn add_unpacked(&mut self, name: &str, packed: usize, bytes: &[u8]) -> Result<u32, ReadError> {
        self.add_of_mail("", name, packed, bytes)
    }

    /// The same of a file that came with a mail whose header names a domain (RFC 8460 §5.3, `TLS-Report-Domain`).
    pub fn add_of_mail(&mut self, domain: &str, name: &str, packed: usize, bytes: &[u8]) -> Result<u32, ReadError> {
        self.file(&Told::by(name, domain), name, packed, bytes, true)
    }

    /// Tells of a file that the host could not read, or nothing in it: it has no reports.
    pub fn refuse(&mut self, name: &str, error: ReadError) {
        let name = clip(name, FILE_NAME_LIMIT);
        self.files.push(FileOutcome { name, error: Some(error), ..FileOutcome::default() });
    }

    /// Lists only some of the reports, in the summary one by one and as a table.
    pub fn filter(&mut self, filter: Filter) {
        self.filter = filter;
    }

    /// The reports that were read, as a table for a spreadsheet (CSV, RFC 4180): those of one domain, or all.
    pub fn csv(&mut self, domain: Option<&DomainName>) -> String {
        self.settle();
        let question = Question { domain, check: None, now: Timestamp::UNIX_EPOCH };
        let reports = self.reports.iter().map(|of_file| &of_file.report);
        csv::table(&DomainReports::read(reports, &question), &self.filter)
    }

    /// How many bytes of files there may still be, as they are given; a host need not read more.
    pub fn taken_left(&self) -> usize {
        TAKEN_LIMIT - self.taken
    }

    /// How many bytes of JSON there may still be; a host that unpacks stops beyond.
    pub fn unpacked_left(&self) -> usize {
        UNPACKED_LIMIT - self.unpacked
    }

    /// The reports that were read, each once, in an order of their own.
    pub fn reports(&mut self) -> impl Iterator<Item = &Report> {
        self.settle();
        self.reports.iter().map(|of_file| &of_file.report)
    }

    /// What became of each file, in the order in which they came.
    pub fn files(&mut self) -> &[FileOutcome] {
        self.settle();
        &self.files
    }

    /// What speaks for and against enforcing, before it is put into words: what stands in the way first.
    pub fn enforce_reasons(&mut self, question: &Question<'_>) -> Vec<EnforceReason> {
        enforce::judge(&DomainReports::read(self.reports(), question), question)
    }

    /// Sums up what was read.
    pub fn finish(mut self, question: &Question<'_>) -> Summary {
        self.sum_up(question)
    }

    /// Sums up what was read so far; more files can come.
    pub fn sum_up(&mut self, question: &Question<'_>) -> Summary {
        self.settle();
        let reports = self.reports.iter().map(|of_file| &of_file.report);
        summary::sum_up(reports, self.files.clone(), &self.filter, question)
    }

    fn file(
        &mut self,
        told: &Told<'_>,
        name: &str,
        taken: usize,
        bytes: &[u8],
        is_unpacked: bool,
    ) -> Result<u32, ReadError> {
        let mut oddities = Oddities::default();
        let mut reports = Vec::new();
        let outcome = self.parse(told, taken, bytes, is_unpacked, &mut oddities, &mut reports);
        let count = number::of_length(reports.len());
        self.reports.reserve_exact(reports.len());
        for ParsedReport { report, digest } in reports {
            let sum =
                |of: fn(&Policy) -> u64| report.policies.iter().fold(0, |sum, policy| number::add(sum, of(policy)));
            let (sessions, failed) = (sum(Policy::sessions), sum(|policy| policy.failed));
            let identity = identity(&report);
            let (unique, file) = (told.unique.to_owned(), self.files.len());
            self.reports.push(ReportOfFile { report, identity, unique, sessions, failed, digest, file });
        }
        self.files.push(FileOutcome {
            name: clip(name, FILE_NAME_LIMIT),
            reports: count,
            duplicates: 0,
            error: outcome.err(),
            oddities: oddities.into_list(),
        });
        outcome.map(|()| count)
    }

    fn parse(
        &mut self,
        told: &Told<'_>,
        taken: usize,
        bytes: &[u8],
        is_unpacked: bool,
        oddities: &mut Oddities,
        reports: &mut Vec<ParsedReport>,
    ) -> Result<(), ReadError> {
        if taken > TAKEN_LIMIT - self.taken {
            return Err(if taken > TAKEN_LIMIT { ReadError::OneTooMuch } else { ReadError::TooMuch });
        }
        self.taken += taken;
        if bytes.len() > self.unpacked_left() {
            let is_alone = bytes.len() > UNPACKED_LIMIT || self.files.is_empty();
            return Err(if is_alone { ReadError::OneUnpacksToTooMuch } else { ReadError::UnpacksToTooMuch });
        }
        self.unpacked += bytes.len();
        let utf16 = foreign::from_utf16(bytes);
        if utf16.is_some() {
            oddities.note(Oddity::Utf16);
        }
        let bytes = utf16.as_deref().map_or(bytes, str::as_bytes);
        let text = bytes.strip_prefix("\u{feff}".as_bytes());
        if text.is_some() {
            oddities.note(Oddity::Bom);
        }
        let text = text.unwrap_or(bytes);
        if is_packed(text) {
            return Err(if is_unpacked { ReadError::BrokenGzip } else { ReadError::Packed });
        }
        if let Some(error) = foreign::recognised(text) {
            return Err(error);
        }
        let mut parser = Parser { oddities, rows_left: &mut self.rows_left, told, reports: Vec::new() };
        let outcome = parser.read(text);
        *reports = parser.reports;
        outcome
    }

    /// Leaves of reports that are the same only one, and tells the files of the others.
    fn settle(&mut self) {
        let files = &mut self.files;
        // The first file that had it has it; which of them counts does not depend on that.
        order::sort_long(&mut self.reports, &|one, other| {
            (&one.identity, &one.unique, other.sessions, other.failed, other.digest, one.file)
                < (&other.identity, &other.unique, one.sessions, one.failed, one.digest, other.file)
        });
        let mut take_out = |later: &ReportOfFile, kept: &mut ReportOfFile| {
            if let Some(file) = files.get_mut(kept.file.max(later.file)) {
                file.duplicates += 1;
            }
            kept.file = kept.file.min(later.file);
        };
        self.reports.dedup_by(|later, kept| {
            let is_same = later.identity == kept.identity && later.unique == kept.unique;
            if is_same {
                take_out(later, kept);
            }
            is_same
        });
        // One whose file has another name may be one that is there already. It comes before them.
        let mut is_there = Vec::new();
        for same in self.reports.chunk_by_mut(|one, other| one.identity == other.identity) {
            let copy = match same.split_first_mut() {
                Some((first, others)) if first.unique.is_empty() => {
                    let copy = others.iter_mut().find(|other| other.digest == first.digest);
                    copy.is_some_and(|kept| {
                        take_out(first, kept);
                        true
                    })
                }
                _ => false,
            };
            is_there.extend((0..same.len()).map(|at| at == 0 && copy));
        }
        let mut is_there = is_there.into_iter();
        self.reports.retain(|_| !is_there.next().unwrap_or(false));
    }
}

/// What tells a report from all others: the sender and its name for it, which is unique with the sender (RFC 8460 §4.4).
/// Some senders begin anew with every range or domain, and so these belong to it. Without a name, the numbers do.
fn identity(report: &Report) -> String {
    let ms = |time: Option<Timestamp>| time.map_or(-1, Timestamp::as_millisecond);
    let Report { organization, report_id, start, end, policies, .. } = report;
    let mut identity = format!("{}\n{report_id}\n{}\n{}", organization.to_ascii_lowercase(), ms(*start), ms(*end));
    let mut domains: Vec<&str> = policies.iter().map(|policy| policy.domain.as_str()).collect();
    order::sort_long(&mut domains, &|one, other| one < other);
    domains.dedup();
    for domain in domains {
        identity.extend(["\n", domain]);
    }
    if report_id.is_empty() {
        for policy in policies {
            let numbers = [policy.successful, policy.failed].map(|number| number.to_string());
            identity.extend(["\n", &numbers[0], " ", &numbers[1]]);
        }
    }
    identity
}
