//! The two sides of a comparison, small: tokens, the sentences that they make up, and what became of each.

use std::ops::Range;

use crate::bitext::Span;

use super::token::{Token, Vocabulary};

/// One side of the comparison: tokens, and how they make up sentences.
#[derive(Default)]
pub(super) struct Side {
    pub tokens: Vec<Token>,
    /// The tokens of each sentence.
    pub sentences: Vec<Range<usize>>,
}

impl Side {
    /// With room for the tokens of a text of so many bytes.
    pub fn with_room(bytes: usize) -> Side {
        Side { tokens: Vec::with_capacity(tokens_in(bytes)), sentences: Vec::new() }
    }

    /// Adds a sentence; `each` is told where its tokens stand in it.
    pub fn push(&mut self, vocabulary: &mut Vocabulary, text: &str, mut each: impl FnMut(Span)) {
        let from = self.tokens.len();
        vocabulary.read(text, |span, token| {
            self.tokens.push(token);
            each(span);
        });
        self.sentences.push(from..self.tokens.len());
    }

    /// What these tokens weigh.
    pub fn weight(&self, range: &Range<usize>) -> u32 {
        self.tokens[range.clone()].iter().map(|token| token.weight()).sum()
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

/// Where tokens stand in a text, in eight bytes each.
pub(super) struct Places(Vec<[u32; 2]>);

impl Places {
    /// With room for the tokens of a text of so many bytes.
    pub fn with_room(bytes: usize) -> Places {
        Places(Vec::with_capacity(tokens_in(bytes)))
    }

    pub fn push(&mut self, span: Span) {
        self.0.push([span.start as u32, span.end as u32]);
    }

    /// Where this token stands.
    pub fn at(&self, token: usize) -> Span {
        let [start, end] = self.0[token];
        Span::new(start as usize, end as usize)
    }
}

/// How many tokens a text of so many bytes may have, unless its words are very short: a list of them that grew as they are
/// found would be moved, and stand there twice meanwhile. Room that is not needed is never touched.
fn tokens_in(bytes: usize) -> usize {
    /// Not more than this is asked for: 64 MB for each list.
    const MOST: usize = 1 << 23;
    (bytes / 3).min(MOST)
}

/// The tokens of these sentences.
pub(super) fn tokens_of(side: &Side, sentences: Range<usize>) -> Range<usize> {
    let at = |sentence: usize| side.sentences.get(sentence).map_or(side.tokens.len(), |range| range.start);
    at(sentences.start)..at(sentences.end)
}
