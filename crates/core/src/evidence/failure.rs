//! Why a lookup came to nothing.

use serde::{Deserialize, Serialize};

/// Why nothing came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Failure {
    /// The kind of failure.
    pub cause: Cause,
    /// What the host's network stack said, for an engineer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub detail: Option<String>,
}

/// Kinds of failure that a host can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// No answer in time.
    Timeout,
    /// Refused, reset or unreachable.
    Connection,
    /// Certificate or handshake, with nothing more to see.
    Tls,
    /// The resolver did not give a DNS answer.
    Resolver,
    /// The answer could not be read.
    Malformed,
    /// Something else: the host's fault or ours, not to be told.
    Unknown,
}
