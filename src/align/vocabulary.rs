//! The words of texts as numbers, held small: a text of chance has hundreds of thousands.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

use hashbrown::HashTable;

use crate::words::fold_key;

/// A map by words, quicker than the standard one; what it holds is never gone through in its order.
pub(super) type ByWord<K, V> = HashMap<K, V, Mixing>;

type Mixing = BuildHasherDefault<Mix>;

/// So many words that a list of them for each thread is too much.
pub(super) const MANY: usize = 500_000;

/// A hash by multiplying and turning, eight bytes at once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u64(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(23) ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_u32(&mut self, part: u32) {
        self.write_u64(u64::from(part));
    }

    fn write_u8(&mut self, part: u8) {
        self.write_u64(u64::from(part));
    }

    fn finish(&self) -> u64 {
        (self.0 ^ (self.0 >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ (self.0 >> 32)
    }
}

/// Different words, numbered as they came: all in one text, some ten bytes each beside their letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<u32>,
    by_word: HashTable<u32>,
}

impl Words {
    /// The number of a word, which it gets if it has none.
    pub fn number(&mut self, word: &str) -> u32 {
        let hash = Mixing::default().hash_one(word);
        if let Some(number) = self.numbered(word, hash) {
            return number;
        }
        let number = u32::try_from(self.len()).expect("fewer than 2^32 words");
        let all = self.letters.len();
        if all + word.len() > self.letters.capacity() {
            // By a quarter, not by as much again.
            self.letters.reserve_exact(word.len() + all / 4 + 64);
        }
        self.letters.push_str(word);
        super::pool::push(
            &mut self.ends,
            u32::try_from(self.letters.len()).expect("less than 4 GiB of words"),
        );
        let Words { letters, ends, by_word } = self;
        let hashed = |&number: &u32| Mixing::default().hash_one(word_at(letters, ends, number));
        by_word.insert_unique(hash, number, hashed);
        number
    }

    /// The number of a word that is known.
    pub fn find(&self, word: &str) -> Option<u32> {
        self.numbered(word, Mixing::default().hash_one(word))
    }

    fn numbered(&self, word: &str, hash: u64) -> Option<u32> {
        self.by_word.find(hash, |&number| self.get(number) == word).copied()
    }

    /// A word by its number.
    pub fn get(&self, number: u32) -> &str {
        word_at(&self.letters, &self.ends, number)
    }

    /// The words in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|number| self.get(number))
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

/// For each of so many words the first with the same head.
pub(super) fn first_alike<'w>(words: u32, head: impl Fn(u32) -> &'w str) -> Vec<u32> {
    let mut by_head: HashTable<u32> = HashTable::with_capacity(words as usize);
    let hashed = |&word: &u32| Mixing::default().hash_one(head(word));
    let first = |word: u32| {
        let same = |&first: &u32| head(first) == head(word);
        *by_head.entry(hashed(&word), same, hashed).or_insert(word).get()
    };
    (0..words).map(first).collect()
}

fn word_at<'w>(letters: &'w str, ends: &[u32], number: u32) -> &'w str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &letters[start as usize..ends[number] as usize]
}

/// The words of one language, numbered in order of appearance; forms that differ in accents alone have one number.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// The folded words (no accents).
    pub words: Words,
    /// The number of each word with an accent, as it stands in a text (lower case).
    seen: ByWord<Box<str>, u32>,
    /// How words are written that were first seen with an accent.
    accented: ByWord<u32, Box<str>>,
}

impl Vocabulary {
    /// The number of a lower-case word, which it gets if it has none.
    pub fn number(&mut self, word: &str) -> u32 {
        if word.is_ascii() {
            return self.words.number(word);
        }
        if let Some(&id) = self.seen.get(word) {
            return id;
        }
        let known = self.words.len();
        let id = self.words.number(&fold_key(word));
        if self.words.len() > known {
            self.accented.insert(id, word.into());
        }
        self.seen.insert(word.into(), id);
        id
    }

    /// Gives up what only [`Vocabulary::number`] asks, as all is read.
    pub fn close(&mut self) {
        self.seen = ByWord::default();
        self.words.letters.shrink_to_fit();
        self.words.ends.shrink_to_fit();
    }

    /// Gives up finding words by their letters.
    pub fn unlist(&mut self) {
        self.words.by_word = HashTable::new();
    }

    /// Takes over another's words, in their order; answers the number that each has here.
    pub fn join(&mut self, mut other: Vocabulary) -> Vec<u32> {
        let words = std::mem::take(&mut other.words);
        let mut join = |(at, word): (u32, &str)| {
            let known = self.words.len();
            let id = self.words.number(word);
            if self.words.len() > known
                && let Some(accented) = other.accented.remove(&at)
            {
                self.accented.insert(id, accented);
            }
            id
        };
        (0..).zip(words.iter()).map(&mut join).collect()
    }

    /// A word as it was first seen, in lower case.
    pub fn shown(&self, id: u32) -> &str {
        match self.accented.get(&id) {
            Some(word) => word,
            None => self.words.get(id),
        }
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.words.len()
    }
}
