//! What announce and TLS-RPT records have in common: a version, then `name=value` fields, semicolons between them
//! (RFC 8461 §3.1 and RFC 8460 §3 have the same grammar), and how one of several TXT records is chosen.
//!
//! The text is read through a mask: quotation marks, escapes, line breaks and typographic blanks are reported once and
//! then read as blanks, so that one slip of pasting does not bring a dozen more faults after it.

use crate::text::part;
use std::borrow::Cow;

use crate::text::span::{Issue, Span};

/// Most issues that are kept of one record, half of them for those that do not make it invalid.
const ISSUE_LIMIT: usize = 64;

/// `(ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")`
const NAME_LIMIT: usize = 32;

/// What can be wrong with any record of this form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormFault {
    /// It does not begin with `v=`.
    VersionMissing,
    /// The version is right but for capital and small letters.
    VersionCase,
    /// White space before the version, or around its `=`.
    VersionSpacing,
    /// Another version.
    VersionUnsupported,
    /// Something other than a semicolon follows the version.
    MissingSemicolon,
    /// White space between the version and its semicolon: the grammar allows it, the prose does not.
    SpaceBeforeSemicolon,
    /// A quotation mark, or a backslash before one or before a semicolon: marks of a zone file, not of the value.
    Quote,
    /// A character that is not ASCII.
    NonAscii,
    /// A line break or another control character.
    Control,
    /// Nothing between two semicolons.
    EmptyField,
    /// A field without `=`.
    NoEquals,
    /// A field's name with a forbidden character, or too long.
    NameInvalid,
    /// A field's value with a forbidden character, or empty.
    ValueInvalid,
    /// White space around a field's `=`.
    Spacing,
    /// White space at the end with no semicolon before it.
    TrailingSpace,
    /// Another record begins here, with no semicolon before it. What follows is no part of this one.
    Joined,
    /// The same behind a semicolon: to the grammar its fields are extensions.
    JoinedApart,
}

impl FormFault {
    /// Whether a record is valid all the same.
    pub const fn is_harmless(self) -> bool {
        matches!(self, Self::SpaceBeforeSemicolon | Self::JoinedApart)
    }
}

/// Issues as they are met: a bounded number of them, and never none of those that make the record invalid.
pub(crate) struct Issues<K> {
    list: Vec<Issue<K>>,
    harmless: usize,
    invalid: bool,
}

impl<K> Issues<K> {
    pub(crate) fn new() -> Self {
        Self { list: Vec::new(), harmless: 0, invalid: false }
    }

    /// The record is invalid for this.
    pub(crate) fn invalid(&mut self, kind: impl Into<K>, span: Span) {
        self.invalid = true;
        if self.list.len() - self.harmless < ISSUE_LIMIT / 2 {
            self.list.push(Issue { kind: kind.into(), span });
        }
    }

    /// The record is valid all the same.
    pub(crate) fn harmless(&mut self, kind: impl Into<K>, span: Span) {
        if self.harmless < ISSUE_LIMIT / 2 {
            self.harmless += 1;
            self.list.push(Issue { kind: kind.into(), span });
        }
    }

    /// Whether the record is valid, and the issues in the order in which they stand.
    pub(crate) fn finish(mut self) -> (bool, Vec<Issue<K>>) {
        crate::text::order::sort_by_key(&mut self.list, |issue| (issue.span.start, issue.span.end));
        (!self.invalid, self.list)
    }
}

/// Takes the faults that any record of this form can have. A reader of both kinds of record hands them over so, and is
/// compiled once.
pub(crate) trait Note {
    /// Takes note of a fault.
    fn note(&mut self, fault: FormFault, span: Span);
}

impl<K: From<FormFault>> Note for Issues<K> {
    fn note(&mut self, fault: FormFault, span: Span) {
        if fault.is_harmless() { self.harmless(fault, span) } else { self.invalid(fault, span) }
    }
}

/// A record, split.
pub(crate) struct TagList<'t> {
    text: &'t str,
    /// The text with marks that do not belong there read as blanks; byte for byte as long.
    plain: Cow<'t, str>,
    /// The fields after the version, in order.
    pub(crate) fields: Vec<Field>,
    /// Whether it begins with a version, whichever.
    pub(crate) has_version: bool,
}

/// A field, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// All of it.
    pub(crate) span: Span,
    /// What stands before the first `=`; all of it where there is none.
    pub(crate) name: Span,
    /// What stands after it.
    pub(crate) value: Option<Span>,
}

