//! Why a text is not a domain.

use crate::text::invisible::is_invisible;

/// What can be wrong with a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DomainErrorKind {
    /// Nothing was typed.
    Empty,
    /// More than 242 characters, which leaves no room for `_smtp._tls.` within a name's 253.
    TooLong,
    /// A web address, or a name with a port.
    Url,
    /// A mail address.
    MailAddress,
    /// An IP address in any form that a URL parser takes for one.
    IpAddress,
    /// One label, without an ending.
    SingleLabel,
    /// A special-use name (`is_special_use`).
    SpecialUse,
    /// Not ASCII, and IDNA has no A-labels for it.
    Unicode,
    /// A control character.
    Control,
    /// White space inside.
    Whitespace,
    /// An underscore: the name of a DNS record rather than of a domain with mail.
    Underscore,
    /// A label that begins or ends with a hyphen.
    Hyphen,
    /// Two dots in a row, or a dot in front.
    EmptyLabel,
    /// A label over 63 characters.
    LabelTooLong,
    /// An asterisk.
    Wildcard,
    /// Another ASCII character that a host name cannot have.
    Character,
}

/// At most this many characters of what was typed come back in a sentence.
const SHOWN_LIMIT: usize = 60;

/// The beginning of a text, without what cannot be seen or turns the text around it; a blank of any kind is a space.
pub(super) fn fit_to_show(text: &str) -> String {
    let spaced = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let mut visible = spaced.filter(|c| !is_invisible(*c));
    let mut shown: String = visible.by_ref().take(SHOWN_LIMIT).collect();
    if visible.next().is_some() {
        shown.push('…');
    }
    shown
}
