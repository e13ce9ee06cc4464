//! What each address takes and answers.

use anyhow::Result;
use mta_sts_core::advice::{Goal, advise};
use mta_sts_core::api::catalogue;
use mta_sts_core::api::problem::Problem;
use mta_sts_core::api::{BODY_LIMIT, REPORT_LIMIT, RETRY_AFTER_S, Route};
use mta_sts_core::evidence::Evidence;
use mta_sts_core::name::DomainName;
use mta_sts_core::tls_report::{self, Question};
use serde_json::{Value, json};

use super::answer::{Format, HTML, Kept, not_modified, problems, response, with_headers};
use super::example;
use super::schema::{answered, sent};

/// Most characters that an address may have in a parameter; what is over it is not looked at.
const PARAMETER_LIMIT: usize = 2048;

/// The version of `OpenAPI` that the description is in, as it says of itself.
pub(super) const VERSION: &str = "3.1.1";

/// Everything about a route but its address and method.
pub(super) fn of(route: Route, evidence: &Evidence) -> Result<Value> {
    match route {
        Route::Check => check(evidence),
        Route::Evidence => seen(evidence),
        Route::Advice => Ok(advice(evidence)),
        Route::Evaluate => evaluate(evidence),
        Route::Reports => reports(evidence),
        Route::LintPolicy => lint(
            route,
            ("lintPolicy", "Judge a policy file", "policy"),
            "The body of a policy file (RFC 8461 §3.2), judged by itself: nothing is looked up.",
            example::POLICY,
        ),
        Route::LintRecord => lint(
            route,
            ("lintRecord", "Judge an announce record", "record"),
            "The text of the record at `_mta-sts` (RFC 8461 §3.1), its strings joined, judged by itself: nothing is looked up.",
            example::RECORD,
        ),
        Route::LintTlsRpt => lint(
            route,
            ("lintTlsRpt", "Judge a TLS-RPT record", "tlsrpt"),
            "The text of the record at `_smtp._tls` (RFC 8460 §3), its strings joined, judged by itself: nothing is looked up.",
            example::TLS_RPT,
        ),
        Route::Rules => Ok(catalogue()),
        Route::Description => Ok(description()),
        Route::Page => Ok(page()),
        Route::Badge => Ok(badge()),
    }
}

fn check(evidence: &Evidence) -> Result<Value> {
    let content = json!({
        "application/json": {
            "schema": answered("Report"),
            "examples": { "protected": { "value": example::report(evidence)? } },
        },
        "application/x-ndjson": stream(&example::stream(evidence, true)?, "report"),
    });
    let mut operation = json!({
        "operationId": "check",
        "tags": ["domain"],
        "summary": "Check a domain",
        "description": format!(
            "Looks the domain up, and answers the report: a verdict, and what was found. A domain that fails its checks is a 200 \
             with findings. {STREAM}"
        ),
        "parameters": [domain(true), fresh(), tag()],
        "responses": problems(Route::Check, Format::Json, &about_domain()),
    });
    operation["responses"]["200"] = response("The report.", Kept::CheckOrStream, Some(content));
    operation["responses"]["304"] = not_modified(Kept::Check);
    Ok(operation)
}

fn seen(evidence: &Evidence) -> Result<Value> {
    let content = json!({
        "application/json": {
            "schema": answered("Evidence"),
            "examples": { "protected": { "value": evidence } },
        },
        "application/x-ndjson": stream(&example::stream(evidence, false)?, "evidence"),
    });
    let mut operation = json!({
        "operationId": "getEvidence",
        "tags": ["domain"],
        "summary": "See what is there",
        "description": format!("Looks the domain up, and answers what was seen, without a judgement. {STREAM}"),
        "parameters": [domain(true), fresh(), tag()],
        "responses": problems(Route::Evidence, Format::Json, &about_domain()),
    });
    operation["responses"]["200"] = response("What was seen.", Kept::CheckOrStream, Some(content));
    operation["responses"]["304"] = not_modified(Kept::Check);
    Ok(operation)
}

const STREAM: &str = "With `Accept: application/x-ndjson` it answers a line for each lookup as it lands.";

