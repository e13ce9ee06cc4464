//! What matters here of a certificate (RFC 5280 §4.1), read from its DER a level at a time: nothing nests deeper than this
//! goes.

use der::asn1::AnyRef;
use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};

use crate::evidence::Certificate;
use crate::text::time::Timestamp;

/// Names of one certificate that are kept.
const NAME_LIMIT: usize = 20;
/// Characters of a name that are kept.
const TEXT_LIMIT: usize = 253;

/// Object identifiers, encoded (RFC 5280 §4.1.2.4, §4.2.1.6).
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ORGANIZATION: &[u8] = &[0x55, 4, 10];
const SUBJECT_ALTERNATIVE_NAME: &[u8] = &[0x55, 29, 17];

/// Tags of the context's own (RFC 5280 §4.1, §4.2.1.6).
const VERSION: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(0) };
const EXTENSIONS: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(3) };
const DNS_NAME: Tag = Tag::ContextSpecific { constructed: false, number: TagNumber(2) };

/// Reads a certificate; none where it is not one, or is damaged in a part that is read.
pub(super) fn read(der: &[u8]) -> Option<Certificate> {
    let [signed, algorithm, signature] = *elements(element(der)?, Tag::Sequence)? else { return None };
    content(algorithm, Tag::Sequence)?;
    content(signature, Tag::BitString)?;
    let fields = elements(signed, Tag::Sequence)?;
    let fields = match &*fields {
        [version, rest @ ..] if version.tag() == VERSION => rest,
        all => all,
    };
    let &[serial, algorithm, issuer, validity, subject, key, ref rest @ ..] = fields else { return None };
    content(serial, Tag::Integer)?;
    content(algorithm, Tag::Sequence)?;
    content(key, Tag::Sequence)?;
    let [not_before, not_after] = *elements(validity, Tag::Sequence)? else { return None };
    let (issued_by, issued_to) = (attributes(issuer)?, attributes(subject)?);
    let issuer_names: Vec<String> =
        [ORGANIZATION, COMMON_NAME].into_iter().filter_map(|kind| find(&issued_by, kind)).collect();
    Some(Certificate {
        names: names(rest).unwrap_or_default(),
        common_name: find(&issued_to, COMMON_NAME),
        issuer: issuer_names.join(", "),
        self_issued: issuer == subject,
        not_before: time(not_before)?,
        not_after: time(not_after)?,
    })
}

/// The attributes of a name, each its type and its value: `SEQUENCE OF SET OF SEQUENCE` (RFC 5280 §4.1.2.4).
fn attributes(name: AnyRef<'_>) -> Option<Vec<(&[u8], AnyRef<'_>)>> {
    let mut found = Vec::new();
    for set in elements(name, Tag::Sequence)? {
        for attribute in elements(set, Tag::Set)? {
            let [kind, value] = *elements(attribute, Tag::Sequence)? else { return None };
            found.push((content(kind, Tag::ObjectIdentifier)?, value));
        }
    }
    Some(found)
}

