//! Tokens: what two texts are compared by. Words and single marks, folded, with their places.
//!
//! White space belongs to no token, so that texts which differ only in spaces have the same tokens.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::bitext::Span;
use crate::words::{fold, fold_key};

use super::diff::matched;

/// The tokens of a text as spans: runs of letters, digits and marks, and every other character alone.
///
/// Finer than [`words`](crate::words::words), so that a cut may fall beside any mark.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = loop {
            let c = text[at..].chars().next()?;
            if !is_between(c) {
                break c;
            }
            at += c.len_utf8();
        };
        let start = at;
        at += first.len_utf8();
        if first.is_alphanumeric() {
            at += text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            at += text[at..].find(|c| !is_inner(c)).unwrap_or(text.len() - at);
        } else {
            // A mark keeps what combines with it.
            at += text[at..].find(|c| !is_mark(c)).unwrap_or(text.len() - at);
        }
        Some(Span::new(start, at))
    })
}

/// Whether two lists of French sentences are the same text, however it was typed.
///
/// Apostrophes, quotes, spaces, hyphens and normal form are passed over, and so is the place where
/// one sentence ends and the next begins.
pub fn same_text(left: &[impl AsRef<str>], right: &[impl AsRef<str>]) -> bool {
    fn all<'t>(texts: &'t [impl AsRef<str>]) -> impl Iterator<Item = Cow<'t, str>> {
        texts.iter().flat_map(|text| tokens(text.as_ref()).map(|span| fold(span.of(text.as_ref()))))
    }
    all(left).eq(all(right))
}

/// The place in `other` that corresponds to a place (string and byte) in `texts`: where the words that both
/// have stand on the same sides of it.
pub(super) fn twin_place(texts: &[String], at: (usize, usize), other: &[String]) -> (usize, usize) {
    let mut vocabulary = Vocabulary::default();
    let mut read = |texts: &[String]| -> (Vec<Token>, Vec<(usize, usize)>) {
        let mut all = (Vec::new(), Vec::new());
        for (nth, text) in texts.iter().enumerate() {
            vocabulary.read(text, |span, token| {
                all.0.push(token);
                all.1.push((nth, span.start));
            });
        }
        all
    };
    let ((own, own_places), (others, places)) = (read(texts), read(other));
    let cut = own_places.partition_point(|place| *place < at);
    let pairs = matched(&own, &others);
    // The first word after the cut that both have, else what follows the last one before it.
    let after = pairs.iter().find(|(i, _)| *i >= cut).map(|(_, j)| *j);
    let before = pairs.iter().rev().find(|(i, _)| *i < cut).map_or(0, |(_, j)| j + 1);
    places.get(after.unwrap_or(before)).copied().unwrap_or((other.len(), 0))
}

/// Characters that belong to no token, unless they stand within a word.
pub(super) fn is_between(c: char) -> bool {
    c.is_whitespace() || is_nothing(c)
}

/// Characters that [`fold`] drops.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{FE00}'..='\u{FE0F}')
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || is_nothing(c)
}

/// A token as a number: equal numbers, equal folded texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Which token it is.
    pub id: u32,
    /// Its family, and in the lowest four bits its weight: a text may have millions of tokens.
    more: u32,
}

impl Token {
    fn new(id: u32, family: u32, weight: u32) -> Token {
        // More than 268 million families would be counted as one.
        Token { id, more: family.min(u32::MAX >> 4) << 4 | weight }
    }

    /// Which family it belongs to: the same but for case, accents and ending.
    pub(super) fn family(self) -> u32 {
        self.more >> 4
    }

    /// What a match of it is worth: marks little, short and frequent words more, others most.
    pub(super) fn weight(self) -> u32 {
        self.more & 15
    }
}

/// The tokens seen so far, as numbers.
///
/// They are known by their hashes: a text may have more different words than there is room for, and two words that are
/// taken for one are no more than a worse guess at which word is which. What is unchanged is decided by [`same_text`].
#[derive(Default)]
pub(super) struct Vocabulary {
    ids: HashMap<u64, Token>,
    families: HashMap<u64, u32>,
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What a match of a mark is worth.
pub(super) const MARK: u32 = 1;
/// What a match of a short or frequent word is worth.
const SHORT: u32 = 4;
/// What a match of a telling word is worth.
pub(super) const WORD: u32 = 10;

/// Tokens of a sentence that are compared one by one: more than any sentence of a language has. What stands beyond
/// them is one token, so that a text without full stops takes no more room than it needs to be held.
const MOST: usize = 1 << 16;

/// Letters that a family has in common.
const FAMILY_CHARS: usize = 6;

impl Vocabulary {
    /// Tells the tokens of a sentence and their places.
    pub(super) fn read(&mut self, sentence: &str, mut each: impl FnMut(Span, Token)) {
        let mut all = tokens(sentence);
        for span in all.by_ref().take(MOST) {
            each(span, self.token(span.of(sentence)));
        }
        let mut rest: Option<Span> = None;
        let mut hasher = DefaultHasher::new();
        for span in all {
            fold(span.of(sentence)).hash(&mut hasher);
            rest = Some(Span::new(rest.map_or(span.start, |rest| rest.start), span.end));
        }
        if let Some(rest) = rest {
            each(rest, self.of_hash(hasher.finish(), || (String::from("…"), WORD)));
        }
    }

