//! `enregard align`: which sentences of two texts translate each other; as files, or an article and its English.

mod article;
mod bulk;

use std::cmp::Reverse;
use std::fs;
use std::io::{Write, stdin};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::add::{Encoding, encoding};
use super::corpus::desk_failed;
use super::{Failure, Outcome, Terminal};
use crate::align::{Aligner, Doubt, Gap, Paragraphs};
use crate::bitext::Edition;
use crate::desk::align::{AlignError, Aligning, Gaps, ListFault};
use crate::desk::{OutputFolder, put};
use crate::format::TextError;
use crate::words::Lexicon;

/// Bring a whole English text beside an article; or align two texts without a corpus.
///
/// ARTICLE ENGLISH.txt: the text is split into sentences and aligned with the article's content. Its sentences become
/// drafts, each in exactly one unit, with how certain that is (0 to 1); what a person typed, reviewed or set stays as
/// it is. The text is kept as it was in alignments/texts/; without ENGLISH.txt that one is aligned anew.
///
/// --pairs, or --french and --english: hundreds of pairs. French texts that are new are added; one lexicon is learnt over
/// all; faults are passed over, and the same command again goes on where it was stopped. One table at the end.
///
/// SOURCE TARGET: two files; a line for each bead goes out: source, target, score, separated by tabs. An argument that
/// is the name of an article, or the beginning of one and no file, is an article; with --files it is a file.
///
/// Examples:
///   `enregard align 000 published.txt --edition published --dry-run`
///   `pbpaste | enregard align 000 -`
///   `enregard align --french fr --english en`
///   `enregard align french.txt english.txt > pairs.tsv`
///   `enregard align --sentences --beads french.txt english.txt`
///   `enregard align --sentences --batch pairs.tsv -o aligned`
///   `enregard align --jsonl --source de --target fr < documents.jsonl`
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Align {
    /// The article, by the beginning of its name; or the source text
    #[arg(value_name = "ARTICLE|SOURCE", required_unless_present_any = ["batch", "jsonl", "pairs", "french"])]
    source_file: Option<PathBuf>,
    /// Its English, - for standard input; or the target text
    #[arg(value_name = "ENGLISH|TARGET")]
    target_file: Option<PathBuf>,
    /// Bring many pairs in: French file (or article) and English file on a line, with tabs; a name may stand before them
    #[arg(long, value_name = "PAIRS.tsv", conflicts_with_all = ["source_file", "target_file", "batch", "jsonl"])]
    pairs: Option<PathBuf>,
    /// Bring in the French files of this folder, with the English ones that are named alike
    #[arg(long, value_name = "DIR", requires = "english", conflicts_with_all = ["source_file", "target_file", "batch", "jsonl", "pairs"])]
    french: Option<PathBuf>,
    /// The folder of the English files
    #[arg(long, value_name = "DIR", requires = "french")]
    english: Option<PathBuf>,
    /// Put the English into this edition of the article
    #[arg(long, value_name = "NAME", conflicts_with_all = ["batch", "jsonl", "files"])]
    edition: Option<Edition>,
    /// Show what would become of the article, and write nothing
    #[arg(short = 'n', long, conflicts_with_all = ["batch", "jsonl", "files"])]
    dry_run: bool,
    /// The encoding of the English text, where it cannot be told: windows-1252, macroman …
    #[arg(long, value_name = "NAME", value_parser = encoding, conflicts_with_all = ["batch", "jsonl", "files"])]
    encoding: Option<Encoding>,
    /// The arguments are files, also where an article is called so
    #[arg(long)]
    files: bool,
    /// The source language
    #[arg(long = "source", value_name = "LANG", default_value = "fr")]
    source_language: String,
    /// The target language
    #[arg(long = "target", value_name = "LANG", default_value = "en")]
    target_language: String,
    /// The files have one sentence a line; a blank line counts as one
    #[arg(long)]
    sentences: bool,
    /// Write beads by line number, `[0,1]:[0]:0.98`, instead of texts
    #[arg(long, conflicts_with = "jsonl")]
    beads: bool,
    /// A list of pairs to align: name, source file, target file, separated by tabs
    #[arg(long, value_name = "PAIRS.tsv", conflicts_with_all = ["source_file", "target_file"], requires = "output")]
    batch: Option<PathBuf>,
    /// The folder that a batch is written into, a file for each pair
    #[arg(short, long, value_name = "DIR", requires = "batch")]
    output: Option<PathBuf>,
    /// Documents from standard input, `{"id","fr":[…],"en":[…]}` a line (or other languages' codes, or `source` and
    /// `target`); a line of beads for each
    #[arg(long, conflicts_with_all = ["source_file", "target_file", "batch"])]
    jsonl: bool,
    /// Learn from each pair by itself, not from all together
    #[arg(long)]
    alone: bool,
    /// A lexicon to begin with: word, class or word, translations or probability, separated by tabs
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// What a paragraph break is: soft, a hint; hard, a limit
    #[arg(long, value_name = "HOW", default_value = "soft", hide_possible_values = true)]
    paragraphs: Breaks,
    /// Align texts that do not look like a translation, too
    #[arg(long)]
    anyway: bool,
}

