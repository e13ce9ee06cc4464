//! How much a check may ask; and whom limits of rate count as one.

use std::net::{IpAddr, Ipv6Addr};

use crate::name::public_suffix::is_public_suffix;

/// Outbound requests that a check may make. Cloudflare's free plan allows 50.
pub const REQUEST_LIMIT: usize = 45;

/// Requests that are kept for what the verdict hangs on: however many MX hosts there are, the policy is fetched, and a
/// SERVFAIL asked again.
const RESERVE: usize = 6;

/// Requests after which none follows but for what the verdict hangs on.
pub(crate) const FURTHER_LIMIT: usize = REQUEST_LIMIT - RESERVE;

/// MX hosts whose addresses are looked up, most preferred first; the rest are named and counted.
pub const MX_HOST_LIMIT: usize = 10;

/// Whom an address counts as, where clients are counted: of IPv6 the first half, which one client has all of.
pub fn client_of(address: &str) -> String {
    match address.trim().parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V4(v4)) => v4.to_string(),
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Err(_) => String::new(),
    }
}

/// What a name counts as, where targets are counted: the name that somebody registered, since all below it is at one owner's
/// servers. As far as a rule of thumb can tell what is registered.
pub fn target_of(name: &str) -> &str {
    let mut rest = name.strip_suffix('.').unwrap_or(name);
    while let Some((_, above)) = rest.split_once('.').filter(|(_, above)| !is_public_suffix(above)) {
        rest = above;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_of_ipv6_is_its_network() {
        assert_eq!(client_of("192.0.2.1"), "192.0.2.1");
        assert_eq!(client_of("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(client_of("2001:db8:1:2:3:4:5:6"), client_of("2001:db8:1:2::1"));
        assert_ne!(client_of("2001:db8:1:2::1"), client_of("2001:db8:1:3::1"));
        assert_eq!(client_of("nobody"), client_of(""));
    }

    #[test]
    fn a_target_is_what_was_registered() {
        let rows = [
            ("example.com", "example.com"),
            ("a.b.example.com.", "example.com"),
            ("x.shop.co.uk", "shop.co.uk"),
            ("co.uk", "co.uk"),
            ("a.pages.dev", "a.pages.dev"),
            ("b.a.pages.dev", "a.pages.dev"),
            ("com", "com"),
            ("", ""),
        ];
        for (name, target) in rows {
            assert_eq!(target_of(name), target, "{name}");
        }
    }
}
