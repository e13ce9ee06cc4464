//! What evidence comes to, as of now.

use mta_sts_core::evaluate;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::report::{Report, Verdict};
use mta_sts_js::now;

pub(crate) fn judge(evidence: &Evidence) -> Report {
    evaluate(evidence, now())
}

/// Whether the evidence has an answer in it.
pub(crate) fn is_conclusive(evidence: &Evidence) -> bool {
    judge(evidence).verdict != Verdict::Inconclusive
}
