//! What DNSSEC says of the answers.

use super::policy_host::is_announced;
use super::rule::Kind;
use super::rule::Rule;
use super::source::rfc;
use super::source::sts;
use crate::evidence::Dns;
use crate::evidence::dnssec::Dnssec;
use crate::evidence::dnssec::dnssec;
use crate::facts::Facts;
use crate::text::clip::clip;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "dnssec-signed",
        kind: Kind::Pass,
        grammar: false,
        title: "DNSSEC protects the answers",
        what: super::rule::documented(
            "Whether each DNS answer that mail relies on is signed, with signatures that can be verified.",
        ),
        why: super::rule::explained(
            "Signatures keep others from forging your DNS answers, including the answer “there is no such record”, which would \
              hide your policy from senders.",
        ),
        steps: &[],
        source: sts("10.2"),
        check: |facts, out| {
            let answers = answers(facts);
            if answers.iter().all(|(_, dnssec)| *dnssec == Dnssec::Secure) {
                out.report().detail(list(&answers, Dnssec::Secure));
            }
        },
    },
    Rule {
        id: "dnssec-unsigned",
        kind: Kind::Info,
        grammar: false,
        title: "The domain is not signed with DNSSEC",
        what: super::rule::documented("Whether the domain's DNS answers are signed."),
        why: super::rule::explained(
            "MTA-STS works without DNSSEC. Signing closes one gap: somebody in between could forge the answer “there is no \
              policy” for a sender that has not seen your policy before.",
        ),
        steps: super::rule::to_mend(&[
            "{sign}",
            "Where the domain is registered, add the DS record that {dns host} then shows you. When both are \
             the same company, it often does this step for you.",
        ]),
        source: sts("10.2"),
        check: |facts, out| {
            if dnssec(facts.mx.dns) == Dnssec::Insecure && !facts.mx.no_such_domain() {
                out.report().detail(list(&answers(facts), Dnssec::Insecure));
            }
        },
    },
    Rule {
        id: "dnssec-bogus",
        kind: Kind::Error,
        grammar: false,
        title: "The DNSSEC signatures cannot be verified",
        what: super::rule::documented("Whether the domain's signatures can be validated."),
        why: super::rule::explained(
            "The domain is signed, but the signatures cannot be verified. Senders that check them cannot look you up at all: they see \
              no policy, and often cannot deliver mail.",
        ),
        steps: super::rule::to_mend(&[
            "Ask {dns host} to sign the domain again.",
            "Compare the DS record where the domain is registered with the one that {dns host} shows. After a move to another \
             DNS host, the old one is often left behind.",
            "If you cannot fix it soon, remove the DS record at the registrar: the domain is then unsigned, and reachable.",
        ]),
        source: rfc(4035, "5.5"),
        check: |facts, out| {
            for (name, dns) in names(facts) {
                if let Dns::Bogus { answer, .. } = dns {
                    let draft = out.report().subject(name);
                    if !answer.extended_errors.is_empty() {
                        let errors: Vec<String> =
                            answer.extended_errors.iter().take(3).map(super::dns_trouble::extended_error).collect();
                        draft.detail(format!("The resolver says: {}.", errors.join("; ")));
                    }
                }
            }
        },
    },
    Rule {
        id: "dnssec-partial",
        kind: Kind::Info,
        grammar: false,
        title: "A signed name leads into a zone that is not signed",
        what: super::rule::documented("Whether a CNAME leads from the signed domain into an unsigned zone."),
        why: super::rule::explained(
            "Your own zone is signed, but this name is an alias of one in a zone that is not. The protection of DNSSEC ends \
              there.",
        ),
        steps: super::rule::to_mend(&[
            "Ask the company that runs the other zone to sign it with DNSSEC, or host this record in your own zone.",
        ]),
        source: rfc(4035, "4.3"),
        check: |facts, out| {
            if dnssec(facts.mx.dns) != Dnssec::Secure {
                return;
            }
            for (name, dns) in names(facts) {
                // A policy host that nobody asks for may be a wildcard's answer.
                let is_asked_for = name != facts.host.name || is_announced(facts);
                if let Dns::Answer(answer) = dns
                    && let (false, Some(alias)) = (answer.authentic, answer.aliases.last())
                    && is_asked_for
                {
                    out.report().subject(name).detail(format!("It is an alias of {}.", clip(&alias.target, 100)));
                }
            }
        },
    },
];

/// The answers that mail relies on: what each is of, and what DNSSEC says of it. A policy host that nobody asks for may be a
/// wildcard's answer.
fn answers(facts: &Facts<'_>) -> Vec<(&'static str, Dnssec)> {
    let host = is_announced(facts).then(|| ("the policy host", facts.host.dnssec()));
    let answers = [
        Some(("the _mta-sts record", dnssec(facts.announce.dns))),
        host,
        Some(("the MX records", dnssec(facts.mx.dns))),
        Some(("the _smtp._tls record", dnssec(facts.tlsrpt.dns))),
    ];
    answers.into_iter().flatten().collect()
}

/// The same answers by the name that was asked for; the policy host's by the worse of its two.
fn names<'e>(facts: &Facts<'e>) -> Vec<(String, Dns<'e>)> {
    let Some(domain) = facts.domain else { return Vec::new() };
    let host = if dnssec(facts.host.v4) == facts.host.dnssec() { facts.host.v4 } else { facts.host.v6 };
    vec![
        (domain.announce_name(), facts.announce.dns),
        (facts.host.name.clone(), host),
        (domain.to_string(), facts.mx.dns),
        (domain.tlsrpt_name(), facts.tlsrpt.dns),
    ]
}

fn list(answers: &[(&'static str, Dnssec)], state: Dnssec) -> String {
    let named: Vec<&str> = answers.iter().filter(|(_, dnssec)| *dnssec == state).map(|(name, ..)| *name).collect();
    let word = if state == Dnssec::Secure { "Signed and valid" } else { "Not signed" };
    format!("{word}: {}.", named.join(", "))
}
