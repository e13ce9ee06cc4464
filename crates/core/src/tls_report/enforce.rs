//! “Is it safe to enforce?”: what reports say of how an enforced policy would fare.
//!
//! A session that failed at a mail server of the domain is mail that an enforced policy keeps from being delivered (RFC 8461
//! §5), whatever policy the sender had: a server without encryption has none for anybody. What only DANE asks for (RFC 8460
//! §4.3.2.2) fails already, and enforcing changes nothing. At a host that is none of the domain's servers, the sender sees
//! other MX records, which an enforced policy forbids it to follow.
//!
//! Shares are of each sender's sessions: one that never succeeds must not vanish beside a large one.

use std::cmp::{Ordering, Reverse};

use super::domain_reports::{DomainReports, FailedSessions, ReportedPolicy, at_hosts, count_of};
use super::model::{Policy, PolicyType};
use super::number;
use super::policy_change::Superseded;
use super::question::Question;
use super::safe_to_enforce::{EnforceReason, Names, Rate, Rates};
use super::servers::{Servers, Whose};
use super::tally::{self, Tallies};
use crate::advice::TEST_DAYS;
use crate::report::{Outcome, Report, Verdict};
use crate::rules::live_mx::is_of_servers_not_allowed;
use crate::text::clip::clip;
use crate::text::order;
use crate::text::time::Date;

/// Sessions under the policy that say something about it: a few a day from each of two senders.
pub(super) const ENOUGH_SESSIONS: u64 = 30;
/// Sessions of a sender that say something about it: one alone can be chance.
const ENOUGH_OF_SENDER: u64 = 2;
/// Reports come daily (RFC 8460 §4.1), some a day or two late. When none came for so many days, they may have stopped; what
/// failed within them may fail still.
const STALE_AFTER: u32 = 7;
/// Senders differ in what they accept.
const ENOUGH_SENDERS: usize = 2;
/// One failure in so many sessions can be chance: a server that was restarted. It can be a backup server, too.
const CHANCE: u64 = 1000;
/// One session in so many at a host that is no longer the domain's, and none lately, is a record that was kept too long.
const LEFT_OVER: u64 = 100;
/// Most names in a sentence.
const NAMES_LIMIT: usize = 5;

/// What speaks for and against enforcing: what stands in the way first.
pub(super) fn judge(reports: &DomainReports<'_>, question: &Question<'_>) -> Vec<EnforceReason> {
    let mut reasons = match unknown(reports) {
        Some(reason) => vec![reason],
        None => Judge::new(reports, question).reasons(),
    };
    order::sort_by_key(&mut reasons, |reason| Reverse(reason.speaks_for()));
    reasons
}

/// Why there is nothing to judge by, where that is so.
fn unknown(reports: &DomainReports<'_>) -> Option<EnforceReason> {
    let DomainReports { domain, domains, policies, .. } = reports;
    let Some(domain) = domain.clone() else {
        let domains = names(domains);
        let has_domains = !domains.list.is_empty();
        // What names no domain is of the one that the reader has in mind.
        return if has_domains {
            Some(EnforceReason::SeveralDomains { domains })
        } else {
            (sum(policies.iter(), Policy::sessions) == 0).then_some(EnforceReason::NoNumbers)
        };
    };
    if policies.is_empty() {
        // A report without numbers names no domain.
        let others = names(domains);
        return Some(match (reports.count > 0, others.list.is_empty()) {
            (false, true) => EnforceReason::NoReports { domain },
            (true, true) => EnforceReason::NoNumbersAbout { domain },
            (false, false) => EnforceReason::OtherDomains { domain, others },
            (true, false) => EnforceReason::NumbersAboutOthers { domain, others },
        });
    }
    (sum(policies.iter(), Policy::sessions) == 0).then_some(EnforceReason::NoSessions { domain })
}

/// What there is to judge by.
struct Judge<'j> {
    reports: &'j DomainReports<'j>,
    check: Option<&'j Report>,
    servers: Servers<'j>,
    superseded: Superseded,
    today: Date,
    /// The days on which the policy was applied, as far as reports tell.
    tested: Option<(Date, Date)>,
    /// The last of the days that count.
    last: Date,
}

impl<'j> Judge<'j> {
    fn new(reports: &'j DomainReports<'j>, question: &Question<'j>) -> Self {
        let check = reports.check(question);
        let today = question.now.date();
        let superseded = Superseded::read(&reports.policies, check);
        let servers = Servers::read(check, &reports.failed);
        let mut judge = Self { reports, check, servers, superseded, today, tested: None, last: today };
        let days = |of: &dyn Fn(&ReportedPolicy<'_>) -> bool| {
            let days = || reports.policies.iter().filter(|reported| of(reported)).filter_map(|of| judge.past(of.day));
            days().min().zip(days().max())
        };
        let tested = days(&|reported| judge.is_tested(reported));
        let last = tested.or_else(|| days(&|_| true)).map_or(today, |(_, last)| last);
        (judge.tested, judge.last) = (tested, last);
        judge
    }

