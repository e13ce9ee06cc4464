//! What a host saw: lookups and their outcomes, in the order in which they came. Evidence saved as JSON is a test
//! fixture, a worked example and a bug report.

pub mod dns;
pub mod dnssec;
mod failure;
pub mod fetch_failure;
pub mod proposed;
pub mod snapshot;
pub mod tls;

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use crate::evidence::snapshot::Snapshot;
use crate::lookup::{Lookup, PolicyPath, RecordType};
use crate::name::{DomainName, is_within};
use crate::text::octets::Octets;
use crate::text::time::Timestamp;
pub use failure::{Cause, Failure};

/// Everything that was seen of a domain in one check; partial while lookups are pending.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Evidence {
    /// The domain that was asked for.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub domain: DomainName,
    /// When the check began.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub checked_at: Timestamp,
    /// Milliseconds from the start to the last observation.
    #[serde(default)]
    pub took_ms: u32,
    /// What was seen, in order of arrival. The order carries no meaning.
    pub observations: Vec<Observation>,
    /// What earlier checks of the domain saw, in any order: the `snapshot` of each one's report. The newest hundred from
    /// before this check count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub history: Vec<Snapshot>,
}

/// One lookup, done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Observation {
    /// What was asked.
    pub lookup: Lookup,
    /// What came of it.
    pub outcome: Outcome,
    /// Milliseconds that it took.
    #[serde(default)]
    pub took_ms: u32,
}

/// What came of a lookup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "LookupOutcome"),
    schemars(rename = "LookupOutcome")
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A DNS answer, whatever its rcode.
    Answer(Answer),
    /// An HTTP response, whatever its status.
    Response(Response),
    /// What a host showed before encryption began.
    Handshake(Handshake),
    /// Nothing came.
    Failed(Failure),
}

/// A DNS answer to one question, its CNAME chain followed (RFC 1034 §3.6.2).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "DnsAnswer"),
    schemars(rename = "DnsAnswer")
)]
pub struct Answer {
    /// Response code.
    pub rcode: Rcode,
    /// The AD bit: the resolver validated the whole answer, absence included (RFC 4035 §3.2.3).
    #[serde(default)]
    pub authentic: bool,
    /// CNAME records from the owner name to the end of the chain, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub aliases: Vec<Alias>,
    /// Records of the asked type at the end of the chain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub records: Vec<Record>,
    /// Smallest TTL among aliases and records, in seconds; 0 where there are none.
    #[serde(default)]
    pub ttl: u32,
    /// Where there are no records: the zone that says so, by the SOA record in the authority section (RFC 2308 §2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub zone: Option<String>,
    /// Extended errors (RFC 8914).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub extended_errors: Vec<ExtendedError>,
}

/// DNS response code; 12 bits where EDNS is in use (RFC 6895 §2.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Rcode(pub u16);

impl Rcode {
    /// No error; with no records, the name exists and has none of this type.
    pub const NO_ERROR: Self = Self(0);
    /// The resolver could not answer.
    pub const SERVER_FAILURE: Self = Self(2);
    /// The name does not exist.
    pub const NAME_ERROR: Self = Self(3);
    /// The resolver would not answer.
    pub const REFUSED: Self = Self(5);
}

impl std::fmt::Display for Rcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            0 => f.write_str("NOERROR"),
            1 => f.write_str("FORMERR"),
            2 => f.write_str("SERVFAIL"),
            3 => f.write_str("NXDOMAIN"),
            4 => f.write_str("NOTIMP"),
            5 => f.write_str("REFUSED"),
            other => write!(f, "RCODE{other}"),
        }
    }
}

/// A CNAME record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Alias {
    /// Owner, lower case, no trailing dot.
    pub name: String,
    /// What it is another name for.
    pub target: String,
}

