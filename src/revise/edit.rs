//! A person's edits that leave every unit where it is: its English, status, kind and note.

use crate::bitext::{Alignment, Header, Kind, LawError, Origin, Status, Stem, Texts, Unit, UnitId};

use super::error::EditError;

/// Who changes units, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The person's name, if it is known.
    pub by: Option<String>,
    /// RFC 3339 in UTC, to the second.
    pub at: String,
}

/// An alignment that a person is changing. Each edit is made whole or not at all.
///
/// # Examples
///
/// ```
/// use enregard::bitext::{Alignment, Header, Kind, Status, Stem, Unit, UnitId};
/// use enregard::revise::{Revision, Stamp};
/// let stem: Stem = "roy".parse().unwrap();
/// let fr = vec!["Il pleut.".to_owned()];
/// let id = UnitId::of(&stem, &fr, 0);
/// # let header = Header::new("roy", ["fr", "en"], "", "fr/1");
/// let alignment = Alignment::new(header, vec![Unit::new(id, Kind::Body, fr)], "Il pleut.\n").unwrap();
///
/// let stamp = Stamp { by: None, at: "2026-11-20T08:00:00Z".into() };
/// let mut revision = Revision::of(alignment, &stem, stamp);
/// revision.set_english(id, "It’s raining.").unwrap();
/// revision.set_status(id, Status::Reviewed).unwrap();
/// assert_eq!(revision.finish().unwrap().units()[0].status, Status::Reviewed);
/// ```
#[derive(Clone, Debug)]
pub struct Revision {
    header: Header,
    pub(super) units: Vec<Unit>,
    pub(super) stem: Stem,
    stamp: Stamp,
}

impl Revision {
    /// Begins to change the alignment of article `stem`.
    pub fn of(alignment: Alignment, stem: &Stem, stamp: Stamp) -> Self {
        let (header, units) = alignment.into_parts();
        Revision { header, units, stem: stem.clone(), stamp }
    }

    /// The units as they are now.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The alignment as it is now.
    ///
    /// # Errors
    ///
    /// [`LawError`] where the units broke a law before any edit; no edit makes them break one.
    pub fn finish(self) -> Result<Alignment, LawError> {
        Alignment::of_changed(self.header, self.units)
    }

    /// Enters a unit's English, verbatim and as one string.
    ///
    /// Another English than before is a draft, whatever the status was, and of nobody's making but
    /// the person's: `origin` and `score` go. It is taken to translate the French as it is now, so the unit is no longer
    /// stale, also where the English is the same as before.
    ///
    /// # Errors
    ///
    /// [`EditError::Blank`]: to take the English away, use [`clear_english`](Revision::clear_english).
    /// [`EditError::Orphan`]: it has no French that could be translated.
    pub fn set_english(&mut self, id: UnitId, text: &str) -> Result<(), EditError> {
        self.set_english_of(id, text, None)
    }

    /// [`set_english`](Revision::set_english), for English that came from somewhere: a match of the memory, taken over as it stands.
    ///
    /// # Errors
    ///
    /// As [`set_english`](Revision::set_english).
    pub fn set_english_of(
        &mut self,
        id: UnitId,
        text: &str,
        origin: Option<Origin>,
    ) -> Result<(), EditError> {
        if text.trim().is_empty() {
            return Err(EditError::Blank(id));
        }
        self.change(id, |unit| {
            if unit.status == Status::Orphan {
                return Err(EditError::Orphan(id));
            }
            if unit.en != [text] {
                unit.en = text.into();
                unit.status = Status::Draft;
                unit.origin = origin;
                unit.score = None;
            }
            unit.more.set_was(Texts::new());
            Ok(())
        })
    }

    /// Takes a unit's English away; it is untranslated then, and not stale.
    ///
    /// # Errors
    ///
    /// [`EditError::NothingLeft`] where the unit has no French: drop it instead.
    pub fn clear_english(&mut self, id: UnitId) -> Result<(), EditError> {
        self.change(id, |unit| {
            if unit.fr.is_empty() {
                return Err(EditError::NothingLeft(id));
            }
            unit.en = Texts::new();
            unit.more.set_was(Texts::new());
            unit.origin = None;
            unit.score = None;
            if unit.status != Status::Skipped {
                unit.status = Status::Untranslated;
            }
            Ok(())
        })
    }

    /// Says how far a unit's translation has come.
    ///
    /// `reviewed` also says that the English fits the French as it is now: the unit is no longer stale.
    /// `skipped` is for units without English; `untranslated` takes it back.
    ///
    /// # Errors
    ///
    /// [`EditError::NeedsEnglish`], [`EditError::HasEnglish`] where the status and the unit do not go together;
    /// [`EditError::Orphan`], [`EditError::OrphanByHand`].
    pub fn set_status(&mut self, id: UnitId, status: Status) -> Result<(), EditError> {
        self.change(id, |unit| {
            if unit.status == Status::Orphan && status != Status::Orphan {
                return Err(EditError::Orphan(id));
            }
            match status {
                Status::Orphan => return Err(EditError::OrphanByHand),
                Status::Draft | Status::Reviewed if !unit.has_english() => {
                    return Err(EditError::NeedsEnglish { id, status });
                }
                Status::Untranslated | Status::Skipped if unit.has_english() => {
                    return Err(EditError::HasEnglish { id, status });
                }
                Status::Reviewed => unit.more.set_was(Texts::new()),
                _ => {}
            }
            unit.status = status;
            Ok(())
        })
    }

    /// Says that a stale unit's English fits the French as it is now. Its status stays; no other unit changes.
    ///
    /// # Errors
    ///
    /// [`EditError::Orphan`].
    pub fn keep(&mut self, id: UnitId) -> Result<(), EditError> {
        self.change(id, |unit| {
            if unit.status == Status::Orphan {
                return Err(EditError::Orphan(id));
            }
            unit.more.set_was(Texts::new());
            Ok(())
        })
    }

    /// Decides what a unit's sentences are in the article; no rule changes it after that.
    ///
    /// # Errors
    ///
    /// [`EditError::Unknown`].
    pub fn set_kind(&mut self, id: UnitId, kind: Kind) -> Result<(), EditError> {
        self.change(id, |unit| {
            unit.kind = kind;
            unit.more.set.kind = true;
            Ok(())
        })
    }

    /// Puts a remark on a unit in place of the one it has; a blank one takes it away.
    ///
    /// # Errors
    ///
    /// [`EditError::Unknown`].
    pub fn set_note(&mut self, id: UnitId, note: &str) -> Result<(), EditError> {
        self.change(id, |unit| {
            unit.more.note = Some(note.to_owned()).filter(|note| !note.trim().is_empty());
            Ok(())
        })
    }

    /// The unit's place among the units.
    pub(super) fn place(&self, id: UnitId) -> Result<usize, EditError> {
        self.units.iter().position(|unit| unit.id == id).ok_or(EditError::Unknown(id))
    }

    /// Puts the person's name and the time on a unit.
    pub(super) fn sign(&mut self, place: usize) {
        self.units[place].by = self.stamp.by.as_deref().map(Box::from);
        self.units[place].at = Some(self.stamp.at.as_str().into());
    }

    /// Changes one unit, and signs it if it is another after that.
    pub(super) fn change(
        &mut self,
        id: UnitId,
        edit: impl FnOnce(&mut Unit) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        let place = self.place(id)?;
        let mut unit = self.units[place].clone();
        edit(&mut unit)?;
        if unit != self.units[place] {
            self.units[place] = unit;
            self.sign(place);
        }
        Ok(())
    }
}
