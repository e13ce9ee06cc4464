//! “Is it safe to enforce?”: what reports say of how an enforced policy would fare.
//!
//! A session that failed under MTA-STS at a mail server of the domain is mail that an enforced policy keeps from being
//! delivered (RFC 8461 §5). What failed under DANE fails already, and where no policy was found none would be enforced.

use serde::Serialize;

use super::domain_reports::{DomainReports, FailedSessions, ReportedPolicy, at_hosts, count_of};
use super::model::{PolicyType, ResultType};
use super::number;
use super::question::Question;
use super::tally::{self, NamedSessions, Tallies};
use crate::advice::TEST_DAYS;
use crate::report::{Outcome, Report, Verdict};
use crate::text::time::Date;

/// Reports come daily (RFC 8460 §4.1), some a day or two late. When none came for so many days, they may have stopped.
const STALE_AFTER: u32 = 7;
/// Sessions under the policy that say something about it: a few a day from each of two senders.
const ENOUGH_SESSIONS: u64 = 30;
/// Senders differ in what they accept.
const ENOUGH_SENDERS: usize = 2;
/// One failure in so many sessions can be chance: a server that was restarted. It can be a backup server, too.
const CHANCE: u64 = 1000;
/// Most names in a sentence.
const NAMES_LIMIT: usize = 5;

/// Whether a domain can enforce its policy, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportEnforceability"),
    schemars(rename = "TlsReportEnforceability")
)]
pub struct Enforceability {
    /// In a word.
    pub verdict: SafeToEnforce,
    /// Why, in plain sentences: what stands in the way first, then what does not.
    pub reasons: Vec<String>,
}

/// Whether a policy can be enforced without losing mail, as far as reports tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SafeToEnforce {
    /// Nothing speaks against it.
    Yes,
    /// Something is to be waited for, or looked into first.
    NotYet,
    /// Mail would be refused.
    No,
    /// Reports do not tell.
    Unknown,
}

use SafeToEnforce::{No, NotYet, Unknown, Yes};

