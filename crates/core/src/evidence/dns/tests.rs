//! Messages as resolvers send them, and as nobody should.

use domain::base::iana::{ExtendedErrorCode, OptRcode, OptionCode};
use domain::base::message_builder::AnswerBuilder;
use domain::base::{StaticCompressor, Ttl as WireTtl};
use domain::rdata::Soa;

use super::*;

type Builder = AnswerBuilder<StaticCompressor<Vec<u8>>>;

const ANNOUNCE: &str = "_mta-sts.example.com";

fn name(text: &str) -> Name<Vec<u8>> {
    Name::from_str(text).expect("a name")
}

fn announce_question() -> Question {
    Question::new(ANNOUNCE, RecordType::Txt)
}

/// An answer to `question` with the records that `fill` pushes, and nothing after them.
fn answer_to(question: &Question, fill: impl FnOnce(&mut Builder)) -> Builder {
    let mut message = MessageBuilder::from_target(StaticCompressor::new(Vec::new())).expect("space");
    message.header_mut().set_qr(true);
    message.header_mut().set_rd(true);
    message.header_mut().set_ra(true);
    let mut message = message.question();
    message.push((name(&question.name), rtype(question.rtype))).expect("space");
    let mut message = message.answer();
    fill(&mut message);
    message
}

fn bytes(message: Builder) -> Vec<u8> {
    message.finish().into_target()
}

fn cname(message: &mut Builder, owner: &str, ttl: u32, target: &str) {
    message.push((name(owner), Class::IN, WireTtl::from_secs(ttl), Cname::new(name(target)))).expect("space");
}

fn txt(message: &mut Builder, owner: &str, ttl: u32, text: &[u8]) {
    let data = Txt::<Vec<u8>>::build_from_slice(text).expect("text");
    message.push((name(owner), Class::IN, WireTtl::from_secs(ttl), data)).expect("space");
}

fn decode(message: Builder) -> Result<Answer, DnsError> {
    decode_answer(&bytes(message), &announce_question())
}

fn alias(name: &str, target: &str) -> Alias {
    Alias { name: name.to_owned(), target: target.to_owned() }
}

fn txt_record(strings: &[&str]) -> Record {
    Record::Txt(strings.iter().map(|string| Octets::from(*string)).collect())
}

/// A TXT answer behind a CNAME, signed, with an extended error: a message with something of everything.
fn rich_answer() -> Vec<u8> {
    let mut message = answer_to(&announce_question(), |message| {
        txt(message, "sts.provider.net", 300, b"v=STSv1; id=1;");
        cname(message, ANNOUNCE, 3600, "STS.Provider.net");
        let rrsig = UnknownRecordData::from_octets(Rtype::RRSIG, vec![0; 40]).expect("short");
        message.push((name("sts.provider.net"), Class::IN, WireTtl::from_secs(1), rrsig)).expect("space");
    });
    message.header_mut().set_ad(true);
    let mut message = message.additional();
    message
        .opt(|opt| {
            opt.set_dnssec_ok(true);
            opt.push(
                &ExtendedErrorOption::<Vec<u8>>::new_with_str(ExtendedErrorCode::STALE_ANSWER, "old").expect("short"),
            )
        })
        .expect("space");
    message.finish().into_target()
}

