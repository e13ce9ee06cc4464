//! Text from outside, cut to what a sentence can hold.

/// Text from outside for use in a sentence: at most `limit` characters of it, on one line.
pub(crate) fn clip(text: &str, limit: usize) -> String {
    let line = |c: char| if c.is_control() { ' ' } else { c };
    let mut clipped: String = text.chars().take(limit).map(line).collect();
    if text.chars().nth(limit).is_some() {
        clipped.push('…');
    }
    clipped
}
