//! A person's edits beside the French: English put in, taken out, and units that are right as they are.

use crate::bitext::{Kind, Status, Texts, Unit, UnitId};

use super::ids::Ids;
use super::{EditError, Revision};

impl Revision {
    /// Puts English that has no French beside it behind a unit, and returns its id.
    ///
    /// # Errors
    ///
    /// [`EditError::Unknown`]; [`EditError::Blank`]; [`EditError::Orphan`]: behind an orphan stand only orphans.
    pub fn insert_english(&mut self, after: UnitId, text: &str) -> Result<UnitId, EditError> {
        let place = self.place(after)?;
        if text.trim().is_empty() {
            return Err(EditError::Blank(after));
        }
        if self.units[place].status == Status::Orphan {
            return Err(EditError::Orphan(after));
        }
        let before = self.units.iter().filter(|unit| unit.fr.is_empty()).count();
        let id = Ids::of(&self.units).fresh(&self.stem, &[], before);
        let mut unit = Unit::new(id, Kind::Body, Vec::new());
        unit.en = text.into();
        unit.status = Status::Draft;
        unit.more.set.bounds = true;
        self.units.insert(place + 1, unit);
        self.sign(place + 1);
        Ok(id)
    }

    /// Takes the English out of a unit; one that has no French goes with it.
    ///
    /// The French that is left is untranslated, and where it ends is a person's decision: no aligner fills it again.
    ///
    /// # Errors
    ///
    /// [`EditError::NoEnglish`], [`EditError::Unknown`].
    pub fn cross_out(&mut self, id: UnitId) -> Result<(), EditError> {
        let place = self.place(id)?;
        if !self.units[place].has_english() {
            return Err(EditError::NoEnglish(id));
        }
        if self.units[place].fr.is_empty() {
            self.units.remove(place);
            return Ok(());
        }
        self.clear_english(id)?;
        self.change(id, |unit| {
            unit.more.set.bounds = true;
            Ok(())
        })
    }

    /// Says that a unit is right in what it joins, or takes that back; no aligner and no splitter changes it then.
    ///
    /// # Errors
    ///
    /// [`EditError::Unknown`].
    pub fn pin(&mut self, id: UnitId, pinned: bool) -> Result<(), EditError> {
        self.change(id, |unit| {
            unit.more.set.bounds = pinned;
            Ok(())
        })
    }

    /// Makes several edits to one unit, all of them or none.
    ///
    /// # Errors
    ///
    /// What `edits` gives; then the unit is as it was.
    pub fn together(
        &mut self,
        id: UnitId,
        edits: impl FnOnce(&mut Revision) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        let place = self.place(id)?;
        let before = self.units[place].clone();
        let done = edits(self);
        if done.is_err() {
            self.units[place] = before;
        }
        done
    }

