//! The API for a person to read: every address with a request that can be pasted, what is answered to it, and the types.

use maud::{Markup, html};
use mta_sts_core::api::problem::TYPES;
use mta_sts_core::api::{BODY_LIMIT, CHECK_KEPT_S, DESCRIPTION_FILE, MADE_KEPT_S, REPORT_LIMIT, RETRY_AFTER_S};
use mta_sts_core::lookup::limits::MX_HOST_LIMIT;
use mta_sts_core::lookup::limits::REQUEST_LIMIT;

use crate::page::{Head, shell, status};
use crate::text;

/// Stands in requests for where the site is, which its script puts in: no page that is made once can know.
pub const HOST: &str = "https://HOST";

/// Longest request and answer that are shown, in characters.
const SHOWN_LIMIT: usize = 20_000;

/// The API's description, taken apart for a person. Sentences may mark what is literal with backticks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiDocument {
    /// What holds for every address, a paragraph each.
    pub about: Vec<String>,
    /// What callers may rely on.
    pub promise: String,
    /// Its addresses, by what they are about.
    pub groups: Vec<ApiGroup>,
    /// Every type, by its name.
    pub types: Vec<ApiType>,
    /// Fresh checks that a client may ask for in a minute.
    pub client_limit: u32,
    /// Fresh checks of one domain in a minute, whoever asks.
    pub target_limit: u32,
    /// Texts, evidence and reports that a client may send in a minute.
    pub sent_limit: u32,
}

/// Addresses that are about the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiGroup {
    /// In a sentence.
    pub about: String,
    /// Its addresses.
    pub operations: Vec<ApiOperation>,
}

/// An address with its method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiOperation {
    /// Its id in the description, and on the page.
    pub id: String,
    /// `GET` or `POST`.
    pub method: String,
    /// In braces what differs from one request to another.
    pub path: String,
    /// What it does, in a few words.
    pub summary: String,
    /// What it does, in sentences.
    pub about: String,
    /// What may be asked with it.
    pub parameters: Vec<ApiParameter>,
    /// What is sent: its media types and what it is; nothing where nothing is.
    pub body: Option<ApiBody>,
    /// By status.
    pub answers: Vec<ApiAnswer>,
    /// Requests that work as they stand.
    pub examples: Vec<ApiExample>,
}

/// A parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiParameter {
    /// Its name.
    pub name: String,
    /// Where it stands: `query`, `path` or `header`.
    pub place: String,
    /// What it may be.
    pub shape: Vec<Part>,
    /// Whether it cannot be left out.
    pub needed: bool,
    /// What it means.
    pub about: String,
}

/// What is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiBody {
    /// What it is.
    pub about: String,
    /// Each media type, and what is sent as such.
    pub contents: Vec<(String, Vec<Part>)>,
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiAnswer {
    /// The HTTP status code.
    pub status: String,
    /// Each media type, and what is answered as such.
    pub contents: Vec<(String, Vec<Part>)>,
    /// When it is given.
    pub about: String,
    /// The pages of the types of problem that it can be, from the root of the site.
    pub problems: Vec<String>,
}

/// A request, and what is answered to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiExample {
    /// A shell's command, with [`HOST`] for where the site is.
    pub command: String,
    /// The media type of the answer, which is a 200.
    pub media_type: String,
    /// What is shown of the answer, where that is not the whole.
    pub about: String,
    /// The answer, shortened.
    pub answer: Option<String>,
    /// The address, where a browser can just go there.
    pub link: Option<String>,
}

/// A type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiType {
    /// Its name, and its id on the page.
    pub name: String,
    /// What it is.
    pub about: String,
    /// What it is made of, where it has no fields.
    pub shape: Vec<Part>,
    /// What it can be: one of a type with fields, several where it is one of them.
    pub forms: Vec<ApiForm>,
}

/// One form of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiForm {
    /// What it says, where there are several.
    pub about: String,
    /// Its value, where it has no fields.
    pub value: Vec<Part>,
    /// Its fields, in their order.
    pub fields: Vec<ApiField>,
}

/// A field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiField {
    /// Its name; with dots, where it lies in another.
    pub name: String,
    /// What it may be.
    pub shape: Vec<Part>,
    /// Whether it is always there.
    pub always: bool,
    /// What it means.
    pub about: String,
}

/// A part of what a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Words(String),
    /// Exactly this.
    Literal(String),
    /// A type of the page.
    Type(String),
}

