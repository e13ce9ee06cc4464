//! Domains one hop away from the plain case: wildcards, aliases of their own names, servers that no mail reaches, names to which
//! a console added the domain.

use crate::evidence::Record;
use crate::lookup::RecordType;
use crate::report::Verdict::{AtRisk, Blocking, Broken, Enforced, Inconclusive, Missing, NoSuchDomain, Testing};
use crate::scenario::world::{ENFORCE, World};

use super::given::{Scenario, given};

const DOMAIN: &str = "shop.com.au";
const HOST: &str = "mta-sts.shop.com.au";
const RECORD: &str = "_mta-sts.shop.com.au";
const REPORTS: &str = "_smtp._tls.shop.com.au";
const SPF: &str = "v=spf1 include:_spf.mail-host.net -all";
const MICROSOFT: &str = "version: STSv1\nmode: enforce\nmx: *.mail.protection.outlook.com\nmax_age: 2592000\n";

/// The domain's one mail server, and a policy that names it.
fn sole(world: World, host: &str) -> World {
    let policy = format!("version: STSv1\nmode: enforce\nmx: {host}\nmax_age: 2592000\n");
    world.without_mx().mx(10, host).policy(&policy)
}

fn nothing(world: World) -> World {
    world.without_announce().without_host().status(404, "")
}

fn address(octet: u8) -> Record {
    Record::A([203, 0, 113, octet].into())
}

pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut all = aliases();
    all.extend(mail_servers());
    all.extend(wildcards());
    all.extend(names());
    all
}

fn aliases() -> Vec<Scenario> {
    let apex = |w: World| w.txt(DOMAIN, SPF).txt(DOMAIN, "site-verification=abc");
    vec![
        given(
            "the TLS-RPT record's name is an alias of the domain itself",
            move |w| apex(w.without_tls_rpt().alias(REPORTS, DOMAIN)),
            Enforced,
            &["tlsrpt-not-tlsrpt"],
            &["tlsrpt-missing", "tlsrpt-cname-dangling"],
        ),
        given(
            "the announce record's name is an alias of the domain itself, with the record among others",
            move |w| apex(w.without_announce().alias(RECORD, DOMAIN)).txt(DOMAIN, "v=STSv1; id=20261101T0800;"),
            Enforced,
            &["record-unrelated-txt"],
            &["record-wrong-name"],
        ),
        given(
            "the announce record's name is an alias of the policy host",
            |w| w.without_announce().alias(RECORD, HOST),
            Broken,
            &["record-cname-dangling"],
            &["record-wildcard-artefact"],
        ),
        given(
            "the console added the domain to the targets of both aliases",
            |w| {
                let w = w.without_announce().alias(RECORD, "_mta-sts.provider.net.shop.com.au");
                w.without_host().alias(HOST, "mta-sts.provider.net.shop.com.au")
            },
            Broken,
            &["record-cname-dangling", "policy-host-cname-dangling"],
            &["policy-host-missing"],
        ),
        given(
            "the console added the domain to a web host's name",
            |w| w.without_host().alias(HOST, "shop.github.io.shop.com.au"),
            Broken,
            &["policy-host-cname-dangling"],
            &["policy-host-missing"],
        ),
        given(
            "the record with a provider, and no policy host",
            |w| {
                let target = "_mta-sts.provider.net";
                w.without_announce().alias(RECORD, target).txt(target, "v=STSv1; id=1;").without_host()
            },
            Broken,
            &["policy-host-missing"],
            &["record-cname", "delegation-partial"],
        ),
    ]
}

