//! What the API answers besides its content: statuses, headers and problems.

use mta_sts_core::api::problem::{MEDIA_TYPE, Problem};
use mta_sts_core::api::{EXPOSED, MADE_KEPT_S, RETRY_AFTER_S, Route};
use serde_json::{Map, Value, json};

use super::schema::answered;

/// The media type of our pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// How long an answer may be kept.
#[derive(Clone, Copy)]
pub(super) enum Kept {
    /// As a check is.
    Check,
    /// As a check is, or as a stream: not at all, and no proxy may gather its lines.
    CheckOrStream,
    /// As what is made beforehand is.
    Made,
    /// As either.
    CheckOrMade,
    /// Not at all.
    Not,
}

impl Kept {
    /// The headers about it, by their names in the response and in the document.
    fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Check => &[("Cache-Control", "KeptAsCheck"), ("ETag", "Tag"), ("Vary", "Vary")],
            Self::CheckOrStream => {
                &[("Cache-Control", "KeptUnlessStream"), ("ETag", "TagUnlessStream"), ("Vary", "VaryUnlessStream")]
            }
            Self::Made => &[("Cache-Control", "KeptAsMade"), ("ETag", "Tag"), ("Vary", "Vary")],
            Self::CheckOrMade => &[("Cache-Control", "KeptAsPage"), ("ETag", "Tag"), ("Vary", "Vary")],
            Self::Not => &[("Cache-Control", "NotKept")],
        }
    }
}

fn header(description: &str, schema: &Value) -> Value {
    json!({ "description": description, "required": true, "schema": schema })
}

/// Every header, by its name in the document.
pub(super) fn headers() -> Value {
    let constant = |description: &str, value: &str| header(description, &json!({ "type": "string", "const": value }));
    let matching =
        |description: &str, pattern: &str| header(description, &json!({ "type": "string", "pattern": pattern }));
    let (check, made) = ("^public, max-age=([0-5]?[0-9]|60)$", format!("public, max-age={MADE_KEPT_S}"));
    let unless_stream = |mut header: Value| {
        header["description"] =
            format!("{} A stream has none.", header["description"].as_str().unwrap_or_default()).into();
        header["required"] = false.into();
        header
    };
    let tag = header(
        "Names the answer. Send it as `If-None-Match`, and an answer that is still the same is a 304 without a body. What \
         compresses on the way makes it weak.",
        &json!({ "type": "string", "pattern": "^(W/)?\"[0-9a-f]{16}\"$" }),
    );
    let vary = constant("The answer hangs on this header of the request.", "Accept");
    json!({
        "KeptAsCheck": matching("How long it may be kept, by anybody: what is left of its minute.", check),
        "KeptUnlessStream": matching(
            "How long it may be kept, by anybody. A stream may not, and its lines are not to be gathered on the way.",
            &format!("{check}|^no-store, no-transform$"),
        ),
        "KeptAsMade": constant("How long it may be kept, by anybody.", &made),
        "KeptAsPage": matching("How long it may be kept, by anybody: a report, or the empty form.", &format!("{check}|^{made}$")),
        "NotKept": constant("It is the answer to this request alone.", "no-store"),
        "TagUnlessStream": unless_stream(tag.clone()),
        "Tag": tag,
        "VaryUnlessStream": unless_stream(vary.clone()),
        "Vary": vary,
        "AnyOrigin": constant("A page of any origin may read the answer.", "*"),
        "Exposed": constant("The headers that a page of another origin may read, too.", EXPOSED),
        "NoSniff": constant("The content is what `Content-Type` says.", "nosniff"),
        "NoReferrer": constant("What follows a link in the answer does not tell where it was.", "no-referrer"),
        "HttpsAlone": constant("Browsers ask over HTTPS from then on.", "max-age=31536000"),
        "OwnGroup": constant("A page of another origin has no hold of the window.", "same-origin"),
        "NoDevices": constant("What a page may not use.", "camera=(), geolocation=(), microphone=()"),
        "ContentPolicy": header("What may load and run in it.", &json!({ "type": "string" })),
        "AnyEmbedder": constant("A page of any origin may show it.", "cross-origin"),
        "RetryAfter": header("Seconds after which to try again.", &json!({ "type": "integer", "const": RETRY_AFTER_S })),
        "Allow": header("The methods that the address answers.", &json!({ "type": "string" })),
    })
}

fn refer(name: &str) -> Value {
    json!({ "$ref": format!("#/components/headers/{name}") })
}

/// A response with the headers that every one carries.
pub(super) fn response(description: &str, kept: Kept, content: Option<Value>) -> Value {
    let headers = json!({
        "Access-Control-Allow-Origin": refer("AnyOrigin"),
        "Access-Control-Expose-Headers": refer("Exposed"),
        "X-Content-Type-Options": refer("NoSniff"),
        "Referrer-Policy": refer("NoReferrer"),
        "Strict-Transport-Security": refer("HttpsAlone"),
        "Cross-Origin-Opener-Policy": refer("OwnGroup"),
        "Permissions-Policy": refer("NoDevices"),
    });
    let mut response = json!({ "description": description, "headers": headers });
    if let Some(content) = content {
        response["content"] = content;
    }
    with_headers(response, kept.headers())
}

/// Adds headers to a response, by their names in it and in the document.
pub(super) fn with_headers(mut response: Value, more: &[(&str, &str)]) -> Value {
    for (name, header) in more {
        response["headers"][*name] = refer(header);
    }
    response
}

/// The answer to who has it already.
pub(super) fn not_modified(kept: Kept) -> Value {
    response("It is still what `If-None-Match` names.", kept, None)
}

/// How a problem is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Page,
}

/// The problems that a route answers, by status; of several with one status, each is an example.
pub(super) fn problems(route: Route, format: Format, problems: &[(&str, Problem)]) -> Map<String, Value> {
    let mut responses = Map::new();
    let wrong_method = Problem::method_not_allowed(route.methods());
    let wrong_method = ("wrong-method", wrong_method);
    let all = || problems.iter().chain([&wrong_method]);
    for (_, problem) in all() {
        let same = || all().filter(|(_, other)| other.status == problem.status);
        let content = match format {
            Format::Json => {
                let examples: Map<String, Value> =
                    same().map(|(name, problem)| ((*name).to_owned(), json!({ "value": problem }))).collect();
                json!({ MEDIA_TYPE: { "schema": answered("Problem"), "examples": examples } })
            }
            Format::Page => json!({ HTML: { "schema": { "type": "string" } } }),
        };
        let mut titles: Vec<&str> = same().map(|(_, problem)| problem.title.as_str()).collect();
        titles.dedup();
        let mut description = titles.join("; or: ");
        if problem.status == 405 {
            description = format!("{description}. This is what the address answers to any method that it has not.");
        }
        let mut told = response(&description, Kept::Not, Some(content));
        if problem.retry_after_s.is_some() {
            told = with_headers(told, &[("Retry-After", "RetryAfter")]);
        }
        if problem.status == 405 {
            told = with_headers(told, &[("Allow", "Allow")]);
        }
        if format == Format::Page {
            told = with_headers(told, &[("Content-Security-Policy", "ContentPolicy")]);
        }
        responses.insert(problem.status.to_string(), told);
    }
    responses
}