pub(crate) fn page(api: &ApiDocument) -> Markup {
    let head = Head {
        title: "API",
        description: "Check MTA-STS and TLS-RPT of a domain from a script or a page of your own: every address of the JSON API, \
                      with requests to paste and their answers.",
        address: Some("/api"),
        indexed: true,
        script: Some("/api.js"),
    };
    let all = || api.groups.iter().flat_map(|group| &group.operations);
    shell(
        &head,
        &html! {
            h1 { (head.title) }
            p.lead { "What the pages show, a script or a page of your own can ask for, as JSON. It costs nothing, and takes no key." }
            (status())
            @if let Some(example) = all().next().and_then(|operation| operation.examples.first()) { (request(example)) }
            @for paragraph in &api.about { p { (text::prose(paragraph)) } }
            p {
                "For programs, all of this is described in " a href="/api/v1/openapi.json" { "OpenAPI 3.1" } " (also at "
                a href=(DESCRIPTION_FILE) { (DESCRIPTION_FILE) } "), and in " a href="/pkg/index.d.ts" { "TypeScript declarations" } "."
            }
            section {
                h2 #addresses { "Addresses" }
                ul.examples role="list" {
                    @for operation in all() {
                        li { a href={ "#" (operation.id) } { (operation.summary) } code { (operation.method) " " (operation.path) } }
                    }
                }
            }
            section { (manners(api)) }
            @for group in &api.groups {
                section {
                    @let (title, more) = group.about.split_once(". ").unwrap_or((&group.about, ""));
                    h2 { (text::prose(title.trim_end_matches('.'))) }
                    @if !more.is_empty() { p { (text::prose(more)) } }
                    @for operation in &group.operations { (shown(operation)) }
                }
            }
            section {
                h2 #types { "Types" }
                p { "What is answered and sent, field by field. A name that ends in Sent is the type as it is sent, with fields that may be left out." }
                @for kind in &api.types { (described(kind)) }
            }
        },
    )
}

/// What holds for every request.
fn manners(api: &ApiDocument) -> Markup {
    html! {
        h2 #problems { "When something is wrong with the request" }
        p { "Then the answer is a problem, with a sentence in " code { "detail" } " that says what to do. Each type has a page:" }
        ul.examples role="list" {
            @for kind in &TYPES { li { a href=(kind.path()) { (kind.title) } code { (kind.status) " " (kind.id) } } }
        }
        h2 #stream { "Watching a check run" }
        p {
            "A check takes as long as the slowest server that it asks. Ask with " code { "Accept: application/x-ndjson" } " and lines "
            "come as lookups land, each a " a href="#StreamEvent" { "StreamEvent" } " in JSON: first those with " code { "lookup" }
            ", in any order, and last one with the whole, which is a " code { "report" } " or the " code { "evidence" } "."
        }
        h2 #kept { "How long answers are kept" }
        p {
            "Answers are kept for " (CHECK_KEPT_S) " seconds, or five if a lookup failed: asked again within "
            "that time, nothing is looked up. Ask with " code { "Cache-Control: no-cache" } " for lookups of now. The rules and the "
            "description may be kept for " (MADE_KEPT_S / 60) " minutes. Such answers have an " code { "ETag" } ". Send it back as "
            code { "If-None-Match" } ", and an answer that is still the same is a 304 without a body. Problems, streams and what is made of "
            "a text that you send are not kept at all."
        }
        h2 #limits { "Limits" }
        ul {
            li {
                "A client may ask for " (api.client_limit) " fresh checks a minute, and all clients together for " (api.target_limit)
                " of one domain, with all below it. A client may send " (api.sent_limit) " texts, evidence or reports a minute. "
                "Beyond that the answer is a 429, with " code { "Retry-After: " (RETRY_AFTER_S) } ". What is kept, and "
                "the worked examples, are not counted."
            }
            li { "A check makes at most " (REQUEST_LIMIT) " requests, and looks into " (MX_HOST_LIMIT) " mail servers; the others are named and counted." }
            li { "A text or evidence that is sent may have " (BODY_LIMIT / 1024) " KiB, a TLS report " (REPORT_LIMIT / 1024 / 1024) " MiB." }
        }
        h2 #promise { "What stays as it is" }
        p { (text::prose(&api.promise)) }
        p {
            "The addresses under " code { "/api/v1/" } ", the ids of rules and the types of problems are permanent, and no field changes its meaning or goes away. "
            "A report has " code { "schema" } ", the version of its fields, which is 1, and " code { "ruleset" } ", the version of the rules that judged: "
            "with other rules the same domain can be answered otherwise. Sentences are for people and may be worded anew; go by ids and words like "
            code { "verdict" } "."
        }
    }
}

