//! The policy file (RFC 8461 §3.2): the values that could be read, and every fault with its place.

mod correction;
mod key;
pub(crate) mod live_hosts;
mod lost_line_ends;
pub mod mx_pattern;

use crate::text::part;
use std::borrow::Cow;

use crate::published::tag_list::is_name;
use crate::text::span::{Issue, Span, Spanned};
use key::{Key, comment};
use lost_line_ends::fields;
use mx_pattern::{MxPattern, MxPatternFault};

/// Largest `max_age`, in seconds: a year of 365.25 days (RFC 8461 §3.2).
pub const MAX_AGE_LIMIT: u32 = 31_557_600;

/// Faults of one kind that are kept: a policy has a dozen lines, and what is not a policy would have a fault on each.
const ISSUE_LIMIT: usize = 20;

/// What senders do where a server does not fit the policy (RFC 8461 §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Deliver, and report.
    Testing,
    /// Do not deliver.
    Enforce,
    /// As if there were no policy.
    None,
}

impl Mode {
    /// As the policy file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Testing => "testing",
            Self::Enforce => "enforce",
            Self::None => "none",
        }
    }
}

/// What could be read of a policy file.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy<'a> {
    /// The body as text; spans point into it.
    pub text: Cow<'a, str>,
    /// Where `STSv1` stands.
    pub version: Option<Span>,
    /// The mode.
    pub mode: Option<Spanned<Mode>>,
    /// How long senders remember the policy, in seconds.
    pub max_age: Option<Spanned<u32>>,
    /// The valid patterns, in order.
    pub mx: Vec<Spanned<MxPattern>>,
    /// What is wrong, in the order of the text; what is missing comes last.
    pub issues: Vec<Issue<PolicyFault>>,
    /// There is nothing but white space.
    pub is_empty: bool,
    /// It is a web page. Nothing else is said of it then.
    pub looks_like_html: bool,
    /// The worst of all faults, kept or not.
    worst: Harm,
    /// How many faults of each kind are kept.
    kept: Vec<(PolicyFault, usize)>,
}

/// What a fault does to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Harm {
    /// The grammar and the prose allow it.
    Allowed,
    /// They forbid it, and every line can still be read.
    Forbidden,
    /// A sender that follows the RFC then finds no policy.
    Void,
}

/// What can be wrong with the text of a policy file; the catalogue's rules have the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the rule of the same name, which says all of it")]
pub enum PolicyFault {
    Bom,
    Utf16,
    /// Of the same rule: some bytes are not UTF-8.
    NotUtf8,
    CrOnly,
    BlankLine,
    LeadingSpace,
    Comment,
    LineInvalid,
    /// Of the same rule: several fields stand in one line.
    LinesJoined,
    /// Of the same rule: the servers stand on lines of their own, each behind a hyphen.
    YamlList,
    KeyCase,
    KeyTypo,
    KeyUnknown,
    KeyDuplicate,
    VersionMissing,
    VersionInvalid,
    VersionNotFirst,
    ModeMissing,
    ModeInvalid,
    MaxAgeMissing,
    MaxAgeInvalid,
    MaxAgeTooLong,
    MxMissing,
    LegacyJson,
    RecordPasted,
    /// The value of an `mx` line is no pattern.
    MxPattern(MxPatternFault),
}

impl PolicyFault {
    /// Whether the grammar or the prose of RFC 8461 §3.2 forbids it.
    pub fn is_forbidden(self) -> bool {
        !matches!(
            self,
            Self::KeyTypo
                | Self::KeyUnknown
                | Self::KeyDuplicate
                | Self::VersionNotFirst
                | Self::MxPattern(MxPatternFault::Ip)
        )
    }

    /// A blank line is forbidden too, and still leaves every other line readable.
    fn harm(self) -> Harm {
        match self {
            Self::BlankLine => Harm::Forbidden,
            _ if self.is_forbidden() => Harm::Void,
            _ => Harm::Allowed,
        }
    }
}

impl<'a> Policy<'a> {
    /// Nothing read yet.
    fn of(text: Cow<'a, str>) -> Self {
        Self {
            text,
            version: None,
            mode: None,
            max_age: None,
            mx: Vec::new(),
            issues: Vec::new(),
            is_empty: false,
            looks_like_html: false,
            worst: Harm::Allowed,
            kept: Vec::new(),
        }
    }

    /// Whether the RFC's grammar and prose accept it whole.
    pub fn is_valid(&self) -> bool {
        self.is_usable() && self.worst == Harm::Allowed
    }