#[test]
fn a_query_is_what_a_resolver_expects() {
    let mut expected = b"\0\0\x01\0\0\x01\0\0\0\0\0\x01\x08_mta-sts\x07example\x03com\0\0\x10\0\x01".to_vec();
    expected.extend(b"\0\0\x29\x04\xd0\0\0\x80\0\0\0");
    assert_eq!(encode_query(&announce_question()), Ok(expected.clone()));
    expected[3] = 0x10;
    assert_eq!(encode_query(&announce_question().unchecked()), Ok(expected), "CD is set");

    let long_label = format!("{}.com", "a".repeat(64));
    let long_name = ["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(63)].join(".");
    for bad in ["", "a..b", "ü.com", &long_label, &long_name] {
        assert_eq!(encode_query(&Question::new(bad, RecordType::A)), Err(DnsError::Name), "{bad}");
    }
}

#[test]
fn a_chain_is_followed_whatever_the_order_and_other_records_are_passed_over() {
    assert_eq!(
        decode_answer(&rich_answer(), &announce_question()),
        Ok(Answer {
            rcode: Rcode::NO_ERROR,
            authentic: true,
            aliases: vec![alias(ANNOUNCE, "sts.provider.net")],
            records: vec![txt_record(&["v=STSv1; id=1;"])],
            ttl: 300,
            zone: None,
            extended_errors: vec![ExtendedError { code: 3, text: "old".to_owned() }],
        })
    );
    let answer = decode(answer_to(&announce_question(), |message| {
        cname(message, "b.net", 60, "c.net");
        txt(message, "b.net", 5, b"in the middle of the chain");
        txt(message, "x.net", 5, b"of somebody else");
        cname(message, "x.net", 5, "y.net");
        txt(message, "C.net", 600, b"at its end");
        let chaos = Txt::<Vec<u8>>::build_from_slice(b"another class").expect("text");
        message.push((name("c.net"), Class::CH, WireTtl::from_secs(5), chaos)).expect("space");
        cname(message, "_MTA-STS.example.com", 90, "b.net");
    }));
    let answer = answer.expect("an answer");
    assert_eq!(answer.aliases, [alias(ANNOUNCE, "b.net"), alias("b.net", "c.net")]);
    assert_eq!((answer.records, answer.ttl), (vec![txt_record(&["at its end"])], 60));
}

#[test]
fn an_answer_about_another_name_alone_is_no_answer() {
    let question = announce_question();
    let foreign = |fill: &dyn Fn(&mut Builder)| decode(answer_to(&question, |message| fill(message)));
    let other = |message: &mut Builder| txt(message, "_mta-sts.other.com", 60, b"v=STSv1; id=1;");
    assert_eq!(foreign(&other), Err(DnsError::Foreign));
    assert_eq!(foreign(&|message| cname(message, "_mta-sts.other.com", 60, "x.example.net")), Err(DnsError::Foreign));
    let behind_alias = |message: &mut Builder| {
        cname(message, &question.name, 60, "x.example.net");
        other(message);
    };
    assert_eq!(foreign(&behind_alias), Err(DnsError::Foreign));
    // Beside the right one it is passed over, and an alias that leads to nothing says so.
    let both = |message: &mut Builder| {
        other(message);
        txt(message, &question.name, 60, b"x");
    };
    assert_eq!(foreign(&both).map(|answer| answer.records.len()), Ok(1));
    assert_eq!(
        foreign(&|message| cname(message, &question.name, 60, "x.example.net")).map(|answer| answer.records),
        Ok(vec![])
    );
    assert_eq!(foreign(&|_| {}).map(|answer| answer.records), Ok(vec![]));
}

#[test]
fn an_answer_without_records_tells_its_zone() {
    let soa = || {
        let (server, mailbox) = (name("ns.provider.net"), name("hostmaster.provider.net"));
        let second = WireTtl::from_secs(1);
        Soa::new(server, mailbox, 1.into(), second, second, second, second)
    };
    let with_soa = |message: Builder, owner: &str| {
        let mut message = message.authority();
        let ds = UnknownRecordData::from_octets(Rtype::DS, vec![0; 8]).expect("short");
        message.push((name("other.com"), Class::IN, WireTtl::from_secs(60), ds)).expect("space");
        message.push((name(owner), Class::IN, WireTtl::from_secs(60), soa())).expect("space");
        decode_answer(&message.finish().into_target(), &announce_question()).expect("an answer").zone
    };
    let nothing = || answer_to(&announce_question(), |_| ());
    assert_eq!(with_soa(nothing(), "Example.COM").as_deref(), Some("example.com"));
    assert_eq!(with_soa(nothing(), ".").as_deref(), Some(""));
    assert_eq!(decode(nothing()).expect("an answer").zone, None);
    let with_record = answer_to(&announce_question(), |message| txt(message, ANNOUNCE, 60, b"v=STSv1; id=1;"));
    assert_eq!(with_soa(with_record, "example.com"), None);
}

#[test]
fn a_chain_without_end_has_no_records() {
    let answer = decode(answer_to(&announce_question(), |message| {
        cname(message, ANNOUNCE, 60, "b.net");
        cname(message, "b.net", 60, ANNOUNCE);
        txt(message, ANNOUNCE, 60, b"v=STSv1; id=1;");
    }));
    let answer = answer.expect("an answer");
    assert_eq!(answer.aliases, [alias(ANNOUNCE, "b.net"), alias("b.net", ANNOUNCE)]);
    assert!(answer.records.is_empty());

    let answer = decode(answer_to(&announce_question(), |message| cname(message, ANNOUNCE, 60, ANNOUNCE)));
    assert_eq!(answer.expect("an answer").aliases, [alias(ANNOUNCE, ANNOUNCE)]);

    let answer = decode(answer_to(&announce_question(), |message| {
        cname(message, ANNOUNCE, 60, "n0.net");
        (0..40).for_each(|n| cname(message, &format!("n{n}.net"), 60, &format!("n{}.net", n + 1)));
    }));
    assert_eq!(answer.expect("an answer").aliases.len(), ALIAS_LIMIT);
}

#[test]
fn absence_and_refusal_are_answers() {
    for rcode in [Rcode::NO_ERROR, Rcode::NAME_ERROR, Rcode::SERVER_FAILURE, Rcode::REFUSED] {
        let mut message = answer_to(&announce_question(), |_| ());
        let code = u8::try_from(rcode.0).expect("four bits");
        message.header_mut().set_rcode(domain::base::iana::Rcode::checked_from_int(code).expect("four bits"));
        assert_eq!(decode(message), Ok(Answer { rcode, ..Answer::default() }), "{rcode}");
    }
}

#[test]
fn extended_errors_and_codes_are_read() {
    let message = answer_to(&announce_question(), |_| ());
    let mut message = message.additional();
    message
        .opt(|opt| {
            opt.set_rcode(OptRcode::BADVERS);
            opt.push_raw_option(OptionCode::COOKIE, 8, |target| {
                domain::dep::octseq::OctetsBuilder::append_slice(target, &[7; 8])
            })?;
            for (code, text) in [(6, &b"signature expired\0"[..]), (9, b""), (65_000, b"\xff")] {
                let length = u16::try_from(text.len() + 2).expect("short");
                opt.push_raw_option(OptionCode::EXTENDED_ERROR, length, |target| {
                    domain::dep::octseq::OctetsBuilder::append_slice(target, &u16::to_be_bytes(code))?;
                    domain::dep::octseq::OctetsBuilder::append_slice(target, text)
                })?;
            }
            Ok(())
        })
        .expect("space");
    let answer = decode_answer(&message.finish().into_target(), &announce_question()).expect("an answer");
    assert_eq!(answer.rcode, Rcode(16));
    let errors: Vec<_> = answer.extended_errors.iter().map(|error| (error.code, error.text.as_str())).collect();
    assert_eq!(errors, [(6, "signature expired"), (9, ""), (65_000, "\u{fffd}")]);
}

#[test]
fn every_type_is_read() {
    let question = |rtype| Question::new("example.com", rtype);
    let ttl = WireTtl::from_secs(60);
    let owner = || name("example.com");

    let message = answer_to(&question(RecordType::A), |message| {
        message.push((owner(), Class::IN, ttl, A::from_octets(192, 0, 2, 1))).expect("space");
    });
    let answer = decode_answer(&bytes(message), &question(RecordType::A)).expect("an answer");
    assert_eq!(answer.records, [Record::A([192, 0, 2, 1].into())]);

    let message = answer_to(&question(RecordType::Aaaa), |message| {
        let address = "2001:db8::1".parse().expect("an address");
        message.push((owner(), Class::IN, ttl, Aaaa::new(address))).expect("space");
    });
    let answer = decode_answer(&bytes(message), &question(RecordType::Aaaa)).expect("an answer");
    assert_eq!(answer.records, [Record::Aaaa("2001:db8::1".parse().expect("an address"))]);

    let message = answer_to(&question(RecordType::Mx), |message| {
        message.push((owner(), Class::IN, ttl, Mx::new(10, name("MX1.Example.com")))).expect("space");
        message.push((owner(), Class::IN, ttl, Mx::new(0, Name::root_vec()))).expect("space");
    });
    let answer = decode_answer(&bytes(message), &question(RecordType::Mx)).expect("an answer");
    let mx = |preference, exchange: &str| Record::Mx { preference, exchange: exchange.to_owned() };
    assert_eq!(answer.records, [mx(10, "mx1.example.com"), mx(0, "")]);

    let message = answer_to(&question(RecordType::Ns), |message| {
        message.push((owner(), Class::IN, ttl, Ns::new(name("ns1.example.net")))).expect("space");
    });
    let answer = decode_answer(&bytes(message), &question(RecordType::Ns)).expect("an answer");
    assert_eq!(answer.records, [Record::Ns("ns1.example.net".to_owned())]);
}

#[test]
fn text_is_kept_string_by_string_and_byte_by_byte() {
    let answer = decode(answer_to(&announce_question(), |message| {
        let data = Txt::from_octets(b"\x08v=STSv1;\0\x02\xff\0".to_vec()).expect("text");
        message.push((name(ANNOUNCE), Class::IN, WireTtl::from_secs(60), data)).expect("space");
    }));
    let strings = vec!["v=STSv1;".into(), "".into(), Octets(vec![0xff, 0])];
    assert_eq!(answer.expect("an answer").records, [Record::Txt(strings)]);

    // The largest that fits: 64 kilobytes in one record. In more of them than are read, something that matters could be missed.
    let long = vec![b'x'; 65_000];
    let answer = decode(answer_to(&announce_question(), |message| txt(message, ANNOUNCE, 60, &long)));
    let Ok([Record::Txt(strings)]) = answer.as_ref().map(|answer| &answer.records[..]) else {
        panic!("one record: {answer:?}");
    };
    assert_eq!(strings.iter().map(|string| string.0.len()).sum::<usize>(), long.len());

    let of_records = |count| {
        decode(answer_to(&announce_question(), |message| {
            (0..count).for_each(|_| txt(message, ANNOUNCE, 60, b"12345678"));
        }))
    };
    assert_eq!(of_records(RECORD_LIMIT).expect("an answer").records.len(), RECORD_LIMIT);
    for count in [RECORD_LIMIT + 1, 3_000] {
        assert_eq!(of_records(count), Err(DnsError::TooMany), "{count}");
    }
}

#[test]
fn names_stay_distinct_and_are_read_back() {
    for (wire, shown) in [
        (&b"\x03a.b\x03com\0"[..], "a\\046b.com"),
        (b"\x01a\x01b\x03com\0", "a.b.com"),
        (b"\x05a\\\0\xff \x03com\0", "a\\092\\000\\255\\032.com"),
        (b"\x01*\x04_TCP\x02a@\0", "*._tcp.a\\064"),
        (b"\x06{sign}\x06keeper\x07example\0", "{sign}.keeper.example"),
        (b"\0", ""),
    ] {
        let parsed = Name::from_octets(wire.to_vec()).expect("a name");
        assert_eq!(text(&parsed), shown);
        if !shown.is_empty() {
            assert_eq!(name(shown), parsed, "{shown}");
        }
    }
}

#[test]
fn a_high_ttl_counts_as_zero() {
    let answer = decode(answer_to(&announce_question(), |message| txt(message, ANNOUNCE, u32::MAX, b"x")));
    assert_eq!(answer.expect("an answer").ttl, 0);
}

#[test]
fn what_is_not_our_answer_is_refused() {
    let good = rich_answer();
    let question = announce_question();
    let changed = |change: fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        decode_answer(&bytes, &question)
    };
    assert!(changed(|_| ()).is_ok());
    assert_eq!(changed(|bytes| bytes[1] = 7), Err(DnsError::WrongQuestion), "ID");
    assert_eq!(changed(|bytes| bytes[2] &= 0x7f), Err(DnsError::NotAnAnswer), "QR");
    assert_eq!(changed(|bytes| bytes[2] |= 0x10), Err(DnsError::NotAnAnswer), "opcode");
    assert_eq!(changed(|bytes| bytes[2] |= 0x02), Err(DnsError::Truncated), "TC");
    assert_eq!(changed(|bytes| bytes[5] = 0), Err(DnsError::WrongQuestion), "no question");
    assert_eq!(changed(|bytes| bytes[5] = 2), Err(DnsError::WrongQuestion), "two questions");
    assert_eq!(changed(|bytes| bytes[7] += 1), Err(DnsError::Malformed), "a record too few");
    assert_eq!(changed(|bytes| bytes.truncate(12)), Err(DnsError::Malformed), "header alone");
    assert_eq!(changed(Vec::clear), Err(DnsError::Malformed), "nothing");
    assert_eq!(changed(|bytes| *bytes = b"<!doctype html><title>Sign in</title>".to_vec()), Err(DnsError::NotAnAnswer));
    assert_eq!(changed(|bytes| bytes.resize(65_536, 0)), Err(DnsError::Malformed), "too long");

    let other = Question::new("_mta-sts.example.net", RecordType::Txt);
    assert_eq!(decode_answer(&good, &other), Err(DnsError::WrongQuestion), "name");
    let other = Question::new(ANNOUNCE, RecordType::Mx);
    assert_eq!(decode_answer(&good, &other), Err(DnsError::WrongQuestion), "type");
    let upper = Question::new(ANNOUNCE.to_uppercase(), RecordType::Txt);
    assert!(decode_answer(&good, &upper).is_ok(), "case is of no account");
}

