//! The announce record: TXT at `_mta-sts`.

use super::delegation::half_delegated;
use super::rule::{Case, Kind, Rule};
use super::source::sts;
use super::step::{Ask, Lacks, Step, Target, ToPaste};
use super::txt_record::{
    CAPITALS, CONTROL, EMPTY, EMPTY_FIELD, Faulty, JOINED, NAME_INVALID, NO_EQUALS, OTHER_AT_ANNOUNCE, SPACING,
    TRAILING_SPACE, VALUE_INVALID, ZONE_ADDED, by_number, fault, quote, several, tell, tell_alias, tell_dangling,
    tell_dns_error, tell_malformed, tell_missing_field, tell_unrelated, with_new_record,
};
use crate::evidence::{Dns, Fetch, Record};
use crate::facts::Facts;
use crate::lookup::public_address::is_public;
use crate::name::labels::Txt;
use crate::providers::mx_line::Lines;
use crate::published::announce::{AnnounceFault, AnnounceRecord, FormFault};
use crate::published::tag_list::{Candidate, Choice, is_placeholder};
use crate::report::Severity;
use crate::report::link::Link;
use crate::text::clip::clip;
use crate::text::span::Issue;

/// RFC 8461 §8.1 reckons with a record that is seen again within the day.
const LONG_TTL: u32 = 86_400;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "record-ok",
        kind: Kind::Pass,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some((record, true)) =
                facts.announce.judged().map(|record| (record, record.is_valid() && facts.announce.counts()))
            else {
                return;
            };
            let draft = out.report();
            if let Some(id) = &record.id {
                draft.with("id", &id.value);
            }
        },
    },
    Rule {
        id: "record-missing",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[
            Step::Own(Target::NewFile),
            Step::Own(Target::NewRecord(Txt::Announce)),
            Step::DomainOnce(Txt::Announce),
            Step::Own(Target::Nothing),
        ],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy],
        cases: &[NOWHERE],
        check: |facts, out| {
            if is_missing(facts) && !facts.serves_policy() && !may_still_serve(facts) {
                let draft = out.report();
                if Lines::for_hosts(facts.mail_hosts()).lines.is_empty() {
                    // There is no policy to paste for servers that are not there.
                    draft.case(NOWHERE);
                    return;
                }
                with_new_record(draft.paste(ToPaste::FirstPolicy), Txt::Announce);
            }
        },
    },
    Rule {
        id: "record-missing-policy-served",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::AddRecord(Txt::Announce), Step::DomainOnce(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy],
        cases: &[],
        check: |facts, out| {
            if is_missing(facts) && facts.serves_policy() {
                with_new_record(out.report(), Txt::Announce);
            }
        },
    },
    Rule {
        id: "record-multiple",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::FindRecords(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::LeaveOneRecord,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            several(&facts.announce, out);
        },
    },
    Rule {
        id: "record-unrelated-txt",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::FindRecords(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::LeaveOneRecord,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Choice::One(chosen) = Choice::of(&facts.announce.records) {
                let others = facts.announce.records.iter().enumerate().filter(|(index, _)| *index != chosen);
                // The TLS-RPT record is to be moved, not deleted.
                let is_moved = |text: &&str| facts.misplaced.tlsrpt.iter().any(|moved| moved.text == *text);
                let others = others.map(|(_, record)| record.text.as_str());
                let mut others = others.filter(|text| !is_moved(text)).peekable();
                if others.peek().is_some() {
                    quote(others, out.report());
                }
            }
        },
    },
    Rule {
        id: "record-not-sts",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::Own(Target::Record(Txt::Announce)), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[EMPTY, OTHER_AT_ANNOUNCE, POLICY],
        check: |facts, out| {
            if !facts.misplaced.is_wildcard {
                tell_unrelated(&facts.announce, &facts.misplaced.announce, out);
            }
            if let Some(draft) = fault(&facts.announce, out, |fault| fault == AnnounceFault::PolicyText) {
                draft.case(POLICY);
            }
        },
    },
    Rule {
        id: "record-version-case",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.announce, out, |fault| fault == AnnounceFault::Form(FormFault::VersionCase)),
    },
    Rule {
        id: "record-version-spacing",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.announce, out, |fault| fault == AnnounceFault::Form(FormFault::VersionSpacing)),
    },
    Rule {
        id: "record-version-unsupported",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[NO_VERSION],
        check: |facts, out| {
            tell(&facts.announce, out, |fault| fault == AnnounceFault::Form(FormFault::VersionUnsupported));
            if let Some(draft) =
                fault(&facts.announce, out, |fault| fault == AnnounceFault::Form(FormFault::VersionMissing))
            {
                draft.case(NO_VERSION);
            }
        },
    },
    Rule {
        id: "record-missing-semicolon",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            tell(&facts.announce, out, |fault| fault == AnnounceFault::Form(FormFault::MissingSemicolon));
        },
    },
    Rule {
        id: "record-space-before-semicolon",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[AMONG_SEVERAL],
        check: |facts, out| {
            let spaced =
                fault(&facts.announce, out, |fault| fault == AnnounceFault::Form(FormFault::SpaceBeforeSemicolon));
            if let (Some(draft), false) = (spaced, facts.announce.counts()) {
                draft.case(AMONG_SEVERAL).severity(Severity::Error);
            }
        },
    },
    Rule {
        id: "record-id-missing",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[CAPITALS],
        check: |facts, out| tell_missing_field(&facts.announce, out, AnnounceFault::IdMissing, AnnounceFault::IdCase),
    },
    Rule {
        id: "record-id-invalid",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[PLACEHOLDER],
        check: |facts, out| {
            let Some(record) = facts.announce.judged() else { return };
            for kind in [AnnounceFault::IdInvalid, AnnounceFault::IdPlaceholder] {
                let is_placeholder = |issue: &&Issue<AnnounceFault>| is_placeholder(issue.span.of(&record.text));
                let placeholder = record.issues.iter().find(|issue| issue.kind == kind).filter(is_placeholder);
                if let (Some(draft), Some(_)) = (fault(&facts.announce, out, |fault| fault == kind), placeholder) {
                    let draft = draft.case(PLACEHOLDER);
                    if kind.is_harmless() {
                        draft.severity(Severity::Warning);
                    }
                }
            }
        },
    },
    Rule {
        id: "record-id-too-long",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(record) = facts.announce.judged() else { return };
            let Some(issue) = record.issues.iter().find(|issue| issue.kind == AnnounceFault::IdTooLong) else { return };
            let length = issue.span.of(&record.text).chars().count();
            let draft = out.report().at(issue.span, &record.text).count("length", length);
            draft.paste(ToPaste::CorrectedValue(Txt::Announce));
        },
    },
    Rule {
        id: "record-id-spacing",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.announce, out, |fault| fault == AnnounceFault::IdSpacing),
    },
    Rule {
        id: "record-id-duplicate",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.announce, out, |fault| fault == AnnounceFault::IdDuplicate),
    },
    Rule {
        id: "record-extension-unknown",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(record) = facts.announce.judged() else { return };
            if let Some(first) = record.extensions.first() {
                let names: Vec<&str> = record.extensions.iter().map(|span| span.of(&record.text)).collect();
                out.report().at(*first, &record.text).with("fields", clip(&names.join("; "), 120));
            }
        },
    },
    Rule {
        id: "record-syntax-invalid",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[
            JOINED.1,
            CONTROL.1,
            EMPTY_FIELD.1,
            NO_EQUALS.1,
            NAME_INVALID.1,
            VALUE_INVALID.1,
            SPACING.1,
            TRAILING_SPACE.1,
        ],
        check: |facts, out| {
            tell_malformed(&facts.announce, out, MALFORMED);
        },
    },
    Rule {
        id: "record-literal-quotes",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(&facts.announce, out, |fault| fault == AnnounceFault::Form(FormFault::Quote)),
    },
    Rule {
        id: "record-non-ascii",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(draft) = fault(&facts.announce, out, |fault| fault == AnnounceFault::Form(FormFault::NonAscii))
            {
                by_number(&facts.announce, FormFault::NonAscii, draft);
            }
        },
    },
    Rule {
        id: "record-split-strings",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(index) = Choice::of(&facts.announce.records).judged() else { return };
            let records = facts.announce.answer().map_or(&[][..], |answer| &answer.records);
            let mut texts = records
                .iter()
                .filter_map(|record| if let Record::Txt(strings) = record { Some(strings) } else { None });
            if let Some(strings) = texts.nth(index).filter(|strings| strings.len() > 1) {
                out.report().count("strings", strings.len());
            }
        },
    },
    Rule {
        id: "record-cname",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::Record),
        source: sts("8.2"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if !facts.misplaced.is_wildcard && half_delegated(facts).is_none() {
                tell_alias(&facts.announce, out);
            }
        },
    },
    Rule {
        id: "record-cname-dangling",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::Record),
        source: sts("8.2"),
        reported_as: &[],
        steps: &[Step::Own(Target::Dns), Step::Own(Target::Dns), Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy],
        cases: &[ZONE_ADDED, AnnounceRecord::OWN_HOST],
        check: |facts, out| {
            if !facts.misplaced.is_wildcard {
                tell_dangling(&facts.announce, facts.domain, out);
            }
        },
    },
    Rule {
        id: "record-ttl-long",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("8.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Target::Record(Txt::Announce))],
        ask: Ask::ShortenTtl,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(answer) =
                facts.announce.answer().filter(|answer| answer.ttl > LONG_TTL && !answer.records.is_empty())
            {
                out.report().count("seconds", answer.ttl).paste(ToPaste::Ttl("3600"));
            }
        },
    },
    Rule {
        id: "record-dns-error",
        kind: Kind::Inconclusive,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::CheckAgain, Step::Own(Target::Elsewhere)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell_dns_error(&facts.announce, facts, out),
    },
];

