//! The scenarios of the rules: a domain is set up in a few words, and its report must name some rules and must not name
//! others. The tests hold every report to them; the rule pages show from them what makes a rule speak.

#![allow(clippy::too_many_lines, reason = "a table of scenarios is as long as its section of the catalogue")]

mod announce;
mod certificate;
mod dane;
mod delegation;
mod dnssec;
mod given;
mod history;
mod live_mx;
mod misplaced;
mod mode;
mod one_hop;
mod policy_file;
mod policy_host;
mod tls_rpt;

pub use given::Scenario;

/// Every scenario, a section of the catalogue at a time.
pub fn scenarios() -> Vec<Scenario> {
    let sections = [
        announce::scenarios(),
        misplaced::scenarios(),
        policy_host::scenarios(),
        certificate::scenarios(),
        policy_file::scenarios(),
        live_mx::scenarios(),
        mode::scenarios(),
        tls_rpt::scenarios(),
        dnssec::scenarios(),
        dane::scenarios(),
        delegation::scenarios(),
        history::scenarios(),
        one_hop::scenarios(),
    ];
    sections.into_iter().flatten().collect()
}
