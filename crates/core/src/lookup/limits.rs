//! How much a check may ask.

/// Outbound requests that a check may make. Cloudflare's free plan allows 50.
pub const REQUEST_LIMIT: usize = 45;

/// Requests that are kept for what the verdict hangs on: however many MX hosts there are, the policy is fetched, and a
/// SERVFAIL asked again.
const RESERVE: usize = 6;

/// Requests after which none follows but for what the verdict hangs on.
pub(crate) const FURTHER_LIMIT: usize = REQUEST_LIMIT - RESERVE;

/// MX hosts whose addresses are looked up, most preferred first; the rest are named and counted.
pub const MX_HOST_LIMIT: usize = 10;
