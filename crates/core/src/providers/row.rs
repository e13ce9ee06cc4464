//! What is known of one provider: the row of the table, and its parts.

use serde::Serialize;

use super::offer::Offer;
use super::source::{Claim, Source, has_source};

/// All that is known of one provider. What it is not, it leaves out: `Row { mail: …, sources: …, ..row("its-id") }`.
#[derive(Clone, Copy)]
pub(super) struct Row {
    /// For scripts, in lower case with hyphens; permanent from its first release on.
    pub(super) id: &'static str,
    /// The mail servers that customers' MX records name.
    pub(super) mail: Option<Hosts>,
    /// The `mx:` lines that customers' policies have.
    pub(super) families: &'static [Family],
    /// Documented mail servers of which a customer has some: a policy names those that the customer has. `*` stands for any
    /// beginning of a label.
    pub(super) documented_hosts: &'static str,
    /// Whether all customers have the lines of all families, so that the id alone tells whoever moves there what to write.
    pub(super) told_by_id: bool,
    /// What it is as a DNS host.
    pub(super) dns: Option<DnsHost>,
    /// Names at the end of an alias, where they are not those of its mail servers.
    pub(super) alias_ends: Option<Hosts>,
    /// Whether it keeps records and policy files for customers who log in there and change them: a hosted MTA-STS service.
    pub(super) hosts_policies: bool,
    /// Below these are the names of web sites that it serves for others.
    pub(super) sites: &'static str,
    /// What it is as a web host.
    pub(super) web: Option<WebHost>,
    /// What it offers where something is lacking.
    pub(super) offers: &'static [Offer],
    /// Where all of that comes from.
    pub(super) sources: &'static [Source],
}

/// A provider of which nothing is known yet.
pub(super) const fn row(id: &'static str) -> Row {
    Row {
        id,
        mail: None,
        families: &[],
        documented_hosts: "",
        told_by_id: false,
        dns: None,
        alias_ends: None,
        hosts_policies: false,
        sites: "",
        web: None,
        offers: &[],
        sources: &[],
    }
}

/// A provider of which no more is known than the names of its mail servers.
pub(super) const fn mail(
    id: &'static str,
    name: &'static str,
    suffixes: &'static str,
    sources: &'static [Source],
) -> Row {
    Row { mail: Some(Hosts { name, suffixes }), sources, ..row(id) }
}

/// A provider of which no more is known than the names of its name servers.
pub(super) const fn dns(
    id: &'static str,
    name: &'static str,
    suffixes: &'static str,
    sources: &'static [Source],
) -> Row {
    Row { dns: Some(dns_host(name, suffixes)), sources, ..row(id) }
}

/// A provider of which no more is known than the names of its mail servers and of its name servers.
pub(super) const fn mail_and_dns(
    id: &'static str,
    name: &'static str,
    [mail_servers, name_servers]: [&'static str; 2],
    sources: &'static [Source],
) -> Row {
    Row { dns: Some(dns_host(name, name_servers)), ..mail(id, name, mail_servers, sources) }
}

/// Hosts of one provider.
#[derive(Clone, Copy)]
pub(super) struct Hosts {
    /// What the provider is called as the one that runs them.
    pub(super) name: &'static str,
    /// Endings of their names, matched label by label; `*` stands for any beginning of a label.
    pub(super) suffixes: &'static str,
}

/// What customers write: all of these lines for any host that one of them allows.
#[derive(Clone, Copy)]
pub(super) struct Family {
    pub(super) source: LineSource,
    pub(super) lines: &'static str,
}

/// How an `mx:` line is known to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LineSource {
    /// The provider documents it.
    Documented,
    /// The provider's customers have it, and it works.
    Seen,
    /// It is the name of a live MX host and no more: to be tested before it is enforced.
    Live,
}

