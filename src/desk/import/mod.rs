//! English that comes back in files: held against the corpus as a whole, then entered as one step.
//!
//! Lines of tables belong to units by their ids alone; those of formats that other programs write, where they have
//! no id of ours, by their French. All files are read and every line is judged before the first write.

mod by_french;
mod fault;
mod lines;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bitext::{Alignment, Edition, Stem, Unit, UnitId, flat};
use crate::format::{Dialect, Format, Place};
use crate::revise::{Incoming, Refusal, Taken, Whose, receive, same_text};
use crate::store::{Author, Corpus};

use super::{DeskError, Opened, each, open};

pub use fault::{Fault, Problem, called};
use lines::{Group, InLine};

/// What to import, and how.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// The article of lines that name none.
    pub article: Option<Stem>,
    /// The edition of lines that name none.
    pub edition: Option<Edition>,
    /// The format, where the file's ending does not say it.
    pub from: Option<&'static Format>,
    /// The dialect of TSV, where it cannot be guessed.
    pub dialect: Option<Dialect>,
    /// Take what can be taken, although other lines cannot.
    pub partial: bool,
    /// Whose English stays where both sides changed it.
    pub whose: Option<Whose>,
    /// Write nothing.
    pub dry_run: bool,
}

/// A unit that is, or would be, another after the import.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its article.
    pub stem: Stem,
    /// Its edition.
    pub edition: Option<Edition>,
    /// The file and the place in it that say so.
    pub place: (Arc<Path>, Place),
    /// The unit before.
    pub before: Unit,
    /// The unit after.
    pub after: Unit,
    /// Whether the English came in as stale.
    pub stale: bool,
}

/// What came of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// Lines that were read.
    pub lines: u64,
    /// Units that changed, in the order of articles and units.
    pub changes: Vec<Change>,
    /// Lines that were not taken, in the order of files and lines.
    pub faults: Vec<Fault>,
    /// What was passed over, such as columns whose names are unknown, with the files.
    pub passed_over: Vec<(PathBuf, String)>,
    /// What ended the writing: the changes are those that were on disk before it.
    pub stopped: Option<DeskError>,
}

impl Import {
    /// Reads the files, judges every line, and enters what they say as one step of `undo`.
    ///
    /// Where there are faults, nothing is written unless it is to be partial.
    ///
    /// # Errors
    ///
    /// [`DeskError`] where the corpus's folders cannot be read.
    pub fn run(&self, corpus: &Corpus, author: Author) -> Result<Imported, DeskError> {
        let mut imported = Imported::default();
        let groups = self.groups(corpus, &mut imported)?;
        each(
            &groups,
            |group| match open(corpus, &group.stem, group.edition.as_ref()) {
                Ok(opened) => self.judge(&opened, group),
                Err(error) => (Vec::new(), vec![group.unreadable(&error)]),
            },
            |_, (changes, faults)| {
                imported.changes.extend(changes);
                imported.faults.extend(faults);
                Ok::<(), DeskError>(())
            },
        )?;
        imported.sort_faults(&self.files);
        if self.dry_run || imported.changes.is_empty() || (!imported.faults.is_empty() && !self.partial) {
            return Ok(imported);
        }
        self.write(corpus, author, &groups, &mut imported);
        Ok(imported)
    }

    /// Judges again under each article's lock, and writes.
    fn write(&self, corpus: &Corpus, author: Author, groups: &[Group], imported: &mut Imported) {
        let mut step = corpus.begin(author.clone());
        let changed: std::collections::HashSet<(Stem, Option<Edition>)> =
            imported.changes.drain(..).map(|change| (change.stem, change.edition)).collect();
        let mut written = || -> Result<(), DeskError> {
            for group in groups {
                if !changed.contains(&(group.stem.clone(), group.edition.clone())) {
                    continue;
                }
                let mut held = step.lock(&group.stem, group.edition.as_ref())?;
                let opened = Opened::of(corpus, held.stored().clone())?;
                let (changes, faults) = self.judge(&opened, group);
                if !faults.is_empty() && !self.partial {
                    // Somebody changed the article in the meantime; what is written stays written.
                    imported.faults.extend(faults);
                    continue;
                }
                let (header, mut units) = opened.alignment.into_parts();
                let places: HashMap<UnitId, usize> =
                    units.iter().enumerate().map(|(place, unit)| (unit.id, place)).collect();
                drop(opened.article);
                for change in &changes {
                    let unit = &mut units[places[&change.after.id]];
                    unit.clone_from(&change.after);
                    unit.by.clone_from(&author.by);
                    unit.at = Some(author.at.clone());
                }
                let alignment = Alignment::of_changed(header, units)
                    .expect("an import changes no id and no French, and takes no English away");
                step.write_last(&mut held, alignment)?;
                imported.changes.extend(changes);
            }
            Ok(())
        };
        // What is written is one step of `undo`, also where the rest could not be.
        let stopped = written().err();
        let finished = step.finish();
        imported.stopped = stopped.or(finished.map_err(DeskError::from).err());
    }

