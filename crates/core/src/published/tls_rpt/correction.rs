//! A TLS-RPT record, mended.

use super::destination::Before;
use super::{DMARC_NAMES, Destination, TlsRptFault, TlsRptRecord, VERSION, destination};
use crate::published::tag_list::{BLANKS, Candidate, Field, Issues, TagList};
use crate::text::span::Span;
use std::borrow::Cow;

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
    // Beside a `rua` another spelling of it is an extension.
    let has_rua = list.fields.iter().any(|field| list.get(field.name) == "rua" && field.value.is_some());
    for &field in &list.fields {
        let name = list.get(field.name);
        if let Some(value) = given(&list, field).filter(|_| field.value.is_none() || !has_rua || name == "rua") {
            // Blanks part addresses too, and may stand after `mailto:`.
            let value = with_commas_encoded(value);
            let items = value.split([',', BLANKS[0], BLANKS[1]]);
            for item in items.filter(|item| !item.is_empty() && !item.ends_with(':')) {
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
        } else if let Some(longer) =
            uris.last().filter(|_| cut == Some(field.span.start.wrapping_sub(1))).and_then(|uri| {
                // What stands behind a raw `;` without a blank, unless DMARC has it.
                let rest = Some(list.get(field.span)).filter(|rest| uri.len() < URI_LIMIT && !rest.contains(BLANKS))?;
                let longer = destination::encode(&[uri.as_str(), "%3B"].concat(), rest);
                let is_one = matches!(Destination::parse(&longer), Ok(Destination::Https { .. }));
                (is_one && !(field.value.is_some() && DMARC_NAMES.contains(&name))).then_some(longer)
            })
        {
            uris.pop();
            uris.push(longer);
            cut = Some(field.span.end);
        } else if field.value.is_some()
            && (list.has_version || name != "v")
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

/// Destinations with the commas encoded that belong to a web address.
fn with_commas_encoded(value: &str) -> Cow<'_, str> {
    let mut encoded = Cow::Borrowed("");
    let mut before = Before::default();
    for (index, item) in value.split(',').enumerate() {
        if index > 0 {
            let is_rest = before.goes_on_with(item);
            encoded.to_mut().push_str(if is_rest { "%2C" } else { "," });
            if is_rest {
                encoded.to_mut().push_str(item);
                continue;
            }
        }
        before = Before::of(item);
        encoded += item;
    }
    encoded
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
