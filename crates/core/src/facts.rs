//! Evidence, read: each answer parsed, and its state said. Rules read facts and nothing else.

use std::net::IpAddr;

use crate::WHOLE;
use crate::evidence::{Alias, Answer, Dns, Evidence, Fetch, Handshake, Outcome, Rcode, Record};
use crate::history::{self, Snapshot};
use crate::lookup::{Lookup, PolicyPath, Question, RecordType};
use crate::name::{DomainName, is_within};
use crate::plan::{self, tlsa_name};
use crate::policy::{self, Mode};
use crate::provider::{self, Provider};
use crate::record;
use crate::report::{Dnssec, Severity};
use crate::stray::Strays;
use crate::tag_list::{Candidate, Choice};
use crate::text::time::Timestamp;
use crate::tls::{self, Flaw};
use crate::tlsrpt;

/// Domains of mailed TLS reports that are looked into.
const REPORT_DOMAIN_LIMIT: usize = 2;

/// Everything that rules look at. In a lint only the text's own part is there, and the rest is pending: a rule stays
/// silent on what it has not seen.
pub struct Facts<'e> {
    /// The domain; none in a lint.
    pub domain: Option<&'e DomainName>,
    /// An id for the announce record that is new at the time of the evaluation, as in `20261124T0930`.
    pub fresh_id: String,
    /// TXT at `_mta-sts`.
    pub announce: TxtSet<'e, record::Parsed>,
    /// The policy host's addresses.
    pub host: Host<'e>,
    /// The policy file's fetch.
    pub fetch: Fetch<'e>,
    /// The policy file, parsed, where a body came with status 200.
    pub policy: Option<policy::Parsed<'e>>,
    /// The MX records.
    pub mx: LiveMx<'e>,
    /// TXT at `_smtp._tls`.
    pub tlsrpt: TxtSet<'e, tlsrpt::Parsed>,
    /// Domains that TLS reports are mailed to, with what is known of their mail.
    pub report_domains: Vec<ReportDomain>,
    /// The zone that the domain's records are in: the domain itself or one above it; none where it is not known.
    pub zone: Option<&'e str>,
    /// The DNS host, by the zone's name servers.
    pub dns_host: Option<Provider>,
    /// What the policy host showed, where no secure connection could be made.
    pub handshake: Option<&'e Handshake>,
    /// What is wrong with that.
    pub flaws: Vec<Flaw>,
    /// What stands where nobody looks.
    pub strays: Strays<'e>,
    /// When the check began.
    pub checked_at: Timestamp,
    /// What this check saw, once everything is in that has to be.
    pub snapshot: Option<Snapshot>,
    /// What earlier checks saw, oldest first.
    pub history: Vec<&'e Snapshot>,
}

/// A set of TXT records at one name, each parsed as what it should be.
pub struct TxtSet<'e, P> {
    /// What is known of the name.
    pub dns: Dns<'e>,
    /// One for each TXT record, in the answer's order; none of a bogus answer.
    pub records: Vec<P>,
}

/// The addresses of one host.
pub struct Host<'e> {
    /// Its name; empty in a lint.
    pub name: String,
    /// What is known of its IPv4 addresses.
    pub v4: Dns<'e>,
    /// What is known of its IPv6 addresses.
    pub v6: Dns<'e>,
}

/// The MX records and what they lead to.
pub struct LiveMx<'e> {
    /// What is known of them.
    pub dns: Dns<'e>,
    /// The hosts, most preferred first; a null MX is not one.
    pub hosts: Vec<MxHost<'e>>,
    /// Whether a null MX is among the records (RFC 7505).
    pub null: bool,
    /// The domain's own addresses, asked for where there is no MX (RFC 5321 §5.1).
    pub own: Host<'e>,
    /// Mail providers of the hosts, each once, most preferred first.
    pub providers: Vec<Provider>,
}

/// One live MX host.
pub struct MxHost<'e> {
    /// Name in the MX record.
    pub host: String,
    /// Lower is tried first.
    pub preference: u16,
    /// Its addresses; pending where they are not looked up.
    pub addresses: Host<'e>,
    /// TLSA records of its mail service, for DANE (RFC 7672).
    pub tlsa: Dns<'e>,
    /// Whether its addresses are looked up at all: those of the first few hosts are.
    pub looked_up: bool,
    /// The first pattern of the policy that allows it.
    pub matched_by: Option<String>,
}

