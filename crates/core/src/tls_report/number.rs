//! Numbers that never pass what their readers can hold.

/// The largest number of sessions: what is more counts as this. JavaScript's numbers are exact up to here, and so is
/// I-JSON (RFC 7493 §2.2), which reports are written in.
pub const SESSIONS_LIMIT: u64 = (1 << 53) - 1;

/// The sum of sessions, or the largest number where it would be more.
pub(super) fn add(one: u64, other: u64) -> u64 {
    one.saturating_add(other).min(SESSIONS_LIMIT)
}

/// A length as the API has it.
pub(super) fn of_length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
