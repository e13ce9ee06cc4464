//! Why a fetch failed, from what Cloudflare says of it: pure tables, so that each row can be tested.

use crate::evidence::Cause;

/// Cloudflare answers in the place of an origin that it could not talk to. None where the status is the origin's own.
///
/// An origin that is itself behind Cloudflare can pass on such a status; it is at fault in the same way then.
/// <https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/>
pub fn cause_of_status(status: u16) -> Option<Cause> {
    Some(match status {
        // 520: an empty, odd or reset answer. 521: refused. 522: no connection. 523: unreachable. 527: interrupted.
        520..=523 | 527 => Cause::Connection,
        524 => Cause::Timeout,
        // 525: the handshake failed. 526: the certificate does not hold.
        525 | 526 => Cause::Tls,
        // 530 stands for an error 1xxx, mostly that the name could not be resolved; the body would say which.
        530 => Cause::Unknown,
        _ => return None,
    })
}

/// What workerd throws where Cloudflare would answer with a status: bad certificates and failed handshakes are
/// internal errors with no cause. An unknown name is one too, but a host is fetched only once it has addresses.
pub fn cause_of_error(message: &str) -> Cause {
    let row = |(mark, cause): &(&str, Cause)| message.contains(mark).then_some(*cause);
    ERRORS.iter().find_map(row).unwrap_or(Cause::Unknown)
}

static ERRORS: &[(&str, Cause)] = &[
    ("internal error", Cause::Tls),
    ("Network connection lost", Cause::Connection),
    ("Connection refused", Cause::Connection),
    ("aborted", Cause::Timeout),
    ("timed out", Cause::Timeout),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_of_cloudflare_have_causes() {
        let rows = [
            (520, Cause::Connection),
            (521, Cause::Connection),
            (522, Cause::Connection),
            (523, Cause::Connection),
            (524, Cause::Timeout),
            (525, Cause::Tls),
            (526, Cause::Tls),
            (527, Cause::Connection),
            (530, Cause::Unknown),
        ];
        for (status, cause) in rows {
            assert_eq!(cause_of_status(status), Some(cause), "{status}");
        }
        for status in [200, 301, 404, 500, 502, 503, 519, 528, 531, 599] {
            assert_eq!(cause_of_status(status), None, "{status} is the host's own");
        }
    }

    #[test]
    fn errors_of_workerd_have_causes() {
        let rows = [
            ("internal error; reference = 0123456789", Cause::Tls),
            ("Error: Network connection lost.", Cause::Connection),
            ("AbortError: The operation was aborted", Cause::Timeout),
            ("something new", Cause::Unknown),
        ];
        for (message, cause) in rows {
            assert_eq!(cause_of_error(message), cause, "{message}");
        }
    }
}
