//! Units out of the corpus, in any format.

mod english;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::str::FromStr;

use crate::bitext::{Edition, Status, Stem, Unit};
use crate::format::{self, Bitext, Column, Format, Head, Options, Purpose, Told};
use crate::quality::State;
use crate::store::Corpus;

pub use super::sink::To;

use super::check::glossary;
use super::sink::{Sink, write_with};
#[cfg(feature = "tokens")]
use super::tokens::Shaped;
use super::{DeskError, OpenState, Opened, each, open};

pub use english::Gap;

/// Which units go out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// Only these; none: all but orphans.
    pub standings: Vec<Standing>,
    /// Boilerplate too.
    pub boilerplate: bool,
    /// Only those that have both French and English.
    pub both_sides: bool,
}

/// How far a unit has come, or that its French is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has French and is in this state.
    State(State),
    /// Its French is gone.
    Orphan,
}

impl Standing {
    /// That of a unit.
    pub fn of(unit: &Unit) -> Standing {
        State::of(unit).map_or(Standing::Orphan, Standing::State)
    }

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::State(state) => state.as_str(),
            Standing::Orphan => "orphan",
        }
    }
}

impl FromStr for Standing {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if name == "orphan" {
            return Ok(Standing::Orphan);
        }
        let state = State::ALL.into_iter().find(|state| state.as_str() == name);
        state.map(Standing::State).ok_or_else(|| {
            let known: Vec<&str> = State::ALL.iter().map(|state| state.as_str()).collect();
            format!("unknown status `{name}`: expected one of {}, orphan", known.join(", "))
        })
    }
}

impl Which {
    /// Those that this format is for, unless they were named.
    pub fn of(format: &Format, mut standings: Vec<Standing>, boilerplate: bool) -> Which {
        let both_sides = standings.is_empty() && format.purpose == Purpose::Study;
        if both_sides {
            standings = vec![Standing::State(State::Reviewed), Standing::State(State::Draft)];
        }
        Which { standings, boilerplate, both_sides }
    }

    /// Whether this unit goes out.
    pub fn has(&self, unit: &Unit) -> bool {
        if !self.boilerplate && !unit.is_content() {
            return false;
        }
        if self.both_sides && (unit.fr.is_empty() || unit.en.is_empty()) {
            return false;
        }
        if self.standings.is_empty() {
            return unit.status != Status::Orphan;
        }
        self.standings.contains(&Standing::of(unit))
    }
}

/// How units are written.
#[derive(Clone, Debug)]
pub struct Export {
    /// In which format.
    pub format: &'static Format,
    /// With which options.
    pub options: Options,
    /// Which units.
    pub which: Which,
    /// Of which edition.
    pub edition: Option<Edition>,
    /// What is done with their tokens.
    #[cfg(feature = "tokens")]
    pub tokens: Option<super::tokens::TokenExport>,
}

/// What came of one article.
#[derive(Debug)]
pub enum Exported {
    /// It is written.
    Written {
        /// Whether it has changed since: the units are those of the former text.
        changed: bool,
    },
    /// It could not be read; nothing of it is written.
    Fault(DeskError),
}

/// What came of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What the writers told.
    pub told: Told,
    /// Content that did not go out, by how far it has come.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Units that did not go out for their tokens.
    pub too_long: u64,
}

impl Export {
    /// Writes the units of these articles in order; `seen` hears of each article.
    ///
    /// A fault in one article is for `seen`, and the work on the others goes on.
    ///
    /// # Errors
    ///
    /// [`DeskError::Write`] for a stream, [`DeskError::Output`] for a path; [`DeskError::Format`] where the format
    /// cannot be written, or is one of several files and there is no path.
    pub fn run(
        &self,
        corpus: &Corpus,
        stems: &[Stem],
        to: To<'_>,
        seen: &mut dyn FnMut(&Stem, Exported),
    ) -> Result<Summary, DeskError> {
        let mut summary = Summary::default();
        let options = self.with_memory(corpus, stems)?;
        write_with(self.format, &options, to, Some(corpus), |sink| {
            match sink {
                Sink::Text(writer, out) => self.text(corpus, stems, writer, out, seen, &mut summary),
                Sink::Whole(writer) => self.whole(corpus, stems, writer, seen, &mut summary),
            }
            .map_err(|source| DeskError::Write { source })
        })?;
        Ok(summary)
    }

    /// The options, for an OmegaT project with the glossary and what the other articles have in English.
    fn with_memory(&self, corpus: &Corpus, stems: &[Stem]) -> Result<Options, DeskError> {
        let mut options = self.options.clone();
        if self.format.name != "omegat" {
            return Ok(options);
        }
        options.glossary = glossary(corpus)?.into_iter().map(|term| (term.fr, term.en)).collect();
        let mut others = corpus.stems()?;
        others.retain(|stem| !stems.contains(stem));
        each(
            &others,
            |stem| open(corpus, stem, None),
            |_, opened| {
                // An article that cannot be read is none of those that were asked for.
                let units = opened.iter().flat_map(|opened| opened.alignment.units());
                let good = units.filter(|unit| unit.is_content() && unit.has_english() && !unit.is_stale());
                options.memory.extend(good.map(|unit| (unit.french(), unit.english())));
                Ok::<(), DeskError>(())
            },
        )?;
        Ok(options)
    }

