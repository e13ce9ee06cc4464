//! Domains that did as the product advises: its policy, its records, and its configuration in real web servers.

use std::time::{SystemTime, UNIX_EPOCH};

use mta_sts_core::Timestamp;
use mta_sts_core::advice::{Advice, Goal, advise};
use mta_sts_core::evidence::{Answer, Evidence, Observation, Outcome, Record};
use mta_sts_core::lookup::{Lookup, Question, RecordType};
use mta_sts_core::name::DomainName;

use crate::address;
use crate::scenario::Scenario;
use crate::web_server::{Program, Site, WebServer};
use crate::zone::txt;

pub(super) fn scenarios() -> Vec<Scenario> {
    let by = |program, [(name, domain, about), (beside, second, of_second)]: [(&'static str, &'static str, &'static str); 2]| {
        // One server has both, as a company's second domain comes beside its first.
        let mut first = advised(name, domain, about, program);
        let other = advised(beside, second, of_second, program);
        first.web_server = Some(WebServer { program, sites: vec![site(domain, program), site(second, program)] });
        [first, other]
    };
    [
        by(
            Program::Nginx,
            [
                ("advised-nginx", "served-by-nginx.com", "Set up as advised, the file served by nginx"),
                ("advised-nginx-beside", "also-served-by-nginx.com", "A second domain on the same nginx"),
            ],
        ),
        by(
            Program::Caddy,
            [
                ("advised-caddy", "served-by-caddy.com", "Set up as advised, the file served by Caddy"),
                ("advised-caddy-beside", "also-served-by-caddy.com", "A second domain on the same Caddy"),
            ],
        ),
        by(
            Program::Apache,
            [
                ("advised-apache", "served-by-apache.com", "Set up as advised, the file served by Apache"),
                ("advised-apache-beside", "also-served-by-apache.com", "A second domain on the same Apache"),
            ],
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A domain's policy host, as advised.
fn site(domain: &str, program: Program) -> Site {
    let way = advice(domain).hosting.into_iter().find(|known| known.id == program.hosting());
    Site { hosting: way.expect("each is advised"), host: format!("mta-sts.{domain}") }
}

fn advised(name: &'static str, domain: &'static str, about: &'static str, program: Program) -> Scenario {
    let advice = advice(domain);
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
