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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::report::Verdict;
    use crate::scenario::{ENFORCE, World};

    const RECORD: &str = "v=STSv1; id=20261125T1200;";

    fn verdict(evidence: &Evidence) -> Verdict {
        evaluate(evidence, evidence.checked_at).verdict
    }

    #[test]
    fn a_change_is_judged_as_if_it_were_published() {
        let broken = World::protected("shop.com.au").policy("mode: enforce\n").announce("v=STSv1; id=a-b;").check();
        assert_eq!(verdict(&broken), Verdict::Broken);
        let half = ProposedTexts { policy: Some(ENFORCE), ..ProposedTexts::default() };
        assert_eq!(verdict(&broken.clone().with(&half)), Verdict::Broken, "the record is still wrong");
        let whole = ProposedTexts { policy: Some(ENFORCE), record: Some(RECORD), tlsrpt: None };
        assert_eq!(verdict(&broken.clone().with(&whole)), Verdict::Enforced);
        let other = ENFORCE.replace("mx1.mail-host.net", "mx1.other.net");
        let narrow = ProposedTexts { policy: Some(&other), ..whole };
        assert_eq!(verdict(&broken.with(&narrow)), Verdict::AtRisk, "it is compared with the live MX");
    }

    #[test]
    fn a_record_takes_the_place_of_what_was_there_and_of_a_bogus_answer() {
        let world = World::protected("shop.com.au").also_announce("v=STSv1; id=2;").tls_rpt("v=TLSRPTv2;");
        let change =
            ProposedTexts { record: Some(RECORD), tlsrpt: Some("v=TLSRPTv1; rua=mailto:r@shop.com.au"), policy: None };
        let evidence = world.check().with(&change);
        let report = evaluate(&evidence, evidence.checked_at);
        assert_eq!(report.record.as_ref().map(|record| record.raw.as_str()), Some(RECORD));
        assert_eq!(report.tlsrpt.map(|record| record.rua.len()), Some(1));
        assert_eq!(report.verdict, Verdict::Enforced);
        let nothing = ProposedTexts::default();
        assert_eq!(world.check().with(&nothing), world.check());
    }
}
