//! Which words of two texts stand for each other, as far as a lexicon, spelling and a list of names tell.
//!
//! No alignment of words: a word has a partner if any word of the other text may stand for it. That is enough to see
//! what has none, which is what the checks ask.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, LazyLock};

use crate::words::{Case, Lexicon, Names, Text, Token, WordTable, language, word_hash};

/// What a word is, for the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An article, a pronoun, an auxiliary: it says nothing by itself.
    Small,
    /// It has a digit.
    Number,
    /// It is known to the lexicon.
    Known,
    /// It is not, and has a capital where a sentence does not ask for one: most likely a name.
    Name,
    /// It is not known.
    Unknown,
}

/// A word's role, and whether it has a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it is.
    pub role: Role,
    /// Whether a word of the other text may stand for it.
    pub partner: bool,
}

/// The words of both texts with their partners, one for each token.
#[derive(Clone, Debug)]
pub struct Partners {
    /// The French tokens'.
    pub fr: Vec<Word>,
    /// The English tokens'.
    pub en: Vec<Word>,
}

impl Partners {
    /// Looks for each word's partners.
    pub fn new(fr: &Text<'_>, en: &Text<'_>) -> Self {
        MEMO.with_borrow_mut(|memo| {
            let index = Index::new(en, memo);
            let mut partners = Partners {
                fr: Vec::with_capacity(fr.tokens().len()),
                en: en
                    .tokens()
                    .iter()
                    .map(|token| Word {
                        role: role(en, token, memo.english(en, token).known),
                        partner: false,
                    })
                    .collect(),
            };
            for token in fr.tokens() {
                let found = memo.french(fr, token);
                let mut word = Word { role: role(fr, token, !found.is_empty()), partner: false };
                if word.role == Role::Known
                    && token.is_capital()
                    && !token.initial
                    && !Names::bundled().english(token.hash).is_empty()
                    && !is_common(fr.folded(token))
                {
                    word.role = Role::Name;
                }
                let mut mark = |hash: u64| {
                    let mut any = false;
                    index.each(hash, |at| {
                        partners.en[at].partner = true;
                        any = true;
                    });
                    any
                };
                word.partner |= mark(token.hash);
                for &hash in found.iter() {
                    word.partner |= mark(hash);
                }
                if token.is_capital() || !word.partner {
                    for &hash in Names::bundled().english(token.hash) {
                        word.partner |= mark(hash);
                    }
                }
                if !word.partner && word.role != Role::Small {
                    for (at, other) in en.tokens().iter().enumerate() {
                        if kin(fr.folded(token), en.folded(other)) {
                            word.partner = true;
                            partners.en[at].partner = true;
                        }
                    }
                }
                partners.fr.push(word);
            }
            partners
        })
    }
}

fn role(text: &Text<'_>, token: &Token, known: bool) -> Role {
    if token.digit || is_roman(text.of(token)) {
        Role::Number
    } else if language::is_small(token) {
        Role::Small
    } else if known {
        Role::Known
    } else if token.is_capital() && (!token.initial || token.case != Case::Capital) {
        Role::Name
    } else {
        Role::Unknown
    }
}

/// Whether a word of names (`Cour suprême`, `Maison Blanche`) is a common noun by itself.
fn is_common(folded: &str) -> bool {
    matches!(
        folded,
        "nord"
            | "sud"
            | "est"
            | "ouest"
            | "occident"
            | "orient"
            | "etat"
            | "etats"
            | "unis"
            | "tresor"
            | "bourse"
            | "terre"
            | "lune"
            | "soleil"
            | "dieu"
            | "premier"
            | "premiere"
            | "seconde"
            | "guerre"
            | "mondiale"
            | "cour"
            | "chambre"
            | "parti"
            | "ligue"
            | "union"
            | "coupe"
            | "maison"
            | "croix"
            | "banque"
            | "assemblee"
            | "nations"
            | "jeux"
            | "prix"
            | "antiquite"
            | "renaissance"
            | "golfe"
            | "manche"
            | "senat"
            | "nouvelle"
            | "republique"
            | "royaume"
            | "uni"
    )
}

/// Whether it is written with Roman digits (`XIV`, `XIXe`).
fn is_roman(raw: &str) -> bool {
    let digits = raw.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    digits > 1 && matches!(&raw[digits..], "" | "e" | "er" | "ème")
}

