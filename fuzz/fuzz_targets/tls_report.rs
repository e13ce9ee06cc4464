//! Any bytes as a file of TLS reports, beside a good one: read, summed up, and judged, in either order with one answer.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mta_sts_core::evaluate;
use mta_sts_core::report::Report;
use mta_sts_core::scenario::World;
use mta_sts_core::tls_report::{Question, SESSIONS_LIMIT, Summary, read};
use mta_sts_fuzz::now;

const GOOD: &[u8] = include_bytes!("../seeds/tls_report/google.json");

static CHECK: LazyLock<Report> = LazyLock::new(|| evaluate(&World::protected("shop.com.au").check(), now()));

fuzz_target!(|bytes: &[u8]| {
    let alone = Question { domain: None, check: None, now: now() };
    let checked = Question { check: Some(&CHECK), ..alone };
    for question in [alone, checked] {
        let one = read([("a.json", bytes), ("b.json", GOOD)], &question);
        let other = read([("b.json", GOOD), ("a.json", bytes)], &question);
        for sum in [&one, &other] {
            assert!(sum.successful <= SESSIONS_LIMIT && sum.failed <= SESSIONS_LIMIT);
            assert!(sum.files.iter().all(|file| file.reports > 0 || file.error.is_some()));
            assert!(!sum.safe_to_enforce.reasons.is_empty());
            serde_json::to_vec(sum).expect("a summary is JSON");
        }
        assert_eq!(without_files(one), without_files(other));
    }
});

fn without_files(summary: Summary) -> Summary {
    Summary { files: Vec::new(), ..summary }
}
