//! The simulated internet: described in a few lines, it answers the lookups of a check the way a host would, so that a scenario
//! goes through the plan as well as the rules.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use crate::evaluate::evaluate;
use crate::evidence::snapshot::Snapshot;
use crate::evidence::{
    Alias, Answer, Cause, Certificate, Evidence, ExtendedError, Failure, Handshake, Observation, Outcome, Rcode,
    Record, Response,
};
use crate::facts::live_mx::is_resolvable;
use crate::lookup::{Lookup, PolicyPath, Question, RecordType, policy_url};
use crate::name::DomainName;
use crate::plan::Plan;
use crate::text::octets::Octets;
use crate::text::part;
use crate::text::time::Timestamp;

/// When every simulated check begins.
pub const CHECKED_AT: &str = "2026-11-24T09:30:00Z";

/// TTL of every simulated record, in seconds, unless it is said otherwise.
pub(super) const TTL: u32 = 3600;

/// A policy that enforces, for the hosts that [`World::protected`] has.
pub const ENFORCE: &str =
    "version: STSv1\nmode: enforce\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 2592000\n";

/// What there is in the world: everything else has no records.
#[derive(Clone)]
pub struct World {
    pub(super) domain: DomainName,
    records: BTreeMap<(String, RecordType), Vec<Record>>,
    aliases: BTreeMap<String, String>,
    wildcard: BTreeMap<RecordType, Vec<Record>>,
    wildcard_alias: Option<String>,
    unaddressed: Vec<String>,
    ttls: BTreeMap<String, u32>,
    unsigned: Vec<String>,
    signed: bool,
    zone: String,
    exists: bool,
    faults: BTreeMap<(String, RecordType), LookupFault>,
    fetch: Outcome,
    fetch_ms: u32,
    elsewhere: BTreeMap<String, Outcome>,
    handshake: Option<Handshake>,
    history: Vec<Snapshot>,
}

fn not_found() -> Outcome {
    Outcome::Response(Response { status: 404, ..Response::default() })
}

/// What a name's lookup meets instead of an answer.
#[derive(Clone)]
enum LookupFault {
    Bogus,
    ServerFailure(u16, &'static str),
    NoAnswer(Cause),
}

impl World {
    /// A domain with nothing but its own unsigned zone.
    ///
    /// # Panics
    /// Where `domain` is not a domain name: scenarios are written by hand.
    pub fn new(domain: &str) -> Self {
        Self {
            domain: DomainName::from_ascii(domain).expect("a scenario names a valid domain"),
            records: BTreeMap::new(),
            aliases: BTreeMap::new(),
            wildcard: BTreeMap::new(),
            wildcard_alias: None,
            unaddressed: Vec::new(),
            ttls: BTreeMap::new(),
            unsigned: Vec::new(),
            signed: false,
            zone: domain.to_owned(),
            exists: true,
            faults: BTreeMap::new(),
            fetch: not_found(),
            fetch_ms: 120,
            elsewhere: BTreeMap::new(),
            handshake: None,
            history: Vec::new(),
        }
    }

    /// A domain where all is well: signed, enforced, reported.
    pub fn protected(domain: &str) -> Self {
        Self::new(domain)
            .signed()
            .mx(10, "mx1.mail-host.net")
            .mx(20, "mx2.mail-host.net")
            .address("mx1.mail-host.net", "192.0.2.25")
            .address("mx2.mail-host.net", "198.51.100.25")
            .announce("v=STSv1; id=20261101T0800;")
            .host("203.0.113.80")
            .policy(ENFORCE)
            .tls_rpt(&format!("v=TLSRPTv1; rua=mailto:tls-reports@{domain}"))
    }

    /// Every answer is signed, but those of names said to be [`World::unsigned`].
    #[must_use]
    pub fn signed(mut self) -> Self {
        self.signed = true;
        self
    }

    /// No answer is signed.
    #[must_use]
    pub fn unsigned_zone(mut self) -> Self {
        self.signed = false;
        self
    }

    /// The domain's records are in the zone of a domain above it.
    #[must_use]
    pub fn zone(mut self, zone: &str) -> Self {
        zone.clone_into(&mut self.zone);
        self
    }

