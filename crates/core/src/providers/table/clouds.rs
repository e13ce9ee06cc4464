//! Those that run several things for others, mail, DNS or the web, and web hosts.

use crate::providers::offer::{Fits, Gives, Lacks, Offer};
use crate::providers::row::{DnsHost, Family, Hosts, LineSource, Row, WebHost, dns_host, mail, row};
use crate::providers::source::Claim::{self, Console, Dnssec, Lines, Mail, NameServers, Sites, Unclaimed};
use crate::providers::source::{Source, page, seen, unconfirmed};

/// What the announce record's name of Cloudflare's customers is an alias of. The file they serve themselves, from a Worker that
/// passes on Cloudflare's own: id and body stay together.
pub(crate) const CLOUDFLARE_ALIAS: &str = "_mta-sts.mx.cloudflare.net";

/// Cloudflare's own policy, passed on under the name of the customer's policy host.
const PASS_ON: &str = "\
export default {
  fetch: () => fetch(\"https://mta-sts.mx.cloudflare.net/.well-known/mta-sts.txt\"),
};
";

/// Below this are Microsoft's mail servers that can have DANE.
const MICROSOFT_DANE: &str = "mx.microsoft";

const MICROSOFT_MTA_STS: &str = "https://learn.microsoft.com/en-us/purview/enhancing-mail-flow-with-mta-sts";
const MICROSOFT_SMTP_DANE: &str = "https://learn.microsoft.com/en-us/purview/how-smtp-dane-works";
const TAKEOVERS: &str = "https://github.com/EdOverflow/can-i-take-over-xyz/blob/\
                         003c6b9c194fb5d5ba9e394da315b2a63231d55f/fingerprints.json";

const OTHER_CLOUDS: &[Source] = &[unconfirmed("2026-11-29", "by the names of its MX hosts; no page was read", &[Mail])];

/// Most of these name servers are those of domains that Google Domains gave to Squarespace (2023 and 2024).
const GOOGLE_DOMAINS: &str = "Squarespace (or Google Cloud DNS, if you set that up yourself)";

