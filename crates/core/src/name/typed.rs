//! What people type where a domain is asked for: the name inside a web address, a mail address, a wildcard or the
//! name of a DNS record.

use super::labels::POLICY_PATH;
use super::{DOMAIN_LIMIT, DomainError, DomainErrorKind, DomainName, misplaced, validate};
use crate::text::part;

/// Longest name that is given to IDNA, in bytes: four times as long as any that could come out short enough.
const UNICODE_LIMIT: usize = 1024;

/// The dots of IDNA: full stop, ideographic, fullwidth and halfwidth ideographic (UTS 46).
const DOTS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

impl DomainName {
    /// Reads what a person typed. White space around it and one trailing dot do no harm; where it is a web or mail
    /// address, a wildcard or the name of a DNS record, the error suggests the domain in it.
    ///
    /// `to_ascii` is the host's IDNA mapping (UTS 46; a browser's or a Worker's `URL`), from one name to A-labels. It
    /// is called only for a name that is not ASCII, one that holds no other ASCII characters than letters, digits,
    /// hyphens and dots; what it returns is validated like anything else.
    pub fn parse(input: &str, to_ascii: impl FnOnce(&str) -> Option<String>) -> Result<Self, DomainError> {
        let text = input.trim();
        let error = |kind| DomainError::new(kind, text);
        let (address, host) = host_of_address(text);
        let (record, name) = name_of_record(host);
        let read = read_name(name, to_ascii);
        let Some(kind) = address.or(record) else {
            return read.map_err(error);
        };
        Err(match read {
            Ok(domain) => error(kind).suggesting(domain),
            // To leave the address away would not help: the name in it cannot be checked.
            Err(inner @ (DomainErrorKind::IpAddress | DomainErrorKind::SpecialUse)) => error(inner),
            Err(_) => error(kind),
        })
    }
}

fn read_name(name: &str, to_ascii: impl FnOnce(&str) -> Option<String>) -> Result<DomainName, DomainErrorKind> {
    if name.is_ascii() {
        return validate(name, DOMAIN_LIMIT);
    }
    // A URL parser gives these characters a meaning of their own, so they never reach it.
    if let Some(kind) = name.chars().find_map(misplaced) {
        return Err(kind);
    }
    if name.len() > UNICODE_LIMIT {
        return Err(DomainErrorKind::TooLong);
    }
    validate(&to_ascii(name).ok_or(DomainErrorKind::Unicode)?, DOMAIN_LIMIT)
}

/// The name in a web or mail address, and which of them it is; the text itself where it is neither.
fn host_of_address(text: &str) -> (Option<DomainErrorKind>, &str) {
    if let Some((_, address)) = part::around(text, "://") {
        return (Some(DomainErrorKind::Url), host_of_url(address));
    }
    match text.find(['@', '/', '\\', '?', '#']) {
        Some(at) if part::from(text, at).starts_with('@') => (Some(DomainErrorKind::MailAddress), host_of_mail(text)),
        Some(_) => (Some(DomainErrorKind::Url), host_of_url(text.strip_prefix("//").unwrap_or(text))),
        // A port, or a scheme without slashes; more colons are an IPv6 address.
        None if text.matches(':').count() == 1 => (Some(DomainErrorKind::Url), host_of_url(text)),
        None => (None, text),
    }
}

/// The host of `user:password@host:port/path`.
fn host_of_url(address: &str) -> &str {
    let end = address.find(|c: char| matches!(c, '/' | '\\' | '?' | '#') || c.is_whitespace());
    let (authority, path) = part::split(address, end.unwrap_or(address.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = if host.matches(':').count() == 1 { host.split(':').next().unwrap_or(host) } else { host };
    // The address of a policy is an address at the policy host; its domain is what is to be checked.
    match host.strip_prefix("mta-sts.") {
        Some(domain) if path == POLICY_PATH => domain,
        _ => without_www(host),
    }
}

/// A web site's name without its `www`: mail is addressed to what is below. Of `www.com`, that is the name.
fn without_www(host: &str) -> &str {
    match host.split_at_checked(4) {
        Some((www, domain)) if www.eq_ignore_ascii_case("www.") && domain.contains(DOTS) => domain,
        _ => host,
    }
}

/// The domain of `user@domain`, `Name <user@domain>` and `mailto:user@domain?subject=…`.
fn host_of_mail(text: &str) -> &str {
    let domain = text.rsplit('@').next().unwrap_or(text);
    if domain.starts_with('[') {
        return domain;
    }
    let end = domain.find(|c: char| matches!(c, '>' | ',' | ';' | '?' | '/' | ':' | ')' | '"') || c.is_whitespace());
    part::before(domain, end.unwrap_or(domain.len()))
}

/// The domain below the labels of a DNS record's name or of a wildcard, and which of them it is.
fn name_of_record(host: &str) -> (Option<DomainErrorKind>, &str) {
    let Some(at) = host.rfind(['_', '*']) else {
        return (None, host);
    };
    let kind =
        if part::from(host, at).starts_with('*') { DomainErrorKind::Wildcard } else { DomainErrorKind::Underscore };
    let domain = part::from(host, at).split_once(DOTS).map_or("", |(_, domain)| domain);
    (Some(kind), domain)
}
