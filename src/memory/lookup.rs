//! A translation memory: units found again by the likeness of their French.
//!
//! An inverted index of word stems, built in memory: for each stem the units that have it. A sentence is looked up by its
//! rarest words first, and only until no unit unseen can be like enough (the prefix filter of set similarity joins:
//! Chaudhuri, Ganti & Kaushik 2006); those seen are then compared word by word. Stems share slots of a table of a fixed
//! size, which may show a candidate too many, never one too few.

use std::collections::HashMap;

use rayon::prelude::*;

use super::likeness::{Likeness, Sort, of_pieces};
use super::sentence::{Piece, Sort as PieceSort, pieces, weight};
use crate::words::{fold, word_hash};

/// Units that can be looked up by the likeness of their French, each with what the caller knows of it.
#[derive(Clone, Debug)]
pub struct Memory<T> {
    /// French and English of every unit, one after the other.
    texts: String,
    /// Where each text begins in `texts`: French of unit 0, its English, French of unit 1 …, and the end.
    starts: Vec<usize>,
    /// The weight of each unit's French.
    weights: Vec<u32>,
    /// What the caller knows of each unit.
    known: Vec<T>,
    /// How many units were the same and are remembered once.
    times: Vec<u32>,
    /// For each slot where its units begin in `units`, and the end.
    slots: Vec<u32>,
    units: Vec<u32>,
}

/// A memory that is being filled.
#[derive(Clone, Debug)]
pub struct MemoryBuilder<T> {
    memory: Memory<T>,
    /// Units by a hash of their texts: the same is remembered once.
    seen: HashMap<u64, u32, Hashed>,
}

/// A unit found again.
#[derive(Clone, Copy, Debug)]
pub struct Remembered<'m, T> {
    /// How like its French is to what was looked up.
    pub likeness: Likeness,
    /// Its French.
    pub fr: &'m str,
    /// Its English.
    pub en: &'m str,
    /// What is known of it; where several units were the same, of the first.
    pub known: &'m T,
    /// How many units were the same.
    pub times: u32,
}

/// Candidates that are compared at most: in a large memory of very like sentences the least promising are left out.
const COMPARED: usize = 2000;

impl<T> Default for MemoryBuilder<T> {
    fn default() -> Self {
        let memory = Memory {
            texts: String::new(),
            starts: vec![0],
            weights: Vec::new(),
            known: Vec::new(),
            times: Vec::new(),
            slots: Vec::new(),
            units: Vec::new(),
        };
        MemoryBuilder { memory, seen: HashMap::default() }
    }
}

impl<T> MemoryBuilder<T> {
    /// Adds a unit. One whose texts are there already is counted; blank texts are passed over.
    pub fn add(&mut self, fr: &str, en: &str, known: T) {
        if fr.trim().is_empty() || en.trim().is_empty() || self.memory.known.len() == u32::MAX as usize {
            return;
        }
        let hash = word_hash(fr.as_bytes()).rotate_left(32) ^ word_hash(en.as_bytes());
        if let Some(&same) = self.seen.get(&hash)
            && self.memory.fr(same as usize) == fr
            && self.memory.en(same as usize) == en
        {
            self.memory.times[same as usize] += 1;
            return;
        }
        self.seen.insert(hash, self.memory.known.len() as u32);
        self.memory.texts.push_str(fr);
        self.memory.starts.push(self.memory.texts.len());
        self.memory.texts.push_str(en);
        self.memory.starts.push(self.memory.texts.len());
        self.memory.known.push(known);
        self.memory.times.push(1);
    }

