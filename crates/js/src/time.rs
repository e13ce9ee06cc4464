//! Times, as JavaScript has them.

use js_sys::Date;
use mta_sts_core::Timestamp;

/// What time it is.
pub fn now() -> Timestamp {
    timestamp(Date::now())
}

/// A time, from milliseconds since 1970 as `Date.now()` gives them.
pub fn timestamp(ms: f64) -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and what is out of range becomes 1970")]
    let ms = ms as i64;
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}
