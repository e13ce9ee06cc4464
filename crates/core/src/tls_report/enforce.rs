//! “Is it safe to enforce?”: what reports say of how an enforced policy would fare.
//!
//! A session that failed under MTA-STS at a mail server of the domain is mail that an enforced policy keeps from being
//! delivered (RFC 8461 §5). What failed under DANE fails already, and where no policy was found none would be enforced.

use std::cmp::Reverse;

use super::domain_reports::{DomainReports, FailedSessions, ReportedPolicy, at_hosts, count_of};
use super::model::{PolicyType, ResultType};
use super::number;
use super::question::Question;
use super::safe_to_enforce::{EnforceReason, Names, SafeToEnforce};
use super::tally::{self, NamedSessions, Tallies};
use crate::advice::TEST_DAYS;
use crate::report::{Outcome, Report, Verdict};
use crate::rules::live_mx::is_of_servers_not_allowed;
use crate::text::clip::clip;
use crate::text::order;
use crate::text::time::Date;

/// Sessions under the policy that say something about it: a few a day from each of two senders.
pub(super) const ENOUGH_SESSIONS: u64 = 30;
/// Reports come daily (RFC 8460 §4.1), some a day or two late. When none came for so many days, they may have stopped.
const STALE_AFTER: u32 = 7;
/// Senders differ in what they accept.
const ENOUGH_SENDERS: usize = 2;
/// One failure in so many sessions can be chance: a server that was restarted. It can be a backup server, too.
const CHANCE: u64 = 1000;
/// Most names in a sentence.
const NAMES_LIMIT: usize = 5;

/// What speaks for and against enforcing: what stands in the way first.
pub(super) fn judge(reports: &DomainReports<'_>, question: &Question<'_>) -> Vec<EnforceReason> {
    let check = reports.check(question);
    let mut reasons = Vec::new();
    match test_period(reports, question.now.date()) {
        Ok(test) => {
            extent(&test, &mut reasons);
            failures(&test, &reports.failed, check, &mut reasons);
        }
        Err(reason) => reasons.push(reason),
    }
    let is_unknown = reasons.iter().any(|reason| reason.speaks_for() == SafeToEnforce::Unknown);
    if let Some(check) = check.filter(|_| !is_unknown) {
        published(check, &mut reasons);
    }
    order::sort_by_key(&mut reasons, |reason| Reverse(reason.speaks_for()));
    reasons
}

/// What senders saw while they applied the policy.
struct TestPeriod {
    today: Date,
    first: Date,
    last: Date,
    /// Days with sessions, of those that count.
    days: usize,
    /// Sessions on the days that count.
    sessions: u64,
    /// The same with those that prove nothing and in which a failure counts all the same.
    refusable: u64,
    /// Those in which the sender found no policy.
    without_policy: u64,
    /// Names of senders, on the days that count.
    senders: usize,
}

impl TestPeriod {
    /// Whether a day is one that counts: the last days that the reports are about. What has no day may be.
    fn counts(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| day <= self.last && self.last.days_after(day) < TEST_DAYS)
    }
}

/// What there is to judge by, or why there is nothing.
fn test_period(reports: &DomainReports<'_>, today: Date) -> Result<TestPeriod, EnforceReason> {
    let DomainReports { domain, domains, policies, .. } = reports;
    let Some(domain) = domain else {
        let domains = names(domains);
        let has_domains = !domains.list.is_empty();
        return Err(if has_domains { EnforceReason::SeveralDomains { domains } } else { EnforceReason::NoNumbers });
    };
    let domain = domain.clone();
    if policies.is_empty() {
        // A report without numbers names no domain.
        let others = names(domains);
        return Err(match (reports.count > 0, others.list.is_empty()) {
            (false, true) => EnforceReason::NoReports { domain },
            (true, true) => EnforceReason::NoNumbersAbout { domain },
            (false, false) => EnforceReason::OtherDomains { domain, others },
            (true, false) => EnforceReason::NumbersAboutOthers { domain, others },
        });
    }
    let is_tested = |reported: &&ReportedPolicy<'_>| {
        reported.policy.policy_type == PolicyType::Sts && !reported.policy.is_off() && reported.policy.sessions() > 0
    };
    // A clock that is wrong by years would put all others' reports out of sight.
    let days = || {
        policies.iter().filter(is_tested).filter_map(|reported| reported.day).filter(|day| *day <= today.plus_days(1))
    };
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        if policies.iter().any(|reported| is_tested(&reported)) {
            return Err(EnforceReason::NoPastDay);
        }
        return Err(never_applied(domain, policies));
    };
    let mut test = TestPeriod { today, first, last, days: 0, sessions: 0, refusable: 0, without_policy: 0, senders: 0 };
    let counting = || policies.iter().filter(|reported| test.counts(reported.day));
    let tested = || counting().filter(is_tested);
    let dates: Vec<String> = tested().filter_map(|reported| Some(reported.day?.to_string())).collect();
    let days = distinct(dates.iter().map(String::as_str));
    let senders = distinct(tested().map(|reported| reported.sender));
    let without_policy = sum(counting().filter(|reported| reported.policy.policy_type == PolicyType::NoPolicyFound));
    let is_decided = |reported: &ReportedPolicy<'_>| {
        matches!(reported.policy.policy_type, PolicyType::NoPolicyFound | PolicyType::Tlsa)
    };
    let refusable = sum(counting().filter(|reported| !is_decided(reported)));
    let sessions = sum(tested());
    (test.days, test.senders, test.without_policy) = (days, senders, without_policy);
    (test.sessions, test.refusable) = (sessions, refusable);
    Ok(test)
}