pub(super) fn judge(reports: &DomainReports<'_>, question: &Question<'_>) -> Enforceability {
    let check = reports.check(question);
    match test_period(reports, question.now.date()) {
        Err((verdict, reason)) => {
            let mut answer = Answer::default();
            answer.say(verdict, reason);
            if let (Some(check), NotYet) = (check, verdict) {
                answer.current_state(check);
            }
            answer.finish()
        }
        Ok(test) => {
            let mut answer = Answer::default();
            answer.extent(&test);
            answer.failures(&test, &reports.failed, check);
            if let Some(check) = check {
                answer.current_state(check);
            }
            answer.finish()
        }
    }
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
fn test_period(reports: &DomainReports<'_>, today: Date) -> Result<TestPeriod, (SafeToEnforce, String)> {
    let DomainReports { domain, domains, policies, .. } = reports;
    let Some(domain) = domain else {
        return Err(match names(domains) {
            names if names.is_empty() => {
                (Unknown, "There are no reports with numbers in them, so nothing can be said.".to_owned())
            }
            names => (Unknown, format!("The reports are about several domains: {names}. Ask about one of them.")),
        });
    };
    if policies.is_empty() {
        // A report without numbers names no domain.
        let others = names(domains);
        let reason = match (reports.count > 0, others.is_empty()) {
            (false, true) => format!("There are no reports about {domain}, so nothing can be said."),
            (true, true) => format!("There are no numbers in the reports, so nothing can be said about {domain}."),
            (false, false) => format!("The reports are about {others}, and none is about {domain}."),
            (true, false) => {
                format!("The reports with numbers in them are about {others}, and none of these is about {domain}.")
            }
        };
        return Err((Unknown, reason));
    }
    let is_tested = |reported: &&ReportedPolicy<'_>| {
        reported.policy.policy_type == PolicyType::Sts && !reported.policy.is_off() && reported.policy.sessions() > 0
    };
    // A clock that is wrong by years would put all others' reports out of sight.
    let days = || {
        policies.iter().filter(is_tested).filter_map(|reported| reported.day).filter(|day| *day <= today.plus_days(1))
    };
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        let all = sum(policies.iter());
        if all == 0 {
            return Err((Unknown, format!("The reports about {domain} count no sessions, so nothing can be said.")));
        }
        if policies.iter().any(|reported| is_tested(&reported)) {
            let reason = "The reports about your MTA-STS policy give no day, or only days that are still to come.";
            return Err((NotYet, reason.to_owned()));
        }
        let of = |policy_type| sum(policies.iter().filter(|reported| reported.policy.policy_type == policy_type));
        let why = [
            (of(PolicyType::NoPolicyFound), "it found no policy"),
            (of(PolicyType::Tlsa), "it used DANE"),
            (
                sum(policies.iter().filter(|reported| reported.policy.is_off())),
                "the policy had mode none, which switches it off",
            ),
        ];
        let mut reason = format!("In none of the {all} sessions did a sender say that it applied your MTA-STS policy");
        let mut before = ": ";
        for (number, what) in why.iter().filter(|(number, _)| *number > 0) {
            reason.extend([before, "in ", &number.to_string(), " ", what]);
            before = ", ";
        }
        reason.push_str(". That says nothing about enforcing.");
        return Err((NotYet, reason));
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

/// Reasons while they are collected.
#[derive(Default)]
struct Answer {
    reasons: Vec<(SafeToEnforce, String)>,
}

impl Answer {
    fn say(&mut self, speaks_for: SafeToEnforce, reason: String) {
        self.reasons.push((speaks_for, reason));
    }

    fn finish(self) -> Enforceability {
        let verdict = self.reasons.iter().map(|(speaks_for, _)| *speaks_for).max().unwrap_or(Unknown);
        let mut reasons = self.reasons;
        crate::text::order::sort_by_key(&mut reasons, |(speaks_for, _)| std::cmp::Reverse(*speaks_for));
        Enforceability { verdict, reasons: reasons.into_iter().map(|(_, reason)| reason).collect() }
    }

    /// Whether there were enough days, sessions and senders.
    fn extent(&mut self, test: &TestPeriod) {
        let TestPeriod { first, last, days, sessions, senders, .. } = test;
        let covered = last.days_after(*first) + 1;
        if covered < TEST_DAYS {
            let days = if covered == 1 { "one day".to_owned() } else { format!("{covered} days") };
            self.say(
                NotYet,
                format!(
                    "Reports about your policy cover {days}, from {first} to {last}. Test for {TEST_DAYS} days before \
                     you enforce it."
                ),
            );
        } else if *days < (TEST_DAYS / 2) as usize {
            let have = if *days == 1 { "has" } else { "have" };
            self.say(
                NotYet,
                format!(
                    "Of the {TEST_DAYS} days up to {last}, only {days} {have} sessions in a report. Wait until most of \
                     them do."
                ),
            );
        }
        let age = test.today.days_after(*last);
        if age > STALE_AFTER {
            self.say(
                NotYet,
                format!(
                    "The last report is about {last}, {age} days ago. Reports come daily: see whether they still arrive, and \
                     add the newer ones."
                ),
            );
        }
        if *sessions < ENOUGH_SESSIONS {
            let sessions = counted(*sessions, "session");
            self.say(
                NotYet,
                format!(
                    "In the {TEST_DAYS} days up to {last} the reports tell of {sessions} under your policy. That is too few to \
                     judge by: wait for {ENOUGH_SESSIONS} or more."
                ),
            );
        }
        if *senders < ENOUGH_SENDERS {
            self.say(
                NotYet,
                format!(
                    "Only one sender reports about the {TEST_DAYS} days up to {last}. Senders differ in what they accept: wait \
                     for reports from a second one."
                ),
            );
        }
    }

    /// What failed on the days that count, and whether enforcing makes it worse.
    fn failures(&mut self, test: &TestPeriod, failed: &[FailedSessions<'_>], check: Option<&Report>) {
        let hosts = check.map_or(&[][..], |check| &check.mx);
        let own = |failed: &FailedSessions<'_>| {
            let is_host = |host: &str| host.trim_end_matches('.').eq_ignore_ascii_case(failed.host);
            failed.host.is_empty() || hosts.is_empty() || hosts.iter().any(|mx| is_host(&mx.host))
        };
        let of = |wanted: Effect| {
            failed.iter().filter(move |failed| test.counts(failed.under.day) && effect(failed) == wanted)
        };
        let refused = of(Effect::Refused).filter(|failed| own(failed));
        let refused: Vec<&FailedSessions<'_>> = refused.collect();
        let number = count_of(refused.iter().copied());
        let TestPeriod { last, sessions, refusable, senders, .. } = *test;
        // Without a check, or where a report names no host, nobody knows whose they are.
        let are_known = !hosts.is_empty() && refused.iter().all(|failed| !failed.host.is_empty());
        let servers = if are_known { "your own mail servers" } else { "the mail servers" };
        if number > 0 {
            let hosts = in_brackets(refused.iter().copied());
            let causes = by(refused.iter().copied(), |failed| failed.result_type.as_str());
            let label = if causes.list.len() == 1 { "cause" } else { "causes" };
            let (causes, were) = (names(&causes), if number == 1 { "was" } else { "were" });
            let are_few = number.saturating_mul(CHANCE) < sessions;
            let failures = counted(number, "failure");
            let tells = if are_few {
                "So few can be chance, or a server that is seldom used: find out which before you enforce the policy."
            } else {
                "Once the policy is enforced, such mail is not delivered. Mend this first, and count the days from then on."
            };
            self.say(
                if are_few { NotYet } else { No },
                format!(
                    "In the {TEST_DAYS} days up to {last} there {were} {failures} at {servers}{hosts} in {} under \
                     your policy; {label}: {causes}. {tells}",
                    counted(refusable, "session")
                ),
            );
        } else {
            let senders = counted(senders as u64, "sender");
            self.say(
                Yes,
                format!(
                    "In the {TEST_DAYS} days up to {last}, {senders} reported {} under your policy, and none failed at {servers}.",
                    counted(sessions, "session")
                ),
            );
            let earlier = failed.iter().filter(|failed| effect(failed) == Effect::Refused && own(failed));
            if let Some(day) = earlier.filter_map(|failed| failed.under.day).filter(|day| *day < last).max() {
                self.say(
                    Yes,
                    format!(
                        "There were failures before that, the last of them on {day}; none has been reported since."
                    ),
                );
            }
        }
        let faults = count_of(of(Effect::Unprotected));
        if faults > 0 {
            let causes = names(&by(of(Effect::Unprotected), |failed| failed.result_type.as_str()));
            let (speaks_for, advice) = if faults.saturating_mul(CHANCE) < sessions {
                (Yes, "That is rare, and loses no mail.")
            } else {
                (NotYet, "That loses no mail, but a policy that senders cannot get protects nothing: mend this first.")
            };
            let faults = if faults == 1 { "Once".to_owned() } else { format!("{faults} times") };
            self.say(speaks_for, format!("{faults} a sender could not get or read your policy ({causes}). {advice}"));
        }
        self.beside_the_point(of(Effect::Refused).filter(|failed| !own(failed)), |failures, hosts| {
            format!("{failures} at hosts that are not your mail servers now{hosts}: no reason to wait.")
        });
        self.beside_the_point(of(Effect::Dane), |failures, hosts| {
            format!(
                "{failures} under DANE{hosts}. Such mail is not delivered today, and enforcing the policy does not \
                 change that; mend it all the same."
            )
        });
        self.beside_the_point(of(Effect::NoPolicy), |failures, hosts| {
            format!(
                "{failures} where the sender had found no policy{hosts}. A policy that is not found is not enforced either; \
                 but look into it before more senders find it."
            )
        });
        if test.without_policy > 0 {
            self.say(
                Yes,
                format!(
                    "In {} senders found no policy to apply: their mail arrives, and is protected only once they find it.",
                    counted(test.without_policy, "session")
                ),
            );
        }
    }

    /// Failures that enforcing does not change.
    fn beside_the_point<'f>(
        &mut self,
        failed: impl Iterator<Item = &'f FailedSessions<'f>>,
        sentence: impl Fn(&str, &str) -> String,
    ) {
        let failed: Vec<&FailedSessions<'_>> = failed.collect();
        let number = count_of(failed.iter().copied());
        if number == 0 {
            return;
        }
        let hosts = in_brackets(failed.iter().copied());
        self.say(Yes, sentence(&counted(number, "failure"), &hosts));
    }

    /// What the domain publishes now.
    fn current_state(&mut self, check: &Report) {
        let is_found =
            |rule: &str| check.findings.iter().any(|finding| finding.rule == rule && finding.outcome == Outcome::Fail);
        if is_found("mx-none-match") || is_found("mx-some-unmatched") {
            let hosts: Vec<&str> = check
                .mx
                .iter()
                .filter(|mx| mx.matched_by.is_none())
                .map(|mx| mx.host.as_str())
                .take(NAMES_LIMIT)
                .collect();
            self.say(
                No,
                format!(
                    "The policy does not allow {}. Once it is enforced, mail is not delivered there.",
                    if hosts.is_empty() { "all of your mail servers".to_owned() } else { hosts.join(", ") }
                ),
            );
        }
        match check.verdict {
            Verdict::Missing | Verdict::Broken | Verdict::Disabled | Verdict::NotApplicable => {
                self.say(NotYet, format!("There is no policy now that could be enforced. {}", check.headline));
            }
            Verdict::Inconclusive => {
                self.say(
                    NotYet,
                    "What the domain publishes could not be looked up just now. Check it again.".to_owned(),
                );
            }
            Verdict::Enforced | Verdict::AtRisk | Verdict::Blocking => {
                self.say(Yes, "The policy is enforced already.".to_owned());
            }
            Verdict::Testing => {}
        }
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
    let named = |name| NamedSessions { name, successful: None, failed: 0 };
    tally::by_name(names.map(named).collect()).len()
}

fn by<'f>(failed: impl Iterator<Item = &'f FailedSessions<'f>>, name: fn(&FailedSessions<'f>) -> &'f str) -> Tallies {
    tally::worst_first(failed.map(|failed| failed.named(name(failed))).collect(), NAMES_LIMIT)
}

/// The hosts that are told, in a sentence.
fn in_brackets<'f>(failed: impl Iterator<Item = &'f FailedSessions<'f>>) -> String {
    let hosts = tally::worst_first(at_hosts(failed), NAMES_LIMIT);
    if hosts.list.is_empty() { String::new() } else { format!(" ({})", names(&hosts)) }
}

/// Names in a sentence.
fn names(tallies: &Tallies) -> String {
    let told = tallies.list.iter().map(|tally| tally.name.as_str()).filter(|name| !name.is_empty());
    let names: Vec<String> = told.take(NAMES_LIMIT).map(|name| crate::text::clip::clip(name, 100)).collect();
    let more = tallies.list.len().saturating_sub(NAMES_LIMIT) + tallies.more as usize;
    match more {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn counted(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