    /// The domain is not in the DNS.
    #[must_use]
    pub fn nonexistent(mut self) -> Self {
        self.exists = false;
        self
    }

    /// Answers for this name are not signed.
    #[must_use]
    pub fn unsigned(mut self, name: &str) -> Self {
        self.unsigned.push(name.to_owned());
        self
    }

    /// Adds a record.
    #[must_use]
    pub fn record(mut self, name: &str, rtype: RecordType, record: Record) -> Self {
        self.records.entry((name.to_owned(), rtype)).or_default().push(record);
        self
    }

    /// Takes all records of a type, aliases and faults of a name away.
    #[must_use]
    pub fn without(mut self, name: &str, rtype: RecordType) -> Self {
        self.records.remove(&(name.to_owned(), rtype));
        self.aliases.remove(name);
        if rtype == RecordType::A {
            self.unaddressed.push(name.to_owned());
        }
        self
    }

    /// Adds a TXT record of one string.
    #[must_use]
    pub fn txt(self, name: &str, text: &str) -> Self {
        self.record(name, RecordType::Txt, Record::Txt(vec![text.into()]))
    }

    /// Makes this the one announce record.
    #[must_use]
    pub fn announce(self, text: &str) -> Self {
        let name = self.domain.announce_name();
        self.without(&name, RecordType::Txt).txt(&name, text)
    }

    /// Adds another TXT record at `_mta-sts`.
    #[must_use]
    pub fn also_announce(self, text: &str) -> Self {
        let name = self.domain.announce_name();
        self.txt(&name, text)
    }

    /// Makes this the one TLS-RPT record.
    #[must_use]
    pub fn tls_rpt(self, text: &str) -> Self {
        let name = self.domain.tlsrpt_name();
        self.without(&name, RecordType::Txt).txt(&name, text)
    }

    /// Takes the announce record away.
    #[must_use]
    pub fn without_announce(self) -> Self {
        let name = self.domain.announce_name();
        self.without(&name, RecordType::Txt)
    }

    /// Takes the TLS-RPT record away.
    #[must_use]
    pub fn without_tls_rpt(self) -> Self {
        let name = self.domain.tlsrpt_name();
        self.without(&name, RecordType::Txt)
    }

    /// Adds an MX record of the domain; `""` is a null MX. A host that could be public has an address, unless that was taken
    /// away by [`World::without`].
    #[must_use]
    pub fn mx(self, preference: u16, exchange: &str) -> Self {
        let name = self.domain.to_string();
        self.record(&name, RecordType::Mx, Record::Mx { preference, exchange: exchange.to_owned() })
    }

    /// Takes all MX records away.
    #[must_use]
    pub fn without_mx(self) -> Self {
        let name = self.domain.to_string();
        self.without(&name, RecordType::Mx)
    }

    /// Adds an address of either sort.
    ///
    /// # Panics
    /// Where `address` is not one.
    #[must_use]
    pub fn address(self, name: &str, address: &str) -> Self {
        match address.parse().expect("a scenario gives a valid address") {
            IpAddr::V4(v4) => self.record(name, RecordType::A, Record::A(v4)),
            IpAddr::V6(v6) => self.record(name, RecordType::Aaaa, Record::Aaaa(v6)),
        }
    }

    /// Makes this the policy host's one address.
    #[must_use]
    pub fn host(self, address: &str) -> Self {
        let host = self.domain.policy_host().to_string();
        self.without_host().address(&host, address)
    }

    /// Takes the policy host's addresses away.
    #[must_use]
    pub fn without_host(self) -> Self {
        let host = self.domain.policy_host().to_string();
        self.without(&host, RecordType::A).without(&host, RecordType::Aaaa)
    }

    /// Makes a name an alias.
    #[must_use]
    pub fn alias(mut self, name: &str, target: &str) -> Self {
        self.aliases.insert(name.to_owned(), target.to_owned());
        self
    }

    /// Adds a record for the host `*` of the domain (RFC 4592).
    #[must_use]
    pub fn wildcard(mut self, rtype: RecordType, record: Record) -> Self {
        self.wildcard.entry(rtype).or_default().push(record);
        self
    }

