//! Zones that mean to keep a checker busy, and a resolver whose answers are not answers.

use crate::address;
use crate::forgery::{CNAME, Forgery, MX, TXT, wire_name};
use crate::scenario::{RECORD, Scenario};
use crate::zone::txt;

const OK: &[&str] = &["record-ok", "policy-ok", "mx-all-match"];

pub(super) fn scenarios() -> Vec<Scenario> {
    let spoilt = |name, domain: &str, about, spoil: fn(Forgery) -> Forgery| {
        let announce = format!("_mta-sts.{domain}");
        Scenario::well(name, domain, about)
            .forged(spoil(Forgery::of(&announce, TXT).txt(RECORD)))
            .verdict("inconclusive")
            .must(&["record-dns-error"])
            .must_not(&["record-ok", "record-missing", "record-multiple", "record-not-sts"])
    };
    let mut all = vec![
        many_mail_hosts(),
        chain("alias-chain", "eight-aliases.com", 8, "enforced", OK),
        chain("alias-chain-long", "forty-aliases.com", 40, "inconclusive", &["record-dns-error"]),
        Scenario::well("alias-loop", "aliases-in-circles.com", "The announce record is an alias of an alias of itself")
            .unset("_mta-sts", "TXT")
            .set("_mta-sts", "CNAME", "round")
            .set("round", "CNAME", "and.round")
            .set("and.round", "CNAME", "_mta-sts")
            .verdict("inconclusive")
            .must(&["record-dns-error"])
            .must_not(&["record-ok", "record-missing"]),
        Scenario::well("txt-60k", "record-of-a-book.com", "An announce record of 60 KB")
            .set("_mta-sts", "TXT", txt(&format!("{RECORD} note={};", "x".repeat(60_000))))
            // The grammar sets no limit to what an extension says (RFC 8461 §3.1).
            .must(&["record-ok", "record-extension-unknown"])
            .must_not(&["record-dns-error", "record-missing"]),
        many_records(),
    ];
    all.extend([
        spoilt("dns-wrong-id", "answer-for-another.com", "An answer with another id", |good| good.with_byte(1, 7)),
        spoilt("dns-wrong-name", "answer-about-another.com", "An answer to a question about another name", |good| {
            good.with_byte(14, b'x')
        }),
        spoilt("dns-no-question", "answer-to-nothing.com", "An answer that repeats no question", |good| {
            good.with_byte(5, 0)
        }),
        spoilt("dns-two-questions", "answer-to-two.com", "An answer that claims two questions", |good| {
            good.with_byte(5, 2)
        }),
        spoilt("dns-too-many-records", "answer-overcounted.com", "A count of 65,535 records, and one there", |good| {
            good.with_byte(6, 255).with_byte(7, 255)
        }),
        spoilt("dns-pointer-loop", "answer-in-circles.com", "A compressed name that points at itself", |good| {
            let at = u8::try_from(good.body.len()).unwrap_or(0);
            good.followed_by(&[0xc0, at, 0, 16, 0, 1, 0, 0, 1, 44, 0, 1, 0]).with_byte(7, 2)
        }),
        spoilt("dns-not-an-answer", "answer-is-a-query.com", "A query in the place of an answer", |good| {
            good.with_byte(2, 1)
        }),
        spoilt("dns-truncated", "answer-cut-short.com", "An answer that says that it was cut short", |good| {
            good.with_byte(2, 0x83)
        }),
        spoilt("dns-empty", "answer-is-empty.com", "A byte, with status 200", |good| good.saying(200, &[0])),
        spoilt("dns-html", "answer-is-a-page.com", "A page to sign in", |good| {
            good.saying(200, b"<!doctype html><title>Sign in</title><script>alert(1)</script>")
        }),
        spoilt("dns-http-error", "resolver-is-down.com", "Status 503", |good| good.saying(503, b"Try again")),
        spoilt("dns-redirect", "resolver-moved.com", "A redirect to the inside", |good| {
            good.saying(302, b"https://127.0.0.1/dns-query")
        }),
        spoilt("dns-too-long", "answer-too-long.com", "An answer of more bytes than a message has", |good| {
            good.followed_by(&vec![0; 70_000])
        }),
        spoilt(
            "dns-text-length",
            "answer-overlong-text.com",
            "A text that claims to be longer than its record",
            |good| {
                let name = good.name.clone();
                Forgery::of(&name, TXT).record(&name, TXT, &[255, b'v'])
            },
        ),
    ]);
    all.extend(answered_with_loops());
    all.extend([
        rude(),
        Scenario::well(
            "dns-rude-error",
            "rude-resolver.com",
            "The resolver's own words have markup and escapes in them",
        )
        .forged(Forgery::of("_mta-sts.rude-resolver.com", TXT).failing(22, RUDE))
        .verdict("inconclusive")
        .must(&["record-dns-error"])
        .must_not(&["record-ok", "record-missing", "dnssec-bogus"]),
    ]);
    all
}

