//! What somebody wants to get to, as requests and forms say it.

use serde::Serialize;

use crate::providers::mx_line::{self, Lines, MxLine};
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

/// Where mail moves to; no line where only the provider can say by which server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveTo(Lines);

/// Providers to choose from whose console alone shows the server of a domain. Microsoft's does since 2026, by its message
/// MC1048624: by the domain's age, at `mail.protection.outlook.com` or under `mx.microsoft`.
const SHOWN_BY_CONSOLE: [&str; 1] = ["microsoft"];

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
    /// The providers that can be told by their id, by name: all of their customers have the same lines, or the answer is where
    /// their console shows the servers.
    pub fn providers() -> Vec<Provider> {
        let ids = Lines::provider_ids().iter().chain(&SHOWN_BY_CONSOLE);
        let mut known: Vec<Provider> = ids.filter_map(|id| providers::mail_by_id(id)).collect();
        crate::text::order::sort_by_key(&mut known, |provider| provider.name.clone());
        known
    }

    /// Reads where mail goes: providers' ids and MX hosts, parted by commas.
    pub fn parse(text: &str) -> Result<Self, MoveToError> {
        let parts = || text.split(',').map(str::trim).filter(|part| !part.is_empty());
        if parts().next().is_none() || parts().count() > MOVE_TO_LIMIT {
            return Err(MoveToError::AsParameter);
        }
        let mut lines = Lines::default();
        let mut asked: Vec<&str> = Vec::new();
        for part in parts() {
            let id = part.to_ascii_lowercase();
            if let Some(of_provider) = Lines::for_provider(&id) {
                lines = lines.and(of_provider);
            } else if let Some(id) = SHOWN_BY_CONSOLE.into_iter().find(|known| *known == id) {
                asked.push(id);
            } else if mx_line::is_host(part.strip_suffix('.').unwrap_or(part)) {
                lines = lines.and(Lines::for_hosts([part]));
            } else {
                return Err(MoveToError::AsParameter);
            }
        }
        // Its servers may be among those that are named.
        let is_told = |id: &&str| {
            let runs = |line: &MxLine| line.provider.as_ref().is_some_and(|provider| provider.id == **id);
            lines.lines.iter().any(runs)
        };
        Ok(Self(if asked.iter().all(is_told) { lines } else { Lines::default() }))
    }

    /// Whether the provider's console has to be looked at first: which servers it is cannot be told from its name.
    pub(super) fn has_to_be_looked_up(&self) -> bool {
        self.0.lines.is_empty()
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
