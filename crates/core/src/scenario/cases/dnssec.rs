//! What DNSSEC says.

use crate::lookup::RecordType;
use crate::report::Verdict::{Broken, Enforced};
use crate::scenario::world::World;

use super::given::{Scenario, given};

const RECORD: &str = "_mta-sts.shop.com.au";
const HOST: &str = "mta-sts.shop.com.au";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        given(
            "signed throughout",
            |w| w,
            Enforced,
            &["dnssec-signed"],
            &["dnssec-unsigned", "dnssec-bogus", "dnssec-partial"],
        ),
        given(
            "not signed",
            World::unsigned_zone,
            Enforced,
            &["dnssec-unsigned"],
            &["dnssec-signed", "dnssec-bogus", "dnssec-partial"],
        ),
        given(
            "a bogus announce record",
            |w| w.bogus(RECORD, RecordType::Txt),
            Broken,
            &["dnssec-bogus"],
            &["dnssec-signed", "record-dns-error", "record-missing", "record-missing-policy-served"],
        ),
        given(
            "a bogus policy host",
            |w| w.bogus(HOST, RecordType::A).bogus(HOST, RecordType::Aaaa),
            Broken,
            &["dnssec-bogus"],
            &["policy-host-missing", "policy-host-dns-error"],
        ),
        given(
            "bogus MX",
            |w| w.bogus("shop.com.au", RecordType::Mx),
            Broken,
            &["dnssec-bogus"],
            &["mx-dns-error", "mx-none-match"],
        ),
        given(
            "a host in an unsigned zone",
            |w| w.without_host().alias(HOST, "sites.net").unsigned("sites.net").address("sites.net", "203.0.113.7"),
            Enforced,
            &["dnssec-partial"],
            &["dnssec-signed", "dnssec-unsigned"],
        ),
    ]
}
