//! Text that strangers wrote, made safe to look at: nothing in it hides, turns the reading direction or runs on forever.

use std::fmt::Write;

use maud::{Markup, html};
use mta_sts_core::text::invisible::is_invisible;
use mta_sts_core::text::part;

/// Longest text shown within a sentence or a table, in characters.
const INLINE_LIMIT: usize = 600;

/// Text within a line.
pub(crate) fn inline(text: &str) -> Markup {
    bounded(text, INLINE_LIMIT, false)
}

/// Text that keeps its line breaks, up to `limit` characters.
pub(crate) fn block(text: &str, limit: usize) -> Markup {
    bounded(text, limit, true)
}

/// Text for an attribute, where no markup can be.
pub(crate) fn attribute(text: &str) -> String {
    let shown = |character| {
        if is_odd(character, false) { format!("U+{:04X}", u32::from(character)) } else { String::from(character) }
    };
    text.chars().take(INLINE_LIMIT).map(shown).collect()
}

/// Text for a script, in an attribute: nothing in it hides there, and `decodeURIComponent` gives all of it back.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '%' || is_odd(character, false) {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                // Writing to a string does not fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

/// A sentence in which `backticks` mark what is literal.
pub(crate) fn prose(text: &str) -> Markup {
    let closed = text.matches('`').count().is_multiple_of(2);
    html! {
        @if closed {
            @for (at, part) in text.split('`').enumerate() {
                @if at % 2 == 1 { code { (inline(part)) } } @else { (inline(part)) }
            }
        } @else { (inline(text)) }
    }
}

/// A number in groups of three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn bounded(text: &str, limit: usize, lines: bool) -> Markup {
    let end = text.char_indices().nth(limit).map_or(text.len(), |(at, _)| at);
    let rest = part::from(text, end).chars().count();
    html! {
        (visible(part::before(text, end), lines))
        @if rest > 0 { span.m-more { "… and " (rest) " more characters" } }
    }
}

/// Every character that cannot be seen, or that changes how others are read, by its number.
fn visible(text: &str, lines: bool) -> Markup {
    let runs = Runs { rest: text, lines };
    html! {
        @for (plain, odd) in runs {
            (plain)
            @if let Some(odd) = odd { span.odd { (format_args!("U+{:04X}", u32::from(odd))) } }
        }
    }
}

/// Runs of plain text, each with the odd character that ends it.
struct Runs<'t> {
    rest: &'t str,
    lines: bool,
}

impl<'t> Iterator for Runs<'t> {
    type Item = (&'t str, Option<char>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest;
        let odd = rest.char_indices().find(|(_, character)| is_odd(*character, self.lines));
        let Some((at, character)) = odd else {
            self.rest = "";
            return (!rest.is_empty()).then_some((rest, None));
        };
        self.rest = part::from(rest, at + character.len_utf8());
        Some((part::before(rest, at), Some(character)))
    }
}

fn is_odd(character: char, lines: bool) -> bool {
    !(lines && matches!(character, '\n' | '\t')) && is_invisible(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_hidden_characters_show_as_text() {
        assert_eq!(inline("<b>&\"").into_string(), "&lt;b&gt;&amp;&quot;");
        assert_eq!(
            inline("a\u{202e}b\u{200b}").into_string(),
            "a<span class=\"odd\">U+202E</span>b<span class=\"odd\">U+200B</span>"
        );
        assert_eq!(inline("a\nb").into_string(), "a<span class=\"odd\">U+000A</span>b");
        assert_eq!(block("a\nb\r", 9).into_string(), "a\nb<span class=\"odd\">U+000D</span>");
        assert_eq!(inline("über 中文").into_string(), "über 中文");
        assert_eq!(attribute("a\u{9b}31m\u{ffff}\u{2800}"), "aU+009B31mU+FFFFU+2800");
    }

    #[test]
    fn what_is_copied_is_all_of_the_text_with_nothing_hidden_in_the_markup() {
        assert_eq!(encoded("mx: a\n100%\u{200b}\r\"é"), "mx: a%0A100%25%E2%80%8B%0D\"é");
    }

    #[test]
    fn long_text_ends() {
        let shown = inline(&"é".repeat(INLINE_LIMIT + 5)).into_string();
        assert!(shown.ends_with("… and 5 more characters</span>"), "{shown}");
    }

    #[test]
    fn numbers_are_for_people() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(9_007_199_254_740_991), "9,007,199,254,740,991");
    }

    #[test]
    fn backticks_mark_code() {
        assert_eq!(prose("Change `a` to `<b>`.").into_string(), "Change <code>a</code> to <code>&lt;b&gt;</code>.");
        assert_eq!(prose("A ` alone").into_string(), "A ` alone");
    }
}
