//! Who runs a domain's mail and DNS, told by the names of its MX hosts and name servers.

pub mod mx_line;
pub mod offer;

use serde::{Deserialize, Serialize};

use crate::evidence::Record;
use offer::{Fits, Gives, Lacks, Offer, PASS_ON};

/// A company that runs mail or DNS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Provider {
    /// Stable, for scripts.
    pub id: String,
    /// For people.
    pub name: String,
}

/// Suffixes of host names, matched label by label, `*` for any one label; the first row that fits wins. Gateways, which
/// pass mail on to a mailbox provider, stand before mailbox hosts.
struct Row {
    id: &'static str,
    name: &'static str,
    suffixes: &'static [&'static str],
}

impl Row {
    fn provider(&self) -> Provider {
        Provider { id: self.id.to_owned(), name: self.name.to_owned() }
    }
}

const fn row(id: &'static str, name: &'static str, suffixes: &'static [&'static str]) -> Row {
    Row { id, name, suffixes }
}

static MAIL: &[Row] = &[
    row("mimecast", "Mimecast", &["mimecast.com", "mimecast-offshore.com"]),
    row("proofpoint", "Proofpoint", &["pphosted.com", "ppe-hosted.com"]),
    row("barracuda", "Barracuda", &["barracudanetworks.com"]),
    row("trend-micro", "Trend Micro", &["tmes.trendmicro.com", "tmes-anz.trendmicro.com", "tmes.trendmicro.eu"]),
    row("mailguard", "MailGuard", &["mailguard.com.au"]),
    row("cisco", "Cisco Secure Email", &["iphmx.com"]),
    row("symantec", "Symantec Email Security", &["messagelabs.com"]),
    row("cloudflare", "Cloudflare Email Routing", &["mx.cloudflare.net"]),
    row("google", "Google Workspace", &["smtp.google.com", "l.google.com", "googlemail.com"]),
    row("microsoft", "Microsoft 365", &["mail.protection.outlook.com", "mx.microsoft"]),
    row("fastmail", "Fastmail", &["messagingengine.com"]),
    row(
        "zoho",
        "Zoho Mail",
        &["zoho.com", "zoho.eu", "zoho.in", "zoho.com.au", "zoho.jp", "zoho.ca", "zoho.sa", "zoho.uk"],
    ),
    row("proton", "Proton Mail", &["protonmail.ch"]),
    row("icloud", "iCloud Mail", &["mail.icloud.com"]),
    row("tuta", "Tuta", &["tutanota.de"]),
    row("migadu", "Migadu", &["migadu.com"]),
    row("mailbox-org", "mailbox.org", &["mailbox.org"]),
    row("ventraip", "VentraIP", &["email-hosting.net.au"]),
    row("namecheap", "Namecheap", &["privateemail.com", "registrar-servers.com"]),
    row("godaddy", "GoDaddy", &["secureserver.net"]),
    row("rackspace", "Rackspace", &["emailsrvr.com"]),
    row("ovh", "OVH", &["mail.ovh.net"]),
    row("gandi", "Gandi", &["mail.gandi.net"]),
    row("hostinger", "Hostinger", &["hostinger.com"]),
    row("titan", "Titan", &["titan.email"]),
    row("yandex", "Yandex", &["mx.yandex.net"]),
    row("mailgun", "Mailgun", &["mailgun.org"]),
    row("amazon", "Amazon SES or WorkMail", &["inbound-smtp.*.amazonaws.com"]),
];

/// What the announce record's name and the policy host of Tuta's customers are aliases of, where Tuta keeps the policy.
pub(crate) const TUTA_ALIASES: [&str; 2] = ["_mta-sts.tutanota.com", "mta-sts.tutanota.com"];

/// What the announce record's name of Cloudflare's customers is an alias of. The file they serve themselves, from a Worker that
/// passes on Cloudflare's own: id and body stay together.
pub(crate) const CLOUDFLARE_ALIAS: &str = "_mta-sts.mx.cloudflare.net";

/// Every offer, with the id of the provider that makes it.
pub(crate) fn offers() -> impl Iterator<Item = (&'static str, &'static Offer)> {
    OFFERS.iter().map(|(provider, offer)| (*provider, offer))
}

const fn offers_of(name: &'static str, lacks: Lacks, fits: Fits, gives: Gives) -> Offer {
    Offer { name, lacks, fits, gives }
}

