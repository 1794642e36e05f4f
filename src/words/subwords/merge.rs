//! Byte pair encoding learnt from counted words, always in the same way (Sennrich, Haddow & Birch 2016).
//!
//! The crate learns in the order of its hash tables, which is another in every run, and two merges of one count may
//! change places; here equals are taken in the order of their symbols' numbers. What is learnt is the same model.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

/// What was learnt: symbols in order of their numbers, and merges in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Learnt {
    pub symbols: Vec<String>,
    pub merges: Vec<(String, String)>,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merging<'a> {
    /// Symbols that come first and are never merged.
    pub first: &'a [String],
    /// Characters that are symbols whether they stand in a word or not, sorted.
    pub alphabet: &'a [char],
    /// What a symbol inside a word begins with (`##`); may be empty.
    pub inside: &'a str,
    /// How many symbols in all.
    pub size: usize,
    /// How often a pair must stand to be merged.
    pub least: u64,
}

type Pair = (u32, u32);

/// Learns symbols from words and how often each stands; the words sorted. Stops where no pair is frequent enough.
pub(super) fn learn(words: &[(String, u64)], how: Merging<'_>) -> Learnt {
    let mut symbols = Symbols::default();
    for first in how.first {
        symbols.number(first.clone());
    }
    let own: BTreeSet<char> =
        words.iter().flat_map(|(word, _)| word.chars()).chain(how.alphabet.iter().copied()).collect();
    for c in own {
        symbols.number(c.to_string());
    }
    if !how.inside.is_empty() {
        let inside: BTreeSet<char> = words.iter().flat_map(|(word, _)| word.chars().skip(1)).collect();
        for c in inside {
            symbols.number(format!("{}{c}", how.inside));
        }
    }
    let mut texts: Vec<Vec<u32>> = Vec::with_capacity(words.len());
    let mut counts: HashMap<Pair, u64> = HashMap::new();
    let mut places: HashMap<Pair, Vec<u32>> = HashMap::new();
    for (at, (word, count)) in (0..).zip(words) {
        let mut text = Vec::with_capacity(word.len());
        for (index, c) in word.chars().enumerate() {
            let symbol = if index == 0 { c.to_string() } else { format!("{}{c}", how.inside) };
            text.push(symbols.number(symbol));
        }
        for pair in text.windows(2) {
            let pair = (pair[0], pair[1]);
            *counts.entry(pair).or_default() += count;
            let own = places.entry(pair).or_default();
            if own.last() != Some(&at) {
                own.push(at);
            }
        }
        texts.push(text);
    }
    let mut queue: BinaryHeap<(u64, Reverse<Pair>)> =
        counts.iter().map(|(pair, count)| (*count, Reverse(*pair))).collect();
    let mut merges = Vec::new();
    while symbols.names.len() < how.size {
        let Some((count, Reverse(pair))) = queue.pop() else { break };
        let now = counts.get(&pair).copied().unwrap_or(0);
        if now != count {
            // It was counted anew since; what it is now stands elsewhere in the queue.
            continue;
        }
        if count < how.least.max(1) {
            break;
        }
        let (left, right) = (symbols.names[pair.0 as usize].clone(), symbols.names[pair.1 as usize].clone());
        let joined = format!("{left}{}", right.strip_prefix(how.inside).unwrap_or(&right));
        let new = symbols.number(joined);
        merges.push((left, right));
        let mut changed: BTreeSet<Pair> = BTreeSet::new();
        counts.remove(&pair);
        for at in places.remove(&pair).unwrap_or_default() {
            let times = words[at as usize].1;
            let text = &mut texts[at as usize];
            let mut index = 0;
            while index + 1 < text.len() {
                if (text[index], text[index + 1]) != pair {
                    index += 1;
                    continue;
                }
                let before = index.checked_sub(1).map(|before| text[before]);
                let after = text.get(index + 2).copied();
                text[index] = new;
                text.remove(index + 1);
                let mut less = |gone: Pair| {
                    if let Some(count) = counts.get_mut(&gone) {
                        *count = count.saturating_sub(times);
                        changed.insert(gone);
                    }
                };
                if let Some(before) = before {
                    less((before, pair.0));
                }
                if let Some(after) = after {
                    less((pair.1, after));
                }
                let mut more = |come: Pair| {
                    *counts.entry(come).or_default() += times;
                    changed.insert(come);
                    let own = places.entry(come).or_default();
                    if own.last() != Some(&at) {
                        own.push(at);
                    }
                };
                if let Some(before) = before {
                    more((before, new));
                }
                if let Some(after) = after {
                    more((new, after));
                }
                index += 1;
            }
        }
        // A pair such as `aa` in `aaa` is counted as it stands, also where two overlap: what is left of it is gone with it.
        counts.remove(&pair);
        changed.remove(&pair);
        for pair in changed {
            queue.push((counts.get(&pair).copied().unwrap_or(0), Reverse(pair)));
        }
    }
    Learnt { symbols: symbols.names, merges }
}

/// Symbols and their numbers.
#[derive(Default)]
struct Symbols {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Symbols {
    /// The number of a symbol: the next, where it is new.
    fn number(&mut self, name: String) -> u32 {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(all: &[(&str, u64)]) -> Vec<(String, u64)> {
        all.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect()
    }

    const HOW: Merging<'static> = Merging { first: &[], alphabet: &[], inside: "", size: 100, least: 2 };

    #[test]
    fn the_commonest_pair_is_merged_first_and_equals_in_order() {
        // The example of the paper, without its mark of a word's end.
        let words = words(&[("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)]);
        let learnt = learn(&words, HOW);
        let merges: Vec<String> = learnt.merges.iter().map(|(a, b)| format!("{a}+{b}")).collect();
        assert_eq!(&merges[..4], ["e+s", "es+t", "l+o", "lo+w"]);
        assert_eq!(learnt.symbols[..3], ["d", "e", "i"]);
        assert_eq!(learn(&words, HOW), learnt);
        assert_eq!(learn(&words, Merging { size: 12, ..HOW }).symbols.len(), 12);
        assert!(learn(&[], HOW).symbols.is_empty());
    }

    #[test]
    fn symbols_inside_words_have_their_mark() {
        let first = ["[UNK]".to_owned()];
        let how = Merging { first: &first, inside: "##", ..HOW };
        let learnt = learn(&words(&[("abab", 3), ("b", 1)]), how);
        assert_eq!(learnt.symbols[..5], ["[UNK]", "a", "b", "##a", "##b"]);
        assert!(learnt.merges.contains(&("a".to_owned(), "##b".to_owned())), "{learnt:?}");
        assert!(learnt.symbols.contains(&"abab".to_owned()));
    }

    #[test]
    fn a_letter_that_is_repeated_does_not_confuse_the_counts() {
        for word in ["aaaa", "aaaaa", "aaabaaa", "ababab"] {
            let learnt = learn(&words(&[(word, 4)]), HOW);
            assert_eq!(learnt.symbols.last().unwrap(), word, "{learnt:?}");
        }
    }
}
