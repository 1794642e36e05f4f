//! French that English has taken over: `déjà vu`, `coup d’état`, `crème de la crème`.
//!
//! In an English text these are English, and nobody forgot to translate them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Text;
use crate::bitext::Lang;

/// Phrases by their first word's hash, each as the hashes of its words; longest first.
static PHRASES: LazyLock<HashMap<u64, Vec<Vec<u64>>>> = LazyLock::new(|| {
    let mut phrases: HashMap<u64, Vec<Vec<u64>>> = HashMap::new();
    for line in include_str!("borrowed.txt").lines().filter(|line| !line.starts_with('#')) {
        let text = Text::new(line, Lang::En);
        let hashes: Vec<u64> = text.tokens().iter().map(|token| token.hash).collect();
        if let Some(&first) = hashes.first() {
            phrases.entry(first).or_default().push(hashes);
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    }
    phrases
});

/// Which tokens of an English text belong to a phrase that English has from French.
///
/// # Examples
///
/// ```
/// use enregard::bitext::Lang;
/// use enregard::words::{Text, borrowed};
/// let text = Text::new("a sense of déjà vu", Lang::En);
/// assert_eq!(borrowed(&text), [false, false, false, true, true]);
/// ```
pub fn borrowed(text: &Text<'_>) -> Vec<bool> {
    let tokens = text.tokens();
    let mut found = vec![false; tokens.len()];
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let fits = |phrase: &&Vec<u64>| {
            tokens.len() - at >= phrase.len()
                && phrase.iter().zip(&tokens[at..]).all(|(hash, t)| *hash == t.hash)
        };
        let phrase = PHRASES.get(&token.hash).and_then(|list| list.iter().find(fits));
        let length = phrase.map_or(0, Vec::len);
        found[at..at + length].fill(true);
        at += length.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_taken_and_accents_may_be_missing() {
        let marks = |text: &str| {
            borrowed(&Text::new(text, Lang::En))
                .iter()
                .map(|&b| if b { '1' } else { '0' })
                .collect::<String>()
        };
        assert_eq!(marks("the crème de la crème of Paris"), "0111100");
        assert_eq!(marks("A coup d'etat, c'est la vie"), "01111111");
        assert_eq!(marks("dans la ville"), "000");
    }
}
