//! Behind an alias (CNAME) a record or a policy file is somebody else's: no step may send anybody to change it there.

use mta_sts_core::evaluate;
use mta_sts_core::evidence::{self, Observation};
use mta_sts_core::lookup::{Lookup, RecordType};
use mta_sts_core::mend::remedy::{Mended, PastePlace, Remedy, ToDo};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::report::{Finding, Fix, Outcome};
use mta_sts_core::rules::step::{Ask, Step, Target};
use mta_sts_core::scenario::{CHECKED_AT, Scenario, World, scenarios};

const RECORD_NAME: &str = "_mta-sts.shop.com.au";
const REPORTS_NAME: &str = "_smtp._tls.shop.com.au";
const HOST: &str = "mta-sts.shop.com.au";

/// What was found and what mends it, each beside the same in words.
fn told(world: &World) -> Vec<(Mended, Finding)> {
    let (evidence, now) = (world.check(), CHECKED_AT.parse().expect("a time"));
    evaluate::mended(&evidence, now).into_iter().zip(evaluate(&evidence, now).findings).collect()
}

/// The rule's own way, with its words: what providers offer stands beside it.
fn own(mended: &Mended, finding: &Finding) -> Option<(Remedy, Fix)> {
    let own = mended.remedies.iter().zip(&finding.fix).find(|(remedy, _)| remedy.offer.is_none())?;
    Some((own.0.clone(), own.1.clone()))
}

fn steps(remedy: &Remedy) -> Vec<Step> {
    remedy.steps.iter().map(|todo| todo.step).collect()
}

/// What is put behind an alias.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Theirs {
    Record,
    Reports,
    File,
    RecordAndFile,
}

impl Theirs {
    /// The record that is somebody else's then.
    fn record(self) -> Option<Txt> {
        match self {
            Self::Record | Self::RecordAndFile => Some(Txt::Announce),
            Self::Reports => Some(Txt::TlsRpt),
            Self::File => None,
        }
    }

    fn has_file(self) -> bool {
        matches!(self, Self::File | Self::RecordAndFile)
    }
}

/// Where the names lead that are aliases, as far as a check of the domain saw that and could believe it.
#[derive(Debug, PartialEq)]
struct Targets {
    announce: Option<String>,
    reports: Option<String>,
    host: Option<String>,
}

impl Targets {
    /// None where the world is about another domain.
    fn of(world: &World) -> Option<Self> {
        let evidence = world.check();
        let believed =
            |seen: &&Observation| matches!(&seen.lookup, Lookup::Dns(question) if !question.checking_disabled);
        let target = |name: &str| {
            let end = |seen: &Observation| match &seen.outcome {
                evidence::Outcome::Answer(answer) if answer.aliases.first()?.name == name => {
                    Some(answer.aliases.last()?.target.clone())
                }
                _ => None,
            };
            evidence.observations.iter().filter(believed).find_map(end)
        };
        let targets = Self { announce: target(RECORD_NAME), reports: target(REPORTS_NAME), host: target(HOST) };
        (evidence.domain.as_str() == "shop.com.au").then_some(targets)
    }

    fn record(&self, txt: Txt) -> Option<&str> {
        match txt {
            Txt::Announce => self.announce.as_deref(),
            Txt::TlsRpt => self.reports.as_deref(),
        }
    }

    /// Whether all is behind an alias that was put there.
    fn has(&self, theirs: Theirs) -> bool {
        let is_theirs = |target: Option<&str>| target.is_some_and(|target| !target.ends_with("shop.com.au"));
        let has_record = theirs.record().is_none_or(|txt| is_theirs(self.record(txt)));
        has_record && (is_theirs(self.host.as_deref()) || !theirs.has_file())
    }
}

/// The same world, with some of it behind aliases for names of `operator`.
fn behind(world: World, theirs: Theirs, operator: &str) -> World {
    let record = |world: World| world.moved(RECORD_NAME, &format!("_mta-sts.{operator}"));
    let file = |world: World| world.moved(HOST, &format!("mta-sts.{operator}"));
    match theirs {
        Theirs::Record => record(world),
        Theirs::Reports => world.moved(REPORTS_NAME, &format!("reports.{operator}")),
        Theirs::File => file(world),
        Theirs::RecordAndFile => file(record(world)),
    }
}

/// Whether a step is one of those that are made for what others operate: it asks them, or takes back what they have.
fn is_for_operators(step: Step) -> bool {
    matches!(
        step,
        Step::AskForRecord(..)
            | Step::AskForFile(_)
            | Step::AskForServer(_)
            | Step::TakeRecord(_)
            | Step::TakeFile
            | Step::TakeFileThenNewId
    )
}

