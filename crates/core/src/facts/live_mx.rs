//! The MX records that are live, and what they lead to.

use super::answers::{mx_hosts, records};
use super::host::Host;
use crate::evidence::{Dns, Evidence, Rcode, Record};
use crate::lookup::RecordType;
use crate::lookup::limits::MX_HOST_LIMIT;
use crate::name::DomainName;
use crate::name::labels::tlsa_name;
use crate::providers::{self, Provider};
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
            .map(|((preference, host), allowed_by)| MxHost {
                host: host.to_owned(),
                preference,
                addresses: Host::of_mx(evidence, host),
                tlsa: evidence.dns(&tlsa_name(host), RecordType::Tlsa),
                looked_up: looked_up.contains(&host),
                matched_by: allowed_by.and_then(|at| patterns.get(at)).map(|pattern| pattern.value.as_str().to_owned()),
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
        matches!(self.dns, Dns::Answer(answer) if answer.rcode == Rcode::NAME_ERROR)
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

/// Those MX hosts whose addresses are looked up.
pub(crate) fn looked_up<'h>(hosts: &[(u16, &'h str)]) -> Vec<&'h str> {
    hosts.iter().map(|(_, host)| *host).filter(|host| is_resolvable(host)).take(MX_HOST_LIMIT).collect()
}

/// Whether a name in an MX record is worth asking for: not an address, and not a name that could never be public. An
/// underscore makes it none that a policy could name, and mail is delivered there all the same.
pub(crate) fn is_resolvable(host: &str) -> bool {
    DomainName::from_ascii(&host.replace('_', "x")).is_ok()
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
