//! Makes the namespace in which the lab runs, and clears up after it.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::error::Result;
use crate::options::ExecOptions;

/// The hidden subcommand that runs as the first process of the namespace.
pub(crate) const INSIDE: &str = "inside";
/// Tells that process, and the command, where the lab's files are.
pub(crate) const DIRECTORY: &str = "LAB_DIR";

/// Programs that the lab runs, and the Debian package that each is in.
const PROGRAMS: [(&str, &str); 13] = [
    ("unshare", "util-linux"),
    ("setpriv", "util-linux"),
    ("mount", "mount"),
    ("ip", "iproute2"),
    ("named", "bind9"),
    ("dnssec-keygen", "bind9-utils"),
    ("dnssec-signzone", "bind9-utils"),
    ("dnssec-dsfromkey", "bind9-utils"),
    ("unbound", "unbound"),
    ("dnsdist", "dnsdist"),
    ("nginx", "nginx"),
    ("caddy", "caddy"),
    ("apache2", "apache2"),
];

/// Runs the lab in namespaces of its own; its exit code is the command's.
pub(crate) fn run(options: &ExecOptions) -> Result<ExitCode> {
    require_programs()?;
    require_root()?;
    remove_stale_directories();
    let directory = Directory::create(options.keep)?;
    let child = start(options, &directory)?;
    let status = wait(child)?;
    Ok(exit_code(status))
}

/// A program in `PATH` or where Debian keeps servers, which a plain user's `PATH` leaves out.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let servers = ["/usr/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(servers).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// A command's exit code, as a shell gives it.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn require_programs() -> Result<()> {
    let packages = missing_packages(|program| find_program(program).is_some());
    if packages.is_empty() {
        return Ok(());
    }
    let (noun, list) = (if packages.len() == 1 { "package" } else { "packages" }, packages.join(" "));
    Err(format!("the lab needs the {noun} {list} (apt-get install {list})").into())
}

fn missing_packages(is_installed: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let missing = PROGRAMS.iter().filter(|(program, _)| !is_installed(program));
    let mut packages: Vec<_> = missing.map(|(_, package)| *package).collect();
    packages.dedup();
    packages
}

fn require_root() -> Result<()> {
    let status = fs::read_to_string("/proc/self/status")?;
    let effective = status.lines().find_map(|line| line.strip_prefix("Uid:")?.split_whitespace().nth(1));
    if effective == Some("0") {
        Ok(())
    } else {
        Err("the lab makes network namespaces, which needs root (try sudo)".into())
    }
}

fn start(options: &ExecOptions, directory: &Directory) -> Result<Child> {
    let mut command = Command::new("setpriv");
    // When this process ends, however it ends, unshare ends, and with it the first process of the namespace, and all others.
    command.args([
        "--pdeathsig",
        "KILL",
        "unshare",
        "--net",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "--",
    ]);
    command.arg(std::env::current_exe()?).arg(INSIDE);
    command.args(["--delay-ms", &options.delay.as_millis().to_string()]);
    command.args(options.crowd.then_some("--crowd")).arg("--").args(&options.command);
    let child = command.env(DIRECTORY, &directory.path).spawn();
    Ok(child.map_err(|error| format!("setpriv: {error}"))?)
}

/// Waits for the namespace to end, and ends it when this process is asked to.
fn wait(mut child: Child) -> Result<ExitStatus> {
    let pid = child.id();
    // An interrupt from the keyboard reaches the command by itself, and is for the command to answer.
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    thread::spawn(move || {
        for _ in signals.forever().filter(|&signal| signal != SIGINT) {
            // unshare ignores the politer signals. The wait below ends then, and the directory goes.
            let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
        }
    });
    Ok(child.wait()?)
}

/// The lab's directory, gone with this value.
struct Directory {
    path: PathBuf,
    keep: bool,
}

impl Directory {
    fn create(keep: bool) -> Result<Self> {
        let name = format!("{}{}", if keep { KEPT } else { PREFIX }, std::process::id());
        let path = std::env::temp_dir().join(name);
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, keep })
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if !self.keep {
            // What is left is taken away by the next start.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

const PREFIX: &str = "mta-sts-lab-";
const KEPT: &str = "mta-sts-lab-kept-";

/// Removes the directories of labs that were killed before they could.
fn remove_stale_directories() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.parse::<u32>().ok());
        if owner.is_some_and(|pid| !Path::new(&format!("/proc/{pid}")).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_missing_package_is_named_once() {
        assert!(missing_packages(|_| true).is_empty());
        assert_eq!(missing_packages(|program| program != "dnsdist"), ["dnsdist"]);
        assert_eq!(missing_packages(|program| !program.starts_with("dnssec")), ["bind9-utils"]);
    }
}
