//! Learning which words translate each other, from beads: IBM Model 1, both directions agreeing.
//!
//! Brown et al. 1993 with Moore's (2004) care for rare words: counts are discounted, and what is
//! discounted goes to chance. A link's weight is the geometric mean of the two directions' posteriors,
//! after Liang, Taskar and Klein 2006.

use rayon::prelude::*;

use super::part::{Counting, Part, Row};
use super::pool::Pool;
use super::table::{Occurrences, Related, Share};
use super::tuning::Tuning;
use super::vocabulary::MANY;

/// Beads to learn from: the words of each, every word once, and how sure it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Examples {
    source: Vec<u32>,
    pub target: Vec<u32>,
    /// Where each bead's words end, source and target, and the bead's weight.
    beads: Vec<(u32, u32, f32)>,
}

impl Examples {
    /// Adds all of another's.
    pub fn extend(&mut self, other: &Examples) {
        let (source, target) = (self.source.len() as u32, self.target.len() as u32);
        self.source.extend_from_slice(&other.source);
        self.target.extend_from_slice(&other.target);
        self.beads.extend(other.beads.iter().map(|&(s, t, weight)| (source + s, target + t, weight)));
    }

    /// Makes room for more beads, given their words.
    pub fn reserve<'w>(&mut self, beads: impl Iterator<Item = [&'w [u32]; 2]>) {
        let size = |all: [usize; 3], [s, t]: [&[u32]; 2]| [all[0] + s.len(), all[1] + t.len(), all[2] + 1];
        let [source, target, beads] = beads.fold([0; 3], size);
        self.source.reserve_exact(source);
        self.target.reserve_exact(target);
        self.beads.reserve_exact(beads);
    }

    /// Adds a bead.
    pub fn push(&mut self, source: &[u32], target: &[u32], weight: f32) {
        once(source, &mut self.source);
        once(target, &mut self.target);
        self.beads.push((self.source.len() as u32, self.target.len() as u32, weight));
    }

    /// How many beads.
    pub fn len(&self) -> usize {
        self.beads.len()
    }

    /// How sure a bead is.
    pub fn weight(&self, bead: u32) -> f32 {
        self.beads[bead as usize].2
    }

    /// Target words of a bead, as places in `target`.
    pub fn targets(&self, bead: u32) -> std::ops::Range<usize> {
        let bead = bead as usize;
        let start = if bead == 0 { 0 } else { self.beads[bead - 1].1 };
        start as usize..self.beads[bead].1 as usize
    }
}

/// Adds the words, each once, in order.
fn once(words: &[u32], to: &mut Vec<u32>) {
    let start = to.len();
    to.extend_from_slice(words);
    to[start..].sort_unstable();
    let mut kept = start;
    for at in start..to.len() {
        if at == start || to[at] != to[kept - 1] {
            to[kept] = to[at];
            kept += 1;
        }
    }
    to.truncate(kept);
}

/// Links that are known beforehand, from two sources: each sorted by pair, and every pair once. Of a pair that stands in both
/// the larger count holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prior<'p>(pub [&'p [(u32, u32, f32)]; 2]);

impl<'p> Prior<'p> {
    /// The links from a source word on, by pair.
    pub fn from(self, source: usize) -> impl Iterator<Item = (u32, u32, f32)> + use<'p> {
        let from = |all: &'p [(u32, u32, f32)]| {
            all[all.partition_point(|pair| (pair.0 as usize) < source)..].iter().copied().peekable()
        };
        let [mut one, mut other] = self.0.map(from);
        std::iter::from_fn(move || match (one.peek().copied(), other.peek().copied()) {
            (Some(a), Some(b)) if (a.0, a.1) == (b.0, b.1) => {
                one.next();
                other.next();
                Some((a.0, a.1, a.2.max(b.2)))
            }
            (Some(a), Some(b)) if (a.0, a.1) > (b.0, b.1) => other.next(),
            (Some(_), _) => one.next(),
            (None, _) => other.next(),
        })
    }
}

