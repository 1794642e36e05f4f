//! Words that look alike in both languages: names, numbers, loans, cognates.

use rayon::prelude::*;

use super::pool::push;
use super::text::{Doc, Side};
use super::tuning::Tuning;
use super::vocabulary::{ByWord, Vocabulary};
use crate::words::common_letters;

/// Pairs of words that look alike, sorted, with a count as if they had been seen as translations that often: as far as that
/// can be believed in these texts.
pub(super) fn believed(
    docs: &[Doc],
    [source, target]: [&Vocabulary; 2],
    tuning: &Tuning,
) -> Vec<(u32, u32, f32)> {
    /// So many words tell whether those alike say anything: in texts by chance there are millions of pairs.
    const ENOUGH: usize = 16_384;
    let every = (source.len() / ENOUGH).max(1);
    let mut pairs = alike(source, target, every, tuning);
    let mut trusted = trust(docs, &pairs);
    if every > 1 && trusted * tuning.cognate >= tuning.nothing {
        pairs = alike(source, target, 1, tuning);
        trusted = trust(docs, &pairs);
    }
    pairs.iter_mut().for_each(|pair| pair.2 *= trusted);
    pairs.retain(|pair| pair.2 >= tuning.nothing);
    pairs.shrink_to_fit();
    pairs
}

/// Pairs of every so many source words and target words that look alike, sorted, with a count.
fn alike(source: &Vocabulary, target: &Vocabulary, every: usize, tuning: &Tuning) -> Vec<(u32, u32, f32)> {
    /// Words that are looked at at once.
    const TOGETHER: usize = 16_384;
    /// No language has more words that begin alike; each would be held against each.
    const LARGEST: usize = 4096;
    let mut by_head: ByWord<[char; 3], Vec<u32>> = ByWord::default();
    let head = |word: &str| {
        let mut letters = word.chars();
        [(); 3].map(|()| letters.next().unwrap_or(' '))
    };
    let long = |word: &str| word.chars().nth(3).is_some();
    for (t, word) in (0..).zip(target.words.iter()) {
        if long(word) && word.chars().all(char::is_alphabetic) {
            by_head.entry(head(word)).or_default().push(t);
        }
    }
    by_head.retain(|_, words| words.len() <= LARGEST);
    let of_word = |s: u32, found: &mut Vec<(u32, u32, f32)>| {
        let (word, first) = (source.words.get(s), found.len());
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        if let Some(t) = target.words.find(word) {
            // A short word of letters may be another language's (`on`, `a`, `des`).
            let count =
                if number || long(word) || !word.chars().any(char::is_alphabetic) { 1.0 } else { 0.25 };
            found.push((s, t, count * tuning.cognate));
        }
        if long(word) && !number {
            let own = found.len();
            for &t in by_head.get(&head(word)).map_or(&[][..], Vec::as_slice) {
                let other = target.words.get(t);
                let likeness = if other == word { 0.0 } else { likeness(word, other) };
                if likeness > 0.6 {
                    found.push((s, t, (likeness - 0.6) / 0.4 * tuning.cognate * tuning.likeness));
                }
            }
            if found.len() - own > tuning.kin {
                found[own..].sort_by(|a, b| b.2.total_cmp(&a.2));
                found.truncate(own + tuning.kin);
            }
        }
        found[first..].sort_unstable_by_key(|pair| pair.1);
    };
    let of_words = |words: &[u32]| {
        let mut found = Vec::new();
        words.iter().for_each(|&word| of_word(word, &mut found));
        found
    };
    let words: Vec<u32> = (0..source.len() as u32).step_by(every).collect();
    let mut all = Vec::new();
    // Some at a time: what was found would stand there twice.
    for words in words.chunks(TOGETHER) {
        let found: Vec<Vec<_>> = words.par_chunks(TOGETHER / 16).map(of_words).collect();
        found.into_iter().flatten().for_each(|pair| push(&mut all, pair));
    }
    all
}

/// How alike two words are, 0 to 1: twice the longest common subsequence by both lengths.
fn likeness(a: &str, b: &str) -> f32 {
    2.0 * common_letters(a, b) as f32 / (a.chars().count() + b.chars().count()) as f32
}

