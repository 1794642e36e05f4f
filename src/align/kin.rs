//! Words that look alike in both languages: names, numbers, loans, cognates.

use rayon::prelude::*;

use super::anchors::RARE;
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

/// No language has more words that begin alike; each would be held against each. Few under Miri, which is slow.
const LARGEST: usize = if cfg!(miri) { 64 } else { 4096 };

/// Pairs of every so many source words and target words that look alike, sorted, with a count.
fn alike(source: &Vocabulary, target: &Vocabulary, every: usize, tuning: &Tuning) -> Vec<(u32, u32, f32)> {
    /// Words that are looked at at once.
    const TOGETHER: usize = 16_384;
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

/// Of so many pairs some must have been seen: faith has to do in little text alone. Few under Miri, which is slow.
const MANY: usize = if cfg!(miri) { 250 } else { 10_000 };

/// How far words that look alike can be believed in these texts, 0 to 1.
///
/// Words that occur once on either side stand at about the same relative place in both texts, if they
/// are the same word; if they are not, one pair in five does so by chance.
fn trust(docs: &[Doc], alike: &[(u32, u32, f32)]) -> f32 {
    // Trusted beforehand, as if by so many pairs.
    const FAITH: f32 = 20.0;
    // So many are some.
    const SEEN: f32 = 100.0;
    let once = seen(docs, alike, 1);
    if alike.len() < MANY || once.all >= SEEN {
        return once.trust(FAITH);
    }
    // Words that occur more often stand near each other in any case.
    seen(docs, alike, RARE).trust(0.0)
}

/// Pairs of words that look alike, where both occur seldom.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// The source words' occurrences with a target word alike to them, counted by pairs.
    all: f32,
    /// Those with one of its occurrences at about the same relative place, and how many would have one by chance.
    near: f32,
    chance: f32,
}

/// How near places are that are about the same, of the whole text, and how many places of the text are so near.
const NEAR: f32 = 0.1;
const CHANCE: f32 = 0.19;

impl Seen {
    fn plus(self, other: Seen) -> Seen {
        let Seen { all, near, chance } = other;
        Seen { all: self.all + all, near: self.near + near, chance: self.chance + chance }
    }

    /// How much more often than by chance they are near, with so many pairs more that are.
    fn trust(self, faith: f32) -> f32 {
        let chance = self.chance + CHANCE * faith;
        let other = self.all + faith - chance;
        if other > 0.0 { ((self.near + faith - chance) / other).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// What is seen of pairs of words that occur at most so many times on either side.
fn seen(docs: &[Doc], alike: &[(u32, u32, f32)], most: u8) -> Seen {
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
        let source = rare(&doc.source, |s| !of(s).is_empty(), most);
        let target = rare(&doc.target, |t| paired.get(t as usize) == Some(&true), most);
        let (mut near, mut all, mut by_count) = (0u32, 0u32, [0u32; RARE as usize + 1]);
        for &(s, i) in &source {
            for pair in of(s) {
                let from = target.partition_point(|place| place.0 < pair.1);
                let places = target[from..].iter().take_while(|place| place.0 == pair.1);
                let count = places.clone().count();
                if count > 0 {
                    all += 1;
                    near += u32::from(places.into_iter().any(|place| (i - place.1).abs() < NEAR));
                    by_count[count] += 1;
                }
            }
        }
        let chance = (1..).zip(&by_count[1..]);
        let chance = chance.map(|(count, &pairs)| pairs as f32 * (1.0 - (1.0 - CHANCE).powi(count))).sum();
        Seen { all: all as f32, near: near as f32, chance }
    };
    // In order, as sums of fractions depend on it.
    let each: Vec<Seen> = docs.par_iter().map(count).collect();
    each.into_iter().fold(Seen::default(), Seen::plus)
}

/// The words that are asked for and occur at most so many times, in order, with their places in the text from 0 to 1.
fn rare(side: &Side, asked: impl Fn(u32) -> bool, most: u8) -> Vec<(u32, f32)> {
    let words = side.words.iter().enumerate().filter(|(_, word)| asked(**word));
    let mut all: Vec<(u32, u32)> = words.map(|(at, &word)| (word, at as u32)).collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0)
        .filter(|places| places.len() <= usize::from(most))
        .flatten()
        .map(|&(word, at)| (word, at as f32 / side.words.len() as f32))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::hash::Hasher;

    use super::super::text::Part;
    use super::super::vocabulary::Mix;
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
        let many: Vec<String> = (0..=LARGEST).map(word).collect();
        assert_eq!(found(&many[..20], &many), [1; 20]);
        assert!(found(&many[..20], &many[1..]).iter().all(|&pairs| pairs > 1));
    }

    #[test]
    fn of_a_long_text_without_words_that_occur_once_those_that_occur_a_few_times_tell_what_to_believe() {
        // Very many words in sentences of ten, each about ten times: by chance in either text, or the same in both.
        const WORDS: u32 = 2 * MANY as u32;
        let said = |at: u64, seed: u64| {
            let mut mix = Mix::default();
            mix.write_u64(at);
            mix.write_u64(seed);
            (mix.finish() % u64::from(WORDS)) as u32
        };
        let side = |seed: u64| {
            let words = (0..10 * u64::from(WORDS)).map(|at| said(at, seed)).collect();
            let sentences = (1..=WORDS).map(|sentence| (10 * sentence, 10)).collect();
            Side::of_parts(vec![Part { words, sentences }], 0, &[])
        };
        let alike: Vec<(u32, u32, f32)> = (0..WORDS).map(|word| (word, word, 1.0)).collect();
        let docs = |other| [Doc { source: side(1), target: side(other) }];
        let once = seen(&docs(2), &alike, 1);
        assert!(once.all < 20.0 && seen(&docs(2), &alike, RARE).all > WORDS as f32 / 20.0, "{once:?}");
        let believed = [2, 1].map(|other| trust(&docs(other), &alike));
        assert!(believed[0] < 0.1 && believed[1] > 0.9, "{believed:?}");
    }
}
