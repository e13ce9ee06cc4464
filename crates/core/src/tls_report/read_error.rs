//! Why a file could not be read.

/// Why a file, or the rest of it, was not read. Its `Display` is a sentence or two for the person who chose the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReadError {
    /// It has no bytes, or nothing but white space.
    Empty,
    /// With this file there would be more than [`super::TAKEN_LIMIT`] bytes.
    TooMuch,
    /// With what this file unpacks to there would be more than [`super::UNPACKED_LIMIT`] bytes.
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