/// The first attribute of a type, where it is a text.
fn find(attributes: &[(&[u8], AnyRef<'_>)], kind: &[u8]) -> Option<String> {
    let (_, value) = attributes.iter().find(|(found, _)| *found == kind)?;
    text(*value).map(|text| clip(&text))
}

/// A string of any of the kinds that a name may have (RFC 5280 §4.1.2.4), the old ones included.
fn text(value: AnyRef<'_>) -> Option<String> {
    let bytes = value.value();
    match value.tag() {
        Tag::Utf8String | Tag::NumericString | Tag::PrintableString | Tag::Ia5String | Tag::VisibleString => {
            std::str::from_utf8(bytes).ok().map(str::to_owned)
        }
        // T.61 by the book, and Latin-1 in use.
        Tag::TeletexString => Some(bytes.iter().copied().map(char::from).collect()),
        Tag::BmpString if bytes.len() % 2 == 0 => {
            let units = bytes.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            char::decode_utf16(units).collect::<Result<_, _>>().ok()
        }
        _ => None,
    }
}

/// The DNS names among the subject's alternative names, the first few.
fn names(fields: &[AnyRef<'_>]) -> Option<Vec<String>> {
    let extensions = fields.iter().find(|field| field.tag() == EXTENSIONS)?;
    for extension in elements(element(extensions.value())?, Tag::Sequence)? {
        // Whether it is critical stands between the two, or nothing.
        let parts = elements(extension, Tag::Sequence)?;
        let (&[kind, value] | &[kind, _, value]) = &*parts else { return None };
        if content(kind, Tag::ObjectIdentifier)? == SUBJECT_ALTERNATIVE_NAME {
            let names = elements(element(content(value, Tag::OctetString)?)?, Tag::Sequence)?;
            let dns_names = names.into_iter().filter_map(|name| std::str::from_utf8(content(name, DNS_NAME)?).ok());
            return Some(dns_names.filter(|name| name.is_ascii()).take(NAME_LIMIT).map(clip).collect());
        }
    }
    None
}

/// A time in UTC, to the second: `YYMMDDhhmmssZ`, or the year in full (RFC 5280 §4.1.2.5).
fn time(value: AnyRef<'_>) -> Option<Timestamp> {
    let text = std::str::from_utf8(value.value()).ok()?;
    let century = match value.tag() {
        Tag::UtcTime if text < "5" => "20",
        Tag::UtcTime => "19",
        Tag::GeneralizedTime => "",
        _ => return None,
    };
    let text = [century, text].concat();
    let part = |from: usize, to: usize| text.get(from..to);
    let date = [part(0, 4)?, "-", part(4, 6)?, "-", part(6, 8)?].concat();
    let time = [part(8, 10)?, ":", part(10, 12)?, ":", part(12, 14)?].concat();
    [&date, "T", &time, text.get(14..)?].concat().parse().ok().filter(|_| text.len() == 15)
}

/// The element that some bytes begin with.
fn element(bytes: &[u8]) -> Option<AnyRef<'_>> {
    AnyRef::decode(&mut SliceReader::new(bytes).ok()?).ok()
}

/// The elements in one of this kind, where it holds whole ones and nothing else.
fn elements(around: AnyRef<'_>, tag: Tag) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(content(around, tag)?).ok()?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(found)
}

/// What is in an element of this kind.
fn content(element: AnyRef<'_>, tag: Tag) -> Option<&[u8]> {
    (element.tag() == tag).then(|| element.value())
}

fn clip(text: &str) -> String {
    text.chars().take(TEXT_LIMIT).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SEQUENCE: u8 = 0x30;
    const SET: u8 = 0x31;
    const OID: u8 = 6;
    const OCTET_STRING: u8 = 4;
    const UTF8: u8 = 12;
    const PRINTABLE: u8 = 19;
    const T61: u8 = 20;
    const UTC_TIME: u8 = 23;
    const GENERALIZED_TIME: u8 = 24;
    const BMP: u8 = 30;

    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap();
        let [high, low] = length.to_be_bytes();
        let head = match length {
            ..0x80 => vec![tag, low],
            0x80..0x100 => vec![tag, 0x81, low],
            0x100.. => vec![tag, 0x82, high, low],
        };
        [&head, content].concat()
    }

    fn name(kind: &[u8], tag: u8, value: &[u8]) -> Vec<u8> {
        tlv(SEQUENCE, &tlv(SET, &tlv(SEQUENCE, &[tlv(OID, kind), tlv(tag, value)].concat())))
    }

    /// The parts of a certificate, in order, so that a test can change one.
    #[derive(Clone)]
    struct Parts {
        version: Vec<u8>,
        serial: Vec<u8>,
        issuer: Vec<u8>,
        validity: Vec<u8>,
        subject: Vec<u8>,
        extensions: Vec<u8>,
    }

    impl Parts {
        fn sound() -> Self {
            Self {
                version: tlv(0xa0, &tlv(2, &[2])),
                serial: tlv(2, &[7]),
                issuer: name(ORGANIZATION, UTF8, b"Authority"),
                validity: validity(UTC_TIME, b"260101000000Z", UTC_TIME, b"270101000000Z"),
                subject: name(COMMON_NAME, PRINTABLE, b"shop"),
                extensions: extensions(SUBJECT_ALTERNATIVE_NAME, &[0x82, 3, b'a', b'.', b'b']),
            }
        }

        fn der(&self) -> Vec<u8> {
            let algorithm = tlv(SEQUENCE, &tlv(OID, &[0x2a, 3]));
            let parts =
                [&self.version, &self.serial, &algorithm, &self.issuer, &self.validity, &self.subject, &algorithm];
            let signed = tlv(SEQUENCE, &[parts.map(Vec::as_slice).concat(), self.extensions.clone()].concat());
            tlv(SEQUENCE, &[signed, algorithm, tlv(3, &[0, 1])].concat())
        }

        fn read(&self) -> Option<Certificate> {
            read(&self.der())
        }
    }

    fn validity(from: u8, not_before: &[u8], to: u8, not_after: &[u8]) -> Vec<u8> {
        tlv(SEQUENCE, &[tlv(from, not_before), tlv(to, not_after)].concat())
    }

    fn extensions(kind: &[u8], names: &[u8]) -> Vec<u8> {
        let value = tlv(OCTET_STRING, &tlv(SEQUENCE, names));
        tlv(0xa3, &tlv(SEQUENCE, &tlv(SEQUENCE, &[tlv(OID, kind), value].concat())))
    }

    fn real() -> Vec<u8> {
        let key = rcgen::KeyPair::generate().unwrap();
        let names = vec!["mta-sts.shop.com".to_owned(), "*.shop.com".to_owned(), "192.0.2.1".to_owned()];
        let mut params = rcgen::CertificateParams::new(names).unwrap();
        params.not_before = rcgen::date_time_ymd(2026, 10, 1);
        params.not_after = rcgen::date_time_ymd(2050, 1, 1);
        params.distinguished_name.push(rcgen::DnType::CommonName, "shop");
        params.distinguished_name.push(rcgen::DnType::OrganizationName, "Läden");
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn a_real_certificate_is_read() {
        let seen = read(&real()).unwrap();
        assert_eq!(seen.names, ["mta-sts.shop.com", "*.shop.com"], "an address is no DNS name");
        assert_eq!((seen.common_name.as_deref(), &*seen.issuer), (Some("shop"), "Läden, shop"));
        assert!(seen.self_issued);
        // By RFC 5280 §4.1.2.5 the one is a UTCTime, the other, from 2050 on, a GeneralizedTime.
        assert_eq!(seen.not_before, "2026-10-01T00:00:00Z".parse().unwrap());
        assert_eq!(seen.not_after, "2050-01-01T00:00:00Z".parse().unwrap());
    }

    #[test]
    fn parts_that_tell_nothing_here_may_be_odd() {
        let sound = Parts::sound();
        let seen = sound.read().unwrap();
        assert_eq!((&*seen.issuer, &*seen.names), ("Authority", &["a.b".to_owned()][..]));
        assert!(!seen.self_issued);
        let negative = Parts { serial: tlv(2, &[0xff]), ..sound.clone() };
        let version_1 = Parts { version: Vec::new(), ..sound.clone() };
        assert_eq!((negative.read().as_ref(), version_1.read().as_ref()), (Some(&seen), Some(&seen)));
        // Far deeper than anything is read: a sequence in a sequence, and so on.
        let deep = (0..2000).fold(Vec::new(), |inside, _| tlv(SEQUENCE, &inside));
        let deep = Parts { extensions: [tlv(0xa1, &deep), sound.extensions.clone()].concat(), ..sound };
        assert_eq!(deep.read(), Some(seen));
    }

    #[test]
    fn names_are_missing_where_the_certificate_has_none_that_can_be_read() {
        let none = [
            Vec::new(),
            extensions(&[0x55, 29, 15], &[0x82, 1, b'a']),
            extensions(SUBJECT_ALTERNATIVE_NAME, &[]),
            extensions(SUBJECT_ALTERNATIVE_NAME, &[0x87, 4, 192, 0, 2, 1]),
            extensions(SUBJECT_ALTERNATIVE_NAME, &[0x82, 1, 0xfc]),
            extensions(SUBJECT_ALTERNATIVE_NAME, &[0x82, 9, b'a']),
            tlv(0xa3, &tlv(SEQUENCE, &tlv(OID, SUBJECT_ALTERNATIVE_NAME))),
        ];
        for extensions in none {
            let seen = Parts { extensions: extensions.clone(), ..Parts::sound() }.read();
            assert_eq!(seen.map(|seen| seen.names), Some(Vec::new()), "{extensions:02x?}");
        }
        let many: Vec<u8> = (b'a'..=b'z').flat_map(|letter| [0x82, 1, letter]).collect();
        let many = Parts { extensions: extensions(SUBJECT_ALTERNATIVE_NAME, &many), ..Parts::sound() };
        assert_eq!(many.read().unwrap().names.len(), NAME_LIMIT);
    }

    #[test]
    fn an_issuer_is_read_in_every_kind_of_string() {
        let strings: &[(u8, &[u8], &str)] = &[
            (UTF8, "Zürich".as_bytes(), "Zürich"),
            (PRINTABLE, b"Plain", "Plain"),
            (22, b"me@shop.com", "me@shop.com"),
            (T61, b"Z\xfcrich", "Zürich"),
            (BMP, b"\0Z\0\xfc\xd8\x3d\xde\0", "Zü😀"),
            // What is not one, is none.
            (UTF8, b"\xff", ""),
            (BMP, b"\0Z\0", ""),
            (BMP, b"\xd8\x3d", ""),
            (OCTET_STRING, b"Z", ""),
        ];
        for &(tag, bytes, text) in strings {
            let issuer = name(ORGANIZATION, tag, bytes);
            assert_eq!(Parts { issuer, ..Parts::sound() }.read().unwrap().issuer, text, "{tag} {bytes:02x?}");
        }
        let long = name(ORGANIZATION, UTF8, "é".repeat(1000).as_bytes());
        assert_eq!(Parts { issuer: long, ..Parts::sound() }.read().unwrap().issuer.chars().count(), TEXT_LIMIT);
    }

    #[test]
    fn times_are_read_in_both_forms_and_no_other() {
        let end = |tag, text: &[u8]| {
            let validity = validity(UTC_TIME, b"700101000000Z", tag, text);
            Parts { validity, ..Parts::sound() }.read().map(|seen| seen.not_after.to_string())
        };
        let times: &[(u8, &[u8], &str)] = &[
            (UTC_TIME, b"491231235959Z", "2049-12-31T23:59:59Z"),
            (UTC_TIME, b"700101000000Z", "1970-01-01T00:00:00Z"),
            (GENERALIZED_TIME, b"20500101000000Z", "2050-01-01T00:00:00Z"),
            // Without an end (RFC 5280 §4.1.2.5).
            (GENERALIZED_TIME, b"99991231235959Z", "9999-12-31T23:59:59Z"),
        ];
        for &(tag, text, time) in times {
            assert_eq!(end(tag, text).as_deref(), Some(time));
        }
        let odd: &[(u8, &[u8])] = &[
            (UTC_TIME, b"2601010000Z"),
            (UTC_TIME, b"260101000000+0100"),
            (UTC_TIME, b"20500101000000Z"),
            (UTC_TIME, b"260230000000Z"),
            (UTC_TIME, b"500101000000Z"),
            (UTC_TIME, b""),
            (UTC_TIME, b"26010100000\xffZ"),
            (GENERALIZED_TIME, b"260101000000Z"),
            (GENERALIZED_TIME, b"20500101000000.5Z"),
            (GENERALIZED_TIME, b"20500101000000"),
            (UTF8, b"260101000000Z"),
        ];
        for &(tag, text) in odd {
            assert_eq!(end(tag, text), None, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn what_is_not_a_certificate_is_none() {
        let der = real();
        for at in 0..der.len() {
            assert_eq!(read(&der[..at]), None, "cut at {at}");
        }
        let not_der: &[&[u8]] = &[
            b"",
            b"-----BEGIN CERTIFICATE-----",
            &[0; 64],
            &[0xff; 64],
            // A length of almost 4 GiB, one of more octets than a number has, and one that is not said, as BER has it.
            &[SEQUENCE, 0x84, 0xff, 0xff, 0xff, 0xff, 0],
            &[SEQUENCE, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[SEQUENCE, 0x80, 0, 0],
            // A tag that goes on and on.
            &[0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ];
        for bytes in not_der {
            assert_eq!(read(bytes), None, "{bytes:02x?}");
        }
        let sound = Parts::sound().der();
        let content = &sound[2..];
        assert_eq!(usize::from(sound[1]), content.len(), "what follows counts on a short length");
        let padded = [&[SEQUENCE, 0x81, sound[1]][..], content].concat();
        let indefinite = [&[SEQUENCE, 0x80][..], content, &[0, 0]].concat();
        assert_eq!((read(&padded), read(&indefinite)), (None, None), "DER has one way to write a length");
        assert_eq!(Parts { serial: Vec::new(), ..Parts::sound() }.read(), None);
    }

    proptest! {
        #[test]
        fn a_damaged_certificate_is_read_within_bounds_or_not_at_all(
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..8),
        ) {
            let mut der = real();
            for (at, byte, how) in changes {
                let at = at.index(der.len());
                match how {
                    0 => der[at] = byte,
                    1 => der.insert(at, byte),
                    2 if der.len() > 1 => { der.remove(at); }
                    _ => der.truncate(at.max(1)),
                }
            }
            if let Some(seen) = read(&der) {
                prop_assert!(seen.names.len() <= NAME_LIMIT);
                let names = seen.names.iter().chain(&seen.common_name);
                prop_assert!(names.into_iter().all(|name| name.chars().count() <= TEXT_LIMIT));
                prop_assert!(seen.issuer.chars().count() <= 2 * TEXT_LIMIT + 2);
            }
        }
    }
}
