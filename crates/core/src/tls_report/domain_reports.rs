//! What the reports say of one domain: each policy with its sender and day, and the sessions that failed.

use super::model::{Policy, Report, ResultType};
use super::mx_domains::MxDomains;
use super::number;
use super::question::Question;
use super::tally::{self, NamedSessions, Tallies};
use crate::name::DomainName;
use crate::report;
use crate::text::time::{Date, Timestamp};

/// Most domains that are listed.
const DOMAINS_LIMIT: usize = 100;

/// The reports about one domain; about any where they name several and none was asked for.
pub(super) struct DomainReports<'r> {
    pub(super) domain: Option<String>,
    /// Every domain that the reports name, others than this one too.
    pub(super) domains: Tallies,
    /// How many reports there are of this domain, and how many of these say no day.
    pub(super) count: usize,
    pub(super) undated: usize,
    pub(super) first_day: Option<Date>,
    pub(super) last_day: Option<Date>,
    /// All that were read, of other domains too.
    pub(super) reports: Vec<&'r Report>,
    pub(super) policies: Vec<ReportedPolicy<'r>>,
    pub(super) failed: Vec<FailedSessions<'r>>,
}

/// A policy of a report about the domain.
#[derive(Clone, Copy)]
pub(super) struct ReportedPolicy<'r> {
    /// The number of the report that it is in.
    pub(super) report: usize,
    /// The organization, or its address where it does not say who it is.
    pub(super) sender: &'r str,
    pub(super) day: Option<Date>,
    pub(super) policy: &'r Policy,
}

/// Sessions that failed for one reason under a policy.
#[derive(Clone, Copy)]
pub(super) struct FailedSessions<'r> {
    pub(super) under: ReportedPolicy<'r>,
    pub(super) result_type: &'r ResultType,
    /// Empty where it is not told, or the failure is not a host's.
    pub(super) host: &'r str,
    /// How the host calls itself, and its address, where they are told.
    pub(super) helo: &'r str,
    pub(super) receiving_ip: &'r str,
    /// What the sender says besides.
    pub(super) reason: &'r str,
    pub(super) sessions: u64,
}

impl FailedSessions<'_> {
    /// They, under a name.
    pub(super) fn named<'r>(&self, name: &'r str) -> NamedSessions<'r> {
        NamedSessions { name, successful: None, failed: self.sessions }
    }
}

impl<'r> DomainReports<'r> {
    pub(super) fn read(reports: impl Iterator<Item = &'r Report>, question: &Question<'r>) -> Self {
        let reports: Vec<&Report> = reports.collect();
        let asked = question.domain.or(question.check.map(|check| &check.domain)).map(DomainName::as_str);
        let check = question.check.filter(|check| asked == Some(check.domain.as_str()));
        let mx_domains = MxDomains::read(&reports, check);
        let domain_of = |report: &'r Report, policy: &'r Policy| mx_domains.of(report, policy, asked);
        let all = || reports.iter().flat_map(|report| report.policies.iter().map(|policy| (*report, policy)));
        let by_domain = all().map(|(report, policy)| named(policy, domain_of(report, policy)));
        let domains = tally::worst_first(by_domain.collect(), DOMAINS_LIMIT);
        let domain = asked.map(str::to_owned).or_else(|| only_name(&domains));
        let is_about =
            |domain_of: &str| domain_of.is_empty() || domain.as_ref().is_none_or(|domain| domain == domain_of);

        let mut policies = Vec::new();
        let (mut count, mut undated) = (0, 0);
        let (mut first_day, mut last_day): (Option<Date>, Option<Date>) = (None, None);
        for (number, report) in reports.iter().copied().enumerate() {
            let day = day(report);
            let before = policies.len();
            let about = report.policies.iter().filter(|policy| is_about(domain_of(report, policy)));
            let sender = if report.organization.is_empty() { &report.contact } else { &report.organization };
            policies.extend(about.map(|policy| ReportedPolicy { report: number, sender, day, policy }));
            // A report without numbers is one of this domain as much as of any.
            if policies.len() == before && !report.policies.is_empty() {
                continue;
            }
            count += 1;
            undated += usize::from(day.is_none());
            first_day = [first_day, day].into_iter().flatten().min();
            last_day = last_day.max(day);
        }
        let failed = failed(&policies);
        Self { domain, domains, count, undated, first_day, last_day, reports, policies, failed }
    }

