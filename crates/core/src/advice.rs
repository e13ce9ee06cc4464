//! What to publish: the policy that the live MX hosts call for, the records beside it, ready configuration for serving the
//! file, and plans with dates. Nothing that judges a domain reads this module.

mod ahead;
mod calendar;
mod hosting;
mod live;
mod move_mail;
mod proposal;
mod records;
mod removal;
mod roll_out;
mod schedule;

use serde::Serialize;

pub use crate::providers::mx_line::{LineSource, MxLine};
pub use ahead::advise_ahead;
pub use hosting::{HostFile, Hosting};
pub use live::{Live, LiveState};
pub use proposal::{Delegation, NotNeeded, PolicyAdvice, PolicyProposal};
pub use records::{RecordAction, RecordAdvice};
pub use schedule::{GoalName, Schedule, Step};

use crate::api::problem::Problem;
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::facts::history;
use crate::mend::dns_console::DnsConsole;
use crate::name::DomainName;
use crate::providers::mx_line::{self, Lines};
use crate::published::policy::Mode;
use crate::report::Providers;
use crate::rules;
use crate::text::time::Date;
use crate::text::time::Timestamp;
use crate::verdict::{self, snapshot};
use records::Ids;
use schedule::Draft;

/// Days that a policy is to be tested before it is enforced: reports come daily (RFC 8460 §4.1), from few senders at first.
pub const TEST_DAYS: u32 = 14;

/// Most MX hosts that a request may name as those that the mail moves to.
const MOVE_TO_LIMIT: usize = 20;

/// What somebody wants to get to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// An enforced policy.
    RollOut,
    /// No policy.
    Removal {
        /// The longest `max_age` that was ever served, in seconds, where somebody knows it.
        longest_max_age: Option<u32>,
    },
    /// Another mail provider.
    Move(MoveTo),
}

/// Where mail moves to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveTo(Lines);

impl Goal {
    /// Reads the parameters of a request: `goal` as [`GoalName`] spells it, roll-out where there is none; `to`, for a move,
    /// a provider's id, in any case, or the new MX hosts, parted by commas; `max_age`, for a removal, in seconds.
    pub fn parse(goal: Option<&str>, to: Option<&str>, max_age: Option<&str>) -> Result<Self, Problem> {
        match goal.map(str::trim) {
            None | Some("" | "roll-out") => Ok(Self::RollOut),
            Some("removal") => {
                // A form sends a field that was left empty, too.
                let given = max_age.map(str::trim).filter(|text| !text.is_empty());
                Ok(Self::Removal { longest_max_age: given.map(seconds).transpose()? })
            }
            Some("move") => MoveTo::parse(to.unwrap_or_default()).map(Self::Move),
            Some(_) => Err(Problem::invalid_parameter("The parameter `goal` is one of roll-out, removal and move.")),
        }
    }
}

/// A time in digits. One that is too long for a number is longer than the RFC allows, as others may be, and counts as that.
fn seconds(text: &str) -> Result<u32, Problem> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.parse().unwrap_or(u32::MAX));
    }
    Err(Problem::invalid_parameter(
        "The parameter `max_age` is the longest max_age that you ever served, in seconds and in digits alone, as in \
         max_age=604800. If you do not know it, leave it out.",
    ))
}

impl MoveTo {
    /// Reads where mail goes: a provider's id, or MX hosts, parted by commas.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let hosts = || text.split(',').map(str::trim).filter(|host| !host.is_empty());
        let is_host = |host: &str| mx_line::is_host(host.strip_suffix('.').unwrap_or(host));
        let lines = match Lines::for_provider(&text.trim().to_ascii_lowercase()) {
            Some(lines) => Some(lines),
            None if hosts().count() <= MOVE_TO_LIMIT && hosts().all(is_host) => Some(Lines::for_hosts(hosts())),
            None => None,
        };
        lines.filter(|lines| !lines.lines.is_empty()).map(Self).ok_or_else(|| {
            Problem::invalid_parameter(&format!(
                "For a move, the parameter `to` says where to: the new provider's mail servers, at most {MOVE_TO_LIMIT} of \
                 them and parted by commas, as in to=mx1.mail-host.net,mx2.mail-host.net; or one of {}.",
                Lines::provider_ids().join(", ")
            ))
        })
    }
}

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

/// Advises a domain on a goal, from what was seen of it. A pure function, over partial evidence too: what is not known is
/// not advised on.
pub fn advise(evidence: &Evidence, now: Timestamp, goal: &Goal) -> Advice {
    let facts = Facts::read(evidence, now);
    let domain = &evidence.domain;
    let console = DnsConsole::of(&facts);
    let live = Live::of(&facts);
    let (policy, lines) = proposal::propose(domain, &facts, &console, &live);
    let tls_rpt = records::tls_rpt(domain, &facts, &console);
    let draft = Draft::new(domain, &console, now, live.id.as_deref(), facts.serves_policy());
    // What a policy in mode none says of itself is not what was served before it.
    let remembered = live.max_age.filter(|_| facts.mode() != Some(Mode::None));
    let kept_until = |modes: &[Mode]| history::kept_until(&facts.history, facts.checked_at, modes);
    let snapshot = snapshot::snapshot(&facts, verdict::judge(&facts).0);
    let plan = match goal {
        Goal::RollOut => roll_out::plan(draft, &live, &facts, &policy, &lines, &tls_rpt),
        Goal::Removal { longest_max_age } => {
            let kept = kept_until(&[Mode::Enforce, Mode::Testing]);
            removal::plan(draft, &live, remembered, *longest_max_age, kept)
        }
        Goal::Move(MoveTo(new)) => {
            let seen = move_mail::Remembered { max_age: remembered, kept: kept_until(&[Mode::Enforce]) };
            move_mail::plan(draft, &live, seen, &policy, lines, new, &tls_rpt)
        }
    };
    let (records, hosting) = match &policy {
        PolicyAdvice::Serve(proposal) => {
            // Where the policy stays as it is, so does its id, unless senders may keep another policy under it.
            let announce = records::announce_as_it_is(domain, &facts, &console)
                .filter(|_| proposal.is_served(&live) && !rules::history::needs_new_id(&facts, snapshot.as_ref()));
            let announce = announce.unwrap_or_else(|| {
                let id = Ids::new(live.id.as_deref()).fresh(now);
                records::announce(domain, &facts, &console, &id)
            });
            (
                vec![announce, tls_rpt],
                hosting::all(domain, console.host("mta-sts"), &proposal.text, host_action(&facts, &console)),
            )
        }
        _ => (Vec::new(), Vec::new()),
    };
    Advice {
        domain: domain.clone(),
        today: now.date(),
        providers: Providers { mail: facts.mx.providers.clone(), dns: facts.dns_host.clone() },
        live,
        policy,
        records,
        hosting,
        plan,
    }
}

/// What is to be done about the policy host's own record: one that leads to the domain's own file is right, wherever that is.
fn host_action(facts: &Facts<'_>, console: &DnsConsole<'_>) -> RecordAction {
    if facts.usable_policy().is_some() && !console.file_operator().is_some() {
        RecordAction::Keep
    } else {
        records::host_action(&facts.host)
    }
}