/// In which beads each source word stands.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// For each word where its beads begin; one more than there are words.
    starts: Vec<u32>,
    /// The beads, by word, in order.
    beads: Vec<u32>,
}

impl Found {
    /// Finds the beads of so many source words, which are given up for them.
    fn new(examples: &mut Examples, words: usize) -> Found {
        let source = std::mem::take(&mut examples.source);
        // First where each word's beads end; from the last bead on each is put before that.
        let mut starts = vec![0u32; words + 1];
        for &s in &source {
            starts[s as usize] += 1;
        }
        for at in 0..words {
            starts[at + 1] += starts[at];
        }
        let mut beads = vec![0u32; source.len()];
        let mut end = source.len();
        for bead in (0..examples.beads.len()).rev() {
            let start = bead.checked_sub(1).map_or(0, |before| examples.beads[before].0 as usize);
            for &s in &source[start..end] {
                starts[s as usize] -= 1;
                beads[starts[s as usize] as usize] = bead as u32;
            }
            end = start;
        }
        Found { starts, beads }
    }

    /// The beads of a word.
    pub fn of(&self, word: usize) -> &[u32] {
        &self.beads[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// The words cut into parts with about the same number of occurrences; the same whatever the threads.
    fn parts(&self) -> Vec<(usize, usize)> {
        /// The most parts.
        const MOST: usize = 8;
        /// Occurrences that are worth a part of their own.
        const WORTH: usize = 5000;
        let words = self.starts.len() - 1;
        let parts = (self.beads.len() / WORTH).clamp(1, MOST);
        let share = self.beads.len().div_ceil(parts).max(1) as u32;
        let bound = |k: usize| match k {
            k if k == parts => words,
            k => self.starts.partition_point(|&start| start < k as u32 * share).min(words),
        };
        (0..parts).map(|k| (bound(k), bound(k + 1))).collect()
    }
}

/// Room to learn in, kept from one learning to the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    parts: Vec<Part>,
    rows: Pool<Row>,
    /// By target word: the sums of its links, after and before the discount, in each of the parts that are summed at once.
    linked: Vec<Vec<[f32; 2]>>,
    /// By place of a target word: what it is likely to be linked by, in each of the parts that are weighed at once.
    columns: Vec<Vec<f32>>,
    /// The same in all parts; then one by the root of it.
    sums: Vec<f32>,
}

/// The work on each part that is worth a thread.
const SPAN: usize = 4096;

/// What was learnt.
#[derive(Debug)]
pub(super) struct Learnt {
    /// Related words, sorted by source, then target word.
    pub related: Vec<Vec<Related>>,
    /// By side and word: the part of its probability that is not bound to related words.
    pub loose: [Vec<f32>; 2],
    /// All links, sorted by pair.
    pub links: Vec<(u32, u32, f32)>,
}

/// Learns from examples, beside link counts that are known beforehand.
///
/// O(cells · iterations) time, where a cell is two words that stand in one bead; memory for the pairs that meet oftener than by
/// chance, and for the cells of those that two iterations leave. The same for any number of threads: work is cut by words, and
/// sums are taken in order.
pub(super) fn learn(
    mut examples: Examples,
    prior: Prior<'_>,
    occurrences: &Occurrences,
    room: &mut Room,
    tuning: &Tuning,
) -> Learnt {
    /// Links that nobody asks for.
    const LEAST: f32 = 0.1;
    let words = occurrences.target.len();
    let found = Found::new(&mut examples, occurrences.source.len());
    let examples = &examples;
    let rarity = occurrences.rarity(tuning);
    let of = Counting { examples, found: &found, prior, occurrences, rarity, tuning };
    let Room { parts, rows, columns, linked, sums } = room;
    let mut meets = vec![0f32; words];
    examples.target.iter().for_each(|&t| meets[t as usize] += 1.0);
    let bounds = found.parts();
    parts.resize_with(bounds.len(), Part::default);
    parts.par_iter_mut().zip(bounds).for_each(|(part, bounds)| {
        rows.with(|row| part.fill(bounds, of, &meets, row));
    });
    drop(meets);
    // A column is as long as the text: no more of them than there are threads to fill them.
    let together = rayon::current_num_threads().min(parts.len());
    columns.resize_with(together, Vec::new);
    linked.resize_with(together, Vec::new);
    let iterations = if examples.beads.is_empty() { 0 } else { tuning.iterations };
    let mut iteration = 0;
    let targets = loop {
        // Until the first iteration only what is known beforehand tells pairs apart.
        let targets = shares(parts, linked, of);
        if iteration == iterations {
            break targets;
        }
        sums.clear();
        sums.resize(examples.target.len(), tuning.null);
        for parts in parts.chunks_mut(together) {
            parts.par_iter_mut().zip(columns.par_iter_mut()).for_each(|(part, column)| {
                rows.with(|row| {
                    // What has come to nothing by now will not come back.
                    if iteration == 2 {
                        part.keep(of, row);
                    }
                    part.weigh(&targets, of, row, column);
                });
            });
            let columns = &columns[..parts.len()];
            sums.par_iter_mut().with_min_len(SPAN).enumerate().for_each(|(place, sum)| {
                *sum = columns.iter().fold(*sum, |sum, column| sum + column[place]);
            });
        }
        sums.par_iter_mut().with_min_len(SPAN).for_each(|sum| *sum = 1.0 / sum.sqrt());
        parts.par_iter_mut().for_each(|part| rows.with(|row| part.count(&targets, sums, of, row)));
        iteration += 1;
    };
    // Where the words of a pair stand is not asked any more; what is read off takes the room.
    parts.iter_mut().for_each(Part::close);
    if words > MANY {
        rows.clear();
    }
    let related = parts.par_iter().map(|part| part.worth(&targets, of)).collect::<Vec<_>>();
    let links = parts.iter().flat_map(Part::links).filter(|link| link.2 > LEAST).collect();
    let source = parts.iter().flat_map(|part| part.shares.iter().map(|share| share.loose)).collect();
    if words > MANY {
        parts.clear();
    }
    let loose = [source, targets.iter().map(|share| share.loose).collect()];
    Learnt { related, loose, links }
}

/// What their links leave of the target words, and of the source words in their parts.
fn shares(parts: &mut [Part], linked: &mut [Vec<[f32; 2]>], of: Counting<'_>) -> Vec<Share> {
    let words = of.occurrences.target.len();
    let mut all = vec![[0.0; 2]; words];
    if words > MANY {
        parts.iter_mut().for_each(|part| part.sum(of, &mut all));
    } else {
        for parts in parts.chunks_mut(linked.len().max(1)) {
            parts.par_iter_mut().zip(linked.par_iter_mut()).for_each(|(part, linked)| {
                linked.clear();
                linked.resize(words, [0.0; 2]);
                part.sum(of, linked);
            });
            let linked = &linked[..parts.len()];
            all.par_iter_mut().with_min_len(SPAN).enumerate().for_each(|(t, sums)| {
                *sums = linked.iter().fold(*sums, |sums, linked| [0, 1].map(|k| sums[k] + linked[t][k]));
            });
        }
    }
    // In the room of the sums.
    let shares = all.into_iter().zip(&of.occurrences.target);
    shares.map(|(sums, &often)| Share::new(often, sums, of.tuning)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_from_two_sources_come_in_order_each_pair_once_with_its_larger_count() {
        let one = [(0, 3, 1.0), (1, 1, 2.0), (4, 0, 1.0)];
        let other = [(0, 2, 1.0), (1, 1, 5.0), (1, 2, 1.0), (6, 6, 1.0)];
        let all = [(0, 2, 1.0), (0, 3, 1.0), (1, 1, 5.0), (1, 2, 1.0), (4, 0, 1.0), (6, 6, 1.0)];
        for both in [[&one[..], &other], [&other, &one]] {
            assert!(Prior(both).from(0).eq(all));
            assert!(Prior(both).from(1).eq(all[2..].iter().copied()));
            assert!(Prior(both).from(2).eq(all[4..].iter().copied()));
        }
        assert_eq!(Prior([&one, &[]]).from(0).count(), 3);
    }
}
