//! Which addresses are the internet's.

use std::net::IpAddr;

/// Whether an address can be somebody's on the public internet. Documentation ranges count: nobody lives there.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b); // RFC 6598
            let benchmarking = a == 198 && (18..20).contains(&b); // RFC 2544
            let protocol = a == 192 && b == 0 && c == 0; // RFC 6890
            !(a == 0
                || a >= 224
                || v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || shared
                || benchmarking
                || protocol)
        }
        IpAddr::V6(v6) => {
            let segments = v6.segments();
            let embedded = |high: u16, low: u16| is_public(IpAddr::V4((u32::from(high) << 16 | u32::from(low)).into()));
            match segments {
                // IPv4-mapped (RFC 4291 §2.5.5), NAT64 (RFC 6052) and 6to4 (RFC 3056) carry an IPv4 address.
                [0, 0, 0, 0, 0, 0xffff, high, low]
                | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
                | [0x2002, high, low, ..] => embedded(high, low),
                // Protocols' own (RFC 2928), Teredo among them, which carries an IPv4 address in disguise (RFC 4380).
                [0x2001, second, ..] if second < 0x200 => false,
                // Nothing else is unicast on the internet (RFC 4291 §2.4, IANA's registry): not loopback, local and
                // multicast addresses, nor IPv4 written in other ways (RFC 2765, RFC 8215).
                [first, ..] => first & 0xe000 == 0x2000,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_fetched() {
        let private = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:20::1",
            "4000::1",
            "5f00::1",
            "100::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for address in private {
            assert!(!is_public(address.parse().expect(address)), "{address}");
        }
        let public = [
            "192.0.2.1",
            "198.51.100.7",
            "203.0.113.9",
            "8.8.8.8",
            "2001:db8::1",
            "2001:200::1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
        ];
        for address in public {
            assert!(is_public(address.parse().expect(address)), "{address}");
        }
    }
}
