//! Advice ahead of any lookup: for a domain that does not exist yet, or where there is no network.

use super::{Advice, Goal, MOVE_TO_LIMIT, MoveTo, PolicyAdvice, advise};
use crate::api::problem::Problem;
use crate::evidence::{Answer, Evidence, Observation, Outcome, Rcode, Record};
use crate::lookup::{Lookup, Question, RecordType};
use crate::name::DomainName;
use crate::providers::mx_line::Lines;
use crate::providers::{self, Provider};
use crate::text::time::Timestamp;

impl MoveTo {
    /// The providers that can be told by their id alone, by name: all of their customers have the same lines.
    pub fn providers() -> Vec<Provider> {
        let mut known: Vec<Provider> =
            Lines::provider_ids().iter().filter_map(|id| providers::mail_by_id(id)).collect();
        crate::text::order::sort_by_key(&mut known, |provider| provider.name.clone());
        known
    }

    /// Reads what was typed into a form: as [`MoveTo::parse`], parted in any of the usual ways, and with nothing said of
    /// parameters.
    pub fn typed(text: &str) -> Result<Self, Problem> {
        let parts: Vec<&str> = text.split([',', ';', ' ', '\t', '\r', '\n']).filter(|part| !part.is_empty()).collect();
        Self::parse(&parts.join(",")).map_err(|_| {
            Problem::invalid_parameter(&format!(
                "Those are not the names of mail servers. Type them as the mail provider shows them, at most {MOVE_TO_LIMIT}, with \
                 commas between them, such as mx1.mail-host.net, mx2.mail-host.net. An address made of numbers will not do."
            ))
        })
    }

    /// MX hosts that call for these very lines.
    fn hosts(&self) -> impl Iterator<Item = String> {
        let made_up = |pattern: &str| match pattern.strip_prefix('*') {
            Some(base) => format!("mx{base}"),
            None => pattern.to_owned(),
        };
        self.0.lines.iter().flat_map(move |line| match line.hosts.as_slice() {
            [] => vec![made_up(&line.pattern)],
            hosts => hosts.to_vec(),
        })
    }
}

/// Advises on a domain of which nothing is published but that its mail goes there: an enforced policy, from nothing. A
/// pure function with no evidence, so that a plan can be made before the domain is there.
pub fn advise_ahead(domain: DomainName, now: Timestamp, mail: &MoveTo) -> Advice {
    let mut advice = advise(&imagined(domain, now, mail), now, &Goal::RollOut);
    // What was made up to get there is not told as if it had been seen.
    advice.live.mx.retain(|host| mail.0.lines.iter().any(|line| line.hosts.contains(host)));
    advice.live.not_allowed.clone_from(&advice.live.mx);
    if let PolicyAdvice::Serve(proposal) = &mut advice.policy {
        for line in &mut proposal.lines {
            line.hosts.retain(|host| advice.live.mx.contains(host));
        }
    }
    advice
}

/// What would be seen of a domain whose mail goes there, and which has nothing else.
fn imagined(domain: DomainName, now: Timestamp, mail: &MoveTo) -> Evidence {
    let host = domain.policy_host();
    let absent = || Answer { rcode: Rcode::NAME_ERROR, ..Answer::default() };
    let mx = mail.hosts().map(|exchange| Record::Mx { preference: 10, exchange }).collect();
    let answers = [
        (domain.announce_name(), RecordType::Txt, absent()),
        (host.as_str().to_owned(), RecordType::A, absent()),
        (host.as_str().to_owned(), RecordType::Aaaa, absent()),
        (domain.as_str().to_owned(), RecordType::Mx, Answer { records: mx, ..Answer::default() }),
        (domain.tlsrpt_name(), RecordType::Txt, absent()),
    ];
    let observations = answers.map(|(name, rtype, answer)| Observation {
        lookup: Lookup::Dns(Question::new(name, rtype)),
        outcome: Outcome::Answer(answer),
        took_ms: 0,
    });
    Evidence { observations: observations.into(), ..Evidence::new(domain, now) }
}
