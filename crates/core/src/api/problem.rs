//! What the API says when there is no report to give: problem details (RFC 9457).

use serde::{Deserialize, Serialize};

use super::Route;
use super::english;
use crate::advice::{GoalError, MOVE_TO_LIMIT, MoveTo, MoveToError};
use crate::name::{DomainError, DomainName};
use crate::text::template::fill;

/// The media type of a [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A problem, as it is served with its status. The sender's mistake, never a finding about a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Problem {
    /// Link to the documentation of this type of problem, relative to the site.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "types", schemars(extend("enum" = TYPES.map(|kind| kind.path()), "format" = "uri-reference")))]
    pub kind: String,
    /// The type in a few words, always the same.
    pub title: String,
    /// The HTTP status code.
    #[cfg_attr(feature = "types", schemars(extend("enum" = statuses())))]
    pub status: u16,
    /// What is wrong this time, and what to do.
    pub detail: String,
    /// The domain that was probably meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional, type = "string"))]
    pub suggestion: Option<DomainName>,
    /// Seconds after which to try again, as in the header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub retry_after_s: Option<u32>,
}

/// A type of problem, permanent like the id of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemType {
    /// Last segment of [`ProblemType::path`].
    pub id: &'static str,
    /// The HTTP status code.
    pub status: u16,
    /// In a few words.
    pub title: &'static str,
    /// When it is answered, for the documentation.
    pub what: &'static str,
}

impl ProblemType {
    const fn new(id: &'static str, status: u16, words: english::Type) -> Self {
        Self { id, status, title: words.title, what: words.what }
    }

    /// Where its documentation is, on the site.
    pub fn path(&self) -> String {
        format!("/problems/{}", self.id)
    }
}

/// Every type of problem.
pub static TYPES: [ProblemType; 7] =
    [INVALID_DOMAIN, NOT_FOUND, METHOD_NOT_ALLOWED, PAYLOAD_TOO_LARGE, RATE_LIMITED, INVALID_PARAMETER, INVALID_BODY];

const INVALID_DOMAIN: ProblemType = ProblemType::new("invalid-domain", 400, english::INVALID_DOMAIN);
const NOT_FOUND: ProblemType = ProblemType::new("not-found", 404, english::NOT_FOUND);
const METHOD_NOT_ALLOWED: ProblemType = ProblemType::new("method-not-allowed", 405, english::METHOD_NOT_ALLOWED);
const PAYLOAD_TOO_LARGE: ProblemType = ProblemType::new("payload-too-large", 413, english::PAYLOAD_TOO_LARGE);
const RATE_LIMITED: ProblemType = ProblemType::new("rate-limited", 429, english::RATE_LIMITED);
const INVALID_PARAMETER: ProblemType = ProblemType::new("invalid-parameter", 400, english::INVALID_PARAMETER);
const INVALID_BODY: ProblemType = ProblemType::new("invalid-body", 400, english::INVALID_BODY);

/// The status codes of all types, each once.
#[cfg(feature = "types")]
fn statuses() -> Vec<u16> {
    let mut statuses = TYPES.map(|kind| kind.status).to_vec();
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

impl Problem {
    fn new(kind: ProblemType, detail: String) -> Self {
        let ProblemType { status, title, .. } = kind;
        let title = title.to_owned();
        Self { kind: kind.path(), title, status, detail, suggestion: None, retry_after_s: None }
    }

    /// The id of its type.
    pub fn id(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }

    /// Whether something else is to be asked for; else the same may be, later.
    pub fn is_of_input(&self) -> bool {
        self.retry_after_s.is_none()
    }

    /// Nothing is at this address.
    pub fn not_found() -> Self {
        let detail = fill(english::NOTHING_THERE, |_description, out| out.push_str(Route::Description.path()));
        Self::new(NOT_FOUND, detail)
    }

    /// A domain under `.example` for which there is no saved evidence; `examples` are those for which there is.
    pub fn no_such_example<'e>(domain: &DomainName, examples: impl IntoIterator<Item = &'e str>) -> Self {
        let examples: Vec<&str> = examples.into_iter().collect();
        let detail = fill(english::NO_SUCH_EXAMPLE, |_examples, out| out.push_str(&examples.join(", ")));
        // The longest spelling in common is the likeliest to be meant.
        let common = |example: &&str| domain.as_str().bytes().zip(example.bytes()).take_while(|(a, b)| a == b).count();
        let nearest = examples.into_iter().max_by_key(common).filter(|example| common(example) > 2);
        let suggestion = nearest.and_then(|example| DomainName::from_ascii(example).ok());
        Self { suggestion, ..Self::new(NOT_FOUND, detail) }
    }

    /// Another HTTP method than the `allowed` ones, which belong in the header `Allow`.
    pub fn method_not_allowed(allowed: &[&str]) -> Self {
        let detail = fill(english::OTHER_METHOD, |_methods, out| out.push_str(&allowed.join(english::OR)));
        Self::new(METHOD_NOT_ALLOWED, detail)
    }

    /// A body of more than `limit` bytes.
    pub fn payload_too_large(limit: usize) -> Self {
        Self::new(PAYLOAD_TOO_LARGE, fill(english::BODY_TOO_LARGE, |_limit, out| out.push_str(&limit.to_string())))
    }

    /// A TLS report of more than `limit` bytes, as it was sent.
    pub fn report_too_large(limit: usize) -> Self {
        Self::new(PAYLOAD_TOO_LARGE, fill(english::REPORT_TOO_LARGE, |_limit, out| out.push_str(&limit.to_string())))
    }

    /// A body that is not the evidence of a check; `fault` says where.
    pub fn invalid_evidence(fault: &str) -> Self {
        let fault = crate::text::clip::clip(fault.trim_end_matches('.'), 200);
        Self::new(INVALID_BODY, fill(english::NOT_EVIDENCE, |_fault, out| out.push_str(&fault)))
    }

    /// A parameter that is not understood; `detail` says which, and what it may be.
    pub fn invalid_parameter(detail: &str) -> Self {
        Self::new(INVALID_PARAMETER, detail.to_owned())
    }

    /// More fresh checks of anything than one client may ask for; trying again makes sense after that many seconds.
    pub fn too_many_by_client(domain: &DomainName, retry_after_s: u32) -> Self {
        Self::rate_limited(english::TOO_MANY_BY_CLIENT, domain, retry_after_s)
    }

    /// More fresh checks of a domain than are made of one, whoever asked for them.
    pub fn too_many_of_domain(domain: &DomainName, retry_after_s: u32) -> Self {
        Self::rate_limited(english::TOO_MANY_OF_DOMAIN, domain, retry_after_s)
    }

    /// More texts, evidence or reports than one client may have judged.
    pub fn too_many_sent(retry_after_s: u32) -> Self {
        let detail = fill(english::TOO_MUCH_SENT, |_seconds, out| out.push_str(&retry_after_s.to_string()));
        Self { retry_after_s: Some(retry_after_s), ..Self::new(RATE_LIMITED, detail) }
    }

    fn rate_limited(sentences: &'static str, domain: &DomainName, retry_after_s: u32) -> Self {
        let detail = fill(sentences, |word, out| match word {
            "domain" => out.push_str(domain.as_str()),
            _seconds => out.push_str(&retry_after_s.to_string()),
        });
        Self { retry_after_s: Some(retry_after_s), ..Self::new(RATE_LIMITED, detail) }
    }
}

