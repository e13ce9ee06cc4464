//! Domain names at the border: what a person typed becomes a [`DomainName`], or a sentence that says what to type.

mod english;
mod error;
pub mod labels;
pub mod public_suffix;
mod typed;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use error::DomainErrorKind;

use error::fit_to_show;

use crate::text::template::fill;

/// A domain that mail can be sent to and a policy fetched for: A-labels, lower case, without the trailing dot, two
/// labels or more, and neither an IP address nor a special-use name. In JSON a string; reading it back validates it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct DomainName(String);

/// Why a text is not a [`DomainName`]. Its `Display` is a sentence or two for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainError {
    /// What is wrong.
    pub kind: DomainErrorKind,
    /// The domain that was probably meant.
    pub suggestion: Option<DomainName>,
    /// What was typed, fit to be shown.
    shown: String,
}

/// Longest name in text, without its trailing dot (RFC 1035 §2.3.4: 255 octets on the wire).
pub(crate) const NAME_LIMIT: usize = 253;

/// What stands before a domain in the longest name that a check asks for (RFC 8460 §3).
const TLSRPT_PREFIX: &str = "_smtp._tls.";

/// Longest domain: `_smtp._tls.` has to fit in front of it.
const DOMAIN_LIMIT: usize = NAME_LIMIT - TLSRPT_PREFIX.len();

/// Longest label (RFC 1035 §2.3.4).
const LABEL_LIMIT: usize = 63;

impl DomainName {
    /// Reads a name that is ASCII already: nothing is trimmed but one trailing dot.
    pub fn from_ascii(text: &str) -> Result<Self, DomainError> {
        validate(text, DOMAIN_LIMIT).map_err(|kind| DomainError::new(kind, text))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The labels, leftmost first.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }

    /// The policy host, `mta-sts.` and the domain (RFC 8461 §3.3).
    #[must_use]
    pub fn policy_host(&self) -> Self {
        Self(format!("mta-sts.{self}"))
    }

    /// The domain one label up; none where that is a top-level name.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, parent) = self.0.split_once('.')?;
        parent.contains('.').then(|| Self(parent.to_owned()))
    }

    /// Where the announce record stands (RFC 8461 §3.1).
    pub fn announce_name(&self) -> String {
        format!("_mta-sts.{self}")
    }

    /// Where the TLS-RPT record stands (RFC 8460 §3).
    pub fn tlsrpt_name(&self) -> String {
        format!("{TLSRPT_PREFIX}{self}")
    }

    /// Whether it is under `.example`, which can never be real (RFC 2606 §2): hosts answer it from saved evidence and
    /// look nothing up.
    pub fn is_worked_example(&self) -> bool {
        self.0.ends_with(".example")
    }
}

/// Whether a name is a zone's own or below it, label by label; both in lower case, without the trailing dot.
pub(crate) fn is_within(name: &str, zone: &str) -> bool {
    name.strip_suffix(zone).is_some_and(|labels| labels.is_empty() || labels.ends_with('.'))
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "types")]
impl schemars::JsonSchema for DomainName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DomainName".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        const LABEL: &str = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
        let never_last = format!("[0-9]+|0x[0-9a-f]*|{}", SPECIAL_USE.join("|"));
        schemars::json_schema!({
            "type": "string",
            "description": "The name of a domain or host: A-labels, lower case, two or more, without a dot at the end. Neither an \
                            IP address nor a special-use name (RFC 6761).",
            "maxLength": NAME_LIMIT,
            "pattern": format!(r"^({LABEL}\.)+(?!({never_last})$){LABEL}$"),
        })
    }
}

impl TryFrom<String> for DomainName {
    type Error = DomainError;

    /// As [`DomainName::from_ascii`], and as long as any name: evidence holds policy hosts too.
    fn try_from(text: String) -> Result<Self, DomainError> {
        validate(&text, NAME_LIMIT).map_err(|kind| DomainError::new(kind, &text))
    }
}

impl DomainError {
    fn new(kind: DomainErrorKind, typed: &str) -> Self {
        Self { kind, suggestion: None, shown: fit_to_show(typed) }
    }

