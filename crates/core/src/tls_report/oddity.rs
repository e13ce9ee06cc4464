//! What is wrong with files and reports, in plain words.

use std::fmt;

use super::{TAKEN_LIMIT, UNPACKED_LIMIT};

/// Why a file, or the rest of it, was not read. Its `Display` is a sentence or two for the person who chose the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReadError {
    /// It has no bytes, or nothing but white space.
    Empty,
    /// With this file there would be more than [`TAKEN_LIMIT`] bytes.
    TooMuch,
    /// With what this file unpacks to there would be more than [`UNPACKED_LIMIT`] bytes.
    UnpacksToTooMuch,
    /// With this file there would be more policies and failures than [`super::ROWS_LIMIT`].
    TooManyRows,
    /// It is packed with gzip, and the host has not unpacked it.
    Packed,
    /// It is packed with gzip, and is damaged or cut off.
    BrokenGzip,
    /// It is a ZIP archive, and the host has not unpacked it, or it was in another archive.
    Zip,
    /// It is a ZIP archive, and is damaged or cut off.
    BrokenZip,
    /// It is a ZIP archive with a password, of several parts, or packed in a way that the host cannot unpack.
    UnusualZip,
    /// Archives or messages stand in each other deeper than anybody would pack reports.
    TooDeep,
    /// It holds more files than are looked at.
    TooManyFiles,
    /// It is an archive or a mail, and nothing in it could be a report.
    NoReportInside,
    /// The host could not read it.
    Unreadable,
    /// It is text in UTF-16.
    Utf16,
    /// It is a whole mail message.
    Mail,
    /// It is not JSON from this place on, or values stand in each other more than 128 deep.
    NotJson {
        /// From 1.
        line: u32,
        /// In bytes, from 1.
        column: u32,
    },
    /// It ends where there must be more.
    CutOff,
    /// It is JSON, and not a TLS report.
    NotAReport,
}

impl std::error::Error for ReadError {}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MB: usize = 1024 * 1024;
        let text = match self {
            Self::Empty => "The file is empty.",
            Self::TooMuch => {
                return write!(
                    f,
                    "With this file there would be more than {} MB to read at once. Read fewer files at a time.",
                    TAKEN_LIMIT / MB
                );
            }
            Self::UnpacksToTooMuch => {
                return write!(
                    f,
                    "With this file there would be more than {} MB to read at once when unpacked. Read fewer files at a time; \
                     a single report that is larger cannot be read.",
                    UNPACKED_LIMIT / MB
                );
            }
            Self::TooManyRows => {
                "With this file there would be too many entries to add up. Read fewer files at a time."
            }
            Self::Packed => "The file is packed with gzip, which cannot be unpacked here. Unpack it first.",
            Self::BrokenGzip => {
                "The file is packed with gzip, and it is damaged or incomplete. Save it again from the message \
                 that it came with."
            }
            Self::Zip => "The file is a ZIP archive. Unpack it, and choose the files that are in it.",
            Self::BrokenZip => {
                "The file is a ZIP archive, and it is damaged or incomplete. Get it again from where it came from."
            }
            Self::UnusualZip => {
                "The ZIP archive has a password, or is of a kind that cannot be unpacked here. Unpack it yourself, and choose \
                 the files that are in it."
            }
            Self::TooDeep => {
                "An archive or message stands here within others. Unpack the outer ones yourself, and choose this one."
            }
            Self::TooManyFiles => {
                "There are more files here than are read at once; the others were left out. Read fewer files at a time."
            }
            Self::NoReportInside => {
                "There is no report in this file. A report's name ends in .json or .json.gz, and it is attached to the message that a sender mails."
            }
            Self::Unreadable => {
                "The browser could not read the file. It may be a folder, or was moved or changed since: choose it again."
            }
            Self::Utf16 => "The file is saved as UTF-16. Choose it as it came with the message, or save it as UTF-8.",
            Self::Mail => {
                "The file looks like a whole mail message. Save the report that is attached to it (its name ends in .json or \
                 .json.gz), and choose that."
            }
            Self::NotJson { line, column } => {
                return write!(
                    f,
                    "The file is not a TLS report: at line {line}, column {column} it stops being JSON that can be read."
                );
            }
            Self::CutOff => {
                "The file ends in the middle of a report. Save it again from the message that it came with."
            }
            Self::NotAReport => "The file is not a TLS report: it is JSON, but has nothing in it that a report has.",
        };
        f.write_str(text)
    }
}

