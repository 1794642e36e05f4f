//! Some source words at their counting: with which target words they may be linked, and how often they are.
//!
//! A text has millions of cells: places where a source word and a target word stand in one bead. They are gone through word by word,
//! in a row by target word; held are only those of the pairs that are left when most have come to nothing (`cells.rs`).

use std::ops::Range;

use super::cells::{Cell, Cells};
use super::learn::{Examples, Found, Prior};
use super::pool::push;
use super::table::{Occurrences, Rarity, Related, Share, discounted};
use super::tuning::Tuning;

/// What is counted.
#[derive(Clone, Copy)]
pub(super) struct Counting<'c> {
    pub examples: &'c Examples,
    pub found: &'c Found,
    pub prior: Prior<'c>,
    pub occurrences: &'c Occurrences,
    pub rarity: Rarity,
    pub tuning: &'c Tuning,
}

/// Some source words, and the words that they may be linked with.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The first of the words.
    from: usize,
    /// For each of the words: what its links leave of it, and where its pairs end.
    pub shares: Vec<Share>,
    ends: Vec<u32>,
    /// The target words that each may be linked with, in order, word by word: a pair, with its links.
    pairs: Vec<(u32, f32)>,
    /// Where the words of the pairs stand together, once most pairs are gone.
    cells: Option<Cells>,
}

/// How much likelier than by chance the words of a pair stand beside each other.
#[derive(Clone, Copy, Debug, Default)]
struct Ratio {
    forward: f32,
    backward: f32,
}

/// Room for one source word at a time.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// By target word, zero where it is not in use: how many beads it stands in beside the source word, or the place of their
    /// pair among those of the source word, from 1.
    seen: Vec<u32>,
    /// The pairs of the source word, from place 1: how much likelier than by chance each is, forward; or as it is counted. At
    /// place 0 stands none, for the words that are in no pair.
    likely: Vec<f32>,
    pairs: Vec<Counted>,
    /// Where they stand in one bead.
    cells: Vec<Cell>,
}

/// A pair as it is counted.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    /// How much likelier than by chance it is, backward, and the root of both directions.
    backward: f32,
    root: f32,
    count: f32,
}

impl Row {
    /// With room for so many target words.
    fn sized(&mut self, targets: usize) -> &mut Row {
        if self.seen.len() < targets {
            self.seen.resize(targets, 0);
        }
        self
    }
}

/// Counts the pairs of a word by its cells in one of its beads.
fn count_cells(bead: u32, cells: &[Cell], sums: &[f32], of: Counting<'_>, pairs: &mut [Counted]) {
    let backward = cells.iter().map(|cell| pairs[cell.1 as usize].backward);
    let all = backward.fold(of.tuning.null, |sum, one| sum + one);
    let weight = of.examples.weight(bead) / all.sqrt();
    let sums = &sums[of.examples.targets(bead)];
    for &(place, pair) in cells {
        let pair = &mut pairs[pair as usize];
        pair.count += weight * pair.root * sums[place as usize];
    }
}

/// Counts the pairs of a word, whose places are `seen` by target word, by all words of its beads.
fn count_rows(beads: &[u32], sums: &[f32], of: Counting<'_>, seen: &[u32], pairs: &mut [Counted]) {
    for &bead in beads {
        let places = of.examples.targets(bead);
        let words = &of.examples.target[places.clone()];
        let all =
            words.iter().fold(of.tuning.null, |sum, &t| sum + pairs[seen[t as usize] as usize].backward);
        let weight = of.examples.weight(bead) / all.sqrt();
        for (&t, sum) in words.iter().zip(&sums[places]) {
            let pair = &mut pairs[seen[t as usize] as usize];
            pair.count += weight * pair.root * sum;
        }
    }
}

