//! How much is read at once, over all files together.

/// Most bytes of files that are taken, as they are given: 20 MiB.
pub const TAKEN_LIMIT: usize = 20 * 1024 * 1024;
/// Most bytes of JSON once everything is unpacked: 64 MiB.
pub const UNPACKED_LIMIT: usize = 64 * 1024 * 1024;
/// Most reports, policies and failures, taken together. What 64 MiB of real reports hold is less.
pub const ROWS_LIMIT: usize = 400_000;
/// Texts that one of them keeps, in bytes; one that keeps more counts as several. What is kept can be many times as long as
/// what was read: a byte that is no text becomes a character of three, and a domain is each policy's.
pub(super) const ROW_BYTES: usize = 256;
/// The same where one process reads for everybody, within 128 MiB that all share: 8 MiB.
pub(super) const SERVICE_LIMIT: usize = 8 * 1024 * 1024;
/// And of rows. Whatever they hold, `e2e/memory.test.mjs` holds them to the memory that there is.
pub(super) const SERVICE_ROWS_LIMIT: usize = 50_000;
