//! `enregard glossary accept`: terms out of a file, added to the glossary.

use std::io::{self, Read};
use std::path::PathBuf;

use clap::Args;

use crate::cli::corpus::{author, desk_failed, open_corpus};
use crate::cli::{Failure, Outcome, Terminal};
use crate::desk::glossary::{Accepted, accept, read_terms};

/// Add the terms of a file to the glossary: `French<TAB>English; English` a line, further columns are passed over.
///
/// The file is what `enregard glossary propose` writes, with the lines taken out that you do not want. A term that
/// the glossary has is not added again; one that has other English there is told and left as it is.
///
/// Examples:
///   enregard glossary accept new.tsv
///   printf 'puce\tchip\n' | enregard glossary accept -
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Accept {
    /// The file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Accept {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let shown = self.file.display();
        let bytes = if self.file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            std::fs::read(&self.file)
        }
        .map_err(|error| Failure::because(format!("cannot read {shown}"), &error))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::new(format!("cannot accept {shown}: it is not UTF-8")))?;
        let terms = read_terms(&text).map_err(|line| {
            Failure::new(format!(
                "cannot accept {shown}: line {line}: expected `French<TAB>English; English`"
            ))
            .hint("take the line out, or put a tab between the French and its English")
        })?;
        let accepted = accept(&corpus, &terms, &author(&corpus).command)
            .map_err(|error| desk_failed("cannot add to the glossary", error))?;
        Ok(told(&accepted, terminal))
    }
}

/// Says what came of it.
pub(super) fn told(accepted: &Accepted, terminal: &Terminal) -> Outcome {
    for (new, old) in &accepted.otherwise {
        terminal.tell(format!(
            "not added: `{}` has `{}` in the glossary, not `{}`: change glossary.tsv by hand if it is to be otherwise",
            new.fr,
            old.en.join("; "),
            new.en.join("; ")
        ));
    }
    let there = if accepted.there.is_empty() {
        String::new()
    } else {
        format!("; {} were there already", accepted.there.len())
    };
    let count = accepted.added.len();
    terminal.tell(format!("{count} term{} added to glossary.tsv{there}", if count == 1 { "" } else { "s" }));
    if accepted.otherwise.is_empty() { Outcome::Done } else { Outcome::Findings }
}