fn shown(operation: &ApiOperation) -> Markup {
    html! {
        section aria-labelledby=(operation.id) {
            h3 id=(operation.id) { (operation.summary) }
            p { code { (operation.method) " " (operation.path) } }
            p { (text::prose(&operation.about)) }
            @for example in &operation.examples { (request(example)) }
            @if !operation.parameters.is_empty() { (parameters(operation)) }
            @if let Some(body) = &operation.body {
                h4 { "Body" }
                p { (text::prose(&body.about)) }
                ul { @for (media_type, shape) in &body.contents { li { code { (media_type) } ": " (parts(shape)) } } }
            }
            (answers(operation))
        }
    }
}

fn request(example: &ApiExample) -> Markup {
    html! {
        figure.m-copy.m-request data-answer=(example.media_type) {
            figcaption {
                span { "A request, answered as " (example.media_type) }
                button.copy type="button" data-copy hidden { "Copy" span.m-hidden { " the request" } }
            }
            pre tabindex="0" aria-label="The request" { code { (text::block(&example.command, SHOWN_LIMIT)) } }
        }
        @if let Some(link) = &example.link { p { a href=(link) { "Open it in the browser" } } }
        @if let Some(answer) = &example.answer {
            details.m-block {
                summary { span.m-title { "The answer, shortened" @if !example.about.is_empty() { ": " (example.about.to_lowercase()) } } }
                pre tabindex="0" aria-label="The answer" { code { (text::block(answer, SHOWN_LIMIT)) } }
            }
        }
    }
}

fn parameters(operation: &ApiOperation) -> Markup {
    html! {
        h4 { "Parameters" }
        div.m-scroll {
            table {
                thead { tr { th scope="col" { "Name" } th scope="col" { "What it is" } th scope="col" { "Meaning" } } }
                tbody {
                    @for parameter in &operation.parameters {
                        tr {
                            th scope="row" { code { (parameter.name) } }
                            td { (parts(&parameter.shape)) ", in the " (parameter.place) @if parameter.needed { "; needed" } }
                            td { (text::prose(&parameter.about)) }
                        }
                    }
                }
            }
        }
    }
}

fn answers(operation: &ApiOperation) -> Markup {
    html! {
        h4 { "Answers" }
        div.m-scroll {
            table {
                thead { tr { th scope="col" { "Status" } th scope="col" { "What it is" } th scope="col" { "Meaning" } } }
                tbody {
                    @for answer in &operation.answers {
                        tr {
                            th scope="row" { (answer.status) }
                            td {
                                @if answer.contents.is_empty() { "No body" }
                                @for (at, (media_type, shape)) in answer.contents.iter().enumerate() {
                                    @if at > 0 { br; } (parts(shape)) " as " code { (media_type) }
                                }
                            }
                            td {
                                (text::prose(&answer.about))
                                @for problem in &answer.problems { " (" a href=(problem) { (problem.rsplit('/').next().unwrap_or(problem)) } ")" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A type, folded. Its id lies within, so that a link to it opens it.
fn described(kind: &ApiType) -> Markup {
    let values = kind.forms.len() > 1 && kind.forms.iter().all(|form| form.fields.is_empty());
    html! {
        details.m-block {
            summary { strong.m-title { (kind.name) } }
            p id=(kind.name) { (text::prose(&kind.about)) @if !kind.shape.is_empty() { " It is a " (parts(&kind.shape)) "." } }
            @if values {
                div.m-scroll {
                    table {
                        thead { tr { th scope="col" { "Value" } th scope="col" { "Meaning" } } }
                        tbody {
                            @for form in &kind.forms { tr { th scope="row" { (parts(&form.value)) } td { (text::prose(&form.about)) } } }
                        }
                    }
                }
            } @else if kind.forms.len() > 1 {
                p { "It is one of these:" }
                ul { @for form in &kind.forms { li { (one_form(form)) } } }
            } @else {
                @for form in &kind.forms { (fields(&form.fields)) }
            }
        }
    }
}

fn one_form(form: &ApiForm) -> Markup {
    html! {
        @if !form.about.is_empty() { p { (text::prose(&form.about)) } }
        @if form.fields.is_empty() { p { (parts(&form.value)) } } @else { (fields(&form.fields)) }
    }
}

fn fields(fields: &[ApiField]) -> Markup {
    html! {
        div.m-scroll {
            table {
                thead { tr { th scope="col" { "Field" } th scope="col" { "What it is" } th scope="col" { "Meaning" } } }
                tbody {
                    @for field in fields {
                        tr {
                            th scope="row" { code { (field.name) } }
                            td { (parts(&field.shape)) @if !field.always { "; may be left out" } }
                            td { (text::prose(&field.about)) }
                        }
                    }
                }
            }
        }
    }
}

fn parts(parts: &[Part]) -> Markup {
    html! {
        @for part in parts {
            @match part {
                Part::Words(words) => (words),
                Part::Literal(literal) => code { (literal) },
                Part::Type(name) => a href={ "#" (name) } { (name) },
            }
        }
    }
}
