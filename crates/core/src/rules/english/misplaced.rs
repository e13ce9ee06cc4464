//! English: records where nobody looks for them, and answers that nobody wrote for the name.

use crate::rules::words::{CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "record-wildcard-artefact",
        title: "A wildcard record answers in place of the announce record",
        detail: "A made-up name of the domain has the same TXT record.",
        cases: &[CaseTitle { case: "alias", title: "", detail: "A made-up name leads to {target} too." }],
    },
    Title {
        rule: "policy-host-wildcard-artefact",
        title: "A wildcard record sends the policy host to your web site",
        detail: "A made-up name of the domain leads to the same place.",
        cases: &[],
    },
    Title { rule: "record-wrong-name", title: "The announce record is at the wrong name", detail: "", cases: &[] },
    Title {
        rule: "record-doubled-domain",
        title: "The announce record has the domain in its name twice",
        detail: "",
        cases: &[],
    },
    Title { rule: "record-parent-only", title: "Only the domain above this one has MTA-STS", detail: "", cases: &[] },
    Title { rule: "policy-wrong-location", title: "The policy file is at another address", detail: "", cases: &[] },
    Title { rule: "tlsrpt-wrong-name", title: "The TLS-RPT record is at the wrong name", detail: "", cases: &[] },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "record-wildcard-artefact",
        why: "Nobody set up a record for _mta-sts. A record for the host * answers for every name that has none \
              of its own, and senders cannot use that answer.",
        steps: &[
            "Leave the record for the host * as it is, if you need it.",
            "Open {dns} and add a TXT record of its own with the host and the value below: it then counts in \
             place of the wildcard.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-host-wildcard-artefact",
        why: "mta-sts has no record of its own. The record for the host * sends it where it sends every name: to a site that \
              does not have your policy.",
        steps: &[
            "Choose a web host for the policy file, or let your web site serve it under the name of the policy host, with a \
             certificate for that name.",
            "Open {dns} and add a record for the host {policy host} that leads there. It counts before the one for *, \
             which you can leave as it is.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "record-wrong-name",
        why: "Senders look only at _mta-sts, with an underscore in front and a hyphen in the middle. They do \
              not find your record, so your policy protects nothing.",
        steps: &[
            "Open {dns} and find the TXT record at the name above.",
            "Add a TXT record with the host and the value below, then delete the old one.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "record-doubled-domain",
        why: "Most DNS consoles add the domain to the host by themselves. Somebody typed it too, so the record \
              is at a name that no sender looks at.",
        steps: &["Open {dns} and edit the TXT record.", "Make its host the one below, without the domain. {once}"],
        cases: &[],
    },
    Explanation {
        rule: "record-parent-only",
        why: "A policy counts for one domain and for none below it. Mail to this name is not covered by the \
              policy of the one above.",
        steps: &["If mail is sent to addresses at this name, publish a record and a policy file for it as well."],
        cases: &[],
    },
    Explanation {
        rule: "policy-wrong-location",
        why: "There is a policy file, but not where senders look for it. They ask at one address only.",
        steps: &["Move the file to the address below. Leave nothing at the old one."],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-wrong-name",
        why: "Senders look only at _smtp._tls. They do not find your record, so they send you no reports.",
        steps: &[
            "Open {dns} and find the TXT record at the name above.",
            "Add a TXT record with the host and the value below, then delete the old one.",
        ],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked {
        rule: "record-wildcard-artefact",
        what: "Whether what stands at _mta-sts is only what the host * answers for any name.",
    },
    Checked {
        rule: "policy-host-wildcard-artefact",
        what: "Whether the policy host leads only where the host * leads every name.",
    },
    Checked {
        rule: "record-wrong-name",
        what: "Whether an announce record stands at the domain itself, at mta-sts or at _mta_sts.",
    },
    Checked { rule: "record-doubled-domain", what: "Whether the record's name ends in the domain twice." },
    Checked {
        rule: "record-parent-only",
        what: "Whether the domain one level up announces a policy and this one does not.",
    },
    Checked {
        rule: "policy-wrong-location",
        what: "Whether a file that is missing at the right address is at /mta-sts.txt or on the domain's own web site.",
    },
    Checked { rule: "tlsrpt-wrong-name", what: "Whether a TLS-RPT record stands at another name than _smtp._tls." },
];
