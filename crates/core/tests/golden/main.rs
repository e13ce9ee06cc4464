//! Every answer of core, held to what it was: the reports of the worked examples and of the scenarios, these again behind
//! aliases and while lookups run, the advice to each, lints, summaries of TLS reports, and the catalogue.
//!
//! `digests.txt` has a line for each answer. Where an answer is meant to change, write the new lines and commit them with
//! the reason: `GOLDEN_UPDATE=1 cargo test -p mta-sts-core --test golden`. To read what changed, write the whole answers
//! before and after into folders of their own and compare these: `GOLDEN_DIR=/some/folder` beside the same command.

mod tls_reports;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mta_sts_core::advice::{Goal, advise};
use mta_sts_core::api::catalogue;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::scenario::{CHECKED_AT, World, examples, scenarios};
use mta_sts_core::{Timestamp, evaluate, lint};
use serde::Serialize;

const DIGESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/digests.txt");

/// Answers by their names; of some names several, one after the other.
type Answers = BTreeMap<String, String>;

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

/// Adds an answer to what has this name.
fn put(answers: &mut Answers, name: &str, answer: &impl Serialize) {
    let json = serde_json::to_string_pretty(answer).expect("an answer is JSON");
    let whole = answers.entry(name.to_owned()).or_default();
    whole.extend([json.as_str(), "\n"]);
}

/// What is put behind an alias: the names, each with the label of its target.
const BEHIND: [(&str, &[(&str, &str)]); 4] = [
    ("record", &[("_mta-sts.shop.com.au", "_mta-sts")]),
    ("reports", &[("_smtp._tls.shop.com.au", "reports")]),
    ("file", &[("mta-sts.shop.com.au", "mta-sts")]),
    ("both", &[("_mta-sts.shop.com.au", "_mta-sts"), ("mta-sts.shop.com.au", "mta-sts")]),
];

/// Who runs the targets: somebody unknown, somebody known, and the domain itself.
const RUN_BY: [&str; 3] = ["dmarc-service.net", "tutanota.com", "web.shop.com.au"];

