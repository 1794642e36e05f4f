//! Which token of the old French is which of the new: exact sentences first, in order and moved, then
//! the words between them, then what was moved and changed as well.

use std::collections::HashMap;
use std::ops::Range;

use crate::bitext::{Segmentation, Unit};

use super::diff::{common, matched};
use super::sides::{Origins, Places, Side, tokens_of};
use super::token::{MARK, Token, Vocabulary, WORD};

/// The old units with French and the new text, as tokens, and what was found of one in the other.
pub(super) struct Matching {
    pub old: Side,
    pub new: Side,
    /// Where the new text's tokens stand in it.
    pub places: Places,
    /// The old sentences of each unit that has French; indexes into `old.sentences`.
    pub units: Vec<Range<usize>>,
    /// The unit of each old token.
    unit_of: Vec<u32>,
    /// For each new token, the old one that it is.
    pub from: Origins,
    /// For each new sentence, the unit one of whose sentences it is exactly.
    pub exact: Vec<Option<u32>>,
    /// What each unit weighs, and how much of that was found exactly.
    weights: Vec<(u32, u32)>,
    /// How many of the units are in the old text; those after them are orphans.
    in_text: usize,
}

/// The sentences of both sides as numbers, and which of the old ones were found as they are.
struct Keys {
    old: Vec<u32>,
    new: Vec<u32>,
    found: Vec<bool>,
}

/// How much of a unit and of a new sentence is in the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub unit: u32,
    pub mass: u32,
    /// The sum of the places of the matched tokens, by weight, for their middle.
    middle: u64,
}

