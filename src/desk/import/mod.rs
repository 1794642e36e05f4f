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

use super::open::alignment_of;
use super::{DeskError, OpenState, each, open};

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

/// A unit that would be another after the import.
#[derive(Debug)]
pub struct Change<'u> {
    /// Its article.
    pub stem: &'u Stem,
    /// Its edition.
    pub edition: Option<&'u Edition>,
    /// The file and the place in it that say so.
    pub place: (Arc<Path>, Place),
    /// The unit before.
    pub before: &'u Unit,
    /// The unit after.
    pub after: Unit,
    /// Whether the English comes in as stale.
    pub stale: bool,
}

/// How much is, or would be, another after an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units.
    pub units: usize,
    /// Articles and editions that they are in.
    pub articles: usize,
    /// Units with new English.
    pub english: usize,
    /// Units whose new English is stale.
    pub stale: usize,
}

/// What came of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// Lines that were read.
    pub lines: u64,
    /// What changed.
    pub changed: Tally,
    /// Lines that were not taken, in the order of files and lines.
    pub faults: Vec<Fault>,
    /// What was passed over, such as columns whose names are unknown, with the files.
    pub passed_over: Vec<(PathBuf, String)>,
    /// What ended the writing: what changed is what was on disk before it.
    pub stopped: Option<DeskError>,
}

