//! Units in other places than before: as they are, or changed as well.

use std::collections::HashMap;

use super::diff::matched;
use super::matching::{Keys, Matching};
use super::token::{MARK, Token, WORD};

/// What was found of the units so far.
struct Found {
    /// What the words of each unit weigh that were found in sentences that are not exactly its own.
    kept: Vec<u32>,
    /// The first and last new sentence of each unit.
    at: Vec<Option<(usize, usize)>>,
}

impl Matching {
    /// Finds units as they are in other places: a moved unit goes on where the one before it was found, else
    /// in the first of the places that its first sentence has.
    ///
    /// With `evenly`, only sentences that are left over equally often on both sides have such places.
    pub(super) fn moved_exactly(&mut self, keys: &mut Keys, evenly: bool) {
        let mut used = vec![false; self.units.len()];
        for unit in (0..self.new.tokens.len()).filter_map(|token| self.owner(token)) {
            used[unit as usize] = true;
        }
        // Where each sentence that is not yet spoken for stands in the new text, last first.
        let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
        for (j, key) in keys.new.iter().enumerate().rev() {
            if self.is_free(j) {
                places.entry(*key).or_default().push(j);
            }
        }
        if evenly {
            let mut often: HashMap<u32, usize> = HashMap::new();
            for (i, key) in keys.old.iter().enumerate() {
                *often.entry(*key).or_default() += usize::from(!keys.found[i]);
            }
            places.retain(|key, places| often.get(key) == Some(&places.len()));
        }
        let mut expected = None;
        for (unit, used) in used.into_iter().enumerate() {
            let own = self.units[unit].clone();
            if used || own.clone().any(|i| keys.found[i]) {
                expected = None;
                continue;
            }
            let fits = |matching: &Self, j: usize| {
                own.clone()
                    .enumerate()
                    .all(|(nth, i)| keys.new.get(j + nth) == Some(&keys.old[i]) && matching.is_free(j + nth))
            };
            let next = expected.filter(|&j| fits(self, j)).or_else(|| {
                let free = places.get(&keys.old[own.start])?;
                free.iter().rev().copied().take(CANDIDATES).find(|&j| fits(self, j))
            });
            expected = next.map(|j| j + own.len());
            if let Some(j) = next {
                for (nth, i) in own.clone().enumerate() {
                    self.pair_sentences(i, j + nth, unit);
                    keys.found[i] = true;
                    if let Some(list) = places.get_mut(&keys.old[i]) {
                        list.retain(|&place| place != j + nth);
                    }
                }
            }
        }
    }

    /// What was found of the units so far.
    fn found(&self) -> Found {
        let mut found = Found { kept: vec![0; self.units.len()], at: vec![None; self.units.len()] };
        for sentence in 0..self.new.len() {
            let mut hold = |unit: usize, mass: u32| {
                found.kept[unit] += mass;
                found.at[unit] = Some((found.at[unit].map_or(sentence, |(first, _)| first), sentence));
            };
            if let Some(unit) = self.exact[sentence] {
                hold(unit as usize, 0);
                continue;
            }
            for token in self.new.sentence(sentence) {
                if let Some(unit) = self.owner(token) {
                    hold(unit as usize, self.new.tokens[token].weight());
                }
            }
        }
        found
    }

    /// The units of which nothing was found as it is, and less than three quarters otherwise.
    fn lost(&self, found: &Found) -> Vec<usize> {
        let is_lost =
            |&unit: &usize| !self.has_exact(unit) && found.kept[unit] * 4 < self.unit_weight(unit) * 3;
        (0..self.units.len()).filter(is_lost).collect()
    }

    /// Gives free the sentences that only units without anything of a person's have, by their words, where one
    /// that a person gave something is lost and much liker: else that unit would be an orphan beside its sentence.
    pub(super) fn make_way(&mut self, held: &[bool]) {
        let so_far = self.found();
        let mut lost = self.lost(&so_far);
        lost.retain(|&unit| held[unit] && so_far.at[unit].is_none());
        if lost.is_empty() {
            return;
        }
        let yields = |&sentence: &usize| {
            let mut owners = self.new.sentence(sentence).filter_map(|token| self.owner(token)).peekable();
            self.exact[sentence].is_none()
                && owners.peek().is_some()
                && !owners.any(|unit| held[unit as usize])
        };
        let yielding: Vec<usize> = (0..self.new.len()).filter(yields).collect();
        let index = self.families_of(&yielding);
        for unit in lost {
            for sentence in self.candidates(unit, &index) {
                let like = |unit: usize, mass: u32| {
                    thousandths(2 * mass, self.unit_weight(unit) + self.sentence_weight(sentence))
                };
                let shares = self.shares(sentence);
                let theirs = shares.iter().map(|share| like(share.unit as usize, share.mass)).max();
                let own = like(unit, self.mass_of(&self.compare(unit, self.new.sentence(sentence))));
                if own >= ALIKE.max(theirs.unwrap_or(0) + MUCH) {
                    for share in shares {
                        self.give_up(share.unit as usize, sentence..sentence + 1);
                    }
                }
            }
        }
    }

