//! What many reports say together.

use serde::Serialize;

use super::cause::{self, Cause};
use super::domain_reports::{DomainReports, ReportedPolicy, at_hosts, named};
use super::enforce;
use super::file::{FileOutcome, FileReading};
use super::model::{Policy, Report};
use super::number;
use super::question::Question;
use super::safe_to_enforce::Enforceability;
use super::single::{self, AppliedPolicy, Filter, SingleReports};
use super::tally::{self, NamedSessions, Tallies};
use super::words;
use crate::text::time::Date;

/// Most days that are listed: a year and a leap day.
const DAYS_LIMIT: usize = 366;
/// Most of anything else.
const LIST_LIMIT: usize = 100;

/// What many reports say together. Sessions under several policies at once (RFC 8460 §4) count under each.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportSummary"),
    schemars(rename = "TlsReportSummary")
)]
pub struct Summary {
    /// The domain that it is about; none where the reports name several and none was asked for.
    pub domain: Option<String>,
    /// What became of each file, in the order in which they came.
    pub files: Vec<FileReading>,
    /// How many reports there are, each counted once, of this domain.
    pub reports: u32,
    /// How many times a report was there again.
    pub duplicates: u32,
    /// How many reports do not say which day they are about. They count everywhere but in `days`.
    pub undated: u32,
    /// Sessions that went well.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub successful: u64,
    /// Sessions that failed.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub failed: u64,
    /// The first day that a report is about, in UTC.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub first_day: Option<Date>,
    /// The last.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub last_day: Option<Date>,
    /// Every domain that the reports name, others than this one too.
    pub domains: Tallies,
    /// By kind of policy, as reports spell it.
    pub policy_types: Tallies,
    /// By the day, in UTC, that a report's range begins on.
    pub days: Tallies,
    /// By the organization that sent the report.
    pub senders: Tallies,
    /// By MX host. Reports tell it of failures; of successes only where a policy names a single host.
    pub mx_hosts: Tallies,
    /// Why sessions failed, the most frequent reason first. One session can have several.
    pub causes: Vec<Cause>,
    /// How many causes more there are.
    pub more_causes: u32,
    /// Whether the domain can enforce its policy.
    pub safe_to_enforce: Enforceability,
    /// Which policies senders applied, and when.
    pub applied: Vec<AppliedPolicy>,
    /// The reports one by one.
    pub single_reports: SingleReports,
}

pub(super) fn sum_up<'r>(
    reports: impl Iterator<Item = &'r Report>,
    files: Vec<FileOutcome>,
    filter: &Filter,
    question: &Question<'r>,
) -> Summary {
    let reports = DomainReports::read(reports, question);
    let policies = &reports.policies;
    let day_names: Vec<String> =
        policies.iter().map(|reported| reported.day.map_or(String::new(), |day| day.to_string())).collect();
    let dated = policies.iter().zip(&day_names).filter(|(_, day)| !day.is_empty());
    let days = dated.map(|(reported, day)| named(reported.policy, day)).collect();
    let (causes, more_causes) = cause::sums(&reports.failed, reports.check(question));
    let sum =
        |part: fn(&Policy) -> u64| policies.iter().fold(0, |sum, reported| number::add(sum, part(reported.policy)));
    Summary {
        duplicates: files.iter().fold(0, |sum, file| sum.saturating_add(file.duplicates)),
        files: files.into_iter().map(words::file).collect(),
        reports: number::of_length(reports.count),
        undated: number::of_length(reports.undated),
        successful: sum(|policy| policy.successful),
        failed: sum(|policy| policy.failed),
        first_day: reports.first_day,
        last_day: reports.last_day,
        policy_types: by(policies, |reported| reported.policy.policy_type.as_str()),
        days: tally::latest(days, DAYS_LIMIT),
        senders: by(policies, |reported| reported.sender),
        mx_hosts: mx_hosts(&reports),
        causes: causes.into_iter().map(words::cause).collect(),
        more_causes,
        applied: single::applied(&reports),
        single_reports: single::list(&reports, filter),
        safe_to_enforce: words::enforceability(&enforce::judge(&reports, question)),
        domains: reports.domains,
        domain: reports.domain,
    }
}

/// Sessions by a name that every policy has.
fn by<'r>(policies: &[ReportedPolicy<'r>], name: fn(&ReportedPolicy<'r>) -> &'r str) -> Tallies {
    let sessions = policies.iter().map(|reported| named(reported.policy, name(reported)));
    tally::worst_first(sessions.collect(), LIST_LIMIT)
}

/// Failed sessions by MX host, with the successes of policies that name a single one.
fn mx_hosts(reports: &DomainReports<'_>) -> Tallies {
    let only_hosts = reports.policies.iter().filter_map(|reported| {
        let policy = reported.policy;
        let name = policy.only_host().filter(|_| policy.successful > 0)?;
        Some(NamedSessions { name, successful: Some(policy.successful), failed: 0 })
    });
    let mut hosts = at_hosts(reports.failed.iter());
    hosts.extend(only_hosts);
    tally::worst_first(hosts, LIST_LIMIT)
}
