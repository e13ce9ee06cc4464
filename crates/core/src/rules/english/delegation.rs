//! English: MTA-STS in somebody else's hands, where the announce record or the policy host is an alias of a provider's (RFC
//! 8461 §8.2).

use crate::rules::words::{CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "delegation-partial",
        title: "Record and policy file are in different hands",
        detail: "The record is kept at {operator}, the policy file is not.",
        cases: &[CaseTitle {
            case: "only-file",
            title: "",
            detail: "The policy file is kept at {operator}, the record is your own.",
        }],
    },
    Title {
        rule: "delegation-policy-not-for-mx",
        title: "The provider's policy is for other mail servers than yours",
        detail: "",
        cases: &[],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "delegation-partial",
        why: "The record's id must change whenever the policy file does. Here one of the two is kept by a \
              provider and the other is not, so sooner or later they drift apart, and senders keep using an old \
              policy.",
        steps: &[
            "Ask the provider for the CNAME targets of both names, {announce} and {policy host}, and set both.",
            "Or keep both yourself: replace the CNAME by a record of your own, and serve the file from a host of yours.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "delegation-policy-not-for-mx",
        why: "The policy file comes from a provider, and it names none of the servers that take your mail. \
              Perhaps the mail moved and MTA-STS stayed behind.",
        steps: &[
            "If your mail is no longer with that provider: point the host {policy host} at a policy of your \
             own, or of the new provider.",
            "Then give the host {announce} a TXT record of your own with the value below, in place of what is \
             there; or an alias (CNAME), if the new provider asks for one.",
            "If your mail is still with that provider: ask them why their policy does not name your mail servers.",
        ],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked {
        rule: "delegation-partial",
        what: "Whether the announce record and the policy file are kept by the same provider.",
    },
    Checked {
        rule: "delegation-policy-not-for-mx",
        what: "Whether a policy that a provider keeps allows the domain's own mail servers.",
    },
];
