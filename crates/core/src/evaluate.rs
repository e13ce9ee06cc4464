//! Evidence to report.

use crate::evidence::dnssec::dnssec;
use crate::evidence::{Evidence, Fetch};
use crate::facts::Facts;
use crate::lookup::{Lookup, PolicyPath};
use crate::mend;
use crate::mend::remedy::Mended;
use crate::name::labels::POLICY_PATH;
use crate::plan;
use crate::published::tag_list::Candidate;
use crate::published::tls_rpt;
use crate::report::{
    Counts, DnssecSummary, Finding, MxSummary, Outcome, PolicySummary, Providers, RecordSummary, Report, SCHEMA,
    Severity, TlsRptSummary, Verdict,
};
use crate::rules::rule::Judged;
use crate::rules::{self, RULESET};
use crate::text::time::Timestamp;
use crate::verdict;
use crate::verdict::chain::chain;
use crate::verdict::changes::Changes;
use crate::verdict::delivery::Delivery;
use crate::verdict::senders;
use crate::verdict::snapshot;
use crate::verdict::words;

/// Judges what was seen. A pure function, over partial evidence too: a lookup that is not in yet is pending, and what
/// hangs on it is left unsaid.
pub fn evaluate(evidence: &Evidence, now: Timestamp) -> Report {
    let facts = Facts::read(evidence, now);
    let (verdict, headline) = verdict::judge(&facts);
    let snapshot = snapshot::snapshot(&facts, verdict);
    let mended = mend::mend(&facts, rules::judge(&facts, snapshot.as_ref()));
    let mut report = summed_up(&facts, evidence, verdict, headline, mend::findings(&facts, &mended));
    let pending = still_to_come(evidence);
    report.chain = words::chain(chain(&facts, &report.findings, &pending));
    // What is still to come may be worse.
    report.next = mend::next_step(&report.findings).filter(|_| pending.is_empty());
    report.since = Changes::of(&facts, snapshot.as_ref()).map(|changes| words::changes(&changes)).unwrap_or_default();
    report.senders = words::senders(&senders::judge(&facts));
    report.delivery = words::delivery(&Delivery::of(&facts, &report));
    report.snapshot = snapshot;
    report
}

/// The same of a check under way, as far as a page shows it while lookups run: what is wrong or in order, without details. Not
/// what is only worth knowing or looks at what comes in last, nor why anything matters, what to do, what becomes of a message,
/// what senders make of it, or what changed since earlier checks.
pub fn evaluate_so_far(evidence: &Evidence, now: Timestamp) -> Report {
    let facts = Facts::read(evidence, now);
    let (verdict, headline) = verdict::judge(&facts);
    let name = |judged: &Judged| mend::named(judged, rules::title_so_far(judged), None);
    let findings = rules::judge_so_far(&facts).iter().map(name).collect();
    let mut report = summed_up(&facts, evidence, verdict, headline, findings);
    report.chain = words::chain(chain(&facts, &report.findings, &plan::missing(evidence)));
    report
}

/// The lookups that every check makes of its domain, as far as they are not in: of a check that has ended, none. What else is
/// missing may be so for good, since a check has its limits.
fn still_to_come(evidence: &Evidence) -> Vec<Lookup> {
    let domain = &evidence.domain;
    let host = domain.policy_host();
    let is_of_every_check = |lookup: &Lookup| match lookup {
        Lookup::Dns(question) => {
            let name = question.name.as_str();
            let is_named = [domain.as_str(), host.as_str()].contains(&name);
            is_named || [domain.announce_name(), domain.tlsrpt_name()].iter().any(|own| own == name)
        }
        Lookup::Policy { host: asked, path } => *asked == host && *path == PolicyPath::WellKnown,
        Lookup::Handshake { .. } => false,
    };
    plan::missing(evidence).into_iter().filter(is_of_every_check).collect()
}

/// The findings of the report alone.
pub fn findings(evidence: &Evidence, now: Timestamp) -> Vec<Finding> {
    let facts = Facts::read(evidence, now);
    mend::findings(&facts, &mended_of(&facts))
}

/// What was found, and the ways to mend it, before any of it is put into words.
pub fn mended(evidence: &Evidence, now: Timestamp) -> Vec<Mended> {
    mended_of(&Facts::read(evidence, now))
}

