//! A disk that refuses: an error at every call that reads or writes, and files that may grow no further.

use std::process::{Command, Stdio};

use super::cases::{CASES, Case};
use super::scene::{Scene, State};
use super::traced::{can_trace, counted, disturbed, recorded};
use super::{Found, each_case, full, skip};

/// The calls that can fail on a file. `close` is left out: nothing is to be done about it.
const CALLS: &[&str] = &[
    "openat",
    "read",
    "pread64",
    "write",
    "pwrite64",
    "writev",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "ftruncate",
    "flock",
    "fcntl",
    "fstat",
    "newfstatat",
    "statx",
    "getdents64",
    "lseek",
    "fchmod",
    "readlink",
    "access",
    "copy_file_range",
    "linkat",
    "link",
];

/// Each error, and what the program must say of it.
const ERRORS: &[(&str, &str)] = &[
    ("EIO", "Input/output error"),
    ("ENOSPC", "No space left"),
    ("EDQUOT", "quota exceeded"),
    ("EACCES", "Permission denied"),
    ("EROFS", "Read-only file system"),
    ("EINTR", ""),
];

const STRIDE: usize = 61;

/// Whether this call, as the log has it, changes a file of the corpus.
fn changes(line: &str, root: &str) -> bool {
    let name = line.split('(').next().unwrap_or_default();
    let writing = match name {
        "openat" => line.contains("O_WRONLY") || line.contains("O_RDWR"),
        other => ["write", "fsync", "fdatasync", "rename", "ftruncate"].contains(&other),
    };
    writing && line.contains(root) && !line.contains(".holder") && !line.contains(".gitignore")
}

#[test]
fn an_error_at_any_call_is_told_and_nothing_is_lost() {
    if !can_trace() {
        return skip("strace is not here, or may not trace");
    }
    let all = each_case("errors", |case| {
        let mut found = Found::default();
        let scene = case.scene();
        let states = case.states(&scene);
        let mut number = case.name.len();
        for (name, count) in counted(&recorded(case, &scene.copy())) {
            if !CALLS.contains(&name.as_str()) {
                continue;
            }
            for nth in 1..=count {
                for (error, told) in ERRORS {
                    number += 1;
                    if !full() && !number.is_multiple_of(STRIDE) {
                        continue;
                    }
                    found.points += 1;
                    if let Some(fault) = failed(case, &scene, &states, (&name, nth), (error, told)) {
                        found.faults.push(format!("{}: {error} at {name} {nth}: {fault}", case.name));
                    }
                }
            }
        }
        found
    });
    assert!(all.faults.is_empty(), "{}", all.faults.join("\n"));
}

/// What is wrong where this call fails so, if anything.
fn failed(
    case: &Case,
    scene: &Scene,
    states: &[State],
    (name, nth): (&str, usize),
    (error, told): (&str, &str),
) -> Option<String> {
    let copy = scene.copy();
    let (ran, lines) = disturbed(case, &copy, name, nth, &format!("error={error}"));
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    let line = lines.first().cloned().unwrap_or_default();
    // What stood in the way of the work stood in the way of telling it, too.
    let mute = lines.iter().any(|line| line.starts_with("write(2<"));
    let root = copy.root().to_string_lossy().into_owned();
    let silent = !ran.status.success() && changes(&line, &root) && !said.contains(told) && !mute;
    case.fault(&copy, states, &ran)
        .or_else(|| said.contains("panicked").then(|| said.clone()))
        .or_else(|| (!ran.status.success() && said.is_empty() && !mute).then(|| "says nothing".to_owned()))
        .or_else(|| silent.then(|| format!("does not tell the cause: {said}")))
        .or_else(|| case.fault_afterwards(&copy))
        .map(|fault| format!("{fault}\n  {line}"))
}

/// The case's command where no file may grow beyond so many bytes: a write that is cut short, then an error.
fn limited(case: &Case, scene: &Scene, bytes: usize) -> std::process::Output {
    let mut command = Command::new("prlimit");
    // Without the signal's being ignored, the kernel would end the process.
    command
        .arg(format!("--fsize={bytes}"))
        .args(["env", "--ignore-signal=XFSZ"])
        .arg(env!("CARGO_BIN_EXE_enregard"));
    command.args(case.arguments);
    scene.settle(&mut command);
    case.run(command)
}

#[test]
fn a_write_cut_short_is_told_and_nothing_is_lost() {
    let there = Command::new("prlimit").arg("--version").stdout(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        return skip("prlimit is not here");
    }
    let mut faults = Vec::new();
    for case in CASES {
        let scene = case.scene();
        let states = case.states(&scene);
        for bytes in (0..1600).step_by(if full() { 13 } else { 331 }) {
            let copy = scene.copy();
            let ran = limited(case, &copy, bytes);
            let said = String::from_utf8_lossy(&ran.stderr);
            let fault = case
                .fault(&copy, &states, &ran)
                .or_else(|| {
                    (!ran.status.success() && !said.contains("File too large")).then(|| said.to_string())
                })
                .or_else(|| case.fault_afterwards(&copy));
            if let Some(fault) = fault {
                faults.push(format!("{}: files of at most {bytes} bytes: {fault}", case.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_broken_standard_error_is_no_panic() {
    for redirection in ["2>&-", "2>/dev/full", ">&- 2>&-", ">/dev/full 2>/dev/full"] {
        for case in CASES {
            let scene = case.scene();
            let states = case.states(&scene);
            let copy = scene.copy();
            let mut command = Command::new("sh");
            command.args(["-c", &format!("\"$@\" {redirection}"), "sh", env!("CARGO_BIN_EXE_enregard")]);
            command.args(case.arguments);
            copy.settle(&mut command);
            let ran = case.run(command);
            assert!(
                matches!(ran.status.code(), Some(0..=2)),
                "{} {redirection}: {:?}",
                case.name,
                ran.status
            );
            assert_eq!(case.fault(&copy, &states, &ran), None, "{} {redirection}", case.name);
            if !full() {
                break;
            }
        }
    }
}