/// What a step changes as if it were the domain's own, where it is not.
fn changes_what_is_theirs(todo: ToDo, sentence: &str, theirs: Theirs, targets: &Targets) -> Option<&'static str> {
    if is_for_operators(todo.step) {
        return None;
    }
    let record = theirs.record();
    let needs_id = todo.step.wants_new_id() || todo.step.puts_record_back();
    match todo.step.target() {
        Target::Record(txt) if record == Some(txt) => Some("their record"),
        Target::File | Target::FileAndId if theirs.has_file() => Some("their file"),
        Target::Server if theirs.has_file() => Some("their server"),
        // Who is to give the new id, the sentence says by the name of their record.
        _ if needs_id && record == Some(Txt::Announce) && !names(sentence, targets.record(Txt::Announce)) => {
            Some("their id")
        }
        _ => None,
    }
}

fn names(sentence: &str, target: Option<&str>) -> bool {
    target.is_some_and(|target| sentence.contains(target))
}

/// What is wrong with whom a way asks, and for what.
fn asks_wrongly(mended: &Mended, (remedy, fix): &(Remedy, Fix), theirs: Theirs, targets: &Targets) -> Option<String> {
    let before = mended.judged.steps();
    let changed = |is: &dyn Fn(Target) -> bool| before.iter().any(|step| is(step.target()));
    let of_record = |txt: Txt| changed(&|changes| changes == Target::Record(txt));
    let of_file = changed(&|changes| matches!(changes, Target::File | Target::FileAndId));
    let of_server = changed(&|changes| changes == Target::Server);
    let puts_back = before.iter().any(|step| step.puts_record_back());
    let ask = mended.judged.rule.ask;
    let mut asks_somebody = false;
    for (todo, sentence) in remedy.steps.iter().zip(&fix.steps) {
        let (is_right, target) = match todo.step {
            Step::AskForRecord(Txt::Announce, Ask::PutRecordBack) => (puts_back, targets.record(Txt::Announce)),
            Step::AskForRecord(txt, asked) => (asked == ask && of_record(txt), targets.record(txt)),
            Step::AskForFile(asked) => (asked == ask && of_file, targets.host.as_deref()),
            Step::AskForServer(asked) => (asked == ask && of_server && !of_file, targets.host.as_deref()),
            _ => continue,
        };
        asks_somebody = true;
        if !is_right || !names(sentence, target) {
            return Some(format!("asks {:?} in {sentence}", todo.step));
        }
    }
    let is_to_ask = theirs.record().is_some_and(of_record)
        || theirs.has_file() && (of_file || of_server)
        || theirs.record() == Some(Txt::Announce) && puts_back;
    (is_to_ask && !asks_somebody).then(|| "asks nobody".to_owned())
}

/// Whether a new record stands where the alias was, which is to be deleted first.
fn stands_beside_the_alias(remedy: &Remedy, theirs: Theirs) -> bool {
    let steps = steps(remedy);
    let adds = |step: &Step| {
        let is_new = |txt| step.target() == Target::NewRecord(txt);
        !is_for_operators(*step) && theirs.record().is_some_and(is_new)
    };
    let deletes = |step: &Step| theirs.record().is_some_and(|txt| *step == Step::DeleteAliasFirst(txt));
    let added = steps.iter().position(adds);
    added.is_some_and(|added| !steps[..added].iter().any(deletes))
}

/// The rule about a wildcard's alias, which is nobody's choice for this name: a record of its own takes precedence.
const OF_WILDCARD: &str = "record-wildcard-artefact";

/// What is wrong with a way to mend a finding.
fn faults(mended: &Mended, way: &(Remedy, Fix), theirs: Theirs, targets: &Targets) -> Vec<String> {
    let (remedy, fix) = way;
    let changed = remedy.steps.iter().zip(&fix.steps).filter_map(|(todo, sentence)| {
        let what = changes_what_is_theirs(*todo, sentence, theirs, targets)?;
        Some(format!("changes {what} by {:?}", todo.step))
    });
    let beside = stands_beside_the_alias(remedy, theirs).then(|| "puts a record beside the alias".to_owned());
    changed.chain(asks_wrongly(mended, way, theirs, targets)).chain(beside).collect()
}

