//! Aligning whole texts without a corpus: files or JSON Lines in, beads or texts out.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufRead, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::align::{Aligner, Bead, Doubt, Gap, Moved, Pair, doubt, gaps};
use crate::bitext::Lang;
use crate::format::{TextError, decode};
use crate::segment::segment;

/// Skipped sentences in a row that are worth telling.
const GAP: usize = 10;

/// How texts are aligned without a corpus.
pub struct Aligning {
    /// The aligner.
    pub aligner: Aligner,
    /// The languages' codes.
    pub languages: [String; 2],
    /// Whether the texts have one sentence a line; else they are split.
    pub by_line: bool,
    /// Whether beads are written by number, not as texts.
    pub numbers: bool,
    /// Whether texts are aligned that do not look like a translation.
    pub anyway: bool,
}

/// Why two texts were not aligned.
#[derive(Debug, Error)]
pub enum AlignError {
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file holds no text.
    #[error("cannot read {}", path.display())]
    Text {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TextError,
    },
    /// The program cannot split a language into sentences.
    #[error("no sentence rules for language `{0}`: fr and en are known")]
    Split(String),
    /// The texts do not look like a translation.
    #[error("{0}")]
    Doubt(Doubt),
}

impl AlignError {
    /// Whether a file is not there.
    pub fn is_missing(&self) -> bool {
        matches!(self, AlignError::Read { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// Where two texts do not go together.
pub struct Gaps {
    /// Long runs without counterpart.
    pub runs: Vec<Gap>,
    /// Those of them that seem to stand elsewhere.
    pub moved: Vec<Moved>,
}

/// What a line of a list says, with the line's number.
type Listed<T> = (usize, Result<T, ListFault>);

/// Why a line of a list of pairs was passed over.
#[derive(Debug, Error)]
pub enum ListFault {
    /// The line has not three fields.
    #[error("found {0} fields, expected 3 with tabs between: name, source file, target file")]
    Fields(usize),
    /// What is to be written cannot be called so.
    #[error("the name `{0}` is no file name")]
    Name(String),
    /// Another pair is called so.
    #[error("the name `{0}` came before")]
    Again(String),
    /// The two texts were not aligned.
    #[error("{} and {}", source_file.display(), target_file.display())]
    Pair {
        /// The source text.
        source_file: PathBuf,
        /// The target text.
        target_file: PathBuf,
        /// Why.
        source: AlignError,
    },
}

/// A text with its sentences.
struct Split {
    text: String,
    sentences: Vec<Range<usize>>,
    breaks: Vec<usize>,
}

impl Split {
    /// Lists as long as they must be: of very many sentences they are as much as the text.
    fn new(text: String, mut sentences: Vec<Range<usize>>, mut breaks: Vec<usize>) -> Split {
        sentences.shrink_to_fit();
        breaks.shrink_to_fit();
        Split { text, sentences, breaks }
    }

    fn texts(&self) -> Vec<&str> {
        self.sentences.iter().map(|range| &self.text[range.clone()]).collect()
    }
}

/// Two texts with their sentences.
pub struct Texts {
    source: Split,
    target: Split,
}

impl Texts {
    pub(super) fn pair(&self) -> Pair<'_> {
        Pair::new(self.source.texts(), self.target.texts())
            .breaks(self.source.breaks.clone(), self.target.breaks.clone())
    }
}

impl Aligning {
    /// Reads two files and splits them.
    ///
    /// # Errors
    ///
    /// Where a file cannot be read or is no text, its language cannot be split, or the two do not look like a
    /// translation.
    pub fn read(&self, source: &Path, target: &Path) -> Result<Texts, AlignError> {
        let read = |path: &Path, side: usize| {
            let fault = |source| AlignError::Read { path: path.to_owned(), source };
            let bytes = fs::read(path).map_err(fault)?;
            // An empty file is told of as an empty side.
            let text = match decode(bytes, None) {
                Ok(text) => text.text,
                Err(TextError::Empty) => String::new(),
                Err(source) => return Err(AlignError::Text { path: path.to_owned(), source }),
            };
            self.split(text, side)
        };
        // On a thread that aligns: what splitting gives back is for it to use.
        rayon::scope(|_| {
            let texts = Texts { source: read(source, 0)?, target: read(target, 1)? };
            self.doubt(&texts.pair())?;
            Ok(texts)
        })
    }

    /// Reads a list of pairs, `name<TAB>source file<TAB>target file` a line, files from `base` on: names and texts, in
    /// order. A line with a fault is handed to `report` by its number, from 1, and passed over.
    pub fn read_list(
        &self,
        list: &str,
        base: &Path,
        mut report: impl FnMut(usize, ListFault),
    ) -> Vec<(String, Texts)> {
        let mut names = HashSet::new();
        let mut listed = Vec::new();
        let list = list.trim_start_matches('\u{feff}');
        for (number, line) in (1..).zip(list.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let pair = match line.split('\t').collect::<Vec<_>>()[..] {
                [name, ..] if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) => {
                    Err(ListFault::Name(name.to_owned()))
                }
                [name, _, _] if !names.insert(name) => Err(ListFault::Again(name.to_owned())),
                [name, source, target] => Ok((name, base.join(source), base.join(target))),
                ref fields => Err(ListFault::Fields(fields.len())),
            };
            listed.push((number, pair));
        }
        let read = |(number, pair): Listed<(&str, PathBuf, PathBuf)>| {
            let read = pair.and_then(|(name, source_file, target_file)| {
                match self.read(&source_file, &target_file) {
                    Ok(texts) => Ok((name.to_owned(), texts)),
                    Err(source) => Err(ListFault::Pair { source_file, target_file, source }),
                }
            });
            (number, read)
        };
        let read: Vec<Listed<(String, Texts)>> = listed.into_par_iter().map(read).collect();
        let kept = read.into_iter().filter_map(|(number, read)| match read {
            Ok(read) => Some(read),
            Err(fault) => {
                report(number, fault);
                None
            }
        });
        kept.collect()
    }

    fn doubt(&self, pair: &Pair<'_>) -> Result<(), AlignError> {
        match doubt(pair, &self.languages[0], &self.languages[1]) {
            Some(doubt) if !self.anyway || matches!(doubt, Doubt::Empty(_)) => Err(AlignError::Doubt(doubt)),
            _ => Ok(()),
        }
    }

    fn split(&self, text: String, side: usize) -> Result<Split, AlignError> {
        if self.by_line {
            let sentences = lines(&text);
            return Ok(Split::new(text, sentences, Vec::new()));
        }
        let code = &self.languages[side];
        let language: Lang = code.parse().map_err(|_| AlignError::Split(code.clone()))?;
        let found = segment(&text, language);
        let mut breaks = Vec::new();
        let mut sentences = Vec::new();
        let mut last = None;
        for sentence in found.sentences() {
            if last != Some(sentence.paragraph) {
                breaks.push(sentences.len());
                last = Some(sentence.paragraph);
            }
            sentences.push(sentence.span.start..sentence.span.end);
        }
        Ok(Split::new(text, sentences, breaks))
    }

    fn breaks(&self, pair: &Pair<'_>, beads: &[Bead]) -> Gaps {
        Gaps { runs: gaps(beads, GAP), moved: self.aligner.moved(pair, beads) }
    }

    /// Aligns two texts and writes the beads; tells of breaks.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn one(&self, texts: &Texts, out: &mut impl Write) -> io::Result<Gaps> {
        let pair = texts.pair();
        let beads = self.aligner.align_pair(&pair);
        self.write(out, &pair, &beads)?;
        Ok(self.breaks(&pair, &beads))
    }

    /// Aligns many texts, learning from all or from each alone, and hands on what is to be written for each, by its
    /// name, several at once and in any order; then tells of breaks.
    ///
    /// # Errors
    ///
    /// What `take` gives.
    pub fn all<E: From<io::Error> + Send>(
        &self,
        all: &[(String, Texts)],
        alone: bool,
        take: impl Fn(&str, Vec<u8>) -> Result<(), E> + Sync,
        mut tell: impl FnMut(&str, &Gaps),
    ) -> Result<(), E> {
        let pairs: Vec<Pair<'_>> = all.iter().map(|(_, texts)| texts.pair()).collect();
        let found = if alone { self.aligner.align_each(&pairs) } else { self.aligner.align_all(&pairs) };
        let written = (all.par_iter().zip(&pairs).zip(&found)).map(|(((name, _), pair), beads)| {
            let mut bytes = Vec::new();
            self.write(&mut bytes, pair, beads)?;
            take(name, bytes)?;
            Ok(self.breaks(pair, beads))
        });
        let breaks = written.collect::<Result<Vec<Gaps>, E>>()?;
        all.iter().zip(&breaks).for_each(|((name, _), breaks)| tell(name, breaks));
        Ok(())
    }

    /// Aligns documents of JSON Lines, `{"id","fr":[…],"en":[…]}`, all together or each alone, and writes a line for
    /// each, `{"id","beads":[[[0,1],[0],0.98],…]}`. Faulty lines are handed to `report`; answers how many there were.
    ///
    /// # Errors
    ///
    /// Those of the streams.
    pub fn json(
        &self,
        input: impl BufRead,
        out: &mut impl Write,
        alone: bool,
        mut report: impl FnMut(usize, String),
    ) -> io::Result<usize> {
        let mut faults = 0;
        let mut documents: Vec<Document> = Vec::new();
        for (at, line) in input.split(b'\n').enumerate() {
            let line = line?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let read = Document::read(&line, &self.languages).and_then(|document| {
                self.doubt(&document.pair()).map_err(|error| error.to_string())?;
                Ok(document)
            });
            match read {
                Ok(document) => documents.push(document),
                Err(why) => {
                    faults += 1;
                    report(at + 1, why);
                }
            }
        }
        let pairs: Vec<Pair<'_>> = documents.iter().map(Document::pair).collect();
        let found = if alone { self.aligner.align_each(&pairs) } else { self.aligner.align_all(&pairs) };
        for (document, beads) in documents.iter().zip(found) {
            let score = |score: f64| (score * 1e4).round() / 1e4;
            let beads = beads
                .into_iter()
                .map(|bead| (bead.source.collect(), bead.target.collect(), score(bead.score)));
            serde_json::to_writer(&mut *out, &Aligned { id: &document.id, beads: beads.collect() })?;
            out.write_all(b"\n")?;
        }
        Ok(faults)
    }

    /// Writes beads as numbers, or as texts: source, target, score, separated by tabs.
    fn write(&self, out: &mut impl Write, pair: &Pair<'_>, beads: &[Bead]) -> io::Result<()> {
        for bead in beads {
            if self.numbers {
                writeln!(out, "{bead}")?;
            } else {
                let source = joined(&pair.source()[bead.source.clone()]);
                let target = joined(&pair.target()[bead.target.clone()]);
                writeln!(out, "{source}\t{target}\t{:.4}", bead.score)?;
            }
        }
        Ok(())
    }
}

/// A document of JSON Lines.
struct Document {
    id: Value,
    source: Vec<String>,
    target: Vec<String>,
}

impl Document {
    /// Reads a line: `id`, and the sentences under the languages' codes, `source` and `target`, or `fr` and `en`.
    fn read(line: &[u8], languages: &[String; 2]) -> Result<Self, String> {
        let [source, target] = languages.each_ref().map(String::as_str);
        let expected = format!("expected {{\"id\":…,\"{source}\":[…],\"{target}\":[…]}}");
        let mut fields: Map<String, Value> = serde_json::from_slice(line).map_err(|error| {
            let told = error.to_string();
            let told = told.split(" at line ").next().unwrap_or(&told);
            format!("{expected}; column {}: {told}", error.column())
        })?;
        let names = [[source, target], ["source", "target"], ["fr", "en"]];
        let names = names.into_iter().find(|names| names.iter().all(|name| fields.contains_key(*name)));
        let (Some([source, target]), Some(id)) = (names, fields.remove("id")) else {
            let found: Vec<&str> = fields.keys().map(String::as_str).collect();
            return Err(format!("{expected}; found {}", found.join(", ")));
        };
        let mut side = |name: &str| match serde_json::from_value(fields.remove(name).unwrap_or_default()) {
            Ok(sentences) => Ok(sentences),
            Err(_) => Err(format!("`{name}` is no list of sentences; {expected}")),
        };
        Ok(Document { id, source: side(source)?, target: side(target)? })
    }