    /// The memory: its index is made here, on every core.
    pub fn finish(self) -> Memory<T>
    where
        T: Sync,
    {
        let mut memory = self.memory;
        let count = memory.known.len();
        let slots = (count * 4).next_power_of_two().clamp(1 << 10, 1 << 20);
        let own = &memory;
        let parts: Vec<Part> = (0..count.div_ceil(PART))
            .into_par_iter()
            .map(|part| {
                let mut weights = Vec::with_capacity(PART);
                let mut found = Vec::with_capacity(PART * 16);
                let mut mine: Vec<u32> = Vec::new();
                for unit in part * PART..count.min((part + 1) * PART) {
                    let pieces = pieces(own.fr(unit));
                    weights.push(weight(&pieces));
                    mine.clear();
                    mine.extend(
                        pieces.iter().filter(|piece| is_indexed(piece)).map(|piece| slot(piece.stem, slots)),
                    );
                    mine.sort_unstable();
                    mine.dedup();
                    found.extend(mine.iter().map(|slot| (*slot, unit as u32)));
                }
                (weights, found)
            })
            .collect();
        let mut starts = vec![0u32; slots + 1];
        for (_, found) in &parts {
            for (slot, _) in found {
                starts[*slot as usize + 1] += 1;
            }
        }
        for slot in 0..slots {
            starts[slot + 1] += starts[slot];
        }
        let mut next = starts.clone();
        let mut units = vec![0u32; starts[slots] as usize];
        for (weights, found) in parts {
            memory.weights.extend(weights);
            for (slot, unit) in found {
                let at = &mut next[slot as usize];
                units[*at as usize] = unit;
                *at += 1;
            }
        }
        memory.slots = starts;
        memory.units = units;
        memory
    }
}

/// Units whose words one task takes.
const PART: usize = 4096;

/// What comes of a task: the weight of each unit, and slots with units that have them.
type Part = (Vec<u32>, Vec<(u32, u32)>);

impl<T> Memory<T> {
    /// How many different units it holds.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    fn fr(&self, unit: usize) -> &str {
        &self.texts[self.starts[2 * unit]..self.starts[2 * unit + 1]]
    }

    fn en(&self, unit: usize) -> &str {
        &self.texts[self.starts[2 * unit + 1]..self.starts[2 * unit + 2]]
    }

    /// The `most` units whose French is likest to `fr`, with a score of `least` or more, best first; of equals those
    /// added first. `wanted` may refuse units.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::memory::MemoryBuilder;
    /// let mut builder = MemoryBuilder::default();
    /// builder.add("Le maire de la ville a démissionné lundi.", "The city’s mayor resigned on Monday.", 7);
    /// builder.add("Il pleut.", "It’s raining.", 8);
    /// let memory = builder.finish();
    /// let found = memory.find("Le maire de la ville a démissionné mardi.", 60, 3, |_| true);
    /// assert_eq!((found.len(), *found[0].known), (1, 7));
    /// assert!(found[0].likeness.score > 80);
    /// ```
    pub fn find(
        &self,
        fr: &str,
        least: u8,
        most: usize,
        wanted: impl Fn(&T) -> bool,
    ) -> Vec<Remembered<'_, T>> {
        let asked = pieces(fr);
        let folded = fold(fr);
        let mut found: Vec<(Likeness, u32)> = Vec::new();
        for (bound, unit) in self.candidates(&asked, least) {
            // Best first: what comes now is worse than the worst of those that stay.
            if found.len() >= most && found[most - 1].0.score > bound {
                break;
            }
            if !wanted(&self.known[unit as usize]) {
                continue;
            }
            let own = self.fr(unit as usize);
            let likeness = match fold(own) == folded {
                true => Likeness { score: 100, sort: Sort::Exact },
                false => of_pieces(&asked, &pieces(own)),
            };
            if likeness.score >= least {
                let place = found.partition_point(|(other, before)| {
                    other.score > likeness.score || (other.score == likeness.score && *before < unit)
                });
                found.insert(place, (likeness, unit));
                found.truncate(most);
            }
        }
        found
            .into_iter()
            .map(|(likeness, unit)| {
                let unit = unit as usize;
                let (fr, en) = (self.fr(unit), self.en(unit));
                Remembered { likeness, fr, en, known: &self.known[unit], times: self.times[unit] }
            })
            .collect()
    }

    /// Units that may have a score of `least`, with the score that they may have at most, best first.
    fn candidates(&self, asked: &[Piece], least: u8) -> Vec<(u8, u32)> {
        if self.units.is_empty() {
            return Vec::new();
        }
        let whole = weight(asked);
        let mut slots: Vec<(u32, u32)> = Vec::new();
        for piece in asked.iter().filter(|piece| is_indexed(piece)) {
            let slot = slot(piece.stem, self.slots.len() - 1);
            match slots.iter_mut().find(|(known, _)| *known == slot) {
                Some((_, weight)) => *weight += piece.weight,
                None => slots.push((slot, piece.weight)),
            }
        }
        let units_of = |slot: u32| {
            &self.units[self.slots[slot as usize] as usize..self.slots[slot as usize + 1] as usize]
        };
        slots.sort_by_key(|(slot, _)| (units_of(*slot).len(), *slot));
        let mut shared: Vec<u32> = vec![0; self.len()];
        let mut touched: Vec<u32> = Vec::new();
        // What the words not yet looked at, and the marks, may add.
        let mut rest = whole;
        for (slot, weight) in slots {
            if rest * 100 < u32::from(least) * whole {
                break;
            }
            for &unit in units_of(slot) {
                let own = &mut shared[unit as usize];
                if *own == 0 {
                    touched.push(unit);
                }
                *own += weight;
            }
            rest -= weight;
        }
        let mut all: Vec<(u8, u32)> = touched
            .into_iter()
            .filter_map(|unit| {
                let own = self.weights[unit as usize];
                let common = (shared[unit as usize] + rest).min(own).min(whole);
                let bound = (100 * common / own.max(whole).max(1)).min(100) as u8;
                (bound >= least).then_some((bound, unit))
            })
            .collect();
        let best_first = |(bound, unit): &(u8, u32)| (std::cmp::Reverse(*bound), *unit);
        if all.len() > COMPARED {
            all.select_nth_unstable_by_key(COMPARED, best_first);
            all.truncate(COMPARED);
        }
        all.sort_unstable_by_key(best_first);
        all
    }
}

