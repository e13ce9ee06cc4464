//! What a check leaves for the next one, and what the next one makes of it.

use mta_sts_core::Timestamp;
use mta_sts_core::evaluate;
use mta_sts_core::evidence::snapshot::Snapshot;
use mta_sts_core::evidence::{Cause, Evidence};
use mta_sts_core::lookup::RecordType;
use mta_sts_core::mend::remedy::{Mended, PastePlace};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::report::{Finding, Report, Severity, Verdict};
use mta_sts_core::rules::step::{Ask, Step};
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World, scenarios};
use proptest::prelude::*;

const DAY_MS: i64 = 86_400_000;

fn checked_at() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn ago(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(checked_at().as_millisecond() - ms).expect("a time after 1970")
}

fn judge(evidence: &Evidence) -> Report {
    evaluate(evidence, evidence.checked_at)
}

fn report(world: &World) -> Report {
    judge(&world.check())
}

/// What is said of changes, which is all but the rule that needs no earlier check.
fn changes(report: &Report) -> Vec<&Finding> {
    let is_change =
        |finding: &&Finding| finding.rule.starts_with("history-") && finding.rule != "history-id-older-than-policy";
    report.findings.iter().filter(is_change).collect()
}

fn severity(world: &World, rule: &str) -> Severity {
    let report = report(world);
    let mut found = report.findings.iter().filter(|finding| finding.rule == rule);
    let severity = found.next().unwrap_or_else(|| panic!("{rule} speaks")).severity;
    assert!(found.next().is_none(), "{rule} speaks once");
    severity
}

fn protected() -> World {
    World::protected("shop.com.au")
}

/// A domain that leads to every line of a policy, with the other one that it had before.
fn changed(old: &str, new: &str) -> World {
    protected().policy(new).seen(3, &protected().policy(old))
}

#[test]
fn a_report_carries_what_the_next_check_needs() {
    let expected = Snapshot {
        time: checked_at(),
        has_record: true,
        id: Some("20261101T0800".to_owned()),
        has_policy: true,
        mode: Some("enforce".to_owned()),
        max_age: Some(2_592_000),
        mx: vec!["mx1.mail-host.net".to_owned(), "mx2.mail-host.net".to_owned()],
        policy_hash: Some("e3847b9fd3287f7a".to_owned()),
        mx_hosts: vec!["mx1.mail-host.net".to_owned(), "mx2.mail-host.net".to_owned()],
    };
    assert_eq!(report(&protected()).snapshot, Some(expected));
    let nothing = report(&World::new("shop.com.au").mx(10, "mx1.mail-host.net")).snapshot.expect("all of it was seen");
    assert!(!nothing.has_record && !nothing.has_policy && nothing.id.is_none() && nothing.policy_hash.is_none());
    let broken = report(&protected().announce("v=STSv1;").policy("version: STSv1\nmode: enfroce\n")).snapshot;
    let broken = broken.expect("all of it was seen");
    assert!(broken.has_record && broken.has_policy, "there, if of no use");
    assert!(broken.id.is_none() && broken.mode.is_none() && broken.policy_hash.is_none(), "no sender could use it");
    let implicit = report(&protected().without_mx().address("shop.com.au", "192.0.2.1")).snapshot;
    assert_eq!(implicit.expect("all of it was seen").mx_hosts, ["shop.com.au"]);
}

#[test]
fn what_was_not_seen_is_not_remembered_as_missing() {
    let unseen = [
        protected().no_answer("_mta-sts.shop.com.au", RecordType::Txt),
        protected().server_failure("_mta-sts.shop.com.au", RecordType::Txt, 22, ""),
        protected().bogus("_mta-sts.shop.com.au", RecordType::Txt),
        protected().no_answer("mta-sts.shop.com.au", RecordType::A),
        protected().no_answer("shop.com.au", RecordType::Mx),
        protected().fetch_fails(Cause::Timeout),
        protected().fetch_fails(Cause::Connection),
        protected().fetch_fails(Cause::Tls),
        protected().fetch_fails(Cause::Unknown),
    ];
    for world in unseen {
        let evidence = world.check();
        assert_eq!(judge(&evidence).snapshot, None, "{:?}", evidence.observations);
    }
    for scenario in scenarios() {
        let report = report(&scenario.world);
        assert!(report.snapshot.is_none() || report.verdict != Verdict::Inconclusive, "{}", scenario.name);
    }
}

