//! A person's word that a finding is none.

use crate::bitext::{Dismissal, UnitId};

use super::{EditError, Revision};

impl Revision {
    /// Dismisses what a check finds in a unit, as long as its French and English stay as they are.
    ///
    /// An older dismissal of the same check goes.
    ///
    /// # Errors
    ///
    /// [`EditError::Unknown`].
    pub fn dismiss(&mut self, id: UnitId, check: &str) -> Result<(), EditError> {
        self.change(id, |unit| {
            let hash = unit.texts_hash();
            if unit.more.dismissed.iter().any(|one| one.check == check && one.hash == hash) {
                return Ok(());
            }
            unit.more.dismissed.retain(|one| one.check != check);
            unit.more.dismissed.push(Dismissal { check: check.to_owned(), hash, extra: Vec::new() });
            unit.more.dismissed.sort_by(|a, b| a.check.cmp(&b.check));
            Ok(())
        })
    }

    /// Takes a dismissal back: what the check finds is shown again.
    ///
    /// # Errors
    ///
    /// [`EditError::Unknown`].
    pub fn recall(&mut self, id: UnitId, check: &str) -> Result<(), EditError> {
        self.change(id, |unit| {
            unit.more.dismissed.retain(|one| one.check != check);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Alignment, Header, Kind, Stem, Unit};
    use crate::revise::Stamp;

    #[test]
    fn a_dismissal_is_void_when_the_texts_change_and_is_kept_once() {
        let stem: Stem = "roy".parse().unwrap();
        let mut unit =
            Unit::new(UnitId::of(&stem, &["Il pleut."], 0), Kind::Body, vec!["Il pleut.".to_owned()]);
        unit.en = "Rain".into();
        let header = Header::new("roy", ["fr", "en"], "", "fr/1");
        let id = unit.id;
        let alignment = Alignment::new(header, vec![unit], "Il pleut.").unwrap();
        let mut revision =
            Revision::of(alignment, &stem, Stamp { by: None, at: "2026-11-20T08:00:00Z".into() });
        revision.dismiss(id, "end-punctuation").unwrap();
        revision.dismiss(id, "end-punctuation").unwrap();
        revision.dismiss(id, "brackets").unwrap();
        let unit = &revision.units()[0];
        assert_eq!(
            unit.more.dismissed.iter().map(|one| one.check.as_str()).collect::<Vec<_>>(),
            ["brackets", "end-punctuation"]
        );
        assert_eq!(unit.more.dismissed[0].hash, unit.texts_hash());
        revision.set_english(id, "It rains").unwrap();
        assert_ne!(revision.units()[0].more.dismissed[0].hash, revision.units()[0].texts_hash());
        revision.recall(id, "brackets").unwrap();
        assert_eq!(revision.units()[0].more.dismissed.len(), 1);
    }
}
