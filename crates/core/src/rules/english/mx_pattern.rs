//! English: the `mx:` patterns of the policy.

use crate::rules::words::{CaseExplanation, CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "mx-pattern-trailing-dot",
        title: "A server name in the policy ends with a dot",
        detail: "",
        cases: &[],
    },
    Title { rule: "mx-pattern-port", title: "A server name in the policy has a port", detail: "", cases: &[] },
    Title {
        rule: "mx-pattern-ip",
        title: "The policy has an address where a server name belongs",
        detail: "",
        cases: &[],
    },
    Title { rule: "mx-pattern-list", title: "Several servers stand on one line", detail: "", cases: &[] },
    Title {
        rule: "mx-pattern-priority",
        title: "A server name in the policy has a preference number",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "mx-pattern-url-or-address",
        title: "The policy has a web or mail address where a server name belongs",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "mx-pattern-bad-wildcard",
        title: "The policy uses an asterisk where it is not allowed",
        detail: "",
        cases: &[CaseTitle { case: "leading-dot", title: "A server name in the policy begins with a dot", detail: "" }],
    },
    Title {
        rule: "mx-pattern-non-ascii",
        title: "A server name in the policy has special letters",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "mx-pattern-invalid-label",
        title: "A server name in the policy is not a valid name",
        detail: "",
        cases: &[],
    },
    Title { rule: "mx-pattern-too-broad", title: "A pattern allows servers of strangers", detail: "", cases: &[] },
    Title {
        rule: "mx-pattern-own-wildcard",
        title: "The policy allows every host of your domain",
        detail: "",
        cases: &[],
    },
    Title { rule: "mx-pattern-duplicate", title: "A server is named twice in the policy", detail: "", cases: &[] },
    Title { rule: "mx-pattern-unused", title: "The policy names a server that takes no mail", detail: "", cases: &[] },
    Title {
        rule: "mx-pattern-wildcard-depth",
        title: "A wildcard has the wrong number of parts",
        detail: "{pattern} does not match {host}.",
        cases: &[CaseTitle {
            case: "known",
            title: "A wildcard matches none of the provider's mail servers",
            detail: "",
        }],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "mx-pattern-trailing-dot",
        why: "In DNS settings a name may end with a dot, but not in a policy. Senders cannot read the line, or \
              it matches no server.",
        steps: &["Delete the dot at the end of the name."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-port",
        why: "An mx line holds only the server's name. With a port after it, senders cannot read the line.",
        steps: &["Delete the colon and the number after the name."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-ip",
        why: "Senders compare the policy with the names in your MX records. An address matches none of them.",
        steps: &["Write the server's name as it stands in the MX record."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-list",
        why: "Each server needs an mx line of its own. Senders cannot read a list.",
        steps: &["Write one line for each server, each beginning with mx:."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-priority",
        why: "The number belongs to the MX record in DNS. In the policy, senders cannot read the line with it.",
        steps: &["Delete the number in front of the name."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-url-or-address",
        why: "An mx line holds only the name of a mail server. Senders cannot read an address there.",
        steps: &["Write the server's name as it stands in the MX record, without https:// or an @."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-bad-wildcard",
        why: "The asterisk may only stand for the whole first part of a name, as in *.example.com. Senders \
              cannot read any other use.",
        steps: &["Write the server's full name, or an asterisk, a dot and the rest of the name."],
        cases: &[CaseExplanation {
            case: "leading-dot",
            why: "Some programs write a wildcard as a dot in front. In a policy senders cannot read it.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "mx-pattern-non-ascii",
        why: "Names with accents or other scripts must be written in the form that begins with xn--. Senders \
              cannot read this one.",
        steps: &["Write the name as it stands in the MX record: there it has the form that begins with xn--."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-invalid-label",
        why: "A host name has letters, digits and hyphens, at most 63 in each part, and no part begins or ends \
              with a hyphen. Senders cannot read this one.",
        steps: &[
            "Compare the name with the one in the MX record, and correct it. If the MX record has the same name, \
                 rename the host there too: nobody issues a certificate for this one.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-too-broad",
        why: "Anyone can register a name under that ending, and the policy would allow their server. That \
              defeats its purpose.",
        steps: &["Name your own servers, or your provider's, in full."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-own-wildcard",
        why: "Any host directly under your domain may take your mail. That is allowed; it relies on nobody else \
              being able to set up a host there.",
        steps: &[],
        cases: &[],
    },
    Explanation { rule: "mx-pattern-duplicate", why: "The second line changes nothing.", steps: &[], cases: &[] },
    Explanation {
        rule: "mx-pattern-unused",
        why: "No MX record of the domain has this name. It may be left over from an earlier provider, or \
              misspelt, and the policy would still accept that server.",
        steps: &["If the server is gone for good: delete the line.", "If it is misspelt: correct it."],
        cases: &[],
    },
    Explanation {
        rule: "mx-pattern-wildcard-depth",
        why: "An asterisk stands for exactly one part of a name. This pattern has the right ending, but the \
              server's name has more or fewer parts, so it is not allowed.",
        steps: &[
            "Write the server's name in full, or put the asterisk directly in front of what follows its first part.",
        ],
        cases: &[CaseExplanation {
            case: "known",
            why: "An asterisk stands for exactly one part of a name. The provider's mail servers have more parts in front of this ending, so none of them is allowed.",
            steps: &[],
        }],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked { rule: "mx-pattern-trailing-dot", what: "Whether a pattern ends without a dot." },
    Checked { rule: "mx-pattern-port", what: "Whether a pattern is a name without a port." },
    Checked { rule: "mx-pattern-ip", what: "Whether a pattern is a name and not an IP address." },
    Checked { rule: "mx-pattern-list", what: "Whether each mx line names one server." },
    Checked { rule: "mx-pattern-priority", what: "Whether a pattern stands without the preference of the MX record." },
    Checked { rule: "mx-pattern-url-or-address", what: "Whether a pattern is a host name." },
    Checked { rule: "mx-pattern-bad-wildcard", what: "Whether an asterisk stands alone as the first part of a name." },
    Checked { rule: "mx-pattern-non-ascii", what: "Whether a pattern is plain ASCII." },
    Checked {
        rule: "mx-pattern-invalid-label",
        what: "Whether each part of a pattern is one that a host name can have.",
    },
    Checked {
        rule: "mx-pattern-too-broad",
        what: "Whether a wildcard stands directly under an ending such as .com or .com.au.",
    },
    Checked { rule: "mx-pattern-own-wildcard", what: "Whether a wildcard covers the domain itself." },
    Checked { rule: "mx-pattern-duplicate", what: "Whether each pattern is given once." },
    Checked { rule: "mx-pattern-unused", what: "Whether each pattern matches a live MX host." },
    Checked {
        rule: "mx-pattern-wildcard-depth",
        what: "Whether a wildcard has as many parts as the servers that it is meant for.",
    },
];