    /// Whether somebody meant a policy, well or badly written: something in it is a policy's own.
    pub fn is_attempt(&self) -> bool {
        let says = |issue: &Issue<PolicyFault>| match issue.kind {
            PolicyFault::LegacyJson => part::has(&self.text, "\"mode\""),
            // What any text may have, and what a text lacks.
            kind => !matches!(
                kind,
                PolicyFault::Bom
                    | PolicyFault::NotUtf8
                    | PolicyFault::CrOnly
                    | PolicyFault::BlankLine
                    | PolicyFault::LeadingSpace
                    | PolicyFault::Comment
                    | PolicyFault::LineInvalid
                    | PolicyFault::KeyUnknown
                    | PolicyFault::VersionMissing
                    | PolicyFault::ModeMissing
                    | PolicyFault::MaxAgeMissing
                    | PolicyFault::MxMissing
            ),
        };
        let reads = self.version.is_some() || self.mode.is_some() || self.max_age.is_some() || !self.mx.is_empty();
        reads || self.issues.iter().any(says)
    }

    /// Whether a sender that follows the RFC finds a policy in it.
    pub fn is_usable(&self) -> bool {
        !self.is_empty && !self.looks_like_html && self.worst < Harm::Void
    }

    /// Takes note of a fault. Of each kind the first few are kept, so that none crowds out another; what they mean for the
    /// whole is kept of all.
    fn note(&mut self, kind: PolicyFault, span: Span) {
        self.worst = self.worst.max(kind.harm());
        let at = self.kept.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            self.kept.push((kind, 0));
            self.kept.len() - 1
        });
        if self.kept[at].1 < ISSUE_LIMIT {
            self.kept[at].1 += 1;
            self.issues.push(Issue { kind, span });
        }
    }
}

/// Reads a policy file. Bytes that are not UTF-8 become U+FFFD.
pub fn parse(body: &[u8]) -> Policy<'_> {
    let utf16 = utf16(body);
    let mut parsed = Policy::of(utf16.map_or_else(|| String::from_utf8_lossy(body), Cow::Owned));
    // The text is moved out while lines of it are read, so that nothing is copied.
    let text = std::mem::take(&mut parsed.text);
    let whole = Span::new(0, text.len());
    if is_utf16(body) {
        parsed.note(PolicyFault::Utf16, whole);
    } else {
        match Form::of(&text) {
            Form::Empty => parsed.is_empty = true,
            Form::Html => parsed.looks_like_html = true,
            Form::Json => parsed.note(PolicyFault::LegacyJson, whole),
            Form::Record => parsed.note(PolicyFault::RecordPasted, whole),
            Form::Lines => {
                // Up to there the text has the bytes of the file, and there it has a character for those that are none.
                if let Some(at) = std::str::from_utf8(body).err().map(|error| error.valid_up_to()) {
                    parsed.note(PolicyFault::NotUtf8, Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()));
                }
                Reader::of(&mut parsed, &text).read();
            }
        }
    }
    parsed.text = text;
    parsed
}

/// The text of a policy file with these patterns. Mode none needs none (RFC 8461 §3.2).
pub(crate) fn render<'p>(mode: Mode, patterns: impl Iterator<Item = &'p str>, max_age: u32) -> String {
    let mx = mx_lines(patterns);
    format!("version: STSv1\nmode: {}\n{mx}max_age: {max_age}\n", mode.as_str())
}

/// The line of a policy file for each pattern.
pub(crate) fn mx_lines<'p>(patterns: impl Iterator<Item = &'p str>) -> String {
    let mut lines = String::new();
    for pattern in patterns {
        lines.extend(["mx: ", pattern, "\n"]);
    }
    lines
}

/// What the whole of a text is, by how it begins.
enum Form {
    Empty,
    Html,
    /// Of an old draft.
    Json,
    /// The text of the announce record.
    Record,
    /// A policy, or at least nothing else.
    Lines,
}

impl Form {
    fn of(text: &str) -> Self {
        let content = text.trim_start_matches('\u{feff}').trim();
        match content.as_bytes().first() {
            None => Self::Empty,
            Some(b'<') => Self::Html,
            Some(b'{') => Self::Json,
            _ if content.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("v=sts")) => Self::Record,
            _ => Self::Lines,
        }
    }
}

fn is_utf16(body: &[u8]) -> bool {
    match body {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        // Without a mark, every other byte of ASCII text is zero.
        [0, b, 0, c, ..] | [b, 0, c, 0, ..] => *b != 0 && *c != 0,
        _ => false,
    }
}

fn utf16(body: &[u8]) -> Option<String> {
    if !is_utf16(body) {
        return None;
    }
    let big_endian = matches!(body, [0xfe, 0xff, ..] | [0, ..]);
    let unit = |pair: &[u8]| match (pair, big_endian) {
        (&[a, b], true) => u16::from_be_bytes([a, b]),
        (&[a, b], false) => u16::from_le_bytes([a, b]),
        _ => 0xfffd,
    };
    let units: Vec<u16> = body.chunks(2).map(unit).filter(|unit| *unit != 0xfeff).collect();
    Some(String::from_utf16_lossy(&units))
}

