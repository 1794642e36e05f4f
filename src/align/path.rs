//! The best path of beads through the band, and how certain each bead is.

use super::band::Band;
use super::emit::MOST;
use super::text::Doc;
use super::tuning::Tuning;

/// Kinds of beads that match: source and target sentences.
pub(super) const MATCHES: [(usize, usize); 14] = [
    (1, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (1, 3),
    (3, 1),
    (2, 3),
    (3, 2),
    (3, 3),
    (1, 4),
    (4, 1),
    (2, 4),
    (4, 2),
    (0, 0),
];

/// A bead as found: where it begins and how much it takes of either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub i: usize,
    pub j: usize,
    pub m: usize,
    pub n: usize,
    pub score: f32,
}

/// How lengths relate, and which kinds of beads there are: learnt from beads.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Target characters per source character.
    pub ratio: f32,
    /// Variance of the difference per character.
    pub variance: f32,
    /// Mean and variance of a sentence's characters, source and target.
    pub means: [f32; 2],
    pub variances: [f32; 2],
    /// Logarithm of the probability of each kind, among matches.
    pub kinds: [f32; MATCHES.len()],
    /// Logarithms: a skip after a match, after a skip; a match after a match, after a skip.
    pub skip: [f32; 2],
    pub go: [f32; 2],
}

impl Shape {
    pub fn new(docs: &[Doc], tuning: &Tuning) -> Self {
        let mut all = [[0f64; 3]; 2];
        for doc in docs {
            for (side, sums) in [&doc.source, &doc.target].into_iter().zip(&mut all) {
                for i in 0..side.len() {
                    let chars = f64::from(side.chars(i..i + 1));
                    sums[0] += 1.0;
                    sums[1] += chars;
                    sums[2] += chars * chars;
                }
            }
        }
        let mean = |s: &[f64; 3]| (s[1] / s[0].max(1.0)).max(1.0);
        let var = |s: &[f64; 3]| (s[2] / s[0].max(1.0) - mean(s) * mean(s)).max(mean(s));
        let mut shape = Shape {
            ratio: (all[1][1].max(1.0) / all[0][1].max(1.0)).clamp(0.5, 2.0) as f32,
            variance: 5.0,
            means: [mean(&all[0]) as f32, mean(&all[1]) as f32],
            variances: [var(&all[0]) as f32, var(&all[1]) as f32],
            kinds: [0.0; MATCHES.len()],
            skip: [0.0; 2],
            go: [0.0; 2],
        };
        shape.kinds_from(&PRIOR);
        shape.skips_from(tuning.skip_open, tuning.skip_next);
        shape
    }

    fn kinds_from(&mut self, shares: &[f32; MATCHES.len()]) {
        let all: f32 = shares.iter().sum();
        for (kind, share) in self.kinds.iter_mut().zip(shares) {
            *kind = (share / all).max(1e-30).ln();
        }
    }

    fn skips_from(&mut self, open: f32, next: f32) {
        self.skip = [(open / 2.0).ln(), (next / 2.0).ln()];
        self.go = [(1.0 - open).ln(), (1.0 - next).ln()];
    }

    /// Learns from the paths that were found.
    pub fn learn(&mut self, docs: &[Doc], paths: &[Vec<Step>], tuning: &Tuning) {
        let weight = tuning.habit;
        let mut shares: [f32; MATCHES.len()] = std::array::from_fn(|k| PRIOR[k] * weight);
        let (mut open, mut opens) = (tuning.skip_open * weight, weight);
        let (mut next, mut nexts) = (tuning.skip_next * weight * 0.2, weight * 0.2);
        let mut sums = [0f64; 4];
        for (doc, path) in docs.iter().zip(paths) {
            let mut skipped = false;
            for step in path {
                let skip = step.m == 0 || step.n == 0;
                let p = step.score;
                if skipped {
                    nexts += p;
                    next += if skip { p } else { 0.0 };
                } else {
                    opens += p;
                    open += if skip { p } else { 0.0 };
                }
                if !skip {
                    if let Some(k) = MATCHES.iter().position(|&kind| kind == (step.m, step.n)) {
                        shares[k] += p;
                    }
                    if step.score > 0.5 {
                        let s = f64::from(doc.source.chars(step.i..step.i + step.m));
                        let t = f64::from(doc.target.chars(step.j..step.j + step.n));
                        sums[0] += s;
                        sums[1] += t;
                    }
                }
                skipped = skip;
            }
        }
        self.kinds_from(&shares);
        self.skips_from(open / opens, next / nexts);
        if sums[0] > 0.0 {
            self.ratio =
                (((sums[1] + 500.0 * f64::from(self.ratio)) / (sums[0] + 500.0)) as f32).clamp(0.4, 2.5);
        }
        for (doc, path) in docs.iter().zip(paths) {
            for step in path {
                if step.m > 0 && step.n > 0 && step.score > 0.5 {
                    let s = doc.source.chars(step.i..step.i + step.m) as f32 * self.ratio;
                    let t = doc.target.chars(step.j..step.j + step.n) as f32;
                    if s + t > 0.0 {
                        let d = ((t - s) * (t - s) / ((s + t) / 2.0)).min(50.0);
                        sums[2] += f64::from(d);
                        sums[3] += 1.0;
                    }
                }
            }
        }
        self.variance = ((sums[2] + 5.0 * 20.0) / (sums[3] + 20.0)) as f32;
    }