    /// Makes the host `*` of the domain an alias.
    #[must_use]
    pub fn wildcard_alias(mut self, target: &str) -> Self {
        self.wildcard_alias = Some(target.to_owned());
        self
    }

    /// Leaves what stands under a name to another, which it becomes an alias of.
    #[must_use]
    pub fn moved(mut self, name: &str, target: &str) -> Self {
        if self.aliases.contains_key(name) {
            return self;
        }
        let at = |map: &BTreeMap<(String, RecordType), Vec<Record>>| {
            let types = map.keys().filter(|(owner, _)| owner == name).map(|(_, rtype)| *rtype);
            types.collect::<Vec<RecordType>>()
        };
        for rtype in at(&self.records) {
            if let Some(records) = self.records.remove(&(name.to_owned(), rtype)) {
                self.records.insert((target.to_owned(), rtype), records);
            }
        }
        self.alias(name, target)
    }

    /// Gives all records of a name this TTL.
    #[must_use]
    pub fn ttl(mut self, name: &str, seconds: u32) -> Self {
        self.ttls.insert(name.to_owned(), seconds);
        self
    }

    /// Breaks the signatures over a name's records of a type.
    #[must_use]
    pub fn bogus(self, name: &str, rtype: RecordType) -> Self {
        self.fault(name, rtype, LookupFault::Bogus)
    }

    /// The resolver answers SERVFAIL, validated or not, with an extended error.
    #[must_use]
    pub fn server_failure(self, name: &str, rtype: RecordType, code: u16, text: &'static str) -> Self {
        self.fault(name, rtype, LookupFault::ServerFailure(code, text))
    }

    /// The resolver does not answer.
    #[must_use]
    pub fn no_answer(self, name: &str, rtype: RecordType) -> Self {
        self.fault(name, rtype, LookupFault::NoAnswer(Cause::Timeout))
    }

    fn fault(mut self, name: &str, rtype: RecordType, fault: LookupFault) -> Self {
        self.faults.insert((name.to_owned(), rtype), fault);
        self
    }

    /// The policy host serves this text, as it should.
    #[must_use]
    pub fn policy(self, body: &str) -> Self {
        self.policy_bytes(body.as_bytes())
    }

    /// The policy host serves these bytes, as it should.
    #[must_use]
    pub fn policy_bytes(self, body: &[u8]) -> Self {
        self.response(Response {
            status: 200,
            content_type: Some("text/plain; charset=utf-8".to_owned()),
            body: Octets(body.to_vec()),
            ..Response::default()
        })
    }

    /// The policy's web host says that the file is as it is since then, in the words of an HTTP date.
    #[must_use]
    pub fn last_modified(mut self, date: &str) -> Self {
        if let Outcome::Response(response) = &mut self.fetch {
            response.last_modified = Some(date.to_owned());
        }
        self
    }

    /// A check so many days ago saw the domain as `then`.
    ///
    /// # Panics
    /// Where a check of `then` leaves nothing to keep.
    #[must_use]
    pub fn seen(mut self, days_ago: u32, then: &Self) -> Self {
        let evidence = then.check();
        let snapshot = evaluate(&evidence, evidence.checked_at).snapshot.expect("everything was seen");
        let ms = snapshot.time.as_millisecond() - i64::from(days_ago) * 86_400_000;
        let time = Timestamp::from_millisecond(ms).expect("checks begin after 1970");
        self.history.push(Snapshot { time, ..snapshot });
        self
    }

    /// A policy is served at another address.
    #[must_use]
    pub fn policy_at(mut self, url: &str, body: &str) -> Self {
        let response = Response { status: 200, body: body.into(), ..Response::default() };
        self.elsewhere.insert(url.to_owned(), Outcome::Response(response));
        self
    }

    /// Adds a TLSA record of a host's mail service.
    #[must_use]
    pub fn tlsa(self, host: &str, usage: u8, matching: u8, data: &[u8]) -> Self {
        let record = Record::Tlsa { usage, selector: 1, matching, data: Octets(data.to_vec()) };
        self.record(&crate::name::labels::tlsa_name(host), RecordType::Tlsa, record)
    }

