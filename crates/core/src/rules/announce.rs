//! The announce record: TXT at `_mta-sts`.

use super::rule::Draft;
use super::rule::Kind;
use super::rule::Rule;
use super::rule::Sink;
use super::source::sts;
use crate::WHOLE;
use crate::evidence::{Fetch, Record};
use crate::facts::Facts;
use crate::lookup::public_address::is_public;
use crate::name::labels::POLICY_PATH;
use crate::name::labels::Txt;
use crate::providers::mx_line::{FIRST_MAX_AGE, Lines};
use crate::published::announce::{self, Fault, Parsed, Syntax};
use crate::published::policy::Mode;
use crate::published::tag_list::Choice;
use crate::report::Severity;
use crate::text::clip::clip;
use crate::text::quotation::{code_points, list_texts, seen};

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
                draft.detail(format!("The id is {}.", id.value));
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
        steps: &[Step::Own(Changes::Record(Txt::Announce)), Step::Own(Changes::Record(Txt::Announce)), Step::DomainOnce(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy],
        cases: &[],
        check: |facts, out| {
            if is_missing(facts) && !facts.serves_policy() && !may_still_serve(facts) {
                let draft = out.report();
                if facts.mx.has_nowhere() {
                    // There is no policy to paste for servers that are not there.
                    draft
                        .why("No mail can reach the domain now, so nothing is at risk. Once it takes mail, MTA-STS keeps others from \
                              switching the encryption off.")
                        .steps(&["If the domain is to take mail: give it mail servers first, then check again."]);
                    return;
                }
                let draft = match (facts.domain, first_policy(facts)) {
                    (Some(domain), Some(policy)) => {
                        let address = format!("https://{}{POLICY_PATH}", domain.policy_host());
                        draft.copy("Address of the policy file", address).copy("Text of the policy file", policy)
                    }
                    _ => draft,
                };
                with_new_record(draft, facts);
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
                with_new_record(out.report(), facts);
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
        steps: &[Step::FindRecords(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::LeaveOneRecord,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let records = &facts.announce.records;
            if Choice::of(records) == Choice::Several {
                out.report().detail(quoted(records.iter().filter(|record| record.begins_with_version())));
            }
        },
    },
    Rule {
        id: "record-unrelated-txt",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::FindRecords(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::LeaveOneRecord,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Choice::One(chosen) = Choice::of(&facts.announce.records) {
                let others = facts.announce.records.iter().enumerate().filter(|(index, _)| *index != chosen);
                let others: Vec<&Parsed> = others.map(|(_, record)| record).collect();
                if !others.is_empty() {
                    out.report().detail(quoted(others));
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
        steps: &[Step::Own(Changes::Record(Txt::Announce)), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let records = &facts.announce.records;
            if Choice::of(records) != Choice::Unrelated || facts.strays.is_wildcard {
                return;
            }
            let empty = records.iter().all(|record| record.text.trim().is_empty());
            let draft = with_new_record(out.report(), facts);
            if empty {
                draft.title("The record is empty").detail("There is no text in it.");
            } else {
                draft.detail(quoted(records));
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
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Syntax(Syntax::VersionCase)),
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
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Syntax(Syntax::VersionSpacing)),
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
        cases: &[],
        check: |facts, out| {
            tell(facts, out, |fault| fault == Fault::Syntax(Syntax::VersionUnsupported));
            if let Some(draft) = fault(facts, out, |fault| fault == Fault::Syntax(Syntax::VersionMissing)) {
                draft.title("The record does not begin with v=STSv1").why(
                    "Senders recognise the record by its first characters. When these are not v=STSv1, they ignore it, and \
                     your policy with it.",
                );
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
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Syntax(Syntax::MissingSemicolon)),
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
        cases: &[],
        check: |facts, out| {
            let spaced = fault(facts, out, |fault| fault == Fault::Syntax(Syntax::SpaceBeforeSemicolon));
            if let (Some(draft), false) = (spaced, facts.announce.counts()) {
                draft.severity(Severity::Error).why(
                    "There are several TXT records at this name, and of several senders look only at those that begin with \
                     exactly v=STSv1; so with this space your record is thrown away.",
                );
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
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            tell(facts, out, |fault| fault == Fault::IdMissing);
            if let Some(draft) = fault(facts, out, |fault| fault == Fault::IdCase) {
                draft.title("The name id must be written in small letters").why(
                    "Senders look for id in small letters. Written with capitals it is another name, which they skip, and a \
                     record without an id is ignored.",
                );
            }
        },
    },
    Rule {
        id: "record-id-invalid",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, |fault| fault == Fault::IdInvalid),
    },
    Rule {
        id: "record-id-too-long",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(record) = facts.announce.judged() else { return };
            let Some(issue) = record.issues.iter().find(|issue| issue.kind == Fault::IdTooLong) else { return };
            let length = issue.span.of(&record.text).chars().count();
            let draft = out.report().at(issue.span, &record.text);
            draft.detail(format!("It has {length} characters.")).txt_value(&corrected(record, facts));
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
        check: |facts, out| tell(facts, out, |fault| fault == Fault::IdSpacing),
    },
    Rule {
        id: "record-id-duplicate",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::Record),
        source: sts("3.2"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, |fault| fault == Fault::IdDuplicate),
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
                out.report().at(*first, &record.text).detail(format!("Not known: {}.", clip(&names.join("; "), 120)));
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
        cases: &[],
        check: |facts, out| {
            for &(kind, title) in MALFORMED {
                let Some(draft) = fault(facts, out, |fault| fault == Fault::Syntax(kind)) else { continue };
                let draft = draft.title(title);
                if let (Syntax::Control, Some(detail)) = (kind, unseen(facts.announce.judged(), Fault::Syntax(kind))) {
                    draft.detail(detail);
                }
            }
        },
    },
    Rule {
        id: "record-literal-quotes",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Syntax(Syntax::Quote)),
    },
    Rule {
        id: "record-non-ascii",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::Record),
        source: sts("3.1"),
        reported_as: &[],
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let kind = Fault::Syntax(Syntax::NonAscii);
            if let (Some(draft), Some(detail)) =
                (fault(facts, out, |fault| fault == kind), unseen(facts.announce.judged(), kind))
            {
                draft.detail(detail);
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
                out.report().detail(format!("It is stored as {} strings.", strings.len()));
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
            let delegated = !facts.announce.records.is_empty() && !facts.strays.is_wildcard;
            if let (Some(alias), true) = (facts.announce.aliases().last(), delegated) {
                out.report()
                    .subject(&alias.target)
                    .detail(format!("The record is read at {}.", clip(&alias.target, 255)));
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
        steps: &[Step::Own(Changes::Dns), Step::Own(Changes::Dns), Step::Own(Changes::Dns)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy],
        cases: &[],
        check: |facts, out| {
            let dangling = facts.announce.records.is_empty() && !facts.strays.is_wildcard;
            if let (Some(alias), true) = (facts.announce.aliases().last(), dangling) {
                let draft = out.report().subject(&alias.target).txt_value(&announce::render(&facts.fresh_id));
                draft.detail(format!("There is no TXT record at {}.", clip(&alias.target, 255)));
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
        steps: &[Step::EditRecord(Txt::Announce), Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::ShortenTtl,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(answer) =
                facts.announce.answer().filter(|answer| answer.ttl > LONG_TTL && !answer.records.is_empty())
            {
                out.report().detail(format!("The TTL is {} seconds.", answer.ttl)).copy("TTL", "3600");
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
        steps: &[Step::CheckAgain, Step::Own(Changes::Record(Txt::Announce))],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(detail) = super::dns_trouble::dns_trouble(facts.announce.dns) {
                out.report().detail(detail);
            }
        },
    },
];

const REPLACE: &[&str] = &[
    "Open {dns} and edit the TXT record with the host {announce}.",
    "Replace its value with the text below, exactly as it stands, {quotes}.",
];

/// Faults of form that have no rule of their own, each in words.
const MALFORMED: &[(Syntax, &str)] = &[
    (Syntax::Control, "The record has a line break or an invisible character in it"),
    (Syntax::EmptyField, "The record has one semicolon too many"),
    (Syntax::NoEquals, "A part of the record has no = sign"),
    (Syntax::NameInvalid, "A name in the record is too long or has a character that is not allowed"),
    (Syntax::ValueInvalid, "A value in the record is empty or has a character that is not allowed"),
    (Syntax::Spacing, "There is a space around an = sign in the record"),
    (Syntax::TrailingSpace, "The record ends with a space"),
];

/// Whether the name is known to hold nothing, on a domain that could take mail and has its record nowhere else.
fn is_missing(facts: &Facts<'_>) -> bool {
    let nothing =
        facts.announce.answer().is_some_and(|answer| answer.aliases.is_empty()) && facts.announce.records.is_empty();
    nothing && !facts.mx.no_such_domain() && !facts.mx.refuses_mail() && facts.strays.announce.is_empty()
}

/// Whether the policy file may yet come: it is fetched once the host's addresses are in and public.
fn may_still_serve(facts: &Facts<'_>) -> bool {
    let pending = |dns| matches!(dns, crate::evidence::Dns::Pending);
    let mut addresses = facts.host.addresses().peekable();
    let looking = pending(facts.host.v4) || pending(facts.host.v6);
    matches!(facts.fetch, Fetch::Pending) && (looking || (addresses.peek().is_some() && addresses.all(is_public)))
}

/// Reports a fault of the judged record, once however often it is there.
fn fault<'o>(facts: &Facts<'_>, out: &'o mut Sink<'_>, is: impl Fn(Fault) -> bool) -> Option<Draft<'o>> {
    let record = facts.announce.judged()?;
    let mut found = record.issues.iter().filter(|issue| is(issue.kind));
    let first = found.next()?;
    let draft = out.report().at(first.span, &record.text).txt_value(&corrected(record, facts));
    Some(match seen(first, &record.text, found.count()) {
        Some(detail) => draft.detail(detail),
        None => draft,
    })
}

fn tell(facts: &Facts<'_>, out: &mut Sink<'_>, is: impl Fn(Fault) -> bool) {
    fault(facts, out, is);
}

/// The record as it should be: its own id where it has one that can be kept, else a new one.
pub(super) fn corrected(record: &Parsed, facts: &Facts<'_>) -> String {
    if !WHOLE {
        return String::new();
    }
    record.corrected().unwrap_or_else(|| announce::render(&facts.fresh_id))
}

/// The policy to begin with, as advice has it; none where the mail servers are not known.
fn first_policy(facts: &Facts<'_>) -> Option<String> {
    if !WHOLE {
        return None;
    }
    Lines::for_hosts(facts.mail_hosts()).policy(Mode::Testing, FIRST_MAX_AGE)
}

pub(super) fn with_new_record<'o>(draft: Draft<'o>, facts: &Facts<'_>) -> Draft<'o> {
    draft.txt_host(Txt::Announce, facts.domain).txt_value(&announce::render(&facts.fresh_id))
}

fn unseen(record: Option<&Parsed>, kind: Fault) -> Option<String> {
    let record = record?;
    code_points(&record.issues, kind, &record.text)
}

fn quoted<'f>(records: impl IntoIterator<Item = &'f Parsed>) -> String {
    list_texts(records.into_iter().map(|record| record.text.as_str()))
}