#[test]
fn while_lookups_run_there_is_no_snapshot_or_the_right_one() {
    for scenario in scenarios() {
        let evidence = scenario.world.check();
        let whole = judge(&evidence);
        for seen in 0..evidence.observations.len() {
            let mut partial = evidence.clone();
            partial.observations.truncate(seen);
            let report = judge(&partial);
            assert!(
                report.snapshot.is_none() || report.snapshot == whole.snapshot,
                "{} after {seen}: {:?}",
                scenario.name,
                report.snapshot
            );
            let said = changes(&whole);
            for early in changes(&report) {
                assert!(said.contains(&early), "{} after {seen}: {}", scenario.name, early.rule);
            }
        }
    }
}

#[test]
fn a_domain_that_stays_as_it_is_stays_quiet() {
    for scenario in scenarios() {
        let mut evidence = Evidence { history: Vec::new(), ..scenario.world.check() };
        assert!(changes(&judge(&evidence)).is_empty(), "{}: there is nothing to compare with", scenario.name);
        for hour in 1..4 {
            evidence.history.extend(judge(&evidence).snapshot);
            evidence.checked_at = ago(-hour * 3_600_000);
            let report = judge(&evidence);
            assert_eq!(changes(&report), Vec::<&Finding>::new(), "{} after {hour} h", scenario.name);
        }
    }
}

