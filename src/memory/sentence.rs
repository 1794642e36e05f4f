//! A sentence as it is compared with others: its words, numbers and marks, each with a weight.

use crate::bitext::Lang;
use crate::words::{Text, Token, word_hash};

/// What a piece of a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    Number,
    Mark,
}

/// A word, number or mark of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Its folded form's hash: equal for pieces that are the same.
    pub key: u64,
    /// Its stem's hash: equal for forms of one word, and for all numbers.
    pub stem: u64,
    pub sort: Sort,
    /// How much of the sentence it is.
    pub weight: u32,
}

/// A word that says something.
const WORD: u32 = 4;
/// A small word: an article, a pronoun.
const SMALL: u32 = 2;
const MARK: u32 = 1;

/// The pieces of a French sentence, in order.
pub(super) fn pieces(sentence: &str) -> Vec<Piece> {
    let text = Text::new(sentence, Lang::Fr);
    let tokens = text.tokens();
    let mut pieces = Vec::with_capacity(tokens.len() * 5 / 4);
    marks(tokens.first().map_or(sentence, |_| text.before(0)), &mut pieces);
    for (index, token) in tokens.iter().enumerate() {
        pieces.push(piece(&text, token));
        marks(text.gap(index), &mut pieces);
    }
    pieces
}

/// The weight of all of them.
pub(super) fn weight(pieces: &[Piece]) -> u32 {
    pieces.iter().map(|piece| piece.weight).sum()
}

fn piece(text: &Text<'_>, token: &Token) -> Piece {
    if token.digit {
        return Piece { key: token.hash, stem: NUMBER, sort: Sort::Number, weight: WORD };
    }
    let folded = text.folded(token);
    // `L’` and `À` at a sentence's beginning are small words, too.
    let weight = if token.small || folded.len() == 1 { SMALL } else { WORD };
    Piece { key: token.hash, stem: word_hash(stem(folded).as_bytes()), sort: Sort::Word, weight }
}

/// The stem of every number: what two sentences share that differ in their figures alone.
const NUMBER: u64 = 1;

/// The marks of a gap; quotation marks of all kinds are one, and so are apostrophes, which belong to the word before.
fn marks(gap: &str, into: &mut Vec<Piece>) {
    if gap == " " {
        return;
    }
    for c in gap.chars() {
        let mark = match c {
            '\'' | '’' | 'ʼ' | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => continue,
            c if c.is_whitespace() || c.is_control() => continue,
            '«' | '»' | '“' | '”' | '„' | '‟' => '"',
            '\u{2010}' | '\u{2011}' => '-',
            c => c,
        };
        let key = (u64::from(u32::from(mark)) << 32) | 2;
        into.push(Piece { key, stem: key, sort: Sort::Mark, weight: MARK });
    }
}

/// A folded French word without the endings of its number and gender, and of the infinitive.
///
/// The minimal French stemmer of Savoy (1999), on words without accents.
fn stem(word: &str) -> &str {
    if word.len() < 6 {
        return word;
    }
    let mut stem = word;
    if let Some(rest) = stem.strip_suffix("aux") {
        // `regional` and `regionaux` meet at `region`; so do others that end in `al`.
        return rest;
    }
    if let Some(rest) = stem.strip_suffix("al") {
        return rest;
    }
    stem = stem.strip_suffix('x').unwrap_or(stem);
    for ending in ['s', 'r', 'e', 'e'] {
        stem = stem.strip_suffix(ending).unwrap_or(stem);
    }
    match stem.as_bytes() {
        [.., a, b] if a == b => &stem[..stem.len() - 1],
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (a, b) in [
            ("gouvernement", "gouvernements"),
            ("annoncee", "annoncer"),
            ("regional", "regionaux"),
            ("americaine", "americain"),
            ("europeennes", "europeen"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("construction"), stem("constitution"));
    }

    #[test]
    fn words_numbers_and_marks_are_pieces() {
        let sorts: Vec<(Sort, u32)> =
            pieces("« L’IA » pèse 12,5 %.").iter().map(|piece| (piece.sort, piece.weight)).collect();
        use Sort::{Mark, Number, Word};
        let expected = [
            (Mark, 1),
            (Word, 2),
            (Word, 4),
            (Mark, 1),
            (Word, 4),
            (Number, 4),
            (Mark, 1),
            (Number, 4),
            (Mark, 1),
            (Mark, 1),
        ];
        assert_eq!(sorts, expected);
        assert!(pieces("").is_empty());
        assert_eq!(pieces("…").len(), 1);
    }

    #[test]
    fn what_is_typed_otherwise_is_the_same() {
        let keys = |text| pieces(text).iter().map(|piece| piece.key).collect::<Vec<_>>();
        assert_eq!(keys("« l'Été »"), keys("“l’été”"));
        assert_ne!(keys("Il dort."), keys("Il dort ?"));
    }
}
