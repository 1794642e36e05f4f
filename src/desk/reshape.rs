//! Changing where units begin and end, on a page: what goes where is said by places in the texts that are seen.

use crate::bitext::{Edition, Stem, Unit, UnitId};
use crate::revise::{Cut, EditError, Neighbour, Part, Revision};
use crate::segment::Segmenter;
use crate::store::{Author, Corpus};

use super::DeskError;
use super::amend::{Amended, Seen, revise};
use super::sentences::outermost;

/// What becomes of units. Places are bytes of a unit's sentences joined by one space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reshape {
    /// They become one; a single one is merged with the next.
    Merge(Vec<UnitId>),
    /// One becomes two.
    Split {
        /// The unit.
        id: UnitId,
        /// Where the second part's French begins; at the end: it has none.
        fr: usize,
        /// Where its English begins.
        en: usize,
    },
    /// The border between a unit and the next is another.
    Border {
        /// The first of the two.
        id: UnitId,
        /// The second.
        next: UnitId,
        /// Where the second's French is to begin, in the French of both.
        fr: usize,
        /// Where its English is to begin, in the English of both.
        en: usize,
    },
    /// A sentence goes over to the neighbour: to the next the last, to the previous the first.
    Move {
        /// The unit.
        id: UnitId,
        /// Whether to the next; else to the previous.
        next: bool,
        /// Whether French; else English.
        french: bool,
    },
    /// English that has no French beside it is put in behind a unit.
    Insert {
        /// The unit.
        after: UnitId,
        /// The English.
        en: String,
    },
    /// The English goes; a unit that has no French goes with it.
    CrossOut(Vec<UnitId>),
    /// An orphan's English goes into another unit.
    Give {
        /// The orphan.
        orphan: UnitId,
        /// The unit that gets it.
        to: UnitId,
    },
}

/// Makes such a change, if all units in `seen` are still what the person saw. The ids are those of the units that came of it.
///
/// # Errors
///
/// [`DeskError::Edit`] where it cannot be done; where the article cannot be locked, read or written.
pub fn reshape(
    corpus: &Corpus,
    author: Author,
    place: (&Stem, Option<&Edition>),
    seen: &Seen,
    wanted: &Reshape,
) -> Result<(Amended, Vec<UnitId>), DeskError> {
    let english: Option<Segmenter> = corpus.config().corpus.target.parse().ok().map(Segmenter::new);
    let (amended, ids) =
        revise(corpus, author, place, seen, |revision| wanted.apply(revision, english.as_ref()))?;
    Ok((amended, ids.unwrap_or_default()))
}

impl Reshape {
    fn apply(&self, revision: &mut Revision, english: Option<&Segmenter>) -> Result<Vec<UnitId>, EditError> {
        Ok(match self {
            Reshape::Merge(ids) => vec![revision.merge(ids)?],
            Reshape::Split { id, fr, en } => {
                let unit = find(revision, *id)?;
                let cut = Cut::At { fr: place_in(&unit.fr, *fr), en: place_in(&unit.en, *en) };
                revision.split(*id, cut, None)?
            }
            Reshape::Border { id, next, fr, en } => {
                let first = revision.merge(&[*id, *next])?;
                let unit = find(revision, first)?;
                let cut = Cut::At { fr: place_in(&unit.fr, *fr), en: place_in(&unit.en, *en) };
                revision.split(first, cut, None)?
            }
            Reshape::Move { id, next, french } => {
                let to = if *next { Neighbour::Next } else { Neighbour::Previous };
                let unit = find(revision, *id)?;
                let place = revision.units().iter().position(|unit| unit.id == *id).unwrap_or(0);
                let other = if *next { Some(place + 1) } else { place.checked_sub(1) };
                let other = other.and_then(|at| revision.units().get(at)).map(|unit| unit.id);
                if *french {
                    revision.shift(*id, to, Part::French(1))?;
                } else {
                    let part = english.map_or(Part::English, |english| outermost(unit, to, english));
                    revision.shift(*id, to, part)?;
                }
                [Some(*id), other].into_iter().flatten().collect()
            }
            Reshape::Insert { after, en } => vec![revision.insert_english(*after, en)?],
            Reshape::CrossOut(ids) => {
                ids.iter().try_for_each(|id| revision.cross_out(*id))?;
                ids.clone()
            }
            Reshape::Give { orphan, to } => vec![revision.merge(&[*to, *orphan])?],
        })
    }
}

fn find(revision: &Revision, id: UnitId) -> Result<&Unit, EditError> {
    revision.units().iter().find(|unit| unit.id == id).ok_or(EditError::Unknown(id))
}

/// The text and the byte in it that a byte of all texts, joined by one space, is.
fn place_in(texts: &[String], byte: usize) -> (usize, usize) {
    let mut left = byte;
    for (nth, text) in texts.iter().enumerate() {
        // The space behind a text is the beginning of the next.
        if left < text.len() {
            return (nth, left);
        }
        left = left.saturating_sub(text.len() + 1);
    }
    (texts.len(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_of_the_joined_texts_is_a_place_in_one_of_them() {
        let texts = ["ab".to_owned(), "cde".to_owned()];
        let places: Vec<(usize, usize)> = (0..8).map(|byte| place_in(&texts, byte)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (1, 0), (1, 0), (1, 1), (1, 2), (2, 0), (2, 0)]);
    }
}
