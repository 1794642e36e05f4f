//! What the model looks at: the words around a place between two words, and how long the parts would be.

use super::super::chars::{is_apostrophe, is_closer, is_opener};
use super::super::tables::Tables;
use crate::bitext::Span;

/// A place that may be a lost line break, and its features as hashes.
#[derive(Clone, Debug)]
pub(super) struct Features {
    /// Where the first part would end.
    pub end: usize,
    /// Where the next would begin.
    pub next: usize,
    /// The features.
    pub hashes: Vec<u32>,
}

/// So many words of a sentence are looked at: no headline is longer, and the time stays linear.
const MOST: usize = 400;

/// A run between white space.
#[derive(Clone, Copy)]
struct Token<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Token<'t> {
    /// It without openers before and closers after.
    fn own(self) -> &'t str {
        self.text
            .trim_start_matches(opens)
            .trim_end_matches(|c: char| !c.is_alphanumeric() && !is_apostrophe(c))
    }

    /// Its first word: an elided one stands alone (`L’`).
    fn word(self) -> &'t str {
        let own = self.own();
        match own.char_indices().find(|&(_, c)| is_apostrophe(c)) {
            Some((at, c)) if at <= 6 && at + c.len_utf8() < own.len() => &own[..at + c.len_utf8()],
            _ => own,
        }
    }

    /// What is left after an elided first word.
    fn rest(self) -> &'t str {
        let (own, word) = (self.own(), self.word());
        if word.ends_with(is_apostrophe) { &own[word.len()..] } else { "" }
    }

    /// Its last word.
    fn last(self) -> &'t str {
        let rest = self.rest();
        if rest.is_empty() { self.word() } else { rest }
    }

    fn is_capital(self) -> bool {
        self.word().starts_with(char::is_uppercase)
    }
}

/// What may stand before a token's word.
fn opens(c: char) -> bool {
    is_opener(c) && !is_apostrophe(c) || c.is_whitespace()
}

/// Words after which a phrase goes on.
const LEAD_ON: [&str; 58] = [
    "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "ce", "cet", "cette", "ces", "mon", "ma",
    "mes", "son", "sa", "ses", "notre", "nos", "votre", "vos", "leur", "leurs", "et", "ou", "mais", "ni",
    "que", "qui", "dont", "où", "si", "à", "en", "dans", "par", "pour", "sur", "avec", "sans", "sous",
    "chez", "entre", "vers", "contre", "selon", "depuis", "je", "tu", "il", "on", "ne", "se", "y", "the",
];

/// Articles and prepositions that stand in family names.
const PARTICLES: [&str; 8] = ["Le", "La", "Du", "De", "Des", "Van", "Von", "Bien"];

/// Where a token stands between capitals, figures and the rest.
fn shape(word: &str) -> u32 {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some(a), _) if a.is_lowercase() => 1,
        (Some(a), Some(b)) if a.is_uppercase() && b.is_uppercase() => 2,
        (Some(a), _) if a.is_uppercase() => 3,
        (Some(a), _) if a.is_numeric() => 4,
        _ => 5,
    }
}

/// One, two, three to five …: a length in words, roughly.
fn bucket(words: usize) -> u32 {
    match words {
        0..=3 => words as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        13..=20 => 7,
        21..=35 => 8,
        _ => 9,
    }
}

/// FNV-1a over the feature's number and the word in lower case.
fn hash(kind: u32, word: &str, more: u32) -> u32 {
    let mut hash = 0x811C_9DC5 ^ kind.wrapping_mul(0x9E37_79B9) ^ more.wrapping_mul(0x85EB_CA6B);
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = if is_apostrophe(c) { '\'' } else { c };
        hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
    }
    hash ^ (hash >> 15)
}

/// The first tokens of a sentence; an opener set apart (`« À`) belongs to the next, a closer to the one before.
fn tokens(text: &str, sentence: Span) -> Vec<Token<'_>> {
    let own = sentence.of(text);
    let mut opened = None;
    let mut straight = 0_usize;
    let mut found: Vec<Token> = Vec::new();
    for token in own.split_whitespace().take(MOST) {
        let at = token.as_ptr() as usize - own.as_ptr() as usize;
        let start = opened.take().unwrap_or(at);
        let closes = token.chars().all(is_closer) || token == "\"" && straight % 2 == 1;
        straight += token.matches('"').count();
        match found.last_mut() {
            Some(last) if closes => {
                last.text = &text[last.start..sentence.start + at + token.len()];
                continue;
            }
            _ => {}
        }
        if token.chars().all(is_opener) {
            opened = Some(start);
        } else {
            found.push(Token { start: sentence.start + start, text: &own[start..at + token.len()] });
        }
    }
    found
}

