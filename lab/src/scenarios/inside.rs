//! Domains that would have the Worker knock at doors of the inside. Nobody may come there (`canary.rs`).

use crate::forgery::{A, AAAA, Forgery};
use crate::policy_host::Response;
use crate::scenario::Scenario;
use crate::zone::Zone;

pub(super) fn scenarios() -> Vec<Scenario> {
    let leads_inside = |name, domain, about, kind, address: &str| {
        inside(Scenario::well(name, domain, about).without("mta-sts").set("mta-sts", kind, address))
    };
    vec![
        leads_inside("inside-loopback", "leads-to-loopback.com", "The policy host is 127.0.0.1", "A", "127.0.0.1"),
        leads_inside("inside-this-host", "leads-to-zero.com", "The policy host is 0.0.0.0", "A", "0.0.0.0"),
        leads_inside(
            "inside-metadata",
            "leads-to-metadata.com",
            "The policy host is the cloud's metadata service",
            "A",
            "169.254.169.254",
        ),
        leads_inside(
            "inside-private",
            "leads-to-private.com",
            "The policy host is in a private network",
            "A",
            "172.16.0.1",
        ),
        leads_inside(
            "inside-shared",
            "leads-to-carrier.com",
            "The policy host is in a carrier's network",
            "A",
            "100.64.0.1",
        ),
        leads_inside("inside-v6", "leads-to-loopback-v6.com", "The policy host is ::1", "AAAA", "::1"),
        leads_inside(
            "inside-mapped",
            "leads-to-mapped.com",
            "The policy host is 127.0.0.1, written as IPv6",
            "AAAA",
            "::ffff:127.0.0.1",
        ),
        leads_inside(
            "inside-translated",
            "leads-to-translated.com",
            "The policy host is 127.0.0.1, as a translator writes it",
            "AAAA",
            "::ffff:0:127.0.0.1",
        ),
        leads_inside(
            "inside-nat64",
            "leads-to-nat64.com",
            "The policy host is 127.0.0.1 by NAT64",
            "AAAA",
            "64:ff9b::7f00:1",
        ),
        leads_inside(
            "inside-6to4",
            "leads-to-6to4.com",
            "The policy host is 10.0.0.2 by 6to4",
            "AAAA",
            "2002:a00:2::1",
        ),
        leads_inside(
            "inside-teredo",
            "leads-to-teredo.com",
            "The policy host is 127.0.0.1 by Teredo",
            "AAAA",
            "2001:0:cb00:7150:0:0:80ff:fffe",
        ),
        leads_inside(
            "inside-unique-local",
            "leads-to-local-v6.com",
            "The policy host is in fd00::/8",
            "AAAA",
            "fd00::2",
        ),
        inside(
            Scenario::well("inside-one-of-two", "leads-both-ways.com", "One address is public, the other 10.0.0.2")
                .add("mta-sts", "A", "10.0.0.2"),
        ),
        inside(
            Scenario::well("inside-by-alias", "leads-by-alias.com", "An alias of a name with an inside address")
                .without("mta-sts")
                .set("mta-sts", "CNAME", "intranet.corporate-names.net.")
                .beside(Zone::new("corporate-names.net").with("intranet", "A", "10.0.0.2")),
        ),
        Scenario::well(
            "inside-by-name",
            "leads-to-internal.com",
            "An alias of a name that only an inside resolver knows",
        )
        .without("mta-sts")
        .set("mta-sts", "CNAME", "metadata.google.internal.")
        .verdict("broken")
        .must(&["policy-host-cname-dangling"])
        .must_not(&["policy-ok", "policy-connect-failed"]),
    ]
}