/// Record data of the types that are asked for. Names are lower case, without the trailing dot; `""` is the root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "DnsRecord"),
    schemars(rename = "DnsRecord")
)]
#[serde(rename_all = "lowercase")]
pub enum Record {
    /// IPv4 address.
    A(Ipv4Addr),
    /// IPv6 address.
    Aaaa(Ipv6Addr),
    /// Mail exchange.
    Mx {
        /// Lower is tried first.
        preference: u16,
        /// The host; `""` in a null MX (RFC 7505).
        exchange: String,
    },
    /// Name server.
    Ns(String),
    /// TLS certificate association (RFC 6698 §2.1).
    Tlsa {
        /// Certificate usage.
        usage: u8,
        /// What of the certificate is compared.
        selector: u8,
        /// How it is compared: 0 whole, 1 by SHA-256, 2 by SHA-512.
        matching: u8,
        /// What it is compared with.
        data: Octets,
    },
    /// The strings of one TXT record, not yet joined.
    Txt(Vec<Octets>),
}

/// An extended DNS error (RFC 8914).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ExtendedError {
    /// Info-code.
    pub code: u16,
    /// Extra text, as the resolver gave it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub text: String,
}

/// An HTTP response of a policy host.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "PolicyResponse"),
    schemars(rename = "PolicyResponse")
)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// `Content-Type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub content_type: Option<String>,
    /// `Location`, of a redirect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub location: Option<String>,
    /// `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub last_modified: Option<String>,
    /// The body, at most 64 KiB of it.
    #[serde(default)]
    pub body: Octets,
    /// The body was longer than what is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub truncated: bool,
}

/// What a host answered to a TLS 1.2 ClientHello, as far as it is sent in the clear (RFC 5246 §7.4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsHandshake"),
    schemars(rename = "TlsHandshake")
)]
pub struct Handshake {
    /// The protocol version that it chose, as on the wire: 0x0303 is TLS 1.2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub version: Option<u16>,
    /// The alert with which it ended the handshake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub alert: Option<u8>,
    /// Its certificates in the order sent, its own first; a few at most.
    #[serde(default)]
    pub certificates: Vec<Certificate>,
}

/// What matters here of a certificate (RFC 5280).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Certificate {
    /// DNS names among its subject alternative names, the first few.
    pub names: Vec<String>,
    /// Common name of its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub common_name: Option<String>,
    /// Organisation and common name of its issuer, for a person to read.
    pub issuer: String,
    /// Whether subject and issuer are one.
    pub self_issued: bool,
    /// Start of its validity.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub not_before: Timestamp,
    /// End of its validity.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub not_after: Timestamp,
}

impl Response {
    /// Each `Content-Type` of the response: of two such headers a host sees one text, with a comma between.
    pub fn content_types(&self) -> impl Iterator<Item = &str> {
        self.content_type.as_deref().unwrap_or_default().split(',').map(str::trim).filter(|value| !value.is_empty())
    }

    /// Type and subtype of the Content-Type, of several the first, as senders read it; empty where there is none.
    pub fn media_type(&self) -> &str {
        media_type(self.content_types().next().unwrap_or_default())
    }

    /// Whether there are several, which name different types.
    pub fn has_two_media_types(&self) -> bool {
        let mut types = self.content_types().map(media_type);
        let first = types.next().unwrap_or_default();
        types.any(|other| !other.eq_ignore_ascii_case(first))
    }
}

fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

impl Evidence {
    /// Nothing seen yet.
    pub fn new(domain: DomainName, checked_at: Timestamp) -> Self {
        Self { domain, checked_at, took_ms: 0, observations: Vec::new(), history: Vec::new() }
    }

    /// What came of `lookup`, if it is in. Of several, the first counts.
    pub fn outcome(&self, lookup: &Lookup) -> Option<&Outcome> {
        self.observations.iter().find(|o| o.lookup == *lookup).map(|o| &o.outcome)
    }

