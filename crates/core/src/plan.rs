//! Which lookups a check still needs. Each is handed out as soon as what it depends on is in, so that a check takes
//! two rounds: what the domain alone names, then what those answers name.
use std::net::IpAddr;

use crate::evidence::{Cause, Dns, Evidence, Failure, Fetch, Observation, Rcode};
use crate::facts::answers::{addresses, mx_hosts, zone};
use crate::facts::host::Host;
use crate::facts::live_mx::looked_up;
use crate::facts::report_domains::report_domains;
use crate::facts::txt_set::TxtSet;
use crate::lookup::limits::{FURTHER_LIMIT, REQUEST_LIMIT, target_of};
use crate::lookup::public_address::is_public;
use crate::lookup::{Lookup, PolicyPath, Question, RecordType, wrong_places};
use crate::name::DomainName;
use crate::name::labels::tlsa_name;
use crate::providers;
use crate::published::{announce, tls_rpt};
use crate::text::time::Timestamp;

/// A check under way. A host performs what [`Plan::next_lookups`] hands out, all at once, gives each observation to
/// [`Plan::observe`], asks again, and is done when nothing is in flight.
pub struct Plan {
    evidence: Evidence,
    handed_out: Vec<Lookup>,
    at_once: usize,
}

impl Plan {
    /// A check of `domain` that begins at `checked_at`.
    pub fn new(domain: DomainName, checked_at: Timestamp) -> Self {
        Self { evidence: Evidence::new(domain, checked_at), handed_out: Vec::new(), at_once: usize::MAX }
    }

    /// The same check with at most so many lookups in flight. Where a host's platform would let further ones wait, they
    /// wait here instead: what the verdict hangs on goes before what was wanted earlier, and no lookup's own time runs
    /// while it waits.
    #[must_use]
    pub fn at_once(self, lookups: usize) -> Self {
        Self { at_once: lookups.max(1), ..self }
    }

    /// The lookups that can start now and were not handed out before.
    pub fn next_lookups(&mut self) -> Vec<Lookup> {
        let wanted = Wanted::of(&self.evidence);
        let before = self.handed_out.len();
        let room = before.saturating_add(self.at_once.saturating_sub(self.in_flight().len()));
        for (lookups, limit) in [(wanted.essential, REQUEST_LIMIT), (wanted.further, FURTHER_LIMIT)] {
            for lookup in lookups {
                if self.handed_out.len() < limit.min(room) && !self.handed_out.contains(&lookup) {
                    self.handed_out.push(lookup);
                }
            }
        }
        self.handed_out[before..].to_vec()
    }

    /// Takes what came of a lookup; `elapsed_ms` is the time since the check began.
    pub fn observe(&mut self, observation: Observation, elapsed_ms: u32) {
        self.evidence.took_ms = self.evidence.took_ms.max(elapsed_ms);
        self.evidence.observations.push(observation);
    }

    /// Lookups handed out and not yet observed.
    pub fn in_flight(&self) -> Vec<Lookup> {
        self.handed_out.iter().filter(|lookup| self.evidence.outcome(lookup).is_none()).cloned().collect()
    }

    /// Where a host is to be connected to, where a host of lookups can say so: an address that was seen to be public. Its
    /// name may lead inside when it is resolved again.
    pub fn address(&self, host: &DomainName) -> Option<IpAddr> {
        Host::read(&self.evidence, host.as_str()).addresses().find(|address| is_public(*address))
    }

    /// Whose servers a lookup asks, where they are another owner's than the domain's: such a lookup counts as a check of theirs.
    /// None of a mail provider's, which its customers share.
    pub fn other_target(&self, lookup: &Lookup) -> Option<String> {
        let name = match lookup {
            Lookup::Dns(question) => question.name.as_str(),
            Lookup::Policy { host, .. } | Lookup::Handshake { host } => host.as_str(),
        };
        let target = target_of(name);
        let is_other = target != target_of(self.evidence.domain.as_str());
        // TLSA records are below the name of a host.
        let host = name.split_once("._tcp.").map_or(name, |(_, host)| host);
        (is_other && providers::of_mx_host(host).is_none()).then(|| target.to_owned())
    }

    /// What is known so far.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What was seen, at the end.
    pub fn into_evidence(self) -> Evidence {
        self.evidence
    }
}

/// The lookups that `evidence` lacks and that could start now, in the order of their worth.
pub fn missing(evidence: &Evidence) -> Vec<Lookup> {
    let Wanted { mut essential, further, .. } = Wanted::of(evidence);
    essential.extend(further);
    essential
}

/// What `evidence` lacks and could start now, in the order of its worth.
struct Wanted<'e> {
    evidence: &'e Evidence,
    /// The verdict hangs on it.
    essential: Vec<Lookup>,
    /// It adds findings.
    further: Vec<Lookup>,
    /// Where a lookup goes that is asked for now.
    is_essential: bool,
}

