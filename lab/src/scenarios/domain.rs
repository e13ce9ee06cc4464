//! The domain itself: there or not, served or not, in Unicode.

use crate::address;
use crate::scenario::Scenario;
use crate::zone::{Servers, Zone};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::bare("nothing", "nothing-published.com", "Takes mail, and publishes nothing about its encryption")
            .set("@", "MX", "10 mail")
            .set("mail", "A", address::MAIL)
            .verdict("missing")
            .must(&["record-missing", "tlsrpt-missing"])
            .must_not(&["record-missing-policy-served", "policy-host-missing", "record-ok", "domain-not-found"]),
        Scenario::well("unicode", "xn--bcher-kva.org", "A Unicode domain, asked as people write it; all is well")
            .asked_as("bücher.org")
            .must(&["record-ok", "policy-ok", "mx-all-match"])
            .must_not(&["domain-not-found", "mx-pattern-non-ascii", "record-missing"]),
        Scenario::bare(
            "zone-above",
            "branch.one-zone.com",
            "No zone of its own: hosts of records are told from the zone above",
        )
        .in_zone(Zone::new("one-zone.com").with("branch", "MX", "10 mail").with("mail", "A", address::MAIL))
        .verdict("missing")
        .must(&["record-missing", "tlsrpt-missing"])
        .must_not(&["domain-not-found"])
        .pastes(&["_mta-sts.branch", "_smtp._tls.branch"]),
        Scenario::absent("no-such-domain", "no-such-business.com", "A domain that does not exist")
            .verdict("no-such-domain")
            .must(&["domain-not-found"])
            .must_not(&["record-ok", "record-dns-error", "mx-dns-error", "dnssec-bogus", "dnssec-signed"]),
        Scenario::absent("no-such-tld", "business.nosuchtld", "A domain below a top-level domain that does not exist")
            .verdict("no-such-domain")
            .must(&["domain-not-found"])
            .must_not(&["record-ok", "record-dns-error", "mx-dns-error"]),
        Scenario::well("unserved-zone", "nobody-serves.com", "Delegated to servers that do not know the zone")
            .served_by(Servers::Lame)
            .verdict("inconclusive")
            .must(&["mx-dns-error"])
            .must_not(&["record-missing", "domain-not-found", "dnssec-bogus", "policy-host-missing"]),
        Scenario::well(
            "unserved-signed-zone",
            "nobody-serves-signed.com",
            "The same, with a DS record at the registry: no signature is broken",
        )
        .signed()
        .served_by(Servers::Lame)
        .verdict("inconclusive")
        .must(&["mx-dns-error"])
        .must_not(&["record-missing", "domain-not-found", "dnssec-bogus", "policy-host-missing"]),
        Scenario::well("silent-name-server", "silent-name-server.com", "Delegated to a server that never answers")
            .served_by(Servers::Silent)
            .verdict("inconclusive")
            .must(&["mx-dns-error"])
            .must_not(&["record-missing", "domain-not-found", "dnssec-bogus", "policy-host-missing"]),
        Scenario::bare(
            "web-site-name",
            "www.one-shop.com",
            "The name of a web site: mail is for addresses at the domain",
        )
        .in_zone(Zone::new("one-shop.com").with("www", "A", address::POLICY_HOST).with("@", "MX", "10 mail"))
        .verdict("missing")
        .must(&["mx-missing-implicit"])
        .must_not(&["record-missing", "domain-not-found"]),
    ]
}