/// Why no sender applied the policy.
fn never_applied(domain: String, policies: &[ReportedPolicy<'_>]) -> EnforceReason {
    let sessions = sum(policies.iter());
    if sessions == 0 {
        return EnforceReason::NoSessions { domain };
    }
    let of = |policy_type| sum(policies.iter().filter(|reported| reported.policy.policy_type == policy_type));
    EnforceReason::NeverApplied {
        sessions,
        not_found: of(PolicyType::NoPolicyFound),
        dane: of(PolicyType::Tlsa),
        off: sum(policies.iter().filter(|reported| reported.policy.is_off())),
    }
}

/// Whether there were enough days, sessions and senders.
fn extent(test: &TestPeriod, reasons: &mut Vec<EnforceReason>) {
    let TestPeriod { first, last, days, sessions, senders, .. } = *test;
    let covered = last.days_after(first) + 1;
    if covered < TEST_DAYS {
        reasons.push(EnforceReason::FewDays { days: covered, first, last });
    } else if days < (TEST_DAYS / 2) as usize {
        reasons.push(EnforceReason::FewDaysWithSessions { days, last });
    }
    let days_ago = test.today.days_after(last);
    if days_ago > STALE_AFTER {
        reasons.push(EnforceReason::Stale { last, days_ago });
    }
    if sessions < ENOUGH_SESSIONS {
        reasons.push(EnforceReason::FewSessions { sessions, last });
    }
    if senders < ENOUGH_SENDERS {
        reasons.push(EnforceReason::OneSender { last });
    }
}

/// What failed on the days that count, and whether enforcing makes it worse.
fn failures(
    test: &TestPeriod,
    failed: &[FailedSessions<'_>],
    check: Option<&Report>,
    reasons: &mut Vec<EnforceReason>,
) {
    let servers = check.map_or(&[][..], |check| &check.mx);
    let is_own = |failed: &FailedSessions<'_>| {
        let is_host = |host: &str| host.trim_end_matches('.').eq_ignore_ascii_case(failed.host);
        failed.host.is_empty() || servers.is_empty() || servers.iter().any(|mx| is_host(&mx.host))
    };
    let of =
        |wanted: Effect| failed.iter().filter(move |failed| test.counts(failed.under.day) && effect(failed) == wanted);
    let TestPeriod { last, sessions, senders, .. } = *test;
    let can_be_chance = |failures: u64| failures.saturating_mul(CHANCE) < sessions;
    let refused: Vec<&FailedSessions<'_>> = of(Effect::Refused).filter(|failed| is_own(failed)).collect();
    // Without a check, or where a report names no host, nobody knows whose they are.
    let at_own_servers = !servers.is_empty() && refused.iter().all(|failed| !failed.host.is_empty());
    let failures = count_of(refused.iter().copied());
    if failures > 0 {
        reasons.push(EnforceReason::Failures {
            failures,
            sessions: test.refusable,
            at_own_servers,
            hosts: hosts(refused.iter().copied()),
            causes: causes(refused.iter().copied()),
            can_be_chance: can_be_chance(failures),
            last,
        });
    } else {
        reasons.push(EnforceReason::NoFailures { senders, sessions, at_own_servers, last });
        let refused = failed.iter().filter(|failed| effect(failed) == Effect::Refused && is_own(failed));
        let earlier = refused.filter_map(|failed| failed.under.day).filter(|day| *day < last).max();
        reasons.extend(earlier.map(|day| EnforceReason::EarlierFailures { day }));
    }
    let times = count_of(of(Effect::Unprotected));
    if times > 0 {
        let causes = causes(of(Effect::Unprotected));
        reasons.push(EnforceReason::PolicyNotRead { times, causes, is_rare: can_be_chance(times) });
    }
    let elsewhere = of(Effect::Refused).filter(|failed| !is_own(failed));
    reasons.extend(
        [
            unchanged(elsewhere, |failures, hosts| EnforceReason::FailuresElsewhere { failures, hosts }),
            unchanged(of(Effect::Dane), |failures, hosts| EnforceReason::FailuresUnderDane { failures, hosts }),
            unchanged(of(Effect::NoPolicy), |failures, hosts| EnforceReason::FailuresWithoutPolicy { failures, hosts }),
        ]
        .into_iter()
        .flatten(),
    );
    if test.without_policy > 0 {
        reasons.push(EnforceReason::PolicyNotFound { sessions: test.without_policy });
    }
}

/// Failures that enforcing does not change, where there are any.
fn unchanged<'f>(
    failed: impl Iterator<Item = &'f FailedSessions<'f>> + Clone,
    reason: fn(u64, Names) -> EnforceReason,
) -> Option<EnforceReason> {
    let failures = count_of(failed.clone());
    (failures > 0).then(|| reason(failures, hosts(failed)))
}

