//! English: the MX records that are live, and whether the policy allows them.

use crate::rules::words::{CaseExplanation, CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "mx-all-match",
        title: "The policy allows every mail server of the domain",
        detail: "",
        cases: &[
            CaseTitle { case: "one", title: "The policy allows the domain's mail server", detail: "" },
            CaseTitle { case: "two", title: "The policy allows both mail servers of the domain", detail: "" },
            CaseTitle { case: "many", title: "The policy allows all {hosts} mail servers of the domain", detail: "" },
        ],
    },
    Title {
        rule: "mx-none-match",
        title: "The policy allows none of the domain's mail servers",
        detail: "Live MX hosts: {hosts}.",
        cases: &[CaseTitle { case: "more", title: "", detail: "Live MX hosts: {hosts}, and {more} more." }],
    },
    Title {
        rule: "mx-some-unmatched",
        title: "The policy forgets a mail server",
        detail: "",
        cases: &[
            CaseTitle {
                case: "forgotten",
                title: "The policy forgets {host}",
                detail: "Preference {preference}. No mx line matches this name.",
            },
            CaseTitle { case: "nameless", title: "No policy can allow {host}", detail: "Preference {preference}." },
        ],
    },
    Title {
        rule: "mx-missing-implicit",
        title: "The domain has no MX record, so mail goes to its web address",
        detail: "",
        cases: &[
            CaseTitle {
                case: "is-host",
                title: "Mail goes to addresses at {name}, not at {domain}",
                detail: "{domain} has an address, and no MX record.",
            },
            CaseTitle {
                case: "omitted",
                title: "",
                detail: "The domain's own name counts as its mail server, and the enforced policy does not name {domain}: \
                         mail is refused.",
            },
        ],
    },
    Title {
        rule: "mx-missing-no-address",
        title: "The domain cannot take mail, and does not say so",
        detail: "",
        cases: &[],
    },
    Title { rule: "mx-null", title: "The domain takes no mail", detail: "", cases: &[] },
    Title {
        rule: "mx-null-with-others",
        title: "The domain says both that it takes mail and that it does not",
        detail: "",
        cases: &[],
    },
    Title { rule: "mx-target-cname", title: "An MX record names an alias", detail: "", cases: &[] },
    Title { rule: "mx-target-ip", title: "An MX record holds an address instead of a name", detail: "", cases: &[] },
    Title {
        rule: "mx-target-no-address",
        title: "A mail server has no address",
        detail: "",
        cases: &[
            CaseTitle { case: "no-host-name", title: "An MX record does not name a host", detail: "" },
            CaseTitle { case: "local", title: "Nobody on the internet can reach {host}", detail: "" },
            CaseTitle { case: "leftover", title: "A verification record of Microsoft is still there", detail: "" },
            CaseTitle { case: "meant", title: "The MX record is mistyped", detail: "" },
            CaseTitle { case: "zone-added", title: "Your domain was added to the name of a mail server", detail: "" },
        ],
    },
    Title {
        rule: "mx-target-private",
        title: "A mail server has a private address",
        detail: "{address} is not a public address.",
        cases: &[],
    },
    Title {
        rule: "mx-mixed-providers",
        title: "Several mail providers are live at once",
        detail: "{names}.",
        cases: &[
            CaseTitle { case: "two", title: "Two mail providers are live at once", detail: "" },
            CaseTitle { case: "many", title: "{providers} mail providers are live at once", detail: "" },
        ],
    },
    Title {
        rule: "mx-dns-error",
        title: "The mail servers could not be looked up",
        detail: "",
        cases: &[
            CaseTitle { case: "address", title: "The address of a mail server could not be looked up", detail: "" },
            CaseTitle { case: "unserved", title: "The domain's name servers do not answer for it", detail: "" },
            CaseTitle { case: "bogus", title: "", detail: "The DNSSEC signatures of the answer cannot be verified." },
        ],
    },
    Title {
        rule: "mx-not-looked-into",
        title: "Not every mail server was checked",
        detail: "{left} of {all}: {hosts}.",
        cases: &[CaseTitle { case: "more", title: "", detail: "{left} of {all}: {hosts}, and {more} more." }],
    },
    Title {
        rule: "mx-tls-not-tested",
        title: "The mail servers' own encryption was not tested",
        detail: "",
        cases: &[],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "mx-all-match",
        why: "Each server that takes your mail today is named in the policy, so an enforced policy stops no mail.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "mx-none-match",
        why: "None of the servers that take your mail is in your own policy. Senders that follow the standard \
              hold your mail back, and return it in the end.",
        steps: &[EDIT, SAVE],
        cases: &[
            CaseExplanation {
                case: "testing",
                why: "None of the servers that take your mail is in your own policy. In testing mode mail still arrives; \
                      with mode enforce it would all be held back.",
                steps: &[EDIT, SAVE],
            },
            CaseExplanation { case: "nameless", why: NO_NAME, steps: &[GIVE_A_NAME, LIST_THE_NAME] },
            CaseExplanation { case: "nameless-enforced", why: NO_NAME, steps: &[GIVE_A_NAME, LIST_THE_NAME] },
        ],
    },
    Explanation {
        rule: "mx-some-unmatched",
        why: "This server takes mail for you, but your policy does not name it. Senders that follow the \
              standard will not deliver to it. If it is a backup, you will notice only on the day when the \
              others fail.",
        steps: &[
            "If the server should take your mail: add the line below to the policy file, then {new id}.",
            "If it should not: remove it from the domain's MX records.",
        ],
        cases: &[CaseExplanation { case: "nameless", why: NO_NAME, steps: &[GIVE_A_NAME, LIST_THE_NAME] }],
    },
    Explanation {
        rule: "mx-missing-implicit",
        why: "Without an MX record, mail is delivered to the domain's own address, which is usually the web \
              server. Often that is not meant, and the mail is lost.",
        steps: &["If the domain takes mail: add the MX records that your mail provider gives you.", NULL_MX],
        cases: &[CaseExplanation {
            case: "is-host",
            why: "This is the name of a host, such as a web site. Without an MX record, mail to it would go to that host, \
                  which usually takes none.",
            steps: &[
                "Check the part after the @ of your mail addresses instead.",
                "If you do have addresses at this name: add the MX records that your mail provider gives you.",
            ],
        }],
    },
    Explanation {
        rule: "mx-missing-no-address",
        why: "There is no mail server and no address to deliver to. Senders try for days before they give up. A \
              null MX tells them at once.",
        steps: &[
            "If the domain takes no mail: add a single MX record with preference 0 and the host “.”, called a null MX.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "mx-null",
        why: "The domain says that it takes no mail at all, so there is no mail to protect. MTA-STS is not needed here.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "mx-null-with-others",
        why: "A null MX means “no mail here”, yet other mail servers are listed beside it. Some senders will \
              refuse to send to you.",
        steps: &[
            "If you take mail: delete the MX record whose host is “.”.",
            "If you do not: delete all the other MX records.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "mx-target-cname",
        why: "The standard forbids an alias here. Senders compare the policy with the name in the MX record, \
              and some mail servers do not accept an alias at all.",
        steps: &[
            "Add an mx line with the real host's name to the policy file, then {new id}.",
            "Then change the MX record to that name.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "mx-target-ip",
        why: "An MX record must hold a name. Senders look the address up as if it were a name, find nothing, \
              and cannot deliver.",
        steps: &["Give the server a host name with an A record, and put that name into the MX record."],
        cases: &[],
    },
    Explanation {
        rule: "mx-target-no-address",
        why: "The name in the MX record leads nowhere, so no mail can be delivered to it.",
        steps: &["Correct the name in the MX record, or remove the record if the server is gone."],
        cases: &[
            CaseExplanation {
                case: "other-works",
                why: "The name in this MX record leads nowhere. Another server works, so mail arrives, but senders lose \
                      time on this one.",
                steps: &[],
            },
            CaseExplanation {
                case: "no-host-name",
                why: "An MX record names one host by its full name: no wildcard, and only letters, digits and hyphens. No \
                      mail is delivered to {host}.",
                steps: &[],
            },
            CaseExplanation {
                case: "local",
                why: "{host} is a name that only works inside one computer or network. No mail from the internet is \
                      delivered there.",
                steps: &[],
            },
            CaseExplanation {
                case: "leftover",
                why: "Microsoft asks for this MX record once, to see that the domain is yours. It leads nowhere, and has \
                      done its work.",
                steps: &["Open {dns} and delete this MX record. Keep the others."],
            },
            CaseExplanation {
                case: "meant",
                why: "{host} has no address. It should probably be {name}.",
                steps: &[MX_BELOW],
            },
            CaseExplanation {
                case: "zone-added",
                why: "The DNS console added your domain to {name}, because the name did not end with a dot. No mail is \
                      delivered to {host}.",
                steps: &[MX_BELOW],
            },
        ],
    },
    Explanation {
        rule: "mx-target-private",
        why: "The address works only inside a private network, so senders on the internet cannot deliver to it.",
        steps: &["Change the server's A or AAAA record to its public address."],
        cases: &[],
    },
    Explanation {
        rule: "mx-mixed-providers",
        why: "Mail goes to more than one provider, as in the middle of a move. The policy must name the servers \
              of each, and mail may arrive at a provider where nobody looks any more.",
        steps: &[
            "While you move: keep the servers of each provider in the policy.",
            "When the move is done: first remove the old provider's MX records, then its mx lines from the \
             policy, and {new id}.",
        ],
        cases: &[CaseExplanation {
            case: "without-policy",
            why: "Mail goes to more than one provider, as in the middle of a move. It may arrive at a provider where \
                  nobody looks any more.",
            steps: &[
                "While you move: look at the mail that each provider has for you.",
                "When the move is done: remove the old provider's MX records.",
            ],
        }],
    },
    Explanation {
        rule: "mx-dns-error",
        why: "We could not find out which servers take your mail, so we cannot say whether the policy allows \
              them. This may clear up on its own.",
        steps: &["If it keeps happening, ask {dns host} why this cannot be looked up."],
        cases: &[
            CaseExplanation {
                case: "address",
                why: "We could not find out whether this server has an address. This may clear up on its own; senders that \
                      get no answer either cannot deliver to this server.",
                steps: &[],
            },
            CaseExplanation {
                case: "unserved",
                why: "The domain is registered, but the name servers that it is registered with give no answer about it. \
                      Until they do, neither mail nor the web site works.",
                steps: &[
                    "Look up where the domain is registered which name servers it has, and whether it is paid for.",
                    "Ask whoever runs these name servers whether they still serve {zone}. If you moved to another DNS host, \
                     enter that one's name servers.",
                ],
            },
        ],
    },
    Explanation {
        rule: "mx-not-looked-into",
        why: "We looked up the addresses of the ten mail servers that senders try first. The others may or may \
              not be fine.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "mx-tls-not-tested",
        why: "We looked at what the domain publishes, and did not connect to the mail servers themselves. \
              Whether their certificates are good is something that TLS reports tell you.",
        steps: &[],
        cases: &[],
    },
];

/// What is to be done about servers that the policy forgets.
const EDIT: &str = "Edit the policy file: write one mx line for each mail server that the domain uses now.";
const SAVE: &str = "Save the file, and only then {new id}, so that senders fetch the new policy.";

/// What is to be done about an MX record with a wrong name.
const MX_BELOW: &str = "Open {dns} and change the mail server in the MX record to the name below, with the dot at the end. Leave the \
                        policy as it is.";

/// How a domain says that it takes no mail.
const NULL_MX: &str = "If it does not: publish a null MX, a single MX record with preference 0 and the host “.”.";

/// Why no policy allows an MX host that has no host name.
const NO_NAME: &str = "Policies and certificates name servers by host names, which have only letters, digits and hyphens. No \
                       authority issues a certificate for another name, so senders that follow the standard cannot deliver to \
                       this server.";

/// What is to be done about an MX record of which no `mx` line can be made.
const GIVE_A_NAME: &str = "Give the server a full host name, made of letters, digits and hyphens, with an A record, and put \
                           that name into the MX record.";
const LIST_THE_NAME: &str = "Then write an mx line with that name into the policy file, and {new id}.";

pub(super) static CHECKED: &[Checked] = &[
    Checked { rule: "mx-all-match", what: "Whether every live MX host is allowed by the policy." },
    Checked { rule: "mx-none-match", what: "Whether at least one live MX host is allowed by the policy." },
    Checked { rule: "mx-some-unmatched", what: "Whether each live MX host is allowed by the policy." },
    Checked { rule: "mx-missing-implicit", what: "Whether the domain names its mail servers." },
    Checked {
        rule: "mx-missing-no-address",
        what: "Whether a domain without mail servers says that it takes no mail.",
    },
    Checked { rule: "mx-null", what: "Whether the domain has a null MX." },
    Checked { rule: "mx-null-with-others", what: "Whether a null MX stands alone." },
    Checked { rule: "mx-target-cname", what: "Whether each MX host is a real host name and not a CNAME." },
    Checked { rule: "mx-target-ip", what: "Whether each MX record holds a host name." },
    Checked { rule: "mx-target-no-address", what: "Whether each MX host has an address." },
    Checked { rule: "mx-target-private", what: "Whether each MX host can be reached from the internet." },
    Checked { rule: "mx-mixed-providers", what: "Whether all MX hosts belong to one mail provider." },
    Checked {
        rule: "mx-dns-error",
        what: "Whether the DNS answers for the domain's MX records and its mail servers' addresses.",
    },
    Checked {
        rule: "mx-not-looked-into",
        what: "Whether the domain has no more than ten mail servers: of others, only the names are read.",
    },
    Checked { rule: "mx-tls-not-tested", what: "Says that no connection to the mail servers was made." },
];
