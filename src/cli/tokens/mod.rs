//! `enregard tokens`: subword tokenizers learnt from the corpus, and texts counted with any.

mod count;
mod train;

use clap::{Args, Subcommand, ValueEnum};

use super::{Failure, Outcome, Terminal};
use crate::bitext::Lang;

/// Learn a subword tokenizer from the corpus, or count the texts' tokens with any.
///
/// Tokens are what language models read and bill. A tokenizer is a file `tokenizer.json`, which the Python libraries
/// `tokenizers` and `transformers` read with the same results.
///
/// Examples:
///   enregard tokens train --model unigram --vocabulary 8000 -o tokenizer.json
///   enregard tokens count tokenizer.json
///   enregard tokens count tokenizer.json --units --tsv 000
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Tokens {
    #[command(subcommand)]
    command: What,
}

#[derive(Subcommand)]
enum What {
    Train(train::Train),
    Count(count::Count),
}

/// One side of the corpus, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Side {
    Fr,
    En,
    Both,
}

impl Side {
    fn sides(self) -> Vec<Lang> {
        match self {
            Side::Fr => vec![Lang::Fr],
            Side::En => vec![Lang::En],
            Side::Both => Vec::new(),
        }
    }
}

impl Tokens {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        match self.command {
            What::Train(command) => command.run(terminal),
            What::Count(command) => command.run(terminal),
        }
    }
}
