//! How each sender reads a policy file: as the RFC does, strictly, or line by line with a parser of its own.

use std::borrow::Cow;

use super::reaction::{But, Cell, Sender, Want};
use crate::evidence::Response;
use crate::published::policy::mx_pattern::MxPatternFault;
use crate::published::policy::{self, MAX_AGE_LIMIT, Mode, Policy, PolicyFault};
use crate::text::part;

const DAY: u32 = 86_400;

/// As much of a file as chasquid reads.
const CHASQUID_LIMIT: usize = 10 * 1024;

/// What a sender reads.
#[derive(Clone, Copy)]
pub(super) enum Read {
    /// A policy.
    Values {
        mode: Mode,
        /// Of a plain reader.
        max_age: u32,
        but: Option<But>,
    },
    /// No policy, as the RFC has it too, or for a reason that needs no words.
    Unreadable,
    /// No policy, for something that the RFC allows.
    Refused(Want),
    /// Nobody documents it.
    Untold,
}

/// What a sender makes of a file.
pub(super) fn read(sender: Sender, policy: &Policy<'_>, response: &Response) -> Read {
    let is_usable = policy.is_usable() && !response.truncated;
    let read = match sender {
        // It reads the beginning of a file, however long.
        Sender::Chasquid => line_by_line(sender, policy),
        _ if response.truncated => Err(None),
        Sender::Rfc8461 | Sender::Postfix | Sender::MailCheck => return plain(policy),
        Sender::PostfixTlspol => strict(policy, TLSPOL),
        Sender::Mox => strict(policy, MOX),
        Sender::Google | Sender::Microsoft => strict(policy, DOCUMENTED),
        Sender::PostfixMtaStsResolver
        | Sender::Mimecast
        | Sender::KumoMta
        | Sender::Stalwart
        | Sender::Maddy
        | Sender::Halon => line_by_line(sender, policy),
    };
    match read {
        Ok(read) => read,
        Err(Some(want)) if is_usable => Read::Refused(want),
        Err(_) => Read::Unreadable,
    }
}

/// As the RFC has it.
fn plain(policy: &Policy<'_>) -> Read {
    match policy.mode {
        Some(mode) if policy.is_usable() => {
            Read::Values { mode: mode.value, max_age: policy.max_age.map_or(0, |max_age| max_age.value), but: None }
        }
        _ => Read::Unreadable,
    }
}

/// The columns of the table below.
const TLSPOL: usize = 0;
const MOX: usize = 1;
const DOCUMENTED: usize = 2;

/// What a fault does to a file for those who read it by the grammar: postfix-tlspol, mox, and senders that document no more
/// than the RFC.
const fn of_fault(fault: PolicyFault) -> [Cell; 3] {
    use Cell::{NotKnown as X, NotUsed as N, Used as Y};
    use MxPatternFault as Mx;
    use PolicyFault as Fault;
    match fault {
        Fault::KeyTypo | Fault::KeyUnknown | Fault::KeyDuplicate | Fault::VersionNotFirst => [Y, Y, Y],
        Fault::MaxAgeTooLong => [Y, Y, X],
        Fault::VersionMissing
        | Fault::VersionInvalid
        | Fault::ModeMissing
        | Fault::ModeInvalid
        | Fault::MaxAgeMissing
        | Fault::MaxAgeInvalid
        | Fault::MxMissing
        | Fault::LegacyJson
        | Fault::RecordPasted => [N, N, N],
        Fault::MxPattern(Mx::TrailingDot) => [Y, N, X],
        Fault::MxPattern(Mx::Ip) => [N, Y, X],
        Fault::Bom
        | Fault::Utf16
        | Fault::NotUtf8
        | Fault::CrOnly
        | Fault::BlankLine
        | Fault::LeadingSpace
        | Fault::Comment
        | Fault::LineInvalid
        | Fault::LinesJoined
        | Fault::YamlList
        | Fault::KeyCase
        | Fault::MxPattern(
            Mx::Port
            | Mx::IpLiteral
            | Mx::List
            | Mx::Priority
            | Mx::UrlOrAddress
            | Mx::BadWildcard
            | Mx::LeadingDot
            | Mx::NonAscii
            | Mx::InvalidLabel,
        ) => [N, N, X],
    }
}

