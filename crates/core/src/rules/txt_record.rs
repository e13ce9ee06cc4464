//! What the rules of both TXT records have in common: the announce record and the TLS-RPT record have one grammar (RFC 8461
//! §3.1, RFC 8460 §3), and what is wrong with either is told in one way.

use super::dns_trouble::dns_trouble;
use super::rule::{Case, Detail, Draft, Sink};
use super::step::{Step, Target, ToPaste};
use crate::evidence::Alias;
use crate::facts::Facts;
use crate::facts::misplaced::Misplaced;
use crate::facts::txt_set::TxtSet;
use crate::name::labels::Txt;
use crate::name::{DomainName, is_within, without_zone};
use crate::published::tag_list::{Candidate, Choice, FormFault, squeeze};
use crate::published::{announce, tls_rpt};
use crate::report::Severity;
use crate::text::clip::clip;
use crate::text::span::Issue;

/// Records that are quoted, at most, and characters of one.
const QUOTED: usize = 5;
const QUOTED_LIMIT: usize = 100;

/// A parsed record whose faults are told.
pub(super) trait Faulty: Candidate {
    /// What can be wrong with it.
    type Fault: Copy + PartialEq + From<FormFault>;

    /// Which record it is.
    const TXT: Txt;

    /// How the other record begins, which may have been put here, and the case in which it was.
    const OTHER: (&str, Case);

    /// The case that its name is an alias of a host of the domain.
    const OWN_HOST: Case;

    /// The text that spans point into.
    fn text(&self) -> &str;

    /// What is wrong.
    fn issues(&self) -> &[Issue<Self::Fault>];
}

impl Faulty for announce::AnnounceRecord {
    type Fault = announce::AnnounceFault;
    const TXT: Txt = Txt::Announce;
    const OTHER: (&str, Case) = ("v=tlsrptv1", OTHER_AT_ANNOUNCE);
    const OWN_HOST: Case = own_host(&[Step::AddRecord(Txt::Announce), Step::DomainOnce(Txt::Announce)]);

    fn text(&self) -> &str {
        &self.text
    }

    fn issues(&self) -> &[Issue<Self::Fault>] {
        &self.issues
    }
}

impl Faulty for tls_rpt::TlsRptRecord {
    type Fault = tls_rpt::TlsRptFault;
    const TXT: Txt = Txt::TlsRpt;
    const OTHER: (&str, Case) = ("v=stsv1", OTHER_AT_TLS_RPT);
    const OWN_HOST: Case = own_host(&[Step::AddReportRecord, Step::DomainOnce(Txt::TlsRpt)]);

    fn text(&self) -> &str {
        &self.text
    }

    fn issues(&self) -> &[Issue<Self::Fault>] {
        &self.issues
    }
}

/// There is a record with nothing in it.
pub(super) const EMPTY: Case = Case::said("empty");
/// The TLS-RPT record is where the announce record should be, or the other way round.
pub(super) const OTHER_AT_ANNOUNCE: Case =
    Case::done("other", &[Step::Own(Target::Record(Txt::Announce)), Step::Own(Target::Record(Txt::Announce))]);
pub(super) const OTHER_AT_TLS_RPT: Case =
    Case::done("other", &[Step::Own(Target::Record(Txt::TlsRpt)), Step::Own(Target::Record(Txt::TlsRpt))]);
/// The name is there, in capital letters.
pub(super) const CAPITALS: Case = Case::said("capitals");

/// The alias leads to the domain itself or a host of it, which has no such record.
const fn own_host(steps: &'static [Step]) -> Case {
    Case::done("own-host", steps)
}

/// The DNS console added the domain to the target of an alias.
pub(super) const ZONE_ADDED: Case = Case::done("zone-added", &[Step::Own(Target::Dns)]);

