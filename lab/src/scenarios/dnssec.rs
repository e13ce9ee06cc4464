//! Domains signed well, badly, in part, and not at all.

use crate::address;
use crate::scenario::{RECORD, Scenario, policy};
use crate::zone::{Signing, Zone, txt};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well("signed", "well-signed.com", "All is well and signed; two MX hosts, reports to another domain")
            .signed()
            .add("@", "MX", "20 mail2")
            .set("mail2", "A", address::MAIL_BACKUP)
            .policy(format!("{}mx: mail2.well-signed.com\n", policy("well-signed.com", "enforce")))
            .set("_smtp._tls", "TXT", txt("v=TLSRPTv1; rua=mailto:well-signed@report-inbox.net"))
            .must(&["record-ok", "policy-ok", "policy-mode-enforce", "mx-all-match", "dnssec-signed", "tlsrpt-ok"])
            .must_not(&["dnssec-unsigned", "dnssec-bogus", "record-missing", "policy-connect-failed"]),
        Scenario::well(
            "signed-deep",
            "well-signed.com.au",
            "All is well, signed, below a registry of the second level",
        )
        .signed()
        .must(&["record-ok", "policy-ok", "mx-all-match", "dnssec-signed", "tlsrpt-ok"])
        .must_not(&["dnssec-unsigned", "dnssec-bogus"]),
        Scenario::well("unsigned", "well-unsigned.com", "All is well, and the zone is not signed")
            .must(&["record-ok", "policy-ok", "mx-all-match", "dnssec-unsigned", "tlsrpt-ok"])
            .must_not(&["dnssec-signed", "dnssec-bogus", "dnssec-partial"]),
        Scenario::well("bogus-record", "forged-record.com", "The announce record was edited after the zone was signed")
            .signing(Signing::Forged("20260512T093000", "20260513T101500"))
            .verdict("broken")
            .must(&["dnssec-bogus"])
            .must_not(&["record-missing", "record-dns-error", "record-ok", "dnssec-unsigned"]),
        Scenario::well("bogus-expired", "expired-signatures.org", "The signatures of the whole zone have run out")
            .signing(Signing::Expired)
            .verdict("broken")
            .must(&["dnssec-bogus"])
            .must_not(&["record-missing", "record-dns-error", "mx-dns-error", "domain-not-found", "dnssec-signed"]),
        Scenario::well(
            "partial",
            "half-signed.net",
            "Signed, with the announce record delegated into an unsigned zone",
        )
        .signed()
        .unset("_mta-sts", "TXT")
        .set("_mta-sts", "CNAME", "half-signed._mta-sts.unsigned-hosting.net.")
        .beside(Zone::new("unsigned-hosting.net").with("half-signed._mta-sts", "TXT", txt(RECORD)))
        .must(&["dnssec-partial", "record-cname", "record-ok"])
        .must_not(&["dnssec-bogus", "dnssec-unsigned", "record-cname-dangling"]),
    ]
}
