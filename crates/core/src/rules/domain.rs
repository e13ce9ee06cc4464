//! The domain itself.

use super::rule::Kind;
use super::rule::Rule;
use super::source::rfc;

pub(super) static RULES: &[Rule] = &[Rule {
    id: "domain-not-found",
    kind: Kind::Error,
    grammar: false,
    title: "This domain does not exist",
    what: super::rule::documented("Whether the domain is in the DNS at all."),
    why: super::rule::explained(
        "Nobody can send mail to a domain that does not exist. Most often the name is mistyped, or its registration has \
          expired.",
    ),
    steps: &[
        "Check the spelling: use the part after the @ of a mail address that works.",
        "If the spelling is right, ask the company where the domain was registered whether it has expired.",
    ],
    source: rfc(2308, "2.1"),
    check: |facts, out| {
        if facts.mx.no_such_domain() {
            out.report().detail("The DNS answers NXDOMAIN for the domain's own name.");
        }
    },
}];
