//! The best path of beads through the band, and how certain each bead is.

use std::ops::Range;

use super::logs::{add, probability};
use super::plane::{Match, Plane};

/// A bead as found, in 28 bytes: where it begins and how many sentences it takes of either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    begin: (u32, u32),
    size: (u8, u8),
    pub score: f32,
    /// What else speaks for and against it.
    pub signs: Signs,
}

impl Step {
    /// A step that begins before the sentences `(i, j)`, and takes `(m, n)`.
    pub fn new((i, j): (usize, usize), (m, n): (usize, usize), score: f32) -> Step {
        Step { begin: (i as u32, j as u32), size: (m as u8, n as u8), score, signs: Signs::default() }
    }

    /// Where it begins: source and target sentence.
    pub fn begin(&self) -> (usize, usize) {
        (self.begin.0 as usize, self.begin.1 as usize)
    }

    /// Where the next one begins.
    pub fn end(&self) -> (usize, usize) {
        let ((i, j), (m, n)) = (self.begin(), self.size());
        (i + m, j + n)
    }

    /// How many sentences of either side.
    pub fn size(&self) -> (usize, usize) {
        (usize::from(self.size.0), usize::from(self.size.1))
    }

    /// How many sentences of both sides.
    pub fn sentences(&self) -> usize {
        self.size().0 + self.size().1
    }

    pub fn source(&self) -> Range<usize> {
        self.begin().0..self.end().0
    }

    pub fn target(&self) -> Range<usize> {
        self.begin().1..self.end().1
    }

    /// Whether it takes sentences of both sides.
    pub fn matches(&self) -> bool {
        self.size.0 > 0 && self.size.1 > 0
    }

    /// The same step so much further on.
    pub fn shifted(self, (i, j): (usize, usize)) -> Step {
        Step { begin: (self.begin.0 + i as u32, self.begin.1 + j as u32), ..self }
    }
}

/// What speaks for and against a bead, beside its probability.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signs {
    /// What the words say for it (natural logarithm).
    pub words: f32,
    /// What the words say for joining it with a neighbour, the larger of both sides (natural logarithm).
    pub leak: f32,
    /// How far its lengths are apart, in standard deviations.
    pub apart: f32,
}

/// Room to work in, kept from one text to the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// For each node where its matches end, and the matches.
    ends: Vec<u32>,
    matches: Vec<Match>,
    /// By node: what a match that begins there has before it, and what a skip has.
    before: Vec<[f64; 2]>,
    /// By node: what comes after it, by what came last.
    beta: Vec<[f64; 2]>,
    /// By node: the best path's worth, and its last step.
    best: Vec<f32>,
    back: Vec<(u8, u8, f32)>,
}

/// Fills room with a value, as often as asked for.
fn filled<T: Clone>(room: &mut Vec<T>, size: usize, value: T) -> &mut [T] {
    room.clear();
    room.resize(size, value);
    room
}