fn mail_servers() -> Vec<Scenario> {
    let unmatched: &[&str] = &["mx-some-unmatched", "mx-none-match", "mx-pattern-wildcard-depth"];
    vec![
        given(
            "the console added the domain to Google's server",
            |w| {
                let w = w
                    .without_mx()
                    .mx(10, "aspmx.l.google.com")
                    .mx(20, "alt1.aspmx.l.google.com.shop.com.au")
                    .without("alt1.aspmx.l.google.com.shop.com.au", RecordType::A);
                w.address("aspmx.l.google.com", "192.0.2.1")
                    .policy(&ENFORCE.replace("mx1.mail-host.net", "aspmx.l.google.com"))
            },
            Enforced,
            &["mx-target-no-address"],
            unmatched,
        ),
        given(
            "the console added the domain to Google's server, and a wildcard gives it an address",
            |w| {
                let w = w
                    .without_mx()
                    .mx(10, "aspmx.l.google.com")
                    .mx(20, "alt1.aspmx.l.google.com.shop.com.au")
                    .without("alt1.aspmx.l.google.com.shop.com.au", RecordType::A);
                let w = w.wildcard(RecordType::A, address(7)).address("aspmx.l.google.com", "192.0.2.1");
                w.policy(&ENFORCE.replace("mx1.mail-host.net", "aspmx.l.google.com"))
            },
            Enforced,
            &["mx-target-no-address"],
            unmatched,
        ),
        given(
            "Microsoft's verification record is left beside the real one",
            |w| {
                let w = w
                    .without_mx()
                    .mx(0, "shop-com-au.mail.protection.outlook.com")
                    .mx(32767, "ms12345678.msv1.invalid");
                w.address("shop-com-au.mail.protection.outlook.com", "192.0.2.1").policy(MICROSOFT)
            },
            Enforced,
            &["mx-target-no-address", "mx-all-match"],
            unmatched,
        ),
        given(
            "Microsoft's server is mistyped",
            |w| {
                w.without_mx()
                    .mx(0, "shop-com.mail.protection.outlook.com")
                    .without("shop-com.mail.protection.outlook.com", RecordType::A)
                    .policy(MICROSOFT)
            },
            Enforced,
            &["mx-target-no-address"],
            &["mx-all-match", "mx-none-match", "mx-pattern-wildcard-depth", "mx-pattern-unused"],
        ),
        given(
            "Microsoft's server has dots for hyphens",
            |w| {
                w.without_mx()
                    .mx(0, "shop.com.au.mail.protection.outlook.com")
                    .without("shop.com.au.mail.protection.outlook.com", RecordType::A)
                    .policy(MICROSOFT)
            },
            Enforced,
            &["mx-target-no-address"],
            unmatched,
        ),
        given(
            "localhost as the mail server",
            |w| sole(w, "localhost"),
            Enforced,
            &["mx-target-no-address"],
            &["mx-all-match"],
        ),
        given(
            "localhost as the mail server, and nothing published",
            |w| nothing(sole(w, "localhost")),
            Missing,
            &["mx-target-no-address", "record-missing"],
            &["policy-not-found"],
        ),
        given(
            "a name of a home network",
            |w| sole(w, "mail.home.arpa"),
            Enforced,
            &["mx-target-no-address"],
            &["mx-all-match"],
        ),
        given(
            "a name of the office's network, beside a good one",
            |w| w.mx(30, "exchange.corp.lan"),
            Enforced,
            &["mx-target-no-address", "mx-all-match"],
            unmatched,
        ),
        given(
            "an underscore in the server's name, allowed by a wildcard",
            |w| {
                let w = sole(w, "mail_1.shop.com.au").address("mail_1.shop.com.au", "192.0.2.1");
                w.policy("version: STSv1\nmode: enforce\nmx: *.shop.com.au\nmax_age: 2592000\n")
            },
            Blocking,
            &["mx-none-match"],
            &["mx-all-match", "mx-target-no-address"],
        ),
        given(
            "an underscore in a backup's name",
            |w| w.mx(30, "mail_1.shop.com.au").address("mail_1.shop.com.au", "192.0.2.1"),
            AtRisk,
            &["mx-some-unmatched"],
            &["mx-all-match"],
        ),
        given(
            "a wildcard as the mail server",
            |w| sole(w, "*.shop.com.au"),
            Enforced,
            &["mx-target-no-address"],
            &["mx-all-match"],
        ),
        given(
            "the one mail server has no address",
            |w| sole(w, "mail.shop.com.au").without("mail.shop.com.au", RecordType::A),
            Enforced,
            &["mx-target-no-address"],
            &["mx-all-match"],
        ),
        given(
            "a web server, and no mail server",
            |w| nothing(w).without_mx().address(DOMAIN, "203.0.113.7"),
            Missing,
            &["mx-missing-implicit"],
            &["mx-null"],
        ),
        Scenario {
            name: "the name of the web site",
            world: World::new("www.shop.com.au").zone("shop.com.au").address("www.shop.com.au", "203.0.113.7"),
            verdict: Missing,
            must: &["mx-missing-implicit"],
            must_not: &["record-missing"],
        },
    ]
}

