//! The domain itself.

use super::rule::{Kind, Rule};
use super::source::rfc;
use super::step::{Ask, Step, Target};

pub(super) static RULES: &[Rule] = &[Rule {
    id: "domain-not-found",
    kind: Kind::Error,
    grammar: false,
    link: None,
    source: rfc(2308, "2.1"),
    reported_as: &[],
    steps: &[Step::Own(Target::Nothing), Step::Own(Target::Nothing)],
    ask: Ask::Correct,
    lacks: &[],
    cases: &[],
    check: |facts, out| {
        if facts.mx.no_such_domain() {
            out.report();
        }
    },
}];