/// What a paragraph break is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Breaks {
    Soft,
    Hard,
}

impl Align {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        if self.pairs.is_some() || self.french.is_some() {
            return self.bulk(terminal);
        }
        if let Some((corpus, stem)) = self.article(terminal)? {
            return self.bring(&corpus, &stem, terminal);
        }
        if self.output.is_some() && self.batch.is_none() {
            return Err(Failure::new("cannot write into a folder: `-o` is for `--batch`")
                .hint("one pair goes to standard output: `enregard align SOURCE TARGET > FILE`"));
        }
        let aligning = self.aligning()?;
        if self.jsonl {
            let mut out = Vec::new();
            let faults = aligning.json(stdin().lock(), &mut out, self.alone, |line, why| {
                let what = format!("line {line} of standard input is passed over");
                terminal.report(&Failure { causes: vec![why], ..Failure::new(what) });
            });
            let faults = faults.map_err(|error| Failure::because("cannot align standard input", error))?;
            terminal.out.write_all(&out)?;
            return Ok(if faults > 0 { Outcome::Partial } else { Outcome::Done });
        }
        match (&self.batch, &self.source_file, &self.target_file) {
            (Some(list), _, _) => self.batch(&aligning, list, terminal),
            (None, Some(source), Some(target)) => {
                let texts =
                    aligning.read(source, target).map_err(|error| unaligned(source, target, error))?;
                let gaps = aligning.one(&texts, &mut terminal.out)?;
                tell(terminal, "", &gaps);
                Ok(Outcome::Done)
            }
            _ => Err(Failure::new("cannot align one text: give a source and a target").hint(
                "in a corpus, `enregard align ARTICLE ENGLISH.txt`; `enregard list` shows the articles",
            )),
        }
    }

    fn aligning(&self) -> Result<Aligning, Failure> {
        let mut aligner = Aligner::new().paragraphs(self.paragraphs());
        if self.source_language == "fr" && self.target_language == "en" {
            aligner = aligner.lexicon(Lexicon::bundled());
        }
        for lexicon in self.lexicons()? {
            aligner = aligner.lexicon(lexicon);
        }
        Ok(Aligning {
            aligner,
            languages: [self.source_language.clone(), self.target_language.clone()],
            by_line: self.sentences,
            numbers: self.beads,
            anyway: self.anyway,
        })
    }

    fn paragraphs(&self) -> Paragraphs {
        if self.paragraphs == Breaks::Hard { Paragraphs::Hard } else { Paragraphs::Soft }
    }

    /// The lexicons that a person gave.
    fn lexicons(&self) -> Result<Vec<Arc<Lexicon>>, Failure> {
        let read = |path: &PathBuf| {
            let told = || format!("cannot read the lexicon {}", path.display());
            let text = fs::read_to_string(path).map_err(|error| Failure::because(told(), error))?;
            Ok(Arc::new(Lexicon::parse(&text).map_err(|error| Failure::because(told(), error))?))
        };
        self.lexicon.iter().map(read).collect()
    }

    fn batch(&self, aligning: &Aligning, list: &Path, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let told = || format!("cannot read the list {}", list.display());
        let text = fs::read_to_string(list).map_err(|error| Failure::because(told(), error))?;
        let folder = self.output.clone().unwrap_or_default();
        let written = || format!("cannot write into {}", folder.display());
        // Makes the folder, and refuses those of a corpus.
        OutputFolder::create(&folder, None).map_err(|error| desk_failed(written(), error))?;
        let base = list.parent().unwrap_or(Path::new(""));
        let mut faults = 0;
        let all = aligning.read_list(&text, base, |line, fault| {
            terminal.report(&passed_over(list, line, fault));
            faults += 1;
        });
        if all.is_empty() && faults == 0 {
            return Err(Failure::new(format!("cannot align: {} names no pair", list.display()))
                .hint("a line is: name, source file, target file, with tabs between"));
        }
        let ending = if self.beads { "txt" } else { "tsv" };
        let write = |name: &str, bytes: Vec<u8>| {
            put(&folder, &format!("{name}.{ending}"), &bytes)
                .map_err(|error| Failure::because(written(), error))
        };
        aligning.all(&all, self.alone, write, |name, gaps| tell(terminal, &format!("{name}: "), gaps))?;
        if faults > 0 {
            terminal.tell(format!("pairs aligned: {}; lines passed over: {faults}", all.len()));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }
}