    /// What is known of the records of type `rtype` at `name`.
    pub fn dns(&self, name: &str, rtype: RecordType) -> Dns<'_> {
        let outcome = |unchecked: bool| {
            let asked = |o: &&Observation| match &o.lookup {
                Lookup::Dns(q) => q.checking_disabled == unchecked && q.rtype == rtype && q.name == name,
                Lookup::Policy { .. } | Lookup::Handshake { .. } => false,
            };
            self.observations.iter().find(asked).map(|o| &o.outcome)
        };
        match outcome(false) {
            None => Dns::Pending,
            Some(Outcome::Answer(answer)) if !answer.is_read_whole() => Dns::Failed(&NOT_DNS),
            Some(Outcome::Answer(answer)) if self.may_be_bogus(name, answer) => match outcome(true) {
                None => Dns::Pending,
                // Unvalidated there is an answer, validated there is none: the signatures are at fault.
                Some(Outcome::Answer(unchecked)) if unchecked.is_definite() && unchecked.is_read_whole() => {
                    Dns::Bogus { answer, unchecked }
                }
                Some(_) => Dns::Unanswered(answer),
            },
            Some(Outcome::Answer(answer)) if answer.is_definite() => Dns::Answer(answer),
            Some(Outcome::Answer(answer)) => Dns::Unanswered(answer),
            Some(Outcome::Failed(failure)) => Dns::Failed(failure),
            Some(Outcome::Response(_) | Outcome::Handshake(_)) => Dns::Failed(&NOT_DNS),
        }
    }

    /// Whether a validated answer to a question about `name` is a SERVFAIL that signatures may be the cause of: it is asked again
    /// with CD=1 then, and an answer to that means that they are. Not where the resolver names another cause; and where it
    /// names none, not where it answered and validated another question about the same name or the domain, since then it
    /// was a moment's failure as likely as not.
    fn may_be_bogus(&self, name: &str, answer: &Answer) -> bool {
        if answer.rcode != Rcode::SERVER_FAILURE {
            return false;
        }
        let domain = self.domain.as_str();
        let is_near = |other: &str| other == name || (is_within(other, domain) && is_within(name, domain));
        let is_answered = |seen: &Observation| match (&seen.lookup, &seen.outcome) {
            (Lookup::Dns(question), Outcome::Answer(answer)) => {
                !question.checking_disabled && answer.is_definite() && is_near(&question.name)
            }
            _ => false,
        };
        blames_signatures(answer).unwrap_or_else(|| !self.observations.iter().any(is_answered))
    }

    /// What `host` showed before encryption began, where it was asked and showed anything.
    pub fn handshake(&self, host: &str) -> Option<&Handshake> {
        let asked = |o: &&Observation| matches!(&o.lookup, Lookup::Handshake { host: asked } if asked.as_str() == host);
        match &self.observations.iter().find(asked)?.outcome {
            Outcome::Handshake(handshake) => Some(handshake),
            _ => None,
        }
    }

    /// What is known of the policy file at `host`, and the milliseconds that the request took.
    pub fn policy(&self, host: &str, path: PolicyPath) -> Fetch<'_> {
        let asked = |o: &&Observation| matches!(&o.lookup, Lookup::Policy { host: asked, path: at } if asked.as_str() == host && *at == path);
        match self.observations.iter().find(asked) {
            None => Fetch::Pending,
            Some(Observation { outcome: Outcome::Response(response), took_ms, .. }) => {
                Fetch::Response { response, took_ms: *took_ms }
            }
            Some(Observation { outcome: Outcome::Failed(failure), took_ms, .. }) => {
                Fetch::Failed { failure, took_ms: *took_ms }
            }
            Some(Observation { outcome: Outcome::Answer(_) | Outcome::Handshake(_), took_ms, .. }) => {
                Fetch::Failed { failure: &NOT_HTTP, took_ms: *took_ms }
            }
        }
    }
}

static NOT_DNS: Failure = Failure { cause: Cause::Malformed, detail: None };
static NOT_HTTP: Failure = Failure { cause: Cause::Malformed, detail: None };

/// What is known of one set of DNS records.
#[derive(Clone, Copy, Debug)]
pub enum Dns<'e> {
    /// Not in yet.
    Pending,
    /// A definite answer: records, or that there are none.
    Answer(&'e Answer),
    /// SERVFAIL, yet an answer when validation is switched off: the DNSSEC signatures do not hold.
    Bogus {
        /// The validated SERVFAIL, with its extended errors.
        answer: &'e Answer,
        /// What came unvalidated: not to be trusted.
        unchecked: &'e Answer,
    },
    /// The resolver answered that it could not or would not answer.
    Unanswered(&'e Answer),
    /// No answer came.
    Failed(&'e Failure),
}

/// What is known of the policy file.
#[derive(Clone, Copy, Debug)]
pub enum Fetch<'e> {
    /// Not in yet.
    Pending,
    /// The host answered.
    Response {
        /// Its answer.
        response: &'e Response,
        /// Milliseconds until the body was in.
        took_ms: u32,
    },
    /// It did not.
    Failed {
        /// Why.
        failure: &'e Failure,
        /// Milliseconds until it failed.
        took_ms: u32,
    },
}

impl Dns<'_> {
    /// Whether the resolver could get nothing from the name servers, as far as it says why it failed.
    pub(crate) fn is_unserved(&self) -> bool {
        let is_other = |error: &ExtendedError| !matches!(error.code, 0 | 9 | 10 | 20 | 22 | 23);
        matches!(self, Self::Unanswered(answer) if answer.rcode == Rcode::SERVER_FAILURE
            && !answer.extended_errors.iter().any(is_other))
    }
}

