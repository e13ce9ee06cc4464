//! The description, taken apart for the page that a person reads.

use std::fs;

use anyhow::{Context, Result};
use mta_sts_core::api::Route;
use mta_sts_core::api::problem::{ProblemType, TYPES};
use mta_sts_view::api::{
    ApiAnswer, ApiBody, ApiDocument, ApiExample, ApiField, ApiForm, ApiGroup, ApiOperation, ApiParameter, ApiType,
    HOST, Part,
};
use serde_json::Value;

use super::shown::Shown;
use super::value::{in_order, list, members, named};
use crate::tool::root;

/// The media type of streams.
const LINES: &str = "application/x-ndjson";

/// A body with more characters than this is had from the address that answers it.
const PASTED_LIMIT: usize = 2_000;

/// What the page shows of a document.
pub(crate) fn of(document: &Value) -> Result<ApiDocument> {
    let mut about: Vec<String> = text(&document["info"]["description"]).split("\n\n").map(str::to_owned).collect();
    let promise = about.pop().context("the description says nothing")?;
    let groups = list(&document["tags"])
        .iter()
        .map(|tag| {
            let of_tag = |(_, _, operation): &(&str, &String, &Value)| list(&operation["tags"]).contains(&tag["name"]);
            let operations = operations(document).filter(of_tag);
            let operations =
                operations.map(|(path, method, operation)| shown(document, path, method, operation)).collect();
            ApiGroup { about: text(&tag["description"]).to_owned(), operations }
        })
        .collect();
    let types = members(&document["components"]["schemas"]).map(|(name, schema)| described(name, schema)).collect();
    let configuration = fs::read_to_string(root().join("wrangler.toml"))?;
    let limit = |name| limit(&configuration, name).with_context(|| format!("wrangler.toml has no limit {name}"));
    let (client_limit, target_limit, sent_limit) =
        (limit("CLIENT_LIMIT")?, limit("TARGET_LIMIT")?, limit("SENT_LIMIT")?);
    Ok(ApiDocument { about, promise, groups, types, client_limit, target_limit, sent_limit })
}

