//! The DNS records that a domain is to have: announce record and TLS-RPT record, and ids that are new.

use serde::Serialize;

use crate::evidence::{Alias, Dns};
use crate::facts::Facts;
use crate::facts::answers::leads_to_company_of;
use crate::facts::host::Host;
use crate::mend::dns_console::DnsConsole;
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::published::announce;
use crate::published::tag_list::Candidate;
use crate::published::tls_rpt;
use crate::text::time::Timestamp;

/// Longest id (RFC 8461 §3.1).
const ID_LIMIT: usize = 32;

/// One DNS record that is to be there, still without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordDecision {
    /// The whole name, without a dot at its end.
    pub name: String,
    /// The name as most consoles want it: relative to the zone, where that is known, and else to the domain.
    pub host: String,
    /// `TXT`, `CNAME` or `A`.
    pub kind: &'static str,
    /// Its value, without quotes.
    pub value: String,
    /// What is to be done, given what is there.
    pub action: RecordAction,
    /// Why, and what to mind, in order.
    pub why: Vec<RecordWhy>,
}

/// Why a record is to be there, and what to mind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RecordWhy {
    /// It tells senders of the policy, and by its id that the policy has changed.
    TellsOfPolicy,
    /// It does, and stays as it is while the file does.
    TellsOfSamePolicy,
    /// The name is an alias, and whoever runs its target sets the id.
    AliasStays,
    /// The name is an alias, which has to go first.
    AliasHasToGo {
        /// Where it leads.
        target: String,
    },
    /// It asks for reports.
    AsksForReports,
    /// It does, and its mailbox is a proposal.
    ProposesMailbox,
    /// By it the provider serves the policy file.
    ProviderServesFile,
    /// By it the provider sets the id.
    ProviderSetsId,
    /// The policy host leads to the domain's own file already.
    FileIsServed,
    /// The policy host has to lead to this way of serving the file, by its id.
    LeadsTo(&'static str),
}

/// What is to be done about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RecordAction {
    /// None is there.
    Add,
    /// Another is there, and goes.
    Replace,
    /// It is there, and right.
    Keep,
    /// Whether one is there could not be seen.
    Check,
}

/// Makes ids that differ from the live one and from each other.
pub(crate) struct Ids(Vec<String>);

impl Ids {
    /// None made yet; `live` is the id that is published.
    pub(crate) fn new(live: Option<&str>) -> Self {
        Self(live.map(str::to_owned).into_iter().collect())
    }

    /// An id of the form that RFC 8461 §3.1 wants, which reads as a date and time.
    pub(crate) fn fresh(&mut self, at: Timestamp) -> String {
        let time = crate::facts::fresh_id(at);
        let numbered = (2_u32..).map(|number| format!("{time}x{number}"));
        // There are more numbers than ids in the list, so one is free.
        let id = std::iter::once(time.clone()).chain(numbered).find(|id| !self.0.contains(id)).unwrap_or(time);
        debug_assert!(id.len() <= ID_LIMIT, "a date, a time and a small number are short");
        self.0.push(id.clone());
        id
    }
}

/// The announce record with this value.
pub(crate) fn announce(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
    value: String,
) -> RecordDecision {
    let alias = facts.announce.aliases().first();
    let is_there = facts.announce.records.iter().any(announce::AnnounceRecord::is_attempt) || alias.is_some();
    RecordDecision {
        name: domain.announce_name(),
        host: console.host(Txt::Announce.label()),
        kind: "TXT",
        value,
        action: action(facts.announce.dns, is_there),
        why: vec![match alias {
            Some(alias) => RecordWhy::AliasHasToGo { target: alias.target.clone() },
            None => RecordWhy::TellsOfPolicy,
        }],
    }
}

/// The announce record that senders find, or the alias that leads there; none where they find none.
pub(crate) fn announce_as_it_is(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
) -> Option<RecordDecision> {
    let live = facts.announce.used()?;
    let (kind, value, why) = match facts.announce.aliases().first() {
        Some(alias) => ("CNAME", &alias.target, RecordWhy::AliasStays),
        None => ("TXT", &live.text, RecordWhy::TellsOfSamePolicy),
    };
    Some(RecordDecision {
        name: domain.announce_name(),
        host: console.host(Txt::Announce.label()),
        kind,
        value: value.clone(),
        action: RecordAction::Keep,
        why: vec![why],
    })
}

