//! What a check says of texts that are not published yet.

use mta_sts_core::evaluate;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::evidence::proposed::ProposedTexts;
use mta_sts_core::report::Verdict;
use mta_sts_core::scenario::{ENFORCE, World};

const RECORD: &str = "v=STSv1; id=20261125T1200;";

fn verdict(evidence: &Evidence) -> Verdict {
    evaluate(evidence, evidence.checked_at).verdict
}

#[test]
fn a_change_is_judged_as_if_it_were_published() {
    let broken = World::protected("shop.com.au").policy("mode: enforce\n").announce("v=STSv1; id=a-b;").check();
    assert_eq!(verdict(&broken), Verdict::Broken);
    let half = ProposedTexts { policy: Some(ENFORCE), ..ProposedTexts::default() };
    assert_eq!(verdict(&broken.clone().with(&half)), Verdict::Broken, "the record is still wrong");
    let whole = ProposedTexts { policy: Some(ENFORCE), record: Some(RECORD), tlsrpt: None };
    assert_eq!(verdict(&broken.clone().with(&whole)), Verdict::Enforced);
    let other = ENFORCE.replace("mx1.mail-host.net", "mx1.other.net");
    let narrow = ProposedTexts { policy: Some(&other), ..whole };
    assert_eq!(verdict(&broken.with(&narrow)), Verdict::AtRisk, "it is compared with the live MX");
}

#[test]
fn a_record_takes_the_place_of_what_was_there_and_of_a_bogus_answer() {
    let world = World::protected("shop.com.au").also_announce("v=STSv1; id=2;").tls_rpt("v=TLSRPTv2;");
    let change =
        ProposedTexts { record: Some(RECORD), tlsrpt: Some("v=TLSRPTv1; rua=mailto:r@shop.com.au"), policy: None };
    let evidence = world.check().with(&change);
    let report = evaluate(&evidence, evidence.checked_at);
    assert_eq!(report.record.as_ref().map(|record| record.raw.as_str()), Some(RECORD));
    assert_eq!(report.tlsrpt.map(|record| record.rua.len()), Some(1));
    assert_eq!(report.verdict, Verdict::Enforced);
    let nothing = ProposedTexts::default();
    assert_eq!(world.check().with(&nothing), world.check());
}
