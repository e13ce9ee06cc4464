//! Why a fetch failed, from what Cloudflare says of it: pure tables, so that each row can be tested.

use crate::evidence::{Cause, Failure};

/// What Cloudflare answers in the place of an origin that it could not talk to. None where the status is the origin's own,
/// as 528 and 529 are, which Cloudflare does not list.
///
/// An origin that is itself behind Cloudflare can pass on such a status; it is at fault in the same way then.
/// <https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/>
pub fn failure_of_status(status: u16) -> Option<Failure> {
    let (_, cause, words) = STATUSES.iter().find(|(row, ..)| *row == status)?;
    Some(Failure { cause: *cause, detail: Some(format!("Cloudflare's status {status}, {words}")) })
}

static STATUSES: &[(u16, Cause, &str)] = &[
    (520, Cause::Connection, "the host's answer was empty, broken or cut off"),
    (521, Cause::Connection, "the host refused the connection"),
    (522, Cause::Connection, "no connection to the host came about in time"),
    (523, Cause::Connection, "there is no way to the host's address"),
    (524, Cause::Timeout, "the host took the request, and gave no answer in time"),
    (525, Cause::Tls, "the TLS handshake with the host failed"),
    (526, Cause::Tls, "the host's certificate is not valid"),
    // Of Railgun, a service that has ended.
    (527, Cause::Connection, "the connection to the host was interrupted"),
    // Stands for an error 1xxx, mostly that Cloudflare's own resolver found no address where ours did.
    (530, Cause::Unknown, "the host's name could not be resolved there, or may not be fetched from"),
];

/// What a thrown error says. A Worker on Cloudflare gets a status where it is the origin's fault, and what it throws
/// besides is mostly Cloudflare's or ours; anywhere else workerd has no other way to tell.
pub fn failure_of_error(message: &str, on_cloudflare: bool) -> Failure {
    let cause = match ERRORS.iter().find(|(mark, _)| message.contains(mark)) {
        // Cloudflare would answer 525 or 526.
        Some((_, Cause::Tls)) if on_cloudflare => Cause::Unknown,
        Some((_, cause)) => *cause,
        None => Cause::Unknown,
    };
    Failure { cause, detail: Some(crate::text::clip::clip(message, DETAIL_LIMIT)) }
}

/// Longest message that is kept, in characters.
const DETAIL_LIMIT: usize = 1024;

/// What is thrown for the host's faults, by a part of it. Anything else is ours or Cloudflare's: too many requests, a
/// connection closed to make room, an address that may not be asked.
static ERRORS: &[(&str, Cause)] = &[
    // A bad certificate and a failed handshake, which workerd does not tell apart. An unknown name is one too, but a
    // host is fetched only once it has addresses.
    ("internal error", Cause::Tls),
    ("TLS peer's certificate", Cause::Tls),
    // Refused or reset, or cut off in the middle of an answer.
    ("Network connection lost", Cause::Connection),
    ("onnection refused", Cause::Connection),
    ("aborted", Cause::Timeout),
    ("timed out", Cause::Timeout),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_of_cloudflare_have_causes() {
        let rows = [
            (520, Some(Cause::Connection), "empty, broken or cut off"),
            (521, Some(Cause::Connection), "refused"),
            (522, Some(Cause::Connection), "no connection to the host came about in time"),
            (523, Some(Cause::Connection), "no way to the host's address"),
            (524, Some(Cause::Timeout), "no answer in time"),
            (525, Some(Cause::Tls), "handshake"),
            (526, Some(Cause::Tls), "certificate"),
            (527, Some(Cause::Connection), "interrupted"),
            (528, None, ""),
            (529, None, ""),
            (530, Some(Cause::Unknown), "could not be resolved"),
        ];
        for (status, cause, words) in rows {
            let failure = failure_of_status(status);
            assert_eq!(failure.as_ref().map(|failure| failure.cause), cause, "{status}");
            let detail = failure.and_then(|failure| failure.detail).unwrap_or_default();
            assert!(detail.contains(words), "{status}: {detail}");
            assert!(cause.is_none() || detail.contains(&status.to_string()), "{status}: {detail}");
        }
        assert!(STATUSES.iter().all(|(status, ..)| rows.iter().any(|row| row.0 == *status)), "every row is tried");
    }

    #[test]
    fn every_other_status_is_the_hosts_own() {
        for status in (100..600).filter(|status| !(520..=527).contains(status) && *status != 530) {
            assert_eq!(failure_of_status(status), None, "{status}");
        }
    }

    #[test]
    fn errors_that_are_thrown_have_causes() {
        // What is thrown, what it means where workerd runs alone, and on Cloudflare.
        let rows = [
            ("internal error; reference = 0123456789", Cause::Tls, Cause::Unknown),
            ("TLS peer's certificate is not trusted; reason = certificate has expired", Cause::Tls, Cause::Unknown),
            ("Error: Network connection lost.", Cause::Connection, Cause::Connection),
            ("connect(): Connection refused", Cause::Connection, Cause::Connection),
            ("connection refused", Cause::Connection, Cause::Connection),
            ("AbortError: The operation was aborted", Cause::Timeout, Cause::Timeout),
            ("TimeoutError: The operation was aborted due to timeout", Cause::Timeout, Cause::Timeout),
            ("connect(): Connection timed out", Cause::Timeout, Cause::Timeout),
            ("Too many subrequests by single Worker invocation.", Cause::Unknown, Cause::Unknown),
            ("Response closed due to connection limit", Cause::Unknown, Cause::Unknown),
            ("A stalled HTTP response was canceled to prevent deadlock.", Cause::Unknown, Cause::Unknown),
            ("Subrequest depth limit exceeded.", Cause::Unknown, Cause::Unknown),
            ("proxy request failed, cannot connect to the specified address", Cause::Unknown, Cause::Unknown),
            ("something new", Cause::Unknown, Cause::Unknown),
            ("", Cause::Unknown, Cause::Unknown),
        ];
        for (message, alone, on_cloudflare) in rows {
            assert_eq!(failure_of_error(message, false).cause, alone, "{message}");
            assert_eq!(failure_of_error(message, true).cause, on_cloudflare, "{message}");
        }
        let tried = |mark: &str| rows.iter().any(|(message, ..)| message.contains(mark));
        assert!(ERRORS.iter().all(|(mark, _)| tried(mark)), "every row is tried");
    }

    #[test]
    fn what_was_thrown_is_kept_and_bounded() {
        assert_eq!(failure_of_error("something new", true).detail.as_deref(), Some("something new"));
        let long = failure_of_error(&"ü".repeat(10_000), true).detail.unwrap();
        assert!(long.chars().count() <= DETAIL_LIMIT + 1, "{}", long.len());
    }
}
