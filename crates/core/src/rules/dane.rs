//! DANE: the certificates of MX hosts, published in signed DNS (RFC 7672).

use super::rule::Kind;
use super::rule::Rule;
use super::source::rfc;
use super::source::sts;
use crate::evidence::dnssec::Dnssec;
use crate::evidence::dnssec::dnssec;
use crate::evidence::{Dns, Record};
use crate::facts::Facts;
use crate::facts::live_mx::MxHost;
use crate::published::policy::Mode;
use crate::text::clip::clip;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "dane-present",
        kind: Kind::Pass,
        grammar: false,
        title: "DANE protects the mail servers too",
        what: super::rule::documented("Whether the mail servers publish their certificates in signed DNS."),
        why: super::rule::explained(
            "With DANE the mail servers' certificates are named in your signed DNS. Senders that support it deliver only to \
              a server that shows the right one.",
        ),
        steps: &[],
        source: rfc(7672, "2.2"),
        check: |facts, out| {
            if is_protected(facts) {
                out.report();
            }
        },
    },
    Rule {
        id: "dane-absent",
        kind: Kind::Info,
        grammar: false,
        title: "The mail servers do not use DANE",
        what: super::rule::documented("Whether any mail server has TLSA records."),
        why: super::rule::explained(
            "DANE is another way to force encryption. It needs DNSSEC and a mail provider that supports it. MTA-STS works \
              without it, so nothing is wrong.",
        ),
        steps: &[],
        source: rfc(7672, "2.2"),
        check: |facts, out| {
            // Hosts past the limit, or past the requests of a check, stay pending.
            let may_be = |mx: &MxHost<'_>| matches!(mx.tlsa, Dns::Pending) || lacks_tlsa(mx);
            if facts.mx.hosts.iter().any(lacks_tlsa) && facts.mx.hosts.iter().all(may_be) {
                out.report();
            }
        },
    },
    Rule {
        id: "dane-insecure",
        kind: Kind::Warning,
        grammar: false,
        title: "The DANE records are not signed, so senders ignore them",
        what: super::rule::documented("Whether TLSA records are protected by DNSSEC."),
        why: super::rule::explained(
            "This mail server has DANE records (TLSA), but the zone that they stand in is not signed with DNSSEC. Anybody \
              could forge them, so no sender uses them.",
        ),
        steps: super::rule::to_mend(&[
            "Ask the company that runs the mail server's DNS to sign its zone with DNSSEC, or to remove the TLSA records.",
        ]),
        source: rfc(7672, "2.2"),
        check: |facts, out| {
            for mx in &facts.mx.hosts {
                if dnssec(mx.tlsa) == Dnssec::Insecure && !records(mx).is_empty() {
                    out.report().subject(&mx.host);
                }
            }
        },
    },
    Rule {
        id: "dane-mx-insecure",
        kind: Kind::Warning,
        grammar: false,
        title: "The mail servers use DANE, but your domain is not signed",
        what: super::rule::documented(
            "Whether the MX records that lead to a server with DANE are protected by DNSSEC.",
        ),
        why: super::rule::explained(
            "Your mail provider did its part: the servers have signed DANE records. But your own domain is not signed with \
              DNSSEC, so senders cannot trust the way to those servers, and most do not use DANE for you.",
        ),
        steps: super::rule::to_mend(&[
            "{sign}",
            "Where the domain is registered, add the DS record that {dns host} then shows you.",
        ]),
        source: rfc(7672, "2.2.1"),
        check: |facts, out| {
            if dnssec(facts.mx.dns) == Dnssec::Insecure && facts.mx.hosts.iter().any(has_usable) {
                out.report();
            }
        },
    },
    Rule {
        id: "dane-unusable",
        kind: Kind::Warning,
        grammar: false,
        title: "The DANE records are of a kind that mail does not use",
        what: super::rule::documented("Whether a mail server has a TLSA record with certificate usage 2 or 3."),
        why: super::rule::explained(
            "All DANE records of this mail server have a usage that mail servers do not support, so they protect nothing.",
        ),
        steps: super::rule::to_mend(&[
            "Ask whoever runs the mail server to publish TLSA records that begin with 3 1 1, made from its certificate.",
        ]),
        source: rfc(7672, "3.1.3"),
        check: |facts, out| {
            for mx in facts.mx.hosts.iter().filter(|mx| dnssec(mx.tlsa) == Dnssec::Secure) {
                let records = records(mx);
                if !records.is_empty() && !records.iter().any(is_for_mail) {
                    out.report().subject(&mx.host);
                }
            }
        },
    },
    Rule {
        id: "dane-malformed",
        kind: Kind::Error,
        grammar: false,
        title: "A DANE record cannot match any certificate",
        what: super::rule::documented("Whether the digest in each TLSA record has the length of its kind."),
        why: super::rule::explained(
            "The fingerprint in this record is too short or too long. Where it is the only one, senders that use DANE can \
              deliver nothing to this server.",
        ),
        steps: super::rule::to_mend(&[
            "Ask whoever runs the mail server to make the TLSA record anew from its certificate, and to replace the wrong one.",
        ]),
        source: rfc(6698, "2.1.3"),
        check: |facts, out| {
            for mx in &facts.mx.hosts {
                if let Some(Record::Tlsa { matching, data, .. }) = records(mx).iter().find(|record| !is_whole(record)) {
                    let (bytes, wanted) = (data.0.len(), digest_length(*matching).unwrap_or(1));
                    out.report()
                        .subject(&mx.host)
                        .detail(format!("Matching type {matching} needs {wanted} bytes; there are {bytes}."));
                }
            }
        },
    },
    Rule {
        id: "dane-lookup-failed",
        kind: Kind::Error,
        grammar: false,
        title: "Senders that use DANE cannot deliver to a mail server",
        what: super::rule::documented("Whether the DNS answers for TLSA records of a signed mail server."),
        why: super::rule::explained(
            "The mail server's name is signed, yet the question for its DANE records gets no valid answer. Senders that use \
              DANE must then wait, and in the end return the mail.",
        ),
        steps: super::rule::to_mend(&[
            "Tell the company that runs the mail server's DNS that TLSA lookups fail at the name below.",
            "Often an old name server or a firewall in front of it does not know TLSA records.",
        ]),
        source: rfc(7672, "2.1.1"),
        check: |facts, out| {
            for mx in facts.mx.hosts.iter().filter(|mx| mx.addresses.dnssec() == Dnssec::Secure) {
                if matches!(mx.tlsa, Dns::Bogus { .. } | Dns::Unanswered(_)) {
                    out.report()
                        .subject(&mx.host)
                        .copy("Name of the TLSA records", crate::name::labels::tlsa_name(&mx.host));
                }
            }
        },
    },
    Rule {
        id: "dane-some-mx",
        kind: Kind::Info,
        grammar: false,
        title: "Only some of the mail servers use DANE",
        what: super::rule::documented("Whether all mail servers have TLSA records, if one has."),
        why: super::rule::explained("Somebody who wants to avoid the protected servers can push mail to the others."),
        steps: super::rule::to_mend(&[
            "Ask for DANE at the other servers too, or remove them from the MX records if they are not needed.",
        ]),
        source: rfc(7672, "2.2"),
        check: |facts, out| {
            let without: Vec<&str> =
                facts.mx.hosts.iter().filter(|mx| lacks_tlsa(mx)).map(|mx| mx.host.as_str()).collect();
            if is_protected(facts) && !without.is_empty() {
                out.report().detail(format!("Without: {}.", clip(&without.join(", "), 300)));
            }
        },
    },
    Rule {
        id: "dane-and-mta-sts",
        kind: Kind::Pass,
        grammar: false,
        title: "DANE and MTA-STS work together",
        what: super::rule::documented("Whether a domain with MTA-STS has DANE as well."),
        why: super::rule::explained(
            "Senders that know only one of the two are covered by it. A sender that knows both must not deliver where DANE \
              fails, whatever the policy says.",
        ),
        steps: &[],
        source: sts("2"),
        check: |facts, out| {
            let in_use = facts.usable_policy().is_some() && facts.announce.used().is_some();
            if in_use && facts.mode() != Some(Mode::None) && is_protected(facts) {
                out.report();
            }
        },
    },
];

