//! How much is read at once, over all files together.

/// Most bytes of files that are taken, as they are given: 20 MiB.
pub const TAKEN_LIMIT: usize = 20 * 1024 * 1024;
/// Most bytes of JSON once everything is unpacked: 64 MiB.
pub const UNPACKED_LIMIT: usize = 64 * 1024 * 1024;
/// Most reports, policies and failures, taken together. What 64 MiB of real reports hold is less.
pub const ROWS_LIMIT: usize = 400_000;
/// The same where one process reads for everybody, within 128 MiB that all share: 16 MiB.
pub(super) const SERVICE_LIMIT: usize = 16 * 1024 * 1024;
/// And of rows.
pub(super) const SERVICE_ROWS_LIMIT: usize = 100_000;
