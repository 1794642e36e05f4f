//! The aligner as a library on texts that are not what they should be: parts missing, and any at all.

use enregard::align::{Aligner, Bead, Pair, gaps};
use proptest::prelude::*;

use crate::cases;

/// Sentences of made-up words and their translations, word by word: the same for the same seed.
fn text(seed: u64, sentences: usize) -> (Vec<String>, Vec<String>) {
    let mut state = seed;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let word = |number: u64, letters: &[u8]| -> String {
        let letter = |at: u64| char::from(letters[(at % letters.len() as u64) as usize]);
        let l = letters.len() as u64;
        [number, number / l, number / l / l, 7 * number].map(letter).iter().collect()
    };
    (0..sentences)
        .map(|_| {
            let numbers: Vec<u64> = (0..6 + next(10)).map(|_| next(30) * next(30)).collect();
            let side = |letters: &[u8]| {
                numbers.iter().map(|&n| word(n, letters)).collect::<Vec<_>>().join(" ") + "."
            };
            (side(b"aeioubcdfg"), side(b"klmnprstvwz"))
        })
        .unzip()
}

fn align(source: &[String], target: &[String]) -> Vec<Bead> {
    let source: Vec<&str> = source.iter().map(String::as_str).collect();
    let target: Vec<&str> = target.iter().map(String::as_str).collect();
    Aligner::new().align(&source, &target)
}

/// The share of these source sentences that stand alone with the target sentence `by` further on.
fn right(beads: &[Bead], source: std::ops::Range<usize>, by: isize) -> f64 {
    let count = source.len() as f64;
    let fits = |bead: &&Bead| {
        bead.source.len() == 1
            && bead.target.len() == 1
            && source.contains(&bead.source.start)
            && bead.target.start as isize == bead.source.start as isize + by
    };
    beads.iter().filter(fits).count() as f64 / count
}

#[test]
fn a_chapter_that_is_missing_is_a_gap_and_the_rest_is_aligned() {
    let (source, mut target) = text(1, 300);
    target.drain(120..180);
    let beads = align(&source, &target);
    assert!(right(&beads, 0..110, 0) > 0.95);
    assert!(right(&beads, 190..300, -60) > 0.95);
    let found = gaps(&beads, 10);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].source.start.abs_diff(120) < 4 && found[0].source.end.abs_diff(180) < 4, "{found:?}");
}

/// Sentences of few letters, so that many are alike; seldom more than a few.
fn sentences() -> impl Strategy<Value = Vec<String>> {
    let sentence = "[a-e ?.0-9é]{0,12}";
    prop_oneof![
        8 => prop::collection::vec(sentence, 0..6),
        1 => prop::collection::vec(sentence, 0..25),
    ]
}

proptest! {
    #![proptest_config(cases(40))]

    /// Whatever else is known of the two texts: where paragraphs begin, and beads that a person set.
    #[test]
    fn each_sentence_stands_in_exactly_one_bead(
        source in sentences(),
        target in sentences(),
        breaks in prop::collection::vec((0..6_usize, 0..6_usize), 0..3),
        fixed in prop::option::of((0..6_usize, 0..3_usize, 0..6_usize, 0..3_usize)),
    ) {
        let (own, other) = [&source, &target].map(|texts| texts.iter().map(String::as_str).collect()).into();
        let mut pair = Pair::new(own, other);
        let (mut from, mut to): (Vec<usize>, Vec<usize>) = breaks.into_iter().unzip();
        from.retain(|at| *at < source.len());
        to.retain(|at| *at < target.len());
        from.sort_unstable();
        to.sort_unstable();
        pair = pair.breaks(from, to);
        let mut known = None;
        if let Some((i, n, j, m)) = fixed
            && let Ok(with) = pair.clone().fixed(vec![(i..i + n, j..j + m)])
        {
            (pair, known) = (with, Some((i..i + n, j..j + m)));
        }
        let beads = Aligner::new().align_pair(&pair);
        let (mut i, mut j) = (0, 0);
        for bead in &beads {
            prop_assert_eq!((bead.source.start, bead.target.start), (i, j));
            prop_assert!(bead.source.len() + bead.target.len() > 0);
            prop_assert!((0.0..=1.0).contains(&bead.score));
            (i, j) = (bead.source.end, bead.target.end);
        }
        prop_assert_eq!((i, j), (source.len(), target.len()));
        if let Some((own, other)) = known {
            prop_assert!(beads.iter().any(|bead| bead.source == own && bead.target == other));
        }
    }
}
