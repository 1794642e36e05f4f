//! The programs of others that read what is written here: what they see is what the units say.
//!
//! `tests/readers/setup` installs them, Python's libraries into `target/readers`. Where one is missing its tests
//! are skipped, with a word on standard error; with `ENREGARD_READERS=required`, as in CI, they fail.

mod anki;
mod books;
mod dataset;
mod exchange;
mod jsonl;
mod omegat;
mod pages;
#[cfg(feature = "parquet")]
mod parquet;
mod plain;
mod po;
#[cfg(feature = "xlsx")]
mod sheets;
mod tables;
#[cfg(feature = "tokens")]
mod tokens;
mod word;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use enregard::bitext::Unit;
use enregard::format::{FORMATS, Options, Purpose, Write, named};
use serde_json::Value;

use crate::{awkward, formats};

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

/// What a text is after it went through this format.
pub fn through(format: &str, text: &str) -> String {
    (named(format).unwrap().through)(text).into_owned()
}

/// Writes the awkward units that a format is meant for into a folder, and gives what should be seen of them.
///
/// A format of one file writes `awkward.NAME`, one of several calls them `corpus`.
pub fn awkward_folder(format: &str, folder: &Path) -> Vec<Seen> {
    let known = named(format).unwrap();
    let both = |unit: &Unit| !unit.fr.is_empty() && !unit.en.is_empty();
    let units: Vec<Unit> =
        awkward::units().into_iter().filter(|unit| known.purpose == Purpose::Work || both(unit)).collect();
    let (files, told) = formats::written(known, &Options::default(), &[("malaise", &units)]);
    assert_eq!(told.units, units.len() as u64);
    for name in files.names() {
        let path = folder.join(if name.is_empty() { format!("awkward.{format}") } else { name.to_owned() });
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, files.file(name)).unwrap();
    }
    let through = |text: &str| through(format, text);
    let expected = units.iter().map(Seen::of);
    expected.map(|unit| Seen { fr: through(&unit.fr), en: through(&unit.en), ..unit }).collect()
}

/// The same for a format of one file, with its path.
pub fn awkward_file(format: &str, folder: &Path) -> (String, Vec<Seen>) {
    let expected = awkward_folder(format, folder);
    (folder.join(format!("awkward.{format}")).to_str().unwrap().to_owned(), expected)
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
fn the_articles_go_out_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for format in FORMATS.iter().filter(|format| format.writes()) {
        let path = folder.path().join(format.name);
        let told = enregard(&["export", "--to", format.name, "-o", path.to_str().unwrap()]);
        assert!(
            told.starts_with(&format!("wrote {} units to ", articles().len())),
            "{}: {told}",
            format.name
        );
        match format.write {
            Write::Folder(_) => assert!(fs::read_dir(path).unwrap().count() > 0),
            _ => assert!(fs::metadata(path).unwrap().len() > 1000, "{}", format.name),
        }
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
