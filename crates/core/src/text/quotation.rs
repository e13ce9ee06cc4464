//! What stands in a TXT record, for an engineer: bounded, and on one line.

use super::clip::clip;
use super::span::Issue;

/// What stands at an issue's place, for an engineer; none where nothing does.
pub(crate) fn seen<K>(issue: &Issue<K>, text: &str, more: usize) -> Option<String> {
    let found = issue.span.of(text);
    (!found.is_empty()).then(|| format!("At byte {}: “{}”.{}", issue.span.start, clip(found, 80), and_more(more)))
}

fn and_more(places: usize) -> String {
    match places {
        0 => String::new(),
        1 => " Also in one more place.".to_owned(),
        _ => format!(" Also in {places} more places."),
    }
}

/// What stands at the first issue of a kind, by number: such characters look like others, or like nothing.
pub(crate) fn code_points<K: Copy + PartialEq>(issues: &[Issue<K>], kind: K, text: &str) -> Option<String> {
    let mut found = issues.iter().filter(|issue| issue.kind == kind);
    let first = found.next()?;
    let list: Vec<String> = first.span.of(text).chars().take(8).map(|c| format!("U+{:04X}", u32::from(c))).collect();
    Some(format!("At byte {}: {}.{}", first.span.start, list.join(" "), and_more(found.count())))
}

/// The texts of some records: the first few, each cut short.
pub(crate) fn list_texts<'t>(mut texts: impl Iterator<Item = &'t str>) -> String {
    let list: Vec<String> = texts.by_ref().take(5).map(|text| format!("“{}”", clip(text, 100))).collect();
    let more = if texts.next().is_some() { ", and more" } else { "" };
    format!("Found: {}{more}.", list.join(", "))
}
