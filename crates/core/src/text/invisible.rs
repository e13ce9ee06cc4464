//! Characters that strangers' text is not shown with: they hide, or change how the text around them is read.

/// Whether a character cannot be seen, looks like a plain space and is none, or changes how others are read: in a page, in a
/// terminal (the controls, C1 and DEL included) or in an SVG document.
pub fn is_invisible(character: char) -> bool {
    // Other blanks than the space look like it, and are not it.
    let blank = character != ' ' && character.is_whitespace();
    blank
        || character.is_control()
        || matches!(
            character,
            // Soft hyphen, joiners, directions (UAX #9), fillers, variation selectors, annotations, controls of shorthand
            // and music, tags; and what is no character at all, which XML does not allow.
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
                | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}'
                | '\u{fffe}' | '\u{ffff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
