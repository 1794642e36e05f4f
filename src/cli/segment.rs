//! `enregard segment`: text to sentences, without a corpus.

use std::io::{BufWriter, Write, stdin, stdout};
use std::path::{Path, PathBuf};

use clap::Args;

use super::corpus::failed;
use super::{Failure, Outcome, Terminal};
use crate::bitext::Lang;
use crate::desk::segment::{Files, Form, JsonLines, segmenter};
use crate::segment::Segmenter;
use crate::store::{Config, Corpus, StoreError};

/// Split texts into sentences; no corpus is needed.
///
/// In a corpus, the abbreviations and exceptions of its `enregard.toml` count.
///
/// Examples:
///   `enregard segment article.txt`
///   `enregard segment --to tsv seeds/000_a22323992858b2dd.txt`
///   `enregard segment --explain article.txt`
///   `enregard segment --jsonl --lang fr < texts.jsonl > sentences.jsonl`
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Segment {
    /// Texts in UTF-8 [default: standard input, as `-`]
    #[arg(value_name = "FILE", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// JSON Lines from standard input, `{"id","text"}`, to JSON Lines, `{"id","sentences","spans"}`
    ///
    /// Every sentence of the text is there; line breaks in it end paragraphs. Spans are half-open, in code points,
    /// as Python counts. A line at fault is reported with its number, and the rest goes on.
    #[arg(long)]
    jsonl: bool,
    /// The texts' language: fr or en
    #[arg(long, default_value = "fr")]
    lang: Lang,
    /// Places in bytes instead of code points
    #[arg(long)]
    bytes: bool,
    /// Find sentence ends without a mark too, for French text whose line breaks were lost
    #[arg(long)]
    unwrap: bool,
    /// Split by the rules of an SRX 2.0 file instead
    #[arg(long, value_name = "FILE", conflicts_with = "explain")]
    srx: Option<PathBuf>,
    /// How sentences are written: plain, one a line; tsv; json, an object for each file
    #[arg(
        long,
        value_name = "FORM",
        default_value = "plain",
        hide_possible_values = true,
        conflicts_with = "jsonl"
    )]
    to: To,
    /// Say for every paragraph and every mark which rule decided, and why
    #[arg(long, conflicts_with_all = ["jsonl", "to"])]
    explain: bool,
}

/// The forms that are asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum To {
    Plain,
    Tsv,
    Json,
}

impl Segment {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let segmenter = segmenter(self.lang, &config(terminal)?).unwrap(self.unwrap);
        let segmenter = match &self.srx {
            Some(path) => with_srx(segmenter, path)?,
            None => segmenter,
        };
        // The terminal is needed for messages while its output is written to.
        let mut out = BufWriter::with_capacity(1 << 18, stdout());
        let faults = if self.jsonl {
            let lines = JsonLines { segmenter, bytes: self.bytes };
            let faults = lines.run(stdin().lock(), &mut out, |line, why| {
                let what = format!("line {line} of standard input is passed over");
                terminal.report(&Failure { causes: vec![why], ..Failure::new(what) });
            });
            faults? > 0
        } else {
            let form = match self.to {
                _ if self.explain => Form::Explain,
                To::Plain => Form::Plain,
                To::Tsv => Form::Tsv,
                To::Json => Form::Json,
            };
            let files = Files { segmenter, form, bytes: self.bytes };
            let paths = if self.files.is_empty() { vec!["-".into()] } else { self.files };
            out.write_all(files.head().as_bytes())?;
            let faults = files.run(&paths, &mut out, |path, error| {
                terminal.report(&Failure::because(format!("cannot split {}", path.display()), error));
            });
            faults? > 0
        };
        out.flush()?;
        Ok(if faults { Outcome::Partial } else { Outcome::Done })
    }
}

/// The configuration of the corpus that is asked for, or that holds the current folder; outside of any, nothing is set.
fn config(terminal: &Terminal) -> Result<Config, Failure> {
    let corpus = match &terminal.corpus {
        Some(folder) => Corpus::open(folder),
        None => Corpus::find(Path::new(".")),
    };
    match corpus {
        Ok(corpus) => Ok(corpus.config().clone()),
        Err(StoreError::NoCorpus { .. }) => Ok(Config::default()),
        Err(error) => Err(failed("cannot read the corpus's abbreviations", error)),
    }
}

/// The splitter with the rules of an SRX file.
fn with_srx(segmenter: Segmenter, path: &Path) -> Result<Segmenter, Failure> {
    let what = || format!("cannot use the rules of {}", path.display());
    let xml = std::fs::read_to_string(path).map_err(|error| Failure::because(what(), error))?;
    let srx = crate::segment::Srx::read(&xml, segmenter.lang().code())
        .map_err(|error| Failure::because(what(), error))?;
    Ok(segmenter.srx(srx))
}
