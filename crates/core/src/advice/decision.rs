//! What a domain is advised, as types: nothing of it is in words yet.

use super::draft::Draft;
use super::goal::Goal;
use super::hosting::{self, HostingWay};
use super::live::Live;
use super::own_way::value_now;
use super::proposal::{self, NoPolicy, NotKnown, PolicyDecision};
use super::records::{self, Ids, RecordAction, RecordDecision};
use super::task::{Summary, TaskPlan};
use super::{move_mail, removal, roll_out};
use crate::facts::{Facts, history};
use crate::mend::dns_console::DnsConsole;
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::published::announce;
use crate::published::policy::Mode;
use crate::report::{Finding, Providers};
use crate::text::time::Timestamp;

/// Everything that is advised to a domain, still without words.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The domain.
    pub domain: DomainName,
    /// Who runs the mail and the DNS.
    pub providers: Providers,
    /// What is there now.
    pub live: Live,
    /// The policy that the live MX hosts call for, or why there is none.
    pub policy: PolicyDecision,
    /// The records beside it; empty where no policy is to be served.
    pub records: Vec<RecordDecision>,
    /// Ways to serve it; empty where no policy is to be served.
    pub hosting: Vec<HostingWay>,
    /// What to do, with dates.
    pub plan: TaskPlan,
}

/// Rules that report that senders may keep another policy under the id that is there.
const ID_IS_STALE: [&str; 2] = ["history-policy-changed-id-same", "history-record-before-policy"];

/// Decides what to advise a domain on a goal, from what was seen of it and what a check found in that.
pub(super) fn of(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
    findings: &[Finding],
    now: Timestamp,
    goal: &Goal,
) -> Decision {
    let live = Live::of(facts);
    let (policy, lines) = proposal::propose(domain, facts, console, &live);
    let tls_rpt = records::tls_rpt(domain, facts, console, value_now(console, findings, Txt::TlsRpt));
    // Where the record's name is an alias, what the check gives to paste is for taking it back.
    let announced = value_now(console, findings, Txt::Announce).filter(|_| console.operator(Txt::Announce).is_none());
    let announced = announced.as_deref();
    let draft = Draft::new(domain, console, now, live.id.as_deref(), facts.serves_policy(), announced);
    // What a policy in mode none says of itself is not what was served before it.
    let remembered = live.max_age.filter(|_| facts.mode() != Some(Mode::None));
    let kept_until = |modes: &[Mode]| history::kept_until(&facts.history, facts.checked_at, modes);
    let plan = match goal {
        Goal::RollOut => roll_out::plan(draft, &live, facts, findings, &policy, &lines, &tls_rpt),
        Goal::Removal { longest_max_age } => {
            let kept = kept_until(&[Mode::Enforce, Mode::Testing]);
            removal::plan(draft, &live, &lines, remembered, *longest_max_age, kept)
        }
        Goal::Move(to) => {
            let seen = move_mail::Remembered { max_age: remembered, kept: kept_until(&[Mode::Enforce]) };
            move_mail::plan(draft, &live, seen, &policy, lines, to.lines(), &tls_rpt)
        }
    };
    let is_stale = || findings.iter().any(|finding| ID_IS_STALE.contains(&finding.rule.as_str()));
    let providers = Providers { mail: facts.mx.providers.clone(), dns: facts.dns_host.clone() };
    let (records, hosting) = match &policy {
        PolicyDecision::Serve(proposal) => {
            // Where the policy stays as it is, so does its id, unless senders may keep another policy under it.
            let announce = records::announce_as_it_is(domain, facts, console)
                .filter(|_| proposal.is_served(&live) && !is_stale())
                .filter(|record| announced.is_none_or(|value| record.value == value));
            let announce = announce.unwrap_or_else(|| {
                let fresh = || announce::render(&Ids::new(live.id.as_deref()).fresh(now));
                records::announce(domain, facts, console, announced.map_or_else(fresh, str::to_owned))
            });
            let relative = console.host("mta-sts");
            let action = host_action(facts, console);
            let hosting = hosting::all(domain, &relative, &proposal.text, action, &providers);
            (vec![announce, tls_rpt], hosting)
        }
        PolicyDecision::ServeNone(_) => (Vec::new(), Vec::new()),
    };
    Decision { domain: domain.clone(), providers, live, policy, records, hosting, plan }
}

/// Makes of a decision one for which the new provider's console has to be looked at first.
pub(super) fn has_to_look_up_servers(decision: &mut Decision) {
    let why = NoPolicy::NotKnown(NotKnown::NewServers);
    decision.policy = PolicyDecision::ServeNone(why);
    decision.plan.summary = Summary::NoPolicy(why);
    decision.records.clear();
    decision.hosting.clear();
    decision.plan.tasks.clear();
}

/// What is to be done about the policy host's own record: one that leads to the domain's own file is right, wherever that is.
fn host_action(facts: &Facts<'_>, console: &DnsConsole<'_>) -> RecordAction {
    if facts.usable_policy().is_some() && console.file_operator().is_none() {
        RecordAction::Keep
    } else {
        records::host_action(&facts.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn the_rules_that_a_plan_names_are_in_the_catalogue() {
        for id in ID_IS_STALE.iter().chain(&roll_out::LONGER) {
            assert!(rules::all().any(|rule| rule.id == *id), "{id}");
        }
    }
}