/// 200 MX hosts, of which ten are looked into.
fn many_mail_hosts() -> Scenario {
    let domain = "two-hundred-mail-hosts.com";
    let mut scenario = Scenario::well("mx-200", domain, "200 MX hosts, all allowed by a wildcard")
        .policy(format!("version: STSv1\nmode: enforce\nmx: *.{domain}\nmax_age: 2592000\n"))
        .unset("@", "MX")
        .must(&["policy-ok", "mx-all-match"])
        .must_not(&["mx-dns-error", "mx-none-match", "mx-target-no-address"]);
    for n in 0..200 {
        scenario = scenario.add("@", "MX", format!("{n} mail{n}")).add(&format!("mail{n}"), "A", address::MAIL);
    }
    scenario
}

/// An announce record behind this many aliases.
fn chain(
    name: &'static str,
    domain: &str,
    length: usize,
    verdict: &'static str,
    must: &'static [&'static str],
) -> Scenario {
    let mut scenario = Scenario::well(name, domain, "The announce record is behind a chain of aliases")
        .unset("_mta-sts", "TXT")
        .set("_mta-sts", "CNAME", "alias1")
        .set(&format!("alias{length}"), "TXT", txt(RECORD))
        .verdict(verdict)
        .must(must)
        .must_not(&["record-missing", "record-cname-dangling"]);
    for n in 1..length {
        scenario = scenario.set(&format!("alias{n}"), "CNAME", format!("alias{}", n + 1));
    }
    scenario
}

fn many_records() -> Scenario {
    let mut scenario = Scenario::well("txt-1000", "a-thousand-records.com", "1000 records beside the announce record")
        .verdict("inconclusive")
        .must(&["record-dns-error"])
        .must_not(&["record-ok", "record-not-sts", "record-missing"]);
    for n in 0..1000 {
        scenario = scenario.add("_mta-sts", "TXT", txt(&format!("verification={n}")));
    }
    scenario
}

/// Loops that the resolver hands on instead of giving up.
fn answered_with_loops() -> [Scenario; 2] {
    let dangling = |name, domain: &str, about, answer: fn(Forgery) -> Forgery| {
        let announce = format!("_mta-sts.{domain}");
        Scenario::well(name, domain, about)
            .forged(answer(Forgery::of(&announce, TXT)))
            .verdict("broken")
            .must(&["record-cname-dangling"])
            .must_not(&["record-ok", "record-dns-error"])
    };
    [
        dangling("dns-alias-loop", "loop-in-the-answer.com", "An answer whose aliases go in a circle", |answer| {
            let name = answer.name.clone();
            answer.alias(&name, "round.loop-in-the-answer.com").alias("round.loop-in-the-answer.com", &name).txt(RECORD)
        }),
        dangling("dns-alias-chain", "chain-in-the-answer.com", "An answer with a chain of 300 aliases", |answer| {
            let first = answer.name.clone();
            (0..300).fold(answer.alias(&first, "a0.chain-in-the-answer.com"), |answer, n| {
                answer.record(
                    &format!("a{n}.chain-in-the-answer.com"),
                    CNAME,
                    &wire_name(&format!("a{}.chain-in-the-answer.com", n + 1)),
                )
            })
        }),
    ]
}

/// What nobody should read as it stands.
const RUDE: &str =
    "</script><script>hurt()</script><img src=x onerror=hurt()>\u{1b}[31m\u{9b}1m\u{202e}\u{200b}\0]]>&lt;";

/// Every text of a domain's that reaches a page, with markup, escapes and hidden characters in it. The browser's tests look
/// at it (`e2e/browser/hostile.spec.mjs`).
fn rude() -> Scenario {
    let domain = "rude-texts.com";
    Scenario::well("rude-texts", domain, "Markup, escapes and hidden characters wherever a text can be")
        .forged(Forgery::of(&format!("_mta-sts.{domain}"), TXT).txt(&format!("v=STSv1; id=1{RUDE};")))
        .forged(
            Forgery::of(&format!("_smtp._tls.{domain}"), TXT).txt(&format!("v=TLSRPTv1; rua=javascript:hurt(),{RUDE}")),
        )
        .forged(
            Forgery::of(domain, MX)
                .mx(10, &["mail", "rude-texts", "com"])
                .mx(20, &["<img src=x onerror=hurt()>", "\u{202e}\0"]),
        )
        .responds(
            crate::policy_host::Response::new(
                200,
                "text/html\"><script>hurt()</script>",
                format!("version: STSv1\nmode: {RUDE}\nmx: {RUDE}\n{RUDE}: x\nmax_age: 86400\n"),
            )
            .with("Location", "javascript:hurt()"),
        )
        .verdict("broken")
        .must(&["record-id-too-long", "policy-line-invalid"])
        .must_not(&["record-ok", "policy-ok"])
}
