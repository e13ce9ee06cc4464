//! Behind an alias (CNAME) a record or a policy file is somebody else's: no step may send anybody to change it there.

use mta_sts_core::evaluate;
use mta_sts_core::evidence::{self, Observation};
use mta_sts_core::lookup::Lookup;
use mta_sts_core::report::{Finding, Outcome, Report};
use mta_sts_core::scenario::{CHECKED_AT, Scenario, World, scenarios};

const RECORD_NAME: &str = "_mta-sts.shop.com.au";
const REPORTS_NAME: &str = "_smtp._tls.shop.com.au";
const HOST: &str = "mta-sts.shop.com.au";

fn report(world: &World) -> Report {
    evaluate(&world.check(), CHECKED_AT.parse().expect("a time"))
}

fn steps(finding: &Finding) -> String {
    finding.fix.first().map(|fix| fix.steps.join("\n")).unwrap_or_default()
}

/// What is put behind an alias.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kept {
    Record,
    Reports,
    File,
    RecordAndFile,
}

impl Kept {
    /// The names that are aliases then.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Record => &[RECORD_NAME],
            Self::Reports => &[REPORTS_NAME],
            Self::File => &[HOST],
            Self::RecordAndFile => &[RECORD_NAME, HOST],
        }
    }
}

/// Whether a check of the domain saw that a name is an alias, and could believe it.
fn is_alias(world: &World, name: &str) -> bool {
    let evidence = world.check();
    let at_name = |observation: &Observation| match &observation.outcome {
        evidence::Outcome::Answer(answer) => answer.aliases.iter().any(|alias| alias.name == name),
        _ => false,
    };
    let believed = |lookup: &Lookup| matches!(lookup, Lookup::Dns(question) if !question.checking_disabled);
    let seen = evidence.observations.iter().any(|seen| believed(&seen.lookup) && at_name(seen));
    seen && evidence.domain.as_str() == "shop.com.au"
}

/// The same world, with some of it behind aliases for names of `keeper`.
fn behind(world: World, kept: Kept, keeper: &str) -> World {
    let record = |world: World| world.moved(RECORD_NAME, &format!("_mta-sts.{keeper}"));
    let file = |world: World| world.moved(HOST, &format!("mta-sts.{keeper}"));
    match kept {
        Kept::Record => record(world),
        Kept::Reports => world.moved(REPORTS_NAME, &format!("reports.{keeper}")),
        Kept::File => file(world),
        Kept::RecordAndFile => file(record(world)),
    }
}

/// Orders to change the announce record, the TLS-RPT record and the policy file as if they were the domain's own.
const RECORD: &[&str] = &[
    "TXT record with the host _mta-sts.",
    "TXT record with the host _mta-sts and",
    "TXT records with the host _mta-sts",
    "change the record of _mta-sts",
    "give the _mta-sts record",
    "give the record a new id",
    "change the id",
];
const REPORTS: &[&str] =
    &["TXT record with the host _smtp._tls", "TXT records with the host _smtp._tls", "change the record of _smtp._tls"];
const FILE: &[&str] = &[
    "in the policy file",
    "to the policy file",
    "Edit the policy file",
    "Save the file",
    "in the file",
    "Delete the",
    "Write the",
    "Set the content type",
    "Upload",
    "Put the file",
    "web host, switch",
    "web server's",
    "Change its mode",
    "certificate",
];

/// Rules about the alias itself, or about what leads there.
const OF_ALIASES: &[&str] = &[
    "record-cname-dangling",
    "tlsrpt-cname-dangling",
    "policy-host-cname-dangling",
    "policy-host-takeover-risk",
    "delegation-partial",
    "delegation-policy-not-for-mx",
    "delegation-cert-provider-name",
];