/// Whether two words are alike enough to be one word in two languages: `indépendance`, `independence`.
///
/// Four letters at the start at least, and most of the shorter word.
fn kin(a: &str, b: &str) -> bool {
    // `les GPU` = `GPUs`
    if b.strip_suffix('s') == Some(a) {
        return true;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() < 4 || b.len() < 4 || a[..4] != b[..4] {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    same * 10 >= a.len().min(b.len()) * 6
}

/// Where in the English each form and base form stands.
struct Index {
    mask: usize,
    slots: Vec<(u64, u32)>,
}

impl Index {
    fn new(en: &Text<'_>, memo: &mut Memo) -> Self {
        let size = (en.tokens().len() * 8).next_power_of_two().max(32);
        let mut index = Index { mask: size - 1, slots: vec![(0, u32::MAX); size] };
        for (at, token) in en.tokens().iter().enumerate() {
            index.add(token.hash, at as u32);
            for &base in memo.english(en, token).bases.iter() {
                index.add(base, at as u32);
            }
        }
        index
    }

    fn add(&mut self, hash: u64, at: u32) {
        if self.slots.len() < 2 {
            return;
        }
        let mut slot = hash as usize & self.mask;
        let mut steps = 0;
        while self.slots[slot].1 != u32::MAX {
            slot = (slot + 1) & self.mask;
            steps += 1;
            // Never full: eight slots a token, few base forms each.
            if steps > self.mask {
                return;
            }
        }
        self.slots[slot] = (hash, at);
    }

    fn each(&self, hash: u64, mut found: impl FnMut(usize)) {
        let mut slot = hash as usize & self.mask;
        let mut steps = 0;
        while self.slots[slot].1 != u32::MAX && steps <= self.mask {
            if self.slots[slot].0 == hash {
                found(self.slots[slot].1 as usize);
            }
            slot = (slot + 1) & self.mask;
            steps += 1;
        }
    }
}

/// Whether the lexicon has an English word with this hash.
pub(super) fn is_english(hash: u64) -> bool {
    VOCABULARY.has(hash)
}

/// What was found for words so far, so that each form is looked up once.
#[derive(Default)]
struct Memo {
    fr: HashMap<u64, Arc<[u64]>, Plain>,
    en: HashMap<u64, English, Plain>,
}

#[derive(Clone)]
struct English {
    bases: Arc<[u64]>,
    known: bool,
}

/// Forms kept before the memory is emptied: enough for any language, bounded for any input.
const KEPT: usize = 1 << 17;

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::default();
}

/// English words that the lexicon gives as translations.
static VOCABULARY: LazyLock<WordTable<()>> = LazyLock::new(|| {
    let lexicon = Lexicon::bundled();
    let mut hashes: Vec<u64> = lexicon.english_words().map(|word| word_hash(word.as_bytes())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    WordTable::new(hashes.into_iter().map(|hash| (hash, ())))
});

impl Memo {
    /// The hashes of a French word's translations.
    fn french(&mut self, text: &Text<'_>, token: &Token) -> Arc<[u64]> {
        if let Some(found) = self.fr.get(&token.hash) {
            return Arc::clone(found);
        }
        if self.fr.len() > KEPT {
            self.fr.clear();
        }
        let found: Arc<[u64]> = if token.case == Case::Digit {
            Arc::default()
        } else {
            let all = Lexicon::bundled().translations(text.folded(token));
            all.iter()
                .filter(|(_, weight)| *weight > 0.15)
                .map(|(word, _)| word_hash(word.as_bytes()))
                .collect()
        };
        self.fr.insert(token.hash, Arc::clone(&found));
        found
    }

    /// The hashes of an English word's base forms.
    fn english(&mut self, text: &Text<'_>, token: &Token) -> English {
        if let Some(found) = self.en.get(&token.hash) {
            return found.clone();
        }
        if self.en.len() > KEPT {
            self.en.clear();
        }
        let mut bases = Vec::new();
        crate::words::english_bases(text.folded(token), &mut |base| {
            let hash = word_hash(base.as_bytes());
            if VOCABULARY.has(hash) && !bases.contains(&hash) {
                bases.push(hash);
            }
        });
        bases.truncate(4);
        let known = VOCABULARY.has(token.hash) || !bases.is_empty();
        let found = English { bases: bases.into(), known };
        self.en.insert(token.hash, found.clone());
        found
    }
}

/// Keys that are hashes already.
type Plain = BuildHasherDefault<PlainHasher>;

#[derive(Default)]
struct PlainHasher(u64);

impl Hasher for PlainHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;

    fn alone(fr: &str, en: &str) -> (Vec<String>, Vec<String>) {
        let (fr, en) = (Text::new(fr, Lang::Fr), Text::new(en, Lang::En));
        let partners = Partners::new(&fr, &en);
        let left = |text: &Text<'_>, words: &[Word]| {
            let alone = |(token, word): (&Token, &Word)| {
                (!word.partner && word.role != Role::Small).then(|| text.of(token).to_owned())
            };
            text.tokens().iter().zip(words).filter_map(alone).collect()
        };
        (left(&fr, &partners.fr), left(&en, &partners.en))
    }

    #[test]
    fn words_find_partners_by_lexicon_spelling_and_names() {
        let (fr, en) = alone(
            "Les gouvernements chinois ont évité la guerre à Pékin.",
            "The Chinese governments avoided war in Beijing.",
        );
        assert!(fr.is_empty() && en.is_empty(), "{fr:?} {en:?}");
    }

    #[test]
    fn what_was_left_out_or_put_in_has_none() {
        let (fr, en) = alone("Le chien dort dans la maison avec Tremblay.", "The dog sleeps with Okafor.");
        assert_eq!((fr, en), (vec!["maison".to_owned(), "Tremblay".to_owned()], vec!["Okafor".to_owned()]));
    }
}
