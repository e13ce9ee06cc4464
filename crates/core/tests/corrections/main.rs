//! What a broken policy or record is corrected to: each text before and after, and what holds of any correction.

mod any;
mod policies;
mod records;

use mta_sts_core::lint::{self, Lint, LintParsed};
use mta_sts_core::report::{Finding, Outcome, Severity};

fn policy(text: &str) -> Lint {
    lint::policy(text.as_bytes(), to_ascii)
}

/// As a browser's URL parser maps a host.
fn to_ascii(name: &str) -> Option<String> {
    idna::domain_to_ascii(name).ok()
}

/// RFC 8461 §3.2's example.
const RFC: &str = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800\n";

/// What is told of a text that is not corrected as it should be.
fn check(lint: impl Fn(&str) -> Lint, before: &str, after: Option<&str>, wrong: &mut Vec<String>) {
    let corrected = lint(before).corrected;
    if corrected.as_deref() != after {
        wrong.push(format!("{before:?}\n  becomes {corrected:?}\n  not     {after:?}"));
    }
    if let Some(Err(broken)) = corrected.map(|text| laws(&lint, before, &text)) {
        wrong.push(format!("{before:?}: {broken}"));
    }
}

/// What holds of every text and what it is corrected to.
fn laws(lint: impl Fn(&str) -> Lint, before: &str, after: &str) -> Result<(), String> {
    let judged = lint(after);
    // Which servers a pattern is meant for that is too broad only its owner knows: it stays, and the finding with it.
    let is_error = |finding: &&Finding| finding.outcome == Outcome::Fail && finding.severity == Severity::Error;
    let usable = judged.findings.iter().filter(is_error).all(|finding| finding.rule == "mx-pattern-too-broad");
    match () {
        () if !judged.valid => Err(format!("{after:?} is not valid: {:?}", judged.findings)),
        () if !usable => Err(format!("{after:?} is not usable: {:?}", judged.findings)),
        () if judged.corrected.is_some() => Err(format!("{after:?} is corrected again: {:?}", judged.corrected)),
        () if !patterns(&lint(before)).all(|host| patterns(&judged).any(|kept| kept == host)) => {
            Err(format!("{after:?} takes a server away that senders could read"))
        }
        () if after.len() > (64 * 1024).min(before.len() * 8 + 64) => Err(format!("{} bytes", after.len())),
        () => Ok(()),
    }
}

/// The patterns that senders read in a policy.
fn patterns(lint: &Lint) -> impl Iterator<Item = &String> {
    let mx = if let Some(LintParsed::Policy { mx, .. }) = &lint.parsed { mx.as_slice() } else { &[] };
    mx.iter()
}