    /// A day that is told; one that is to come is a wrong clock's, and so not known.
    fn past(&self, day: Option<Date>) -> Option<Date> {
        day.filter(|day| *day <= self.today.plus_days(1))
    }

    /// Whether a day is one that counts: the last days that the reports are about. What has no day may be.
    fn counts(&self, day: Option<Date>) -> bool {
        self.past(day).is_none_or(|day| self.last.days_after(day) < TEST_DAYS)
    }

    /// Whether a sender applied the policy of now.
    fn is_tested(&self, ReportedPolicy { policy, .. }: &ReportedPolicy<'_>) -> bool {
        policy.policy_type == PolicyType::Sts
            && !policy.is_off()
            && policy.applied() > 0
            && !self.superseded.has(policy)
    }

    /// The policies of the days that count.
    fn counting(&self) -> impl Iterator<Item = &'j ReportedPolicy<'j>> {
        self.reports.policies.iter().filter(|reported| self.counts(reported.day))
    }

    fn reasons(&self) -> Vec<EnforceReason> {
        let mut reasons = Vec::new();
        self.extent(&mut reasons);
        self.failures(&mut reasons);
        self.beside(&mut reasons);
        if let Some(check) = self.check {
            published(check, &mut reasons);
        }
        let is_latest = |reported: &&ReportedPolicy<'_>| reported.day == Some(self.last) && self.is_tested(reported);
        let is_enforced = self.reports.policies.iter().filter(is_latest).any(|reported| reported.policy.is_enforced());
        if self.check.is_none() && is_enforced {
            reasons.push(EnforceReason::EnforcedAlready);
        }
        reasons
    }

    /// Whether there were enough days, sessions and senders.
    fn extent(&self, reasons: &mut Vec<EnforceReason>) {
        let last = self.last;
        let policies = || self.reports.policies.iter();
        let Some((first, _)) = self.tested else {
            reasons.push(if policies().any(|reported| self.is_tested(reported)) {
                EnforceReason::NoPastDay
            } else if policies().any(|reported| reported.policy.applied() > 0 && self.superseded.has(reported.policy)) {
                EnforceReason::OtherPolicy
            } else {
                never_applied(self.reports)
            });
            return;
        };
        if policies().any(|reported| self.counts(reported.day) && self.superseded.has(reported.policy)) {
            reasons.push(EnforceReason::PolicyChanged { day: first });
        }
        let tested = || self.counting().filter(|reported| self.is_tested(reported));
        let mut dates: Vec<Date> = tested().filter_map(|reported| self.past(reported.day)).collect();
        order::sort_long(&mut dates, &|one, other| one < other);
        dates.dedup();
        let covered = last.days_after(first) + 1;
        if covered < TEST_DAYS {
            reasons.push(EnforceReason::FewDays { days: covered, first, last });
        } else if dates.len() < (TEST_DAYS / 2) as usize {
            reasons.push(EnforceReason::FewDaysWithSessions { days: dates.len(), last });
        }
        let days_ago = self.today.days_after(last);
        if days_ago > STALE_AFTER {
            reasons.push(EnforceReason::Stale { last, days_ago });
        }
        let sessions = sum(tested(), Policy::applied);
        if sessions < ENOUGH_SESSIONS {
            reasons.push(EnforceReason::FewSessions { sessions, last });
        }
        if self.senders().len() < ENOUGH_SENDERS {
            reasons.push(EnforceReason::OneSender { last });
        }
    }

