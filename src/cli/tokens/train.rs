//! `enregard tokens train`: a tokenizer learnt from the corpus.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Side;
use crate::bitext::Edition;
use crate::cli::corpus::{articles, desk_failed, failed, open_corpus};
use crate::cli::{Failure, Outcome, Terminal};
use crate::desk::tokens::{Scope, train};
use crate::desk::{DeskError, Output};
use crate::words::subwords::{Model, TrainError, Training};

/// Learn a tokenizer from the corpus, and write it as `tokenizer.json`.
///
/// Texts are parted at white space and marks, French elision too (`l’` and `homme`; `aujourd’hui` stays). The same texts give
/// the same bytes.
///
/// Examples:
///   enregard tokens train --vocabulary 8000 -o tokenizer.json
///   enregard tokens train --model wordpiece --side fr --lowercase -o fr.json
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Train {
    /// Articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Which kind
    #[arg(long, value_name = "KIND", default_value = "bpe")]
    model: Kind,
    /// How many different tokens, special ones included [default: 8000, or as many as the texts give]
    #[arg(long, value_name = "N")]
    vocabulary: Option<usize>,
    /// From the French, the English, or both together
    #[arg(long, default_value = "both")]
    side: Side,
    /// Make capitals small letters first
    #[arg(long)]
    lowercase: bool,
    /// How often two tokens must stand together to become one (bpe and wordpiece)
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_count: u64,
    /// Special tokens, in the order of their ids [default: those that the kind usually has]
    #[arg(long, value_name = "TOKEN,…", value_delimiter = ',')]
    special: Vec<String>,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// Boilerplate too: bylines, credits, widgets …
    #[arg(long)]
    boilerplate: bool,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The kinds of tokenizers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Byte pair encoding over bytes, as GPT-2 has it
    Bpe,
    /// As BERT has it
    Wordpiece,
    /// As SentencePiece has it
    Unigram,
}

impl Train {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let what = "cannot learn a tokenizer";
        let corpus = open_corpus(terminal)?;
        let edition = self.edition.as_ref();
        let stems =
            articles(terminal, &corpus, &self.articles, edition).map_err(|error| failed(what, error))?;
        let training = Training {
            model: match self.model {
                Kind::Bpe => Model::Bpe,
                Kind::Wordpiece => Model::WordPiece,
                Kind::Unigram => Model::Unigram,
            },
            vocabulary: self.vocabulary.unwrap_or(8000),
            or_fewer: self.vocabulary.is_none(),
            lowercase: self.lowercase,
            least: self.min_count,
            special: self.special.into_iter().filter(|token| !token.is_empty()).collect(),
        };
        let scope =
            Scope { sides: self.side.sides(), edition: self.edition.clone(), boilerplate: self.boilerplate };
        let mut faults = 0;
        let trained = train(&corpus, &stems, &scope, &training, |stem, error| {
            faults += 1;
            terminal.report(&desk_failed(format!("cannot learn from {stem}"), error));
        });
        let trained = trained.map_err(|error| {
            let hint = match &error {
                DeskError::Training(TrainError::Nothing) => {
                    Some("`enregard translate` and `enregard align` bring English in; `--side fr` takes the French".to_owned())
                }
                DeskError::Training(TrainError::TooSmall { least, .. }) => {
                    Some(format!("type `--vocabulary {least}` or more"))
                }
                DeskError::Training(TrainError::TooLarge { most, .. }) => {
                    Some(format!("type `--vocabulary {most}` or less, or `--min-count 1`, or add texts"))
                }
                _ => None,
            };
            let failure = desk_failed(what, error);
            match hint {
                Some(hint) => failure.hint(hint),
                None => failure,
            }
        })?;
        let json = trained.subwords.to_json();
        match self.output.as_deref().filter(|path| *path != Path::new("-")) {
            None => terminal.out.write_all(json.as_bytes())?,
            Some(path) => {
                let told = |error| desk_failed(format!("cannot write {}", path.display()), error);
                let mut out = Output::create(path, Some(&corpus)).map_err(told)?;
                out.write_all(json.as_bytes())
                    .map_err(|error| Failure::because(format!("cannot write {}", path.display()), error))?;
                out.finish().map_err(told)?;
                terminal.tell(format!(
                    "wrote {}: {} tokens, learnt from {} texts with {} different words",
                    path.display(),
                    trained.subwords.vocabulary(),
                    trained.texts,
                    trained.words
                ));
            }
        }
        if faults > 0 {
            terminal.tell(format!("{faults} of {} articles could not be learnt from", stems.len()));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }
}