    /// How much likelier than by chance these lengths stand beside each other.
    fn length(&self, s: u32, t: u32, m: usize, n: usize, tuning: &Tuning) -> f32 {
        let (s, t) = (s as f32, t as f32);
        let side = |given: f32, other: f32, ratio: f32, count: f32, mean: f32, variance: f32| {
            let expected = given * ratio;
            let v = self.variance * ratio.max(1.0) * (expected + other) / 2.0 + 4.0;
            let joint = -(other - expected) * (other - expected) / (2.0 * v) - 0.5 * v.ln();
            let (mu, v) = (count * mean, count * variance);
            let alone = -(other - mu) * (other - mu) / (2.0 * v) - 0.5 * v.ln();
            let ratio = (joint - alone.max(-0.5 * v.ln() - 4.0)).min(20.0).exp();
            (tuning.free + (1.0 - tuning.free) * ratio).ln()
        };
        0.5 * (side(s, t, self.ratio, n as f32, self.means[1], self.variances[1])
            + side(t, s, 1.0 / self.ratio, m as f32, self.means[0], self.variances[0]))
    }
}

/// Shares of the kinds of matches before anything is learnt: sentence alignments by hand of news,
/// novels and reports agree on about these.
const PRIOR: [f32; MATCHES.len()] =
    [0.87, 0.05, 0.05, 0.01, 0.006, 0.006, 0.003, 0.003, 0.001, 0.001, 0.001, 0.0005, 0.0005, 0.0];

/// What a pair of texts says of each bead in the band.
pub(super) struct Plane<'a> {
    pub doc: &'a Doc,
    pub band: &'a Band,
    /// By node: the words of target sentence `j - 1`, given the last 1..=MOST source sentences.
    pub forward: Vec<[f32; MOST]>,
    /// By node of the turned band: the words of source sentence `i - 1`, given the last target sentences.
    pub backward: Vec<[f32; MOST]>,
    pub turned: Band,
    pub shape: &'a Shape,
    pub tuning: &'a Tuning,
}

