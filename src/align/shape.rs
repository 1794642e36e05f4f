//! How lengths relate, and which kinds of beads there are.

use super::emit::MOST;
use super::logs::{Soft, ln};
use super::path::Step;
use super::text::{Doc, Side};
use super::tuning::Tuning;

/// Kinds of beads that match: source and target sentences.
pub(super) const MATCHES: [(usize, usize); 13] =
    [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (3, 3), (1, 4), (4, 1), (2, 4), (4, 2)];

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
    /// What a length says, given how much likelier than by chance it is.
    fit: Soft,
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
            fit: Soft::new(tuning.free),
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

    /// Learns from the paths that were found, and lengths from texts that are known to belong together.
    pub fn learn(&mut self, docs: &[Doc], paths: &[Vec<Step>], taught: &[Doc], tuning: &Tuning) {
        let weight = tuning.habit;
        let mut shares: [f32; MATCHES.len()] = std::array::from_fn(|k| PRIOR[k] * weight);
        let (mut open, mut opens) = (tuning.skip_open * weight, weight);
        let (mut next, mut nexts) = (tuning.skip_next * weight * 0.2, weight * 0.2);
        for path in paths {
            let mut skipped = false;
            for step in path {
                let skip = !step.matches();
                let p = step.score;
                if skipped {
                    nexts += p;
                    next += if skip { p } else { 0.0 };
                } else {
                    opens += p;
                    open += if skip { p } else { 0.0 };
                }
                if !skip && let Some(k) = MATCHES.iter().position(|&kind| kind == step.size()) {
                    shares[k] += p;
                }
                skipped = skip;
            }
        }
        self.kinds_from(&shares);
        self.skips_from(open / opens, next / nexts);
        // Each match's characters, source and target.
        let found = docs.iter().zip(paths).flat_map(|(doc, path)| {
            let sure = path.iter().filter(|step| step.matches() && step.score > 0.5);
            sure.map(|step| (doc.source.chars(step.source()), doc.target.chars(step.target())))
        });
        let known = taught
            .iter()
            .map(|doc| (doc.source.chars(0..doc.source.len()), doc.target.chars(0..doc.target.len())));
        let lengths: Vec<(u32, u32)> = found.chain(known).collect();
        let sum =
            |side: &dyn Fn(&(u32, u32)) -> u32| lengths.iter().map(|both| f64::from(side(both))).sum::<f64>();
        let (sources, targets) = (sum(&|both| both.0), sum(&|both| both.1));
        if sources > 0.0 {
            self.ratio =
                (((targets + 500.0 * f64::from(self.ratio)) / (sources + 500.0)) as f32).clamp(0.4, 2.5);
        }
        let (mut apart, mut count) = (5.0 * 20.0, 20.0);
        for &(s, t) in lengths.iter().filter(|both| both.0 + both.1 > 0) {
            let (s, t) = (s as f32 * self.ratio, t as f32);
            apart += f64::from(((t - s) * (t - s) / ((s + t) / 2.0)).min(50.0));
            count += 1.0;
        }
        self.variance = (apart / count) as f32;
    }

    /// How much likelier than by chance these lengths stand beside each other, given how probable each is
    /// by itself (as logarithms, from [`Shape::alone`]).
    pub fn length(&self, s: u32, t: u32, alone: [f32; 2]) -> f32 {
        let (s, t) = (s as f32 * self.ratio, t as f32);
        let v = self.variance * (s + t) / 2.0 + 4.0;
        let joint = -(t - s) * (t - s) / (2.0 * v) - 0.5 * ln(v);
        0.5 * (self.fit.of(joint - alone[0]) + self.fit.of(joint - alone[1]))
    }

    /// For each boundary how probable the lengths of the last 1..=MOST sentences are by themselves, in
    /// characters of the target (natural logarithm, up to a constant).
    pub fn alone(&self, side: &Side, which: usize) -> Vec<[f32; MOST]> {
        let one = |at, count| self.alone_at(side, which, at, count);
        (0..=side.len())
            .map(|at| std::array::from_fn(|count| if count < at { one(at, count + 1) } else { 0.0 }))
            .collect()
    }

    /// The same of the last `count` sentences before one boundary.
    pub fn alone_at(&self, side: &Side, which: usize, at: usize, count: usize) -> f32 {
        let scale = if which == 0 { self.ratio } else { 1.0 };
        let (mean, variance) = (self.means[which] * scale, self.variances[which] * scale * scale);
        let chars = side.chars(at - count..at) as f32 * scale;
        let (mean, variance) = (mean * count as f32, variance * count as f32);
        -((chars - mean) * (chars - mean) / (2.0 * variance)).min(4.0) - 0.5 * variance.ln()
    }
}

/// Shares of the kinds of matches before anything is learnt: sentence alignments by hand of news,
/// novels and reports agree on about these.
const PRIOR: [f32; MATCHES.len()] =
    [0.87, 0.05, 0.05, 0.01, 0.006, 0.006, 0.003, 0.003, 0.001, 0.001, 0.001, 0.0005, 0.0005];