    /// The number of a token.
    pub(super) fn token(&mut self, text: &str) -> Token {
        let folded = fold(text);
        self.of_hash(hash(&folded), || {
            let key = if text.is_ascii() { text.to_ascii_lowercase() } else { fold_key(&folded) };
            let weight = match text.chars().next() {
                Some(c) if c.is_numeric() => WORD,
                Some(c) if !c.is_alphabetic() => MARK,
                _ if key.chars().count() <= 3 || FREQUENT.contains(&key.as_str()) => SHORT,
                _ => WORD,
            };
            (key, weight)
        })
    }

    /// The number of the token with this hash; `new` tells its key, by which it has a family, and its weight.
    fn of_hash(&mut self, hash_of_it: u64, new: impl FnOnce() -> (String, u32)) -> Token {
        if let Some(known) = self.ids.get(&hash_of_it) {
            return *known;
        }
        let (key, weight) = new();
        let end = key.char_indices().nth(FAMILY_CHARS).map_or(key.len(), |(end, _)| end);
        let next = self.families.len() as u32;
        let family = *self.families.entry(hash(&key[..end])).or_insert(next);
        let token = Token::new(self.ids.len() as u32, family, weight);
        self.ids.insert(hash_of_it, token);
        token
    }
}

/// Frequent words of four letters and more, without accents, that say little of a sentence.
const FREQUENT: [&str; 36] = [
    "dans", "pour", "avec", "cette", "leur", "leurs", "mais", "plus", "sont", "comme", "elle", "elles",
    "etre", "avait", "avoir", "etait", "ainsi", "aussi", "apres", "avant", "entre", "tout", "tous", "toute",
    "toutes", "dont", "selon", "depuis", "encore", "meme", "sans", "sous", "vers", "chez", "nous", "vous",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_typed_otherwise_is_the_same_and_a_changed_word_or_mark_is_not() {
        for (a, b) in [
            ("« L’IA » ?", "\"L'IA\"?"),
            ("e\u{301}tat\u{AD}s", "états"),
            ("rendez\u{2011}vous", "rendez-vous"),
            ("Il dort. Il rêve.", "Il dort.Il\nrêve."),
        ] {
            assert!(same_text(&[a], &[b]), "{a} / {b}");
        }
        assert!(same_text(&["Il dort.", "Il rêve."], &["Il dort. Il rêve."]));
        for (a, b) in
            [("Il dort.", "Il ne dort pas."), ("12 000", "12000"), ("Il dort.", "Il dort ?"), ("a", "A")]
        {
            assert!(!same_text(&[a], &[b]), "{a} / {b}");
        }
    }

    #[test]
    fn what_stands_beyond_any_sentence_is_one_token() {
        let text = |last: &str| "mot ".repeat(MOST) + "et " + last;
        let mut vocabulary = Vocabulary::default();
        let mut read = |text: &str| {
            let mut all = Vec::new();
            vocabulary.read(text, |span, token| all.push((span, token)));
            all
        };
        let (one, same, other) = (text("la fin"), text(" la\u{A0}fin"), text("ma fin"));
        let [a, b, c] = [&one, &same, &other].map(|text| read(text));
        assert_eq!(a.len(), MOST + 1);
        assert_eq!(a[MOST].0.of(&one), "et la fin");
        assert_eq!(a[MOST].1, b[MOST].1);
        assert_ne!(a[MOST].1.id, c[MOST].1.id);
        assert_eq!(a[MOST].1.family(), c[MOST].1.family());
    }

    #[test]
    fn tokens_and_white_space_are_the_whole_text() {
        let text = " l\u{2019}IA,\u{202F}«\u{A0}e\u{301}t\u{AD}é » (25\u{A0}%)… ";
        let all: Vec<&str> = tokens(text).map(|span| span.of(text)).collect();
        assert_eq!(all, ["l", "’", "IA", ",", "«", "e\u{301}t\u{AD}é", "»", "(", "25", "%", ")", "…"]);
    }
}
