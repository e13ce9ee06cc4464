//! MTA-STS (RFC 8461) and TLS-RPT (RFC 8460), parsed and judged.
//!
//! Nothing here does I/O: core says which lookups a domain needs ([`plan`]), a host performs them and records what it
//! saw ([`evidence`]), and [`evaluate`] turns that into a [`report::Report`]. `ARCHITECTURE.md` has the whole picture.

#![deny(missing_docs)]

// In the order of the flow: a module imports from those above it, and `cargo xtask imports` holds that.
pub mod advice;
pub mod api;
pub mod evaluate;
pub mod evidence;
pub mod facts;
pub mod lint;
pub mod lookup;
pub mod mend;
pub mod name;
pub mod plan;
pub mod providers;
pub mod published;
pub mod report;
pub mod rules;
#[cfg(feature = "scenario")]
pub mod scenario;
pub mod text;
pub mod tls_report;
pub mod verdict;

pub use evaluate::evaluate;
pub use evidence::dns::{DnsError, decode_answer, encode_query};
pub use text::time::{Date, Timestamp};
