//! Policies in other modes than enforce.

use crate::scenario::{Scenario, policy};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well("testing", "still-testing.com", "A good policy in mode testing")
            .policy(policy("still-testing.com", "testing"))
            .verdict("testing")
            .must(&["policy-mode-testing", "record-ok", "policy-ok", "mx-all-match"])
            .must_not(&["policy-mode-none", "policy-mode-enforce", "policy-testing-no-tlsrpt"]),
        Scenario::well("testing-no-reports", "testing-unheard.com", "Mode testing, and nobody is told of problems")
            .policy(policy("testing-unheard.com", "testing"))
            .without("_smtp._tls")
            .verdict("testing")
            .must(&["policy-mode-testing", "policy-testing-no-tlsrpt", "tlsrpt-missing"])
            .must_not(&["tlsrpt-ok", "policy-enforce-no-tlsrpt", "tlsrpt-dns-error"]),
        Scenario::well("none", "switched-off.com", "Mode none: on the way out")
            .policy("version: STSv1\nmode: none\nmax_age: 86400\n")
            .verdict("disabled")
            .must(&["policy-mode-none", "record-ok", "policy-ok"])
            .must_not(&["policy-mx-missing", "mx-none-match", "policy-mode-testing"]),
    ]
}
