//! One deed to one unit, or to it and its neighbour; and taking it back.

use crate::bitext::{Alignment, Lang, Status, Unit, UnitId};
use crate::revise::{EditError, Neighbour, Part, Revision, Stamp};
use crate::segment::Segmenter;
use crate::store::Author;

use super::super::open::alignment_of;
use super::super::sentences::{after_sentences, outermost};
use super::super::{DeskError, Place};

/// One of a unit's two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// The French.
    French,
    /// The English.
    English,
}

/// One of a unit's two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Where it meets the unit before it.
    Start,
    /// Where it meets the unit after it.
    End,
}

/// What is done to a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Its English is right: it is reviewed.
    Accept,
    /// It is merged with the next.
    Merge,
    /// It is cut after so many French and English sentences.
    Split(usize, usize),
    /// A sentence more (`grow`) or less at one end, from or to the neighbour there.
    Shift {
        /// Which text.
        text: Text,
        /// Which end.
        end: End,
        /// Whether it gets a sentence; else it gives one.
        grow: bool,
    },
    /// Its English does not translate its French. English that stands alone is dropped.
    CrossOut,
    /// It has this English.
    Edit(String),
    /// Its English fits the changed French.
    Keep,
    /// What these checks find is none.
    Dismiss(Vec<String>),
    /// It has this remark; an empty one takes it away.
    Note(String),
}

/// What a deed changed: a run of units, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Hunk {
    /// The unit before the run; none at the start.
    pub prev: Option<UnitId>,
    /// The units before.
    pub before: Vec<Unit>,
    /// The units after.
    pub after: Vec<Unit>,
}

/// What came of a deed.
#[derive(Clone, Debug, PartialEq)]
pub enum Acted {
    /// It is on disk; the article's units now, and what changed. None changed: nothing is written.
    Done(Vec<Unit>, Option<Hunk>),
    /// The unit, or its neighbour, is no longer what the person saw. The units now.
    Changed(Vec<Unit>),
    /// It cannot be done.
    Refused(EditError),
    /// The neighbour is boilerplate, or there is none.
    NoNeighbour,
}

/// Does it, as one step of `undo`, if the unit and the neighbours it concerns are as in `seen`, the units that the person saw.
///
/// # Errors
///
/// [`DeskError`], where the article cannot be locked, read or written.
pub fn act(
    place: Place<'_>,
    author: Author,
    seen: &[Unit],
    id: UnitId,
    deed: &Deed,
) -> Result<Acted, DeskError> {
    let stamp = Stamp { by: author.by.clone(), at: author.at.clone() };
    let mut step = place.corpus.begin(author);
    let mut held = step.lock(place.stem, place.edition)?;
    let alignment = alignment_of(place.corpus, held.stored())?;
    let around = concerned(seen, id, deed);
    if around.is_empty() || !alignment.units().windows(around.len()).any(|window| window == around) {
        return Ok(Acted::Changed(alignment.into_owned().into_parts().1));
    }
    let lang: Lang = alignment.header().target.parse().unwrap_or(Lang::En);
    let mut revision = Revision::of(alignment.clone().into_owned(), place.stem, stamp);
    match apply(&mut revision, id, deed, &Segmenter::new(lang)) {
        Ok(true) => {}
        Ok(false) => return Ok(Acted::NoNeighbour),
        Err(error) => return Ok(Acted::Refused(error)),
    }
    let new = revision.finish().map_err(DeskError::Law)?;
    let hunk = difference(alignment.units(), new.units());
    step.write(&mut held, &new)?;
    step.finish()?;
    Ok(Acted::Done(new.into_parts().1, hunk))
}