/// A domain that TLS reports are mailed to.
pub struct ReportDomain {
    /// Its name.
    pub domain: DomainName,
    /// Whether it takes mail, where that is known.
    pub takes_mail: Option<bool>,
}

impl<'e> Facts<'e> {
    /// Reads the evidence.
    pub fn read(evidence: &'e Evidence, now: Timestamp) -> Self {
        let domain = &evidence.domain;
        let (announce, tlsrpt) = (TxtSet::announce(evidence), TxtSet::tlsrpt(evidence));
        let host = domain.policy_host();
        let fetch = evidence.policy(host.as_str(), PolicyPath::WellKnown);
        let policy = match fetch {
            Fetch::Response { response, .. } if response.status == 200 => Some(policy::parse(&response.body.0)),
            _ => None,
        };
        // What a web server says to any name that leads to it is nobody's policy.
        let policy = policy.filter(|policy| policy.is_attempt() || announce.is_announced());
        let host_addresses = Host::read(evidence, host.as_str());
        let handshake = evidence.handshake(host.as_str());
        let mx = LiveMx::read(evidence, policy.as_ref());
        let own_servers = evidence.dns(domain.as_str(), RecordType::Ns);
        let zone = zone(domain, [own_servers, announce.dns, tlsrpt.dns]);
        let name_servers = zone.map_or(own_servers, |zone| evidence.dns(zone, RecordType::Ns));
        let mut facts = Self {
            domain: Some(domain),
            fresh_id: new_id(&announce, now),
            fetch,
            policy,
            mx,
            strays: Strays::read(evidence, &announce, &tlsrpt),
            report_domains: report_domains(tlsrpt.dns, domain)
                .into_iter()
                .map(|domain| ReportDomain { takes_mail: takes_mail(evidence, &domain), domain })
                .collect(),
            zone,
            dns_host: provider::dns_host(records(name_servers)),
            flaws: handshake
                .map_or_else(Vec::new, |shown| tls::flaws(shown, host.as_str(), host_addresses.aliases(), now)),
            handshake,
            host: host_addresses,
            announce,
            tlsrpt,
            checked_at: evidence.checked_at,
            snapshot: None,
            history: history::earlier(evidence),
        };
        facts.snapshot = if WHOLE { Snapshot::of(&facts) } else { None };
        facts
    }

    /// No facts but what a lint adds.
    pub(crate) fn of_text() -> Self {
        let unknown = || Host { name: String::new(), v4: Dns::Pending, v6: Dns::Pending };
        Self {
            domain: None,
            fresh_id: "20260512T0930".to_owned(),
            announce: TxtSet { dns: Dns::Pending, records: Vec::new() },
            host: unknown(),
            fetch: Fetch::Pending,
            policy: None,
            mx: LiveMx { dns: Dns::Pending, hosts: Vec::new(), null: false, own: unknown(), providers: Vec::new() },
            tlsrpt: TxtSet { dns: Dns::Pending, records: Vec::new() },
            report_domains: Vec::new(),
            zone: None,
            dns_host: None,
            handshake: None,
            flaws: Vec::new(),
            strays: Strays::none(),
            checked_at: Timestamp::UNIX_EPOCH,
            snapshot: None,
            history: Vec::new(),
        }
    }

