//! How certain a bead is, from its probability, from what else speaks for and against it, and from the text it stands in.

use super::path::Step;

/// The matches of a text: how many there are, how many of them are joined, and how many its model is not sure of.
///
/// Where much is joined or unsure, whoever judges a bead would join more, and the model is wrong more often where it is sure.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habit {
    matches: f64,
    joined: f64,
    unsure: f64,
}

impl Habit {
    /// Counts the beads of a path through the text, or through a part of it.
    pub fn count(&mut self, path: &[Step]) {
        /// The probability below which the model is not sure.
        const SURE: f32 = 0.95;
        for step in path.iter().filter(|step| step.matches()) {
            self.matches += 1.0;
            self.joined += if step.sentences() > 2 { 1.0 } else { 0.0 };
            self.unsure += if step.score < SURE { 1.0 } else { 0.0 };
        }
    }

    /// The shares of matches that are joined and unsure; of a short text nearer to what is usual.
    fn shares(self) -> (f64, f64) {
        /// Matches that what is usual counts for, and what is usual: about as in the texts that this was fitted to.
        const WEIGHT: f64 = 20.0;
        const JOINED: f64 = 0.1;
        const UNSURE: f64 = 0.06;
        let share = |count: f64, usual: f64| (count + WEIGHT * usual) / (self.matches + WEIGHT);
        (share(self.joined, JOINED), share(self.unsure, UNSURE))
    }
}

/// How probable it is that the bead is right, 0 to 1, in a text of this habit.
///
/// The model's own probability is too sure of itself, the more so where a bead has several sentences, its lengths do
/// not fit, the words would have it joined with a neighbour, or the text is a difficult one. A logistic regression over
/// these, fitted to beads of novels, letters and news that were aligned alone and together, with a lexicon and without one.
pub(super) fn certainty(step: &Step, habit: Habit) -> f64 {
    let p = f64::from(step.score).clamp(1e-4, 1.0 - 1e-4);
    let signs = &step.signs;
    let (m, n) = step.size();
    let odds = (p / (1.0 - p)).ln().clamp(-7.0, 7.0);
    let leak = f64::from(signs.leak).clamp(-6.0, 6.0);
    let apart = f64::from(signs.apart).min(4.0);
    let many = if step.sentences() > 2 { 0.69 } else { 0.0 };
    let both = if m > 1 && n > 1 { 0.79 } else { 0.0 };
    let (joined, unsure) = habit.shares();
    let text = 3.09 * joined + 3.73 * unsure;
    let z = 1.33 + 0.59 * odds - 0.14 * leak - 0.5 * apart - many - both - text;
    1.0 / (1.0 + (-z).exp())
}

#[cfg(test)]
mod tests {
    use super::super::path::Signs;
    use super::*;

    fn step(m: usize, n: usize, score: f32, leak: f32, apart: f32) -> Step {
        let mut step = Step::new((0, 0), (m, n), score);
        step.signs = Signs { leak, apart, ..Signs::default() };
        step
    }

    #[test]
    fn a_bead_is_less_certain_the_more_speaks_against_it() {
        let certainty = |step: &Step| certainty(step, Habit::default());
        let plain = certainty(&step(1, 1, 0.99, -3.0, 0.2));
        assert!(plain > 0.95);
        assert!(certainty(&step(1, 1, 0.9, -3.0, 0.2)) < plain);
        assert!(certainty(&step(1, 1, 0.99, 3.0, 0.2)) < plain);
        assert!(certainty(&step(1, 1, 0.99, -3.0, 2.0)) < plain);
        assert!(certainty(&step(1, 2, 0.99, -3.0, 0.2)) < plain);
        assert!(certainty(&step(2, 2, 0.99, -3.0, 0.2)) < certainty(&step(1, 2, 0.99, -3.0, 0.2)));
    }
    #[test]
    fn a_bead_is_less_certain_in_a_text_where_much_is_joined_or_unsure() {
        let habit = |steps: &[Step]| {
            let mut habit = Habit::default();
            // In two parts, as where a bead between them is fixed.
            steps.chunks(30).for_each(|part| habit.count(part));
            habit
        };
        let (plain, joined) = (step(1, 1, 0.99, -3.0, 0.2), step(1, 2, 0.99, -3.0, 0.2));
        let (unsure, skip) = (step(1, 1, 0.8, -3.0, 0.2), step(1, 0, 0.8, 0.0, 0.0));
        let of = |steps: Vec<Step>| certainty(&plain, habit(&steps));
        let easy = of(vec![plain; 60]);
        assert!(of([[plain; 30], [joined; 30]].concat()) < easy);
        assert!(of([[plain; 30], [unsure; 30]].concat()) < easy);
        // What has no counterpart says nothing of the rest; and a few beads say little.
        assert_eq!(of([[plain; 60], [skip; 60]].concat()), easy);
        assert!(of(vec![joined; 3]) > of(vec![joined; 60]));
    }
}
