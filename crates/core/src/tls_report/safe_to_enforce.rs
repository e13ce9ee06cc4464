//! The answer to “is it safe to enforce?”: in a word, with its reasons as types, and with these as sentences.

use serde::Serialize;

use crate::report::Verdict;
use crate::text::time::Date;

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
    /// Whether senders enforced the policy already: then what failed was refused.
    pub enforced: bool,
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

/// What speaks for enforcing or against it. Numbers are of sessions, on the days that count, where nothing else is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnforceReason {
    /// No report has numbers in it.
    NoNumbers,
    /// The reports are about several domains, and none was asked about.
    SeveralDomains {
        /// Which.
        domains: Names,
    },
    /// There are no reports.
    NoReports {
        /// The domain that was asked about.
        domain: String,
    },
    /// No report has numbers in it, and so none says that it is of the domain.
    NoNumbersAbout {
        /// The domain that was asked about.
        domain: String,
    },
    /// Every report is about another domain.
    OtherDomains {
        /// The domain that was asked about.
        domain: String,
        /// Those that there are reports about.
        others: Names,
    },
    /// Every report with numbers in it is about another domain.
    NumbersAboutOthers {
        /// The domain that was asked about.
        domain: String,
        /// Those that there are numbers about.
        others: Names,
    },
    /// The reports about the domain count no sessions.
    NoSessions {
        /// Which domain.
        domain: String,
    },
    /// The policy was applied, on no day that is told and past.
    NoPastDay,
    /// In no session, of any day, a sender says that it applied the policy.
    NeverApplied {
        /// How many sessions there were.
        sessions: u64,
        /// In which the sender found no policy.
        not_found: u64,
        /// In which it used DANE.
        dane: u64,
        /// In which the policy had mode none.
        off: u64,
    },
    /// The policy was tested for too few days.
    FewDays {
        /// How many.
        days: u32,
        /// The first.
        first: Date,
        /// The last.
        last: Date,
    },
    /// Too few of the days that count have sessions.
    FewDaysWithSessions {
        /// How many have.
        days: usize,
        /// The last.
        last: Date,
    },
    /// No report came lately.
    Stale {
        /// The last day that there is a report about.
        last: Date,
        /// How many days ago that was.
        days_ago: u32,
    },
    /// Too few sessions under the policy.
    FewSessions {
        /// How many.
        sessions: u64,
        /// The last day that counts.
        last: Date,
    },
    /// Only one sender reports more than one session under the policy.
    OneSender {
        /// The last day that counts.
        last: Date,
    },
    /// Sessions failed that an enforced policy would refuse.
    Failures {
        /// How many.
        failures: u64,
        /// Of how many that could have.
        sessions: u64,
        /// Whether it is known that the mail servers are the domain's own.
        at_own_servers: bool,
        /// At which mail servers, as far as that is told.
        hosts: Names,
        /// Why, as reports spell it.
        causes: Names,
        /// Who reports them.
        senders: Rates,
        /// Whether they are so few, with each sender, that they can be chance.
        can_be_chance: bool,
        /// Whether the policy was enforced where they failed.
        is_enforced: bool,
        /// The last day that counts.
        last: Date,
    },
    /// No session failed that an enforced policy would refuse.
    NoFailures {
        /// How many senders reported.
        senders: usize,
        /// How many sessions.
        sessions: u64,
        /// Whether it is known that the mail servers are the domain's own.
        at_own_servers: bool,
        /// The last day that counts.
        last: Date,
    },
    /// There were such failures before the days that count.
    EarlierFailures {
        /// When the last of them was.
        day: Date,
    },
    /// Senders could not get or read the policy.
    PolicyNotRead {
        /// How many times.
        times: u64,
        /// Why, as reports spell it.
        causes: Names,
        /// Who reports it.
        senders: Rates,
        /// Whether that is rare, with each sender.
        is_rare: bool,
    },
    /// Sessions failed at hosts that are not the domain's mail servers now.
    FailuresElsewhere {
        /// How many.
        failures: u64,
        /// At which hosts.
        hosts: Names,
        /// Who reports them.
        senders: Rates,
        /// The last day with one, where that is told.
        day: Option<Date>,
        /// Whether they are rare, with each sender, and none is of the last days. Otherwise the sender sees other MX
        /// records than the check, and must not deliver there once the policy is enforced (RFC 8461 §4.1, §5).
        is_over: bool,
    },
    /// Reports give a day that is still to come.
    FutureDay {
        /// How many.
        reports: usize,
        /// The furthest.
        day: Date,
        /// Who sent them.
        senders: Names,
    },
    /// The policy was another one before, so that earlier days say nothing of it.
    PolicyChanged {
        /// The first day with the policy of now.
        day: Date,
    },
    /// No report is about the policy that is published.
    OtherPolicy,
    /// Sessions failed under DANE.
    FailuresUnderDane {
        /// How many.
        failures: u64,
        /// At which hosts, as far as that is told.
        hosts: Names,
    },
    /// Senders found no policy.
    PolicyNotFound {
        /// In how many sessions.
        sessions: u64,
    },
    /// The policy that is published does not allow mail servers of the domain.
    ServersNotAllowed {
        /// Which; none where the check names none.
        hosts: Vec<String>,
    },
    /// The domain publishes no policy that could be enforced.
    NothingToEnforce {
        /// What the check says of it, in a word.
        verdict: Verdict,
        /// The same in the check's own sentence.
        headline: String,
    },
    /// A check could not look up what the domain publishes.
    NotLookedUp,
    /// The policy is enforced already.
    EnforcedAlready,
}

