//! `enregard lexicon`: words and their translations, learnt, shown, exported, explained.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::corpus::{desk_failed, open_corpus};
use super::{Failure, Outcome, Terminal};
use crate::align::Aligner;
use crate::desk::Output;
use crate::desk::align::Aligning;
use crate::desk::lexicon::{self, NamedLexicon, Taught};
use crate::words::{Lexicon, tokens};

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
struct Learn {
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

/// Show the translations of words.
///
/// Writes a line for each translation: word, translation, how probable it is, and which lexicon says so. In a corpus, what its own
/// units teach is shown too. A bundled translation's probability is its share among those listed.
///
/// Examples:
///   enregard lexicon show gouvernement
///   enregard lexicon show --lexicon mine.tsv puce carte
#[derive(Args)]
#[command(verbatim_doc_comment)]
struct Show {
    /// Words, in any form
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    from: From,
}

/// Write out all that is known of words, as one file.
///
/// The bundled list, then the files of `--lexicon`, then what the corpus's own units teach. `--lexicon` of this program reads it.
///
/// Examples:
///   enregard lexicon export -o all.tsv
///   enregard lexicon export --no-bundled --lexicon mine.tsv
#[derive(Args)]
#[command(verbatim_doc_comment)]
struct Export {
    #[command(flatten)]
    from: From,
    /// Leave out words that were linked less often
    #[arg(long, value_name = "COUNT", default_value_t = 1.0, value_parser = count)]
    least: f32,
    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Explain a word: its translations, each with sentences that show it.
///
/// The sentences are those of the corpus that people have typed and confirmed, or those of `--pairs`.
///
/// Examples:
///   enregard lexicon explain puce
///   enregard lexicon explain puce chip --examples 5
///   enregard lexicon explain --pairs memory.tsv puce
#[derive(Args)]
#[command(verbatim_doc_comment)]
struct Explain {
    /// The word
    #[arg(value_name = "WORD")]
    word: String,
    /// Only this translation
    #[arg(value_name = "TRANSLATION")]
    translation: Option<String>,
    /// Sentences for each translation, at most
    #[arg(long, value_name = "COUNT", default_value_t = 2)]
    examples: usize,
    /// A table of sentences and their translations, separated by a tab, instead of the corpus
    #[arg(long, value_name = "FILE.tsv")]
    pairs: Vec<PathBuf>,
    #[command(flatten)]
    from: From,
}

/// Which lexicons are asked.
#[derive(Args)]
struct From {
    /// A lexicon of yours, beside the others
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// Leave out the bundled list
    #[arg(long)]
    no_bundled: bool,
    /// Leave out what the corpus teaches
    #[arg(long)]
    no_corpus: bool,
}

fn count(text: &str) -> Result<f32, String> {
    let count = text.parse::<f32>().ok().filter(|count| count.is_finite() && *count >= 0.0);
    count.ok_or_else(|| "expected a number, 0 or more".to_owned())
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

impl Learn {
    fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
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
            texts.push(read.map_err(|error| super::align::unaligned(source, target, error))?);
        }
        if let Some(list) = &self.batch {
            let base = list.parent().unwrap_or(Path::new(""));
            texts = lexicon::batch(&aligning, &read(list, "list")?, base, |line, why| {
                faults += 1;
                let what = format!("{}:{line} is passed over", list.display());
                terminal.report(&Failure { causes: vec![why], ..Failure::new(what) });
            });
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
        let write = |out: &mut dyn Write| {
            let mut bytes = Vec::new();
            let written = lexicon::write_learnt(&mut bytes, &learnt, self.least)?;
            out.write_all(&bytes).map(|()| written)
        };
        let written = match &self.output {
            Some(path) => to_file(path, write)?,
            None => write(&mut terminal.out)?,
        };
        terminal.tell(format!(
            "{written} pairs of words, from {} and {}",
            counted(taught.len(), "translation", "translations"),
            counted(texts.len(), "pair of texts", "pairs of texts")
        ));
        Ok(if faults > 0 { Outcome::Partial } else { Outcome::Done })
    }
}

impl Show {
    fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut faults = 0;
        let (lexicons, _) = self.from.lexicons(terminal, &[], &mut faults)?;
        let mut unknown = 0;
        for word in &self.words {
            let found = lexicon::translations(&lexicons, one_word(word)?.as_str());
            for translated in &found {
                let (target, from) = (&translated.target, &translated.from);
                writeln!(terminal.out, "{word}\t{target}\t{:.3}\t{from}", translated.probability)?;
            }
            if found.is_empty() {
                unknown += 1;
                terminal.tell(format!("no translation of `{word}` is known"));
            }
        }
        Ok(outcome(faults, unknown))
    }
}

impl Export {
    fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut faults = 0;
        let mut text = String::new();
        if !self.from.no_bundled {
            text.push_str(Lexicon::bundled_text());
        }
        for path in &self.from.lexicon {
            // Checked, and written as it stands.
            read_lexicon(path)?;
            let own = read(path, "lexicon")?;
            text.push_str(own.trim_start_matches('\u{FEFF}'));
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        let mut bytes = text.into_bytes();
        if let Some(learnt) = self.from.learnt(terminal, &[], &mut faults)?.0 {
            lexicon::write_learnt(&mut bytes, &learnt, self.least)?;
        }
        if bytes.is_empty() {
            return Err(Failure::new("nothing to export: no lexicon is left")
                .hint("leave out `--no-bundled`, or name one with `--lexicon`"));
        }
        match &self.output {
            Some(path) => to_file(path, |out: &mut dyn Write| out.write_all(&bytes))?,
            None => terminal.out.write_all(&bytes)?,
        }
        Ok(outcome(faults, 0))
    }
}

impl Explain {
    fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        /// Translations that are explained, if none is named.
        const MOST: usize = 6;
        let mut faults = 0;
        let word = one_word(&self.word)?;
        let wanted = self.translation.as_deref().map(one_word).transpose()?;
        let (lexicons, taught) = self.from.lexicons(terminal, &self.pairs, &mut faults)?;
        let mut found = lexicon::translations(&lexicons, &word);
        if let Some(wanted) = &wanted {
            found.retain(|one| crate::words::fold_key(&one.target) == *wanted);
        }
        // What was learnt first, since sentences show it.
        found.sort_by_key(|one| one.count.is_none());
        found.truncate(MOST);
        let mut shown: Vec<&str> = Vec::new();
        for one in &found {
            let (target, from) = (one.target.as_str(), &one.from);
            let count = one.count.map(|count| format!(", count {count:.1}")).unwrap_or_default();
            writeln!(terminal.out, "{word} → {target}  {:.3} ({from}{count})", one.probability)?;
            if shown.contains(&target) {
                continue;
            }
            shown.push(target);
            for example in lexicon::examples(&taught, &word, target, self.examples) {
                writeln!(terminal.out, "    {}", example.place)?;
                writeln!(terminal.out, "      {}", crate::bitext::flat(&example.source))?;
                writeln!(terminal.out, "      {}", crate::bitext::flat(&example.target))?;
            }
        }
        if found.is_empty() {
            terminal.tell(match &wanted {
                Some(wanted) => format!("nothing says that `{word}` is `{wanted}`"),
                None => format!("no translation of `{word}` is known"),
            });
        }
        Ok(outcome(faults, usize::from(found.is_empty())))
    }
}

