//! Reading many texts at once: words become numbers, in order of appearance, whatever the number of threads.

use std::ops::Range;

use rayon::prelude::*;

use super::text::{Side, Vocabulary};
use crate::words::tokens;

/// Sentences that are read by themselves, about.
const BLOCK: usize = 4096;

/// Sentences to be read, and which of them begin a paragraph, in order.
pub(super) struct Text<'t> {
    pub sentences: &'t [&'t str],
    /// What the first of them is called in `breaks`.
    pub first: usize,
    pub breaks: &'t [usize],
}

/// A run of sentences as read, its words numbered by themselves.
#[derive(Default)]
struct Block {
    vocabulary: Vocabulary,
    words: Vec<u32>,
    /// For each sentence: where its words end, and its characters, white space not counted.
    sentences: Vec<(u32, u32)>,
}

impl Block {
    fn read(parts: &[(usize, Range<usize>)], texts: &[Text<'_>]) -> Block {
        let mut block = Block::default();
        for (text, part) in parts {
            for sentence in &texts[*text].sentences[part.clone()] {
                let (words, vocabulary) = (&mut block.words, &mut block.vocabulary);
                tokens(sentence, &mut |token| words.push(vocabulary.number(token)));
                let chars = sentence.chars().filter(|c| !c.is_whitespace()).count();
                block.sentences.push((block.words.len() as u32, chars as u32));
            }
        }
        block
    }
}

/// Reads one side of texts: each text's sentences, and the words of all.
pub(super) fn read(texts: &[Text<'_>]) -> (Vec<Side>, Vocabulary) {
    let blocks = blocks(texts);
    let mut read: Vec<Block> = blocks.par_iter().map(|parts| Block::read(parts, texts)).collect();
    // The numbers of the first block's words are everybody's; those of the others follow.
    let mut vocabulary =
        read.first_mut().map(|block| std::mem::take(&mut block.vocabulary)).unwrap_or_default();
    let numbers: Vec<Vec<u32>> =
        read.iter_mut().map(|block| vocabulary.join(std::mem::take(&mut block.vocabulary))).collect();
    (read.par_iter_mut().zip(numbers)).skip(1).for_each(|(block, numbers)| {
        block.words.iter_mut().for_each(|word| *word = numbers[*word as usize]);
    });
    // Each text's parts: block, and the block's sentences.
    let mut parts: Vec<Vec<(usize, Range<usize>)>> = vec![Vec::new(); texts.len()];
    for (block, own) in blocks.iter().enumerate() {
        let mut at = 0;
        for (text, part) in own {
            parts[*text].push((block, at..at + part.len()));
            at += part.len();
        }
    }
    let sides = (texts.par_iter().zip(parts)).map(|(text, parts)| {
        let parts = parts.into_iter().map(|(block, sentences)| {
            let block = &read[block];
            let start = sentences.start.checked_sub(1).map_or(0, |before| block.sentences[before].0);
            (&block.words[..], start, &block.sentences[sentences])
        });
        Side::of_parts(parts, text.first, text.breaks)
    });
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
        assert_eq!(vocabulary.words, one.words);
        assert_eq!(vocabulary.shown(0), "été");
    }
}
