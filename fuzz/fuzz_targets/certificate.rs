//! Any bytes as what a server says before encryption, and as a certificate in a flight that is right otherwise.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mta_sts_core::evidence::tls::ServerFlight;

/// Bytes with their number in front, in three bytes (RFC 5246 §4.3).
fn vector(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("inputs are short").to_be_bytes();
    [&length[1..], bytes].concat()
}

/// A record with a message of type Certificate (RFC 5246 §6.2.1, §7.4.2); none where it would be too long for one.
fn flight(certificate: &[u8]) -> Option<Vec<u8>> {
    let message = [&[11][..], &vector(&vector(&vector(certificate)))].concat();
    let length = u16::try_from(message.len()).ok()?.to_be_bytes();
    Some([&[22, 3, 3][..], &length, &message].concat())
}

fuzz_target!(|bytes: &[u8]| {
    for flight in [Some(bytes.to_vec()), flight(bytes)].into_iter().flatten() {
        let mut whole = ServerFlight::default();
        whole.take(&flight);
        let seen = whole.finish();
        // However it is cut up on the way, the same is seen.
        let mut pieces = ServerFlight::default();
        for piece in flight.chunks(7) {
            if pieces.take(piece) {
                break;
            }
        }
        let told = pieces.finish();
        assert_eq!((told.alert, told.version), (seen.alert, seen.version));
        serde_json::to_string(&seen).expect("what was seen is JSON");
    }
});
