//! What to publish: the policy that the live MX hosts call for, the records beside it, ready configuration for serving the
//! file, and plans with dates. Nothing that judges a domain reads this module.
//!
//! Advice depends on what was seen of a domain and on what a check found in that. [`decide`] finds all of it as types, and
//! [`advise`] puts that into words; both judge the evidence first. Whoever has a report already takes [`advise_judged`],
//! which carries no rules.

mod ahead;
mod answer;
mod calendar;
mod decision;
mod draft;
mod english;
mod goal;
mod hosting;
mod live;
mod move_mail;
mod own_way;
mod proposal;
mod records;
mod removal;
mod roll_out;
mod task;
mod words;

pub use crate::providers::mx_line::{LineSource, MxLine};
pub use answer::{Advice, Delegation, HostFile, Hosting, PolicyAdvice, PolicyProposal, RecordAdvice};
pub use answer::{Schedule, ScheduledStep};
pub use decision::Decision;
pub(crate) use goal::MOVE_TO_LIMIT;
pub use goal::{Goal, GoalError, GoalName, MoveTo, MoveToError};
pub use hosting::HostingWay;
pub use live::{Live, LiveState};
pub use proposal::{NoPolicy, NotKnown, NotNeeded, NotPossible, Note, PolicyDecision, Proposal};
pub use records::{RecordAction, RecordDecision, RecordWhy};
pub use roll_out::TEST_DAYS;
pub use task::{Allowed, Fix, Sentence, StartsFrom, Summary, Task, TaskKind, TaskPlan};

use crate::evaluate::findings;
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::mend::dns_console::DnsConsole;
use crate::name::DomainName;
use crate::report::Finding;
use crate::text::time::Timestamp;

/// Advises a domain on a goal, from what was seen of it. A pure function, over partial evidence too: what is not known is
/// not advised on.
pub fn advise(evidence: &Evidence, now: Timestamp, goal: &Goal) -> Advice {
    advise_judged(evidence, &findings(evidence, now), now, goal)
}

/// The same, where the evidence is judged already. `findings` are those of the report on it.
pub fn advise_judged(evidence: &Evidence, findings: &[Finding], now: Timestamp, goal: &Goal) -> Advice {
    let facts = Facts::read(evidence, now);
    let console = DnsConsole::of(&facts);
    words::advice(&console, decision::of(&evidence.domain, &facts, &console, findings, now, goal), now)
}

/// Decides what to advise a domain on a goal: what [`advise`] puts into words.
pub fn decide(evidence: &Evidence, now: Timestamp, goal: &Goal) -> Decision {
    let facts = Facts::read(evidence, now);
    let console = DnsConsole::of(&facts);
    decision::of(&evidence.domain, &facts, &console, &findings(evidence, now), now, goal)
}

/// Advises on a domain of which nothing is published but that its mail goes there: an enforced policy, from nothing. A
/// pure function with no evidence, so that a plan can be made before the domain is there. It needs no findings: all that a
/// check finds there is what the plan does anyway.
pub fn advise_ahead(domain: DomainName, now: Timestamp, mail: &MoveTo) -> Advice {
    let evidence = ahead::imagined(domain, now, mail);
    let facts = Facts::read(&evidence, now);
    let console = DnsConsole::of(&facts);
    let mut decision = decision::of(&evidence.domain, &facts, &console, &[], now, &Goal::RollOut);
    if mail.has_to_be_looked_up() {
        decision::has_to_look_up_servers(&mut decision);
    }
    ahead::forget_made_up(&mut decision, mail);
    words::advice(&console, decision, now)
}
