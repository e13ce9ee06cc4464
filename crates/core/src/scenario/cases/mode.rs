//! What the policy's mode means.

use crate::lookup::RecordType;
use crate::report::Verdict::{Broken, Disabled, Enforced, Testing};
use crate::scenario::world::{ENFORCE, World};

use super::given::{Scenario, given};

pub(crate) fn scenarios() -> Vec<Scenario> {
    let testing = ENFORCE.replace("enforce", "testing");
    vec![
        given(
            "enforce",
            |w| w,
            Enforced,
            &["policy-mode-enforce"],
            &[
                "policy-mode-testing",
                "policy-mode-none",
                "policy-enforce-no-tlsrpt",
                "policy-testing-no-tlsrpt",
                "policy-none-long-max-age",
                "policy-none-with-mx",
            ],
        ),
        given(
            "enforce, which no record announces",
            |w| w.without_announce().without_tls_rpt(),
            Broken,
            &["policy-ok", "record-missing-policy-served"],
            &["policy-mode-enforce", "policy-enforce-no-tlsrpt"],
        ),
        given(
            "enforce, with MX records that validating senders do not get",
            |w| w.bogus("shop.com.au", RecordType::Mx),
            Broken,
            &["policy-ok", "dnssec-bogus"],
            &["policy-mode-enforce"],
        ),
        given(
            "testing",
            |w| w.policy(&testing),
            Testing,
            &["policy-mode-testing"],
            &["policy-mode-enforce", "policy-testing-no-tlsrpt"],
        ),
        given(
            "testing without reports",
            |w| w.policy(&testing).without_tls_rpt(),
            Testing,
            &["policy-testing-no-tlsrpt", "tlsrpt-missing"],
            &["policy-enforce-no-tlsrpt"],
        ),
        given(
            "enforce without reports",
            World::without_tls_rpt,
            Enforced,
            &["policy-enforce-no-tlsrpt", "tlsrpt-missing"],
            &["policy-testing-no-tlsrpt"],
        ),
        given(
            "none",
            |w| w.policy("version: STSv1\nmode: none\nmax_age: 86400\n"),
            Disabled,
            &["policy-mode-none", "policy-ok"],
            &["policy-none-long-max-age", "policy-none-with-mx", "policy-mx-missing", "mx-all-match"],
        ),
        given(
            "none, as the policy was before",
            |w| w.policy(&ENFORCE.replace("enforce", "none")),
            Disabled,
            &["policy-none-long-max-age", "policy-none-with-mx"],
            &["mx-pattern-unused"],
        ),
    ]
}