    fn suggesting(self, domain: DomainName) -> Self {
        Self { suggestion: Some(domain), ..self }
    }
}

impl std::error::Error for DomainError {}

impl fmt::Display for DomainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = if self.suggestion.is_some() { english::MEANT } else { english::LIKE };
        f.write_str(&fill(whole, |word, out| match (word, &self.suggestion) {
            ("sentences", _) => {
                out.push_str(&fill(english::sentences(self.kind), |_typed, out| out.push_str(&self.shown)));
            }
            (_meant, Some(domain)) => out.push_str(&fit_to_show(domain.as_str())),
            _ => {}
        }))
    }
}

/// Top-level names, and one below, under which nothing has mail from the internet: the special-use names of RFC 6761
/// and of IANA's registry, `internal` (reserved by ICANN in 2024), and all of `arpa`, where only infrastructure lives
/// (RFC 3172).
///
/// `example` is not among them, because the worked examples live there; nor are `example.com` and its like, which
/// exist.
const SPECIAL_USE: [&str; 8] = ["alt", "arpa", "internal", "invalid", "local", "localhost", "onion", "test"];

/// Whether a name is, or is under, a special-use name: never one that mail from the internet reaches. Any case, with
/// or without the trailing dot. Names under `.example` are not counted ([`DomainName::is_worked_example`]).
pub fn is_special_use(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let last = name.rsplit('.').next().unwrap_or(name);
    SPECIAL_USE.iter().any(|special| last.eq_ignore_ascii_case(special))
}

fn validate(text: &str, limit: usize) -> Result<DomainName, DomainErrorKind> {
    let name = text.strip_suffix('.').unwrap_or(text);
    if name.is_empty() {
        return Err(DomainErrorKind::Empty);
    }
    if is_ip_address(name) {
        return Err(DomainErrorKind::IpAddress);
    }
    if let Some(kind) = name.chars().find_map(misplaced) {
        return Err(kind);
    }
    if !name.is_ascii() {
        return Err(DomainErrorKind::Unicode);
    }
    if name.len() > limit {
        return Err(DomainErrorKind::TooLong);
    }
    name.split('.').try_for_each(validate_label)?;
    if is_special_use(name) {
        return Err(DomainErrorKind::SpecialUse);
    }
    if !name.contains('.') {
        return Err(DomainErrorKind::SingleLabel);
    }
    Ok(DomainName(name.to_ascii_lowercase()))
}

fn validate_label(label: &str) -> Result<(), DomainErrorKind> {
    if label.is_empty() {
        Err(DomainErrorKind::EmptyLabel)
    } else if label.len() > LABEL_LIMIT {
        Err(DomainErrorKind::LabelTooLong)
    } else if label.starts_with('-') || label.ends_with('-') {
        Err(DomainErrorKind::Hyphen)
    } else {
        Ok(())
    }
}

/// What it means that this character is in a name; nothing, where it belongs there or IDNA has to tell.
fn misplaced(character: char) -> Option<DomainErrorKind> {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' => None,
        '_' => Some(DomainErrorKind::Underscore),
        '*' => Some(DomainErrorKind::Wildcard),
        '@' => Some(DomainErrorKind::MailAddress),
        '/' | ':' => Some(DomainErrorKind::Url),
        other if other.is_whitespace() => Some(DomainErrorKind::Whitespace),
        other if other.is_control() => Some(DomainErrorKind::Control),
        other if other.is_ascii() => Some(DomainErrorKind::Character),
        _ => None,
    }
}

/// Whether a URL parser would take this for an address: in brackets, with colons, or with a last label that is a
/// number, decimal, octal or hexadecimal (the "ends in a number" check of the URL Standard, which also takes `0x`).
fn is_ip_address(name: &str) -> bool {
    if name.starts_with('[') {
        return true;
    }
    if name.matches(':').nth(1).is_some() {
        let address = name.split('%').next().unwrap_or(name);
        return address.chars().all(|c| c.is_ascii_hexdigit() || c == ':' || c == '.');
    }
    let last = name.rsplit('.').next().unwrap_or(name);
    let digits = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    match digits {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests;