/// Names that are told in a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Those that are told, cut to what a sentence can hold.
    pub list: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// Senders, and how often they failed: the highest share first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// Those that are told.
    pub list: Vec<Rate>,
    /// How many more there are.
    pub more: usize,
}

/// How often a sender failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Its name, cut to what a sentence can hold; empty where it gives none.
    pub sender: String,
    /// How many sessions failed.
    pub failures: u64,
    /// Of how many.
    pub sessions: u64,
}

impl EnforceReason {
    /// Whether it says that the policy was enforced already.
    pub(super) fn is_of_enforced(&self) -> bool {
        matches!(self, Self::EnforcedAlready | Self::Failures { is_enforced: true, .. })
    }

    /// The answer that there would be for this reason alone. The one that is furthest from yes is given.
    pub fn speaks_for(&self) -> SafeToEnforce {
        match self {
            Self::NoNumbers
            | Self::SeveralDomains { .. }
            | Self::NoReports { .. }
            | Self::NoNumbersAbout { .. }
            | Self::OtherDomains { .. }
            | Self::NumbersAboutOthers { .. }
            | Self::NoSessions { .. } => SafeToEnforce::Unknown,
            Self::Failures { can_be_chance: false, .. } | Self::ServersNotAllowed { .. } => SafeToEnforce::No,
            Self::NoPastDay
            | Self::NeverApplied { .. }
            | Self::FewDays { .. }
            | Self::FewDaysWithSessions { .. }
            | Self::Stale { .. }
            | Self::FewSessions { .. }
            | Self::OneSender { .. }
            | Self::Failures { can_be_chance: true, .. }
            | Self::PolicyNotRead { is_rare: false, .. }
            | Self::FailuresElsewhere { is_over: false, .. }
            | Self::OtherPolicy
            | Self::NothingToEnforce { .. }
            | Self::NotLookedUp => SafeToEnforce::NotYet,
            Self::NoFailures { .. }
            | Self::EarlierFailures { .. }
            | Self::PolicyNotRead { is_rare: true, .. }
            | Self::FailuresElsewhere { is_over: true, .. }
            | Self::FutureDay { .. }
            | Self::PolicyChanged { .. }
            | Self::FailuresUnderDane { .. }
            | Self::PolicyNotFound { .. }
            | Self::EnforcedAlready => SafeToEnforce::Yes,
        }
    }
}
