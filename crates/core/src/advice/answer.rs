//! The answer's shape: what a domain is told to publish, in words, as the API gives it. Change it only by adding.

use serde::Serialize;

use super::goal::GoalName;
use super::live::Live;
use super::proposal::NotNeeded;
use super::records::RecordAction;
use crate::name::DomainName;
use crate::providers::mx_line::MxLine;
use crate::report::{Copyable, Providers};
use crate::text::time::Date;

/// Everything that is advised to a domain.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Advice {
    /// The domain, as A-labels.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub domain: DomainName,
    /// The day that plans begin on, in UTC.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub today: Date,
    /// Who runs the mail and the DNS.
    pub providers: Providers,
    /// What is there now.
    pub live: Live,
    /// The policy that the live MX hosts call for, or why there is none.
    pub policy: PolicyAdvice,
    /// The records beside it; empty where no policy is to be served.
    pub records: Vec<RecordAdvice>,
    /// Ways to serve it; empty where no policy is to be served.
    pub hosting: Vec<Hosting>,
    /// What to do, with dates.
    pub plan: Schedule,
}

/// What policy a domain needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PolicyAdvice {
    /// This one.
    Serve(PolicyProposal),
    /// None: there is no mail to protect.
    NotNeeded {
        /// Why, for programs.
        reason: NotNeeded,
        /// Why, for people.
        why: String,
    },
    /// None can be written: the MX records name no host that a policy could.
    NotPossible {
        /// Why, and what to do first.
        why: String,
    },
    /// The MX records could not be looked at, or DNSSEC signatures do not hold.
    Unknown {
        /// What to do.
        why: String,
    },
}

/// A policy to serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PolicyProposal {
    /// Where it is to be served.
    pub url: String,
    /// The whole file.
    pub text: String,
    /// Its mode: `testing`, or `enforce` where that is live already.
    pub mode: String,
    /// Its `max_age`, in seconds.
    pub max_age: u32,
    /// Its `mx:` lines, with where each comes from.
    pub lines: Vec<MxLine>,
    /// What to mind, in sentences.
    pub notes: Vec<String>,
    /// MX records that no line can allow; while there are some, the policy must not be enforced.
    pub unlistable: Vec<String>,
    /// Where the mail provider can serve the policy itself: the records that leave it to them, instead of a file.
    pub delegation: Option<Delegation>,
}

/// A mail provider that serves the policy of its customers (RFC 8461 §8.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Delegation {
    /// What it means to leave it to them.
    pub why: String,
    /// The records that do so.
    pub records: Vec<RecordAdvice>,
}

/// One DNS record that is to be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RecordAdvice {
    /// The whole name, without a dot at its end.
    pub name: String,
    /// The name as most consoles want it: relative to the zone, where that is known, and else to the domain.
    pub host: String,
    /// `TXT` or `CNAME`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its value, without quotes.
    pub value: String,
    /// What is to be done, given what is there.
    pub action: RecordAction,
    /// Why, in a sentence, and what to mind.
    pub why: String,
}

/// One way to serve the policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Hosting {
    /// Stable, for scripts.
    pub id: String,
    /// For people.
    pub name: String,
    /// Files to make.
    pub files: Vec<HostFile>,
    /// How the policy host leads there; none where the platform makes that record itself.
    pub record: Option<RecordAdvice>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What goes wrong there, in sentences.
    pub traps: Vec<String>,
}

/// A file to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct HostFile {
    /// Where it goes: an absolute path on a server, or one in the repository or folder that is uploaded.
    pub path: String,
    /// The whole of it; empty where an empty file is meant.
    pub content: String,
}

/// What is to be done over the next days and weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Schedule {
    /// What for.
    pub goal: GoalName,
    /// Where the domain stands and what comes, in a sentence or two.
    pub summary: String,
    /// In the order in which they are to be done; empty where there is nothing to do, or nothing can be said.
    pub steps: Vec<ScheduledStep>,
    /// The steps as a calendar file (RFC 5545), for `text/calendar`; empty where there are none.
    pub calendar: String,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema), ts(rename = "Step"), schemars(rename = "Step"))]
pub struct ScheduledStep {
    /// The earliest day for it, in UTC.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub date: Date,
    /// A few plain words.
    pub title: String,
    /// What to do and why, a sentence or two each.
    pub text: Vec<String>,
    /// Texts to paste.
    pub copy: Vec<Copyable>,
}
