//! English: what the policy's mode means for the domain.

use crate::rules::words::{CaseExplanation, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title { rule: "policy-mode-enforce", title: "The policy is enforced", detail: "", cases: &[] },
    Title { rule: "policy-mode-testing", title: "The policy is only being tested", detail: "", cases: &[] },
    Title { rule: "policy-mode-none", title: "The policy is switched off", detail: "", cases: &[] },
    Title {
        rule: "policy-none-long-max-age",
        title: "A policy that is switched off should be forgotten soon",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "policy-none-with-mx",
        title: "A policy that is switched off still lists mail servers",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "policy-testing-no-tlsrpt",
        title: "Testing without reports tells nobody anything",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "policy-enforce-no-tlsrpt",
        title: "Nobody would tell you that mail is being refused",
        detail: "",
        cases: &[],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "policy-mode-enforce",
        why: "Senders that know MTA-STS deliver to you only over an encrypted connection to a server that \
              proves its name.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "policy-mode-testing",
        why: "In testing mode senders report problems but deliver all the same, even without encryption. Your \
              mail is not protected yet.",
        steps: &["Look at the TLS reports of two weeks: do they show failures for your own mail servers?"],
        cases: &[],
    },
    Explanation {
        rule: "policy-mode-none",
        why: "Mode none tells senders to treat the domain as if it had no MTA-STS. That is the right way to \
              leave, but it is no protection.",
        steps: &[
            TO_LEAVE,
            "To protect your mail again: change the mode to testing in the policy file, then {new id}, and read \
             the reports.",
        ],
        cases: &[CaseExplanation {
            case: "without-mx",
            why: "",
            steps: &[
                TO_LEAVE,
                "To protect your mail again: write an mx line for each of your mail servers into the policy file, and \
                 change the mode to testing. Then {new id}, and read the reports.",
            ],
        }],
    },
    Explanation {
        rule: "policy-none-long-max-age",
        why: "Senders remember the policy for as long as max_age says. On the way out a day is enough.",
        steps: &["While the mode is none, set max_age to 86400 (one day) or less in the policy file."],
        cases: &[],
    },
    Explanation {
        rule: "policy-none-with-mx",
        why: "Mode none needs no mx lines, and most senders ignore them. Leave them: some refuse a policy without any, \
              and go on enforcing the one before.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "policy-testing-no-tlsrpt",
        why: "Testing mode exists so that senders can tell you what would go wrong. Without a TLS reporting \
              record they have nowhere to send that, so the test teaches you nothing.",
        steps: &["Choose a mailbox for reports that is read, by a person or by a reporting service."],
        cases: &[],
    },
    Explanation {
        rule: "policy-enforce-no-tlsrpt",
        why: "An enforced policy makes senders hold mail back when something is wrong with a certificate or a \
              server name. Without reports you will learn of it only from people whose mail did not arrive.",
        steps: &["Choose a mailbox for reports that is read, by a person or by a reporting service."],
        cases: &[],
    },
];

/// Said whether the policy has mx lines or not.
const TO_LEAVE: &str = "To leave: keep the file and the record until the longest max_age that you ever served has passed, \
                        and for eight days at least. Then delete both.";

pub(super) static CHECKED: &[Checked] = &[
    Checked { rule: "policy-mode-enforce", what: "Whether the policy's mode is enforce." },
    Checked { rule: "policy-mode-testing", what: "Whether the policy's mode is testing." },
    Checked { rule: "policy-mode-none", what: "Whether the policy's mode is none." },
    Checked { rule: "policy-none-long-max-age", what: "Whether a policy with mode none has a short max_age." },
    Checked { rule: "policy-none-with-mx", what: "Whether a policy with mode none has mx lines." },
    Checked { rule: "policy-testing-no-tlsrpt", what: "Whether a domain that tests its policy asks for TLS reports." },
    Checked {
        rule: "policy-enforce-no-tlsrpt",
        what: "Whether a domain that enforces its policy asks for TLS reports.",
    },
];
