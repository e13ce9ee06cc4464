//! What somebody wants to get to, as requests and forms say it.

use serde::Serialize;

use crate::providers::mx_line::{self, Lines};
use crate::providers::{self, Provider};

/// Most MX hosts that a request may name as those that the mail moves to.
pub(crate) const MOVE_TO_LIMIT: usize = 20;

/// What somebody wants to get to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// An enforced policy.
    RollOut,
    /// No policy.
    Removal {
        /// The longest `max_age` that was ever served, in seconds, where somebody knows it.
        longest_max_age: Option<u32>,
    },
    /// Another mail provider.
    Move(MoveTo),
}

/// What a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GoalName {
    /// From nothing, or from testing, to an enforced policy.
    RollOut,
    /// To no policy at all, without a message lost.
    Removal,
    /// To another mail provider, without a message lost.
    Move,
}

/// Where mail moves to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveTo(Lines);

/// Why the parameters of a request make no goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GoalError {
    /// `goal` is none that is known.
    NotAGoal,
    /// `max_age` is not a number of seconds in digits alone.
    NotSeconds,
    /// `to` does not say where mail moves to.
    MoveTo(MoveToError),
}

/// Why a text does not say where mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoveToError {
    /// As the parameter of a request it is neither a provider's id nor MX hosts, parted by commas.
    AsParameter,
    /// As a person types it, it is not the names of mail servers.
    AsTyped,
}

impl Goal {
    /// Reads the parameters of a request: `goal` as [`GoalName`] spells it, roll-out where there is none; `to`, for a move,
    /// a provider's id, in any case, or the new MX hosts, parted by commas; `max_age`, for a removal, in seconds.
    pub fn parse(goal: Option<&str>, to: Option<&str>, max_age: Option<&str>) -> Result<Self, GoalError> {
        match goal.map(str::trim) {
            None | Some("" | "roll-out") => Ok(Self::RollOut),
            Some("removal") => {
                // A form sends a field that was left empty, too.
                let given = max_age.map(str::trim).filter(|text| !text.is_empty());
                Ok(Self::Removal { longest_max_age: given.map(seconds).transpose()? })
            }
            Some("move") => Ok(Self::Move(MoveTo::parse(to.unwrap_or_default())?)),
            Some(_) => Err(GoalError::NotAGoal),
        }
    }
}

/// A time in digits. One that is too long for a number is longer than the RFC allows, as others may be, and counts as that.
fn seconds(text: &str) -> Result<u32, GoalError> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.parse().unwrap_or(u32::MAX));
    }
    Err(GoalError::NotSeconds)
}

impl GoalName {
    /// As requests and answers spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RollOut => "roll-out",
            Self::Removal => "removal",
            Self::Move => "move",
        }
    }
}

impl MoveTo {
    /// The providers that can be told by their id alone, by name: all of their customers have the same lines.
    pub fn providers() -> Vec<Provider> {
        let mut known: Vec<Provider> =
            Lines::provider_ids().iter().filter_map(|id| providers::mail_by_id(id)).collect();
        crate::text::order::sort_by_key(&mut known, |provider| provider.name.clone());
        known
    }

    /// Reads where mail goes: a provider's id, or MX hosts, parted by commas.
    pub fn parse(text: &str) -> Result<Self, MoveToError> {
        let hosts = || text.split(',').map(str::trim).filter(|host| !host.is_empty());
        let is_host = |host: &str| mx_line::is_host(host.strip_suffix('.').unwrap_or(host));
        let lines = match Lines::for_provider(&text.trim().to_ascii_lowercase()) {
            Some(lines) => Some(lines),
            None if hosts().count() <= MOVE_TO_LIMIT && hosts().all(is_host) => Some(Lines::for_hosts(hosts())),
            None => None,
        };
        lines.filter(|lines| !lines.lines.is_empty()).map(Self).ok_or(MoveToError::AsParameter)
    }

    /// Reads what was typed into a form: as [`MoveTo::parse`], parted in any of the usual ways.
    pub fn typed(text: &str) -> Result<Self, MoveToError> {
        let parts: Vec<&str> = text.split([',', ';', ' ', '\t', '\r', '\n']).filter(|part| !part.is_empty()).collect();
        Self::parse(&parts.join(",")).map_err(|_| MoveToError::AsTyped)
    }

    /// The lines that a policy needs for where the mail goes.
    pub(super) fn lines(&self) -> &Lines {
        &self.0
    }
}

impl From<MoveToError> for GoalError {
    fn from(error: MoveToError) -> Self {
        Self::MoveTo(error)
    }
}
