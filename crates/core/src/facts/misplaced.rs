//! Records where nobody looks for them. The wrong places are asked only when the right one is empty or odd.

use super::answers::texts;
use super::txt_set::TxtSet;
use crate::evidence::{Dns, Evidence, Fetch};
use crate::lookup::wrong_places::{announce_names, parent_name, policy_addresses, tlsrpt_names, unused_name};
use crate::lookup::{Lookup, RecordType, policy_url};
use crate::published::tag_list::squeeze;
use crate::published::{announce, policy, tls_rpt};

/// A record, or a policy file, found where nobody looks.
#[derive(Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// The name or address at which it stands.
    pub at: String,
    /// Its text.
    pub text: String,
}

/// What the wrong places hold.
pub struct MisplacedTexts<'e> {
    /// Announce records at other names of the domain, where the right one holds none that counts.
    pub announce: Vec<Misplaced>,
    /// An announce record of the domain one label up, likewise: nothing is inherited (RFC 8461 §3.4).
    pub parent: Option<Misplaced>,
    /// TLS-RPT records at other names of the domain, where the right one holds none that counts.
    pub tlsrpt: Vec<Misplaced>,
    /// What a name that nobody publishes answers.
    pub unused: Dns<'e>,
    /// Whether what stands at `_mta-sts` is what the zone's wildcard answers for any name.
    pub is_wildcard: bool,
    /// A policy file at another address.
    pub policy: Option<Misplaced>,
}

impl<'e> MisplacedTexts<'e> {
    /// Reads the evidence.
    pub(crate) fn read(
        evidence: &'e Evidence,
        announce: &TxtSet<'_, announce::AnnounceRecord>,
        tlsrpt: &TxtSet<'_, tls_rpt::TlsRptRecord>,
    ) -> Self {
        let domain = &evidence.domain;
        let find = |names: Vec<String>, version: &str| {
            let text = |name: &String| texts(evidence.dns(name, RecordType::Txt)).find(|text| is_meant(text, version));
            names.into_iter().filter_map(|at| Some(Misplaced { text: text(&at)?, at })).collect::<Vec<_>>()
        };
        let unused = evidence.dns(&unused_name(domain), RecordType::Txt);
        let amiss = announce.is_amiss();
        Self {
            announce: if amiss { find(announce_names(domain), "v=stsv1") } else { Vec::new() },
            parent: if amiss { find(parent_name(domain).into_iter().collect(), "v=stsv1").pop() } else { None },
            tlsrpt: if tlsrpt.is_amiss() { find(tlsrpt_names(domain), "v=tlsrptv1") } else { Vec::new() },
            is_wildcard: is_wildcard(announce.dns, unused),
            unused,
            policy: policy_addresses(domain).into_iter().find_map(|lookup| misplaced_policy(evidence, &lookup)),
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

/// Whether somebody meant such a record, sure enough to say so of a name that holds other texts too.
fn is_meant(text: &str, version: &str) -> bool {
    squeeze(text).starts_with(version)
}

/// Whether two names have the same answer: the same alias, or else the same records.
fn is_wildcard(found: Dns<'_>, unused: Dns<'_>) -> bool {
    let (Dns::Answer(found), Dns::Answer(unused)) = (found, unused) else { return false };
    match (found.aliases.first(), unused.aliases.first()) {
        (Some(found), Some(unused)) => found.target == unused.target,
        (None, None) if found.records == unused.records => !found.records.is_empty(),
        (None, None) => !found.records.is_empty() && found.records.iter().all(|record| unused.records.contains(record)),
        _ => false,
    }
}

fn misplaced_policy(evidence: &Evidence, lookup: &Lookup) -> Option<Misplaced> {
    let Lookup::Policy { host, path } = lookup else { return None };
    let Fetch::Response { response, .. } = evidence.policy(host.as_str(), *path) else { return None };
    let policy = policy::parse(&response.body.0);
    let found = response.status == 200 && policy.mode.is_some() && policy.max_age.is_some();
    found.then(|| Misplaced { at: policy_url(host, *path), text: policy.text.into_owned() })
}
