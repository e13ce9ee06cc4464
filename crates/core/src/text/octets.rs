//! Bytes from outside, kept exactly: what DNS or a policy host sent is evidence, whatever it contains.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes that are usually text. In JSON: a string where they are UTF-8, otherwise `{"hex": "fffe…"}`, so that saved
/// evidence loses nothing and is still pleasant to read.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string | { hex: string }"))]
pub struct Octets(pub Vec<u8>);

impl Octets {
    /// The text, with U+FFFD in place of what is not UTF-8.
    pub fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl From<&str> for Octets {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl From<Vec<u8>> for Octets {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Octets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

impl Serialize for Octets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Ok(text) = std::str::from_utf8(&self.0) {
            return serializer.serialize_str(text);
        }
        let digits = |byte: &u8| [byte >> 4, byte & 15].map(|d| char::from_digit(d.into(), 16).unwrap_or('0'));
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("hex", &self.0.iter().flat_map(digits).collect::<String>())?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrHex)
    }
}

#[cfg(feature = "types")]
impl schemars::JsonSchema for Octets {
    fn schema_name() -> Cow<'static, str> {
        "Octets".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Bytes that are usually text: a string where they are UTF-8, otherwise their digits.",
            "oneOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "properties": {
                        "hex": {
                            "type": "string",
                            "description": "Two hexadecimal digits for each byte.",
                            "pattern": "^([0-9a-f]{2})*$",
                        },
                    },
                    "required": ["hex"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

struct TextOrHex;

impl<'de> Visitor<'de> for TextOrHex {
    type Value = Octets;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, or {\"hex\": \"…\"}")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Octets, E> {
        Ok(text.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Octets, A::Error> {
        let Some((key, digits)) = map.next_entry::<String, String>()? else {
            return Err(de::Error::missing_field("hex"));
        };
        if key != "hex" {
            return Err(de::Error::unknown_field(&key, &["hex"]));
        }
        if let Some(more) = map.next_key::<String>()? {
            return Err(de::Error::unknown_field(&more, &["hex"]));
        }
        let bytes = digits.as_bytes().chunks(2).map(|pair| {
            let [high, low] = pair else { return None };
            let value = |digit: &u8| char::from(*digit).to_digit(16);
            u8::try_from(value(high)? * 16 + value(low)?).ok()
        });
        bytes.collect::<Option<Vec<u8>>>().map(Octets).ok_or_else(|| de::Error::custom("not hexadecimal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_survive_json() {
        for bytes in [&b"v=STSv1; id=1;"[..], b"\xff\xfe\x00v", "smart \u{201c}quote\u{201d}".as_bytes(), b""] {
            let octets = Octets(bytes.to_vec());
            let json = serde_json::to_string(&octets).expect("serializes");
            assert_eq!(serde_json::from_str::<Octets>(&json).expect("reads back"), octets, "{json}");
        }
    }

    #[test]
    fn what_is_neither_text_nor_digits_is_refused() {
        for json in ["{}", r#"{"hex":"f"}"#, r#"{"hex":"0g"}"#, r#"{"hex":"","text":""}"#, r#"{"text":"","hex":""}"#] {
            assert!(serde_json::from_str::<Octets>(json).is_err(), "{json}");
        }
    }
}
