//! What became of a file: as types, and as it is told.

use serde::Serialize;

use super::oddity::Oddity;
use super::read_error::ReadError;

/// What became of a file, before it is put into words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileOutcome {
    /// As [`FileReading::name`].
    pub name: String,
    /// As [`FileReading::reports`].
    pub reports: u32,
    /// As [`FileReading::duplicates`].
    pub duplicates: u32,
    /// Why it, or the rest of it, was not read.
    pub error: Option<ReadError>,
    /// What was odd about it and did no harm, each once.
    pub oddities: Vec<Oddity>,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportFile"),
    schemars(rename = "TlsReportFile")
)]
pub struct FileReading {
    /// Its name, as it was given.
    pub name: String,
    /// How many reports were read.
    pub reports: u32,
    /// How many of these were in an earlier file, or earlier in this one, and so are not counted again.
    pub duplicates: u32,
    /// Why it, or the rest of it, was not read.
    pub error: Option<String>,
    /// The same as a name for programs, such as `broken-zip`.
    pub problem: Option<&'static str>,
    /// What was odd about it and did no harm, each once.
    pub notes: Vec<String>,
}