struct Reader<'p, 'a> {
    parsed: &'p mut Policy<'a>,
    /// What spans point into.
    text: &'p str,
    /// Whether a field was met, whatever its key.
    begun: bool,
    /// Which keys were met, valid or not.
    seen: [bool; 4],
    /// The fault of an `mx` key without a value, while what follows may be a list of its servers.
    list: Option<usize>,
}

impl<'p, 'a> Reader<'p, 'a> {
    fn of(parsed: &'p mut Policy<'a>, text: &'p str) -> Self {
        Self { parsed, text, begun: false, seen: [false; 4], list: None }
    }

    fn read(&mut self) {
        let text = self.text;
        let mut at = 0;
        if text.starts_with('\u{feff}') {
            at = '\u{feff}'.len_utf8();
            self.fault(PolicyFault::Bom, 0, at);
        }
        let bytes = text.as_bytes();
        let is_bare = |at: usize| bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n');
        // It is reported once; the lines between are read all the same.
        if let Some(cr) = (at..bytes.len()).find(|at| is_bare(*at)) {
            self.fault(PolicyFault::CrOnly, cr, cr + 1);
        }
        while at < text.len() {
            let rest = part::from(text, at);
            let line = part::before(rest, rest.find(['\r', '\n']).unwrap_or(rest.len()));
            self.line(line, at);
            let is_crlf = part::from(rest, line.len()).starts_with("\r\n");
            at += line.len() + if is_crlf { 2 } else { 1 };
        }
        self.missing(text.len());
    }

    /// Reads one line, without its end, that begins at `start`.
    fn line(&mut self, line: &str, start: usize) {
        let field = line.trim_end_matches([' ', '\t']);
        if field.trim().is_empty() {
            return self.fault(PolicyFault::BlankLine, start, start + line.len());
        }
        let trimmed = field.trim_start_matches([' ', '\t']);
        let start = start + field.len() - trimmed.len();
        let end = start + trimmed.len();
        if let (Some(item), Some(at)) = (trimmed.strip_prefix('-'), self.list) {
            return self.item(item.trim_matches([' ', '\t', '"', '\'']), at, end);
        }
        self.list = None;
        if trimmed.len() != field.len() {
            self.fault(PolicyFault::LeadingSpace, start - (field.len() - trimmed.len()), start);
        }
        if trimmed.starts_with('#') {
            return self.fault(PolicyFault::Comment, start, end);
        }
        let mut fields = fields(trimmed).peekable();
        if fields.peek().is_some() {
            self.fault(PolicyFault::LinesJoined, start, end);
            for (at, key, value, length) in fields {
                self.field(key, value, start + at, start + at + length);
            }
            return;
        }
        let Some((key, value)) = trimmed.split_once(':').filter(|(key, _)| is_name(key)) else {
            self.begun = true;
            return self.fault(PolicyFault::LineInvalid, start, end);
        };
        let value = value.trim_start_matches([' ', '\t']);
        self.field(key, value, start, end);
    }

    /// Reads a server of a list, which is where a key's value should be.
    fn item(&mut self, value: &str, list: usize, end: usize) {
        if let Some(issue) = self.parsed.issues.get_mut(list) {
            issue.kind = PolicyFault::YamlList;
            issue.span.end = end;
        }
        self.mx(value, end - value.len(), end);
    }

    fn mx(&mut self, value: &str, at: usize, end: usize) {
        match MxPattern::parse(value) {
            Ok(value) => self.parsed.mx.push(Spanned { value, span: Span::new(at, end) }),
            Err(fault) => self.fault(PolicyFault::MxPattern(fault), at, end),
        }
    }

