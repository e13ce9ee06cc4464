//! Letters and digits, without the tables of Unicode: these weigh 2 KB, packed, in each module of the browser.

/// Whether a character is a letter or a digit: of what is not ASCII, whatever is not in a block of signs, spaces or controls.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        // Latin-1's signs, general punctuation up to dingbats, CJK punctuation, selectors, small and wide forms, and the byte
        // order mark; private use; plane 14's tags.
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b4}'
        | '\u{b6}'..='\u{b9}'
        | '\u{bb}'..='\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{2000}'..='\u{206f}'
        | '\u{20a0}'..='\u{20cf}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{3000}'..='\u{3003}'
        | '\u{3008}'..='\u{3020}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe6f}'
        | '\u{feff}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}'
        | '\u{fff0}'..='\u{ffff}'
        | '\u{1f000}'..='\u{1faff}'
        | '\u{e0000}'.. => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_every_alphabet_are_letters_and_signs_are_none() {
        for letter in "azAZ09äßøéªºµжλאب中あ한ðÿ".chars() {
            assert!(is_letter_or_digit(letter) && letter.is_alphanumeric(), "{letter}");
        }
        for sign in "-_.@\"'“”‘’„«»…·•\u{a0}\u{85}\u{ad}\u{200b}\u{2028}\u{3000}\u{feff}→€✓。，：😀\u{fffd}×÷¿§".chars()
        {
            assert!(!is_letter_or_digit(sign) && !sign.is_alphanumeric(), "{sign:?}");
        }
    }
}
