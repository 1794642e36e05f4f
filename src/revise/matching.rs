//! Which token of the old French is which of the new: exact sentences first, in order and moved, then
//! the words between them, then what was moved and changed as well (see `moved`).

use std::collections::HashMap;
use std::ops::Range;

use crate::bitext::{Segmentation, Unit};

use super::diff::{common, matched};
use super::sides::{Origins, Places, Side};
use super::token::{Token, Vocabulary, WORD};

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
    pub in_text: usize,
}

/// The sentences of both sides as numbers, and which of the old ones were found as they are.
pub(super) struct Keys {
    pub old: Vec<u32>,
    pub new: Vec<u32>,
    pub found: Vec<bool>,
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
    ///
    /// `held` says of each of these whether a person gave it anything.
    pub(super) fn new(
        units: &[&Unit],
        orphans: &[&Unit],
        held: &[bool],
        text: &str,
        segmentation: &Segmentation,
    ) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut old = Side::default();
        let mut ranges = Vec::with_capacity(units.len() + orphans.len());
        let mut unit_of = Vec::new();
        let mut weights = Vec::with_capacity(ranges.capacity());
        let french = units.iter().map(|unit| &unit.fr).chain(orphans.iter().map(|unit| &unit.more.was));
        for (index, sentences) in french.enumerate() {
            let from = (old.len(), old.tokens.len());
            for sentence in sentences {
                old.push(&mut vocabulary, sentence, |_| {});
            }
            ranges.push(from.0..old.len());
            unit_of.resize(old.tokens.len(), index as u32);
            weights.push((old.weight(from.1..old.tokens.len()), 0));
        }
        let mut new = Side::with_room(text.len());
        let mut places = Places::with_room(text.len());
        for sentence in segmentation.sentences() {
            let own = sentence.span.of(text);
            new.push(&mut vocabulary, own, |span| places.push(sentence.span.start + span.start));
        }
        let mut matching = Matching {
            from: Origins::none(new.tokens.len()),
            exact: vec![None; new.len()],
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
        matching.make_way(held);
        matching.moved_and_changed();
        matching
    }

    /// The tokens of a unit.
    pub(super) fn unit_tokens(&self, unit: usize) -> Range<usize> {
        self.old.tokens_of(self.units[unit].clone())
    }

    fn sentences_in_text(&self) -> usize {
        self.units[..self.in_text].last().map_or(0, |sentences| sentences.end)
    }

    /// Whether a sentence of the unit was found as it is.
    pub(super) fn has_exact(&self, unit: usize) -> bool {
        self.weights[unit].1 > 0
    }

    /// What a unit weighs.
    pub(super) fn unit_weight(&self, unit: usize) -> u32 {
        self.weights[unit].0
    }

    /// What a new sentence weighs.
    pub(super) fn sentence_weight(&self, sentence: usize) -> u32 {
        self.new.weight(self.new.sentence(sentence))
    }

    /// The unit that a new token comes from.
    pub(super) fn owner(&self, token: usize) -> Option<u32> {
        self.from.get(token).map(|old| self.unit_of[old as usize])
    }

    pub(super) fn pair_sentences(&mut self, old: usize, new: usize, unit: usize) {
        let from = self.old.sentence(old);
        for (token, old) in self.new.sentence(new).zip(from) {
            self.from.set(token, old);
        }
        self.exact[new] = Some(unit as u32);
        self.weights[unit].1 += self.new.weight(self.new.sentence(new));
    }

    /// Every sentence as a number: equal numbers, equal tokens.
    fn keys(&self) -> Keys {
        let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut keys = |side: &Side| -> Vec<u32> {
            let mut key = |sentence: usize| {
                let ids = side.tokens[side.sentence(sentence)].iter().map(|token| token.id).collect();
                let next = known.len() as u32;
                *known.entry(ids).or_insert(next)
            };
            (0..side.len()).map(&mut key).collect()
        };
        let (old, new) = (keys(&self.old), keys(&self.new));
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

    /// Whether nobody has anything of a new sentence.
    pub(super) fn is_free(&self, sentence: usize) -> bool {
        self.exact[sentence].is_none()
            && self.new.sentence(sentence).all(|token| self.from.get(token).is_none())
    }

    /// Compares the words of what stands between sentences that are in both texts.
    fn words_between(&mut self, anchors: &[(usize, usize)]) {
        let mut used = vec![false; self.old.tokens.len()];
        for old in self.from.iter() {
            used[old as usize] = true;
        }
        let mut from = (0, 0);
        let end = (self.sentences_in_text(), self.new.len());
        for &(i, j) in anchors.iter().chain([&end]) {
            let (old, new) = (self.old.tokens_of(from.0..i), self.new.tokens_of(from.1..j));
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
        let tokens = self.new.sentence(sentence);
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
        for token in self.new.sentence(sentence) {
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
        for sentence in 0..self.new.len() {
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

    /// Forgets what was found of a unit in these new sentences.
    pub(super) fn give_up(&mut self, unit: usize, sentences: Range<usize>) {
        for token in self.new.tokens_of(sentences) {
            if self.owner(token) == Some(unit as u32) {
                self.from.forget(token);
            }
        }
    }
}