impl Plane<'_> {
    /// The path whose beads are most probable, each with its probability.
    pub fn solve(&self, room: &mut Room) -> Vec<Step> {
        /// A probability of next to nothing.
        const HARDLY: f32 = 0.03;
        let (rows, band) = (self.band.rows.len(), self.band);
        let Room { ends, matches, before, beta, best, back } = room;
        self.matches(ends, matches);
        let into = |node: usize| {
            let start = if node == 0 { 0 } else { ends[node - 1] };
            &matches[start as usize..ends[node] as usize]
        };
        let from = |i: usize, j: usize, found: &Match| {
            let (m, n) = found.size();
            band.offsets[i - m] + j - n - band.rows[i - m].0 as usize
        };
        let none = f64::NEG_INFINITY;
        let skip = self.shape.skip.map(f64::from);
        let go = self.shape.go.map(f64::from);
        // Forward: what leads to a node by a match (or the start) and by a skip, as what comes next sees it.
        let before = filled(before, band.len(), [none; 2]);
        let leading =
            |[matched, skipped]: [f64; 2]| [go, skip].map(|next| add(matched + next[0], skipped + next[1]));
        let mut last = [0.0, none];
        for i in 0..rows {
            let (lo, hi) = band.rows[i];
            for j in lo as usize..=hi as usize {
                let at = band.offsets[i] + j - lo as usize;
                if i == 0 && j == 0 {
                    before[at] = leading([0.0, none]);
                    continue;
                }
                let mut matched = none;
                for found in into(at) {
                    matched = add(matched, before[from(i, j, found)][0] + f64::from(found.score()));
                }
                let mut skipped = none;
                if i > 0
                    && let Some(from) = band.node(i - 1, j)
                {
                    skipped = add(skipped, before[from][1]);
                }
                if j > lo as usize {
                    skipped = add(skipped, before[at - 1][1]);
                }
                last = [matched, skipped];
                before[at] = leading(last);
            }
        }
        // Of all paths.
        let total = add(last[0], last[1]);
        let end = band.len() - 1;
        // Backward: what comes after a node, by what comes next; then by what came before.
        let beta = filled(beta, band.len(), [none; 2]);
        for i in (0..rows).rev() {
            let (lo, hi) = band.rows[i];
            for j in (lo as usize..=hi as usize).rev() {
                let at = band.offsets[i] + j - lo as usize;
                // Until here `beta` held: a match next, a skip next.
                let [matched, skipped] = beta[at];
                beta[at] = match at == end {
                    true => [0.0, 0.0],
                    false => {
                        [add(matched + go[0], skipped + skip[0]), add(matched + go[1], skipped + skip[1])]
                    }
                };
                for found in into(at) {
                    let from = from(i, j, found);
                    beta[from][0] = add(beta[from][0], beta[at][0] + f64::from(found.score()));
                }
                if i > 0
                    && let Some(from) = band.node(i - 1, j)
                {
                    beta[from][1] = add(beta[from][1], beta[at][1]);
                }
                if j > lo as usize {
                    beta[at - 1][1] = add(beta[at - 1][1], beta[at][1]);
                }
            }
        }
        // Decoding: the path with the largest sum of (probability - worth).
        let worth = self.tuning.worth;
        // Where no bead is probable, a large one must not be the way to have few of them.
        let gain = |p: f32, m: usize, n: usize| match p {
            p if p < HARDLY => (p - worth) * m.max(n) as f32,
            p if p < worth => (p - worth) * m.min(n).max(1) as f32,
            p => p - worth,
        };
        let best = filled(best, band.len(), f32::NEG_INFINITY);
        let back = filled(back, band.len(), (0u8, 0u8, 0f32));
        for i in 0..rows {
            let (lo, hi) = band.rows[i];
            for j in lo as usize..=hi as usize {
                let at = band.offsets[i] + j - lo as usize;
                if i == 0 && j == 0 {
                    best[at] = 0.0;
                    continue;
                }
                let mut offer = |from: usize, m: usize, n: usize, p: f32, gain: f32| {
                    let value = best[from] + gain;
                    if value > best[at] {
                        best[at] = value;
                        back[at] = (m as u8, n as u8, p);
                    }
                };
                for found in into(at) {
                    let (m, n) = found.size();
                    let from = from(i, j, found);
                    let p = probability(before[from][0] + f64::from(found.score()) + beta[at][0] - total);
                    offer(from, m, n, p, gain(p, m, n));
                }
                let skipping = |from: usize| probability(before[from][1] + beta[at][1] - total);
                if i > 0
                    && let Some(from) = band.node(i - 1, j)
                {
                    let p = skipping(from);
                    offer(from, 1, 0, p, gain(p, 1, 0));
                }
                if j > lo as usize {
                    let p = skipping(at - 1);
                    offer(at - 1, 0, 1, p, gain(p, 0, 1));
                }
            }
        }
        let mut steps = Vec::new();
        let (mut i, mut j) = (rows - 1, band.rows[rows - 1].1 as usize);
        while (i, j) != (0, 0) {
            let (m, n, score) = back[band.offsets[i] + j - band.rows[i].0 as usize];
            let (m, n) = (usize::from(m), usize::from(n));
            i -= m;
            j -= n;
            steps.push(Step::new((i, j), (m, n), score));
        }
        steps.reverse();
        self.sign(&mut steps);
        steps
    }
}