impl Matching {
    /// Compares units with a new text: those with French, and then orphans, whose French is their `was`.
    pub(super) fn new(units: &[&Unit], orphans: &[&Unit], text: &str, segmentation: &Segmentation) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut old = Side::default();
        let mut ranges = Vec::with_capacity(units.len() + orphans.len());
        let mut unit_of = Vec::new();
        let mut weights = Vec::with_capacity(ranges.capacity());
        let french = units.iter().map(|unit| &unit.fr).chain(orphans.iter().map(|unit| &unit.more.was));
        for (index, sentences) in french.enumerate() {
            let from = (old.sentences.len(), old.tokens.len());
            for sentence in sentences {
                old.push(&mut vocabulary, sentence, |_| {});
            }
            ranges.push(from.0..old.sentences.len());
            unit_of.resize(old.tokens.len(), index as u32);
            weights.push((old.weight(&(from.1..old.tokens.len())), 0));
        }
        let mut new = Side::with_room(text.len());
        let mut places = Places::with_room(text.len());
        for sentence in segmentation.sentences() {
            let own = sentence.span.of(text);
            new.push(&mut vocabulary, own, |span| places.push(span.shifted(sentence.span.start)));
        }
        let mut matching = Matching {
            from: Origins::none(new.tokens.len()),
            exact: vec![None; new.sentences.len()],
            weights,
            in_text: units.len(),
            old,
            new,
            places,
            units: ranges,
            unit_of,
        };
        let mut sentences = matching.keys();
        let anchors = matching.in_order(&mut sentences);
        // A sentence that stands more often on one side than on the other waits for its neighbours' words.
        matching.moved_exactly(&mut sentences, true);
        matching.words_between(&anchors);
        matching.release();
        matching.moved_exactly(&mut sentences, false);
        matching.moved_and_changed();
        matching
    }

    /// The tokens of a unit.
    fn unit_tokens(&self, unit: usize) -> Range<usize> {
        let sentences = &self.units[unit];
        self.old.sentences[sentences.start].start..self.old.sentences[sentences.end - 1].end
    }

    fn sentences_in_text(&self) -> usize {
        self.units[..self.in_text].last().map_or(0, |sentences| sentences.end)
    }

    /// What a unit weighs.
    pub(super) fn unit_weight(&self, unit: usize) -> u32 {
        self.weights[unit].0
    }

    /// What a new sentence weighs.
    pub(super) fn sentence_weight(&self, sentence: usize) -> u32 {
        self.new.weight(&self.new.sentences[sentence])
    }

    /// The unit that a new token comes from.
    pub(super) fn owner(&self, token: usize) -> Option<u32> {
        self.from.get(token).map(|old| self.unit_of[old as usize])
    }

    fn pair_sentences(&mut self, old: usize, new: usize, unit: usize) {
        let from = self.old.sentences[old].clone();
        for (token, old) in self.new.sentences[new].clone().zip(from) {
            self.from.set(token, old);
        }
        self.exact[new] = Some(unit as u32);
        self.weights[unit].1 += self.new.weight(&self.new.sentences[new]);
    }

    /// Every sentence as a number: equal numbers, equal tokens.
    fn keys(&self) -> Keys {
        let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut key = |side: &Side, range: &Range<usize>| -> u32 {
            let ids: Vec<u32> = side.tokens[range.clone()].iter().map(|token| token.id).collect();
            let next = known.len() as u32;
            *known.entry(ids).or_insert(next)
        };
        let old: Vec<u32> = self.old.sentences.iter().map(|range| key(&self.old, range)).collect();
        let new = self.new.sentences.iter().map(|range| key(&self.new, range)).collect();
        Keys { found: vec![false; old.len()], old, new }
    }

    /// Pairs the sentences that are in both texts, in order.
    fn in_order(&mut self, keys: &mut Keys) -> Vec<(usize, usize)> {
        let pairs = common(&keys.old[..self.sentences_in_text()], &keys.new);
        let mut unit = 0;
        for &(i, j) in &pairs {
            while self.units[unit].end <= i {
                unit += 1;
            }
            keys.found[i] = true;
            self.pair_sentences(i, j, unit);
        }
        pairs
    }

    /// Finds units as they are in other places: a moved unit goes on where the one before it was found, else
    /// in the first of the places that its first sentence has.
    ///
    /// With `evenly`, only sentences that are left over equally often on both sides have such places.
    fn moved_exactly(&mut self, keys: &mut Keys, evenly: bool) {
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

    /// Whether nobody has anything of a new sentence.
    fn is_free(&self, sentence: usize) -> bool {
        self.exact[sentence].is_none()
            && self.new.sentences[sentence].clone().all(|token| self.from.get(token).is_none())
    }

    /// Compares the words of what stands between sentences that are in both texts.
    fn words_between(&mut self, anchors: &[(usize, usize)]) {
        let mut used = vec![false; self.old.tokens.len()];
        for old in self.from.iter() {
            used[old as usize] = true;
        }
        let mut from = (0, 0);
        let end = (self.sentences_in_text(), self.new.sentences.len());
        for &(i, j) in anchors.iter().chain([&end]) {
            let (old, new) = (tokens_of(&self.old, from.0..i), tokens_of(&self.new, from.1..j));
            let taken = |old: usize| used[old];
            let found = |token: usize| self.from.get(token).is_some();
            let pairs = if !old.clone().any(taken) && !new.clone().any(found) {
                // Most often all of it: a text of one long sentence has no second list of its words.
                let pairs = matched(&self.old.tokens[old.clone()], &self.new.tokens[new.clone()]);
                pairs.into_iter().map(|(o, n)| (old.start + o, new.start + n)).collect()
            } else {
                let old: Vec<usize> = old.filter(|&token| !taken(token)).collect();
                let new: Vec<usize> = new.filter(|&token| !found(token)).collect();
                let of = |side: &Side, places: &[usize]| -> Vec<Token> {
                    places.iter().map(|&place| side.tokens[place]).collect()
                };
                let pairs = matched(&of(&self.old, &old), &of(&self.new, &new));
                pairs.into_iter().map(|(o, n)| (old[o], new[n])).collect::<Vec<_>>()
            };
            for (old, new) in pairs {
                self.from.set(new, old);
            }
            from = (i + 1, j + 1);
        }
    }

    /// The tokens of a new sentence that are all of a unit, one after the other and unchanged.
    pub(super) fn whole_in(&self, unit: usize, sentence: usize) -> Option<Range<usize>> {
        let own = self.unit_tokens(unit);
        let tokens = self.new.sentences[sentence].clone();
        let start = tokens.clone().find(|&token| self.from.get(token) == Some(own.start as u32))?;
        let end = start + own.len();
        let is_same = |(token, old): (usize, usize)| {
            self.from.get(token) == Some(old as u32) && self.new.tokens[token].id == self.old.tokens[old].id
        };
        (end <= tokens.end && (start..end).zip(own).all(is_same)).then_some(start..end)
    }

    /// Whether a new token is the first of its unit, and whether it is the last.
    pub(super) fn at_edge(&self, token: usize) -> (bool, bool) {
        let Some(old) = self.from.get(token) else { return (false, false) };
        let own = self.unit_tokens(self.unit_of[old as usize] as usize);
        (own.start == old as usize, own.end == old as usize + 1)
    }

    /// The units that a new sentence has tokens of, in the order of their middles.
    pub(super) fn shares(&self, sentence: usize) -> Vec<Share> {
        let mut shares: Vec<Share> = Vec::new();
        for token in self.new.sentences[sentence].clone() {
            let Some(unit) = self.owner(token) else { continue };
            let weight = self.new.tokens[token].weight();
            let place = token as u64 * u64::from(weight);
            match shares.iter_mut().find(|share| share.unit == unit) {
                Some(share) => {
                    share.mass += weight;
                    share.middle += place;
                }
                None => shares.push(Share { unit, mass: weight, middle: place }),
            }
        }
        shares.sort_by(|a, b| {
            let (left, right) = (a.middle * u64::from(b.mass), b.middle * u64::from(a.mass));
            left.cmp(&right).then(a.unit.cmp(&b.unit))
        });
        shares
    }

    /// Whether a share is more than a few words that happen to be alike.
    fn is_real(&self, share: &Share, sentence: usize) -> bool {
        let mass = share.mass as f64;
        let (whole, exact) = self.weights[share.unit as usize];
        let of_unit = mass / f64::from(whole - exact);
        let of_sentence = mass / f64::from(self.sentence_weight(sentence));
        of_unit >= 0.4 || (of_sentence >= 0.65 && share.mass >= 2 * WORD)
    }

    /// Gives free the tokens that were matched by chance.
    fn release(&mut self) {
        for sentence in 0..self.new.sentences.len() {
            if self.exact[sentence].is_some() {
                continue;
            }
            for share in self.shares(sentence) {
                if !self.is_real(&share, sentence) {
                    self.give_up(share.unit as usize, sentence..sentence + 1);
                }
            }
        }
    }

    /// Looks for the units that were not found among the sentences that nobody has: the likest first.
    fn moved_and_changed(&mut self) {
        let mut kept = vec![0_u32; self.units.len()];
        // The first and last new sentence of each unit.
        let mut at: Vec<Option<(usize, usize)>> = vec![None; self.units.len()];
        let mut free = Vec::new();
        for sentence in 0..self.new.sentences.len() {
            let mut owned = 0;
            let mut hold = |unit: usize| {
                at[unit] = Some((at[unit].map_or(sentence, |(first, _)| first), sentence));
            };
            if let Some(unit) = self.exact[sentence] {
                hold(unit as usize);
                continue;
            }
            for token in self.new.sentences[sentence].clone() {
                if let Some(unit) = self.owner(token) {
                    kept[unit as usize] += self.new.tokens[token].weight();
                    owned += self.new.tokens[token].weight();
                    hold(unit as usize);
                }
            }
            let rest = self.sentence_weight(sentence) - owned;
            if owned < rest || rest >= WORD {
                free.push(sentence);
            }
        }
        let lost: Vec<usize> = (0..self.units.len())
            .filter(|&unit| self.weights[unit].1 == 0 && kept[unit] * 4 < self.unit_weight(unit) * 3)
            .collect();
        if free.is_empty() || lost.is_empty() {
            return;
        }
        let index = self.families_of(&free);
        let mut found: Vec<(u32, usize, usize)> = Vec::new();
        for &unit in &lost {
            let mut candidates = self.candidates(unit, &index);
            let beside = if unit < self.in_text { self.beside(unit, &at) } else { [None, None] };
            candidates.extend(beside.into_iter().flatten().filter(|place| free.binary_search(place).is_ok()));
            candidates.sort_unstable();
            candidates.dedup();
            for sentence in candidates {
                let neighbours = beside.iter().filter(|place| **place == Some(sentence)).count();
                // What was found in its own place is given up only for something much likelier.
                let own = 1000 * kept[unit] / self.unit_weight(unit).max(1);
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
            let pairs = self.compare(unit, sentence);
            let mass: u32 = pairs.iter().map(|&(_, new)| self.new.tokens[new].weight()).sum();
            if mass * 5 < self.unit_weight(unit).min(self.sentence_weight(sentence)) * 2 || mass <= kept[unit]
            {
                settled[unit] = false;
                continue;
            }
            if let Some((first, last)) = at[unit] {
                self.give_up(unit, first..last + 1);
            }
            for (old, new) in pairs {
                self.from.set(new, old);
            }
        }
    }

    /// Forgets what was found of a unit in these new sentences.
    fn give_up(&mut self, unit: usize, sentences: Range<usize>) {
        for token in tokens_of(&self.new, sentences) {
            if self.owner(token) == Some(unit as u32) {
                self.from.forget(token);
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
            None => self.new.sentences.len().checked_sub(1),
        };
        [follows, precedes]
    }

    /// For each family of words, the sentences among `free` that have it.
    fn families_of(&self, free: &[usize]) -> HashMap<u32, Vec<u32>> {
        let mut index: HashMap<u32, Vec<u32>> = HashMap::new();
        for &sentence in free {
            for token in &self.new.tokens[self.new.sentences[sentence].clone()] {
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

    /// The pairs of a unit's tokens and a sentence's free ones.
    fn compare(&self, unit: usize, sentence: usize) -> Vec<(usize, usize)> {
        let old = self.unit_tokens(unit);
        let new: Vec<usize> =
            self.new.sentences[sentence].clone().filter(|&token| self.from.get(token).is_none()).collect();
        let free: Vec<Token> = new.iter().map(|&token| self.new.tokens[token]).collect();
        let pairs = matched(&self.old.tokens[old.clone()], &free);
        pairs.into_iter().map(|(o, n)| (old.start + o, new[n])).collect()
    }

    /// How like a unit and a sentence are, in thousandths, if they are like enough for where they stand.
    fn likeness(&self, unit: usize, sentence: usize, neighbours: usize) -> Option<u32> {
        let weight = |token: usize| self.new.tokens[token].weight();
        let pairs = self.compare(unit, sentence);
        let mass: u32 = pairs.iter().map(|&(_, new)| weight(new)).sum();
        // All of it, at an edge of the sentence: it was put together with its neighbour there.
        let tokens = &self.new.sentences[sentence];
        let is_run = pairs.windows(2).all(|two| two[1].1 == two[0].1 + 1)
            && pairs.iter().all(|&(old, new)| self.old.tokens[old].id == self.new.tokens[new].id)
            && pairs.len() == self.unit_tokens(unit).len();
        let at_edge = pairs.first().is_some_and(|first| first.1 == tokens.start)
            || pairs.last().is_some_and(|last| last.1 + 1 == tokens.end);
        if is_run && at_edge && mass >= WORD {
            return Some(900);
        }
        let of_unit = self.unit_weight(unit);
        let free = self.new.sentences[sentence].clone().filter(|&token| self.from.get(token).is_none());
        let of_sentence: u32 = free.map(weight).sum();
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

/// How many places are tried for one unit.
const CANDIDATES: usize = 12;
/// How many of a unit's rarest words are looked up.
const RAREST: usize = 12;
/// Words that stand in more free sentences than this find nothing.
const COMMON: usize = 400;
