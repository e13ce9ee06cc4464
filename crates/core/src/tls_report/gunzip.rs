//! Unpacks gzip (RFC 1952), for hosts that cannot do it themselves. What a file unpacks to is counted first and kept
//! only then, so that a bomb costs time and no memory.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_HAS_MORE_INPUT};

/// Why a file was not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GunzipError {
    /// It is damaged or cut off.
    Broken,
    /// It unpacks to more than the limit.
    TooLarge,
}

/// Unpacks all members of a file; what stands behind them is no part of it, as with the tool. At most `limit` bytes.
/// `length` is what was unpacked, of a file that is at fault too.
pub(super) fn gunzip(packed: &[u8], limit: usize, length: &mut usize) -> Result<Vec<u8>, GunzipError> {
    *length = 0;
    members(packed, &mut |bytes| {
        *length += bytes.len();
        *length <= limit
    })?;
    let mut unpacked = Vec::with_capacity(*length);
    members(packed, &mut |bytes| {
        unpacked.extend_from_slice(bytes);
        true
    })?;
    Ok(unpacked)
}

/// Gives what the members hold, piece by piece, until `sink` has had enough.
fn members(packed: &[u8], sink: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), GunzipError> {
    let mut rest = member(packed, sink)?;
    while rest.starts_with(&super::GZIP_MAGIC) {
        rest = member(rest, sink)?;
    }
    Ok(())
}

/// Unpacks one member, and returns what follows it.
fn member<'p>(packed: &'p [u8], sink: &mut dyn FnMut(&[u8]) -> bool) -> Result<&'p [u8], GunzipError> {
    /// The farthest that a packed text can look back, and so a ring of it is all that is needed (RFC 1951 §3.2.5).
    const WINDOW: usize = 32 * 1024;
    let mut rest = body(packed).ok_or(GunzipError::Broken)?;
    let mut inflater = Box::new(DecompressorOxide::new());
    let mut window = vec![0; WINDOW];
    let (mut at, mut crc, mut length) = (0, !0_u32, 0_u32);
    loop {
        // The flag says that there may be more than `rest`: without it a text that was cut off would go on for ever.
        let (status, read, written) = decompress(&mut inflater, rest, &mut window, at, TINFL_FLAG_HAS_MORE_INPUT);
        rest = rest.get(read..).ok_or(GunzipError::Broken)?;
        let bytes = window.get(at..at + written).ok_or(GunzipError::Broken)?;
        crc = update(crc, bytes);
        // RFC 1952 §2.3.1: the length modulo 2^32.
        length = length.wrapping_add(u32::try_from(written).unwrap_or(u32::MAX));
        if !sink(bytes) {
            return Err(GunzipError::TooLarge);
        }
        at = (at + written) % WINDOW;
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput => {}
            _ => return Err(GunzipError::Broken),
        }
    }
    let (trailer, rest) = rest.split_at_checked(8).ok_or(GunzipError::Broken)?;
    let wanted = [(!crc).to_le_bytes(), length.to_le_bytes()];
    if trailer == wanted.as_flattened() { Ok(rest) } else { Err(GunzipError::Broken) }
}

/// What follows the header of a member (RFC 1952 §2.3).
fn body(packed: &[u8]) -> Option<&[u8]> {
    const DEFLATE: u8 = 8;
    const HEADER_CRC: u8 = 1 << 1;
    const EXTRA: u8 = 1 << 2;
    const NAME: u8 = 1 << 3;
    const COMMENT: u8 = 1 << 4;
    const RESERVED: u8 = 0b1110_0000;
    let (header, mut rest) = packed.split_at_checked(10)?;
    let flags = header[3];
    if !header.starts_with(&super::GZIP_MAGIC) || header[2] != DEFLATE || flags & RESERVED != 0 {
        return None;
    }
    if flags & EXTRA != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & HEADER_CRC != 0 { rest.get(2..) } else { Some(rest) }
}

/// Goes on with a CRC-32 (RFC 1952 §8).
fn update(crc: u32, bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    bytes.iter().fold(crc, |crc, byte| TABLE[usize::from(crc.to_le_bytes()[0] ^ byte)] ^ (crc >> 8))
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at: u32 = 0;
    while at < 256 {
        let mut crc = at;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
            bit += 1;
        }
        table[at as usize] = crc;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::write::GzEncoder;
    use flate2::{Compression, GzBuilder};
    use proptest::prelude::*;

    use super::GunzipError;

    fn gunzip(packed: &[u8], limit: usize) -> Result<Vec<u8>, GunzipError> {
        super::gunzip(packed, limit, &mut 0)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(parts in prop::collection::vec((prop::collection::vec(any::<u8>(), 1..90), 0..900_usize), 1..4)) {
            let parts: Vec<Vec<u8>> = parts.iter().map(|(bytes, times)| bytes.repeat(*times)).collect();
            let packed: Vec<u8> = parts.iter().flat_map(|part| gzip(part)).collect();
            prop_assert_eq!(gunzip(&packed, 300_000), Ok(parts.concat()));
        }

        #[test]
        fn what_is_damaged_is_told(at in any::<prop::sample::Index>(), bit in 0..8_u8, cut in any::<prop::sample::Index>()) {
            let text = b"{\"organization-name\": \"a.example\", \"policies\": []}";
            let packed = gzip(text);
            prop_assert_eq!(gunzip(&packed[..cut.index(packed.len())], 1000), Err(GunzipError::Broken));
            let mut damaged = packed.clone();
            // The header's time, flags for the compressor and system are nobody's business.
            let at = 10 + at.index(packed.len() - 10);
            damaged[at] ^= 1 << bit;
            // Some bits say nothing: what still unpacks is what it was.
            prop_assert!(gunzip(&damaged, 1000).map_or(true, |unpacked| unpacked == text));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), flags: u8) {
            let packed = [&[0x1f, 0x8b, 8, flags][..], &bytes].concat();
            _ = gunzip(&packed, 1000);
        }
    }

    #[test]
    fn the_parts_of_a_header_are_passed_over() {
        let mut encoder = GzBuilder::new()
            .filename("google.com!shop.example.json")
            .comment("a report")
            .extra(vec![1, 2, 3])
            .write(Vec::new(), Compression::default());
        encoder.write_all(b"{}").unwrap();
        let packed = encoder.finish().unwrap();
        assert_eq!(gunzip(&packed, 2), Ok(b"{}".to_vec()));
        assert_eq!(gunzip(&[&packed[..], &[0; 500]].concat(), 2), Ok(b"{}".to_vec()));
        assert_eq!(gunzip(&packed, 1), Err(GunzipError::TooLarge));
    }
}
