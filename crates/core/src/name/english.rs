//! English: why a text is not a domain, and what to type instead. Another language is another such table.

use super::error::DomainErrorKind;

/// What is wrong with what was typed, up to what is to be typed instead.
pub(super) fn sentences(kind: DomainErrorKind) -> &'static str {
    match kind {
        DomainErrorKind::Empty => "Nothing was typed. Type a domain",
        DomainErrorKind::TooLong => {
            "“{typed}” is longer than a domain with mail can be (242 characters). Type only the part after the @ of your mail \
             address"
        }
        DomainErrorKind::Url => "That is a web address. Type only the domain",
        DomainErrorKind::MailAddress => "That is a mail address. Type only the part after the @",
        DomainErrorKind::IpAddress => {
            "“{typed}” is an IP address or ends like one, and MTA-STS goes by name. Type the part after the @ of your mail \
             address"
        }
        DomainErrorKind::SingleLabel => "“{typed}” is only one part of a domain. Type all of it, with its ending",
        DomainErrorKind::SpecialUse => {
            "“{typed}” is a reserved name that mail from the internet never reaches. Type a public domain"
        }
        DomainErrorKind::Unicode => {
            "“{typed}” has a character that no domain can have, or is not spelled as its registry allows. Check the \
             spelling, or type the form that begins with xn--"
        }
        DomainErrorKind::Control => {
            "“{typed}” was typed or pasted with an invisible character in it. Type the domain by hand"
        }
        DomainErrorKind::Whitespace => "“{typed}” has a space in it. Type one domain, without spaces",
        DomainErrorKind::Underscore => {
            "“{typed}” has an underscore: that names a setting in DNS, not a domain with mail. Type the domain that it \
             belongs to"
        }
        DomainErrorKind::Hyphen => {
            "“{typed}” has a part that begins or ends with a hyphen, which no domain can. Check the spelling and type it \
             again"
        }
        DomainErrorKind::EmptyLabel => "“{typed}” has a dot too many. Type the domain with one dot between its parts",
        DomainErrorKind::LabelTooLong => {
            "“{typed}” has a part of more than 63 characters, which no domain can. Check the spelling and type it again"
        }
        DomainErrorKind::Wildcard => "“{typed}” has an asterisk: it stands for many names. Type one domain",
        DomainErrorKind::Character => {
            "“{typed}” has a character that no domain can have. Type only letters, digits, hyphens and dots"
        }
    }
}

/// The whole, where the domain that was meant is known.
pub(super) const MEANT: &str = "{sentences}: {meant}";

/// The whole, where it is not.
pub(super) const LIKE: &str = "{sentences}, like example.com.";
