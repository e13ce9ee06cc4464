//! Where reports go: a URI of one of two schemes (RFC 8460 §3, RFC 3986, RFC 6068).

use crate::name::is_local;
use crate::text::letter::is_letter_or_digit;
use crate::text::part;

/// One place that reports go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// `mailto:`
    Mailto {
        /// The address, percent-decoded.
        address: String,
        /// What stands after its `@`, in lower case.
        domain: String,
    },
    /// `https:`
    Https {
        /// The host, in lower case, without port.
        host: String,
    },
}

/// Why a text is no destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DestinationError {
    /// It begins with neither `mailto:` nor `https:`.
    Scheme,
    /// It is not a mail address or web address.
    BadAddress,
}

impl Destination {
    /// Reads an ASCII text as a URI that reports can go to; on failure says which of the two faults it is.
    pub(super) fn parse(uri: &str) -> Result<Self, DestinationError> {
        let (scheme, rest) = uri.split_once(':').ok_or(DestinationError::Scheme)?;
        // A scheme is case-insensitive (RFC 3986 §3.1).
        let read = if scheme.eq_ignore_ascii_case("mailto") {
            mailto(rest)
        } else if scheme.eq_ignore_ascii_case("https") {
            https(rest)
        } else {
            return Err(DestinationError::Scheme);
        };
        read.filter(|_| rest.bytes().all(is_uri_byte)).ok_or(DestinationError::BadAddress)
    }

    /// The domain or host that it leads to.
    pub fn domain(&self) -> &str {
        match self {
            Self::Mailto { domain, .. } => domain,
            Self::Https { host } => host,
        }
    }
}

/// The URI that was meant, where that is plain: `mailto:` put before a bare address, `https:` for `http:`, the size
/// limit of DMARC taken off, what a URI cannot have encoded.
pub(super) fn mend(uri: &str) -> Option<String> {
    if Destination::parse(uri).is_ok() {
        return Some(uri.to_owned());
    }
    let is_limit = |limit: &str| {
        let digits = limit.trim_end_matches(['k', 'm', 'g', 't']);
        limit.len() - digits.len() < 2 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let bare = uri.rsplit_once('!').filter(|(_, limit)| is_limit(limit)).map_or(uri, |(bare, _)| bare);
    let (scheme, rest) = bare.split_once(':').unwrap_or(("mailto", bare));
    let rest = rest.trim_start_matches('<').trim_end_matches('>');
    if rest.contains(['<', '>', '{', '}']) {
        // An example has it in place of a name.
        return None;
    }
    let meant = if scheme.eq_ignore_ascii_case("mailto") {
        let (address, query) = part::split(rest, rest.find('?').unwrap_or(rest.len()));
        encode(&encode("mailto:", address.trim_start_matches(['/', '<']).trim_end_matches('.')), query)
    } else if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
        encode("https:", rest)
    } else {
        return None;
    };
    Destination::parse(&meant).is_ok().then_some(meant)
}

/// A beginning, and after it a text with what cannot stand in a URI encoded.
pub(super) fn encode(start: &str, text: &str) -> String {
    let mut uri = start.to_owned();
    for byte in text.bytes() {
        if is_uri_byte(byte) {
            uri.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value & 15)]);
            uri.push('%');
            uri.push(digit(byte >> 4));
            uri.push(digit(byte));
        }
    }
    uri
}

/// One address, as a comma parts destinations here; `?subject=…` may follow. RFC 6068 §2 wants these signs encoded, and
/// `&` and `=` besides, which are common and do no harm.
fn mailto(rest: &str) -> Option<Destination> {
    let address = rest.split('?').next().filter(|address| !address.contains(['/', '#', '[', ']']))?;
    let address = percent_decode(address)?;
    let (local, domain) = address.rsplit_once('@')?;
    let domain = domain.to_ascii_lowercase();
    (is_local_part(local) && !domain.ends_with('.') && is_host(&domain))
        .then_some(Destination::Mailto { address, domain })
}

/// `dot-atom-text` or `quoted-string` (RFC 6068 §2), as RFC 5321 §4.1.2 has them in mail, with what RFC 6531 adds.
fn is_local_part(local: &str) -> bool {
    if let Some(quoted) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let mut signs = quoted.chars();
        while let Some(sign) = signs.next() {
            let sound = match sign {
                '"' => false,
                // Before any printable sign of ASCII.
                '\\' => signs.next().is_some_and(|sign| matches!(sign, ' '..='~')),
                sign => !sign.is_control(),
            };
            if !sound {
                return false;
            }
        }
        return true;
    }
    let atext = |c: char| is_letter_or_digit(c) || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(atext))
}

fn https(rest: &str) -> Option<Destination> {
    let rest = rest.strip_prefix("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    if let Some(literal) = authority.strip_prefix('[') {
        let (address, port) = literal.split_once(']')?;
        address.parse::<std::net::Ipv6Addr>().ok()?;
        return is_port(port).then(|| Destination::Https { host: address.to_ascii_lowercase() });
    }
    let (host, port) = part::split(authority, authority.find(':').unwrap_or(authority.len()));
    let host = host.to_ascii_lowercase();
    let is_address = host.parse::<std::net::Ipv4Addr>().is_ok();
    ((is_address || is_host(&host)) && is_port(port)).then_some(Destination::Https { host })
}

/// Whether the last of some destinations is a web address.
pub(super) fn ends_in_web_address(destinations: &str) -> bool {
    destinations.rsplit(',').find(|item| item.contains(':')).is_some_and(is_web)
}

/// What is before a comma, as far as it counts for what follows.
#[derive(Clone, Copy, Default)]
pub(super) struct Before {
    is_web: bool,
    has_query: bool,
}

impl Before {
    pub(super) fn of(address: &str) -> Self {
        Self { is_web: is_web(address) && !address.ends_with([' ', '\t']), has_query: address.contains('?') }
    }

    /// Whether what stands behind the comma belongs to the web address before it: it is no destination, and the comma stands
    /// in the address's query, or no host's name follows.
    pub(super) fn goes_on_with(self, item: &str) -> bool {
        let rest = item.trim_end_matches([' ', '\t']);
        self.is_web
            && !rest.is_empty()
            && !rest.contains([':', '@', '!', ' ', '\t'])
            && (self.has_query || !rest.contains(['.', '/']))
    }
}

fn is_web(destination: &str) -> bool {
    let start = destination.trim_start_matches([' ', '\t']).get(.."https://".len());
    start.is_some_and(|start| start.eq_ignore_ascii_case("https://"))
}

fn is_port(text: &str) -> bool {
    text.is_empty() || text.strip_prefix(':').is_some_and(|digits| digits.is_empty() || digits.parse::<u16>().is_ok())
}

/// A host name that the internet can have, with or without the trailing dot: no top-level domain takes reports, or is a
/// number, and some names mean something inside one network only. The underscore is not in the grammar of hosts, but in use.
fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let Some((_, top)) = host.rsplit_once('.') else { return false };
    if top.bytes().all(|b| b.is_ascii_digit()) || is_local(host) {
        return false;
    }
    let label = |label: &str| {
        let inner = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        (1..=63).contains(&label.len()) && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// Unreserved and reserved characters and `%` (RFC 3986 §2), but for those that a record wants encoded.
fn is_uri_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"-._~:/?#[]@$&'()*+=%".contains(&b)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}