static OFFERS: &[(&str, Offer)] = &[
    (
        "tuta",
        offers_of(
            "tuta-serves-the-policy",
            Lacks::Policy,
            Fits::ItsMailUnlessAliases(TUTA_ALIASES),
            Gives::Aliases(TUTA_ALIASES),
        ),
    ),
    (
        "cloudflare",
        offers_of(
            "cloudflare-policy",
            Lacks::Policy,
            Fits::ItsMailUnlessRecord(CLOUDFLARE_ALIAS),
            Gives::WorkerAndAlias(PASS_ON, CLOUDFLARE_ALIAS),
        ),
    ),
    ("cloudflare", offers_of("cloudflare-file", Lacks::File, Fits::RecordAt(CLOUDFLARE_ALIAS), Gives::Worker(PASS_ON))),
    ("google", offers_of("google-guide", Lacks::Policy, Fits::ItsMail, Gives::Nothing)),
    (
        "microsoft",
        offers_of(
            "microsoft-dnssec-and-dane",
            Lacks::Dane,
            Fits::MailWithoutDane { signed: false },
            Gives::Commands(&["Enable-DnssecForVerifiedDomain", "Enable-SmtpDaneInbound"]),
        ),
    ),
    (
        "microsoft",
        offers_of(
            "microsoft-new-server-and-dane",
            Lacks::Dane,
            Fits::MailWithoutDane { signed: true },
            Gives::Commands(&["Enable-DnssecForVerifiedDomain", "Enable-SmtpDaneInbound"]),
        ),
    ),
    (
        "microsoft",
        offers_of(
            "microsoft-dane",
            Lacks::Dane,
            Fits::MailThatCanHaveDane,
            Gives::Commands(&["Enable-SmtpDaneInbound"]),
        ),
    ),
    (
        "github",
        offers_of(
            "github-pages-dot-folder",
            Lacks::FileAtAddress,
            Fits::PolicyHostBelow(&["github.io"]),
            Gives::Nothing,
        ),
    ),
    (
        "github",
        offers_of(
            "github-pages-certificate",
            Lacks::Certificate,
            Fits::PolicyHostBelow(&["github.io"]),
            Gives::Nothing,
        ),
    ),
    (
        "netlify",
        offers_of(
            "netlify-or-vercel-file",
            Lacks::PlainAnswer,
            Fits::PolicyHostBelow(&["netlify.app", "netlify.com", "vercel.app", "vercel-dns.com"]),
            Gives::Nothing,
        ),
    ),
    ("amazon", offers_of("s3-https", Lacks::Https, Fits::PolicyHostAtBucket, Gives::Nothing)),
    (
        "amazon",
        offers_of(
            "cloudfront-certificate",
            Lacks::Certificate,
            Fits::PolicyHostBelow(&["cloudfront.net"]),
            Gives::Nothing,
        ),
    ),
    (
        "amazon",
        offers_of(
            "s3-content-type",
            Lacks::ContentType,
            Fits::PolicyHostAtBucketOrBelow(&["cloudfront.net"]),
            Gives::Nothing,
        ),
    ),
    (
        "azure",
        offers_of(
            "azure-functions-certificate",
            Lacks::Certificate,
            Fits::PolicyHostBelow(&["azurewebsites.net"]),
            Gives::Nothing,
        ),
    ),
    (
        "azure",
        offers_of(
            "azure-static-certificate",
            Lacks::Certificate,
            Fits::PolicyHostBelow(&["azurestaticapps.net"]),
            Gives::Nothing,
        ),
    ),
    (
        "cloudflare",
        offers_of(
            "cloudflare-access",
            Lacks::Access,
            Fits::PolicyHostBelow(&["pages.dev", "workers.dev"]),
            Gives::Nothing,
        ),
    ),
    (
        "cloudflare",
        offers_of(
            "cloudflare-certificate",
            Lacks::Certificate,
            Fits::PolicyHostBelow(&["pages.dev", "workers.dev"]),
            Gives::Nothing,
        ),
    ),
];

/// Names of companies at the end of an alias, where they are not those of their mail servers.
static OPERATORS: &[Row] = &[row("tuta", "Tuta", &["tutanota.com"])];

/// The company that runs the name at the end of an alias.
pub(crate) fn operator(target: &str) -> Option<&'static str> {
    let row = OPERATORS.iter().chain(MAIL).find(|row| row.suffixes.iter().any(|suffix| ends_with(target, suffix)))?;
    Some(row.name)
}