/// CNAME records that are followed. Unbound and BIND stop at 11 and 16.
const ALIAS_LIMIT: usize = 16;

/// Records of one answer that are read: many more than any domain has use for. Of a part nothing could be said for certain.
const RECORD_LIMIT: usize = 256;

impl Answer {
    /// Whether it says what is there: NOERROR or NXDOMAIN.
    pub fn is_definite(&self) -> bool {
        self.rcode == Rcode::NO_ERROR || self.rcode == Rcode::NAME_ERROR
    }

    /// Whether it is no longer than what is read of the DNS: evidence may come from anybody.
    fn is_read_whole(&self) -> bool {
        self.records.len() <= RECORD_LIMIT && self.aliases.len() <= ALIAS_LIMIT
    }
}

/// Whether a SERVFAIL is blamed on DNSSEC, by its extended errors (RFC 8914 §4): nothing where it names none.
fn blames_signatures(answer: &Answer) -> Option<bool> {
    let is_of_dnssec = |error: &ExtendedError| matches!(error.code, 1 | 2 | 5..=12 | 25 | 27);
    // 0 is “other”, and says nothing.
    let named = || answer.extended_errors.iter().filter(|error| error.code != 0);
    // Where no name server could be reached, what is missing for a signature is missing for that reason.
    let is_of_servers = |error: &ExtendedError| matches!(error.code, 22 | 23);
    named().next().map(|_| named().any(is_of_dnssec) && !named().any(is_of_servers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::Question;

    /// What a SERVFAIL with these extended errors means, when the same question is answered with CD=1 and `others` were
    /// answered before.
    fn state(codes: &[u16], others: &[&str]) -> &'static str {
        let domain = DomainName::from_ascii("bakery.com").expect("a domain");
        let question = Question::new("_mta-sts.bakery.com", RecordType::Txt);
        let seen = |lookup: Question, answer| Observation {
            lookup: Lookup::Dns(lookup),
            outcome: Outcome::Answer(answer),
            took_ms: 1,
        };
        let extended_errors = codes.iter().map(|&code| ExtendedError { code, text: String::new() }).collect();
        let failed = Answer { rcode: Rcode::SERVER_FAILURE, extended_errors, ..Answer::default() };
        let mut evidence = Evidence::new(domain, Timestamp::UNIX_EPOCH);
        evidence.observations.push(seen(question.clone(), failed));
        evidence.observations.push(seen(question.clone().unchecked(), Answer::default()));
        for other in others {
            evidence.observations.push(seen(Question::new(*other, RecordType::Mx), Answer::default()));
        }
        match evidence.dns(&question.name, RecordType::Txt) {
            Dns::Bogus { .. } => "bogus",
            Dns::Unanswered(_) => "open",
            _ => "other",
        }
    }

    #[test]
    fn a_failure_that_only_validation_meets_is_bogus_unless_the_resolver_names_another_cause() {
        for codes in [&[][..], &[0], &[6], &[7], &[10], &[12]] {
            assert_eq!(state(codes, &[]), "bogus", "{codes:?}");
        }
        for codes in [&[22][..], &[22, 9], &[9, 23], &[23, 3], &[14]] {
            assert_eq!(state(codes, &[]), "open", "{codes:?}");
        }
    }

    #[test]
    fn without_a_cause_it_is_open_where_the_domain_s_other_names_validate() {
        assert_eq!(state(&[], &["bakery.com"]), "open");
        assert_eq!(state(&[0], &["_smtp._tls.bakery.com"]), "open");
        assert_eq!(state(&[], &["mx.mail-host.net", "notbakery.com"]), "bogus", "others' zones say nothing");
        assert_eq!(state(&[6], &["bakery.com"]), "bogus", "the resolver says so");
    }
}
