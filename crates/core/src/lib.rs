//! MTA-STS (RFC 8461) and TLS-RPT (RFC 8460), parsed and judged.
//!
//! Nothing here does I/O: core says which lookups a domain needs ([`plan`]), a host performs them and records what it
//! saw ([`evidence`]), and [`evaluate`] turns that into a [`report::Report`]. `ARCHITECTURE.md` has the whole picture.

#![deny(missing_docs)]

pub mod advice;
pub mod api;
pub mod change;
mod console;
mod delivery;
mod dns;
pub mod evaluate;
pub mod evidence;
pub mod facts;
pub mod fetch_failure;
pub mod history;
mod keeper;
pub mod lint;
pub mod lookup;
pub mod mx;
mod mx_line;
pub mod name;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod provider;
pub mod record;
pub mod report;
pub mod rules;
#[cfg(feature = "scenario")]
pub mod scenario;
mod senders;
mod since;
pub mod stray;
mod tag_list;
pub mod text;
pub mod tls;
pub mod tls_report;
pub mod tlsrpt;
#[cfg(feature = "types")]
pub mod types;
mod verdict;

/// Whether reports are whole: the feature `whole`. What is left out without it, no code is left of.
pub(crate) const WHOLE: bool = cfg!(feature = "whole");

pub use dns::{DnsError, decode_answer, encode_query};
pub use evaluate::evaluate;
pub use text::time::{Date, Timestamp};
