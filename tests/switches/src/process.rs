//! One process of a test binary: some of its tests, one after the other, with a mutant or without.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;

/// What the environment says about switches.
#[derive(Clone, Copy)]
pub enum Switch<'s> {
    Mutant(u32),
    /// None is alive; what is asked is written to this file.
    Reach(&'s Path),
    None,
}

#[derive(Debug)]
pub enum End {
    Passed,
    /// The tests that failed; the one that ran, where the process died.
    Failed(Vec<String>),
    /// The test that ran when the time was over.
    TimedOut(String),
}

/// A folder for what the tests write: their working folder and their temporary one, emptied after each process that ends badly.
///
/// A mutant may write anywhere below the current folder, and one that does not end may fill a disk: so neither the package
/// nor a disk where there is memory.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(worker: usize) -> Result<Scratch> {
        let memory = Path::new("/dev/shm");
        let above = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let scratch = Scratch(above.join(format!("switches-{}-{worker}", std::process::id())));
        scratch.empty()?;
        Ok(scratch)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn empty(&self) -> Result<()> {
        let _ = std::fs::remove_dir_all(&self.0);
        Ok(std::fs::create_dir_all(self.0.join("work"))?)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// As much memory (KiB) and as long a file (in 512 bytes) as a test may have: a mutant that fills one must not fill the machine.
const LIMITS: &str = "ulimit -v 8000000 -c 0; ulimit -f 2000000; exec \"$0\" \"$@\"";

/// Runs these tests of a binary, in one process and one thread.
pub fn run(binary: &Path, tests: &[&str], switch: Switch, limit: Duration, scratch: &Scratch) -> Result<End> {
    let log = scratch.file("log");
    let output = File::create(&log)?;
    let work = scratch.file("work");
    let mut command = Command::new("sh");
    command.args(["-c", LIMITS]).arg(binary).args(["--test-threads=1", "--exact"]).args(tests);
    command.current_dir(&work).env("TMPDIR", &work);
    command.env("PROPTEST_RNG_SEED", "1").env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1");
    for (name, value) in [("PROPTEST_CASES", "32"), ("ENREGARD_SCRIPTS", "60"), ("ENREGARD_CASES", "2")] {
        command.env(name, std::env::var_os(name).unwrap_or(value.into()));
    }
    command.env_remove("ENREGARD_MUTANT").env_remove("ENREGARD_REACH").env_remove("RUST_BACKTRACE");
    match switch {
        Switch::Mutant(key) => command.env("ENREGARD_MUTANT", key.to_string()),
        Switch::Reach(file) => command.env("ENREGARD_REACH", file),
        Switch::None => &mut command,
    };
    command.stdin(Stdio::null()).stdout(output).stderr(Stdio::null()).process_group(0);
    let mut child = command.spawn()?;
    let ended = wait(&mut child, limit)?;
    if ended == Some(true) {
        return Ok(End::Passed);
    }
    let text = String::from_utf8_lossy(&std::fs::read(&log)?).into_owned();
    scratch.empty()?;
    Ok(match ended {
        None => End::TimedOut(running(&text)),
        Some(_) => End::Failed(failed(&text)),
    })
}

/// Whether the process ended well; `None` where it had to be stopped.
fn wait(child: &mut Child, limit: Duration) -> Result<Option<bool>> {
    let start = Instant::now();
    let mut pause = Duration::from_micros(500);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if start.elapsed() > limit {
            // Its whole group: tests start processes of their own.
            let _ = Command::new("kill").args(["-9", "--", &format!("-{}", child.id())]).status();
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(10));
    }
}

/// The tests that failed, by libtest's lines: `test name ... FAILED`.
fn failed(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("test "));
    let failed: Vec<String> = lines.filter_map(|line| line.strip_suffix(" ... FAILED")).map(name).collect();
    if failed.is_empty() { vec![running(text)] } else { failed }
}

/// The test that was begun last.
fn running(text: &str) -> String {
    let lines = text.lines().filter_map(|line| line.strip_prefix("test "));
    lines.filter_map(|line| line.split(" ... ").next()).next_back().map(name).unwrap_or_default()
}

/// A test's name as it is asked for: without ` - should panic`.
fn name(text: &str) -> String {
    text.split(" - ").next().unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_is_named_and_a_died_one_too() {
        let text = "\nrunning 2 tests\ntest a::b ... ok\ntest c - should panic ... FAILED\n\nfailures:\n";
        assert_eq!(failed(text), ["c"]);
        assert_eq!(failed("\nrunning 2 tests\ntest a::b ... ok\ntest c ... "), ["c"]);
    }
}
