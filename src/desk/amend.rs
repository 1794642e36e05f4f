//! Changing units that a person sees on a page: made only where they are still what was seen, and shown before if asked.

use crate::bitext::{Edition, Kind, Status, Stem, Unit, UnitId};
use crate::revise::{EditError, Revision, Stamp};
use crate::store::file::unit_tag;
use crate::store::{Author, Corpus, StoreError};

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

/// Makes the same change to units of one article, as one step of `undo`.
///
/// # Errors
///
/// [`DeskError`], where the article cannot be locked, read or written.
pub fn amend(
    corpus: &Corpus,
    author: Author,
    (stem, edition): (&Stem, Option<&Edition>),
    seen: &Seen,
    wanted: &Amendment,
    how: How<'_>,
) -> Result<Amended, DeskError> {
    revise(corpus, author, (stem, edition), seen, how, |revision| {
        let mut refused = Vec::new();
        for (id, _) in seen {
            if let Err(error) = wanted.apply(revision, *id) {
                refused.push((*id, error));
            }
        }
        Ok((refused, ()))
    })
    .map(|(amended, _)| amended)
}

/// Locks an article, looks whether the units are as they were seen, changes and writes it.
pub(super) fn revise<T>(
    corpus: &Corpus,
    author: Author,
    (stem, edition): (&Stem, Option<&Edition>),
    seen: &Seen,
    how: How<'_>,
    edit: impl FnOnce(&mut Revision) -> Result<(Vec<(UnitId, EditError)>, T), EditError>,
) -> Result<(Amended, Option<T>), DeskError> {
    let stamp = Stamp { by: author.by.clone(), at: author.at.clone() };
    let mut step = match how.again {
        Some(id) => corpus.begin_again(author, id)?,
        None => corpus.begin(author),
    }
    .may_shrink();
    // A preview reads without the lock, so that it waits for nobody and writes nothing.
    let mut held = if how.dry { None } else { Some(step.lock(stem, edition)?) };
    let stored = match &held {
        Some(held) => held.stored().clone(),
        None => corpus.read(stem, edition)?,
    };
    let alignment = Opened::of(corpus, stored)?.alignment;
    let clashes: Vec<(UnitId, Option<Unit>)> = seen
        .iter()
        .filter_map(|(id, tag)| {
            let now = alignment.units().iter().find(|unit| unit.id == *id);
            let same = now.is_some_and(|unit| unit_tag(unit) == *tag);
            let now = now.or_else(|| alignment.find(*id).map(|(_, unit)| unit));
            (!same).then(|| (*id, now.cloned()))
        })
        .collect();
    if !clashes.is_empty() {
        return Ok((Amended { clashes, ..Amended::default() }, None));
    }
    let mut revision = Revision::of(alignment.clone(), stem, stamp);
    let name = match edition {
        None => stem.to_string(),
        Some(edition) => format!("{stem}@{edition}"),
    };
    let told = |error| DeskError::Edit { article: name.clone(), error };
    let (refused, result) = edit(&mut revision).map_err(told)?;
    let new = revision.finish().map_err(DeskError::Law)?;
    let changed: Vec<(Unit, Unit)> = seen
        .iter()
        .filter_map(|(id, _)| {
            let (_, before) = alignment.find(*id)?;
            let (_, after) = new.find(*id)?;
            (before != after).then(|| (before.clone(), after.clone()))
        })
        .collect();
    let mut amended = Amended { changed, refused, clashes, step: None };
    if let Some(held) = &mut held
        && new != alignment
    {
        let written: Result<(), StoreError> = step.write(held, &new);
        written?;
        amended.step = Some(step.id().to_owned());
    }
    step.finish()?;
    Ok((amended, Some(result)))
}
