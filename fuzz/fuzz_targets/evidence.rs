//! Any JSON as the evidence of a check: judged, rendered as JSON, and advised on, for every goal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mta_sts_core::advice::{Goal, advise};
use mta_sts_core::evaluate;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::report::Report;
use mta_sts_fuzz::now;

fuzz_target!(|json: &[u8]| {
    let Ok(evidence) = serde_json::from_slice::<Evidence>(json) else { return };
    let report = evaluate(&evidence, now());
    let text = serde_json::to_string(&report).expect("a report is JSON");
    assert_eq!(serde_json::from_str::<Report>(&text).expect("and is read back"), report);
    for (goal, to) in [("roll-out", ""), ("removal", ""), ("move", "mx1.mail-host.net,mx2.mail-host.net")] {
        let goal = Goal::parse(Some(goal), Some(to), None).expect("a goal");
        serde_json::to_string(&advise(&evidence, now(), &goal)).expect("advice is JSON");
    }
});