/// A company that runs DNS, and what its console wants. All known ones add the zone to the host that is typed.
#[derive(Clone, Copy)]
pub(crate) struct DnsHost {
    /// For people.
    pub(crate) name: &'static str,
    /// Endings of its name servers' names.
    pub(super) suffixes: &'static str,
    /// Beginning of a label of theirs, where they are numbered inside it: `ns-123.awsdns-45.com`, `ns1-03.azure-dns.com`.
    pub(super) mark: Option<&'static str>,
    /// Where records are, in the console's own words; none where its material was not seen.
    pub(crate) place: Option<&'static str>,
    /// Whether it wants the value of a TXT record in quotation marks.
    pub(crate) quotes: bool,
    /// Whether it is known to offer DNSSEC.
    pub(crate) signs: bool,
}

/// A DNS host of which no more is known than its name servers.
pub(super) const fn dns_host(name: &'static str, suffixes: &'static str) -> DnsHost {
    DnsHost { name, suffixes, mark: None, place: None, quotes: false, signs: false }
}

/// A company that serves files for others.
#[derive(Clone, Copy)]
pub(super) struct WebHost {
    /// For people.
    pub(super) name: &'static str,
    /// What its page for a name that no customer has claimed says, and no other page.
    pub(super) unclaimed: &'static str,
}

/// As many claims as a row may make.
const CLAIMS: usize = 16;

impl Row {
    /// What the row claims.
    pub(super) const fn claims(&self) -> [Option<Claim>; CLAIMS] {
        let mut claims = [None; CLAIMS];
        if self.mail.is_some() {
            claims[0] = Some(Claim::Mail);
        }
        if !self.families.is_empty() || !self.documented_hosts.is_empty() || self.told_by_id {
            claims[1] = Some(Claim::Lines);
        }
        if let Some(dns) = &self.dns {
            claims[2] = Some(Claim::NameServers);
            if dns.place.is_some() || dns.quotes {
                claims[3] = Some(Claim::Console);
            }
            if dns.signs {
                claims[4] = Some(Claim::Dnssec);
            }
        }
        if self.alias_ends.is_some() {
            claims[5] = Some(Claim::AliasEnds);
        }
        if self.web.is_some() {
            claims[6] = Some(Claim::Unclaimed);
        }
        if !self.sites.is_empty() {
            claims[7] = Some(Claim::Sites);
        }
        let mut at = 0;
        while at < self.offers.len() {
            claims[8 + at] = Some(Claim::Offer(self.offers[at].name));
            at += 1;
        }
        claims
    }

    /// Whether each claim of the row has a source that can be followed.
    pub(super) const fn is_sourced(&self) -> bool {
        let claims = self.claims();
        let mut at = 0;
        while at < claims.len() {
            if let Some(claim) = claims[at]
                && !has_source(self.sources, claim)
            {
                return false;
            }
            at += 1;
        }
        true
    }
}

impl DnsHost {
    /// Whether a name server is one of theirs.
    pub(super) fn runs(&self, name_server: &str) -> bool {
        let marked = |mark: &str| name_server.split('.').any(|label| label.starts_with(mark));
        names(self.suffixes).any(|suffix| ends_with(name_server, suffix)) || self.mark.is_some_and(marked)
    }
}

impl Hosts {
    /// Whether a name is that of one of them.
    pub(super) fn have(&self, name: &str) -> bool {
        names(self.suffixes).any(|suffix| ends_with(name, suffix))
    }
}

/// The names of a list, in which spaces part them: a table of references would weigh more than the names.
pub(crate) fn names(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(' ').filter(|name| !name.is_empty())
}

/// Whether a name ends with these labels; `*` stands for any beginning of one.
pub(super) fn ends_with(name: &str, suffix: &str) -> bool {
    let fits = |label: &str, wanted: &str| match wanted.strip_prefix('*') {
        Some(end) => label.ends_with(end),
        None => label == wanted,
    };
    let mut labels = name.rsplit('.');
    suffix.rsplit('.').all(|wanted| labels.next().is_some_and(|label| fits(label, wanted)))
}
