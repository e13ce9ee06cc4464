//! DANE: the certificates of MX hosts, published in signed DNS (RFC 7672).

use super::rule::{Kind, Rule};
use super::source::{rfc, sts};
use super::step::{Ask, Lacks, Reported, Step, Target, ToPaste};
use crate::evidence::dnssec::{Dnssec, dnssec};
use crate::evidence::{Dns, Record};
use crate::facts::Facts;
use crate::facts::live_mx::MxHost;
use crate::published::policy::Mode;
use crate::report::link::Link;
use crate::text::clip::clip;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "dane-present",
        kind: Kind::Pass,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(7672, "2.2"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::MailServers),
        source: rfc(7672, "2.2"),
        reported_as: &[Reported::DaneRequired],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[Lacks::Dane],
        cases: &[],
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
        link: Some(Link::MailServers),
        source: rfc(7672, "2.2"),
        reported_as: &[Reported::DaneRequired],
        steps: &[Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::MailServers),
        source: rfc(7672, "2.2.1"),
        reported_as: &[Reported::DnssecInvalid, Reported::DaneRequired],
        steps: &[Step::Sign, Step::Own(Target::Signing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::MailServers),
        source: rfc(7672, "3.1.3"),
        reported_as: &[Reported::TlsaInvalid, Reported::UnderDane],
        steps: &[Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::MailServers),
        source: rfc(6698, "2.1.3"),
        reported_as: &[Reported::TlsaInvalid, Reported::UnderDane],
        steps: &[Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for mx in &facts.mx.hosts {
                if let Some(Record::Tlsa { matching, data, .. }) = records(mx).iter().find(|record| !is_whole(record)) {
                    let (bytes, wanted) = (data.0.len(), digest_length(*matching).unwrap_or(1));
                    out.report()
                        .subject(&mx.host)
                        .count("matching", *matching)
                        .count("wanted", wanted)
                        .count("bytes", bytes);
                }
            }
        },
    },
    Rule {
        id: "dane-lookup-failed",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(7672, "2.1.1"),
        reported_as: &[Reported::DnssecInvalid],
        steps: &[Step::Own(Target::Elsewhere), Step::Own(Target::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for mx in facts.mx.hosts.iter().filter(|mx| mx.addresses.dnssec() == Dnssec::Secure) {
                if matches!(mx.tlsa, Dns::Bogus { .. } | Dns::Unanswered(_)) {
                    out.report().subject(&mx.host).paste(ToPaste::TlsaName(mx.host.clone()));
                }
            }
        },
    },
    Rule {
        id: "dane-some-mx",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(7672, "2.2"),
        reported_as: &[Reported::TlsaInvalid, Reported::DaneRequired],
        steps: &[Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let without: Vec<&str> =
                facts.mx.hosts.iter().filter(|mx| lacks_tlsa(mx)).map(|mx| mx.host.as_str()).collect();
            if is_protected(facts) && !without.is_empty() {
                out.report().with("hosts", clip(&without.join(", "), 300));
            }
        },
    },
    Rule {
        id: "dane-and-mta-sts",
        kind: Kind::Pass,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("2"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
