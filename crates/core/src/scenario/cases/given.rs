//! One scenario, and how most of them begin.

use crate::report::Verdict;
use crate::scenario::world::World;

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

/// A scenario that starts from a domain where all is well.
pub(super) fn given(
    name: &'static str,
    change: impl FnOnce(World) -> World,
    verdict: Verdict,
    must: &'static [&'static str],
    must_not: &'static [&'static str],
) -> Scenario {
    Scenario { name, world: change(World::protected("shop.com.au")), verdict, must, must_not }
}
