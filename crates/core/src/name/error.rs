//! Why a text is not a domain, in a sentence that says what to type instead.

use std::fmt;

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

impl DomainErrorKind {
    /// What is wrong with what was typed, up to what is to be typed instead.
    pub(super) fn write(self, typed: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DomainErrorKind::Empty => f.write_str("Nothing was typed. Type a domain"),
            DomainErrorKind::TooLong => write!(
                f,
                "“{typed}” is longer than a domain with mail can be (242 characters). Type only the part after the @ of \
                 your mail address"
            ),
            DomainErrorKind::Url => f.write_str("That is a web address. Type only the domain"),
            DomainErrorKind::MailAddress => f.write_str("That is a mail address. Type only the part after the @"),
            DomainErrorKind::IpAddress => write!(
                f,
                "“{typed}” is an IP address or ends like one, and MTA-STS goes by name. Type the part after the @ of \
                 your mail address"
            ),
            DomainErrorKind::SingleLabel => {
                write!(f, "“{typed}” is only one part of a domain. Type all of it, with its ending")
            }
            DomainErrorKind::SpecialUse => write!(
                f,
                "“{typed}” is a reserved name that mail from the internet never reaches. Type a public domain"
            ),
            DomainErrorKind::Unicode => write!(
                f,
                "“{typed}” has a character that no domain can have, or is not spelled as its registry allows. Check the \
                 spelling, or type the form that begins with xn--"
            ),
            DomainErrorKind::Control => {
                write!(f, "“{typed}” was typed or pasted with an invisible character in it. Type the domain by hand")
            }
            DomainErrorKind::Whitespace => {
                write!(f, "“{typed}” has a space in it. Type one domain, without spaces")
            }
            DomainErrorKind::Underscore => write!(
                f,
                "“{typed}” has an underscore: that names a setting in DNS, not a domain with mail. Type the domain that \
                 it belongs to"
            ),
            DomainErrorKind::Hyphen => write!(
                f,
                "“{typed}” has a part that begins or ends with a hyphen, which no domain can. Check the spelling and \
                 type it again"
            ),
            DomainErrorKind::EmptyLabel => {
                write!(f, "“{typed}” has a dot too many. Type the domain with one dot between its parts")
            }
            DomainErrorKind::LabelTooLong => write!(
                f,
                "“{typed}” has a part of more than 63 characters, which no domain can. Check the spelling and type it \
                 again"
            ),
            DomainErrorKind::Wildcard => {
                write!(f, "“{typed}” has an asterisk: it stands for many names. Type one domain")
            }
            DomainErrorKind::Character => write!(
                f,
                "“{typed}” has a character that no domain can have. Type only letters, digits, hyphens and dots"
            ),
        }
    }
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
