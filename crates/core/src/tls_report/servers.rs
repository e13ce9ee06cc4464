//! Whose mail server a failure was at, however the sender writes its name.

use std::net::IpAddr;

use super::domain_reports::FailedSessions;
use crate::providers::mx_line;
use crate::report;
use crate::text::order;

/// The mail servers of the domain, as a check lists them.
pub(super) struct Servers<'s> {
    hosts: Vec<&'s str>,
    addresses: Vec<IpAddr>,
    /// The domain itself, and the names that the servers greet with, as reports tell; in order.
    aliases: Vec<String>,
}

/// Whose a mail server is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The domain's own.
    Own,
    /// That cannot be told: it counts as the domain's own.
    Untold,
    /// One that the check does not list.
    Others,
}

impl<'s> Servers<'s> {
    pub(super) fn read(check: Option<&'s report::Report>, failed: &[FailedSessions<'s>]) -> Self {
        let mx = check.map_or(&[][..], |check| &check.mx);
        let hosts: Vec<&str> = mx.iter().map(|mx| mx.host.trim_end_matches('.')).collect();
        let addresses = mx.iter().flat_map(|mx| &mx.addresses).filter_map(|address| self::address(address)).collect();
        let mut servers = Self { hosts, addresses, aliases: Vec::new() };
        let greetings = failed.iter().filter(|failed| servers.is_at_own(failed)).map(|failed| name(failed.helo));
        let mut aliases: Vec<String> =
            greetings.filter(|name| mx_line::is_host(name)).map(str::to_ascii_lowercase).collect();
        aliases.extend(check.map(|check| check.domain.as_str().to_owned()));
        order::sort_long(&mut aliases, &|one, other| one < other);
        aliases.dedup();
        servers.aliases = aliases;
        servers
    }

    pub(super) fn whose(&self, failed: &FailedSessions<'_>) -> Whose {
        let host = name(failed.host);
        if self.hosts.is_empty() || host.is_empty() {
            return Whose::Untold;
        }
        let is_own = |name: &str| self.is_host(name) || self.aliases.binary_search(&name.to_ascii_lowercase()).is_ok();
        if self.is_at_own(failed) || is_own(host) || is_own(name(failed.helo)) {
            return Whose::Own;
        }
        // Not every name is one: "unknown", a list, a pattern. A large server's addresses change from answer to answer.
        if mx_line::is_host(host) && address(host).is_none() { Whose::Others } else { Whose::Untold }
    }

    /// Whether it names one of the servers, or gives its address.
    fn is_at_own(&self, failed: &FailedSessions<'_>) -> bool {
        let behind = failed.host.split_once('[').map_or("", |(_, behind)| behind);
        let addresses = [failed.receiving_ip, behind, failed.host];
        self.is_host(name(failed.host))
            || addresses.into_iter().filter_map(address).any(|address| self.addresses.contains(&address))
    }

    fn is_host(&self, name: &str) -> bool {
        self.hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
    }
}

/// The name alone of `mx.example[192.0.2.1]:25`.
fn name(host: &str) -> &str {
    let name = host.split(['[', '(', ' ']).next().unwrap_or_default();
    let (before, port) = name.rsplit_once(':').unwrap_or((name, ""));
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && !before.contains(':');
    (if is_port { before } else { name }).trim_end_matches('.')
}

/// An address, bare or in brackets, with what may stand around it: `[IPv6:2001:db8::1]:25`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_start_matches(['[', '(']);
    let text = text.split([']', ')']).next().unwrap_or_default();
    let text = text.strip_prefix("ipv6:").or_else(|| text.strip_prefix("IPv6:")).unwrap_or(text);
    let parsed = |text: &str| text.parse::<IpAddr>().ok().map(|address| address.to_canonical());
    parsed(text).or_else(|| parsed(name(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_read_however_they_are_written() {
        let names = [
            ("mx.example", "mx.example"),
            ("mx.example.", "mx.example"),
            ("mx.example:25", "mx.example"),
            ("mx.example[192.0.2.1]:25", "mx.example"),
            ("mx.example [192.0.2.1]", "mx.example"),
            ("[192.0.2.1]", ""),
            ("2001:db8::1", "2001:db8::1"),
        ];
        for (host, wanted) in names {
            assert_eq!(name(host), wanted);
        }
        let addresses =
            ["192.0.2.1", "[192.0.2.1]", "192.0.2.1:25", "[192.0.2.1]:25", "192.0.2.1]:25", "::ffff:192.0.2.1"];
        for text in addresses {
            assert_eq!(address(text), "192.0.2.1".parse().ok(), "{text}");
        }
        for text in ["2001:db8::1", "[IPv6:2001:DB8::1]:25", "[2001:db8:0::1]"] {
            assert_eq!(address(text), "2001:db8::1".parse().ok(), "{text}");
        }
        assert_eq!((address("mx.example"), address(""), address("unknown")), (None, None, None));
    }
}