fn goals() -> [(&'static str, Goal); 3] {
    let goal = |name, to| Goal::parse(Some(name), to, None).expect("a goal");
    [("roll-out", Goal::RollOut), ("removal", goal("removal", None)), ("move", goal("move", Some("google")))]
}

/// The same check while only some of its lookups are in.
fn partial(evidence: &Evidence, kept: usize) -> Evidence {
    let mut partial = evidence.clone();
    partial.observations.truncate(kept);
    partial
}

fn plans(answers: &mut Answers, name: &str, evidence: &Evidence) {
    for (_, goal) in goals() {
        put(answers, name, &advise(evidence, now(), &goal));
    }
}

fn of_world(answers: &mut Answers, name: &str, world: &World) {
    let evidence = world.check();
    put(answers, &format!("{name}: report"), &evaluate(&evidence, now()));
    plans(answers, &format!("{name}: plans"), &evidence);
    for kept in (0..evidence.observations.len()).step_by(4) {
        put(answers, &format!("{name}: while it runs"), &evaluate(&partial(&evidence, kept), now()));
    }
}

/// The same world with some of it behind aliases: plans where both record and file are, since they are long.
fn behind_aliases(answers: &mut Answers, name: &str, world: &World) {
    for run_by in RUN_BY {
        for (what, names) in BEHIND {
            let moved = |world: World, (name, label): &(&str, &str)| world.moved(name, &format!("{label}.{run_by}"));
            let evidence = names.iter().fold(world.clone(), moved).check();
            put(answers, &format!("{name}: behind aliases"), &evaluate(&evidence, now()));
            if what == "both" {
                plans(answers, &format!("{name}: behind aliases"), &evidence);
            }
        }
    }
}

const RECORDS: [&str; 14] = [
    "v=STSv1; id=1;",
    "v=STSv1; id=",
    "v=STSv1;",
    "v=stsv1; id=1",
    " v=STSv1; id=a-b",
    "v=STSv1 id=1",
    "v=STSv1 ; id=1;",
    "v=STSv2; id=1;",
    "\"v=STSv1\\; id=1\\;\"",
    "v=STSv1; ID=1; a=b; ;",
    "v=STSv1; id=1; id=2; junk; k= v",
    "v=STSv1; id=\u{201c}1\u{201d};",
    "v=spf1 -all",
    "",
];

const REPORT_RECORDS: [&str; 12] = [
    "v=TLSRPTv1; rua=mailto:a@b.example",
    "v=TLSRPTv1; rua=a@b.example",
    "v=TLSRPTv1; rua=mailto:a@b.example!10m, https://c.example/x;y",
    "v=TLSRPTv1; RUA=mailto:a@b.example",
    "v=TLSRPTv1;",
    "v=TLSRPTv1 rua=mailto:a@b.example",
    "v=tlsrptv1; rua=mailto:a@b.example",
    "v=TLSRPTv1; rua=mailto:a@b.example; rua=mailto:c@d.example; p=none",
    "v=TLSRPTv1; rua=mailto:a@b.example,,mailto:c@d.example ",
    "\"v=TLSRPTv1; rua=mailto:<a@b.example>\"",
    "v=DMARC1; p=none",
    "",
];

const POLICIES: [&str; 10] = [
    "version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: 604800\n",
    "version: STSv1\r\nmode: testing\r\nmx: *.example.com\r\nmax_age: 86400\r\n\r\n",
    "mode: none\nversion: STSv1\nmax_age: 2592000\n",
    "\u{feff}version: STSv1\n mode: Enforce\nmx: 10 a.example.com\nmx: a.example.com.\nmax_age: 1d\n# done\n",
    "version: STSv1\nmode: enforce\nmax_age: 99999999\nnmx: a.example.com\nfoo: bar\n",
    "version: STSv1\nmode: enforce\nmx: a.example.com, b.example.com\nmx: *.com\nmx: 192.0.2.1\nmx: https://a.example\nmax_age: 60\nmax_age: 61\n",
    "{\"mode\":\"enforce\"}",
    "v=STSv1; id=1;",
    "<!doctype html>",
    "",
];

fn answers() -> Answers {
    let mut answers = Answers::new();
    for example in examples() {
        of_world(&mut answers, &format!("example {}", example.domain), &example.world);
    }
    for scenario in scenarios() {
        let name = format!("scenario {}", scenario.name);
        of_world(&mut answers, &name, &scenario.world);
        behind_aliases(&mut answers, &name, &scenario.world);
    }
    for text in RECORDS {
        put(&mut answers, "lints of records", &lint::record(text));
    }
    for text in REPORT_RECORDS {
        put(&mut answers, "lints of TLS-RPT records", &lint::tls_rpt(text));
    }
    for text in POLICIES {
        put(&mut answers, "lints of policies", &lint::policy(text.as_bytes(), |_| None));
    }
    for (name, summary) in tls_reports::summaries(now()) {
        put(&mut answers, &name, &summary);
    }
    put(&mut answers, "catalogue", &catalogue::entries());
    answers
}

/// FNV-1a of 64 bits: tells texts apart, and is the same on every machine.
fn digest(text: &str) -> String {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
}

#[expect(clippy::disallowed_methods, reason = "core has no files, its tests have")]
fn write_whole(folder: &Path, answers: &Answers) {
    fs::create_dir_all(folder).expect("the folder can be made");
    for (name, answer) in answers {
        let file = name.replace(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '-' | '.' | ','), "_");
        fs::write(folder.join(file), answer).expect("a file can be written");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "core has neither files nor an environment, its tests have")]
fn answers_are_what_they_were() {
    let answers = answers();
    if let Some(folder) = std::env::var_os("GOLDEN_DIR") {
        write_whole(Path::new(&folder), &answers);
    }
    let lines: Vec<String> = answers.iter().map(|(name, answer)| format!("{} {name}", digest(answer))).collect();
    if std::env::var_os("GOLDEN_UPDATE").is_some() {
        fs::write(DIGESTS, lines.join("\n") + "\n").expect("the digests can be written");
    }
    let known = fs::read_to_string(DIGESTS).expect("the digests can be read");
    let known: Vec<&str> = known.lines().collect();
    let changed: Vec<&String> = lines.iter().filter(|line| !known.contains(&line.as_str())).collect();
    let gone = known.len() + changed.len() - lines.len();
    assert!(
        changed.is_empty() && gone == 0,
        "{} of {} answers are others, and {gone} lines have no answer any more. The first: {:#?}",
        changed.len(),
        lines.len(),
        &changed[..changed.len().min(12)]
    );
}
