//! `switches`: all mutants of a room in one build, each behind a switch, and each tried only on the tests that reach it.
//!
//! `cargo-mutants` says which mutants there are; it builds the package anew for each. Here the sources are rewritten once, so
//! that mutant 7 is alive where `ENREGARD_MUTANT` is 7 (`sites`, `render`, `make`); then the tests' own binaries are run again and
//! again (`tests`, `process`, `run`). How it is used stands in README.md.

mod list;
mod make;
mod outcome;
mod precedence;
mod process;
mod render;
mod run;
mod sites;
mod tests;
mod try_one;

use std::path::Path;
use std::process::ExitCode;

/// What can go wrong is told in words, and ends the program.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "\
switches make ROOM PACKAGE [REPOSITORY]     writes the package, every mutant of the room behind a switch
switches run PACKAGE [FROM..TO] [-j N]      tries the mutants on the tests that reach them; goes on where it stopped
switches try PACKAGE MUTANT                 tries one mutant, by number or name, on all tests
switches table PACKAGE                      what has been found so far, file by file";

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let workers = match arguments.iter().position(|each| each == "-j") {
        Some(at) if at + 1 < arguments.len() => {
            let count = arguments.remove(at + 1).parse().unwrap_or(1);
            arguments.remove(at);
            count
        }
        _ => 2,
    };
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["make", room, package] => make::make(room, Path::new(package), &repository()),
        ["make", room, package, from] => make::make(room, Path::new(package), from),
        ["run", package] => run::run(Path::new(package), 0..u32::MAX, workers),
        ["run", package, range] => {
            range_of(range).and_then(|range| run::run(Path::new(package), range, workers))
        }
        ["try", package, mutant] => try_one::try_one(Path::new(package), mutant),
        ["table", package] => outcome::print_table(Path::new(package)),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// The repository that this package stands in, at `tests/switches`.
fn repository() -> String {
    format!("{}/../..", env!("CARGO_MANIFEST_DIR"))
}

fn range_of(text: &str) -> Result<std::ops::Range<u32>> {
    let (from, to) = text.split_once("..").ok_or(USAGE)?;
    let number = |text: &str, absent| if text.is_empty() { Ok(absent) } else { text.parse() };
    Ok(number(from, 0)?..number(to, u32::MAX)?)
}
