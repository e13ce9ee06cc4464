//! How each sender reads the TXT records at `_mta-sts`.

use super::reaction::{Cell, Sender, Want};
use crate::facts::txt_set::TxtSet;
use crate::published::announce::{AnnounceFault, AnnounceRecord, FormFault};
use crate::published::tag_list::Candidate;

/// What a sender makes of the records.
pub(super) fn read(sender: Sender, announce: &TxtSet<'_, AnnounceRecord>) -> Cell {
    let records = &announce.records;
    let is_used = match sender {
        Sender::Rfc8461 | Sender::Postfix | Sender::MailCheck => announce.used().is_some(),
        Sender::Google | Sender::Microsoft => return documented(announce),
        Sender::PostfixTlspol | Sender::Mox => {
            let chosen = only(records, |record| begins_with_version(&record.text));
            let strict = |record: &AnnounceRecord| sender == Sender::PostfixTlspol || !has_second_id(record);
            chosen.is_some_and(|record| record.is_valid() && strict(record))
        }
        Sender::PostfixMtaStsResolver => {
            let chosen = only(records, |record| record.text.starts_with("v=STSv1") && record.text.is_ascii());
            chosen.is_some_and(|record| fields(sender, &record.text) == Some([true; 2]))
        }
        // It never looks at the id.
        Sender::Chasquid => records.iter().any(AnnounceRecord::begins_with_version),
        Sender::Halon => only(records, AnnounceRecord::begins_with_version).is_some(),
        Sender::Mimecast => {
            let chosen = only(records, |record| fields(sender, &record.text).is_some_and(|[version, _]| version));
            chosen.is_some_and(|record| fields(sender, &record.text) == Some([true; 2]))
        }
        Sender::Stalwart => records.iter().any(|record| fields(sender, &record.text) == Some([true; 2])),
        Sender::Maddy => {
            records.len() == 1 && only(records, |record| fields(sender, &record.text) == Some([true; 2])).is_some()
        }
        Sender::KumoMta => {
            // It reads all of them as one text, in whichever order they come.
            let texts = || records.iter().map(|record| record.text.as_str());
            let reads = |text: String| fields(sender, &text) == Some([true; 2]);
            let (one, another) = (reads(texts().collect()), reads(texts().rev().collect()));
            if one != another {
                return Cell::NotKnown;
            }
            one
        }
    };
    if is_used { Cell::Used } else { Cell::NotUsed }
}

/// What a sender wanted that did not use a record which the RFC accepts.
pub(super) fn want(sender: Sender, announce: &TxtSet<'_, AnnounceRecord>) -> Want {
    match sender {
        Sender::Chasquid | Sender::Halon => Want::NoSpaceBeforeSemicolon,
        Sender::Mox if announce.used().is_some_and(has_second_id) => Want::OneId,
        Sender::Maddy | Sender::KumoMta => Want::OneTxt,
        _ => Want::OneAnnounceRecord,
    }
}

/// What is known of a sender whose documentation says no more than the RFC: nothing, where the RFC forbids what is there, and
/// all of the version and the id is.
fn documented(announce: &TxtSet<'_, AnnounceRecord>) -> Cell {
    let Some(record) = announce.judged() else { return Cell::NotUsed };
    let has = |wanted: fn(AnnounceFault) -> bool| record.issues.iter().any(|issue| wanted(issue.kind));
    let lacks = |fault| {
        matches!(
            fault,
            AnnounceFault::IdMissing
                | AnnounceFault::PolicyText
                | AnnounceFault::Form(FormFault::VersionMissing | FormFault::VersionUnsupported)
        )
    };
    match announce.counts() {
        false if announce.records.len() > 1 => Cell::NotUsed,
        _ if has(lacks) => Cell::NotUsed,
        _ if has(|fault| !matches!(fault, AnnounceFault::IdDuplicate | AnnounceFault::IdPlaceholder)) => Cell::NotKnown,
        _ => Cell::Used,
    }
}

/// The one that is like this, where no other is.
fn only(records: &[AnnounceRecord], is: impl Fn(&AnnounceRecord) -> bool) -> Option<&AnnounceRecord> {
    let mut found = records.iter().filter(|record| is(record));
    found.next().filter(|_| found.next().is_none())
}

fn has_second_id(record: &AnnounceRecord) -> bool {
    record.issues.iter().any(|issue| issue.kind == AnnounceFault::IdDuplicate)
}

/// Whether a text begins with the version and a semicolon, white space before it allowed.
fn begins_with_version(text: &str) -> bool {
    text.strip_prefix("v=STSv1").is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(';'))
}

/// Whether a sender that splits a record at its semicolons finds the version and an id in it; none where it refuses all for
/// one field.
fn fields(sender: Sender, text: &str) -> Option<[bool; 2]> {
    let ends = |c: char| c == ';' || sender == Sender::Mimecast && matches!(c, '|' | ' ');
    let any_case = matches!(sender, Sender::Mimecast | Sender::Stalwart);
    let is = |text: &str, wanted: &str, any_case: bool| text == wanted || any_case && text.eq_ignore_ascii_case(wanted);
    let [mut version, mut id] = [false; 2];
    for piece in text.split(ends) {
        let field = piece.trim();
        let Some((key, value)) = field.split_once('=') else {
            // What is blank, or no field at all.
            let is_refused = match sender {
                Sender::KumoMta => !piece.is_empty(),
                Sender::Maddy => !field.is_empty(),
                _ => false,
            };
            if is_refused {
                return None;
            }
            continue;
        };
        let (key, value) = match sender {
            Sender::KumoMta | Sender::Stalwart => (key.trim(), value.trim()),
            Sender::Maddy if value.contains(['=', ' ', '\t']) || key.contains([' ', '\t']) => return None,
            Sender::Mimecast if value.is_empty() || value.contains('=') => continue,
            _ => (key, value),
        };
        if is(key, "v", sender == Sender::Stalwart) {
            version = is(value, "STSv1", any_case);
            if !version && matches!(sender, Sender::Maddy | Sender::Stalwart) {
                return None;
            }
        } else if is(key, "id", sender == Sender::Stalwart) {
            id = sender != Sender::Maddy || !value.is_empty();
        }
    }
    Some([version, id])
}
