//! Who types: the configuration's name, else git's.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Config;

/// The name that goes into `by`: that of the configuration, else git's `user.name` in the folder `root`.
pub fn person(config: &Config, root: &Path) -> Option<String> {
    config.person.by.clone().or_else(|| git_name(root)).filter(|name| !name.trim().is_empty())
}

/// What git calls its user; nothing where there is no git.
fn git_name(root: &Path) -> Option<String> {
    let told = Command::new("git")
        .args(["config", "user.name"])
        .current_dir(root)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let name = String::from_utf8(told.stdout).ok()?;
    Some(name.trim().to_owned()).filter(|name| told.status.success() && !name.is_empty())
}