/// Whether DANE holds for at least one host: the MX records are signed, and a TLSA record can be used (RFC 7672 §2.2).
fn is_protected(facts: &Facts<'_>) -> bool {
    dnssec(facts.mx.dns) == Dnssec::Secure && facts.mx.hosts.iter().any(has_usable)
}

fn records<'e>(mx: &MxHost<'e>) -> &'e [Record] {
    if let Dns::Answer(answer) = mx.tlsa { &answer.records } else { &[] }
}

fn has_usable(mx: &MxHost<'_>) -> bool {
    dnssec(mx.tlsa) == Dnssec::Secure && records(mx).iter().any(|record| is_for_mail(record) && is_whole(record))
}

fn lacks_tlsa(mx: &MxHost<'_>) -> bool {
    matches!(mx.tlsa, Dns::Answer(_)) && records(mx).is_empty()
}

/// RFC 7672 §3.1: certificate usages 2 (DANE-TA) and 3 (DANE-EE) alone.
fn is_for_mail(record: &Record) -> bool {
    matches!(record, Record::Tlsa { usage: 2 | 3, .. })
}

/// Whether there are as many bytes as the matching type has; of a type that nobody knows, any number will do.
fn is_whole(record: &Record) -> bool {
    let Record::Tlsa { matching, data, .. } = record else { return false };
    match digest_length(*matching) {
        Some(length) => data.0.len() == length,
        None => !data.0.is_empty(),
    }
}

/// Bytes of a digest (RFC 6698 §2.1.3); none where the data are no digest.
fn digest_length(matching: u8) -> Option<usize> {
    match matching {
        1 => Some(32),
        2 => Some(64),
        _ => None,
    }
}
