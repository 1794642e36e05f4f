//! `enregard lexicon`: words and their translations, learnt, shown, exported, explained.

mod learn;
mod look_up;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::corpus::{desk_failed, open_corpus};
use super::{Failure, Outcome, Terminal};
use crate::desk::Output;
use crate::desk::lexicon::{self, Taught};
use crate::words::Lexicon;

use learn::Learn;
use look_up::{Explain, Export, Show};

/// Words and their likely translations: learn them from texts, look them up, write them out.
///
/// The aligner begins with a bundled French–English list, and learns the rest from the texts in hand. What it learns can be
/// kept, shown, and given to `enregard align --lexicon` again.
///
/// Examples:
///   enregard lexicon learn -o mine.tsv
///   enregard lexicon show gouvernement
///   enregard lexicon explain puce chip
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct LexiconCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Learn(Learn),
    Show(Show),
    Export(Export),
    Explain(Explain),
}

impl LexiconCommand {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        match self.command {
            Command::Learn(command) => command.run(terminal),
            Command::Show(command) => command.run(terminal),
            Command::Export(command) => command.run(terminal),
            Command::Explain(command) => command.run(terminal),
        }
    }
}

fn count(text: &str) -> Result<f32, String> {
    let count = text.parse::<f32>().ok().filter(|count| count.is_finite() && *count >= 0.0);
    count.ok_or_else(|| "expected a number, 0 or more".to_owned())
}

/// The units of the corpus that teach.
fn corpus_teaches(terminal: &Terminal, faults: &mut usize) -> Result<Vec<Taught>, Failure> {
    let corpus = open_corpus(terminal)?;
    let taught = lexicon::taught_by(&corpus, |stem, error| {
        *faults += 1;
        terminal.report(&desk_failed(format!("cannot learn from {stem}"), error));
    });
    taught.map_err(|error| desk_failed("cannot learn from the corpus", error))
}

/// The pairs of a table; faults are told.
fn table(path: &Path, terminal: &Terminal, faults: &mut usize) -> Result<Vec<Taught>, Failure> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
    let text = read(path, "table")?;
    Ok(lexicon::taught_in(&name, &text, |line| {
        *faults += 1;
        let what = format!("{}:{line} is passed over", path.display());
        let why = "one field, expected a sentence, a tab and its translation".to_owned();
        terminal.report(&Failure { causes: vec![why], ..Failure::new(what) });
    }))
}

fn read(path: &Path, what: &str) -> Result<String, Failure> {
    fs::read_to_string(path)
        .map_err(|error| Failure::because(format!("cannot read the {what} {}", path.display()), error))
}

/// A lexicon from a file, with the file's name.
pub(in crate::cli) fn read_lexicon(path: &Path) -> Result<(String, Arc<Lexicon>), Failure> {
    let told = || format!("cannot read the lexicon {}", path.display());
    let text = fs::read_to_string(path).map_err(|error| Failure::because(told(), error))?;
    let lexicon = Lexicon::parse(&text).map_err(|error| Failure::because(told(), error))?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
    Ok((name, Arc::new(lexicon)))
}

fn to_file<R>(path: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<R>) -> Result<R, Failure> {
    let told = |error| desk_failed("cannot write the lexicon", error);
    let mut output = Output::create(path, None).map_err(told)?;
    let written = write(&mut output)?;
    output.finish().map_err(told)?;
    Ok(written)
}

fn outcome(faults: usize, findings: usize) -> Outcome {
    match (faults, findings) {
        (0, 0) => Outcome::Done,
        (0, _) => Outcome::Findings,
        _ => Outcome::Partial,
    }
}
