//! The two ends of the look: the ClientHello, and what the server answers to it in the clear.

use super::certificate;
use crate::evidence::{Certificate, Handshake};
use crate::name::DomainName;

/// More than any chain needs; what is longer is not read.
const FLIGHT_LIMIT: usize = 64 * 1024;
/// Certificates that are kept.
const CHAIN_LIMIT: usize = 6;

/// Record types (RFC 5246 §6.2.1).
const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;
/// Handshake types (RFC 5246 §7.4).
const SERVER_HELLO: u8 = 2;
const CERTIFICATE: u8 = 11;

/// A ClientHello of TLS 1.2 for a host: every usual cipher suite, so that the server finds one and goes on to its
/// certificate. The connection ends there, so the random bytes need not be random.
pub fn client_hello(host: &DomainName) -> Vec<u8> {
    // ECDHE and RSA with AES-GCM, ChaCha20 and AES-CBC; and the signal that renegotiation is not meant (RFC 5746).
    const SUITES: [u16; 17] = [
        0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035,
        0x009e, 0x0033, 0x00ff,
    ];
    // x25519, P-256, P-384, P-521.
    const GROUPS: [u16; 4] = [0x001d, 0x0017, 0x0018, 0x0019];
    // ECDSA, RSA-PSS and RSA with SHA-256, SHA-384, SHA-512 and SHA-1.
    const SIGNATURES: [u16; 11] =
        [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0203, 0x0201];
    let name = [&[0][..], &with_length(host.as_str().as_bytes())].concat();
    let extensions = [
        extension(0, &with_length(&name)),                  // server_name (RFC 6066 §3)
        extension(10, &with_length(&numbers(&GROUPS))),     // supported_groups (RFC 8422 §5.1.1)
        extension(11, &[1, 0]),                             // ec_point_formats: uncompressed
        extension(13, &with_length(&numbers(&SIGNATURES))), // signature_algorithms
    ]
    .concat();
    let mut body = vec![3, 3];
    body.extend([0x5a; 32]);
    body.push(0); // no session
    body.extend(with_length(&numbers(&SUITES)));
    body.extend([1, 0]); // no compression
    body.extend(with_length(&extensions));
    let length = u32::try_from(body.len()).unwrap_or_default().to_be_bytes();
    let message = [&[1, length[1], length[2], length[3]][..], &body].concat();
    [&[HANDSHAKE, 3, 1][..], &with_length(&message)].concat()
}

fn numbers(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// Bytes with their number in front, in two bytes.
fn with_length(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or_default();
    [&length.to_be_bytes()[..], bytes].concat()
}

fn extension(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_be_bytes()[..], &with_length(data)].concat()
}

/// What has come from the server so far.
#[derive(Default)]
pub struct ServerFlight {
    bytes: Vec<u8>,
}

impl ServerFlight {
    /// Takes what came. Whether all that there is to see is in, or no more will be read.
    pub fn take(&mut self, bytes: &[u8]) -> bool {
        let room = FLIGHT_LIMIT - self.bytes.len();
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        let seen = self.read();
        self.bytes.len() == FLIGHT_LIMIT || seen.alert.is_some() || !seen.certificates.is_empty()
    }

    /// What was seen; nothing at all where it was not TLS.
    pub fn finish(self) -> Handshake {
        self.read()
    }

    fn read(&self) -> Handshake {
        let mut seen = Handshake::default();
        let mut messages = Vec::new();
        let mut rest = self.bytes.as_slice();
        while let Some((kind, record, after)) = split_record(rest) {
            match kind {
                HANDSHAKE => messages.extend_from_slice(record),
                // Level and description; a warning (unrecognized_name, say) ends nothing.
                ALERT if record.first() == Some(&2) => seen.alert = record.get(1).copied(),
                _ => {}
            }
            rest = after;
        }
        let mut rest = messages.as_slice();
        while let Some((kind, message, after)) = split_message(rest) {
            match kind {
                SERVER_HELLO => {
                    seen.version = message.first_chunk().map(|version| u16::from_be_bytes(*version));
                }
                CERTIFICATE => seen.certificates = certificates(message),
                _ => {}
            }
            rest = after;
        }
        seen
    }
}

