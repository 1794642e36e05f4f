//! `enregard undo` and `enregard redo`: take the last command back, do it again.

use std::io::Write;

use clap::Args;

use crate::store::{Recorded, Turned};

use super::corpus::{author, failed, open_corpus};
use super::{Failure, Outcome, Terminal};

/// Take back what the last command changed, in whatever articles.
///
/// Run it again to go back further; `enregard redo` does again what was taken back last. Where a
/// unit was changed since by other means (an editor, git), nothing is changed and both texts are shown.
///
/// Example: `enregard undo --list`
#[derive(Args)]
pub(super) struct Undo {
    /// Change nothing; list the commands that changed something, the last first
    #[arg(long)]
    list: bool,
}

/// Do again what `enregard undo` took back last.
///
/// Possible until another command changes something.
///
/// Example: `enregard redo`
#[derive(Args)]
pub(super) struct Redo {}

impl Undo {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        if self.list {
            let steps = corpus.steps().map_err(|error| failed("cannot list the commands", error))?;
            for step in steps.iter().rev() {
                let line = terminal.safe(&listed(step)).into_owned();
                writeln!(terminal.out, "{line}")?;
            }
            return Ok(Outcome::Done);
        }
        let turned =
            corpus.undo(&author(&corpus)).map_err(|error| failed("cannot undo the last command", error))?;
        let turned = turned.ok_or_else(|| Failure::new("there is nothing to undo"))?;
        terminal.tell(told("undid", &turned));
        Ok(Outcome::Done)
    }
}

impl Redo {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let turned = corpus
            .redo(&author(&corpus))
            .map_err(|error| failed("cannot redo what was taken back last", error))?;
        let turned = turned.ok_or_else(|| Failure::new("there is nothing to redo"))?;
        terminal.tell(told("did again", &turned));
        Ok(Outcome::Done)
    }
}

/// `undid: set k7q2m9xd0v --en … (Ève, 2026-11-20T08:00:00Z), in roy`.
fn told(what: &str, turned: &Turned) -> String {
    let names = turned.files.iter().map(|(stem, edition)| match edition {
        None => stem.to_string(),
        Some(edition) => format!("{stem}@{edition}"),
    });
    let names: Vec<String> = names.collect();
    let Recorded { at, by, command, .. } = &turned.step;
    let who = by.as_ref().map_or(String::new(), |by| format!("{by}, "));
    let place = match names.len() {
        1..=3 => names.join(", "),
        count => format!("{count} articles"),
    };
    format!("{what}: {command} ({who}{at}), in {place}")
}

/// A step on one line: when, who, how many articles, whether it is undone, which command.
fn listed(step: &Recorded) -> String {
    let undone = step.files.iter().filter(|(.., stands)| !stands).count();
    let state = match undone {
        0 => "",
        all if all == step.files.len() => "undone\t",
        _ => "partly undone\t",
    };
    let articles = match step.files.as_slice() {
        [(stem, None, _)] => stem.to_string(),
        [(stem, Some(edition), _)] => format!("{stem}@{edition}"),
        many => format!("{} articles", many.len()),
    };
    format!("{}\t{}\t{articles}\t{state}{}", step.at, step.by.as_deref().unwrap_or("-"), step.command)
}
