//! Registrars and hosting companies, with the mail or DNS that they run beside the domains they sell.

use crate::providers::row::{DnsHost, Hosts, Row, dns, dns_host, mail_and_dns, row};
use crate::providers::source::Claim::{Console, Dnssec, Mail, NameServers};
use crate::providers::source::{Source, page, seen, unconfirmed};

const LISTS: &str = "lists of DNS and mail hosts by the names of their servers, in public repositories";
const UNREAD: &str = "by the names of its servers; no page and no list with them was read";

/// What is known of hosts whose console nobody looked at: their name servers are in such lists; or those and the mail servers;
/// or one of both, and the other by its name; or neither.
const BY_NS: &[Source] = &[seen("2026-11-29", LISTS, &[NameServers])];
const BOTH: &[Source] = &[seen("2026-11-29", LISTS, &[Mail, NameServers])];
const DNS_ONLY_SEEN: &[Source] =
    &[seen("2026-11-29", LISTS, &[NameServers]), unconfirmed("2026-11-29", UNREAD, &[Mail])];
const MAIL_ONLY_SEEN: &[Source] =
    &[seen("2026-11-29", LISTS, &[Mail]), unconfirmed("2026-11-29", UNREAD, &[NameServers])];
const NEITHER_SEEN: &[Source] = &[unconfirmed("2026-11-29", UNREAD, &[Mail, NameServers])];

pub(super) const ROWS: &[Row] = &[
    Row {
        mail: Some(Hosts { name: "VentraIP", suffixes: "email-hosting.net.au" }),
        // Resellers of Synergy Wholesale have these name servers, too.
        dns: Some(dns_host("VentraIP, or a reseller of Synergy Wholesale", "nameserver.net.au")),
        sources: &[seen("2026-11-28", "customers' records in public notes", &[Mail, NameServers])],
        ..row("ventraip")
    },
    Row {
        mail: Some(Hosts { name: "Namecheap", suffixes: "privateemail.com registrar-servers.com" }),
        dns: Some(DnsHost { signs: true, ..dns_host("Namecheap", "registrar-servers.com") }),
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
        mail: Some(Hosts { name: "GoDaddy", suffixes: "secureserver.net" }),
        dns: Some(DnsHost {
            place: Some("the domain's page, then DNS"),
            signs: true,
            ..dns_host("GoDaddy", "domaincontrol.com")
        }),
        sources: &[
            seen("2026-11-28", "lists of mail providers by their MX hosts, in public repositories", &[Mail]),
            unconfirmed("2026-11-28", "by the names of its name servers", &[NameServers]),
            page("2026-11-28", "https://kb.transpond.io/article/257-godaddy-domain-authentication", &[Console]),
            unconfirmed("2026-11-28", "DNS, DNSSEC, which may need a paid plan; no page was read", &[Dnssec]),
        ],
        ..row("godaddy")
    },
    mail_and_dns("ovh", "OVH", ["mail.ovh.net mail.ovh.ca", "ovh.net ovh.ca anycast.me"], BOTH),
    mail_and_dns("gandi", "Gandi", ["mail.gandi.net", "gandi.net"], BOTH),
    mail_and_dns("hostinger", "Hostinger", ["hostinger.com hostinger.in", "dns-parking.com"], BOTH),
    Row {
        dns: Some(dns_host("Crazy Domains", "crazydomains.com syrahost.com")),
        sources: &[seen("2026-11-28", "a list of DNS hosts by name servers, in a public repository", &[NameServers])],
        ..row("crazy-domains")
    },
    mail_and_dns(
        "ionos",
        "IONOS",
        [
            "ionos.* ionos.co.uk 1and1.* 1and1.co.uk kundenserver.de perfora.net",
            "ui-dns.com ui-dns.de ui-dns.org ui-dns.biz",
        ],
        BOTH,
    ),
    mail_and_dns("strato", "STRATO", ["rzone.de", "rzone.de stratoserver.net"], DNS_ONLY_SEEN),
    mail_and_dns("network-solutions", "Network Solutions", ["netsolmail.net", "worldnic.com"], BOTH),
    mail_and_dns("one-com", "one.com", ["one.com"; 2], MAIL_ONLY_SEEN),
    mail_and_dns("siteground", "SiteGround", ["mailspamprotection.com", "siteground.net sgvps.net"], BOTH),
    mail_and_dns("dreamhost", "DreamHost", ["mail.dreamhost.com", "dreamhost.com"], BOTH),
    mail_and_dns("name-com", "Name.com", ["name.com"; 2], BOTH),
    mail_and_dns(
        "hetzner",
        "Hetzner",
        ["your-server.de", "hetzner.com hetzner.de your-server.de first-ns.de second-ns.de second-ns.com"],
        BOTH,
    ),
    mail_and_dns("infomaniak", "Infomaniak", ["infomaniak.ch infomaniak.com"; 2], DNS_ONLY_SEEN),
    mail_and_dns("transip", "TransIP", ["transip.email", "transip.net transip.nl transip.eu"], DNS_ONLY_SEEN),
    mail_and_dns("loopia", "Loopia", ["loopia.se"; 2], NEITHER_SEEN),
    mail_and_dns("aruba", "Aruba", ["aruba.it", "technorail.com arubadns.net arubadns.cz"], NEITHER_SEEN),
    mail_and_dns(
        "alibaba",
        "Alibaba Cloud",
        ["qiye.aliyun.com mxhichina.com", "hichina.com alidns.com"],
        DNS_ONLY_SEEN,
    ),
    dns("squarespace", "Squarespace", "squarespacedns.com", BY_NS),
    dns("wix", "Wix", "wixdns.net", BY_NS),
    dns("bluehost", "Bluehost", "bluehost.com", BY_NS),
    dns("hostgator", "HostGator", "hostgator.com", BY_NS),
    dns("digitalocean", "DigitalOcean", "digitalocean.com", BY_NS),
    dns("porkbun", "Porkbun", "porkbun.com", BY_NS),
    dns("hover", "Hover", "hover.com", BY_NS),
    dns("wordpress-com", "WordPress.com", "wordpress.com", BY_NS),
    dns("dnspod", "DNSPod", "dnspod.net", BY_NS),
    dns("netregistry", "Netregistry", "netregistry.net", BY_NS),
    dns("tpp-wholesale", "TPP Wholesale", "partnerconsole.net", BY_NS),
    dns(
        "one-two-three-reg",
        "123 Reg",
        "123-reg.co.uk",
        &[unconfirmed("2026-11-29", "by its name alone", &[NameServers])],
    ),
    dns("vercel-dns", "Vercel", "vercel-dns.com", BY_NS),
    dns("enom", "eNom", "name-services.com", BY_NS),
    dns("dynadot", "Dynadot", "dynadot.com", BY_NS),
    dns("linode", "Linode", "linode.com", BY_NS),
    dns("dnsimple", "DNSimple", "dnsimple.com dnsimple-edge.*", BY_NS),
    dns("dns-made-easy", "DNS Made Easy", "dnsmadeeasy.com", BY_NS),
    dns("cloudns", "ClouDNS", "cloudns.net", BY_NS),
    dns("hurricane-electric", "Hurricane Electric", "he.net", BY_NS),
    dns("namesilo", "NameSilo", "namesilo.com", BY_NS),
    dns("netcup", "netcup", "netcup.net", BY_NS),
    dns("all-inkl", "ALL-INKL", "kasserver.com", BY_NS),
    dns("united-domains", "United Domains", "udag.*", BY_NS),
];
