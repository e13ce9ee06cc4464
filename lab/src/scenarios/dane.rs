//! DANE beside MTA-STS, with and without DNSSEC.

use crate::scenario::Scenario;

const TLSA: &str = "3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well("dane", "dane-and-sts.com", "DANE in a signed zone, beside an enforced policy")
            .signed()
            .set("_25._tcp.mail", "TLSA", TLSA)
            .must(&["dane-present", "dane-and-mta-sts"])
            .must_not(&["dane-absent", "dane-insecure", "dane-malformed", "dane-unusable", "dane-lookup-failed"]),
        Scenario::well("dane-unsigned", "dane-unsigned.com", "TLSA records in a zone that is not signed")
            .set("_25._tcp.mail", "TLSA", TLSA)
            .must(&["dane-insecure"])
            .must_not(&["dane-present", "dane-absent", "dane-and-mta-sts", "dane-lookup-failed"]),
        Scenario::well("dane-unusable", "dane-for-browsers.com", "A TLSA record with a usage that mail does not use")
            .signed()
            .set("_25._tcp.mail", "TLSA", TLSA.replacen('3', "1", 1))
            .must(&["dane-unusable"])
            .must_not(&["dane-present", "dane-malformed"]),
        Scenario::well("dane-malformed", "dane-cut-short.com", "A TLSA record whose digest is too short")
            .signed()
            .set("_25._tcp.mail", "TLSA", TLSA[..60].to_owned())
            .must(&["dane-malformed"])
            .must_not(&["dane-present", "dane-unusable"]),
    ]
}
