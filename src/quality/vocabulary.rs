//! Lexical coverage: which French words have been met in translated units, and which are new.
//!
//! A word is folded by elision and case: `L’IA`, `l’IA` and `IA` are one word beside `l’`; accents stay, since `mur` and `mûr` are two.
//! Numbers are no words. A word is *seen* once it stands in a unit whose English is not stale; what stands only elsewhere is *new*.

use std::collections::HashMap;

use crate::bitext::{Unit, UnitId};
use crate::words::words;

use super::State;

/// Where a word stands that is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The article, as the caller numbers them.
    pub article: u32,
    /// The unit.
    pub unit: UnitId,
    /// The unit's place in the article, from 1.
    pub place: u32,
}

/// How often a word stands in translated units and in others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// In units with English that is not stale.
    pub seen: u64,
    /// In all other units of content.
    pub unseen: u64,
    /// In how many articles.
    pub articles: u32,
    /// Where it stands first without English.
    pub first: Option<Met>,
}

/// The words of articles, with their counts.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: HashMap<Box<str>, Counts>,
}

/// How many words have been seen, and how many are new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lexical {
    /// Different words that stand in translated units.
    pub seen_types: u64,
    /// Different words that do not.
    pub new_types: u64,
    /// Running words, of all units, whose type was seen.
    pub seen_tokens: u64,
    /// Running words whose type is new.
    pub new_tokens: u64,
}

impl Lexical {
    /// The share of different words that were seen; 1 where there are none.
    pub fn types_share(&self) -> f64 {
        share(self.seen_types, self.new_types)
    }

    /// The share of running words that were seen; 1 where there are none.
    pub fn tokens_share(&self) -> f64 {
        share(self.seen_tokens, self.new_tokens)
    }
}

fn share(seen: u64, new: u64) -> f64 {
    if seen + new == 0 { 1.0 } else { seen as f64 / (seen + new) as f64 }
}

impl Vocabulary {
    /// The words of one article's units of content.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::bitext::{Kind, Unit, UnitId};
    /// use enregard::quality::Vocabulary;
    /// let unit = |fr: &str, en: &str| {
    ///     let mut unit = Unit::new(UnitId::of(&"roy".parse().unwrap(), &[fr], 0), Kind::Body, vec![fr.to_owned()]);
    ///     unit.en = (!en.is_empty()).then(|| en.to_owned()).into_iter().collect();
    ///     unit
    /// };
    /// let words = Vocabulary::of(0, &[unit("L’IA dort.", "AI sleeps."), unit("l’IA rêve", "")]);
    /// let new: Vec<&str> = words.new_words().iter().map(|(word, _)| *word).collect();
    /// assert_eq!(new, ["rêve"]);
    /// assert_eq!((words.lexical().seen_types, words.lexical().seen_tokens), (3, 5));
    /// ```
    pub fn of<'u>(article: u32, units: impl IntoIterator<Item = &'u Unit>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let mut key = String::new();
        for (index, unit) in units.into_iter().enumerate() {
            let state = State::of(unit).filter(|_| unit.is_content());
            let Some(state) = state else { continue };
            let seen = matches!(state, State::Reviewed | State::Draft);
            for sentence in &unit.fr {
                for word in words(sentence) {
                    if !folded(word.of(sentence), &mut key) {
                        continue;
                    }
                    let counts = match vocabulary.words.get_mut(key.as_str()) {
                        Some(counts) => counts,
                        None => vocabulary.words.entry(key.as_str().into()).or_insert(Counts {
                            seen: 0,
                            unseen: 0,
                            articles: 1,
                            first: None,
                        }),
                    };
                    if seen {
                        counts.seen += 1;
                    } else {
                        counts.unseen += 1;
                        let place = u32::try_from(index + 1).unwrap_or(u32::MAX);
                        counts.first.get_or_insert(Met { article, unit: unit.id, place });
                    }
                }
            }
        }
        vocabulary
    }

    /// Adds the words of further articles, which come after these.
    pub fn add(&mut self, other: Vocabulary) {
        if self.words.is_empty() {
            *self = other;
            return;
        }
        for (word, more) in other.words {
            match self.words.get_mut(&word) {
                Some(counts) => {
                    counts.seen += more.seen;
                    counts.unseen += more.unseen;
                    counts.articles += more.articles;
                    counts.first = counts.first.take().or(more.first);
                }
                None => {
                    self.words.insert(word, more);
                }
            }
        }
    }

    /// How many words have been seen, and how many are new.
    pub fn lexical(&self) -> Lexical {
        let mut lexical = Lexical::default();
        for counts in self.words.values() {
            if counts.seen > 0 {
                lexical.seen_types += 1;
                lexical.seen_tokens += counts.seen + counts.unseen;
            } else {
                lexical.new_types += 1;
                lexical.new_tokens += counts.unseen;
            }
        }
        lexical
    }

    /// The words that are new, the commonest first, then by the alphabet.
    pub fn new_words(&self) -> Vec<(&str, &Counts)> {
        let mut new: Vec<(&str, &Counts)> = self
            .words
            .iter()
            .filter(|(_, counts)| counts.seen == 0)
            .map(|(word, counts)| (&**word, counts))
            .collect();
        new.sort_by(|a, b| b.1.unseen.cmp(&a.1.unseen).then_with(|| a.0.cmp(b.0)));
        new
    }
}

/// Folds a word into `key`; answers whether it is one, with a letter.
fn folded(word: &str, key: &mut String) -> bool {
    key.clear();
    let mut letter = false;
    for c in word.chars() {
        match c {
            '’' | 'ʼ' | '‘' => key.push('\''),
            '\u{2010}' | '\u{2011}' => key.push('-'),
            '\u{AD}' => {}
            c if c.is_ascii_lowercase() => {
                letter = true;
                key.push(c);
            }
            c => {
                letter |= c.is_alphabetic();
                key.extend(c.to_lowercase());
            }
        }
    }
    letter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Kind, Status};

    fn unit(fr: &str, en: &str) -> Unit {
        let mut unit = Unit::new(UnitId::of(&"roy".parse().unwrap(), &[fr], 0), Kind::Body, fr);
        unit.en = (!en.is_empty()).then(|| en.to_owned()).into_iter().collect();
        unit
    }

    #[test]
    fn words_are_new_until_they_stand_in_a_translated_unit_anywhere() {
        let mut stale = unit("Le mur tombe.", "The wall falls.");
        stale.more.was = "Le mur".into();
        let mut skipped = unit("Sic transit.", "");
        skipped.status = Status::Skipped;
        let mut label = unit("Recommandation", "");
        label.kind = Kind::Label;
        let mut all =
            Vocabulary::of(0, &[unit("Le roi dort 12 ans.", "The king sleeps."), stale, skipped, label]);
        let names =
            |all: &Vocabulary| all.new_words().iter().map(|(word, _)| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&all), ["mur", "sic", "tombe", "transit"]);
        all.add(Vocabulary::of(
            1,
            &[unit("Un mur, un mûr, des murs.", "A wall, a ripe one, walls."), unit("sic, sic", "")],
        ));
        let new = all.new_words();
        assert_eq!(new[0].0, "sic");
        assert_eq!((new[0].1.unseen, new[0].1.articles, new[0].1.first.as_ref().unwrap().article), (3, 2, 0));
        assert_eq!(names(&all), ["sic", "tombe", "transit"]);
        let lexical = all.lexical();
        assert_eq!((lexical.new_types, lexical.new_tokens), (3, 5));
        assert_eq!((lexical.seen_types, lexical.seen_tokens), (9, 12));
    }
}
