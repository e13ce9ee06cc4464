//! The scenarios of the rules: a domain is set up in a few words, and its report must name some rules and must not name
//! others. The tests hold every report to them; the rule pages show from them what makes a rule speak.

#![allow(clippy::too_many_lines, reason = "a table of scenarios is as long as its section of the catalogue")]

mod announce;
mod certificate;
mod dane;
mod delegation;
mod dnssec;
mod history;
mod live_mx;
mod misplaced;
mod mode;
mod policy_file;
mod policy_host;
mod tls_rpt;

use super::World;
use crate::report::Verdict;

/// One scenario.
pub struct Scenario {
    /// What is special about the domain, in a few words; no two scenarios share it.
    pub name: &'static str,
    /// How the domain is set up.
    pub world: World,
    /// What comes out.
    pub verdict: Verdict,
    /// Rules that the report names, whatever their outcome.
    pub must: &'static [&'static str],
    /// Rules that it does not name.
    pub must_not: &'static [&'static str],
}

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
    ];
    sections.into_iter().flatten().collect()
}

/// A scenario that starts from a domain where all is well.
fn given(
    name: &'static str,
    change: impl FnOnce(World) -> World,
    verdict: Verdict,
    must: &'static [&'static str],
    must_not: &'static [&'static str],
) -> Scenario {
    Scenario { name, world: change(World::protected("shop.com.au")), verdict, must, must_not }
}