pub(super) const ROWS: &[Row] = &[
    Row {
        mail: Some(Hosts { name: "Google Workspace", suffixes: "smtp.google.com l.google.com googlemail.com" }),
        families: &[
            Family { source: LineSource::Documented, lines: "smtp.google.com" },
            Family { source: LineSource::Documented, lines: "aspmx.l.google.com *.aspmx.l.google.com" },
        ],
        documented_hosts: "aspmx2.googlemail.com aspmx3.googlemail.com aspmx4.googlemail.com aspmx5.googlemail.com",
        told_by_id: true,
        dns: Some(DnsHost { signs: true, ..dns_host(GOOGLE_DOMAINS, "googledomains.com") }),
        offers: &[Offer { name: "google-guide", lacks: Lacks::Policy, fits: Fits::ItsMail, gives: Gives::Nothing }],
        sources: &[
            seen("2026-11-28", "customers' policies and MX records in public repositories", &[Mail, Lines]),
            unconfirmed("2026-11-28", "cited for the MX records: https://support.google.com/a/answer/174125", &[Mail]),
            unconfirmed(
                "2026-11-28",
                "Google's own policy is said to have these lines: https://mta-sts.google.com/.well-known/mta-sts.txt",
                &[Lines],
            ),
            page("2026-11-28", "https://support.google.com/a/answer/9276511", &[Claim::Offer("google-guide")]),
            unconfirmed(
                "2026-11-28",
                "names such as ns-cloud-a1.googledomains.com; customers of Google Domains kept theirs at Squarespace, by most accounts",
                &[NameServers, Dnssec],
            ),
        ],
        ..row("google")
    },
    Row {
        mail: Some(Hosts { name: "Microsoft 365", suffixes: "mail.protection.outlook.com mx.microsoft" }),
        families: &[Family { source: LineSource::Documented, lines: "*.mail.protection.outlook.com" }],
        // One by one: a wildcard over all of them would be every customer's.
        // Message MC1048624 of Microsoft's: a new domain gets a host that only the admin centre shows, so the id tells nothing.
        documented_hosts: "*.*-v1.mx.microsoft",
        offers: &[
            Offer {
                name: "microsoft-dnssec-and-dane",
                lacks: Lacks::Dane,
                fits: Fits::ItsMailNotBelow { zone: MICROSOFT_DANE, signed: false },
                gives: Gives::Commands(&["Enable-DnssecForVerifiedDomain", "Enable-SmtpDaneInbound"]),
            },
            Offer {
                name: "microsoft-new-server-and-dane",
                lacks: Lacks::Dane,
                fits: Fits::ItsMailNotBelow { zone: MICROSOFT_DANE, signed: true },
                gives: Gives::Commands(&["Enable-DnssecForVerifiedDomain", "Enable-SmtpDaneInbound"]),
            },
            Offer {
                name: "microsoft-dane",
                lacks: Lacks::Dane,
                fits: Fits::SignedMailBelow(MICROSOFT_DANE),
                gives: Gives::Commands(&["Enable-SmtpDaneInbound"]),
            },
        ],
        sources: &[
            page("2026-11-28", MICROSOFT_MTA_STS, &[Mail, Lines]),
            page(
                "2026-11-28",
                MICROSOFT_SMTP_DANE,
                &[
                    Claim::Offer("microsoft-dnssec-and-dane"),
                    Claim::Offer("microsoft-new-server-and-dane"),
                    Claim::Offer("microsoft-dane"),
                ],
            ),
            seen("2026-11-28", "MX hosts such as example-io.p-v1.mx.microsoft in public notes", &[Mail, Lines]),
        ],
        ..row("microsoft")
    },
    Row {
        web: Some(WebHost { name: "GitHub Pages", unclaimed: "There isn't a GitHub Pages site here" }),
        sites: "github.io",
        offers: &[
            Offer {
                name: "github-pages-dot-folder",
                lacks: Lacks::FileAtAddress,
                fits: Fits::PolicyHostBelow("github.io"),
                gives: Gives::Nothing,
            },
            Offer {
                name: "github-pages-certificate",
                lacks: Lacks::Certificate,
                fits: Fits::PolicyHostBelow("github.io"),
                gives: Gives::Nothing,
            },
        ],
        sources: &[
            page("2026-11-28", TAKEOVERS, &[Unclaimed]),
            page(
                "2026-11-28",
                "https://github.com/github/docs/blob/74f83ea4e7ab9d3a0c702fda768be204d04c6658/content/pages/\
                 setting-up-a-github-pages-site-with-jekyll/about-github-pages-and-jekyll.md",
                &[Claim::Offer("github-pages-dot-folder")],
            ),
            page(
                "2026-11-29",
                "https://github.com/actions/upload-pages-artifact/issues/147",
                &[Claim::Offer("github-pages-dot-folder")],
            ),
            page(
                "2026-11-29",
                "https://github.com/actions/upload-pages-artifact/issues/129",
                &[Claim::Offer("github-pages-dot-folder")],
            ),
            page(
                "2026-11-28",
                "https://docs.github.com/zh/articles/securing-your-github-pages-site-with-https",
                &[Claim::Offer("github-pages-certificate")],
            ),
            unconfirmed("2026-11-29", "the names that customers' aliases lead to, as in the offers", &[Sites]),
        ],
        ..row("github")
    },
    Row {
        mail: Some(Hosts { name: "Amazon SES or WorkMail", suffixes: "inbound-smtp.*.amazonaws.com" }),
        dns: Some(DnsHost { mark: Some("awsdns-"), quotes: true, signs: true, ..dns_host("Amazon Route 53", "") }),
        web: Some(WebHost { name: "Amazon S3", unclaimed: "<Code>NoSuchBucket</Code>" }),
        sites: "amazonaws.com cloudfront.net amplifyapp.com",
        offers: &[
            Offer { name: "s3-https", lacks: Lacks::Https, fits: Fits::PolicyHostAtBucket, gives: Gives::Nothing },
            Offer {
                name: "cloudfront-certificate",
                lacks: Lacks::Certificate,
                fits: Fits::PolicyHostBelow("cloudfront.net"),
                gives: Gives::Nothing,
            },
            Offer {
                name: "s3-content-type",
                lacks: Lacks::ContentType,
                fits: Fits::PolicyHostAtBucketOrBelow("cloudfront.net"),
                gives: Gives::Nothing,
            },
        ],
        sources: &[
            page("2026-11-28", "https://docs.aws.amazon.com/ses/latest/dg/receiving-email-mx-record.html", &[Mail]),
            seen("2026-11-28", "the name servers of tuta.com, such as ns-1138.awsdns-14.org", &[NameServers]),
            page(
                "2026-11-28",
                "https://docs.rs/rusoto_route53/latest/rusoto_route53/util/fn.quote_txt_record.html",
                &[Console],
            ),
            unconfirmed("2026-11-28", "“DNSSEC signing” on a hosted zone's page; no page was read", &[Dnssec]),
            unconfirmed(
                "2026-11-28",
                "S3's error for a bucket that is not there; Google's storage has it too",
                &[Unclaimed],
            ),
            page(
                "2026-11-28",
                "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html",
                &[Claim::Offer("s3-https")],
            ),
            page(
                "2026-11-28",
                "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",
                &[Claim::Offer("cloudfront-certificate")],
            ),
            unconfirmed(
                "2026-11-28",
                "an object's Content-Type is set with the object",
                &[Claim::Offer("s3-content-type")],
            ),
            unconfirmed("2026-11-29", "the names that customers' aliases lead to, as in the offers", &[Sites]),
        ],
        ..row("amazon")
    },
    Row {
        web: Some(WebHost { name: "Netlify", unclaimed: "Not Found - Request ID" }),
        sites: "netlify.app netlify.com netlifyglobalcdn.com",
        offers: &[Offer {
            name: "netlify-or-vercel-file",
            lacks: Lacks::PlainAnswer,
            fits: Fits::PolicyHostBelow("netlify.app netlify.com vercel.app vercel-dns.com"),
            gives: Gives::Nothing,
        }],
        sources: &[
            page("2026-11-28", TAKEOVERS, &[Unclaimed]),
            unconfirmed(
                "2026-11-28",
                "as web hosts in general; no page of Netlify or Vercel was read",
                &[Claim::Offer("netlify-or-vercel-file")],
            ),
            unconfirmed("2026-11-29", "the names that customers' aliases lead to, as in the offers", &[Sites]),
        ],
        ..row("netlify")
    },
    Row {
        web: Some(WebHost { name: "Vercel", unclaimed: "DEPLOYMENT_NOT_FOUND" }),
        sites: "vercel.app vercel-dns.* vercel-dns-*.com",
        sources: &[
            unconfirmed("2026-11-28", "Vercel's code for a deployment that is not there", &[Unclaimed]),
            unconfirmed("2026-11-29", "the names that customers' aliases lead to, as in the offers", &[Sites]),
        ],
        ..row("vercel")
    },
    Row {
        web: Some(WebHost { name: "Heroku", unclaimed: "herokucdn.com/error-pages/no-such-app" }),
        sites: "herokuapp.com herokudns.com",
        sources: &[
            unconfirmed("2026-11-28", "the frame in Heroku's page “No such app”", &[Unclaimed]),
            unconfirmed("2026-11-29", "the names that customers' aliases lead to, as in the offers", &[Sites]),
        ],
        ..row("heroku")
    },
    // Microsoft's, with an id of its own.
    Row {
        dns: Some(DnsHost { mark: Some("azure-dns"), signs: true, ..dns_host("Azure DNS", "") }),
        web: Some(WebHost { name: "Azure", unclaimed: "404 Web Site not found" }),
        sites: "azurewebsites.net azurestaticapps.net azureedge.net azurefd.net windows.net",
        offers: &[
            Offer {
                name: "azure-functions-certificate",
                lacks: Lacks::Certificate,
                fits: Fits::PolicyHostBelow("azurewebsites.net"),
                gives: Gives::Nothing,
            },
            Offer {
                name: "azure-static-certificate",
                lacks: Lacks::Certificate,
                fits: Fits::PolicyHostBelow("azurestaticapps.net"),
                gives: Gives::Nothing,
            },
        ],
        sources: &[
            seen("2026-11-28", "name servers such as ns1-04.azure-dns.com in public issues", &[NameServers]),
            page("2026-11-28", "https://learn.microsoft.com/ja-jp/azure/dns/dnssec", &[Dnssec]),
            unconfirmed("2026-11-28", "the page of a Web App that is not there", &[Unclaimed]),
            page(
                "2026-11-28",
                MICROSOFT_MTA_STS,
                &[Claim::Offer("azure-functions-certificate"), Claim::Offer("azure-static-certificate")],
            ),
            unconfirmed("2026-11-29", "the names that customers' aliases lead to, as in the offers", &[Sites]),
        ],
        ..row("azure")
    },
    Row {
        web: Some(WebHost { name: "Fastly", unclaimed: "Fastly error: unknown domain" }),
        sites: "fastly.net",
        sources: &[
            page("2026-11-28", TAKEOVERS, &[Unclaimed]),
            unconfirmed("2026-11-29", "the names that customers' aliases lead to, as in the offers", &[Sites]),
        ],
        ..row("fastly")
    },
    Row {
        mail: Some(Hosts { name: "Cloudflare Email Routing", suffixes: "mx.cloudflare.net" }),
        families: &[Family { source: LineSource::Documented, lines: "*.mx.cloudflare.net" }],
        told_by_id: true,
        sites: "pages.dev workers.dev cdn.cloudflare.net",
        dns: Some(DnsHost {
            place: Some("DNS, then Records"),
            signs: true,
            ..dns_host("Cloudflare", "ns.cloudflare.com")
        }),
        offers: &[
            Offer {
                name: "cloudflare-policy",
                lacks: Lacks::Policy,
                fits: Fits::ItsMailUnlessRecord(CLOUDFLARE_ALIAS),
                gives: Gives::WorkerAndAlias(PASS_ON, CLOUDFLARE_ALIAS),
            },
            Offer {
                name: "cloudflare-file",
                lacks: Lacks::File,
                fits: Fits::RecordAt(CLOUDFLARE_ALIAS),
                gives: Gives::Worker(PASS_ON),
            },
            Offer {
                name: "cloudflare-access",
                lacks: Lacks::Access,
                fits: Fits::PolicyHostBelow("pages.dev workers.dev"),
                gives: Gives::Nothing,
            },
            Offer {
                name: "cloudflare-certificate",
                lacks: Lacks::Certificate,
                fits: Fits::PolicyHostBelow("pages.dev workers.dev"),
                gives: Gives::Nothing,
            },
        ],
        sources: &[
            page(
                "2026-11-28",
                "https://developers.cloudflare.com/email-routing/setup/mta-sts/",
                &[
                    Mail,
                    Lines,
                    Console,
                    Claim::Offer("cloudflare-policy"),
                    Claim::Offer("cloudflare-file"),
                    Claim::Offer("cloudflare-certificate"),
                ],
            ),
            seen("2026-11-28", "name servers such as coraline.ns.cloudflare.com in public notes", &[NameServers]),
            unconfirmed("2026-11-28", "DNS, Settings, Enable DNSSEC; no page was read", &[Dnssec]),
            unconfirmed("2026-11-28", "a challenge wants a browser", &[Claim::Offer("cloudflare-access")]),
            unconfirmed("2026-11-29", "the names that customers' aliases lead to, as in the offers", &[Sites]),
        ],
        ..row("cloudflare")
    },
    // Microsoft's other clouds, of which it is not known that they offer the same.
    mail("microsoft-us-government", "Microsoft 365 (US Government)", "mail.protection.office365.us", OTHER_CLOUDS),
    mail("microsoft-china", "Microsoft 365 (21Vianet)", "mail.protection.partner.outlook.cn", OTHER_CLOUDS),
    Row {
        sites: "web.app firebaseapp.com",
        sources: &[unconfirmed("2026-11-29", "the names that Firebase gives sites", &[Sites])],
        ..row("firebase")
    },
];
