//! The MX records that are live, and whether the policy allows them.

use super::dns_trouble::dns_trouble;
use super::mode::severity_by_mode;
use super::rule::{Case, Detail, Draft, Kind, Rule};
use super::source::{rfc, sts};
use super::step::{Ask, Reported, Step, Target, ToPaste};
use crate::evidence::Dns;
use crate::facts::Facts;
use crate::facts::live_mx::{MxHost, Never, Reach, is_resolvable};
use crate::lookup::limits::MX_HOST_LIMIT;
use crate::lookup::public_address::is_public;
use crate::name::without_zone;
use crate::providers::mx_line::{self, Lines};
use crate::published::policy::{self, Mode};
use crate::report::Severity;
use crate::report::link::Link;
use crate::text::clip::clip;

/// The policy allows no mail server.
const NONE_MATCH: &str = "mx-none-match";

/// The policy does not allow some mail servers.
const SOME_UNMATCHED: &str = "mx-some-unmatched";

/// Whether a rule says that the policy does not allow a mail server of the domain.
pub(crate) fn is_of_servers_not_allowed(rule: &str) -> bool {
    [NONE_MATCH, SOME_UNMATCHED].contains(&rule)
}

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
        cases: &[ONE, TWO, MANY],
        check: |facts, out| {
            let applies = facts.usable_policy().is_some() && facts.mode() != Some(Mode::None);
            let hosts = facts.mx.reached().count();
            if applies && hosts > 0 && facts.mx.reached().all(is_allowed) {
                let draft = out.report();
                match hosts {
                    1 => draft.case(ONE),
                    2 => draft.case(TWO),
                    _ => draft.case(MANY).count("hosts", hosts),
                };
            }
        },
    },
    Rule {
        id: NONE_MATCH,
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("4.1"),
        reported_as: &[Reported::CertificateHostMismatch, Reported::ValidationFailure],
        steps: &[Step::Own(Target::File), Step::Own(Target::FileAndId), Step::TestMeanwhile],
        ask: Ask::AllowServers,
        lacks: &[],
        cases: &[TESTING, NAMELESS, NAMELESS_ENFORCED, MORE],
        check: |facts, out| {
            let Some(severity) = severity_by_mode(facts) else { return };
            let hosts: Vec<&str> = facts.mx.reached().map(|mx| mx.host.as_str()).collect();
            if hosts.is_empty() || facts.mx.reached().any(|mx| is_allowed(mx) || mx.reach == Reach::Pending) {
                return;
            }
            let draft = naming(out.report().severity(severity), &hosts);
            let is_enforced = severity == Severity::Error;
            let draft = if is_enforced { draft } else { draft.case(TESTING) };
            if Lines::for_hosts(hosts.iter().copied()).lines.is_empty() {
                draft.case(if is_enforced { NAMELESS_ENFORCED } else { NAMELESS });
            } else {
                draft.paste(ToPaste::LinesFor(hosts.into_iter().map(str::to_owned).collect()));
            }
        },
    },
    Rule {
        id: SOME_UNMATCHED,
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("4.1"),
        reported_as: &[Reported::CertificateHostMismatch, Reported::ValidationFailure],
        steps: &[Step::Own(Target::FileAndId), Step::Own(Target::Dns)],
        ask: Ask::AllowServer,
        lacks: &[],
        cases: &[FORGOTTEN, NAMELESS],
        check: |facts, out| {
            let Some(severity) = severity_by_mode(facts) else { return };
            if !facts.mx.reached().any(is_allowed) {
                return;
            }
            for mx in facts.mx.reached().filter(|mx| !is_allowed(mx) && mx.reach != Reach::Pending) {
                let draft = out.report().subject(&mx.host).severity(severity);
                let draft = draft.with("host", clip(&mx.host, 80)).count("preference", mx.preference);
                if mx_line::is_host(&mx.host) {
                    draft.case(FORGOTTEN).paste(ToPaste::MissingLines(mx.host.clone()));
                } else {
                    draft.case(NAMELESS);
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
        steps: &[Step::Own(Target::Dns), Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[IS_HOST, OMITTED],
        check: |facts, out| {
            if !facts.mx.is_implicit() || facts.mx.own.addresses().next().is_none() {
                return;
            }
            let Some(domain) = facts.domain else { return };
            let omitted = |policy: &policy::Policy<'_>| !policy.mx.iter().any(|mx| mx.value.matches(domain.as_str()));
            let draft = out.report();
            let draft = match facts.meant() {
                Some(above) => draft.case(IS_HOST).with("domain", domain.as_str()).with("name", above.as_str()),
                None => draft,
            };
            if facts.mode() == Some(Mode::Enforce) && facts.policy_in_force().is_some_and(omitted) {
                draft.severity(Severity::Error).case(OMITTED).with("domain", domain.as_str());
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
        steps: &[Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if facts.mx.has_nowhere() {
                out.report().paste(ToPaste::MxRecord("0 ."));
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
        steps: &[Step::Own(Target::Dns), Step::Own(Target::Dns)],
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
        steps: &[Step::Own(Target::FileAndId), Step::Own(Target::Dns)],
        ask: Ask::AllowRealName,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for mx in &facts.mx.hosts {
                if let Some(alias) = mx.addresses.aliases().last() {
                    let draft = out.report().subject(&mx.host).detail(Detail::AliasOf);
                    draft.with("target", clip(&alias.target, 100));
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
        steps: &[Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for mx in never(facts, &[Never::Address]) {
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
        steps: &[Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[OTHER_WORKS, NO_HOST_NAME, LOCAL, LEFTOVER, MEANT, ZONE_ADDED],
        check: |facts, out| {
            let Some(domain) = facts.domain else { return };
            let kinds = [Never::NoAddress, Never::NoHostName, Never::Local, Never::Leftover, Never::ZoneAdded];
            for mx in never(facts, &kinds) {
                let draft = out.report().subject(&mx.host).with("host", clip(&mx.host, 100));
                let draft = if facts.mx.is_never_reached() {
                    draft
                } else {
                    draft.severity(Severity::Warning).case(OTHER_WORKS)
                };
                match mx.reach {
                    Reach::Never(Never::NoHostName) => draft.case(NO_HOST_NAME),
                    Reach::Never(Never::Local) => draft.case(LOCAL),
                    Reach::Never(Never::Leftover) => draft.case(LEFTOVER),
                    Reach::Never(Never::ZoneAdded) => {
                        let meant = without_zone(&mx.host, domain.as_str()).unwrap_or_default();
                        draft.case(ZONE_ADDED).with("name", clip(meant, 255)).paste(ToPaste::MxHost(meant.to_owned()))
                    }
                    _ => match mx_line::meant(&mx.host, domain) {
                        Some(meant) => draft.case(MEANT).with("name", &meant).paste(ToPaste::MxHost(meant)),
                        None => draft,
                    },
                };
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
        steps: &[Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for mx in &facts.mx.hosts {
                if let Some(address) = mx.addresses.addresses().find(|address| !is_public(*address)) {
                    out.report().subject(&mx.host).with("address", address.to_string());
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
        steps: &[Step::Own(Target::Nothing), Step::Own(Target::FileAndId)],
        ask: Ask::DropOldServers,
        lacks: &[],
        cases: &[TWO, MANY, WITHOUT_POLICY],
        check: |facts, out| {
            let names: Vec<&str> = facts.mx.providers.iter().map(|provider| provider.name.as_str()).collect();
            let draft = match names.len() {
                0 | 1 => return,
                2 => out.report().case(TWO),
                many => out.report().case(MANY).count("providers", many),
            };
            let draft = draft.with("names", names.join(", "));
            if !facts.serves_policy() || facts.mode() == Some(Mode::None) {
                draft.case(WITHOUT_POLICY);
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
        steps: &[Step::CheckAgain, Step::Own(Target::Nothing)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[ADDRESS, BOGUS, UNSERVED],
        check: |facts, out| {
            if let Some(trouble) = dns_trouble(facts.mx.dns) {
                let draft = trouble.tell(out.report());
                if facts.is_unserved() {
                    draft.case(UNSERVED);
                }
            }
            let own = Some(&facts.mx.own).filter(|_| facts.mx.is_implicit());
            for host in facts.mx.hosts.iter().map(|mx| &mx.addresses).chain(own) {
                let in_doubt = |dns: &Dns<'_>| matches!(dns, Dns::Bogus { .. }) || dns_trouble(*dns).is_some();
                if let Some(dns) = [host.v4, host.v6].into_iter().find(in_doubt) {
                    let draft = out.report().subject(&host.name).case(ADDRESS);
                    match dns_trouble(dns) {
                        Some(trouble) => trouble.tell(draft),
                        None => draft.case(BOGUS),
                    };
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
        cases: &[MORE],
        check: |facts, out| {
            let left = facts.mx.hosts.iter().filter(|mx| !mx.looked_up && is_resolvable(&mx.host));
            let left: Vec<&str> = left.map(|mx| mx.host.as_str()).collect();
            if !left.is_empty() {
                naming(out.report(), &left).count("left", left.len()).count("all", facts.mx.hosts.len());
            }
        },
    },
    Rule {
        id: "mx-tls-not-tested",
        kind: Kind::Info,
        grammar: false,
        link: Some(Link::MailServers),
        source: sts("4.2"),
        reported_as: &[
            Reported::StarttlsNotSupported,
            Reported::CertificateHostMismatch,
            Reported::CertificateExpired,
            Reported::CertificateNotTrusted,
            Reported::ValidationFailure,
            Reported::NotTold,
            Reported::Other,
        ],
        steps: &[],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let addressed = |mx: &MxHost<'_>| mx.reach == Reach::Open;
            if facts.usable_policy().is_some()
                && facts.mode() != Some(Mode::None)
                && facts.mx.hosts.iter().any(addressed)
            {
                out.report();
            }
        },
    },
];

/// What is counted is one.
const ONE: Case = Case::said("one");
/// It is two.
const TWO: Case = Case::said("two");
/// It is more than two.
const MANY: Case = Case::said("many");
/// There are more hosts than are named.
const MORE: Case = Case::said("more");

/// The policy is only tested, so mail still arrives.
const TESTING: Case = Case::done("testing", &[Step::Own(Target::File), Step::Own(Target::FileAndId)]);
/// No `mx` line can be made of the MX record.
const NAMELESS: Case = Case::done("nameless", &[Step::Own(Target::Dns), Step::Own(Target::FileAndId)]);
/// The same, of a policy that is enforced: no mail comes in until then.
const NAMELESS_ENFORCED: Case =
    Case::done("nameless-enforced", &[Step::Own(Target::Dns), Step::Own(Target::FileAndId), Step::TestMeanwhile]);
/// An `mx` line can be made of the MX record, and is not there.
const FORGOTTEN: Case = Case::said("forgotten");

/// Another server has an address, so mail arrives.
const OTHER_WORKS: Case = Case::said("other-works");

/// It is the name of a host below a domain, which the mail is for.
const IS_HOST: Case = Case::done("is-host", &[Step::Own(Target::Nothing), Step::Own(Target::Dns)]);
/// The enforced policy does not name the domain itself.
const OMITTED: Case = Case::said("omitted");

/// The MX record does not name a host.
const NO_HOST_NAME: Case = Case::said("no-host-name");
/// The name means something inside one network only.
const LOCAL: Case = Case::said("local");
/// Microsoft wanted the record once, to see whose the domain is.
const LEFTOVER: Case = Case::done("leftover", &[Step::Own(Target::Dns)]);
/// The name is near one that a provider has.
const MEANT: Case = Case::done("meant", &[Step::Own(Target::Dns)]);
/// The DNS console added the zone to the name.
const ZONE_ADDED: Case = Case::done("zone-added", &[Step::Own(Target::Dns)]);

/// No policy has to name the servers.
const WITHOUT_POLICY: Case = Case::done("without-policy", &[Step::Own(Target::Nothing), Step::Own(Target::Dns)]);

/// It is the address of a server that was looked up.
const ADDRESS: Case = Case::said("address");
/// The domain's name servers do not answer.
const UNSERVED: Case = Case::done("unserved", &[Step::Own(Target::Elsewhere), Step::Own(Target::Elsewhere)]);
/// The answer's signatures do not hold.
const BOGUS: Case = Case::said("bogus");

/// The hosts that mail never reaches, for one of these reasons.
fn never<'f, 'e>(facts: &'f Facts<'e>, reasons: &'f [Never]) -> impl Iterator<Item = &'f MxHost<'e>> {
    facts.mx.hosts.iter().filter(|mx| matches!(&mx.reach, Reach::Never(reason) if reasons.contains(reason)))
}

fn is_allowed(mx: &MxHost<'_>) -> bool {
    mx.matched_by.is_some()
}

/// A few names, and how many more there are.
fn naming<'d>(draft: Draft<'d>, hosts: &[&str]) -> Draft<'d> {
    let draft = draft.with("hosts", hosts[..hosts.len().min(MX_HOST_LIMIT)].join(", "));
    match hosts.len().saturating_sub(MX_HOST_LIMIT) {
        0 => draft,
        more => draft.case(MORE).count("more", more),
    }
}
