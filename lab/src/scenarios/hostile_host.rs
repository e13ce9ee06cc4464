//! Policy hosts that mean to keep a checker busy: bodies without end, lies about lengths, compression of 1000 to 1. Each
//! check ends in time (`check.rs`), with what a sender would make of it.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::policy_host::{Behaviour, Response};
use crate::scenario::{Scenario, policy};

const PAUSE: Duration = Duration::from_millis(100);

pub(super) fn scenarios() -> Vec<Scenario> {
    let plain = |domain: &str| Response::policy(policy(domain, "enforce"));
    vec![
        Scenario::well("body-endless", "body-never-ends.com", "A policy, and then a line again and again, for ever")
            .behaves(Behaviour::Endless(chunked("text/plain"), chunk(b"mx: mail.body-never-ends.com\n")))
            .verdict("broken")
            .must(&["policy-too-large"])
            .must_not(&["policy-ok", "policy-timeout"]),
        Scenario::well("body-endless-bytes", "body-of-nothing.com", "NULs without end, each a chunk by itself")
            .behaves(Behaviour::Endless(chunked("application/octet-stream"), chunk(&[0])))
            .verdict("broken")
            // Of 65,537 chunks or six seconds, whichever ends first on this machine: too large, or too slow. Both are told of
            // the host, and either ends the check.
            .must(&["record-ok"])
            .must_not(&["policy-ok", "policy-fetch-error"]),
        Scenario::well("body-trickling", "body-a-byte-at-a-time.com", "A good policy, a byte at a time")
            .behaves(Behaviour::Trickling(PAUSE, plain("body-a-byte-at-a-time.com")))
            .verdict("broken")
            .must(&["policy-timeout"])
            .must_not(&["policy-ok", "policy-slow", "policy-fetch-error"]),
        Scenario::well("length-too-long", "length-overstated.com", "Content-Length says more than comes")
            .responds(plain("length-overstated.com").claiming(5000))
            .verdict("broken")
            .must(&["policy-connect-failed"])
            .must_not(&["policy-ok", "policy-tls-failed"]),
        Scenario::well("length-too-short", "length-understated.com", "Content-Length says less than comes")
            .responds(plain("length-understated.com").claiming(30))
            .verdict("broken")
            .must(&["policy-max-age-missing"])
            .must_not(&["policy-ok", "policy-tls-failed", "policy-connect-failed"]),
        Scenario::well(
            "length-huge",
            "length-of-a-terabyte.com",
            "Content-Length says a terabyte, and some of it comes",
        )
        .behaves(Behaviour::Endless(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1099511627776\r\n\r\n".to_vec(),
            b"version: STSv1\n".to_vec(),
        ))
        .verdict("broken")
        .must(&["policy-too-large"])
        .must_not(&["policy-ok", "policy-timeout"]),
        Scenario::well("gzip-bomb", "unpacks-to-much.com", "8 MiB of line ends, packed 1000 to 1")
            .responds(packed(&[policy("unpacks-to-much.com", "enforce").as_bytes(), &vec![b'\n'; 8 << 20]].concat()))
            .verdict("broken")
            .must(&["policy-too-large"])
            .must_not(&["policy-ok", "policy-timeout"]),
        Scenario::well("gzip-broken", "unpacks-to-nothing.com", "A body that says it is packed, and is not")
            .responds(plain("unpacks-to-nothing.com").with("Content-Encoding", "gzip"))
            .verdict("inconclusive")
            .must(&["policy-fetch-error"])
            .must_not(&["policy-ok", "policy-tls-failed"]),
        Scenario::well("gzip", "packed-policy.com", "A good policy, packed")
            .responds(packed(policy("packed-policy.com", "enforce").as_bytes()))
            .must(&["policy-ok", "mx-all-match"])
            .must_not(&["policy-too-large", "policy-fetch-error"]),
        Scenario::well("headers-endless", "headers-never-end.com", "Headers without end")
            .behaves(Behaviour::Endless(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n".to_vec(),
                b"X-Padding: 0123456789abcdef\r\n".to_vec(),
            ))
            .verdict("broken")
            .must(&["policy-connect-failed"])
            .must_not(&["policy-ok", "policy-tls-failed"]),
        Scenario::well("header-endless", "header-never-ends.com", "One header line without end")
            .behaves(Behaviour::Endless(b"HTTP/1.1 200 OK\r\nContent-Type: ".to_vec(), b"text/plain ".to_vec()))
            .verdict("broken")
            .must(&["policy-connect-failed"])
            .must_not(&["policy-ok", "policy-tls-failed"]),
        Scenario::well("continues-endless", "continues-for-ever.com", "100 Continue, again and again")
            .behaves(Behaviour::Endless(Vec::new(), b"HTTP/1.1 100 Continue\r\n\r\n".to_vec()))
            .verdict("broken")
            .must(&["policy-timeout"])
            .must_not(&["policy-ok", "policy-tls-failed"]),
        Scenario::well("babble", "speaks-no-tls.com", "Port 443 speaks something that is no TLS, without end")
            .behaves(Behaviour::Babble)
            .verdict("broken")
            .must(&["policy-tls-failed"])
            .must_not(&["policy-ok", "policy-timeout"]),
    ]
}

/// The head of an answer whose length is not said.
fn chunked(content_type: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes()
}

fn chunk(content: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", content.len()).as_bytes(), content, b"\r\n"].concat()
}

fn packed(body: &[u8]) -> Response {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(body).expect("a Vec takes all bytes");
    Response::policy(packer.finish().expect("a Vec takes all bytes")).with("Content-Encoding", "gzip")
}