    /// Who applied the policy, more than once.
    fn senders(&self) -> Vec<Seen<'j>> {
        let tested = self.counting().filter(|reported| self.is_tested(reported));
        let seen = tested.map(|reported| Seen { kind: "", ..Seen::of(reported, Policy::applied) });
        let mut senders = merged(seen.collect());
        // Two that do not say who they are may be one, and one that there is already.
        senders.retain(|seen| seen.sessions >= ENOUGH_OF_SENDER && !seen.sender.is_empty());
        senders
    }

    /// What failed on the days that count, and whether enforcing makes it worse.
    fn failures(&self, reasons: &mut Vec<EnforceReason>) {
        let of = |wanted: Effect| {
            let all = self.reports.failed.iter();
            all.filter(move |failed| self.counts(failed.under.day) && self.effect(failed) == wanted)
        };
        let last = self.last;
        let refused: Vec<&FailedSessions<'_>> = of(Effect::Refused).collect();
        // Without a check, or where a report names no host, nobody knows whose they are.
        let is_known = |failed: &&FailedSessions<'_>| self.servers.whose(failed) == Whose::Own;
        let failures = count_of(refused.iter().copied());
        if failures > 0 {
            let (rates, sessions) = self.rates(&refused, Policy::applied);
            reasons.push(EnforceReason::Failures {
                failures,
                sessions,
                at_own_servers: refused.iter().all(is_known),
                hosts: hosts(refused.iter().copied()),
                causes: causes(refused.iter().copied()),
                can_be_chance: are_rare(&rates, CHANCE),
                senders: told(rates),
                is_enforced: refused.iter().any(|failed| failed.under.policy.is_enforced()),
                last,
            });
        } else if self.tested.is_some() {
            let tested = self.counting().filter(|reported| self.is_tested(reported));
            let sessions = sum(tested, Policy::applied);
            let at_own_servers = self.check.is_some_and(|check| !check.mx.is_empty());
            reasons.push(EnforceReason::NoFailures { senders: self.senders().len(), sessions, at_own_servers, last });
            let refused = self.reports.failed.iter().filter(|failed| self.effect(failed) == Effect::Refused);
            let earlier = refused.filter_map(|failed| self.past(failed.under.day)).filter(|day| *day < last).max();
            reasons.extend(earlier.map(|day| EnforceReason::EarlierFailures { day }));
        }
        let not_read: Vec<&FailedSessions<'_>> = of(Effect::Unprotected).collect();
        let times = count_of(not_read.iter().copied());
        if times > 0 {
            let (rates, _) = self.rates(&not_read, Policy::sessions);
            let causes = causes(not_read.iter().copied());
            let is_rare = are_rare(&rates, CHANCE);
            reasons.push(EnforceReason::PolicyNotRead { times, causes, is_rare, senders: told(rates) });
        }
        let elsewhere: Vec<&FailedSessions<'_>> = of(Effect::Elsewhere).collect();
        let failures = count_of(elsewhere.iter().copied());
        if failures > 0 {
            let (rates, _) = self.rates(&elsewhere, Policy::sessions);
            let is_old = |failed: &&FailedSessions<'_>| {
                self.past(failed.under.day).is_some_and(|day| last.days_after(day) >= STALE_AFTER)
            };
            reasons.push(EnforceReason::FailuresElsewhere {
                failures,
                hosts: hosts(elsewhere.iter().copied()),
                day: elsewhere.iter().filter_map(|failed| self.past(failed.under.day)).max(),
                is_over: are_rare(&rates, LEFT_OVER) && elsewhere.iter().all(is_old),
                senders: told(rates),
            });
        }
        let under_dane = count_of(of(Effect::Dane));
        if under_dane > 0 {
            reasons.push(EnforceReason::FailuresUnderDane { failures: under_dane, hosts: hosts(of(Effect::Dane)) });
        }
    }

    /// What is worth knowing besides.
    fn beside(&self, reasons: &mut Vec<EnforceReason>) {
        let not_found = self.counting().filter(|reported| reported.policy.policy_type == PolicyType::NoPolicyFound);
        let sessions = sum(not_found, Policy::sessions);
        if sessions > 0 && self.tested.is_some() {
            reasons.push(EnforceReason::PolicyNotFound { sessions });
        }
        let is_to_come = |reported: &&ReportedPolicy<'_>| reported.day.is_some() && self.past(reported.day).is_none();
        let to_come = || self.reports.policies.iter().filter(is_to_come);
        if let Some(day) = to_come().filter_map(|reported| reported.day).max() {
            let senders = to_come().map(|reported| tally::none_of(reported.sender)).collect();
            let senders = names(&tally::worst_first(senders, NAMES_LIMIT));
            reasons.push(EnforceReason::FutureDay { reports: reports(to_come()), day, senders });
        }
    }

    /// How often each sender failed, under each kind of policy, of as many sessions as `sessions` says; and of how many
    /// sessions in all, with those without a policy only where one failed.
    fn rates(&self, failed: &[&FailedSessions<'j>], sessions: fn(&Policy) -> u64) -> (Vec<Seen<'j>>, u64) {
        let mut seen: Vec<Seen<'j>> = self.counting().map(|reported| Seen::of(reported, sessions)).collect();
        for of_policy in failed.chunk_by(|one, other| std::ptr::eq(one.under.policy, other.under.policy)) {
            let Some(first) = of_policy.first() else { continue };
            let failures = count_of(of_policy.iter().copied());
            seen.push(Seen { failures, ..Seen::of(&first.under, |_| 0) });
        }
        let mut rates = merged(seen);
        let without = [PolicyType::NoPolicyFound, PolicyType::Tlsa];
        rates.retain(|seen| seen.failures > 0 || without.iter().all(|kind| kind.as_str() != seen.kind));
        let all = rates.iter().fold(0, |sum, seen| number::add(sum, seen.sessions));
        rates.retain(|seen| seen.failures > 0);
        order::sort_long(&mut rates, &|one, other| {
            let share = |of: &Seen<'_>, rest: &Seen<'_>| u128::from(of.failures) * u128::from(rest.sessions.max(1));
            (share(other, one), other.failures, one.sender) < (share(one, other), one.failures, other.sender)
        });
        (rates, all)
    }

    fn effect(&self, failed: &FailedSessions<'_>) -> Effect {
        let FailedSessions { under, result_type, .. } = failed;
        if result_type.is_of_policy() {
            Effect::Unprotected
        } else if result_type.is_of_dane() {
            Effect::Dane
        } else if self.servers.whose(failed) == Whose::Others {
            Effect::Elsewhere
        } else if result_type.is_of_match() && self.superseded.has(under.policy) {
            Effect::OfOtherPolicy
        } else {
            Effect::Refused
        }
    }
}