/// No mail can reach the domain.
const NOWHERE: Case = Case::done("nowhere", &[Step::Own(Target::Nothing)]);
/// There is no version at all.
const NO_VERSION: Case = Case::said("no-version");
/// It is the policy file's text.
const POLICY: Case = Case::done("policy", &[Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)]);
/// The id is what an example has in place of one.
const PLACEHOLDER: Case = Case::said("placeholder");
/// There are other TXT records, so that the prose counts and not the grammar.
const AMONG_SEVERAL: Case = Case::said("among-several");

/// Faults of form that have no rule of their own.
const MALFORMED: &[(FormFault, Case)] =
    &[JOINED, CONTROL, EMPTY_FIELD, NO_EQUALS, NAME_INVALID, VALUE_INVALID, SPACING, TRAILING_SPACE];

/// Whether the name is known to hold nothing, on a domain that could take mail and has its record nowhere else.
fn is_missing(facts: &Facts<'_>) -> bool {
    // A host's own name needs none: mail is for addresses at the domain above it.
    let is_host = facts.meant().is_some() && !facts.serves_policy();
    facts.announce.is_missing()
        && !is_host
        && !facts.mx.no_such_domain()
        && !facts.mx.refuses_mail()
        && facts.misplaced.announce.is_empty()
}

/// Whether the policy file may yet come: it is fetched once the host's addresses are in and public.
fn may_still_serve(facts: &Facts<'_>) -> bool {
    let pending = |dns| matches!(dns, Dns::Pending);
    let mut addresses = facts.host.addresses().peekable();
    let looking = pending(facts.host.v4) || pending(facts.host.v6);
    matches!(facts.fetch, Fetch::Pending) && (looking || (addresses.peek().is_some() && addresses.all(is_public)))
}