fn stream(lines: &str, last: &str) -> Value {
    json!({
        "schema": {
            "type": "string",
            "description": format!(
                "Lines, each a `StreamEvent` in JSON and a line feed: a `lookup` for each lookup as it lands, in any order, and \
                 last a `{last}`."
            ),
            "pattern": r"^(\{.*\}\n)+$",
            "contentMediaType": "application/x-ndjson",
            "contentSchema": answered("StreamEvent"),
        },
        "examples": { "protected": { "value": lines } },
    })
}

fn advice(evidence: &Evidence) -> Value {
    let advised = advise(evidence, evidence.checked_at, &Goal::RollOut);
    let wrong = Goal::parse(Some("go"), None, None).err().map(Problem::from);
    let mut told = about_domain();
    told.extend(wrong.map(|problem| ("wrong-parameter", problem)));
    let mut operation = json!({
        "operationId": "advise",
        "tags": ["domain"],
        "summary": "Say what to publish",
        "description": "Looks the domain up, and answers the policy and records that it should have, ready configuration for \
                        eight ways to serve the policy, and a plan with dates.",
        "parameters": [
            domain(true),
            {
                "name": "goal",
                "in": "query",
                "description": "What the plan is for.",
                "schema": { "type": "string", "enum": ["roll-out", "removal", "move"], "default": "roll-out" },
            },
            {
                "name": "to",
                "in": "query",
                "description": "For a move, where to: a provider's id, in any case, or the new mail servers, parted by commas.",
                "schema": { "type": "string", "maxLength": PARAMETER_LIMIT },
                "examples": { "servers": { "value": "mx1.mail-host.net,mx2.mail-host.net" }, "provider": { "value": "google" } },
            },
            {
                "name": "max_age",
                "in": "query",
                "description": "For a removal, the longest `max_age` that was ever served, in seconds; without it, the live \
                                policy's, or else the longest that RFC 8461 allows. More than that counts as that.",
                "schema": { "type": "integer", "minimum": 0 },
                "examples": { "week": { "value": 604_800 } },
            },
            fresh(),
            tag(),
        ],
        "responses": problems(Route::Advice, Format::Json, &told),
    });
    let content = json!({
        "application/json": { "schema": answered("Advice"), "examples": { "protected": { "value": advised } } },
    });
    operation["responses"]["200"] = response("What to publish, and a plan.", Kept::Check, Some(content));
    operation["responses"]["304"] = not_modified(Kept::Check);
    operation
}

fn evaluate(evidence: &Evidence) -> Result<Value> {
    let wrong = [
        ("too-long", Problem::payload_too_large(BODY_LIMIT)),
        ("not-evidence", Problem::invalid_evidence("Unexpected end of JSON input")),
        too_many_sent(),
    ];
    let mut operation = json!({
        "operationId": "evaluate",
        "tags": ["text"],
        "summary": "Judge evidence",
        "description": "The report on evidence that you have: what `/api/v1/evidence` answered, and as `history` the `snapshot` of \
                        each report that you kept. It then says what changed. Nothing is looked up, and nothing is kept.",
        "requestBody": {
            "required": true,
            "description": format!("The evidence, at most {BODY_LIMIT} bytes. Fields that are not known are passed over."),
            "content": {
                "application/json": { "schema": sent("Evidence"), "examples": { "protected": { "value": evidence } } },
            },
        },
        "responses": problems(Route::Evaluate, Format::Json, &wrong),
    });
    let content = json!({
        "application/json": {
            "schema": answered("Report"),
            "examples": { "protected": { "value": example::report(evidence)? } },
        },
    });
    operation["responses"]["200"] = response("The report.", Kept::Not, Some(content));
    Ok(operation)
}

