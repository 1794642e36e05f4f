//! A text as the aligner sees it: words as numbers, lengths in characters.

use std::ops::Range;

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
