//! What the targets share.

use mta_sts_core::Timestamp;
use mta_sts_core::lint::Lint;
use mta_sts_core::report::{Finding, Outcome, Severity};
use mta_sts_core::scenario::CHECKED_AT;

/// The time of the worked examples.
pub fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

/// As a browser's URL parser maps a host.
pub fn to_ascii(name: &str) -> Option<String> {
    idna::domain_to_ascii(name).ok()
}

/// A text that was corrected is valid, usable but for patterns that are too broad, which stay, and not to be corrected
/// again, and it is not much longer than before.
pub fn check_correction(before: &[u8], lint: impl Fn(&[u8]) -> Lint) {
    let Some(after) = lint(before).corrected else { return };
    let judged = lint(after.as_bytes());
    let is_error = |finding: &&Finding| finding.outcome == Outcome::Fail && finding.severity == Severity::Error;
    let is_usable = judged.findings.iter().filter(is_error).all(|finding| finding.rule == "mx-pattern-too-broad");
    assert!(judged.valid && is_usable, "{after:?} is not right: {:?}", judged.findings);
    assert_eq!(judged.corrected, None, "{after:?} is corrected again");
    assert!(after.len() <= (64 * 1024).min(before.len() * 8 + 64), "{} bytes", after.len());
    assert_ne!(after.as_bytes(), before, "nothing was corrected");
}