fn reports(evidence: &Evidence) -> Result<Value> {
    let report = example::tls_report();
    let file = serde_json::to_vec(&report)?;
    let question = Question { domain: None, check: None, now: evidence.checked_at };
    let summary = tls_report::read([("", file.as_slice())], &question);
    let wrong =
        [("not-a-domain", not_a_domain()), ("too-long", Problem::report_too_large(REPORT_LIMIT)), too_many_sent()];
    let packed = json!({
        "schema": { "type": "string", "description": "The same, packed with gzip.", "contentMediaType": "application/gzip" },
    });
    let plain = json!({
        "schema": {
            "description": "A TLS report (RFC 8460 §4). What senders get wrong is read as well as can be, and told in `files`.",
        },
        "examples": { "report": { "value": report } },
    });
    let mut about = domain(false);
    about["description"] = "Which domain, where the reports name several.".into();
    about["examples"] = json!({ "one": { "value": "company-y.example" } });
    let mut operation = json!({
        "operationId": "sumUpReports",
        "tags": ["text"],
        "summary": "Sum up a TLS report",
        "description": "A file of TLS reports (RFC 8460 §4), plain or packed, summed up: days, senders, mail servers and causes, \
                        each explained, and whether it is safe to enforce. Nothing of it is kept. A file that cannot be read is a \
                        200, too, and `files` says why.",
        "parameters": [about],
        "requestBody": {
            "required": false,
            "description": format!(
                "The file, at most {REPORT_LIMIT} bytes; none is an empty one. What it is, is told from the file itself."
            ),
            "content": {
                "application/json": plain,
                "application/tlsrpt+json": plain,
                "application/gzip": packed,
                "application/tlsrpt+gzip": packed,
            },
        },
        "responses": problems(Route::Reports, Format::Json, &wrong),
    });
    let content = json!({
        "application/json": { "schema": answered("TlsReportSummary"), "examples": { "report": { "value": summary } } },
    });
    operation["responses"]["200"] = response("What they say together.", Kept::Not, Some(content));
    Ok(operation)
}

fn lint(route: Route, (id, summary, kind): (&str, &str, &str), description: &str, text: &str) -> Result<Value> {
    let wrong = [("too-long", Problem::payload_too_large(BODY_LIMIT)), too_many_sent()];
    let mut operation = json!({
        "operationId": id,
        "tags": ["text"],
        "summary": summary,
        "description": description,
        "requestBody": {
            "required": false,
            "description": format!(
                "The text, at most {BODY_LIMIT} bytes; none is an empty one. What is not UTF-8 is a finding, not a problem."
            ),
            "content": {
                "text/plain": { "schema": { "type": "string" }, "examples": { "typing-error": { "value": text } } },
            },
        },
        "responses": problems(route, Format::Json, &wrong),
    });
    let content = json!({
        "application/json": {
            "schema": answered("Lint"),
            "examples": { "typing-error": { "value": example::lint(kind, text)? } },
        },
    });
    operation["responses"]["200"] = response("What is to be said of it.", Kept::Not, Some(content));
    Ok(operation)
}

fn catalogue() -> Value {
    let mut operation = json!({
        "operationId": "listRules",
        "tags": ["reference"],
        "summary": "List the rules",
        "description": "Every rule: what it checks, why it matters, what to do, and the address of its page. An id is permanent.",
        "parameters": [tag()],
        "responses": problems(Route::Rules, Format::Json, &[]),
    });
    let content = json!({
        "application/json": {
            "schema": { "type": "array", "items": answered("Rule"), "minItems": 1 },
            "examples": { "first": { "summary": "The first alone", "value": catalogue::entries()[..1] } },
        },
    });
    operation["responses"]["200"] = response("The rules, in the catalogue's order.", Kept::Made, Some(content));
    operation["responses"]["304"] = not_modified(Kept::Made);
    operation
}

fn description() -> Value {
    let mut operation = json!({
        "operationId": "describe",
        "tags": ["reference"],
        "summary": "Describe the API",
        "description": "This document.",
        "parameters": [tag()],
        "responses": problems(Route::Description, Format::Json, &[]),
    });
    let content = json!({
        "application/json": {
            "schema": {
                "type": "object",
                "description": "An OpenAPI document (version 3.1).",
                "properties": {
                    "openapi": { "type": "string", "const": VERSION },
                    "info": { "type": "object" },
                    "paths": { "type": "object" },
                    "components": { "type": "object" },
                },
                "required": ["openapi", "info", "paths", "components"],
            },
        },
    });
    operation["responses"]["200"] = response("The description.", Kept::Made, Some(content));
    operation["responses"]["304"] = not_modified(Kept::Made);
    operation
}

