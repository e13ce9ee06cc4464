//! Who runs a domain's mail and DNS, told by the names of its MX hosts and name servers.

pub mod mx_line;
pub mod offer;
mod row;
mod source;
mod table;

use crate::text::part;
use serde::{Deserialize, Serialize};

use crate::text::order;
use offer::Offer;
pub(crate) use row::DnsHost;
use row::ends_with;
pub(crate) use row::names;
use table::{ALIAS_ENDS, DNS, HOSTED_POLICIES, MAIL, OFFERS, SITES, WEB};
pub(crate) use table::{clouds::CLOUDFLARE_ALIAS, mailboxes::TUTA_ALIASES};

/// A company that runs mail or DNS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Provider {
    /// Stable, for scripts.
    pub id: String,
    /// For people.
    pub name: String,
}

/// Every provider that is known by its mail servers.
pub fn mail_providers() -> impl Iterator<Item = Provider> {
    MAIL.iter().map(|(id, hosts)| provider(id, hosts.name))
}

/// Every DNS host that is known by its name servers.
pub fn dns_hosts() -> impl Iterator<Item = Provider> {
    DNS.iter().map(|(id, host)| provider(id, host.name))
}

/// The providers of some MX hosts, each once, in the order of the hosts.
pub(crate) fn mail<'h>(hosts: impl Iterator<Item = &'h str>) -> Vec<Provider> {
    let mut found: Vec<Provider> = Vec::new();
    for provider in hosts.filter_map(of_mx_host) {
        if !found.contains(&provider) {
            found.push(provider);
        }
    }
    found
}

/// The provider of one MX host.
pub(crate) fn of_mx_host(host: &str) -> Option<Provider> {
    let (id, hosts) = MAIL.iter().find(|(_, hosts)| hosts.have(host))?;
    Some(provider(id, hosts.name))
}

/// The mail provider with this id.
pub(crate) fn mail_by_id(id: &str) -> Option<Provider> {
    MAIL.iter().find(|(known, _)| *known == id).map(|(id, hosts)| provider(id, hosts.name))
}

/// The DNS host of a zone, by the names of its name servers.
pub(crate) fn dns_host<'n>(name_servers: impl Iterator<Item = &'n str>) -> Option<Provider> {
    let mut names: Vec<&str> = name_servers.collect();
    order::sort_long(&mut names, &|one, other| one < other);
    let (id, host) = names.into_iter().find_map(|name| DNS.iter().find(|(_, host)| host.runs(name)))?;
    Some(provider(id, host.name))
}

/// The DNS host with this id.
pub(crate) fn dns_host_by_id(id: &str) -> Option<&'static DnsHost> {
    DNS.iter().find(|(known, _)| *known == id).map(|(_, host)| host)
}

/// What the company that runs the name at the end of an alias is called.
pub(crate) fn operator(target: &str) -> Option<&'static str> {
    let mut known = ALIAS_ENDS.iter().chain(MAIL.iter().map(|(_, hosts)| hosts));
    known.find(|hosts| hosts.have(target)).map(|hosts| hosts.name)
}

/// What the service is called that keeps policies for its customers, who log in there to change them.
pub(crate) fn hosted_policies(target: &str) -> Option<&'static str> {
    HOSTED_POLICIES.iter().find(|hosts| hosts.have(target)).map(|hosts| hosts.name)
}

/// Whether a name is one of a web host, which serves its customers' own files there.
pub(crate) fn serves_sites(name: &str) -> bool {
    SITES.iter().flat_map(|sites| names(sites)).any(|site| ends_with(name, site))
}

/// What the web host is called whose page for a name that no customer has claimed this is.
pub(crate) fn unclaimed_at(page: &str) -> Option<&'static str> {
    WEB.iter().find(|host| part::has(page, host.unclaimed)).map(|host| host.name)
}

/// Every offer, with the id of the provider that makes it; first what leaves the least to do.
pub(crate) fn offers() -> impl Iterator<Item = (&'static str, &'static Offer)> {
    let most_to_do = OFFERS.iter().map(|(_, offer)| offer.gives.leaves_to_do()).max().unwrap_or_default();
    let leaving = |to_do| OFFERS.iter().filter(move |(_, offer)| offer.gives.leaves_to_do() == to_do);
    (0..=most_to_do).flat_map(leaving).map(|(provider, offer)| (*provider, offer))
}

fn provider(id: &str, name: &str) -> Provider {
    Provider { id: id.to_owned(), name: name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_end_at_label_boundaries() {
        let names = |hosts: &[&str]| mail(hosts.iter().copied()).into_iter().map(|p| p.id).collect::<Vec<_>>();
        assert_eq!(names(&["aspmx.l.google.com", "alt1.aspmx.l.google.com"]), ["google"]);
        assert_eq!(names(&["mx.notzoho.com", "mx.zoho.com.au"]), ["zoho"]);
        assert_eq!(names(&["a.mimecast.com", "x.mail.protection.outlook.com"]), ["mimecast", "microsoft"]);
        assert_eq!(names(&["inbound-smtp.eu-west-1.amazonaws.com"]), ["amazon"]);
        assert_eq!(names(&["mail.example.com", "ec2-1-2-3-4.compute.amazonaws.com"]), [""; 0]);
    }

    #[test]
    fn dns_hosts_that_number_a_label_are_known() {
        let host = |name: &str| dns_host([name].into_iter()).map(|p| p.id);
        assert_eq!(host("ns-2048.awsdns-64.net").as_deref(), Some("amazon"));
        assert_eq!(host("ns1-03.azure-dns.com").as_deref(), Some("azure"));
        assert_eq!(host("amy.ns.cloudflare.com").as_deref(), Some("cloudflare"));
        assert_eq!(host("ns1.awsdns.example.com"), None);
    }

    #[test]
    fn what_is_found_by_a_text_is_found() {
        for host in WEB {
            assert_eq!(unclaimed_at(&format!("<p>{}</p>", host.unclaimed)), Some(host.name));
        }
        for ends in ALIAS_ENDS {
            for suffix in names(ends.suffixes) {
                assert_eq!(operator(&format!("a.{}", suffix.replace('*', "com"))), Some(ends.name));
            }
        }
        assert_eq!((unclaimed_at("Nothing here"), operator("a.nobody.example")), (None, None));
    }
}
