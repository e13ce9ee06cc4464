//! What many reports say together.

use serde::Serialize;

use super::cause::{self, Cause};
use super::enforce::{self, Enforceability};
use super::model::{Policy, Report, ResultType};
use super::tally::{self, Row, Tallies, number};
use super::{FileReading, Question, count};
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
}

/// A policy of a report about the domain.
#[derive(Clone, Copy)]
pub(super) struct Observed<'s> {
    pub(super) sender: &'s str,
    pub(super) day: Option<Date>,
    pub(super) policy: &'s Policy,
}

/// Failed sessions with a reason.
#[derive(Clone, Copy)]
pub(super) struct Failed<'s> {
    pub(super) seen: Observed<'s>,
    pub(super) result_type: &'s ResultType,
    /// Empty where it is not told, or the failure is not a host's.
    pub(super) host: &'s str,
    pub(super) reason: &'s str,
    pub(super) sessions: u64,
}

pub(super) fn sum_up<'r>(
    reports: impl Iterator<Item = &'r Report>,
    files: Vec<FileReading>,
    question: &Question<'_>,
) -> Summary {
    let reports: Vec<&Report> = reports.collect();
    let all: Vec<&Policy> = reports.iter().flat_map(|report| &report.policies).collect();
    let domains = tally::worst_first(rows(all.iter(), |policy| (policy, policy.domain.as_str())), LIST_LIMIT);
    let asked = question.domain.or(question.check.map(|check| &check.domain)).map(|domain| domain.as_str().to_owned());
    let domain = asked.or_else(|| only_name(&domains));
    let is_about =
        |policy: &Policy| policy.domain.is_empty() || domain.as_ref().is_none_or(|domain| *domain == policy.domain);

    let mut seen = Vec::new();
    let (mut count_of_reports, mut undated) = (0_usize, 0_usize);
    let (mut first_day, mut last_day): (Option<Date>, Option<Date>) = (None, None);
    for report in reports {
        let day = day(report);
        let before = seen.len();
        let about = report.policies.iter().filter(|policy| is_about(policy));
        seen.extend(about.map(|policy| Observed { sender: &report.organization, day, policy }));
        // A report without numbers is one of this domain as much as of any.
        if seen.len() == before && !report.policies.is_empty() {
            continue;
        }
        count_of_reports += 1;
        undated += usize::from(day.is_none());
        first_day = [first_day, day].into_iter().flatten().min();
        last_day = last_day.max(day);
    }
    let failed = failures(&seen);

    let day_names: Vec<String> =
        seen.iter().map(|seen| seen.day.map_or(String::new(), |day| day.to_string())).collect();
    let dated = seen.iter().zip(&day_names).filter(|(_, day)| !day.is_empty());
    let only_hosts = seen.iter().filter_map(|seen| {
        let name = seen.policy.only_host().filter(|_| seen.policy.successful > 0)?;
        Some(Row { name, successful: Some(seen.policy.successful), failed: 0 })
    });
    let mut hosts = at_hosts(failed.iter());
    hosts.extend(only_hosts);
    let (causes, more_causes) = cause::all(&failed, question.check.filter(|check| domain_is(domain.as_deref(), check)));
    let sum = |part: fn(&Policy) -> u64| seen.iter().fold(0, |sum, seen| count::add(sum, part(seen.policy)));
    Summary {
        duplicates: files.iter().fold(0, |sum, file| sum.saturating_add(file.duplicates)),
        files,
        reports: number(count_of_reports),
        undated: number(undated),
        successful: sum(|policy| policy.successful),
        failed: sum(|policy| policy.failed),
        first_day,
        last_day,
        policy_types: tally::worst_first(
            rows(seen.iter(), |seen| (seen.policy, seen.policy.policy_type.as_str())),
            LIST_LIMIT,
        ),
        days: tally::latest(rows(dated, |(seen, day)| (seen.policy, day.as_str())), DAYS_LIMIT),
        senders: tally::worst_first(rows(seen.iter(), |seen| (seen.policy, seen.sender)), LIST_LIMIT),
        mx_hosts: tally::worst_first(hosts, LIST_LIMIT),
        causes,
        more_causes,
        safe_to_enforce: enforce::judge(&seen, &failed, domain.as_deref(), &domains, count_of_reports, question),
        domains,
        domain,
    }
}

