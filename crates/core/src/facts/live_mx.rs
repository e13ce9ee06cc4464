//! The MX records that are live, and what they lead to.

use std::net::IpAddr;

use super::answers::{mx_hosts, records};
use super::host::Host;
use crate::evidence::{Dns, Evidence, Rcode, Record};
use crate::lookup::RecordType;
use crate::lookup::limits::{FURTHER_LIMIT, MX_HOST_LIMIT};
use crate::lookup::public_address::is_public;
use crate::name::labels::tlsa_name;
use crate::name::{DomainName, has_usual_ending, is_local, is_within, without_zone};
use crate::providers::{self, Provider, mx_line};
use crate::published::policy;
use crate::published::policy::live_hosts::LiveHosts;

/// The MX records and what they lead to.
pub struct LiveMx<'e> {
    /// What is known of them.
    pub dns: Dns<'e>,
    /// The hosts, most preferred first; a null MX is not one.
    pub hosts: Vec<MxHost<'e>>,
    /// Whether a null MX is among the records (RFC 7505).
    pub null: bool,
    /// The domain's own addresses, asked for where there is no MX (RFC 5321 §5.1).
    pub own: Host<'e>,
    /// Mail providers of the hosts, each once, most preferred first.
    pub providers: Vec<Provider>,
}

/// One live MX host.
pub struct MxHost<'e> {
    /// Name in the MX record.
    pub host: String,
    /// Lower is tried first.
    pub preference: u16,
    /// Its addresses; pending where they are not looked up.
    pub addresses: Host<'e>,
    /// TLSA records of its mail service, for DANE (RFC 7672).
    pub tlsa: Dns<'e>,
    /// Whether its addresses are looked up at all: those of the first few hosts are.
    pub looked_up: bool,
    /// The first pattern of the policy that allows it.
    pub matched_by: Option<String>,
    /// Whether mail from the internet can reach it.
    pub reach: Reach,
}

/// Whether mail from the internet can reach a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It has a public address.
    Open,
    /// Its addresses are still to come.
    Pending,
    /// They could not be looked up, or are not.
    Unknown,
    /// None can. Such a host is in no policy that we propose, and its being left out of one puts no mail at risk.
    Never(Never),
}

/// Why no mail from the internet can reach a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {
    /// An address stands where a name belongs.
    Address,
    /// It is not the name of a host.
    NoHostName,
    /// The name means something inside one computer or network only.
    Local,
    /// Microsoft had it published once, to see whose the domain is (RFC 6761 §6.4: it leads nowhere).
    Leftover,
    /// The DNS console added the zone to another name.
    ZoneAdded,
    /// Its addresses are private.
    Private,
    /// It has no address.
    NoAddress,
}

impl MxHost<'_> {
    /// Whether it is known that no mail from the internet can reach it.
    pub fn is_never_reached(&self) -> bool {
        matches!(self.reach, Reach::Never(_))
    }
}

impl<'e> LiveMx<'e> {
    pub(super) fn read(evidence: &'e Evidence, policy: Option<&policy::Policy<'e>>) -> Self {
        let domain = evidence.domain.as_str();
        let dns = evidence.dns(domain, RecordType::Mx);
        let hosts = mx_hosts(records(dns));
        let patterns = policy.map_or(&[][..], |policy| &policy.mx);
        let allowed_by = LiveHosts::of(hosts.iter().map(|(_, host)| *host)).allowed_by(patterns);
        let looked_up = looked_up(&hosts);
        let hosts: Vec<MxHost<'e>> = hosts
            .into_iter()
            .zip(allowed_by)
            .map(|((preference, host), allowed_by)| {
                let addresses = Host::of_mx(evidence, host);
                let looked_up = looked_up.contains(&host);
                // A check that comes near its last request may not ask for all of them.
                let is_to_come = looked_up && evidence.observations.len() < FURTHER_LIMIT;
                // What is not a host name can fit a wildcard by accident, and no authority issues a certificate for it.
                let pattern = allowed_by.filter(|_| mx_line::is_host(host) || !host.contains('.'));
                MxHost {
                    host: host.to_owned(),
                    preference,
                    reach: reach(host, domain, &addresses, is_to_come),
                    addresses,
                    tlsa: evidence.dns(&tlsa_name(host), RecordType::Tlsa),
                    looked_up,
                    matched_by: pattern
                        .and_then(|at| patterns.get(at))
                        .map(|pattern| pattern.value.as_str().to_owned()),
                }
            })
            .collect();
        let is_null = |record: &Record| matches!(record, Record::Mx { exchange, .. } if exchange.is_empty());
        Self {
            providers: providers::mail(hosts.iter().map(|mx| mx.host.as_str())),
            null: records(dns).iter().any(is_null),
            own: Host::read(evidence, domain),
            dns,
            hosts,
        }
    }

