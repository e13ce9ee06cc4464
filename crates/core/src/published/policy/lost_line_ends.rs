//! Fields of a policy that stand in one line, since the ends of their lines are lost: a web form or a shell command joined
//! them, or wrote the ends out.

use super::key::{Key, comment};
use crate::text::letter::is_letter_or_digit;
use crate::text::part;

/// What may stand where a line end was.
const SIGNS: [char; 8] = [' ', '\t', ';', ',', '|', '"', '\'', '/'];

/// Line ends, written out.
const WRITTEN: [&str; 7] = ["\\n", "\\r", "<br>", "<br/>", "<br />", "%0A", "%0D"];

/// The fields of a line that begins with a key of the standard and has another one behind it: each with its place, its key,
/// its value and its length. None where the line has one field.
pub(super) fn fields(line: &str) -> impl Iterator<Item = (usize, &str, &str, usize)> {
    let starts = starts(line);
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([line.len()]).collect();
    starts.into_iter().zip(ends).filter_map(|(start, end)| {
        let field = without_end(part::before(part::from(line, start), end - start));
        let (key, value) = field.split_once(':')?;
        Some((start, key.trim_end_matches([' ', '\t']), value.trim_start_matches([' ', '\t']), field.len()))
    })
}

fn starts(line: &str) -> Vec<usize> {
    let line = part::before(line, comment(line).unwrap_or(line.len()));
    let mut starts = Vec::new();
    for (colon, _) in line.match_indices(':') {
        let before = part::before(line, colon).trim_end_matches([' ', '\t']);
        let key = Key::ALL.iter().find(|(_, name)| before.ends_with(name));
        let start = key.map(|(_, name)| before.len() - name.len());
        // Quotation marks around the whole are those of a program.
        let is_first = |start: &usize| part::before(line, *start).trim_matches(['"', '\'']).is_empty();
        if starts.is_empty() && !start.as_ref().is_some_and(is_first) {
            break;
        }
        starts.extend(start.filter(|start| is_apart(part::before(before, *start), part::from(before, *start))));
    }
    if starts.len() < 2 {
        starts.clear();
    }
    starts
}

/// Whether a key stands by itself behind what is before it.
fn is_apart(before: &str, key: &str) -> bool {
    let part_of_name = |c: char| is_letter_or_digit(c) || matches!(c, '-' | '_' | '.');
    let is_name = before.chars().next_back().is_some_and(part_of_name);
    // No host's name has an underscore.
    !is_name
        || key == "max_age"
        || WRITTEN.iter().any(|end| before.ends_with(end))
        || ["STSv1", "enforce", "testing", "none"].iter().any(|value| before.ends_with(value))
}

/// A field without what stands in place of its line end.
fn without_end(field: &str) -> &str {
    let mut field = field;
    loop {
        let written = WRITTEN.iter().find_map(|end| field.strip_suffix(end));
        let shorter = written.unwrap_or_else(|| field.trim_end_matches(SIGNS));
        if shorter.len() == field.len() {
            return field;
        }
        field = shorter;
    }
}