/// Faults of form, each with the case of the rule that has no rule of its own for it.
pub(super) const QUOTE: (FormFault, Case) = (FormFault::Quote, Case::said("quote"));
pub(super) const NON_ASCII: (FormFault, Case) = (FormFault::NonAscii, Case::said("non-ascii"));
pub(super) const CONTROL: (FormFault, Case) = (FormFault::Control, Case::said("control"));
pub(super) const MISSING_SEMICOLON: (FormFault, Case) = (FormFault::MissingSemicolon, Case::said("missing-semicolon"));
pub(super) const EMPTY_FIELD: (FormFault, Case) = (FormFault::EmptyField, Case::said("empty-field"));
pub(super) const NO_EQUALS: (FormFault, Case) = (FormFault::NoEquals, Case::said("no-equals"));
pub(super) const NAME_INVALID: (FormFault, Case) = (FormFault::NameInvalid, Case::said("name-invalid"));
pub(super) const VALUE_INVALID: (FormFault, Case) = (FormFault::ValueInvalid, Case::said("value-invalid"));
pub(super) const SPACING: (FormFault, Case) = (FormFault::Spacing, Case::said("spacing"));
pub(super) const TRAILING_SPACE: (FormFault, Case) = (FormFault::TrailingSpace, Case::said("trailing-space"));

/// There is another record in the same text.
pub(super) const JOINED: (FormFault, Case) = (FormFault::Joined, Case::said("joined"));

/// Reports a fault of the judged record, once however often it is there, with the record as it should be.
pub(super) fn fault<'o, P: Faulty>(
    set: &TxtSet<'_, P>,
    out: &'o mut Sink<'_>,
    is: impl Fn(P::Fault) -> bool,
) -> Option<Draft<'o>> {
    fault_that(set, out, &is)
}

/// The same, made once for each kind of record, and not for each rule that asks.
#[inline(never)]
fn fault_that<'o, P: Faulty>(
    set: &TxtSet<'_, P>,
    out: &'o mut Sink<'_>,
    is: &dyn Fn(P::Fault) -> bool,
) -> Option<Draft<'o>> {
    let record = set.judged()?;
    let mut found = record.issues().iter().filter(|issue| is(issue.kind));
    let first = found.next()?;
    let draft = out.report().at(first.span, record.text()).paste(ToPaste::CorrectedValue(P::TXT));
    let text = first.span.of(record.text());
    if text.is_empty() {
        return Some(draft);
    }
    let more = found.count();
    let draft = draft.count("at", first.span.start).with("found", clip(text, 80)).count("more", more);
    Some(draft.detail(match more {
        0 => Detail::At,
        1 => Detail::AtAndOneMore,
        _ => Detail::AtAndMore,
    }))
}

/// Tells a fault, and nothing besides.
pub(super) fn tell<P: Faulty>(set: &TxtSet<'_, P>, out: &mut Sink<'_>, is: impl Fn(P::Fault) -> bool) {
    fault(set, out, is);
}

/// Tells faults of form that have no rule of their own, each as a case.
pub(super) fn tell_malformed<P: Faulty>(set: &TxtSet<'_, P>, out: &mut Sink<'_>, faults: &[(FormFault, Case)]) {
    if let Some(draft) = fault(set, out, |fault| fault == P::Fault::from(FormFault::JoinedApart)) {
        draft.case(JOINED.1).severity(Severity::Warning);
    }
    for &(kind, case) in faults {
        let Some(draft) = fault(set, out, |fault| fault == P::Fault::from(kind)) else { continue };
        let draft = draft.case(case);
        if matches!(kind, FormFault::NonAscii | FormFault::Control) {
            by_number(set, kind, draft);
        }
    }
}

/// Says which characters stand at the first fault of a kind, by number: they look like others, or like nothing.
pub(super) fn by_number<'d, P: Faulty>(set: &TxtSet<'_, P>, kind: FormFault, draft: Draft<'d>) -> Draft<'d> {
    let Some(record) = set.judged() else { return draft };
    let mut found = record.issues().iter().filter(|issue| issue.kind == P::Fault::from(kind));
    let Some(first) = found.next() else { return draft };
    let numbers = |c| format!("U+{:04X}", u32::from(c));
    let characters: Vec<String> = first.span.of(record.text()).chars().take(8).map(numbers).collect();
    let more = found.count();
    draft.with("characters", characters.join(" ")).count("at", first.span.start).count("more", more).detail(
        match more {
            0 => Detail::CharactersAt,
            1 => Detail::CharactersAtAndOneMore,
            _ => Detail::CharactersAtAndMore,
        },
    )
}

/// Says what the texts of some records are: of the first few, each cut short.
pub(super) fn quote<'d, 't>(mut texts: impl Iterator<Item = &'t str>, draft: Draft<'d>) -> Draft<'d> {
    quoting(&mut texts, draft)
}

