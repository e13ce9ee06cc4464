//! The DNS records that a domain is to have: announce record and TLS-RPT record, and ids that are new.

use serde::Serialize;

use crate::evidence::{Alias, Dns};
use crate::facts::Facts;
use crate::facts::host::Host;
use crate::mend::dns_console::DnsConsole;
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::published::announce;
use crate::published::tls_rpt;
use crate::text::time::Timestamp;

/// Longest id (RFC 8461 §3.1).
const ID_LIMIT: usize = 32;

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

/// The announce record with this id.
pub(crate) fn announce(domain: &DomainName, facts: &Facts<'_>, console: &DnsConsole<'_>, id: &str) -> RecordAdvice {
    let alias = facts.announce.aliases().first();
    let why = match alias {
        Some(alias) => format!(
            "This name is now an alias (CNAME) for {}, so whoever runs that name decides the id. To publish your own \
             record, delete the alias first: the two cannot stand side by side.",
            alias.target
        ),
        None => {
            "It tells senders that there is a policy, and by a new id that the policy has changed. Set it after the \
                 file is in its place, and have only one record under this name that begins with v=STSv1."
                .to_owned()
        }
    };
    RecordAdvice {
        name: domain.announce_name(),
        host: console.host(Txt::Announce.label()),
        kind: "TXT".to_owned(),
        value: announce::render(id),
        action: action(
            facts.announce.dns,
            facts.announce.records.iter().any(announce::AnnounceRecord::is_attempt) || alias.is_some(),
        ),
        why,
    }
}

/// The announce record that senders find, or the alias that leads there; none where they find none.
pub(crate) fn announce_as_it_is(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
) -> Option<RecordAdvice> {
    let live = facts.announce.used()?;
    let (kind, value, why) = match facts.announce.aliases().first() {
        Some(alias) => (
            "CNAME",
            &alias.target,
            "This name is an alias, so whoever runs the other name says when the policy has changed.",
        ),
        None => (
            "TXT",
            &live.text,
            "It tells senders that there is a policy. Leave it as it is while the policy file stays the same; when the file \
             changes, give the record a new id.",
        ),
    };
    Some(RecordAdvice {
        name: domain.announce_name(),
        host: console.host(Txt::Announce.label()),
        kind: kind.to_owned(),
        value: value.clone(),
        action: RecordAction::Keep,
        why: why.to_owned(),
    })
}

/// The TLS-RPT record: the live one where it is sound.
pub(crate) fn tls_rpt(domain: &DomainName, facts: &Facts<'_>, console: &DnsConsole<'_>) -> RecordAdvice {
    let live = facts.tlsrpt.used();
    let mended = || facts.tlsrpt.judged().and_then(tls_rpt::TlsRptRecord::corrected);
    let value = live.map(|record| record.text.clone()).or_else(mended);
    let proposed = value.is_none();
    let attempt =
        facts.tlsrpt.records.iter().any(tls_rpt::TlsRptRecord::is_attempt) || !facts.tlsrpt.aliases().is_empty();
    let action = if live.is_some() { RecordAction::Keep } else { action(facts.tlsrpt.dns, attempt) };
    let why = if proposed {
        "It asks senders for a daily report of what went wrong with encryption. The mailbox in it is a proposal: put in \
         one that you read, or the address of a reporting service."
    } else {
        "It asks senders for a daily report of what went wrong with encryption."
    };
    let (kind, value) = match (live, facts.tlsrpt.aliases().first()) {
        (Some(_), Some(alias)) => ("CNAME", Some(alias.target.clone())),
        _ => ("TXT", value),
    };
    RecordAdvice {
        name: domain.tlsrpt_name(),
        host: console.host(Txt::TlsRpt.label()),
        kind: kind.to_owned(),
        value: value.unwrap_or_else(|| tls_rpt::render([format!("mailto:tls-reports@{domain}").as_str()])),
        action,
        why: why.to_owned(),
    }
}

/// The aliases by which a domain leaves record and policy to its mail provider (RFC 8461 §8.2).
pub(crate) fn delegated(
    domain: &DomainName,
    facts: &Facts<'_>,
    console: &DnsConsole<'_>,
    [announce, host]: [&str; 2],
) -> Vec<RecordAdvice> {
    let is_there = !facts.announce.records.is_empty() || !facts.announce.aliases().is_empty();
    let for_announce = action(facts.announce.dns, is_there);
    let for_host = host_action(&facts.host);
    let alias =
        |name: String, relative: &str, target: &str, live: &[Alias], there: RecordAction, why: &str| RecordAdvice {
            name,
            host: console.host(relative),
            kind: "CNAME".to_owned(),
            value: target.to_owned(),
            action: match live.first() {
                Some(alias) if alias.target == target => RecordAction::Keep,
                _ => there,
            },
            why: why.to_owned(),
        };
    vec![
        alias(
            domain.policy_host().as_str().to_owned(),
            "mta-sts",
            host,
            facts.host.aliases(),
            for_host,
            "The provider then serves the policy file. Nothing else may stand under this name.",
        ),
        alias(
            domain.announce_name(),
            "_mta-sts",
            announce,
            facts.announce.aliases(),
            for_announce,
            "The provider then says when its policy has changed. Nothing else may stand under this name.",
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
