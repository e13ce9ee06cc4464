//! Which lookups a check still needs. Each is handed out as soon as what it depends on is in, so that a check takes
//! two rounds: what the domain alone names, then what those answers name.

use std::net::IpAddr;

use crate::evidence::{Cause, Dns, Evidence, Failure, Fetch, Observation, Rcode, Record};
use crate::facts::{self, Host, TxtSet, report_domains};
use crate::lookup::{Lookup, PolicyPath, Question, RecordType};
use crate::name::DomainName;
use crate::stray;
use crate::text::order;
use crate::text::time::Timestamp;

/// Outbound requests that a check may make. Cloudflare's free plan allows 50.
pub const REQUEST_LIMIT: usize = 45;

/// Requests that are kept for what the verdict hangs on: however many MX hosts there are, the policy is fetched, and a
/// SERVFAIL asked again.
const RESERVE: usize = 6;

/// Requests after which none follows but for what the verdict hangs on.
pub(crate) const FURTHER_LIMIT: usize = REQUEST_LIMIT - RESERVE;

/// MX hosts whose addresses are looked up, most preferred first; the rest are named and counted.
pub const MX_HOST_LIMIT: usize = 10;

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
            wanted.dns(stray::unused_name(domain), RecordType::Txt);
        }
        wanted.is_essential = false;
        let tlsrpt = TxtSet::tlsrpt(evidence);
        wanted.dns(domain.tlsrpt_name(), RecordType::Txt);
        let name_servers = wanted.dns(domain.as_str(), RecordType::Ns);
        if let Some(above) = facts::zone(domain, [name_servers]).filter(|zone| *zone != domain.as_str()) {
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
        announce: &TxtSet<'_, crate::record::Parsed>,
        tlsrpt: &TxtSet<'_, crate::tlsrpt::Parsed>,
        mx: Dns<'_>,
    ) {
        if matches!(mx, Dns::Answer(answer) if answer.rcode == Rcode::NAME_ERROR) {
            return;
        }
        let domain = &self.evidence.domain;
        let mut names = Vec::new();
        if announce.is_amiss() {
            names.extend(stray::announce_names(domain));
            names.extend(stray::parent_name(domain));
            // An answer that makes no sense there may be a wildcard's.
            names.extend((!announce.records.is_empty()).then(|| stray::unused_name(domain)));
        }
        if tlsrpt.is_amiss() {
            names.extend(stray::tlsrpt_names(domain));
        }
        for name in names {
            self.dns(name, RecordType::Txt);
        }
        if !announce.is_announced() {
            return;
        }
        let [root, apex] = stray::policy_addresses(domain);
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

/// Where the certificates of an MX host's mail service are published (RFC 7672 §2.2).
pub(crate) fn tlsa_name(host: &str) -> String {
    format!("_25._tcp.{host}")
}

/// MX hosts with their preference, each once, most preferred first; `""`, a null MX, is not one.
pub(crate) fn mx_hosts(records: &[Record]) -> Vec<(u16, &str)> {
    let exchange = |record| match record {
        &Record::Mx { preference, ref exchange } if !exchange.is_empty() => Some((preference, exchange.as_str())),
        _ => None,
    };
    let mut hosts: Vec<(u16, &str)> = records.iter().filter_map(exchange).collect();
    // By name within a preference: resolvers shuffle, and the report must not.
    order::sort_by_key(&mut hosts, |host| *host);
    let mut each: Vec<(u16, &str)> = Vec::with_capacity(hosts.len());
    for host in hosts {
        if each.iter().all(|(_, known)| *known != host.1) {
            each.push(host);
        }
    }
    each
}

/// Those MX hosts whose addresses are looked up.
pub(crate) fn looked_up<'h>(hosts: &[(u16, &'h str)]) -> Vec<&'h str> {
    hosts.iter().map(|(_, host)| *host).filter(|host| is_resolvable(host)).take(MX_HOST_LIMIT).collect()
}

/// Whether a name in an MX record is worth asking for: not an address, and not a name that could never be public. An
/// underscore makes it none that a policy could name, and mail is delivered there all the same.
pub(crate) fn is_resolvable(host: &str) -> bool {
    DomainName::from_ascii(&host.replace('_', "x")).is_ok()
}

/// The addresses of an answer.
pub(crate) fn addresses(dns: Dns<'_>) -> impl Iterator<Item = IpAddr> {
    let records = if let Dns::Answer(answer) = dns { answer.records.as_slice() } else { &[] };
    records.iter().filter_map(|record| match record {
        Record::A(address) => Some(IpAddr::V4(*address)),
        Record::Aaaa(address) => Some(IpAddr::V6(*address)),
        _ => None,
    })
}

/// A policy host is fetched where it has addresses and all of them are public: one private address is enough for a
/// host to be asked to knock where it should not.
fn may_fetch(addresses: &[IpAddr]) -> bool {
    !addresses.is_empty() && addresses.iter().all(|address| is_public(*address))
}

/// Whether an address can be somebody's on the public internet. Documentation ranges count: nobody lives there.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b); // RFC 6598
            let benchmarking = a == 198 && (18..20).contains(&b); // RFC 2544
            let protocol = a == 192 && b == 0 && c == 0; // RFC 6890
            !(a == 0
                || a >= 224
                || v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || shared
                || benchmarking
                || protocol)
        }
        IpAddr::V6(v6) => {
            let segments = v6.segments();
            let embedded = |high: u16, low: u16| is_public(IpAddr::V4((u32::from(high) << 16 | u32::from(low)).into()));
            match segments {
                // IPv4-mapped (RFC 4291 §2.5.5), NAT64 (RFC 6052) and 6to4 (RFC 3056) carry an IPv4 address.
                [0, 0, 0, 0, 0, 0xffff, high, low]
                | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
                | [0x2002, high, low, ..] => embedded(high, low),
                // Protocols' own (RFC 2928), Teredo among them, which carries an IPv4 address in disguise (RFC 4380).
                [0x2001, second, ..] if second < 0x200 => false,
                // Nothing else is unicast on the internet (RFC 4291 §2.4, IANA's registry): not loopback, local and
                // multicast addresses, nor IPv4 written in other ways (RFC 2765, RFC 8215).
                [first, ..] => first & 0xe000 == 0x2000,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Answer, Outcome};
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

    #[test]
    fn only_public_addresses_are_fetched() {
        let private = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:20::1",
            "4000::1",
            "5f00::1",
            "100::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for address in private {
            assert!(!is_public(address.parse().expect(address)), "{address}");
        }
        let public = [
            "192.0.2.1",
            "198.51.100.7",
            "203.0.113.9",
            "8.8.8.8",
            "2001:db8::1",
            "2001:200::1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
        ];
        for address in public {
            assert!(is_public(address.parse().expect(address)), "{address}");
        }
    }

    #[test]
    fn names_that_are_never_public_are_not_asked_for() {
        for host in ["mail.shop.com", "mail_1.shop.com", "_mail.shop.com", "mail.shop_2.com"] {
            assert!(is_resolvable(host), "{host}");
        }
        let never = [
            "mail",
            "192.0.2.1",
            "mail.localhost",
            "mail_1.internal",
            "_mail.corp.local",
            "_",
            "a_b\\000.com",
            "a_b\\064evil.com",
            "<b>_.com",
            "a_..com",
        ];
        for host in never {
            assert!(!is_resolvable(host), "{host}");
        }
    }
}