    /// Puts a unit back to what it was earlier, with its French left as it is now.
    ///
    /// English of another French than that of now is stale.
    ///
    /// # Errors
    ///
    /// [`EditError::Unknown`]; [`EditError::NothingLeft`] where neither French nor English would be there.
    pub fn restore(&mut self, id: UnitId, earlier: &Unit) -> Result<(), EditError> {
        self.change(id, |unit| {
            if unit.fr.is_empty() && earlier.en.is_empty() {
                return Err(EditError::NothingLeft(id));
            }
            let orphan = unit.status == Status::Orphan;
            unit.en.clone_from(&earlier.en);
            unit.more.note.clone_from(&earlier.more.note);
            unit.more.dismissed.clone_from(&earlier.more.dismissed);
            (unit.origin, unit.score) = (earlier.origin, earlier.score);
            if orphan {
                return Ok(());
            }
            let base = if earlier.more.was.is_empty() { &earlier.fr } else { &earlier.more.was };
            unit.more.was = if earlier.en.is_empty() || super::same_text(base, &unit.fr) {
                Texts::new()
            } else {
                base.clone()
            };
            unit.status = match earlier.status {
                Status::Orphan => Status::Draft,
                status => status,
            };
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Alignment, Header, Stem};
    use crate::revise::{Cut, Neighbour, Part, Stamp};

    fn revision(units: &[(&str, &str)]) -> (Revision, Vec<UnitId>) {
        let stem: Stem = "roy".parse().unwrap();
        let made: Vec<Unit> = units
            .iter()
            .enumerate()
            .map(|(at, (fr, en))| {
                let fr = vec![(*fr).to_owned()];
                let mut unit = Unit::new(UnitId::of(&stem, &fr, at), Kind::Body, fr);
                unit.en = if en.is_empty() { Texts::new() } else { (*en).into() };
                unit
            })
            .collect();
        let ids = made.iter().map(|unit| unit.id).collect();
        let header = Header::new("roy", ["fr", "en"], "", "fr/1");
        let text: Vec<&str> = units.iter().map(|(fr, _)| *fr).collect();
        let alignment = Alignment::new(header, made, &text.join(" ")).unwrap();
        (Revision::of(alignment, &stem, Stamp { by: None, at: "2026-11-20T08:00:00Z".into() }), ids)
    }

    fn shown(revision: Revision) -> Vec<(String, String)> {
        let alignment = revision.finish().unwrap();
        alignment.units().iter().map(|unit| (unit.french(), unit.english())).collect()
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(fr, en)| ((*fr).to_owned(), (*en).to_owned())).collect()
    }

    #[test]
    fn english_is_put_in_behind_a_unit_and_crossed_out_again() {
        let (mut revision, ids) = revision(&[("Un.", "One."), ("Deux.", "Two.")]);
        assert_eq!(revision.insert_english(ids[0], " "), Err(EditError::Blank(ids[0])));
        let new = revision.insert_english(ids[0], "One and a half.").unwrap();
        assert_eq!(
            shown(revision.clone()),
            pairs(&[("Un.", "One."), ("", "One and a half."), ("Deux.", "Two.")])
        );
        revision.cross_out(new).unwrap();
        revision.cross_out(ids[1]).unwrap();
        assert_eq!(revision.cross_out(ids[1]), Err(EditError::NoEnglish(ids[1])));
        assert!(revision.units()[1].more.set.bounds);
        assert_eq!(shown(revision), pairs(&[("Un.", "One."), ("Deux.", "")]));
    }

    #[test]
    fn a_cut_at_a_place_parts_both_texts_and_may_leave_english_alone() {
        let (mut revision, ids) = revision(&[("Un, deux.", "One, two. Three.")]);
        let parts = revision.split(ids[0], Cut::At { fr: (1, 0), en: (0, 10) }, None).unwrap();
        assert_eq!(shown(revision.clone()), pairs(&[("Un, deux.", "One, two."), ("", "Three.")]));
        revision.split(ids[0], Cut::At { fr: (0, 4), en: (0, 5) }, None).unwrap();
        assert_eq!(shown(revision.clone()), pairs(&[("Un,", "One,"), ("deux.", "two."), ("", "Three.")]));
        let none = revision.clone().split(parts[1], Cut::At { fr: (0, 0), en: (0, 0) }, None);
        assert!(matches!(none, Err(EditError::EmptyPart { .. })), "{none:?}");
        revision.shift(ids[0], Neighbour::Next, Part::EnglishFrom((0, 0))).unwrap();
        assert_eq!(shown(revision), pairs(&[("Un,", ""), ("deux.", "One, two."), ("", "Three.")]));
    }

    #[test]
    fn a_unit_goes_back_to_what_it_was_and_is_stale_where_the_french_was_another() {
        let (mut revision, ids) = revision(&[("Un.", "One.")]);
        let mut earlier = revision.units()[0].clone();
        earlier.en = "First.".into();
        earlier.status = Status::Reviewed;
        revision.restore(ids[0], &earlier).unwrap();
        assert_eq!((revision.units()[0].status, revision.units()[0].is_stale()), (Status::Reviewed, false));
        earlier.fr = "Le premier.".into();
        revision.restore(ids[0], &earlier).unwrap();
        assert_eq!(revision.units()[0].more.was, ["Le premier."]);
    }

    #[test]
    fn edits_that_belong_together_are_made_all_or_none() {
        let (mut revision, ids) = revision(&[("Un.", "One.")]);
        let before = revision.units().to_vec();
        let refused = revision.together(ids[0], |revision| {
            revision.set_note(ids[0], "why?")?;
            revision.set_status(ids[0], Status::Skipped)
        });
        assert!(refused.is_err());
        assert_eq!(revision.units(), before);
    }
}
