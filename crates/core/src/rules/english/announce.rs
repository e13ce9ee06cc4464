//! English: the announce record: TXT at `_mta-sts`.

use super::alias::{OWN_HOST, ZONE_ADDED};
use super::txt_record::{CONTROL, EMPTY, JOINED, NAME_INVALID, NO_EQUALS, SPACING, TRAILING_SPACE, VALUE_INVALID};
use crate::rules::words::{CaseExplanation, CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "record-ok",
        title: "The record that announces your policy is in order",
        detail: "The id is {id}.",
        cases: &[],
    },
    Title { rule: "record-missing", title: "The domain has no MTA-STS", detail: "", cases: &[] },
    Title {
        rule: "record-missing-policy-served",
        title: "There is a policy, but no record that announces it",
        detail: "",
        cases: &[],
    },
    Title { rule: "record-multiple", title: "There is more than one announce record", detail: "", cases: &[] },
    Title {
        rule: "record-unrelated-txt",
        title: "There is another TXT record beside the announce record",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "record-not-sts",
        title: "The record at _mta-sts is not an announce record",
        detail: "",
        cases: &[
            EMPTY,
            CaseTitle { case: "other", title: "Your TLS-RPT record is at _mta-sts", detail: "" },
            CaseTitle { case: "policy", title: "The policy file's text is in the DNS record", detail: "" },
        ],
    },
    Title {
        rule: "record-version-case",
        title: "The version mixes up capital and small letters",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "record-version-spacing",
        title: "There are spaces in or before the version",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "record-version-unsupported",
        title: "The version is not STSv1",
        detail: "",
        cases: &[CaseTitle { case: "no-version", title: "The record does not begin with v=STSv1", detail: "" }],
    },
    Title {
        rule: "record-missing-semicolon",
        title: "The semicolon after the version is missing",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "record-space-before-semicolon",
        title: "There is a space before the first semicolon",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "record-id-missing",
        title: "The record has no id",
        detail: "",
        cases: &[CaseTitle { case: "capitals", title: "The name id must be written in small letters", detail: "" }],
    },
    Title {
        rule: "record-id-invalid",
        title: "The id has a character that is not allowed",
        detail: "",
        cases: &[CaseTitle { case: "placeholder", title: "The id is a placeholder", detail: "" }],
    },
    Title {
        rule: "record-id-too-long",
        title: "The id is too long",
        detail: "It has {length} characters.",
        cases: &[],
    },
    Title { rule: "record-id-spacing", title: "There is a space around the = of the id", detail: "", cases: &[] },
    Title { rule: "record-id-duplicate", title: "The record has two ids", detail: "", cases: &[] },
    Title {
        rule: "record-extension-unknown",
        title: "The record has parts that senders skip",
        detail: "Not known: {fields}.",
        cases: &[],
    },
    Title {
        rule: "record-syntax-invalid",
        title: "The record is not well formed",
        detail: "",
        cases: &[
            JOINED,
            CONTROL,
            CaseTitle { case: "empty-field", title: "The record has one semicolon too many", detail: "" },
            NO_EQUALS,
            NAME_INVALID,
            VALUE_INVALID,
            SPACING,
            TRAILING_SPACE,
        ],
    },
    Title {
        rule: "record-literal-quotes",
        title: "There are quotation marks or backslashes inside the record",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "record-non-ascii",
        title: "The record has a character that is not plain text",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "record-split-strings",
        title: "The record is stored in several pieces",
        detail: "It is stored as {strings} strings.",
        cases: &[],
    },
    Title { rule: "record-cname", title: "The announce record is kept at another name", detail: "", cases: &[] },
    Title {
        rule: "record-cname-dangling",
        title: "_mta-sts points at a name where there is no record",
        detail: "",
        cases: &[CaseTitle { case: "zone-added", title: "", detail: ZONE_ADDED }],
    },
    Title {
        rule: "record-ttl-long",
        title: "A change of the record takes more than a day to be seen",
        detail: "The TTL is {seconds} seconds.",
        cases: &[],
    },
    Title { rule: "record-dns-error", title: "The announce record could not be looked up", detail: "", cases: &[] },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "record-ok",
        why: "Senders that look at _mta-sts learn that your domain has a policy, and the id tells them when it changes.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-missing",
        why: "Without MTA-STS, someone who can get between two mail servers can switch the encryption off, and \
              read or change the mail on its way to you. Nobody would notice.",
        steps: &[
            "Put a policy file on the web first: a text file with the text and at the address below. Begin with \
             mode: testing, which stops no mail.",
            "Then open {dns} and add a TXT record with the host and the value below.",
            "Read the TLS reports for two weeks. When they are clean, change the mode to enforce and give \
             the record a new id.",
        ],
        cases: &[CaseExplanation {
            case: "nowhere",
            why: "We know of no mail server that a policy could name. Once there is one, MTA-STS keeps others from switching \
                  the encryption off.",
            steps: &["If the domain is to take mail: set up its mail servers (MX records) first, then check again."],
        }],
    },
    Explanation {
        rule: "record-missing-policy-served",
        why: "Senders look for the DNS record first. Without it nobody asks for your policy file, so it \
              protects nothing.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-multiple",
        why: "With two records senders cannot know which one counts, so the standard tells them to ignore both. \
              Your policy protects nothing until one of them is gone.",
        steps: &["Keep one that begins with v=STSv1; and delete the others. They are often left over from a change \
             of provider."],
        cases: &[],
    },
    Explanation {
        rule: "record-unrelated-txt",
        why: "Senders should skip the other record, and most do. Some strict programs give up when they see \
              two, and then deliver to you without your policy.",
        steps: &["Delete {others}, and keep the announce record: nothing else has a use at this name."],
        cases: &[],
    },
    Explanation {
        rule: "record-not-sts",
        why: "Senders look here for a record that begins with v=STSv1; and find something else. They carry on \
              as if you had no MTA-STS.",
        steps: &[
            "Open {dns} and find the TXT record with the host {announce}. If there is none, a record for the \
             host * may be answering in its place.",
            "If the text belongs somewhere else, such as SPF, make sure that it is there too. Then add or \
             change the record of {announce} to the value below.",
        ],
        cases: &[
            CaseExplanation {
                case: "other",
                why: "It asks for TLS reports, and belongs at _smtp._tls. Senders look here for a record that begins with v=STSv1; and find none.",
                steps: &[
                    "Copy its text: it belongs in a TXT record with the host {tlsrpt}.",
                    "Then change the record of {announce} to the value below.",
                ],
            },
            CaseExplanation {
                case: "policy",
                why: "These lines belong in a file on the web, each key on a line of its own. Senders look here for a record that begins with v=STSv1; and find none.",
                steps: &[],
            },
        ],
    },
    Explanation {
        rule: "record-version-case",
        why: "Senders look for exactly v=STSv1, capital and small letters included. If it is written in any \
              other way, they ignore the record, and your policy with it.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-version-spacing",
        why: "The record must begin with exactly v=STSv1. With a space in it senders do not recognise it, and \
              ignore your policy.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-version-unsupported",
        why: "Senders know one version only, and ignore a record with any other. The version stays the same \
              when you change your policy; only the id changes.",
        steps: &[],
        cases: &[CaseExplanation {
            case: "no-version",
            why: "Senders recognise the record by its first characters. When these are not v=STSv1, they ignore it, and your policy with it.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "record-missing-semicolon",
        why: "Without the semicolon senders read the version and the id as one word that they do not know, and \
              ignore your policy.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-space-before-semicolon",
        why: "The standard allows this space in one place and forbids it in another, so some senders accept \
              your record and others ignore it.",
        steps: &[],
        cases: &[CaseExplanation {
            case: "among-several",
            why: "There are several TXT records at this name, and of several senders look only at those that begin with exactly v=STSv1; so with this space your record is thrown away.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "record-id-missing",
        why: "A record without an id is not valid. Senders ignore it, and your policy with it.",
        steps: &["Write id= and a text of letters and digits after the version, for instance the date and time, as \
             in the value below."],
        cases: &[CaseExplanation {
            case: "capitals",
            why: "Senders look for id in small letters. Written with capitals it is another name, which they skip, and a record without an id is ignored.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "record-id-invalid",
        why: "Hyphens, underscores, colons, dots and spaces are not allowed in an id. Because of it senders \
              ignore the whole record, and your policy too.",
        steps: &[
            "Use letters and digits only. A date and time works well: 20260512T0930 stands for 12 May 2026, 9:30.",
        ],
        cases: &[CaseExplanation {
            case: "placeholder",
            why: "An example has this where your own id belongs. Senders notice a new policy by a new id, and refuse one that is not letters and digits.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "record-id-too-long",
        why: "An id may have 32 characters. With a longer one senders ignore the record, and your policy with it.",
        steps: &[
            "Shorten the id. A date and time such as 20260512T0930 is enough: it only has to differ from the last one.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "record-id-spacing",
        why: "With a space there senders cannot read the id. They ignore the record, and your policy with it.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-id-duplicate",
        why: "Most senders take the first id. Some reject the whole record, and if you change only the second \
              id, senders may not notice that your policy has changed.",
        steps: &["Keep one id and delete the other, as in the value below."],
        cases: &[],
    },
    Explanation {
        rule: "record-extension-unknown",
        why: "The standard leaves room for future additions, so senders skip what they do not know. It does no harm.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-syntax-invalid",
        why: "One slip makes the whole record void: senders ignore it, and your policy with it.",
        steps: &[],
        cases: &[CaseExplanation {
            case: "joined",
            why: "Each record needs a TXT record of its own. Senders read the two as one, and ignore it or miss the second.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "record-literal-quotes",
        why: "Some guides show the value in quotation marks, or with a backslash before each semicolon. Most \
              DNS consoles add these automatically; if you paste them too, they become part of the text, and \
              senders ignore the record.",
        steps: &["Replace its value with the text below, exactly as it stands, {quotes} and with no backslash."],
        cases: &[],
    },
    Explanation {
        rule: "record-non-ascii",
        why: "Word processors and web pages insert curly quotation marks or special spaces that look right but \
              are not. Senders ignore a record with such a character in it.",
        steps: &["Delete its value and type the text below by hand, or paste it as plain text."],
        cases: &[],
    },
    Explanation {
        rule: "record-split-strings",
        why: "DNS allows this. Senders put the pieces together with no space between them, and so did we.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-cname",
        why: "This is how a provider manages MTA-STS for its customers. Whoever runs the other name decides \
              when the id changes, so the policy file should be in the same hands.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "record-cname-dangling",
        why: "The name is an alias of another one, and nothing is there: perhaps the service was cancelled, or \
              the target is mistyped. Senders find no record and carry on as if you had no MTA-STS.",
        steps: &[
            "Open {dns} and find the CNAME record with the host {announce}.",
            "If you use the provider that it points to, ask for the right target and correct it.",
            "If you do not, delete the CNAME. To keep MTA-STS, add a TXT record with the same host and the value below.",
        ],
        cases: &[
            CaseExplanation { case: "own-host", why: OWN_HOST, steps: &[] },
            CaseExplanation {
                case: "zone-added",
                why: "",
                steps: &[
                    "Open {dns} and write a dot at the end of the target of the CNAME record with the host {announce}.",
                ],
            },
        ],
    },
    Explanation {
        rule: "record-ttl-long",
        why: "Other servers keep a copy of the record for this long. If something goes wrong with your policy, \
              senders learn of the correction only when their copy has run out.",
        steps: &["Set its TTL to 3600, which is one hour."],
        cases: &[],
    },
    Explanation {
        rule: "record-dns-error",
        why: "We could not find out whether there is a record. This may clear up on its own. Senders that get \
              no answer either will not see a new or changed policy.",
        steps: &["If it keeps happening, ask {dns host} why TXT records at {announce} cannot be looked up."],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked { rule: "record-ok", what: "Whether there is exactly one announce record, and it is valid." },
    Checked { rule: "record-missing", what: "Whether the domain has an announce record, or at least a policy file." },
    Checked {
        rule: "record-missing-policy-served",
        what: "Whether a domain that serves a policy file has an announce record.",
    },
    Checked { rule: "record-multiple", what: "Whether only one TXT record at _mta-sts begins with v=STSv1." },
    Checked { rule: "record-unrelated-txt", what: "Whether the announce record is the only TXT record at _mta-sts." },
    Checked { rule: "record-not-sts", what: "Whether a TXT record at _mta-sts is meant for MTA-STS." },
    Checked {
        rule: "record-version-case",
        what: "Whether the version is written v=STSv1, with exactly these capital and small letters.",
    },
    Checked {
        rule: "record-version-spacing",
        what: "Whether the record begins with v=STSv1 with no space before it or inside it.",
    },
    Checked {
        rule: "record-version-unsupported",
        what: "Whether the record begins with the version STSv1, the only one that exists.",
    },
    Checked { rule: "record-missing-semicolon", what: "Whether a semicolon separates the version from what follows." },
    Checked {
        rule: "record-space-before-semicolon",
        what: "Whether the record begins with v=STSv1; with no space before the semicolon.",
    },
    Checked {
        rule: "record-id-missing",
        what: "Whether the record has an id, by which senders notice that the policy has changed.",
    },
    Checked { rule: "record-id-invalid", what: "Whether the id is made of letters and digits alone." },
    Checked { rule: "record-id-too-long", what: "Whether the id has at most 32 characters." },
    Checked { rule: "record-id-spacing", what: "Whether id= and its value are written without a space between them." },
    Checked { rule: "record-id-duplicate", what: "Whether the record has one id only." },
    Checked {
        rule: "record-extension-unknown",
        what: "Whether the record holds anything besides the version and the id.",
    },
    Checked {
        rule: "record-syntax-invalid",
        what: "Whether every part of the announce record is written as name=value, with one semicolon between \
               the parts.",
    },
    Checked {
        rule: "record-literal-quotes",
        what: "Whether the value was saved without the marks that only belong in a zone file.",
    },
    Checked { rule: "record-non-ascii", what: "Whether the record holds only plain letters, digits and signs." },
    Checked { rule: "record-split-strings", what: "Whether the text of the record is one string." },
    Checked { rule: "record-cname", what: "Whether the name _mta-sts is an alias (CNAME) of a record somewhere else." },
    Checked { rule: "record-cname-dangling", what: "Whether the CNAME at _mta-sts leads to an announce record." },
    Checked {
        rule: "record-ttl-long",
        what: "Whether the time to live (TTL) of the announce record is at most a day.",
    },
    Checked { rule: "record-dns-error", what: "Whether the DNS answers for _mta-sts." },
];
