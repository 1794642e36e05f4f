//! `enregard align`: which sentences of two texts translate each other.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, Outcome, Terminal};
use crate::align::{Aligner, Bead, Pair};
use crate::words::Lexicon;

/// Find which sentences of two texts translate each other.
///
/// Example: `enregard align --sentences --beads fr.txt en.txt` for files with one sentence a line.
#[derive(Args)]
pub(super) struct Align {
    /// The source text
    #[arg(required_unless_present = "batch")]
    source_file: Option<PathBuf>,
    /// The target text
    #[arg(required_unless_present = "batch")]
    target_file: Option<PathBuf>,
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
    #[arg(long)]
    beads: bool,
    /// A list of pairs to align: name, source file, target file, separated by tabs
    #[arg(long, value_name = "PAIRS.tsv", conflicts_with_all = ["source_file", "target_file"], requires = "output")]
    batch: Option<PathBuf>,
    /// The folder that a batch is written into, a file per pair
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Learn from each pair of a batch by itself, not from all together
    #[arg(long, requires = "batch")]
    alone: bool,
}

impl Align {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        if !self.sentences {
            return Err(Failure::new("cannot split the texts into sentences yet")
                .hint("give one sentence a line, with `--sentences`"));
        }
        match (&self.batch, &self.source_file, &self.target_file) {
            (Some(list), _, _) => self.batch(list, terminal),
            (None, Some(source), Some(target)) => {
                let texts = Texts::read(source, target)?;
                let pair = texts.pair();
                let beads = self.aligner().align_all(std::slice::from_ref(&pair)).remove(0);
                write(&mut terminal.out, &pair, &beads, self.beads)?;
                Ok(Outcome::Done)
            }
            _ => Err(Failure::new("two texts are needed")),
        }
    }

    fn aligner(&self) -> Aligner {
        if self.source_language == "fr" && self.target_language == "en" {
            Aligner::new().lexicon(Lexicon::bundled())
        } else {
            Aligner::new()
        }
    }

    fn batch(&self, list: &Path, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let told = || format!("cannot read the list {}", list.display());
        let text = fs::read_to_string(list).map_err(|error| Failure::because(told(), error))?;
        let folder = self.output.clone().unwrap_or_default();
        let written = || format!("cannot write into {}", folder.display());
        fs::create_dir_all(&folder).map_err(|error| Failure::because(written(), error))?;
        let base = list.parent().unwrap_or(Path::new(""));
        let mut names = Vec::new();
        let mut all = Vec::new();
        let mut outcome = Outcome::Done;
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [name, source, target] = fields[..] else {
                terminal.report(&Failure::new(format!(
                    "{}:{}: {} fields, expected 3: name, source, target",
                    list.display(),
                    at + 1,
                    fields.len()
                )));
                outcome = Outcome::Partial;
                continue;
            };
            match Texts::read(&base.join(source), &base.join(target)) {
                Ok(texts) => {
                    names.push(name.to_owned());
                    all.push(texts);
                }
                Err(failure) => {
                    terminal.report(&failure);
                    outcome = Outcome::Partial;
                }
            }
        }
        let pairs: Vec<Pair<'_>> = all.iter().map(Texts::pair).collect();
        let aligner = self.aligner();
        let found = if self.alone { aligner.align_each(&pairs) } else { aligner.align_all(&pairs) };
        for ((name, pair), beads) in names.iter().zip(&pairs).zip(&found) {
            let path = folder.join(format!("{name}.{}", if self.beads { "txt" } else { "tsv" }));
            let mut bytes = Vec::new();
            write(&mut bytes, pair, beads, self.beads)?;
            fs::write(&path, bytes).map_err(|error| Failure::because(written(), error))?;
        }
        Ok(outcome)
    }
}

/// Two texts as read, one sentence a line.
struct Texts {
    source: String,
    target: String,
}

impl Texts {
    fn read(source: &Path, target: &Path) -> Result<Self, Failure> {
        let read = |path: &Path| {
            let told = || format!("cannot read {}", path.display());
            fs::read_to_string(path).map_err(|error| Failure::because(told(), error))
        };
        Ok(Texts { source: read(source)?, target: read(target)? })
    }

    fn pair(&self) -> Pair<'_> {
        Pair { source: lines(&self.source), target: lines(&self.target) }
    }
}

/// The lines of a text; a break at its very end begins no other.
fn lines(text: &str) -> Vec<&str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.is_empty() {
        return Vec::new();
    }
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
}

/// Writes beads as numbers, or as texts: source, target, score.
fn write(out: &mut impl Write, pair: &Pair<'_>, beads: &[Bead], numbers: bool) -> Result<(), Failure> {
    for bead in beads {
        if numbers {
            writeln!(out, "{bead}")?;
        } else {
            let text = |sentences: &[&str]| {
                let joined = sentences.iter().map(|s| s.trim()).collect::<Vec<_>>().join(" ");
                joined.replace('\t', " ")
            };
            let source = text(&pair.source[bead.source.clone()]);
            let target = text(&pair.target[bead.target.clone()]);
            writeln!(out, "{source}\t{target}\t{:.4}", bead.score)?;
        }
    }
    Ok(())
}