#[test]
fn a_snapshot_survives_json_and_one_that_lacks_parts_is_read() {
    for scenario in scenarios() {
        let snapshot = report(&scenario.world).snapshot;
        let json = serde_json::to_string(&snapshot).expect("serializes");
        assert_eq!(serde_json::from_str::<Option<Snapshot>>(&json).expect("reads back"), snapshot, "{}", scenario.name);
    }
    let sparse: Snapshot = serde_json::from_str(r#"{"time":"2026-11-01T00:00:00Z"}"#).expect("a time is enough");
    assert!(!sparse.has_record && !sparse.has_policy && sparse.mx.is_empty());
    let old_report = serde_json::to_value(report(&protected())).map(|mut report| {
        report.as_object_mut().expect("an object").remove("snapshot");
        report
    });
    let old_report: Report =
        serde_json::from_value(old_report.expect("serializes")).expect("reads a report from before");
    assert_eq!(old_report.snapshot, None);
}

#[test]
fn an_old_policy_that_refuses_a_live_mail_server_is_an_error() {
    let rule = "history-policy-changed-id-same";
    let first_only = ENFORCE.replace("mx: mx2.mail-host.net\n", "");
    assert_eq!(severity(&changed(&first_only, ENFORCE), rule), Severity::Error);
    let wildcard = ENFORCE.replace("mx1.", "*.");
    assert_eq!(severity(&changed(&wildcard, ENFORCE), rule), Severity::Warning, "it allows both");
    let tested = first_only.replace("enforce", "testing");
    assert_eq!(severity(&changed(&tested, ENFORCE), rule), Severity::Warning, "it stops no mail");
    assert_eq!(severity(&changed(&first_only, &ENFORCE.replace("enforce", "testing")), rule), Severity::Error);

    // The id was there before another one, with a policy that some senders still keep.
    let other = || protected().announce("v=STSv1; id=1;");
    let reused = protected().seen(9, &protected().policy(&first_only)).seen(3, &other());
    assert_eq!(severity(&reused, rule), Severity::Error);
    let both =
        protected().seen(9, &protected().policy(&first_only)).seen(3, &other()).seen(2, &protected().policy(&wildcard));
    assert_eq!(severity(&both, rule), Severity::Error, "of two policies, the one that stops mail");

    let early = protected().seen(3, &protected().announce("v=STSv1; id=1;").policy(&first_only));
    let early = early.seen(2, &protected().policy(&first_only));
    assert_eq!(severity(&early, "history-record-before-policy"), Severity::Error);
}

#[test]
fn enforcing_without_a_test_is_worse_without_reports() {
    let nothing = protected().without_announce().without_host();
    let rule = "history-enforce-without-testing";
    assert_eq!(severity(&protected().seen(3, &nothing), rule), Severity::Info);
    assert_eq!(severity(&protected().without_tls_rpt().seen(3, &nothing), rule), Severity::Warning);
    let unknown = protected().no_answer("_smtp._tls.shop.com.au", RecordType::Txt).seen(3, &nothing);
    assert_eq!(severity(&unknown, rule), Severity::Info, "a record that was not seen is not missing");
}

#[test]
fn a_policy_that_refuses_todays_mail_servers_is_not_put_back() {
    let told = |world: &World| {
        let all = evaluate::mended(&world.check(), checked_at());
        all.into_iter().find(|found| found.judged.rule.id == "history-removed-too-early").expect("told")
    };
    let host = |found: &Mended| found.judged.arguments.iter().find(|(name, _)| *name == "host").cloned();
    let stayed = told(&protected().without_announce().without_host().seen(3, &protected()));
    // As the rule has it: the file as it was, or with mode none; then the record.
    assert_eq!((stayed.judged.cases.as_slice(), host(&stayed)), (&[][..], None));
    assert!(stayed.remedies[0].has(Step::PutRecordBack), "{stayed:?}");
    let moved = protected().without_announce().without_host().without_mx().mx(10, "mx.new-host.net");
    let moved = told(&moved.seen(3, &protected()));
    // The case has steps of its own, which have the file with mode none alone.
    assert_eq!(moved.judged.steps_of(), Some("live-host-refused"));
    assert_eq!(host(&moved), Some(("host", "mx.new-host.net".to_owned())));
    assert!(moved.remedies[0].has(Step::ThenPutRecordBack), "{moved:?}");
    let aliased = protected().without_announce().without_host().without_mx().mx(10, "mx.new-host.net");
    let aliased = aliased.alias("_mta-sts.shop.com.au", "shop.records.keeper.example").seen(3, &protected());
    let aliased = told(&aliased);
    // Nobody is sent for a record that is not theirs, nor for a value that is not there.
    let asks = Step::AskForRecord(Txt::Announce, Ask::PutRecordBack);
    assert!(aliased.remedies[0].has(asks) && !aliased.remedies[0].has(Step::ThenPutRecordBack), "{aliased:?}");
    // With the mail servers of today: some senders refuse a policy in mode none that names none.
    for (found, servers) in
        [(stayed, "mx: mx1.mail-host.net\nmx: mx2.mail-host.net\n"), (moved, "mx: mx.new-host.net\n")]
    {
        let pasted: Vec<&str> = found.remedies[0].pasted(PastePlace::PolicyText).collect();
        assert_eq!(pasted, [format!("version: STSv1\nmode: none\n{servers}max_age: 86400\n")], "{found:?}");
    }
}

#[test]
fn what_is_removed_is_an_error_only_while_it_can_stop_mail() {
    let gone = || protected().without_announce().without_host();
    let rule = "history-removed-too-early";
    assert_eq!(severity(&gone().seen(29, &protected()), rule), Severity::Error);
    assert!(changes(&report(&gone().seen(30, &protected()))).is_empty(), "max_age is 30 days");
    let tested = protected().policy(&ENFORCE.replace("enforce", "testing"));
    assert_eq!(severity(&gone().seen(3, &tested), rule), Severity::Warning);
    assert_eq!(severity(&gone().seen(3, &tested).seen(9, &protected()), rule), Severity::Error);
    let never_announced = gone().seen(3, &protected().without_announce());
    assert!(changes(&report(&never_announced)).is_empty(), "no sender looked for it");
    let record_only = protected().without_announce().fetch_fails(Cause::Tls).seen(3, &protected());
    assert_eq!(severity(&record_only, rule), Severity::Error, "the record is gone, whatever is with the file");
}

#[test]
fn the_newest_hundred_from_before_the_check_count() {
    let tested = protected().policy(&ENFORCE.replace("enforce", "testing"));
    let mut evidence = tested.check();
    let snapshot = judge(&evidence).snapshot.expect("all of it was seen");
    let at = |time| Snapshot { time, ..snapshot.clone() };
    let stale = |evidence: &Evidence| changes(&judge(evidence)).iter().any(|f| f.rule == "history-testing-stale");

    evidence.history = (1..100).map(|hour| at(ago(hour * 3_600_000))).collect();
    evidence.history.push(at(ago(200 * DAY_MS)));
    assert!(stale(&evidence), "a hundred");
    evidence.history.push(at(ago(30 * 60_000)));
    assert!(!stale(&evidence), "the oldest of 101");

    evidence.history = vec![at(ago(-DAY_MS)), at(ago(0)), at(Timestamp::UNIX_EPOCH)];
    assert!(changes(&judge(&evidence)).is_empty(), "not from before, or from nowhere");
    evidence.history = vec![at(ago(200 * DAY_MS)), Snapshot { mode: None, ..at(ago(200 * DAY_MS)) }];
    assert!(!stale(&evidence), "two that contradict each other");
    evidence.history = vec![at(ago(200 * DAY_MS)), at(ago(200 * DAY_MS))];
    assert!(stale(&evidence), "twice the same");
}

fn snapshot() -> impl Strategy<Value = Snapshot> {
    let id = prop::option::of(prop::sample::select(vec!["1", "2", "20261101T0800", "\u{202e}\n<b>", ""]));
    let mode = prop::option::of(prop::sample::select(vec!["enforce", "testing", "none", "Enforce", "\u{fc}"]));
    let names = || {
        let name =
            prop::sample::select(vec!["mx1.mail-host.net", "mx2.mail-host.net", "*.mail-host.net", "*", "\u{fc}."]);
        prop::collection::vec(name.prop_map(str::to_owned), 0..4)
    };
    let max_age = prop::option::of(prop::sample::select(vec![0, 1, 86_400, 2_592_000, u32::MAX]));
    let hash = prop::option::of(prop::sample::select(vec!["e3847b9fd3287f7a", "0", ""]));
    // Days before the check, some after it, and few enough that some are of the same moment.
    (-3i64..120, any::<(bool, bool)>(), id, mode, max_age, names(), hash, names()).prop_map(
        |(days, (has_record, has_policy), id, mode, max_age, mx, hash, mx_hosts)| Snapshot {
            time: ago(days * DAY_MS),
            has_record,
            id: id.map(str::to_owned),
            has_policy,
            mode: mode.map(str::to_owned),
            max_age,
            mx,
            policy_hash: hash.map(str::to_owned),
            mx_hosts,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_order_of_snapshots_changes_nothing(
        history in prop::collection::vec(snapshot(), 0..130).prop_shuffle(),
        world in 0..5usize,
    ) {
        let mut evidence = Evidence { history, ..worlds()[world].check() };
        let expected = judge(&evidence);
        evidence.history.reverse();
        prop_assert_eq!(&judge(&evidence), &expected);
        evidence.history.sort_by_key(|snapshot| snapshot.time);
        prop_assert_eq!(&judge(&evidence), &expected);
        // Nothing of the past changes what is true now, or is said twice.
        let alone = judge(&Evidence { history: Vec::new(), ..evidence });
        prop_assert_eq!((alone.verdict, &alone.headline, &alone.snapshot), (expected.verdict, &expected.headline, &expected.snapshot));
        let said = changes(&expected);
        let mut rules: Vec<&str> = said.iter().map(|finding| finding.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        prop_assert_eq!(rules.len(), said.len());
        for finding in said {
            let detail = finding.detail.as_deref().unwrap_or_default();
            prop_assert!(detail.len() < 2000 && !detail.contains('\n'), "{}", detail);
        }
    }
}

fn worlds() -> [World; 5] {
    let testing = ENFORCE.replace("enforce", "testing");
    [
        protected(),
        protected().policy(&testing),
        protected().policy("version: STSv1\nmode: none\nmax_age: 86400\n").without_tls_rpt(),
        protected().without_announce().without_host(),
        protected().fetch_fails(Cause::Timeout),
    ]
}
