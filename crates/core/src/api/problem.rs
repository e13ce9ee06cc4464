//! What the API says when there is no report to give: problem details (RFC 9457), in sentences that say what to do.

use serde::{Deserialize, Serialize};

use crate::advice::{GoalError, MOVE_TO_LIMIT, MoveToError};
use crate::api::Route;
use crate::name::{DomainError, DomainName};
use crate::providers::mx_line::Lines;

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
    /// Where its documentation is, on the site.
    pub fn path(&self) -> String {
        format!("/problems/{}", self.id)
    }
}

/// Every type of problem.
pub static TYPES: [ProblemType; 7] =
    [INVALID_DOMAIN, NOT_FOUND, METHOD_NOT_ALLOWED, PAYLOAD_TOO_LARGE, RATE_LIMITED, INVALID_PARAMETER, INVALID_BODY];

const INVALID_DOMAIN: ProblemType = ProblemType {
    id: "invalid-domain",
    status: 400,
    title: "Not a domain that can be checked",
    what: "The parameter `domain` is missing, or is not the name of a domain that can have mail on the internet. Where \
           a domain can be made out in it, `suggestion` has it.",
};

const NOT_FOUND: ProblemType = ProblemType {
    id: "not-found",
    status: 404,
    title: "Nothing here",
    what: "The address is not one that is answered, or the domain is under `.example` and not a worked example.",
};

const METHOD_NOT_ALLOWED: ProblemType = ProblemType {
    id: "method-not-allowed",
    status: 405,
    title: "Wrong method",
    what: "The address is answered, but not to this HTTP method. The header `Allow` lists those that it is answered to.",
};

const PAYLOAD_TOO_LARGE: ProblemType = ProblemType {
    id: "payload-too-large",
    status: 413,
    title: "Too long",
    what: "The text or file that was sent is longer than is read.",
};

const RATE_LIMITED: ProblemType = ProblemType {
    id: "rate-limited",
    status: 429,
    title: "Too many checks",
    what: "This client, or everybody together for this domain, asked for more fresh checks than are made in a minute. \
           The header `Retry-After` and `retry_after_s` say when to try again.",
};

const INVALID_PARAMETER: ProblemType = ProblemType {
    id: "invalid-parameter",
    status: 400,
    title: "A parameter that is not understood",
    what: "A parameter other than `domain` is missing, or has a value that means nothing here.",
};

const INVALID_BODY: ProblemType = ProblemType {
    id: "invalid-body",
    status: 400,
    title: "A body that cannot be read",
    what: "What was sent is not what this address reads. `detail` says where it goes wrong.",
};

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

    /// Whether something else is to be asked for; else the same may be, later.
    pub fn is_of_input(&self) -> bool {
        self.retry_after_s.is_none()
    }

    /// Nothing is at this address.
    pub fn not_found() -> Self {
        let detail = format!(
            "There is nothing at this address. Check its spelling. What the API answers is described at {}.",
            Route::Description.path()
        );
        Self::new(NOT_FOUND, detail)
    }

    /// A domain under `.example` for which there is no saved evidence; `examples` are those for which there is.
    pub fn no_such_example<'e>(domain: &DomainName, examples: impl IntoIterator<Item = &'e str>) -> Self {
        let examples: Vec<&str> = examples.into_iter().collect();
        let detail = format!(
            "Names under .example are never real, and this one is not a worked example here. Type your own domain, or \
             one of these: {}.",
            examples.join(", ")
        );
        // The longest spelling in common is the likeliest to be meant.
        let common = |example: &&str| domain.as_str().bytes().zip(example.bytes()).take_while(|(a, b)| a == b).count();
        let nearest = examples.into_iter().max_by_key(common).filter(|example| common(example) > 2);
        let suggestion = nearest.and_then(|example| DomainName::from_ascii(example).ok());
        Self { suggestion, ..Self::new(NOT_FOUND, detail) }
    }

    /// Another HTTP method than the `allowed` ones, which belong in the header `Allow`.
    pub fn method_not_allowed(allowed: &[&str]) -> Self {
        let detail = format!("This address does not answer that HTTP method. Use {}.", allowed.join(" or "));
        Self::new(METHOD_NOT_ALLOWED, detail)
    }

    /// A body of more than `limit` bytes.
    pub fn payload_too_large(limit: usize) -> Self {
        let detail = format!(
            "What was sent is longer than the {limit} bytes that are read. A policy, a record or the evidence of a check is \
             rarely longer than a few pages."
        );
        Self::new(PAYLOAD_TOO_LARGE, detail)
    }

    /// A TLS report of more than `limit` bytes, as it was sent.
    pub fn report_too_large(limit: usize) -> Self {
        let detail = format!(
            "The file is longer than the {limit} bytes that are read of a TLS report. Pack it with gzip, as reports are mostly sent, \
             or send several reports one by one."
        );
        Self::new(PAYLOAD_TOO_LARGE, detail)
    }

    /// A body that is not the evidence of a check; `fault` says where.
    pub fn invalid_evidence(fault: &str) -> Self {
        let fault = crate::text::clip::clip(fault.trim_end_matches('.'), 200);
        let detail =
            format!("What was sent is not evidence as /api/v1/evidence gives it, with or without `history`. {fault}.");
        Self::new(INVALID_BODY, detail)
    }

    /// A parameter that is not understood; `detail` says which, and what it may be.
    pub fn invalid_parameter(detail: &str) -> Self {
        Self::new(INVALID_PARAMETER, detail.to_owned())
    }

    /// More fresh checks of anything than one client may ask for; trying again makes sense after that many seconds.
    pub fn too_many_by_client(domain: &DomainName, retry_after_s: u32) -> Self {
        let who = "More checks were asked for from your internet connection in the last minute than this service makes for one.";
        Self::rate_limited(who, domain, retry_after_s)
    }

    /// More fresh checks of a domain than are made of one, whoever asked for them.
    pub fn too_many_of_domain(domain: &DomainName, retry_after_s: u32) -> Self {
        let who = format!(
            "{domain} was checked many times in the last minute, by you or by others. To spare its servers, it is not looked at again just now."
        );
        Self::rate_limited(&who, domain, retry_after_s)
    }

    fn rate_limited(what: &str, domain: &DomainName, retry_after_s: u32) -> Self {
        let seconds = if retry_after_s == 1 { "second" } else { "seconds" };
        let detail =
            format!("{what} This says nothing about {domain}. Wait {retry_after_s} {seconds}, then try again.");
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
            GoalError::NotAGoal => {
                Self::invalid_parameter("The parameter `goal` is one of roll-out, removal and move.")
            }
            GoalError::NotSeconds => Self::invalid_parameter(
                "The parameter `max_age` is the longest max_age that you ever served, in seconds and in digits alone, as in \
                 max_age=604800. If you do not know it, leave it out.",
            ),
            GoalError::MoveTo(error) => error.into(),
        }
    }
}

impl From<MoveToError> for Problem {
    fn from(error: MoveToError) -> Self {
        Self::invalid_parameter(&match error {
            MoveToError::AsParameter => format!(
                "For a move, the parameter `to` says where to: the new provider's mail servers, at most {MOVE_TO_LIMIT} of \
                 them and parted by commas, as in to=mx1.mail-host.net,mx2.mail-host.net; or one of {}.",
                Lines::provider_ids().join(", ")
            ),
            MoveToError::AsTyped => format!(
                "Those are not the names of mail servers. Type them as the mail provider shows them, at most {MOVE_TO_LIMIT}, with \
                 commas between them, such as mx1.mail-host.net, mx2.mail-host.net. An address made of numbers will not do."
            ),
        })
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
