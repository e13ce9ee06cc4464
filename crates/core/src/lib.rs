//! MTA-STS (RFC 8461) and TLS-RPT (RFC 8460), parsed and judged.
//!
//! Nothing here does I/O: core says which lookups a domain needs ([`plan`]), a host performs them and records what it
//! saw ([`evidence`]), and [`evaluate`] turns that into a [`report::Report`]. `ARCHITECTURE.md` has the whole picture.

#![deny(missing_docs)]
#![cfg_attr(not(test), warn(clippy::string_slice))]

// In the order of the flow: a module imports from those above it, and `cargo xtask imports` holds that. Blank lines keep
// rustfmt from sorting them.

pub mod text;

pub mod name;

pub mod lookup;

pub mod published;

pub mod evidence;

pub mod providers;

pub mod facts;

pub mod plan;

pub mod report;

pub mod rules;

pub mod verdict;

pub mod mend;

pub mod evaluate;

pub mod lint;

pub mod advice;

pub mod tls_report;

pub mod api;

#[cfg(feature = "scenario")]
pub mod scenario;

pub use evaluate::evaluate;
pub use evidence::dns::{DnsError, decode_answer, encode_query};
pub use text::time::{Date, Timestamp};
