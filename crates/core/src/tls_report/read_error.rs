//! Why a file could not be read.

/// Why a file, or the rest of it, was not read. Its `Display` is a sentence or two for the person who chose the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReadError {
    /// It has no bytes, or nothing but white space.
    Empty,
    /// With this file there would be more than [`super::TAKEN_LIMIT`] bytes.
    TooMuch,
    /// This file alone has more.
    OneTooMuch,
    /// With what this file unpacks to there would be more than [`super::UNPACKED_LIMIT`] bytes.
    UnpacksToTooMuch,
    /// What this file alone unpacks to is more.
    OneUnpacksToTooMuch,
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
    /// It is a mail, and no report is attached to it.
    NoAttachment,
    /// It is a tar archive, and the host has not opened it, or it was in another archive.
    Tar,
    /// It is an archive that ends too early.
    BrokenTar,
    /// It is an archive of a kind that cannot be opened here: 7z, RAR and others.
    OtherArchive,
    /// It is a mail as Outlook saves it.
    Msg,
    /// It is a report of DMARC.
    Dmarc,
    /// It is a web page, or another document.
    Document,
    /// It is what a web form sends.
    Form,
    /// It is a whole mail message.
    Mail,
    /// It is not JSON from this place on, or values stand in each other more than 128 deep.
    NotJson {
        /// From 1.
        line: u32,
        /// In bytes, from 1.
        column: u32,
    },
    /// After reports that were read, the same.
    RestNotJson {
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

impl ReadError {
    /// Its name where it is told to programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooMuch => "too-much",
            Self::OneTooMuch => "one-too-much",
            Self::OneUnpacksToTooMuch => "one-unpacks-to-too-much",
            Self::UnpacksToTooMuch => "unpacks-to-too-much",
            Self::TooManyRows => "too-many-rows",
            Self::Packed => "packed",
            Self::BrokenGzip => "broken-gzip",
            Self::Zip => "zip",
            Self::BrokenZip => "broken-zip",
            Self::UnusualZip => "unusual-zip",
            Self::TooDeep => "too-deep",
            Self::TooManyFiles => "too-many-files",
            Self::NoReportInside => "no-report-inside",
            Self::Unreadable => "unreadable",
            Self::NoAttachment => "no-attachment",
            Self::Tar => "tar",
            Self::BrokenTar => "broken-tar",
            Self::OtherArchive => "other-archive",
            Self::Msg => "msg",
            Self::Dmarc => "dmarc",
            Self::Document => "document",
            Self::Form => "form",
            Self::Mail => "mail",
            Self::NotJson { .. } => "not-json",
            Self::RestNotJson { .. } => "rest-not-json",
            Self::CutOff => "cut-off",
            Self::NotAReport => "not-a-report",
        }
    }
}
