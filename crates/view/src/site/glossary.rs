//! MTA-STS for people who have a business to run, and the words that come with it.

use maud::{Markup, html};
use mta_sts_core::advice::TEST_DAYS;

use crate::page::{Head, shell};

/// A term, its page-wide id, and what it means.
struct Term {
    id: &'static str,
    name: &'static str,
    /// What the letters stand for.
    long: &'static str,
    meaning: &'static str,
}

const TERMS: [Term; 13] = [
    Term {
        id: "announce-record",
        name: "Announce record",
        long: "",
        meaning: "The TXT record at _mta-sts in front of your domain. It says that you have a policy, and its id tells senders \
                  when the policy has changed.",
    },
    Term {
        id: "certificate",
        name: "Certificate",
        long: "",
        meaning: "A server's proof of its name, signed by an authority that others trust. It names exactly the hosts that it is \
                  good for, and runs out after some weeks or months.",
    },
    Term {
        id: "dane",
        name: "DANE",
        long: "DNS-based Authentication of Named Entities",
        meaning: "Another way to force encryption between mail servers: the right certificate is named in the DNS itself. It takes \
                  DNSSEC, and whoever runs the mail server has to set it up. Both ways can be used side by side.",
    },
    Term {
        id: "dkim",
        name: "DKIM",
        long: "DomainKeys Identified Mail",
        meaning: "A signature in each mail that you send. It shows that the mail is from your domain and was not changed on its way. \
                  It encrypts nothing.",
    },
    Term {
        id: "dmarc",
        name: "DMARC",
        long: "Domain-based Message Authentication, Reporting and Conformance",
        meaning: "Says what others are to do with mail that claims to be from you and fails SPF and DKIM, and sends you reports of it.",
    },
    Term {
        id: "dns",
        name: "DNS",
        long: "Domain Name System",
        meaning: "The directory of the internet. Your domain's entries, its records, say where its web site is and which servers take \
                  its mail. You change them at your domain's DNS host, often the company that you bought it from.",
    },
    Term {
        id: "dnssec",
        name: "DNSSEC",
        long: "DNS Security Extensions",
        meaning: "Signatures on DNS answers, so that nobody in between can forge them or make them disappear. MTA-STS works without, \
                  and is harder to get around with it.",
    },
    Term {
        id: "max-age",
        name: "max_age",
        long: "",
        meaning: "How long senders keep your policy, in seconds. Within that time they go by it even if they cannot reach your policy \
                  host, which is what makes it hard to attack. It is also why a policy cannot be taken back at once.",
    },
    Term {
        id: "mx",
        name: "MX record",
        long: "Mail Exchanger",
        meaning: "The entry in the DNS that names a server which takes mail for your domain. There may be several; the one with the \
                  lowest number is tried first.",
    },
    Term {
        id: "policy-file",
        name: "Policy file",
        long: "",
        meaning: "A short text on your own web host, at mta-sts in front of your domain. It names your mail servers, and says \
                  whether to insist on encryption (mode enforce), to try it out (testing) or to stop (none).",
    },
    Term {
        id: "spf",
        name: "SPF",
        long: "Sender Policy Framework",
        meaning: "The list of servers that may send mail from your domain. It is about mail that goes out; MTA-STS is about mail \
                  that comes in.",
    },
    Term {
        id: "starttls",
        name: "STARTTLS",
        long: "",
        meaning: "How one mail server offers another to encrypt: after the first words, which are in the clear. Somebody in between can \
                  take the offer out, and without MTA-STS or DANE the sender carries on in the clear.",
    },
    Term {
        id: "tls-rpt",
        name: "TLS-RPT",
        long: "SMTP TLS Reporting",
        meaning: "A TXT record at _smtp._tls in front of your domain, with an address. Large senders mail it a report each day on what \
                  went well and what failed. Without it you hear of a fault from your customers.",
    },
];

/// The faults that are seen most, each with the rule that finds it.
const MISTAKES: [(&str, &str, &str); 5] = [
    (
        "Enforcing without testing.",
        "A policy that is wrong and enforced stops mail. In mode testing it stops nothing, and reports tell you what it would have stopped.",
        "history-enforce-without-testing",
    ),
    (
        "An id that never changes.",
        "Senders look at the id to learn of a change. If you change the policy and not the id, they go by the old one for weeks.",
        "history-policy-changed-id-same",
    ),
    (
        "A mail server that the policy forgets.",
        "When you move to another provider or add a backup server, put it into the policy first. Mail to a server that is not listed is held back.",
        "mx-some-unmatched",
    ),
    (
        "A certificate without the policy host's name.",
        "The policy is fetched from mta-sts in front of your domain, and the certificate there has to name exactly that host.",
        "policy-tls-name-mismatch",
    ),
    (
        "No reports.",
        "Without TLS-RPT nobody tells you that a sender could not deliver, or that somebody tampers with your mail.",
        "policy-enforce-no-tlsrpt",
    ),
];

