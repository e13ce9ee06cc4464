//! TypeScript declarations, made from the Rust types so that they cannot drift.

use ts_rs::{Config, TS};

use crate::{advice, evidence, history, lint, lookup, octets, problem, provider, report, span, tls_report};

/// Declarations of every type that the API and the browser package give or take.
pub fn declarations() -> String {
    let config = Config::default();
    let mut text = String::from("// Made by `cargo xtask generate` from the Rust types. Do not edit.\n");
    let mut declare = |declaration: String, docs: Option<String>| {
        text.push('\n');
        text.push_str(&docs.unwrap_or_default());
        text.push_str("export ");
        // The brace that closes on a line of its own: wasm-bindgen indents by what it sees at the ends of lines.
        match declaration.strip_suffix(" };") {
            Some(open) if open.contains('\n') => text.extend([open, "\n};"]),
            _ => text.push_str(&declaration),
        }
        text.push('\n');
    };
    macro_rules! each {
        ($($name:ty),* $(,)?) => { $( declare(<$name>::decl(&config), <$name>::docs()); )* };
    }
    each!(
        report::Report,
        report::Verdict,
        report::Counts,
        report::Finding,
        report::Outcome,
        report::Severity,
        report::Fix,
        report::Copyable,
        report::Reference,
        report::RecordSummary,
        report::PolicySummary,
        report::MxSummary,
        report::TlsRptSummary,
        report::DnssecSummary,
        report::Dnssec,
        report::Providers,
        report::SenderVerdict,
        report::Acceptance,
        history::Snapshot,
        provider::Provider,
        span::Place,
        lint::Lint,
        lint::Parsed,
        evidence::Evidence,
        evidence::Observation,
        evidence::Outcome,
        evidence::Answer,
        evidence::Rcode,
        evidence::Alias,
        evidence::Record,
        evidence::ExtendedError,
        evidence::Response,
        evidence::Failure,
        evidence::Cause,
        lookup::Lookup,
        lookup::Question,
        lookup::RecordType,
        octets::Octets,
        problem::Problem,
        advice::Advice,
        advice::Live,
        advice::LiveState,
        advice::PolicyAdvice,
        advice::PolicyProposal,
        advice::NotNeeded,
        advice::MxLine,
        advice::LineSource,
        advice::Delegation,
        advice::RecordAdvice,
        advice::RecordAction,
        advice::Hosting,
        advice::HostFile,
        advice::Schedule,
        advice::GoalName,
        advice::Step,
        tls_report::Summary,
        tls_report::FileReading,
        tls_report::Tallies,
        tls_report::Tally,
        tls_report::Cause,
        tls_report::Pointer,
        tls_report::Enforceability,
        tls_report::SafeToEnforce,
    );
    text
}