/// How many requests in its period a rate limit of the configuration allows.
fn limit(configuration: &str, name: &str) -> Option<u32> {
    let after = configuration.split(&format!("name = \"{name}\"")).nth(1)?;
    let number = after.split("limit = ").nth(1)?;
    number.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

/// Every address, in the order of the routes.
fn operations(document: &Value) -> impl Iterator<Item = (&str, &String, &Value)> {
    Route::ALL.into_iter().flat_map(|route| {
        let path = route.path();
        members(&document["paths"][path]).map(move |(method, operation)| (path, method, operation))
    })
}

fn shown(document: &Value, path: &str, method: &str, operation: &Value) -> ApiOperation {
    let parameters = list(&operation["parameters"]).iter().map(|parameter| ApiParameter {
        name: text(&parameter["name"]).to_owned(),
        place: text(&parameter["in"]).to_owned(),
        shape: shape(&parameter["schema"]),
        needed: parameter["required"] == true,
        about: text(&parameter["description"]).to_owned(),
    });
    let body = operation
        .get("requestBody")
        .map(|body| ApiBody { about: text(&body["description"]).to_owned(), contents: contents(&body["content"]) });
    let answers = members(&operation["responses"]).map(|(status, response)| answer(status, response));
    ApiOperation {
        id: text(&operation["operationId"]).to_owned(),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        summary: text(&operation["summary"]).to_owned(),
        about: text(&operation["description"]).to_owned(),
        parameters: parameters.collect(),
        body,
        answers: answers.collect(),
        examples: examples(document, path, method, operation),
    }
}

fn contents(content: &Value) -> Vec<(String, Vec<Part>)> {
    members(content).map(|(media_type, content)| (media_type.clone(), shape(&content["schema"]))).collect()
}

fn answer(status: &str, response: &Value) -> ApiAnswer {
    let about = text(&response["description"]);
    let problems = TYPES.iter().filter(|kind| kind.status.to_string() == status && about.contains(kind.title));
    ApiAnswer {
        status: status.to_owned(),
        contents: contents(&response["content"]),
        about: about.to_owned(),
        problems: problems.map(ProblemType::path).collect(),
    }
}

/// A request for each media type that is answered.
fn examples(document: &Value, path: &str, method: &str, operation: &Value) -> Vec<ApiExample> {
    let content = &operation["responses"]["200"]["content"];
    let mut media_types: Vec<&String> = members(content).map(|(media_type, _)| media_type).collect();
    // What is answered to who asks for nothing comes first.
    media_types.sort_by_key(|media_type| *media_type == LINES);
    let request = |media_type: &String| {
        let named = members(&content[media_type]["examples"]).next();
        let address = address(path, operation, named.map_or("", |(name, _)| name));
        let example = named.map(|(_, example)| example);
        let answer = example.map(|example| match &example["value"] {
            Value::String(lines) => Shown::lines(lines),
            value => Shown::json(document, &content[media_type]["schema"], value),
        });
        let options = if media_type == LINES { format!("-N -H 'Accept: {LINES}' ") } else { String::new() };
        let sent = sent(document, operation);
        ApiExample {
            command: format!("{}curl {options}{}'{HOST}{address}'", sent.0, sent.1),
            media_type: media_type.clone(),
            about: example.map(|example| text(&example["summary"]).to_owned()).unwrap_or_default(),
            answer,
            link: (method == "get" && media_type != LINES).then_some(address),
        }
    };
    media_types.into_iter().map(request).collect()
}

/// The address with what it needs, of the example that has this name or else of any; a page is of little use without a domain.
fn address(path: &str, operation: &Value, example: &str) -> String {
    let (mut address, mut separator) = (path.to_owned(), '?');
    for parameter in list(&operation["parameters"]) {
        let name = text(&parameter["name"]);
        let examples = &parameter["examples"];
        let value = examples.get(example).or_else(|| first(examples)).map(|example| text(&example["value"]));
        let value = value.unwrap_or_default();
        let wanted = parameter["required"] == true || (name == "domain" && path == "/check");
        if parameter["in"] == "path" {
            address = address.replace(&format!("{{{name}}}"), value);
        } else if parameter["in"] == "query" && wanted {
            address = format!("{address}{separator}{name}={value}");
            separator = '&';
        }
    }
    address
}

/// What of a command stands before `curl`, and its options, for the body.
fn sent(document: &Value, operation: &Value) -> (String, String) {
    let content = &operation["requestBody"]["content"];
    let examples = members(content).filter_map(|(kind, content)| Some((kind, &first(&content["examples"])?["value"])));
    let Some((media_type, body)) = examples.into_iter().next() else { return Default::default() };
    let kind = format!("-H 'Content-Type: {media_type}' ");
    let pasted = match body {
        Value::String(text) => text.clone(),
        value => Shown::whole(value),
    };
    if pasted.chars().count() > PASTED_LIMIT {
        let answered = |other: &Value| {
            let examples = &other["responses"]["200"]["content"]["application/json"]["examples"];
            members(examples).find(|(_, example)| &example["value"] == body).map(|(name, _)| name.clone())
        };
        let had = operations(document).find_map(|(path, _, other)| Some((path, other, answered(other)?)));
        if let Some((path, other, example)) = had {
            let before = format!("curl -s '{HOST}{}' |\n  ", address(path, other, &example));
            return (before, format!("{kind}--data-binary @- "));
        }
    }
    (String::new(), format!("{kind}--data-binary '{}' ", pasted.replace('\'', r"'\''")))
}

fn described(name: &str, schema: &Value) -> ApiType {
    let forms: Vec<ApiForm> = match alternatives(schema) {
        Some(alternatives) => alternatives.iter().map(form).collect(),
        None if schema.get("properties").is_some() => vec![form(schema)],
        None => Vec::new(),
    };
    let shape = if forms.is_empty() { shape(schema) } else { Vec::new() };
    ApiType { name: name.to_owned(), about: text(&schema["description"]).to_owned(), shape, forms }
}

/// What a schema is one of, where that is more than a value or null.
fn alternatives(schema: &Value) -> Option<&[Value]> {
    let found = schema.get("oneOf").or_else(|| schema.get("anyOf")).map(list)?;
    (!found.iter().any(is_null)).then_some(found)
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

fn form(schema: &Value) -> ApiForm {
    let mut all = Vec::new();
    fields("", schema, true, &mut all);
    if let Some(base) = named(schema).filter(|_| !all.is_empty()) {
        all.push(ApiField {
            name: "…".to_owned(),
            shape: vec![words("every field of "), Part::Type(base)],
            always: true,
            about: String::new(),
        });
    }
    let value = if all.is_empty() { shape(schema) } else { Vec::new() };
    ApiForm { about: text(&schema["description"]).to_owned(), value, fields: all }
}

/// The fields of an object, and of those that lie in it and are no type of their own.
fn fields(before: &str, schema: &Value, always: bool, all: &mut Vec<ApiField>) {
    for (name, property) in in_order(schema) {
        let name = format!("{before}{name}");
        let always = always && is_required(schema, &name[before.len()..]);
        let about = text(&property["description"]).to_owned();
        if property.get("properties").is_some() {
            all.push(ApiField { name: name.clone(), shape: vec![words("object")], always, about });
            fields(&format!("{name}."), property, true, all);
        } else {
            all.push(ApiField { name, shape: shape(property), always, about });
        }
    }
}

fn is_required(schema: &Value, name: &str) -> bool {
    list(&schema["required"]).iter().any(|required| required == name)
}

/// What a value may be, in words.
fn shape(schema: &Value) -> Vec<Part> {
    if let Some(name) = named(schema) {
        return vec![Part::Type(name)];
    }
    if let Some(value) = schema.get("const") {
        return vec![Part::Literal(value.to_string())];
    }
    if let Some(lines) = schema.get("contentSchema") {
        let mut parts = vec![words("lines, each a ")];
        parts.extend(shape(lines));
        return parts;
    }
    if let Some(kinds) = schema.get("oneOf").or_else(|| schema.get("anyOf")) {
        return one_of(list(kinds).iter().map(shape));
    }
    if let Some(values) = schema.get("enum") {
        let mut parts = one_of(list(values).iter().map(|value| vec![Part::Literal(value.to_string())]));
        if let Some(default) = schema.get("default") {
            parts.extend([words("; "), Part::Literal(default.to_string()), words(" where it is left out")]);
        }
        return parts;
    }
    match &schema["type"] {
        Value::Array(kinds) => one_of(kinds.iter().map(|kind| vec![words(text(kind))])),
        Value::String(kind) if kind == "array" => {
            let mut parts = vec![words("list of ")];
            parts.extend(shape(&schema["items"]));
            parts
        }
        Value::String(kind) if kind == "string" && schema["contentMediaType"] == "application/gzip" => {
            vec![words("bytes")]
        }
        Value::String(kind) => vec![words(kind)],
        _ => vec![words("JSON")],
    }
}

fn one_of(kinds: impl Iterator<Item = Vec<Part>>) -> Vec<Part> {
    let mut parts = Vec::new();
    for kind in kinds {
        if !parts.is_empty() {
            parts.push(words(" or "));
        }
        parts.extend(kind);
    }
    parts
}

fn words(text: &str) -> Part {
    Part::Words(text.to_owned())
}

fn first(examples: &Value) -> Option<&Value> {
    members(examples).next().map(|(_, example)| example)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api() -> ApiDocument {
        of(&crate::openapi::document().unwrap()).unwrap()
    }

    #[test]
    fn every_address_has_a_request_that_names_it() {
        let api = api();
        let operations: Vec<&ApiOperation> = api.groups.iter().flat_map(|group| &group.operations).collect();
        assert_eq!(operations.len(), Route::ALL.len());
        for operation in operations {
            assert!(!operation.examples.is_empty(), "{}", operation.id);
            for example in &operation.examples {
                let before = operation.path.split('{').next().unwrap_or_default();
                assert!(example.command.contains(&format!("'{HOST}{before}")), "{}", example.command);
                assert!(!example.command.contains('{') || operation.method == "POST", "{}", example.command);
                assert_eq!(example.link.is_some(), operation.method == "GET" && example.media_type != LINES);
            }
            for answer in &operation.answers {
                assert_eq!(answer.problems.is_empty(), answer.status.as_str() < "400", "{} {answer:?}", operation.id);
            }
        }
    }

    #[test]
    fn evidence_is_not_pasted_but_piped() {
        let api = api();
        let all = || api.groups.iter().flat_map(|group| &group.operations);
        let evaluate = all().find(|operation| operation.id == "evaluate").unwrap();
        assert!(evaluate.examples[0].command.starts_with("curl -s '"), "{}", evaluate.examples[0].command);
        let longest = all().flat_map(|operation| &operation.examples).map(|example| example.command.len()).max();
        assert!(longest < Some(PASTED_LIMIT), "{longest:?}");
    }

    #[test]
    fn every_type_says_what_it_is_made_of() {
        for kind in api().types {
            assert!(!kind.about.is_empty(), "{} says nothing of itself", kind.name);
            assert_ne!(kind.shape.is_empty(), kind.forms.is_empty(), "{}", kind.name);
            for form in &kind.forms {
                assert_ne!(form.value.is_empty(), form.fields.is_empty(), "{}", kind.name);
            }
        }
    }

    #[test]
    fn the_page_is_sound_and_needs_no_inline_style_or_script() {
        let html = mta_sts_view::api_page(&api());
        let values = |attribute: &str| -> Vec<String> {
            let start = format!(" {attribute}=\"");
            html.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let mut ids = values("id");
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands for one thing");
        for link in values("href") {
            assert!(link.strip_prefix('#').is_none_or(|id| ids.iter().any(|one| one == id)), "{link}");
        }
        assert_eq!((values("style"), html.matches("<style").count()), (Vec::new(), 0));
        assert_eq!(values("src"), ["/api.js"], "its only script is a file");
    }

    #[test]
    fn the_limits_are_those_of_the_worker() {
        let configuration =
            "[[ratelimits]]\nname = \"A\"\nsimple = { limit = 60, period = 60 }\nname = \"B\"\nsimple = { limit = 7 }";
        assert_eq!(limit(configuration, "A"), Some(60));
        assert_eq!(limit(configuration, "B"), Some(7));
        assert_eq!(limit(configuration, "C"), None);
    }
}