fn mended_of(facts: &Facts<'_>) -> Vec<Mended> {
    let snapshot = snapshot::snapshot(facts, verdict::judge(facts).0);
    mend::mend(facts, rules::judge(facts, snapshot.as_ref()))
}

fn summed_up(
    facts: &Facts<'_>,
    evidence: &Evidence,
    verdict: Verdict,
    headline: String,
    findings: Vec<Finding>,
) -> Report {
    Report {
        schema: SCHEMA,
        ruleset: RULESET.to_owned(),
        domain: evidence.domain.clone(),
        checked_at: evidence.checked_at,
        took_ms: evidence.took_ms,
        verdict,
        headline,
        instead: facts.meant().filter(|_| !facts.has_mta_sts()),
        counts: count(&findings),
        findings,
        record: record(facts),
        policy: policy(facts),
        mx: mx(facts),
        tlsrpt: tls_rpt(facts),
        dnssec: DnssecSummary {
            record: dnssec(facts.announce.dns),
            policy_host: facts.host.dnssec(),
            mx: dnssec(facts.mx.dns),
            tlsrpt: dnssec(facts.tlsrpt.dns),
        },
        providers: Providers { mail: facts.mx.providers.clone(), dns: facts.dns_host.clone() },
        chain: Vec::new(),
        next: None,
        delivery: String::new(),
        since: String::new(),
        senders: Vec::new(),
        snapshot: None,
    }
}

fn count(findings: &[Finding]) -> Counts {
    let mut counts = Counts::default();
    for finding in findings {
        *match (finding.outcome, finding.severity) {
            (Outcome::Fail, Severity::Error) => &mut counts.error,
            (Outcome::Fail, Severity::Warning) => &mut counts.warning,
            (Outcome::Fail, Severity::Info) => &mut counts.info,
            (Outcome::Pass, _) => &mut counts.passed,
            (Outcome::Inconclusive, _) => &mut counts.inconclusive,
        } += 1;
    }
    counts
}

fn record(facts: &Facts<'_>) -> Option<RecordSummary> {
    let records = &facts.announce.records;
    let meant = records.iter().find(|record| record.begins_with_version());
    let shown = meant.or_else(|| records.iter().find(|record| record.is_attempt())).or(records.first())?;
    Some(RecordSummary {
        raw: shown.text.clone(),
        id: shown.id.as_ref().map(|id| id.value.clone()),
        ttl: facts.announce.answer().map_or(0, |answer| answer.ttl),
        cname: facts.announce.aliases().last().map(|alias| alias.target.clone()),
    })
}

fn policy(facts: &Facts<'_>) -> Option<PolicySummary> {
    let Fetch::Response { .. } = facts.fetch else { return None };
    let policy = facts.policy.as_ref()?;
    Some(PolicySummary {
        url: format!("https://{}{POLICY_PATH}", facts.host.name),
        raw: policy.text.clone().into_owned(),
        mode: policy.mode.map(|mode| mode.value.as_str().to_owned()),
        max_age: policy.max_age.map(|max_age| max_age.value),
        mx: policy.mx.iter().map(|pattern| pattern.value.as_str().to_owned()).collect(),
    })
}

fn mx(facts: &Facts<'_>) -> Vec<MxSummary> {
    let summary = |mx: &crate::facts::live_mx::MxHost<'_>| MxSummary {
        host: mx.host.clone(),
        preference: mx.preference,
        addresses: mx.addresses.addresses().map(|address| address.to_string()).collect(),
        matched_by: mx.matched_by.clone(),
    };
    facts.mx.hosts.iter().map(summary).collect()
}

fn tls_rpt(facts: &Facts<'_>) -> Option<TlsRptSummary> {
    let records = &facts.tlsrpt.records;
    let meant = records.iter().find(|record| record.begins_with_version());
    let shown = meant.or_else(|| records.iter().find(|record| record.is_attempt()))?;
    let rua =
        |destination: &crate::text::span::Spanned<tls_rpt::Destination>| destination.span.of(&shown.text).to_owned();
    Some(TlsRptSummary { raw: shown.text.clone(), rua: shown.rua.iter().map(rua).collect() })
}
