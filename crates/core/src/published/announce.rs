//! The announce record, TXT at `_mta-sts` (RFC 8461 §3.1): says that there is a policy, and by its id that it changed.

use crate::published::tag_list::{Candidate, Field, Issues, TagList, is_placeholder, squeeze};
use crate::text::part;
use crate::text::span::{Issue, Span, Spanned};

pub use crate::published::tag_list::FormFault;

const VERSION: &str = "STSv1";
const ID_LIMIT: usize = 32;

/// What could be read of an announce record, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnounceRecord {
    /// The strings of the TXT record, joined: what spans point into.
    pub text: String,
    /// The id, where a valid one is given; of several, the first counts.
    pub id: Option<Spanned<String>>,
    /// The fields that the RFC does not know, where they are well formed: `name=value`.
    pub extensions: Vec<Span>,
    /// What is wrong, in the order in which it stands.
    pub issues: Vec<Issue<AnnounceFault>>,
    valid: bool,
}

/// What can be wrong with an announce record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnnounceFault {
    /// The version, or the form of the whole.
    Form(FormFault),
    /// No id, or an empty one.
    IdMissing,
    /// No `id`, but an `ID`: names are case-sensitive.
    IdCase,
    /// A character other than a letter or a digit.
    IdInvalid,
    /// More than 32 characters.
    IdTooLong,
    /// White space around the `=`.
    IdSpacing,
    /// A second id. The record is valid all the same.
    IdDuplicate,
    /// What an example has in place of an id, and senders take for one.
    IdPlaceholder,
    /// It is the text of the policy file.
    PolicyText,
}

impl From<FormFault> for AnnounceFault {
    fn from(fault: FormFault) -> Self {
        Self::Form(fault)
    }
}

impl AnnounceFault {
    /// Whether a sender that follows the RFC accepts the record all the same.
    pub const fn is_harmless(self) -> bool {
        match self {
            Self::Form(fault) => fault.is_harmless(),
            Self::IdDuplicate | Self::IdPlaceholder => true,
            _ => false,
        }
    }
}

/// Reads the text of an announce record, its strings joined without spaces.
pub fn parse(text: String) -> AnnounceRecord {
    let mut issues = Issues::new();
    if is_policy(&text) {
        issues.invalid(AnnounceFault::PolicyText, Span::new(0, text.len()));
        let (valid, issues) = issues.finish();
        return AnnounceRecord { text, id: None, extensions: Vec::new(), issues, valid };
    }
    let list = TagList::read(&text, VERSION, &mut issues);
    let mut reading = Reading { list: &list, issues, id: None, id_meant: false, extensions: Vec::new() };
    let mut miscased = None;
    let has_id = list.fields.iter().any(|field| list.get(field.name) == "id");
    for &field in &list.fields {
        match list.get(field.name) {
            "id" => reading.id(field),
            name if !has_id && name.eq_ignore_ascii_case("id") => miscased = miscased.or(Some(field.name)),
            "v" if !list.has_version => {}
            _ => reading.extension(field),
        }
    }
    let Reading { mut issues, id, id_meant, extensions, .. } = reading;
    if !id_meant {
        match miscased {
            Some(name) => issues.invalid(AnnounceFault::IdCase, name),
            None => issues.invalid(AnnounceFault::IdMissing, Span::new(text.len(), text.len())),
        }
    }
    let (valid, issues) = issues.finish();
    AnnounceRecord { text, id, extensions, issues, valid }
}

/// Whether a text is what the policy file should say.
fn is_policy(text: &str) -> bool {
    let text = squeeze(text);
    ["versionstsv1", "version=stsv1"].iter().any(|version| part::has(&text, version))
        && ["mode", "maxage"].iter().any(|key| part::has(&text, key))
}

/// The text of a valid announce record.
pub fn render(id: &str) -> String {
    format!("v={VERSION}; id={id};")
}

