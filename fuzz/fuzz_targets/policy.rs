//! Any bytes as a policy file: judged, and corrected to a policy that is right.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mta_sts_core::lint;
use mta_sts_fuzz::{check_correction, to_ascii};

fuzz_target!(|body: &[u8]| check_correction(body, |body| lint::policy(body, to_ascii)));
