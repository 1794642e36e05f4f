//! The ids that an article's sentences get when it is new.

use std::collections::{HashMap, HashSet};

use super::{Stem, UnitId};

/// Gives each sentence of a new article its id, in order: equal sentences are told apart by how many there were before.
///
/// Beside the ids it keeps only the sentences that stand more than once.
pub(crate) struct FirstIds<'t> {
    stem: Stem,
    given: Given,
    /// The sentences whose first id was given before, with the occurrence that comes next.
    again: HashMap<&'t str, usize>,
}

impl<'t> FirstIds<'t> {
    /// For the article `stem`.
    pub fn of(stem: &Stem) -> Self {
        FirstIds { stem: stem.clone(), given: Given::default(), again: HashMap::new() }
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

/// The ids that were given, as numbers, in many sets: a set that grows is there twice for a moment, and here only a small part of all
/// grows at once.
struct Given([HashSet<u64>; 64]);

impl Default for Given {
    fn default() -> Self {
        Given(std::array::from_fn(|_| HashSet::new()))
    }
}

impl Given {
    /// False where it was there.
    fn insert(&mut self, id: UnitId) -> bool {
        // Ten characters of six bits: letter or digit, and its last five.
        let number = id
            .as_str()
            .bytes()
            .fold(0, |number, byte| (number << 6) | u64::from(byte >> 6) << 5 | u64::from(byte & 31));
        let set = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58;
        self.0[set as usize].insert(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_ids_are_one_number() {
        let stem: Stem = "roy".parse().unwrap();
        let mut given = Given::default();
        let size = if cfg!(miri) { 40 } else { 20_000 };
        let ids: HashSet<UnitId> = (0..size).map(|count| UnitId::of(&stem, &["Oui."], count)).collect();
        assert!(ids.iter().all(|id| given.insert(*id)));
        assert!(!ids.iter().any(|id| given.insert(*id)));
        // A digit and the letter of the same last five bits.
        assert!(given.insert("a000000000".parse().unwrap()) && given.insert("a00000000p".parse().unwrap()));
    }

    #[test]
    fn equal_sentences_are_counted_and_an_id_that_is_taken_is_passed_over() {
        let stem: Stem = "roy".parse().unwrap();
        let id = |fr: &str, occurrence| UnitId::of(&stem, &[fr], occurrence);
        let mut ids = FirstIds::of(&stem);
        let given = ["Il pleut.", "Il vente.", "Il pleut.", "Il pleut."].map(|fr| ids.next(fr));
        assert_eq!(given, [id("Il pleut.", 0), id("Il vente.", 0), id("Il pleut.", 1), id("Il pleut.", 2)]);
        let mut ids = FirstIds::of(&stem);
        for taken in [id("Il neige.", 0), id("Il neige.", 2)] {
            ids.given.insert(taken);
        }
        assert_eq!(
            ["Il neige.", "Il neige."].map(|fr| ids.next(fr)),
            [id("Il neige.", 1), id("Il neige.", 3)]
        );
    }
}