/// The places of a sentence that come into question, in order, with their features.
///
/// A capital follows (after an opener, perhaps); before it stands a word that no phrase leaves open (no article,
/// preposition, conjunction or comma), and neither a quotation nor a bracket is open.
pub(super) fn candidates<'t>(
    text: &'t str,
    sentence: Span,
    tables: &'t Tables,
) -> impl Iterator<Item = Features> + 't {
    let tokens = tokens(text, sentence);
    let mut depth = 0_i32;
    let mut straight = 0_usize;
    (1..tokens.len().max(1)).filter_map(move |index| {
        let before = tokens[index - 1];
        for c in before.text.chars() {
            match c {
                '«' | '“' | '(' | '[' => depth += 1,
                '»' | '”' | ')' | ']' => depth = (depth - 1).max(0),
                '"' => straight += 1,
                _ => {}
            }
        }
        let next = tokens[index];
        let whole = depth == 0 && straight.is_multiple_of(2);
        (whole && may_part(before, next, tokens.get(index + 1), tables))
            .then(|| features(&tokens, index, tables))
    })
}

/// Whether a sentence could end after `before` and another begin with `next`, which `after` follows.
fn may_part(before: Token, next: Token, after: Option<&Token>, tables: &Tables) -> bool {
    let (word, first) = (before.last(), next.word());
    let open = LEAD_ON.contains(&word) || word.ends_with(is_apostrophe);
    let ends =
        before.text.ends_with(|c: char| c.is_alphanumeric() || is_closer(c) || matches!(c, '"' | '%' | '€'));
    // `iPhone 6 Plus`, `(21) Les`; a year may end a headline.
    let figure = word.len() < 4 && !word.contains(char::is_alphabetic);
    let bracket = next.text.starts_with(['(', '[', '{']);
    // `Herman De Croo`, `Dien Bien Phu`: a name goes on, unless an article begins a sentence in lower case.
    let name = before.is_capital()
        && (word.ends_with(char::is_lowercase) && !tables.starts(first.as_bytes())
            || PARTICLES.contains(&first) && after.is_none_or(|after| after.is_capital()));
    ends && !open && !figure && !bracket && !name && next.is_capital()
}

