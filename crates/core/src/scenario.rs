//! A simulated internet for tests and worked examples, and the domains that are set up in it: the scenarios of the rules, the
//! worked examples, and an example of every rule.

mod cases;
mod examples;
mod rule_example;
mod world;

pub use cases::{Scenario, scenarios};
pub use examples::{Example, examples};
pub use rule_example::{Line, RuleExample, Served, rule_examples};
pub use world::{CHECKED_AT, ENFORCE, World};
