//! Gateways: they filter the mail and pass it on to the mailbox provider.

use crate::providers::row::{Family, Hosts, LineSource, Row, mail, row};
use crate::providers::source::Claim::{Lines, Mail};
use crate::providers::source::{Source, page, seen, unconfirmed};

/// Lists of gateways by the names of their MX hosts.
const LISTS: &str = "lists of gateways by their MX hosts, in public repositories";

/// In such lists, and no more is known.
const BY_MX: &[Source] = &[seen("2026-11-29", LISTS, &[Mail])];

pub(super) const ROWS: &[Row] = &[
    Row {
        mail: Some(Hosts { name: "Mimecast", suffixes: "mimecast.com mimecast-offshore.com" }),
        sources: &[
            seen("2026-11-28", LISTS, &[Mail]),
            unconfirmed("2026-11-28", "mimecast-offshore.com: by the name alone", &[Mail]),
        ],
        ..row("mimecast")
    },
    Row {
        mail: Some(Hosts { name: "Proofpoint", suffixes: "pphosted.com ppe-hosted.com" }),
        sources: &[seen("2026-11-28", LISTS, &[Mail])],
        ..row("proofpoint")
    },
    Row {
        mail: Some(Hosts { name: "Barracuda", suffixes: "barracudanetworks.com" }),
        sources: &[seen("2026-11-28", LISTS, &[Mail])],
        ..row("barracuda")
    },
    Row {
        mail: Some(Hosts {
            name: "Trend Micro",
            suffixes: "tmes.trendmicro.com tmes-anz.trendmicro.com tmes.trendmicro.eu",
        }),
        families: &[
            Family { source: LineSource::Documented, lines: "*.in.tmes.trendmicro.com" },
            Family { source: LineSource::Documented, lines: "*.in.tmes-anz.trendmicro.com" },
        ],
        // The page has a second line for each site, such as *.tmes.trendmicro.com, and more sites than are known here.
        sources: &[page("2026-11-28", "“About MTA-STS records for inbound protection”, Trend Micro", &[Mail, Lines])],
        ..row("trend-micro")
    },
    Row {
        mail: Some(Hosts { name: "MailGuard", suffixes: "mailguard.com.au" }),
        sources: &[seen("2026-11-28", "a customer's smart host in a public script; no MX record was found", &[Mail])],
        ..row("mailguard")
    },
    Row {
        mail: Some(Hosts { name: "Cisco Secure Email", suffixes: "iphmx.com" }),
        sources: &[seen("2026-11-28", LISTS, &[Mail])],
        ..row("cisco")
    },
    Row {
        mail: Some(Hosts { name: "Symantec Email Security", suffixes: "messagelabs.com" }),
        sources: &[seen("2026-11-28", LISTS, &[Mail])],
        ..row("symantec")
    },
    mail("sophos", "Sophos", "sophos.com", BY_MX),
    mail("hornetsecurity", "Hornetsecurity", "hornetsecurity.com antispameurope.com", BY_MX),
    mail(
        "spamexperts",
        "N-able SpamExperts",
        "spamexperts.com spamexperts.eu spamexperts.net antispamcloud.com",
        &[
            seen("2026-11-29", LISTS, &[Mail]),
            unconfirmed("2026-11-29", "antispamcloud.com: named with SpamExperts, in no list", &[Mail]),
        ],
    ),
    mail("appriver", "AppRiver", "arsmtp.com", BY_MX),
    mail("forcepoint", "Forcepoint", "mailcontrol.com", BY_MX),
    mail("titanhq", "TitanHQ SpamTitan", "spamtitan.com", BY_MX),
];
