//! The types of the API in the languages of its callers, made from the Rust types so that they cannot drift: TypeScript
//! declarations, and JSON Schemas.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use ts_rs::{Config, TS};

use super::{self as api, catalogue, problem};
use crate::advice;
use crate::evidence;
use crate::lint;
use crate::lookup;
use crate::providers;
use crate::report;
use crate::rules;
use crate::text::octets;
use crate::text::span;
use crate::tls_report;

/// Calls a macro with every type that the API and the browser package give or take.
macro_rules! with_each_type {
    ($call:ident) => {
        $call!(
            report::Report,
            report::Verdict,
            report::Counts,
            report::Finding,
            report::Outcome,
            report::Severity,
            report::Fix,
            report::PolicyChange,
            report::Copyable,
            report::chain::ChainLink,
            report::chain::LinkState,
            report::link::Link,
            report::next::NextStep,
            report::Reference,
            report::RecordSummary,
            report::PolicySummary,
            report::MxSummary,
            report::TlsRptSummary,
            report::DnssecSummary,
            evidence::dnssec::Dnssec,
            report::Providers,
            report::SenderVerdict,
            report::Acceptance,
            evidence::snapshot::Snapshot,
            providers::Provider,
            span::Place,
            lint::Lint,
            lint::LintParsed,
            evidence::Evidence,
            evidence::Observation,
            evidence::Outcome,
            evidence::Answer,
            evidence::Rcode,
            evidence::Alias,
            evidence::Record,
            evidence::ExtendedError,
            evidence::Response,
            evidence::Handshake,
            evidence::Certificate,
            evidence::Failure,
            evidence::Cause,
            lookup::Lookup,
            lookup::Question,
            lookup::PolicyPath,
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
            advice::ScheduledStep,
            tls_report::Summary,
            tls_report::FileReading,
            tls_report::Tallies,
            tls_report::Tally,
            tls_report::Cause,
            tls_report::Pointer,
            tls_report::Meaning,
            tls_report::AppliedPolicy,
            tls_report::SingleReports,
            tls_report::SingleReport,
            tls_report::SinglePolicy,
            tls_report::SingleFailure,
            tls_report::Filter,
            tls_report::Enforceability,
            tls_report::SafeToEnforce,
            catalogue::Entry,
            rules::rule::Kind,
            api::Event<'static>,
        );
    };
}

/// TypeScript declarations of every type.
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
    macro_rules! declare_each {
        ($($name:ty),* $(,)?) => { $( declare(<$name>::decl(&config), <$name>::docs()); )* };
    }
    with_each_type!(declare_each);
    text
}

/// JSON Schemas (draft 2020-12) of every type, in the definitions of a generator with these settings.
pub fn schemas(settings: SchemaSettings) -> SchemaGenerator {
    let mut generator = settings.into_generator();
    macro_rules! define_each {
        ($($name:ty),* $(,)?) => { $( generator.subschema_for::<$name>(); )* };
    }
    with_each_type!(define_each);
    generator
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of what a schema names, the types that are a plain string in TypeScript.
    const STRINGS: [&str; 3] = ["Date", "DomainName", "Timestamp"];

    #[test]
    fn every_type_that_is_named_is_declared() {
        let declarations = declarations();
        let mut generator = schemas(SchemaSettings::draft2020_12());
        for name in generator.take_definitions(true).keys().filter(|name| !STRINGS.contains(&name.as_str())) {
            assert!(declarations.contains(&format!("export type {name} =")), "{name} is not in the list");
        }
    }
}
