//! The addresses of a host.

use std::net::IpAddr;

use super::answers::addresses;
use crate::evidence::dnssec::{Dnssec, dnssec};
use crate::evidence::{Alias, Dns, Evidence, Outcome};
use crate::lookup::limits::FURTHER_LIMIT;
use crate::lookup::public_address::is_public;
use crate::lookup::{Lookup, Question, RecordType};

/// The addresses of one host.
pub struct Host<'e> {
    /// Its name; empty in a lint.
    pub name: String,
    /// What is known of its IPv4 addresses.
    pub v4: Dns<'e>,
    /// What is known of its IPv6 addresses.
    pub v6: Dns<'e>,
}

impl<'e> Host<'e> {
    pub(crate) fn read(evidence: &'e Evidence, name: &str) -> Self {
        Self { v4: evidence.dns(name, RecordType::A), v6: evidence.dns(name, RecordType::Aaaa), name: name.to_owned() }
    }

    /// An MX host's. A check that comes near its last request asks no SERVFAIL of theirs again: then that is the answer.
    pub(super) fn of_mx(evidence: &'e Evidence, name: &str) -> Self {
        let last = |dns, rtype| match (dns, evidence.outcome(&Lookup::Dns(Question::new(name, rtype)))) {
            (Dns::Pending, Some(Outcome::Answer(answer))) if evidence.observations.len() >= FURTHER_LIMIT => {
                Dns::Unanswered(answer)
            }
            _ => dns,
        };
        let Self { v4, v6, name } = Self::read(evidence, name);
        Self { v4: last(v4, RecordType::A), v6: last(v6, RecordType::Aaaa), name }
    }

    /// The addresses that are in so far, IPv4 first.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        addresses(self.v4).chain(addresses(self.v6))
    }

    /// Whether both lookups said definitely that there is no address.
    pub fn has_none(&self) -> bool {
        let empty = |dns| matches!(dns, Dns::Answer(answer) if answer.records.is_empty());
        empty(self.v4) && empty(self.v6)
    }

    /// Whether it is known that it has an address, or that it has none.
    pub(crate) fn is_known(&self) -> bool {
        self.has_none() || self.addresses().next().is_some()
    }

    /// Whether an address is not one of the internet's: nothing is fetched from such a host.
    pub fn has_private(&self) -> bool {
        self.addresses().any(|address| !is_public(address))
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