    fn pair(&self) -> Pair<'_> {
        let [source, target] =
            [&self.source, &self.target].map(|side| side.iter().map(String::as_str).collect());
        Pair::new(source, target)
    }
}

/// Sentences of both sides, and the score.
type Numbers = (Vec<usize>, Vec<usize>, f64);

#[derive(Serialize)]
struct Aligned<'a> {
    id: &'a Value,
    beads: Vec<Numbers>,
}

/// The lines of a text, without their ends; a break at the very end begins no other.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let kept = line.strip_suffix('\n').unwrap_or(line);
        all.push(start..start + kept.strip_suffix('\r').unwrap_or(kept).len());
        start += line.len();
    }
    all
}

/// Sentences as one text on one line.
fn joined(sentences: &[&str]) -> String {
    let words = sentences.iter().flat_map(|sentence| sentence.split(['\t', '\n', '\r', ' ']));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_is_a_sentence_and_the_last_break_begins_none() {
        let of = |text: &'static str| lines(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(of("a\n\nb\r\n"), ["a", "", "b"]);
        assert_eq!(of("a\n\n"), ["a", ""]);
        assert_eq!(of(""), [""; 0]);
        assert_eq!(of("a\u{85}b\u{2028}c"), ["a\u{85}b\u{2028}c"]);
    }
}
