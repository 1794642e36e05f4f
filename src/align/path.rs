//! The best path of beads through the band, and how certain each bead is.

use std::sync::LazyLock;

use super::band::Band;
use super::emit::{MOST, ln};
use super::text::{Doc, Side};
use super::tuning::Tuning;

/// Kinds of beads that match: source and target sentences.
pub(super) const MATCHES: [(usize, usize); 13] =
    [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (3, 3), (1, 4), (4, 1), (2, 4), (4, 2)];

/// A bead as found: where it begins and how much it takes of either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub i: usize,
    pub j: usize,
    pub m: usize,
    pub n: usize,
    pub score: f32,
    /// What else speaks for and against it.
    pub signs: Signs,
}

/// What speaks for and against a bead, beside its probability.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signs {
    /// What the words say for joining it with a neighbour, the larger of both sides (natural logarithm).
    pub leak: f32,
    /// How far its lengths are apart, in standard deviations.
    pub apart: f32,
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

    /// Learns from the paths that were found, and lengths from texts that are known to belong together.
    pub fn learn(&mut self, docs: &[Doc], paths: &[Vec<Step>], taught: &[Doc], tuning: &Tuning) {
        let weight = tuning.habit;
        let mut shares: [f32; MATCHES.len()] = std::array::from_fn(|k| PRIOR[k] * weight);
        let (mut open, mut opens) = (tuning.skip_open * weight, weight);
        let (mut next, mut nexts) = (tuning.skip_next * weight * 0.2, weight * 0.2);
        for path in paths {
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
                if !skip && let Some(k) = MATCHES.iter().position(|&kind| kind == (step.m, step.n)) {
                    shares[k] += p;
                }
                skipped = skip;
            }
        }
        self.kinds_from(&shares);
        self.skips_from(open / opens, next / nexts);
        // Each match's characters, source and target.
        let found = docs.iter().zip(paths).flat_map(|(doc, path)| {
            path.iter().filter(|step| step.m > 0 && step.n > 0 && step.score > 0.5).map(|step| {
                (doc.source.chars(step.i..step.i + step.m), doc.target.chars(step.j..step.j + step.n))
            })
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
    fn length(&self, s: u32, t: u32, alone: [f32; 2], tuning: &Tuning) -> f32 {
        let (s, t) = (s as f32 * self.ratio, t as f32);
        let v = self.variance * (s + t) / 2.0 + 4.0;
        let joint = -(t - s) * (t - s) / (2.0 * v) - 0.5 * ln(v);
        // ln(free + (1 - free) · e^x), with a floor and a ceiling.
        let (floor, share) = (tuning.free.ln(), (1.0 - tuning.free).ln());
        let fit = |alone: f32| {
            let x = f64::from((joint - alone).min(20.0) + share);
            add(f64::from(floor), x) as f32
        };
        0.5 * (fit(alone[0]) + fit(alone[1]))
    }

    /// For each boundary how probable the lengths of the last 1..=MOST sentences are by themselves, in
    /// characters of the target (natural logarithm, up to a constant).
    pub fn alone(&self, side: &Side, which: usize) -> Vec<[f32; MOST]> {
        let scale = if which == 0 { self.ratio } else { 1.0 };
        let (mean, variance) = (self.means[which] * scale, self.variances[which] * scale * scale);
        let one = |at: usize, count: usize| {
            let chars = side.chars(at - count..at) as f32 * scale;
            let (mean, variance) = (mean * count as f32, variance * count as f32);
            -((chars - mean) * (chars - mean) / (2.0 * variance)).min(4.0) - 0.5 * variance.ln()
        };
        (0..=side.len())
            .map(|at| std::array::from_fn(|count| if count < at { one(at, count + 1) } else { 0.0 }))
            .collect()
    }
}

/// Shares of the kinds of matches before anything is learnt: sentence alignments by hand of news,
/// novels and reports agree on about these.
const PRIOR: [f32; MATCHES.len()] =
    [0.87, 0.05, 0.05, 0.01, 0.006, 0.006, 0.003, 0.003, 0.001, 0.001, 0.001, 0.0005, 0.0005];

/// A match that ends at some node.
#[derive(Clone, Copy, Debug)]
struct Match {
    kind: u8,
    score: f32,
}

/// What a pair of texts says of each bead in the band.
pub(super) struct Plane<'a> {
    pub doc: &'a Doc,
    pub band: &'a Band,
    /// By node: the words of target sentence `j - 1`, given the last 1..=MOST source sentences.
    pub forward: Vec<[f32; MOST]>,
    /// By node of the turned band: the words of source sentence `i - 1`, given the last target sentences.
    pub backward: Vec<[f32; MOST]>,
    pub turned: Band,
    /// How probable lengths are by themselves, from [`Shape::alone`].
    pub alone: [Vec<[f32; MOST]>; 2],
    pub shape: &'a Shape,
    /// Whether no bead may go across a paragraph break.
    pub hard: bool,
    pub tuning: &'a Tuning,
}

