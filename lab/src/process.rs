//! Other people's programs: servers, and tools that are run to their end.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::error::Result;
use crate::namespace;

/// A program that answers until the lab ends.
pub(crate) struct Server {
    name: &'static str,
    log: PathBuf,
    process: Child,
}

impl Server {
    /// Starts a program that runs until the lab ends.
    pub(crate) fn start(name: &'static str, directory: &Path, arguments: &[&str]) -> Result<Self> {
        let program = unconfined(name, directory)?;
        Self::spawn(name, directory, Command::new(program).args(arguments))
    }

    /// Starts a command that runs until then, with a log in the directory.
    pub(crate) fn spawn(name: &'static str, directory: &Path, command: &mut Command) -> Result<Self> {
        let log = directory.join(format!("{name}.log"));
        let file = File::create(&log)?;
        let process = command
            .current_dir(directory)
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .map_err(|error| format!("{name}: {error}"))?;
        Ok(Self { name, log, process })
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// An error with the end of its log, once the server has ended.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.process.try_wait()? {
            None => Ok(()),
            Some(status) => Err(format!("{} ended ({status}):\n{}", self.name, self.last_words()).into()),
        }
    }

    pub(crate) fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().rev().take(8).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

/// A copy of a server's program. `AppArmor`'s profiles go by path and would keep the server out of the lab's directory.
fn unconfined(name: &str, directory: &Path) -> Result<PathBuf> {
    let program = namespace::find_program(name).ok_or_else(|| format!("{name} is not installed"))?;
    let copy = directory.join(name);
    fs::copy(&program, &copy).map_err(|error| format!("{}: {error}", program.display()))?;
    Ok(copy)
}

/// Runs a command to its end, and takes what it printed; an error is what it complained of.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().display().to_string();
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{program}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr).trim()).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a command to its end.
pub(crate) fn run_quietly(command: &mut Command) -> Result<()> {
    output(command).map(drop)
}
