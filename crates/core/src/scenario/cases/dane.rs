//! DANE beside MTA-STS.

use crate::lookup::RecordType;
use crate::report::Verdict::Enforced;
use crate::scenario::world::World;

use super::given::{Scenario, given};

const MX1: &str = "mx1.mail-host.net";
const MX2: &str = "mx2.mail-host.net";
const SHA256: &[u8] = &[7; 32];
const SHA512: &[u8] = &[7; 64];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        given(
            "DANE at both servers",
            |w| w.tlsa(MX1, 3, 1, SHA256).tlsa(MX2, 2, 2, SHA512),
            Enforced,
            &["dane-present", "dane-and-mta-sts"],
            &["dane-absent", "dane-some-mx", "dane-unusable", "dane-malformed", "dane-insecure", "dane-lookup-failed"],
        ),
        given("no DANE", |w| w, Enforced, &["dane-absent"], &["dane-present", "dane-and-mta-sts", "dane-mx-insecure"]),
        given(
            "DANE at one server of two",
            |w| w.tlsa(MX1, 3, 1, SHA256),
            Enforced,
            &["dane-present", "dane-some-mx"],
            &["dane-absent"],
        ),
        given(
            "DANE records in an unsigned zone",
            |w| w.unsigned("_25._tcp.mx1.mail-host.net").tlsa(MX1, 3, 1, SHA256),
            Enforced,
            &["dane-insecure"],
            &["dane-present", "dane-and-mta-sts", "dane-mx-insecure"],
        ),
        given(
            "a provider with DANE, and a domain that is not signed",
            |w| w.unsigned("shop.com.au").tlsa(MX1, 3, 1, SHA256).tlsa(MX2, 3, 1, SHA256),
            Enforced,
            &["dane-mx-insecure"],
            &["dane-present", "dane-insecure", "dane-some-mx"],
        ),
        given(
            "certificate usages that mail does not use",
            |w| w.tlsa(MX1, 0, 1, SHA256).tlsa(MX1, 1, 1, SHA256),
            Enforced,
            &["dane-unusable"],
            &["dane-present", "dane-malformed"],
        ),
        given(
            "a digest that is cut short",
            |w| w.tlsa(MX1, 3, 1, &SHA256[1..]).tlsa(MX2, 3, 2, SHA256),
            Enforced,
            &["dane-malformed"],
            &["dane-present", "dane-unusable"],
        ),
        given(
            "a whole certificate and a matching type of the future",
            |w| w.tlsa(MX1, 3, 0, &[0; 900]).tlsa(MX2, 3, 7, &[1; 5]),
            Enforced,
            &["dane-present"],
            &["dane-malformed"],
        ),
        given(
            "name servers that fail on TLSA",
            |w| w.server_failure("_25._tcp.mx1.mail-host.net", RecordType::Tlsa, 22, ""),
            Enforced,
            &["dane-lookup-failed"],
            &["dane-absent", "dane-present"],
        ),
        given(
            "name servers that fail on TLSA, of a server that is not signed",
            |w| World::unsigned_zone(w).server_failure("_25._tcp.mx1.mail-host.net", RecordType::Tlsa, 22, ""),
            Enforced,
            &[],
            &["dane-lookup-failed", "dane-absent"],
        ),
        given(
            "a TLSA lookup that we could not make",
            |w| w.no_answer("_25._tcp.mx1.mail-host.net", RecordType::Tlsa),
            Enforced,
            &[],
            &["dane-lookup-failed", "dane-absent", "dane-some-mx"],
        ),
    ]
}
