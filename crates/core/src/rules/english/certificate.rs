//! English: why no secure connection to the policy host could be made, as far as its certificate tells.

use crate::rules::words::{CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "policy-tls-name-mismatch",
        title: "The certificate is for another name",
        detail: "Names in the certificate: {names}.",
        cases: &[
            CaseTitle {
                case: "common-name-alone",
                title: "",
                detail: "Names in the certificate: none, and the common name {name}.",
            },
            CaseTitle { case: "no-name", title: "", detail: "Names in the certificate: none." },
        ],
    },
    Title {
        rule: "policy-tls-wildcard-depth",
        title: "The wildcard certificate does not reach the policy host",
        detail: "Names in the certificate: {names}.",
        cases: &[],
    },
    Title {
        rule: "policy-tls-cn-only",
        title: "The certificate has the name in the wrong field",
        detail: "",
        cases: &[CaseTitle {
            case: "common-name-alone",
            title: "",
            detail: "Names in the certificate: none, and the common name {name}.",
        }],
    },
    Title {
        rule: "policy-tls-expired",
        title: "The certificate has expired",
        detail: "Valid until {until}.",
        cases: &[],
    },
    Title {
        rule: "policy-tls-expiring",
        title: "The certificate expires soon",
        detail: "Valid until {until}.",
        cases: &[],
    },
    Title {
        rule: "policy-tls-not-yet-valid",
        title: "The certificate is not valid yet",
        detail: "Valid from {from}.",
        cases: &[],
    },
    Title {
        rule: "policy-tls-untrusted",
        title: "The certificate is not from a public authority",
        detail: "Issued by {issuer}.",
        cases: &[],
    },
    Title {
        rule: "policy-tls-incomplete-chain",
        title: "The server leaves out part of the certificate chain",
        detail: "Issued by {issuer}.",
        cases: &[],
    },
    Title {
        rule: "policy-tls-old-version",
        title: "The server speaks only old versions of TLS",
        detail: "Names in the certificate: {names}.",
        cases: &[
            CaseTitle {
                case: "common-name-alone",
                title: "",
                detail: "Names in the certificate: none, and the common name {name}.",
            },
            CaseTitle { case: "no-name", title: "", detail: "Names in the certificate: none." },
        ],
    },
    Title {
        rule: "policy-tls-handshake-failed",
        title: "The server refuses connections for the policy host's name",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "delegation-cert-provider-name",
        title: "The certificate has the provider's name, not yours",
        detail: "Names in the certificate: {names}.",
        cases: &[],
    },
    Title {
        rule: "policy-tls-failed",
        title: "The policy host's certificate or encryption is at fault",
        detail: "",
        cases: &[],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "policy-tls-name-mismatch",
        why: "The server shows a certificate that does not name your policy host. Senders then cannot tell \
              whether it is yours, and ignore your policy.",
        steps: &[
            "At your web host, add the policy host's name below as a domain of the site, and have a certificate \
             issued for it.",
            "A certificate for the domain itself or for www does not count: the name must be in it in full.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-wildcard-depth",
        why: "In a certificate, * stands for one part of a name and no more. The policy host is one part too \
              deep for it, so senders ignore your policy.",
        steps: &["Have a certificate issued for the policy host's name below, in full."],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-cn-only",
        why: "The name stands in an old field of the certificate (the common name) that mail servers no longer read.",
        steps: &["Have the certificate reissued with the policy host's name among its subject alternative names \
             (SAN). Every public authority does that automatically."],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-expired",
        why: "Since the certificate expired, senders cannot fetch your policy. Those that know an old one keep \
              using it for a while; for all others you have none.",
        steps: &[
            "Renew the certificate at your web host.",
            "Find out why it was not renewed automatically, and fix that too.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-expiring",
        why: "Certificates that renew themselves do so weeks before the end. This one has less than two weeks \
              left, so renewal may be broken.",
        steps: &[
            "Renew the certificate at your web host.",
            "Find out why it was not renewed automatically, and fix that too.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-not-yet-valid",
        why: "The certificate begins in the future, so senders do not accept it.",
        steps: &["Check the clock of the server that made the certificate, and have it reissued."],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-untrusted",
        why: "The certificate is self-signed, or from an authority that mail servers do not know. Anybody could \
              make one like it, so senders ignore your policy.",
        steps: &["Replace it with a certificate from a public authority. Let's Encrypt issues them at no cost."],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-incomplete-chain",
        why: "Browsers find the missing part on their own, so the page looks fine there. Mail servers do not: \
              they ignore your policy.",
        steps: &[
            "Have the server send the full chain: the file is often called fullchain.pem.",
            "In nginx that is the file of ssl_certificate; in other servers look for “chain” or “intermediate”.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-old-version",
        why: "Senders use TLS 1.2 and 1.3, the versions that are safe. The server offers only an older one, so \
              they cannot fetch your policy.",
        steps: &["Switch TLS 1.2 and 1.3 on at the web server, and the older versions off."],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-handshake-failed",
        why: "The server ends the connection before it shows a certificate. Usually the name has not been set up there.",
        steps: &[
            "At your web host, add the policy host's name below as a domain of the site, and wait for its certificate.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "delegation-cert-provider-name",
        why: "Your policy host is an alias of a provider's server, and that server has a certificate for its \
              own name only. Senders ask for yours, so they ignore the policy.",
        steps: &["Ask the provider to issue a certificate for the policy host's name below. Usually you have to add \
             the name as a custom domain in your account there."],
        cases: &[],
    },
    Explanation {
        rule: "policy-tls-failed",
        why: "Senders fetch the policy only over a connection that proves it is yours. That proof failed, so \
              they ignore your policy. Which of the usual causes it is cannot be seen from here.",
        steps: &[
            "Open the policy's address in a browser and read what the warning says. No warning there does not \
             prove that all is well: browsers repair an incomplete certificate chain on their own.",
            "If the certificate has expired, renew it, and find out why it was not renewed automatically.",
            "If it is for another name, get one that names the mta-sts host itself: one for the domain or for \
             www does not count.",
            "If it is self-signed, replace it with one from a public authority, such as Let's Encrypt.",
            "If browsers show no warning, have the server send the full certificate chain, and allow TLS 1.2 and 1.3.",
        ],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked { rule: "policy-tls-name-mismatch", what: "Whether the policy host's certificate names the policy host." },
    Checked {
        rule: "policy-tls-wildcard-depth",
        what: "Whether a wildcard in the certificate stands for exactly one label of the policy host.",
    },
    Checked {
        rule: "policy-tls-cn-only",
        what: "Whether the name is among the certificate's alternative names, not only in its common name.",
    },
    Checked { rule: "policy-tls-expired", what: "Whether the policy host's certificate is still valid." },
    Checked {
        rule: "policy-tls-expiring",
        what: "Whether a certificate that was looked at is valid for 14 more days.",
    },
    Checked { rule: "policy-tls-not-yet-valid", what: "Whether the policy host's certificate is valid already." },
    Checked {
        rule: "policy-tls-untrusted",
        what: "Whether the certificate was issued by an authority that senders know.",
    },
    Checked {
        rule: "policy-tls-incomplete-chain",
        what: "Whether the server sends the intermediate certificates along with its own.",
    },
    Checked { rule: "policy-tls-old-version", what: "Whether the policy host speaks TLS 1.2 or later." },
    Checked {
        rule: "policy-tls-handshake-failed",
        what: "Whether the server accepts secure connections for the policy host's name.",
    },
    Checked {
        rule: "delegation-cert-provider-name",
        what: "Whether a policy host that is a provider's by CNAME shows a certificate for the domain's own name.",
    },
    Checked { rule: "policy-tls-failed", what: "Whether a secure connection to the policy host can be made." },
];
