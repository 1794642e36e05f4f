//! What a pair of texts says of each bead in the band: the beads worth looking at, and what they weigh.

use super::band::Band;
use super::emit::MOST;
use super::path::{Signs, Step};
use super::pool::push;
use super::shape::{MATCHES, Shape};
use super::text::Doc;
use super::tuning::Tuning;

/// A match that ends at some node: its kind in the lowest four bits of what it is worth, since there are more of them than
/// of anything else. What is worth -10 is so known to 2e-5.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match(u32);

impl Match {
    const KIND: u32 = 15;

    fn new(kind: usize, score: f32) -> Match {
        const { assert!(MATCHES.len() <= Self::KIND as usize + 1) };
        Match(score.to_bits() & !Self::KIND | kind as u32)
    }

    /// How many sentences of each side it has.
    pub fn size(self) -> (usize, usize) {
        MATCHES[(self.0 & Self::KIND) as usize]
    }

    /// The logarithm of what it is worth.
    pub fn score(self) -> f32 {
        f32::from_bits(self.0 & !Self::KIND)
    }
}

/// What a pair of texts says of each bead in the band.
pub(super) struct Plane<'a> {
    pub doc: &'a Doc,
    pub band: &'a Band,
    /// By node: the words of target sentence `j - 1`, given the last 1..=MOST source sentences.
    pub forward: &'a [[f32; MOST]],
    /// By node of the turned band: the words of source sentence `i - 1`, given the last target sentences.
    pub backward: &'a [[f32; MOST]],
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

    /// Finds the matches: for each node where its matches end, and the matches.
    ///
    /// A match that is worth much less than skipping its sentences is left out.
    pub fn matches(&self, ends: &mut Vec<u32>, found: &mut Vec<Match>) {
        /// The logarithm of what is thought negligible.
        const NEGLIGIBLE: f32 = -6.0;
        /// The most that lengths can say for a bead.
        const BEST_LENGTH: f32 = 3.0;
        ends.clear();
        found.clear();
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
                    let score = score + self.tuning.length * self.shape.length(s, t, alone);
                    if score >= skipping + NEGLIGIBLE {
                        push(found, Match::new(kind, score));
                    }
                }
                ends.push(found.len() as u32);
            }
        }
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
    pub fn sign(&self, steps: &mut [Step]) {
        let said: Vec<f32> =
            steps.iter().map(|step| self.said(step.begin(), step.end()).unwrap_or(0.0)).collect();
        // For each border between two steps what joining them would say.
        let joined: Vec<f32> = steps
            .windows(2)
            .zip(said.windows(2))
            .map(|(pair, said)| {
                let both = self.said(pair[0].begin(), pair[1].end());
                both.map_or(-9.0, |both| both - said[0] - said[1])
            })
            .collect();
        for at in 0..steps.len() {
            let step = steps[at];
            let before = if at > 0 { joined[at - 1] } else { -9.0 };
            let after = joined.get(at).copied().unwrap_or(-9.0);
            let (s, t) = (
                self.doc.source.chars(step.source()) as f32 * self.shape.ratio,
                self.doc.target.chars(step.target()) as f32,
            );
            let v = self.shape.variance * (s + t) / 2.0 + 4.0;
            steps[at].signs = Signs {
                words: said[at],
                leak: before.max(after),
                apart: if step.matches() { (t - s).abs() / v.sqrt() } else { 0.0 },
            };
        }
    }
}
