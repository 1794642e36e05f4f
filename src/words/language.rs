//! Whether words are French or English, by the small words of each and by accents.
//!
//! Not a general language identifier: it tells these two apart, down to stretches of a few words
//! inside a sentence, which general identifiers cannot.

use std::sync::LazyLock;

use super::{Case, Text, Token, WordTable};

/// Small French words, folded, that are no English ones.
const FRENCH: &str = "
    le les des du une dans pour sur avec est sont etait etaient ete etre ont avait avaient avoir aura auront
    avons avez qui que quoi dont ou et mais donc ne pas cette ces cet ses sa leur leurs nous vous ils elles
    elle il je lui eux au aux vers chez sans selon apres avant pendant depuis lorsque lors puisque aussi
    tres tous toute toutes meme memes comme fait faire peut peuvent pourrait pourraient doit doivent devrait
    cela celui celle celles ceux ici alors encore toujours jamais rien aucun aucune notamment deja ainsi
    afin sera seront serait seraient soit fut furent entre parce quand quel quelle quels quelles deux trois
    quatre cinq sept huit plusieurs beaucoup moins mieux bien peu trop autre autres chaque certains
    certaines vos mon ton mes tes notre votre ceci sous contre jusque jusqu lorsqu puisqu quelqu qu aujourd
    hui ait suis sommes etes va vont etant ayant dix vingt cent mille de la en se ce un par ni ma ta y";

/// French words, folded, that are no English ones, and say something by themselves.
const FRENCH_COMMON: &str = "
    nos hier demain ans annee annees jour jours fois heure heures matin soir semaine mois dernier derniere
    prochain monde vie homme femme enfants pays ville gens personnes chose choses temps dit premier premiere
    nouveau nouvelle grand grande petit petite";

/// Small English words that are no French ones.
const ENGLISH: &str = "
    the of and to in is was were are that this these those with for from by at his her hers their theirs
    they he she it its who whom whose which have has had been be being but not will would could should can
    cannot we you your yours our ours my mine me him them us than then when where there what why how if so
    up out into over about after before because while during between against through under until since
    without within did do does done doing also even only very too both each every any some such other
    another more most much many back down off again still never ever always now here well make made get got
    going go went like same may might must shall isn't aren't wasn't weren't don't doesn't didn't won't
    wouldn't couldn't can't haven't hasn't hadn't shouldn't as or an on no i one two three four five six
    seven eight nine ten";

/// English words that are no French ones, and say something by themselves.
const ENGLISH_COMMON: &str = "
    says saying just first last new old year years day days week weeks month months time people man men
    woman women world life way come came take took see saw know knew think thought say said want good great
    own";

/// Words that both languages have, or that stand in names: they tell nothing.
const BOTH: &str = "on no or me a as an me i i six son sur pour pays";

/// What a word tells of its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// A small French word.
    French,
    /// A small English word.
    English,
}

/// Each word's language, and whether it is a small one that says nothing by itself.
static WORDS: LazyLock<WordTable<(Hint, bool)>> = LazyLock::new(|| {
    let both: Vec<&str> = BOTH.split_whitespace().collect();
    let lists = [
        (FRENCH, Hint::French, true),
        (FRENCH_COMMON, Hint::French, false),
        (ENGLISH, Hint::English, true),
        (ENGLISH_COMMON, Hint::English, false),
    ];
    let rows: Vec<(&str, (Hint, bool))> = lists
        .into_iter()
        .flat_map(|(list, hint, small)| list.split_whitespace().map(move |word| (word, (hint, small))))
        .filter(|(word, _)| !both.contains(word))
        .collect();
    WordTable::of_words(rows)
});

/// What is known of the word with this hash: its language, and whether it is a small one.
pub(super) fn listed(hash: u64) -> Option<(Hint, bool)> {
    WORDS.get(hash)
}

/// How French the token looks: above 0 French, below 0 English, 0 neither.
///
/// Capitals tell nothing (`Le Monde`), accents on small letters a little (`cafe` has none in either).
pub fn french(text: &Text<'_>, token: &Token) -> f32 {
    match (token.hint, token.case) {
        (Some(Hint::French), Case::Lower) => 1.0,
        (Some(Hint::French), _) if token.initial => 0.5,
        (Some(Hint::English), Case::Lower | Case::Capital) => -1.0,
        (None, Case::Lower) => {
            let raw = text.of(token);
            if raw.is_ascii() {
                // An elided article: one letter and an apostrophe.
                let elided = raw.len() == 1
                    && matches!(raw, "l" | "d" | "n" | "c" | "j" | "s" | "m")
                    && text.raw[token.span().end..].starts_with(['\'', '’']);
                if elided { 0.7 } else { 0.0 }
            } else if raw.contains(['é', 'è', 'ê', 'à', 'ù', 'û', 'ô', 'î', 'ç', 'œ', 'â', 'ë', 'ï'])
            {
                0.6
            } else {
                0.0
            }
        }
        _ => 0.0,
    }
}

/// How many of a text's words are French and how many English, by the small words.
pub fn counts(text: &Text<'_>) -> (usize, usize) {
    let mut both = (0, 0);
    for token in text.tokens() {
        match token.hint {
            // A capital may be a title's: `La Voix du Nord`.
            Some(Hint::French) if token.case == Case::Lower || token.initial => both.0 += 1,
            Some(Hint::English) => both.1 += 1,
            _ => {}
        }
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;

    #[test]
    fn the_small_words_tell_the_languages_apart() {
        let (french, english) =
            counts(&Text::new("Il n’est pas venu dans la ville avec sa femme.", Lang::Fr));
        assert!(french >= 6 && english == 0, "{french} {english}");
        let (french, english) = counts(&Text::new("He did not come to the town with his wife.", Lang::En));
        assert!(french == 0 && english >= 6, "{french} {english}");
    }

    #[test]
    fn no_word_is_in_both_lists() {
        let french: Vec<&str> = FRENCH.split_whitespace().chain(FRENCH_COMMON.split_whitespace()).collect();
        let both: Vec<&str> = BOTH.split_whitespace().collect();
        for word in ENGLISH.split_whitespace().chain(ENGLISH_COMMON.split_whitespace()) {
            assert!(!french.contains(&word) || both.contains(&word), "{word}");
        }
    }
}
