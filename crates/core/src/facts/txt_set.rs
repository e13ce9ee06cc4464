//! The TXT records at one name, each parsed as what it should be.

use super::answers::texts;
use crate::evidence::{Alias, Answer, Dns, Evidence};
use crate::lookup::RecordType;
use crate::published::tag_list::{Candidate, Choice};
use crate::published::{announce, tls_rpt};

/// A set of TXT records at one name, each parsed as what it should be.
pub struct TxtSet<'e, P> {
    /// What is known of the name.
    pub dns: Dns<'e>,
    /// One for each TXT record, in the answer's order; none of a bogus answer.
    pub records: Vec<P>,
}

impl<'e> TxtSet<'e, announce::AnnounceRecord> {
    /// TXT at `_mta-sts`.
    pub(crate) fn announce(evidence: &'e Evidence) -> Self {
        Self::read(evidence, &evidence.domain.announce_name(), announce::parse)
    }

    /// Whether something there was meant as an announce record, or the name is an alias of somebody's who has them.
    pub(crate) fn is_announced(&self) -> bool {
        self.has_attempt() || !self.aliases().is_empty()
    }

    /// Whether something there was meant as an announce record.
    pub(crate) fn has_attempt(&self) -> bool {
        self.records.iter().any(announce::AnnounceRecord::is_attempt)
    }

    /// Whether the name is an alias that leads to no announce record.
    pub(crate) fn is_alias_amiss(&self) -> bool {
        !self.aliases().is_empty() && !self.has_attempt()
    }
}

impl<'e> TxtSet<'e, tls_rpt::TlsRptRecord> {
    /// TXT at `_smtp._tls`.
    pub(crate) fn tlsrpt(evidence: &'e Evidence) -> Self {
        Self::read(evidence, &evidence.domain.tlsrpt_name(), tls_rpt::parse)
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

    /// Whether the name is known to hold nothing: neither a TXT record nor an alias.
    pub(crate) fn is_missing(&self) -> bool {
        self.answer().is_some_and(|answer| answer.aliases.is_empty()) && self.records.is_empty()
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
