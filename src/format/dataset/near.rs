//! Which articles are nearly the same: later versions of a dispatch, and texts that take long stretches from each other.
//!
//! Sets of stretches of five words (shingles, Broder 1997), of which the quarter with the smallest hashes is kept: so the share
//! that two articles have in common is measured without comparing them word by word. Articles in a chain are together.

use std::collections::HashMap;

use crate::words::{fold_key, word_hash, words};

/// Words in a shingle.
const WORDS: usize = 5;
/// One hash in so many is kept, the same ones in every article.
const KEPT: u64 = 4;
/// From this share of the shorter article's stretches on, two articles are nearly the same. Of two articles on one
/// subject by different hands, fewer than one in fifty are the same.
const ALIKE: f64 = 0.2;
/// A stretch that so many articles have is a set phrase and tells nothing.
const SET_PHRASE: usize = 64;

/// What of an article is held against others.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    hashes: Vec<u64>,
}

impl Sketch {
    /// Adds a sentence. A short one is a stretch of its own.
    pub fn add(&mut self, sentence: &str) {
        let hashes: Vec<u64> =
            words(sentence).map(|word| word_hash(fold_key(word.of(sentence)).as_bytes())).collect();
        let of = |stretch: &[u64]| {
            let bytes: Vec<u8> = stretch.iter().flat_map(|hash| hash.to_le_bytes()).collect();
            word_hash(&bytes)
        };
        let whole = [of(&hashes)];
        let stretches = hashes.windows(WORDS).map(of);
        let short = (hashes.len() < WORDS && !hashes.is_empty()).then_some(whole[0]);
        self.hashes.extend(stretches.chain(short).filter(|hash| hash % KEPT == 0));
    }
}

/// For each article the first of its group: articles that are nearly the same, directly or through others.
pub(super) fn groups<'a>(sketches: impl Iterator<Item = &'a Sketch>) -> Vec<usize> {
    let mut sets: Vec<Vec<u64>> = sketches.map(|sketch| sketch.hashes.clone()).collect();
    let mut places: Vec<(u64, u32)> = Vec::new();
    for (article, set) in sets.iter_mut().enumerate() {
        set.sort_unstable();
        set.dedup();
        places.extend(set.iter().map(|hash| (*hash, article as u32)));
    }
    places.sort_unstable();
    let mut common: HashMap<(u32, u32), u32> = HashMap::new();
    for same in places.chunk_by(|a, b| a.0 == b.0).filter(|same| (2..=SET_PHRASE).contains(&same.len())) {
        for (index, (_, first)) in same.iter().enumerate() {
            for (_, second) in &same[index + 1..] {
                *common.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    let mut first: Vec<usize> = (0..sets.len()).collect();
    fn root(first: &mut [usize], mut article: usize) -> usize {
        while first[article] != article {
            first[article] = first[first[article]];
            article = first[article];
        }
        article
    }
    let mut pairs: Vec<((u32, u32), u32)> = common.into_iter().collect();
    pairs.sort_unstable();
    for ((a, b), number) in pairs {
        let (a, b) = (a as usize, b as usize);
        let shorter = sets[a].len().min(sets[b].len());
        if f64::from(number) >= ALIKE * shorter as f64 {
            let (a, b) = (root(&mut first, a), root(&mut first, b));
            first[a.max(b)] = a.min(b);
        }
    }
    (0..sets.len()).map(|article| root(&mut first, article)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(sentences: &[String]) -> Sketch {
        let mut sketch = Sketch::default();
        sentences.iter().for_each(|sentence| sketch.add(sentence));
        sketch
    }

    /// Sentences that share no stretch of words with those of another seed.
    fn sentences(seed: usize, number: usize) -> Vec<String> {
        let word = |n: usize| format!("mot{}", word_hash(format!("{seed} {n}").as_bytes()) % 5000);
        (0..number).map(|n| (0..12).map(|w| word(n * 12 + w)).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_later_version_and_a_chain_of_them_are_one_group() {
        let first = sentences(1, 12);
        let mut second = first[..8].to_vec();
        second.extend(sentences(2, 8));
        let mut third = sentences(2, 8);
        third.extend(sentences(3, 9));
        let other = sentences(4, 12);
        let mut quoting = sentences(5, 20);
        quoting.push(first[0].clone());
        let sketches: Vec<Sketch> =
            [other, first, quoting, second, third].iter().map(|s| sketch(s)).collect();
        assert_eq!(groups(sketches.iter()), [0, 1, 2, 1, 1]);
    }

    #[test]
    fn accents_case_and_marks_do_not_part_two_versions() {
        let text = sentences(7, 10);
        let loud: Vec<String> = text.iter().map(|s| format!("« {} » !", s.to_uppercase())).collect();
        assert_eq!(groups([sketch(&text), sketch(&loud)].iter()), [0, 0]);
        assert_eq!(groups([Sketch::default(), Sketch::default()].iter()), [0, 1]);
    }
}