impl Plane<'_> {
    /// The evidence for the bead that ends at `(i, j)`, if it lies in the band.
    fn evidence(&self, i: usize, j: usize, m: usize, n: usize) -> Option<f32> {
        let mut words = 0f32;
        for k in 0..n {
            words += self.forward[self.band.node(i, j - k)?][m - 1];
        }
        for k in 0..m {
            words += self.backward[self.turned.node(j, i - k)?][n - 1];
        }
        let s = self.doc.source.chars(i - m..i);
        let t = self.doc.target.chars(j - n..j);
        Some(
            0.5 * words * self.tuning.lexical
                + self.tuning.length * self.shape.length(s, t, m, n, self.tuning),
        )
    }

    /// The scores of all matches that end at each node; kinds in the order of `MATCHES`.
    fn scores(&self) -> Vec<[f32; MATCHES.len()]> {
        let mut all = vec![[f32::NEG_INFINITY; MATCHES.len()]; self.band.len()];
        for i in 1..self.band.rows.len() {
            let (lo, hi) = self.band.rows[i];
            for j in lo.max(1) as usize..=hi as usize {
                let node = &mut all[self.band.offsets[i] + j - lo as usize];
                for (k, &(m, n)) in MATCHES.iter().enumerate() {
                    if m == 0 || m > i || n > j || self.band.node(i - m, j - n).is_none() {
                        continue;
                    }
                    if let Some(evidence) = self.evidence(i, j, m, n) {
                        node[k] = evidence + self.shape.kinds[k];
                    }
                }
            }
        }
        all
    }

    /// The path whose beads are most probable, each with its probability.
    pub fn solve(&self) -> Vec<Step> {
        let (rows, band) = (self.band.rows.len(), self.band);
        let scores = self.scores();
        let none = f64::NEG_INFINITY;
        let skip = self.shape.skip.map(f64::from);
        let go = self.shape.go.map(f64::from);
        // Forward: state 0 after a match (or at the start), state 1 after a skip.
        let mut alpha = vec![[none; 2]; band.len()];
        for i in 0..rows {
            let (lo, hi) = band.rows[i];
            for j in lo as usize..=hi as usize {
                let at = band.offsets[i] + j - lo as usize;
                if i == 0 && j == 0 {
                    alpha[at] = [0.0, none];
                    continue;
                }
                let mut matched = none;
                for (k, &(m, n)) in MATCHES.iter().enumerate() {
                    if scores[at][k] > f32::NEG_INFINITY {
                        let from = alpha[band.offsets[i - m] + j - n - band.rows[i - m].0 as usize];
                        matched =
                            add(matched, add(from[0] + go[0], from[1] + go[1]) + f64::from(scores[at][k]));
                    }
                }
                let mut skipped = none;
                if i > 0
                    && let Some(from) = band.node(i - 1, j)
                {
                    let from = alpha[from];
                    skipped = add(skipped, add(from[0] + skip[0], from[1] + skip[1]));
                }
                if j > lo as usize {
                    let from = alpha[at - 1];
                    skipped = add(skipped, add(from[0] + skip[0], from[1] + skip[1]));
                }
                alpha[at] = [matched, skipped];
            }
        }
        let end = band.len() - 1;
        let total = add(alpha[end][0], alpha[end][1]);
        // Backward.
        let mut beta = vec![[none; 2]; band.len()];
        beta[end] = [0.0, 0.0];
        for i in (0..rows).rev() {
            let (lo, hi) = band.rows[i];
            for j in (lo as usize..=hi as usize).rev() {
                let at = band.offsets[i] + j - lo as usize;
                let mut matched = none;
                for (k, &(m, n)) in MATCHES.iter().enumerate() {
                    if m == 0 || i + m >= rows {
                        continue;
                    }
                    if let Some(to) = band.node(i + m, j + n)
                        && scores[to][k] > f32::NEG_INFINITY
                    {
                        matched = add(matched, beta[to][0] + f64::from(scores[to][k]));
                    }
                }
                let mut skipped = none;
                if i + 1 < rows
                    && let Some(to) = band.node(i + 1, j)
                {
                    skipped = add(skipped, beta[to][1]);
                }
                if j < hi as usize {
                    skipped = add(skipped, beta[at + 1][1]);
                }
                if at != end {
                    beta[at] =
                        [add(matched + go[0], skipped + skip[0]), add(matched + go[1], skipped + skip[1])];
                }
            }
        }
        // Decoding: the path with the largest sum of (probability - worth).
        let worth = self.tuning.worth;
        let mut best = vec![f32::NEG_INFINITY; band.len()];
        let mut back = vec![(0u8, 0u8, 0f32); band.len()];
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
                for (k, &(m, n)) in MATCHES.iter().enumerate() {
                    if scores[at][k] > f32::NEG_INFINITY {
                        let from = band.offsets[i - m] + j - n - band.rows[i - m].0 as usize;
                        let before = add(alpha[from][0] + go[0], alpha[from][1] + go[1]);
                        let p =
                            (before + f64::from(scores[at][k]) + beta[at][0] - total).exp().min(1.0) as f32;
                        offer(from, m, n, p, p - worth);
                    }
                }
                let skipping = |from: usize| {
                    let before = add(alpha[from][0] + skip[0], alpha[from][1] + skip[1]);
                    (before + beta[at][1] - total).exp().min(1.0) as f32
                };
                if i > 0
                    && let Some(from) = band.node(i - 1, j)
                {
                    let p = skipping(from);
                    offer(from, 1, 0, p, p - worth);
                }
                if j > lo as usize {
                    let p = skipping(at - 1);
                    offer(at - 1, 0, 1, p, p - worth);
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
            steps.push(Step { i, j, m, n, score });
        }
        steps.reverse();
        steps
    }
}

/// The logarithm of the sum of two numbers given as logarithms.
fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low - high < -36.0 || low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}
