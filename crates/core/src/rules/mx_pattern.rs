//! The `mx:` patterns of the policy.

use super::live_mx::{LINES, missing_lines};
use super::policy_file::{NEW_ID, each, fault};
use super::rule::Kind;
use super::rule::Rule;
use super::rule::Sink;
use super::source::sts;
use crate::facts::Facts;
use crate::providers;
use crate::published::policy::mx_pattern::MxPattern;
use crate::published::policy::{Fault, Mode, Parsed};
use crate::text::clip::clip;
use crate::text::span::Spanned;

/// Findings of one rule: whoever has more of them has one mistake, not many.
const LIMIT: usize = 20;

pub(crate) static RULES: &[Rule] = &[
    fault(
        "mx-pattern-trailing-dot",
        "A server name in the policy ends with a dot",
        "Whether a pattern ends without a dot.",
        "In DNS settings a name may end with a dot, but not in a policy. Senders cannot read the line, or it matches no server.",
        &["Delete the dot at the end of the name.", NEW_ID],
        |facts, out| each(Fault::MxTrailingDot, facts, out),
    ),
    fault(
        "mx-pattern-port",
        "A server name in the policy has a port",
        "Whether a pattern is a name without a port.",
        "An mx line holds only the server's name. With a port after it, senders cannot read the line.",
        &["Delete the colon and the number after the name.", NEW_ID],
        |facts, out| each(Fault::MxPort, facts, out),
    ),
    Rule {
        grammar: false,
        ..fault(
            "mx-pattern-ip",
            "The policy has an address where a server name belongs",
            "Whether a pattern is a name and not an IP address.",
            "Senders compare the policy with the names in your MX records. An address matches none of them.",
            &["Write the server's name as it stands in the MX record.", NEW_ID],
            |facts, out| {
                each(Fault::MxIp, facts, out);
                each(Fault::MxIpLiteral, facts, out);
            },
        )
    },
    fault(
        "mx-pattern-list",
        "Several servers stand on one line",
        "Whether each mx line names one server.",
        "Each server needs an mx line of its own. Senders cannot read a list.",
        &["Write one line for each server, each beginning with mx:.", NEW_ID],
        |facts, out| split(Fault::MxList, facts, out),
    ),
    fault(
        "mx-pattern-priority",
        "A server name in the policy has a preference number",
        "Whether a pattern stands without the preference of the MX record.",
        "The number belongs to the MX record in DNS. In the policy, senders cannot read the line with it.",
        &["Delete the number in front of the name.", NEW_ID],
        |facts, out| each(Fault::MxPriority, facts, out),
    ),
    fault(
        "mx-pattern-url-or-address",
        "The policy has a web or mail address where a server name belongs",
        "Whether a pattern is a host name.",
        "An mx line holds only the name of a mail server. Senders cannot read an address there.",
        &["Write the server's name as it stands in the MX record, without https:// or an @.", NEW_ID],
        |facts, out| each(Fault::MxUrlOrAddress, facts, out),
    ),
    fault(
        "mx-pattern-bad-wildcard",
        "The policy uses an asterisk where it is not allowed",
        "Whether an asterisk stands alone as the first part of a name.",
        "The asterisk may only stand for the whole first part of a name, as in *.example.com. Senders cannot read any other use.",
        &["Write the server's full name, or an asterisk, a dot and the rest of the name.", NEW_ID],
        |facts, out| each(Fault::MxBadWildcard, facts, out),
    ),
    fault(
        "mx-pattern-non-ascii",
        "A server name in the policy has special letters",
        "Whether a pattern is plain ASCII.",
        "Names with accents or other scripts must be written in the form that begins with xn--. Senders cannot read this one.",
        &["Write the name as it stands in the MX record: there it has the form that begins with xn--.", NEW_ID],
        |facts, out| each(Fault::MxNonAscii, facts, out),
    ),
    fault(
        "mx-pattern-invalid-label",
        "A server name in the policy is not a valid name",
        "Whether each part of a pattern is one that a host name can have.",
        "A host name has letters, digits and hyphens, at most 63 in each part, and no part begins or ends with a hyphen. \
         Senders cannot read this one.",
        &["Compare the name with the one in the MX record, and correct it.", NEW_ID],
        |facts, out| each(Fault::MxInvalidLabel, facts, out),
    ),
    Rule {
        grammar: false,
        ..fault(
            "mx-pattern-too-broad",
            "A pattern allows servers of strangers",
            "Whether a wildcard stands directly under an ending such as .com or .com.au.",
            "Anyone can register a name under that ending, and the policy would allow their server. That defeats its purpose.",
            &["Name your own servers, or your provider's, in full.", NEW_ID],
            |facts, out| patterns(facts, out, MxPattern::is_too_broad),
        )
    },
    Rule {
        kind: Kind::Info,
        grammar: false,
        ..fault(
            "mx-pattern-own-wildcard",
            "The policy allows every host of your domain",
            "Whether a wildcard covers the domain itself.",
            "Any host directly under your domain may take your mail. That is allowed; it relies on nobody else being able to \
             set up a host there.",
            &[],
            |facts, out| {
                let own = |pattern: &MxPattern| {
                    facts.domain.is_some_and(|domain| pattern.is_wildcard() && pattern.base() == domain.as_str())
                };
                patterns(facts, out, own);
            },
        )
    },
    Rule {
        kind: Kind::Info,
        grammar: false,
        ..fault(
            "mx-pattern-duplicate",
            "A server is named twice in the policy",
            "Whether each pattern is given once.",
            "The second line changes nothing.",
            &[],
            |facts, out| {
                let Some(policy) = &facts.policy else { return };
                // Each is compared with all before it, so the first few alone: of a policy in earnest that is all of them.
                for (index, pattern) in policy.mx.iter().enumerate().take(2 * LIMIT) {
                    if policy.mx[..index].iter().any(|earlier| earlier.value == pattern.value) {
                        report(policy, pattern, out);
                    }
                }
            },
        )
    },
    Rule {
        kind: Kind::Warning,
        grammar: false,
        ..fault(
            "mx-pattern-unused",
            "The policy names a server that takes no mail",
            "Whether each pattern matches a live MX host.",
            "No MX record of the domain has this name. It may be left over from an earlier provider, or misspelt, and the policy \
             would still accept that server.",
            &["If the server is gone for good: delete the line.", "If it is misspelt: correct it.", NEW_ID],
            |facts, out| {
                let applies = facts.mx.known() && facts.mode().is_some_and(|mode| mode != Mode::None);
                // Where an MX record is probably mistyped, the policy may well have the right name.
                let mistyped = facts.mx.hosts.iter().any(|mx| mx.addresses.has_none());
                let Some(domain) = facts.domain.filter(|_| applies && !mistyped) else { return };
                let used = |pattern: &MxPattern| match facts.mx.hosts.as_slice() {
                    [] => pattern.matches(domain.as_str()),
                    hosts => hosts.iter().any(|mx| pattern.matches(&mx.host) || pattern.misses_by_depth(&mx.host)),
                };
                // Other servers of a provider that is live are its standbys.
                let standby = |pattern: &MxPattern| {
                    providers::mail([pattern.base()].into_iter())
                        .iter()
                        .any(|provider| facts.mx.providers.contains(provider))
                };
                patterns(facts, out, |pattern| !used(pattern) && !standby(pattern));
            },
        )
    },
    Rule {
        grammar: false,
        source: sts("4.1"),
        ..fault(
            "mx-pattern-wildcard-depth",
            "A wildcard has the wrong number of parts",
            "Whether a wildcard has as many parts as the servers that it is meant for.",
            "An asterisk stands for exactly one part of a name. This pattern has the right ending, but the server's name has \
             more or fewer parts, so it is not allowed.",
            &[
                "Write the server's name in full, or put the asterisk directly in front of what follows its first part.",
                NEW_ID,
            ],
            |facts, out| {
                let (Some(policy), Some(severity)) = (&facts.policy, super::severity_by_mode(facts)) else { return };
                for mx in facts.mx.hosts.iter().filter(|mx| mx.matched_by.is_none()) {
                    let Some(pattern) = policy.mx.iter().find(|pattern| pattern.value.misses_by_depth(&mx.host)) else {
                        continue;
                    };
                    let draft = report(policy, pattern, out).severity(severity);
                    let draft =
                        draft.detail(format!("{} does not match {}.", pattern.value.as_str(), clip(&mx.host, 100)));
                    draft.copy(LINES, missing_lines(facts, &mx.host));
                }
            },
        )
    },
];

/// One finding for each valid pattern that is odd.
fn patterns(facts: &Facts<'_>, out: &mut Sink<'_>, is_odd: impl Fn(&MxPattern) -> bool) {
    let Some(policy) = &facts.policy else { return };
    for pattern in policy.mx.iter().filter(|pattern| is_odd(&pattern.value)).take(LIMIT) {
        report(policy, pattern, out);
    }
}

fn report<'s>(policy: &Parsed<'_>, pattern: &Spanned<MxPattern>, out: &'s mut Sink<'_>) -> super::rule::Draft<'s> {
    out.report().subject(pattern.value.as_str()).at(pattern.span, &policy.text)
}

/// One finding for each list, with a line for each of its names.
fn split(fault: Fault, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    for issue in policy.issues.iter().filter(|issue| issue.kind == fault) {
        let list = issue.span.of(&policy.text);
        let names = list.split([' ', '\t', ',', ';']).filter(|name| MxPattern::parse(name).is_ok());
        let lines = crate::published::policy::mx_lines(names);
        let draft = out.report().subject(clip(list, 100)).at(issue.span, &policy.text);
        if !lines.is_empty() {
            draft.copy(LINES, lines);
        }
    }
}