    /// Whether every live MX host is run by the provider with this id.
    pub(crate) fn is_all_at(&self, provider: &str) -> bool {
        let theirs = |host: &str| providers::of_mx_host(host).is_some_and(|known| known.id == provider);
        !self.hosts.is_empty() && self.hosts.iter().all(|mx| theirs(&mx.host))
    }

    /// Whether a definite answer is in.
    pub fn known(&self) -> bool {
        matches!(self.dns, Dns::Answer(_))
    }

    /// Whether the domain does not exist at all.
    pub fn no_such_domain(&self) -> bool {
        // Behind an alias it is the alias's end that does not.
        matches!(self.dns, Dns::Answer(answer) if answer.rcode == Rcode::NAME_ERROR && answer.aliases.is_empty())
    }

    /// The hosts that mail may reach.
    pub(crate) fn reached(&self) -> impl Iterator<Item = &MxHost<'e>> {
        self.hosts.iter().filter(|mx| !mx.is_never_reached())
    }

    /// Whether there are MX hosts, and mail can reach none of them.
    pub(crate) fn is_never_reached(&self) -> bool {
        !self.hosts.is_empty() && self.reached().next().is_none()
    }

    /// Whether the domain says that it takes no mail: a null MX, and no other (RFC 7505 §3).
    pub fn refuses_mail(&self) -> bool {
        self.null && self.hosts.is_empty()
    }

    /// Whether the domain exists and has no MX records at all, so that its own address takes the mail.
    pub fn is_implicit(&self) -> bool {
        self.known() && !self.no_such_domain() && self.hosts.is_empty() && !self.null
    }

    /// Whether there is neither an MX record nor an address of the domain's own, so that nobody can deliver.
    pub fn has_nowhere(&self) -> bool {
        self.is_implicit() && self.own.has_none()
    }
}

/// Whether mail from the internet can reach a host: the one answer that policies, plans, findings and the verdict go by.
fn reach(host: &str, domain: &str, addresses: &Host<'_>, is_to_come: bool) -> Reach {
    if let Some(never) = never_by_name(host, domain) {
        return Reach::Never(never);
    }
    let mut known = addresses.addresses().peekable();
    if known.peek().is_none() && addresses.has_none() {
        let is_added = without_zone(host, domain).is_some_and(has_usual_ending);
        return Reach::Never(if is_added { Never::ZoneAdded } else { Never::NoAddress });
    }
    let is_answered = |dns| matches!(dns, Dns::Answer(_));
    if known.any(is_public) {
        Reach::Open
    } else if is_answered(addresses.v4) && is_answered(addresses.v6) {
        Reach::Never(Never::Private)
    } else if is_to_come && [addresses.v4, addresses.v6].iter().any(|dns| matches!(dns, Dns::Pending)) {
        Reach::Pending
    } else {
        Reach::Unknown
    }
}

/// What a name says by itself.
fn never_by_name(host: &str, domain: &str) -> Option<Never> {
    if host.parse::<IpAddr>().is_ok() {
        return Some(Never::Address);
    }
    if host.ends_with(".msv1.invalid") {
        return Some(Never::Leftover);
    }
    if is_local(host) {
        return Some(Never::Local);
    }
    if !is_resolvable(host) {
        return Some(Never::NoHostName);
    }
    // Where a wildcard gives it an address, that is another server's.
    let is_added = |rest: &str| providers::of_mx_host(rest).is_some() || is_within(rest, domain);
    without_zone(host, domain).is_some_and(is_added).then_some(Never::ZoneAdded)
}

/// Those MX hosts whose addresses are looked up.
pub(crate) fn looked_up<'h>(hosts: &[(u16, &'h str)]) -> Vec<&'h str> {
    hosts.iter().map(|(_, host)| *host).filter(|host| is_resolvable(host)).take(MX_HOST_LIMIT).collect()
}

/// Whether a name in an MX record is worth asking for: not an address, and not a name that could never be public. An
/// underscore makes it none that a policy could name, and mail is delivered there all the same.
pub(crate) fn is_resolvable(host: &str) -> bool {
    !is_local(host) && DomainName::from_ascii(&host.replace('_', "x")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_never_public_are_not_asked_for() {
        for host in ["mail.shop.com", "mail_1.shop.com", "_mail.shop.com", "mail.shop_2.com"] {
            assert!(is_resolvable(host), "{host}");
        }
        let never = [
            "mail",
            "192.0.2.1",
            "mail.localhost",
            "mail_1.internal",
            "_mail.corp.local",
            "_",
            "a_b\\000.com",
            "a_b\\064evil.com",
            "<b>_.com",
            "a_..com",
        ];
        for host in never {
            assert!(!is_resolvable(host), "{host}");
        }
    }
}