impl<'e> Wanted<'e> {
    fn of(evidence: &'e Evidence) -> Self {
        let mut wanted = Self { evidence, essential: Vec::new(), further: Vec::new(), is_essential: true };
        let domain = &evidence.domain;
        let host = domain.policy_host();
        let announce = TxtSet::announce(evidence);
        wanted.dns(domain.announce_name(), RecordType::Txt);
        let addresses = wanted.addresses(host.as_str());
        let mx = wanted.dns(domain.as_str(), RecordType::Mx);
        if addresses.as_deref().is_some_and(may_fetch) {
            wanted.ask(Lookup::Policy { host: host.clone(), path: PolicyPath::WellKnown });
        }
        if let Fetch::Failed { failure: Failure { cause: Cause::Tls, .. }, .. } =
            evidence.policy(host.as_str(), PolicyPath::WellKnown)
        {
            wanted.ask(Lookup::Handshake { host });
        }
        if announce.is_alias_amiss() {
            // A wildcard may be answering: then nobody announced anything.
            wanted.dns(wrong_places::unused_name(domain), RecordType::Txt);
        }
        wanted.is_essential = false;
        let tlsrpt = TxtSet::tlsrpt(evidence);
        wanted.dns(domain.tlsrpt_name(), RecordType::Txt);
        let name_servers = wanted.dns(domain.as_str(), RecordType::Ns);
        if let Some(above) = zone(domain, [name_servers]).filter(|zone| *zone != domain.as_str()) {
            // A domain that is no zone of its own: who runs the one above runs its DNS.
            wanted.dns(above, RecordType::Ns);
        }
        let hosts = if let Dns::Answer(answer) = mx { mx_hosts(&answer.records) } else { Vec::new() };
        if matches!(mx, Dns::Answer(answer) if answer.rcode == Rcode::NO_ERROR && hosts.is_empty()) {
            // RFC 5321 §5.1: without MX, the domain's own address takes the mail.
            wanted.is_essential = true;
            wanted.addresses(domain.as_str());
            wanted.is_essential = false;
        }
        let hosts = looked_up(&hosts);
        for host in &hosts {
            wanted.addresses(host);
        }
        for destination in report_domains(tlsrpt.dns, domain) {
            wanted.dns(destination.as_str(), RecordType::Mx);
            wanted.addresses(destination.as_str());
        }
        wanted.misplaced(&announce, &tlsrpt, mx);
        for host in hosts {
            wanted.dns(tlsa_name(host), RecordType::Tlsa);
        }
        wanted
    }

    /// Looks in the wrong places where the right one is empty or odd.
    fn misplaced(
        &mut self,
        announce: &TxtSet<'_, announce::AnnounceRecord>,
        tlsrpt: &TxtSet<'_, tls_rpt::TlsRptRecord>,
        mx: Dns<'_>,
    ) {
        if matches!(mx, Dns::Answer(answer) if answer.rcode == Rcode::NAME_ERROR) {
            return;
        }
        let domain = &self.evidence.domain;
        let mut names = Vec::new();
        if announce.is_amiss() {
            names.extend(wrong_places::announce_names(domain));
            names.extend(wrong_places::parent_name(domain));
            // An answer that makes no sense there may be a wildcard's.
            names.extend((!announce.records.is_empty()).then(|| wrong_places::unused_name(domain)));
        }
        if tlsrpt.is_amiss() {
            names.extend(wrong_places::tlsrpt_names(domain));
        }
        for name in names {
            self.dns(name, RecordType::Txt);
        }
        if !announce.is_announced() {
            return;
        }
        let [root, apex] = wrong_places::policy_addresses(domain);
        let host = Host::read(self.evidence, domain.policy_host().as_str());
        let not_found = is_not_found(self.evidence.policy(&host.name, PolicyPath::WellKnown));
        if not_found {
            self.ask(root);
        }
        if (not_found || host.has_none()) && self.addresses(domain.as_str()).as_deref().is_some_and(may_fetch) {
            self.ask(apex);
        }
    }

    fn ask(&mut self, lookup: Lookup) {
        let has = |lookups: &[Lookup]| lookups.contains(&lookup);
        if self.evidence.outcome(&lookup).is_none() && !has(&self.essential) && !has(&self.further) {
            let lookups = if self.is_essential { &mut self.essential } else { &mut self.further };
            lookups.push(lookup);
        }
    }