impl Plane<'_> {
    /// What the words say of the beads that end at `(i, j)`, by their sentences (`[m - 1][n - 1]`): for as many
    /// as lie in the band.
    fn words(&self, i: usize, j: usize) -> ([[f32; MOST]; MOST], usize, usize) {
        let at = self.band.offsets[i] + j - self.band.rows[i].0 as usize;
        let most_n = (j - self.band.rows[i].0 as usize + 1).min(j).min(MOST);
        let turned = self.turned.offsets[j] + i - self.turned.rows[j].0 as usize;
        let most_m = (i - self.turned.rows[j].0 as usize + 1).min(i).min(MOST);
        let mut words = [[0f32; MOST]; MOST];
        let mut sums = [0f32; MOST];
        for n in 0..most_n {
            let own = &self.forward[at - n];
            for ((words, sum), own) in words.iter_mut().zip(&mut sums).zip(own).take(most_m) {
                *sum += own;
                words[n] = *sum;
            }
        }
        let mut sums = [0f32; MOST];
        for (m, words) in words.iter_mut().enumerate().take(most_m) {
            let own = &self.backward[turned - m];
            for ((words, sum), own) in words.iter_mut().zip(&mut sums).zip(own).take(most_n) {
                *sum += own;
                *words = (*words + *sum) * 0.5 * self.tuning.lexical;
            }
        }
        (words, most_m, most_n)
    }

    /// The matches: for each node where its matches end, and the matches.
    ///
    /// A match that is worth much less than skipping its sentences is left out.
    fn matches(&self) -> (Vec<u32>, Vec<Match>) {
        /// The logarithm of what is thought negligible.
        const NEGLIGIBLE: f32 = -6.0;
        /// The most that lengths can say for a bead.
        const BEST_LENGTH: f32 = 3.0;
        let (mut ends, mut found) = (Vec::with_capacity(self.band.len()), Vec::new());
        for (i, &(lo, hi)) in self.band.rows.iter().enumerate() {
            for j in lo as usize..=hi as usize {
                let (words, most_m, most_n) =
                    if i > 0 && j > 0 { self.words(i, j) } else { Default::default() };
                for (kind, &(m, n)) in MATCHES.iter().enumerate() {
                    if m > most_m || n > most_n {
                        continue;
                    }
                    let (from_lo, from_hi) = self.band.rows[i - m];
                    if j - n < from_lo as usize || j - n > from_hi as usize {
                        continue;
                    }
                    let breaks = self.doc.source.breaks(i - m..i) + self.doc.target.breaks(j - n..j);
                    if breaks > 0 && self.hard {
                        continue;
                    }
                    let score =
                        words[m - 1][n - 1] + self.shape.kinds[kind] - breaks as f32 * self.tuning.paragraph;
                    let skipping = self.shape.skip[0] + (m + n - 1) as f32 * self.shape.skip[1];
                    if score + self.tuning.length * BEST_LENGTH < skipping + NEGLIGIBLE {
                        continue;
                    }
                    let (s, t) = (self.doc.source.chars(i - m..i), self.doc.target.chars(j - n..j));
                    let alone = [self.alone[0][i][m - 1], self.alone[1][j][n - 1]];
                    let score = score + self.tuning.length * self.shape.length(s, t, alone, self.tuning);
                    if score >= skipping + NEGLIGIBLE {
                        found.push(Match { kind: kind as u8, score });
                    }
                }
                ends.push(found.len() as u32);
            }
        }
        (ends, found)
    }

    /// What the words say of the bead from one node to another, if it is in the band and not too large.
    fn said(&self, (i, j): (usize, usize), (to_i, to_j): (usize, usize)) -> Option<f32> {
        let (m, n) = (to_i - i, to_j - j);
        if m == 0 || n == 0 {
            return Some(0.0);
        }
        if m > MOST || n > MOST {
            return None;
        }
        self.band.node(to_i, to_j)?;
        let (words, most_m, most_n) = self.words(to_i, to_j);
        (m <= most_m && n <= most_n).then(|| words[m - 1][n - 1])
    }

    /// Notes what speaks for and against each step of a path.
    fn sign(&self, steps: &mut [Step]) {
        let end = |step: &Step| (step.i + step.m, step.j + step.n);
        let said: Vec<f32> =
            steps.iter().map(|step| self.said((step.i, step.j), end(step)).unwrap_or(0.0)).collect();
        // For each border between two steps what joining them would say.
        let joined: Vec<f32> = steps
            .windows(2)
            .zip(said.windows(2))
            .map(|(pair, said)| {
                let both = self.said((pair[0].i, pair[0].j), end(&pair[1]));
                both.map_or(-9.0, |both| both - said[0] - said[1])
            })
            .collect();
        for at in 0..steps.len() {
            let step = steps[at];
            let (source, target) = (step.i..step.i + step.m, step.j..step.j + step.n);
            let before = if at > 0 { joined[at - 1] } else { -9.0 };
            let after = joined.get(at).copied().unwrap_or(-9.0);
            let (s, t) = (
                self.doc.source.chars(source) as f32 * self.shape.ratio,
                self.doc.target.chars(target) as f32,
            );
            let v = self.shape.variance * (s + t) / 2.0 + 4.0;
            steps[at].signs = Signs {
                leak: before.max(after),
                apart: if step.m == 0 || step.n == 0 { 0.0 } else { (t - s).abs() / v.sqrt() },
            };
        }
    }

    /// The path whose beads are most probable, each with its probability.
    pub fn solve(&self) -> Vec<Step> {
        /// A probability of next to nothing.
        const HARDLY: f32 = 0.03;
        let (rows, band) = (self.band.rows.len(), self.band);
        let (ends, matches) = self.matches();
        let into = |node: usize| {
            let start = if node == 0 { 0 } else { ends[node - 1] };
            &matches[start as usize..ends[node] as usize]
        };
        let from = |i: usize, j: usize, found: &Match| {
            let (m, n) = MATCHES[usize::from(found.kind)];
            band.offsets[i - m] + j - n - band.rows[i - m].0 as usize
        };
        let none = f64::NEG_INFINITY;
        let skip = self.shape.skip.map(f64::from);
        let go = self.shape.go.map(f64::from);
        // Forward: state 0 after a match (or at the start), state 1 after a skip.
        let mut alpha = vec![[none; 2]; band.len()];
        // What a match that begins at a node has before it.
        let mut before = vec![none; band.len()];
        for i in 0..rows {
            let (lo, hi) = band.rows[i];
            for j in lo as usize..=hi as usize {
                let at = band.offsets[i] + j - lo as usize;
                if i == 0 && j == 0 {
                    alpha[at] = [0.0, none];
                    before[at] = go[0];
                    continue;
                }
                let mut matched = none;
                for found in into(at) {
                    matched = add(matched, before[from(i, j, found)] + f64::from(found.score));
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
                before[at] = add(matched + go[0], skipped + go[1]);
            }
        }
        let end = band.len() - 1;
        let total = add(alpha[end][0], alpha[end][1]);
        // Backward: what comes after a node, by what comes next; then by what came before.
        let mut beta = vec![[none; 2]; band.len()];
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
                    beta[from][0] = add(beta[from][0], beta[at][0] + f64::from(found.score));
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
                for found in into(at) {
                    let (m, n) = MATCHES[usize::from(found.kind)];
                    let from = from(i, j, found);
                    let p = probability(before[from] + f64::from(found.score) + beta[at][0] - total);
                    offer(from, m, n, p, gain(p, m, n));
                }
                let skipping = |from: usize| {
                    let left = add(alpha[from][0] + skip[0], alpha[from][1] + skip[1]);
                    probability(left + beta[at][1] - total)
                };
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
            steps.push(Step { i, j, m, n, score, signs: Signs::default() });
        }
        steps.reverse();
        self.sign(&mut steps);
        steps
    }
}

/// The logarithm of the sum of two numbers given as logarithms, to about five digits.
fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    let apart = high - low;
    // Also where both are minus infinity.
    if apart.is_nan() || apart >= FAR {
        return high;
    }
    let at = apart * STEPS;
    let whole = at as usize;
    let part = at - whole as f64;
    let table = &*SUMS;
    high + table[whole] + part * (table[whole + 1] - table[whole])
}

/// A probability from its logarithm; none where it is very small.
fn probability(ln: f64) -> f32 {
    if ln < -FAR { 0.0 } else { ln.exp().min(1.0) as f32 }
}

/// Beyond this distance the smaller of two numbers does not count.
const FAR: f64 = 20.0;

/// Steps of the table by one unit.
const STEPS: f64 = 64.0;

/// `ln(1 + exp(-x))` for each step of `x`.
static SUMS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    (0..=(FAR * STEPS) as usize + 1).map(|at| (-(at as f64) / STEPS).exp().ln_1p()).collect()
});
