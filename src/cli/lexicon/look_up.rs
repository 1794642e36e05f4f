//! `enregard lexicon show`, `export` and `explain`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{corpus_teaches, count, outcome, read, read_lexicon, table, to_file};
use crate::align::Aligner;
use crate::cli::{Failure, Outcome, Terminal};
use crate::desk::lexicon::{self, NamedLexicon, Taught};
use crate::words::{Lexicon, tokens};

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
pub(super) struct Show {
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
pub(super) struct Export {
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
pub(super) struct Explain {
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

impl Show {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
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
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
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
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
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

/// A word as lexicons know it: exactly one.
fn one_word(text: &str) -> Result<String, Failure> {
    let mut found = Vec::new();
    tokens(text, &mut |token| found.push(token.to_owned()));
    match &found[..] {
        [one] => Ok(crate::words::fold_key(one)),
        _ => Err(Failure::new(format!("`{text}` is not one word")).hint("a lexicon knows single words")),
    }
}
