//! Why sessions failed, and which rules of the catalogue look at that.

use serde::Serialize;

use super::domain_reports::{FailedSessions, capped, count_of};
use super::model::{PolicyType, ResultType};
use super::tally::{self, NamedSessions, Tallies, Tally};
use crate::report::{self, Finding, Outcome};
use crate::rules::step::Reported;
use crate::rules::{self, Name};

/// Most causes that are told: the RFC knows eleven.
const CAUSES_LIMIT: usize = 30;
/// Most senders, hosts or texts of a cause.
const LIST_LIMIT: usize = 20;

/// A reason for failures.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportCause"),
    schemars(rename = "TlsReportCause")
)]
pub struct Cause {
    /// As reports spell it (RFC 8460 §4.3); `not-told` where they do not say.
    pub result_type: String,
    /// A few plain words.
    pub title: String,
    /// What it means, for a person who runs a small business.
    pub why: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// How many sessions failed so.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub failed: u64,
    /// Who reports it.
    pub senders: Tallies,
    /// The MX hosts that it was seen at, where reports tell.
    pub mx_hosts: Tallies,
    /// The policies that the senders applied, by their kind.
    pub policy_types: Tallies,
    /// The last days with it, in UTC.
    pub days: Tallies,
    /// What senders say besides: codes and texts of errors.
    pub reasons: Tallies,
    /// What those of these that are known mean, in plain words.
    pub meanings: Vec<Meaning>,
    /// The rules that look at this.
    pub points_at: Vec<Pointer>,
}

/// A code that senders give, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportMeaning"),
    schemars(rename = "TlsReportMeaning")
)]
pub struct Meaning {
    /// The code, as it was sent.
    pub reason: String,
    /// A sentence.
    pub means: String,
}

/// A rule that looks at a cause.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportPointer"),
    schemars(rename = "TlsReportPointer")
)]
pub struct Pointer {
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// The address of its page, from the root of the site.
    pub url: String,
    /// Whether the check of this domain found it; none where there is no check.
    pub found: Option<bool>,
}

/// A reason for failures, before it is put into words. Its fields are those of [`Cause`].
pub(super) struct CauseSums<'r> {
    pub(super) result_type: &'r ResultType,
    /// Whether senders enforced the policy.
    pub(super) is_enforced: bool,
    pub(super) failed: u64,
    pub(super) senders: Tallies,
    pub(super) mx_hosts: Tallies,
    pub(super) policy_types: Tallies,
    pub(super) days: Tallies,
    pub(super) reasons: Tallies,
    pub(super) points_at: Vec<Pointer>,
}

/// Every cause, the most frequent first, and how many more there are. `check` is of the same domain.
pub(super) fn sums<'r>(failed: &'r [FailedSessions<'r>], check: Option<&report::Report>) -> (Vec<CauseSums<'r>>, u32) {
    let names = sum(failed.iter(), |failed| failed.result_type.as_str(), CAUSES_LIMIT);
    let sums = |tally: &Tally| {
        let of_cause = || failed.iter().filter(|failed| failed.result_type.as_str() == tally.name);
        let is_enforced = of_cause().any(|failed| failed.under.policy.is_enforced());
        let result_type = of_cause().next().map_or(&ResultType::NotTold, |failed| failed.result_type);
        let under_dane = of_cause().any(|failed| failed.under.policy.policy_type == PolicyType::Tlsa);
        let dated: Vec<&FailedSessions<'_>> = of_cause().filter(|failed| failed.under.day.is_some()).collect();
        let of_policies = dated.chunk_by(|one, other| std::ptr::eq(one.under.policy, other.under.policy));
        let days: Vec<(String, u64)> = of_policies
            .filter_map(|failed| Some((failed.first()?.under.day?.to_string(), count_of(failed.iter().copied()))))
            .collect();
        let days = days.iter().map(|(name, failed)| NamedSessions { name, successful: None, failed: *failed });
        CauseSums {
            result_type,
            is_enforced,
            failed: tally.failed,
            senders: sum(of_cause(), |failed| failed.under.sender, LIST_LIMIT),
            mx_hosts: sum(of_cause().filter(|failed| !failed.host.is_empty()), |failed| failed.host, LIST_LIMIT),
            policy_types: sum(of_cause(), |failed| failed.under.policy.policy_type.as_str(), LIST_LIMIT),
            days: tally::latest(days.collect(), LIST_LIMIT),
            reasons: sum(of_cause().filter(|failed| !failed.reason.is_empty()), |failed| failed.reason, LIST_LIMIT),
            points_at: pointers(reported(result_type), under_dane && !result_type.is_of_policy(), check),
        }
    };
    (names.list.iter().map(sums).collect(), names.more)
}

fn sum<'s>(
    failed: impl Iterator<Item = &'s FailedSessions<'s>>,
    name: fn(&FailedSessions<'s>) -> &'s str,
    limit: usize,
) -> Tallies {
    tally::worst_first(capped(failed, name), limit)
}

/// The rules, those that were found first, then in the catalogue's order.
fn pointers(reason: Reported, under_dane: bool, check: Option<&report::Report>) -> Vec<Pointer> {
    let looks_at = |rule: &&Name| {
        rule.reported_as.contains(&reason) || under_dane && rule.reported_as.contains(&Reported::UnderDane)
    };
    let rules = || rules::NAMES.iter().filter(looks_at);
    let is_found = |rule: &Name| {
        let fails = |finding: &Finding| finding.rule == rule.id && finding.outcome == Outcome::Fail;
        check.map(|check| check.findings.iter().any(fails))
    };
    let mut pointers = Vec::new();
    for wanted in [true, false] {
        for rule in rules() {
            let found = is_found(rule);
            if (found == Some(true)) == wanted {
                pointers.push(Pointer {
                    rule: rule.id.to_owned(),
                    title: rule.title.to_owned(),
                    url: rule.path(),
                    found,
                });
            }
        }
    }
    pointers
}

/// A reason, as rules name it.
fn reported(result_type: &ResultType) -> Reported {
    match result_type {
        ResultType::StarttlsNotSupported => Reported::StarttlsNotSupported,
        ResultType::CertificateHostMismatch => Reported::CertificateHostMismatch,
        ResultType::CertificateExpired => Reported::CertificateExpired,
        ResultType::CertificateNotTrusted => Reported::CertificateNotTrusted,
        ResultType::ValidationFailure => Reported::ValidationFailure,
        ResultType::TlsaInvalid => Reported::TlsaInvalid,
        ResultType::DnssecInvalid => Reported::DnssecInvalid,
        ResultType::DaneRequired => Reported::DaneRequired,
        ResultType::StsPolicyFetchError => Reported::StsPolicyFetchError,
        ResultType::StsPolicyInvalid => Reported::StsPolicyInvalid,
        ResultType::StsWebpkiInvalid => Reported::StsWebpkiInvalid,
        ResultType::NotTold => Reported::NotTold,
        ResultType::Other(_) => Reported::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rule::Kind;

    #[test]
    fn every_cause_points_at_rules_that_are_not_good_news() {
        for cause in ResultType::KNOWN.into_iter().chain([ResultType::NotTold]) {
            let pointers = pointers(reported(&cause), true, None);
            assert!(!pointers.is_empty(), "{}", cause.as_str());
            for pointer in pointers {
                let rule = rules::NAMES.iter().find(|rule| rule.id == pointer.rule).unwrap();
                assert!(rule.kind != Kind::Pass, "{}", rule.id);
                assert_eq!(pointer.url, format!("/rules/{}", rule.id));
            }
        }
    }
}
