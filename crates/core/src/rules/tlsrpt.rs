//! The TLS-RPT record: TXT at `_smtp._tls`.

use super::rule::Draft;
use super::rule::Kind;
use super::rule::Rule;
use super::rule::Sink;
use super::source::tls_rpt;
use crate::WHOLE;
use crate::facts::Facts;
use crate::name::is_within;
use crate::name::labels::Txt;
use crate::published::tag_list::Choice;
use crate::published::tls_rpt::{self, Destination, Fault, Parsed, Syntax};
use crate::report::Severity;
use crate::text::clip::clip;
use crate::text::quotation::{code_points, list_texts, seen};
use crate::text::span::Spanned;

pub(crate) static RULES: &[Rule] = &[
    Rule {
        id: "tlsrpt-ok",
        kind: Kind::Pass,
        grammar: false,
        title: "You asked senders for TLS reports",
        what: super::rule::documented("Whether there is exactly one TLS-RPT record, and it is valid."),
        why: super::rule::explained(
            "Senders that support it tell you once a day whether their mail reached you encrypted, and what went wrong where \
              it did not.",
        ),
        steps: &[],
        source: tls_rpt("3"),
        check: |facts, out| {
            if let Some(record) = facts.tlsrpt.used() {
                let places: Vec<&str> = record.rua.iter().map(|rua| rua.span.of(&record.text)).collect();
                out.report().detail(format!("Reports go to {}.", clip(&places.join(", "), 200)));
            }
        },
    },
    Rule {
        id: "tlsrpt-missing",
        kind: Kind::Warning,
        grammar: false,
        title: "You get no reports when encryption fails",
        what: super::rule::documented("Whether the domain asks senders for TLS reports."),
        why: super::rule::explained(
            "Senders can tell you when they could not deliver to you securely, but only if you ask for it. Without these \
              reports you learn of trouble from people whose mail did not arrive.",
        ),
        steps: super::rule::to_mend(&[
            "Choose a mailbox for the reports that somebody reads, or a service that reads them for you.",
            "Open {dns} and add a TXT record with the host and the value below, with your own mailbox in it.",
            "{tlsrpt: once}",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| {
            let empty = facts.tlsrpt.answer().is_some_and(|answer| answer.aliases.is_empty())
                && facts.tlsrpt.records.is_empty();
            let elsewhere = !facts.strays.tlsrpt.is_empty();
            if empty && !elsewhere && !facts.mx.no_such_domain() && !facts.mx.refuses_mail() && !facts.mx.has_nowhere()
            {
                let draft = with_new_record(out.report(), facts);
                if !facts.has_mta_sts() {
                    draft.severity(Severity::Info);
                }
            }
        },
    },
    Rule {
        id: "tlsrpt-multiple",
        kind: Kind::Error,
        grammar: false,
        title: "There is more than one TLS-RPT record",
        what: super::rule::documented("Whether only one TXT record at _smtp._tls begins with v=TLSRPTv1."),
        why: super::rule::explained(
            "With two records senders cannot know which one counts, so the standard tells them to send no reports at all.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the TXT records with the host {tlsrpt}.",
            "Keep one and delete the others. To send reports to two places, write both into one record, with a comma between \
             them.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| {
            let records = &facts.tlsrpt.records;
            if Choice::of(records) == Choice::Several {
                let counted = records.iter().filter(|record| record.begins_with_version());
                let draft = out.report().detail(list_texts(counted.clone().map(|record| record.text.as_str())));
                let mut uris: Vec<&str> = Vec::new();
                for uri in counted.flat_map(uris_of) {
                    if !uris.contains(&uri) {
                        uris.push(uri);
                    }
                }
                if !uris.is_empty() {
                    draft.txt_value(&tls_rpt::render(uris));
                }
            }
        },
    },
    Rule {
        id: "tlsrpt-not-tlsrpt",
        kind: Kind::Error,
        grammar: true,
        title: "The record at _smtp._tls is not a TLS-RPT record",
        what: super::rule::documented("Whether a TXT record at _smtp._tls is meant for TLS reports."),
        why: super::rule::explained(
            "Senders look here for a record that begins with v=TLSRPTv1; and find something else, so they send you no \
              reports.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the TXT record with the host {tlsrpt}. If there is none, a record \
             for the host * may be answering in its place.",
            "If the text belongs somewhere else, such as SPF or DMARC, make sure that it is there too. Then add or change the record \
             of {tlsrpt} to the value below, with your own mailbox in it.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| {
            let records = &facts.tlsrpt.records;
            if Choice::of(records) != Choice::Unrelated {
                return;
            }
            let empty = records.iter().all(|record| record.text.trim().is_empty());
            let draft = with_new_record(out.report(), facts);
            if empty {
                draft.title("The record is empty").detail("There is no text in it.");
            } else {
                draft.detail(list_texts(records.iter().map(|record| record.text.as_str())));
            }
        },
    },
    Rule {
        id: "tlsrpt-version-invalid",
        kind: Kind::Error,
        grammar: true,
        title: "The version is not written v=TLSRPTv1",
        what: super::rule::documented("Whether the record begins with exactly v=TLSRPTv1."),
        why: super::rule::explained(
            "Senders recognise the record by its first characters, and tell capital letters from small ones there. Written \
              any other way, the record is ignored and you get no reports.",
        ),
        steps: super::rule::to_mend(REPLACE),
        source: tls_rpt("3"),
        check: |facts, out| {
            let version = |fault| match fault {
                Fault::Syntax(
                    Syntax::VersionMissing | Syntax::VersionCase | Syntax::VersionSpacing | Syntax::VersionUnsupported,
                ) => true,
                // Allowed by the grammar; among several records, thrown away for it.
                Fault::Syntax(Syntax::SpaceBeforeSemicolon) => !facts.tlsrpt.counts(),
                _ => false,
            };
            tell(facts, out, version);
        },
    },
    Rule {
        id: "tlsrpt-rua-missing",
        kind: Kind::Error,
        grammar: true,
        title: "The record does not say where reports should go",
        what: super::rule::documented("Whether the record has a rua, the address that reports are sent to."),
        why: super::rule::explained("Without an address senders cannot send you anything."),
        steps: super::rule::to_mend(&[
            "Choose a mailbox for the reports that somebody reads, or a service that reads them for you.",
            "Open {dns} and edit the TXT record with the host {tlsrpt}: after the version write \
             rua=mailto: and the address.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| {
            tell(facts, out, |fault| fault == Fault::RuaMissing);
            if let Some(draft) = fault(facts, out, |fault| fault == Fault::RuaCase) {
                draft.title("The name rua must be written in small letters").why(
                    "Senders look for rua in small letters. Written with capitals it is another name, which they skip, and you \
                     get no reports.",
                );
            }
        },
    },
    Rule {
        id: "tlsrpt-rua-scheme",
        kind: Kind::Error,
        grammar: true,
        title: "An address for reports lacks mailto: or https:",
        what: super::rule::documented("Whether each address for reports begins with mailto: or https:."),
        why: super::rule::explained(
            "Senders need to be told whether it is a mailbox or a web address, and http: without the s is not allowed. They \
              send no reports to an address that they cannot read.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {tlsrpt}.",
            "Write mailto: in front of each mail address, as in rua=mailto:reports@example.com. A web address must begin with \
             https:.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::RuaScheme),
    },
    Rule {
        id: "tlsrpt-rua-bad-address",
        kind: Kind::Error,
        grammar: true,
        title: "An address for reports is not a working address",
        what: super::rule::documented("Whether each address for reports is a whole mail address or web address."),
        why: super::rule::explained(
            "Part of the address is missing, or there is a character in it that is not allowed. Reports to it get lost.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {tlsrpt}.",
            "Correct the address. A mailbox is written mailto:reports@example.com, with no space and no < >; a web address \
             https://example.com/reports.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::RuaBadAddress),
    },
    Rule {
        id: "tlsrpt-rua-unencoded",
        kind: Kind::Error,
        grammar: true,
        title: "An address for reports has a ! or ; in it",
        what: super::rule::documented(
            "Whether exclamation marks and semicolons in addresses are written as %21 and %3B.",
        ),
        why: super::rule::explained(
            "These signs are not allowed as they are. A size limit such as !10m comes from DMARC and does not exist here. \
              Senders may cut the address off, or ignore the whole record.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {tlsrpt}.",
            "Remove a size limit such as !10m. If the sign belongs to the address, write %21 for ! and %3B for ;.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::RuaUnencoded),
    },
    Rule {
        id: "tlsrpt-rua-duplicate",
        kind: Kind::Warning,
        grammar: false,
        title: "The record has two rua parts",
        what: super::rule::documented("Whether the record has one rua only."),
        why: super::rule::explained(
            "Senders differ here: some use the first, some the last, some none. So some of the reports may go missing.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {tlsrpt}.",
            "Write all addresses after one rua=, with a comma between them.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::RuaDuplicate),
    },
    Rule {
        id: "tlsrpt-rua-multiple",
        kind: Kind::Info,
        grammar: false,
        title: "Reports are asked for at several addresses",
        what: super::rule::documented("Whether the record names one address for reports."),
        why: super::rule::explained(
            "A sender may use all of the addresses or only one of them, so no single address is sure to see everything.",
        ),
        steps: &[],
        source: tls_rpt("3"),
        check: |facts, out| {
            let Some(record) = facts.tlsrpt.used() else { return };
            if let [_, second, ..] = record.rua.as_slice() {
                let draft = out.report().at(second.span, &record.text);
                draft.detail(format!("There are {} addresses.", record.rua.len()));
            }
        },
    },
    Rule {
        id: "tlsrpt-rua-external",
        kind: Kind::Info,
        grammar: false,
        title: "Reports go to another domain",
        what: super::rule::documented("Whether reports are mailed to a mailbox outside the domain."),
        why: super::rule::explained(
            "That is usual with a reporting service, and it works even when your own mail does not. The other domain need not \
              give its consent first, as DMARC would ask. If you do not know the name, find out who reads your reports.",
        ),
        steps: &[],
        source: tls_rpt("3"),
        check: |facts, out| {
            let mut told: Vec<&str> = Vec::new();
            for (record, rua, mailed_to) in mailboxes(facts) {
                if is_elsewhere(facts, mailed_to) && !told.contains(&mailed_to) {
                    told.push(mailed_to);
                    out.report().subject(mailed_to).at(rua.span, &record.text);
                }
            }
        },
    },
    Rule {
        id: "tlsrpt-rua-same-domain",
        kind: Kind::Info,
        grammar: false,
        title: "Reports go to a mailbox of the domain itself",
        what: super::rule::documented("Whether reports are mailed to the domain that they are about."),
        why: super::rule::explained(
            "That is fine. But when your mail servers cannot be reached, the reports about it cannot reach you either. A \
              mailbox elsewhere, or a reporting service, would still get them.",
        ),
        steps: &[],
        source: tls_rpt("3"),
        check: |facts, out| {
            if let Some((record, rua, _)) = mailboxes(facts).find(|(_, _, mailed_to)| is_own(facts, mailed_to)) {
                out.report().at(rua.span, &record.text);
            }
        },
    },
    Rule {
        id: "tlsrpt-rua-domain-no-mx",
        kind: Kind::Error,
        grammar: false,
        title: "Reports go to a domain that takes no mail",
        what: super::rule::documented("Whether the domain that reports are mailed to has a mail server."),
        why: super::rule::explained(
            "Nothing can be delivered there: the address is mistyped, or the service behind it is gone. The reports are lost.",
        ),
        steps: super::rule::to_mend(&[
            "Check the spelling of the address, and whether you still use the service that it belongs to.",
            "Open {dns} and edit the TXT record with the host {tlsrpt}: put in an address that takes \
             mail.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| {
            let mut told: Vec<&str> = Vec::new();
            for (record, rua, mailed_to) in mailboxes(facts) {
                if takes_no_mail(facts, mailed_to) && !told.contains(&mailed_to) {
                    told.push(mailed_to);
                    let draft = out.report().subject(mailed_to).at(rua.span, &record.text);
                    draft.detail(format!("The DNS names no mail server for {}.", clip(mailed_to, 253)));
                }
            }
        },
    },
    Rule {
        id: "tlsrpt-dmarc-syntax",
        kind: Kind::Warning,
        grammar: false,
        title: "The record has parts of a DMARC record in it",
        what: super::rule::documented("Whether the record holds settings that only DMARC knows, such as p= or ruf=."),
        why: super::rule::explained(
            "Senders skip them here: they do nothing. They suggest that the record was copied from DMARC, and its address may \
              then not be meant for TLS reports.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {tlsrpt}.",
            "Keep the version and rua= with the address, and delete the rest. DMARC has a record of its own, at the host \
             _dmarc.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Dmarc),
    },
    Rule {
        id: "tlsrpt-syntax-invalid",
        kind: Kind::Error,
        grammar: true,
        title: "The TLS-RPT record is not well formed",
        what: super::rule::documented(
            "Whether every part of the record is written as name=value, with one semicolon between the parts.",
        ),
        why: super::rule::explained("Senders may ignore a record that they cannot read, and then you get no reports."),
        steps: super::rule::to_mend(REPLACE),
        source: tls_rpt("3"),
        check: |facts, out| {
            for &(kind, title) in MALFORMED {
                let Some(record) = facts.tlsrpt.judged() else { return };
                let Some(draft) = fault(facts, out, |fault| fault == Fault::Syntax(kind)) else { continue };
                let draft = draft.title(title);
                let numbers = code_points(&record.issues, Fault::Syntax(kind), &record.text);
                if let (Syntax::NonAscii | Syntax::Control, Some(detail)) = (kind, numbers) {
                    draft.detail(detail);
                }
            }
        },
    },
    Rule {
        id: "tlsrpt-cname",
        kind: Kind::Info,
        grammar: false,
        title: "The TLS-RPT record is kept at another name",
        what: super::rule::documented("Whether the name _smtp._tls is an alias (CNAME) of a record somewhere else."),
        why: super::rule::explained(
            "This is how a reporting service manages the record for its customers. Whoever runs the other name decides where \
              your reports go.",
        ),
        steps: &[],
        source: tls_rpt("3"),
        check: |facts, out| {
            if let (Some(alias), false) = (facts.tlsrpt.aliases().last(), facts.tlsrpt.records.is_empty()) {
                out.report()
                    .subject(&alias.target)
                    .detail(format!("The record is read at {}.", clip(&alias.target, 255)));
            }
        },
    },
    Rule {
        id: "tlsrpt-cname-dangling",
        kind: Kind::Error,
        grammar: false,
        title: "_smtp._tls points at a name where there is no record",
        what: super::rule::documented("Whether the CNAME at _smtp._tls leads to a TLS-RPT record."),
        why: super::rule::explained(
            "The name is an alias of another one, and nothing is there: perhaps the service was cancelled, or the target is \
              mistyped. You get no reports.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the CNAME record with the host {tlsrpt}.",
            "If you use the service that it points to, ask for the right target and correct it.",
            "If you do not, delete the CNAME, and add a TXT record with the same host that names a mailbox of your own.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| {
            if let (Some(alias), true) = (facts.tlsrpt.aliases().last(), facts.tlsrpt.records.is_empty()) {
                let draft = out.report().subject(&alias.target);
                let draft = draft.detail(format!("There is no TXT record at {}.", clip(&alias.target, 255)));
                if let Some(text) = new_record(facts) {
                    draft.txt_value(&text);
                }
            }
        },
    },
    Rule {
        id: "tlsrpt-dns-error",
        kind: Kind::Inconclusive,
        grammar: false,
        title: "The TLS-RPT record could not be looked up",
        what: super::rule::documented("Whether the DNS answers for _smtp._tls."),
        why: super::rule::explained(
            "We could not find out whether you asked for reports. This may clear up on its own. Senders that get no answer either \
              send none.",
        ),
        steps: super::rule::to_mend(&[
            "Check again in a few minutes.",
            "If it keeps happening, ask {dns host} why TXT records at {tlsrpt} cannot be looked up.",
        ]),
        source: tls_rpt("3"),
        check: |facts, out| {
            if let Some(detail) = super::dns_trouble::dns_trouble(facts.tlsrpt.dns) {
                out.report().detail(detail);
            }
        },
    },
];

const REPLACE: &[&str] = &[
    "Open {dns} and edit the TXT record with the host {tlsrpt}.",
    "Write a new one: v=TLSRPTv1; then a space, rua=mailto: and the address for reports, {quotes}.",
];

/// Faults of form that have no rule of their own, each in words.
const MALFORMED: &[(Syntax, &str)] = &[
    (Syntax::Quote, "There are quotation marks or backslashes inside the record"),
    (Syntax::NonAscii, "The record has a character that is not plain text"),
    (Syntax::Control, "The record has a line break or an invisible character in it"),
    (Syntax::MissingSemicolon, "The semicolon after the version is missing"),
    (Syntax::EmptyField, "The record has one semicolon or comma too many"),
    (Syntax::NoEquals, "A part of the record has no = sign"),
    (Syntax::NameInvalid, "A name in the record is too long or has a character that is not allowed"),
    (Syntax::ValueInvalid, "A value in the record is empty or has a character that is not allowed"),
    (Syntax::Spacing, "There is a space around an = sign in the record"),
    (Syntax::TrailingSpace, "The record ends with a space"),
];

/// Where senders mail reports to, with the domain.
fn mailboxes<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (&'f Parsed, &'f Spanned<Destination>, &'f str)> {
    let of_record = |record: &'f Parsed| {
        record.rua.iter().filter_map(move |rua| match &rua.value {
            Destination::Mailto { domain, .. } => Some((record, rua, domain.trim_end_matches('.'))),
            Destination::Https { .. } => None,
        })
    };
    facts.tlsrpt.used().into_iter().flat_map(of_record)
}

fn is_own(facts: &Facts<'_>, mailed_to: &str) -> bool {
    facts.domain.is_some_and(|own| own.as_str() == mailed_to)
}

/// Whether a domain is neither the checked one, nor below it, nor above it.
fn is_elsewhere(facts: &Facts<'_>, mailed_to: &str) -> bool {
    facts.domain.is_some_and(|own| !is_within(mailed_to, own.as_str()) && !is_within(own.as_str(), mailed_to))
}

fn takes_no_mail(facts: &Facts<'_>, mailed_to: &str) -> bool {
    let mut looked_into = facts.report_domains.iter();
    let other = looked_into.any(|report| report.domain.as_str() == mailed_to && report.takes_mail == Some(false));
    let own = facts.mx.refuses_mail() || facts.mx.has_nowhere();
    other || (own && is_own(facts, mailed_to))
}

/// Reports a fault of the judged record, once however often it is there.
fn fault<'o>(facts: &Facts<'_>, out: &'o mut Sink<'_>, is: impl Fn(Fault) -> bool) -> Option<Draft<'o>> {
    let record = facts.tlsrpt.judged()?;
    let mut found = record.issues.iter().filter(|issue| is(issue.kind));
    let first = found.next()?;
    let draft = out.report().at(first.span, &record.text);
    let draft = match seen(first, &record.text, found.count()) {
        Some(detail) => draft.detail(detail),
        None => draft,
    };
    Some(match corrected(record, facts) {
        Some(text) => draft.txt_value(&text),
        None => draft,
    })
}

fn tell(facts: &Facts<'_>, out: &mut Sink<'_>, is: impl Fn(Fault) -> bool) {
    fault(facts, out, is);
}

fn uris_of(record: &Parsed) -> impl Iterator<Item = &str> {
    record.rua.iter().map(|rua| rua.span.of(&record.text))
}

/// The record with its addresses, or where it has none, one to fill in.
fn corrected(record: &Parsed, facts: &Facts<'_>) -> Option<String> {
    if !WHOLE {
        return None;
    }
    let has_none = record.issues.iter().any(|issue| issue.kind == Fault::RuaMissing);
    record.corrected().or_else(|| if has_none { new_record(facts) } else { None })
}

/// A record with a mailbox of the domain's own; none in a lint, where no domain is known.
pub(crate) fn new_record(facts: &Facts<'_>) -> Option<String> {
    let domain = facts.domain.filter(|_| WHOLE)?;
    Some(tls_rpt::render([format!("mailto:tls-reports@{domain}").as_str()]))
}

pub(super) fn with_new_record<'o>(draft: Draft<'o>, facts: &Facts<'_>) -> Draft<'o> {
    let draft = draft.txt_host(Txt::TlsRpt, facts.domain);
    match new_record(facts) {
        Some(text) => draft.txt_value(&text),
        None => draft,
    }
}
