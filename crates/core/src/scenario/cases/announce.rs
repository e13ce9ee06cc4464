//! The domain and its announce record.

use crate::evidence::{Cause, Record};
use crate::lookup::RecordType;
use crate::report::Verdict::{Broken, Enforced, Inconclusive, Missing, NoSuchDomain};
use crate::scenario::world::World;
use crate::text::octets::Octets;

use super::given::{Scenario, given};

const AT: &str = "_mta-sts.shop.com.au";
const HOST: &str = "mta-sts.shop.com.au";

pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut scenarios = vec![
        given(
            "all is well",
            |w| w,
            Enforced,
            &["record-ok", "policy-ok", "tlsrpt-ok"],
            &[
                "domain-not-found",
                "record-missing",
                "record-missing-policy-served",
                "record-multiple",
                "record-unrelated-txt",
                "record-not-sts",
                "record-version-case",
                "record-version-spacing",
                "record-version-unsupported",
                "record-missing-semicolon",
                "record-space-before-semicolon",
                "record-id-missing",
                "record-id-invalid",
                "record-id-too-long",
                "record-id-spacing",
                "record-id-duplicate",
                "record-extension-unknown",
                "record-syntax-invalid",
                "record-literal-quotes",
                "record-non-ascii",
                "record-split-strings",
                "record-cname",
                "record-cname-dangling",
                "record-ttl-long",
                "record-dns-error",
            ],
        ),
        Scenario {
            name: "the domain does not exist",
            world: World::new("no-such-shop.com.au").zone("com.au").nonexistent(),
            verdict: NoSuchDomain,
            must: &["domain-not-found"],
            must_not: &["record-ok", "policy-host-missing", "mx-missing-no-address"],
        },
        given(
            "nothing is published",
            |w| w.without_announce().without_host().without_tls_rpt(),
            Missing,
            &["record-missing"],
            &["record-missing-policy-served", "policy-host-missing"],
        ),
        given(
            "a policy without a record",
            World::without_announce,
            Broken,
            &["record-missing-policy-served"],
            &["record-missing"],
        ),
        given("two records", |w| w.also_announce("v=STSv1; id=2;"), Broken, &["record-multiple"], &["record-ok"]),
        given(
            "another TXT beside a good one",
            |w| w.also_announce("v=spf1 -all"),
            Enforced,
            &["record-ok", "record-unrelated-txt"],
            &["record-multiple", "record-not-sts"],
        ),
        given(
            "the TLS-RPT record at the announce record's name",
            |w| w.without_tls_rpt().announce("v=TLSRPTv1; rua=mailto:own@shop.com.au"),
            Broken,
            &["policy-ok", "record-not-sts", "tlsrpt-wrong-name"],
            &["tlsrpt-missing", "record-ok"],
        ),
        given(
            "the two records in each other's place",
            |w| w.announce("v=TLSRPTv1; rua=mailto:own@shop.com.au").tls_rpt("v=STSv1; id=20260101"),
            Broken,
            &["policy-ok", "record-wrong-name", "tlsrpt-wrong-name"],
            &["record-not-sts", "tlsrpt-not-tlsrpt", "tlsrpt-missing"],
        ),
        given(
            "both records at the announce record's name",
            |w| w.without_tls_rpt().also_announce("v=TLSRPTv1; rua=mailto:own@shop.com.au"),
            Enforced,
            &["record-ok", "tlsrpt-wrong-name"],
            &["record-unrelated-txt", "tlsrpt-missing"],
        ),
        given(
            "two records in one text",
            |w| w.without_tls_rpt().announce("v=STSv1; id=20240101v=TLSRPTv1; rua=mailto:own@shop.com.au"),
            Broken,
            &["policy-ok", "record-syntax-invalid", "tlsrpt-wrong-name"],
            &["record-id-invalid", "tlsrpt-missing"],
        ),
        given(
            "the policy file's text as the record",
            |w| w.announce("version: STSv1 mode: enforce mx: mx1.mail-host.net max_age: 604800"),
            Broken,
            &["policy-ok", "record-not-sts"],
            &["record-id-missing", "record-version-unsupported", "record-syntax-invalid"],
        ),
        given(
            "an id that was not filled in",
            |w| w.announce("v=STSv1; id=<YYYYMMDD>"),
            Broken,
            &["policy-ok", "record-id-invalid"],
            &["record-ok"],
        ),
        given(
            "only SPF at the name",
            |w| w.announce("v=spf1 -all"),
            Broken,
            &["record-not-sts"],
            &["record-unrelated-txt", "record-missing"],
        ),
        given(
            "a record in two strings",
            |w| {
                let strings = vec![Octets::from("v=STSv1; id=2026"), Octets::from("1101T0800;")];
                w.without_announce().record(AT, RecordType::Txt, Record::Txt(strings))
            },
            Enforced,
            &["record-split-strings", "record-ok"],
            &["record-id-invalid"],
        ),
        given(
            "a delegated record",
            |w| w.without_announce().alias(AT, "_mta-sts.provider.net").txt("_mta-sts.provider.net", "v=STSv1; id=7"),
            Enforced,
            &["record-cname", "record-ok"],
            &["record-cname-dangling"],
        ),
        given(
            "a delegation that leads nowhere",
            |w| w.without_announce().alias(AT, "_mta-sts.gone.net"),
            Broken,
            &["record-cname-dangling"],
            &["record-ok", "record-missing", "record-missing-policy-served"],
        ),
        given(
            "a CNAME loop",
            |w| w.without_announce().alias(AT, AT),
            Broken,
            &["record-cname-dangling"],
            &["record-cname"],
        ),
        given("a TTL of a week", |w| w.ttl(AT, 604_800), Enforced, &["record-ttl-long"], &[]),
        given(
            "the resolver does not answer for the record",
            |w| w.no_answer(AT, RecordType::Txt),
            Inconclusive,
            &["record-dns-error"],
            &["record-missing", "record-missing-policy-served", "dnssec-bogus"],
        ),
        given(
            "a zone that nobody serves",
            |w| w.server_failure(AT, RecordType::Txt, 22, "at delegation"),
            Inconclusive,
            &["record-dns-error"],
            &["dnssec-bogus"],
        ),
    ];
    let texts: &[(&'static str, &'static str, bool, &'static [&'static str])] = &[
        ("a version in lower case", "v=stsv1; id=1;", false, &["record-version-case"]),
        ("a version with spaces", "v = STSv1; id=1;", false, &["record-version-spacing"]),
        ("a version 2", "v=STSv2; id=1;", false, &["record-version-unsupported"]),
        ("no semicolon", "v=STSv1 id=1", false, &["record-missing-semicolon"]),
        ("a comma for a semicolon", "v=STSv1, id=1", false, &["record-missing-semicolon"]),
        ("a space before the semicolon", "v=STSv1 ; id=1;", true, &["record-space-before-semicolon"]),
        ("no id", "v=STSv1;", false, &["record-id-missing"]),
        ("an empty id", "v=STSv1; id=;", false, &["record-id-missing"]),
        ("a date with hyphens for an id", "v=STSv1; id=2026-11-24;", false, &["record-id-invalid"]),
        ("an id of 33 characters", "v=STSv1; id=123456789012345678901234567890123;", false, &["record-id-too-long"]),
        ("spaces around the id's sign", "v=STSv1; id = 1;", false, &["record-id-spacing"]),
        ("two ids", "v=STSv1; id=1; id=2;", true, &["record-id-duplicate"]),
        ("an extension", "v=STSv1; id=1; contact=mail;", true, &["record-extension-unknown"]),
        ("two semicolons", "v=STSv1;; id=1;", false, &["record-syntax-invalid"]),
        ("quotes in the value", "\"v=STSv1; id=1;\"", false, &["record-literal-quotes"]),
        ("a smart quote", "v=STSv1; id=\u{201c}1\u{201d};", false, &["record-non-ascii"]),
    ];
    scenarios.extend(texts.iter().map(|&(name, text, valid, must)| {
        let verdict = if valid { Enforced } else { Broken };
        let must_not: &[&str] =
            if valid { &["record-not-sts"] } else { &["record-ok", "record-not-sts", "record-missing"] };
        given(name, |w| w.announce(text), verdict, must, must_not)
    }));
    // Whatever failed, what is certain decides.
    scenarios.extend([
        given(
            "a faulty record, and MX records that cannot be looked up",
            |w| w.announce("v=STSv1; id=;").no_answer("shop.com.au", RecordType::Mx),
            Broken,
            &["record-id-missing", "mx-dns-error"],
            &[],
        ),
        given(
            "a faulty record, and a policy that cannot be fetched for a reason of ours",
            |w| w.announce("v=STSv1; id=;").fetch_fails(Cause::Unknown),
            Broken,
            &["record-id-missing", "policy-fetch-error"],
            &[],
        ),
        given(
            "a faulty record, and a policy host that cannot be looked up",
            |w| w.announce("v=STSv1; id=;").no_answer(HOST, RecordType::A).no_answer(HOST, RecordType::Aaaa),
            Broken,
            &["record-id-missing", "policy-host-dns-error"],
            &[],
        ),
        given(
            "no record, a policy, and MX records that cannot be looked up",
            |w| w.without_announce().no_answer("shop.com.au", RecordType::Mx),
            Broken,
            &["record-missing-policy-served", "mx-dns-error"],
            &[],
        ),
        given(
            "a record that cannot be looked up, and a policy that no sender can read",
            |w| w.no_answer(AT, RecordType::Txt).policy("version: STSv1\nmode: enforced\n"),
            Broken,
            &["record-dns-error", "policy-mode-invalid"],
            &["record-missing-policy-served"],
        ),
        given(
            "an alias of nothing, and a policy that cannot be fetched for a reason of ours",
            |w| w.without_announce().alias(AT, "_mta-sts.gone.net").fetch_fails(Cause::Unknown),
            Broken,
            &["record-cname-dangling", "policy-fetch-error"],
            &[],
        ),
    ]);
    scenarios
}
