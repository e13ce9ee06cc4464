//! What the MX records name, whatever the policy says.

use crate::address;
use crate::scenario::{RECORD, Scenario, policy};
use crate::zone::txt;

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::bare("mx-null", "takes-no-mail.com", "A null MX: the domain takes no mail")
            .set("@", "MX", "0 .")
            .verdict("not-applicable")
            .must(&["mx-null"])
            .must_not(&["mx-null-with-others", "mx-missing-no-address", "mx-target-no-address", "domain-not-found"]),
        Scenario::well("mx-null-with-others", "undecided-mail.com", "A null MX beside a real one")
            .add("@", "MX", "0 .")
            .must(&["mx-null-with-others"])
            .must_not(&["mx-null"]),
        Scenario::well(
            "mx-implicit",
            "mail-at-apex.com",
            "No MX: mail goes to the domain's own address, which the policy allows",
        )
        .unset("@", "MX")
        .set("@", "A", address::MAIL)
        .policy("version: STSv1\nmode: enforce\nmx: mail-at-apex.com\nmax_age: 2592000\n")
        .must(&["mx-missing-implicit"])
        .must_not(&["mx-missing-no-address", "mx-null", "mx-dns-error"]),
        Scenario::bare("mx-missing", "nowhere-to-deliver.com", "No MX and no address")
            .set("_note", "TXT", txt("parked"))
            .verdict("missing")
            .must(&["mx-missing-no-address", "record-missing"])
            .must_not(&["mx-missing-implicit", "mx-null", "domain-not-found"]),
        Scenario::well(
            "mx-cname",
            "aliased-mail.com",
            "The MX host is a CNAME; the policy names what the MX record names",
        )
        .without("mail")
        .set("mail", "CNAME", "real-mail")
        .set("real-mail", "A", address::MAIL)
        .must(&["mx-target-cname", "mx-all-match"])
        .must_not(&["mx-target-no-address", "mx-none-match"]),
        Scenario::well("mx-no-address", "addressless-mail.com", "One MX host has no address; the other works")
            .policy("version: STSv1\nmode: enforce\nmx: *.addressless-mail.com\nmax_age: 2592000\n")
            .add("@", "MX", "20 gone")
            .must(&["mx-target-no-address", "mx-all-match"])
            .must_not(&["mx-target-private", "mx-target-cname"]),
        Scenario::well("mx-private", "mail-in-the-office.com", "One MX host has a private address")
            .policy("version: STSv1\nmode: enforce\nmx: *.mail-in-the-office.com\nmax_age: 2592000\n")
            .add("@", "MX", "20 office")
            .set("office", "A", address::MAIL_PRIVATE)
            .must(&["mx-target-private", "mx-all-match"])
            .must_not(&["mx-target-no-address", "mx-target-ip"]),
        Scenario::bare("mx-address-in-record", "address-for-mx.com", "An address where the MX host's name belongs")
            .set("_mta-sts", "TXT", txt(RECORD))
            .set("mta-sts", "A", address::POLICY_HOST)
            .policy(policy("address-for-mx.com", "enforce"))
            .set("@", "MX", "10 203.0.113.25.")
            .verdict("enforced")
            .must(&["mx-target-ip"])
            .must_not(&["mx-all-match", "mx-missing-implicit"]),
    ]
}
