//! What the browser package's two modules share: objects to Rust values and back, and what the browser itself knows.

pub mod object;

use mta_sts_core::Timestamp;
use mta_sts_core::name::DomainName;
use mta_sts_core::problem::Problem;

/// Smaller than the standard library's allocator for WASM by 3 KB, packed.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A time, from milliseconds since 1970 as `Date.now()` gives them.
pub fn timestamp(ms: f64) -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and what is out of range becomes 1970")]
    let ms = ms as i64;
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What was typed, read as a domain.
pub fn domain(typed: &str) -> Result<DomainName, Problem> {
    DomainName::parse(typed, to_ascii).map_err(Problem::from)
}

/// The browser's own URL parser gives A-labels. Core hands over nothing but a host, and validates what comes out.
pub fn to_ascii(name: &str) -> Option<String> {
    web_sys::Url::new(&format!("https://{name}/")).ok().map(|url| url.hostname())
}