/// What a sender saw under a kind of policy.
#[derive(Clone, Copy)]
struct Seen<'r> {
    sender: &'r str,
    kind: &'r str,
    sessions: u64,
    failures: u64,
}

impl<'r> Seen<'r> {
    fn of(reported: &ReportedPolicy<'r>, sessions: fn(&Policy) -> u64) -> Self {
        let policy = reported.policy;
        Self { sender: reported.sender, kind: policy.policy_type.as_str(), sessions: sessions(policy), failures: 0 }
    }

    /// Whatever the case of the sender's name.
    fn order(&self, other: &Self) -> Ordering {
        let lower = |text: &'r str| text.bytes().map(|byte| byte.to_ascii_lowercase());
        lower(self.sender).cmp(lower(other.sender)).then_with(|| self.kind.cmp(other.kind))
    }
}

/// Adds up what is of one sender and kind.
fn merged(mut seen: Vec<Seen<'_>>) -> Vec<Seen<'_>> {
    order::sort_long(&mut seen, &|one, other| one.order(other).then_with(|| one.sender.cmp(other.sender)).is_lt());
    seen.dedup_by(|next, sum| {
        let is_same = next.order(sum).is_eq();
        if is_same {
            sum.sessions = number::add(sum.sessions, next.sessions);
            sum.failures = number::add(sum.failures, next.failures);
        }
        is_same
    });
    seen
}

/// Whether no sender failed as often as once in so many sessions.
fn are_rare(rates: &[Seen<'_>], once_in: u64) -> bool {
    rates.iter().all(|seen| seen.failures.saturating_mul(once_in) < seen.sessions)
}

/// The senders, each with the highest share that it has under any kind of policy.
fn told(rates: Vec<Seen<'_>>) -> Rates {
    let mut list: Vec<Rate> = Vec::new();
    let mut more = 0;
    for Seen { sender, sessions, failures, .. } in rates {
        let sender = clip(sender, 100);
        if list.iter().any(|told| told.sender.eq_ignore_ascii_case(&sender)) {
            continue;
        }
        if list.len() < NAMES_LIMIT {
            list.push(Rate { sender, failures, sessions: sessions.max(failures) });
        } else {
            more += 1;
        }
    }
    Rates { list, more }
}

/// Why no sender applied the policy.
fn never_applied(reports: &DomainReports<'_>) -> EnforceReason {
    let policies = || reports.policies.iter();
    let of = |policy_type| policies().filter(move |reported| reported.policy.policy_type == policy_type);
    EnforceReason::NeverApplied {
        sessions: sum(policies(), Policy::sessions),
        not_found: sum(of(PolicyType::NoPolicyFound), Policy::sessions),
        dane: sum(of(PolicyType::Tlsa), Policy::sessions),
        off: sum(policies().filter(|reported| reported.policy.is_off()), Policy::sessions),
    }
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
    /// Nor this, and at a host that the sender should not have gone to.
    Elsewhere,
    /// The sender had no usable policy, whatever it says.
    Unprotected,
    /// DANE decides, and did (RFC 8461 §2).
    Dane,
    /// It did not fit a policy that is no more.
    OfOtherPolicy,
}

fn sum<'r>(reported: impl Iterator<Item = &'r ReportedPolicy<'r>>, sessions: fn(&Policy) -> u64) -> u64 {
    reported.fold(0, |sum, reported| number::add(sum, sessions(reported.policy)))
}

/// How many reports these policies are of; those of one follow each other.
fn reports<'r>(policies: impl Iterator<Item = &'r ReportedPolicy<'r>>) -> usize {
    let mut count = 0;
    let mut last: Option<&ReportedPolicy<'_>> = None;
    for reported in policies {
        count += usize::from(last.is_none_or(|last| last.report != reported.report));
        last = Some(reported);
    }
    count
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
