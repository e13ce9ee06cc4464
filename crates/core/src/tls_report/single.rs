//! What each report says, one by one: as many as a page can show, of the days and the sender that are asked for.

use serde::Serialize;

use super::domain_reports::{DomainReports, ReportedPolicy};
use super::model::{Failure, Policy, Report};
use super::number;
use crate::text::clip::clip;
use crate::text::order;
use crate::text::time::{Date, Timestamp};

/// Most reports that are listed, and most policies and failures in all of them.
const REPORTS_LIMIT: usize = 500;
const ROWS_LIMIT: usize = 2000;
/// Longest text of a policy or an error, in characters.
const TEXT_LIMIT: usize = 600;
/// Most policies that senders are said to apply.
const APPLIED_LIMIT: usize = 100;

/// Which of the reports are listed, one by one and as a table. Sums are of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportFilter"),
    schemars(rename = "TlsReportFilter")
)]
pub struct Filter {
    /// The first day.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub from: Option<Date>,
    /// The last.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub to: Option<Date>,
    /// Who sent them, as the sums by sender name it.
    pub sender: Option<String>,
}

/// Reports, one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportList"),
    schemars(rename = "TlsReportList")
)]
pub struct SingleReports {
    /// The latest first.
    pub list: Vec<SingleReport>,
    /// How many more there are.
    pub more: u32,
    /// Which are listed.
    pub filter: Filter,
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportOne"),
    schemars(rename = "TlsReportOne")
)]
pub struct SingleReport {
    /// Who sent it.
    pub sender: String,
    /// Whom to ask, mostly a mail address.
    pub contact: String,
    /// What the sender calls it.
    pub report_id: String,
    /// When its range begins.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub start: Option<Timestamp>,
    /// When it ends.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub end: Option<Timestamp>,
    /// What was seen under each policy.
    pub policies: Vec<SinglePolicy>,
}

/// What one report says of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportPolicy"),
    schemars(rename = "TlsReportPolicy")
)]
pub struct SinglePolicy {
    /// Its kind, as reports spell it.
    pub policy_type: String,
    /// The domain that it is of, as the report has it.
    pub domain: String,
    /// Its mode, where it is one of MTA-STS and that is told.
    pub mode: Option<String>,
    /// Its lines.
    pub text: String,
    /// Sessions that went well.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub successful: u64,
    /// Sessions that failed.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub failed: u64,
    /// How they failed.
    pub failures: Vec<SingleFailure>,
    /// How many rows of failures more there are.
    pub more: u32,
}

/// Sessions that failed for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportFailure"),
    schemars(rename = "TlsReportFailure")
)]
pub struct SingleFailure {
    /// The reason, as reports spell it.
    pub result_type: String,
    /// How many.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub failed: u64,
    /// The mail server, how it greets, and its address.
    pub mx_host: String,
    /// How that server calls itself.
    pub mx_helo: String,
    /// Its address.
    pub receiving_ip: String,
    /// Address of the sending server.
    pub sending_ip: String,
    /// An error's code or text.
    pub reason: String,
    /// Where to read more, or what the sender says besides.
    pub additional_information: String,
}

/// A policy, who applied it, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportApplied"),
    schemars(rename = "TlsReportApplied")
)]
pub struct AppliedPolicy {
    /// Who applied it.
    pub sender: String,
    /// Its kind, as reports spell it.
    pub policy_type: String,
    /// Its mode, where it is one of MTA-STS and that is told.
    pub mode: Option<String>,
    /// Its lines.
    pub text: String,
    /// The first day with it.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub first_day: Option<Date>,
    /// The last.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub last_day: Option<Date>,
}

impl Filter {
    /// Whether a policy is of what is asked for.
    pub(super) fn has(&self, reported: &ReportedPolicy<'_>) -> bool {
        let Self { from, to, sender } = self;
        let is_in = |day: Date| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to);
        reported.day.map_or(from.or(*to).is_none(), is_in) && sender.as_ref().is_none_or(|name| name == reported.sender)
    }
}

