//! Reading many texts at once: words become numbers, in order of appearance, whatever the number of threads.

use std::ops::Range;

use rayon::prelude::*;

use super::text::{Part, Side};
use super::vocabulary::Vocabulary;
use crate::words::tokens;

/// Sentences that are read by themselves, about; few under Miri, which is slow.
const BLOCK: usize = if cfg!(miri) { 32 } else { 2048 };

/// Words of a sentence that are looked at, by far more than any sentence of a language has. What is longer is no
/// sentence: its length still counts whole, and its first words tell enough.
const WORDS: usize = 4096;

/// Sentences to be read, and which of them begin a paragraph, in order.
pub(super) struct Text<'t> {
    pub sentences: &'t [&'t str],
    /// What the first of them is called in `breaks`.
    pub first: usize,
    pub breaks: &'t [usize],
}

/// A run of sentences of several texts as read, its words numbered by themselves.
#[derive(Default)]
struct Block {
    vocabulary: Vocabulary,
    /// What it has of each text.
    parts: Vec<Part>,
}

impl Block {
    fn read(parts: &[(usize, Range<usize>)], texts: &[Text<'_>]) -> Block {
        let mut vocabulary = Vocabulary::default();
        let mut part = |sentences: &[&str]| {
            let mut part = Part { sentences: Vec::with_capacity(sentences.len()), ..Part::default() };
            for sentence in sentences {
                let most = part.words.len() + WORDS;
                tokens(sentence, &mut |token| {
                    if part.words.len() < most {
                        part.words.push(vocabulary.number(token));
                    }
                });
                let chars = sentence.chars().filter(|c| !c.is_whitespace()).count();
                part.sentences.push((part.words.len() as u32, chars as u32));
            }
            part.words.shrink_to_fit();
            part
        };
        let parts = parts.iter().map(|(text, own)| part(&texts[*text].sentences[own.clone()])).collect();
        Block { vocabulary, parts }
    }
}

/// Reads one side of texts: each text's sentences, and the words of all.
pub(super) fn read(texts: &[Text<'_>]) -> (Vec<Side>, Vocabulary) {
    // Blocks that are read at once: each has a vocabulary of its own until it is joined.
    let together = rayon::current_num_threads().min(4);
    let mut vocabulary = Vocabulary::default();
    let mut parts: Vec<Vec<Part>> = texts.iter().map(|_| Vec::new()).collect();
    for blocks in blocks(texts).chunks(together) {
        let mut read: Vec<Block> = blocks.par_iter().map(|parts| Block::read(parts, texts)).collect();
        // The numbers of the first block's words are everybody's; those of the others follow.
        let mut join = |block: &mut Block| {
            let own = std::mem::take(&mut block.vocabulary);
            if vocabulary.len() == 0 {
                vocabulary = own;
                return None;
            }
            Some(vocabulary.join(own))
        };
        let numbers: Vec<Option<Vec<u32>>> = read.iter_mut().map(&mut join).collect();
        read.par_iter_mut().zip(numbers).for_each(|(block, numbers)| {
            let Some(numbers) = numbers else { return };
            let words = block.parts.iter_mut().flat_map(|part| &mut part.words);
            words.for_each(|word| *word = numbers[*word as usize]);
        });
        for (own, block) in blocks.iter().zip(read) {
            for ((text, _), part) in own.iter().zip(block.parts) {
                parts[*text].push(part);
            }
        }
    }
    vocabulary.close();
    let sides =
        (texts.par_iter().zip(parts)).map(|(text, parts)| Side::of_parts(parts, text.first, text.breaks));
    (sides.collect(), vocabulary)
}

/// The sentences of all texts in order, cut into blocks: text, and sentences.
fn blocks(texts: &[Text<'_>]) -> Vec<Vec<(usize, Range<usize>)>> {
    let mut blocks = vec![Vec::new()];
    let mut room = BLOCK;
    for (at, text) in texts.iter().enumerate() {
        let mut from = 0;
        while from < text.sentences.len() {
            if room == 0 {
                blocks.push(Vec::new());
                room = BLOCK;
            }
            let to = text.sentences.len().min(from + room);
            if let Some(last) = blocks.last_mut() {
                last.push((at, from..to));
            }
            room -= to - from;
            from = to;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_numbers_of_their_first_appearance_however_texts_are_cut() {
        let sentence = |at: usize| format!("Été {} mot{} ete {}", at % 7, at % 1000, at * at % 91);
        let all: Vec<String> = (0..3 * BLOCK).map(sentence).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let texts: Vec<Text<'_>> = [0..10, 10..10, 10..2 * BLOCK + 5, 2 * BLOCK + 5..3 * BLOCK]
            .map(|range| Text { sentences: &all[range], first: 0, breaks: &[] })
            .into();
        let (sides, vocabulary) = read(&texts);
        let mut one = Vocabulary::default();
        let mut words = Vec::new();
        for (text, side) in texts.iter().zip(&sides) {
            assert_eq!(side.len(), text.sentences.len());
            for (at, sentence) in text.sentences.iter().enumerate() {
                words.clear();
                tokens(sentence, &mut |token| words.push(one.number(token)));
                assert_eq!(side.of(at..at + 1), words);
                let chars = sentence.chars().filter(|c| *c != ' ').count();
                assert_eq!(side.chars(at..at + 1) as usize, chars);
            }
        }
        assert!(vocabulary.words.iter().eq(one.words.iter()));
        assert_eq!(vocabulary.shown(0), "été");
    }
}
