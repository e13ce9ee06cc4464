//! JSON, read value by value. Nothing is built but what is asked for, so that a file of any shape costs no more memory
//! than what is kept of it; a tree of values costs up to a hundred times its text.
//!
//! Every text that RFC 8259 allows is read, and a little more: white space in strings as it is, numbers with zeros in
//! front, bytes that are not UTF-8.

/// How deep values may stand in each other. A report needs five.
const DEPTH_LIMIT: usize = 128;

/// A position in a JSON text.
pub(super) struct Json<'j> {
    text: &'j [u8],
    at: usize,
    /// Whether a string was cut off at its limit, or had bytes that are not UTF-8.
    pub(super) clipped: bool,
    pub(super) not_utf8: bool,
}

/// Where the text stops being JSON, in bytes; at its end where something is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct JsonFault {
    pub(super) at: usize,
}

/// What kind of value stands at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    Text,
    Number,
    Bool,
    Null,
}

type Read<T = ()> = Result<T, JsonFault>;

/// The values around a place.
struct Open {
    is_object: [bool; DEPTH_LIMIT],
    depth: usize,
}

impl<'j> Json<'j> {
    pub(super) fn new(text: &'j [u8]) -> Self {
        Self { text, at: 0, clipped: false, not_utf8: false }
    }

