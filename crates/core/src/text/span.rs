//! Where in a text something stands.

use super::part;
use serde::{Deserialize, Serialize};

/// Half-open range of byte offsets into the text that was parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The part of `text` that the span covers; empty when the span does not fit it.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A value and where it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// Something met while parsing. Parsing never stops at it: each parser yields the value it could read, and these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue<K> {
    /// What is wrong.
    pub kind: K,
    /// Where; an empty span marks a place where something is missing.
    pub span: Span,
}

/// A span as reports give it: with line and column, both from 1. Columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Place {
    /// First byte, into `raw`.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line of the first byte; LF, CRLF or a bare CR ends a line.
    #[cfg_attr(feature = "types", schemars(range(min = 1)))]
    pub line: usize,
    /// Column of the first byte.
    #[cfg_attr(feature = "types", schemars(range(min = 1)))]
    pub column: usize,
}

impl Place {
    /// Finds the line and column of `span` in `text`.
    pub fn find(span: Span, text: &str) -> Self {
        let mut cut = span.start.min(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let before = part::before(text, cut);
        let bytes = before.as_bytes();
        let ends_line = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let ends: Vec<usize> = (0..bytes.len()).filter(ends_line).collect();
        let line_start = ends.last().map_or(0, |end| end + 1);
        Self {
            start: span.start,
            end: span.end,
            line: ends.len() + 1,
            column: part::from(before, line_start).chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters() {
        let text = "version: STSv1\r\nmode: é!\nx\ry";
        let at = |needle: &str| {
            let start = text.find(needle).expect("in the text");
            let place = Place::find(Span::new(start, start + needle.len()), text);
            (place.line, place.column)
        };
        assert_eq!(at("version"), (1, 1));
        assert_eq!(at("mode"), (2, 1));
        assert_eq!(at("!"), (2, 8));
        assert_eq!(at("x"), (3, 1));
        assert_eq!(at("y"), (4, 1));
        assert_eq!(Place::find(Span::new(99, 99), text).line, 4, "a span past the end is at the end");
    }
}