impl<'t> TagList<'t> {
    /// Splits a record whose version should be `version`, as in `STSv1`. Of several records in one text it is the first.
    pub(crate) fn read(text: &'t str, version: &str, issues: &mut dyn Note) -> Self {
        let text = before_next(text, version, issues);
        let mut list = Self { text, plain: mask(text, issues), fields: Vec::new(), has_version: false };
        let ends = list.plain.match_indices(';').map(|(at, _)| at).chain([text.len()]);
        let pieces: Vec<Span> =
            ends.scan(0, |start, end| Some(Span::new(std::mem::replace(start, end + 1), end))).collect();
        let final_index = pieces.len() - 1;
        for (index, &piece) in pieces.iter().enumerate() {
            let trimmed = list.trim(piece);
            if index == 0 {
                list.read_version(piece, trimmed, version, issues);
            } else if !list.get(trimmed).is_empty() {
                let field = list.field(trimmed);
                list.fields.push(field);
            } else if index < final_index {
                issues.note(FormFault::EmptyField, Span::new(piece.start - 1, piece.end + 1));
            }
            if index == final_index
                && !list.get(trimmed).is_empty()
                && list.has_blank(Span::new(trimmed.end, piece.end))
            {
                issues.note(FormFault::TrailingSpace, Span::new(trimmed.end, piece.end));
            }
        }
        list
    }

    /// What a span covers, marks that do not belong there read as blanks.
    pub(crate) fn get(&self, span: Span) -> &str {
        span.of(&self.plain)
    }

    /// Whether there is white space around the field's `=`.
    pub(crate) fn spacing(&self, field: Field) -> Option<Span> {
        let gap = Span::new(field.name.end, field.value?.start);
        self.has_blank(gap).then_some(gap)
    }

    /// Checks a field against the grammar of extensions, which is that of every field that is not known.
    pub(crate) fn check_extension(&self, field: Field, issues: &mut dyn Note) -> bool {
        // What is not ASCII has been reported as that.
        if !self.get(field.span).is_ascii() {
            return false;
        }
        let Some(value) = field.value else {
            issues.note(FormFault::NoEquals, field.span);
            return false;
        };
        let mut sound = true;
        let mut fault = |fault, span| {
            issues.note(fault, span);
            sound = false;
        };
        if let Some(gap) = self.spacing(field) {
            fault(FormFault::Spacing, gap);
        }
        if !is_name(self.get(field.name)) {
            fault(FormFault::NameInvalid, field.name);
        }
        // `1*(%x21-3A / %x3C / %x3E-7E)`
        let text = self.get(value);
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic() && b != b';' && b != b'=') {
            fault(FormFault::ValueInvalid, value);
        }
        sound
    }

    /// The record with these fields alone, each with the text that it should have. Blanks between them, and what ends the
    /// record, stay as they were where they were right.
    pub(crate) fn render(&self, version: &str, fields: &[(Span, String)]) -> String {
        let mut text = ["v=", version].concat();
        let mut before_semicolon = "";
        for (span, field) in fields {
            let before = part::before(self.text, span.start);
            let list = before.trim_end_matches(BLANKS);
            let blanks = if list.ends_with(';') { part::from(before, list.len()) } else { " " };
            text.extend([fit_before_semicolon(&text, before_semicolon), ";", blanks, field]);
            let after = part::from(self.text, span.end);
            let rest = after.trim_start_matches(BLANKS);
            before_semicolon = if rest.starts_with(';') { part::before(after, after.len() - rest.len()) } else { "" };
        }
        let end = self.plain.trim_end_matches(BLANKS);
        if end.ends_with(';') {
            let blanks = part::from(self.text, end.len());
            let blanks = if blanks.trim_matches(BLANKS).is_empty() { blanks } else { "" };
            text.extend([fit_before_semicolon(&text, before_semicolon), ";", blanks]);
        } else if text.ends_with('\'') {
            // At the end of a record it would be a mark that does not belong there.
            text.push(';');
        }
        text
    }

    /// A field that is well formed, without the marks that do not belong there.
    pub(crate) fn written(&self, field: Field) -> String {
        [self.get(field.name), "=", field.value.map_or("", |value| self.get(value))].concat()
    }

    fn read_version(&mut self, piece: Span, head: Span, version: &str, issues: &mut dyn Note) {
        let lead = Span::new(piece.start, head.start);
        if self.has_blank(lead) && !self.get(head).is_empty() {
            issues.note(FormFault::VersionSpacing, lead);
        }
        let field = self.field(head);
        let Some(value) = field.value.filter(|_| self.get(field.name).eq_ignore_ascii_case("v")) else {
            issues.note(FormFault::VersionMissing, head);
            // `id=1; v=STSv1` has an id all the same.
            if field.value.is_some() && is_name(self.get(field.name)) {
                self.fields.push(field);
            }
            return;
        };
        self.has_version = true;
        if let Some(gap) = self.spacing(field) {
            issues.note(FormFault::VersionSpacing, gap);
        }
        let (token_end, rest) = self.split_version(value, version);
        let token = Span::new(value.start, token_end);
        let found = self.get(token);
        let exact = found == version && self.get(field.name) == "v";
        if !found.eq_ignore_ascii_case(version) {
            issues.note(FormFault::VersionUnsupported, token);
        } else if !exact {
            issues.note(FormFault::VersionCase, Span::new(field.name.start, token_end));
        }
        let tail = Span::new(head.end, piece.end);
        if rest.is_some() || token_end < head.end {
            let next = rest.map_or(head.end, |rest| rest.start);
            issues.note(FormFault::MissingSemicolon, Span::new(token_end, next));
        } else if exact && piece.end < self.text.len() && self.has_blank(tail) {
            issues.note(FormFault::SpaceBeforeSemicolon, tail);
        }
        if let Some(rest) = rest {
            let field = self.field(rest);
            self.fields.push(field);
        }
    }

    /// Where the version ends, and the field that follows it without a semicolon: `STSv1 id=1`, `STSv1,id=1`,
    /// `STSv1id=1`.
    fn split_version(&self, value: Span, version: &str) -> (usize, Option<Span>) {
        let text = self.get(value);
        let known = text.get(..version.len()).is_some_and(|start| start.eq_ignore_ascii_case(version));
        let token = text.find([' ', '\t', ',']).unwrap_or(text.len());
        let runs_on = known && text.get(version.len()..token).is_some_and(|between| between.contains('='));
        let token = if runs_on { version.len() } else { token };
        let after = part::from(text, token);
        let rest = after.trim_start_matches(|c: char| c.is_ascii_punctuation() || c == ' ' || c == '\t');
        let start = value.end - rest.len();
        (value.start + token, (!rest.is_empty()).then_some(Span::new(start, value.end)))
    }

    fn field(&self, span: Span) -> Field {
        let text = self.get(span);
        let Some(equals) = text.find('=') else { return Field { span, name: span, value: None } };
        let name = part::before(text, equals).trim_end_matches(BLANKS);
        let value = part::from(text, equals + 1).trim_start_matches(BLANKS);
        Field {
            span,
            name: Span::new(span.start, span.start + name.len()),
            value: Some(Span::new(span.end - value.len(), span.end)),
        }
    }

    fn trim(&self, span: Span) -> Span {
        let text = self.get(span);
        let start = span.start + (text.len() - text.trim_start_matches(BLANKS).len());
        Span::new(start, start + text.trim_matches(BLANKS).len())
    }

    /// Whether there is white space in the span: that of the grammar, not what the mask made.
    fn has_blank(&self, span: Span) -> bool {
        span.of(self.text).contains(BLANKS)
    }
}

