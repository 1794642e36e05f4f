//! Some source words at their counting: with which target words they may be linked, and how often they are.
//!
//! A text has millions of cells: places where a source word and a target word stand in one bead. They are gone through word by word,
//! in a row by target word; held are only those of the pairs that are left when most have come to nothing.

use std::ops::Range;

use super::learn::{Examples, Found};
use super::table::{Occurrences, Related, Share, discounted};
use super::tuning::Tuning;

/// What is counted.
#[derive(Clone, Copy)]
pub(super) struct Counting<'c> {
    pub examples: &'c Examples,
    pub found: &'c Found,
    /// Links that are known beforehand, sorted by pair.
    pub prior: &'c [(u32, u32, f32)],
    pub occurrences: &'c Occurrences,
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
    /// The target words that it may be linked with, in order, word by word: with each it is a pair.
    related: Vec<u32>,
    /// For each pair its links.
    counts: Vec<f32>,
    /// For each pair how much likelier than by chance it is, backward, and the root of both directions: as last weighed.
    ratios: Vec<[f32; 2]>,
    /// Where the words of the pairs stand together, once most pairs are gone.
    cells: Option<Cells>,
    /// By target word: the sums of its links here, after and before the discount.
    pub targets: Vec<[f32; 2]>,
}

/// Where the words of pairs stand together.
#[derive(Debug, Default)]
struct Cells {
    /// Place of a target word among all, and the pair; by source word, then bead.
    all: Vec<(u32, u32)>,
    /// For each occurrence of a source word that has pairs: where its cells end.
    ends: Vec<u32>,
}

impl Cells {
    fn push(&mut self, cell: (u32, u32)) {
        // By a quarter, not to twice its size: there are millions.
        if self.all.len() == self.all.capacity() {
            self.all.reserve_exact(self.all.len() / 4 + 1024);
        }
        self.all.push(cell);
    }

    /// The cells of one occurrence after another.
    fn by_occurrence(&self) -> impl Iterator<Item = &[(u32, u32)]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| &self.all[std::mem::replace(&mut start, end as usize)..end as usize])
    }
}

/// How much likelier than by chance the words of a pair stand beside each other.
#[derive(Clone, Copy, Debug, Default)]
struct Ratio {
    forward: f32,
    backward: f32,
}

/// Room for one source word at a time, by target word: zeros, and left so.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// How many beads it stands in beside the source word; or one more than their pair.
    seen: Vec<u32>,
    /// How much likelier than by chance their pair is, forward.
    forward: Vec<f32>,
    /// The pair as it is counted.
    counted: Vec<Counted>,
}

/// A pair as it is counted.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    backward: f32,
    root: f32,
    count: f32,
}

impl Row {
    /// With room for so many target words.
    fn sized(&mut self, targets: usize) -> &mut Row {
        if self.seen.len() < targets {
            self.seen.resize(targets, 0);
            self.forward.resize(targets, 0.0);
            self.counted.resize(targets, Counted::default());
        }
        self
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
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<'_> {
        self.words().flat_map(|(word, pairs)| pairs.map(move |pair| (word, pair)))
    }

