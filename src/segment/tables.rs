//! The words that a language's rules look up: abbreviations by class, and usual first words.
//!
//! They are data (`abbreviations/*.txt`, `starters/*.txt`); here they become a table that is asked once for nearly
//! every stop, and so is one multiplication and one comparison.

use std::sync::{Arc, LazyLock};

use unicode_normalization::char::compose;

use super::chars::{is_accent, is_mark};
use crate::bitext::Lang;

/// What may follow an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Class {
    /// A name: a sentence never ends here (`M.`, `cf.`).
    Name = 1,
    /// A number (`p.`, `art.`); before a usual first word it may end a sentence.
    Number,
    /// Anything; as a measure it ends a sentence before a capital (`min.`, `km.`).
    Unit,
    /// Anything; before a capital the sentence is over (`etc.`).
    End,
    /// Anything: only a usual first word tells the sentence's end (`éd.`, `J.-C.`).
    Either,
    /// No abbreviation, but a name that has `!` or `?` at its end (`Yahoo!`).
    Mark,
}

impl Class {
    /// Its name, as in the data files and in `enregard.toml`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Class::Name => "name",
            Class::Number => "number",
            Class::Unit => "unit",
            Class::End => "end",
            Class::Either => "either",
            Class::Mark => "mark",
        }
    }

    /// The class of this name.
    pub fn of_name(name: &str) -> Option<Class> {
        [Class::Name, Class::Number, Class::Unit, Class::End, Class::Either, Class::Mark]
            .into_iter()
            .find(|class| class.as_str() == name)
    }
}

/// The longest word that a table knows, in bytes.
pub(super) const LONGEST: usize = 16;

/// A starter's form.
const CAPITAL: u8 = 1;
const LOWER: u8 = 2;
/// No starter, but in their file: what a sentence names after its article.
const INSTITUTION: u8 = 4;

/// A set of short words, each with a few bits.
#[derive(Clone, Debug)]
struct Words {
    slots: Box<[(u128, u8)]>,
    shift: u32,
    count: usize,
}

/// A word of up to 16 bytes as a number; the length is in it, as no word has a NUL.
fn key(word: &[u8]) -> u128 {
    let mut bytes = [0; LONGEST];
    bytes[..word.len()].copy_from_slice(word);
    u128::from_le_bytes(bytes)
}

impl Words {
    fn new() -> Self {
        Words { slots: vec![(0, 0); 64].into(), shift: 64 - 6, count: 0 }
    }

    fn slot(&self, key: u128) -> usize {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
        (folded.wrapping_mul(ODD) >> self.shift) as usize
    }

    /// Sets the bits of a word, in place of those it had. A word that is empty or too long is not kept.
    fn set(&mut self, word: &str, bits: u8) {
        if word.is_empty() || word.len() > LONGEST {
            return;
        }
        if (self.count + 1) * 4 > self.slots.len() {
            let mut larger =
                Words { slots: vec![(0, 0); self.slots.len() * 2].into(), shift: self.shift - 1, count: 0 };
            for &(key, bits) in self.slots.iter().filter(|slot| slot.0 != 0) {
                larger.put(key, bits);
            }
            *self = larger;
        }
        self.put(key(word.as_bytes()), bits);
    }

    fn put(&mut self, key: u128, bits: u8) {
        let mut at = self.slot(key);
        while self.slots[at].0 != 0 && self.slots[at].0 != key {
            at = (at + 1) % self.slots.len();
        }
        self.count += usize::from(self.slots[at].0 == 0);
        self.slots[at] = (key, bits);
    }

    #[inline]
    fn get(&self, word: &[u8]) -> u8 {
        if word.is_empty() || word.len() > LONGEST {
            return 0;
        }
        let key = key(word);
        let mut at = self.slot(key);
        loop {
            match self.slots[at] {
                (0, _) => return 0,
                (found, bits) if found == key => return bits,
                _ => at = (at + 1) % self.slots.len(),
            }
        }
    }
}