    /// The policy host answers so.
    #[must_use]
    pub fn response(mut self, response: Response) -> Self {
        self.fetch = Outcome::Response(response);
        self
    }

    /// The policy host answers with this status and body.
    #[must_use]
    pub fn status(self, status: u16, body: &str) -> Self {
        let content_type = Some("text/html; charset=utf-8".to_owned());
        self.response(Response { status, content_type, body: body.into(), ..Response::default() })
    }

    /// The policy cannot be fetched.
    #[must_use]
    pub fn fetch_fails(mut self, cause: Cause) -> Self {
        self.fetch = Outcome::Failed(Failure { cause, detail: None });
        self
    }

    /// No secure connection can be made: the policy host shows a certificate for these names, from Let's Encrypt with its
    /// intermediate, valid from 2026-10-01 to 2026-12-30, as far as `change` leaves it so.
    ///
    /// # Panics
    /// Never: the times are constants.
    #[must_use]
    pub fn certificate(self, names: &[&str], change: impl FnOnce(&mut Handshake)) -> Self {
        let time = |text: &str| text.parse().expect("a constant time");
        let certificate = |names: &[&str], issuer: &str| Certificate {
            names: names.iter().map(|&name| name.to_owned()).collect(),
            common_name: None,
            issuer: issuer.to_owned(),
            self_issued: false,
            not_before: time("2026-10-01T00:00:00Z"),
            not_after: time("2026-12-30T00:00:00Z"),
        };
        let certificates =
            vec![certificate(names, "Let's Encrypt, R12"), certificate(&[], "Internet Security Research Group")];
        let mut handshake = Handshake { version: Some(0x0303), alert: None, certificates };
        change(&mut handshake);
        Self { handshake: Some(handshake), ..self.fetch_fails(Cause::Tls) }
    }

    /// The fetch takes so long.
    #[must_use]
    pub fn fetch_takes(mut self, milliseconds: u32) -> Self {
        self.fetch_ms = milliseconds;
        self
    }

    /// Performs a check as a host does, a round of lookups at a time.
    ///
    /// # Panics
    /// Where [`CHECKED_AT`] is not a time.
    pub fn check(&self) -> Evidence {
        let now: Timestamp = CHECKED_AT.parse().expect("a constant time");
        let mut plan = Plan::new(self.domain.clone(), now);
        let mut elapsed_ms = 0;
        loop {
            let round = plan.next_lookups();
            if round.is_empty() {
                return Evidence { history: self.history.clone(), ..plan.into_evidence() };
            }
            let observations: Vec<Observation> = round.into_iter().map(|lookup| self.perform(lookup)).collect();
            elapsed_ms += observations.iter().map(|observation| observation.took_ms).max().unwrap_or_default();
            for observation in observations {
                plan.observe(observation, elapsed_ms);
            }
        }
    }

    /// What comes of a lookup.
    pub fn perform(&self, lookup: Lookup) -> Observation {
        let (outcome, took_ms) = match &lookup {
            Lookup::Dns(question) => (self.resolve(question), 15),
            Lookup::Handshake { .. } => {
                let unseen = Outcome::Failed(Failure { cause: Cause::Connection, detail: None });
                (self.handshake.clone().map_or(unseen, Outcome::Handshake), 40)
            }
            Lookup::Policy { host, path } => {
                let right = *host == self.domain.policy_host() && *path == PolicyPath::WellKnown;
                let elsewhere = || self.elsewhere.get(&policy_url(host, *path)).cloned().unwrap_or_else(not_found);
                (if right { self.fetch.clone() } else { elsewhere() }, self.fetch_ms)
            }
        };
        Observation { lookup, outcome, took_ms }
    }

