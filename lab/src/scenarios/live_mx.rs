//! Live MX hosts against the policy.

use crate::address;
use crate::scenario::{Scenario, policy};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well(
            "mx-some-unmatched",
            "new-mail-server.com",
            "Enforced; one of two equal MX hosts is not in the policy",
        )
        .add("@", "MX", "10 mail2")
        .set("mail2", "A", address::MAIL_BACKUP)
        .verdict("at-risk")
        .must(&["mx-some-unmatched"])
        .must_not(&["mx-none-match", "mx-all-match"]),
        Scenario::well("mx-backup-uncovered", "forgotten-backup.com", "Enforced; the backup MX is not in the policy")
            .add("@", "MX", "50 backup.forgotten-backup.com.")
            .set("backup", "A", address::MAIL_BACKUP)
            .verdict("at-risk")
            .must(&["mx-some-unmatched"])
            .must_not(&["mx-none-match", "mx-all-match"]),
        Scenario::well(
            "mx-none-match",
            "moved-house.com",
            "Enforced; the mail moved, the policy did not: all mail is held",
        )
        .set("@", "MX", "10 new-mail")
        .set("new-mail", "A", address::MAIL)
        .verdict("blocking")
        .must(&["mx-none-match"])
        .must_not(&["mx-all-match", "mx-some-unmatched"]),
        Scenario::well("mx-unmatched-testing", "trying-things.com", "Testing; the policy allows no live MX host")
            .policy(policy("trying-things.com", "testing"))
            .set("@", "MX", "10 new-mail")
            .set("new-mail", "A", address::MAIL)
            .verdict("testing")
            .must(&["mx-none-match", "policy-mode-testing"])
            .must_not(&["mx-all-match"]),
        Scenario::well("mx-wildcard", "many-mail-hosts.com", "Enforced; a wildcard allows both MX hosts")
            .policy("version: STSv1\nmode: enforce\nmx: *.many-mail-hosts.com\nmax_age: 2592000\n")
            .add("@", "MX", "20 mail2")
            .set("mail2", "A", address::MAIL_BACKUP)
            .must(&["mx-all-match", "policy-ok"])
            .must_not(&["mx-some-unmatched", "mx-none-match", "mx-pattern-too-broad"]),
        Scenario::well(
            "mx-wildcard-depth",
            "regional-mail.com",
            "Enforced; the wildcard is one label short of the MX host",
        )
        .policy("version: STSv1\nmode: enforce\nmx: *.regional-mail.com\nmax_age: 2592000\n")
        .set("@", "MX", "10 mx.eu")
        .set("mx.eu", "A", address::MAIL)
        .verdict("blocking")
        .must(&["mx-none-match", "mx-pattern-wildcard-depth"])
        .must_not(&["mx-all-match", "mx-pattern-bad-wildcard"]),
    ]
}