fn page() -> Value {
    let mut about = domain(false);
    about["description"] =
        "The domain; without it, the page has the field to type one alone, and may be kept for longer.".into();
    let mut operation = json!({
        "operationId": "showPage",
        "tags": ["page"],
        "summary": "Show the report as a page",
        "description": "The report as HTML, for a person. Problems are pages, too.",
        "parameters": [
            about,
            {
                "name": "view",
                "in": "query",
                "description": "`fragment` for the result without the page around it; anything else is the page.",
                "schema": { "type": "string" },
                "examples": { "fragment": { "value": "fragment" } },
            },
            fresh(),
            tag(),
        ],
        "responses": problems(Route::Page, Format::Page, &about_domain()),
    });
    let content = json!({ HTML: { "schema": { "type": "string" } } });
    for (status, response) in
        [("200", response("The page.", Kept::CheckOrMade, Some(content))), ("304", not_modified(Kept::CheckOrMade))]
    {
        operation["responses"][status] = with_headers(response, &[("Content-Security-Policy", "ContentPolicy")]);
    }
    operation
}

fn badge() -> Value {
    let mut about = domain(true);
    about["in"] = "path".into();
    let mut operation = json!({
        "operationId": "showBadge",
        "tags": ["page"],
        "summary": "Show the verdict as a badge",
        "description": "The verdict as a small picture, for any page to show. Problems are told to programs.",
        "parameters": [about, fresh(), tag()],
        "responses": problems(Route::Badge, Format::Json, &about_domain()),
    });
    let content = json!({ "image/svg+xml": { "schema": { "type": "string" } } });
    for (status, response) in
        [("200", response("The badge.", Kept::Check, Some(content))), ("304", not_modified(Kept::Check))]
    {
        operation["responses"][status] = with_headers(
            response,
            &[("Content-Security-Policy", "ContentPolicy"), ("Cross-Origin-Resource-Policy", "AnyEmbedder")],
        );
    }
    operation
}

fn domain(required: bool) -> Value {
    json!({
        "name": "domain",
        "in": "query",
        "required": required,
        "description": "The domain, as a person types it: in any case, in any script, with white space around it or a dot at its \
                        end. Names under `.example` are worked examples, and are answered with nothing looked up.",
        "schema": { "type": "string", "maxLength": PARAMETER_LIMIT },
        "examples": {
            "protected": { "summary": "Everything in place", "value": "protected.example" },
            "nothing": { "summary": "Nothing published", "value": "nothing.example" },
            "mismatch": { "summary": "The policy forgets a server", "value": "mx-mismatch.example" },
        },
    })
}

fn fresh() -> Value {
    json!({
        "name": "Cache-Control",
        "in": "header",
        "description": "`no-cache` for lookups of now, where another check a moment ago would be answered.",
        "schema": { "type": "string" },
        "examples": { "fresh": { "value": "no-cache" } },
    })
}

fn tag() -> Value {
    json!({
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` of an answer that you have.",
        "schema": { "type": "string" },
        "examples": { "had": { "value": "\"0123456789abcdef\"" } },
    })
}

/// The problem of what is sent to be judged.
fn too_many_sent() -> (&'static str, Problem) {
    ("too-many-sent", Problem::too_many_sent(RETRY_AFTER_S))
}

fn not_a_domain() -> Problem {
    match DomainName::parse("user@example.com", |_| None) {
        Err(error) => error.into(),
        Ok(_) => unreachable!("a mail address is no domain"),
    }
}

/// The problems of what looks a domain up.
fn about_domain() -> Vec<(&'static str, Problem)> {
    let unknown = DomainName::from_ascii("protectd.example").expect("it is a domain");
    let domain = DomainName::from_ascii("example.com").expect("it is a domain");
    let known: Vec<&str> = mta_sts_core::scenario::examples().into_iter().map(|example| example.domain).collect();
    vec![
        ("not-a-domain", not_a_domain()),
        ("no-such-example", Problem::no_such_example(&unknown, known)),
        ("too-many-by-client", Problem::too_many_by_client(&domain, RETRY_AFTER_S)),
        ("too-many-of-domain", Problem::too_many_of_domain(&domain, RETRY_AFTER_S)),
    ]
}