fn features(tokens: &[Token], index: usize, tables: &Tables) -> Features {
    let before = tokens[index - 1];
    let next = tokens[index];
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word());
    let (p1, n1) = (before.last(), next.word());
    let p2 = if index >= 2 { tokens[index - 2].last() } else { "" };
    // `L’ONG`: the noun is in the same token.
    let (n2, n3) = if next.rest().is_empty() {
        (word(index + 1), word(index + 2))
    } else {
        (next.rest(), word(index + 1))
    };
    let starter = u32::from(tables.starts(n1.as_bytes()));
    let usual = if starter == 1 { n1 } else { "" };
    let (n2_shape, p1_shape) = (shape(n2), shape(p1));
    let joined = next.text.starts_with(is_opener);
    let closed = before.text.ends_with(|c: char| !c.is_alphanumeric());
    let repeated =
        starter == 0 && n1.chars().count() > 2 && tokens[..index - 1].iter().any(|token| token.word() == n1);
    let (left, right) = (bucket(index), bucket(tokens.len() - index));
    let mut hashes = vec![
        hash(1, "", 0),
        hash(2, usual, 0),
        hash(3, usual, n2_shape),
        hash(4, "", starter * 8 + n2_shape),
        hash(5, "", starter * 64 + p1_shape * 8 + n2_shape),
        hash(6, p1, starter),
        hash(7, "", left + starter * 16),
        hash(8, "", right + starter * 16),
        hash(9, n2, starter),
        hash(10, n3, starter),
        hash(11, "", u32::from(repeated) + 2 * n2_shape),
        hash(12, "", u32::from(joined) + 2 * u32::from(closed) + 4 * starter),
        hash(13, "", p1_shape + 8 * shape(p2)),
        hash(14, if tables.starts_lower(p2.as_bytes()) { p2 } else { "" }, starter),
        hash(15, "", shape(n3) + 8 * n2_shape + 64 * starter),
    ];
    let end: String = p1.chars().rev().take(2).collect();
    hashes.push(hash(16, &end, starter));
    if starter == 0 {
        hashes.push(hash(17, n1, 0));
    }
    Features { end: before.start + before.text.len(), next: next.start, hashes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;

    #[test]
    fn a_token_is_read_without_quotes_and_parted_at_an_elision() {
        for (text, first, last) in [
            ("Bruxelles", "Bruxelles", "Bruxelles"),
            ("«\u{a0}Bruxelles\u{a0}»", "Bruxelles", "Bruxelles"),
            ("(Paris),", "Paris", "Paris"),
            ("l’ONG", "l’", "ONG"),
            ("qu’à", "qu’", "à"),
            ("qu'il", "qu'", "il"),
            ("lorsqu’elle", "lorsqu’", "elle"),
            ("aujourd’hui", "aujourd’hui", "aujourd’hui"),
            ("l’", "l’", "l’"),
            ("%", "", ""),
        ] {
            let token = Token { start: 0, text };
            assert_eq!((token.word(), token.last()), (first, last), "{text}");
        }
    }

    #[test]
    fn words_are_told_apart_by_their_first_letters_and_lengths_roughly() {
        for (word, expected) in [
            ("", 0),
            ("maire", 1),
            ("à", 1),
            ("iOS", 1),
            ("ONG", 2),
            ("Le", 3),
            ("À", 3),
            ("L’", 3),
            ("2026", 4),
            ("4L", 4),
            ("’hui", 5),
            ("€US", 5),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
        let lengths = [0, 1, 2, 3, 4, 5, 6, 8, 9, 12, 13, 20, 21, 35, 36, 400];
        assert_eq!(lengths.map(bucket), [0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]);
    }

    /// The weights that come with the program stand where these numbers say.
    #[test]
    fn a_feature_has_the_hash_under_which_its_weight_was_learned() {
        assert_eq!(hash(1, "", 0), 0x1F2B_DA2B);
        assert_eq!((hash(2, "L’", 0), hash(2, "l'", 0)), (0xC17B_92E6, 0xC17B_92E6));
        assert_eq!(hash(17, "École", 3), 0x1FC0_FD10);
    }

    /// The features of each place in question, which `|` shows.
    fn places(text: &str) -> Vec<Vec<u32>> {
        let parts: Vec<&str> = text.split('|').collect();
        let glued = parts.join(" ");
        let tables = Tables::of(Lang::Fr);
        let found: Vec<Features> = candidates(&glued, Span::new(0, glued.len()), &tables).collect();
        let mut next = 0;
        let expected: Vec<(usize, usize)> = parts[..parts.len() - 1]
            .iter()
            .map(|part| {
                next += part.len() + 1;
                (next - 1, next)
            })
            .collect();
        assert_eq!(found.iter().map(|place| (place.end, place.next)).collect::<Vec<_>>(), expected, "{text}");
        found.into_iter().map(|place| place.hashes).collect()
    }

    #[test]
    fn a_place_is_told_by_the_words_around_it_and_by_the_lengths_of_both_parts() {
        let usual =
            "Une solution reste introuvable à Bruxelles|Le président du Conseil a quitté la réunion à minuit";
        let expected = [
            hash(1, "", 0),
            hash(2, "Le", 0),
            hash(3, "Le", 1),
            hash(4, "", 8 + 1),
            hash(5, "", 64 + 3 * 8 + 1),
            hash(6, "Bruxelles", 1),
            hash(7, "", 5 + 16),
            hash(8, "", 6 + 16),
            hash(9, "président", 1),
            hash(10, "du", 1),
            hash(11, "", 2),
            hash(12, "", 4),
            hash(13, "", 3 + 8),
            hash(14, "à", 1),
            hash(15, "", 1 + 8 + 64),
            hash(16, "se", 1),
        ];
        assert_eq!(places(usual), [expected]);

        let name = "Paris Match sera « vendu »|“Paris Match” aura 20 ans en mai";
        let expected = [
            hash(1, "", 0),
            hash(2, "", 0),
            hash(3, "", 3),
            hash(4, "", 3),
            hash(5, "", 8 + 3),
            hash(6, "vendu", 0),
            hash(7, "", 4),
            hash(8, "", 5),
            hash(9, "Match", 0),
            hash(10, "aura", 0),
            hash(11, "", 1 + 2 * 3),
            hash(12, "", 1 + 2),
            hash(13, "", 1 + 8),
            hash(14, "", 0),
            hash(15, "", 1 + 8 * 3),
            hash(16, "ud", 0),
            hash(17, "Paris", 0),
        ];
        assert_eq!(places(name), [expected]);
    }

    #[test]
    fn a_name_counts_as_said_before_where_it_is_longer_than_two_letters_and_not_just_before() {
        let said = |text: &str| places(text)[0].contains(&hash(11, "", 1 + 2));
        assert!(said("Brest attend la grève|Brest dort encore"));
        assert!(!said("Le port attend la grève|Brest dort encore"));
        assert!(!said("Ré attend la grève|Ré dort encore"));
        assert!(!said("La Poste attend la grève|La banque dort encore"));
        assert!(!said("Un vote contre OTAN|OTAN dort encore"));
    }

    #[test]
    fn an_elided_word_is_followed_by_the_rest_of_its_token() {
        let elided = &places("La grève continue|L’ONG dénonce un accord")[0];
        for feature in [hash(2, "L’", 0), hash(3, "L’", 2), hash(9, "ONG", 1), hash(10, "dénonce", 1)] {
            assert!(elided.contains(&feature));
        }
        let first = &places("Grève|Le port de la ville ferme")[0];
        assert!(first.contains(&hash(14, "", 1)) && first.contains(&hash(13, "", 3)));
    }

    #[test]
    fn no_part_ends_in_an_article_an_elision_or_a_name_that_goes_on() {
        for text in [
            "La ville de Paris dort",
            "La fin de l’ Europe approche",
            "Herman De Croo dort",
            "Angela Merkel dort",
            "La grève, Le port de la ville ferme",
        ] {
            assert!(places(text).is_empty());
        }
    }
}
