//! What is odd about files and reports that could be read, in plain words.

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