#[test]
fn no_step_changes_what_is_behind_an_alias() {
    let (mut asked, mut wrong) = (0, Vec::new());
    let whose = [Theirs::Record, Theirs::Reports, Theirs::File, Theirs::RecordAndFile];
    for (theirs, operator) in
        whose.into_iter().flat_map(|theirs| [(theirs, "dmarc-service.net"), (theirs, "tutanota.com")])
    {
        for Scenario { name, world, .. } in scenarios() {
            let world = behind(world, theirs, operator);
            // What could not be looked up may be an alias or not, and some scenarios are about another domain.
            let Some(targets) = Targets::of(&world).filter(|targets| targets.has(theirs)) else { continue };
            for (mended, finding) in told(&world).iter().filter(|(mended, _)| mended.judged.outcome == Outcome::Fail) {
                let rule = mended.judged.rule.id;
                let Some(way) = own(mended, finding).filter(|_| rule != OF_WILDCARD) else { continue };
                asked += usize::from(steps(&way.0).into_iter().any(is_for_operators));
                for fault in faults(mended, &way, theirs, &targets) {
                    wrong.push(format!("{name}, {theirs:?} at {operator}: {rule} {fault} in {way:#?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong, as\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n\n"));
    assert!(asked > 100, "{asked}");
}

#[test]
fn no_step_changes_a_record_of_the_domain_s_own_that_has_other_uses() {
    let mut replaced = 0;
    for (txt, name) in [(Txt::Announce, RECORD_NAME), (Txt::TlsRpt, REPORTS_NAME)] {
        for host in ["shop.com.au", "mail.shop.com.au"] {
            for Scenario { name: scenario, world, .. } in scenarios() {
                if world.check().domain.as_str() != "shop.com.au" {
                    continue;
                }
                // An SPF record stands there; the record itself does only at the domain's own name.
                let world = if host == "shop.com.au" {
                    world.moved(name, host)
                } else {
                    world.without(name, RecordType::Txt).alias(name, host)
                };
                for (mended, finding) in told(&world.txt(host, "v=spf1 -all")) {
                    let Some((remedy, _)) = own(&mended, &finding) else { continue };
                    let all = steps(&remedy);
                    let changes = all.iter().find(|step| step.target() == Target::Record(txt));
                    let rule = mended.judged.rule.id;
                    assert!(changes.is_none(), "{scenario}, at {host}: {rule} {changes:?}");
                    replaced += usize::from(all.contains(&Step::DeleteAliasFirst(txt)));
                }
            }
        }
    }
    assert!(replaced > 100, "{replaced}");
}

#[test]
fn whoever_operates_it_is_named_and_what_is_pasted_takes_it_back() {
    let unmatched = behind(
        World::protected("shop.com.au").mx(30, "mx3.other-host.net").address("mx3.other-host.net", "192.0.2.9"),
        Theirs::RecordAndFile,
        "tutanota.com",
    );
    let all = told(&unmatched);
    let (mended, finding) = all.iter().find(|(mended, _)| mended.judged.rule.id == "mx-some-unmatched").expect("named");
    let (remedy, fix) = own(mended, finding).expect("there is something to do");
    let expected = [
        Step::AskForFile(Ask::AllowServer),
        Step::ThenNewIdOfTheirs,
        // What is the domain's own is still said.
        Step::Own(Target::Dns),
        Step::TakeRecord(Txt::Announce),
    ];
    assert_eq!(steps(&remedy), expected);
    let [file, id, _, take] = fix.steps.as_slice() else { panic!("{fix:?}") };
    assert!(names(file, Some("mta-sts.tutanota.com")) && names(file, Some("Tuta")), "{file}");
    assert!(names(id, Some("_mta-sts.tutanota.com")) && names(id, Some("Tuta")), "{id}");
    // Both are taken back: an id of one's own for a file that others change would be wrong before long.
    let hosts: Vec<&str> = take.split([' ', ',', '.']).filter(|word| word.ends_with("mta-sts")).collect();
    assert!(["mta-sts", "_mta-sts"].iter().all(|host| hosts.contains(host)), "{take}");
    assert_eq!(remedy.pasted(PastePlace::TxtValue(Txt::Announce)).collect::<Vec<_>>(), ["v=STSv1; id=20261124T0930;"]);
    assert!(fix.copy.iter().any(|copy| copy.text == "v=STSv1; id=20261124T0930;"), "{fix:?}");
}

#[test]
fn where_all_is_well_nobody_is_asked() {
    for (theirs, operator) in [(Theirs::RecordAndFile, "tutanota.com"), (Theirs::Reports, "service.net")] {
        for (mended, _) in told(&behind(World::protected("shop.com.au"), theirs, operator)) {
            let asked = mended.remedies.iter().flat_map(steps).find(|step| is_for_operators(*step));
            assert_eq!(asked, None, "{theirs:?}: {}", mended.judged.rule.id);
        }
    }
}

#[test]
fn a_record_at_another_name_of_the_domain_is_changed_there() {
    let world =
        World::protected("shop.com.au").announce("v=STSV1; id=1;").moved(RECORD_NAME, "_mta-sts.web.shop.com.au");
    let all = told(&world);
    let (mended, finding) =
        all.iter().find(|(mended, _)| mended.judged.rule.id == "record-version-case").expect("named");
    let (remedy, fix) = own(mended, finding).expect("there is something to do");
    let expected =
        [Step::RecordIsAtOwnName(Txt::Announce), Step::EditRecord(Txt::Announce), Step::ReplaceValue(Txt::Announce)];
    assert_eq!((steps(&remedy).as_slice(), remedy.at_own_name), (&expected[..], Some(Txt::Announce)));
    let [at, edit, _] = fix.steps.as_slice() else { panic!("{fix:?}") };
    assert!(names(at, Some("_mta-sts.web")) && names(edit, Some("_mta-sts.web")), "{fix:?}");
}
