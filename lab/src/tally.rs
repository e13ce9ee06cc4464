//! Logs of what servers were asked, a line each, so that tests can count lookups at the servers.

use std::fmt::Display;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::Result;

/// A log that several servers write to. A line is the time in milliseconds since 1970, a space, and what was asked.
#[derive(Clone)]
pub(crate) struct Tally(Arc<Mutex<File>>);

impl Tally {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let file = File::options().create(true).append(true).open(path)?;
        Ok(Self(Arc::new(Mutex::new(file))))
    }

    pub(crate) fn note(&self, asked: impl Display) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let line = format!("{now} {asked}\n");
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A line that could not be written shows in the count; a server does not end for it.
        let _ = file.write_all(line.as_bytes());
    }

    /// Forgets what was noted, say the lab's own probes.
    pub(crate) fn clear(&self) -> Result<()> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).set_len(0)?)
    }
}
