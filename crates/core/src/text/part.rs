//! Parts of a text, by bytes. Where Rust's own brackets end the program if a byte is amid a character, there is nothing here.
//! The code by which the program would tell what character that was weighs 4 KB, packed, as long as anything can reach it.

/// What stands from a byte on.
pub fn from(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or_default()
}

/// What stands before a byte.
pub fn before(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or_default()
}

/// Both.
pub fn split(text: &str, at: usize) -> (&str, &str) {
    (before(text, at), from(text, at))
}

/// Whether a text holds another, which is short. Rust's own search is for long ones, and ends in the same brackets.
pub fn has(text: &str, part: &str) -> bool {
    part.is_empty() || around(text, part).is_some()
}

/// What stands before and behind the first place of a part, which is short, and not empty.
pub fn around<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let at = text.as_bytes().windows(part.len()).position(|window| window == part.as_bytes())?;
    Some((before(text, at), from(text, at + part.len())))
}

/// What stands between the places of a part, which is short, and not empty.
pub fn pieces<'t>(text: &'t str, part: &'t str) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (piece, after) = around(text, part).map_or((text, None), |(before, after)| (before, Some(after)));
        rest = after;
        Some(piece)
    })
}

/// A text with LF at the end of each line, wherever it had CRLF or a bare CR.
pub fn with_lf(text: &str) -> String {
    pieces(text, "\r\n").collect::<Vec<_>>().join("\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amid_a_character_there_is_nothing() {
        assert_eq!((from("aé", 1), from("aé", 2), from("aé", 3), from("aé", 4)), ("é", "", "", ""));
        assert_eq!((before("éa", 0), before("éa", 1), before("éa", 2), before("éa", 9)), ("", "", "é", ""));
    }

    #[test]
    fn a_text_has_its_parts_and_no_others() {
        for part in ["", "a", "ab", "bc", "abc"] {
            assert!(has("abc", part), "{part}");
        }
        for part in ["ac", "abcd", "B"] {
            assert!(!has("abc", part), "{part}");
        }
        assert!(!has("", "a"));
        assert_eq!(around("a, b, c", ", "), Some(("a", "b, c")));
        assert_eq!(around("é", "\u{e8}"), None);
    }

    #[test]
    fn pieces_stand_between_parts() {
        assert_eq!(pieces("a, b,c, ", ", ").collect::<Vec<_>>(), ["a", "b,c", ""]);
        assert_eq!(pieces("", ", ").collect::<Vec<_>>(), [""]);
    }
}