impl Part {
    /// The pairs of a word, by its place among these words.
    fn of(&self, at: usize) -> Range<usize> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        start as usize..self.ends[at] as usize
    }

    /// The words that have pairs, each with these.
    fn words(&self) -> impl Iterator<Item = (usize, Range<usize>)> + use<'_> {
        let all = (0..self.ends.len()).map(|at| (self.from + at, self.of(at)));
        all.filter(|(_, pairs)| !pairs.is_empty())
    }

    /// All pairs, each with its source word.
    fn each(&self) -> impl Iterator<Item = (usize, usize)> + use<'_> {
        self.words().flat_map(|(word, pairs)| pairs.map(move |pair| (word, pair)))
    }

    /// All pairs as words, with their links.
    pub fn links(&self) -> impl Iterator<Item = (u32, u32, f32)> + use<'_> {
        self.each().map(|(word, pair)| (word as u32, self.pairs[pair].0, self.pairs[pair].1))
    }

    /// Finds the pairs of the source words `from..to`: those of the prior, and those that meet in a bead oftener than by chance
    /// and in no small share of the rarer word's, where there is much text oftener than once too (`meets`: how many beads a
    /// target word stands in).
    pub fn fill(
        &mut self,
        (from, to): (usize, usize),
        Counting { examples, found, prior, tuning, .. }: Counting<'_>,
        meets: &[f32],
        row: &mut Row,
    ) {
        let beads = examples.len();
        let (least, above) = if beads > tuning.much { (2.0, tuning.above) } else { (1.0, 0.0) };
        self.from = from;
        self.shares.clear();
        self.shares.resize(to - from, Share::default());
        self.ends.clear();
        self.pairs.clear();
        self.cells = None;
        let seen = &mut row.sized(meets.len()).seen;
        let mut touched: Vec<u32> = Vec::new();
        let mut prior = prior.from(from).peekable();
        let mut known: Vec<(u32, f32)> = Vec::new();
        for s in from..to {
            let own = found.of(s);
            known.clear();
            known.extend(std::iter::from_fn(|| prior.next_if(|p| p.0 as usize == s)).map(|p| (p.1, p.2)));
            if own.len() as f32 >= least {
                for &bead in own {
                    for &t in &examples.target[examples.targets(bead)] {
                        if seen[t as usize] == 0 {
                            touched.push(t);
                        }
                        seen[t as usize] += 1;
                    }
                }
            }
            let by_chance = own.len() as f32 / beads as f32;
            touched.retain(|&t| {
                let (met, all) = (std::mem::take(&mut seen[t as usize]) as f32, meets[t as usize]);
                let chance = all * by_chance;
                let rarer = all.min(own.len() as f32);
                met >= least && met >= chance + above * chance.sqrt() && met >= tuning.meeting * rarer
            });
            touched.extend(known.iter().map(|p| p.0));
            touched.sort_unstable();
            touched.dedup();
            let mut listed = known.iter().peekable();
            for t in touched.drain(..) {
                push(&mut self.pairs, (t, listed.next_if(|p| p.0 == t).map_or(0.0, |p| p.1)));
            }
            self.ends.push(self.pairs.len() as u32);
        }
        self.pairs.shrink_to_fit();
    }

    /// Sums the links of each word; adds those of target words in `targets`, after and before the discount.
    pub fn sum(&mut self, Counting { occurrences, tuning, .. }: Counting<'_>, targets: &mut [[f32; 2]]) {
        for at in 0..self.shares.len() {
            let mut sums = [0f32; 2];
            for pair in self.of(at) {
                let (t, count) = self.pairs[pair];
                let linked = discounted(count, tuning);
                let target = &mut targets[t as usize];
                sums[0] += linked;
                sums[1] += count;
                target[0] += linked;
                target[1] += count;
            }
            self.shares[at] = Share::new(occurrences.source[self.from + at], sums, tuning);
        }
    }

    /// The ratio of a pair by its links alone, what is loose not counted.
    fn bound(&self, word: usize, pair: usize, targets: &[Share], of: Counting<'_>) -> Ratio {
        let (t, count) = self.pairs[pair];
        let (linked, t) = (discounted(count, of.tuning), t as usize);
        Ratio {
            forward: linked * self.shares[word - self.from].one * of.rarity.of(of.occurrences.target[t]),
            backward: linked * targets[t].one * of.rarity.of(of.occurrences.source[word]),
        }
    }

    /// The ratio of a pair.
    fn ratio(&self, word: usize, pair: usize, targets: &[Share], of: Counting<'_>) -> Ratio {
        let bound = self.bound(word, pair, targets, of);
        Ratio {
            forward: bound.forward + self.shares[word - self.from].loose,
            backward: bound.backward + targets[self.pairs[pair].0 as usize].loose,
        }
    }

    /// Weighs the pairs, and adds up in `column`, by place, what each target word is likely to be linked by.
    pub fn weigh(&self, targets: &[Share], of: Counting<'_>, row: &mut Row, column: &mut Vec<f32>) {
        column.clear();
        column.resize(of.examples.target.len(), 0.0);
        let Row { seen, likely, cells: room, .. } = row.sized(targets.len());
        let mut cells = self.cells.as_ref().map(Cells::read);
        for (word, pairs) in self.words() {
            let own = of.found.of(word);
            likely.clear();
            likely.push(0.0);
            likely.extend(pairs.clone().map(|pair| self.ratio(word, pair, targets, of).forward));
            if let Some(cells) = cells.as_mut().filter(|_| pairs.len() <= of.tuning.held) {
                for &bead in own {
                    let sums = &mut column[of.examples.targets(bead)];
                    for &(place, pair) in cells.next(room) {
                        sums[place as usize] += likely[pair as usize];
                    }
                }
                continue;
            }
            let pairs = &self.pairs[pairs];
            (1..).zip(pairs).for_each(|(place, (t, _))| seen[*t as usize] = place);
            for &bead in own {
                let places = of.examples.targets(bead);
                for (sum, &t) in column[places.clone()].iter_mut().zip(&of.examples.target[places]) {
                    *sum += likely[seen[t as usize] as usize];
                }
            }
            pairs.iter().for_each(|(t, _)| seen[*t as usize] = 0);
        }
    }

    /// Counts the pairs as they were weighed, given one by the root of each target word's sum.
    pub fn count(&mut self, targets: &[Share], sums: &[f32], of: Counting<'_>, row: &mut Row) {
        let Row { seen, pairs: listed, cells: room, .. } = row.sized(targets.len());
        let held = self.cells.take();
        let mut cells = held.as_ref().map(Cells::read);
        let mut prior = of.prior.from(self.from).peekable();
        for at in 0..self.shares.len() {
            let (word, pairs) = (self.from + at, self.of(at));
            if pairs.is_empty() {
                continue;
            }
            let own = of.found.of(word);
            listed.clear();
            listed.push(Counted::default());
            for pair in pairs.clone() {
                let here = (word, self.pairs[pair].0);
                while prior.next_if(|p| (p.0 as usize, p.1) < here).is_some() {}
                let count = prior.next_if(|p| (p.0 as usize, p.1) == here).map_or(0.0, |p| p.2);
                let Ratio { forward, backward } = self.ratio(word, pair, targets, of);
                listed.push(Counted { backward, root: (forward * backward).sqrt(), count });
            }
            match cells.as_mut().filter(|_| pairs.len() <= of.tuning.held) {
                Some(cells) => {
                    own.iter().for_each(|&bead| count_cells(bead, cells.next(room), sums, of, listed));
                }
                None => {
                    let pairs = &self.pairs[pairs.clone()];
                    (1..).zip(pairs).for_each(|(place, (t, _))| seen[*t as usize] = place);
                    count_rows(own, sums, of, seen, listed);
                    pairs.iter().for_each(|(t, _)| seen[*t as usize] = 0);
                }
            }
            for (pair, counted) in self.pairs[pairs].iter_mut().zip(&listed[1..]) {
                pair.1 = counted.count;
            }
        }
        self.cells = held;
    }

    /// Drops the pairs whose count is next to nothing, by itself or beside the rarer word's occurrences, and lists where
    /// those that are left stand together.
    pub fn keep(&mut self, of: Counting<'_>, row: &mut Row) {
        let Counting { examples, found, occurrences, tuning, .. } = of;
        let little = if examples.len() > tuning.much { 2.0 * tuning.little } else { tuning.little };
        let (mut read, mut kept) = (0, 0);
        for (end, &often) in self.ends.iter_mut().zip(&occurrences.source[self.from..]) {
            for pair in read..*end as usize {
                let (t, count) = self.pairs[pair];
                let rarer = often.min(occurrences.target[t as usize]);
                if count >= tuning.nothing.max(little * rarer) {
                    self.pairs[kept] = (t, count);
                    kept += 1;
                }
            }
            read = *end as usize;
            *end = kept as u32;
        }
        self.pairs.truncate(kept);
        self.pairs.shrink_to_fit();
        let seen = &mut row.sized(occurrences.target.len()).seen;
        let mut cells = Cells::default();
        for (word, pairs) in self.words().filter(|(_, pairs)| pairs.len() <= tuning.held) {
            let pairs = &self.pairs[pairs];
            for (pair, (t, _)) in (1..).zip(pairs) {
                seen[*t as usize] = pair;
            }
            for &bead in found.of(word) {
                let places = (0..).zip(&examples.target[examples.targets(bead)]);
                cells.push(places.map(|(place, &t)| (place, seen[t as usize])).filter(|cell| cell.1 > 0));
            }
            for (t, _) in pairs {
                seen[*t as usize] = 0;
            }
        }
        cells.close();
        self.cells = Some(cells);
    }

    /// Gives up where the words of the pairs stand together.
    pub fn close(&mut self) {
        self.cells = None;
    }

    /// The pairs that are worth keeping.
    pub fn worth(&self, targets: &[Share], of: Counting<'_>) -> Vec<Related> {
        /// A ratio below this says nothing: a sentence's loose mass is larger by far.
        const NOTHING: f32 = 0.1;
        let faint = |pair: usize| discounted(self.pairs[pair].1, of.tuning) < of.tuning.faint;
        self.each()
            .map(|(word, pair)| (word, pair, self.bound(word, pair, targets, of)))
            .filter(|(_, pair, ratio)| !faint(*pair) && ratio.forward.max(ratio.backward) >= NOTHING)
            .map(|(word, pair, ratio)| (word as u32, self.pairs[pair].0, ratio.forward, ratio.backward))
            .collect()
    }
}
