//! What a broken policy or record is corrected to: each text before and after, and what holds of any correction.

mod any;
mod policies;
mod records;

use mta_sts_core::lint::{self, Lint, LintParsed};
use mta_sts_core::published::tag_list::FormFault;
use mta_sts_core::published::{announce, policy, tls_rpt};
use mta_sts_core::report::{Finding, Outcome, Severity};
use mta_sts_core::text::span::Issue;

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
        () if !unnamed(&lint(before), before, after).is_empty() => {
            Err(format!("{after:?}: nothing names {:?}", unnamed(&lint(before), before, after)))
        }
        () if after.len() > (64 * 1024).min(before.len() * 8 + 64) => Err(format!("{} bytes", after.len())),
        () => Ok(()),
    }
}

/// Pieces of a text that the correction lacks or has otherwise, and no finding is about: fields of a record, lines of a policy.
/// What is only added is named where anything is.
fn unnamed<'t>(judged: &Lint, before: &'t str, after: &str) -> Vec<&'t str> {
    let failed = || judged.findings.iter().filter(|finding| finding.outcome == Outcome::Fail);
    if failed().next().is_none() {
        return vec![before];
    }
    let issues = if judged.findings.iter().any(|finding| finding.rule.starts_with("tlsrpt-")) {
        spans_of_record(&tls_rpt::parse(before.to_owned()).issues, FormFault::VersionMissing.into(), before)
    } else if judged.findings.iter().any(|finding| finding.rule.starts_with("record-")) {
        spans_of_record(&announce::parse(before.to_owned()).issues, FormFault::VersionMissing.into(), before)
    } else {
        spans(&policy::parse(before.as_bytes()).issues)
    };
    let is_record = before.to_lowercase().contains("v=") && !after.contains('\n');
    let sign = if is_record { ';' } else { '\n' };
    let told: Vec<(usize, usize)> =
        failed().filter_map(|finding| finding.span).map(|span| (span.start, span.end)).chain(issues).collect();
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive(sign).collect(), after.split_inclusive(sign).collect());
    let mut at = 0;
    let mut wrong = Vec::new();
    for (index, changed) in changed_pieces(&old, &new).into_iter().enumerate() {
        let end = at + old[index].len();
        // What has only more behind it is named where that comes from.
        let is_longer = |piece: &&str| piece.starts_with(old[index].trim_end_matches([' ', '\t', sign]));
        if changed && !new.iter().any(is_longer) && !told.iter().any(|(start, stop)| *start <= end && *stop >= at) {
            wrong.push(old[index]);
        }
        at = end;
    }
    wrong
}

fn spans<K>(issues: &[Issue<K>]) -> Vec<(usize, usize)> {
    issues.iter().map(|issue| (issue.span.start, issue.span.end)).collect()
}

/// The same of records. That the version is not the first is about all of the record.
fn spans_of_record<K: Copy + PartialEq>(issues: &[Issue<K>], version_missing: K, text: &str) -> Vec<(usize, usize)> {
    let mut all = spans(issues);
    all.extend(issues.iter().any(|issue| issue.kind == version_missing).then_some((0, text.len())));
    all
}

/// Which pieces are not in the longest row of pieces that two texts share.
fn changed_pieces(old: &[&str], new: &[&str]) -> Vec<bool> {
    // Of long texts a part is enough.
    let (old_few, new) = (&old[..old.len().min(400)], &new[..new.len().min(400)]);
    let mut longest = vec![vec![0; new.len() + 1]; old_few.len() + 1];
    for (i, a) in old_few.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            longest[i][j] = if a == b { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let (mut changed, mut j) = (vec![false; old.len()], 0);
    for (i, piece) in old_few.iter().enumerate() {
        while j < new.len() && longest[i][j] == longest[i][j + 1] && longest[i][j] > longest[i + 1][j + 1] {
            j += 1;
        }
        if j < new.len() && *piece == new[j] && longest[i][j] == longest[i + 1][j + 1] + 1 {
            j += 1;
        } else {
            changed[i] = true;
        }
    }
    changed
}

/// The patterns that senders read in a policy.
fn patterns(lint: &Lint) -> impl Iterator<Item = &String> {
    let mx = if let Some(LintParsed::Policy { mx, .. }) = &lint.parsed { mx.as_slice() } else { &[] };
    mx.iter()
}