    /// Renders articles side by side.
    fn text(
        &self,
        corpus: &Corpus,
        stems: &[Stem],
        writer: &dyn format::TextWriter,
        out: &mut dyn Write,
        seen: &mut dyn FnMut(&Stem, Exported),
        summary: &mut Summary,
    ) -> io::Result<()> {
        let mut edge = Vec::new();
        writer.begin(&mut edge)?;
        out.write_all(&edge)?;
        each(
            stems,
            |stem| -> Result<_, DeskError> {
                let opened = open(corpus, stem, self.edition.as_ref())?;
                let mut part = Summary::default();
                let mut text = Vec::with_capacity(opened.article.text.len() * 5 / 2);
                let written =
                    self.article(&opened, &mut part, |bitext, told| writer.article(bitext, &mut text, told));
                written.map_err(|source| DeskError::Write { source })?;
                Ok((text, part, opened.state == OpenState::SeedChanged))
            },
            |stem, result| {
                match result {
                    Ok((text, part, changed)) => {
                        out.write_all(&text)?;
                        *summary += part;
                        seen(stem, Exported::Written { changed });
                    }
                    Err(error) => seen(stem, Exported::Fault(error)),
                }
                io::Result::Ok(())
            },
        )?;
        edge.clear();
        writer.end(&mut edge)?;
        out.write_all(&edge)
    }

    /// Opens articles side by side, and hands them to a writer in order.
    fn whole(
        &self,
        corpus: &Corpus,
        stems: &[Stem],
        mut writer: Box<dyn format::Writer + '_>,
        seen: &mut dyn FnMut(&Stem, Exported),
        summary: &mut Summary,
    ) -> io::Result<()> {
        each(
            stems,
            |stem| open(corpus, stem, self.edition.as_ref()),
            |stem, opened| {
                match opened {
                    Ok(opened) => {
                        self.article(&opened, summary, |bitext, told| writer.article(bitext, told))?;
                        let changed = opened.state == OpenState::SeedChanged;
                        seen(stem, Exported::Written { changed });
                    }
                    Err(error) => seen(stem, Exported::Fault(error)),
                }
                io::Result::Ok(())
            },
        )?;
        writer.finish(&mut summary.told)
    }

    /// What becomes of each unit for its tokens; empty where nothing is asked of them.
    #[cfg(feature = "tokens")]
    fn shaped(&self, opened: &Opened) -> Vec<Shaped> {
        let Some(tokens) = &self.tokens else { return Vec::new() };
        let units = opened.alignment.units().iter();
        units.map(|unit| if self.which.has(unit) { tokens.shape(unit) } else { Shaped::AsItIs }).collect()
    }

    /// Whether paragraphs must be known.
    pub(super) fn counts_paragraphs(&self) -> bool {
        self.format.paragraphs || (self.format.columns && self.options.columns.has(Column::Paragraph))
    }

    /// Hands the units of one article that go out to `write`.
    fn article(
        &self,
        opened: &Opened,
        summary: &mut Summary,
        write: impl FnOnce(&Bitext<'_>, &mut Told) -> io::Result<()>,
    ) -> io::Result<()> {
        let edition = self.edition.as_ref();
        let mut units = Vec::with_capacity(opened.alignment.units().len());
        #[cfg(feature = "tokens")]
        let shaped = self.shaped(opened);
        #[cfg_attr(not(feature = "tokens"), allow(unused_mut, unused_variables))]
        for (index, mut placed) in opened.placed(edition, self.counts_paragraphs()).enumerate() {
            if self.which.has(placed.unit) {
                #[cfg(feature = "tokens")]
                match shaped.get(index) {
                    None | Some(Shaped::AsItIs) => {}
                    Some(Shaped::Tokenized(unit)) => placed.unit = unit,
                    Some(Shaped::TooLong) => {
                        summary.too_long += 1;
                        continue;
                    }
                }
                units.push(placed);
            } else if placed.unit.is_content() && placed.unit.status != Status::Orphan {
                let why = match placed.unit.fr.is_empty() {
                    true => "without French",
                    false => Standing::of(placed.unit).as_str(),
                };
                *summary.left_out.entry(why).or_default() += 1;
            }
        }
        let header = opened.alignment.header();
        let head =
            Head { article: &header.article, edition: edition.map(Edition::as_str), about: &header.about };
        write(&Bitext { head, units: &units }, &mut summary.told)
    }
}

impl std::ops::AddAssign for Summary {
    fn add_assign(&mut self, other: Summary) {
        self.told += other.told;
        self.too_long += other.too_long;
        for (standing, number) in other.left_out {
            *self.left_out.entry(standing).or_default() += number;
        }
    }
}

/// What a corpus tells every format: its languages and its name.
pub fn options(corpus: &Corpus) -> Options {
    let languages = &corpus.config().corpus;
    let root = std::fs::canonicalize(corpus.root()).unwrap_or_else(|_| corpus.root().to_owned());
    let mut options =
        Options { source: languages.source.clone(), target: languages.target.clone(), ..Options::default() };
    options.licence.clone_from(&languages.licence);
    if let Some(name) = root.file_name() {
        options.name = name.to_string_lossy().into_owned();
    }
    options
}
