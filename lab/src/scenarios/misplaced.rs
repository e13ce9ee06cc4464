//! Records and policies where nobody looks for them.

use crate::address;
use crate::policy_host::Response;
use crate::scenario::{RECORD, Scenario, policy};
use crate::zone::txt;

const REPORTS: &str = "v=TLSRPTv1; rua=mailto:tls-reports@report-inbox.net";

#[expect(clippy::too_many_lines, reason = "a table of scenarios")]
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
        Scenario::well(
            "wildcard-to-site",
            "wildcard-to-site.com",
            "MTA-STS is in order, TLS reports were never asked for, and every other name is an alias of the web site",
        )
        .without("_smtp._tls")
        .set("www", "A", address::POLICY_HOST)
        .set("*", "CNAME", "www")
        .must(&["tlsrpt-missing", "record-ok"])
        .must_not(&["tlsrpt-cname", "tlsrpt-cname-dangling", "tlsrpt-not-tlsrpt"])
        .pastes(&["_smtp._tls"]),
        Scenario::well(
            "wildcard-policy-host",
            "wildcard-policy-host.com",
            "The policy host has no record of its own, and a wildcard leads to the web site",
        )
        .without("mta-sts")
        .set("*", "A", address::POLICY_HOST)
        .responds(Response::new(200, "text/html", "<!doctype html><title>Shop</title>"))
        .verdict("broken")
        .must(&["policy-host-wildcard-artefact", "policy-html-served"])
        .must_not(&["policy-host-missing"]),
        Scenario::well(
            "policy-host-doubled",
            "policy-host-doubled.com",
            "The console added the domain to the policy host's name, which had it already",
        )
        .without("mta-sts")
        .set("mta-sts.policy-host-doubled.com", "A", address::POLICY_HOST)
        .verdict("broken")
        .must(&["policy-host-missing"])
        .must_not(&["policy-host-wildcard-artefact", "policy-host-cname-dangling"]),
        Scenario::well(
            "reports-alias-of-apex",
            "reports-alias-of-apex.com",
            "The TLS-RPT record's name is an alias of the domain itself, which has SPF",
        )
        .without("_smtp._tls")
        .set("@", "TXT", txt("v=spf1 mx -all"))
        .set("_smtp._tls", "CNAME", "@")
        .must(&["tlsrpt-not-tlsrpt"])
        .must_not(&["tlsrpt-missing", "tlsrpt-cname-dangling"])
        .pastes(&["_smtp._tls", "v=TLSRPTv1; rua=mailto:tls-reports@reports-alias-of-apex.com"]),
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