    /// Asks, and after a SERVFAIL asks again with CD=1: an answer then means that DNSSEC is bogus.
    fn dns(&mut self, name: impl Into<String>, rtype: RecordType) -> Dns<'e> {
        let question = Question::new(name, rtype);
        let state = self.evidence.dns(&question.name, rtype);
        if matches!(state, Dns::Pending) {
            if self.evidence.outcome(&Lookup::Dns(question.clone())).is_some() {
                self.ask(Lookup::Dns(question.unchecked()));
            } else {
                self.ask(Lookup::Dns(question));
            }
        }
        state
    }

    /// Asks for both sorts of address; what they are, once both lookups are done.
    fn addresses(&mut self, name: &str) -> Option<Vec<IpAddr>> {
        let (v4, v6) = (self.dns(name, RecordType::A), self.dns(name, RecordType::Aaaa));
        if matches!(v4, Dns::Pending) || matches!(v6, Dns::Pending) {
            return None;
        }
        Some([v4, v6].iter().flat_map(|dns| addresses(*dns)).collect())
    }
}

/// Whether the host said that there is no policy at the right address.
fn is_not_found(fetch: Fetch<'_>) -> bool {
    matches!(fetch, Fetch::Response { response, .. } if matches!(response.status, 404 | 410))
}

/// A policy host is fetched where it has addresses and all of them are public: one private address is enough for a
/// host to be asked to knock where it should not.
fn may_fetch(addresses: &[IpAddr]) -> bool {
    !addresses.is_empty() && addresses.iter().all(|address| is_public(*address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Answer, Outcome, Record};
    use crate::text::octets::Octets;

    /// Performs a check with a few lookups at once, of a domain with so many MX hosts. Gives the lookups in the order in
    /// which they began, and the most that were in flight.
    fn order_of_lookups(hosts: u16, at_once: usize) -> (Vec<Lookup>, usize) {
        let domain = DomainName::from_ascii("shop-example.com").unwrap();
        let mut plan = Plan::new(domain, Timestamp::UNIX_EPOCH).at_once(at_once);
        let (mut began, mut most) = (Vec::new(), 0);
        loop {
            began.extend(plan.next_lookups());
            let in_flight = plan.in_flight();
            most = most.max(in_flight.len());
            // MX hosts are known first: their addresses are wanted before the policy is.
            let is_mx = |lookup: &&Lookup| matches!(lookup, Lookup::Dns(Question { rtype: RecordType::Mx, .. }));
            let Some(lookup) = in_flight.iter().find(is_mx).or(in_flight.first()) else { return (began, most) };
            let records = match lookup {
                Lookup::Dns(question) => match question.rtype {
                    RecordType::Mx => (0..hosts)
                        .map(|host| Record::Mx { preference: host, exchange: format!("mx{host}.shop-example.com") })
                        .collect(),
                    RecordType::A => vec![Record::A([192, 0, 2, 1].into())],
                    RecordType::Txt => vec![Record::Txt(vec![Octets(b"v=STSv1; id=1;".to_vec())])],
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
            let outcome = match lookup {
                Lookup::Policy { .. } => Outcome::Failed(Failure { cause: Cause::Tls, detail: None }),
                _ => Outcome::Answer(Answer { records, ..Answer::default() }),
            };
            plan.observe(Observation { lookup: lookup.clone(), outcome, took_ms: 1 }, 1);
        }
    }

    #[test]
    fn few_lookups_at_once_are_the_same_lookups() {
        let sorted = |(mut lookups, _): (Vec<Lookup>, usize)| {
            lookups.sort_by_key(ToString::to_string);
            lookups
        };
        let all = sorted(order_of_lookups(4, usize::MAX));
        assert!(all.len() > 20, "{all:?}");
        for at_once in [1, 2, 6] {
            let (lookups, most) = order_of_lookups(4, at_once);
            assert_eq!(most, at_once, "as many as may be are in flight, and no more");
            let lookups = sorted((lookups, most));
            let lost = all.iter().find(|lookup| !lookups.contains(lookup));
            assert_eq!(lost, None, "{at_once} at once");
        }
    }

    #[test]
    fn what_the_verdict_hangs_on_is_never_kept_waiting_by_what_adds_findings() {
        let (lookups, _) = order_of_lookups(12, 6);
        let place = |wanted: fn(&Lookup) -> bool| lookups.iter().position(wanted).unwrap();
        let address =
            |lookup: &Lookup| matches!(lookup, Lookup::Dns(question) if question.name.starts_with("mta-sts."));
        let addresses = lookups.iter().rposition(address).unwrap();
        let policy = place(|lookup| matches!(lookup, Lookup::Policy { .. }));
        let handshake = place(|lookup| matches!(lookup, Lookup::Handshake { .. }));
        // In between go only those that took a place before the addresses, and then the policy, were in.
        assert!(policy - addresses <= 8, "{lookups:?}");
        assert!(handshake - policy <= 8, "{lookups:?}");
        assert!(handshake < lookups.len() - 5, "the hosts' addresses are still to come");
    }
}
