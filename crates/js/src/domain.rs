//! What was typed, read as a domain. Names in other alphabets are the host's to convert: tables for that would weigh more
//! than the whole core.

use mta_sts_core::api::problem::Problem;
use mta_sts_core::name::DomainName;
use web_sys::Url;

/// What was typed, read as a domain.
pub fn domain(typed: &str) -> Result<DomainName, Problem> {
    DomainName::parse(typed, to_ascii).map_err(Problem::from)
}

/// A name as A-labels, by the host's own URL parser. Core hands over letters, digits, hyphens, dots and what is not ASCII,
/// so that nothing but a host can come out, and validates it again.
pub fn to_ascii(name: &str) -> Option<String> {
    Url::new(&format!("https://{name}/")).ok().map(|url| url.hostname())
}
