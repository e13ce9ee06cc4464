//! Policy hosts that answer with something else than a plain 200 and a policy.

use crate::policy_host::Response;
use crate::scenario::{Scenario, policy};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well("redirect", "policy-moved.com", "The policy is behind a redirect, which senders never follow")
            .responds(Response::redirect("https://mta-sts.well-signed.com/.well-known/mta-sts.txt"))
            .verdict("broken")
            .must(&["policy-redirect"])
            .must_not(&["policy-ok", "policy-connect-failed", "policy-not-found"]),
        Scenario::well("not-found", "policy-mislaid.com", "404 where the policy belongs")
            .responds(Response::new(404, "text/html; charset=utf-8", "<!doctype html><title>Not found</title>"))
            .verdict("broken")
            .must(&["policy-not-found"])
            .must_not(&["policy-ok", "policy-html-served", "policy-host-missing"]),
        Scenario::well("forbidden", "policy-locked.com", "403 where the policy belongs")
            .responds(Response::new(403, "text/plain", "Forbidden\n"))
            .verdict("broken")
            .must(&["policy-forbidden"])
            .must_not(&["policy-ok", "policy-not-found"]),
        Scenario::well("server-error", "policy-crashed.com", "500 where the policy belongs")
            .responds(Response::new(500, "text/plain", "Internal Server Error\n"))
            .verdict("broken")
            .must(&["policy-server-error"])
            .must_not(&["policy-ok", "policy-connect-failed", "policy-tls-failed"]),
        Scenario::well("no-content", "policy-vacant.com", "204: a success that is not 200")
            .responds(Response::new(204, "text/plain", ""))
            .verdict("broken")
            .must(&["policy-status-other"])
            .must_not(&["policy-ok", "policy-empty"]),
        Scenario::well("html", "policy-is-a-page.com", "The site's home page, with status 200")
            .responds(Response::new(
                200,
                "text/html; charset=utf-8",
                "<!doctype html><html lang=en><title>Bakery</title><h1>Fresh bread</h1><script>alert(1)</script></html>",
            ))
            .verdict("broken")
            .must(&["policy-html-served"])
            .must_not(&["policy-ok", "policy-version-missing"]),
        Scenario::well("content-type", "policy-as-download.com", "A good policy as application/octet-stream")
            .responds(Response::new(200, "application/octet-stream", policy("policy-as-download.com", "enforce")))
            .must(&["policy-content-type-wrong", "policy-ok", "mx-all-match"])
            .must_not(&["policy-html-served", "policy-charset-odd"]),
        Scenario::well("crlf", "policy-crlf.com", "A good policy with CRLF line ends, as the RFC prints it")
            .policy(policy("policy-crlf.com", "enforce").replace('\n', "\r\n"))
            .must(&["policy-ok", "mx-all-match"])
            .must_not(&["policy-cr-only", "policy-blank-line", "policy-line-invalid"]),
        Scenario::well("empty", "policy-blank.com", "An empty body")
            .policy("")
            .verdict("broken")
            .must(&["policy-empty"])
            .must_not(&["policy-ok", "policy-version-missing"]),
        Scenario::well("too-large", "policy-endless.com", "A policy over 64 KiB")
            .policy(format!("{}note: {}\n", policy("policy-endless.com", "enforce"), "x".repeat(70 * 1024)))
            .verdict("broken")
            .must(&["policy-too-large"])
            .must_not(&["policy-ok", "policy-connect-failed"]),
        Scenario::well("malformed", "policy-mistyped.com", "A policy with a mode that does not exist")
            .policy(policy("policy-mistyped.com", "enforced"))
            .verdict("broken")
            .must(&["policy-mode-invalid"])
            .must_not(&["policy-ok", "policy-mode-missing"]),
    ]
}
