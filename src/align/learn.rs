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
}

/// Learns from examples, beside `prior`: link counts that are known beforehand, sorted by pair.
///
/// O(cells · iterations), where a cell is a pair of words in a bead that meet more often than once by
/// chance. The same for any number of threads: work is cut by words, and sums are taken in order.
pub(super) fn learn(
    examples: &Examples,
    prior: &[(u32, u32, f32)],
    occurrences: &Occurrences<'_>,
    tuning: &Tuning,
) -> (Table, Vec<(u32, u32, f32)>) {
    if examples.beads.is_empty() {
        return (Table::from_links(prior, occurrences, tuning), prior.to_vec());
    }
    let mut chunks = candidates(examples, prior, occurrences, tuning);
    let mut links = Links::new(prior.to_vec(), occurrences, tuning);
    // Until the first iteration only the prior tells pairs apart.
    let mut ratios: Vec<Vec<[f32; 2]>> = chunks
        .iter()
        .map(|chunk| chunk.pairs.iter().map(|&(s, t, count)| links.ratios(s, t, count)).collect())
        .collect();
    for _ in 0..tuning.iterations {
        let columns = chunks
            .par_iter()
            .zip(&ratios)
            .map(|(chunk, ratios)| {
                let mut sums = vec![0f32; examples.target.len()];
                for &(place, pair) in &chunk.cells {
                    sums[place as usize] += ratios[pair as usize][0];
                }
                sums
            })
            .collect::<Vec<_>>();
        let mut sums = vec![tuning.null; examples.target.len()];
        for column in columns {
            sums.iter_mut().zip(column).for_each(|(sum, more)| *sum += more);
        }
        let counts: Vec<Vec<f32>> = chunks
            .par_iter()
            .zip(&ratios)
            .map(|(chunk, ratios)| {
                let mut counts: Vec<f32> = chunk.pairs.iter().map(|pair| pair.2).collect();
                let mut start = 0;
                for &(end, weight) in &chunk.ends {
                    let cells = &chunk.cells[start..end as usize];
                    start = end as usize;
                    let row = cells.iter().fold(tuning.null, |sum, cell| sum + ratios[cell.1 as usize][1]);
                    for &(place, pair) in cells {
                        let [forward, backward] = ratios[pair as usize];
                        counts[pair as usize] +=
                            weight * (forward * backward / (sums[place as usize] * row)).sqrt();
                    }
                }
                counts
            })
            .collect();
        let mut all = Vec::with_capacity(chunks.iter().map(|chunk| chunk.pairs.len()).sum());
        for (chunk, counts) in chunks.iter().zip(&counts) {
            all.extend(chunk.pairs.iter().zip(counts).map(|(&(s, t, _), &count)| (s, t, count)));
        }
        links = Links::new(all, occurrences, tuning);
        let mut rest = &links.counts[..];
        for ratios in &mut ratios {
            let (own, others) = rest.split_at(ratios.len());
            rest = others;
            ratios.iter_mut().zip(own).for_each(|(ratio, &(s, t, count))| *ratio = links.ratios(s, t, count));
        }
    }
    chunks.clear();
    let counts = links.counts.clone();
    (links.table(), counts)
}

/// Finds the pairs that may be linked: those of the prior, and those that meet in a bead oftener
/// than by chance (where there is much text: oftener than once, too).
fn candidates(
    examples: &Examples,
    prior: &[(u32, u32, f32)],
    occurrences: &Occurrences<'_>,
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
    let least = if beads > tuning.much { 2.0 } else { 1.0 };
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
            let mut chunk = Cells::default();
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
                    let (met, keep) = (seen[t as usize], meets[t as usize] * by_chance);
                    seen[t as usize] = 0.0;
                    met >= least && met >= keep
                });
                touched.extend(known.iter().map(|p| p.1));
                touched.sort_unstable();
                touched.dedup();
                let mut listed = known.iter().peekable();
                for &t in &touched {
                    let count = listed.next_if(|p| p.1 == t).map_or(0.0, |p| p.2);
                    pair[t as usize] = chunk.pairs.len() as u32;
                    chunk.pairs.push((s as u32, t, count));
                }
                for &bead in own {
                    for place in examples.targets(bead) {
                        let pair = pair[examples.target[place] as usize];
                        if pair != u32::MAX {
                            chunk.cells.push((place as u32, pair));
                        }
                    }
                    chunk.ends.push((chunk.cells.len() as u32, examples.beads[bead as usize].2));
                }
                for t in touched.drain(..) {
                    pair[t as usize] = u32::MAX;
                }
            }
            chunk
        })
        .collect()
}