/// Takes a deed back, if its units are still as it left them.
///
/// # Errors
///
/// As [`act`].
pub fn take_back(place: Place<'_>, author: Author, hunk: &Hunk) -> Result<Acted, DeskError> {
    let mut step = place.corpus.begin(author);
    let mut held = step.lock(place.stem, place.edition)?;
    let (header, units) = alignment_of(place.corpus, held.stored())?.into_owned().into_parts();
    let start = match (hunk.after.first(), hunk.prev) {
        (Some(first), _) => units.iter().position(|unit| unit.id == first.id),
        (None, None) => Some(0),
        (None, Some(prev)) => units.iter().position(|unit| unit.id == prev).map(|at| at + 1),
    };
    let Some(start) = start.filter(|at| units[*at..].starts_with(&hunk.after)) else {
        return Ok(Acted::Changed(units));
    };
    let mut new = units;
    new.splice(start..start + hunk.after.len(), hunk.before.iter().cloned());
    let alignment = Alignment::of_changed(header, new).map_err(DeskError::Law)?;
    step.write(&mut held, &alignment)?;
    step.finish()?;
    Ok(Acted::Done(alignment.into_parts().1, None))
}

/// The unit, with the neighbour that the deed concerns.
fn concerned<'u>(seen: &'u [Unit], id: UnitId, deed: &Deed) -> &'u [Unit] {
    let Some(at) = seen.iter().position(|unit| unit.id == id) else { return &[] };
    match deed {
        Deed::Merge | Deed::Shift { end: End::End, .. } => &seen[at..(at + 2).min(seen.len())],
        Deed::Shift { end: End::Start, .. } => &seen[at.saturating_sub(1)..=at],
        _ => &seen[at..=at],
    }
}

/// Does it; false where there is no neighbour to do it with.
fn apply(revision: &mut Revision, id: UnitId, deed: &Deed, segmenter: &Segmenter) -> Result<bool, EditError> {
    match deed {
        Deed::Accept => revision.set_status(id, Status::Reviewed)?,
        Deed::Keep => revision.keep(id)?,
        Deed::Edit(text) => revision.set_english(id, text)?,
        Deed::Note(text) => revision.set_note(id, text)?,
        Deed::Dismiss(checks) => checks.iter().try_for_each(|check| revision.dismiss(id, check))?,
        Deed::CrossOut => {
            revision.unlink(id)?;
        }
        Deed::Merge => {
            let Some(next) = neighbour(revision, id, End::End) else { return Ok(false) };
            revision.merge(&[id, next])?;
        }
        Deed::Split(french, english) => {
            let unit = revision.units().iter().find(|unit| unit.id == id);
            let unit = unit.ok_or(EditError::Unknown(id))?;
            let place = after_sentences(unit, *english, segmenter);
            revision.part(id, *french, place)?;
        }
        Deed::Shift { text, end, grow } => {
            let Some(other) = neighbour(revision, id, *end) else { return Ok(false) };
            // To grow is that the neighbour gives.
            let (from, to) = match (end, grow) {
                (End::End, true) => (other, Neighbour::Previous),
                (End::End, false) => (id, Neighbour::Next),
                (End::Start, true) => (other, Neighbour::Next),
                (End::Start, false) => (id, Neighbour::Previous),
            };
            let part = match text {
                Text::French => Part::French(1),
                Text::English => {
                    let unit = revision.units().iter().find(|unit| unit.id == from);
                    let unit = unit.ok_or(EditError::Unknown(from))?;
                    if !unit.has_english() {
                        return Err(EditError::NoEnglish(from));
                    }
                    outermost(unit, to, segmenter)
                }
            };
            revision.shift(from, to, part)?;
        }
    }
    Ok(true)
}

/// The neighbour that something can be joined with: content, and no orphan.
fn neighbour(revision: &Revision, id: UnitId, end: End) -> Option<UnitId> {
    let units = revision.units();
    let at = units.iter().position(|unit| unit.id == id)?;
    let other = match end {
        End::Start => at.checked_sub(1)?,
        End::End => at + 1,
    };
    units.get(other).filter(|unit| unit.is_content() && unit.status != Status::Orphan).map(|unit| unit.id)
}

/// The run of units in which two lists differ.
fn difference(old: &[Unit], new: &[Unit]) -> Option<Hunk> {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = rest.take_while(|(old, new)| old == new).count();
    let (before, after) = (old[start..old.len() - end].to_vec(), new[start..new.len() - end].to_vec());
    let prev = start.checked_sub(1).map(|at| old[at].id);
    (!before.is_empty() || !after.is_empty()).then_some(Hunk { prev, before, after })
}
