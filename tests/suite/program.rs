//! The program as a real process, with nothing of this machine's environment.

use std::path::Path;

use assert_cmd::Command;

/// The program in a folder.
pub fn enregard(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.env_clear().current_dir(folder);
    command
}

/// The program in a folder, at a time: seconds since 1970.
pub fn enregard_at(folder: &Path, seconds: &str) -> Command {
    let mut command = enregard(folder);
    command.env("SOURCE_DATE_EPOCH", seconds);
    command
}

/// Runs it: its exit code, what it wrote, what it said.
pub fn ran(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let ran = enregard(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}