    /// The policy, where a sender that follows the RFC finds one in the file, whatever the announce record says.
    pub fn usable_policy(&self) -> Option<&policy::Parsed<'e>> {
        let cut = matches!(self.fetch, Fetch::Response { response, .. } if response.truncated);
        self.policy.as_ref().filter(|policy| policy.is_usable() && !cut)
    }

    /// The policy that senders act on: usable, announced by a record that they can read, and with no signature that does
    /// not hold on the way.
    pub fn policy_in_force(&self) -> Option<&policy::Parsed<'e>> {
        self.usable_policy().filter(|_| self.announce.used().is_some() && !self.is_bogus())
    }

    /// Whether DNSSEC signatures do not hold, of an answer that the policy or the delivery of mail hangs on.
    pub fn is_bogus(&self) -> bool {
        [dnssec(self.announce.dns), self.host.dnssec(), dnssec(self.mx.dns)].contains(&Dnssec::Bogus)
    }

    /// The policy's mode, where one can be read.
    pub fn mode(&self) -> Option<Mode> {
        self.policy.as_ref()?.mode.map(|mode| mode.value)
    }

    /// How bad it is when the policy does not allow a live MX host: an error in enforce, a warning in testing, nothing
    /// in none, or where senders find no policy to act on.
    pub fn severity_by_mode(&self) -> Option<Severity> {
        match self.policy_in_force()?.mode?.value {
            Mode::Enforce => Some(Severity::Error),
            Mode::Testing => Some(Severity::Warning),
            Mode::None => None,
        }
    }

    /// Whether a policy file is served: status 200, and a text that is meant as a policy.
    pub fn serves_policy(&self) -> bool {
        self.policy.as_ref().is_some_and(policy::Parsed::is_attempt)
    }

    /// Whether somebody announced a policy: what only a wildcard answers is nobody's.
    pub fn is_announced(&self) -> bool {
        (self.announce.has_attempt() || !self.strays.is_wildcard) && self.announce.is_announced()
    }

    /// The hosts that take the domain's mail, most preferred first; the domain itself where it has an address and no MX
    /// (RFC 5321 §5.1).
    pub(crate) fn mail_hosts(&self) -> impl Iterator<Item = &str> {
        let own = self.domain.filter(|_| self.mx.is_implicit() && self.mx.own.addresses().next().is_some());
        self.mx.hosts.iter().map(|mx| mx.host.as_str()).chain(own.map(DomainName::as_str))
    }

    /// Whether the announce record's name and the policy host are aliases of these.
    pub(crate) fn is_delegated_to(&self, [announce, host]: [&str; 2]) -> bool {
        leads_to(announce, self.announce.aliases()) && leads_to(host, self.host.aliases())
    }

    /// Whether any sign of MTA-STS is there: TXT at `_mta-sts`, or a policy file.
    pub fn has_mta_sts(&self) -> bool {
        !self.announce.records.is_empty() || self.serves_policy()
    }
}

impl<'e> TxtSet<'e, record::Parsed> {
    /// TXT at `_mta-sts`.
    pub(crate) fn announce(evidence: &'e Evidence) -> Self {
        Self::read(evidence, &evidence.domain.announce_name(), record::parse)
    }

    /// Whether something there was meant as an announce record, or the name is an alias of somebody's who has them.
    pub(crate) fn is_announced(&self) -> bool {
        self.has_attempt() || !self.aliases().is_empty()
    }

    /// Whether something there was meant as an announce record.
    pub(crate) fn has_attempt(&self) -> bool {
        self.records.iter().any(record::Parsed::is_attempt)
    }

    /// Whether the name is an alias that leads to no announce record.
    pub(crate) fn is_alias_amiss(&self) -> bool {
        !self.aliases().is_empty() && !self.has_attempt()
    }
}

impl<'e> TxtSet<'e, tlsrpt::Parsed> {
    /// TXT at `_smtp._tls`.
    pub(crate) fn tlsrpt(evidence: &'e Evidence) -> Self {
        Self::read(evidence, &evidence.domain.tlsrpt_name(), tlsrpt::parse)
    }
}

impl<'e, P> TxtSet<'e, P> {
    fn read(evidence: &'e Evidence, name: &str, parse: fn(String) -> P) -> Self {
        let dns = evidence.dns(name, RecordType::Txt);
        Self { dns, records: texts(dns).map(parse).collect() }
    }

    /// The definite answer, where there is one.
    pub fn answer(&self) -> Option<&'e Answer> {
        match self.dns {
            Dns::Answer(answer) => Some(answer),
            _ => None,
        }
    }

    /// CNAME records on the way.
    pub fn aliases(&self) -> &'e [Alias] {
        self.answer().map_or(&[], |answer| &answer.aliases)
    }
}

impl<P: Candidate> TxtSet<'_, P> {
    /// The record whose faults are told: the one that counts, or else the first that was meant to.
    pub(crate) fn judged(&self) -> Option<&P> {
        self.records.get(Choice::of(&self.records).judged()?)
    }

    /// Whether one record is left after those that do not count are discarded.
    pub(crate) fn counts(&self) -> bool {
        matches!(Choice::of(&self.records), Choice::One(_))
    }

    /// Whether the answer is in, and holds no record that senders use.
    pub(crate) fn is_amiss(&self) -> bool {
        self.answer().is_some() && self.used().is_none()
    }

    /// The one record that senders use.
    pub(crate) fn used(&self) -> Option<&P> {
        self.judged().filter(|record| self.counts() && record.is_valid())
    }
}

impl<'e> Host<'e> {
    pub(crate) fn read(evidence: &'e Evidence, name: &str) -> Self {
        Self { v4: evidence.dns(name, RecordType::A), v6: evidence.dns(name, RecordType::Aaaa), name: name.to_owned() }
    }