impl From {
    /// What the corpus or these tables teach, if anything, with the texts.
    fn learnt(
        &self,
        terminal: &Terminal,
        pairs: &[PathBuf],
        faults: &mut usize,
    ) -> Result<(Option<Lexicon>, Vec<Taught>), Failure> {
        let mut taught = Vec::new();
        for path in pairs {
            taught.extend(table(path, terminal, faults)?);
        }
        // Without a corpus the lexicons alone are asked, unless one is named.
        let corpus = terminal.corpus.is_some() || crate::store::Corpus::find(Path::new(".")).is_ok();
        if pairs.is_empty() && !self.no_corpus && corpus {
            taught = corpus_teaches(terminal, faults)?;
        }
        let aligner = Aligner::new().lexicon(Lexicon::bundled());
        let learnt = (!taught.is_empty()).then(|| lexicon::learn(&aligner, &taught, &[]));
        Ok((learnt, taught))
    }

    fn lexicons(
        &self,
        terminal: &Terminal,
        pairs: &[PathBuf],
        faults: &mut usize,
    ) -> Result<(Vec<NamedLexicon>, Vec<Taught>), Failure> {
        let mut all = Vec::new();
        if !self.no_bundled {
            all.push(NamedLexicon { name: "bundled".to_owned(), lexicon: Lexicon::bundled() });
        }
        for path in &self.lexicon {
            let (name, lexicon) = read_lexicon(path)?;
            all.push(NamedLexicon { name, lexicon });
        }
        let (learnt, taught) = self.learnt(terminal, pairs, faults)?;
        if let Some(learnt) = learnt {
            let name = if pairs.is_empty() { "corpus" } else { "pairs" };
            all.push(NamedLexicon { name: name.to_owned(), lexicon: Arc::new(learnt) });
        }
        Ok((all, taught))
    }
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
pub(super) fn read_lexicon(path: &Path) -> Result<(String, Arc<Lexicon>), Failure> {
    let told = || format!("cannot read the lexicon {}", path.display());
    let text = fs::read_to_string(path).map_err(|error| Failure::because(told(), error))?;
    let lexicon = Lexicon::parse(&text).map_err(|error| Failure::because(told(), error))?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
    Ok((name, Arc::new(lexicon)))
}

/// A word as lexicons know it: exactly one.
fn one_word(text: &str) -> Result<String, Failure> {
    let mut found = Vec::new();
    tokens(text, &mut |token| found.push(token.to_owned()));
    match &found[..] {
        [one] => Ok(crate::words::fold_key(one)),
        _ => Err(Failure::new(format!("`{text}` is not one word")).hint("a lexicon knows single words")),
    }
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

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
