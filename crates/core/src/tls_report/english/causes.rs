//! English: why sessions failed.

use crate::tls_report::model::ResultType;

/// What is said of a cause.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::tls_report) struct Explanation {
    /// A few plain words.
    pub(in crate::tls_report) title: &'static str,
    /// What it means, for a person who runs a small business.
    pub(in crate::tls_report) why: &'static str,
    /// Whether an enforced policy keeps such mail from being delivered, which is then said.
    pub(in crate::tls_report) is_refused: bool,
    /// What to do, in order.
    pub(in crate::tls_report) steps: &'static [&'static str],
}

/// What an enforced policy does to such mail: where it was tested, and where it was enforced already.
pub(in crate::tls_report) const REFUSED: [&str; 2] = [
    "Once the policy is enforced, such mail is not delivered.",
    "The policy was enforced already, so such mail was refused.",
];

/// A sentence for a code that senders are known to give, as they write it (RFC 8460 §4.4, `failure-reason-code`).
pub(in crate::tls_report) fn reason_code(code: &str) -> Option<&'static str> {
    // Only case and what stands between words differ.
    let mut words = String::new();
    for character in code.chars() {
        match character {
            'a'..='z' | '0'..='9' => words.push(character),
            'A'..='Z' => words.push(character.to_ascii_lowercase()),
            _ if words.ends_with(' ') => {}
            _ => words.push(' '),
        }
    }
    let has = |part: &str| crate::text::part::has(&words, part);
    let known = CODES.iter().find(|(parts, _)| parts.iter().all(|part| has(part)));
    known.map(|(_, means)| *means)
}

/// What a code has in it, and what that means. The first that fits counts. Names that begin with X509 are OpenSSL's.
const CODES: &[(&[&str], &str)] = &[
    (&["mx host", "mismatch"], "Your policy does not list this mail server."),
    (&["mx mismatch"], "Your policy does not list this mail server."),
    (&["no policy served"], "There was a record, but no policy file at its address."),
    (&["http", "response"], "The web server did not answer the request for the policy file with status 200."),
    (&["http", "status"], "The web server did not answer the request for the policy file with status 200."),
    (&["http", "redirect"], "The web server redirected the request for the policy file; senders do not follow."),
    (&["cert", "has expired"], "The certificate is past its last day."),
    (&["cert", "not yet valid"], "The certificate is not valid yet, or the sender's clock is wrong."),
    (&["cert", "revoked"], "The certificate was revoked."),
    (&["hostname mismatch"], "The certificate is for another name."),
    (&["ip address mismatch"], "The certificate is for another address."),
    (&["unable to get", "issuer"], "A certificate between the server's own and the authority's is missing."),
    (&["unable to verify", "first"], "A certificate between the server's own and the authority's is missing."),
    (&["unable to verify", "leaf"], "A certificate between the server's own and the authority's is missing."),
    (&["self signed"], "The server made the certificate itself, or the sender does not know the authority."),
    (&["key too small"], "The certificate's key is too short."),
    (&["md too weak"], "The certificate is signed in a way that is no longer safe."),
    (&["invalid purpose"], "The certificate is not meant for servers."),
    (&["untrusted"], "The sender does not trust the authority."),
    (&["path length"], "The chain of certificates is longer than one of them allows."),
    (&["chain too long"], "The chain of certificates is too long."),
    (&["x509 v err"], "The sender's TLS library (OpenSSL) refused the certificate."),
    (&["starttls", "not"], "The server did not offer STARTTLS."),
    (&["no shared cipher"], "Sender and server have no cipher in common."),
    (&["handshake failure"], "Sender and server found no way to encrypt that both accept."),
    (&["protocol version"], "Sender and server speak no common version of TLS."),
    (&["unsupported protocol"], "Sender and server speak no common version of TLS."),
    (&["timeout"], "The server did not answer in time."),
    (&["timed out"], "The server did not answer in time."),
    (&["connection re"], "The server ended or refused the connection."),
];

