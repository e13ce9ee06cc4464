//! Any text as an announce record: judged, and corrected to one that is right.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mta_sts_core::lint;
use mta_sts_fuzz::check_correction;

fuzz_target!(|text: &str| {
    check_correction(text.as_bytes(), |text| lint::record(&String::from_utf8_lossy(text)));
});
