//! A simulated internet for tests and worked examples, and the domains that are set up in it: the scenarios of the rules, the
//! worked examples, and an example of every rule; and what a stranger sends to keep the checker busy.

mod adversarial;
mod cases;
mod examples;
mod rule_example;
mod world;

pub use adversarial::{Done, Trial, trials};
pub use cases::{Scenario, scenarios};
pub use examples::{Example, examples};
pub use rule_example::{Line, RuleExample, Served, rule_examples};
pub use world::{CHECKED_AT, ENFORCE, World};
