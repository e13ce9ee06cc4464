//! Files that are no JSON in UTF-8, told by how they begin.

use super::read_error::ReadError;
use crate::text::part;

/// What a file is, where it is something that people take for reports, or keep them in.
pub(super) fn recognised(bytes: &[u8]) -> Option<ReadError> {
    let is = |magic: &[u8]| bytes.starts_with(magic);
    let text = bytes.trim_ascii_start();
    // What there is to see is near the beginning.
    let beginning = String::from_utf8_lossy(text.get(..text.len().min(1024)).unwrap_or_default());
    let has = |part: &str| part::has(&beginning, part);
    Some(match bytes {
        _ if text.is_empty() => ReadError::Empty,
        _ if is(b"PK\x03\x04") => ReadError::Zip,
        // 7z, RAR, xz, Zstandard, bzip2, compress.
        _ if is(b"7z\xbc\xaf\x27\x1c") || is(b"Rar!\x1a\x07") || is(b"\xfd7zXZ\0") => ReadError::OtherArchive,
        _ if is(b"\x28\xb5\x2f\xfd") || is(b"BZh") || is(b"\x1f\x9d") => ReadError::OtherArchive,
        // What Outlook saves is a compound file.
        _ if is(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => ReadError::Msg,
        _ if is(b"%PDF-") => ReadError::Document,
        _ if text.starts_with(b"--") && has("form-data") => ReadError::Form,
        _ if text.starts_with(b"<") && (has("<feedback") || has(":feedback")) => ReadError::Dmarc,
        _ if text.starts_with(b"<") => ReadError::Document,
        _ if bytes.get(257..262) == Some(b"ustar") => ReadError::Tar,
        _ => return None,
    })
}

/// The text of a file in UTF-16, with a mark at its beginning or without; half of a pair is shown as such.
pub(super) fn from_utf16(bytes: &[u8]) -> Option<String> {
    // No JSON begins with a zero, nor has one behind what opens it.
    let is_big = match bytes {
        [0xFE, 0xFF, ..] | [0, b'{' | b'[' | b' ' | b'\r' | b'\n', ..] => true,
        [0xFF, 0xFE, ..] | [b'{' | b'[' | b' ' | b'\r' | b'\n', 0, ..] => false,
        _ => return None,
    };
    let unit = |pair: &[u8]| match *pair {
        [first, second] if is_big => u16::from_be_bytes([first, second]),
        [first, second] => u16::from_le_bytes([first, second]),
        _ => u16::from(b' '),
    };
    let units = bytes.chunks(2).map(unit).skip(usize::from(matches!(bytes, [0xFE | 0xFF, ..])));
    let characters = char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER));
    // Counted first: a text that grows takes up to three times its length for a moment.
    let mut text = String::with_capacity(characters.clone().map(char::len_utf8).sum());
    text.extend(characters);
    Some(text)
}
