//! Laws of evaluation, over every scenario: the same evidence gives the same report, whatever order it came in, and what the
//! standard leaves room for changes nothing.

use std::collections::BTreeSet;

use mta_sts_core::Timestamp;
use mta_sts_core::advice::{Advice, Goal, PolicyAdvice, RecordAdvice, advise, decide};
use mta_sts_core::evaluate;
use mta_sts_core::evidence::{Evidence, Outcome, Record, Response};
use mta_sts_core::facts::Facts;
use mta_sts_core::lint;
use mta_sts_core::lookup::{Lookup, PolicyPath, RecordType};
use mta_sts_core::mend::remedy::{Mended, Paste, PastePlace};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::report::link::Link;
use mta_sts_core::report::{Finding, Outcome as Told, Report, Severity, Verdict};
use mta_sts_core::rules::step::{Step, Target};
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World, examples, scenarios};
use mta_sts_core::text::invisible::is_invisible;
use mta_sts_core::text::octets::Octets;
use proptest::prelude::*;

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn all_evidence() -> Vec<(&'static str, Evidence)> {
    scenarios().into_iter().map(|scenario| (scenario.name, scenario.world.check())).collect()
}

/// The ids of what failed, less those that an extension is told by.
fn failed(report: &Report) -> BTreeSet<&str> {
    const TOLD: [&str; 2] = ["record-extension-unknown", "policy-key-unknown"];
    let bad = report.findings.iter().filter(|finding| finding.outcome == Told::Fail);
    bad.map(|finding| finding.rule.as_str()).filter(|rule| !TOLD.contains(rule)).collect()
}

/// Adds a field to every valid record of that name, and says whether there was one.
fn extend_txt(evidence: &mut Evidence, name: &str, lint: fn(&str) -> lint::Lint, field: &str) -> bool {
    let mut changed = false;
    for observation in &mut evidence.observations {
        let Lookup::Dns(question) = &observation.lookup else { continue };
        let Outcome::Answer(answer) = &mut observation.outcome else { continue };
        if question.name != name || question.rtype != RecordType::Txt {
            continue;
        }
        for record in &mut answer.records {
            let Record::Txt(strings) = record else { continue };
            let text: String = strings.iter().map(Octets::to_text).collect();
            if lint(&text).valid {
                let end = if text.trim_end().ends_with(';') { "" } else { ";" };
                let last = strings.last_mut().expect("a text that is valid is not empty");
                // Without a blank it would be the rest of a web address.
                last.0.extend(format!("{end} {field};").bytes());
                changed = true;
            }
        }
    }
    changed
}

