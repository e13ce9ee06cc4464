//! English: the domain itself.

use crate::rules::words::{Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[Title {
    rule: "domain-not-found",
    title: "This domain does not exist",
    detail: "The DNS answers NXDOMAIN for the domain's own name.",
    cases: &[],
}];

pub(super) static EXPLANATIONS: &[Explanation] = &[Explanation {
    rule: "domain-not-found",
    why: "Nobody can send mail to a domain that does not exist. Most often the name is mistyped, or its registration has \
          expired.",
    steps: &[
        "Check the spelling: use the part after the @ of a mail address that works.",
        "If the spelling is right, ask the company where the domain was registered whether it has expired.",
    ],
    cases: &[],
}];

pub(super) static CHECKED: &[Checked] =
    &[Checked { rule: "domain-not-found", what: "Whether the domain is in the DNS at all." }];