/// How far words that look alike can be believed in these texts, 0 to 1.
///
/// Words that occur once on either side stand at about the same relative place in both texts, if they
/// are the same word; if they are not, one pair in five does so by chance.
fn trust(docs: &[Doc], alike: &[(u32, u32, f32)]) -> f32 {
    const NEAR: f32 = 0.1;
    const CHANCE: f32 = 0.19;
    // Trusted beforehand, as if by so many pairs.
    const FAITH: f32 = 20.0;
    // Where the pairs of each source word begin, and which target words are in any.
    let sources = alike.last().map_or(0, |pair| pair.0 as usize + 1);
    let mut starts = vec![0u32; sources + 1];
    alike.iter().for_each(|pair| starts[pair.0 as usize + 1] += 1);
    (0..sources).for_each(|s| starts[s + 1] += starts[s]);
    let targets = alike.iter().map(|pair| pair.1 as usize + 1).max().unwrap_or(0);
    let mut paired = vec![false; targets];
    alike.iter().for_each(|pair| paired[pair.1 as usize] = true);
    let of = |s: u32| match starts.get(s as usize + 1) {
        Some(&end) => &alike[starts[s as usize] as usize..end as usize],
        None => &[],
    };
    let count = |doc: &Doc| {
        let source = single(&doc.source, |s| !of(s).is_empty());
        let target = single(&doc.target, |t| paired.get(t as usize) == Some(&true));
        let (mut near, mut all) = (0u32, 0u32);
        for &(s, i) in &source {
            for pair in of(s) {
                if let Ok(at) = target.binary_search_by_key(&pair.1, |place| place.0) {
                    all += 1;
                    near += u32::from((i - target[at].1).abs() < NEAR);
                }
            }
        }
        (near, all)
    };
    let (near, all) = docs.par_iter().map(count).reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let (near, all) = (near as f32 + FAITH, all as f32 + FAITH);
    ((near / all - CHANCE) / (1.0 - CHANCE)).clamp(0.0, 1.0)
}

/// The words that are asked for and occur once, in order, with their place in the text from 0 to 1.
fn single(side: &Side, asked: impl Fn(u32) -> bool) -> Vec<(u32, f32)> {
    let words = side.words.iter().enumerate().filter(|(_, word)| asked(**word));
    let mut all: Vec<(u32, u32)> = words.map(|(at, &word)| (word, at as u32)).collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0)
        .filter(|places| places.len() == 1)
        .map(|places| (places[0].0, places[0].1 as f32 / side.words.len() as f32))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[String]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        words.iter().for_each(|word| {
            vocabulary.number(word);
        });
        vocabulary
    }

    /// How many words of the second list each word of the first is alike to.
    fn found(source: &[String], target: &[String]) -> Vec<usize> {
        let pairs = alike(&vocabulary(source), &vocabulary(target), 1, &Tuning::default());
        (0..source.len() as u32).map(|s| pairs.iter().filter(|pair| pair.0 == s).count()).collect()
    }

    #[test]
    fn a_word_is_alike_to_itself_and_to_the_four_that_are_likest() {
        let words =
            ["nation", "nations", "national", "nationals", "nationaux", "nationalité", "natif", "mer"];
        let words = words.map(str::to_owned);
        // `natif` is less alike than the others.
        assert_eq!(found(&["nation".to_owned()], &words), [5]);
        let pairs = alike(&vocabulary(&["nation".to_owned()]), &vocabulary(&words), 1, &Tuning::default());
        assert_eq!(pairs.iter().map(|pair| pair.1).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!(pairs[0].2, Tuning::default().cognate);
    }

    #[test]
    fn thousands_of_words_that_begin_alike_are_not_held_against_each_other() {
        let letter = |number: usize| char::from(b'a' + (number % 17) as u8);
        let word = |number: usize| -> String {
            "pre".chars().chain([1, 17, 289, 4913].map(|by| letter(number / by))).collect()
        };
        let many: Vec<String> = (0..5000).map(word).collect();
        assert_eq!(found(&many[..20], &many), [1; 20]);
        assert!(found(&many[..20], &many[..1000]).iter().all(|&pairs| pairs > 1));
    }
}
