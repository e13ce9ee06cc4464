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

pub(crate) static RULES: &[Rule] = &[
    Rule {
        id: "record-ok",
        kind: Kind::Pass,
        grammar: false,
        title: "The record that announces your policy is in order",
        what: super::rule::documented("Whether there is exactly one announce record, and it is valid."),
        why: super::rule::explained(
            "Senders that look at _mta-sts learn that your domain has a policy, and the id tells them when it changes.",
        ),
        steps: &[],
        source: sts("3.1"),
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
        title: "The domain has no MTA-STS",
        what: super::rule::documented("Whether the domain has an announce record, or at least a policy file."),
        why: super::rule::explained(
            "Without MTA-STS, someone who can get between two mail servers can switch the encryption off, and read or \
              change the mail on its way to you. Nobody would notice.",
        ),
        steps: super::rule::to_mend(&[
            "Put a policy file on the web first: a text file with the text and at the address below. Begin with mode: \
             testing, which stops no mail.",
            "Then open {dns} and add a TXT record with the host and the value below.",
            "{announce: once}",
            "Read the TLS reports for a week or two. When they are clean, change the mode to enforce and give the record a \
             new id.",
        ]),
        source: sts("3.1"),
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
        title: "There is a policy, but no record that announces it",
        what: super::rule::documented("Whether a domain that serves a policy file has an announce record."),
        why: super::rule::explained(
            "Senders look for the DNS record first. Without it nobody asks for your policy file, so it protects nothing.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and add a TXT record with the host and the value below.",
            "{announce: once}",
        ]),
        source: sts("3.1"),
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
        title: "There is more than one announce record",
        what: super::rule::documented("Whether only one TXT record at _mta-sts begins with v=STSv1."),
        why: super::rule::explained(
            "With two records senders cannot know which one counts, so the standard tells them to ignore both. Your policy \
              protects nothing until one of them is gone.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the TXT records with the host {announce}.",
            "Keep one that begins with v=STSv1; and delete the others. They are often left over from a change of provider.",
        ]),
        source: sts("3.1"),
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
        title: "There is another TXT record beside the announce record",
        what: super::rule::documented("Whether the announce record is the only TXT record at _mta-sts."),
        why: super::rule::explained(
            "Senders should skip the other record, and most do. Some strict programs give up when they see two, and then \
              deliver to you without your policy.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the TXT records with the host {announce}.",
            "Keep the one that begins with v=STSv1 and delete the others: they have no use at this name.",
        ]),
        source: sts("3.1"),
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
        title: "The record at _mta-sts is not an announce record",
        what: super::rule::documented("Whether a TXT record at _mta-sts is meant for MTA-STS."),
        why: super::rule::explained(
            "Senders look here for a record that begins with v=STSv1; and find something else. They carry on as if you had \
              no MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the TXT record with the host {announce}. If there is none, a record \
             for the host * may be answering in its place.",
            "If the text belongs somewhere else, such as SPF, make sure that it is there too. Then add or change the record of \
             {announce} to the value below.",
        ]),
        source: sts("3.1"),
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
        title: "The version mixes up capital and small letters",
        what: super::rule::documented(
            "Whether the version is written v=STSv1, with exactly these capital and small letters.",
        ),
        why: super::rule::explained(
            "Senders look for exactly v=STSv1, capital and small letters included. If it is written in any other way, they \
              ignore the record, and your policy with it.",
        ),
        steps: super::rule::to_mend(REPLACE),
        source: sts("3.1"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Syntax(Syntax::VersionCase)),
    },
    Rule {
        id: "record-version-spacing",
        kind: Kind::Error,
        grammar: true,
        title: "There are spaces in or before the version",
        what: super::rule::documented("Whether the record begins with v=STSv1 with no space before it or inside it."),
        why: super::rule::explained(
            "The record must begin with exactly v=STSv1. With a space in it senders do not recognise it, and ignore your \
              policy.",
        ),
        steps: super::rule::to_mend(REPLACE),
        source: sts("3.1"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Syntax(Syntax::VersionSpacing)),
    },
    Rule {
        id: "record-version-unsupported",
        kind: Kind::Error,
        grammar: true,
        title: "The version is not STSv1",
        what: super::rule::documented("Whether the record begins with the version STSv1, the only one that exists."),
        why: super::rule::explained(
            "Senders know one version only, and ignore a record with any other. The version stays the same when you change \
              your policy; only the id changes.",
        ),
        steps: super::rule::to_mend(REPLACE),
        source: sts("3.1"),
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
        title: "The semicolon after the version is missing",
        what: super::rule::documented("Whether a semicolon separates the version from what follows."),
        why: super::rule::explained(
            "Without the semicolon senders read the version and the id as one word that they do not know, and ignore your \
              policy.",
        ),
        steps: super::rule::to_mend(REPLACE),
        source: sts("3.1"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Syntax(Syntax::MissingSemicolon)),
    },
    Rule {
        id: "record-space-before-semicolon",
        kind: Kind::Warning,
        grammar: false,
        title: "There is a space before the first semicolon",
        what: super::rule::documented("Whether the record begins with v=STSv1; with no space before the semicolon."),
        why: super::rule::explained(
            "The standard allows this space in one place and forbids it in another, so some senders accept your record and \
              others ignore it.",
        ),
        steps: super::rule::to_mend(REPLACE),
        source: sts("3.1"),
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
        title: "The record has no id",
        what: super::rule::documented(
            "Whether the record has an id, by which senders notice that the policy has changed.",
        ),
        why: super::rule::explained("A record without an id is not valid. Senders ignore it, and your policy with it."),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {announce}.",
            "Write id= and a text of letters and digits after the version, for instance the date and time, as in the value \
             below.",
        ]),
        source: sts("3.1"),
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
        title: "The id has a character that is not allowed",
        what: super::rule::documented("Whether the id is made of letters and digits alone."),
        why: super::rule::explained(
            "Hyphens, underscores, colons, dots and spaces are not allowed in an id. Because of it senders ignore the whole \
              record, and your policy too.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {announce}.",
            "Use letters and digits only. A date and time works well: 20260512T0930 stands for 12 May 2026, 9:30.",
        ]),
        source: sts("3.1"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::IdInvalid),
    },
    Rule {
        id: "record-id-too-long",
        kind: Kind::Error,
        grammar: true,
        title: "The id is too long",
        what: super::rule::documented("Whether the id has at most 32 characters."),
        why: super::rule::explained(
            "An id may have 32 characters. With a longer one senders ignore the record, and your policy with it.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {announce}.",
            "Shorten the id. A date and time such as 20260512T0930 is enough: it only has to differ from the last one.",
        ]),
        source: sts("3.1"),
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
        title: "There is a space around the = of the id",
        what: super::rule::documented("Whether id= and its value are written without a space between them."),
        why: super::rule::explained(
            "With a space there senders cannot read the id. They ignore the record, and your policy with it.",
        ),
        steps: super::rule::to_mend(REPLACE),
        source: sts("3.1"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::IdSpacing),
    },
    Rule {
        id: "record-id-duplicate",
        kind: Kind::Warning,
        grammar: false,
        title: "The record has two ids",
        what: super::rule::documented("Whether the record has one id only."),
        why: super::rule::explained(
            "Most senders take the first id. Some reject the whole record, and if you change only the second id, senders \
              may not notice that your policy has changed.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {announce}.",
            "Keep one id and delete the other, as in the value below.",
        ]),
        source: sts("3.2"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::IdDuplicate),
    },
    Rule {
        id: "record-extension-unknown",
        kind: Kind::Info,
        grammar: false,
        title: "The record has parts that senders skip",
        what: super::rule::documented("Whether the record holds anything besides the version and the id."),
        why: super::rule::explained(
            "The standard leaves room for future additions, so senders skip what they do not know. It does no harm.",
        ),
        steps: &[],
        source: sts("3.1"),
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
        title: "The record is not well formed",
        what: super::rule::documented(
            "Whether every part of the announce record is written as name=value, with one semicolon between the parts.",
        ),
        why: super::rule::explained(
            "One slip makes the whole record void: senders ignore it, and your policy with it.",
        ),
        steps: super::rule::to_mend(REPLACE),
        source: sts("3.1"),
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
        title: "There are quotation marks or backslashes inside the record",
        what: super::rule::documented("Whether the value was saved without the marks that only belong in a zone file."),
        why: super::rule::explained(
            "Some guides show the value in quotation marks, or with a backslash before each semicolon. Most DNS consoles add \
              these automatically; if you paste them too, they become part of the text, and senders ignore the record.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {announce}.",
            "Replace its value with the text below, exactly as it stands, {quotes} and with no backslash.",
        ]),
        source: sts("3.1"),
        check: |facts, out| tell(facts, out, |fault| fault == Fault::Syntax(Syntax::Quote)),
    },
    Rule {
        id: "record-non-ascii",
        kind: Kind::Error,
        grammar: true,
        title: "The record has a character that is not plain text",
        what: super::rule::documented("Whether the record holds only plain letters, digits and signs."),
        why: super::rule::explained(
            "Word processors and web pages insert curly quotation marks or special spaces that look right but are not. \
              Senders ignore a record with such a character in it.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {announce}.",
            "Delete its value and type the text below by hand, or paste it as plain text.",
        ]),
        source: sts("3.1"),
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
        title: "The record is stored in several pieces",
        what: super::rule::documented("Whether the text of the record is one string."),
        why: super::rule::explained(
            "DNS allows this. Senders put the pieces together with no space between them, and so did we.",
        ),
        steps: &[],
        source: sts("3.1"),
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
        title: "The announce record is kept at another name",
        what: super::rule::documented("Whether the name _mta-sts is an alias (CNAME) of a record somewhere else."),
        why: super::rule::explained(
            "This is how a provider manages MTA-STS for its customers. Whoever runs the other name decides when the id \
              changes, so the policy file should be in the same hands.",
        ),
        steps: &[],
        source: sts("8.2"),
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
        title: "_mta-sts points at a name where there is no record",
        what: super::rule::documented("Whether the CNAME at _mta-sts leads to an announce record."),
        why: super::rule::explained(
            "The name is an alias of another one, and nothing is there: perhaps the service was cancelled, or the target is \
              mistyped. Senders find no record and carry on as if you had no MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and find the CNAME record with the host {announce}.",
            "If you use the provider that it points to, ask for the right target and correct it.",
            "If you do not, delete the CNAME. To keep MTA-STS, add a TXT record with the same host and the value below.",
        ]),
        source: sts("8.2"),
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
        title: "A change of the record takes more than a day to be seen",
        what: super::rule::documented("Whether the time to live (TTL) of the announce record is at most a day."),
        why: super::rule::explained(
            "Other servers keep a copy of the record for this long. If something goes wrong with your policy, senders learn \
              of the correction only when their copy has run out.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and edit the TXT record with the host {announce}.",
            "Set its TTL to 3600, which is one hour.",
        ]),
        source: sts("8.1"),
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
        title: "The announce record could not be looked up",
        what: super::rule::documented("Whether the DNS answers for _mta-sts."),
        why: super::rule::explained(
            "We could not find out whether there is a record. This may clear up on its own. Senders that get no answer either will \
              not see a new or changed policy.",
        ),
        steps: super::rule::to_mend(&[
            "Check again in a few minutes.",
            "If it keeps happening, ask {dns host} why TXT records at {announce} cannot be looked up.",
        ]),
        source: sts("3.1"),
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
