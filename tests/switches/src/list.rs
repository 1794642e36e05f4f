//! The mutants of a room, as cargo-mutants lists them, each with the number of its switch.

use std::path::Path;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Result;

/// One mutant and what became of it when it was put behind a switch.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mutant {
    /// The number of its switch, from 1.
    pub key: u32,
    pub file: String,
    /// From 1, as in `name`.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    pub genre: Genre,
    /// As cargo-mutants says it, with its place.
    pub name: String,
    pub replacement: String,
    pub state: State,
    /// Why it is not switched.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// cargo-mutants' own word for a kind of mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
    #[serde(other)]
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It stands in the sources, behind its switch.
    Switched,
    /// The mutated code does not compile.
    Uncompilable,
    /// It may compile, but not behind a switch.
    Unswitched,
}

impl Mutant {
    /// Takes the mutant out of the sources. What it was taken out for first stays.
    pub fn drop_as(&mut self, state: State, why: &str) {
        if self.state == State::Switched {
            self.state = state;
            self.why = why.to_owned();
        }
    }
}

#[derive(Deserialize)]
struct Listed {
    file: String,
    span: Span,
    genre: Genre,
    name: String,
    replacement: String,
}

#[derive(Deserialize)]
struct Span {
    start: Place,
}

#[derive(Deserialize)]
struct Place {
    line: usize,
    column: usize,
}

/// Asks cargo-mutants for the mutants of a room of this package, whose sources are still plain.
pub fn mutants(room: &str, package: &Path) -> Result<Vec<Mutant>> {
    let mut command = Command::new("cargo");
    command.args(["mutants", "--list", "--json", "-e", "**/proofs/**", "-f"]).arg(format!("src/{room}/**"));
    let output = command.arg("-d").arg(package).output()?;
    if !output.status.success() {
        return Err(format!("cargo mutants: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let listed: Vec<Listed> = serde_json::from_slice(&output.stdout)?;
    let mutants = listed.into_iter().zip(1..).map(|(each, key)| Mutant {
        key,
        file: each.file,
        line: each.span.start.line,
        column: each.span.start.column,
        genre: each.genre,
        name: each.name,
        replacement: each.replacement,
        state: State::Switched,
        why: String::new(),
    });
    Ok(mutants.collect())
}

/// Reads what `make` has written.
pub fn read(package: &Path) -> Result<Vec<Mutant>> {
    let path = package.join("switches.json");
    let text = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

pub fn write(package: &Path, mutants: &[Mutant]) -> Result<()> {
    Ok(std::fs::write(package.join("switches.json"), serde_json::to_vec_pretty(mutants)?)?)
}
