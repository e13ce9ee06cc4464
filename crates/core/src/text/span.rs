//! Where in a text something stands.

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
        Places::default().find(span, text)
    }
}

/// Finds places in a text, which is read once for all of them.
#[derive(Default)]
pub(crate) struct Places {
    /// Which text the steps are of: where it stands in memory, as long as it stays there.
    text: (usize, usize),
    /// Line and column of every [`STEP`]th byte.
    steps: Vec<(usize, usize)>,
}

/// Bytes between two places that are kept.
const STEP: usize = 256;

impl Places {
    /// Finds the line and column of `span` in `text`.
    pub(crate) fn find(&mut self, span: Span, text: &str) -> Place {
        let of = (text.as_ptr().addr(), text.len());
        if self.text != of || self.steps.is_empty() {
            self.text = of;
            self.steps.clear();
            let mut at = (1, 1);
            for start in (0..=text.len()).step_by(STEP) {
                self.steps.push(at);
                at = counted(text.as_bytes(), start, start + STEP, at);
            }
        }
        let mut cut = span.start.min(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let before = self.steps.get(cut / STEP).copied().unwrap_or((1, 1));
        let (line, column) = counted(text.as_bytes(), cut - cut % STEP, cut, before);
        Place { start: span.start, end: span.end, line, column }
    }
}

/// Line and column after some bytes, by those before them.
fn counted(bytes: &[u8], start: usize, end: usize, (mut line, mut column): (usize, usize)) -> (usize, usize) {
    for at in start..end.min(bytes.len()) {
        match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => column += 1,
            b'\n' | b'\r' => (line, column) = (line + 1, 1),
            // The rest of a character counts with its first byte.
            0x80..0xc0 => {}
            _ => column += 1,
        }
    }
    (line, column)
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
        let long = ["é\r\n", &"é".repeat(1000), "\r", &"x\n".repeat(1000)].concat();
        let mut places = Places::default();
        for (at, line, column) in
            [(5, 2, 1), (6, 2, 2), (1004, 2, 501), (2004, 2, 1001), (2005, 3, 1), (2006, 3, 2), (4005, 1003, 1)]
        {
            let place = places.find(Span::new(at, at), &long);
            assert_eq!((place.line, place.column), (line, column), "{at}");
        }
        assert_eq!(places.find(Span::new(1, 1), "a\nb").line, 1);
    }
}