/// What stands between a record's text and its next semicolon: a backslash must not stand right before it, since that
/// is a mark that does not belong there.
fn fit_before_semicolon<'b>(text: &str, blanks: &'b str) -> &'b str {
    if blanks.is_empty() && text.ends_with('\\') { " " } else { blanks }
}

/// Records that stand at names like these, by what follows their `v=`.
const VERSIONS: [&str; 5] = ["STSv1", "TLSRPTv1", "spf1", "DMARC1", "DKIM1"];

/// What may stand between two records that were pasted as one.
fn is_between(c: char) -> bool {
    matches!(c, '"' | '\'') || is_typographic(c)
}

/// Whether a text begins with something, in capital or small letters.
fn begins(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

/// Where another record begins in a text, behind the first. A web address may say `?v=STSv1`.
fn next_record(text: &str) -> Option<usize> {
    let is_version = |at: &usize| {
        let (before, rest) = part::split(text, *at);
        let version = part::from(rest, "v=".len());
        begins(rest, "v=")
            && VERSIONS.iter().any(|known| begins(version, known))
            && !before.ends_with(['?', '&', '/', '=', '.', '-', '_', '#'])
            && !before.trim_end_matches(is_between).is_empty()
    };
    let mut places = text.as_bytes().iter().enumerate().filter(|(_, byte)| matches!(byte, b'v' | b'V'));
    places.find_map(|(at, _)| is_version(&at).then_some(at))
}

/// The records of a text in which somebody put several.
pub(crate) fn each_record(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (record, after) = part::split(rest, next_record(rest).unwrap_or(rest.len()));
        rest = after;
        (!record.is_empty()).then(|| record.trim_end_matches(is_between))
    })
}

/// A text up to where another record begins.
fn before_next<'t>(text: &'t str, version: &str, issues: &mut dyn Note) -> &'t str {
    let is_first = || squeeze(text).strip_prefix("v=").is_some_and(|rest| begins(rest, version));
    let Some(at) = next_record(text).filter(|_| is_first()) else { return text };
    let (before, after) = part::split(text, at);
    let before = before.trim_end_matches(is_between);
    let fault = match before.ends_with(';') {
        // Said twice, it is an extension like others.
        true if begins(part::from(after, "v=".len()), version) => return text,
        true => FormFault::JoinedApart,
        false => FormFault::Joined,
    };
    issues.note(fault, Span::new(before.len(), text.len()));
    before
}

