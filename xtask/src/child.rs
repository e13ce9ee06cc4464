//! Programs that run for us end with us, also at Ctrl-C and `kill`.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// How long what is asked to end may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a shell says of a program that Ctrl-C ended.
const EXIT_CODE: i32 = 130;

/// What runs now, as `kill` names it: a process, or with a minus a group.
static RUNNING: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Whether a signal came.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From here on a signal ends what runs, and then us.
pub(crate) fn end_with_us() -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            INTERRUPTED.store(true, Ordering::SeqCst);
            let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner).clone();
            for target in &running {
                end(target);
            }
            std::process::exit(EXIT_CODE);
        }
    });
    Ok(())
}

/// Where a signal came, waits for the end: that what we ran then failed is no news.
pub(crate) fn wait_if_interrupted() {
    while INTERRUPTED.load(Ordering::SeqCst) {
        std::thread::park();
    }
}

/// A program that runs, and all that it started in its turn; both end when this is dropped.
pub(crate) struct Group {
    leader: Child,
}

impl Group {
    /// Starts a program in a process group of its own: wrangler does not always take workerd with it.
    pub(crate) fn spawn(command: &mut Command) -> io::Result<Self> {
        let leader = command.process_group(0).spawn()?;
        note(&format!("-{}", leader.id()));
        Ok(Self { leader })
    }

    /// How it ended, where it has.
    pub(crate) fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.leader.try_wait()
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self) -> io::Result<ExitStatus> {
        self.leader.wait()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let target = format!("-{}", self.leader.id());
        signal(&target, "TERM");
        let began = Instant::now();
        // The leader is reaped first: until then its group is there, if only as a name.
        while began.elapsed() < PATIENCE && matches!(self.leader.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        end(&target);
        let _ = self.leader.wait();
        forget(&target);
    }
}

/// Runs a program to its end.
pub(crate) fn status(command: &mut Command) -> io::Result<ExitStatus> {
    let mut child = command.spawn()?;
    let target = child.id().to_string();
    note(&target);
    let status = child.wait();
    forget(&target);
    status
}

/// Asks to end, and insists.
fn end(target: &str) {
    signal(target, "TERM");
    let began = Instant::now();
    while signal(target, "0") {
        if began.elapsed() > PATIENCE {
            signal(target, "KILL");
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Sends a signal by the shell's own `kill`, which is on every machine; false where there is nobody to send it to.
fn signal(target: &str, name: &str) -> bool {
    // Without `-s`, dash does not read the `--` that a group needs.
    let script = format!("kill -s {name} -- {target}");
    Command::new("sh").arg("-c").arg(script).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn note(target: &str) {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).push(target.to_owned());
}

fn forget(target: &str) {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).retain(|noted| noted != target);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_started_ends_with_it() {
        let mut shell = Command::new("sh");
        // The inner one leaves when it is told to, the outer one does not pass it on.
        shell.args(["-c", "sleep 30 & echo $!; wait"]).stdout(Stdio::piped());
        let mut group = Group::spawn(&mut shell).unwrap();
        let mut line = String::new();
        let output = group.leader.stdout.take().unwrap();
        io::BufRead::read_line(&mut io::BufReader::new(output), &mut line).unwrap();
        let inner = line.trim();
        assert!(signal(inner, "0"), "the inner program should run");
        drop(group);
        let began = Instant::now();
        // Nobody may be there to reap it; a program that only waits to be reaped has ended.
        let runs = || std::fs::read_to_string(format!("/proc/{inner}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
        while runs() && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(!runs(), "the inner program should have ended");
    }
}
