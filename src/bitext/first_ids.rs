//! The ids that an article's sentences get when it is new.

use std::collections::{HashMap, HashSet};

use super::{Stem, UnitId};

/// Gives each sentence of a new article its id, in order: equal sentences are told apart by how many there were before.
///
/// Beside the ids it keeps only the sentences that stand more than once.
pub(crate) struct FirstIds<'t> {
    stem: Stem,
    given: HashSet<UnitId>,
    /// The sentences whose first id was given before, with the occurrence that comes next.
    again: HashMap<&'t str, usize>,
}

impl<'t> FirstIds<'t> {
    /// For the article `stem`.
    pub fn of(stem: &Stem) -> Self {
        FirstIds { stem: stem.clone(), given: HashSet::new(), again: HashMap::new() }
    }

    /// The id of the next sentence, which no other has.
    pub fn next(&mut self, sentence: &'t str) -> UnitId {
        let first = UnitId::of(&self.stem, &[sentence], 0);
        if self.given.insert(first) {
            return first;
        }
        // It stood before, or another sentence has its id, by a chance of one in 10^14.
        let occurrence = self.again.entry(sentence).or_insert(1);
        loop {
            let id = UnitId::of(&self.stem, &[sentence], *occurrence);
            *occurrence += 1;
            if self.given.insert(id) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sentences_are_counted_and_an_id_that_is_taken_is_passed_over() {
        let stem: Stem = "roy".parse().unwrap();
        let id = |fr: &str, occurrence| UnitId::of(&stem, &[fr], occurrence);
        let mut ids = FirstIds::of(&stem);
        let given = ["Il pleut.", "Il vente.", "Il pleut.", "Il pleut."].map(|fr| ids.next(fr));
        assert_eq!(given, [id("Il pleut.", 0), id("Il vente.", 0), id("Il pleut.", 1), id("Il pleut.", 2)]);
        let mut ids = FirstIds::of(&stem);
        ids.given.extend([id("Il neige.", 0), id("Il neige.", 2)]);
        assert_eq!(
            ["Il neige.", "Il neige."].map(|fr| ids.next(fr)),
            [id("Il neige.", 1), id("Il neige.", 3)]
        );
    }
}
