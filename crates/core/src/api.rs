//! The API as its hosts and its description share it: the addresses, the limits, and the events of a stream. A contract with
//! callers; change it only by adding.

pub mod catalogue;
mod english;
pub mod problem;
#[cfg(feature = "types")]
pub mod types;

use serde::Serialize;

use crate::evidence::{Evidence, Observation};
use crate::report::Report;

/// Seconds that the answer to a check may be kept, and is kept here.
pub const CHECK_KEPT_S: u32 = 60;

/// Seconds that what is the same until the next release may be kept.
pub const MADE_KEPT_S: u32 = 3600;

/// Seconds after which a refused client may try again: the period of the rate limits in `wrangler.toml`.
pub const RETRY_AFTER_S: u32 = 60;

/// Most bytes of a text to lint, or of evidence, that are read. A policy over 64 KiB is a finding; far over it is a mistake.
pub const BODY_LIMIT: usize = 256 * 1024;

/// Most bytes of a TLS report that are read, as it was sent. Packed, a day of a large domain is far smaller.
pub const REPORT_LIMIT: usize = 4 * 1024 * 1024;

/// The headers of an answer that a page of another origin may read, besides those that any may.
pub const EXPOSED: &str = "Allow, ETag, Retry-After";

/// The file that has the API's description as JSON, from the root of the site: it is made once, and the API
/// answers it.
pub const DESCRIPTION_FILE: &str = "/openapi.json";

/// What the Worker answers at. All else is a file of the site, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The report on a domain.
    Check,
    /// What was seen of a domain.
    Evidence,
    /// What to publish.
    Advice,
    /// The report on evidence that the caller has.
    Evaluate,
    /// What a TLS report says.
    Reports,
    /// A policy file by itself.
    LintPolicy,
    /// An announce record by itself.
    LintRecord,
    /// A TLS-RPT record by itself.
    LintTlsRpt,
    /// The catalogue.
    Rules,
    /// The API's description.
    Description,
    /// The report on a domain, as a page.
    Page,
    /// The verdict on a domain, as a picture.
    Badge,
}

impl Route {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::Check,
        Self::Evidence,
        Self::Advice,
        Self::Evaluate,
        Self::Reports,
        Self::LintPolicy,
        Self::LintRecord,
        Self::LintTlsRpt,
        Self::Rules,
        Self::Description,
        Self::Page,
        Self::Badge,
    ];

    /// Its address; in braces what differs from one domain to another.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Check => "/api/v1/check",
            Self::Evidence => "/api/v1/evidence",
            Self::Advice => "/api/v1/advice",
            Self::Evaluate => "/api/v1/evaluate",
            Self::Reports => "/api/v1/reports",
            Self::LintPolicy => "/api/v1/lint/policy",
            Self::LintRecord => "/api/v1/lint/record",
            Self::LintTlsRpt => "/api/v1/lint/tlsrpt",
            Self::Rules => "/api/v1/rules",
            Self::Description => "/api/v1/openapi.json",
            Self::Page => "/check",
            Self::Badge => "/badge/{domain}.svg",
        }
    }

    /// The one that a path leads to.
    pub fn of(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|route| match route.path().split_once("{domain}") {
            Some(_) => route.domain_in(path).is_some(),
            None => route.path() == path,
        })
    }

    /// What stands in a path in place of `{domain}`, as it is encoded.
    pub fn domain_in(self, path: &str) -> Option<&str> {
        let (before, after) = self.path().split_once("{domain}")?;
        path.strip_prefix(before)?.strip_suffix(after)
    }

    /// The HTTP methods that it is answered to.
    pub const fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Evaluate | Self::Reports | Self::LintPolicy | Self::LintRecord | Self::LintTlsRpt => {
                &["POST", "OPTIONS"]
            }
            _ => &["GET", "HEAD", "OPTIONS"],
        }
    }
}

/// A line of a stream (`application/x-ndjson`). Later versions may have others: pass over what you do not know.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "types", ts(rename = "StreamEvent"), schemars(rename = "StreamEvent"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event<'e> {
    /// A lookup is done.
    Lookup {
        /// What came of it.
        observation: &'e Observation,
    },
    /// All are done; the last line of a stream of evidence.
    Evidence {
        /// What was seen.
        evidence: &'e Evidence,
    },
    /// All are done; the last line of a stream of a check.
    Report {
        /// What it means.
        report: &'e Report,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_found_by_its_path_and_no_other() {
        for route in Route::ALL {
            assert_eq!(Route::of(&route.path().replace("{domain}", "xn--bcher-kva.example")), Some(route));
        }
        assert_eq!(Route::Badge.domain_in("/badge/a%2Fb.svg"), Some("a%2Fb"));
        for path in
            ["", "/", "/api/v1/check/", "/api/v1", "/api/v1/lint", "/badge/", "/badge/example.com", "/check.svg"]
        {
            assert_eq!(Route::of(path), None, "{path}");
        }
    }
}
