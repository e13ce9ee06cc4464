//! The TLS-RPT record, TXT at `_smtp._tls` (RFC 8460 §3): where senders should report what went wrong with TLS.

mod correction;
mod destination;

use crate::published::tag_list::{BLANKS, Candidate, Field, Issues, TagList, squeeze};
use crate::text::part;
use crate::text::span::{Issue, Span, Spanned};
use destination::DestinationError;

pub use crate::published::tag_list::FormFault;
pub use destination::Destination;

const VERSION: &str = "TLSRPTv1";

/// Destinations that are kept; few records have more than two.
const RUA_LIMIT: usize = 20;

/// Fields of a DMARC record (RFC 7489 §6.3) that mean nothing here.
const DMARC_NAMES: [&str; 10] = ["p", "sp", "np", "ruf", "adkim", "aspf", "pct", "ri", "rf", "fo"];

/// What could be read of a TLS-RPT record, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsRptRecord {
    /// The strings of the TXT record, joined: what spans point into.
    pub text: String,
    /// The valid destinations of the first `rua` field, in order: the first twenty.
    pub rua: Vec<Spanned<Destination>>,
    /// How many there are, kept or not.
    pub rua_count: usize,
    /// What is wrong, in the order in which it stands.
    pub issues: Vec<Issue<TlsRptFault>>,
    valid: bool,
}

/// What can be wrong with a TLS-RPT record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TlsRptFault {
    /// The version, or the form of the whole.
    Form(FormFault),
    /// No `rua`, or an empty one.
    RuaMissing,
    /// No `rua`, but a `RUA`: names are case-sensitive.
    RuaCase,
    /// A destination that begins with neither `mailto:` nor `https:`.
    RuaScheme,
    /// A destination that is not a mail address or web address.
    RuaBadAddress,
    /// `!` or `;` in a destination, where the grammar wants `%21` or `%3B`.
    RuaUnencoded,
    /// A second `rua` field. The record is valid all the same.
    RuaDuplicate,
    /// A field of DMARC. The record is valid all the same.
    Dmarc,
}

impl From<DestinationError> for TlsRptFault {
    fn from(error: DestinationError) -> Self {
        match error {
            DestinationError::Scheme => Self::RuaScheme,
            DestinationError::BadAddress => Self::RuaBadAddress,
        }
    }
}

impl From<FormFault> for TlsRptFault {
    fn from(fault: FormFault) -> Self {
        Self::Form(fault)
    }
}

impl TlsRptFault {
    /// Whether a sender that follows the RFC accepts the record all the same.
    pub const fn is_harmless(self) -> bool {
        match self {
            Self::Form(fault) => fault.is_harmless(),
            Self::RuaDuplicate | Self::Dmarc => true,
            _ => false,
        }
    }
}

/// Reads the text of a TLS-RPT record, its strings joined without spaces.
pub fn parse(text: String) -> TlsRptRecord {
    let mut issues = Issues::new();
    let list = TagList::read(&text, VERSION, &mut issues);
    let mut reading = Reading { list: &list, issues, rua: None, rua_count: 0 };
    let mut miscased = None;
    let mut before: Option<Field> = None;
    for &field in &list.fields {
        match list.get(field.name) {
            "rua" => reading.rua(field),
            name if name.eq_ignore_ascii_case("rua") => miscased = miscased.or(Some(field.name)),
            "v" if !list.has_version => {}
            _ if reading.continues(field, before) => {
                let end = if field.value.is_some() { field.name.end } else { field.span.end };
                reading.issues.invalid(TlsRptFault::RuaUnencoded, Span::new(field.span.start - 1, end));
            }
            name => {
                let dmarc = DMARC_NAMES.contains(&name);
                if list.check_extension(field, &mut reading.issues) && dmarc {
                    reading.issues.harmless(TlsRptFault::Dmarc, field.span);
                }
            }
        }
        before = Some(field);
    }
    let Reading { mut issues, rua, rua_count, .. } = reading;
    match (&rua, miscased) {
        (Some(_), _) => {}
        (None, Some(name)) => issues.invalid(TlsRptFault::RuaCase, name),
        (None, None) => issues.invalid(TlsRptFault::RuaMissing, Span::new(text.len(), text.len())),
    }
    let (valid, issues) = issues.finish();
    TlsRptRecord { text, rua: rua.unwrap_or_default(), rua_count, issues, valid }
}