/// The TLS-RPT record: the live one where it is sound, and else what the check gives to paste.
pub(crate) fn tls_rpt(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
    pasted: Option<String>,
) -> RecordDecision {
    let live = facts.tlsrpt.used();
    let mended = || facts.tlsrpt.judged().and_then(tls_rpt::TlsRptRecord::corrected);
    let proposed = tls_rpt::render([format!("mailto:tls-reports@{domain}").as_str()]);
    let value = live.map(|record| record.text.clone()).or(pasted).or_else(mended);
    let is_proposed = value.as_ref().is_none_or(|value| *value == proposed);
    let why = if is_proposed { RecordWhy::ProposesMailbox } else { RecordWhy::AsksForReports };
    let attempt =
        facts.tlsrpt.records.iter().any(tls_rpt::TlsRptRecord::is_attempt) || !facts.tlsrpt.aliases().is_empty();
    let action = if live.is_some() { RecordAction::Keep } else { action(facts.tlsrpt.dns, attempt) };
    let (kind, value) = match (live, facts.tlsrpt.aliases().first()) {
        (Some(_), Some(alias)) => ("CNAME", Some(alias.target.clone())),
        _ => ("TXT", value),
    };
    RecordDecision {
        name: domain.tlsrpt_name(),
        host: console.host(Txt::TlsRpt.label()),
        kind,
        value: value.unwrap_or(proposed),
        action,
        why: vec![why],
    }
}

/// The aliases by which a domain leaves record and policy to its mail provider (RFC 8461 §8.2).
pub(crate) fn delegated(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
    [announce, host]: [&str; 2],
) -> Vec<RecordDecision> {
    let is_there = !facts.announce.records.is_empty() || !facts.announce.aliases().is_empty();
    let for_announce = action(facts.announce.dns, is_there);
    let for_host = host_action(&facts.host);
    let alias = |name: String, label: &str, target: &str, live: &[Alias], there: RecordAction, why: RecordWhy| {
        // Another name of the same company does as well, and is not replaced.
        let own = live.first().filter(|_| leads_to_company_of(target, live));
        let is_right = own.is_some();
        RecordDecision {
            name,
            host: console.host(label),
            kind: "CNAME",
            value: own.map_or(target, |alias| alias.target.as_str()).to_owned(),
            action: if is_right { RecordAction::Keep } else { there },
            why: vec![why],
        }
    };
    vec![
        alias(
            domain.policy_host().as_str().to_owned(),
            "mta-sts",
            host,
            facts.host.aliases(),
            for_host,
            RecordWhy::ProviderServesFile,
        ),
        alias(
            domain.announce_name(),
            Txt::Announce.label(),
            announce,
            facts.announce.aliases(),
            for_announce,
            RecordWhy::ProviderSetsId,
        ),
    ]
}

/// What is to be done about the policy host's own record, where it is to lead elsewhere.
pub(crate) fn host_action(host: &Host<'_>) -> RecordAction {
    if host.addresses().next().is_some() || !host.aliases().is_empty() {
        RecordAction::Replace
    } else if [host.v4, host.v6].iter().all(|dns| matches!(dns, Dns::Answer(_))) {
        RecordAction::Add
    } else {
        RecordAction::Check
    }
}

fn action(dns: Dns<'_>, attempt: bool) -> RecordAction {
    match dns {
        Dns::Answer(_) if attempt => RecordAction::Replace,
        Dns::Answer(_) => RecordAction::Add,
        Dns::Pending | Dns::Bogus { .. } | Dns::Unanswered(_) | Dns::Failed(_) => RecordAction::Check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_never_one_that_was_there() {
        let at: Timestamp = "2026-11-24T09:30:00Z".parse().expect("a time");
        let mut ids = Ids::new(Some("20261124T0930"));
        let made: Vec<String> = (0..40).map(|_| ids.fresh(at)).collect();
        for (index, id) in made.iter().enumerate() {
            assert!(id != "20261124T0930" && !made[..index].contains(id), "{id}");
            let parsed = announce::parse(announce::render(id));
            assert!(parsed.is_valid() && parsed.id.is_some_and(|read| read.value == *id), "{id}");
        }
        assert_eq!(Ids::new(None).fresh(at), "20261124T0930");
    }
}
