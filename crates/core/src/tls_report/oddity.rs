//! What can be odd about files and reports that were read all the same.

/// Something in a report that is not as RFC 8460 has it, and did not keep it from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Oddity {
    /// The file begins with a byte-order mark.
    Bom,
    /// The file is in UTF-16.
    Utf16,
    /// A time is a number, or as mail has it.
    TimeForm,
    /// The time is that of the file's name.
    TimeOfName,
    /// Commas, zeros or the like stand between reports.
    Between,
    /// Some bytes are not UTF-8.
    NotUtf8,
    /// Beside reports there is something else in the file.
    NotAReport,
    /// A report does not say who sent it.
    NoOrganization,
    /// A report has no id.
    NoId,
    /// A report gives no contact.
    NoContact,
    /// A time has no time zone.
    NoTimeZone,
    /// A time is only a date.
    DayAlone,
    /// A report does not say what time it covers, or not in a way that can be read.
    NoTime,
    /// A report ends before it begins.
    Reversed,
    /// A report covers more than a day.
    SeveralDays,
    /// A report has no policies.
    NoPolicies,
    /// There is a single entry where there should be a list.
    Single,
    /// A policy does not say which domain it is for.
    NoDomain,
    /// A policy is of a kind that the RFC does not know.
    PolicyTypeUnknown,
    /// A policy does not say of which kind it is.
    PolicyTypeMissing,
    /// A policy is a single text where there should be a list of lines.
    PolicyText,
    /// The text of a policy holds JSON.
    PolicyHoldsJson,
    /// A policy's mail servers are a single text where there should be a list.
    MxHostText,
    /// A policy does not name its mail servers.
    MxHostMissing,
    /// The cause of a failure is one that the RFC does not know.
    ResultTypeUnknown,
    /// The cause of a failure is missing.
    ResultTypeMissing,
    /// A number is written as text.
    CountText,
    /// A number is below zero.
    CountNegative,
    /// A number has a fraction.
    CountFraction,
    /// A number is larger than [`super::SESSIONS_LIMIT`].
    CountTooLarge,
    /// A number cannot be read.
    CountUnreadable,
    /// A number of sessions is missing.
    CountMissing,
    /// The causes of failures do not add up to the number of failed sessions.
    CountsDiffer,
    /// A field holds the wrong kind of value.
    WrongType,
    /// A text is longer than is kept.
    Clipped,
    /// A list is longer than is kept; what is beyond counts together.
    Summed,
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

    pub(super) fn into_list(self) -> Vec<Oddity> {
        self.0
    }
}