fn strict(policy: &Policy<'_>, column: usize) -> Result<Read, Option<Want>> {
    if policy.is_empty || policy.looks_like_html {
        return Err(None);
    }
    let mut is_told = true;
    let mut but = None;
    for issue in &policy.issues {
        let text = || issue.span.of(&policy.text);
        let cell = match (issue.kind, of_fault(issue.kind).get(column)) {
            // mox reads a key's second line too, and a number of 31 bits.
            (PolicyFault::KeyDuplicate, _) if column == MOX && !is_field(text()) => Cell::NotUsed,
            (PolicyFault::MaxAgeTooLong, _) if column == MOX && text().parse::<i32>().is_err() => Cell::NotUsed,
            (PolicyFault::MaxAgeTooLong, _) if column == TLSPOL => {
                but = Some(But::KeepsFor { seconds: MAX_AGE_LIMIT });
                Cell::Used
            }
            (_, cell) => cell.copied().unwrap_or(Cell::NotKnown),
        };
        match cell {
            Cell::Used => {}
            Cell::NotKnown => is_told = false,
            Cell::NotUsed => {
                return Err(Some(match issue.kind {
                    PolicyFault::BlankLine => Want::NoBlankLine,
                    PolicyFault::MxPattern(MxPatternFault::Ip) => Want::NoAddress,
                    _ => Want::WholeGrammar,
                }));
            }
        }
    }
    match policy.mode {
        _ if !is_told => Ok(Read::Untold),
        Some(mode) => Ok(Read::Values { mode: mode.value, max_age: 0, but }),
        None => Err(None),
    }
}

/// Whether a line gives a key a value that can be read.
fn is_field(line: &str) -> bool {
    let read = policy::parse(line.as_bytes());
    let is_long = || read.issues.iter().any(|issue| issue.kind == PolicyFault::MaxAgeTooLong);
    read.version.is_some() || read.mode.is_some() || read.max_age.is_some() || is_long()
}

/// What stands behind the keys, the last of each.
#[derive(Default)]
struct Lines<'t> {
    version: Option<&'t str>,
    mode: Option<&'t str>,
    max_age: Option<&'t str>,
    has_mx: bool,
    /// A line of the standard's keys was passed over, since white space stands before it.
    has_skipped: bool,
}

fn line_by_line(sender: Sender, policy: &Policy<'_>) -> Result<Read, Option<Want>> {
    if policy.issues.iter().any(|issue| issue.kind == PolicyFault::Utf16) {
        // Two of them heed the mark that UTF-16 may begin with.
        let may_read = matches!(sender, Sender::KumoMta | Sender::Mimecast);
        return if may_read { Ok(Read::Untold) } else { Err(None) };
    }
    let text = match sender {
        Sender::Chasquid if policy.text.len() > CHASQUID_LIMIT => {
            let end = (0..=CHASQUID_LIMIT).rev().find(|end| policy.text.is_char_boundary(*end));
            Cow::Borrowed(part::before(&policy.text, end.unwrap_or_default()))
        }
        Sender::KumoMta | Sender::Mimecast => Cow::Borrowed(policy.text.trim_start_matches('\u{feff}')),
        _ => Cow::Borrowed(policy.text.as_ref()),
    };
    let text = match sender {
        // To these a line ends at CR, too.
        Sender::PostfixMtaStsResolver | Sender::Mimecast if text.contains('\r') => {
            Cow::Owned(text.chars().map(|c| if c == '\r' { '\n' } else { c }).collect())
        }
        _ => text,
    };
    Lines::read(sender, &text)?.judge(sender)
}

