//! Changing units that a person sees on a page: made only where they are still what was seen, and shown before if asked.

use std::collections::HashMap;

use crate::bitext::{Edition, Kind, Status, Stem, Unit, UnitId};
use crate::revise::{EditError, Revision, Stamp};
use crate::store::file::unit_tag;
use crate::store::{Author, Corpus, Mark};

use super::open::alignment_of;
use super::{DeskError, Opened};

/// What a person wants of a unit. Whatever is not said stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// The English; a blank one takes it away.
    pub en: Option<String>,
    /// How far it has come. `skipped` takes the English away.
    pub status: Option<Status>,
    /// A remark; a blank one takes it away.
    pub note: Option<String>,
    /// What its sentences are in the article.
    pub kind: Option<Kind>,
    /// The English fits the French as it is now.
    pub keep: bool,
    /// The checks whose findings are dismissed.
    pub dismiss: Vec<String>,
    /// The checks whose dismissal is taken back.
    pub recall: Vec<String>,
    /// Whether the unit is right in what it joins.
    pub pin: Option<bool>,
}

impl Amendment {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Amendment::default()
    }

    /// Makes a unit what is wanted, or leaves it as it was.
    fn apply(&self, revision: &mut Revision, id: UnitId) -> Result<(), EditError> {
        revision.together(id, |revision| {
            let has_english =
                |revision: &Revision| revision.units().iter().any(|unit| unit.id == id && unit.has_english());
            match self.en.as_deref() {
                Some(text) if !text.trim().is_empty() => revision.set_english(id, text)?,
                Some(_) if has_english(revision) => revision.clear_english(id)?,
                _ => {}
            }
            if self.status == Some(Status::Skipped) && has_english(revision) {
                revision.clear_english(id)?;
            }
            if self.keep {
                revision.keep(id)?;
            }
            if let Some(kind) = self.kind {
                revision.set_kind(id, kind)?;
            }
            if let Some(note) = &self.note {
                revision.set_note(id, note)?;
            }
            for check in &self.dismiss {
                revision.dismiss(id, check)?;
            }
            for check in &self.recall {
                revision.recall(id, check)?;
            }
            if let Some(pinned) = self.pin {
                revision.pin(id, pinned)?;
            }
            match self.status {
                Some(status) => revision.set_status(id, status),
                None => Ok(()),
            }
        })
    }
}

/// The units that a person saw: their ids and tags ([`unit_tag`]).
pub type Seen = [(UnitId, String)];

/// How a change is made.
#[derive(Clone, Copy, Debug, Default)]
pub struct How<'h> {
    /// Only say what would come of it.
    pub dry: bool,
    /// Go on with this step, if nothing else came since.
    pub again: Option<&'h str>,
}

/// What came of a change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amended {
    /// The units that are, or would be, another: before and after.
    pub changed: Vec<(Unit, Unit)>,
    /// Units that cannot be made so, and why; they are left out.
    pub refused: Vec<(UnitId, EditError)>,
    /// Units that are not what the person saw, as they are now (none: gone). Then nothing is written.
    pub clashes: Vec<(UnitId, Option<Unit>)>,
    /// The step, if something was written.
    pub step: Option<String>,
}

/// What one page wants of units that it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The units as they were seen.
    pub seen: Vec<(UnitId, String)>,
    /// What is wanted of all of them.
    pub wanted: Amendment,
}

/// An article as a change left it, and the mark of its files then.
#[derive(Clone, Debug)]
pub struct Now {
    /// The article with its units.
    pub opened: Opened,
    /// The mark of its files.
    pub mark: Mark,
}

/// Makes the same change to units of one article, as one step of `undo`.
///
/// # Errors
///
/// [`DeskError`], where the article cannot be locked, read or written.
pub fn amend(
    corpus: &Corpus,
    author: Author,
    place: (&Stem, Option<&Edition>),
    seen: &Seen,
    wanted: &Amendment,
    how: How<'_>,
) -> Result<Amended, DeskError> {
    let wish = Wish { seen: seen.to_vec(), wanted: wanted.clone() };
    let (mut amended, _) = amend_each(corpus, author, place, &[wish], how)?;
    Ok(amended.pop().unwrap_or_default())
}

