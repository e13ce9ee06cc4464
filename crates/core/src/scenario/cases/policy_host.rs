//! The policy host and what it answers.

use crate::evidence::{Cause, Response};
use crate::lookup::RecordType;
use crate::report::Verdict::{Broken, Enforced, Inconclusive, Missing};
use crate::scenario::world::{ENFORCE, World};

use super::given::{Scenario, given};

const HOST: &str = "mta-sts.shop.com.au";

type Rules = &'static [&'static str];
type Change = fn(World) -> World;

pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut scenarios = vec![
        given(
            "the host and its file are well",
            |w| w,
            Enforced,
            &["policy-ok"],
            &[
                "policy-host-missing",
                "policy-host-cname-dangling",
                "policy-host-takeover-risk",
                "policy-host-private-address",
                "policy-host-ipv6-only",
                "policy-host-dns-error",
                "policy-connect-failed",
                "policy-timeout",
                "policy-slow",
                "policy-tls-failed",
                "policy-fetch-error",
                "policy-redirect",
                "policy-not-found",
                "policy-forbidden",
                "policy-server-error",
                "policy-status-other",
                "policy-content-type-wrong",
                "policy-charset-odd",
                "policy-html-served",
                "policy-empty",
                "policy-too-large",
            ],
        ),
        given(
            "a record without a host",
            World::without_host,
            Broken,
            &["policy-host-missing"],
            &["policy-host-cname-dangling", "policy-not-found"],
        ),
        given(
            "a host that is an alias of nothing",
            |w| w.without_host().alias(HOST, "shop.gone.net"),
            Broken,
            &["policy-host-cname-dangling"],
            &["policy-host-missing"],
        ),
        given(
            "a host that is an alias of a good one",
            |w| w.without_host().alias(HOST, "sites.net").address("sites.net", "203.0.113.7"),
            Enforced,
            &["policy-ok"],
            &["policy-host-cname-dangling", "policy-host-missing"],
        ),
        given(
            "a site that nobody has claimed",
            |w| w.status(404, "<p>There isn't a GitHub Pages site here.</p>"),
            Broken,
            &["policy-host-takeover-risk"],
            &["policy-not-found"],
        ),
        given(
            "a private address",
            |w| w.host("10.0.0.1"),
            Broken,
            &["policy-host-private-address"],
            &["policy-connect-failed", "policy-ok"],
        ),
        given(
            "one private address beside a public one",
            |w| w.address(HOST, "192.168.0.1"),
            Broken,
            &["policy-host-private-address"],
            &["policy-ok"],
        ),
        given("IPv6 alone", |w| w.host("2001:db8::80"), Enforced, &["policy-host-ipv6-only"], &["policy-host-missing"]),
        given(
            "the host cannot be looked up",
            |w| w.server_failure(HOST, RecordType::A, 23, "").server_failure(HOST, RecordType::Aaaa, 23, ""),
            Inconclusive,
            &["policy-host-dns-error"],
            &["policy-host-missing"],
        ),
        given(
            "connections are refused",
            |w| w.fetch_fails(Cause::Connection),
            Broken,
            &["policy-connect-failed"],
            &["policy-timeout"],
        ),
        given(
            "the host never answers",
            |w| w.fetch_fails(Cause::Timeout).fetch_takes(6000),
            Broken,
            &["policy-timeout"],
            &["policy-connect-failed", "policy-slow"],
        ),
        given("the host takes its time", |w| w.fetch_takes(2600), Enforced, &["policy-slow"], &["policy-timeout"]),
        given("TLS fails", |w| w.fetch_fails(Cause::Tls), Broken, &["policy-tls-failed"], &["policy-connect-failed"]),
        given(
            "the fetch fails for a reason of ours",
            |w| w.fetch_fails(Cause::Unknown),
            Inconclusive,
            &["policy-fetch-error"],
            &["policy-connect-failed"],
        ),
        given(
            "a redirect",
            |w| {
                w.response(Response {
                    status: 301,
                    location: Some("https://www.shop.com.au/".into()),
                    ..Response::default()
                })
            },
            Broken,
            &["policy-redirect"],
            &["policy-status-other", "policy-not-found"],
        ),
        given(
            "a redirect to a login",
            |w| {
                w.response(Response {
                    status: 302,
                    location: Some(
                        "https://shop.cloudflareaccess.com/cdn-cgi/access/login/mta-sts.shop.com.au?kid=1".into(),
                    ),
                    ..Response::default()
                })
            },
            Broken,
            &["policy-redirect"],
            &["policy-forbidden", "policy-html-served"],
        ),
        given(
            "a challenge page",
            |w| w.status(403, "<!DOCTYPE html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>"),
            Broken,
            &["record-ok", "policy-forbidden"],
            &["policy-html-served"],
        ),
        given(
            "a page to sign in at",
            |w| w.status(200, "<!DOCTYPE html><form><input type=\"password\"></form>"),
            Broken,
            &["record-ok", "policy-html-served"],
            &["policy-ok"],
        ),
        given(
            "a 404 where nothing is announced",
            |w| w.without_announce().status(404, ""),
            Missing,
            &["record-missing"],
            &["policy-not-found"],
        ),
        given(
            "HTML instead of text",
            |w| w.status(200, "<!DOCTYPE html><html><body>Welcome</body></html>"),
            Broken,
            &["policy-html-served"],
            &["policy-version-missing", "policy-line-invalid", "policy-content-type-wrong"],
        ),
        given(
            "no bytes",
            |w| w.policy(""),
            Broken,
            &["policy-empty"],
            &["policy-version-missing", "policy-html-served"],
        ),
        given(
            "a policy over 64 KiB",
            |w| {
                let body = ENFORCE.to_owned() + &"note: x\n".repeat(9000);
                let body = &body.as_bytes()[..65_536];
                w.response(Response {
                    status: 200,
                    content_type: Some("text/plain".into()),
                    body: body.to_vec().into(),
                    truncated: true,
                    ..Response::default()
                })
            },
            Broken,
            &["policy-too-large"],
            &["policy-ok"],
        ),
    ];
    let statuses: &[(&'static str, u16, &'static [&'static str])] = &[
        ("404", 404, &["policy-not-found"]),
        ("410", 410, &["policy-not-found"]),
        ("403", 403, &["policy-forbidden"]),
        ("429", 429, &["policy-forbidden"]),
        ("500", 500, &["policy-server-error"]),
        ("204", 204, &["policy-status-other"]),
        ("206", 206, &["policy-status-other"]),
    ];
    scenarios.extend(statuses.iter().map(|&(name, status, must)| {
        given(name, |w| w.status(status, "no"), Broken, must, &["policy-ok", "policy-html-served", "policy-redirect"])
    }));
    let types: &[(&'static str, Option<&'static str>, Rules, Rules)] = &[
        (
            "text/html around a policy",
            Some("text/html"),
            &["policy-content-type-wrong", "policy-ok"],
            &["policy-html-served"],
        ),
        ("no content type", None, &["policy-content-type-wrong"], &["policy-charset-odd"]),
        (
            "TEXT/PLAIN",
            Some("TEXT/PLAIN; charset=\"UTF-8\""),
            &["policy-ok"],
            &["policy-content-type-wrong", "policy-charset-odd"],
        ),
        (
            "two content types, plain text second",
            Some("application/octet-stream, text/plain"),
            &["policy-content-type-wrong"],
            &["policy-charset-odd"],
        ),
        (
            "two content types, plain text first",
            Some("text/plain, application/octet-stream"),
            &["policy-content-type-wrong"],
            &["policy-charset-odd"],
        ),
        (
            "plain text twice",
            Some("text/plain; charset=utf-8, text/plain"),
            &["policy-ok"],
            &["policy-content-type-wrong", "policy-charset-odd"],
        ),
        (
            "utf8",
            Some("text/plain; charset=utf8"),
            &["policy-ok"],
            &["policy-content-type-wrong", "policy-charset-odd"],
        ),
        (
            "another charset",
            Some("text/plain; charset=iso-8859-1"),
            &["policy-charset-odd"],
            &["policy-content-type-wrong"],
        ),
    ];
    scenarios.extend(types.iter().map(|&(name, content_type, must, must_not)| {
        let response = Response {
            status: 200,
            content_type: content_type.map(str::to_owned),
            body: ENFORCE.into(),
            ..Response::default()
        };
        given(name, |w| w.response(response), Enforced, must, must_not)
    }));
    // What a wildcard, or a host that serves every name, has for the policy host of a domain that never set up MTA-STS.
    let answers: &[(&'static str, Change, Rules)] = &[
        (
            "nothing announced, and a certificate for another name at mta-sts",
            |w| w.certificate(&["www.shop.com.au"], |_| {}),
            &["policy-tls-name-mismatch", "policy-tls-failed"],
        ),
        (
            "nothing announced, and no connection at mta-sts",
            |w| w.fetch_fails(Cause::Connection),
            &["policy-connect-failed"],
        ),
        (
            "nothing announced, and a page for unclaimed names at mta-sts",
            |w| w.status(404, "<p>There isn't a GitHub Pages site here.</p>"),
            &["policy-host-takeover-risk", "policy-not-found"],
        ),
        ("nothing announced, and a redirect to the site at mta-sts", |w| w.status(301, ""), &["policy-redirect"]),
        (
            "nothing announced, and the site's page at mta-sts",
            |w| w.status(200, "<!DOCTYPE html><p>Welcome"),
            &["policy-html-served"],
        ),
        (
            "nothing announced, and a page without end at mta-sts",
            |w| w.response(Response { status: 200, truncated: true, body: "Welcome".into(), ..Response::default() }),
            &["policy-too-large"],
        ),
        (
            "nothing announced, and a private address at mta-sts",
            |w| w.host("10.0.0.1"),
            &["policy-host-private-address"],
        ),
        (
            "nothing announced, and IPv6 alone at mta-sts",
            |w| w.host("2001:db8::80").status(404, ""),
            &["policy-host-ipv6-only"],
        ),
        (
            "nothing announced, and an alias of nothing at mta-sts",
            |w| w.without_host().alias(HOST, "shop.gone.net").unsigned("shop.gone.net"),
            &["policy-host-cname-dangling", "policy-host-missing", "dnssec-partial"],
        ),
    ];
    scenarios.extend(answers.iter().map(|&(name, change, must_not)| {
        given(name, |w| change(w.without_announce()), Missing, &["record-missing"], must_not)
    }));
    scenarios.push(given(
        "a policy over IPv6 alone, which no record announces",
        |w| w.without_announce().host("2001:db8::80").fetch_takes(2600),
        Broken,
        &["record-missing-policy-served", "policy-host-ipv6-only", "policy-slow"],
        &[],
    ));
    scenarios.push(given(
        "nothing announced, and a fetch that fails for a reason of ours",
        |w| w.without_announce().fetch_fails(Cause::Unknown),
        Inconclusive,
        &["record-missing", "policy-fetch-error"],
        &[],
    ));
    scenarios
}
