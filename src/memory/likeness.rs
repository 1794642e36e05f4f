//! How like two French sentences are, from 0 to 100, as translators read it.
//!
//! The fuzzy match score of translation memories (Koehn & Senellart 2010, "Convergence of Translation Memory and Statistical
//! Machine Translation", section 2): 1 less the edit distance over words (Levenshtein 1966) by the length of the longer
//! sentence. Where it differs from that: words weigh 4, small words (articles, pronouns) 2, marks 1; another form of
//! the same word costs half, a number in place of another and a mark in place of another 1; case and accents cost nothing.
//! 100 is kept for sentences that are the same but for how they were typed ([`fold`]); all else has 99 at most.

use super::sentence::{self, Piece, pieces, weight};
use crate::words::fold;

/// In what way two sentences are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// The same, but for apostrophes, quotation marks, spaces and hyphens.
    Exact,
    /// The same but for numbers.
    Numbers,
    /// Otherwise.
    Fuzzy,
}

impl Sort {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Sort::Exact => "exact",
            Sort::Numbers => "numbers",
            Sort::Fuzzy => "fuzzy",
        }
    }
}

/// How like two sentences are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// From 0 to 100; 100 if and only if they are the same but for how they were typed.
    pub score: u8,
    /// In what way.
    pub sort: Sort,
}

/// How like two French sentences are. O(n·m) time in their words.
///
/// # Examples
///
/// ```
/// use enregard::memory::{Sort, likeness};
/// assert_eq!(likeness("« L'IA » dort.", "“L’IA” dort.").score, 100);
/// let other = likeness("Le plan coûte 12 millions d’euros.", "Le plan coûte 15 millions d’euros.");
/// assert_eq!((other.sort, other.score), (Sort::Numbers, 96));
/// assert!(likeness("Le maire a démissionné hier.", "Le maire démissionne.").score > 50);
/// assert_eq!(likeness("Il pleut.", "Bonjour à tous !").score, 0);
/// ```
pub fn likeness(a: &str, b: &str) -> Likeness {
    if fold(a) == fold(b) {
        return Likeness { score: 100, sort: Sort::Exact };
    }
    of_pieces(&pieces(a), &pieces(b))
}

/// [`likeness`] of sentences that are not typed the same.
pub(super) fn of_pieces(a: &[Piece], b: &[Piece]) -> Likeness {
    let longer = weight(a).max(weight(b)).max(1);
    let distance = distance(a, b).min(longer);
    let score = (100 * (longer - distance) / longer).min(99) as u8;
    let same = |(a, b): (&Piece, &Piece)| {
        a.key == b.key || (a.sort == sentence::Sort::Number && b.sort == sentence::Sort::Number)
    };
    let numbers = distance > 0 && a.len() == b.len() && a.iter().zip(b).all(same);
    Likeness { score, sort: if numbers { Sort::Numbers } else { Sort::Fuzzy } }
}

/// What it costs to put `b` in place of `a`.
fn instead(a: &Piece, b: &Piece) -> u32 {
    use sentence::Sort::{Mark, Number};
    if a.key == b.key {
        return 0;
    }
    match (a.sort, b.sort) {
        (Number, Number) | (Mark, Mark) => 1,
        _ if a.stem == b.stem => a.weight.max(b.weight) / 2,
        _ => a.weight.max(b.weight),
    }
}

/// The least cost of making `b` of `a`, by weight.
fn distance(a: &[Piece], b: &[Piece]) -> u32 {
    // What both begin or end with costs nothing.
    let begin = a.iter().zip(b).take_while(|(a, b)| a.key == b.key).count();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a.key == b.key).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    let mut row: Vec<u32> = Vec::with_capacity(b.len() + 1);
    row.push(0);
    for piece in b {
        row.push(row[row.len() - 1] + piece.weight);
    }
    for own in a {
        let mut diagonal = row[0];
        row[0] += own.weight;
        for (at, other) in b.iter().enumerate() {
            let instead = diagonal + instead(own, other);
            diagonal = row[at + 1];
            row[at + 1] = instead.min(diagonal + own.weight).min(row[at] + other.weight);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_score_says_what_a_translator_expects() {
        let base = "Le gouvernement a annoncé une hausse de 12,5 % des exportations.";
        for (other, sort, least, most) in [
            (base, Sort::Exact, 100, 100),
            (
                "Le gouvernement a annoncé une hausse de 12,5\u{202F}% des exportations.",
                Sort::Exact,
                100,
                100,
            ),
            ("le Gouvernement a annonce une hausse de 12,5 % des exportations.", Sort::Fuzzy, 99, 99),
            ("Le gouvernement a annoncé une hausse de 13,7 % des exportations.", Sort::Numbers, 90, 98),
            ("Le gouvernement a annoncé une hausse de 12,5 % des exportations !", Sort::Fuzzy, 95, 99),
            ("Le gouvernement annonce une hausse de 12,5 % de l’exportation.", Sort::Fuzzy, 75, 93),
            ("Le gouvernement a annoncé une baisse de 12,5 % des importations.", Sort::Fuzzy, 70, 82),
            ("La Commission européenne craint une hausse des prix.", Sort::Fuzzy, 10, 50),
        ] {
            let found = likeness(base, other);
            assert_eq!(found.sort, sort, "{other}: {found:?}");
            assert!((least..=most).contains(&found.score), "{other}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn it_is_the_same_both_ways_and_a_hundred_only_for_the_same(
            a in "[abé1.’ ]{0,20}", b in "[abé1.’ ]{0,20}",
        ) {
            let found = likeness(&a, &b);
            prop_assert_eq!(found, likeness(&b, &a));
            prop_assert_eq!(found.score == 100, fold(&a) == fold(&b));
            prop_assert_eq!(likeness(&a, &a).score, 100);
        }
    }
}