/// Whether a value is what an example has in place of one: `<YYYYMMDD>`, `{{ timestamp }}`.
pub(crate) fn is_placeholder(value: &str) -> bool {
    let plain = squeeze(value);
    value.contains(['<', '>', '{', '}', '[', ']', '$', '%'])
        || ["yyyy", "timestamp", "xxxx"].iter().any(|word| part::has(&plain, word))
        || ["date", "datetime"].contains(&plain.as_str())
}

/// `WSP` of RFC 5234.
pub(crate) const BLANKS: [char; 2] = [' ', '\t'];

/// Whether a text is a field's name by the grammar, which records and policies share.
pub(crate) fn is_name(name: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    name.len() <= NAME_LIMIT && name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.bytes().all(inner)
}

/// Reports marks that do not belong into a record, each run of them once, and reads them as blanks.
fn mask<'t>(text: &'t str, issues: &mut dyn Note) -> Cow<'t, str> {
    let suspect = |b: u8| !b.is_ascii() || (b.is_ascii_control() && b != b'\t') || matches!(b, b'"' | b'\\' | b'\'');
    if !text.bytes().any(suspect) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut run: Option<Issue<FormFault>> = None;
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let Some(kind) = misplaced(c, at, text) else {
            plain.push(c);
            continue;
        };
        match &mut run {
            Some(run) if run.kind == kind && run.span.end == at => run.span.end = span.end,
            run => {
                if let Some(done) = run.replace(Issue { kind, span }) {
                    issues.note(done.kind, done.span);
                }
            }
        }
        if c.is_ascii() || is_typographic(c) {
            plain.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            plain.push(c);
        }
    }
    if let Some(last) = run {
        issues.note(last.kind, last.span);
    }
    Cow::Owned(plain)
}

fn misplaced(c: char, at: usize, text: &str) -> Option<FormFault> {
    match c {
        '"' => Some(FormFault::Quote),
        '\\' if part::from(text, at + 1).starts_with([';', '"']) => Some(FormFault::Quote),
        // In the middle it is a character like any other.
        '\'' if at == 0 || at + 1 == text.len() => Some(FormFault::Quote),
        '\t' => None,
        c if c.is_ascii_control() => Some(FormFault::Control),
        c if !c.is_ascii() => Some(FormFault::NonAscii),
        _ => None,
    }
}

/// Blanks, invisible characters and quotation marks that word processors put in.
pub(crate) fn is_typographic(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2018}'..='\u{201f}' | '\u{2060}' | '\u{feff}' | '«' | '»')
}

/// A text as loosely as a person reads it: letters, digits and `=`, in lower case; for telling what was meant.
pub(crate) fn squeeze(text: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || *c == '=';
    text.chars().take(256).filter(kept).map(|c| c.to_ascii_lowercase()).collect()
}

/// A parsed record, as far as choosing among several goes.
pub trait Candidate {
    /// Whether it begins with the version and a semicolon, exactly: what does not is discarded where there are several.
    fn begins_with_version(&self) -> bool;
    /// Whether somebody meant such a record, well or badly written.
    fn is_attempt(&self) -> bool;
    /// Whether the grammar accepts it.
    fn is_valid(&self) -> bool;
}

/// Which TXT record of one name counts (RFC 8461 §3.1, RFC 8460 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// There is none.
    Nothing,
    /// The one at this index.
    One(usize),
    /// More than one begins with the version, so none counts.
    Several,
    /// None counts; the one at this index was meant to.
    Attempt(usize),
    /// None counts, and none was meant to.
    Unrelated,
}

impl Choice {
    /// Chooses. A record that stands alone is judged by the grammar; among several, those that do not begin with the
    /// version and a semicolon are discarded before counting.
    pub(crate) fn of<C: Candidate>(records: &[C]) -> Self {
        match records {
            [] => return Self::Nothing,
            [only] if only.is_valid() => return Self::One(0),
            _ => {}
        }
        let mut counted = (0..records.len()).filter(|&index| records[index].begins_with_version());
        match (counted.next(), counted.next()) {
            (Some(_), Some(_)) => Self::Several,
            (Some(index), None) => Self::One(index),
            (None, _) => match records.iter().position(Candidate::is_attempt) {
                Some(index) => Self::Attempt(index),
                None => Self::Unrelated,
            },
        }
    }

    /// The index of the record whose faults are told.
    pub(crate) fn judged(self) -> Option<usize> {
        match self {
            Self::One(index) | Self::Attempt(index) => Some(index),
            Self::Nothing | Self::Several | Self::Unrelated => None,
        }
    }
}