fn wildcards() -> Vec<Scenario> {
    vec![
        given(
            "a wildcard leads to the web site, and TLS reports were never asked for",
            |w| w.without_tls_rpt().wildcard_alias("www.shop.com.au").address("www.shop.com.au", "203.0.113.7"),
            Enforced,
            &["tlsrpt-missing"],
            &["tlsrpt-cname-dangling", "tlsrpt-cname", "tlsrpt-not-tlsrpt"],
        ),
        given(
            "a wildcard leads to the domain itself, and TLS reports were never asked for",
            |w| w.without_tls_rpt().wildcard_alias(DOMAIN).txt(DOMAIN, SPF).address(DOMAIN, "203.0.113.7"),
            Enforced,
            &["tlsrpt-missing"],
            &["tlsrpt-cname-dangling", "tlsrpt-cname", "tlsrpt-not-tlsrpt"],
        ),
        given(
            "a wildcard sends the policy host to the web site",
            |w| w.without_host().wildcard(RecordType::A, address(7)).status(200, "<!doctype html><h1>Shop</h1>"),
            Broken,
            &["policy-host-wildcard-artefact", "policy-html-served"],
            &["policy-host-missing"],
        ),
        given(
            "a wildcard alias sends the policy host to the web site, whose certificate is for other names",
            |w| {
                let w = w.without_host().wildcard_alias("www.shop.com.au").address("www.shop.com.au", "203.0.113.7");
                w.certificate(&["shop.com.au", "www.shop.com.au"], |_| {})
            },
            Broken,
            &["policy-host-wildcard-artefact", "policy-tls-name-mismatch"],
            &["policy-host-missing", "delegation-cert-provider-name"],
        ),
        given(
            "a wildcard leads to a web server that has the policy",
            |w| w.without_host().wildcard(RecordType::A, address(7)),
            Enforced,
            &["policy-ok"],
            &["policy-host-wildcard-artefact"],
        ),
    ]
}

fn names() -> Vec<Scenario> {
    let elsewhere = |name: &'static str| move |w: World| w.without_host().address(name, "203.0.113.80");
    let missing: &[&str] = &["policy-host-missing"];
    let no_artefact: &[&str] = &["policy-host-wildcard-artefact", "policy-wrong-location"];
    vec![
        given(
            "the policy host at the domain twice",
            elsewhere("mta-sts.shop.com.au.shop.com.au"),
            Broken,
            missing,
            no_artefact,
        ),
        given(
            "an underscore in the policy host's name",
            elsewhere("mta_sts.shop.com.au"),
            Broken,
            missing,
            no_artefact,
        ),
        given("no hyphen in the policy host's name", elsewhere("mtasts.shop.com.au"), Broken, missing, no_artefact),
        given("the policy host's address at the record's name", elsewhere(RECORD), Broken, missing, no_artefact),
        given(
            "name servers that do not answer",
            |w| {
                let names = [
                    (DOMAIN, RecordType::Mx),
                    (DOMAIN, RecordType::Ns),
                    (RECORD, RecordType::Txt),
                    (REPORTS, RecordType::Txt),
                ];
                let w =
                    names.into_iter().fold(w, |w, (name, rtype)| w.server_failure(name, rtype, 22, "at delegation"));
                [RecordType::A, RecordType::Aaaa].into_iter().fold(w, |w, rtype| w.server_failure(HOST, rtype, 22, ""))
            },
            Inconclusive,
            &["mx-dns-error"],
            &["dnssec-bogus", "mx-missing-implicit", "record-missing"],
        ),
        Scenario {
            name: "a name that does not exist, in a signed zone",
            world: World::new("shpo.com.au").zone("com.au").signed().nonexistent(),
            verdict: NoSuchDomain,
            must: &["domain-not-found"],
            must_not: &["dnssec-signed", "record-missing", "tlsrpt-missing"],
        },
        given(
            "the domain is an alias that leads nowhere",
            |w| nothing(w).without_tls_rpt().without_mx().alias(DOMAIN, "gone.hosting.net"),
            Missing,
            &["mx-missing-no-address"],
            &["domain-not-found", "dnssec-bogus"],
        ),
        given(
            "the policy host's name is right, in testing",
            |w| w.policy(&ENFORCE.replace("enforce", "testing")),
            Testing,
            &["policy-ok"],
            &["policy-host-missing", "policy-host-wildcard-artefact"],
        ),
    ]
}