    fn field(&mut self, name: &str, value: &str, start: usize, end: usize) {
        let at = end - value.len();
        let first = !std::mem::replace(&mut self.begun, true);
        let key = Key::of(name);
        let again = key.is_some_and(|key| std::mem::replace(&mut self.seen[key as usize], true));
        let (value, end) = match key.and_then(|_| comment(value)) {
            Some(remark) => {
                self.fault(PolicyFault::Comment, at + remark, end);
                let value = part::before(value, remark).trim_end_matches([' ', '\t']);
                (value, at + value.len())
            }
            None => (value, end),
        };
        let quoted = key.is_some() && value.starts_with(['"', '\'']);
        let absent = matches!(key, None | Some(Key::Mx)) && value.is_empty();
        // The grammar excludes the control characters of ASCII alone.
        if quoted || absent || value.bytes().any(|byte| byte.is_ascii_control()) {
            self.fault(PolicyFault::LineInvalid, start, end);
            let is_noted = |issue: &Issue<PolicyFault>| issue.span == Span::new(start, end);
            let newest = self.parsed.issues.len().checked_sub(1).filter(|_| absent && key == Some(Key::Mx));
            self.list = newest.filter(|at| self.parsed.issues.get(*at).is_some_and(is_noted));
            return;
        }
        match key {
            Some(Key::Version | Key::Mode | Key::MaxAge) if again => self.fault(PolicyFault::KeyDuplicate, start, end),
            Some(Key::Version) => {
                if value == "STSv1" {
                    self.parsed.version = Some(Span::new(at, end));
                } else {
                    self.fault(PolicyFault::VersionInvalid, at, end);
                }
                if !first {
                    self.fault(PolicyFault::VersionNotFirst, start, end);
                }
            }
            Some(Key::Mode) => match value {
                "testing" => self.mode(Mode::Testing, at, end),
                "enforce" => self.mode(Mode::Enforce, at, end),
                "none" => self.mode(Mode::None, at, end),
                _ => self.fault(PolicyFault::ModeInvalid, at, end),
            },
            Some(Key::MaxAge) => self.max_age(value, at, end),
            Some(Key::Mx) => self.mx(value, at, end),
            None => {
                let fault = match meant(name) {
                    Some((_, known)) if known.eq_ignore_ascii_case(name) => PolicyFault::KeyCase,
                    Some(_) => PolicyFault::KeyTypo,
                    None => PolicyFault::KeyUnknown,
                };
                self.fault(fault, start, start + name.len());
            }
        }
    }

    fn mode(&mut self, value: Mode, at: usize, end: usize) {
        self.parsed.mode = Some(Spanned { value, span: Span::new(at, end) });
    }

    /// `1*10(DIGIT)`, at most [`MAX_AGE_LIMIT`].
    fn max_age(&mut self, value: &str, at: usize, end: usize) {
        let digits = (1..=10).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse::<u64>() {
            Ok(seconds) if digits => match u32::try_from(seconds) {
                Ok(value) if value <= MAX_AGE_LIMIT => {
                    self.parsed.max_age = Some(Spanned { value, span: Span::new(at, end) });
                }
                _ => self.fault(PolicyFault::MaxAgeTooLong, at, end),
            },
            _ => self.fault(PolicyFault::MaxAgeInvalid, at, end),
        }
    }

    fn missing(&mut self, end: usize) {
        // What is near a key that is there was not meant as that key, unless it may be repeated.
        for issue in self.parsed.issues.iter_mut().filter(|issue| issue.kind == PolicyFault::KeyTypo) {
            let key = meant(issue.span.of(self.text)).map(|(key, _)| key);
            if key.is_some_and(|key| key != Key::Mx && self.seen[key as usize]) {
                issue.kind = PolicyFault::KeyUnknown;
            }
        }
        let none = self.parsed.mode.is_some_and(|mode| mode.value == Mode::None);
        let [version, mode, max_age, mx] = self.seen;
        let missing = [
            (version, PolicyFault::VersionMissing),
            (mode, PolicyFault::ModeMissing),
            (max_age, PolicyFault::MaxAgeMissing),
            (mx || none, PolicyFault::MxMissing),
        ];
        for (_, fault) in missing.into_iter().filter(|(seen, _)| !seen) {
            self.fault(fault, end, end);
        }
    }

    fn fault(&mut self, kind: PolicyFault, start: usize, end: usize) {
        self.parsed.note(kind, Span::new(start, end));
    }
}

/// The known key that an unknown one was probably meant to be: the same but for case, `-` or `_`, or one letter.
fn meant(key: &str) -> Option<(Key, &'static str)> {
    let bare = |key: &str| {
        key.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect::<Vec<u8>>()
    };
    let key = bare(key);
    let near = |(_, known): &(Key, &str)| {
        let known = bare(known);
        known == key || is_one_edit_away(&known, &key)
    };
    Key::ALL.into_iter().find(near)
}

/// Whether one letter more, less or other makes the two the same. Of two-letter keys only a letter more counts, or
/// every short extension would be near `mx`.
fn is_one_edit_away(known: &[u8], key: &[u8]) -> bool {
    let same_start = known.iter().zip(key).take_while(|(a, b)| a == b).count();
    let (known_rest, key_rest) = (&known[same_start..], &key[same_start..]);
    match (known_rest, key_rest) {
        ([], [_]) => true,
        ([_], []) => known.len() > 2,
        ([_, a @ ..], [_, b @ ..]) if known.len() > 2 => a == b || a == key_rest || known_rest == b,
        (_, [_, b @ ..]) => known_rest == b,
        _ => false,
    }
}