    /// An MX host's. A check that comes near its last request asks no SERVFAIL of theirs again: then that is the answer.
    fn of_mx(evidence: &'e Evidence, name: &str) -> Self {
        let last = |dns, rtype| match (dns, evidence.outcome(&Lookup::Dns(Question::new(name, rtype)))) {
            (Dns::Pending, Some(Outcome::Answer(answer))) if evidence.observations.len() >= plan::FURTHER_LIMIT => {
                Dns::Unanswered(answer)
            }
            _ => dns,
        };
        let Self { v4, v6, name } = Self::read(evidence, name);
        Self { v4: last(v4, RecordType::A), v6: last(v6, RecordType::Aaaa), name }
    }

    /// The addresses that are in so far, IPv4 first.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        plan::addresses(self.v4).chain(plan::addresses(self.v6))
    }

    /// Whether both lookups said definitely that there is no address.
    pub fn has_none(&self) -> bool {
        let empty = |dns| matches!(dns, Dns::Answer(answer) if answer.records.is_empty());
        empty(self.v4) && empty(self.v6)
    }

    /// Whether an address is not one of the internet's: nothing is fetched from such a host.
    pub fn has_private(&self) -> bool {
        self.addresses().any(|address| !plan::is_public(address))
    }

    /// Where its name is an alias: the chain, from whichever answer has one.
    pub fn aliases(&self) -> &'e [Alias] {
        let aliases = |dns| if let Dns::Answer(answer) = dns { answer.aliases.as_slice() } else { &[] };
        match aliases(self.v4) {
            [] => aliases(self.v6),
            chain => chain,
        }
    }

    /// What DNSSEC says of its addresses: as good as the worse of the two answers.
    pub fn dnssec(&self) -> Dnssec {
        match (dnssec(self.v4), dnssec(self.v6)) {
            (Dnssec::Bogus, _) | (_, Dnssec::Bogus) => Dnssec::Bogus,
            (Dnssec::Unknown, _) | (_, Dnssec::Unknown) => Dnssec::Unknown,
            (Dnssec::Secure, Dnssec::Secure) => Dnssec::Secure,
            _ => Dnssec::Insecure,
        }
    }
}

impl<'e> LiveMx<'e> {
    fn read(evidence: &'e Evidence, policy: Option<&policy::Parsed<'e>>) -> Self {
        let domain = evidence.domain.as_str();
        let dns = evidence.dns(domain, RecordType::Mx);
        let allowed_by = |host: &str| {
            let pattern = policy?.mx.iter().find(|pattern| pattern.value.matches(host))?;
            Some(pattern.value.as_str().to_owned())
        };
        let hosts = plan::mx_hosts(records(dns));
        let looked_up = plan::looked_up(&hosts);
        let hosts: Vec<MxHost<'e>> = hosts
            .into_iter()
            .map(|(preference, host)| MxHost {
                host: host.to_owned(),
                preference,
                addresses: Host::of_mx(evidence, host),
                tlsa: evidence.dns(&tlsa_name(host), RecordType::Tlsa),
                looked_up: looked_up.contains(&host),
                matched_by: allowed_by(host),
            })
            .collect();
        let is_null = |record: &Record| matches!(record, Record::Mx { exchange, .. } if exchange.is_empty());
        Self {
            providers: provider::mail(hosts.iter().map(|mx| mx.host.as_str())),
            null: records(dns).iter().any(is_null),
            own: Host::read(evidence, domain),
            dns,
            hosts,
        }
    }

    /// Whether every live MX host is run by the provider with this id.
    pub(crate) fn is_all_at(&self, provider: &str) -> bool {
        let theirs = |host: &str| provider::of_mx_host(host).is_some_and(|known| known.id == provider);
        !self.hosts.is_empty() && self.hosts.iter().all(|mx| theirs(&mx.host))
    }

    /// Whether a definite answer is in.
    pub fn known(&self) -> bool {
        matches!(self.dns, Dns::Answer(_))
    }

    /// Whether the domain does not exist at all.
    pub fn no_such_domain(&self) -> bool {
        matches!(self.dns, Dns::Answer(answer) if answer.rcode == Rcode::NAME_ERROR)
    }

    /// Whether the domain says that it takes no mail: a null MX, and no other (RFC 7505 §3).
    pub fn refuses_mail(&self) -> bool {
        self.null && self.hosts.is_empty()
    }

    /// Whether the domain exists and has no MX records at all, so that its own address takes the mail.
    pub fn is_implicit(&self) -> bool {
        self.known() && !self.no_such_domain() && self.hosts.is_empty() && !self.null
    }

