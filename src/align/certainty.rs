//! How certain a bead is, from its probability and from what else speaks for and against it.

use super::path::Step;

/// How probable it is that the bead is right, 0 to 1.
///
/// The model's own probability is too sure of itself, the more so where a bead has several sentences, its lengths do
/// not fit, or the words would have it joined with a neighbour. A logistic regression over these, fitted to beads of novels
/// and news that were aligned alone and together, with a lexicon and without one.
pub(super) fn certainty(step: &Step) -> f64 {
    let p = f64::from(step.score).clamp(1e-4, 1.0 - 1e-4);
    let signs = &step.signs;
    let odds = (p / (1.0 - p)).ln().clamp(-7.0, 7.0);
    let leak = f64::from(signs.leak).clamp(-6.0, 6.0);
    let apart = f64::from(signs.apart).min(4.0);
    let many = if step.m + step.n > 2 { 0.92 } else { 0.0 };
    let both = if step.m > 1 && step.n > 1 { 0.73 } else { 0.0 };
    let z = 0.26 + 0.64 * odds - 0.19 * leak - 0.74 * apart - many - both;
    1.0 / (1.0 + (-z).exp())
}

#[cfg(test)]
mod tests {
    use super::super::path::Signs;
    use super::*;

    fn step(m: usize, n: usize, score: f32, leak: f32, apart: f32) -> Step {
        Step { i: 0, j: 0, m, n, score, signs: Signs { leak, apart, ..Signs::default() } }
    }

    #[test]
    fn a_bead_is_less_certain_the_more_speaks_against_it() {
        let plain = certainty(&step(1, 1, 0.99, -3.0, 0.2));
        assert!(plain > 0.95);
        assert!(certainty(&step(1, 1, 0.9, -3.0, 0.2)) < plain);
        assert!(certainty(&step(1, 1, 0.99, 3.0, 0.2)) < plain);
        assert!(certainty(&step(1, 1, 0.99, -3.0, 2.0)) < plain);
        assert!(certainty(&step(1, 2, 0.99, -3.0, 0.2)) < plain);
        assert!(certainty(&step(2, 2, 0.99, -3.0, 0.2)) < certainty(&step(1, 2, 0.99, -3.0, 0.2)));
    }
}
