//! The MX records that are live, and whether the policy allows them.

use crate::text::clip::clip;
use std::net::IpAddr;

use super::rule::Kind;
use super::rule::Rule;
use super::source::rfc;
use super::source::sts;
use crate::WHOLE;
use crate::evidence::Dns;
use crate::facts::Facts;
use crate::facts::live_mx::MxHost;
use crate::facts::live_mx::is_resolvable;
use crate::lookup::limits::MX_HOST_LIMIT;
use crate::lookup::public_address::is_public;
use crate::providers::mx_line::{self, Lines};
use crate::published::policy::{self, Mode};
use crate::report::Severity;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "mx-all-match",
        kind: Kind::Pass,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("4.1"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let applies = facts.usable_policy().is_some() && facts.mode() != Some(Mode::None);
            if applies && !facts.mx.hosts.is_empty() && facts.mx.hosts.iter().all(is_allowed) {
                let hosts = facts.mx.hosts.len();
                out.report().title(match hosts {
                    1 => "The policy allows the domain's mail server".to_owned(),
                    2 => "The policy allows both mail servers of the domain".to_owned(),
                    _ => format!("The policy allows all {hosts} mail servers of the domain"),
                });
            }
        },
    },
    Rule {
        id: "mx-none-match",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("4.1"),
        reported_as: &[Reported::CertificateHostMismatch, Reported::ValidationFailure],
        steps: &[Step::Own(Changes::File), Step::Own(Changes::FileAndId), Step::TestMeanwhile],
        ask: Ask::AllowServers,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(severity) = super::severity_by_mode(facts) else { return };
            if !facts.mx.hosts.is_empty() && !facts.mx.hosts.iter().any(is_allowed) {
                let hosts: Vec<&str> = facts.mx.hosts.iter().map(|mx| mx.host.as_str()).collect();
                let draft = out.report().severity(severity).detail(format!("Live MX hosts: {}.", named(&hosts)));
                // A name that leads nowhere is rather mistyped than forgotten.
                let leads = facts.mx.hosts.iter().filter(|mx| !mx.addresses.has_none());
                let lines = policy::mx_lines(Lines::for_hosts(leads.map(|mx| mx.host.as_str())).patterns());
                let is_enforced = severity == Severity::Error;
                let leads_nowhere = |mx: &MxHost<'_>| mx.addresses.has_none() && mx_line::is_host(&mx.host);
                let draft = match (lines.is_empty(), is_enforced) {
                    (true, _) if facts.mx.hosts.iter().any(leads_nowhere) => {
                        draft.steps(&[CHECK_THE_NAME, IF_IT_IS_RIGHT])
                    }
                    (true, true) => draft.steps(&[GIVE_A_NAME, LIST_THE_NAME, MEANWHILE]),
                    (true, false) => draft.steps(&[GIVE_A_NAME, LIST_THE_NAME]),
                    (false, true) => draft.copy(LINES, lines),
                    (false, false) => draft.steps(&[EDIT, SAVE]).copy(LINES, lines),
                };
                if !is_enforced {
                    draft.why(
                        "None of the servers that take your mail is in your own policy. In testing mode mail still arrives; \
                         with mode enforce it would all be held back.",
                    );
                }
            }
        },
    },
    Rule {
        id: "mx-some-unmatched",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("4.1"),
        reported_as: &[Reported::CertificateHostMismatch, Reported::ValidationFailure],
        steps: &[Step::Own(Changes::FileAndId), Step::Own(Changes::Dns)],
        ask: Ask::AllowServer,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(severity) = super::severity_by_mode(facts) else { return };
            if !facts.mx.hosts.iter().any(is_allowed) {
                return;
            }
            for mx in facts.mx.hosts.iter().filter(|mx| !is_allowed(mx)) {
                let draft = out.report().subject(&mx.host).severity(severity);
                let host = clip(&mx.host, 80);
                if mx_line::is_host(&mx.host) {
                    draft
                        .title(format!("The policy forgets {host}"))
                        .detail(format!("Preference {}. No mx line matches this name.", mx.preference))
                        .copy(LINES, missing_lines(facts, &mx.host));
                } else {
                    draft
                        .title(format!("No policy can allow {host}"))
                        .why(
                            "A policy names mail servers by their full host names, and this MX record does not hold one. \
                             Senders that follow the standard will not deliver to it.",
                        )
                        .detail(format!("Preference {}.", mx.preference))
                        .steps(&[GIVE_A_NAME, LIST_THE_NAME]);
                }
            }
        },
    },
    Rule {
        id: "mx-missing-implicit",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(5321, "5.1"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns), Step::Own(Changes::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if !facts.mx.is_implicit() || facts.mx.own.addresses().next().is_none() {
                return;
            }
            let Some(domain) = facts.domain else { return };
            let omitted = |policy: &policy::Parsed<'_>| !policy.mx.iter().any(|mx| mx.value.matches(domain.as_str()));
            let draft = out.report();
            if facts.mode() == Some(Mode::Enforce) && facts.policy_in_force().is_some_and(omitted) {
                draft.severity(Severity::Error).detail(format!(
                    "The domain's own name counts as its mail server, and the enforced policy does not name {domain}: mail is refused."
                ));
            }
        },
    },
    Rule {
        id: "mx-missing-no-address",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(7505, "3"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if facts.mx.has_nowhere() {
                out.report().copy("MX record", "0 .");
            }
        },
    },
    Rule {
        id: "mx-null",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(7505, "3"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if facts.mx.refuses_mail() {
                out.report();
            }
        },
    },
    Rule {
        id: "mx-null-with-others",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(7505, "3"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns), Step::Own(Changes::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if facts.mx.null && !facts.mx.hosts.is_empty() {
                out.report();
            }
        },
    },
    Rule {
        id: "mx-target-cname",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(2181, "10.3"),
        reported_as: &[Reported::CertificateHostMismatch],
        steps: &[Step::Own(Changes::FileAndId), Step::Own(Changes::Dns)],
        ask: Ask::AllowRealName,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for mx in &facts.mx.hosts {
                if let Some(alias) = mx.addresses.aliases().last() {
                    out.report().subject(&mx.host).detail(format!("It is an alias of {}.", clip(&alias.target, 100)));
                }
            }
        },
    },
    Rule {
        id: "mx-target-ip",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(5321, "5.1"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for mx in facts.mx.hosts.iter().filter(|mx| mx.host.parse::<IpAddr>().is_ok()) {
                out.report().subject(&mx.host);
            }
        },
    },
    Rule {
        id: "mx-target-no-address",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(5321, "5.1"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let works = facts.mx.hosts.iter().any(|mx| mx.addresses.addresses().next().is_some());
            for mx in facts.mx.hosts.iter().filter(|mx| mx.addresses.has_none()) {
                let draft = out.report().subject(&mx.host);
                if works {
                    draft.severity(Severity::Warning).why(
                        "The name in this MX record leads nowhere. Another server works, so mail arrives, but senders lose \
                         time on this one.",
                    );
                }
            }
        },
    },
    Rule {
        id: "mx-target-private",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(6890, "2.2.2"),
        reported_as: &[],
        steps: &[Step::Own(Changes::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for mx in &facts.mx.hosts {
                if let Some(address) = mx.addresses.addresses().find(|address| !is_public(*address)) {
                    out.report().subject(&mx.host).detail(format!("{address} is not a public address."));
                }
            }
        },
    },
    Rule {
        id: "mx-mixed-providers",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("8.1"),
        reported_as: &[Reported::StarttlsNotSupported],
        steps: &[Step::Own(Changes::Nothing), Step::Own(Changes::FileAndId)],
        ask: Ask::DropOldServers,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let names: Vec<&str> = facts.mx.providers.iter().map(|provider| provider.name.as_str()).collect();
            let draft = match names.len() {
                0 | 1 => return,
                2 => out.report().title("Two mail providers are live at once"),
                many => out.report().title(format!("{many} mail providers are live at once")),
            };
            let draft = draft.detail(format!("{}.", names.join(", ")));
            if !facts.serves_policy() || facts.mode() == Some(Mode::None) {
                draft
                    .why(
                        "Mail goes to more than one provider, as in the middle of a move. It may arrive at a provider where \
                         nobody looks any more.",
                    )
                    .steps(&[
                        "While you move: look at the mail that each provider has for you.",
                        "When the move is done: remove the old provider's MX records.",
                    ]);
            }
        },
    },
    Rule {
        id: "mx-dns-error",
        kind: Kind::Inconclusive,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(5321, "5.1"),
        reported_as: &[],
        steps: &[Step::CheckAgain, Step::Own(Changes::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(detail) = super::dns_trouble::dns_trouble(facts.mx.dns) {
                out.report().detail(detail);
            }
            let own = Some(&facts.mx.own).filter(|_| facts.mx.is_implicit());
            for host in facts.mx.hosts.iter().map(|mx| &mx.addresses).chain(own) {
                let bogus = "The DNSSEC signatures of the answer cannot be verified.";
                let trouble = |dns| match dns {
                    Dns::Bogus { .. } => Some(bogus.to_owned()),
                    dns => super::dns_trouble::dns_trouble(dns),
                };
                if let Some(detail) = trouble(host.v4).or_else(|| trouble(host.v6)) {
                    let draft =
                        out.report().subject(&host.name).title("The address of a mail server could not be looked up");
                    draft
                        .why(
                            "We could not find out whether this server has an address. This may clear up on its own; \
                             senders that get no answer either cannot deliver to this server.",
                        )
                        .detail(detail);
                }
            }
        },
    },
    Rule {
        id: "mx-not-looked-into",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::MailServers),
        source: rfc(5321, "5.1"),
        reported_as: &[],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let left = facts.mx.hosts.iter().filter(|mx| !mx.looked_up && is_resolvable(&mx.host));
            let left: Vec<&str> = left.map(|mx| mx.host.as_str()).collect();
            if !left.is_empty() {
                out.report().detail(format!("{} of {}: {}.", left.len(), facts.mx.hosts.len(), named(&left)));
            }
        },
    },
    Rule {
        id: "mx-tls-not-tested",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("4.2"),
        reported_as: &[Reported::StarttlsNotSupported, Reported::CertificateHostMismatch, Reported::CertificateExpired, Reported::CertificateNotTrusted, Reported::ValidationFailure, Reported::NotTold, Reported::Other],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let addressed = |mx: &MxHost<'_>| mx.addresses.addresses().next().is_some();
            if facts.usable_policy().is_some()
                && facts.mode() != Some(Mode::None)
                && facts.mx.hosts.iter().any(addressed)
            {
                out.report();
            }
        },
    },
];

