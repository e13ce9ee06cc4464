//! Why a file could not be read, in plain words.

use std::fmt;

use super::limits::{TAKEN_LIMIT, UNPACKED_LIMIT};

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
