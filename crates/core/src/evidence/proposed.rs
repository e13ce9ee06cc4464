//! Texts that are not published yet, as if they were: what an editor asks of a domain whose lookups are in.

use crate::evidence::{Answer, Evidence, Observation, Outcome, Rcode, Record, Response};
use crate::lookup::{Lookup, PolicyPath, Question, RecordType};

/// Seconds that a record is kept which is not published yet: what most consoles suggest.
const TTL: u32 = 3600;

/// What somebody is about to publish; what is not given stays as it was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProposedTexts<'t> {
    /// The body of the policy file.
    pub policy: Option<&'t str>,
    /// The announce record, its strings joined.
    pub record: Option<&'t str>,
    /// The TLS-RPT record, its strings joined.
    pub tlsrpt: Option<&'t str>,
}

impl Evidence {
    /// What would be seen with the change published: a policy file at the right address, served as plain text; a record as
    /// the only one at its name, with no alias in the way.
    #[must_use]
    pub fn with(mut self, change: &ProposedTexts<'_>) -> Self {
        if let Some(text) = change.policy {
            let lookup = Lookup::Policy { host: self.domain.policy_host(), path: PolicyPath::WellKnown };
            let content_type = Some("text/plain; charset=utf-8".to_owned());
            let response = Response { status: 200, content_type, body: text.into(), ..Response::default() };
            self.put(lookup, Outcome::Response(response));
        }
        for (name, text) in [(self.domain.announce_name(), change.record), (self.domain.tlsrpt_name(), change.tlsrpt)] {
            if let Some(text) = text {
                self.put_txt(name, text);
            }
        }
        self
    }

    fn put_txt(&mut self, name: String, text: &str) {
        let question = Question::new(name, RecordType::Txt);
        let unchecked = Lookup::Dns(question.unchecked());
        self.observations.retain(|seen| seen.lookup != unchecked);
        let lookup = Lookup::Dns(question);
        // Whether the zone is signed does not hang on what is in it.
        let authentic = matches!(self.outcome(&lookup), Some(Outcome::Answer(answer)) if answer.authentic);
        let records = vec![Record::Txt(vec![text.into()])];
        self.put(
            lookup,
            Outcome::Answer(Answer { rcode: Rcode::NO_ERROR, authentic, records, ttl: TTL, ..Answer::default() }),
        );
    }

    fn put(&mut self, lookup: Lookup, outcome: Outcome) {
        self.observations.retain(|seen| seen.lookup != lookup);
        self.observations.push(Observation { lookup, outcome, took_ms: 0 });
    }
}
