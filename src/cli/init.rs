//! `enregard init`: make a folder a corpus.

use std::path::PathBuf;

use clap::Args;

use crate::store::Corpus;

use super::corpus::failed;
use super::{Failure, Outcome, Terminal};

/// Make a folder a corpus: seeds/, alignments/, and what git must know of them.
///
/// What is there already is kept. Put French articles into `seeds/`, one .txt file in UTF-8
/// each, or let `enregard add` do it.
///
/// Example: `enregard init my-corpus`
#[derive(Args)]
pub(super) struct Init {
    /// The folder; made if absent
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

impl Init {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let shown = self.folder.display();
        let (corpus, made) = Corpus::init(&self.folder)
            .map_err(|error| failed(format!("cannot make {shown} a corpus"), error))?;
        if made.is_empty() {
            terminal.tell(format!("{shown} is a corpus already"));
        }
        for path in made {
            terminal.tell(format!("wrote {}", corpus.root().join(path).display()));
        }
        Ok(Outcome::Done)
    }
}
