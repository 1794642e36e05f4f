//! Words that look alike in both languages: names, numbers, loans, cognates.

use std::collections::HashMap;

use super::text::{Doc, Side, Vocabulary};
use super::tuning::Tuning;
use crate::words::common_letters;

/// Pairs of words that look alike, sorted, with a count as if they had been seen as translations that often.
pub(super) fn alike(source: &Vocabulary, target: &Vocabulary, tuning: &Tuning) -> Vec<(u32, u32, f32)> {
    let mut by_head: HashMap<String, Vec<u32>> = HashMap::new();
    let head = |word: &str| word.chars().take(3).collect::<String>();
    for (t, word) in target.words.iter().enumerate() {
        if word.chars().count() >= 4 && word.chars().all(char::is_alphabetic) {
            by_head.entry(head(word)).or_default().push(t as u32);
        }
    }
    let mut found = Vec::new();
    for (s, word) in source.words.iter().enumerate() {
        let s = s as u32;
        let long = word.chars().count();
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        if let Some(t) = target.find(word) {
            // A short word of letters may be another language's (`on`, `a`, `des`).
            let count =
                if number || long >= 4 || !word.chars().any(char::is_alphabetic) { 1.0 } else { 0.25 };
            found.push((s, t, count * tuning.cognate));
        }
        if long < 4 || number {
            continue;
        }
        for &t in by_head.get(&head(word)).map_or(&[][..], Vec::as_slice) {
            let other = &target.words[t as usize];
            if **other == **word {
                continue;
            }
            let likeness = likeness(word, other);
            if likeness > 0.6 {
                found.push((s, t, (likeness - 0.6) / 0.4 * tuning.cognate * tuning.likeness));
            }
        }
    }
    found.sort_unstable_by_key(|pair| (pair.0, pair.1));
    found
}

/// How alike two words are, 0 to 1: twice the longest common subsequence by both lengths.
fn likeness(a: &str, b: &str) -> f32 {
    2.0 * common_letters(a, b) as f32 / (a.chars().count() + b.chars().count()) as f32
}

/// How far words that look alike can be believed in these texts, 0 to 1.
///
/// Words that occur once on either side stand at about the same relative place in both texts, if they
/// are the same word; if they are not, one pair in five does so by chance.
pub(super) fn trust(docs: &[Doc], alike: &[(u32, u32, f32)]) -> f32 {
    const NEAR: f32 = 0.1;
    const CHANCE: f32 = 0.19;
    // Trusted beforehand, as if by so many pairs.
    const FAITH: f32 = 20.0;
    let (mut near, mut all) = (FAITH, FAITH);
    for doc in docs {
        let (source, target) = (single(&doc.source), single(&doc.target));
        for &(s, i) in &source {
            let known = &alike[alike.partition_point(|pair| pair.0 < s)..];
            for pair in known.iter().take_while(|pair| pair.0 == s) {
                if let Ok(at) = target.binary_search_by_key(&pair.1, |place| place.0) {
                    all += 1.0;
                    near += if (i - target[at].1).abs() < NEAR { 1.0 } else { 0.0 };
                }
            }
        }
    }
    ((near / all - CHANCE) / (1.0 - CHANCE)).clamp(0.0, 1.0)
}

/// The words that occur once, in order, with their place in the text from 0 to 1.
fn single(side: &Side) -> Vec<(u32, f32)> {
    let mut all: Vec<(u32, u32)> =
        side.words.iter().enumerate().map(|(at, &word)| (word, at as u32)).collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0)
        .filter(|places| places.len() == 1)
        .map(|places| (places[0].0, places[0].1 as f32 / side.words.len() as f32))
        .collect()
}
