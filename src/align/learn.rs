//! Learning which words translate each other, from beads: IBM Model 1, both directions agreeing.
//!
//! Brown et al. 1993 with Moore's (2004) care for rare words: counts are discounted, and what is
//! discounted goes to chance. A link's weight is the geometric mean of the two directions' posteriors,
//! after Liang, Taskar and Klein 2006.

use rayon::prelude::*;

use super::table::{Occurrences, Related, Share, Table, discounted};
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
    /// Adds all of another's.
    pub fn extend(&mut self, other: &Examples) {
        let (source, target) = (self.source.len() as u32, self.target.len() as u32);
        self.source.extend_from_slice(&other.source);
        self.target.extend_from_slice(&other.target);
        self.beads.extend(other.beads.iter().map(|&(s, t, weight)| (source + s, target + t, weight)));
    }

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
const PARTS: usize = 8;

/// Occurrences of source words that are worth a part of their own.
const WORTH: usize = 5000;

/// Room to learn in, kept from one learning to the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    parts: Vec<Part>,
    /// By place of a target word: one by the root of what it is likely to be linked by.
    sums: Vec<f32>,
}

/// Some source words, and the words that they may be linked with.
#[derive(Debug, Default)]
struct Part {
    /// The first of the words.
    from: usize,
    /// For each of the words: what its links leave of it.
    shares: Vec<Share>,
    /// The pairs, by source word, then target word.
    pairs: Vec<(u32, u32)>,
    /// For each pair the links known beforehand, all links, and those after the discount.
    known: Vec<f32>,
    counts: Vec<f32>,
    linked: Vec<f32>,
    /// For each pair how much likelier than by chance it is, forward, backward, and the two multiplied, under the root.
    ratios: Vec<[f32; 3]>,
    /// Place of a target word among all, and the pair: where linked words stand together.
    cells: Vec<(u32, u32)>,
    /// For each occurrence of a source word: where its cells end, and the bead's weight.
    ends: Vec<(u32, f32)>,
    /// By target word: the sums of its links here, after and before the discount.
    targets: Vec<[f32; 2]>,
    /// By place of a target word: what it is likely to be linked by here.
    column: Vec<f32>,
    /// By target word, for candidates: zeros, and left so.
    seen: Vec<u32>,
}

impl Part {
    /// Sums the links of each word.
    fn sum(&mut self, occurrences: &Occurrences, tuning: &Tuning) {
        self.linked.clear();
        self.linked.extend(self.counts.iter().map(|&count| discounted(count, tuning)));
        self.targets.clear();
        self.targets.resize(occurrences.target.len(), [0.0; 2]);
        let mut linked = self.pairs.iter().zip(&self.counts).zip(&self.linked).peekable();
        for (at, share) in self.shares.iter_mut().enumerate() {
            let word = self.from + at;
            let mut sums = [0f32; 2];
            while let Some(((&(_, t), &count), &linked)) = linked.next_if(|pair| pair.0.0.0 as usize == word)
            {
                sums[0] += linked;
                sums[1] += count;
                let target = &mut self.targets[t as usize];
                target[0] += linked;
                target[1] += count;
            }
            *share = Share::new(occurrences.source[word], sums, tuning);
        }
    }

