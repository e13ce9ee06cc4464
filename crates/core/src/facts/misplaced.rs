//! Records where nobody looks for them. The wrong places are asked only when the right one is empty or odd.

use super::answers::texts;
use super::host::Host;
use super::txt_set::TxtSet;
use crate::evidence::{Answer, Dns, Evidence, Fetch};
use crate::lookup::wrong_places::{
    announce_names, parent_name, policy_addresses, policy_hosts, tlsrpt_names, unused_name,
};
use crate::lookup::{Lookup, RecordType, policy_url};
use crate::published::tag_list::{each_record, squeeze};
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
    /// The same of `_smtp._tls`, where no record of use stands there.
    pub is_tlsrpt_wildcard: bool,
    /// The same of the policy host's address.
    pub is_host_wildcard: bool,
    /// Another name, which has the address that the policy host lacks.
    pub host: Option<String>,
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
            let meant = |text: String| each_record(&text).find(|text| is_meant(text, version)).map(str::to_owned);
            let text = |name: &String| texts(evidence.dns(name, RecordType::Txt)).find_map(meant);
            names.into_iter().filter_map(|at| Some(Misplaced { text: text(&at)?, at })).collect::<Vec<_>>()
        };
        let unused = evidence.dns(&unused_name(domain), RecordType::Txt);
        let amiss = announce.is_amiss();
        Self {
            // Each may stand at the other's name, which is looked up in any case.
            announce: if amiss {
                find(and(announce_names(domain), domain.tlsrpt_name()), "v=stsv1")
            } else {
                Vec::new()
            },
            parent: if amiss { find(parent_name(domain).into_iter().collect(), "v=stsv1").pop() } else { None },
            tlsrpt: if tlsrpt.is_amiss() {
                find(and(tlsrpt_names(domain), domain.announce_name()), "v=tlsrptv1")
            } else {
                Vec::new()
            },
            is_wildcard: is_wildcard(announce.dns, unused),
            is_tlsrpt_wildcard: tlsrpt.is_amiss() && is_wildcard(tlsrpt.dns, unused),
            is_host_wildcard: is_wildcard(
                evidence.dns(domain.policy_host().as_str(), RecordType::A),
                evidence.dns(&unused_name(domain), RecordType::A),
            ),
            host: misplaced_host(evidence, !announce.aliases().is_empty()),
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
            is_tlsrpt_wildcard: false,
            is_host_wildcard: false,
            host: None,
            policy: None,
        }
    }
}

fn and(mut names: Vec<String>, name: String) -> Vec<String> {
    names.push(name);
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
        (None, None) if found.records == unused.records => !found.records.is_empty(),
        (None, None) => !found.records.is_empty() && found.records.iter().all(|record| unused.records.contains(record)),
        _ => false,
    }
}

/// The name that has the policy host's address. An alias at `_mta-sts` is there for the record.
fn misplaced_host(evidence: &Evidence, is_record_alias: bool) -> Option<String> {
    let domain = &evidence.domain;
    if !Host::read(evidence, domain.policy_host().as_str()).has_none() {
        return None;
    }
    let is_there = |name: &String| {
        let is_of_record = is_record_alias && *name == domain.announce_name();
        let is_answer = |answer: &Answer| !answer.records.is_empty() || !answer.aliases.is_empty();
        !is_of_record && matches!(evidence.dns(name, RecordType::A), Dns::Answer(answer) if is_answer(answer))
    };
    policy_hosts(domain).into_iter().find(is_there)
}

fn misplaced_policy(evidence: &Evidence, lookup: &Lookup) -> Option<Misplaced> {
    let Lookup::Policy { host, path } = lookup else { return None };
    let Fetch::Response { response, .. } = evidence.policy(host.as_str(), *path) else { return None };
    let policy = policy::parse(&response.body.0);
    let found = response.status == 200 && policy.mode.is_some() && policy.max_age.is_some();
    found.then(|| Misplaced { at: policy_url(host, *path), text: policy.text.into_owned() })
}