#[test]
fn an_extension_of_a_record_changes_no_verdict() {
    let mut tried = 0;
    for (name, evidence) in all_evidence() {
        let before = evaluate(&evidence, now());
        let mut extended = evidence.clone();
        let domain = evidence.domain.clone();
        let sts = extend_txt(&mut extended, &domain.announce_name(), lint::record, "future=1");
        let rpt = extend_txt(&mut extended, &domain.tlsrpt_name(), lint::tls_rpt, "future=1");
        if sts || rpt {
            let after = evaluate(&extended, now());
            assert_eq!((after.verdict, failed(&after)), (before.verdict, failed(&before)), "{name}");
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn a_key_that_the_standard_does_not_know_changes_no_verdict() {
    let mut tried = 0;
    for (name, evidence) in all_evidence() {
        let before = evaluate(&evidence, now());
        let mut extended = evidence.clone();
        let mut changed = false;
        for observation in &mut extended.observations {
            let right = matches!(&observation.lookup, Lookup::Policy { path: PolicyPath::WellKnown, .. });
            let Outcome::Response(response) = &mut observation.outcome else { continue };
            if right && !response.truncated && lint::policy(&response.body.0, |_| None).valid {
                if !response.body.0.ends_with(b"\n") {
                    response.body.0.push(b'\n');
                }
                response.body.0.extend(b"future_key: some value\n");
                changed = true;
            }
        }
        if changed {
            let after = evaluate(&extended, now());
            // A policy that changed has a history of its own.
            let lasting = |report: &Report| -> BTreeSet<String> {
                failed(report).into_iter().filter(|rule| !rule.starts_with("history-")).map(str::to_owned).collect()
            };
            assert_eq!((after.verdict, lasting(&after)), (before.verdict, lasting(&before)), "{name}");
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_same_evidence_gives_the_same_report_in_any_order(
        which in any::<prop::sample::Index>(),
        order in prop::collection::vec(any::<u32>(), 64),
    ) {
        let scenarios = scenarios();
        let evidence = which.get(&scenarios).world.check();
        let expected = evaluate(&evidence, now());
        prop_assert_eq!(&evaluate(&evidence, now()), &expected);
        let mut shuffled = evidence.clone();
        let mut keyed: Vec<_> = order.iter().cycle().zip(shuffled.observations).collect();
        keyed.sort_by_key(|(key, _)| **key);
        shuffled.observations = keyed.into_iter().map(|(_, observation)| observation).collect();
        prop_assert_eq!(evaluate(&shuffled, now()), expected);
    }

    #[test]
    fn what_is_not_in_yet_never_makes_a_verdict_that_the_whole_takes_back(
        which in any::<prop::sample::Index>(),
        kept in prop::collection::vec(any::<bool>(), 64),
    ) {
        let scenarios = scenarios();
        let evidence = which.get(&scenarios).world.check();
        let whole = evaluate(&evidence, now()).verdict;
        let mut partial = evidence.clone();
        let mut keep = kept.iter().cycle();
        partial.observations.retain(|_| *keep.next().expect("it goes on for ever"));
        let verdict = evaluate(&partial, now()).verdict;
        let is_settled = [Verdict::Inconclusive, whole].contains(&verdict);
        prop_assert!(is_settled || verdict == Verdict::Broken && whole == Verdict::Broken, "{verdict:?}, then {whole:?}");
    }
}

/// The policies that a report gives to paste as they stand: the finding's rule, the text, and the value of the announce
/// record that goes with it.
fn pasted(report: &Report) -> Vec<(&str, &str, Option<&str>)> {
    let is_policy = |text: &&str| {
        let parsed = lint::policy(text.as_bytes(), |_| None).parsed;
        matches!(parsed, Some(lint::LintParsed::Policy { mode: Some(_), max_age: Some(_), .. }))
    };
    let mut found = Vec::new();
    for finding in &report.findings {
        for fix in &finding.fix {
            let texts = || fix.copy.iter().map(|copy| copy.text.as_str());
            let record = texts().find(|text| text.contains("v=STSv1"));
            found.extend(texts().filter(is_policy).map(|text| (finding.rule.as_str(), text, record)));
        }
    }
    found
}

/// What is wrong with the policies that a report on a world gives to paste; counts them.
fn paste_each(name: &str, world: &World, tried: &mut usize, wrong: &mut Vec<String>) {
    let report = evaluate(&world.check(), now());
    let errors = |report: &Report| -> BTreeSet<String> {
        let is_error = |finding: &&Finding| finding.outcome == Told::Fail && finding.severity == Severity::Error;
        report.findings.iter().filter(is_error).map(|finding| finding.rule.clone()).collect()
    };
    for (rule, text, record) in pasted(&report) {
        *tried += 1;
        let mut mended = world.clone().policy(text);
        // Where the policy host is gone or was never there, the steps have it set up.
        if ["record-missing", "history-removed-too-early"].contains(&rule) {
            mended = mended.host("203.0.113.80");
        }
        if let Some(record) = record {
            mended = mended.announce(record.trim_matches('"'));
        }
        let after = evaluate(&mended.check(), now());
        let mut fault = |what: String| wrong.push(format!("{name}: {rule} {what} with\n{text}"));
        for (was, is) in report.mx.iter().zip(&after.mx) {
            if was.matched_by.is_some() && is.matched_by.is_none() {
                fault(format!("takes {} away", was.host));
            }
        }
        let id = |report: &Report| report.record.as_ref().and_then(|record| record.id.clone());
        if record.is_some() && id(&after) == id(&report) {
            fault("gives the record the id that it has".to_owned());
        }
        if failed(&after).contains(rule) {
            fault("is still there".to_owned());
        }
        let new: Vec<_> = errors(&after).difference(&errors(&report)).cloned().collect();
        if !new.is_empty() {
            fault(format!("leads to {new:?}"));
        }
    }
}

#[test]
fn a_policy_to_paste_mends_what_it_stands_beside_and_breaks_nothing() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for scenario in scenarios() {
        paste_each(scenario.name, &scenario.world, &mut tried, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(tried > 40, "{tried}");
}

/// What is wrong with the values of TXT records that a report on a world gives to paste; counts them.
fn paste_each_record(name: &str, world: &World, tried: &mut usize, wrong: &mut Vec<String>) {
    let of_record = |finding: &&Finding| matches!(finding.link, Some(Link::Record | Link::Reports));
    let errors = |report: &Report| -> BTreeSet<String> {
        let failed = report.findings.iter().filter(of_record).filter(|finding| finding.outcome == Told::Fail);
        failed.filter(|finding| finding.severity == Severity::Error).map(|finding| finding.rule.clone()).collect()
    };
    let report = evaluate(&world.check(), now());
    for Mended { judged, remedies } in evaluate::mended(&world.check(), now()) {
        let Some(remedy) = remedies.first().filter(|_| judged.rule.id.starts_with(['r', 't'])) else { continue };
        for txt in [Txt::Announce, Txt::TlsRpt] {
            for text in remedy.pasted(PastePlace::TxtValue(txt)) {
                *tried += 1;
                let published = match txt {
                    Txt::Announce => world.clone().announce(text),
                    Txt::TlsRpt => world.clone().tls_rpt(text),
                };
                let after = evaluate(&published.check(), now());
                if failed(&after).contains(judged.rule.id) {
                    wrong.push(format!("{name}: {} is still there with {text}", judged.rule.id));
                }
                // What was moved is still to be deleted where it was.
                let is_moved = judged.rule.id.ends_with("-wrong-name");
                let is_left =
                    |rule: &&String| is_moved && ["record-not-sts", "tlsrpt-not-tlsrpt"].contains(&rule.as_str());
                let new: Vec<_> =
                    errors(&after).difference(&errors(&report)).filter(|rule| !is_left(rule)).cloned().collect();
                if !new.is_empty() {
                    wrong.push(format!("{name}: {} leads to {new:?} with {text}", judged.rule.id));
                }
            }
        }
    }
}

#[test]
fn a_record_to_paste_mends_what_it_stands_beside_and_breaks_nothing() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for scenario in scenarios() {
        paste_each_record(scenario.name, &scenario.world, &mut tried, &mut wrong);
    }
    for example in examples() {
        paste_each_record(example.domain, &example.world, &mut tried, &mut wrong);
    }
    let pieces = [
        "v=STSv1",
        "v=TLSRPTv1",
        ";",
        "; ",
        " ",
        "id=1",
        "id=a-b",
        "ID=2",
        "rua=mailto:a@shop.com.au",
        "rua=a@shop.com.au.",
        ",",
        "\"",
    ];
    for (index, one) in pieces.iter().enumerate() {
        for (also, two) in pieces.iter().enumerate() {
            let text = [one, two, pieces[(index * 5 + also * 3) % pieces.len()]].concat();
            let world = World::protected("shop.com.au");
            paste_each_record(&text, &world.clone().announce(&text), &mut tried, &mut wrong);
            paste_each_record(&text, &world.tls_rpt(&text), &mut tried, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    assert!(tried > 200, "{tried}");
}

/// Every text that an answer gives to paste.
fn to_paste(report: &Report, advice: &Advice) -> Vec<String> {
    let fixes = report.findings.iter().flat_map(|finding| &finding.fix).flat_map(|fix| &fix.copy);
    let steps = advice.plan.steps.iter().flat_map(|step| &step.copy);
    let mut texts: Vec<String> = fixes.chain(steps).map(|copy| copy.text.clone()).collect();
    let mut records: Vec<&RecordAdvice> = advice.records.iter().collect();
    if let PolicyAdvice::Serve(proposal) = &advice.policy {
        texts.push(proposal.text.clone());
        records.extend(proposal.delegation.iter().flat_map(|delegation| &delegation.records));
    }
    for way in &advice.hosting {
        // Configuration is set in with tabs, which are seen.
        texts.extend(way.files.iter().map(|file| file.content.replace("\n\t", "\n")));
        records.extend(&way.record);
    }
    texts.extend(
        records.into_iter().flat_map(|record| [record.host.clone(), record.name.clone(), record.value.clone()]),
    );
    texts
}

/// The same evidence, with the bodies of all policy files changed.
fn with_bodies(evidence: &Evidence, change: impl Fn(&str) -> String) -> Evidence {
    let mut evidence = evidence.clone();
    for observation in &mut evidence.observations {
        if let Outcome::Response(response) = &mut observation.outcome {
            response.body = change(&response.body.to_text()).as_str().into();
        }
    }
    evidence
}

#[test]
fn a_text_to_paste_has_no_character_that_is_not_seen_but_in_a_line_of_the_owners_own() {
    let (mut tried, mut kept) = (0, 0);
    let changes: [fn(&str) -> String; 4] = [
        str::to_owned,
        |body| body.replace('\n', "\r\n"),
        |body| body.replace('\n', "\r"),
        |body| body.replacen('\n', "\r\nx-note: a\u{200b}b\u{a0}\tc\r\n", 1),
    ];
    // A correction writes blanks of any kind as spaces.
    let with_spaces =
        |text: &str| -> String { text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect() };
    for (name, evidence) in all_evidence() {
        for change in &changes {
            let evidence = with_bodies(&evidence, change);
            let report = evaluate(&evidence, now());
            let raw = [
                report.policy.as_ref().map(|policy| &policy.raw),
                report.record.as_ref().map(|record| &record.raw),
                report.tlsrpt.as_ref().map(|record| &record.raw),
            ];
            for goal in [Goal::RollOut, Goal::Removal { longest_max_age: None }] {
                for text in to_paste(&report, &advise(&evidence, now(), &goal)) {
                    tried += 1;
                    assert!(!text.contains('\r'), "{name}: {text:?}");
                    for line in text.split('\n').filter(|line| line.contains(is_invisible)) {
                        kept += 1;
                        let line = with_spaces(line.trim_matches('"'));
                        let is_own = raw.into_iter().flatten().any(|raw| with_spaces(raw).contains(&line));
                        assert!(is_own, "{name}: {line:?} of {text:?}");
                    }
                }
            }
        }
    }
    // A policy with such a line is written anew without it, so that it fits every configuration; a record may keep its own.
    assert!(tried > 5_000, "{tried}, {kept}");
}

/// Slips in [`ENFORCE`], and what else may be in a policy that has them.
const SLIPS: [(&str, &str); 18] = [
    ("", ""),
    ("mode: enforce", "mode: testing"),
    ("mode: enforce", "mode: none"),
    ("mode: enforce", "mode: Enforce"),
    ("mode: enforce\n", ""),
    ("version", "\u{feff}version"),
    ("mode", "\nmode"),
    ("mode", " mode"),
    ("max_age: 2592000", "max_age: 30d"),
    ("mx: mx1", "MX: mx1"),
    ("mx: mx1", " mx: *.net\nmx: mx1"),
    ("mx: mx1", "mx: *.net # all\nmx: mx1"),
    ("mx: mx1", "mx: *.net.\nmx: mx1"),
    ("mx: mx1", "mx: *.net\nmx: mx1"),
    ("mx: mx1.mail-host.net", "mx: 10 mx1.mail-host.net"),
    ("mx: mx2.mail-host.net\n", "mx: mx_2.mail-host.net\n"),
    ("mx: mx2.mail-host.net\n", "mx: b\u{fc}cher.example\n"),
    ("max_age", "hello\nmax_age"),
];

/// Where mail may go beside what the policy is for.
fn mail() -> [(&'static str, World); 9] {
    let world = || World::protected("shop.com.au");
    let own = |world: World| world.without_mx().address("shop.com.au", "203.0.113.1");
    [
        ("both hosts", world()),
        ("a host under .net", world().mx(30, "backup.net").address("backup.net", "192.0.2.9")),
        ("a host that is forgotten", world().mx(30, "mx3.other-host.net").address("mx3.other-host.net", "192.0.2.9")),
        ("an address for an MX", world().mx(30, "192.0.2.99")),
        ("no MX, but an address", own(world())),
        ("no MX and no address", world().without_mx()),
        ("no mail", world().without_mx().mx(0, "")),
        ("MX records that cannot be looked up", world().no_answer("shop.com.au", RecordType::Mx)),
        ("an id of this minute", world().announce("v=STSv1; id=20261124T0930;")),
    ]
}

#[test]
fn a_policy_to_paste_is_safe_whatever_was_wrong_and_wherever_mail_goes() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for (place, world) in mail() {
        for (index, (right, slip)) in SLIPS.iter().enumerate() {
            for (also_right, also) in &SLIPS[index..] {
                let policy = ENFORCE.replacen(right, slip, 1).replacen(also_right, also, 1);
                paste_each(
                    &format!("{place}, {slip:?} and {also:?}"),
                    &world.clone().policy(&policy),
                    &mut tried,
                    &mut wrong,
                );
            }
        }
        let cut = Response {
            status: 200,
            body: ENFORCE.replace("mode", " mode").as_str().into(),
            truncated: true,
            ..Response::default()
        };
        let report = evaluate(&world.response(cut).check(), now());
        assert_eq!(pasted(&report), [], "{place}: a policy of which only the first part was read");
    }
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    assert!(tried > 500, "{tried}");
}

#[test]
fn a_policy_that_is_switched_off_is_given_whole_wherever_mail_goes() {
    let off = " version: STSv1\nmode: none\nmax_age: 86400\n";
    for (place, world) in mail() {
        let report = evaluate(&world.policy(off).check(), now());
        let texts: Vec<&str> = pasted(&report).into_iter().map(|(_, text, _)| text).collect();
        assert_eq!(texts, [off.trim_start()], "{place}");
    }
}

/// MX hosts of every sort, with their address; the first few take mail.
const SERVERS: [(&str, &str); 13] = [
    ("mx1.mail-host.net", "192.0.2.25"),
    ("mail.shop.com.au", "192.0.2.26"),
    ("aspmx.l.google.com", "192.0.2.27"),
    ("mail_1.shop.com.au", "192.0.2.28"),
    ("alt1.aspmx.l.google.com.shop.com.au", "203.0.113.7"),
    ("in.shop.com.au", "192.168.7.7"),
    ("gone.shop.com.au", ""),
    ("localhost", ""),
    ("mx.corp.lan", ""),
    ("ms12345678.msv1.invalid", ""),
    ("shop-com.mail.protection.outlook.com", ""),
    ("*.shop.com.au", ""),
    ("192.0.2.99", ""),
];

/// Domains whose mail goes to any two of these, with different things published.
fn with_servers() -> Vec<(String, World)> {
    let mut worlds = Vec::new();
    for (at, (first, first_address)) in SERVERS.iter().enumerate() {
        for (second, second_address) in &SERVERS[at..] {
            let bare = World::new("shop.com.au").address("shop.com.au", "203.0.113.1").mx(10, first).mx(20, second);
            let bare =
                [(first, first_address), (second, second_address)].into_iter().fold(bare, |world, (host, address)| {
                    let world = world.without(host, RecordType::A);
                    if address.is_empty() { world } else { world.address(host, address) }
                });
            let served = |policy: &str| bare.clone().announce("v=STSv1; id=1;").host("203.0.113.80").policy(policy);
            let both = format!("version: STSv1\nmode: enforce\nmx: {first}\nmx: {second}\nmax_age: 604800\n");
            let published = [
                ("nothing", bare.clone()),
                ("another's policy", served(ENFORCE)),
                ("its policy", served(&both)),
                ("its policy, with slips", served(&both.replace("mode: enforce\nmx: ", "mode: testing\n\nMX: "))),
                ("no mode and no servers", served("version: STSv1\nmax_age: 604800\n")),
            ];
            worlds.extend(published.map(|(what, world)| (format!("{first} and {second}, {what}"), world)));
        }
    }
    worlds
}

fn everything() -> Vec<(String, World)> {
    let scenarios = scenarios().into_iter().map(|scenario| (scenario.name.to_owned(), scenario.world));
    let examples = examples().into_iter().map(|example| (example.domain.to_owned(), example.world));
    scenarios.chain(examples).chain(with_servers()).collect()
}

/// The mail servers that a text to paste names, without patterns.
fn servers_in(paste: &Paste) -> Vec<String> {
    let of_policy = |text: &str| {
        let values = text.lines().filter_map(|line| line.strip_prefix("mx:").map(str::trim));
        values.filter(|value| !value.starts_with("*.")).map(str::to_owned).collect()
    };
    match paste.place {
        PastePlace::MxHost => vec![paste.text.trim_end_matches('.').to_owned()],
        PastePlace::PolicyText
        | PastePlace::WholePolicy
        | PastePlace::PolicyFile
        | PastePlace::PolicyLine
        | PastePlace::PolicyLines => of_policy(&paste.text),
        _ => Vec::new(),
    }
}

#[test]
fn no_text_to_paste_names_a_server_that_no_mail_reaches_or_nobody_asked_for() {
    let (mut named, mut wrong) = (0, Vec::new());
    for (name, world) in everything() {
        let evidence = world.check();
        let facts = Facts::read(&evidence, now());
        let seen = serde_json::to_string(&evidence).expect("serializes");
        let served = facts.policy.as_ref().map(|policy| policy.text.to_ascii_lowercase()).unwrap_or_default();
        let of_findings = evaluate::mended(&evidence, now()).into_iter().flat_map(|found| found.remedies);
        let plan = decide(&evidence, now(), &Goal::RollOut).plan;
        let all = of_findings.flat_map(|way| way.paste).chain(plan.tasks.into_iter().flat_map(|task| task.paste));
        for (paste, host) in all.flat_map(|paste| servers_in(&paste).into_iter().map(move |host| (paste.clone(), host)))
        {
            // A correction takes no server away, whatever becomes of it.
            if matches!(paste.place, PastePlace::WholePolicy | PastePlace::PolicyFile) && served.contains(host.as_str())
            {
                continue;
            }
            named += 1;
            let last = host.rsplit('.').next().unwrap_or_default();
            let is_local =
                !host.contains('.') || ["lan", "local", "internal", "invalid", "arpa", "home", "corp"].contains(&last);
            let is_never = facts.mx.hosts.iter().any(|mx| mx.host == host && mx.is_never_reached());
            let above = host.split_once('.').map_or(host.as_str(), |(_, above)| above);
            let is_known = paste.place == PastePlace::MxHost || seen.contains(&host) || seen.contains(above);
            if is_local || is_never || host.contains('_') || !is_known {
                wrong.push(format!("{name}: {host} in {paste:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong, as\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    assert!(named > 300, "{named}");
}

#[test]
fn what_mail_never_reaches_puts_no_mail_at_risk() {
    for (name, world) in with_servers() {
        let evidence = world.check();
        let report = evaluate(&evidence, now());
        let facts = Facts::read(&evidence, now());
        let reached = || facts.mx.hosts.iter().filter(|mx| !mx.is_never_reached());
        let expected = match report.policy.as_ref().and_then(|policy| policy.mode.as_deref()) {
            Some("enforce") if reached().all(|mx| mx.matched_by.is_some()) => Verdict::Enforced,
            Some("enforce") if reached().any(|mx| mx.matched_by.is_some()) => Verdict::AtRisk,
            Some("enforce") => Verdict::Blocking,
            _ => continue,
        };
        let is_usable = facts.usable_policy().is_some();
        assert_eq!(report.verdict, if is_usable { expected } else { Verdict::Broken }, "{name}");
    }
}

#[test]
fn a_step_that_publishes_a_file_comes_with_its_text() {
    for (name, world) in everything() {
        for found in evaluate::mended(&world.check(), now()) {
            let Some(own) = found.remedies.iter().find(|way| way.offer.is_none()) else { continue };
            let publishes = own.steps.iter().any(|todo| todo.step == Step::Own(Target::NewFile));
            let has_text = own.pasted(PastePlace::PolicyText).next().is_some();
            assert!(has_text || !publishes, "{name}: {}", found.judged.rule.id);
        }
    }
}