    /// How much likelier than by chance the words of each pair are beside each other, in either direction, what is loose not
    /// counted; with the source word's share and the target word.
    fn bound<'p>(
        &'p self,
        targets: &'p [Share],
        occurrences: &'p Occurrences,
    ) -> impl Iterator<Item = (Share, u32, f32, f32)> + 'p {
        let [rare_sources, rare_targets] = &occurrences.rarity;
        self.pairs.iter().zip(&self.linked).map(move |(&(s, t), &linked)| {
            let share = self.shares[s as usize - self.from];
            let forward = linked * share.one * rare_targets[t as usize];
            let backward = linked * targets[t as usize].one * rare_sources[s as usize];
            (share, t, forward, backward)
        })
    }

    /// Weighs the pairs by what the links say, and adds up what each target word is likely to be linked by.
    fn weigh(&mut self, targets: &[Share], occurrences: &Occurrences, places: usize) {
        let mut ratios = std::mem::take(&mut self.ratios);
        ratios.clear();
        ratios.extend(self.bound(targets, occurrences).map(|(share, t, forward, backward)| {
            let (forward, backward) = (forward + share.loose, backward + targets[t as usize].loose);
            [forward, backward, (forward * backward).sqrt()]
        }));
        self.ratios = ratios;
        self.column.clear();
        self.column.resize(places, 0.0);
        for &(place, pair) in &self.cells {
            self.column[place as usize] += self.ratios[pair as usize][0];
        }
    }

    /// Counts the pairs, given one by the root of each target word's sum.
    fn count(&mut self, sums: &[f32], null: f32) {
        self.counts.clear();
        self.counts.extend_from_slice(&self.known);
        let mut start = 0;
        for &(end, weight) in &self.ends {
            let cells = &self.cells[start..end as usize];
            start = end as usize;
            let row = cells.iter().fold(null, |sum, cell| sum + self.ratios[cell.1 as usize][1]);
            let weight = weight / row.sqrt();
            for &(place, pair) in cells {
                self.counts[pair as usize] += weight * self.ratios[pair as usize][2] * sums[place as usize];
            }
        }
    }

    /// Drops the pairs whose count is below `least`.
    fn keep(&mut self, least: f32) {
        let mut renamed = vec![u32::MAX; self.pairs.len()];
        let mut next = 0;
        for (at, renamed) in renamed.iter_mut().enumerate() {
            if self.counts[at] >= least {
                *renamed = next as u32;
                self.pairs[next] = self.pairs[at];
                self.known[next] = self.known[at];
                self.linked[next] = self.linked[at];
                next += 1;
            }
        }
        self.pairs.truncate(next);
        self.known.truncate(next);
        self.linked.truncate(next);
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

/// Learns from examples, beside `prior`: link counts that are known beforehand, sorted by pair. Answers with all links, too.
///
/// O(cells · iterations), where a cell is a pair of words in a bead that meet more often than once by
/// chance. The same for any number of threads: work is cut by words, and sums are taken in order.
pub(super) fn learn(
    examples: &Examples,
    prior: &[(u32, u32, f32)],
    occurrences: &Occurrences,
    room: &mut Room,
    tuning: &Tuning,
) -> (Table, Vec<(u32, u32, f32)>) {
    /// The work on each part that is worth a thread.
    const SPAN: usize = 4096;
    /// Links that nobody asks for.
    const LEAST: f32 = 0.1;
    candidates(examples, prior, occurrences, room, tuning);
    let Room { parts, sums } = room;
    let iterations = if examples.beads.is_empty() { 0 } else { tuning.iterations };
    // Until the first iteration only what is known beforehand tells pairs apart.
    let mut targets: Vec<Share> = Vec::new();
    for iteration in 0..=iterations {
        parts.par_iter_mut().for_each(|part| part.sum(occurrences, tuning));
        let target = |t: usize| {
            let sums =
                parts.iter().map(|part| part.targets[t]).fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
            Share::new(occurrences.target[t], sums, tuning)
        };
        let all = (0..occurrences.target.len()).into_par_iter().with_min_len(SPAN);
        all.map(target).collect_into_vec(&mut targets);
        if iteration == iterations {
            break;
        }
        parts.par_iter_mut().for_each(|part| {
            // What has come to nothing by now will not come back.
            if iteration == 2 {
                part.keep(tuning.nothing);
            }
            part.weigh(&targets, occurrences, examples.target.len());
        });
        let place =
            |at: usize| 1.0 / parts.iter().fold(tuning.null, |sum, part| sum + part.column[at]).sqrt();
        let all = (0..examples.target.len()).into_par_iter().with_min_len(SPAN);
        all.map(place).collect_into_vec(sums);
        parts.par_iter_mut().for_each(|part| part.count(sums, tuning.null));
    }
    let related =
        parts.par_iter().map(|part| part.related(&targets, occurrences, tuning)).collect::<Vec<_>>();
    let loose = [
        parts.iter().flat_map(|part| part.shares.iter().map(|share| share.loose)).collect(),
        targets.iter().map(|share| share.loose).collect(),
    ];
    let links = parts.iter().flat_map(|part| part.pairs.iter().zip(&part.counts));
    let links = links.filter(|link| *link.1 > LEAST).map(|(&(s, t), &count)| (s, t, count)).collect();
    (Table::new(&related, loose), links)
}

impl Part {
    /// The pairs that are worth keeping.
    fn related(&self, targets: &[Share], occurrences: &Occurrences, tuning: &Tuning) -> Vec<Related> {
        /// A ratio below this says nothing: a sentence's loose mass is larger by far.
        const NOTHING: f32 = 0.1;
        let bound = self.bound(targets, occurrences).zip(&self.pairs).zip(&self.linked);
        bound
            .filter(|(((_, _, forward, backward), _), linked)| {
                **linked >= tuning.faint && forward.max(*backward) >= NOTHING
            })
            .map(|(((_, _, forward, backward), &(s, t)), _)| (s, t, forward, backward))
            .collect()
    }

    /// Finds the pairs of the source words `from..to`, each with the beads that it stands in (`starts`, `found`).
    fn fill(
        &mut self,
        (from, to): (usize, usize),
        (starts, found): (&[u32], &[u32]),
        (examples, prior): (&Examples, &[(u32, u32, f32)]),
        meets: &[f32],
        tuning: &Tuning,
    ) {
        let beads = examples.beads.len();
        let (least, above) = if beads > tuning.much { (2, tuning.above) } else { (1, 0.0) };
        self.from = from;
        self.shares.clear();
        self.shares.resize(to - from, Share::default());
        self.pairs.clear();
        self.known.clear();
        self.cells.clear();
        self.ends.clear();
        self.seen.resize(meets.len().max(self.seen.len()), 0);
        let seen = &mut self.seen;
        let mut touched: Vec<u32> = Vec::new();
        let mut prior = &prior[prior.partition_point(|p| (p.0 as usize) < from)..];
        for s in from..to {
            let own = &found[starts[s] as usize..starts[s + 1] as usize];
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
            for &t in &touched {
                self.known.push(listed.next_if(|p| p.1 == t).map_or(0.0, |p| p.2));
                self.pairs.push((s as u32, t));
                seen[t as usize] = self.pairs.len() as u32;
            }
            for &bead in own {
                for place in examples.targets(bead) {
                    // One more than the pair, or none.
                    if let Some(pair) = seen[examples.target[place] as usize].checked_sub(1) {
                        self.cells.push((place as u32, pair));
                    }
                }
                self.ends.push((self.cells.len() as u32, examples.beads[bead as usize].2));
            }
            for t in touched.drain(..) {
                seen[t as usize] = 0;
            }
        }
        self.counts.clear();
        self.counts.extend_from_slice(&self.known);
    }
}

/// Finds the pairs that may be linked: those of the prior, and those that meet in a bead oftener
/// than by chance (where there is much text: oftener than once, too).
fn candidates(
    examples: &Examples,
    prior: &[(u32, u32, f32)],
    occurrences: &Occurrences,
    room: &mut Room,
    tuning: &Tuning,
) {
    let (sources, targets) = (occurrences.source.len(), occurrences.target.len());
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
    // Parts of words with about the same number of occurrences; the same whatever the threads.
    let parts = (examples.source.len() / WORTH).clamp(1, PARTS);
    let share = examples.source.len().div_ceil(parts).max(1) as u32;
    let bound = |k: usize| match k {
        k if k == parts => sources,
        k => starts.partition_point(|&start| start < k as u32 * share).min(sources),
    };
    room.parts.resize_with(parts, Part::default);
    room.parts.par_iter_mut().enumerate().for_each(|(k, part)| {
        part.fill((bound(k), bound(k + 1)), (&starts, &found), (examples, prior), &meets, tuning);
    });
}
