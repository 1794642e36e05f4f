//! The memory of a corpus: what was translated before, for a sentence that is to be translated now.
//!
//! All units with English, of every article and edition, and the files of others that a person adds. It is built in
//! memory when it is wanted, beside what the person does ([`Reading`]): nothing on disk could go stale.

mod file;
mod reading;
mod terms;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::bitext::{Edition, Status, Stem, Unit, UnitId};
use crate::memory::{MemoryBuilder, Sort, likeness};
use crate::store::Corpus;

use super::{DeskError, each};

pub use file::MemoryFileError;
pub use reading::Reading;
pub use terms::{Glossary, TermFound};

/// What was translated before, to be looked up.
#[derive(Debug)]
pub struct Memory {
    places: Vec<(Stem, Option<Edition>)>,
    files: Vec<PathBuf>,
    kept: crate::memory::Memory<Known>,
    /// What was entered since: it goes before what was read.
    since: HashMap<Own, Option<Since>>,
    /// Articles that could not be read, and why: what they hold is not remembered.
    pub faults: Vec<(Stem, DeskError)>,
}

/// A unit entered since the memory was read.
#[derive(Clone, Debug)]
struct Since {
    fr: String,
    en: String,
    status: Status,
}

/// What is known of a unit that is remembered: it is held a million times.
#[derive(Clone, Copy, Debug)]
enum Known {
    Unit { place: u32, id: UnitId, status: Status },
    File { file: u32, line: u32 },
}

/// A unit of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Own {
    /// Its article.
    pub stem: Stem,
    /// Its edition.
    pub edition: Option<Edition>,
    /// Its id.
    pub id: UnitId,
}

/// Where a match comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// A unit of the corpus.
    Unit {
        /// Which.
        unit: Own,
        /// How far its translation has come.
        status: Status,
    },
    /// A file of others.
    File {
        /// The file.
        path: PathBuf,
        /// Its line, or its unit, from 1.
        line: u32,
    },
}

impl fmt::Display for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.edition {
            None => write!(f, "{}:{}", self.stem, self.id),
            Some(edition) => write!(f, "{}@{edition}:{}", self.stem, self.id),
        }
    }
}

impl fmt::Display for From {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            From::Unit { unit, status } => write!(f, "{unit} {status}"),
            From::File { path, line } => {
                write!(f, "{}:{line}", path.file_name().unwrap_or_default().to_string_lossy())
            }
        }
    }
}

/// A unit whose French is like that of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// How like it is, from 0 to 100: see [`likeness`](mod@crate::memory).
    pub score: u8,
    /// In what way.
    pub sort: Sort,
    /// Its French, sentences joined by one space; of a stale unit the French that its English translates.
    pub fr: String,
    /// Its English.
    pub en: String,
    /// Where it comes from; the first of several that are the same.
    pub from: From,
    /// How many are the same.
    pub times: u32,
}

/// What a match is of use for: below this score there is more to change than to type.
pub const LEAST: u8 = 60;
/// How many matches are shown.
pub const MOST: usize = 3;

impl Memory {
    /// Reads what the corpus has translated, and these files: TSV or CSV of French and English, or any format that can be imported.
    ///
    /// An article that cannot be read is told in [`Memory::faults`], and the others are remembered.
    ///
    /// # Errors
    ///
    /// Where `alignments/` or one of the files cannot be read.
    pub fn read(corpus: &Corpus, files: &[PathBuf]) -> Result<Memory, DeskError> {
        let places = corpus.alignment_files()?;
        let all: Vec<(u32, &(Stem, Option<Edition>))> = (0..).zip(&places).collect();
        let mut builder = MemoryBuilder::default();
        let mut faults = Vec::new();
        // Before the corpus: a file that cannot be read is told at once.
        let options = super::export::options(corpus);
        let pairs = files.iter().map(|path| file::read(path, &options)).collect::<Result<Vec<_>, _>>()?;
        each(
            &all,
            |(_, (stem, edition))| {
                let mut found = Vec::new();
                let scanned = corpus.scan(
                    stem,
                    edition.as_ref(),
                    |_| true,
                    |unit| {
                        let fr = if unit.was.is_empty() { &unit.fr } else { &unit.was };
                        if !unit.en.is_empty() && !fr.is_empty() && unit.status != Status::Skipped {
                            found.push((fr.join(" "), unit.en.join(" "), unit.id, unit.status));
                        }
                    },
                );
                (found, scanned)
            },
            |(place, (stem, _)), (found, scanned)| {
                for (fr, en, id, status) in found {
                    builder.add(&fr, &en, Known::Unit { place: *place, id, status });
                }
                if let Err(error) = scanned {
                    faults.push((stem.clone(), error.into()));
                }
                Ok::<(), DeskError>(())
            },
        )?;
        for (file, pairs) in (0..).zip(pairs) {
            for (line, fr, en) in pairs {
                builder.add(&fr, &en, Known::File { file, line });
            }
        }
        drop(all);
        Ok(Memory { places, files: files.to_vec(), kept: builder.finish(), since: HashMap::new(), faults })
    }

