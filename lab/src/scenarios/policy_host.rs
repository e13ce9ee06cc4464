//! Policy hosts that cannot be found or reached.

use std::time::Duration;

use crate::address;
use crate::policy_host::{Behaviour, Response};
use crate::scenario::{Scenario, policy};
use crate::zone::txt;

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::well("record-without-policy-host", "no-policy-host.com", "A record, and no such policy host")
            .without("mta-sts")
            .verdict("broken")
            .must(&["policy-host-missing", "record-ok"])
            .must_not(&["record-missing", "policy-connect-failed", "policy-host-cname-dangling"]),
        Scenario::well(
            "policy-host-no-address",
            "addressless-host.com",
            "The policy host's name exists, without an address",
        )
        .without("mta-sts")
        .set("mta-sts", "TXT", txt("to do: ask for web space"))
        .verdict("broken")
        .must(&["policy-host-missing"])
        .must_not(&["policy-connect-failed", "policy-host-cname-dangling", "policy-host-ipv6-only"]),
        Scenario::well("policy-host-cname-dangling", "forgotten-host.com", "The policy host's CNAME leads nowhere")
            .without("mta-sts")
            .set("mta-sts", "CNAME", "cancelled-site.dns-hosting.net.")
            .verdict("broken")
            .must(&["policy-host-cname-dangling"])
            .must_not(&["policy-ok", "policy-connect-failed"]),
        Scenario::well(
            "policy-host-private",
            "office-policy-host.com",
            "The policy host has a private address (and answers)",
        )
        .without("mta-sts")
        .set("mta-sts", "A", address::POLICY_HOST_PRIVATE)
        .verdict("broken")
        .must(&["policy-host-private-address"])
        .must_not(&["policy-connect-failed", "policy-host-missing", "policy-ok"]),
        Scenario::well("policy-host-ipv6-only", "sixes-only.com", "The policy host has an IPv6 address alone")
            .unset("mta-sts", "A")
            .must(&["policy-host-ipv6-only", "policy-ok"])
            .must_not(&["policy-host-missing", "policy-connect-failed"]),
        Scenario::well("policy-host-refuses", "web-server-down.com", "No web server runs on the policy host")
            .without("mta-sts")
            .set("mta-sts", "A", address::POLICY_HOST_DOWN)
            .verdict("broken")
            .must(&["policy-connect-failed"])
            .must_not(&["policy-ok", "policy-host-missing", "policy-timeout"]),
        Scenario::well(
            "policy-host-resets",
            "hangs-up.com",
            "The policy host closes the connection instead of answering",
        )
        .behaves(Behaviour::HangUp)
        .verdict("broken")
        .must(&["policy-connect-failed"])
        .must_not(&["policy-ok", "policy-timeout", "policy-empty"]),
        Scenario::well(
            "policy-host-silent",
            "never-answers.com",
            "The policy host takes the request and never answers",
        )
        .behaves(Behaviour::SilentAfterRequest)
        .verdict("broken")
        .must(&["policy-timeout"])
        .must_not(&["policy-ok", "policy-slow", "policy-connect-failed"]),
        Scenario::well(
            "policy-host-mute",
            "never-greets.com",
            "The policy host takes the connection and never starts TLS",
        )
        .behaves(Behaviour::SilentBeforeTls)
        .verdict("broken")
        .must(&["policy-timeout"])
        .must_not(&["policy-ok", "policy-slow", "policy-tls-failed"]),
        Scenario::well("policy-host-slow", "takes-its-time.com", "The policy host answers well, after three seconds")
            .behaves(Behaviour::Delayed(
                Duration::from_secs(3),
                Response::policy(policy("takes-its-time.com", "enforce")),
            ))
            .must(&["policy-slow", "policy-ok"])
            .must_not(&["policy-timeout", "policy-connect-failed"]),
    ]
}
