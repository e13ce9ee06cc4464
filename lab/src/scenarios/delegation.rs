//! MTA-STS in a provider's hands, whole, in part, and left behind.

use crate::address;
use crate::scenario::{RECORD, Scenario};
use crate::zone::{Zone, txt};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well(
            "delegation-partial",
            "half-delegated.com",
            "The record is a provider's, the policy file is not",
        )
        .unset("_mta-sts", "TXT")
        .set("_mta-sts", "CNAME", "_mta-sts.half-hosting.net.")
        .beside(Zone::new("half-hosting.net").with("_mta-sts", "TXT", txt(RECORD)))
        .must(&["delegation-partial", "record-cname", "policy-ok"])
        .must_not(&["delegation-policy-not-for-mx", "record-cname-dangling"]),
        Scenario::well(
            "delegation-left-behind",
            "left-behind.com",
            "The policy is a provider's; the mail went elsewhere",
        )
        .unset("_mta-sts", "TXT")
        .set("_mta-sts", "CNAME", "_mta-sts.old-provider.net.")
        .without("mta-sts")
        .set("mta-sts", "CNAME", "mta-sts.old-provider.net.")
        .policy("version: STSv1\nmode: enforce\nmx: *.old-provider.net\nmax_age: 2592000\n")
        .beside(Zone::new("old-provider.net").with("_mta-sts", "TXT", txt(RECORD)).with(
            "mta-sts",
            "A",
            address::POLICY_HOST,
        ))
        .verdict("blocking")
        .must(&["delegation-policy-not-for-mx", "mx-none-match"])
        .must_not(&["delegation-partial"]),
        Scenario::well(
            "delegation-dangling",
            "dangling-policy.com",
            "The policy host's CNAME leads to a name that is gone",
        )
        .without("mta-sts")
        .set("mta-sts", "CNAME", "mta-sts.gone-provider.dns-hosting.net.")
        .verdict("broken")
        .must(&["policy-host-cname-dangling"])
        .must_not(&["policy-host-missing", "delegation-partial"]),
    ]
}