    /// The bytes read so far.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What was read since then.
    pub(super) fn since(&self, start: usize) -> &'j [u8] {
        &self.text[start..self.at]
    }

    /// Whether nothing but white space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.next_byte().is_none()
    }

    /// Passes over what some programs put between values: commas, zeros, and the mark of RFC 7464. Whether there was any.
    pub(super) fn skip_between(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| matches!(byte, b',' | 0 | 0x1E)).count();
        self.at += length;
        length > 0
    }

    /// What comes next.
    pub(super) fn kind(&mut self) -> Read<Kind> {
        Ok(match self.next_byte() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::Text,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') => Kind::Null,
            _ => return self.fault(),
        })
    }

    /// Reads an object. `field` is called with each name, and reads its value.
    pub(super) fn object(&mut self, field: &mut dyn FnMut(&mut Self, &str) -> Read) -> Read {
        /// Longer names than any that means something.
        const NAME_LIMIT: usize = 64;
        self.expect(b'{')?;
        if self.take(b'}') {
            return Ok(());
        }
        loop {
            let clipped = self.clipped;
            let name = self.text(NAME_LIMIT)?;
            self.clipped = clipped;
            self.expect(b':')?;
            field(self, &name)?;
            if !self.take(b',') {
                return self.expect(b'}');
            }
        }
    }

    /// Reads an array. `item` is called for each value, and reads it.
    pub(super) fn array(&mut self, item: &mut dyn FnMut(&mut Self) -> Read) -> Read {
        self.expect(b'[')?;
        if self.take(b']') {
            return Ok(());
        }
        loop {
            item(self)?;
            if !self.take(b',') {
                return self.expect(b']');
            }
        }
    }

    /// Reads a string; no more of it than `limit` bytes.
    pub(super) fn text(&mut self, limit: usize) -> Read<String> {
        let raw = self.raw_text()?;
        let mut text = String::new();
        let mut rest = raw;
        while !rest.is_empty() && text.len() <= limit {
            let plain = rest.iter().position(|byte| *byte == b'\\').unwrap_or(rest.len());
            // A character that is cut in two here lies past the limit.
            let kept = &rest[..plain.min(limit + 4)];
            let read = String::from_utf8_lossy(kept);
            self.not_utf8 |= kept.len() == plain && matches!(read, std::borrow::Cow::Owned(_));
            text.push_str(&read);
            rest = &rest[plain..];
            if let Some((character, length)) = escape(rest) {
                text.push(character);
                rest = &rest[length..];
            }
        }
        if text.len() > limit {
            text.truncate(text.floor_char_boundary(limit));
            self.clipped = true;
        }
        Ok(text)
    }

    /// Reads a number, as it is written.
    pub(super) fn number(&mut self) -> Read<&'j str> {
        self.next_byte();
        let start = self.at;
        let length = self.text[start..].iter().take_while(|byte| is_of_number(**byte)).count();
        let number = &self.text[start..start + length];
        if !number.iter().any(u8::is_ascii_digit) {
            if start + length == self.text.len() {
                self.at = self.text.len();
            }
            return self.fault();
        }
        self.at += length;
        Ok(std::str::from_utf8(number).unwrap_or_default())
    }

    /// Passes over a value of any kind.
    pub(super) fn skip(&mut self) -> Read {
        let mut open = Open { is_object: [false; DEPTH_LIMIT], depth: 0 };
        loop {
            let kind = self.kind()?;
            let mut value_ended = true;
            match kind {
                Kind::Object | Kind::Array => {
                    if open.depth == DEPTH_LIMIT {
                        return self.fault();
                    }
                    self.at += 1;
                    let is_object = kind == Kind::Object;
                    if !self.take(if is_object { b'}' } else { b']' }) {
                        open.is_object[open.depth] = is_object;
                        open.depth += 1;
                        value_ended = false;
                    }
                }
                Kind::Text => _ = self.raw_text()?,
                Kind::Number => _ = self.number()?,
                Kind::Bool | Kind::Null => self.word()?,
            }
            if value_ended && self.close(&mut open)? {
                return Ok(());
            }
            if open.is_object[open.depth - 1] {
                self.next_byte();
                self.raw_text()?;
                self.expect(b':')?;
            }
        }
    }

    /// After a value: passes what closes and the comma before the next. Whether nothing is open any more.
    fn close(&mut self, open: &mut Open) -> Read<bool> {
        while open.depth > 0 && !self.take(b',') {
            self.expect(if open.is_object[open.depth - 1] { b'}' } else { b']' })?;
            open.depth -= 1;
        }
        Ok(open.depth == 0)
    }

    fn word(&mut self) -> Read {
        for word in ["true", "false", "null"] {
            if self.text[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(());
            }
        }
        // What was cut off is told from what is wrong.
        let rest = &self.text[self.at..];
        if ["true", "false", "null"].iter().any(|word| word.as_bytes().starts_with(rest)) {
            self.at = self.text.len();
        }
        self.fault()
    }

    /// What stands between the quotes of a string; its escapes are all well formed.
    fn raw_text(&mut self) -> Read<&'j [u8]> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            let rest = &self.text[self.at..];
            let Some(plain) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
                self.at = self.text.len();
                return self.fault();
            };
            self.at += plain;
            if rest[plain] == b'"' {
                self.at += 1;
                return Ok(&self.text[start..self.at - 1]);
            }
            match escape(&rest[plain..]) {
                Some((_, length)) => self.at += length,
                None if rest.len() - plain < 6 => {
                    self.at = self.text.len();
                    return self.fault();
                }
                None => return self.fault(),
            }
        }
    }

    /// The next byte that is not white space, which is not passed.
    fn next_byte(&mut self) -> Option<u8> {
        while let Some(byte) = self.text.get(self.at) {
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    fn take(&mut self, wanted: u8) -> bool {
        let there = self.next_byte() == Some(wanted);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, wanted: u8) -> Read {
        if self.take(wanted) { Ok(()) } else { self.fault() }
    }

    fn fault<T>(&self) -> Read<T> {
        Err(JsonFault { at: self.at })
    }
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E')
}

/// The character that an escape stands for, and the length of the escape. Half of a surrogate pair stands for none.
fn escape(text: &[u8]) -> Option<(char, usize)> {
    let character = match text.get(1)? {
        byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let unit = unit(text)?;
            let second = if (0xD800..0xDC00).contains(&unit) { text.get(6..).and_then(self::unit) } else { None };
            return Some(match second {
                Some(low @ 0xDC00..0xE000) => {
                    let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                    (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
                }
                _ => (char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
            });
        }
        _ => return None,
    };
    Some((character, 2))
}

/// The number in `\u0041`.
fn unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// The whole value, as a tree.
    fn tree(json: &mut Json<'_>) -> Read<Value> {
        Ok(match json.kind()? {
            Kind::Object => {
                let mut fields = serde_json::Map::new();
                json.object(&mut |json, name| {
                    fields.insert(name.to_owned(), tree(json)?);
                    Ok(())
                })?;
                Value::Object(fields)
            }
            Kind::Array => {
                let mut items = Vec::new();
                json.array(&mut |json| {
                    items.push(tree(json)?);
                    Ok(())
                })?;
                Value::Array(items)
            }
            Kind::Text => Value::String(json.text(1000)?),
            Kind::Number => serde_json::from_str(json.number()?).unwrap_or(Value::Null),
            Kind::Bool | Kind::Null => {
                let start = json.at;
                json.word()?;
                serde_json::from_slice(&json.text[start..json.at]).unwrap()
            }
        })
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,8}|[\"\\\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{1f600}]{0,4}".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 5, |inner| {
            let names = "[a-z\"\\\\é]{0,5}";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(names, inner, 0..5).prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_a_library_writes_is_read_as_it_was(value in values(), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            prop_assert_eq!(tree(&mut Json::new(text.as_bytes())), Ok(value));
            let mut skipped = Json::new(text.as_bytes());
            prop_assert_eq!(skipped.skip(), Ok(()));
            prop_assert!(skipped.is_at_end());
        }

        #[test]
        fn what_is_cut_off_ends_at_its_end(value in values(), cut in any::<prop::sample::Index>()) {
            let text = serde_json::to_string(&[value]).unwrap();
            let text = &text.as_bytes()[..cut.index(text.len())];
            prop_assert_eq!(Json::new(text).skip(), Err(JsonFault { at: text.len() }));
            prop_assert_eq!(tree(&mut Json::new(text)), Err(JsonFault { at: text.len() }));
        }

        #[test]
        fn reading_and_skipping_agree_on_any_text(text in "[\\[\\]{}\",:0-9truefalsn\\\\u \\-.éD]{0,40}") {
            let (mut read, mut skipped) = (Json::new(text.as_bytes()), Json::new(text.as_bytes()));
            let (read, skipped) = ((tree(&mut read).map(drop), read.at), (skipped.skip(), skipped.at));
            prop_assert_eq!(&read, &skipped, "{}", text);
            if serde_json::from_str::<Value>(&text).is_ok() {
                prop_assert_eq!(read.0, Ok(()), "{}", text);
            }
        }
    }

    #[test]
    fn escapes_and_bytes_are_read() {
        let texts: [(&[u8], &str); 7] = [
            (br#""a\u0041\n\/\"""#, "aA\n/\""),
            (br#""\ud83d\ude00""#, "\u{1f600}"),
            (br#""\ud83d""#, "\u{fffd}"),
            (br#""\ude00x""#, "\u{fffd}x"),
            (br#""\ud83d\u0041""#, "\u{fffd}A"),
            (b"\"a\xffb\"", "a\u{fffd}b"),
            (b"\"two\nlines\"", "two\nlines"),
        ];
        for (raw, text) in texts {
            assert_eq!(Json::new(raw).text(100).as_deref(), Ok(text), "{}", String::from_utf8_lossy(raw));
        }
    }

    #[test]
    fn long_strings_are_cut_between_characters() {
        let mut json = Json::new("\"aéé\\u00e9é\"".as_bytes());
        assert_eq!((json.text(4).as_deref(), json.clipped, json.not_utf8), (Ok("aé"), true, false));
        assert!(json.is_at_end());
        let long = format!("\"{}\"", "x".repeat(5000));
        assert_eq!(Json::new(long.as_bytes()).text(10).as_deref(), Ok("xxxxxxxxxx"));
    }

    #[test]
    fn what_stands_too_deep_is_refused() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(Json::new(nested(DEPTH_LIMIT).as_bytes()).skip(), Ok(()));
        assert_eq!(Json::new(nested(DEPTH_LIMIT + 1).as_bytes()).skip(), Err(JsonFault { at: DEPTH_LIMIT }));
        assert!(Json::new("{\"a\":".repeat(1_000_000).as_bytes()).skip().is_err());
    }
}