/// Whether units are found by it: marks are in nearly all.
fn is_indexed(piece: &Piece) -> bool {
    piece.sort != PieceSort::Mark
}

fn slot(stem: u64, slots: usize) -> u32 {
    // The upper bits: the hash ends in a multiplication.
    ((stem.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & (slots - 1)) as u32
}

/// For keys that are hashes already.
#[derive(Clone, Copy, Debug, Default)]
struct Hashed;

impl std::hash::BuildHasher for Hashed {
    type Hasher = Hash;

    fn build_hasher(&self) -> Hash {
        Hash(0)
    }
}

struct Hash(u64);

impl std::hash::Hasher for Hash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = word_hash(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::likeness;
    use super::*;

    fn memory(texts: &[&str]) -> Memory<usize> {
        let mut builder = MemoryBuilder::default();
        for (at, fr) in texts.iter().enumerate() {
            builder.add(fr, "English", at);
        }
        builder.finish()
    }

    #[test]
    fn the_best_come_first_and_the_same_is_remembered_once() {
        let memory = memory(&[
            "La ville a fermé deux écoles.",
            "La ville a fermé trois écoles.",
            "La ville a fermé deux écoles.",
            " ",
            "La nuit tombe.",
        ]);
        assert_eq!(memory.len(), 3);
        let found = memory.find("La ville a fermé deux écoles.", 60, 5, |_| true);
        let seen: Vec<_> =
            found.iter().map(|found| (found.likeness.score, *found.known, found.times)).collect();
        assert_eq!((seen[0], seen.len()), ((100, 0, 2), 2));
        assert_eq!(memory.find("La ville a fermé deux écoles.", 60, 5, |known| *known != 0)[0].known, &1);
        assert!(memory.find("?", 60, 5, |_| true).is_empty());
        assert!(MemoryBuilder::<()>::default().finish().find("Il pleut.", 1, 5, |_| true).is_empty());
    }

    proptest! {
        #[test]
        fn the_index_finds_what_comparing_all_finds(
            texts in prop::collection::vec("([a-c]{1,2} |12 |été ){1,6}[.?]", 0..20),
            asked in "([a-c]{1,2} |12 |été ){1,6}[.?]",
            // Two sentences of one small word have a third in common by their mark alone, which is not looked up.
            least in 34u8..100,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let memory = memory(&texts);
            let found: Vec<(u8, usize)> =
                memory.find(&asked, least, 4, |_| true).iter().map(|one| (one.likeness.score, *one.known)).collect();
            let mut all: Vec<(u8, usize)> = Vec::new();
            for (at, text) in texts.iter().enumerate() {
                let score = likeness(text, &asked).score;
                if score >= least && !texts[..at].contains(text) {
                    all.push((score, at));
                }
            }
            all.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
            all.truncate(4);
            prop_assert_eq!(found, all);
        }
    }
}
