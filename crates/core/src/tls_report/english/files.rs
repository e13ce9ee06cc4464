//! English: why files could not be read, and what is odd about those that could.

use crate::tls_report::oddity::Oddity;
use crate::tls_report::read_error::ReadError;

/// A sentence or two for the person who chose the file.
pub(in crate::tls_report) fn error(error: ReadError) -> &'static str {
    match error {
        ReadError::Empty => "The file is empty.",
        ReadError::TooMuch => {
            "With this file there would be more than {taken limit} MB to read at once. Read fewer files at a time."
        }
        ReadError::OneTooMuch => {
            "This file alone has more than {taken limit} MB, which is the most that we read at once. If it is an archive or a \
             mailbox, unpack it or save its messages one by one, and choose a part of them. If it is a plain report, pack it \
             with gzip or as .zip."
        }
        ReadError::UnpacksToTooMuch => {
            "Unpacked, this file and those before it are more than can be read at once: {unpacked limit} MB in your browser, \
             {service limit} MB by the API. Read fewer files at a time."
        }
        ReadError::OneUnpacksToTooMuch => {
            "Unpacked, this file alone is more than can be read at once: {unpacked limit} MB in your browser, {service limit} MB \
             by the API. If several reports are in it, unpack it and choose some of them at a time. A single report of that size \
             can't be read: ask its sender for a smaller one."
        }
        ReadError::TooManyRows => {
            "With this file there would be too many entries to add up. Read fewer files at a time."
        }
        ReadError::Packed => "The file is packed with gzip, which cannot be unpacked here. Unpack it first.",
        ReadError::BrokenGzip => {
            "The file is packed with gzip, and it is damaged or incomplete. Save it again from the message \
             that it came with."
        }
        ReadError::Zip => "The file is a ZIP archive. Unpack it, and choose the files that are in it.",
        ReadError::BrokenZip => {
            "The file is a ZIP archive, and it is damaged or incomplete. Get it again from where it came from."
        }
        ReadError::UnusualZip => {
            "The ZIP archive has a password, or is of a kind that cannot be unpacked here. Unpack it yourself, and choose \
             the files that are in it."
        }
        ReadError::TooDeep => {
            "An archive or message stands here within others. Unpack the outer ones yourself, and choose this one."
        }
        ReadError::TooManyFiles => {
            "There are more files here than are read at once; the others were left out. Read fewer files at a time."
        }
        ReadError::NoReportInside => {
            "There is no report in this file. A report's name ends in .json or .json.gz, and it is attached to the message that a sender mails."
        }
        ReadError::Unreadable => {
            "The browser could not read the file. It may be a folder, or was moved or changed since: choose it again."
        }
        ReadError::NoAttachment => "This mail has no report attached.",
        ReadError::Tar => "The file is a tar archive. Unpack it, and choose the files that are in it.",
        ReadError::BrokenTar => {
            "The file is a tar archive, and it is damaged or incomplete. Get it again from where it came from."
        }
        ReadError::OtherArchive => {
            "This is an archive that we can't open here (7z, RAR, bzip2 or the like). Unpack it, and choose the files that are \
             in it, or pack them as .zip."
        }
        ReadError::Msg => {
            "This is a mail as Outlook saves it (.msg). Save the message as .eml, or save the report that is attached to it, and \
             choose that."
        }
        ReadError::Dmarc => {
            "This is a DMARC report. It is about mail sent in your domain's name, not about encryption (TLS)."
        }
        ReadError::Document => "This is a web page or another document, not a TLS report.",
        ReadError::Form => {
            "The file came wrapped in a web form. Send the file itself as the body: with curl, use --data-binary @FILE in place \
             of -F."
        }
        ReadError::Mail => {
            "The file looks like a whole mail message. Save the report that is attached to it (its name ends in .json or \
             .json.gz), and choose that."
        }
        ReadError::NotJson { .. } => {
            "The file is not a TLS report: at line {line}, column {column} it stops being JSON that can be read."
        }
        ReadError::RestNotJson { .. } => {
            "The reports at the beginning of the file were read. What comes from line {line}, column {column} on is not JSON, \
             and was left out."
        }
        ReadError::CutOff => {
            "The file ends in the middle of a report. Save it again from the message that it came with."
        }
        ReadError::NotAReport => "The file is not a TLS report: it is JSON, but has nothing in it that a report has.",
    }
}

/// What is said of an oddity.
pub(in crate::tls_report) fn oddity(oddity: Oddity) -> &'static str {
    match oddity {
        Oddity::Utf16 => "The file is in UTF-16, which reports should not be. It was converted.",
        Oddity::TimeForm => {
            "Times are written in another way than the standard has; they were read as they were meant."
        }
        Oddity::TimeOfName => "A report does not say what time it covers. The name of its file does, and was taken.",
        Oddity::Between => "Between reports stands what does not belong there; it was skipped.",
        Oddity::Bom => "The file begins with a byte-order mark, which was skipped.",
        Oddity::NotUtf8 => "Some bytes are not UTF-8; they are shown as \u{fffd}.",
        Oddity::NotAReport => "Besides reports there is something else in the file, which was left out.",
        Oddity::NoOrganization => "A report does not say who sent it.",
        Oddity::NoId => "A report has no id. It is taken for a copy of another only if the numbers are the same too.",
        Oddity::NoContact => "A report gives no contact.",
        Oddity::NoTimeZone => "Times have no time zone; they were read as UTC.",
        Oddity::DayAlone => "Times are only dates; they were read as the start of the day in UTC.",
        Oddity::NoTime => "A report does not say what time it covers, or not in a way that can be read.",
        Oddity::Reversed => "A report ends before it begins. It counts for the day on which it begins.",
        Oddity::SeveralDays => "A report covers more than a day. It counts for the day on which it begins.",
        Oddity::NoPolicies => "A report holds no numbers: its list of policies is empty or missing.",
        Oddity::Single => "There is a single entry where there should be a list.",
        Oddity::NoDomain => {
            "A policy does not say which domain it is for. It was taken to be for the domain of the report."
        }
        Oddity::PolicyTypeUnknown => "A policy is of a kind that is not in the standard.",
        Oddity::PolicyTypeMissing => "A policy does not say of which kind it is.",
        Oddity::PolicyText => "A policy is written as a single text where there should be a list of lines.",
        Oddity::PolicyHoldsJson => "The text of a policy holds JSON, and was read as that.",
        Oddity::MxHostText => "The mail servers of a policy are written as a single text where there should be a list.",
        Oddity::MxHostMissing => "A policy does not name its mail servers.",
        Oddity::ResultTypeUnknown => "The cause of a failure is one that is not in the standard.",
        Oddity::ResultTypeMissing => "The cause of a failure is missing.",
        Oddity::CountText => "A number is written as text.",
        Oddity::CountNegative => "A number is below zero; it was read as zero.",
        Oddity::CountFraction => "A number has a fraction, which was left out.",
        Oddity::CountTooLarge => "A number is too large to count; it was read as the largest that can be counted.",
        Oddity::CountUnreadable => "A number cannot be read.",
        Oddity::CountMissing => {
            "A number of sessions is missing; it was worked out from the others where that was possible."
        }
        Oddity::CountsDiffer => {
            "The causes of failures do not add up to the number of failed sessions. The report's own number counts, unless a \
             single cause has more."
        }
        Oddity::WrongType => "A field holds the wrong kind of value; it was left out.",
        Oddity::Clipped => "A text is longer than is kept; the rest was left out.",
        Oddity::Summed => "A list is longer than is kept one by one; the rest was added up.",
    }
}