/// Something in a report that is not as RFC 8460 has it, and did not keep it from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    Bom,
    NotUtf8,
    NotAReport,
    NoOrganization,
    NoId,
    NoContact,
    NoTimeZone,
    DayAlone,
    NoTime,
    Reversed,
    SeveralDays,
    NoPolicies,
    Single,
    NoDomain,
    PolicyTypeUnknown,
    PolicyTypeMissing,
    PolicyText,
    PolicyHoldsJson,
    MxHostText,
    MxHostMissing,
    ResultTypeUnknown,
    ResultTypeMissing,
    CountText,
    CountNegative,
    CountFraction,
    CountTooLarge,
    CountUnreadable,
    CountMissing,
    CountsDiffer,
    WrongType,
    Clipped,
}

impl Oddity {
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Bom => "The file begins with a byte-order mark, which was skipped.",
            Self::NotUtf8 => "Some bytes are not UTF-8; they are shown as \u{fffd}.",
            Self::NotAReport => "Besides reports there is something else in the file, which was left out.",
            Self::NoOrganization => "A report does not say who sent it.",
            Self::NoId => "A report has no id. It is taken for a copy of another only if the numbers are the same too.",
            Self::NoContact => "A report gives no contact.",
            Self::NoTimeZone => "Times have no time zone; they were read as UTC.",
            Self::DayAlone => "Times are only dates; they were read as the start of the day in UTC.",
            Self::NoTime => "A report does not say what time it covers, or not in a way that can be read.",
            Self::Reversed => "A report ends before it begins. It counts for the day on which it begins.",
            Self::SeveralDays => "A report covers more than a day. It counts for the day on which it begins.",
            Self::NoPolicies => "A report holds no numbers: its list of policies is empty or missing.",
            Self::Single => "There is a single entry where there should be a list.",
            Self::NoDomain => {
                "A policy does not say which domain it is for. It was taken to be for the domain of the report."
            }
            Self::PolicyTypeUnknown => "A policy is of a kind that is not in the standard.",
            Self::PolicyTypeMissing => "A policy does not say of which kind it is.",
            Self::PolicyText => "A policy is written as a single text where there should be a list of lines.",
            Self::PolicyHoldsJson => "The text of a policy holds JSON, and was read as that.",
            Self::MxHostText => {
                "The mail servers of a policy are written as a single text where there should be a list."
            }
            Self::MxHostMissing => "A policy does not name its mail servers.",
            Self::ResultTypeUnknown => "The cause of a failure is one that is not in the standard.",
            Self::ResultTypeMissing => "The cause of a failure is missing.",
            Self::CountText => "A number is written as text.",
            Self::CountNegative => "A number is below zero; it was read as zero.",
            Self::CountFraction => "A number has a fraction, which was left out.",
            Self::CountTooLarge => "A number is too large to count; it was read as the largest that can be counted.",
            Self::CountUnreadable => "A number cannot be read.",
            Self::CountMissing => {
                "A number of sessions is missing; it was worked out from the others where that was possible."
            }
            Self::CountsDiffer => {
                "The causes of failures do not add up to the number of failed sessions. Where one cause alone has more, its \
                 number was taken."
            }
            Self::WrongType => "A field holds the wrong kind of value; it was left out.",
            Self::Clipped => "A text or a list is longer than is kept; the rest was left out.",
        }
    }
}

/// What is odd about a file, each once.
#[derive(Default)]
pub(super) struct Oddities(Vec<Oddity>);

impl Oddities {
    pub(super) fn note(&mut self, oddity: Oddity) {
        if !self.0.contains(&oddity) {
            self.0.push(oddity);
        }
    }

    pub(super) fn sentences(&self) -> Vec<String> {
        self.0.iter().map(|oddity| oddity.sentence().to_owned()).collect()
    }
}
