//! JSON that is safe to look at, in a terminal too: what cannot be seen, or changes how other text is read, is written by its
//! number. Readers of JSON get the same text (RFC 8259 §7).

use std::io::{self, Write};

use mta_sts_core::text::invisible::is_invisible;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A value as JSON, without white space.
pub(crate) fn to_vec<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut json, Visible))?;
    Ok(json)
}

struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| is_invisible(*character)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}
