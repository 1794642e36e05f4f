//! `enregard lexicon learn`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{corpus_teaches, count, read, read_lexicon, table, to_file};
use crate::align::Aligner;
use crate::cli::align::{passed_over, unaligned};
use crate::cli::{Failure, Outcome, Terminal};
use crate::desk::align::Aligning;
use crate::desk::lexicon;
use crate::words::Lexicon;

/// Learn which words translate each other.
///
/// From two texts, a list of pairs of texts, or a table of sentences and their translations; without any of them
/// from what people have typed and confirmed in the corpus. Writes a line for each pair of words: word, translation, how
/// probable it is, how often the two were linked; `enregard align --lexicon` reads it.
///
/// Examples:
///   enregard lexicon learn -o mine.tsv
///   enregard lexicon learn french.txt english.txt
///   enregard lexicon learn --pairs memory.tsv --least 2 -o mine.tsv
///   enregard lexicon learn --batch pairs.tsv --sentences --source de --target en
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Learn {
    /// The source text
    #[arg(value_name = "SOURCE", requires = "target_file")]
    source_file: Option<PathBuf>,
    /// The target text
    #[arg(value_name = "TARGET")]
    target_file: Option<PathBuf>,
    /// A list of texts: name, source file, target file, separated by tabs
    #[arg(long, value_name = "PAIRS.tsv", conflicts_with_all = ["source_file", "target_file"])]
    batch: Option<PathBuf>,
    /// A table of sentences and their translations, separated by a tab
    #[arg(long, value_name = "FILE.tsv")]
    pairs: Vec<PathBuf>,
    /// The source language
    #[arg(long = "source", value_name = "LANG", default_value = "fr")]
    source_language: String,
    /// The target language
    #[arg(long = "target", value_name = "LANG", default_value = "en")]
    target_language: String,
    /// The texts have one sentence a line
    #[arg(long)]
    sentences: bool,
    /// A lexicon to begin with, beside the bundled one
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// Leave out words that were linked less often
    #[arg(long, value_name = "COUNT", default_value_t = 1.0, value_parser = count)]
    least: f32,
    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Learn {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut aligner = Aligner::new();
        let bundled = self.source_language == "fr" && self.target_language == "en";
        if bundled {
            aligner = aligner.lexicon(Lexicon::bundled());
        }
        for path in &self.lexicon {
            aligner = aligner.lexicon(read_lexicon(path)?.1);
        }
        let aligning = Aligning {
            aligner: aligner.clone(),
            languages: [self.source_language.clone(), self.target_language.clone()],
            by_line: self.sentences,
            numbers: false,
            anyway: false,
        };
        let mut faults = 0;
        let (mut taught, mut texts) = (Vec::new(), Vec::new());
        for path in &self.pairs {
            taught.extend(table(path, terminal, &mut faults)?);
        }
        if let (Some(source), Some(target)) = (&self.source_file, &self.target_file) {
            let read = aligning.read(source, target);
            texts.push(read.map_err(|error| unaligned(source, target, error))?);
        }
        if let Some(list) = &self.batch {
            let base = list.parent().unwrap_or(Path::new(""));
            let listed = aligning.read_list(&read(list, "list")?, base, |line, fault| {
                faults += 1;
                terminal.report(&passed_over(list, line, fault));
            });
            texts = listed.into_iter().map(|(_, texts)| texts).collect();
        }
        let named = self.batch.is_some() || self.source_file.is_some() || !self.pairs.is_empty();
        if !named {
            taught = corpus_teaches(terminal, &mut faults)?;
        }
        if taught.is_empty() && texts.is_empty() {
            let what = "cannot learn: no sentence stands beside its translation";
            return Err(match named {
                true => Failure::new(what),
                false => Failure::new(what)
                    .hint("`enregard translate` enters translations; or name two texts to learn from"),
            });
        }
        let learnt = lexicon::learn(&aligner, &taught, &texts);
        let mut bytes = Vec::new();
        let written = lexicon::write_learnt(&mut bytes, &learnt, self.least)?;
        if faults > 0 && written == 0 {
            // A lexicon that is there is worth more than none.
            return Err(Failure::new("cannot learn: what could be read links no words"));
        }
        let write = |out: &mut dyn Write| out.write_all(&bytes);
        match &self.output {
            Some(path) => to_file(path, write)?,
            None => write(&mut terminal.out)?,
        }
        terminal.tell(format!(
            "{written} pairs of words, from {} and {}",
            counted(taught.len(), "translation", "translations"),
            counted(texts.len(), "pair of texts", "pairs of texts")
        ));
        Ok(if faults > 0 { Outcome::Partial } else { Outcome::Done })
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
