//! A text judged by itself, with no lookups: what an editor shows while somebody types.

use serde::Serialize;

use crate::evidence::Dns;
use crate::facts::Facts;
use crate::facts::txt_set::TxtSet;
use crate::mend;
use crate::published::announce;
use crate::published::policy;
use crate::published::tag_list::Candidate;
use crate::published::tls_rpt;
use crate::report::{Finding, Outcome, Severity};
use crate::rules;

/// What a text by itself says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Lint {
    /// Valid by the RFC's grammar and prose.
    pub valid: bool,
    /// No finding of severity error.
    pub usable: bool,
    /// What could be read; nothing where nothing could.
    pub parsed: Option<LintParsed>,
    /// Worst first, then in the catalogue's order.
    pub findings: Vec<Finding>,
    /// The text, mended: valid, with what was right kept as it was, and usable, unless it has a pattern that is too broad:
    /// which servers that is meant for only its owner knows. None where there is nothing to mend, or it cannot be told
    /// how.
    pub corrected: Option<String>,
}

/// What could be read of a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "Parsed"),
    schemars(rename = "Parsed")
)]
#[serde(untagged)]
pub enum LintParsed {
    /// Of a policy file.
    Policy {
        /// `testing`, `enforce` or `none`.
        mode: Option<String>,
        /// Seconds.
        max_age: Option<u32>,
        /// The valid patterns.
        mx: Vec<String>,
    },
    /// Of an announce record.
    Record {
        /// The id.
        id: Option<String>,
    },
    /// Of a TLS-RPT record.
    TlsRpt {
        /// Where reports go.
        rua: Vec<String>,
    },
}

/// Judges the body of a policy file. `to_ascii` is the host's IDNA mapping, as for [`DomainName::parse`]: with it,
/// names that are not ASCII are corrected.
///
/// [`DomainName::parse`]: crate::name::DomainName::parse
pub fn policy(body: &[u8], to_ascii: impl Fn(&str) -> Option<String>) -> Lint {
    let policy = policy::parse(body);
    let corrected = policy.corrected(to_ascii);
    let mode = policy.mode.map(|mode| mode.value.as_str().to_owned());
    let max_age = policy.max_age.map(|max_age| max_age.value);
    let mx: Vec<String> = policy.mx.iter().map(|pattern| pattern.value.as_str().to_owned()).collect();
    let nothing = mode.is_none() && max_age.is_none() && mx.is_empty();
    let parsed = (!nothing).then_some(LintParsed::Policy { mode, max_age, mx });
    // An address in an mx line may be allowed by the grammar or not.
    judge(policy.is_valid(), &Facts { policy: Some(policy), ..Facts::of_text() }, parsed, corrected)
}

/// Judges the text of an announce record, its strings joined.
pub fn record(text: &str) -> Lint {
    let record = announce::parse(text.to_owned());
    let corrected = record.corrected();
    let parsed = record.id.as_ref().map(|id| LintParsed::Record { id: Some(id.value.clone()) });
    judge(
        record.is_valid(),
        &Facts { announce: TxtSet { dns: Dns::Pending, records: vec![record] }, ..Facts::of_text() },
        parsed,
        corrected,
    )
}

/// Judges the text of a TLS-RPT record, its strings joined.
pub fn tls_rpt(text: &str) -> Lint {
    let record = tls_rpt::parse(text.to_owned());
    let corrected = record.corrected();
    let rua: Vec<String> = record.rua.iter().map(|rua| rua.span.of(&record.text).to_owned()).collect();
    let parsed = (!rua.is_empty()).then_some(LintParsed::TlsRpt { rua });
    judge(
        record.is_valid(),
        &Facts { tlsrpt: TxtSet { dns: Dns::Pending, records: vec![record] }, ..Facts::of_text() },
        parsed,
        corrected,
    )
}

fn judge(valid: bool, facts: &Facts<'_>, parsed: Option<LintParsed>, corrected: Option<String>) -> Lint {
    let mended = mend::mend(facts, rules::judge(facts, None));
    let findings = mend::findings(facts, &mended);
    let failed = |finding: &&Finding| finding.outcome == Outcome::Fail;
    Lint {
        valid,
        usable: !findings.iter().filter(failed).any(|finding| finding.severity == Severity::Error),
        parsed,
        findings,
        corrected,
    }
}
