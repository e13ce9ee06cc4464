//! English: DANE, the certificates of MX hosts, published in signed DNS (RFC 7672).

use crate::rules::words::{Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title { rule: "dane-present", title: "DANE protects the mail servers too", detail: "", cases: &[] },
    Title { rule: "dane-absent", title: "The mail servers do not use DANE", detail: "", cases: &[] },
    Title {
        rule: "dane-insecure",
        title: "The DANE records are not signed, so senders ignore them",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "dane-mx-insecure",
        title: "The mail servers use DANE, but your domain is not signed",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "dane-unusable",
        title: "The DANE records are of a kind that mail does not use",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "dane-malformed",
        title: "A DANE record cannot match any certificate",
        detail: "Matching type {matching} needs {wanted} bytes; there are {bytes}.",
        cases: &[],
    },
    Title {
        rule: "dane-lookup-failed",
        title: "Senders that use DANE cannot deliver to a mail server",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "dane-some-mx",
        title: "Only some of the mail servers use DANE",
        detail: "Without: {hosts}.",
        cases: &[],
    },
    Title { rule: "dane-and-mta-sts", title: "DANE and MTA-STS work together", detail: "", cases: &[] },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "dane-present",
        why: "With DANE the mail servers' certificates are named in your signed DNS. Senders that support it \
              deliver only to a server that shows the right one.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "dane-absent",
        why: "DANE is another way to force encryption. It needs DNSSEC and a mail provider that supports it. \
              MTA-STS works without it, so nothing is wrong.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "dane-insecure",
        why: "This mail server has DANE records (TLSA), but the zone that they stand in is not signed with \
              DNSSEC. Anybody could forge them, so no sender uses them.",
        steps: &["Ask the company that runs the mail server's DNS to sign its zone with DNSSEC, or to remove the \
             TLSA records."],
        cases: &[],
    },
    Explanation {
        rule: "dane-mx-insecure",
        why: "Your mail provider did its part: the servers have signed DANE records. But your own domain is not \
              signed with DNSSEC, so senders cannot trust the way to those servers, and most do not use DANE \
              for you.",
        steps: &["Where the domain is registered, add the DS record that {dns host} then shows you."],
        cases: &[],
    },
    Explanation {
        rule: "dane-unusable",
        why: "All DANE records of this mail server have a usage that mail servers do not support, so they \
              protect nothing.",
        steps: &[
            "Ask whoever runs the mail server to publish TLSA records that begin with 3 1 1, made from its certificate.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "dane-malformed",
        why: "The fingerprint in this record is too short or too long. Where it is the only one, senders that \
              use DANE can deliver nothing to this server.",
        steps: &["Ask whoever runs the mail server to make the TLSA record anew from its certificate, and to replace \
             the wrong one."],
        cases: &[],
    },
    Explanation {
        rule: "dane-lookup-failed",
        why: "The mail server's name is signed, yet the question for its DANE records gets no valid answer. \
              Senders that use DANE must then wait, and in the end return the mail.",
        steps: &[
            "Tell the company that runs the mail server's DNS that TLSA lookups fail at the name below.",
            "Often an old name server or a firewall in front of it does not know TLSA records.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "dane-some-mx",
        why: "Somebody who wants to avoid the protected servers can push mail to the others.",
        steps: &["Ask for DANE at the other servers too, or remove them from the MX records if they are not needed."],
        cases: &[],
    },
    Explanation {
        rule: "dane-and-mta-sts",
        why: "Senders that know only one of the two are covered by it. A sender that knows both must not \
              deliver where DANE fails, whatever the policy says.",
        steps: &[],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked { rule: "dane-present", what: "Whether the mail servers publish their certificates in signed DNS." },
    Checked { rule: "dane-absent", what: "Whether any mail server has TLSA records." },
    Checked { rule: "dane-insecure", what: "Whether TLSA records are protected by DNSSEC." },
    Checked {
        rule: "dane-mx-insecure",
        what: "Whether the MX records that lead to a server with DANE are protected by DNSSEC.",
    },
    Checked { rule: "dane-unusable", what: "Whether a mail server has a TLSA record with certificate usage 2 or 3." },
    Checked { rule: "dane-malformed", what: "Whether the digest in each TLSA record has the length of its kind." },
    Checked { rule: "dane-lookup-failed", what: "Whether the DNS answers for TLSA records of a signed mail server." },
    Checked { rule: "dane-some-mx", what: "Whether all mail servers have TLSA records, if one has." },
    Checked { rule: "dane-and-mta-sts", what: "Whether a domain with MTA-STS has DANE as well." },
];
