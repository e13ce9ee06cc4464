//! Examples that are true: the Worker gives each of these answers to its request, which a test asks it.

use anyhow::{Context, Result};
use mta_sts_core::api::Event;
use mta_sts_core::evaluate;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::lint;
use mta_sts_core::scenario::examples;
use serde_json::{Value, json};

/// The domain of the examples: a worked example whose report does not hang on the day.
pub(super) const DOMAIN: &str = "protected.example";

/// A policy with something to mend.
pub(super) const POLICY: &str =
    "version: STSv1\nmode: enforce\nmx: mx1.mail-host.net, mx2.mail-host.net\nmax_age: 604800\n";

/// An announce record with something to mend.
pub(super) const RECORD: &str = "v=STSv1 id=20261124T093000";

/// A TLS-RPT record with something to mend.
pub(super) const TLS_RPT: &str = "v=TLSRPTv1; rua=reports@example.com";

/// A TLS report: RFC 8460 appendix B, with days of its own.
pub(super) fn tls_report() -> Value {
    json!({
        "organization-name": "Company-X",
        "date-range": { "start-datetime": "2026-11-23T00:00:00Z", "end-datetime": "2026-11-23T23:59:59Z" },
        "contact-info": "sts-reporting@company-x.example",
        "report-id": "5065427c-23d3-47ca-b6e0-946ea0e8c4be",
        "policies": [{
            "policy": {
                "policy-type": "sts",
                "policy-string": ["version: STSv1", "mode: testing", "mx: *.mail.company-y.example", "max_age: 86400"],
                "policy-domain": "company-y.example",
                "mx-host": ["*.mail.company-y.example"],
            },
            "summary": { "total-successful-session-count": 5326, "total-failure-session-count": 303 },
            "failure-details": [{
                "result-type": "certificate-expired",
                "sending-mta-ip": "2001:db8:abcd:12::1",
                "receiving-mx-hostname": "mx1.mail.company-y.example",
                "failed-session-count": 303,
            }],
        }],
    })
}

/// What was seen of [`DOMAIN`].
pub(super) fn evidence() -> Result<Evidence> {
    let example = examples().into_iter().find(|example| example.domain == DOMAIN);
    Ok(example.with_context(|| format!("{DOMAIN} is no worked example"))?.world.check())
}

/// The report on [`DOMAIN`].
pub(super) fn report(evidence: &Evidence) -> Result<Value> {
    Ok(serde_json::to_value(evaluate(evidence, evidence.checked_at))?)
}

/// The stream of a check of [`DOMAIN`], or with `judged` false of its evidence.
pub(super) fn stream(evidence: &Evidence, judged: bool) -> Result<String> {
    let report = evaluate(evidence, evidence.checked_at);
    let lookups = evidence.observations.iter().map(|observation| Event::Lookup { observation });
    let last = if judged { Event::Report { report: &report } } else { Event::Evidence { evidence } };
    let mut lines = String::new();
    for event in lookups.chain([last]) {
        lines.push_str(&serde_json::to_string(&event)?);
        lines.push('\n');
    }
    Ok(lines)
}

/// A text's lint, by the last segment of its address.
pub(super) fn lint(kind: &str, text: &str) -> Result<Value> {
    let lint = match kind {
        "policy" => lint::policy(text.as_bytes(), |_| None),
        "record" => lint::record(text),
        _ => lint::tls_rpt(text),
    };
    Ok(serde_json::to_value(lint)?)
}