    /// A sentence's tokens that nobody has.
    fn free_tokens(&self, sentence: usize) -> impl Iterator<Item = usize> + '_ {
        self.new.sentence(sentence).filter(|&token| self.from.get(token).is_none())
    }

    /// What these new tokens weigh.
    fn weight_of(&self, tokens: impl Iterator<Item = usize>) -> u32 {
        tokens.map(|token| self.new.tokens[token].weight()).sum()
    }

    /// The sentences that are no unit's as they are, and of which nobody has most, or so much as a word.
    fn free_sentences(&self) -> Vec<usize> {
        let is_free = |&sentence: &usize| {
            let rest = self.weight_of(self.free_tokens(sentence));
            self.exact[sentence].is_none() && (2 * rest > self.sentence_weight(sentence) || rest >= WORD)
        };
        (0..self.new.len()).filter(is_free).collect()
    }

    /// Looks for the units that were not found among the sentences that nobody has: the likest first.
    pub(super) fn moved_and_changed(&mut self) {
        let free = self.free_sentences();
        let so_far = self.found();
        let lost = self.lost(&so_far);
        if free.is_empty() || lost.is_empty() {
            return;
        }
        let index = self.families_of(&free);
        let mut found: Vec<(u32, usize, usize)> = Vec::new();
        for &unit in &lost {
            let mut candidates = self.candidates(unit, &index);
            let beside = if unit < self.in_text { self.beside(unit, &so_far.at) } else { [None, None] };
            candidates.extend(beside.into_iter().flatten().filter(|place| free.binary_search(place).is_ok()));
            candidates.sort_unstable();
            candidates.dedup();
            for sentence in candidates {
                let neighbours = beside.iter().filter(|place| **place == Some(sentence)).count();
                // What was found in its own place is given up only for something much likelier.
                let own = thousandths(so_far.kept[unit], self.unit_weight(unit));
                let least = if own < 400 { 0 } else { own + 250 };
                let likeness = self.likeness(unit, sentence, neighbours);
                found.extend(
                    likeness.filter(|&likeness| likeness >= least).map(|like| (like, unit, sentence)),
                );
            }
        }
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut settled = vec![false; self.units.len()];
        for (_, unit, sentence) in found {
            if std::mem::replace(&mut settled[unit], true) {
                continue;
            }
            // Others may have taken words of the sentence since.
            let pairs = self.compare(unit, self.free_tokens(sentence));
            let mass = self.mass_of(&pairs);
            if mass * 5 < self.unit_weight(unit).min(self.sentence_weight(sentence)) * 2
                || mass <= so_far.kept[unit]
            {
                settled[unit] = false;
                continue;
            }
            if let Some((first, last)) = so_far.at[unit] {
                self.give_up(unit, first..last + 1);
            }
            for (old, new) in pairs {
                self.from.set(new, old);
            }
        }
    }

    /// Where a unit would stand if it followed the unit before it, and if the one after followed it.
    fn beside(&self, unit: usize, at: &[Option<(usize, usize)>]) -> [Option<usize>; 2] {
        let follows = match unit.checked_sub(1) {
            Some(before) => at[before].map(|(_, last)| last + 1),
            None => Some(0),
        };
        let precedes = match at[..self.in_text].get(unit + 1) {
            Some(after) => after.and_then(|(first, _)| first.checked_sub(1)),
            None => self.new.len().checked_sub(1),
        };
        [follows, precedes]
    }

    /// For each family of words, the sentences among `free` that have it.
    fn families_of(&self, free: &[usize]) -> HashMap<u32, Vec<u32>> {
        let mut index: HashMap<u32, Vec<u32>> = HashMap::new();
        for &sentence in free {
            for token in &self.new.tokens[self.new.sentence(sentence)] {
                if token.weight() > MARK {
                    let list = index.entry(token.family()).or_default();
                    if list.last() != Some(&(sentence as u32)) {
                        list.push(sentence as u32);
                    }
                }
            }
        }
        index
    }

    /// The sentences that have most of a unit's words in them, by way of its rarest words.
    fn candidates(&self, unit: usize, index: &HashMap<u32, Vec<u32>>) -> Vec<usize> {
        let mut lists: Vec<&Vec<u32>> = self.old.tokens[self.unit_tokens(unit)]
            .iter()
            .filter_map(|token| index.get(&token.family()))
            .collect();
        lists.sort_by_key(|list| list.len());
        let mut votes: HashMap<u32, usize> = HashMap::new();
        for list in lists.into_iter().filter(|list| list.len() <= COMMON).take(RAREST) {
            for sentence in list {
                *votes.entry(*sentence).or_default() += 1;
            }
        }
        let mut ranked: Vec<(u32, usize)> = votes.into_iter().collect();
        ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(CANDIDATES).map(|(sentence, _)| sentence as usize).collect()
    }

    /// What the new tokens of these pairs weigh.
    fn mass_of(&self, pairs: &[(usize, usize)]) -> u32 {
        self.weight_of(pairs.iter().map(|&(_, new)| new))
    }

    /// The pairs of a unit's tokens and these new ones.
    fn compare(&self, unit: usize, tokens: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
        let old = self.unit_tokens(unit);
        let new: Vec<usize> = tokens.collect();
        let tokens: Vec<Token> = new.iter().map(|&token| self.new.tokens[token]).collect();
        let pairs = matched(&self.old.tokens[old.clone()], &tokens);
        pairs.into_iter().map(|(o, n)| (old.start + o, new[n])).collect()
    }

    /// How like a unit and a sentence are, in thousandths, if they are like enough for where they stand.
    fn likeness(&self, unit: usize, sentence: usize, neighbours: usize) -> Option<u32> {
        let pairs = self.compare(unit, self.free_tokens(sentence));
        let mass = self.mass_of(&pairs);
        // All of it, at an edge of the sentence: it was put together with its neighbour there.
        let tokens = self.new.sentence(sentence);
        let is_run = pairs.windows(2).all(|two| two[1].1 == two[0].1 + 1)
            && pairs.iter().all(|&(old, new)| self.old.tokens[old].id == self.new.tokens[new].id)
            && pairs.len() == self.unit_tokens(unit).len();
        let at_edge = pairs.first().is_some_and(|first| first.1 == tokens.start)
            || pairs.last().is_some_and(|last| last.1 + 1 == tokens.end);
        if is_run && at_edge && mass >= WORD {
            return Some(900);
        }
        let of_unit = self.unit_weight(unit);
        let of_sentence = self.weight_of(self.free_tokens(sentence));
        let both = (2000 * mass).checked_div(of_unit + of_sentence)?;
        // A part cut out of a longer sentence, or a sentence that grew, is like it as a whole.
        let inside = (1000 * mass).checked_div(of_unit.min(of_sentence))?;
        let all_of_it = inside >= 950 && 2 * mass >= 5 * WORD;
        let enough = match neighbours {
            _ if unit >= self.in_text => both >= 600,
            2 => both >= 250,
            1 => both >= 300 || all_of_it || (inside >= 750 && mass >= 3 * WORD),
            _ => both >= 450 || all_of_it || (inside >= 750 && mass >= 4 * WORD),
        };
        enough.then_some(both.max(inside * 3 / 4) + 50 * neighbours as u32)
    }
}

/// How much of it a part is, in thousandths; a unit may have more words than can be counted a thousandfold.
fn thousandths(part: u32, whole: u32) -> u32 {
    (1000 * u64::from(part) / u64::from(whole).max(1)) as u32
}

/// How many places are tried for one unit.
const CANDIDATES: usize = 12;
/// How many of a unit's rarest words are looked up.
const RAREST: usize = 12;
/// Words that stand in more free sentences than this find nothing.
const COMMON: usize = 400;
/// From here a unit and a sentence are alike wherever they stand, in thousandths.
const ALIKE: u32 = 600;
/// By so many thousandths a unit must be liker than those that have a sentence, to get it.
const MUCH: u32 = 250;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_half_a_million_words_a_part_is_counted_as_of_a_few() {
        assert_eq!(thousandths(4_500_000, 6_000_000), 750);
        assert_eq!([thousandths(3, 4), thousandths(1, 3), thousandths(0, 0)], [750, 333, 0]);
    }
}
