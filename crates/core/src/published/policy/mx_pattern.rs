//! `mx:` patterns and what they allow (RFC 8461 §3.2, §4.1).

use std::net::IpAddr;

use crate::name::public_suffix::is_public_suffix;

/// Longest name and label (RFC 1035 §2.3.4).
pub(super) const NAME_LIMIT: usize = 253;
const LABEL_LIMIT: usize = 63;

/// A valid pattern, in lower case: a host name, or `*.` and a host name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MxPattern(String);

/// Why a text is no pattern; the catalogue's rules have the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the rule of the same name, which says all of it")]
pub enum MxPatternFault {
    TrailingDot,
    Port,
    Ip,
    /// Of the same rule: an address that has not even the form of a name.
    IpLiteral,
    List,
    Priority,
    UrlOrAddress,
    BadWildcard,
    NonAscii,
    InvalidLabel,
}

impl MxPattern {
    /// Reads the value of an `mx:` line: `["*."] Domain`, the domain as in RFC 5321 §4.1.2.
    pub fn parse(value: &str) -> Result<Self, MxPatternFault> {
        if !value.is_ascii() {
            return Err(MxPatternFault::NonAscii);
        }
        let mut tokens = value.split([' ', '\t', ',', ';']).filter(|token| !token.is_empty());
        if let (Some(first), Some(_)) = (tokens.next(), tokens.next()) {
            let preference = first.bytes().all(|byte| byte.is_ascii_digit()) && tokens.next().is_none();
            return Err(if preference { MxPatternFault::Priority } else { MxPatternFault::List });
        }
        if value.contains(['/', '@']) || value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
            return Err(MxPatternFault::UrlOrAddress);
        }
        let literal = value.trim_matches(['[', ']']);
        if let Ok(address) = literal.parse::<IpAddr>() {
            // Four numbers with dots have the form of a name; a bracket or a colon has not.
            return Err(if address.is_ipv4() && literal == value {
                MxPatternFault::Ip
            } else {
                MxPatternFault::IpLiteral
            });
        }
        if value.contains(':') {
            return Err(MxPatternFault::Port);
        }
        let base = value.strip_prefix("*.").unwrap_or(value);
        if base.is_empty() || base.contains('*') || base.starts_with('.') {
            return Err(MxPatternFault::BadWildcard);
        }
        if base.ends_with('.') {
            return Err(MxPatternFault::TrailingDot);
        }
        if base.len() > NAME_LIMIT || !base.split('.').all(is_label) {
            return Err(MxPatternFault::InvalidLabel);
        }
        Ok(Self(value.to_ascii_lowercase()))
    }

    /// The pattern as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it begins with `*.`.
    pub fn is_wildcard(&self) -> bool {
        self.0.starts_with("*.")
    }

    /// The name without `*.`.
    pub fn base(&self) -> &str {
        self.0.strip_prefix("*.").unwrap_or(&self.0)
    }

    /// Whether it allows an MX host, by the name in the MX record (RFC 8461 §4.1): in any case, `*` for exactly one
    /// label.
    pub fn matches(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        if !self.is_wildcard() {
            return host.eq_ignore_ascii_case(&self.0);
        }
        host.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && rest.eq_ignore_ascii_case(self.base()))
    }

    /// Whether it would allow the host if only `*` stood for another number of labels, none included.
    pub fn misses_by_depth(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let above = host.strip_suffix(self.base());
        self.is_wildcard()
            && !self.matches(&host)
            && above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    }

    /// Whether it is a wildcard directly under a public suffix, as far as a rule of thumb can tell: a top-level domain;
    /// one of the usual second-level names where the country has it; or a suffix under which strangers register names.
    ///
    /// The whole list of public suffixes weighs more than the rest of the core.
    pub fn is_too_broad(&self) -> bool {
        self.is_wildcard() && is_public_suffix(self.base())
    }
}

fn is_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    (1..=LABEL_LIMIT).contains(&bytes.len())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && bytes.first() != Some(&b'-')
        && bytes.last() != Some(&b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> MxPattern {
        MxPattern::parse(text).expect(text)
    }

    #[test]
    fn a_wildcard_is_exactly_one_label() {
        // RFC 8461 §4.1's own examples.
        let wildcard = pattern("*.example.com");
        assert!(wildcard.matches("mail.example.com"));
        assert!(!wildcard.matches("example.com"));
        assert!(!wildcard.matches("foo.bar.example.com"));
        assert!(wildcard.misses_by_depth("foo.bar.example.com") && wildcard.misses_by_depth("example.com"));
        assert!(!wildcard.misses_by_depth("mail.example.com") && !wildcard.misses_by_depth("badexample.com"));
    }

    #[test]
    fn case_and_a_trailing_dot_do_not_count() {
        assert!(pattern("Mail.Example.COM").matches("mAIL.example.com."));
        assert!(pattern("*.Example.COM").matches("mAIL.example.com."));
        assert!(!pattern("mail.example.com").matches("xmail.example.com"));
    }

    #[test]
    fn faults_are_told_apart() {
        let faults = [
            ("mail.example.com.", MxPatternFault::TrailingDot),
            ("*.", MxPatternFault::BadWildcard),
            ("*", MxPatternFault::BadWildcard),
            ("mail*.example.com", MxPatternFault::BadWildcard),
            ("a.*.example.com", MxPatternFault::BadWildcard),
            (".example.com", MxPatternFault::BadWildcard),
            ("mail.example.com:25", MxPatternFault::Port),
            ("192.0.2.1", MxPatternFault::Ip),
            ("[192.0.2.1]", MxPatternFault::IpLiteral),
            ("2001:db8::1", MxPatternFault::IpLiteral),
            ("[2001:db8::1]", MxPatternFault::IpLiteral),
            ("10 mail.example.com", MxPatternFault::Priority),
            ("a.example.com b.example.com", MxPatternFault::List),
            ("a.example.com,b.example.com", MxPatternFault::List),
            ("smtp://a.example.com", MxPatternFault::UrlOrAddress),
            ("me@example.com", MxPatternFault::UrlOrAddress),
            ("b\u{fc}cher.example", MxPatternFault::NonAscii),
            ("a_b.example.com", MxPatternFault::InvalidLabel),
            ("-a.example.com", MxPatternFault::InvalidLabel),
            ("a..example.com", MxPatternFault::InvalidLabel),
        ];
        for (text, fault) in faults {
            assert_eq!(MxPattern::parse(text), Err(fault), "{text}");
        }
        let long = format!("{}.com", "a".repeat(64));
        assert_eq!(MxPattern::parse(&long), Err(MxPatternFault::InvalidLabel));
    }

    #[test]
    fn what_is_too_broad_is_a_public_suffix() {
        let broad = ["com", "shop", "com.au", "co.uk", "me.uk", "org.nz", "co.jp", "any.ck", "github.io", "pages.dev"];
        for base in broad {
            assert!(pattern(&format!("*.{base}")).is_too_broad(), "{base}");
            let host = format!("x.{base}");
            assert_eq!(psl::suffix_str(&host), Some(base), "not a public suffix");
        }
        for base in [
            "example.com",
            "mail.protection.outlook.com",
            "mx.cloudflare.net",
            "google.com",
            "me.com",
            "id.me",
            "co.eu",
            "net.li",
            "co.com.example",
        ] {
            assert!(!pattern(&format!("*.{base}")).is_too_broad(), "{base}");
        }
    }
}
