//! The programs of others that read what is written here: what they see is what the units say.
//!
//! `tests/readers/setup` installs them, Python's libraries into `target/readers`. Where one is missing its tests
//! are skipped, with a word on standard error; with `ENREGARD_READERS=required`, as in CI, they fail.

mod books;
mod pages;
mod tables;
mod word;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use enregard::bitext::Unit;
use serde_json::Value;

/// The checkout, which is itself a corpus.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a unit is to a reader: its id and its two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub id: String,
    pub fr: String,
    pub en: String,
}

impl Seen {
    /// A unit as it ought to be seen.
    pub fn of(unit: &Unit) -> Seen {
        Seen { id: unit.id.to_string(), fr: unit.french(), en: unit.english() }
    }

    /// What a reader printed, where each line has `id`, `fr` and `en`.
    pub fn read(lines: &[Value]) -> Vec<Seen> {
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("no string: {value}")).to_owned();
        lines
            .iter()
            .map(|line| Seen { id: text(&line["id"]), fr: text(&line["fr"]), en: text(&line["en"]) })
            .collect()
    }
}

/// Compares without printing a megabyte.
#[track_caller]
pub fn same(seen: &[Seen], expected: &[Seen]) {
    for (seen, expected) in seen.iter().zip(expected) {
        let short = |seen: &Seen| format!("{:.300}", format!("{seen:?}"));
        assert!(seen == expected, "seen {}\nexpected {}", short(seen), short(expected));
    }
    assert_eq!(seen.len(), expected.len());
}

/// The content units of the articles of this repository, as their files say, without help from the program.
pub fn articles() -> Vec<Seen> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("alignments")).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    let mut units = Vec::new();
    for file in files {
        for line in fs::read_to_string(file).unwrap().lines().filter(|line| !line.is_empty()) {
            let unit: Value = serde_json::from_str(line).unwrap();
            let kind = unit["kind"].as_str().unwrap_or("body");
            if unit.get("id").is_none() || !["body", "heading", "caption"].contains(&kind) {
                continue;
            }
            let joined = |key: &str| {
                let texts = unit[key].as_array().into_iter().flatten();
                texts.map(|text| text.as_str().unwrap()).collect::<Vec<_>>().join(" ")
            };
            units.push(Seen {
                id: unit["id"].as_str().unwrap().to_owned(),
                fr: joined("fr"),
                en: joined("en"),
            });
        }
    }
    assert!(units.len() >= 100, "{} units", units.len());
    units
}

/// Runs `enregard` on the corpus of this repository; it must succeed. What it says on standard error.
pub fn enregard(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_enregard"))
        .args(arguments)
        .current_dir(root())
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1795161600")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "enregard {arguments:?}: {told}");
    told
}

/// Where `target` is: the test itself is `target/debug/deps/suite-…`.
fn target() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(3).unwrap().to_owned()
}

/// Says that a reader is missing; none may be, where all are required.
fn missing(reader: &str) {
    let told = format!("{reader} is missing: tests/readers/setup installs it");
    assert!(std::env::var_os("ENREGARD_READERS").is_none_or(|value| value != "required"), "{told}");
    eprintln!("skipped: {told}");
}

/// Runs a program of `tests/readers`; what it printed, or nothing where Python's libraries are missing.
///
/// It fails where the program does, with what that says.
#[track_caller]
pub fn python(script: &str, arguments: &[&str]) -> Option<Vec<Value>> {
    let python = target().join("readers/bin/python");
    if !python.is_file() {
        missing(script);
        return None;
    }
    let output = Command::new(python)
        .arg(root().join("tests/readers").join(script))
        .args(arguments)
        // Bytes beside the sources would be left behind in the checkout; no library asks the network for anything.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("HF_HUB_OFFLINE", "1")
        .env("HF_HOME", target().join("readers/home"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script} {arguments:?}: {told}");
    let lines = String::from_utf8(output.stdout).unwrap();
    Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Runs a program that apt installs; what came of it, or nothing where it is missing.
pub fn program(name: &str, arguments: &[&str], folder: &Path) -> Option<Output> {
    match Command::new(name).args(arguments).current_dir(folder).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            missing(name);
            None
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

#[test]
fn every_program_is_installed() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["xmllint", "msgfmt", "epubcheck", "soffice", "chromium", "pdftotext", "omegat"] {
        // Whether it is there is all that is asked: some take seconds to say their version.
        let found = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
            .any(|folder| folder.join(name).is_file());
        if !found {
            missing(name);
        }
    }
    let Some(output) = program("xmllint", &["--version"], folder.path()) else { return };
    assert!(output.status.success());
}

#[test]
fn every_python_reader_is_installed() {
    let Some(versions) = python("versions.py", &[]) else { return };
    let asked = fs::read_to_string(root().join("tests/readers/requirements.txt")).unwrap();
    let asked: Vec<&str> = asked.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(versions.len(), asked.len());
    for (version, asked) in versions.iter().zip(asked) {
        assert_eq!(version["found"], asked, "run tests/readers/setup");
    }
}