/// The reports that a filter leaves.
pub(super) fn list(reports: &DomainReports<'_>, filter: &Filter) -> SingleReports {
    let left: Vec<&ReportedPolicy<'_>> = reports.policies.iter().filter(|reported| filter.has(reported)).collect();
    let mut single: Vec<&[&ReportedPolicy<'_>]> = left.chunk_by(|one, other| one.report == other.report).collect();
    order::sort_long(&mut single, &|one, other| {
        let key = |policies: &[&ReportedPolicy<'_>]| policies.first().map(|reported| (reported.day, reported.report));
        key(one) > key(other)
    });
    let mut rows = ROWS_LIMIT;
    let mut list = Vec::new();
    for policies in single.iter().take(REPORTS_LIMIT) {
        let (Some(first), true) = (policies.first(), rows > 0) else { break };
        if let Some(report) = reports.reports.get(first.report) {
            list.push(one(report, policies, &mut rows));
        }
    }
    SingleReports { more: number::of_length(single.len() - list.len()), list, filter: filter.clone() }
}

fn one(report: &Report, policies: &[&ReportedPolicy<'_>], rows: &mut usize) -> SingleReport {
    let mut told = Vec::new();
    for reported in policies {
        if *rows == 0 {
            break;
        }
        *rows -= 1;
        let policy = reported.policy;
        let shown = policy.failures.len().min(*rows);
        *rows -= shown;
        told.push(SinglePolicy {
            policy_type: policy.policy_type.as_str().to_owned(),
            domain: policy.domain.clone(),
            mode: mode(policy),
            text: text(policy),
            successful: policy.successful,
            failed: policy.failed,
            failures: policy.failures.iter().take(shown).map(failure).collect(),
            more: number::of_length(policy.failures.len() - shown),
        });
    }
    SingleReport {
        sender: report.organization.clone(),
        contact: report.contact.clone(),
        report_id: report.report_id.clone(),
        start: report.start,
        end: report.end,
        policies: told,
    }
}

fn failure(failure: &Failure) -> SingleFailure {
    SingleFailure {
        result_type: failure.result_type.as_str().to_owned(),
        failed: failure.sessions,
        mx_host: failure.mx_host.clone(),
        mx_helo: failure.mx_helo.clone(),
        receiving_ip: failure.receiving_ip.clone(),
        sending_ip: failure.sending_ip.clone(),
        reason: clip(&failure.reason, TEXT_LIMIT),
        additional_information: clip(&failure.more, TEXT_LIMIT),
    }
}

fn mode(policy: &Policy) -> Option<String> {
    policy.mode().map(|mode| clip(mode, TEXT_LIMIT))
}

fn text(policy: &Policy) -> String {
    policy.text.chars().take(TEXT_LIMIT).collect()
}

/// The policies of each sender, with the days on which they were applied: by sender, the latest first.
pub(super) fn applied(reports: &DomainReports<'_>) -> Vec<AppliedPolicy> {
    let mut policies: Vec<&ReportedPolicy<'_>> = reports.policies.iter().collect();
    order::sort_long(&mut policies, &|one, other| key(one) < key(other));
    let same = policies.chunk_by(|one, other| key(one) == key(other));
    let mut applied: Vec<(Option<Date>, AppliedPolicy)> = same
        .filter_map(|same| {
            let ReportedPolicy { sender, policy, .. } = same.first()?;
            let days = || same.iter().filter_map(|reported| reported.day);
            let told = AppliedPolicy {
                sender: (*sender).to_owned(),
                policy_type: policy.policy_type.as_str().to_owned(),
                mode: mode(policy),
                text: text(policy),
                first_day: days().min(),
                last_day: days().max(),
            };
            Some((told.last_day, told))
        })
        .collect();
    order::sort_long(&mut applied, &|(last, one), (other_last, other)| {
        (&one.sender, other_last, &one.policy_type, &one.text) < (&other.sender, last, &other.policy_type, &other.text)
    });
    applied.truncate(APPLIED_LIMIT);
    applied.into_iter().map(|(_, told)| told).collect()
}

fn key<'r>(reported: &ReportedPolicy<'r>) -> (&'r str, &'r str, &'r str) {
    (reported.sender, reported.policy.policy_type.as_str(), &reported.policy.text)
}
