//! `enregard glossary`: terms with the English that they must have.

mod accept;
mod ask;
mod propose;

use std::io::Write;

use clap::{Args, Subcommand};

use super::corpus::{articles, desk_failed, failed, open_corpus};
use super::{Failure, Outcome, Terminal};
use crate::bitext::Edition;
use crate::desk::glossary::kept;

/// List the glossary with how well it is kept, propose terms for it, and add to it.
///
/// `glossary.tsv` in the corpus folder has a French term and its English on each line, tab between; several English
/// forms with `;` between. `enregard check` holds translations to it, and `enregard translate` shows it. It is a
/// plain file: edit it as you like, the program only ever adds lines at its end.
///
/// Examples:
///   enregard glossary
///   enregard glossary propose --ask
///   enregard glossary propose > new.tsv
///   enregard glossary accept new.tsv
#[derive(Args)]
#[command(verbatim_doc_comment, args_conflicts_with_subcommands = true)]
pub(super) struct Glossary {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    list: List,
}

#[derive(Subcommand)]
enum What {
    Accept(accept::Accept),
    Propose(propose::Propose),
}

#[derive(Args)]
struct List {
    /// Count in these articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// JSON Lines, a term each
    #[arg(long)]
    json: bool,
}

impl Glossary {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        match self.what {
            Some(What::Accept(command)) => command.run(terminal),
            Some(What::Propose(command)) => command.run(terminal),
            None => self.list.run(terminal),
        }
    }
}

impl List {
    fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let edition = self.edition.as_ref();
        let stems = articles(terminal, &corpus, &self.articles, edition)
            .map_err(|error| failed("cannot list the glossary", error))?;
        let mut faults = 0;
        let terms = kept(&corpus, &stems, edition, |stem, error| {
            faults += 1;
            terminal.report(&desk_failed(format!("cannot count in {stem}"), error));
        })
        .map_err(|error| desk_failed("cannot list the glossary", error))?;
        if terms.is_empty() {
            terminal
                .tell("there is no term in glossary.tsv; `enregard glossary propose` shows what it may have");
        }
        for one in &terms {
            if self.json {
                let line = serde_json::json!({
                    "fr": one.term.fr, "en": one.term.en, "units": one.units, "kept": one.kept,
                });
                writeln!(terminal.out, "{line}")?;
            } else {
                let english = terminal.safe(&one.term.en.join("; ")).into_owned();
                let french = terminal.safe(&one.term.fr).into_owned();
                writeln!(terminal.out, "{french}\t{english}\t{} of {} units", one.kept, one.units)?;
            }
        }
        Ok(if faults > 0 { Outcome::Partial } else { Outcome::Done })
    }
}
