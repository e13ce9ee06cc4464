//! The worked examples: saved checks of made-up domains, which the site links to and the API answers with no internet.

use super::world::World;
use crate::evidence::{Cause, Record};
use crate::lookup::RecordType;
use crate::report::Verdict;

/// A worked example.
pub struct Example {
    /// What it shows, in a few words.
    pub title: &'static str,
    /// What comes out.
    pub verdict: Verdict,
    /// Its domain, under `.example`.
    pub domain: &'static str,
    /// How the domain is set up.
    pub world: World,
}

/// Every worked example, the good news first.
pub fn examples() -> Vec<Example> {
    let example = |domain, title, verdict, make: fn(World) -> World| {
        let world = make(World::protected(domain));
        Example { title, verdict, domain, world }
    };
    vec![
        example("protected.example", "Everything in place", Verdict::Enforced, |world| world),
        example("unsigned.example", "In place, but without DNSSEC", Verdict::Enforced, World::unsigned_zone),
        example("testing.example", "Still only testing", Verdict::Testing, |world| {
            world
                .policy("version: STSv1\nmode: testing\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 86400\n")
        }),
        example("nothing.example", "Nothing published", Verdict::Missing, |world| {
            world.unsigned_zone().without_announce().without_host().without_tls_rpt()
        }),
        example("first-steps.example", "Nothing yet, with Google and Cloudflare", Verdict::Missing, |world| {
            let name_server = Record::Ns("amy.ns.cloudflare.com".to_owned());
            world
                .unsigned_zone()
                .without_announce()
                .without_host()
                .without_tls_rpt()
                .without_mx()
                .mx(1, "smtp.google.com")
                .address("smtp.google.com", "198.51.100.26")
                .record("first-steps.example", RecordType::Ns, name_server)
        }),
        example("mx-mismatch.example", "The policy forgets a backup server", Verdict::AtRisk, |world| {
            world.mx(30, "backup.other-host.net").address("backup.other-host.net", "203.0.113.25")
        }),
        example("blocking.example", "Moved to another provider, policy left behind", Verdict::Blocking, |world| {
            world
                .without_mx()
                .mx(0, "blocking-example.mail.protection.outlook.com")
                .address("blocking-example.mail.protection.outlook.com", "198.51.100.52")
        }),
        example(
            "wildcard-certificate.example",
            "A certificate that does not name the policy host",
            Verdict::Broken,
            |world| world.fetch_fails(Cause::Tls),
        ),
        example("redirect.example", "The policy's address redirects", Verdict::Broken, |world| {
            world.response(crate::evidence::Response {
                status: 301,
                location: Some("https://www.redirect.example/".to_owned()),
                ..Default::default()
            })
        }),
        example("web-page.example", "A web page where the policy should be", Verdict::Broken, |world| {
            world.status(200, "<!doctype html>\n<title>Welcome to our shop</title>\n<h1>Welcome</h1>\n")
        }),
        example("typing-errors.example", "Typing errors in record and policy", Verdict::Broken, |world| {
            world.announce("v=STSv1 id=2026-11-01").policy(
                "Version: STSv1\nmode: Enforce\nmx: mx1.mail-host.net, mx2.mail-host.net\nmax-age: 30d\n\n# checked by Sam\n",
            )
        }),
        example("two-records.example", "Two announce records", Verdict::Broken, |world| {
            world.also_announce("v=STSv1; id=20250102T0900;").without_tls_rpt()
        }),
        example("record-only.example", "A record, but no policy host", Verdict::Broken, World::without_host),
        example("policy-only.example", "A policy that nobody looks for", Verdict::Broken, World::without_announce),
        example("switched-off.example", "Switched off", Verdict::Disabled, |world| {
            world.policy("version: STSv1\nmode: none\nmax_age: 86400\n")
        }),
        example("bogus.example", "Broken DNSSEC signatures", Verdict::Broken, |world| {
            world
                .bogus("_mta-sts.bogus.example", RecordType::Txt)
                .bogus("bogus.example", RecordType::Mx)
                .bogus("_smtp._tls.bogus.example", RecordType::Txt)
        }),
        example("no-mail.example", "A domain that takes no mail", Verdict::NotApplicable, |world| {
            world.without_mx().mx(0, "").without_announce().without_host().without_tls_rpt()
        }),
        example("unreachable.example", "The DNS does not answer", Verdict::Inconclusive, |world| {
            world.server_failure(
                "_mta-sts.unreachable.example",
                RecordType::Txt,
                22,
                "at delegation unreachable.example.",
            )
        }),
    ]
}
