//! Mailbox providers.

use crate::providers::offer::{Fits, Gives, Lacks, Offer};
use crate::providers::row::{Family, Hosts, LineSource, Row, mail, row};
use crate::providers::source::Claim::{self, AliasEnds, Lines, Mail};
use crate::providers::source::{Source, page, seen, unconfirmed};

/// What the announce record's name and the policy host of Tuta's customers are aliases of, where Tuta keeps the policy. Some
/// have names below tutanota.com, which do as well.
pub(crate) const TUTA_ALIASES: [&str; 2] = ["mta-sts.tutanota.de"; 2];

/// Records that people publish of their own domains.
const RECORDS: &str = "customers' MX records in public repositories";

/// In lists of mail providers by their MX hosts, and no more is known.
const BY_MX: &[Source] =
    &[seen("2026-11-29", "lists of mail providers by their MX hosts, in public repositories", &[Mail])];

/// By the names of their servers alone.
const BY_NAME: &[Source] =
    &[unconfirmed("2026-11-29", "by the names of its MX hosts; no page and no list with them was read", &[Mail])];

pub(super) const ROWS: &[Row] = &[
    Row {
        mail: Some(Hosts { name: "Tuta", suffixes: "tutanota.de" }),
        families: &[Family { source: LineSource::Documented, lines: "mail.tutanota.de" }],
        told_by_id: true,
        alias_ends: Some(Hosts { name: "Tuta", suffixes: "tutanota.de tutanota.com" }),
        offers: &[Offer {
            name: "tuta-serves-the-policy",
            lacks: Lacks::Policy,
            fits: Fits::ItsMailUnlessAliases(TUTA_ALIASES),
            gives: Gives::Aliases(TUTA_ALIASES),
        }],
        sources: &[
            seen("2026-11-28", RECORDS, &[Mail]),
            unconfirmed("2026-11-28", "the one MX host of all customers; Tuta writes the policy itself", &[Lines]),
            page(
                "2026-11-28",
                "https://tuta.com/ja/blog/tutanota-letsencrypt-launch-mta-sts-tls",
                &[Claim::Offer("tuta-serves-the-policy")],
            ),
            seen(
                "2026-11-29",
                "ten of eleven customers' configurations in public repositories have mta-sts.tutanota.de for both names",
                &[AliasEnds],
            ),
            unconfirmed("2026-11-28", "tutanota.com: one customer's configuration", &[AliasEnds]),
        ],
        ..row("tuta")
    },
    Row {
        mail: Some(Hosts { name: "Migadu", suffixes: "migadu.com" }),
        families: &[Family { source: LineSource::Documented, lines: "aspmx1.migadu.com aspmx2.migadu.com" }],
        told_by_id: true,
        sources: &[
            seen("2026-11-28", "customers' policies and MX records in public repositories", &[Mail, Lines]),
            unconfirmed("2026-11-28", "said to be in Migadu's guides; the page was not found", &[Lines]),
        ],
        ..row("migadu")
    },
    Row {
        mail: Some(Hosts { name: "Fastmail", suffixes: "messagingengine.com" }),
        families: &[Family {
            source: LineSource::Seen,
            lines: "in1-smtp.messagingengine.com in2-smtp.messagingengine.com",
        }],
        told_by_id: true,
        sources: &[
            seen("2026-11-28", "many customers' policies and MX records in public repositories", &[Mail, Lines]),
            unconfirmed(
                "2026-11-28",
                "cited for the MX records: https://www.fastmail.help/hc/en-us/articles/1500000280261",
                &[Mail],
            ),
        ],
        ..row("fastmail")
    },
    Row {
        mail: Some(Hosts { name: "Proton Mail", suffixes: "protonmail.ch" }),
        families: &[Family { source: LineSource::Seen, lines: "mail.protonmail.ch mailsec.protonmail.ch" }],
        told_by_id: true,
        sources: &[
            seen(
                "2026-11-28",
                "the policy of protonmail.com, and customers' policies in public repositories",
                &[Mail, Lines],
            ),
            unconfirmed("2026-11-28", "cited for the MX records: https://proton.me/support/custom-domain", &[Mail]),
        ],
        ..row("proton")
    },
    Row {
        mail: Some(Hosts { name: "iCloud Mail", suffixes: "mail.icloud.com" }),
        families: &[Family { source: LineSource::Seen, lines: "mx01.mail.icloud.com mx02.mail.icloud.com" }],
        told_by_id: true,
        sources: &[
            seen("2026-11-28", "customers' policies in public repositories", &[Mail, Lines]),
            unconfirmed("2026-11-28", "cited for the MX records: https://support.apple.com/en-us/102374", &[Mail]),
        ],
        ..row("icloud")
    },
    Row {
        mail: Some(Hosts {
            name: "Zoho Mail",
            suffixes: "zoho.com zoho.eu zoho.in zoho.com.au zoho.jp zoho.sa zoho.uk zohocloud.ca zohomail.com zoho.ca",
        }),
        sources: &[
            seen("2026-11-28", "mx.zoho.com and mx.zoho.eu in public repositories", &[Mail]),
            unconfirmed(
                "2026-11-28",
                "cited for the MX records: https://www.zoho.com/mail/help/adminconsole/configure-email-delivery.html",
                &[Mail],
            ),
            seen(
                "2026-11-29",
                "mx.zohocloud.ca: customers' MX records; zohomail.com: a list of mail providers",
                &[Mail],
            ),
            unconfirmed("2026-11-28", "the other regions, by their names alone", &[Mail]),
        ],
        ..row("zoho")
    },
    Row {
        mail: Some(Hosts { name: "mailbox.org", suffixes: "mailbox.org" }),
        documented_hosts: "mxext1.mailbox.org mxext2.mailbox.org mxext3.mailbox.org mxext4.mailbox.org",
        sources: &[
            seen(
                "2026-11-28",
                "customers' policies in public repositories, of three hosts and of four",
                &[Mail, Lines],
            ),
            unconfirmed(
                "2026-11-28",
                "said to be on https://kb.mailbox.org/en/private/custom-domains/using-e-mails-with-a-custom-domain; \
                 the part with the names was not read",
                &[Lines],
            ),
        ],
        ..row("mailbox-org")
    },
    Row {
        mail: Some(Hosts { name: "Rackspace", suffixes: "emailsrvr.com" }),
        sources: &[seen("2026-11-28", RECORDS, &[Mail])],
        ..row("rackspace")
    },
    Row {
        mail: Some(Hosts { name: "Titan", suffixes: "titan.email" }),
        sources: &[seen("2026-11-28", RECORDS, &[Mail])],
        ..row("titan")
    },
    Row {
        mail: Some(Hosts { name: "Yandex", suffixes: "mx.yandex.net" }),
        sources: &[seen("2026-11-28", "lists of mail providers by their MX hosts, in public repositories", &[Mail])],
        ..row("yandex")
    },
    Row {
        mail: Some(Hosts { name: "Mailgun", suffixes: "mailgun.org" }),
        sources: &[seen("2026-11-28", RECORDS, &[Mail])],
        ..row("mailgun")
    },
    mail("opensrs", "OpenSRS", "hostedemail.com", BY_MX),
    mail("runbox", "Runbox", "runbox.com", BY_MX),
    mail("tencent-mail", "Tencent Exmail", "qq.com", BY_MX),
    mail("mail-ru", "Mail.ru", "mail.ru", BY_MX),
    mail("locaweb", "Locaweb", "locaweb.com.br", BY_MX),
    mail("turbify", "Turbify", "biz.mail.yahoo.com mx-biz.mail.am0.yahoodns.net", BY_NAME),
    mail("home-pl", "home.pl", "home.pl", BY_NAME),
    mail("seznam", "Seznam", "seznam.cz", BY_NAME),
    mail("line-works", "LINE WORKS", "worksmobile.com", BY_NAME),
    mail("improvmx", "ImprovMX", "improvmx.com", BY_NAME),
    mail("forward-email", "Forward Email", "forwardemail.net", BY_NAME),
    mail("purelymail", "Purelymail", "purelymail.com", BY_NAME),
    mail("startmail", "StartMail", "startmail.com", BY_NAME),
    mail("mailfence", "Mailfence", "mailfence.com", BY_NAME),
];