impl AnnounceRecord {
    /// The record as it should be written, with the id as far as it can be kept: its letters and digits, the first 32.
    /// None where it is so already, where it is another kind of record, or where there is no id to keep.
    pub fn corrected(&self) -> Option<String> {
        if self.issues.is_empty() || !self.is_attempt() {
            return None;
        }
        let list = TagList::read(&self.text, VERSION, &mut Issues::<AnnounceFault>::new());
        let id = |exact| list.fields.iter().find_map(|&field| Some((field.span, kept_id(&list, field, exact)?)));
        let (chosen, id) = id(true).or_else(|| id(false))?;
        let mut extensions = self.extensions.iter();
        let mut extension = extensions.next();
        let mut kept = Vec::new();
        for &field in &list.fields {
            if field.span == chosen {
                kept.push((field.span, ["id=", &id].concat()));
            } else if extension == Some(&field.span) {
                extension = extensions.next();
                kept.push((field.span, list.written(field)));
            }
        }
        Some(list.render(VERSION, &kept))
    }
}

/// What a field gives for an id, as far as it can be kept; where it need not be `exact`, also `ID=1`, `id:1` and `id 1`.
fn kept_id(list: &TagList<'_>, field: Field, exact: bool) -> Option<String> {
    let (name, value) = match field.value {
        Some(value) => (list.get(field.name), list.get(value)),
        None => list.get(field.span).split_once([':', ' ', '\t']).filter(|_| !exact)?,
    };
    let is_id = if exact { name == "id" } else { name.eq_ignore_ascii_case("id") };
    let id: String = value.chars().filter(char::is_ascii_alphanumeric).take(ID_LIMIT).collect();
    (is_id && !id.is_empty() && !is_placeholder(value)).then_some(id)
}

impl Candidate for AnnounceRecord {
    fn begins_with_version(&self) -> bool {
        self.text.strip_prefix("v=STSv1").is_some_and(|rest| rest.starts_with(';'))
    }

    fn is_attempt(&self) -> bool {
        let text = squeeze(&self.text);
        ["v=sts", "vsts", "sts", "v=mtasts", "mtasts", "id="].iter().any(|start| text.starts_with(start))
            || part::has(&text, "stsv1")
    }

    fn is_valid(&self) -> bool {
        self.valid
    }
}

struct Reading<'l, 't> {
    list: &'l TagList<'t>,
    issues: Issues<AnnounceFault>,
    id: Option<Spanned<String>>,
    /// Whether an id was given, good or bad.
    id_meant: bool,
    extensions: Vec<Span>,
}

impl Reading<'_, '_> {
    fn id(&mut self, field: Field) {
        if std::mem::replace(&mut self.id_meant, true) {
            // By the grammar a second one is an extension; §3.2 has the same rule for the policy's keys.
            if self.list.check_extension(field, &mut self.issues) {
                self.issues.harmless(AnnounceFault::IdDuplicate, field.span);
            }
            return;
        }
        let Some(span) = field.value else { return self.issues.invalid(FormFault::NoEquals, field.span) };
        if let Some(gap) = self.list.spacing(field) {
            self.issues.invalid(AnnounceFault::IdSpacing, gap);
        }
        let value = self.list.get(span);
        if value.is_empty() {
            return self.issues.invalid(AnnounceFault::IdMissing, span);
        }
        let alphanumeric = value.bytes().all(|b| b.is_ascii_alphanumeric());
        // What is not ASCII has been reported as that.
        if !alphanumeric && value.is_ascii() {
            self.issues.invalid(AnnounceFault::IdInvalid, span);
        }
        if value.len() > ID_LIMIT {
            self.issues.invalid(AnnounceFault::IdTooLong, span);
        } else if alphanumeric {
            if is_placeholder(value) {
                self.issues.harmless(AnnounceFault::IdPlaceholder, span);
            }
            self.id = Some(Spanned { value: value.to_owned(), span });
        }
    }

    fn extension(&mut self, field: Field) {
        // `id:1` and `id 1` were meant as the id.
        let name = self.list.get(field.name);
        let meant_as_id = name.strip_prefix("id").is_some_and(|rest| rest.starts_with([':', ' ', '\t']));
        self.id_meant |= field.value.is_none() && meant_as_id;
        if self.list.check_extension(field, &mut self.issues) {
            self.extensions.push(field.span);
        }
    }
}
