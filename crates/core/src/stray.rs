//! Records where nobody looks for them. The wrong places are asked only when the right one is empty or odd.

use crate::evidence::{Dns, Evidence};
use crate::facts::{TxtSet, texts};
use crate::lookup::{Lookup, PolicyPath, RecordType, policy_url};
use crate::name::{DomainName, NAME_LIMIT};
use crate::policy;
use crate::record;
use crate::tag_list::squeeze;
use crate::tlsrpt;

/// A label that nobody publishes: an answer for it is a wildcard's (RFC 4592). Fixed, since core has no dice.
const UNUSED_LABEL: &str = "no-such-name-mta-sts-check";

/// A record, or a policy file, found where nobody looks.
#[derive(Debug, PartialEq, Eq)]
pub struct Stray {
    /// The name or address at which it stands.
    pub at: String,
    /// Its text.
    pub text: String,
}

/// What the wrong places hold.
pub struct Strays<'e> {
    /// Announce records at other names of the domain, where the right one holds none that counts.
    pub announce: Vec<Stray>,
    /// An announce record of the domain one label up, likewise: nothing is inherited (RFC 8461 §3.4).
    pub parent: Option<Stray>,
    /// TLS-RPT records at other names of the domain, where the right one holds none that counts.
    pub tlsrpt: Vec<Stray>,
    /// What a name that nobody publishes answers.
    pub unused: Dns<'e>,
    /// Whether what stands at `_mta-sts` is what the zone's wildcard answers for any name.
    pub is_wildcard: bool,
    /// A policy file at another address.
    pub policy: Option<Stray>,
}

impl<'e> Strays<'e> {
    /// Reads the evidence.
    pub(crate) fn read(
        evidence: &'e Evidence,
        announce: &TxtSet<'_, record::Parsed>,
        tlsrpt: &TxtSet<'_, tlsrpt::Parsed>,
    ) -> Self {
        let domain = &evidence.domain;
        let find = |names: Vec<String>, version: &str| {
            let text = |name: &String| texts(evidence.dns(name, RecordType::Txt)).find(|text| is_meant(text, version));
            names.into_iter().filter_map(|at| Some(Stray { text: text(&at)?, at })).collect::<Vec<_>>()
        };
        let unused = evidence.dns(&unused_name(domain), RecordType::Txt);
        let amiss = announce.is_amiss();
        Self {
            announce: if amiss { find(announce_names(domain), "v=stsv1") } else { Vec::new() },
            parent: if amiss { find(parent_name(domain).into_iter().collect(), "v=stsv1").pop() } else { None },
            tlsrpt: if tlsrpt.is_amiss() { find(tlsrpt_names(domain), "v=tlsrptv1") } else { Vec::new() },
            is_wildcard: is_wildcard(announce.dns, unused),
            unused,
            policy: policy_addresses(domain).into_iter().find_map(|lookup| stray_policy(evidence, &lookup)),
        }
    }

    /// None: nothing was looked for.
    pub(crate) fn none() -> Self {
        Self {
            announce: Vec::new(),
            parent: None,
            tlsrpt: Vec::new(),
            unused: Dns::Pending,
            is_wildcard: false,
            policy: None,
        }
    }
}

/// Names at which announce records end up: the domain itself, the policy host, an underscore for the hyphen, and the
/// domain twice, where a console adds it to what was typed.
pub(crate) fn announce_names(domain: &DomainName) -> Vec<String> {
    let doubled = format!("{}.{domain}", domain.announce_name());
    fitting(vec![domain.to_string(), domain.policy_host().to_string(), format!("_mta_sts.{domain}"), doubled])
}

/// Where the domain one label up has its announce record; none where that is a name that strangers share.
pub(crate) fn parent_name(domain: &DomainName) -> Option<String> {
    let parent = domain.parent()?;
    (!crate::mx::is_public_suffix(parent.as_str())).then(|| parent.announce_name())
}

/// Names at which TLS-RPT records end up: that of an old draft, its labels in the wrong order or joined, the domain
/// itself, and the domain twice.
pub(crate) fn tlsrpt_names(domain: &DomainName) -> Vec<String> {
    let doubled = format!("{}.{domain}", domain.tlsrpt_name());
    let prefixed = ["_smtp-tlsrpt", "_tls._smtp", "_smtp_tls"].map(|prefix| format!("{prefix}.{domain}"));
    let mut names = vec![domain.to_string()];
    names.extend(prefixed);
    names.push(doubled);
    fitting(names)
}

/// A name of the domain that only a wildcard answers.
pub(crate) fn unused_name(domain: &DomainName) -> String {
    format!("{UNUSED_LABEL}.{domain}")
}

/// Where a policy file ends up: at the top of the policy host, or on the domain's own web site.
pub(crate) fn policy_addresses(domain: &DomainName) -> [Lookup; 2] {
    [
        Lookup::Policy { host: domain.policy_host(), path: PolicyPath::Root },
        Lookup::Policy { host: domain.clone(), path: PolicyPath::WellKnown },
    ]
}

/// Names that DNS can hold.
fn fitting(mut names: Vec<String>) -> Vec<String> {
    names.retain(|name| name.len() <= NAME_LIMIT);
    names
}

/// Whether somebody meant such a record, sure enough to say so of a name that holds other texts too.
fn is_meant(text: &str, version: &str) -> bool {
    squeeze(text).starts_with(version)
}

/// Whether two names have the same answer: the same alias, or else the same records.
fn is_wildcard(found: Dns<'_>, unused: Dns<'_>) -> bool {
    let (Dns::Answer(found), Dns::Answer(unused)) = (found, unused) else { return false };
    match (found.aliases.first(), unused.aliases.first()) {
        (Some(found), Some(unused)) => found.target == unused.target,
        (None, None) => !found.records.is_empty() && found.records.iter().all(|record| unused.records.contains(record)),
        _ => false,
    }
}

fn stray_policy(evidence: &Evidence, lookup: &Lookup) -> Option<Stray> {
    let Lookup::Policy { host, path } = lookup else { return None };
    let crate::evidence::Fetch::Response { response, .. } = evidence.policy(host.as_str(), *path) else { return None };
    let policy = policy::parse(&response.body.0);
    let found = response.status == 200 && policy.mode.is_some() && policy.max_age.is_some();
    found.then(|| Stray { at: policy_url(host, *path), text: policy.text.into_owned() })
}