/// A company that runs DNS, and what its console wants.
pub(crate) struct DnsHost {
    id: &'static str,
    /// For people.
    pub(crate) name: &'static str,
    /// Endings of its name servers' names.
    suffixes: &'static [&'static str],
    /// Beginning of a label of theirs, where they are numbered inside it: `ns-123.awsdns-45.com`, `ns1-03.azure-dns.com`.
    mark: Option<&'static str>,
    /// Where records are, in the console's own words; none where its material was not seen.
    pub(crate) place: Option<&'static str>,
    /// Whether it wants the value of a TXT record in quotation marks.
    pub(crate) quotes: bool,
    /// Whether it is known to offer DNSSEC.
    pub(crate) signs: bool,
}

const fn dns(id: &'static str, name: &'static str, suffixes: &'static [&'static str]) -> DnsHost {
    DnsHost { id, name, suffixes, mark: None, place: None, quotes: false, signs: true }
}

// Every one of these adds the zone to the host that is typed.
static DNS: &[DnsHost] = &[
    DnsHost { place: Some("DNS, then Records"), ..dns("cloudflare", "Cloudflare", &["ns.cloudflare.com"]) },
    DnsHost { place: Some("the domain's page, then DNS"), ..dns("godaddy", "GoDaddy", &["domaincontrol.com"]) },
    dns("namecheap", "Namecheap", &["registrar-servers.com"]),
    dns("google", "Google Cloud DNS", &["googledomains.com"]),
    DnsHost { signs: false, ..dns("ventraip", "VentraIP", &["nameserver.net.au"]) },
    DnsHost { signs: false, ..dns("crazy-domains", "Crazy Domains", &["crazydomains.com", "syrahost.com"]) },
    DnsHost { mark: Some("awsdns-"), quotes: true, ..dns("amazon", "Amazon Route 53", &[]) },
    DnsHost { mark: Some("azure-dns"), ..dns("azure", "Azure DNS", &[]) },
];

/// The providers of some MX hosts, each once, in the order of the hosts.
pub(crate) fn mail<'h>(hosts: impl Iterator<Item = &'h str>) -> Vec<Provider> {
    let mut found: Vec<Provider> = Vec::new();
    for provider in hosts.filter_map(|host| find(MAIL, host)) {
        if !found.contains(&provider) {
            found.push(provider);
        }
    }
    found
}

/// The provider of one MX host.
pub(crate) fn of_mx_host(host: &str) -> Option<Provider> {
    find(MAIL, host)
}

/// The mail provider with this id.
pub(crate) fn mail_by_id(id: &str) -> Option<Provider> {
    MAIL.iter().find(|row| row.id == id).map(Row::provider)
}

/// The DNS host of a zone, by its NS records.
pub(crate) fn dns_host(name_servers: &[Record]) -> Option<Provider> {
    let names = name_servers.iter().filter_map(|record| if let Record::Ns(name) = record { Some(name) } else { None });
    let mut names: Vec<&str> = names.map(String::as_str).collect();
    crate::text::order::sort_by_key(&mut names, |name| *name);
    let host = names.into_iter().find_map(|name| DNS.iter().find(|host| host.runs(name)))?;
    Some(Provider { id: host.id.to_owned(), name: host.name.to_owned() })
}

/// The DNS host with this id.
pub(crate) fn dns_host_by_id(id: &str) -> Option<&'static DnsHost> {
    DNS.iter().find(|host| host.id == id)
}

impl DnsHost {
    /// Whether a name server is one of theirs.
    fn runs(&self, name_server: &str) -> bool {
        let marked = |mark: &str| name_server.split('.').any(|label| label.starts_with(mark));
        self.suffixes.iter().any(|suffix| ends_with(name_server, suffix)) || self.mark.is_some_and(marked)
    }
}

fn find(rows: &[Row], host: &str) -> Option<Provider> {
    let row = rows.iter().find(|row| row.suffixes.iter().any(|suffix| ends_with(host, suffix)))?;
    Some(row.provider())
}

/// Whether a name ends with these labels; `*` is any one.
fn ends_with(name: &str, suffix: &str) -> bool {
    let mut labels = name.rsplit('.');
    suffix.rsplit('.').all(|wanted| labels.next().is_some_and(|label| wanted == "*" || wanted == label))
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
        let host = |name: &str| dns_host(&[Record::Ns(name.to_owned())]).map(|p| p.id);
        assert_eq!(host("ns-2048.awsdns-64.net").as_deref(), Some("amazon"));
        assert_eq!(host("ns1-03.azure-dns.com").as_deref(), Some("azure"));
        assert_eq!(host("amy.ns.cloudflare.com").as_deref(), Some("cloudflare"));
        assert_eq!(host("ns1.awsdns.example.com"), None);
    }
}
