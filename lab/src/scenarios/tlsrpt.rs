//! TLS reporting, beside a domain that is well.

use crate::address;
use crate::scenario::Scenario;
use crate::zone::{Zone, txt};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well("tlsrpt-missing", "no-reports.com", "Enforced, and nobody is told of problems")
            .without("_smtp._tls")
            .must(&["tlsrpt-missing", "policy-enforce-no-tlsrpt"])
            .must_not(&["tlsrpt-ok", "tlsrpt-dns-error", "record-missing"]),
        Scenario::well("tlsrpt-external", "reports-elsewhere.com", "Reports go to a service at another domain")
            .set("_smtp._tls", "TXT", txt("v=TLSRPTv1; rua=mailto:reports-elsewhere@report-inbox.net"))
            .beside(Zone::new("report-inbox.net").with("@", "MX", "10 mx").with("mx", "A", address::MAIL))
            .must(&["tlsrpt-ok", "tlsrpt-rua-external"])
            .must_not(&["tlsrpt-rua-same-domain", "tlsrpt-missing", "tlsrpt-rua-domain-no-mx"]),
        Scenario::well("tlsrpt-twice", "reports-twice.com", "Two TLS-RPT records")
            .add("_smtp._tls", "TXT", txt("v=TLSRPTv1; rua=mailto:postmaster@reports-twice.com"))
            .must(&["tlsrpt-multiple"])
            .must_not(&["tlsrpt-ok", "tlsrpt-missing"]),
        Scenario::well("tlsrpt-bare-address", "reports-unschemed.com", "The report address lacks its mailto:")
            .set("_smtp._tls", "TXT", txt("v=TLSRPTv1; rua=tls-reports@reports-unschemed.com"))
            .must(&["tlsrpt-rua-scheme"])
            .must_not(&["tlsrpt-ok", "tlsrpt-missing", "tlsrpt-rua-missing"]),
    ]
}
