//! English: what DNSSEC says of the answers.

use crate::rules::words::{Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title { rule: "dnssec-signed", title: "DNSSEC protects the answers", detail: "", cases: &[] },
    Title { rule: "dnssec-unsigned", title: "The domain is not signed with DNSSEC", detail: "", cases: &[] },
    Title {
        rule: "dnssec-bogus",
        title: "The DNSSEC signatures cannot be verified",
        detail: "The resolver says: {errors}.",
        cases: &[],
    },
    Title {
        rule: "dnssec-partial",
        title: "A signed name leads into a zone that is not signed",
        detail: "",
        cases: &[],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "dnssec-signed",
        why: "Signatures keep others from forging your DNS answers, including the answer “there is no such \
              record”, which would hide your policy from senders.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "dnssec-unsigned",
        why: "MTA-STS works without DNSSEC. Signing closes one gap: somebody in between could forge the answer \
              “there is no policy” for a sender that has not seen your policy before.",
        steps: &["Where the domain is registered, add the DS record that {dns host} then shows you. When both are \
             the same company, it often does this step for you."],
        cases: &[],
    },
    Explanation {
        rule: "dnssec-bogus",
        why: "The domain is signed, but the signatures cannot be verified. Senders that check them cannot look \
              you up at all: they see no policy, and often cannot deliver mail.",
        steps: &[
            "Ask {dns host} to sign the domain again.",
            "Compare the DS record where the domain is registered with the one that {dns host} shows. After a \
             move to another DNS host, the old one is often left behind.",
            "If you cannot fix it soon, remove the DS record at the registrar: the domain is then unsigned, and \
             reachable.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "dnssec-partial",
        why: "Your own zone is signed, but this name is an alias of one in a zone that is not. The protection \
              of DNSSEC ends there.",
        steps: &[
            "Ask the company that runs the other zone to sign it with DNSSEC, or host this record in your own zone.",
        ],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked {
        rule: "dnssec-signed",
        what: "Whether each DNS answer that mail relies on is signed, with signatures that can be verified.",
    },
    Checked { rule: "dnssec-unsigned", what: "Whether the domain's DNS answers are signed." },
    Checked { rule: "dnssec-bogus", what: "Whether the domain's signatures can be validated." },
    Checked { rule: "dnssec-partial", what: "Whether a CNAME leads from the signed domain into an unsigned zone." },
];
