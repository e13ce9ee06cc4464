//! Registrars and hosting companies, with the mail or DNS that they run beside the domains they sell.

use crate::providers::row::{DnsHost, Hosts, Row, dns_host, row};
use crate::providers::source::Claim::{Console, Dnssec, Mail, NameServers};
use crate::providers::source::{page, seen, unconfirmed};

pub(super) const ROWS: &[Row] = &[
    Row {
        mail: Some(Hosts { name: "VentraIP", suffixes: &["email-hosting.net.au"] }),
        // Resellers of the same DNS have these name servers, too.
        dns: Some(dns_host("VentraIP", &["nameserver.net.au"])),
        sources: &[seen("2026-11-28", "customers' records in public notes", &[Mail, NameServers])],
        ..row("ventraip")
    },
    Row {
        mail: Some(Hosts { name: "Namecheap", suffixes: &["privateemail.com", "registrar-servers.com"] }),
        dns: Some(DnsHost { signs: true, ..dns_host("Namecheap", &["registrar-servers.com"]) }),
        sources: &[
            page(
                "2026-11-28",
                "https://namecheap.com/support/knowledgebase/article.aspx/1262/2176/\
                 what-does-namecheap-private-email-dns-verification-imply",
                &[Mail],
            ),
            unconfirmed(
                "2026-11-28",
                "registrar-servers.com: by the names of mail and name servers",
                &[Mail, NameServers],
            ),
            unconfirmed("2026-11-28", "Advanced DNS, DNSSEC; no page was read", &[Dnssec]),
        ],
        ..row("namecheap")
    },
    Row {
        mail: Some(Hosts { name: "GoDaddy", suffixes: &["secureserver.net"] }),
        dns: Some(DnsHost {
            place: Some("the domain's page, then DNS"),
            signs: true,
            ..dns_host("GoDaddy", &["domaincontrol.com"])
        }),
        sources: &[
            seen("2026-11-28", "lists of mail providers by their MX hosts, in public repositories", &[Mail]),
            unconfirmed("2026-11-28", "by the names of its name servers", &[NameServers]),
            page("2026-11-28", "https://kb.transpond.io/article/257-godaddy-domain-authentication", &[Console]),
            unconfirmed("2026-11-28", "DNS, DNSSEC, which may need a paid plan; no page was read", &[Dnssec]),
        ],
        ..row("godaddy")
    },
    Row {
        mail: Some(Hosts { name: "OVH", suffixes: &["mail.ovh.net"] }),
        sources: &[seen("2026-11-28", "lists of mail providers by their MX hosts, in public repositories", &[Mail])],
        ..row("ovh")
    },
    Row {
        mail: Some(Hosts { name: "Gandi", suffixes: &["mail.gandi.net"] }),
        sources: &[seen("2026-11-28", "customers' MX records in public repositories", &[Mail])],
        ..row("gandi")
    },
    Row {
        mail: Some(Hosts { name: "Hostinger", suffixes: &["hostinger.com"] }),
        sources: &[unconfirmed("2026-11-28", "by the names of its MX hosts", &[Mail])],
        ..row("hostinger")
    },
    Row {
        dns: Some(dns_host("Crazy Domains", &["crazydomains.com", "syrahost.com"])),
        sources: &[seen("2026-11-28", "a list of DNS hosts by name servers, in a public repository", &[NameServers])],
        ..row("crazy-domains")
    },
];