/// What the domain publishes now.
fn published(check: &Report, reasons: &mut Vec<EnforceReason>) {
    let mut failed = check.findings.iter().filter(|finding| finding.outcome == Outcome::Fail);
    if failed.any(|finding| is_of_servers_not_allowed(&finding.rule)) {
        let not_allowed = check.mx.iter().filter(|mx| mx.matched_by.is_none());
        let hosts = not_allowed.map(|mx| mx.host.clone()).take(NAMES_LIMIT).collect();
        reasons.push(EnforceReason::ServersNotAllowed { hosts });
    }
    match check.verdict {
        verdict @ (Verdict::Missing | Verdict::Broken | Verdict::Disabled | Verdict::NotApplicable) => {
            reasons.push(EnforceReason::NothingToEnforce { verdict, headline: check.headline.clone() });
        }
        Verdict::Inconclusive => reasons.push(EnforceReason::NotLookedUp),
        Verdict::Enforced | Verdict::AtRisk | Verdict::Blocking => reasons.push(EnforceReason::EnforcedAlready),
        Verdict::Testing => {}
    }
}

/// What a failure means for an enforced policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Such mail would not be delivered.
    Refused,
    /// The sender had no usable policy, whatever it says.
    Unprotected,
    /// DANE decides, and did (RFC 8461 §2).
    Dane,
    /// There was no policy to fail.
    NoPolicy,
}

fn effect(failed: &FailedSessions<'_>) -> Effect {
    match (failed.result_type, &failed.under.policy.policy_type) {
        (result_type, _) if result_type.is_of_policy() => Effect::Unprotected,
        (ResultType::TlsaInvalid | ResultType::DnssecInvalid | ResultType::DaneRequired, _) | (_, PolicyType::Tlsa) => {
            Effect::Dane
        }
        (_, PolicyType::NoPolicyFound) => Effect::NoPolicy,
        _ => Effect::Refused,
    }
}

fn sum<'r>(reported: impl Iterator<Item = &'r ReportedPolicy<'r>>) -> u64 {
    reported.fold(0, |sum, reported| number::add(sum, reported.policy.sessions()))
}

/// How many different names there are.
fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> usize {
    tally::by_name(names.map(|name| NamedSessions { name, successful: None, failed: 0 }).collect()).len()
}

/// Where sessions failed, as far as that is told.
fn hosts<'f>(failed: impl Iterator<Item = &'f FailedSessions<'f>>) -> Names {
    names(&tally::worst_first(at_hosts(failed), NAMES_LIMIT))
}

/// Why sessions failed.
fn causes<'f>(failed: impl Iterator<Item = &'f FailedSessions<'f>>) -> Names {
    let of_cause = failed.map(|failed| failed.named(failed.result_type.as_str()));
    names(&tally::worst_first(of_cause.collect(), NAMES_LIMIT))
}

fn names(tallies: &Tallies) -> Names {
    let told = tallies.list.iter().map(|tally| tally.name.as_str()).filter(|name| !name.is_empty());
    Names {
        list: told.take(NAMES_LIMIT).map(|name| clip(name, 100)).collect(),
        more: tallies.list.len().saturating_sub(NAMES_LIMIT) + tallies.more as usize,
    }
}
