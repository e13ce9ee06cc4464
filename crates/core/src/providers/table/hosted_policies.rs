//! Services that keep announce record and policy file for customers, who change them there.

use crate::providers::row::{Hosts, Row, row};
use crate::providers::source::Claim::AliasEnds;
use crate::providers::source::{page, seen, unconfirmed};

/// A list of such services and their names.
const LIST: &str = "a list of companies that host policies, in the article “MTA-STS Preload” of alexsci.com";

/// A service of these names.
const fn service(id: &'static str, name: &'static str, suffixes: &'static str) -> Row {
    Row { alias_ends: Some(Hosts { name, suffixes }), hosts_policies: true, ..row(id) }
}

pub(super) const ROWS: &[Row] = &[
    Row {
        sources: &[page(
            "2026-11-29",
            "https://support.easydmarc.com/knowledge-base/managed-mta-sts-records",
            &[AliasEnds],
        )],
        ..service("easydmarc", "EasyDMARC", "easydmarc.pro easydmarc.com")
    },
    Row {
        sources: &[
            page("2026-11-29", "https://help.sendmarc.com/sendmarc-delegation-records", &[AliasEnds]),
            seen("2026-11-29", LIST, &[AliasEnds]),
        ],
        ..service("sendmarc", "Sendmarc", "sdmarc.net")
    },
    // Of these no more is known than what they are called, so a sentence does not name them.
    Row {
        sources: &[
            seen("2026-11-29", LIST, &[AliasEnds]),
            seen("2026-11-29", "acme.example.com.mta-sts.mailhardener.com in a public list of aliases", &[AliasEnds]),
            unconfirmed(
                "2026-11-29",
                "dmarcer.net, PowerDMARC, dmarcian, Valimail, DMARCTrust: said to host policies; no page with the aliases was found",
                &[AliasEnds],
            ),
        ],
        ..service(
            "hosted-policies",
            "a hosted MTA-STS service",
            "dmarcer.net powerdmarc.* mailhardener.* uriports.* dmarcian.* ondmarc.* valimail.* dmarctrust.*",
        )
    },
];
