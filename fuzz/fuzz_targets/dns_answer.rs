//! Any bytes as the answer of a resolver, to a question of any type.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mta_sts_core::lookup::{Question, RecordType};
use mta_sts_core::decode_answer;
use mta_sts_core::encode_query;

const TYPES: [RecordType; 6] =
    [RecordType::A, RecordType::Aaaa, RecordType::Mx, RecordType::Ns, RecordType::Tlsa, RecordType::Txt];

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    let question = Question::new("shop.com.au", TYPES[usize::from(*first) % TYPES.len()]);
    _ = decode_answer(bytes, &question);
    // What follows the question that was asked is read, and not only compared.
    let mut answer = encode_query(&question).expect("a name");
    answer[2] |= 0x80;
    answer.truncate(HEADER + "\u{4}shop\u{3}com\u{2}au\0".len() + 4);
    let Some((counts, records)) = bytes.split_at_checked(3) else { return };
    answer[7] = counts[0];
    answer[9] = counts[1];
    answer[11] = counts[2];
    answer.extend(records);
    _ = decode_answer(&answer, &question);
});

/// A DNS message's header (RFC 1035 §4.1.1).
const HEADER: usize = 12;
