//! Sentences with words in braces for what differs from one case to another.
//!
//! A template is written by us and is part of the program; what goes into its place is data, is put in once, and is never
//! looked through for braces again.

/// Puts `word`'s answer in the place of each word in braces.
pub fn fill(template: &'static str, mut word: impl FnMut(&'static str, &mut String)) -> String {
    filled(template, &mut word)
}

/// The same, compiled once for all that give words.
fn filled(template: &'static str, word: &mut dyn FnMut(&'static str, &mut String)) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        filled.push_str(before);
        word(name, &mut filled);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Whether every word of a template is known, as tests ask of each table.
#[cfg(test)]
pub(crate) fn has_all(template: &'static str, is_known: impl Fn(&'static str) -> bool) -> bool {
    let mut all = true;
    fill(template, |word, _| all &= is_known(word));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_not_filled_again() {
        let named = |word: &'static str, out: &mut String| out.push_str(if word == "a" { "{b} {" } else { "B" });
        assert_eq!(fill("x {a} {b} y", named), "x {b} { B y");
        assert_eq!(fill("no words, {", named), "no words, {");
    }

    #[test]
    fn a_template_tells_which_words_it_wants() {
        assert!(has_all("plain", |_| false));
        assert!(has_all("{a} and {b}", |word| ["a", "b"].contains(&word)));
        assert!(!has_all("{a} and {c}", |word| word != "c"));
    }
}