    /// Whether there is neither an MX record nor an address of the domain's own, so that nobody can deliver.
    pub fn has_nowhere(&self) -> bool {
        self.is_implicit() && self.own.has_none()
    }
}

/// Whether a name is an alias of another, at once or by way of others.
pub(crate) fn leads_to(target: &str, aliases: &[Alias]) -> bool {
    aliases.iter().any(|alias| alias.target == target)
}

/// What DNSSEC says of an answer.
pub fn dnssec(dns: Dns<'_>) -> Dnssec {
    match dns {
        Dns::Pending | Dns::Failed(_) | Dns::Unanswered(_) => Dnssec::Unknown,
        Dns::Bogus { .. } => Dnssec::Bogus,
        Dns::Answer(answer) if answer.authentic => Dnssec::Secure,
        Dns::Answer(_) => Dnssec::Insecure,
    }
}

/// The domains that the TLS-RPT record mails reports to, other than the domain itself, the first few.
pub(crate) fn report_domains(dns: Dns<'_>, own: &DomainName) -> Vec<DomainName> {
    let mut domains: Vec<DomainName> = Vec::new();
    for destination in texts(dns).map(tlsrpt::parse).flat_map(|record| record.rua) {
        let tlsrpt::Destination::Mailto { domain, .. } = destination.value else { continue };
        match DomainName::from_ascii(&domain) {
            Ok(domain) if domain != *own && !domains.contains(&domain) => domains.push(domain),
            _ => {}
        }
    }
    domains.truncate(REPORT_DOMAIN_LIMIT);
    domains
}

/// The zone that a domain's records are in. A domain with name servers is one itself; else the negative answer to some
/// question about it, or about a name right below it, says which it is in.
pub(crate) fn zone<'e>(domain: &'e DomainName, answers: impl IntoIterator<Item = Dns<'e>>) -> Option<&'e str> {
    let holds = |zone: &str| is_within(domain.as_str(), zone);
    answers.into_iter().find_map(|dns| match dns {
        Dns::Answer(answer) if answer.records.iter().any(|record| matches!(record, Record::Ns(_))) => {
            Some(domain.as_str())
        }
        // Behind an alias it is the zone of the alias's end.
        Dns::Answer(Answer { aliases, zone: Some(zone), .. }) if aliases.is_empty() => {
            Some(zone.as_str()).filter(|zone| zone.contains('.') && holds(zone))
        }
        _ => None,
    })
}

/// Whether mail can be delivered to a domain at all (RFC 5321 §5.1, RFC 7505); none where it cannot be told.
fn takes_mail(evidence: &Evidence, domain: &DomainName) -> Option<bool> {
    let Dns::Answer(answer) = evidence.dns(domain.as_str(), RecordType::Mx) else { return None };
    if !answer.records.is_empty() {
        return Some(!plan::mx_hosts(&answer.records).is_empty());
    }
    let own = Host::read(evidence, domain.as_str());
    if own.addresses().next().is_some() {
        return Some(true);
    }
    own.has_none().then_some(false)
}

/// The TXT records of an answer, the strings of each joined without spaces (RFC 8461 §3.1, RFC 8460 §3).
pub(crate) fn texts(dns: Dns<'_>) -> impl Iterator<Item = String> {
    records(dns).iter().filter_map(|record| match record {
        Record::Txt(strings) => {
            let joined: Vec<u8> = strings.iter().flat_map(|string| string.0.iter().copied()).collect();
            Some(String::from_utf8_lossy(&joined).into_owned())
        }
        _ => None,
    })
}

fn records(dns: Dns<'_>) -> &[Record] {
    if let Dns::Answer(answer) = dns { &answer.records } else { &[] }
}

/// A fresh id, and in the minute in which the live one was made another one.
fn new_id(announce: &TxtSet<'_, record::Parsed>, now: Timestamp) -> String {
    let fresh = fresh_id(now);
    if !WHOLE {
        return fresh;
    }
    let live = announce.judged().and_then(|record| record.id.as_ref());
    if live.is_some_and(|live| live.value == fresh) { fresh + "x2" } else { fresh }
}

/// RFC 8461 §3.1 wants only that an id differs from the last; a date and time to the minute reads well besides.
pub(crate) fn fresh_id(now: Timestamp) -> String {
    now.to_string().chars().filter(|c| !matches!(c, '-' | ':')).take(13).collect()
}