/// Grants several wishes, which may come from several pages, in their order and in one turn of the disk: one step of `undo`.
///
/// A wish whose units are not what was seen is not granted; the others are. Gives what came of each, and the
/// article as it is then, if something was written.
///
/// # Errors
///
/// As [`amend`]: then none is granted.
pub fn amend_each(
    corpus: &Corpus,
    author: Author,
    place: (&Stem, Option<&Edition>),
    wishes: &[Wish],
    how: How<'_>,
) -> Result<(Vec<Amended>, Option<Now>), DeskError> {
    let (mut all, step, now) = hold(corpus, author, place, how, |revision| {
        // No wish moves a unit: places found now hold to the end.
        let places: HashMap<UnitId, usize> =
            revision.units().iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        let mut all = Vec::with_capacity(wishes.len());
        for wish in wishes {
            let clashes = clashes(revision, &places, &wish.seen);
            let mut amended = Amended { clashes, ..Amended::default() };
            for (id, _) in wish.seen.iter().filter(|_| amended.clashes.is_empty()) {
                let Some(&at) = places.get(id) else { continue };
                let before = revision.units()[at].clone();
                match wish.wanted.apply(revision, *id) {
                    Err(error) => amended.refused.push((*id, error)),
                    Ok(()) if revision.units()[at] == before => {}
                    Ok(()) => amended.changed.push((before, revision.units()[at].clone())),
                }
            }
            all.push(amended);
        }
        Ok(all)
    })?;
    for amended in all.iter_mut().filter(|amended| !amended.changed.is_empty()) {
        amended.step.clone_from(&step);
    }
    Ok((all, now))
}

/// The units that are not what was seen, as they are now.
fn clashes(revision: &Revision, places: &HashMap<UnitId, usize>, seen: &Seen) -> Vec<(UnitId, Option<Unit>)> {
    let units = revision.units();
    let look = |(id, tag): &(UnitId, String)| {
        let now = places.get(id).map(|at| &units[*at]);
        let same = now.is_some_and(|unit| unit_tag(unit) == *tag);
        let now = now.or_else(|| units.iter().find(|unit| unit.more.was_ids.contains(id)));
        (!same).then(|| (*id, now.cloned()))
    };
    seen.iter().filter_map(look).collect()
}

/// Locks an article, looks whether the units are as they were seen, changes and writes it.
pub(super) fn revise<T>(
    corpus: &Corpus,
    author: Author,
    place: (&Stem, Option<&Edition>),
    seen: &Seen,
    edit: impl FnOnce(&mut Revision) -> Result<T, EditError>,
) -> Result<(Amended, Option<T>), DeskError> {
    let ((clashes, result), step, _) = hold(corpus, author, place, How::default(), |revision| {
        let places = revision.units().iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        let clashes = clashes(revision, &places, seen);
        let result = if clashes.is_empty() { Some(edit(revision)?) } else { None };
        Ok((clashes, result))
    })?;
    Ok((Amended { clashes, step, ..Amended::default() }, result))
}

/// What an edit gave, the step, and the article as it is then; the last two if something was written.
type Held<T> = (T, Option<String>, Option<Now>);

/// Locks an article, lets `edit` change it, and writes it if it is another then.
fn hold<T>(
    corpus: &Corpus,
    author: Author,
    (stem, edition): (&Stem, Option<&Edition>),
    how: How<'_>,
    edit: impl FnOnce(&mut Revision) -> Result<T, EditError>,
) -> Result<Held<T>, DeskError> {
    let stamp = Stamp { by: author.by.clone(), at: author.at.clone() };
    let mut step = match how.again {
        Some(id) => corpus.begin_again(author, id)?,
        None => corpus.begin(author),
    }
    .may_shrink();
    // A preview reads without the lock, so that it waits for nobody and writes nothing.
    let mut held = if how.dry { None } else { Some(step.lock(stem, edition)?) };
    let read;
    let stored = match &held {
        Some(held) => held.stored(),
        None => {
            read = corpus.read(stem, edition)?;
            &read
        }
    };
    let alignment = alignment_of(corpus, stored)?;
    let mut revision = Revision::of(alignment.clone().into_owned(), stem, stamp);
    let name = match edition {
        None => stem.to_string(),
        Some(edition) => format!("{stem}@{edition}"),
    };
    let result = edit(&mut revision).map_err(|error| DeskError::Edit { article: name, error })?;
    let new = revision.finish().map_err(DeskError::Law)?;
    let mut written = None;
    let mut now = None;
    let changed = new != *alignment;
    if let Some(held) = &mut held
        && changed
    {
        step.write(held, &new)?;
        written = Some(step.id().to_owned());
        // Nobody else changes the files as long as the lock is held.
        let opened = Opened::of(corpus, held.stored().clone())?;
        now = Some(Now { opened, mark: corpus.mark(stem, edition) });
    }
    step.finish()?;
    Ok((result, written, now))
}