pub(super) fn page() -> Markup {
    let head = Head {
        title: "MTA-STS explained for small businesses",
        description: "What MTA-STS is, why mail to your domain needs it, how to set it up without losing mail, and the words \
                      that come with it, in plain English.",
        address: Some("/glossary"),
        indexed: true,
        script: Some("/widget/v1/mta-sts-check.js"),
    };
    shell(
        &head,
        &html! {
            h1 { (head.title) }
            p.lead {
                "Your customers write to you. On the way, each mail is handed from their provider's server to yours. MTA-STS is how "
                "you make sure that nobody reads it, or sends it elsewhere, in between."
            }
            // Where no script runs, the link stays.
            mta-sts-check { a href="/" { "Check your domain" } }

            h2 { "The gap that it closes" }
            p {
                "Mail servers do encrypt, if both sides offer it. But the offer (" a href="#starttls" { "STARTTLS" } ") is made in the "
                "clear. Somebody who controls a network on the way, a rogue Wi-Fi operator or a hijacked router, can remove it. "
                "Then the mail is sent unencrypted, and neither you nor your customer notices. They can also answer in your server's "
                "place: without MTA-STS most senders do not check whose certificate they are shown."
            }
            p { "With MTA-STS your domain says in public: " strong { "deliver to these servers, encrypted and with a valid certificate, or not at all" } ". Google, Microsoft and many others go by it when they send mail to you." }

            h2 { "What it is made of" }
            ol {
                li { strong { "An entry in the DNS" } ", the " a href="#announce-record" { "announce record" } ". It tells senders that you have a policy." }
                li { strong { "A small text file" } ", the " a href="#policy-file" { "policy file" } ", on a web host named mta-sts.your-domain, with a " a href="#certificate" { "certificate" } " for that name. It lists your mail servers." }
                li { strong { "An address for reports" } " (" a href="#tls-rpt" { "TLS-RPT" } "). It is not part of MTA-STS, and you want it all the same: it is how you find out." }
            }
            p { "All of it concerns mail that comes " em { "to" } " you. For mail that goes out there are " a href="#spf" { "SPF" } ", " a href="#dkim" { "DKIM" } " and " a href="#dmarc" { "DMARC" } "." }

            h2 { "How to set it up without losing mail" }
            ol {
                li { strong { "Ask for reports." } " Publish the TLS-RPT record first, so that you hear what happens." }
                li { strong { "Start in mode testing." } " Put the policy file in place, then the announce record. Nothing is held back yet." }
                li { strong { "Look at the reports" } " after a few days. They " a href="/reports" { "can be read here" } ", in your browser." }
                li { strong { "Enforce" } " after " (TEST_DAYS) " days without a failure of your own: first change the mode in the file, then the id in the record." }
                li { strong { "At each later change" } ", the file first and then a new id." }
            }
            p { a href="/build" { "Plan it for your domain" } ": you get the texts, the steps for your provider and the days, as a calendar too." }

            h2 { "What goes wrong most" }
            dl.terms {
                @for (mistake, why, rule) in MISTAKES {
                    dt { (mistake) }
                    dd { (why) " " a href={ (mta_sts_core::rules::rule::PAGES) (rule) } { "How we check for it" } "." }
                }
            }

            h2 { "What it does not do" }
            p {
                "It does not encrypt mail from end to end: your provider and your customer's can still read it. It does not stop spam, or "
                "mail that only pretends to be from you. And it works only with senders that support it, so it is a lock on one more door, "
                "not on all of them. It costs nothing but some care."
            }

            h2 { "The words" }
            dl.terms {
                @for term in &TERMS {
                    dt id=(term.id) { (term.name) @if !term.long.is_empty() { " " span.m-about { "(" (term.long) ")" } } }
                    dd { (term.meaning) }
                }
            }
            p.m-about {
                "The standards themselves: " a href="https://www.rfc-editor.org/rfc/rfc8461" rel="noopener" { "RFC 8461" } " (MTA-STS) and "
                a href="https://www.rfc-editor.org/rfc/rfc8460" rel="noopener" { "RFC 8460" } " (TLS-RPT)."
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use mta_sts_core::rules;

    use super::*;

    #[test]
    fn every_link_within_leads_to_a_term_and_every_mistake_to_a_rule() {
        let html = page().into_string();
        for target in html.split("href=\"#").skip(1).map(|rest| rest.split('"').next().expect("its end")) {
            assert!(target == "main" || TERMS.iter().any(|term| term.id == target), "#{target}");
        }
        for (_, _, rule) in MISTAKES {
            assert!(rules::all().any(|other| other.id == rule), "{rule}");
        }
        assert!(TERMS.is_sorted_by_key(|term| term.name.to_lowercase()));
    }
}