    fn resolve(&self, question: &Question) -> Outcome {
        let servfail = |errors: Vec<ExtendedError>| Answer {
            rcode: Rcode::SERVER_FAILURE,
            extended_errors: errors,
            ..Answer::default()
        };
        match self.faults.get(&(question.name.clone(), question.rtype)) {
            Some(LookupFault::NoAnswer(cause)) => {
                return Outcome::Failed(Failure { cause: *cause, detail: None });
            }
            Some(LookupFault::ServerFailure(code, text)) => {
                let text = (*text).to_owned();
                return Outcome::Answer(servfail(vec![ExtendedError { code: *code, text }]));
            }
            Some(LookupFault::Bogus) if !question.checking_disabled => {
                return Outcome::Answer(servfail(vec![ExtendedError { code: 6, text: String::new() }]));
            }
            Some(LookupFault::Bogus) | None => {}
        }
        let mut answer = Answer { authentic: self.signed && !question.checking_disabled, ..Answer::default() };
        let mut name = question.name.clone();
        while let Some(target) = self.alias_of(&name) {
            if self.unsigned.contains(&name) || self.unsigned.contains(target) {
                answer.authentic = false;
            }
            answer.aliases.push(Alias { name: name.clone(), target: target.clone() });
            if answer.aliases.len() == 8 {
                return Outcome::Answer(answer);
            }
            name.clone_from(target);
        }
        let is_wild = self.is_wild(&name);
        let wild = self.wildcard.get(&question.rtype).filter(|_| is_wild);
        if let Some(records) = self.records.get(&(name.clone(), question.rtype)).or(wild) {
            answer.records.clone_from(records);
        }
        if self.unsigned.contains(&name) {
            answer.authentic = false;
        }
        if !answer.records.is_empty() || !answer.aliases.is_empty() {
            answer.ttl = self.ttls.get(&question.name).copied().unwrap_or(TTL);
        }
        let ours = name == self.zone || name.ends_with(&format!(".{}", self.zone));
        answer.zone = Some(self.zone.clone()).filter(|_| answer.records.is_empty() && ours);
        let apex = name == self.domain.as_str() && self.exists;
        if question.rtype == RecordType::A && answer.records.is_empty() && self.is_plain_mail_server(&name) {
            answer.records.push(Record::A(Ipv4Addr::new(192, 0, 2, 250)));
            answer.zone = None;
        }
        let is_there =
            apex || !answer.records.is_empty() || self.is_there(&name) || (is_wild && !self.wildcard.is_empty());
        answer.rcode = if is_there { Rcode::NO_ERROR } else { Rcode::NAME_ERROR };
        Outcome::Answer(answer)
    }

    /// Whether a name is that of an MX host of which nothing else is said.
    fn is_plain_mail_server(&self, name: &str) -> bool {
        let is_it = |record: &Record| matches!(record, Record::Mx { exchange, .. } if exchange == name);
        let mut mx =
            self.records.iter().filter(|((owner, _), _)| owner == self.domain.as_str()).flat_map(|(_, all)| all);
        let has_other = [RecordType::A, RecordType::Aaaa].iter().any(|rtype| {
            self.records.contains_key(&(name.to_owned(), *rtype))
                || self.faults.contains_key(&(name.to_owned(), *rtype))
        });
        !has_other && !self.unaddressed.iter().any(|known| known == name) && is_resolvable(name) && mx.any(is_it)
    }

    /// Whether a name, or one below it, has records.
    fn is_there(&self, name: &str) -> bool {
        let below = format!(".{name}");
        let mut owners = self.records.keys().map(|(owner, _)| owner);
        owners.any(|owner| owner == name || owner.ends_with(&below))
    }

    /// Whether the host `*` answers for a name: neither it nor a name between it and the domain is there (RFC 4592 §2.2.1).
    fn is_wild(&self, name: &str) -> bool {
        let Some(labels) = name.strip_suffix(self.domain.as_str()).and_then(|labels| labels.strip_suffix('.')) else {
            return false;
        };
        let is_known = |name: &str| {
            let below = format!(".{name}");
            self.is_there(name) || self.aliases.keys().any(|owner| owner == name || owner.ends_with(&below))
        };
        let starts = std::iter::once(0).chain(labels.match_indices('.').map(|(at, _)| at + 1));
        starts.map(|at| part::from(name, at)).all(|name| !is_known(name))
    }

    fn alias_of(&self, name: &str) -> Option<&String> {
        self.aliases.get(name).or_else(|| self.wildcard_alias.as_ref().filter(|_| self.is_wild(name)))
    }
}