#[test]
fn a_compression_pointer_may_not_loop() {
    for pointer in [b"\xc0\x0c", b"\xc0\x0e", b"\xff\xff"] {
        let mut bytes = b"\0\0\x81\x80\0\x01\0\0\0\0\0\0".to_vec();
        bytes.extend(pointer);
        bytes.extend(b"\0\x10\0\x01");
        assert_eq!(decode_answer(&bytes, &announce_question()), Err(DnsError::Malformed), "{pointer:?}");
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let good = rich_answer();
    let question = announce_question();
    for length in 0..good.len() {
        assert!(decode_answer(&good[..length], &question).is_err(), "cut after {length} bytes");
    }
    // Xorshift: the same numbers in every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    for _ in 0..20_000 {
        let mut bytes = good.clone();
        for _ in 0..=random(6) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = u8::try_from(random(256)).expect("a byte"),
                1 => bytes[at] ^= 1 << random(8),
                2 => bytes.insert(at, u8::try_from(random(256)).expect("a byte")),
                _ => drop(bytes.remove(at)),
            }
        }
        let _ = decode_answer(&bytes, &question);
        // The question alone left whole, so that more of them come to the records.
        bytes.splice(..38.min(bytes.len()), good[..38].iter().copied());
        let _ = decode_answer(&bytes, &question);
    }
    for _ in 0..5_000 {
        let length = random(200);
        let noise: Vec<u8> = (0..length).map(|_| u8::try_from(random(256)).expect("a byte")).collect();
        let _ = decode_answer(&noise, &question);
        let _ = decode_answer(&[&good[..38], &noise].concat(), &question);
    }
}

#[test]
fn tlsa_records_are_read_by_their_parts() {
    let question = Question::new("_25._tcp.mx.example.com", RecordType::Tlsa);
    let answer = |rdata: Vec<u8>| {
        let message = answer_to(&question, |message| {
            let data = UnknownRecordData::from_octets(Rtype::TLSA, rdata).expect("short");
            message.push((name(&question.name), Class::IN, WireTtl::from_secs(60), data)).expect("space");
        });
        decode_answer(&bytes(message), &question).map(|answer| answer.records)
    };
    let digest = [7; 32];
    let expected = Record::Tlsa { usage: 3, selector: 1, matching: 1, data: Octets(digest.to_vec()) };
    assert_eq!(answer([&[3, 1, 1][..], &digest].concat()), Ok(vec![expected]));
    assert_eq!(answer(vec![3, 1]), Err(DnsError::Malformed), "three octets at least");
    let empty = Record::Tlsa { usage: 3, selector: 1, matching: 1, data: Octets(Vec::new()) };
    assert_eq!(answer(vec![3, 1, 1]), Ok(vec![empty]));
}
