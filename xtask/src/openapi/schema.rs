//! JSON Schemas of what the API gives and takes, from the Rust types.

use std::collections::BTreeSet;

use mta_sts_core::api::types;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// Where the document has its schemas.
const PLACE: &str = "#/components/schemas/";

/// What the name of a type ends with as it is sent to the API, where that differs from how the API answers it: a field that
/// may be left out there is always in an answer.
const SENT: &str = "Sent";

/// The only type that is sent as JSON.
const TAKEN: &str = "Evidence";

/// A reference to the schema of a type as it is answered.
pub(super) fn answered(name: &str) -> Value {
    json!({ "$ref": format!("{PLACE}{name}") })
}

/// A reference to the schema of a type as it is sent.
pub(super) fn sent(name: &str) -> Value {
    answered(&format!("{name}{SENT}"))
}

/// Every schema, by its name.
pub(super) fn all() -> Map<String, Value> {
    let mut schemas = definitions(SchemaSettings::draft2020_12().for_serialize());
    for schema in schemas.values_mut() {
        tidy(schema, true);
    }
    let mut given = definitions(SchemaSettings::draft2020_12().for_deserialize());
    for schema in given.values_mut() {
        tidy(schema, false);
    }
    let differing = differing(&schemas, &given);
    for name in &differing {
        let mut schema = given[name].clone();
        each_reference(&mut schema, &mut |reference| {
            if reference.strip_prefix(PLACE).is_some_and(|name| differing.contains(name)) {
                reference.push_str(SENT);
            }
        });
        schemas.insert(format!("{name}{SENT}"), schema);
    }
    schemas
}

fn definitions(settings: SchemaSettings) -> Map<String, Value> {
    let place = PLACE.trim_start_matches('#').trim_end_matches('/').to_owned();
    let settings = settings.with(|settings| settings.definitions_path = place.into());
    types::schemas(settings).take_definitions(true)
}

/// The types of what is sent that are, or have in them, something that is answered otherwise.
fn differing(answered: &Map<String, Value>, given: &Map<String, Value>) -> BTreeSet<String> {
    let taken = reached(given, TAKEN);
    let mut differing: BTreeSet<String> =
        taken.iter().filter(|name| answered[*name] != given[*name]).cloned().collect();
    loop {
        let has = |name: &&String| named(&given[*name]).iter().any(|named| differing.contains(named));
        let more: Vec<String> = taken.iter().filter(|name| !differing.contains(*name)).filter(has).cloned().collect();
        if more.is_empty() {
            return differing;
        }
        differing.extend(more);
    }
}

/// A type, and all that it has in it.
fn reached(schemas: &Map<String, Value>, name: &str) -> BTreeSet<String> {
    let (mut reached, mut waiting) = (BTreeSet::new(), vec![name.to_owned()]);
    while let Some(name) = waiting.pop() {
        waiting.extend(named(&schemas[&name]));
        reached.insert(name);
        waiting.retain(|name| !reached.contains(name));
    }
    reached
}

/// The types that a schema names.
fn named(schema: &Value) -> Vec<String> {
    let mut names = Vec::new();
    each_reference(&mut schema.clone(), &mut |reference| {
        names.extend(reference.strip_prefix(PLACE).map(str::to_owned));
    });
    names
}

fn each_reference(schema: &mut Value, take: &mut impl FnMut(&mut String)) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(reference) if key == "$ref" => take(reference),
                    _ => each_reference(value, take),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_reference(item, take)),
        _ => {}
    }
}

/// Makes a schema say what is so in JSON, and no more.
fn tidy(schema: &mut Value, is_answer: bool) {
    match schema {
        Value::Object(object) => {
            bound_number(object);
            if let Some(Value::String(description)) = object.get_mut("description") {
                *description = unwrapped(description);
            }
            if is_answer {
                object.remove("default");
                leave_out_rather_than_null(object);
            }
            object.values_mut().for_each(|value| tidy(value, is_answer));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| tidy(item, is_answer)),
        _ => {}
    }
}

/// The widths of Rust's numbers are no formats that JSON Schema knows; their bounds are exact. Of a `usize`, the bound is
/// that of WASM.
fn bound_number(object: &mut Map<String, Value>) {
    let Some(format) = object.get("format").and_then(Value::as_str) else { return };
    let bound = match format {
        "uint8" => Some(u32::from(u8::MAX)),
        "uint16" => Some(u32::from(u16::MAX)),
        "uint32" | "uint" => Some(u32::MAX),
        "uint64" => None,
        _ => return,
    };
    object.remove("format");
    if let Some(bound) = bound {
        object.insert("maximum".to_owned(), bound.into());
    }
}

/// The fields of an answer that may be left out are not there rather than null.
fn leave_out_rather_than_null(object: &mut Map<String, Value>) {
    let required: Vec<Value> = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (name, property) in properties {
        let Value::Object(property) = property else { continue };
        if required.contains(&json!(name)) {
            continue;
        }
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|kind| kind != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                property.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(mut kinds)) = property.remove("anyOf") {
            kinds.retain(|kind| kind["type"] != "null");
            match kinds.as_mut_slice() {
                [Value::Object(only)] => property.append(only),
                _ => _ = property.insert("anyOf".to_owned(), kinds.into()),
            }
        }
    }
}

/// A text whose lines were broken to fit into a source file.
fn unwrapped(text: &str) -> String {
    text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_may_leave_out_what_is_always_answered() {
        let schemas = all();
        let requires = |schema: &str, field: &str| {
            schemas[schema]["required"].as_array().is_some_and(|required| required.contains(&json!(field)))
        };
        assert!(requires("Evidence", "took_ms") && !requires("EvidenceSent", "took_ms"));
        assert_eq!(schemas["EvidenceSent"]["properties"]["observations"]["items"], sent("Observation"));
        assert_eq!(schemas["Evidence"]["properties"]["observations"]["items"], answered("Observation"));
        assert!(!schemas.contains_key("OctetsSent"), "it is the same both ways");
    }

    #[test]
    fn what_may_be_left_out_of_an_answer_is_never_null() {
        let schemas = all();
        assert_eq!(schemas["Problem"]["properties"]["retry_after_s"]["type"], "integer");
        assert_eq!(schemas["Problem"]["properties"]["suggestion"]["$ref"], "#/components/schemas/DomainName");
        assert_eq!(schemas["RecordSummary"]["properties"]["id"]["type"], json!(["string", "null"]));
    }

    #[test]
    fn descriptions_are_for_readers_who_do_not_have_the_sources() {
        let text = Value::Object(all()).to_string();
        for of_rust in ["[`", "crate::", "Vec<", "Option<", "\"format\":\"uint"] {
            assert!(!text.contains(of_rust), "{of_rust}");
        }
    }
}
