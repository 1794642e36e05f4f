//! Breaks: stretches of a path that the words do not bear out, as where chapters are missing or have changed places.

use std::ops::Range;

use super::path::Step;

/// What the words of a sentence pair say, about, at least, where texts translate each other (natural logarithm): most novels say
/// 0.9 and more on average over a dozen beads, sentences thrown together less than nothing.
const FAIR: f32 = 0.5;

/// The same where the words say little anywhere, as of a sentence that stands everywhere: there they must speak against it.
const POOR: f32 = -0.5;

/// What the words say for the better quarter of beads, at least, where they have something to say.
const RICH: f32 = 1.5;

/// The most that one bead counts for or against a stretch.
const MOST: f32 = 3.0;

/// What beads count together, at least, to be a break: about a dozen that go together badly.
const ENOUGH: f32 = 18.0;

/// The fewest sentences of either side in a break.
const SENTENCES: usize = 12;

/// How certain it is that a sentence in a break has no counterpart there.
const SURE: f32 = 0.9;

/// What the words say for a bead, by pair of sentences; of a skip nothing.
fn said(step: &Step) -> Option<f32> {
    step.matches().then(|| 2.0 * step.signs.words / step.sentences() as f32)
}

/// What the words of a sentence pair must say, at least, in the text of this path.
pub(super) fn fair(path: &[Step]) -> f32 {
    let mut all: Vec<f32> = path.iter().filter_map(said).collect();
    if all.is_empty() {
        return POOR;
    }
    let better = all.len() * 3 / 4;
    if *all.select_nth_unstable_by(better, f32::total_cmp).1 >= RICH { FAIR } else { POOR }
}

/// The stretches of a path, as places in it, where the words say less for the beads than is `fair`. O(steps).
pub(super) fn weak(path: &[Step], fair: f32) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut push = |stretch: Range<usize>, sum: f32| {
        let matched = path[stretch.clone()].iter().filter(|step| step.matches());
        let (source, target) = matched.map(Step::size).fold((0, 0), |all, (m, n)| (all.0 + m, all.1 + n));
        if sum >= ENOUGH && source.min(target) >= SENTENCES {
            found.push(stretch);
        }
    };
    let (mut start, mut end, mut sum, mut best) = (0, 0, 0f32, 0f32);
    for (at, step) in path.iter().enumerate() {
        sum += said(step).map_or(0.0, |said| (fair - said).clamp(-MOST, MOST));
        if sum > best {
            (best, end) = (sum, at + 1);
        }
        // Beads that go together well end it.
        if sum <= 0.0 || sum < best - ENOUGH {
            push(start..end, best);
            (start, end, sum, best) = (at + 1, at + 1, 0.0, 0.0);
        }
    }
    push(start..end, best);
    found
}

/// Takes a path's weak stretches apart: their sentences have no counterpart.
pub(super) fn take_apart(path: Vec<Step>, fair: f32) -> Vec<Step> {
    let weak = weak(&path, fair);
    let mut apart = Vec::with_capacity(path.len());
    let mut done = 0;
    for stretch in weak {
        apart.extend_from_slice(&path[done..stretch.start]);
        let steps = &path[stretch.clone()];
        let ((from_i, from_j), (to_i, to_j)) = (steps[0].begin(), steps[steps.len() - 1].end());
        apart.extend((from_i..to_i).map(|i| Step::new((i, from_j), (1, 0), SURE)));
        apart.extend((from_j..to_j).map(|j| Step::new((to_i, j), (0, 1), SURE)));
        done = stretch.end;
    }
    apart.extend_from_slice(&path[done..]);
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path of 1-1 beads, whose words say this much.
    fn path(words: &[f32]) -> Vec<Step> {
        let step = |(at, &words): (usize, &f32)| {
            let mut step = Step::new((at, at), (1, 1), 0.9);
            step.signs.words = words;
            step
        };
        words.iter().enumerate().map(step).collect()
    }

    #[test]
    fn only_long_stretches_without_evidence_are_weak() {
        let of = |parts: &[(f32, usize)]| {
            let words: Vec<f32> = parts.iter().flat_map(|&(words, times)| vec![words; times]).collect();
            let path = path(&words);
            weak(&path, fair(&path)).into_iter().map(|range| (range.start, range.end)).collect::<Vec<_>>()
        };
        assert_eq!(of(&[(6.0, 50), (-3.0, 40), (6.0, 50)]), vec![(50, 90)]);
        assert!(of(&[(6.0, 50), (-3.0, 5), (6.0, 50)]).is_empty());
        assert!(of(&[(0.9, 200)]).is_empty());
        assert_eq!(of(&[(-1.0, 30), (4.0, 40), (-1.0, 30)]), vec![(0, 30), (70, 100)]);
        assert_eq!(of(&[(-2.0, 40), (5.0, 1), (-2.0, 40)]), vec![(0, 81)]);
        assert_eq!(of(&[(-3.0, 40)]), vec![(0, 40)]);
        assert!(of(&[(0.0, 400)]).is_empty());
    }

    #[test]
    fn what_is_taken_apart_stands_in_one_bead_each() {
        let apart = take_apart(path(&[[6.0; 20], [-3.0; 20], [6.0; 20]].concat()), FAIR);
        let (mut i, mut j) = (0, 0);
        for step in &apart {
            assert_eq!(step.begin(), (i, j));
            (i, j) = step.end();
        }
        assert_eq!((i, j, apart.len()), (60, 60, 80));
    }
}