#[expect(clippy::too_many_lines, reason = "a table")]
pub(in crate::tls_report) fn cause(result_type: &ResultType) -> &'static Explanation {
    match result_type {
        ResultType::StarttlsNotSupported => &Explanation {
            title: "A mail server did not offer encryption",
            why: "The sender wanted to encrypt the connection and the mail server did not offer it (STARTTLS). If the server offers it to others, it may have \
              had a fault for a while, or something on the way may have removed the offer, which is what MTA-STS \
              guards against.",
            is_refused: true,
            steps: &[
                "See which mail servers the reports name, and whether all of them are still in use.",
                "Turn on STARTTLS at that server, with a certificate for its name, or ask whoever runs it to.",
                "If a firewall or spam filter stands in front of it, make sure that it lets STARTTLS through.",
            ],
        },
        ResultType::CertificateHostMismatch => &Explanation {
            title: "A mail server's certificate is for another name",
            why: "The certificate that the mail server showed does not have the name that the MX record has, or the server is \
              not one that the policy allows.",
            is_refused: true,
            steps: &[
                "Compare the mail servers that the reports name with the MX records and with the mx lines of the policy.",
                "Get each server a certificate with the name that is in its MX record, or put the name that is in the certificate \
             into the MX record.",
                "If the policy does not allow the server, add it to the policy, then change the id of the record.",
            ],
        },
        ResultType::CertificateExpired => &Explanation {
            title: "A mail server's certificate has expired",
            why: "The certificate that the mail server showed was past its last day. Most programs refuse it from then \
              on.",
            is_refused: true,
            steps: &[
                "Renew the certificate of the mail server that the reports name, or ask whoever runs it to.",
                "Make sure that it is renewed automatically in future, and that the mail server loads the new one.",
            ],
        },
        ResultType::CertificateNotTrusted => &Explanation {
            title: "A mail server's certificate is not trusted",
            why: "The certificate that the mail server showed is not from an authority that the sender trusts. Often it is one \
              that the server made for itself, or a certificate in between is missing.",
            is_refused: true,
            steps: &[
                "Get a certificate from a public authority for the mail server that the reports name.",
                "Have the server send the whole chain: its own certificate and those in between.",
            ],
        },
        ResultType::ValidationFailure => &Explanation {
            title: "The connection was not good enough, for another reason",
            why: "The sender says only that the connection did not meet the policy. Often the mail server is not one that the \
              policy allows, or it speaks no version of TLS that the sender accepts. If the sender gives a code, that \
              tells more.",
            is_refused: true,
            steps: &[
                "Compare the mail servers that the reports name with the mx lines of the policy.",
                "Look at the code that the sender gives, and show it to whoever runs the server.",
                "Make sure that the server speaks TLS 1.2 or 1.3.",
            ],
        },
        ResultType::TlsaInvalid => &Explanation {
            title: "DANE records do not match the mail server",
            why: "The domain publishes which certificate its mail servers have (DANE, TLSA records), and a server showed \
              another one. Senders that use DANE do not deliver there, whatever MTA-STS says.",
            is_refused: false,
            steps: &[
                "Publish TLSA records for the certificate that the server has now, or remove the old ones.",
                "Before each change of certificate, publish the new record beside the old one.",
            ],
        },
        ResultType::DnssecInvalid => &Explanation {
            title: "DNSSEC signatures do not hold",
            why: "The sender asked for the domain's records and got none whose signatures hold. Senders that check them do \
              not deliver until that is fixed, whatever MTA-STS says.",
            is_refused: false,
            steps: &[
                "Ask whoever runs your DNS to look at the DNSSEC signatures of the domain and of the mail servers' names.",
                "After a move to another DNS provider, make sure that the registrar has the new provider's DS record.",
            ],
        },
        ResultType::DaneRequired => &Explanation {
            title: "A sender insists on DANE",
            why: "The sender delivers to this domain only with DANE, by an agreement of its own, and a mail server has no \
              TLSA record that DNSSEC protects.",
            is_refused: false,
            steps: &[
                "Ask the sender whether that is still meant.",
                "If so, sign the domain with DNSSEC and publish TLSA records for every mail server.",
            ],
        },
        ResultType::StsPolicyFetchError => &Explanation {
            title: "The policy file could not be fetched",
            why: "The sender saw that there is a policy, but could not get the file. Mail still arrives, but such a sender does \
              not protect it; one that remembers an older policy keeps using that.",
            is_refused: false,
            steps: &[
                "Check the domain here: it shows whether the file can be fetched now.",
                "If it can, find out whether the web host was down on the days in the reports, is slow, or turns some visitors away.",
            ],
        },
        ResultType::StsPolicyInvalid => &Explanation {
            title: "The policy file is not valid",
            why: "The sender got the policy file, but could not read it as a policy. Mail still arrives, but such a sender does \
              not protect it. Some senders are stricter than the standard.",
            is_refused: false,
            steps: &[
                "Check the domain here: it shows what is wrong with the file, and what some senders do not like.",
                "Fix the file, then change the id of the record.",
            ],
        },
        ResultType::StsWebpkiInvalid => &Explanation {
            title: "The policy host's certificate is not valid",
            why: "The sender could not trust the certificate of the web server that the policy is on. Mail still arrives, \
              but such a sender does not protect it.",
            is_refused: false,
            steps: &[
                "Check the domain here: it shows what is wrong with the certificate.",
                "Get a certificate for the policy host from a public authority, and make sure that it is renewed automatically.",
            ],
        },
        ResultType::NotTold => &Explanation {
            title: "Sessions failed, and no cause is given",
            why: "The reports count more failed sessions than they give causes for. That says little by itself; the causes \
              that other reports give are the likely ones.",
            is_refused: false,
            steps: &["Look at the other causes first.", "If there are none, ask the contact that the report gives."],
        },
        ResultType::Other(_) => &Explanation {
            title: "A cause that is not in the standard",
            why: "The sender uses a word of its own for what went wrong. It is shown as it was sent.",
            is_refused: false,
            steps: &["Look at the code or text that the sender gives, or ask the sender what it means."],
        },
    }
}
