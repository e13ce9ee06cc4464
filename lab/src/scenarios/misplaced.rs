//! Records and policies where nobody looks for them.

use crate::address;
use crate::policy_host::Response;
use crate::scenario::{RECORD, Scenario, policy};
use crate::zone::txt;

const REPORTS: &str = "v=TLSRPTv1; rua=mailto:tls-reports@report-inbox.net";

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well(
            "record-at-apex",
            "record-at-apex.com",
            "The announce record stands at the domain itself, beside SPF",
        )
        .without("_mta-sts")
        .set("@", "TXT", txt("v=spf1 mx -all"))
        .add("@", "TXT", txt(RECORD))
        .verdict("broken")
        .must(&["record-wrong-name"])
        .must_not(&["record-missing-policy-served", "record-doubled-domain", "record-wildcard-artefact"]),
        Scenario::well("record-underscored", "record-underscored.com", "The announce record stands at _mta_sts")
            .without("_mta-sts")
            .set("_mta_sts", "TXT", txt(RECORD))
            .verdict("broken")
            .must(&["record-wrong-name"])
            .must_not(&["record-missing-policy-served"]),
        Scenario::well(
            "record-doubled",
            "record-doubled.com",
            "The console added the domain to a name that had it already",
        )
        .without("_mta-sts")
        .set("_mta-sts.record-doubled.com", "TXT", txt(RECORD))
        .verdict("broken")
        .must(&["record-doubled-domain"])
        .must_not(&["record-wrong-name", "record-missing-policy-served"]),
        Scenario::bare("wildcard-txt", "wildcard-spf.com", "Nothing published but SPF for every name")
            .set("@", "MX", "10 mail")
            .set("mail", "A", address::MAIL)
            .set("*", "TXT", txt("v=spf1 -all"))
            .verdict("missing")
            .must(&["record-wildcard-artefact"])
            .must_not(&["record-not-sts", "record-missing"]),
        Scenario::bare(
            "wildcard-alias",
            "wildcard-alias.com",
            "Nothing published, and every name is an alias of the web site",
        )
        .set("@", "MX", "10 mail")
        .set("mail", "A", address::MAIL)
        .set("@", "A", address::POLICY_HOST)
        .set("*", "CNAME", "@")
        .responds(Response::new(404, "text/html", "<!doctype html><title>Not found</title>"))
        .verdict("missing")
        .must(&["record-wildcard-artefact"])
        .must_not(&["record-cname-dangling", "record-cname", "policy-not-found"]),
        Scenario::bare(
            "parent-only",
            "branch.well-signed.com.au",
            "The domain above has MTA-STS; nothing is inherited",
        )
        .set("@", "MX", "10 mail")
        .set("mail", "A", address::MAIL)
        .verdict("missing")
        .must(&["record-parent-only", "record-missing"])
        .must_not(&["record-wrong-name"]),
        Scenario::well("tlsrpt-old-name", "old-draft-reports.com", "Reports are asked for at the name of an old draft")
            .without("_smtp._tls")
            .set("_smtp-tlsrpt", "TXT", txt(REPORTS))
            .must(&["tlsrpt-wrong-name"])
            .must_not(&["tlsrpt-missing", "tlsrpt-ok"]),
        Scenario::well("policy-at-root", "policy-at-root.com", "The file is at the top of the policy host")
            .responds(Response::policy(policy("policy-at-root.com", "enforce")).at("/mta-sts.txt"))
            .verdict("broken")
            .must(&["policy-not-found", "policy-wrong-location"])
            .must_not(&["policy-ok"]),
    ]
}
