//! Evidence, read: each answer parsed, and its state said. Rules read facts and nothing else.

pub mod answers;
pub mod certificate_flaw;
pub mod history;
pub mod host;
pub mod live_mx;
pub mod misplaced;
pub mod operators;
pub mod report_domains;
pub mod settled;
pub mod txt_set;

use crate::evidence::dnssec::{Dnssec, dnssec};
use crate::evidence::snapshot::Snapshot;
use crate::evidence::{Dns, Evidence, Fetch, Handshake};
use crate::lookup::{PolicyPath, RecordType};
use crate::name::DomainName;
use crate::providers::{self, Provider};
use crate::published::policy::{self, Mode};
use crate::published::{announce, tls_rpt};
use crate::text::time::Timestamp;
use answers::{leads_to_company_of, name_servers, zone};
use certificate_flaw::{Flaw, flaws};
use host::Host;
use live_mx::LiveMx;
use misplaced::MisplacedTexts;
use report_domains::{ReportDomain, report_domains, takes_mail};
use txt_set::TxtSet;

/// Everything that rules look at. In a lint only the text's own part is there, and the rest is pending: a rule stays
/// silent on what it has not seen.
pub struct Facts<'e> {
    /// The domain; none in a lint.
    pub domain: Option<&'e DomainName>,
    /// An id for the announce record that is new at the time of the evaluation, as in `20261124T0930`.
    pub fresh_id: String,
    /// TXT at `_mta-sts`.
    pub announce: TxtSet<'e, announce::AnnounceRecord>,
    /// The policy host's addresses.
    pub host: Host<'e>,
    /// The policy file's fetch.
    pub fetch: Fetch<'e>,
    /// The policy file, parsed, where a body came with status 200.
    pub policy: Option<policy::Policy<'e>>,
    /// The MX records.
    pub mx: LiveMx<'e>,
    /// TXT at `_smtp._tls`.
    pub tlsrpt: TxtSet<'e, tls_rpt::TlsRptRecord>,
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
    pub misplaced: MisplacedTexts<'e>,
    /// When the check began.
    pub checked_at: Timestamp,
    /// What earlier checks saw, oldest first.
    pub history: Vec<&'e Snapshot>,
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
        let servers = zone.map_or(own_servers, |zone| evidence.dns(zone, RecordType::Ns));
        Self {
            domain: Some(domain),
            fresh_id: new_id(&announce, now),
            fetch,
            policy,
            mx,
            misplaced: MisplacedTexts::read(evidence, &announce, &tlsrpt),
            report_domains: report_domains(tlsrpt.dns, domain)
                .into_iter()
                .map(|domain| ReportDomain { takes_mail: takes_mail(evidence, &domain), domain })
                .collect(),
            zone,
            dns_host: providers::dns_host(name_servers(servers)),
            flaws: handshake.map_or_else(Vec::new, |shown| flaws(shown, host.as_str(), host_addresses.aliases(), now)),
            handshake,
            host: host_addresses,
            announce,
            tlsrpt,
            checked_at: evidence.checked_at,
            history: history::earlier(evidence),
        }
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
            misplaced: MisplacedTexts::none(),
            checked_at: Timestamp::UNIX_EPOCH,
            history: Vec::new(),
        }
    }

    /// The policy, where a sender that follows the RFC finds one in the file, whatever the announce record says.
    pub fn usable_policy(&self) -> Option<&policy::Policy<'e>> {
        let cut = matches!(self.fetch, Fetch::Response { response, .. } if response.truncated);
        self.policy.as_ref().filter(|policy| policy.is_usable() && !cut)
    }

    /// The policy that senders act on: usable, announced by a record that they can read, and with no signature that does
    /// not hold on the way.
    pub fn policy_in_force(&self) -> Option<&policy::Policy<'e>> {
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

    /// Whether a policy file is served: status 200, and a text that is meant as a policy.
    pub fn serves_policy(&self) -> bool {
        self.policy.as_ref().is_some_and(policy::Policy::is_attempt)
    }

    /// Whether somebody announced a policy: what only a wildcard answers is nobody's.
    pub fn is_announced(&self) -> bool {
        (self.announce.has_attempt() || !self.misplaced.is_wildcard) && self.announce.is_announced()
    }

    /// The hosts that take the domain's mail, most preferred first; the domain itself where it has an address and no MX
    /// (RFC 5321 §5.1).
    pub(crate) fn mail_hosts(&self) -> impl Iterator<Item = &str> {
        let own = self.domain.filter(|_| self.mx.is_implicit() && self.mx.own.addresses().next().is_some());
        self.mx.hosts.iter().map(|mx| mx.host.as_str()).chain(own.map(DomainName::as_str))
    }

    /// Whether the announce record's name and the policy host are aliases of these, or of other names of the same company.
    pub(crate) fn is_delegated_to(&self, [announce, host]: [&str; 2]) -> bool {
        leads_to_company_of(announce, self.announce.aliases()) && leads_to_company_of(host, self.host.aliases())
    }

    /// Whether any sign of MTA-STS is there: TXT at `_mta-sts`, or a policy file.
    pub fn has_mta_sts(&self) -> bool {
        !self.announce.records.is_empty() || self.serves_policy()
    }
}

/// A fresh id, and in the minute in which the live one was made another one.
fn new_id(announce: &TxtSet<'_, announce::AnnounceRecord>, now: Timestamp) -> String {
    let fresh = fresh_id(now);
    let live = announce.judged().and_then(|record| record.id.as_ref());
    if live.is_some_and(|live| live.value == fresh) { fresh + "x2" } else { fresh }
}

/// RFC 8461 §3.1 wants only that an id differs from the last; a date and time to the minute reads well besides.
pub(crate) fn fresh_id(now: Timestamp) -> String {
    now.to_string().chars().filter(|c| !matches!(c, '-' | ':')).take(13).collect()
}