    /// The check that was given with the question, where it is of this domain.
    pub(super) fn check<'q>(&self, question: &Question<'q>) -> Option<&'q report::Report> {
        question.check.filter(|check| self.domain.as_deref() == Some(check.domain.as_str()))
    }
}

/// The sessions of a policy, under a name.
pub(super) fn named<'r>(policy: &Policy, name: &'r str) -> NamedSessions<'r> {
    NamedSessions { name, successful: Some(policy.successful), failed: policy.failed }
}

/// The only name there is, besides none.
fn only_name(domains: &Tallies) -> Option<String> {
    let mut names = domains.list.iter().map(|tally| &tally.name).filter(|name| !name.is_empty());
    names.next().filter(|_| names.next().is_none()).cloned()
}

/// The day that a report is counted on: that on which its range begins.
pub(super) fn day(report: &Report) -> Option<Date> {
    report.start.or(report.end).map(Timestamp::date)
}

/// What failed, with the reason that is told, and the rest of each policy's failures without one.
fn failed<'r>(policies: &[ReportedPolicy<'r>]) -> Vec<FailedSessions<'r>> {
    let mut failed = Vec::new();
    for &under in policies {
        let only_host = under.policy.only_host().unwrap_or("");
        for failure in &under.policy.failures {
            let is_hosts = !failure.result_type.is_of_policy();
            failed.push(FailedSessions {
                under,
                result_type: &failure.result_type,
                host: if failure.mx_host.is_empty() && is_hosts { only_host } else { &failure.mx_host },
                helo: &failure.mx_helo,
                receiving_ip: &failure.receiving_ip,
                reason: &failure.reason,
                sessions: failure.sessions,
            });
        }
        let sessions = under.policy.unexplained();
        if sessions > 0 {
            failed.push(FailedSessions {
                under,
                result_type: &ResultType::NotTold,
                host: only_host,
                helo: "",
                receiving_ip: "",
                reason: "",
                sessions,
            });
        }
    }
    failed
}

/// Failed sessions by MX host.
pub(super) fn at_hosts<'r>(failed: impl Iterator<Item = &'r FailedSessions<'r>>) -> Vec<NamedSessions<'r>> {
    capped(failed.filter(|failed| !failed.host.is_empty()), |failed| failed.host)
}

/// Failed sessions by a name; those of one policy follow each other. Several rows may tell of the same sessions (RFC 8460
/// §4): under no name there are more than failed under the policy.
pub(super) fn capped<'r>(
    failed: impl Iterator<Item = &'r FailedSessions<'r>>,
    name: fn(&FailedSessions<'r>) -> &'r str,
) -> Vec<NamedSessions<'r>> {
    let failed: Vec<&FailedSessions<'_>> = failed.collect();
    let mut sessions = Vec::new();
    for of_policy in failed.chunk_by(|one, other| std::ptr::eq(one.under.policy, other.under.policy)) {
        let named = tally::by_name(of_policy.iter().map(|failed| failed.named(name(failed))).collect());
        let most = of_policy.first().map_or(0, |failed| failed.under.policy.failed);
        sessions.extend(named.into_iter().map(|named| NamedSessions { failed: named.failed.min(most), ..named }));
    }
    sessions
}

/// How many sessions failed for any of these reasons; those of one policy follow each other. A session can have several
/// reasons (RFC 8460 §4), so they may add up to more than failed under their policy: then that number counts.
pub(super) fn count_of<'r>(failed: impl Iterator<Item = &'r FailedSessions<'r>>) -> u64 {
    let (mut sum, mut of_policy) = (0, 0);
    let mut last: Option<&Policy> = None;
    for failed in failed {
        let policy = failed.under.policy;
        if !last.is_some_and(|last| std::ptr::eq(last, policy)) {
            sum = number::add(sum, of_policy);
            of_policy = 0;
        }
        last = Some(policy);
        of_policy = number::add(of_policy, failed.sessions).min(policy.failed);
    }
    number::add(sum, of_policy)
}