/// What one language's rules look up.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    /// Whose words they are.
    pub(super) lang: Lang,
    abbreviations: Words,
    starters: Words,
    /// Strings inside which no sentence ends, each with the places of its marks.
    pub(super) exceptions: Vec<(Box<str>, Vec<usize>)>,
}

impl Tables {
    /// The tables of a language, made once.
    pub(super) fn of(lang: Lang) -> Arc<Tables> {
        static FRENCH: LazyLock<Arc<Tables>> = LazyLock::new(|| {
            Arc::new(Tables::read(
                Lang::Fr,
                include_str!("abbreviations/fr.txt"),
                include_str!("starters/fr.txt"),
            ))
        });
        static ENGLISH: LazyLock<Arc<Tables>> = LazyLock::new(|| {
            Arc::new(Tables::read(
                Lang::En,
                include_str!("abbreviations/en.txt"),
                include_str!("starters/en.txt"),
            ))
        });
        match lang {
            Lang::Fr => Arc::clone(&FRENCH),
            Lang::En => Arc::clone(&ENGLISH),
        }
    }

    fn read(lang: Lang, abbreviations: &str, starters: &str) -> Tables {
        let mut tables =
            Tables { lang, abbreviations: Words::new(), starters: Words::new(), exceptions: Vec::new() };
        for (class, word) in entries(abbreviations) {
            tables.abbreviate(word, class);
        }
        for line in starters.lines().filter(|line| !line.starts_with('#')) {
            for word in line.split_whitespace() {
                if word.starts_with(char::is_uppercase) {
                    tables.starters.set(word, INSTITUTION);
                    continue;
                }
                for word in [word.to_owned(), word.replace('\'', "’")] {
                    tables.starters.set(&word, LOWER);
                    tables.starters.set(&capitalised(&word), CAPITAL);
                }
            }
        }
        tables
    }

    /// Adds an abbreviation, written without its final point. In lower case it stands for its capitalised form as
    /// well, and, where a number follows (`ART. 5`), for capitals; other capitals may be acronyms.
    pub(super) fn abbreviate(&mut self, word: &str, class: Class) {
        let word = word.strip_suffix(['.', '!', '?']).unwrap_or(word);
        if word.chars().all(|c| !c.is_uppercase()) && word.chars().count() > 1 {
            for (form, usual) in [(capitalised(word), true), (word.to_uppercase(), class == Class::Number)] {
                if usual && self.abbreviations.get(form.as_bytes()) == 0 {
                    self.abbreviations.set(&form, class as u8);
                }
            }
        }
        self.abbreviations.set(word, class as u8);
    }

    /// Adds a string inside which no sentence ends.
    pub(super) fn except(&mut self, string: &str) {
        let marks: Vec<usize> = string.match_indices(is_mark).map(|(at, _)| at).collect();
        if !marks.is_empty() {
            self.exceptions.push((string.into(), marks));
        }
    }

    /// Whether the mark at `byte` of `text` stands inside an exception.
    pub(super) fn is_excepted(&self, text: &str, byte: usize) -> bool {
        self.exceptions.iter().any(|(string, marks)| {
            marks.iter().any(|&at| {
                let start = byte.checked_sub(at);
                start.is_some_and(|start| text.as_bytes()[start..].starts_with(string.as_bytes()))
            })
        })
    }

    /// The class of an abbreviation, given without its final point.
    #[inline]
    pub(super) fn class(&self, word: &[u8]) -> Option<Class> {
        match self.abbreviations.get(word) {
            1 => Some(Class::Name),
            2 => Some(Class::Number),
            3 => Some(Class::Unit),
            4 => Some(Class::End),
            5 => Some(Class::Either),
            6 => Some(Class::Mark),
            _ => None,
        }
    }

    /// Whether a word with its capital is one that usually begins a sentence.
    #[inline]
    pub(super) fn starts(&self, word: &[u8]) -> bool {
        self.starters.get(word) == CAPITAL
    }

    /// Whether a word names a country, an office or a paper, and after an article begins no family name (`La France`).
    pub(super) fn is_institution(&self, word: &[u8]) -> bool {
        self.starters.get(word) == INSTITUTION
    }