impl From<DomainError> for Problem {
    fn from(error: DomainError) -> Self {
        let detail = error.to_string();
        Self { suggestion: error.suggestion, ..Self::new(INVALID_DOMAIN, detail) }
    }
}

impl From<GoalError> for Problem {
    fn from(error: GoalError) -> Self {
        match error {
            GoalError::NotAGoal => Self::invalid_parameter(english::NOT_A_GOAL),
            GoalError::NotSeconds => Self::invalid_parameter(english::NOT_SECONDS),
            GoalError::MoveTo(error) => error.into(),
        }
    }
}

impl From<MoveToError> for Problem {
    fn from(error: MoveToError) -> Self {
        let sentence = match error {
            MoveToError::AsParameter => english::NO_SERVERS_IN_PARAMETER,
            MoveToError::AsTyped => english::NO_SERVERS_TYPED,
        };
        Self::invalid_parameter(&fill(sentence, |word, out| match word {
            "limit" => out.push_str(&MOVE_TO_LIMIT.to_string()),
            _providers => {
                let ids: Vec<String> = MoveTo::providers().into_iter().map(|provider| provider.id).collect();
                out.push_str(&ids.join(", "));
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problem_of(input: &str) -> Problem {
        DomainName::parse(input, |_| None).expect_err(input).into()
    }

    #[test]
    fn a_problem_is_an_rfc_9457_object() {
        assert_eq!(
            serde_json::to_value(problem_of("user@example.com")).expect("serializes"),
            json!({
                "type": "/problems/invalid-domain",
                "title": "Not a domain that can be checked",
                "status": 400,
                "detail": "That is a mail address. Type only the part after the @: example.com",
                "suggestion": "example.com",
            })
        );
        let limited = Problem::too_many_of_domain(&DomainName::from_ascii("example.com").expect("a domain"), 30);
        let limited = serde_json::to_value(limited).expect("serializes");
        assert_eq!((&limited["status"], &limited["retry_after_s"]), (&json!(429), &json!(30)));
        assert!(limited.get("suggestion").is_none(), "{limited}");
    }

    #[test]
    fn every_type_is_made_and_documented() {
        let example = DomainName::from_ascii("protectd.example").expect("a domain");
        let problems = [
            problem_of(""),
            Problem::not_found(),
            Problem::method_not_allowed(&["GET", "HEAD"]),
            Problem::payload_too_large(65_536),
            Problem::too_many_by_client(&example, 1),
            Problem::invalid_parameter("The parameter `goal` is one of two."),
            Problem::invalid_evidence("Unexpected end of JSON input"),
        ];
        for (problem, kind) in problems.iter().zip(&TYPES) {
            assert_eq!((&problem.kind, problem.status), (&kind.path(), kind.status));
            assert!(problem.detail.ends_with('.') && !kind.what.is_empty(), "{problem:?}");
        }
        let report = Problem::report_too_large(4096);
        assert_eq!((report.status, &report.kind), (413, &PAYLOAD_TOO_LARGE.path()));
        assert!(report.detail.contains("4096") && report.detail.contains("gzip"), "{}", report.detail);
        assert!(!report.detail.contains("policy"), "{}", report.detail);
        let missing = Problem::no_such_example(&example, ["nothing.example", "protected.example", "testing.example"]);
        assert_eq!(missing.status, 404);
        assert_eq!(missing.suggestion.expect("the nearest").as_str(), "protected.example");
        assert!(missing.detail.contains("nothing.example, protected.example"), "{}", missing.detail);
        let other = DomainName::from_ascii("zebra.example").expect("a domain");
        assert_eq!(Problem::no_such_example(&other, ["nothing.example"]).suggestion, None);
    }
}
