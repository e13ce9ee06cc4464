//! Which of the reported policies are of now: what senders saw under another one says nothing of how this one would fare.

use super::domain_reports::ReportedPolicy;
use super::model::{self, Policy};
use crate::report;
use crate::text::order;
use crate::text::time::Date;

/// The policies that another has taken the place of, by the mail servers that they allow, in order.
pub(super) struct Superseded(Vec<String>);

impl Superseded {
    /// What a check shows to be published is the policy of now. Without one, it is for each sender that which came last;
    /// a sender that keeps an old one goes by what the others saw.
    pub(super) fn read(policies: &[ReportedPolicy<'_>], check: Option<&report::Report>) -> Self {
        let published = check.and_then(|check| check.policy.as_ref()).map(|policy| allowed(&policy.raw));
        let mut seen: Vec<(String, String, Date)> = policies
            .iter()
            .filter_map(|reported| {
                let allowed = allowed(&reported.policy.text);
                Some((reported.sender.to_ascii_lowercase(), allowed, reported.day?))
                    .filter(|(_, key, _)| !key.is_empty())
            })
            .collect();
        order::sort_long(&mut seen, &|one, other| one < other);
        let mut superseded = Vec::new();
        if let Some(published) = published.filter(|published| !published.is_empty()) {
            superseded.extend(seen.into_iter().map(|(_, allowed, _)| allowed).filter(|allowed| *allowed != published));
        } else {
            for of_sender in seen.chunk_by(|(one, ..), (other, ..)| one == other) {
                // Both are reported of the day of a change: the one that began later is of now.
                let spans: Vec<(&str, Date, Date)> = of_sender
                    .chunk_by(|(_, one, _), (_, other, _)| one == other)
                    .map(|days| (days[0].1.as_str(), days[0].2, days[days.len() - 1].2))
                    .collect();
                let now = spans.iter().map(|(_, first, last)| (*last, *first)).max();
                let earlier = spans.iter().filter(|(_, first, last)| Some((*last, *first)) != now);
                superseded.extend(earlier.map(|(allowed, ..)| (*allowed).to_owned()));
            }
        }
        order::sort_long(&mut superseded, &|one, other| one < other);
        superseded.dedup();
        Self(superseded)
    }

    /// Whether another has taken its place.
    pub(super) fn has(&self, policy: &Policy) -> bool {
        !self.0.is_empty() && self.0.binary_search(&allowed(&policy.text)).is_ok()
    }
}

/// The mail servers that a policy allows, in order; nothing where it does not tell. How long it may be kept does not matter,
/// nor does its mode: one that is tested is judged as it would be enforced.
fn allowed(text: &str) -> String {
    let mut lines: Vec<String> =
        model::values(text, "mx").map(|line| line.trim_end_matches('.').to_ascii_lowercase()).collect();
    order::sort_long(&mut lines, &|one, other| one < other);
    lines.dedup();
    lines.join("\n")
}
