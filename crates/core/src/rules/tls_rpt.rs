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

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "tlsrpt-ok",
        kind: Kind::Pass,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::ChooseMailbox, Step::AddReportRecord, Step::DomainOnce(Txt::TlsRpt)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::FindRecords(Txt::TlsRpt), Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::LeaveOneRecord,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Record(Txt::TlsRpt)), Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::ReplaceValue(Txt::TlsRpt)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::ChooseMailbox, Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, |fault| fault == Fault::RuaScheme),
    },
    Rule {
        id: "tlsrpt-rua-bad-address",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, |fault| fault == Fault::RuaBadAddress),
    },
    Rule {
        id: "tlsrpt-rua-unencoded",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, |fault| fault == Fault::RuaUnencoded),
    },
    Rule {
        id: "tlsrpt-rua-duplicate",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, |fault| fault == Fault::RuaDuplicate),
    },
    Rule {
        id: "tlsrpt-rua-multiple",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Record(Txt::TlsRpt)), Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Dmarc),
    },
    Rule {
        id: "tlsrpt-syntax-invalid",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::ReplaceValue(Txt::TlsRpt)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns), Step::Own(Changes::Dns), Step::Own(Changes::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::CheckAgain, Step::Own(Changes::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
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