impl Import {
    /// Reads the files, judges every line, and enters what they say as one step of `undo`.
    ///
    /// Where there are faults, nothing is written unless it is to be partial. Of a dry run `told` hears what would change, in the
    /// order of articles and units.
    ///
    /// # Errors
    ///
    /// [`DeskError`] where the corpus's folders cannot be read.
    pub fn run(
        &self,
        corpus: &Corpus,
        author: Author,
        mut told: impl FnMut(Change<'_>),
    ) -> Result<Imported, DeskError> {
        let mut imported = Imported::default();
        let mut groups = self.groups(corpus, &mut imported)?;
        let mut changed = Vec::with_capacity(groups.len());
        each(
            &groups,
            |group| match open(corpus, &group.stem, group.edition.as_ref()) {
                Ok(opened) => {
                    let seed_changed = opened.state == OpenState::SeedChanged;
                    let judged = self.judge(&opened.alignment, seed_changed, group);
                    (self.dry_run.then_some(opened.alignment), judged)
                }
                Err(error) => (None, Judged { faults: vec![group.unreadable(&error)], ..Judged::default() }),
            },
            |group, (alignment, judged)| {
                if let Some(alignment) = alignment {
                    self.tell(&alignment, group, &judged, &mut told);
                }
                imported.changed.add(judged.tally());
                changed.push(!judged.taken.is_empty());
                imported.faults.extend(judged.faults);
                Ok::<(), DeskError>(())
            },
        )?;
        imported.sort_faults(&self.files);
        if self.dry_run || imported.changed.units == 0 || (!imported.faults.is_empty() && !self.partial) {
            return Ok(imported);
        }
        let mut changed = changed.into_iter();
        groups.retain(|_| changed.next().unwrap_or_default());
        self.write(corpus, author, groups, &mut imported);
        Ok(imported)
    }

    /// Tells what would change of an article.
    fn tell(&self, alignment: &Alignment, group: &Group, judged: &Judged, told: &mut impl FnMut(Change<'_>)) {
        for (&place, took) in &judged.taken {
            let (before, line) = (&alignment.units()[place], &group.lines[took.line]);
            told(Change {
                stem: &group.stem,
                edition: group.edition.as_ref(),
                place: line.place(),
                before,
                after: self.entered(before, line),
                stale: took.stale,
            });
        }
    }

    /// Judges again under each article's lock, and writes.
    fn write(&self, corpus: &Corpus, author: Author, groups: Vec<Group>, imported: &mut Imported) {
        imported.changed = Tally::default();
        let mut step = corpus.begin(author.clone());
        let written = || -> Result<(), DeskError> {
            for group in groups {
                let mut held = step.lock(&group.stem, group.edition.as_ref())?;
                let stored = held.stored();
                let old = alignment_of(corpus, stored)?;
                let judged = self.judge(&old, stored.changed && stored.alignment.is_some(), &group);
                if !judged.faults.is_empty() && !self.partial {
                    // Somebody changed the article in the meantime; what is written stays written.
                    imported.faults.extend(judged.faults);
                    continue;
                }
                let tally = judged.tally();
                let new = self.changed(&old, group.lines, judged.taken, &author);
                drop(old);
                step.write_last(&mut held, new)?;
                imported.changed.add(tally);
            }
            Ok(())
        };
        // What is written is one step of `undo`, also where the rest could not be.
        let stopped = written().err();
        let finished = step.finish();
        imported.stopped = stopped.or(finished.map_err(DeskError::from).err());
    }

    /// The alignment with what the lines that were taken say.
    fn changed(
        &self,
        old: &Alignment,
        lines: Vec<InLine>,
        taken: BTreeMap<usize, Took>,
        author: &Author,
    ) -> Alignment {
        // Each line, in a box of its own, makes room for its unit, as does what is known of it: a whole article may
        // come in at once.
        let mut taken = taken.into_iter().peekable();
        let mut lines: Vec<Option<Box<InLine>>> =
            lines.into_iter().map(|line| Some(Box::new(line))).collect();
        lines.shrink_to_fit();
        let unit = |(place, unit): (usize, &Unit)| {
            let took = taken.next_if(|(taken, _)| *taken == place);
            let Some(line) = took.and_then(|(_, took)| lines[took.line].take()) else { return unit.clone() };
            let mut unit = self.entered(unit, &line);
            unit.by = author.by.as_deref().map(Box::from);
            unit.at = Some(author.at.as_str().into());
            unit
        };
        let units = old.units().iter().enumerate().map(unit).collect();
        Alignment::of_changed(old.header().clone(), units)
            .expect("an import changes no id and no French, and takes no English away")
    }

    /// The unit as a line that is taken makes it.
    fn entered(&self, unit: &Unit, line: &InLine) -> Unit {
        let taken = receive(unit, &line.incoming(), self.whose);
        taken.ok().flatten().expect("the line was held against this unit before").unit
    }

    /// Holds the lines of one article against its units.
    fn judge(&self, alignment: &Alignment, seed_changed: bool, group: &Group) -> Judged {
        let units = alignment.units();
        let places: HashMap<UnitId, usize> =
            units.iter().enumerate().map(|(place, unit)| (unit.id, place)).collect();
        let mut judged = Judged::default();
        let mut by_french = by_french::matched(units, &group.lines);
        for (index, line) in group.lines.iter().enumerate() {
            let place = match (line.id, by_french.remove(&index)) {
                (None, Some(Ok(place))) => Ok(place),
                (None, Some(Err(problem))) => Err(problem),
                (None, None) => Err(Problem::Nameless),
                (Some(id), _) => places.get(&id).copied().ok_or_else(|| Problem::UnknownId {
                    id,
                    article: group.name(),
                    merged: alignment.find(id).map(|(_, unit)| unit.id),
                    changed: seed_changed,
                }),
            };
            let place = match place {
                Ok(place) => place,
                Err(problem) => {
                    judged.faults.push(line.fault(problem));
                    continue;
                }
            };
            match self.line(units, place, line) {
                Ok(None) => {}
                Err(refusal) => judged.faults.push(line.fault(Problem::Refused { refusal })),
                Ok(Some(new)) => match judged.taken.get(&place) {
                    None => {
                        let took = Took { line: index, english: new.english, stale: new.stale };
                        judged.taken.insert(place, took);
                    }
                    Some(other) => {
                        let first = &group.lines[other.line];
                        if self.entered(&units[place], first) != new.unit {
                            let problem = Problem::Twice { id: units[place].id, first: first.place() };
                            judged.faults.push(line.fault(problem));
                        }
                    }
                },
            }
        }
        judged
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

/// What the lines of one article come to.
#[derive(Default)]
struct Judged {
    /// By the place of the unit, so that changes come in the order of the units: the line that it is taken from. The unit that
    /// comes of it is made when it is wanted: a file may hold more of them than there is room for twice.
    taken: BTreeMap<usize, Took>,
    faults: Vec<Fault>,
}

/// A line that is taken.
struct Took {
    /// Its place in the group.
    line: usize,
    /// Whether it brings new English, and as stale.
    english: bool,
    stale: bool,
}

impl Judged {
    fn tally(&self) -> Tally {
        let count = |wanted: fn(&Took) -> bool| self.taken.values().filter(|took| wanted(took)).count();
        Tally {
            units: self.taken.len(),
            articles: usize::from(!self.taken.is_empty()),
            english: count(|took| took.english),
            stale: count(|took| took.stale),
        }
    }
}

impl Tally {
    fn add(&mut self, more: Tally) {
        self.units += more.units;
        self.articles += more.articles;
        self.english += more.english;
        self.stale += more.stale;
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
            note: self.note(),
            rev: self.rev(),
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