/// What would lead inside by another way than the policy host's address.
pub(super) fn other_ways() -> Vec<Scenario> {
    vec![
        redirects("inside-redirect-metadata", "moved-to-metadata.com", "http://169.254.169.254/latest/meta-data/"),
        redirects("inside-redirect-loopback", "moved-to-loopback.com", "https://127.0.0.1/.well-known/mta-sts.txt"),
        redirects("inside-redirect-v6", "moved-to-loopback-v6.com", "http://[::1]:8080/"),
        redirects("inside-redirect-name", "moved-to-localhost.com", "//localhost/"),
        redirects("inside-redirect-file", "moved-to-file.com", "file:///etc/passwd"),
        redirects(
            "redirect-loop",
            "moved-in-circles.com",
            "https://mta-sts.moved-in-circles.com/.well-known/mta-sts.txt",
        ),
        // The apex is looked at where the policy host has no file, and may not be inside either.
        Scenario::well("inside-apex", "apex-is-inside.com", "No file at the policy host, and the web site is inside")
            .set("@", "A", "10.0.0.2")
            .responds(Response::new(404, "text/plain", "Not found\n"))
            .verdict("broken")
            .must(&["policy-not-found"])
            .must_not(&["policy-ok", "policy-wrong-location"]),
        Scenario::well("inside-mail", "mail-is-inside.com", "Mail servers inside, and by names of the inside")
            .set("mail", "A", "127.0.0.1")
            .add("@", "MX", "20 mail.corp.internal.")
            .add("@", "MX", "30 localhost.")
            .add("@", "MX", "40 my_host.local.")
            .set("_smtp._tls", "TXT", "\"v=TLSRPTv1; rua=https://169.254.169.254/report,mailto:a@mail.localhost\"")
            .verdict("at-risk")
            .must(&["mx-target-private", "mx-some-unmatched"])
            .must_not(&["policy-connect-failed"]),
        // Between the Worker's look and the fetch the name leads elsewhere: the resolver that is asked, and the one by which
        // the runtime connects, do not say the same. See `crates/edge/src/lookups.rs` for what is left to the platform.
        Scenario::well(
            "rebound-inwards",
            "rebound-inwards.com",
            "Public when it is looked at, 127.0.0.1 when it is fetched",
        )
        .without("mta-sts")
        .set("mta-sts", "A", "127.0.0.1")
        .forged(address_of("mta-sts.rebound-inwards.com", A, &[203, 0, 113, 80]))
        .forged(Forgery::of("mta-sts.rebound-inwards.com", AAAA))
        .verdict("broken")
        .must(&["policy-tls-untrusted"])
        .must_not(&["policy-ok", "policy-tls-name-mismatch"]),
        inside(
            Scenario::well(
                "rebound-outwards",
                "rebound-outwards.com",
                "127.0.0.1 when it is looked at, public when fetched",
            )
            .forged(address_of("mta-sts.rebound-outwards.com", A, &[127, 0, 0, 1]))
            .forged(Forgery::of("mta-sts.rebound-outwards.com", AAAA)),
        ),
        // Records that nobody asked for are not believed, and say as little of what was asked for.
        Scenario::well("poisoned", "poisoned-answer.com", "The answer names the address of somebody else")
            .without("mta-sts")
            .forged(address_of("mta-sts.poisoned-answer.com", A, &[]).record(
                "mta-sts.well-signed.com",
                A,
                &[203, 0, 113, 80],
            ))
            .forged(
                Forgery::of("mta-sts.poisoned-answer.com", AAAA).alias("well-signed.com", "mta-sts.well-signed.com"),
            )
            .verdict("inconclusive")
            .must(&["policy-host-dns-error"])
            .must_not(&["policy-ok", "policy-connect-failed", "policy-host-missing"]),
    ]
}

fn inside(scenario: Scenario) -> Scenario {
    scenario.verdict("broken").must(&["policy-host-private-address"]).must_not(&[
        "policy-ok",
        "policy-connect-failed",
        "policy-timeout",
        "policy-tls-failed",
        "policy-fetch-error",
    ])
}

fn redirects(name: &'static str, domain: &str, to: &str) -> Scenario {
    Scenario::well(name, domain, "A redirect that leads inside, or round and round")
        .responds(Response::redirect(to))
        .verdict("broken")
        .must(&["policy-redirect"])
        .must_not(&["policy-ok", "policy-connect-failed"])
}

/// An answer with this address, or none.
fn address_of(name: &str, kind: u16, address: &[u8]) -> Forgery {
    let answer = Forgery::of(name, kind);
    if address.is_empty() { answer } else { answer.record(name, kind, address) }
}
