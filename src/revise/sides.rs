//! The two sides of a comparison, small: tokens, the sentences that they make up, and what became of each.

use std::ops::Range;

use crate::bitext::Span;

use super::token::{Token, Vocabulary, is_between};

/// One side of the comparison: tokens, and how they make up sentences.
#[derive(Default)]
pub(super) struct Side {
    pub tokens: Vec<Token>,
    /// Where the tokens of each sentence end, in four bytes each.
    ends: Vec<u32>,
}

impl Side {
    /// With room for the tokens of a text of so many bytes.
    pub fn with_room(bytes: usize) -> Side {
        Side { tokens: Vec::with_capacity(tokens_in(bytes)), ends: Vec::new() }
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The tokens of a sentence.
    pub fn sentence(&self, sentence: usize) -> Range<usize> {
        self.tokens_of(sentence..sentence + 1)
    }

    /// The tokens of these sentences.
    pub fn tokens_of(&self, sentences: Range<usize>) -> Range<usize> {
        let before = |sentence: usize| match sentence {
            0 => 0,
            _ => self.ends[sentence - 1] as usize,
        };
        before(sentences.start)..before(sentences.end)
    }

    /// Adds a sentence; `each` is told where its tokens stand in it.
    pub fn push(&mut self, vocabulary: &mut Vocabulary, text: &str, mut each: impl FnMut(Span)) {
        vocabulary.read(text, |span, token| {
            self.tokens.push(token);
            each(span);
        });
        self.ends.push(self.tokens.len() as u32);
    }

    /// What these tokens weigh.
    pub fn weight(&self, range: Range<usize>) -> u32 {
        self.tokens[range].iter().map(|token| token.weight()).sum()
    }
}

/// For each new token, the old one that it is, in four bytes each.
#[derive(Default)]
pub(super) struct Origins(Vec<u32>);

impl Origins {
    const NONE: u32 = u32::MAX;

    /// No new token is an old one yet.
    pub fn none(tokens: usize) -> Self {
        Origins(vec![Self::NONE; tokens])
    }

    /// The old tokens that were found.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied().filter(|old| *old != Self::NONE)
    }

    /// The old token that this new one is.
    pub fn get(&self, token: usize) -> Option<u32> {
        Some(self.0[token]).filter(|old| *old != Self::NONE)
    }

    pub fn set(&mut self, token: usize, old: usize) {
        self.0[token] = old as u32;
    }

    pub fn forget(&mut self, token: usize) {
        self.0[token] = Self::NONE;
    }
}

/// Where tokens begin in a text, in four bytes each.
pub(super) struct Places(Vec<u32>);

impl Places {
    /// With room for the tokens of a text of so many bytes.
    pub fn with_room(bytes: usize) -> Places {
        Places(Vec::with_capacity(tokens_in(bytes)))
    }

    pub fn push(&mut self, start: usize) {
        self.0.push(start as u32);
    }

    /// Where this token begins.
    pub fn at(&self, token: usize) -> usize {
        self.0[token] as usize
    }

    /// What this token of the text begins with.
    pub fn first(&self, text: &str, token: usize) -> Option<char> {
        text[self.at(token)..].chars().next()
    }

    /// Whether something that belongs to no token stands before this one.
    pub fn stands_off(&self, text: &str, token: usize) -> bool {
        text[..self.at(token)].chars().next_back().is_some_and(is_between)
    }
}

/// How many tokens a text of so many bytes may have, unless its words are very short: a list of them that grew as they are
/// found would be moved, and stand there twice meanwhile. Room that is not needed is never touched.
fn tokens_in(bytes: usize) -> usize {
    /// Not more than this is asked for: 64 MB for each list.
    const MOST: usize = 1 << 23;
    (bytes / 3).min(MOST)
}
