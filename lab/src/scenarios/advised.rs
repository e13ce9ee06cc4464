//! Domains that did as the product advises: its policy, its records, and its configuration in real web servers.

use std::time::{SystemTime, UNIX_EPOCH};

use mta_sts_core::Timestamp;
use mta_sts_core::advice::{Advice, Goal, advise};
use mta_sts_core::evidence::{Answer, Evidence, Observation, Outcome, Record};
use mta_sts_core::lookup::{Lookup, Question, RecordType};
use mta_sts_core::name::DomainName;

use crate::address;
use crate::scenario::Scenario;
use crate::web_server::{Program, WebServer};
use crate::zone::txt;

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        advised("advised-nginx", "served-by-nginx.com", "Set up as advised, the file served by nginx", Program::Nginx),
        advised("advised-caddy", "served-by-caddy.com", "Set up as advised, the file served by Caddy", Program::Caddy),
    ]
}

fn advised(name: &'static str, domain: &'static str, about: &'static str, program: Program) -> Scenario {
    let advice = advice(domain);
    let hosting = match program {
        Program::Nginx => "nginx",
        Program::Caddy => "caddy",
    };
    let hosting = advice.hosting.iter().find(|known| known.id == hosting).expect("both are advised").clone();
    let mut scenario = Scenario::bare(name, domain, about)
        .set("@", "MX", "10 mail")
        .set("mail", "A", address::MAIL)
        .set("mta-sts", "A", program.link().0)
        .verdict("testing")
        .must(&["policy-ok", "record-ok", "tlsrpt-ok", "policy-mode-testing", "mx-all-match"])
        .must_not(&[
            "policy-host-missing",
            "policy-connect-failed",
            "policy-tls-failed",
            "policy-fetch-error",
            "policy-redirect",
            "policy-not-found",
            "policy-status-other",
            "policy-content-type-wrong",
            "policy-charset-odd",
            "policy-html-served",
            "policy-slow",
            "policy-blank-line",
            "policy-leading-space",
            "policy-line-invalid",
        ]);
    for record in &advice.records {
        scenario = scenario.set(&record.host, &record.kind, txt(&record.value));
    }
    scenario.web_server = Some(WebServer { program, hosting, host: format!("mta-sts.{domain}") });
    scenario
}

/// What is advised to a domain of which the MX records are known.
fn advice(domain: &str) -> Advice {
    let ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let now = i64::try_from(ms).ok().and_then(Timestamp::from_millisecond).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut evidence = Evidence::new(DomainName::from_ascii(domain).expect("a scenario has a domain"), now);
    let exchange = format!("mail.{domain}");
    evidence.observations.push(Observation {
        lookup: Lookup::Dns(Question::new(domain, RecordType::Mx)),
        outcome: Outcome::Answer(Answer {
            records: vec![Record::Mx { preference: 10, exchange }],
            ..Answer::default()
        }),
        took_ms: 0,
    });
    advise(&evidence, now, &Goal::RollOut)
}