    /// The same of a word in lower case.
    pub(super) fn starts_lower(&self, word: &[u8]) -> bool {
        self.starters.get(word) == LOWER
    }
}

/// The word as the tables have it, where its accents are characters of their own: each with its letter (NFC), in `buffer`.
/// Any other word as it is, and one too long for the tables.
#[inline]
pub(super) fn composed<'w>(word: &'w str, buffer: &'w mut [u8; LONGEST]) -> &'w [u8] {
    // U+0300 to U+036F begin so in UTF-8.
    if !word.bytes().any(|byte| matches!(byte, 0xCC | 0xCD)) {
        return word.as_bytes();
    }
    let mut chars = word.chars().peekable();
    let mut length = 0;
    while let Some(mut letter) = chars.next() {
        while let Some(whole) =
            chars.peek().filter(|&&c| is_accent(c)).and_then(|&accent| compose(letter, accent))
        {
            letter = whole;
            chars.next();
        }
        match buffer.get_mut(length..length + letter.len_utf8()) {
            Some(place) => length += letter.encode_utf8(place).len(),
            None => return word.as_bytes(),
        }
    }
    &buffer[..length]
}

/// The entries of an abbreviation file, with their classes.
fn entries(file: &str) -> impl Iterator<Item = (Class, &str)> {
    let mut class = Class::Either;
    file.lines().flat_map(move |line| {
        let line = line.split('#').next().unwrap_or("").trim();
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => {
                class = Class::of_name(name).unwrap_or(class);
                Vec::new()
            }
            None => line.split_whitespace().map(|word| (class, word)).collect(),
        }
    })
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lower_case_entry_stands_for_its_other_forms_and_a_capital_for_itself() {
        let tables = Tables::of(Lang::Fr);
        assert_eq!(tables.class(b"art"), Some(Class::Number));
        assert_eq!(tables.class(b"Art"), Some(Class::Number));
        assert_eq!(tables.class(b"ART"), Some(Class::Number));
        assert_eq!(tables.class(b"RTE"), None);
        assert_eq!(tables.class(b"M"), Some(Class::Name));
        assert_eq!(tables.class(b"m"), Some(Class::Unit));
        assert_eq!(tables.class(b"maison"), None);
        assert_eq!(tables.class("c.-à-d".as_bytes()), Some(Class::Name));
    }

    #[test]
    fn usual_first_words_have_their_capital_and_either_apostrophe() {
        let tables = Tables::of(Lang::Fr);
        assert!(tables.starts(b"Il") && tables.starts("À".as_bytes()) && tables.starts("L’".as_bytes()));
        assert!(!tables.starts(b"il") && !tables.starts(b"Paul"));
    }

    #[test]
    fn an_accent_that_is_a_character_of_its_own_is_read_with_its_letter() {
        let mut buffer = [0; LONGEST];
        assert_eq!(composed("fe\u{301}vr", &mut buffer), "févr".as_bytes());
        assert_eq!(composed("\u{301}A\u{300}", &mut buffer), "\u{301}À".as_bytes());
        assert_eq!(composed("art", &mut buffer), b"art");
        let long = "e\u{301}".repeat(9);
        assert_eq!(composed(&long, &mut buffer), long.as_bytes());
    }

    #[test]
    fn every_section_of_the_data_has_a_known_class() {
        for file in [include_str!("abbreviations/fr.txt"), include_str!("abbreviations/en.txt")] {
            for line in file.lines().filter(|line| line.starts_with('[')) {
                assert!(Class::of_name(line.trim_matches(['[', ']'])).is_some(), "{line}");
            }
            let mut words: Vec<&str> = entries(file).map(|(_, word)| word).collect();
            assert!(words.iter().all(|word| word.len() <= LONGEST));
            words.sort_unstable();
            let twice: Vec<&str> =
                words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
            assert!(twice.is_empty(), "in two classes: {twice:?}");
        }
    }
}
