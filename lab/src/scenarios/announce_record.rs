//! Announce records, missing, doubled, mistyped and delegated.

use crate::scenario::{RECORD, Scenario};
use crate::zone::{Zone, txt};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well("policy-without-record", "unannounced.com", "A policy is served, and no record announces it")
            .without("_mta-sts")
            .verdict("broken")
            .must(&["record-missing-policy-served"])
            .must_not(&["record-missing", "record-ok", "policy-host-missing"]),
        Scenario::well("two-records", "announced-twice.com", "Two announce records: senders ignore both")
            .add("_mta-sts", "TXT", txt("v=STSv1; id=20250101T000000;"))
            .verdict("broken")
            .must(&["record-multiple"])
            .must_not(&["record-ok", "record-missing", "record-missing-policy-served"]),
        Scenario::well("record-beside-other-text", "chatty-record.com", "A good record beside an unrelated text")
            .add("_mta-sts", "TXT", txt("site-verification=0123456789abcdef"))
            .must(&["record-ok", "record-unrelated-txt"])
            .must_not(&["record-multiple", "record-not-sts"]),
        Scenario::well("record-not-sts", "spf-instead.com", "Another kind of record where the announcement belongs")
            .set("_mta-sts", "TXT", txt("v=spf1 -all"))
            .verdict("broken")
            .must(&["record-not-sts"])
            .must_not(&["record-ok", "record-multiple"]),
        Scenario::well("record-missing-semicolon", "no-semicolon.com", "The record lacks its first semicolon")
            .set("_mta-sts", "TXT", txt("v=STSv1 id=20260512T093000"))
            .verdict("broken")
            .must(&["record-missing-semicolon"])
            .must_not(&["record-ok", "record-missing"]),
        Scenario::well("record-id-invalid", "dashed-id.com", "The record's id has characters that are not allowed")
            .set("_mta-sts", "TXT", txt("v=STSv1; id=2026-05-12;"))
            .verdict("broken")
            .must(&["record-id-invalid"])
            .must_not(&["record-ok", "record-id-missing"]),
        Scenario::well("record-split", "split-strings.com", "The record comes in two strings, joined without a space")
            .set("_mta-sts", "TXT", r#""v=STSv1; id=2026" "0512T093000;""#)
            .must(&["record-ok", "record-split-strings"])
            .must_not(&["record-id-invalid", "record-multiple"]),
        Scenario::well("record-markup", "markup-in-record.com", "A record that tries to be part of a page")
            .set("_mta-sts", "TXT", txt("v=STSv1; id=<script>alert(1)</script>;"))
            .verdict("broken")
            .must(&["record-id-invalid"])
            .must_not(&["record-ok"]),
        Scenario::well(
            "delegated",
            "delegated-record.com",
            "Record and policy host are a provider's, by CNAME; all is well",
        )
        .unset("_mta-sts", "TXT")
        .set("_mta-sts", "CNAME", "delegated-record._mta-sts.sts-hosting.net.")
        .without("mta-sts")
        .set("mta-sts", "CNAME", "policies.sts-hosting.net.")
        .beside(Zone::new("sts-hosting.net").with("delegated-record._mta-sts", "TXT", txt(RECORD)).with(
            "policies",
            "A",
            crate::address::POLICY_HOST,
        ))
        .must(&["record-cname", "record-ok", "policy-ok"])
        .must_not(&["record-cname-dangling", "policy-host-cname-dangling", "dnssec-partial", "dnssec-bogus"]),
        Scenario::well("record-cname-dangling", "lost-delegation.com", "The record's CNAME leads nowhere")
            .unset("_mta-sts", "TXT")
            .set("_mta-sts", "CNAME", "lost-delegation._mta-sts.dns-hosting.net.")
            .verdict("broken")
            .must(&["record-cname-dangling"])
            .must_not(&["record-ok", "record-missing"]),
    ]
}