const EDIT: &str = "Edit the policy file: write one mx line for each mail server that the domain uses now.";
const SAVE: &str =
    "Save the file, and only then give the {announce} record a new id, so that senders fetch the new policy.";

/// What lets mail through while an enforced policy is being corrected.
const MEANWHILE: &str = "If you cannot do so at once, change mode to testing in the file, and give the {announce} record a new id: mail then flows \
                         while you correct the list.";

/// What is to be done about an MX record of which no `mx` line can be made.
const GIVE_A_NAME: &str = "Give the server a full host name, made of letters, digits and hyphens, with an A record, and put \
                           that name into the MX record.";
const LIST_THE_NAME: &str =
    "Then write an mx line with that name into the policy file, and give the {announce} record a new id.";

/// What is to be done about MX records whose names have no address.
const CHECK_THE_NAME: &str = "Check the names in the domain's MX records: they have no address, so they are probably mistyped. Where you \
                              find a mistake, correct the MX record and leave the policy as it is.";
const IF_IT_IS_RIGHT: &str = "If a name is right: give it an A record. Then write an mx line with that name into the policy file, and give \
                              the {announce} record a new id.";

/// What is pasted into a policy file.
pub(super) const LINES: &str = "Lines for the policy file";

/// The lines that allow a host and its provider's others, less those that the policy has.
pub(super) fn missing_lines(facts: &Facts<'_>, host: &str) -> String {
    if !WHOLE {
        return String::new();
    }
    let known = |line: &&str| {
        facts
            .policy
            .as_ref()
            .is_some_and(|policy| policy.mx.iter().any(|mx| mx.value.as_str().eq_ignore_ascii_case(line)))
    };
    policy::mx_lines(Lines::for_hosts([host]).patterns().filter(|line| !known(line)))
}

fn is_allowed(mx: &MxHost<'_>) -> bool {
    mx.matched_by.is_some()
}

/// A few names, and how many more there are.
fn named(hosts: &[&str]) -> String {
    match hosts.len() {
        0..=MX_HOST_LIMIT => hosts.join(", "),
        many => format!("{}, and {} more", hosts[..MX_HOST_LIMIT].join(", "), many - MX_HOST_LIMIT),
    }
}
