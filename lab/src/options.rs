//! What the command line says.

use std::ffi::OsString;
use std::time::Duration;

use crate::error::Result;

/// How the lab is to run, and what in it.
pub(crate) struct ExecOptions {
    pub(crate) delay: Duration,
    /// Have the crowd's domains and their faults, in place of the scenarios.
    pub(crate) crowd: bool,
    /// Leave the directory of configuration and logs behind.
    pub(crate) keep: bool,
    pub(crate) command: Vec<OsString>,
}

impl ExecOptions {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Self> {
        let mut options = Self { delay: Duration::ZERO, crowd: false, keep: false, command: Vec::new() };
        loop {
            let argument = arguments.next().ok_or("say what to run, after `--`")?;
            match argument.to_str() {
                Some("--delay-ms") => {
                    options.delay = Duration::from_millis(value(&mut arguments, "--delay-ms")?.parse()?);
                }
                Some("--crowd") => options.crowd = true,
                Some("--keep") => options.keep = true,
                Some("--") => break,
                _ => {
                    return Err(format!("unknown argument {}; the command comes after `--`", argument.display()).into());
                }
            }
        }
        options.command = arguments.collect();
        if options.command.is_empty() {
            return Err("say what to run, after `--`".into());
        }
        Ok(options)
    }
}

/// Where the Worker is, and what to ask it.
pub(crate) struct CheckOptions {
    pub(crate) endpoint: String,
    pub(crate) only: Option<String>,
}

impl CheckOptions {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Self> {
        let (mut endpoint, mut only) = (None, None);
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--endpoint") => endpoint = Some(value(&mut arguments, "--endpoint")?),
                Some("--only") => only = Some(value(&mut arguments, "--only")?),
                _ => return Err(format!("unknown argument {}", argument.display()).into()),
            }
        }
        Ok(Self { endpoint: endpoint.ok_or("say where the Worker is: --endpoint http://127.0.0.1:8787")?, only })
    }
}

fn value(arguments: &mut impl Iterator<Item = OsString>, option: &str) -> Result<String> {
    let value = arguments.next().ok_or_else(|| format!("{option} needs a value"))?;
    value.into_string().map_err(|value| format!("{option}: {} is not UTF-8", value.display()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<ExecOptions> {
        ExecOptions::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_delay_and_a_command_are_understood() {
        let options = parse(&["--delay-ms", "50", "--", "sh", "-c", "exit 3"]).unwrap();
        assert_eq!(options.delay, Duration::from_millis(50));
        assert_eq!(options.command, ["sh", "-c", "exit 3"]);
    }

    #[test]
    fn a_missing_command_is_refused() {
        assert!(parse(&["--delay-ms", "50"]).is_err());
        assert!(parse(&["--"]).is_err());
    }
}
