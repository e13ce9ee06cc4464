//! The TLS-RPT record: TXT at `_smtp._tls`.

use super::rule::{Case, Kind, Rule};
use super::source::tls_rpt;
use super::step::{Ask, Step, Target, ToPaste};
use super::txt_record::{
    CAPITALS, CONTROL, EMPTY, EMPTY_FIELD, MISSING_SEMICOLON, NAME_INVALID, NO_EQUALS, NON_ASCII, QUOTE, SPACING,
    TRAILING_SPACE, VALUE_INVALID, several, tell, tell_alias, tell_dangling, tell_dns_error, tell_malformed,
    tell_missing_field, tell_unrelated, with_new_record,
};
use crate::facts::Facts;
use crate::name::is_within;
use crate::name::labels::Txt;
use crate::published::tls_rpt::{Destination, FormFault, TlsRptFault, TlsRptRecord};
use crate::report::Severity;
use crate::report::link::Link;
use crate::text::clip::clip;
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
                out.report().with("places", clip(&places.join(", "), 200));
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
            let elsewhere = !facts.misplaced.tlsrpt.is_empty();
            if empty && !elsewhere && !facts.mx.no_such_domain() && !facts.mx.refuses_mail() && !facts.mx.has_nowhere()
            {
                let draft = with_new_record(out.report(), Txt::TlsRpt);
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
        steps: &[Step::FindRecords(Txt::TlsRpt), Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::LeaveOneRecord,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(draft) = several(&facts.tlsrpt, out) {
                draft.paste(ToPaste::MergedReports);
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
        steps: &[Step::Own(Target::Record(Txt::TlsRpt)), Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[EMPTY],
        check: |facts, out| tell_unrelated(&facts.tlsrpt, out),
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
                TlsRptFault::Form(
                    FormFault::VersionMissing
                    | FormFault::VersionCase
                    | FormFault::VersionSpacing
                    | FormFault::VersionUnsupported,
                ) => true,
                // Allowed by the grammar; among several records, thrown away for it.
                TlsRptFault::Form(FormFault::SpaceBeforeSemicolon) => !facts.tlsrpt.counts(),
                _ => false,
            };
            tell(&facts.tlsrpt, out, version);
        },
    },
    Rule {
        id: "tlsrpt-rua-missing",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::ChooseMailbox, Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[CAPITALS],
        check: |facts, out| tell_missing_field(&facts.tlsrpt, out, TlsRptFault::RuaMissing, TlsRptFault::RuaCase),
    },
    Rule {
        id: "tlsrpt-rua-scheme",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.tlsrpt, out, |fault| fault == TlsRptFault::RuaScheme),
    },
    Rule {
        id: "tlsrpt-rua-bad-address",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.tlsrpt, out, |fault| fault == TlsRptFault::RuaBadAddress),
    },
    Rule {
        id: "tlsrpt-rua-unencoded",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.tlsrpt, out, |fault| fault == TlsRptFault::RuaUnencoded),
    },
    Rule {
        id: "tlsrpt-rua-duplicate",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.tlsrpt, out, |fault| fault == TlsRptFault::RuaDuplicate),
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
                draft.count("addresses", record.rua_count);
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
        steps: &[Step::Own(Target::Nothing), Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let mut told: Vec<&str> = Vec::new();
            for (record, rua, mailed_to) in mailboxes(facts) {
                if takes_no_mail(facts, mailed_to) && !told.contains(&mailed_to) {
                    told.push(mailed_to);
                    let draft = out.report().subject(mailed_to).at(rua.span, &record.text);
                    draft.with("domain", clip(mailed_to, 253));
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
        steps: &[Step::EditRecord(Txt::TlsRpt), Step::Own(Target::Record(Txt::TlsRpt))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.tlsrpt, out, |fault| fault == TlsRptFault::Dmarc),
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
        cases: &[
            QUOTE.1,
            NON_ASCII.1,
            CONTROL.1,
            MISSING_SEMICOLON.1,
            EMPTY_FIELD.1,
            NO_EQUALS.1,
            NAME_INVALID.1,
            VALUE_INVALID.1,
            SPACING.1,
            TRAILING_SPACE.1,
        ],
        check: |facts, out| {
            tell_malformed(&facts.tlsrpt, out, MALFORMED);
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
        check: |facts, out| tell_alias(&facts.tlsrpt, out),
    },
    Rule {
        id: "tlsrpt-cname-dangling",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::Own(Target::Dns), Step::Own(Target::Dns), Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell_dangling(&facts.tlsrpt, out),
    },
    Rule {
        id: "tlsrpt-dns-error",
        kind: Kind::Inconclusive,
        grammar: false,
        link: Some(Link::Reports),
        source: tls_rpt("3"),
        reported_as: &[],
        steps: &[Step::CheckAgain, Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell_dns_error(&facts.tlsrpt, out),
    },
];

/// Faults of form that have no rule of their own.
const MALFORMED: &[(FormFault, Case)] = &[
    QUOTE,
    NON_ASCII,
    CONTROL,
    MISSING_SEMICOLON,
    EMPTY_FIELD,
    NO_EQUALS,
    NAME_INVALID,
    VALUE_INVALID,
    SPACING,
    TRAILING_SPACE,
];

/// Where senders mail reports to, with the domain.
fn mailboxes<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (&'f TlsRptRecord, &'f Spanned<Destination>, &'f str)> {
    let of_record = |record: &'f TlsRptRecord| {
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