    /// All pairs as words, with their links.
    pub fn links(&self) -> impl Iterator<Item = (u32, u32, f32)> + use<'_> {
        self.pairs().map(|(word, pair)| (word as u32, self.related[pair], self.counts[pair]))
    }

    /// Finds the pairs of the source words `from..to`: those of the prior, and those that meet in a bead oftener than by chance,
    /// where there is much text oftener than once too (`meets`: how many beads a target word stands in).
    pub fn fill(
        &mut self,
        (from, to): (usize, usize),
        Counting { examples, found, prior, tuning, .. }: Counting<'_>,
        meets: &[f32],
        row: &mut Row,
    ) {
        let beads = examples.len();
        let (least, above) = if beads > tuning.much { (2, tuning.above) } else { (1, 0.0) };
        self.from = from;
        self.shares.clear();
        self.shares.resize(to - from, Share::default());
        self.ends.clear();
        self.related.clear();
        self.counts.clear();
        self.cells = None;
        let seen = &mut row.sized(meets.len()).seen;
        let mut touched: Vec<u32> = Vec::new();
        let mut prior = &prior[prior.partition_point(|p| (p.0 as usize) < from)..];
        for s in from..to {
            let own = found.of(s);
            let (known, rest) = prior.split_at(prior.iter().take_while(|p| p.0 as usize == s).count());
            prior = rest;
            if own.len() >= least {
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
                let (met, chance) = (seen[t as usize] as usize, meets[t as usize] * by_chance);
                seen[t as usize] = 0;
                met >= least && met as f32 >= chance + above * chance.sqrt()
            });
            touched.extend(known.iter().map(|p| p.1));
            touched.sort_unstable();
            touched.dedup();
            let mut listed = known.iter().peekable();
            for t in touched.drain(..) {
                self.counts.push(listed.next_if(|p| p.1 == t).map_or(0.0, |p| p.2));
                self.related.push(t);
            }
            self.ends.push(self.related.len() as u32);
        }
    }

    /// Sums the links of each word.
    pub fn sum(&mut self, Counting { occurrences, tuning, .. }: Counting<'_>) {
        self.targets.clear();
        self.targets.resize(occurrences.target.len(), [0.0; 2]);
        for at in 0..self.shares.len() {
            let mut sums = [0f32; 2];
            for pair in self.of(at) {
                let count = self.counts[pair];
                let linked = discounted(count, tuning);
                let target = &mut self.targets[self.related[pair] as usize];
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
        let [rare_sources, rare_targets] = &of.occurrences.rarity;
        let (linked, t) = (discounted(self.counts[pair], of.tuning), self.related[pair] as usize);
        Ratio {
            forward: linked * self.shares[word - self.from].one * rare_targets[t],
            backward: linked * targets[t].one * rare_sources[word],
        }
    }

    /// The ratio of a pair.
    fn ratio(&self, word: usize, pair: usize, targets: &[Share], of: Counting<'_>) -> Ratio {
        let bound = self.bound(word, pair, targets, of);
        Ratio {
            forward: bound.forward + self.shares[word - self.from].loose,
            backward: bound.backward + targets[self.related[pair] as usize].loose,
        }
    }

    /// Weighs the pairs, and adds up in `column`, by place, what each target word is likely to be linked by.
    pub fn weigh(&mut self, targets: &[Share], of: Counting<'_>, row: &mut Row, column: &mut [f32]) {
        column.fill(0.0);
        let forward = &mut row.sized(targets.len()).forward;
        let mut ratios = std::mem::take(&mut self.ratios);
        ratios.clear();
        let mut cells = self.cells.as_ref().map(Cells::by_occurrence);
        for (word, pairs) in self.words() {
            for pair in pairs.clone() {
                let ratio = self.ratio(word, pair, targets, of);
                forward[self.related[pair] as usize] = ratio.forward;
                ratios.push([ratio.backward, (ratio.forward * ratio.backward).sqrt()]);
            }
            match &mut cells {
                Some(cells) => {
                    for own in cells.take(of.found.of(word).len()) {
                        for &(place, pair) in own {
                            column[place as usize] += forward[self.related[pair as usize] as usize];
                        }
                    }
                }
                None => {
                    for &bead in of.found.of(word) {
                        let places = of.examples.targets(bead);
                        for (sum, &t) in column[places.clone()].iter_mut().zip(&of.examples.target[places]) {
                            *sum += forward[t as usize];
                        }
                    }
                }
            }
            for &t in &self.related[pairs] {
                forward[t as usize] = 0.0;
            }
        }
        self.ratios = ratios;
    }

    /// Counts the pairs, given one by the root of each target word's sum.
    pub fn count(&mut self, sums: &[f32], of: Counting<'_>, row: &mut Row) {
        let mut known =
            of.prior[of.prior.partition_point(|p| (p.0 as usize) < self.from)..].iter().peekable();
        for at in 0..self.shares.len() {
            for pair in self.of(at) {
                let here = (self.from + at, self.related[pair]);
                while known.next_if(|p| (p.0 as usize, p.1) < here).is_some() {}
                self.counts[pair] = known.next_if(|p| (p.0 as usize, p.1) == here).map_or(0.0, |p| p.2);
            }
        }
        match self.cells.take() {
            Some(cells) => {
                self.count_cells(&cells, sums, of);
                self.cells = Some(cells);
            }
            None => self.count_rows(sums, of, row),
        }
    }

    /// Counts the cells that are held.
    fn count_cells(&mut self, cells: &Cells, sums: &[f32], of: Counting<'_>) {
        let mut cells = cells.by_occurrence();
        for at in 0..self.shares.len() {
            let beads = if self.of(at).is_empty() { &[] } else { of.found.of(self.from + at) };
            for (&bead, own) in beads.iter().zip(&mut cells) {
                let all = own.iter().fold(of.tuning.null, |sum, cell| sum + self.ratios[cell.1 as usize][0]);
                let weight = of.examples.weight(bead) / all.sqrt();
                for &(place, pair) in own {
                    self.counts[pair as usize] +=
                        weight * self.ratios[pair as usize][1] * sums[place as usize];
                }
            }
        }
    }

    /// Counts all cells, a row at a time.
    fn count_rows(&mut self, sums: &[f32], of: Counting<'_>, row: &mut Row) {
        let counted = &mut row.sized(of.occurrences.target.len()).counted;
        for at in 0..self.shares.len() {
            let pairs = self.of(at);
            for pair in pairs.clone() {
                let [backward, root] = self.ratios[pair];
                let count = self.counts[pair];
                counted[self.related[pair] as usize] = Counted { backward, root, count };
            }
            let own = if pairs.is_empty() { &[] } else { of.found.of(self.from + at) };
            for &bead in own {
                let places = of.examples.targets(bead);
                let words = &of.examples.target[places.clone()];
                let all = words.iter().fold(of.tuning.null, |sum, &t| sum + counted[t as usize].backward);
                let weight = of.examples.weight(bead) / all.sqrt();
                for (&t, sum) in words.iter().zip(&sums[places]) {
                    let pair = &mut counted[t as usize];
                    pair.count += weight * pair.root * sum;
                }
            }
            for pair in pairs {
                self.counts[pair] = std::mem::take(&mut counted[self.related[pair] as usize]).count;
            }
        }
    }

    /// Drops the pairs whose count is below `least`, and lists where those that are left stand together.
    pub fn keep(&mut self, least: f32, Counting { examples, found, .. }: Counting<'_>, row: &mut Row) {
        let (mut read, mut kept) = (0, 0);
        for end in &mut self.ends {
            for pair in read..*end as usize {
                if self.counts[pair] >= least {
                    self.related[kept] = self.related[pair];
                    self.counts[kept] = self.counts[pair];
                    kept += 1;
                }
            }
            read = *end as usize;
            *end = kept as u32;
        }
        self.related.truncate(kept);
        self.counts.truncate(kept);
        let seen = &mut row.sized(self.targets.len()).seen;
        let mut cells = Cells::default();
        for (word, pairs) in self.words() {
            for pair in pairs.clone() {
                seen[self.related[pair] as usize] = pair as u32 + 1;
            }
            for &bead in found.of(word) {
                let places = examples.targets(bead);
                for (place, &t) in places.clone().zip(&examples.target[places]) {
                    if let Some(pair) = seen[t as usize].checked_sub(1) {
                        cells.push((place as u32, pair));
                    }
                }
                cells.ends.push(cells.all.len() as u32);
            }
            for &t in &self.related[pairs] {
                seen[t as usize] = 0;
            }
        }
        self.cells = Some(cells);
    }

    /// The pairs that are worth keeping.
    pub fn worth(&self, targets: &[Share], of: Counting<'_>) -> Vec<Related> {
        /// A ratio below this says nothing: a sentence's loose mass is larger by far.
        const NOTHING: f32 = 0.1;
        let faint = |pair: usize| discounted(self.counts[pair], of.tuning) < of.tuning.faint;
        self.pairs()
            .map(|(word, pair)| (word, pair, self.bound(word, pair, targets, of)))
            .filter(|(_, pair, ratio)| !faint(*pair) && ratio.forward.max(ratio.backward) >= NOTHING)
            .map(|(word, pair, ratio)| (word as u32, self.related[pair], ratio.forward, ratio.backward))
            .collect()
    }
}
