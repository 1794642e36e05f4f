//! The program under `strace`: which system calls it makes, and one of them made to fail.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use super::cases::Case;
use super::scene::Scene;

/// Whether `strace` is here and may trace.
pub fn can_trace() -> bool {
    let ran = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    ran.is_ok_and(|ran| ran.status.success())
}

/// Seconds after which a run counts as hung.
const LIMIT_SECONDS: &str = "20";

/// The case's command under `strace`, which writes its log to `log`.
fn traced(case: &Case, scene: &Scene, log: &Path, options: &[&str]) -> Output {
    let mut command = Command::new("timeout");
    command.args(["-s", "KILL", LIMIT_SECONDS, "strace", "-f", "-y", "-s", "0", "-o"]).arg(log).args(options);
    command.arg(env!("CARGO_BIN_EXE_enregard")).args(case.arguments);
    scene.settle(&mut command);
    let ran = case.run(command);
    assert_ne!(ran.status.code(), Some(124), "{}: {options:?}: hung", case.name);
    ran
}

/// One line of a log: which call it was, and the whole of it.
#[derive(Debug)]
pub struct Call {
    pub name: String,
    pub line: String,
}

pub fn calls(log: &Path) -> Vec<Call> {
    let text = String::from_utf8_lossy(&std::fs::read(log).unwrap()).into_owned();
    let named = |line: &str| {
        let rest = line.split_once(' ')?.1.trim_start();
        let name = rest.split('(').next()?;
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        (plain && !name.is_empty() && rest.contains('('))
            .then(|| Call { name: name.to_owned(), line: rest.to_owned() })
    };
    text.lines().filter_map(named).collect()
}

/// The calls of a run in `copy` that nothing disturbs, in order.
pub fn recorded(case: &Case, copy: &Scene) -> Vec<Call> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let ran = traced(case, copy, log.path(), &[]);
    assert!(ran.status.success(), "{}: {}", case.name, String::from_utf8_lossy(&ran.stderr));
    calls(log.path())
}

/// How often each call is made.
pub fn counted(calls: &[Call]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for call in calls {
        *counts.entry(call.name.clone()).or_default() += 1;
    }
    counts
}

/// Runs the case with the `nth` (from 1) call of this name disturbed, in each thread; also the log's lines of them.
pub fn disturbed(case: &Case, scene: &Scene, name: &str, nth: usize, how: &str) -> (Output, Vec<String>) {
    let log = tempfile::NamedTempFile::new().unwrap();
    let inject = format!("inject={name}:{how}:when={nth}");
    // The other calls are not stopped at: it is several times as fast.
    let only = format!("trace={name}");
    let ran = traced(case, scene, log.path(), &["--seccomp-bpf", "-e", &only, "-e", &inject]);
    let hit = calls(log.path()).into_iter().filter(|call| call.line.contains("(INJECTED)"));
    (ran, hit.map(|call| call.line).collect())
}
