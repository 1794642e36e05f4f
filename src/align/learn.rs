//! Learning which words translate each other, from beads: IBM Model 1, both directions agreeing.
//!
//! Brown et al. 1993 with Moore's (2004) care for rare words: counts are discounted, and what is
//! discounted goes to chance. A link's weight is the geometric mean of the two directions' posteriors,
//! after Liang, Taskar and Klein 2006.

use rayon::prelude::*;

use super::table::{Links, Occurrences, Table};
use super::tuning::Tuning;

/// Beads to learn from: the words of each, every word once, and how sure it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Examples {
    source: Vec<u32>,
    target: Vec<u32>,
    /// Where each bead's words end, source and target, and the bead's weight.
    beads: Vec<(u32, u32, f32)>,
}

impl Examples {
    /// Adds a bead.
    pub fn push(&mut self, source: &[u32], target: &[u32], weight: f32) {
        once(source, &mut self.source);
        once(target, &mut self.target);
        self.beads.push((self.source.len() as u32, self.target.len() as u32, weight));
    }

    /// Target words of a bead, as places in `target`.
    fn targets(&self, bead: u32) -> std::ops::Range<usize> {
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

/// The most parts that source words are cut into, to be counted by themselves.
const CHUNKS: usize = 8;

/// Occurrences of source words that are worth a part of their own.
const WORTH: usize = 5000;

/// Where the words that may be linked with some source words stand.
#[derive(Default)]
struct Cells {
    /// Place of the target word among all, and the pair.
    cells: Vec<(u32, u32)>,
    /// For each occurrence of a source word: where its cells end, and the bead's weight.
    ends: Vec<(u32, f32)>,
    /// The pairs, by source word, then target word, with the counts known beforehand.
    pairs: Vec<(u32, u32, f32)>,
    /// For each pair how much likelier than by chance it is, forward, backward, and the two multiplied, under the root.
    ratios: Vec<[f32; 3]>,
}

impl Cells {
    /// Weighs the pairs by what the links say, given their counts.
    fn weigh(&mut self, links: &Links<'_>, counts: &[f32]) {
        let weighed = self.pairs.iter().zip(counts).map(|(&(s, t, _), &count)| {
            let [forward, backward] = links.ratios(s, t, count);
            [forward, backward, (forward * backward).sqrt()]
        });
        self.ratios.clear();
        self.ratios.extend(weighed);
    }

    /// Adds what each target word is likely to be linked by.
    fn add_forward(&self, sums: &mut [f32]) {
        for &(place, pair) in &self.cells {
            sums[place as usize] += self.ratios[pair as usize][0];
        }
    }

    /// Counts of the pairs, given one by the root of each target word's sum.
    fn counts(&self, sums: &[f32], null: f32) -> Vec<f32> {
        let mut counts: Vec<f32> = self.pairs.iter().map(|pair| pair.2).collect();
        let mut start = 0;
        for &(end, weight) in &self.ends {
            let cells = &self.cells[start..end as usize];
            start = end as usize;
            let row = cells.iter().fold(null, |sum, cell| sum + self.ratios[cell.1 as usize][1]);
            let weight = weight / row.sqrt();
            for &(place, pair) in cells {
                counts[pair as usize] += weight * self.ratios[pair as usize][2] * sums[place as usize];
            }
        }
        counts
    }

    /// Drops the pairs whose count is below `least`.
    fn keep(&mut self, counts: &mut Vec<f32>, least: f32) {
        let mut renamed = vec![u32::MAX; self.pairs.len()];
        let mut next = 0;
        for at in 0..counts.len() {
            if counts[at] >= least {
                renamed[at] = next;
                self.pairs[next as usize] = self.pairs[at];
                counts[next as usize] = counts[at];
                next += 1;
            }
        }
        self.pairs.truncate(next as usize);
        counts.truncate(next as usize);
        let (mut read, mut kept) = (0, 0);
        for end in &mut self.ends {
            for at in read..end.0 as usize {
                let (place, pair) = self.cells[at];
                if renamed[pair as usize] != u32::MAX {
                    self.cells[kept] = (place, renamed[pair as usize]);
                    kept += 1;
                }
            }
            read = end.0 as usize;
            end.0 = kept as u32;
        }
        self.cells.truncate(kept);
    }
}

/// Learns from examples, beside `prior`: link counts that are known beforehand, sorted by pair.
///
/// O(cells · iterations), where a cell is a pair of words in a bead that meet more often than once by
/// chance. The same for any number of threads: work is cut by words, and sums are taken in order.
pub(super) fn learn(
    examples: &Examples,
    prior: &[(u32, u32, f32)],
    occurrences: &Occurrences,
    tuning: &Tuning,
) -> (Table, Vec<(u32, u32, f32)>) {
    if examples.beads.is_empty() {
        return (Table::from_links(prior, occurrences, tuning), prior.to_vec());
    }
    let mut parts = candidates(examples, prior, occurrences, tuning);
    let mut links = Links::new(prior.to_vec(), occurrences, tuning);
    // Until the first iteration only the prior tells pairs apart.
    parts.par_iter_mut().for_each(|part| {
        let known: Vec<f32> = part.pairs.iter().map(|pair| pair.2).collect();
        part.weigh(&links, &known);
    });
    for iteration in 0..tuning.iterations {
        let mut sums = vec![tuning.null; examples.target.len()];
        if parts.len() == 1 {
            parts[0].add_forward(&mut sums);
        } else {
            let columns: Vec<Vec<f32>> = parts
                .par_iter()
                .map(|part| {
                    let mut sums = vec![0f32; examples.target.len()];
                    part.add_forward(&mut sums);
                    sums
                })
                .collect();
            for column in columns {
                sums.iter_mut().zip(column).for_each(|(sum, more)| *sum += more);
            }
        }
        sums.iter_mut().for_each(|sum| *sum = 1.0 / sum.sqrt());
        let counts: Vec<Vec<f32>> = parts.par_iter().map(|part| part.counts(&sums, tuning.null)).collect();
        let mut all = Vec::with_capacity(parts.iter().map(|part| part.pairs.len()).sum());
        for (part, counts) in parts.iter().zip(&counts) {
            all.extend(part.pairs.iter().zip(counts).map(|(&(s, t, _), &count)| (s, t, count)));
        }
        links = Links::new(all, occurrences, tuning);
        if iteration + 1 == tuning.iterations {
            break;
        }
        // What has come to nothing by now will not come back.
        parts.par_iter_mut().zip(counts).for_each(|(part, mut counts)| {
            if iteration == 1 {
                part.keep(&mut counts, tuning.nothing);
            }
            part.weigh(&links, &counts);
        });
    }
    drop(parts);
    let counts = links.counts.clone();
    (links.table(), counts)
}

/// Finds the pairs that may be linked: those of the prior, and those that meet in a bead oftener
/// than by chance (where there is much text: oftener than once, too).
fn candidates(
    examples: &Examples,
    prior: &[(u32, u32, f32)],
    occurrences: &Occurrences,
    tuning: &Tuning,
) -> Vec<Cells> {
    let (sources, targets) = (occurrences.source.len(), occurrences.target.len());
    let beads = examples.beads.len();
    // Beads of each source word, in order.
    let mut starts = vec![0u32; sources + 1];
    for &s in &examples.source {
        starts[s as usize + 1] += 1;
    }
    for at in 0..sources {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut found = vec![0u32; examples.source.len()];
    let mut at = 0;
    for (bead, &(end, _, _)) in examples.beads.iter().enumerate() {
        for &s in &examples.source[at..end as usize] {
            found[next[s as usize] as usize] = bead as u32;
            next[s as usize] += 1;
        }
        at = end as usize;
    }
    let mut meets = vec![0f32; targets];
    examples.target.iter().for_each(|&t| meets[t as usize] += 1.0);
    let (least, above) = if beads > tuning.much { (2.0, tuning.above) } else { (1.0, 0.0) };
    // Parts of words with about the same number of occurrences; the same whatever the threads.
    let parts = (examples.source.len() / WORTH).clamp(1, CHUNKS);
    let share = examples.source.len().div_ceil(parts).max(1) as u32;
    let bounds: Vec<usize> =
        (0..=parts as u32).map(|k| starts.partition_point(|&start| start < k * share).min(sources)).collect();
    let bounds: Vec<(usize, usize)> =
        (0..parts).map(|k| (bounds[k], if k + 1 == parts { sources } else { bounds[k + 1] })).collect();
    bounds
        .into_par_iter()
        .map(|(from, to)| {
            let mut part = Cells::default();
            let mut seen = vec![0f32; targets];
            let mut pair = vec![u32::MAX; targets];
            let mut touched: Vec<u32> = Vec::new();
            for s in from..to {
                let own = &found[starts[s] as usize..starts[s + 1] as usize];
                let known = &prior[prior.partition_point(|p| p.0 < s as u32)..];
                let known = &known[..known.partition_point(|p| p.0 == s as u32)];
                for &bead in own {
                    for &t in &examples.target[examples.targets(bead)] {
                        if seen[t as usize] == 0.0 {
                            touched.push(t);
                        }
                        seen[t as usize] += 1.0;
                    }
                }
                let by_chance = own.len() as f32 / beads as f32;
                touched.retain(|&t| {
                    let (met, chance) = (seen[t as usize], meets[t as usize] * by_chance);
                    seen[t as usize] = 0.0;
                    met >= least && met >= chance + above * chance.sqrt()
                });
                touched.extend(known.iter().map(|p| p.1));
                touched.sort_unstable();
                touched.dedup();
                let mut listed = known.iter().peekable();
                for &t in &touched {
                    let count = listed.next_if(|p| p.1 == t).map_or(0.0, |p| p.2);
                    pair[t as usize] = part.pairs.len() as u32;
                    part.pairs.push((s as u32, t, count));
                }
                for &bead in own {
                    for place in examples.targets(bead) {
                        let pair = pair[examples.target[place] as usize];
                        if pair != u32::MAX {
                            part.cells.push((place as u32, pair));
                        }
                    }
                    part.ends.push((part.cells.len() as u32, examples.beads[bead as usize].2));
                }
                for t in touched.drain(..) {
                    pair[t as usize] = u32::MAX;
                }
            }
            part
        })
        .collect()
}