/// Whether a check is of the domain.
pub(super) fn domain_is(domain: Option<&str>, check: &crate::report::Report) -> bool {
    domain == Some(check.domain.as_str())
}

/// The day that a report is counted on: that on which its range begins.
fn day(report: &Report) -> Option<Date> {
    report.start.or(report.end).map(crate::text::time::Timestamp::date)
}

/// The only name there is, besides none.
fn only_name(domains: &Tallies) -> Option<String> {
    let mut names = domains.list.iter().map(|tally| &tally.name).filter(|name| !name.is_empty());
    names.next().filter(|_| names.next().is_none()).cloned()
}

fn rows<'s, T>(items: impl Iterator<Item = T>, name: impl Fn(&T) -> (&'s Policy, &'s str)) -> Vec<Row<'s>> {
    let row = |(policy, name): (&'s Policy, &'s str)| Row {
        name,
        successful: Some(policy.successful),
        failed: policy.failed,
    };
    items.map(|item| row(name(&item))).collect()
}

/// What failed, with the reason that is told, and the rest of each policy's failures without one.
fn failures<'s>(seen: &[Observed<'s>]) -> Vec<Failed<'s>> {
    let mut failed = Vec::new();
    for &seen in seen {
        let only_host = seen.policy.only_host().unwrap_or("");
        for failure in &seen.policy.failures {
            let is_hosts = !cause::is_of_policy(&failure.result_type);
            failed.push(Failed {
                seen,
                result_type: &failure.result_type,
                host: if failure.mx_host.is_empty() && is_hosts { only_host } else { &failure.mx_host },
                reason: &failure.reason,
                sessions: failure.sessions,
            });
        }
        let sessions = seen.policy.unexplained();
        if sessions > 0 {
            failed.push(Failed { seen, result_type: &ResultType::NotTold, host: only_host, reason: "", sessions });
        }
    }
    failed
}

/// Failed sessions by MX host.
pub(super) fn at_hosts<'s>(failed: impl Iterator<Item = &'s Failed<'s>>) -> Vec<Row<'s>> {
    let at_host: Vec<&Failed<'_>> = failed.filter(|failed| !failed.host.is_empty()).collect();
    let mut rows = Vec::new();
    for of_policy in at_host.chunk_by(|one, other| std::ptr::eq(one.seen.policy, other.seen.policy)) {
        let row = |failed: &&Failed<'s>| Row { name: failed.host, successful: None, failed: failed.sessions };
        let hosts = tally::by_name(of_policy.iter().map(row).collect());
        let most = of_policy[0].seen.policy.failed;
        rows.extend(hosts.into_iter().map(|host| Row { failed: host.failed.min(most), ..host }));
    }
    rows
}

/// How many sessions failed for any of these reasons; those of one policy follow each other. A session can have several
/// reasons (RFC 8460 §4), so they may add up to more than failed under their policy: then that number counts.
pub(super) fn count_of<'s>(failed: impl Iterator<Item = &'s Failed<'s>>) -> u64 {
    let (mut sum, mut of_policy) = (0, 0);
    let mut last: Option<&Policy> = None;
    for failed in failed {
        let policy = failed.seen.policy;
        if !last.is_some_and(|last| std::ptr::eq(last, policy)) {
            sum = count::add(sum, of_policy);
            of_policy = 0;
        }
        last = Some(policy);
        of_policy = count::add(of_policy, failed.sessions).min(policy.failed);
    }
    count::add(sum, of_policy)
}
