//! Which words of two texts stand for each other, as far as a lexicon, spelling and a list of names tell.
//!
//! No alignment of words: a word has a partner if any word of the other text may stand for it. That is enough to see
//! what has none, which is what the checks ask.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::words::{Case, Lexicon, Names, Text, Token, WordTable, english_bases, word_hash};

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
    pub fn new(fr: &Text<'_>, en: &Text<'_>, names: &Names) -> Self {
        MEMO.with_borrow_mut(|memo| {
            let mut index = Index::new(en.tokens().len());
            let mut partners = Partners {
                fr: Vec::with_capacity(fr.tokens().len()),
                en: Vec::with_capacity(en.tokens().len()),
            };
            for (at, token) in en.tokens().iter().enumerate() {
                index.add(token.hash, at as u32);
                let mut known = false;
                let small = token.small;
                if !small || token.span().len() > 3 {
                    let (bases, listed) = memo.english(en, token);
                    known = listed;
                    for &base in bases {
                        index.add(base, at as u32);
                    }
                }
                partners.en.push(Word { role: role(en, token, small, known), partner: false });
            }
            for token in fr.tokens() {
                let small = token.small;
                // A small French word may be a large English one: `notamment`, `plusieurs`.
                let found = if small && token.span().len() < 4 { &[] } else { memo.french(fr, token) };
                let mut word = Word { role: role(fr, token, small, !found.is_empty()), partner: false };
                let mut mark = |hash: u64| index.mark(hash, &mut partners.en);
                word.partner |= mark(token.hash);
                for &hash in found {
                    word.partner |= mark(hash);
                }
                if token.is_capital() {
                    let english = names.english(token.hash);
                    for &hash in english {
                        word.partner |= mark(hash);
                    }
                    let name = word.role == Role::Known && !token.initial && !english.is_empty();
                    if name && !is_common(fr.folded(token)) {
                        word.role = Role::Name;
                    }
                }
                if !word.partner && !small {
                    let folded = fr.folded(token);
                    let acronym = token.case == Case::Upper;
                    for (other, own) in en.tokens().iter().zip(&mut partners.en) {
                        let may = acronym || (token.head == other.head && token.head != 0);
                        if may && kin(folded, en.folded(other)) {
                            word.partner = true;
                            own.partner = true;
                        }
                    }
                }
                partners.fr.push(word);
            }
            partners
        })
    }
}

fn role(text: &Text<'_>, token: &Token, small: bool, known: bool) -> Role {
    if token.digit || (token.is_capital() && is_roman(text.of(token))) {
        Role::Number
    } else if small {
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
    /// Room for a form and its base forms for each of so many tokens.
    fn new(tokens: usize) -> Self {
        let size = (tokens * (BASES + 1) * 2).next_power_of_two();
        Index { mask: size.max(2) - 1, slots: vec![(0, u32::MAX); size.max(2)] }
    }

    fn add(&mut self, hash: u64, at: u32) {
        let mut slot = hash as usize & self.mask;
        while self.slots[slot].1 != u32::MAX {
            slot = (slot + 1) & self.mask;
        }
        self.slots[slot] = (hash, at);
    }

    /// Marks the words that have this form; answers whether there is any.
    fn mark(&self, hash: u64, words: &mut [Word]) -> bool {
        let mut any = false;
        let mut slot = hash as usize & self.mask;
        while self.slots[slot].1 != u32::MAX {
            if self.slots[slot].0 == hash {
                words[self.slots[slot].1 as usize].partner = true;
                any = true;
            }
            slot = (slot + 1) & self.mask;
        }
        any
    }
}

/// Base forms kept of an English word.
const BASES: usize = 3;

/// What was found for words so far, so that each form is looked up once.
#[derive(Default)]
struct Memo {
    /// Of each French form, where its translations' hashes are.
    fr: HashMap<u64, (u32, u32), Plain>,
    /// Of each English form, where its base forms' hashes are, and whether it is known.
    en: HashMap<u64, (u32, u32, bool), Plain>,
    hashes: Vec<u64>,
}

/// Hashes kept before the memory is emptied: enough for any corpus, bounded for any input.
const KEPT: usize = 1 << 20;

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
    fn french(&mut self, text: &Text<'_>, token: &Token) -> &[u64] {
        let (start, end) = match self.fr.get(&token.hash) {
            Some(&found) => found,
            None => {
                self.tidy();
                let start = self.hashes.len() as u32;
                if token.case != Case::Digit {
                    let all = Lexicon::bundled().translations(text.folded(token));
                    let likely = all.iter().filter(|(_, weight)| *weight > 0.15);
                    self.hashes.extend(likely.map(|(word, _)| word_hash(word.as_bytes())));
                }
                let found = (start, self.hashes.len() as u32);
                self.fr.insert(token.hash, found);
                found
            }
        };
        &self.hashes[start as usize..end as usize]
    }

    /// The hashes of an English word's base forms, and whether the lexicon has it in any form.
    fn english(&mut self, text: &Text<'_>, token: &Token) -> (&[u64], bool) {
        let (start, end, known) = match self.en.get(&token.hash) {
            Some(&found) => found,
            None => {
                self.tidy();
                let start = self.hashes.len();
                english_bases(text.folded(token), &mut |base| {
                    let hash = word_hash(base.as_bytes());
                    let own = &self.hashes[start..];
                    if own.len() < BASES && VOCABULARY.has(hash) && !own.contains(&hash) {
                        self.hashes.push(hash);
                    }
                });
                let known = VOCABULARY.has(token.hash) || self.hashes.len() > start;
                let found = (start as u32, self.hashes.len() as u32, known);
                self.en.insert(token.hash, found);
                found
            }
        };
        (&self.hashes[start as usize..end as usize], known)
    }

    /// Forgets everything where too much is known.
    fn tidy(&mut self) {
        if self.hashes.len() + self.fr.len() + self.en.len() > KEPT {
            *self = Memo::default();
        }
    }
}

/// Whether the lexicon has an English word with this hash.
pub(super) fn is_english(hash: u64) -> bool {
    VOCABULARY.has(hash)
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
        let partners = Partners::new(&fr, &en, Names::bundled());
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