#[test]
fn no_step_changes_what_is_behind_an_alias() {
    let mut wrong = Vec::new();
    let mut asked = 0;
    for keeper in ["dmarc-service.net", "tutanota.com"] {
        for kept in [Kept::Record, Kept::Reports, Kept::File, Kept::RecordAndFile] {
            for Scenario { name, world, .. } in scenarios() {
                let world = behind(world, kept, keeper);
                // What could not be looked up may be an alias or not, and some scenarios are about another domain.
                let seen: Vec<&str> = kept.names().iter().copied().filter(|name| is_alias(&world, name)).collect();
                if seen.len() != kept.names().len() {
                    continue;
                }
                let report = report(&world);
                for finding in report.findings.iter().filter(|finding| finding.outcome == Outcome::Fail) {
                    let other = OF_ALIASES.contains(&finding.rule.as_str()) || finding.rule.starts_with("dane-");
                    if other || finding.fix.is_empty() {
                        continue;
                    }
                    let told = steps(finding);
                    // To keep it oneself is always said as the other way.
                    let told: Vec<&str> = told.lines().filter(|step| !step.starts_with("Or ")).collect();
                    let told = told.join("\n");
                    asked += usize::from(told.contains("is an alias (CNAME) for") || told.contains(": ask"));
                    let forbidden = match kept {
                        Kept::Record => RECORD.to_vec(),
                        Kept::Reports => REPORTS.to_vec(),
                        Kept::File => FILE.to_vec(),
                        Kept::RecordAndFile => [RECORD, FILE].concat(),
                    };
                    // What becomes the record stands where the alias was.
                    let adds = |rule: &str| ["record-wrong-name", "record-doubled-domain"].contains(&rule);
                    if matches!(kept, Kept::Record) && adds(&finding.rule) && !told.contains("delete the CNAME record")
                    {
                        wrong.push(format!("{name}: {}: beside the alias in {told}", finding.rule));
                    }
                    if let Some(order) = forbidden.iter().find(|order| told.contains(**order)) {
                        wrong.push(format!("{name}, {kept:?} at {keeper}: {}: “{order}” in {told}", finding.rule));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong, as\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n\n"));
    assert!(asked > 100, "{asked}");
}

#[test]
fn whoever_keeps_it_is_named_and_what_is_pasted_takes_it_back() {
    let report_of = |kept, keeper| report(&behind(World::protected("shop.com.au"), kept, keeper));
    let unmatched =
        behind(World::protected("shop.com.au").mx(30, "mx3.other-host.net"), Kept::RecordAndFile, "tutanota.com");
    let report_of_unmatched = report(&unmatched);
    let finding =
        report_of_unmatched.findings.iter().find(|finding| finding.rule == "mx-some-unmatched").expect("named");
    let told = steps(finding);
    assert!(
        told.contains("mta-sts is an alias (CNAME) for mta-sts.tutanota.com, so only Tuta can change the policy file"),
        "{told}"
    );
    assert!(told.contains("ask Tuta to give the record at _mta-sts.tutanota.com a new id"), "{told}");
    assert!(told.contains("remove it from the domain's MX records"), "what is the domain's own is still said: {told}");
    assert!(told.contains("Or keep both the policy file and the record yourself."), "{told}");
    let value =
        finding.fix[0].copy.iter().find(|copy| copy.label == "Value of the TXT record").expect("a record to keep");
    assert_eq!(value.text, "v=STSv1; id=20261124T0930;");
    // Where all is well, nothing is to be asked.
    let asked = |report: &Report| report.findings.iter().any(|finding| steps(finding).contains("ask them"));
    assert!(
        !asked(&report_of(Kept::RecordAndFile, "tutanota.com")) && !asked(&report_of(Kept::Reports, "service.net"))
    );
}

#[test]
fn a_record_at_another_name_of_the_domain_is_changed_there() {
    let world =
        World::protected("shop.com.au").announce("v=STSV1; id=1;").moved(RECORD_NAME, "_mta-sts.web.shop.com.au");
    let report = report(&world);
    let finding = report.findings.iter().find(|finding| finding.rule == "record-version-case").expect("named");
    let told = steps(finding);
    assert!(told.contains("edit the TXT record with the host _mta-sts.web."), "{told}");
    assert!(!told.contains("ask"), "{told}");
}
