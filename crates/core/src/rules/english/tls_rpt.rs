//! English: the TLS-RPT record: TXT at `_smtp._tls`.

use super::alias::{OWN_HOST, ZONE_ADDED};
use super::txt_record::{CONTROL, EMPTY, JOINED, NAME_INVALID, NO_EQUALS, SPACING, TRAILING_SPACE, VALUE_INVALID};
use crate::rules::words::{CaseExplanation, CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "tlsrpt-ok",
        title: "You asked senders for TLS reports",
        detail: "Reports go to {places}.",
        cases: &[],
    },
    Title {
        rule: "tlsrpt-missing",
        title: "You get no reports when encryption fails",
        detail: "",
        cases: &[CaseTitle { case: "wildcard", title: "", detail: "A record for the host * answers at _smtp._tls." }],
    },
    Title { rule: "tlsrpt-multiple", title: "There is more than one TLS-RPT record", detail: "", cases: &[] },
    Title {
        rule: "tlsrpt-not-tlsrpt",
        title: "The record at _smtp._tls is not a TLS-RPT record",
        detail: "",
        cases: &[EMPTY, CaseTitle { case: "other", title: "Your announce record is at _smtp._tls", detail: "" }],
    },
    Title {
        rule: "tlsrpt-version-invalid",
        title: "The version is not written v=TLSRPTv1",
        detail: "",
        cases: &[CaseTitle { case: "space", title: "There is a space before the first semicolon", detail: "" }],
    },
    Title {
        rule: "tlsrpt-rua-missing",
        title: "The record does not say where reports should go",
        detail: "",
        cases: &[CaseTitle { case: "capitals", title: "The name rua must be written in small letters", detail: "" }],
    },
    Title {
        rule: "tlsrpt-rua-scheme",
        title: "An address for reports lacks mailto: or https:",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "tlsrpt-rua-bad-address",
        title: "An address for reports is not a working address",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "tlsrpt-rua-unencoded",
        title: "An address for reports has a ! or ; in it",
        detail: "",
        cases: &[
            CaseTitle { case: "comma", title: "A web address for reports has a comma in it", detail: "" },
            CaseTitle { case: "cut", title: "A web address for reports ends at a semicolon", detail: "" },
        ],
    },
    Title { rule: "tlsrpt-rua-duplicate", title: "The record has two rua parts", detail: "", cases: &[] },
    Title {
        rule: "tlsrpt-rua-multiple",
        title: "Reports are asked for at several addresses",
        detail: "There are {addresses} addresses.",
        cases: &[],
    },
    Title { rule: "tlsrpt-rua-external", title: "Reports go to another domain", detail: "", cases: &[] },
    Title {
        rule: "tlsrpt-rua-same-domain",
        title: "Reports go to a mailbox of the domain itself",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "tlsrpt-rua-domain-no-mx",
        title: "Reports go to a domain that takes no mail",
        detail: "The DNS names no mail server for {domain}.",
        cases: &[],
    },
    Title {
        rule: "tlsrpt-dmarc-syntax",
        title: "The record has parts of a DMARC record in it",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "tlsrpt-syntax-invalid",
        title: "The TLS-RPT record is not well formed",
        detail: "",
        cases: &[
            JOINED,
            CaseTitle {
                case: "quote",
                title: "There are quotation marks or backslashes inside the record",
                detail: "",
            },
            CaseTitle { case: "non-ascii", title: "The record has a character that is not plain text", detail: "" },
            CONTROL,
            CaseTitle { case: "missing-semicolon", title: "The semicolon after the version is missing", detail: "" },
            CaseTitle { case: "empty-field", title: "The record has one semicolon or comma too many", detail: "" },
            NO_EQUALS,
            NAME_INVALID,
            VALUE_INVALID,
            SPACING,
            TRAILING_SPACE,
        ],
    },
    Title { rule: "tlsrpt-cname", title: "The TLS-RPT record is kept at another name", detail: "", cases: &[] },
    Title {
        rule: "tlsrpt-cname-dangling",
        title: "_smtp._tls points at a name where there is no record",
        detail: "",
        cases: &[CaseTitle { case: "zone-added", title: "", detail: ZONE_ADDED }],
    },
    Title { rule: "tlsrpt-dns-error", title: "The TLS-RPT record could not be looked up", detail: "", cases: &[] },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "tlsrpt-ok",
        why: "Senders that support it tell you once a day whether their mail reached you encrypted, and what \
              went wrong where it did not.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-missing",
        why: "Senders can tell you when they could not deliver to you securely, but only if you ask for it. \
              Without these reports you learn of trouble from people whose mail did not arrive.",
        steps: &[],
        cases: &[CaseExplanation {
            case: "wildcard",
            why: "Nobody set up a record for _smtp._tls: the record for the host * answers in its place. Leave that one as \
                  it is. A record of its own counts before it.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "tlsrpt-multiple",
        why: "With two records senders cannot know which one counts, so the standard tells them to send no \
              reports at all.",
        steps: &["Keep one and delete the others. To send reports to two places, write both into one record, with a \
             comma between them."],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-not-tlsrpt",
        why: "Senders look here for a record that begins with v=TLSRPTv1; and find something else, so they send \
              you no reports.",
        steps: &[
            "Open {dns} and find the TXT record with the host {tlsrpt}. If there is none, a record for the host \
             * may be answering in its place.",
            "If the text belongs somewhere else, such as SPF or DMARC, make sure that it is there too. Then add \
             or change the record of {tlsrpt} to the value below, with your own mailbox in it.",
        ],
        cases: &[CaseExplanation {
            case: "other",
            why: "It announces your policy, and belongs at _mta-sts. Senders look here for a record that begins with v=TLSRPTv1; and send no reports.",
            steps: &[
                "Copy its text: it belongs in a TXT record with the host {announce}.",
                "Then change the record of {tlsrpt} to the value below, with your own mailbox in it.",
            ],
        }],
    },
    Explanation {
        rule: "tlsrpt-version-invalid",
        why: "Senders recognise the record by its first characters, and tell capital letters from small ones \
              there. Written any other way, the record is ignored and you get no reports.",
        steps: &[],
        cases: &[CaseExplanation {
            case: "space",
            why: "Some senders accept a record with this space, and others ignore it and send no reports.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "tlsrpt-rua-missing",
        why: "Without an address senders cannot send you anything.",
        steps: &["Open {dns} and edit the TXT record with the host {tlsrpt}: after the version write rua=mailto: and \
             the address."],
        cases: &[CaseExplanation {
            case: "capitals",
            why: "Senders look for rua in small letters. Written with capitals it is another name, which they skip, and you get no reports.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "tlsrpt-rua-scheme",
        why: "Senders need to be told whether it is a mailbox or a web address, and http: without the s is not \
              allowed. They send no reports to an address that they cannot read.",
        steps: &["Write mailto: in front of each mail address, as in rua=mailto:reports@example.com. A web address \
             must begin with https:."],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-rua-bad-address",
        why: "Part of the address is missing, or there is a character in it that is not allowed. Reports to it \
              get lost.",
        steps: &["Correct the address. A mailbox is written mailto:reports@example.com, with no space and no < >; a \
             web address https://example.com/reports."],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-rua-unencoded",
        why: "These signs are not allowed as they are. A size limit such as !10m comes from DMARC and does not \
              exist here. Senders may cut the address off, or ignore the whole record.",
        steps: &[
            "Remove a size limit such as !10m. If the sign belongs to the address, write %21 for !, %3B for ; and %2C \
             for a comma.",
        ],
        cases: &[
            CaseExplanation {
                case: "comma",
                why: "A comma ends the address. Senders read what follows as a second one, and cannot use it.",
                steps: &[],
            },
            CaseExplanation {
                case: "cut",
                why: "A semicolon ends the address. Senders read what follows as another part of the record, and send reports to the shorter address.",
                steps: &[],
            },
        ],
    },
    Explanation {
        rule: "tlsrpt-rua-duplicate",
        why: "Senders differ here: some use the first, some the last, some none. So some of the reports may go missing.",
        steps: &["Write all addresses after one rua=, with a comma between them."],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-rua-multiple",
        why: "A sender may use all of the addresses or only one of them, so no single address is sure to see \
              everything. Microsoft is reported to use only the first: put there the one that matters most.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-rua-external",
        why: "That is usual with a reporting service, and it works even when your own mail does not. The other \
              domain need not give its consent first, as DMARC would ask. If you do not know the name, find out \
              who reads your reports.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-rua-same-domain",
        why: "That is fine. But when your mail servers cannot be reached, the reports about it cannot reach you \
              either. A mailbox elsewhere, or a reporting service, would still get them.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-rua-domain-no-mx",
        why: "Nothing can be delivered there: the address is mistyped, or the service behind it is gone. The \
              reports are lost.",
        steps: &[
            "Check the spelling of the address, and whether you still use the service that it belongs to.",
            "Open {dns} and edit the TXT record with the host {tlsrpt}: put in an address that takes mail.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-dmarc-syntax",
        why: "Senders skip them here: they do nothing. They suggest that the record was copied from DMARC, and \
              its address may then not be meant for TLS reports.",
        steps: &["Keep the version and rua= with the address, and delete the rest. DMARC has a record of its own, at \
             the host _dmarc."],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-syntax-invalid",
        why: "Senders may ignore a record that they cannot read, and then you get no reports.",
        steps: &[],
        cases: &[CaseExplanation {
            case: "joined",
            why: "Each record needs a TXT record of its own. Senders read the two as one, and send no reports or miss the second.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "tlsrpt-cname",
        why: "This is how a reporting service manages the record for its customers. Whoever runs the other name \
              decides where your reports go.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "tlsrpt-cname-dangling",
        why: "The name is an alias of another one, and nothing is there: perhaps the service was cancelled, or \
              the target is mistyped. You get no reports.",
        steps: &[
            "Open {dns} and find the CNAME record with the host {tlsrpt}.",
            "If you use the service that it points to, ask for the right target and correct it.",
            "If you do not, delete the CNAME, and add a TXT record with the same host that names a mailbox of your own.",
        ],
        cases: &[
            CaseExplanation { case: "own-host", why: OWN_HOST, steps: &[] },
            CaseExplanation {
                case: "zone-added",
                why: "",
                steps: &[
                    "Open {dns} and write a dot at the end of the target of the CNAME record with the host {tlsrpt}.",
                ],
            },
        ],
    },
    Explanation {
        rule: "tlsrpt-dns-error",
        why: "We could not find out whether you asked for reports. This may clear up on its own. Senders that \
              get no answer either send none.",
        steps: &["If it keeps happening, ask {dns host} why TXT records at {tlsrpt} cannot be looked up."],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked { rule: "tlsrpt-ok", what: "Whether there is exactly one TLS-RPT record, and it is valid." },
    Checked { rule: "tlsrpt-missing", what: "Whether the domain asks senders for TLS reports." },
    Checked { rule: "tlsrpt-multiple", what: "Whether only one TXT record at _smtp._tls begins with v=TLSRPTv1." },
    Checked { rule: "tlsrpt-not-tlsrpt", what: "Whether a TXT record at _smtp._tls is meant for TLS reports." },
    Checked { rule: "tlsrpt-version-invalid", what: "Whether the record begins with exactly v=TLSRPTv1." },
    Checked { rule: "tlsrpt-rua-missing", what: "Whether the record has a rua, the address that reports are sent to." },
    Checked { rule: "tlsrpt-rua-scheme", what: "Whether each address for reports begins with mailto: or https:." },
    Checked {
        rule: "tlsrpt-rua-bad-address",
        what: "Whether each address for reports is a whole mail address or web address.",
    },
    Checked {
        rule: "tlsrpt-rua-unencoded",
        what: "Whether exclamation marks and semicolons in addresses are written as %21 and %3B.",
    },
    Checked { rule: "tlsrpt-rua-duplicate", what: "Whether the record has one rua only." },
    Checked { rule: "tlsrpt-rua-multiple", what: "Whether the record names one address for reports." },
    Checked { rule: "tlsrpt-rua-external", what: "Whether reports are mailed to a mailbox outside the domain." },
    Checked { rule: "tlsrpt-rua-same-domain", what: "Whether reports are mailed to the domain that they are about." },
    Checked {
        rule: "tlsrpt-rua-domain-no-mx",
        what: "Whether the domain that reports are mailed to has a mail server.",
    },
    Checked {
        rule: "tlsrpt-dmarc-syntax",
        what: "Whether the record holds settings that only DMARC knows, such as p= or ruf=.",
    },
    Checked {
        rule: "tlsrpt-syntax-invalid",
        what: "Whether every part of the record is written as name=value, with one semicolon between the parts.",
    },
    Checked {
        rule: "tlsrpt-cname",
        what: "Whether the name _smtp._tls is an alias (CNAME) of a record somewhere else.",
    },
    Checked { rule: "tlsrpt-cname-dangling", what: "Whether the CNAME at _smtp._tls leads to a TLS-RPT record." },
    Checked { rule: "tlsrpt-dns-error", what: "Whether the DNS answers for _smtp._tls." },
];
