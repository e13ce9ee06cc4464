//! What answers of the DNS hold.

use std::net::IpAddr;

use crate::evidence::{Alias, Answer, Dns, Record};
use crate::name::{DomainName, is_within};
use crate::providers;
use crate::text::order;

/// The TXT records of an answer, the strings of each joined without spaces (RFC 8461 §3.1, RFC 8460 §3).
pub(crate) fn texts(dns: Dns<'_>) -> impl Iterator<Item = String> {
    records(dns).iter().filter_map(|record| match record {
        Record::Txt(strings) => {
            let joined: Vec<u8> = strings.iter().flat_map(|string| string.0.iter().copied()).collect();
            Some(String::from_utf8_lossy(&joined).into_owned())
        }
        _ => None,
    })
}

pub(crate) fn records(dns: Dns<'_>) -> &[Record] {
    if let Dns::Answer(answer) = dns { &answer.records } else { &[] }
}

/// MX hosts with their preference, each once, most preferred first; `""`, a null MX, is not one.
pub(crate) fn mx_hosts(records: &[Record]) -> Vec<(u16, &str)> {
    let exchange = |record| match record {
        &Record::Mx { preference, ref exchange } if !exchange.is_empty() => Some((preference, exchange.as_str())),
        _ => None,
    };
    let mut hosts: Vec<(u16, &str)> = records.iter().filter_map(exchange).collect();
    // By name within a preference: resolvers shuffle, and the report must not.
    order::sort_long(&mut hosts, &|one, other| (one.1, one.0) < (other.1, other.0));
    hosts.dedup_by(|later, kept| later.1 == kept.1);
    order::sort_long(&mut hosts, &|one, other| one < other);
    hosts
}

/// The addresses of an answer.
pub(crate) fn addresses(dns: Dns<'_>) -> impl Iterator<Item = IpAddr> {
    let records = if let Dns::Answer(answer) = dns { answer.records.as_slice() } else { &[] };
    records.iter().filter_map(|record| match record {
        Record::A(address) => Some(IpAddr::V4(*address)),
        Record::Aaaa(address) => Some(IpAddr::V6(*address)),
        _ => None,
    })
}

/// The names of an answer's name servers.
pub(crate) fn name_servers(dns: Dns<'_>) -> impl Iterator<Item = &str> {
    records(dns).iter().filter_map(|record| if let Record::Ns(name) = record { Some(name.as_str()) } else { None })
}

/// The zone that a domain's records are in. A domain with name servers is one itself; else the negative answer to some
/// question about it, or about a name right below it, says which it is in.
pub(crate) fn zone<'e>(domain: &'e DomainName, answers: impl IntoIterator<Item = Dns<'e>>) -> Option<&'e str> {
    let holds = |zone: &str| is_within(domain.as_str(), zone);
    answers.into_iter().find_map(|dns| match dns {
        Dns::Answer(answer) if answer.records.iter().any(|record| matches!(record, Record::Ns(_))) => {
            Some(domain.as_str())
        }
        // Behind an alias it is the zone of the alias's end.
        Dns::Answer(Answer { aliases, zone: Some(zone), .. }) if aliases.is_empty() => {
            Some(zone.as_str()).filter(|zone| zone.contains('.') && holds(zone))
        }
        _ => None,
    })
}

/// Whether a name is an alias of another, or of one that the same company operates.
pub(crate) fn leads_to_company_of(target: &str, aliases: &[Alias]) -> bool {
    let company = providers::operator(target);
    leads_to(target, aliases)
        || company.is_some() && aliases.iter().any(|alias| providers::operator(&alias.target) == company)
}

/// Whether a name is an alias of another, at once or by way of others.
pub(crate) fn leads_to(target: &str, aliases: &[Alias]) -> bool {
    aliases.iter().any(|alias| alias.target == target)
}
