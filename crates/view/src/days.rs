//! Sessions over the days, as a picture and as a table of the same numbers.

use maud::{Markup, html};
use mta_sts_core::Date;
use mta_sts_core::tls_report::{Tallies, Tally};

use crate::text::grouped;

/// Days that the picture shows, the last ones: more would be thinner than can be seen on a phone.
const DAYS: u32 = 90;
/// The picture's own units: a day is so wide, the highest bar so high.
const STEP: u32 = 10;
const HEIGHT: u64 = 160;
/// Least that is shown of what failed and of what went well, however large another day is.
const LEAST: u64 = 4;
/// What is left free between both parts of a bar, whose colours not everybody tells apart.
const GAP: u64 = 2;

/// The picture, and the table. Days without reports are left free in the one, and are not in the other.
pub(crate) fn chart(days: &Tallies) -> Markup {
    let dated = || days.list.iter().filter_map(|tally| Some((date(&tally.name)?, tally)));
    let Some(last) = dated().map(|(day, _)| day).max() else { return html! {} };
    let shown = || dated().filter(|(day, _)| last.days_after(*day) < DAYS);
    let first = shown().map(|(day, _)| day).min().unwrap_or(last);
    let most = shown().map(|(_, tally)| sessions(tally)).max().unwrap_or(0);
    let failing = shown().filter(|(_, tally)| tally.failed > 0).count();
    // A few days would be as broad as the page.
    let width = (last.days_after(first) + 1).max(14) * STEP;
    let told = format!(
        "Sessions for each day from {first} to {last}: at most {} in a day, with failures on {failing} of {} days with reports.",
        grouped(most),
        shown().count()
    );
    html! {
        h3 { "Sessions over the days" }
        figure.m-days {
            figcaption {
                span { "At most " (grouped(most)) " a day" }
                span {
                    svg.m-key width="12" height="12" aria-hidden="true" focusable="false" { rect.m-well width="12" height="12" {} } " Went well"
                }
                span {
                    svg.m-key width="12" height="12" aria-hidden="true" focusable="false" { rect.m-failed width="12" height="12" {} } " Failed (below)"
                }
            }
            svg role="img" aria-label=(told) width="100%" height=(HEIGHT) viewBox={ "0 0 " (width) " " (HEIGHT) } preserveAspectRatio="none" {
                @for (day, tally) in shown() { (bar(first, day, tally, most)) }
            }
            div.m-ends aria-hidden="true" { span { (first) } @if first != last { span { (last) } } }
        }
        details.m-block data-key="days" {
            summary { span.m-title { strong { "The same as a table" } " " span.m-about { "days in UTC, the latest first" } } }
            div.m-scroll {
                table {
                    thead { tr { th scope="col" { "Day" } th scope="col" { "Failed" } th scope="col" { "Went well" } } }
                    tbody {
                        @for tally in days.list.iter().rev() {
                            tr {
                                th scope="row" { (tally.name) }
                                td data-label="Failed" { (grouped(tally.failed)) }
                                td data-label="Went well" { (grouped(tally.successful.unwrap_or(0))) }
                            }
                        }
                    }
                }
            }
            @if days.more > 0 { p.m-more { "… and " (grouped(days.more.into())) " days before these" } }
        }
    }
}

/// Failures stand at the bottom, so that they can be compared; what went well is on top of them.
fn bar(first: Date, day: Date, tally: &Tally, most: u64) -> Markup {
    let height = |sessions| scaled(sessions, most, HEIGHT).max(if sessions > 0 { LEAST + GAP } else { 0 });
    let (failed, good) = (height(tally.failed), height(tally.successful.unwrap_or(0)));
    let failed = failed.min(if good > 0 { HEIGHT - LEAST - GAP } else { HEIGHT });
    let good = good.min(HEIGHT - failed);
    let gap = if failed > 0 { GAP } else { 0 };
    let left = day.days_after(first) * STEP + 1;
    html! {
        g {
            title { (day) ": " (grouped(tally.failed)) " failed, " (grouped(tally.successful.unwrap_or(0))) " went well" }
            @if good > gap { rect.m-well x=(left) y=(HEIGHT - failed - good) width=(STEP - 2) height=(good - gap) {} }
            @if failed > 0 { rect.m-failed x=(left) y=(HEIGHT - failed) width=(STEP - 2) height=(failed) {} }
        }
    }
}

fn sessions(tally: &Tally) -> u64 {
    tally.successful.unwrap_or(0).saturating_add(tally.failed)
}

/// A number on a scale that ends with the highest number there is.
pub(crate) fn scaled(number: u64, highest: u64, length: u64) -> u64 {
    let scaled = u128::from(number) * u128::from(length) / u128::from(highest.max(1));
    u64::try_from(scaled).unwrap_or(length).min(length)
}

/// A day as the sums name it.
fn date(name: &str) -> Option<Date> {
    Date::from_leading_digits(&name.replace('-', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(name: &str, successful: u64, failed: u64) -> Tally {
        Tally { name: name.to_owned(), successful: Some(successful), failed }
    }

    #[test]
    fn a_failure_is_seen_however_many_went_well_and_nothing_leaves_the_picture() {
        let list = vec![day("2026-11-20", 1_000_000, 1), day("2026-11-23", 0, u64::MAX)];
        let shown = chart(&Tallies { list, more: 0 }).into_string();
        let least = LEAST + GAP;
        assert!(shown.contains(&format!("y=\"{}\" width=\"8\" height=\"{least}\"", HEIGHT - least)), "{shown}");
        // And what went well above it.
        assert!(shown.contains(&format!("y=\"{}\" width=\"8\" height=\"{LEAST}\"", HEIGHT - 2 * least)), "{shown}");
        assert!(shown.contains(&format!("y=\"0\" width=\"8\" height=\"{HEIGHT}\"")), "{shown}");
        // Two days without reports lie between.
        assert!(shown.contains("x=\"31\""), "{shown}");
    }

    #[test]
    fn no_days_no_picture() {
        assert_eq!(chart(&Tallies::default()).into_string(), "");
        assert_eq!(chart(&Tallies { list: vec![day("yesterday", 1, 1)], more: 0 }).into_string(), "");
    }
}