fn quoting<'d>(mut texts: &mut dyn Iterator<Item = &str>, draft: Draft<'d>) -> Draft<'d> {
    let quoted = |text| format!("“{}”", clip(text, QUOTED_LIMIT));
    let list: Vec<String> = (&mut texts).take(QUOTED).map(quoted).collect();
    let detail = if texts.next().is_some() { Detail::FoundAndMore } else { Detail::Found };
    draft.with("texts", list.join(", ")).detail(detail)
}

/// Tells that the field that must be there is not, or that its name is in capital letters.
pub(super) fn tell_missing_field<P: Faulty>(
    set: &TxtSet<'_, P>,
    out: &mut Sink<'_>,
    missing: P::Fault,
    miscased: P::Fault,
) {
    tell(set, out, |fault| fault == missing);
    if let Some(draft) = fault(set, out, |fault| fault == miscased) {
        draft.case(CAPITALS);
    }
}

/// Reports that more than one record counts.
pub(super) fn several<'o, P: Faulty>(set: &TxtSet<'_, P>, out: &'o mut Sink<'_>) -> Option<Draft<'o>> {
    let counted = set.records.iter().filter(|record| record.begins_with_version());
    (Choice::of(&set.records) == Choice::Several).then(|| quote(counted.map(Faulty::text), out.report()))
}

/// Tells what stands in place of the record that is meant: other texts, or one with nothing in it. Where the record itself
/// was found elsewhere, that is what belongs here.
pub(super) fn tell_unrelated<P: Faulty>(set: &TxtSet<'_, P>, elsewhere: &[Misplaced], out: &mut Sink<'_>) {
    let (other, case) = P::OTHER;
    let is_other = |record: &P| squeeze(record.text()).starts_with(other);
    let is_swapped = !elsewhere.is_empty() && set.records.iter().all(is_other);
    if Choice::of(&set.records) != Choice::Unrelated || is_swapped {
        return;
    }
    let draft = if elsewhere.is_empty() {
        with_new_record(out.report(), P::TXT)
    } else {
        out.report().paste(ToPaste::Host(P::TXT)).paste(ToPaste::MovedValue(P::TXT, 0))
    };
    let draft = if set.records.iter().any(is_other) { draft.case(case) } else { draft };
    if set.records.iter().all(|record| record.text().trim().is_empty()) {
        draft.case(EMPTY).detail(Detail::NoText);
    } else {
        quote(set.records.iter().map(Faulty::text), draft);
    }
}

/// Tells that the record is read through an alias.
pub(super) fn tell_alias<P: Faulty>(set: &TxtSet<'_, P>, out: &mut Sink<'_>) {
    if let (Some(alias), false) = (set.aliases().last(), set.records.is_empty()) {
        led_to(alias, out.report()).detail(Detail::ReadAt);
    }
}

/// Tells that the name is an alias of one that holds no TXT record. Where that ends in the domain itself, the DNS console
/// added it.
pub(super) fn tell_dangling<P: Faulty>(set: &TxtSet<'_, P>, domain: Option<&DomainName>, out: &mut Sink<'_>) {
    if let (Some(alias), true) = (set.aliases().last(), set.records.is_empty()) {
        let draft = led_to(alias, out.report());
        let own = domain.map(DomainName::as_str).filter(|domain| is_within(&alias.target, domain));
        match own.map(|domain| without_zone(&alias.target, domain)) {
            Some(Some(meant)) => draft.case(ZONE_ADDED).with("name", clip(meant, 255)),
            Some(None) => with_new_record(draft.case(P::OWN_HOST), P::TXT).detail(Detail::NoTxtAt),
            None => draft.paste(ToPaste::NewValue(P::TXT)).detail(Detail::NoTxtAt),
        };
    }
}

/// Says where an alias leads.
fn led_to<'d>(alias: &Alias, draft: Draft<'d>) -> Draft<'d> {
    draft.subject(&alias.target).with("target", clip(&alias.target, 255))
}

/// Tells that the lookup gave no definite answer. Where name servers answer for nothing of the domain, that is told once.
pub(super) fn tell_dns_error<P: Faulty>(set: &TxtSet<'_, P>, facts: &Facts<'_>, out: &mut Sink<'_>) {
    if let Some(trouble) = dns_trouble(set.dns).filter(|_| !facts.is_unserved()) {
        trouble.tell(out.report());
    }
}

/// What a new record takes.
pub(super) fn with_new_record(draft: Draft<'_>, txt: Txt) -> Draft<'_> {
    draft.paste(ToPaste::Host(txt)).paste(ToPaste::NewValue(txt))
}