pub(super) fn unaligned(source: &Path, target: &Path, error: AlignError) -> Failure {
    let hint = if error.is_missing() { Some(LOOKED_FOR) } else { hint(&error) };
    let what = format!("cannot align {} with {}", source.display(), target.display());
    let failure = Failure::because(what, error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Where a file is looked for that is not there.
const LOOKED_FOR: &str = "files are looked for from the current folder";

/// What can be done about texts that were not aligned.
fn hint(error: &AlignError) -> Option<&'static str> {
    Some(match error {
        AlignError::Split(_) => "give one sentence a line, with `--sentences`",
        AlignError::Text { source: TextError::Kind(_), .. } => "save its text as plain text, and give that",
        AlignError::Text { source: TextError::Binary { .. } | TextError::BrokenUtf8 { .. }, .. } => {
            "if it is text, save it in UTF-8 with an editor, and give that"
        }
        AlignError::Doubt(Doubt::Empty(_)) => "give two files that hold text",
        AlignError::Doubt(Doubt::Swapped(..)) => "exchange the two files, or add `--anyway`",
        AlignError::Doubt(Doubt::Language(..)) => {
            "name the languages with `--source` and `--target`, or add `--anyway`"
        }
        AlignError::Doubt(Doubt::Same | Doubt::Longer(..)) => {
            "if they are a text and its translation all the same, add `--anyway`"
        }
        _ => return None,
    })
}

/// A line of a list that is passed over.
pub(super) fn passed_over(list: &Path, line: usize, fault: ListFault) -> Failure {
    let hint = match &fault {
        ListFault::Pair { source, .. } if source.is_missing() => {
            Some("files of a list are looked for from the folder that the list is in")
        }
        ListFault::Pair { source, .. } => hint(source),
        _ => None,
    };
    let failure = Failure::because(format!("{}:{line} is passed over", list.display()), fault);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// The longest of these runs, in their order, and how many others there are: more than a page of them helps nobody.
fn longest(runs: &[Gap]) -> (impl Iterator<Item = &Gap>, usize) {
    const MOST: usize = 20;
    let mut kept: Vec<usize> = (0..runs.len()).collect();
    kept.sort_by_key(|&run| Reverse(runs[run].source.len().max(runs[run].target.len())));
    kept.truncate(MOST);
    kept.sort_unstable();
    (kept.into_iter().map(|run| &runs[run]), runs.len().saturating_sub(MOST))
}

/// Tells of breaks.
fn tell(terminal: &Terminal, name: &str, gaps: &Gaps) {
    let Gaps { runs, moved } = gaps;
    let (longest, others) = longest(runs);
    for gap in longest {
        terminal.tell(format!("{name}{gap}"));
    }
    if others > 0 {
        terminal.tell(format!("{name}and {others} more such runs, none of them longer"));
    }
    for part in moved {
        terminal.tell(format!("{name}{part}"));
    }
    let sides =
        [runs.iter().any(|gap| !gap.source.is_empty()), runs.iter().any(|gap| !gap.target.is_empty())];
    if moved.is_empty() && runs.len() > 1 && sides == [true, true] {
        terminal.tell(format!(
            "{name}there are such runs on both sides: a part may stand elsewhere in the other text"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_longest_runs_are_told_in_their_order_and_how_many_others_there_are() {
        // Of 10, 11, 12 … sentences, a long one now and then.
        let lengths = (0..30).map(|at| if at % 10 == 3 { 500 } else { 10 + at });
        let runs: Vec<Gap> = lengths.map(|length| Gap { source: 0..length, target: 0..0 }).collect();
        let (told, others) = longest(&runs);
        let told: Vec<usize> = told.map(|gap| gap.source.len()).collect();
        assert_eq!((told.len(), others), (20, 10));
        assert_eq!(told[..4], [500, 21, 22, 500], "the shortest ten are left out");
        let (all, others) = longest(&runs[..20]);
        assert_eq!((all.count(), others), (20, 0));
    }
}