    /// How many different pairs it holds, but for those learnt since.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.since.is_empty()
    }

    /// Takes note of a unit as it is now, when a person has changed it.
    pub fn learn(&mut self, own: Own, unit: &Unit) {
        let fr = if unit.more.was.is_empty() { unit.french() } else { unit.more.was.join(" ") };
        let there = unit.has_english() && !fr.is_empty() && unit.status != Status::Skipped;
        let since = there.then(|| Since { fr, en: unit.english(), status: unit.status });
        self.since.insert(own, since);
    }

    /// The best [`MOST`] matches for a French sentence with a score of [`LEAST`] or more, best first; of equals reviewed
    /// units before drafts, and those before files of others. `own` is the unit that is translated: it is no match for itself.
    pub fn matches(&self, fr: &str, own: Option<&Own>) -> Vec<Match> {
        self.best(fr, own, LEAST, MOST)
    }

    /// The `most` best matches with a score of `least` or more.
    pub fn best(&self, fr: &str, own: Option<&Own>, least: u8, most: usize) -> Vec<Match> {
        let changed: std::collections::HashSet<UnitId> = self.since.keys().map(|own| own.id).collect();
        let wanted = |known: &Known| match known {
            Known::File { .. } => true,
            Known::Unit { id, .. } if !changed.contains(id) && own.is_none_or(|own| own.id != *id) => true,
            Known::Unit { place, id, .. } => {
                let unit = self.own(*place, *id);
                !self.since.contains_key(&unit) && own != Some(&unit)
            }
        };
        // More than are shown: equals are put in order here, and the same English is shown once.
        let found = self.kept.find(fr, least, most.saturating_mul(3).max(most), wanted);
        let mut all: Vec<Match> = found
            .into_iter()
            .map(|found| Match {
                score: found.likeness.score,
                sort: found.likeness.sort,
                fr: found.fr.to_owned(),
                en: found.en.to_owned(),
                from: match *found.known {
                    Known::Unit { place, id, status } => From::Unit { unit: self.own(place, id), status },
                    Known::File { file, line } => {
                        From::File { path: self.files[file as usize].clone(), line }
                    }
                },
                times: found.times,
            })
            .collect();
        let mut since: Vec<(&Own, &Since)> =
            self.since.iter().filter_map(|(unit, since)| Some((unit, since.as_ref()?))).collect();
        since.sort_by_key(|(unit, _)| *unit);
        for (unit, Since { fr: other, en, status }) in since {
            let likeness = likeness(other, fr);
            if likeness.score >= least && own != Some(unit) {
                all.push(Match {
                    score: likeness.score,
                    sort: likeness.sort,
                    fr: other.clone(),
                    en: en.clone(),
                    from: From::Unit { unit: unit.clone(), status: *status },
                    times: 1,
                });
            }
        }
        let rank = |from: &From| match from {
            From::Unit { status: Status::Reviewed, .. } => 0,
            From::Unit { .. } => 1,
            From::File { .. } => 2,
        };
        all.sort_by_key(|found| (std::cmp::Reverse(found.score), rank(&found.from)));
        let mut seen: Vec<Match> = Vec::new();
        for found in all {
            match seen.iter_mut().find(|other| other.en == found.en && other.fr == found.fr) {
                Some(other) => other.times += found.times,
                None => seen.push(found),
            }
        }
        seen.truncate(most);
        seen
    }

    fn own(&self, place: u32, id: UnitId) -> Own {
        let (stem, edition) = self.places[place as usize].clone();
        Own { stem, edition, id }
    }
}

/// A file of others could not be read.
fn unread(path: &Path, error: MemoryFileError) -> DeskError {
    DeskError::MemoryFile { path: path.to_owned(), error }
}
