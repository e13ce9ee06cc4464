//! The verdict as a picture for other people's pages: an SVG document with no style, script or font of its own.

use maud::{Markup, PreEscaped, html};
use mta_sts_core::report::Report;

use crate::state::{State, Words, words};
use crate::text;

/// What stands on the left.
const LABEL: &str = "MTA-STS";
/// Of a letter at the badge's size, in pixels; the text is then set to exactly that width, whatever the font.
const LETTER: usize = 7;
/// On each side of a text.
const PAD: usize = 6;
const HEIGHT: usize = 20;

/// The badge of a report: the verdict in a word or two, and for who cannot see it, or points at it, the whole sentence.
pub(crate) fn badge(report: &Report) -> Markup {
    let Words { state, word, .. } = words(report.verdict);
    let (left, right) = (width(LABEL), width(word));
    let name = format!("{LABEL} of {}: {}", report.domain, word.to_lowercase());
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(left + right) height=(HEIGHT) role="img" aria-label=(text::attribute(&name)) {
            title { (text::attribute(&report.headline)) }
            rect width=(left + right) height=(HEIGHT) rx="3" fill="#3a3f45" {}
            // Round on the outside alone.
            path fill=(ground(state)) d=(PreEscaped(format!("M{left} 0h{}q3 0 3 3v14q0 3-3 3h-{}z", right - 3, right - 3))) {}
            g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" {
                (words_at(PAD, LABEL))
                (words_at(left + PAD, word))
            }
        }
    }
}

fn width(text: &str) -> usize {
    text.len() * LETTER + 2 * PAD
}

fn words_at(x: usize, text: &str) -> Markup {
    html! { text x=(x) y="14" textLength=(text.len() * LETTER) lengthAdjust="spacingAndGlyphs" { (text) } }
}

/// A colour on which white letters have a contrast of 4.5 at least (WCAG 2.2, 1.4.3).
fn ground(state: State) -> &'static str {
    match state {
        State::Good => "#1b6e3c",
        State::Note => "#1f5fa8",
        State::Warning => "#8a5a00",
        State::Bad => "#b3261e",
        State::Unknown | State::Waiting | State::Absent => "#5f666e",
    }
}