/// The first record that is whole: its type, its content, and what follows.
fn split_record(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[kind, 3, _, high, low], rest) = bytes.split_first_chunk()? else { return None };
    let (record, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes([high, low])))?;
    Some((kind, record, rest))
}

/// The first handshake message that is whole: its type, its body, and what follows.
fn split_message(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&kind, rest) = bytes.split_first()?;
    let (message, rest) = split_vector(rest)?;
    Some((kind, message, rest))
}

/// Bytes behind their number in three bytes, and what follows.
fn split_vector(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[a, b, c], rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(u32::from_be_bytes([0, a, b, c]) as usize)
}

/// The certificates of a Certificate message (RFC 5246 §7.4.2); what cannot be read is left out.
fn certificates(message: &[u8]) -> Vec<Certificate> {
    let Some((mut list, _)) = split_vector(message) else { return Vec::new() };
    let mut found = Vec::new();
    while let (Some((der, rest)), true) = (split_vector(list), found.len() < CHAIN_LIMIT) {
        found.extend(certificate::read(der));
        list = rest;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A handshake message in a record of its own.
    fn record(kind: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        let message = [&[kind, length[1], length[2], length[3]][..], body].concat();
        [&[HANDSHAKE, 3, 3][..], &with_length(&message)].concat()
    }

    fn vector(bytes: &[u8]) -> Vec<u8> {
        [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[1..], bytes].concat()
    }

    fn flight() -> Vec<u8> {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec!["mta-sts.shop.com".to_owned()]).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, "shop");
        let der = params.self_signed(&key).unwrap().der().to_vec();
        [record(SERVER_HELLO, &[3, 3, 0]), record(CERTIFICATE, &vector(&vector(&der)))].concat()
    }

    #[test]
    fn a_certificate_is_read_however_its_bytes_arrive() {
        let bytes = flight();
        for size in [1, 7, 100, bytes.len()] {
            let mut flight = ServerFlight::default();
            let done = bytes.chunks(size).map(|chunk| flight.take(chunk)).filter(|done| *done).count();
            assert_eq!(done, 1, "all is in with the last byte, and not before");
            let seen = flight.finish();
            assert_eq!((seen.version, seen.alert), (Some(0x0303), None));
            assert_eq!(seen.certificates[0].names, ["mta-sts.shop.com"]);
            assert_eq!(seen.certificates[0].common_name.as_deref(), Some("shop"));
            assert!(seen.certificates[0].self_issued);
        }
    }

    #[test]
    fn an_alert_ends_it_and_a_warning_does_not() {
        let mut flight = ServerFlight::default();
        assert!(!flight.take(&[ALERT, 3, 3, 0, 2, 1, 112]));
        assert!(flight.take(&[ALERT, 3, 3, 0, 2, 2, 40]));
        assert_eq!(flight.finish().alert, Some(40));
    }

    #[test]
    fn nothing_that_a_server_sends_makes_it_panic_or_go_on_for_ever() {
        let bytes = flight();
        for at in 0..bytes.len() {
            for flip in [1, 0x80, 0xff] {
                let mut broken = bytes.clone();
                broken[at] ^= flip;
                let mut flight = ServerFlight::default();
                flight.take(&broken);
                flight.finish();
            }
            let mut cut = ServerFlight::default();
            assert!(!cut.take(&bytes[..at]), "cut at {at}");
        }
        let mut flight = ServerFlight::default();
        assert!((0..200).any(|_| flight.take(&[22; 1000])), "64 KiB at most");
    }

    #[test]
    fn a_client_hello_is_one_whole_record_with_the_name() {
        let hello = client_hello(&DomainName::from_ascii("mta-sts.shop.com").unwrap());
        let (kind, record, rest) = split_record(&hello).unwrap();
        assert_eq!((kind, rest.len()), (HANDSHAKE, 0));
        let (kind, _, rest) = split_message(record).unwrap();
        assert_eq!((kind, rest.len()), (1, 0));
        assert!(hello.windows(16).any(|bytes| bytes == b"mta-sts.shop.com"));
    }
}
