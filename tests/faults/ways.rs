//! The ways on which bad input goes into the program, and a watch over what comes of it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::scene::Scene;

/// What came of one run.
pub struct Ran {
    pub code: Option<i32>,
    pub told: String,
    pub time: Duration,
    pub memory_kib: u64,
}

/// How a file goes in: by standard input; by its path, for which `FILE` stands; or at a place in the corpus.
#[derive(Clone, Copy)]
pub enum Way {
    Pipe(&'static [&'static str]),
    File(&'static [&'static str]),
    Place(&'static str, &'static [&'static str]),
}

use Way::{File, Pipe, Place};

impl Way {
    pub fn arguments(self) -> &'static [&'static str] {
        let (Pipe(arguments) | File(arguments) | Place(_, arguments)) = self;
        arguments
    }

    /// How many times the file is read.
    pub fn times_read(self) -> u64 {
        let named = self.arguments().iter().filter(|argument| **argument == "FILE").count();
        named.max(1) as u64
    }
}

/// Every command and format that reads what others made, and every file of a corpus.
pub const WAYS: &[Way] = &[
    Pipe(&["segment", "-"]),
    Pipe(&["segment", "--lang", "en", "--unwrap", "-"]),
    Pipe(&["segment", "--jsonl"]),
    Pipe(&["check", "--jsonl"]),
    Pipe(&["align", "--jsonl"]),
    Pipe(&["translate", "neuf"]),
    File(&["add", "FILE", "--name", "own"]),
    File(&["import", "FILE", "--dry-run"]),
    File(&["import", "--from", "csv", "FILE", "--dry-run"]),
    File(&["sync", "roy", "--from", "FILE", "--dry-run"]),
    File(&["align", "FILE", "FILE", "--anyway"]),
    File(&["align", "--sentences", "FILE", "FILE", "--anyway"]),
    File(&["align", "--batch", "FILE", "-o", "out"]),
    File(&["align", "roy", "FILE", "--dry-run"]),
    File(&["segment", "--srx", "FILE", "seeds/roy.txt"]),
    File(&["describe", "--metadata", "FILE"]),
    File(&["convert", "--from", "csv", "--to", "jsonl", "FILE", "-"]),
    File(&["convert", "--from", "jsonl", "--to", "tsv", "FILE", "-"]),
    Pipe(&["convert", "--from", "tmx", "--to", "tsv", "-", "-"]),
    File(&["convert", "--from", "xliff", "--to", "tsv", "FILE", "-"]),
    File(&["import", "--from", "xliff1", "FILE", "--dry-run"]),
    File(&["convert", "--from", "xces", "--to", "tsv", "FILE", "-"]),
    File(&["import", "--from", "po", "FILE", "--dry-run"]),
    Pipe(&["convert", "--from", "po", "--to", "tmx", "-", "-"]),
    File(&["import", "--from", "docx", "FILE", "--dry-run"]),
    #[cfg(feature = "xlsx")]
    File(&["import", "--from", "xlsx", "FILE", "--dry-run"]),
    #[cfg(feature = "parquet")]
    File(&["convert", "--from", "parquet", "--to", "tsv", "FILE", "-"]),
    Place("plain/own.fr", &["convert", "--from", "plain", "--to", "tsv", "plain", "-"]),
    Place("om/enregard.tsv", &["import", "--from", "omegat", "om", "--dry-run"]),
    Place("om/omegat/project_save.tmx", &["import", "--from", "omegat", "om", "--dry-run"]),
    File(&["lexicon", "learn", "--pairs", "FILE", "-o", "learnt"]),
    File(&["lexicon", "show", "--lexicon", "FILE", "roi"]),
    File(&["translate", "neuf", "--memory", "FILE"]),
    File(&["glossary", "accept", "FILE"]),
    File(&["tokens", "count", "FILE"]),
    Place("enregard.toml", &["list"]),
    Place("glossary.tsv", &["glossary"]),
    Place("checks.tsv", &["check"]),
    Place("seeds/roy.txt", &["coverage"]),
    Place("seeds/roy.json", &["list"]),
    Place("alignments/roy.jsonl", &["export"]),
    Place("alignments/roy.jsonl", &["set", "roy:1", "--en", "The king sleeps."]),
    Place("alignments/roy.jsonl", &["fmt"]),
    Place("alignments/.journal/roy.jsonl", &["history", "roy:1"]),
    Place("alignments/.journal/roy.jsonl", &["undo"]),
    Place("alignments/.journal/@steps.jsonl", &["undo"]),
];

/// Runs it under a watch that measures memory, where there is one.
pub fn run(scene: &Scene, way: Way, path: &Path, limit: Duration) -> Ran {
    if let Place(place, _) = way {
        let place = scene.at(place);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(path, place).unwrap();
    }
    let watch = Path::new("/usr/bin/time");
    let mut command = if watch.exists() {
        let mut command = Command::new(watch);
        command.args(["-f", "%M", "-o", "memory"]).arg(env!("CARGO_BIN_EXE_enregard"));
        command
    } else {
        Command::new(env!("CARGO_BIN_EXE_enregard"))
    };
    for argument in way.arguments() {
        if *argument == "FILE" {
            command.arg(path)
        } else {
            command.arg(argument)
        };
    }
    scene.settle(&mut command);
    let input =
        if matches!(way, Pipe(_)) { Stdio::from(fs::File::open(path).unwrap()) } else { Stdio::null() };
    let told = tempfile::NamedTempFile::new().unwrap();
    command.stdin(input).stdout(Stdio::null()).stderr(told.reopen().unwrap());
    let begun = Instant::now();
    let mut child = command.spawn().unwrap();
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if begun.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let memory = fs::read_to_string(scene.at("memory")).unwrap_or_default();
    let memory_kib = memory.lines().last().and_then(|line| line.parse().ok()).unwrap_or(0);
    let told = String::from_utf8_lossy(&fs::read(told.path()).unwrap()).into_owned();
    Ran { code, told, time: begun.elapsed(), memory_kib }
}