    /// Holds the lines of one article against its units.
    fn judge(&self, opened: &Opened, group: &Group) -> (Vec<Change>, Vec<Fault>) {
        let units = opened.alignment.units();
        let places: HashMap<UnitId, usize> =
            units.iter().enumerate().map(|(place, unit)| (unit.id, place)).collect();
        let mut faults = Vec::new();
        // By place, so that changes come in the order of the units.
        let mut taken: BTreeMap<usize, (&InLine, Taken)> = BTreeMap::new();
        let mut by_french = by_french::matched(units, &group.lines);
        for (index, line) in group.lines.iter().enumerate() {
            let place = match (line.id, by_french.remove(&index)) {
                (None, Some(Ok(place))) => Ok(place),
                (None, Some(Err(problem))) => Err(problem),
                (None, None) => Err(Problem::Nameless),
                (Some(id), _) => places.get(&id).copied().ok_or_else(|| Problem::UnknownId {
                    id,
                    article: group.name(),
                    merged: opened.alignment.find(id).map(|(_, unit)| unit.id),
                    changed: opened.state == super::OpenState::SeedChanged,
                }),
            };
            let place = match place {
                Ok(place) => place,
                Err(problem) => {
                    faults.push(line.fault(problem));
                    continue;
                }
            };
            match self.line(units, place, line) {
                Ok(None) => {}
                Err(refusal) => faults.push(line.fault(Problem::Refused { refusal })),
                Ok(Some(new)) => match taken.get(&place) {
                    Some((first, other)) if other.unit != new.unit => {
                        let problem = Problem::Twice { id: units[place].id, first: first.place() };
                        faults.push(line.fault(problem));
                    }
                    Some(_) => {}
                    None => {
                        taken.insert(place, (line, new));
                    }
                },
            }
        }
        let changes = taken.into_iter().map(|(place, (line, taken))| Change {
            stem: group.stem.clone(),
            edition: group.edition.clone(),
            place: line.place(),
            before: units[place].clone(),
            after: taken.unit,
            stale: taken.stale,
        });
        (changes.collect(), faults)
    }

    /// Holds one line against its unit.
    fn line(&self, units: &[Unit], place: usize, line: &InLine) -> Result<Option<Taken>, Refusal> {
        let unit = &units[place];
        let incoming = line.incoming();
        let taken = receive(unit, &incoming, self.whose)?;
        // A French that is alike may still be that of the next unit: then the lines have slipped.
        if let (Some(_), Some(fr)) = (&taken, incoming.fr)
            && !same_text(&[fr], &unit.fr)
            && !same_text(&[fr], &unit.more.was)
            && units.iter().any(|other| other.id != unit.id && same_text(&[fr], &other.fr))
        {
            let expected = flat(&unit.french()).into_owned();
            return Err(Refusal::OtherFrench { found: flat(fr).into_owned(), expected });
        }
        Ok(taken)
    }
}

impl InLine {
    /// What the line says, as it is held against its unit.
    fn incoming(&self) -> Incoming<'_> {
        Incoming {
            fr: self.fr.as_deref(),
            en: self.en.as_deref(),
            status: self.status,
            kind: self.kind,
            note: self.note.as_deref(),
            rev: self.rev.as_deref(),
        }
    }
}

impl Imported {
    /// Puts the faults in the order of the files, as they were named, and of their lines.
    fn sort_faults(&mut self, files: &[PathBuf]) {
        let place = |fault: &Fault| files.iter().position(|file| **file == *fault.file);
        self.faults.sort_by_key(|fault| (place(fault), fault.place));
    }
}
