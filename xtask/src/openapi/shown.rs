//! Examples as they are shown: with their fields in the order in which they are answered, and what is long shortened.

use std::fmt::Write;

use serde_json::Value;

use super::value::{in_order, list, members, named};

/// Most characters of a text, and of a line of a stream.
const TEXT_LIMIT: usize = 160;

/// Most items of a list.
const ITEMS: usize = 2;

/// Writes JSON for a person.
pub(super) struct Shown<'d> {
    document: &'d Value,
    /// Whether what is long is shortened.
    short: bool,
    out: String,
}

impl<'d> Shown<'d> {
    /// A value that a schema describes, shortened.
    pub(super) fn json(document: &'d Value, schema: &Value, value: &Value) -> String {
        let mut shown = Self { document, short: true, out: String::new() };
        shown.value(schema, value, 0);
        shown.out
    }

    /// The whole of a value.
    pub(super) fn whole(value: &Value) -> String {
        let mut shown = Shown { document: &Value::Null, short: false, out: String::new() };
        shown.value(&Value::Null, value, 0);
        shown.out
    }

    /// The first lines of a stream, and its last.
    pub(super) fn lines(stream: &str) -> String {
        let lines: Vec<&str> = stream.lines().collect();
        let (first, rest) = lines.split_at(lines.len().min(ITEMS));
        let mut shown: Vec<String> = first.iter().map(|line| cut(line)).collect();
        if let Some((last, between)) = rest.split_last() {
            if !between.is_empty() {
                shown.push(format!("… {} more lines", between.len()));
            }
            shown.push(cut(last));
        }
        shown.join("\n")
    }

    fn value(&mut self, schema: &Value, value: &Value, depth: usize) {
        let schema = self.resolved(schema, value);
        match value {
            Value::Object(object) if !object.is_empty() => {
                let known: Vec<&String> = in_order(&schema).into_iter().map(|(name, _)| name).collect();
                let place = |name: &String| known.iter().position(|known| *known == name).unwrap_or(usize::MAX);
                let mut fields: Vec<(&String, &Value)> = object.iter().collect();
                fields.sort_by_key(|(name, _)| place(name));
                let last = fields.len() - 1;
                self.out.push('{');
                for (at, (name, value)) in fields.into_iter().enumerate() {
                    self.line(depth + 1);
                    let _ = write!(self.out, "{}: ", Value::from(name.as_str()));
                    self.value(&schema["properties"][name], value, depth + 1);
                    self.out.push_str(if at < last { "," } else { "" });
                }
                self.line(depth);
                self.out.push('}');
            }
            Value::Array(items) if !items.is_empty() => {
                let shown = if self.short { items.len().min(ITEMS) } else { items.len() };
                self.out.push('[');
                for (at, item) in items[..shown].iter().enumerate() {
                    self.line(depth + 1);
                    self.value(&schema["items"], item, depth + 1);
                    self.out.push_str(if at + 1 < items.len() { "," } else { "" });
                }
                if shown < items.len() {
                    self.line(depth + 1);
                    let _ = write!(self.out, "… {} more", items.len() - shown);
                }
                self.line(depth);
                self.out.push(']');
            }
            Value::String(text) if self.short => {
                let _ = write!(self.out, "{}", Value::from(cut(text)));
            }
            other => {
                let _ = write!(self.out, "{other}");
            }
        }
    }

    fn line(&mut self, depth: usize) {
        self.out.push('\n');
        self.out.push_str(&"  ".repeat(depth));
    }

    /// The schema that says what fields a value has: behind references, and among alternatives the one that fits.
    fn resolved(&self, schema: &Value, value: &Value) -> Value {
        let schemas = &self.document["components"]["schemas"];
        let mut schema = match named(schema) {
            Some(name) if schema.get("properties").is_none() => schemas[&name].clone(),
            _ => schema.clone(),
        };
        if let Some(kinds) = schema.get("oneOf").or_else(|| schema.get("anyOf")) {
            let has = |kind: &Value| {
                let kind = self.resolved(kind, value);
                let fits = |(name, property): (&String, &Value)| {
                    property.get("const").is_none_or(|wanted| value.get(name) == Some(wanted))
                };
                let complete = list(&kind["required"])
                    .iter()
                    .all(|name| name.as_str().is_some_and(|name| value.get(name).is_some()));
                value.is_object()
                    && kind.get("properties").is_some()
                    && complete
                    && members(&kind["properties"]).all(fits)
            };
            let found = list(kinds).iter().find(|kind| has(kind)).cloned();
            schema = found.map_or(Value::Null, |kind| self.resolved(&kind, value));
        }
        schema
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TEXT_LIMIT) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_come_in_the_order_of_the_type_and_what_is_long_is_counted() {
        let document = json!({ "components": { "schemas": { "Word": {
            "properties": { "a": {}, "z": {} }, "required": ["z", "a"],
        } } } });
        let schema = json!({ "items": { "anyOf": [{ "$ref": "#/components/schemas/Word" }, { "type": "null" }] } });
        let value = json!([{ "a": 1, "z": "x".repeat(161) }, null, 3, 4]);
        let shown = Shown::json(&document, &schema, &value);
        let text = "x".repeat(160);
        assert_eq!(shown, format!("[\n  {{\n    \"z\": \"{text}…\",\n    \"a\": 1\n  }},\n  null,\n  … 2 more\n]"));
        assert_eq!(serde_json::from_str::<Value>(&Shown::whole(&value)).unwrap(), value);
    }

    #[test]
    fn of_a_stream_the_first_lines_and_the_last_are_shown() {
        assert_eq!(Shown::lines("1\n2\n3\n4\n"), "1\n2\n… 1 more lines\n4");
        assert_eq!(Shown::lines("1\n2\n3\n"), "1\n2\n3");
        assert_eq!(Shown::lines("1\n"), "1");
    }
}
