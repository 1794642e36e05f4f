//! What became of each mutant: one line each in the package's `outcomes.jsonl`, and a table of them.

use std::collections::{BTreeMap, HashSet};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::list::{Mutant, State};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// A test failed.
    Caught,
    /// A test took far longer than it does.
    Timeout,
    /// All tests that reach it passed.
    Survived,
    /// No test reaches it.
    Unreached,
    Uncompilable,
    Unswitched,
}

const ALL: [(Outcome, &str); 6] = [
    (Outcome::Caught, "caught"),
    (Outcome::Timeout, "timeout"),
    (Outcome::Survived, "survived"),
    (Outcome::Unreached, "unreached"),
    (Outcome::Uncompilable, "uncompilable"),
    (Outcome::Unswitched, "unswitched"),
];

#[derive(Serialize, Deserialize)]
pub struct Line {
    pub key: u32,
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub name: String,
    pub outcome: Outcome,
    /// The test that caught it, or why it is not switched.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub test: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl Line {
    pub fn new(mutant: &Mutant, outcome: Outcome, test: &str) -> Line {
        let Mutant { key, file, line, column, name, .. } = mutant.clone();
        Line { key, file, line, column, name, outcome, test: test.to_owned(), why: String::new() }
    }
}

/// Appends in one write, so that a run that is stopped leaves whole lines.
pub fn append(package: &Path, lines: &[Line]) -> Result<()> {
    let mut text = String::new();
    for line in lines {
        text += &serde_json::to_string(line)?;
        text.push('\n');
    }
    let mut file = OpenOptions::new().create(true).append(true).open(package.join("outcomes.jsonl"))?;
    Ok(file.write_all(text.as_bytes())?)
}

pub fn read(package: &Path) -> Result<Vec<Line>> {
    let text = std::fs::read_to_string(package.join("outcomes.jsonl")).unwrap_or_default();
    Ok(text.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?)
}

/// Writes down those that will not be tried.
pub fn write_unswitched(package: &Path, mutants: &[Mutant]) -> Result<()> {
    let known: HashSet<u32> = read(package)?.iter().map(|line| line.key).collect();
    let lines = mutants.iter().filter(|mutant| !known.contains(&mutant.key)).filter_map(|mutant| {
        let outcome = match mutant.state {
            State::Switched => return None,
            State::Uncompilable => Outcome::Uncompilable,
            State::Unswitched => Outcome::Unswitched,
        };
        Some(Line { why: mutant.why.clone(), ..Line::new(mutant, outcome, "") })
    });
    append(package, &lines.collect::<Vec<_>>())
}

/// Prints the numbers of each file.
pub fn print_table(package: &Path) -> Result<()> {
    let lines = read(package)?;
    let mut files: BTreeMap<&str, [usize; ALL.len()]> = BTreeMap::new();
    let mut whole = [0; ALL.len()];
    for line in &lines {
        let at =
            ALL.iter().position(|(outcome, _)| *outcome == line.outcome).expect("every outcome has a column");
        files.entry(&line.file).or_default()[at] += 1;
        whole[at] += 1;
    }
    print!("{:36}", "");
    ALL.iter().for_each(|(_, name)| print!("{name:>14}"));
    println!();
    for (name, counts) in files.into_iter().chain([("all", whole)]) {
        print!("{name:36}");
        counts.iter().for_each(|count| print!("{count:14}"));
        println!();
    }
    Ok(())
}
