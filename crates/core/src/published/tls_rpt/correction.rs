//! A TLS-RPT record, mended.

use super::{DMARC_NAMES, Destination, TlsRptFault, TlsRptRecord, VERSION, destination};
use crate::published::tag_list::{BLANKS, Candidate, Field, Issues, TagList};
use crate::text::span::Span;

/// Most destinations that a corrected record keeps; each is compared with all before it.
const KEPT_LIMIT: usize = 16;

/// Longest address that is put together again; it is looked at anew with each piece.
const URI_LIMIT: usize = 2048;

impl TlsRptRecord {
    /// The record as it should be written: the destinations of all `rua` fields in one, mended where it is plain how.
    /// None where it is so already, where it is another kind of record, or where no destination can be told.
    pub fn corrected(&self) -> Option<String> {
        if self.issues.is_empty() || !self.is_attempt() { None } else { mend(&self.text) }
    }
}

/// The record with its destinations, each once, where the first of them stood, and with the extensions that are well
/// formed; none where there is no destination, or one that cannot be told.
fn mend(text: &str) -> Option<String> {
    let mut unheard: Issues<TlsRptFault> = Issues::new();
    let list = TagList::read(text, VERSION, &mut unheard);
    let mut uris: Vec<String> = Vec::new();
    let mut first = None;
    let mut kept: Vec<(Span, String)> = Vec::new();
    // Where a web address ends that may go on after a raw `;`.
    let mut cut = None;
    for &field in &list.fields {
        let name = list.get(field.name);
        if let Some(value) = given(&list, field) {
            // Blanks part addresses too, and may stand after `mailto:`.
            for item in value.split([',', BLANKS[0], BLANKS[1]]).filter(|item| !item.is_empty() && !item.ends_with(':'))
            {
                let uri = destination::mend(item)?;
                if !uris.contains(&uri) && uris.len() < KEPT_LIMIT {
                    uris.push(uri);
                }
            }
            cut = Some(field.span.end);
            if first.is_none() {
                first = Some(kept.len());
                kept.push((field.span, String::new()));
            }
        } else if field.value.is_none() {
            if let Some(uri) = uris.last_mut().filter(|uri| uri.len() < URI_LIMIT && cut == Some(field.span.start - 1))
            {
                let longer = destination::encode(&[uri.as_str(), "%3B"].concat(), name);
                if matches!(Destination::parse(&longer), Ok(Destination::Https { .. })) {
                    *uri = longer;
                    cut = Some(field.span.end);
                }
            }
        } else if (list.has_version || name != "v")
            && !DMARC_NAMES.contains(&name)
            && list.check_extension(field, &mut unheard)
        {
            kept.push((field.span, list.written(field)));
        }
    }
    let (span, field) = kept.get_mut(first?)?;
    field.push_str("rua");
    let mut sign = "=";
    for uri in &uris {
        field.extend([sign, uri]);
        sign = ",";
    }
    // Blanks around commas are right, and stay.
    let written = span.of(text);
    let items: Vec<&str> = written.split(',').map(|item| item.trim_matches(BLANKS)).collect();
    if items.join(",") == *field && !written.starts_with("rua= ") && !written.starts_with("rua=\t") {
        written.clone_into(field);
    }
    (!uris.is_empty()).then(|| list.render(VERSION, &kept))
}

/// What a field gives as destinations: the value of `rua`, in whatever case; and of a field without `=` an address, as
/// in `rua:mailto:a@example.com` or after a `;` where a comma should be.
fn given<'l>(list: &'l TagList<'_>, field: Field) -> Option<&'l str> {
    if let Some(value) = field.value {
        return list.get(field.name).eq_ignore_ascii_case("rua").then(|| list.get(value));
    }
    let text = list.get(field.span);
    let text = text.strip_prefix("rua").map_or(text, |rest| rest.trim_start_matches([':', ' ', '\t']));
    destination::mend(text).is_some().then_some(text)
}
