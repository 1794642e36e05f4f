//! A text as the aligner sees it: words as numbers, lengths in characters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::words::fold_key;

/// A map by words, quicker than the standard one; what it holds is never gone through in its order.
pub(super) type ByWord<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

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

/// The words of one language, numbered in order of appearance.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// Word as it stands in a text (lower case) to its number.
    seen: ByWord<Box<str>, u32>,
    /// Folded word (no accents) to its number.
    folded: ByWord<Box<str>, u32>,
    /// The folded words, by number.
    pub words: Vec<Box<str>>,
    /// How words are written that were first seen with an accent.
    accented: ByWord<u32, Box<str>>,
}

impl Vocabulary {
    /// The number of a lower-case word, which it gets if it has none.
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.seen.get(word) {
            return id;
        }
        let known = self.words.len();
        let id = if word.is_ascii() { self.of_folded(word) } else { self.of_folded(&fold_key(word)) };
        if self.words.len() > known && !word.is_ascii() {
            self.accented.insert(id, word.into());
        }
        self.seen.insert(word.into(), id);
        id
    }

    fn of_folded(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.folded.get(word) {
            return id;
        }
        let id = u32::try_from(self.words.len()).expect("fewer than 2^32 words");
        self.words.push(word.into());
        self.folded.insert(word.into(), id);
        id
    }

    /// Gives up what only [`Vocabulary::number`] asks, as all is read.
    pub fn close(&mut self) {
        self.seen = ByWord::default();
    }

    /// Takes over another's words, in their order; answers the number that each has here.
    pub fn join(&mut self, mut other: Vocabulary) -> Vec<u32> {
        let words = std::mem::take(&mut other.words).into_iter().enumerate();
        words
            .map(|(at, word)| {
                let known = self.words.len();
                let id = self.of_folded(&word);
                if self.words.len() > known
                    && let Some(accented) = other.accented.remove(&(at as u32))
                {
                    self.accented.insert(id, accented);
                }
                id
            })
            .collect()
    }

    /// The number of a folded word that is known.
    pub fn find(&self, folded: &str) -> Option<u32> {
        self.folded.get(folded).copied()
    }

    /// A word as it was first seen, in lower case.
    pub fn shown(&self, id: u32) -> &str {
        self.accented.get(&id).unwrap_or(&self.words[id as usize])
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }
}

/// One side of a pair: its sentences' words and lengths.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    /// The words of all sentences, one after another.
    pub words: Vec<u32>,
    /// Where each sentence's words begin in `words`; one more than there are sentences.
    starts: Vec<u32>,
    /// Characters before each sentence, white space not counted; one more than there are sentences.
    chars: Vec<u32>,
    /// Paragraph breaks up to each boundary; empty where none is known.
    breaks: Vec<u32>,
}

/// A run of a text's sentences as read.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub words: Vec<u32>,
    /// For each sentence: where its words end in `words`, and its characters, white space not counted.
    pub sentences: Vec<(u32, u32)>,
}

impl Side {
    /// Puts a side together from its parts, each of which is given up before the next is taken. `breaks` are
    /// sentences that begin a paragraph, in order, counted from `first` on.
    pub fn of_parts(parts: Vec<Part>, first: usize, breaks: &[usize]) -> Self {
        let sentences = 1 + parts.iter().map(|part| part.sentences.len()).sum::<usize>();
        let words = parts.iter().map(|part| part.words.len()).sum::<usize>();
        let mut side = Side {
            starts: Vec::with_capacity(sentences),
            chars: Vec::with_capacity(sentences),
            ..Side::default()
        };
        side.starts.push(0);
        side.chars.push(0);
        let mut chars = 0;
        for part in parts {
            let before = side.words.len() as u32;
            for (end, own) in part.sentences {
                chars += own;
                side.starts.push(before + end);
                side.chars.push(chars);
            }
            if part.words.len() == words {
                side.words = part.words;
            } else {
                side.words.reserve_exact(words - side.words.len());
                side.words.extend(part.words);
            }
        }
        if !breaks.is_empty() {
            let counted = first..first + side.starts.len();
            side.breaks = counted.map(|at| breaks.partition_point(|&b| b <= at) as u32).collect();
        }
        side
    }

    /// A part of it, its sentences counted from 0.
    pub fn part(&self, sentences: Range<usize>) -> Side {
        let bounds = sentences.start..sentences.end + 1;
        let words = self.span(sentences.clone());
        let less = |all: &[u32]| all[bounds.clone()].iter().map(|at| at - all[bounds.start]).collect();
        Side {
            starts: less(&self.starts),
            chars: less(&self.chars),
            breaks: if self.breaks.is_empty() { Vec::new() } else { self.breaks[bounds.clone()].to_vec() },
            words: self.words[words].to_vec(),
        }
    }

    /// How many paragraphs begin inside these sentences, the first one's not counted.
    pub fn breaks(&self, sentences: Range<usize>) -> u32 {
        if self.breaks.is_empty() || sentences.len() < 2 {
            return 0;
        }
        self.breaks[sentences.end - 1] - self.breaks[sentences.start]
    }

    /// How many sentences.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where the words of these sentences stand in `words`.
    pub fn span(&self, sentences: Range<usize>) -> Range<usize> {
        self.starts[sentences.start] as usize..self.starts[sentences.end] as usize
    }

    /// The words of these sentences.
    pub fn of(&self, sentences: Range<usize>) -> &[u32] {
        &self.words[self.span(sentences)]
    }

    /// The characters of these sentences.
    pub fn chars(&self, sentences: Range<usize>) -> u32 {
        self.chars[sentences.end] - self.chars[sentences.start]
    }
}

/// Two texts to be aligned.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub source: Side,
    pub target: Side,
}