impl<'t> Lines<'t> {
    fn read(sender: Sender, text: &'t str) -> Result<Self, Option<Want>> {
        let mut lines = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            // Stalwart looks for the next colon, on whichever line.
            let found = if sender == Sender::Stalwart { rest } else { line }.split_once(':');
            let Some((key, value)) = found else {
                let is_blank = line.trim().is_empty();
                let is_refused = match sender {
                    Sender::Maddy => true,
                    Sender::KumoMta => !line.trim_end_matches('\r').is_empty(),
                    _ => false,
                };
                if is_refused {
                    return Err(is_blank.then_some(Want::NoBlankLine));
                }
                // It found no colon in all that is left, which need not be searched again for each line.
                rest = if sender == Sender::Stalwart { "" } else { after };
                continue;
            };
            let (value, after) = match sender {
                Sender::Stalwart => value.split_once('\n').unwrap_or((value, "")),
                _ => (value, after),
            };
            rest = after;
            match sender {
                Sender::Maddy if value.contains(':') => return Err(Some(Want::OneColon)),
                Sender::Mimecast if value.contains(':') => continue,
                _ => {}
            }
            lines.take(sender, key, value.trim())?;
        }
        Ok(lines)
    }

    fn take(&mut self, sender: Sender, key: &str, value: &'t str) -> Result<(), Option<Want>> {
        let trimmed = key.trim();
        if matches!(sender, Sender::PostfixMtaStsResolver | Sender::Maddy) && key != trimmed {
            self.has_skipped |= key.ends_with(trimmed) && matches!(trimmed, "version" | "mode" | "max_age" | "mx");
            return Ok(());
        }
        let (slot, is_right) = match trimmed {
            "version" => (&mut self.version, version_is_right(sender, value)),
            "mode" => (&mut self.mode, mode_of(sender, value).is_some()),
            "max_age" => (&mut self.max_age, sender != Sender::Maddy || value.parse::<i64>().is_ok()),
            "mx" => {
                // An asterisk in the middle is passed over by one of them, and an empty value by two.
                let is_kept = match sender {
                    Sender::Mimecast => !value.is_empty() && (!value.contains('*') || value.starts_with('*')),
                    Sender::Stalwart => !value.is_empty() && value != "*.",
                    _ => true,
                };
                self.has_mx |= is_kept;
                return Ok(());
            }
            _ => return Ok(()),
        };
        let is_second = slot.replace(value).is_some();
        match sender {
            Sender::KumoMta if is_second => Err(Some(Want::NoDuplicate)),
            // To these, each of them has to be right, and not only the last.
            Sender::Maddy | Sender::Stalwart if !is_right => Err(None),
            _ => Ok(()),
        }
    }

    fn judge(&self, sender: Sender) -> Result<Read, Option<Want>> {
        let asks_for_version = !matches!(sender, Sender::Mimecast | Sender::Stalwart);
        if asks_for_version && !self.version.is_some_and(|version| version_is_right(sender, version)) {
            return Err(None);
        }
        let mode = match self.mode {
            Some(mode) => mode_of(sender, mode),
            None => (sender == Sender::Stalwart).then_some(Mode::None),
        };
        let Some(mode) = mode else { return if sender == Sender::Halon { Ok(Read::Untold) } else { Err(None) } };
        if !self.has_mx {
            match (sender, mode) {
                (Sender::Chasquid, Mode::None) => return Err(Some(Want::MxInNoneOrKeeps)),
                (Sender::Stalwart, Mode::None) => return Err(Some(Want::MxInNone)),
                (_, Mode::None) => {}
                (Sender::Halon, _) => return Ok(Read::Untold),
                _ => return Err(None),
            }
        }
        let kept = self.kept_for(sender, mode)?;
        let skipped = self.has_skipped.then_some(But::SkipsIndented);
        Ok(Read::Values { mode, max_age: 0, but: kept.map(|seconds| But::KeepsFor { seconds }).or(skipped) })
    }

    /// For how long the policy is kept, where that is not what `max_age` says.
    fn kept_for(&self, sender: Sender, mode: Mode) -> Result<Option<u32>, Option<Want>> {
        let given = self.max_age.and_then(|value| value.parse::<u64>().ok());
        let limit = u64::from(MAX_AGE_LIMIT);
        match (sender, given) {
            (Sender::Chasquid, Some(0)) => Err(Some(Want::SomeMaxAge)),
            (Sender::PostfixMtaStsResolver | Sender::Chasquid, Some(seconds)) if seconds <= limit => Ok(None),
            (Sender::Mimecast, _) => {
                let given = self.max_age.map_or(Ok(0), str::parse::<i32>).map_err(|_| None)?;
                let least = match mode {
                    Mode::Enforce => 7 * DAY,
                    Mode::Testing => DAY,
                    Mode::None => 0,
                };
                let kept = u32::try_from(given).unwrap_or_default().clamp(least, MAX_AGE_LIMIT);
                Ok((i64::from(kept) != i64::from(given)).then_some(kept))
            }
            (Sender::Stalwart, _) => {
                Ok((!given.is_some_and(|seconds| (3600..limit).contains(&seconds))).then_some(DAY))
            }
            (Sender::KumoMta | Sender::Maddy, Some(_)) | (Sender::Halon, _) => Ok(None),
            _ => Err(None),
        }
    }
}

fn version_is_right(sender: Sender, value: &str) -> bool {
    value == "STSv1" || sender == Sender::Stalwart && value.eq_ignore_ascii_case("STSv1")
}

fn mode_of(sender: Sender, value: &str) -> Option<Mode> {
    let is =
        |mode: &Mode| value == mode.as_str() || sender == Sender::Mimecast && value.eq_ignore_ascii_case(mode.as_str());
    [Mode::Testing, Mode::Enforce, Mode::None].into_iter().find(is)
}