/// The text of a valid TLS-RPT record with these URIs, which must be encoded as the grammar wants.
pub fn render<'u>(uris: impl IntoIterator<Item = &'u str>) -> String {
    let uris: Vec<&str> = uris.into_iter().collect();
    format!("v={VERSION}; rua={}", uris.join(","))
}

impl TlsRptRecord {
    /// Whether it begins with `v=TLSRPTv1;`: what does not is discarded where there are several (RFC 8460 §3).
    pub fn begins_with_version(&self) -> bool {
        self.text.strip_prefix("v=TLSRPTv1").is_some_and(|rest| rest.starts_with(';'))
    }

    /// Whether somebody meant a TLS-RPT record, well or badly written.
    pub fn is_attempt(&self) -> bool {
        let text = squeeze(&self.text);
        part::has(&text, "tlsrpt") || ["v=tls", "rua="].iter().any(|start| text.starts_with(start))
    }

    /// Whether the grammar accepts it.
    pub fn is_valid(&self) -> bool {
        self.valid
    }
}

impl Candidate for TlsRptRecord {
    fn begins_with_version(&self) -> bool {
        self.begins_with_version()
    }
    fn is_attempt(&self) -> bool {
        self.is_attempt()
    }
    fn is_valid(&self) -> bool {
        self.is_valid()
    }
}

struct Reading<'l, 't> {
    list: &'l TagList<'t>,
    issues: Issues<TlsRptFault>,
    /// The first `rua` field's destinations; none where there was no such field.
    rua: Option<Vec<Spanned<Destination>>>,
    rua_count: usize,
}

impl Reading<'_, '_> {
    /// `tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)`
    fn rua(&mut self, field: Field) {
        let first = self.rua.is_none();
        let mut found = (Vec::new(), 0);
        match field.value {
            None => self.issues.invalid(FormFault::NoEquals, field.span),
            Some(value) if self.list.get(value).is_empty() => self.issues.invalid(TlsRptFault::RuaMissing, value),
            Some(value) => {
                if let Some(gap) = self.list.spacing(field) {
                    self.issues.invalid(FormFault::Spacing, gap);
                }
                found = self.destinations(value);
            }
        }
        if first {
            self.rua_count = found.1;
            self.rua = Some(found.0);
        } else {
            self.issues.harmless(TlsRptFault::RuaDuplicate, field.span);
        }
    }

    /// The first few, and how many there are.
    fn destinations(&mut self, value: Span) -> (Vec<Spanned<Destination>>, usize) {
        let (mut found, mut count) = (Vec::new(), 0);
        let mut start = value.start;
        for item in self.list.get(value).split(',') {
            let end = start + item.len();
            let lead = item.len() - item.trim_start_matches(BLANKS).len();
            let uri = item.trim_matches(BLANKS);
            let span = Span::new(start + lead, start + lead + uri.len());
            if uri.is_empty() {
                // The comma before it or, at the front, the one after it.
                let comma = if start > value.start { start - 1 } else { end };
                self.issues.invalid(FormFault::EmptyField, Span::new(comma, comma + 1));
            } else if let Some(destination) = self.destination(uri, span) {
                count += 1;
                if found.len() < RUA_LIMIT {
                    found.push(destination);
                }
            }
            start = end + 1;
        }
        (found, count)
    }

    fn destination(&mut self, uri: &str, span: Span) -> Option<Spanned<Destination>> {
        // What is not ASCII has been reported as that.
        if !uri.is_ascii() {
            return None;
        }
        if let Some((bare, _)) = uri.split_once('!') {
            self.issues.invalid(TlsRptFault::RuaUnencoded, Span::new(span.start + bare.len(), span.end));
            // An address cut off at the `!` is no fault of its own.
            if Destination::parse(bare) == Err(DestinationError::Scheme) {
                self.issues.invalid(TlsRptFault::RuaScheme, span);
            }
            return None;
        }
        match Destination::parse(uri) {
            Ok(value) => Some(Spanned { value, span }),
            Err(fault) => {
                self.issues.invalid(fault, span);
                None
            }
        }
    }

    /// Whether a field is the rest of a web address that was cut off at a raw `;`.
    fn continues(&self, field: Field, before: Option<Field>) -> bool {
        let Some(before) = before.filter(|before| before.span.end + 1 == field.span.start) else { return false };
        let web = before.value.is_some_and(|value| part::has(self.list.get(value), "https:"));
        web && self.list.get(before.name) == "rua" && field.value.is_none() && self.list.get(field.span).is_ascii()
    }
}
