//! What is read of a description, where something else may stand: then it is empty.

use serde_json::{Map, Value};

/// An object's properties, in the order of the type's fields: those that are always there, then the others.
pub(super) fn in_order(schema: &Value) -> Vec<(&String, &Value)> {
    let mut properties: Vec<(&String, &Value)> = members(&schema["properties"]).collect();
    let required = list(&schema["required"]);
    let place = |name: &str| required.iter().position(|required| required == name).unwrap_or(usize::MAX);
    properties.sort_by_key(|(name, _)| place(name));
    properties
}

/// The type that a schema refers to.
pub(super) fn named(schema: &Value) -> Option<String> {
    Some(schema.get("$ref")?.as_str()?.rsplit('/').next()?.to_owned())
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
