//! The two sides of a comparison, small: tokens, the sentences that they make up, and what became of each.

use std::ops::Range;

use crate::bitext::Span;

use super::token::{Token, Vocabulary, tokens};

/// One side of the comparison: tokens, and how they make up sentences.
#[derive(Default)]
pub(super) struct Side {
    pub tokens: Vec<Token>,
    /// The tokens of each sentence.
    pub sentences: Vec<Range<usize>>,
}

impl Side {
    /// Adds a sentence; `each` is told where its tokens stand in it.
    pub fn push(&mut self, vocabulary: &mut Vocabulary, text: &str, mut each: impl FnMut(Span)) {
        let from = self.tokens.len();
        // Counted first: a list that grows by itself may be twice as long as it need be.
        self.tokens.reserve_exact(counted(text));
        for span in tokens(text) {
            self.tokens.push(vocabulary.token(span.of(text)));
            each(span);
        }
        self.sentences.push(from..self.tokens.len());
    }

    /// What these tokens weigh.
    pub fn weight(&self, range: &Range<usize>) -> u32 {
        self.tokens[range.clone()].iter().map(|token| token.weight()).sum()
    }
}

/// How many tokens a long sentence has; a short one costs nothing to grow for.
fn counted(text: &str) -> usize {
    const LONG: usize = 1 << 16;
    if text.len() > LONG { tokens(text).count() } else { 0 }
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
#[derive(Default)]
pub(super) struct Places(Vec<[u32; 2]>);

impl Places {
    /// Makes room for a sentence that comes.
    pub fn reserve(&mut self, sentence: &str) {
        self.0.reserve_exact(counted(sentence));
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

/// The tokens of these sentences.
pub(super) fn tokens_of(side: &Side, sentences: Range<usize>) -> Range<usize> {
    let at = |sentence: usize| side.sentences.get(sentence).map_or(side.tokens.len(), |range| range.start);
    at(sentences.start)..at(sentences.end)
}
