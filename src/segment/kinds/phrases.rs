//! The phrases that news sites set around their articles: read once from the language's file.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::key::Key;
use crate::bitext::{Kind, Lang};

/// A rule of the phrase file.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its name.
    pub(super) name: &'static str,
    /// Why it decides as it does.
    pub(super) reason: &'static str,
    /// The kind that it gives.
    pub(super) kind: Kind,
    /// Where in an article it holds.
    pub(super) place: Place,
    /// Whether it names a section, to which what follows belongs.
    pub(super) block: bool,
    /// Whether it leaves alone what ends as a sentence does.
    nostop: bool,
    /// The most words that a paragraph of its kind has.
    max_words: usize,
}

/// Where in an article a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Everywhere.
    Anywhere,
    /// Before the first or after the last running paragraph.
    Apart,
    /// Before the first.
    Head,
    /// After the last.
    Tail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Whole,
    Start,
    Has,
    End,
}

#[derive(Debug)]
struct Phrase {
    how: How,
    key: String,
    rule: usize,
}

/// The phrases that one word leads to.
#[derive(Debug, Default)]
struct Word {
    /// It begins a whole paragraph, or its start.
    starts: Vec<Phrase>,
    /// It begins a phrase that may stand anywhere.
    within: Vec<Phrase>,
    /// It ends a phrase at a paragraph's end.
    ends: Vec<Phrase>,
    /// It tells somebody to do something.
    imperative: bool,
}

/// A word list; its entries may be of several words.
#[derive(Debug, Default)]
struct List {
    whole: HashSet<String, BuildHasherDefault<Quick>>,
    by_first: HashMap<String, Vec<String>, BuildHasherDefault<Quick>>,
}

/// A hash for short words: a few instructions, against no enemy.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

/// What the phrases say of one paragraph, by where it stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Found {
    /// The rule that holds everywhere.
    pub(super) anywhere: Option<&'static Rule>,
    /// The rule that holds before the first running paragraph.
    pub(super) head: Option<&'static Rule>,
    /// The rule that holds after the last.
    pub(super) tail: Option<&'static Rule>,
    /// Whether the phrase that found `anywhere` is the whole paragraph.
    pub(super) alone: bool,
    /// Whether a word tells somebody to do something.
    pub(super) imperative: bool,
}

/// A language's phrases and word lists.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    rules: Vec<Rule>,
    /// What is known of each word that a phrase begins or ends with.
    words: HashMap<String, Word, BuildHasherDefault<Quick>>,
    lists: HashMap<&'static str, List, BuildHasherDefault<Quick>>,
    /// Strings, one of which stands in each running paragraph that a phrase within it decides.
    signs: Vec<memchr::memmem::Finder<'static>>,
}

/// Whether a name is a usual given name, or begins with one and a hyphen (`Anne-Marie`).
pub(super) fn is_given_name(name: &str) -> bool {
    static NAMES: OnceLock<HashSet<&str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let lines = include_str!("phrases/given-names.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    names.contains(name) || name.split(['-', '\u{2011}']).next().is_some_and(|first| names.contains(first))
}

/// The longest paragraph that a phrase can decide by standing within it or at its end.
const SHORT_BYTES: usize = 240;

impl Phrases {
    /// The phrases of a language.
    pub(super) fn of(lang: Lang) -> &'static Phrases {
        static FR: OnceLock<Phrases> = OnceLock::new();
        static EN: OnceLock<Phrases> = OnceLock::new();
        match lang {
            Lang::Fr => FR.get_or_init(|| Phrases::read(include_str!("phrases/fr.txt"))),
            Lang::En => EN.get_or_init(|| Phrases::read(include_str!("phrases/en.txt"))),
        }
    }

    fn read(file: &'static str) -> Phrases {
        let mut phrases = Phrases::default();
        let mut list = "";
        for line in file.lines().map(str::trim_end) {
            if let Some(head) = line.strip_prefix('[') {
                let (name, rest) = head.split_once(']').unwrap_or((head, ""));
                let mut words = rest.split_whitespace();
                match words.next().and_then(|kind| kind.parse().ok()) {
                    Some(kind) => {
                        list = "";
                        let place = match words.next() {
                            Some("apart") => Place::Apart,
                            Some("head") => Place::Head,
                            Some("tail") => Place::Tail,
                            _ => Place::Anywhere,
                        };
                        let mut rule = Rule {
                            name,
                            reason: "",
                            kind,
                            place,
                            block: false,
                            nostop: false,
                            max_words: usize::MAX,
                        };
                        for word in words {
                            match word.strip_prefix("words<=") {
                                Some(most) => rule.max_words = most.parse().unwrap_or(usize::MAX),
                                None => {
                                    rule.block |= word == "block";
                                    rule.nostop |= word == "nostop";
                                }
                            }
                        }
                        phrases.rules.push(rule);
                    }
                    None => list = name,
                }
            } else if let Some((how, phrase)) = line.split_once(' ') {
                let how = match how {
                    "=" => How::Whole,
                    "^" => How::Start,
                    "~" => How::Has,
                    "$" => How::End,
                    ":" => {
                        if let Some(rule) = phrases.rules.last_mut() {
                            rule.reason = phrase;
                        }
                        continue;
                    }
                    _ => continue,
                };
                phrases.add(how, phrase, list);
            }
        }
        phrases
    }

    fn add(&mut self, how: How, phrase: &'static str, list: &'static str) {
        if list == "signs" {
            self.signs.push(memchr::memmem::Finder::new(phrase));
            return;
        }
        // `#` is any number, which in a text is `#` of any digits.
        let key = Key::of(&phrase.replace('#', "0")).text().to_owned();
        if !list.is_empty() {
            let own = key.trim().to_owned();
            let first = own.split(' ').next().unwrap_or("").to_owned();
            if list == "imperatives" {
                self.words.entry(own.clone()).or_default().imperative = true;
            }
            let list = self.lists.entry(list).or_default();
            list.by_first.entry(first).or_default().push(key);
            list.whole.insert(own);
            return;
        }
        let mut words = key.split_ascii_whitespace();
        let word = if how == How::End { words.next_back() } else { words.next() };
        let word = self.words.entry(word.unwrap_or("").to_owned()).or_default();
        let table = match how {
            How::Whole | How::Start => &mut word.starts,
            How::Has => &mut word.within,
            How::End => &mut word.ends,
        };
        table.push(Phrase { how, key, rule: self.rules.len().saturating_sub(1) });
    }

    /// Whether a phrase that stands within a running paragraph can be in it: a look for a few strings that all
    /// such phrases have (`[signs]` in the file).
    pub(super) fn may_say(&self, own: &str) -> bool {
        self.signs.iter().any(|sign| sign.find(own.as_bytes()).is_some())
    }

    /// Whether a paragraph whose first words these are may begin with a phrase; the last word may be cut.
    pub(super) fn may_begin(&self, key: &Key) -> bool {
        let mut parts = key.parts();
        let Some(word) = parts.next().and_then(|first| self.words.get(first)) else { return false };
        if parts.next().is_none() {
            return !word.starts.is_empty();
        }
        let text = key.text().trim_end();
        let sure = &text[..text.rfind(' ').map_or(0, |at| at + 1)];
        word.starts.iter().any(|phrase| phrase.key.starts_with(sure) || sure.starts_with(&phrase.key))
    }

    /// What the phrases say of a paragraph of `bytes` bytes whose key (or the key of its
    /// beginning, where it is long) is `key`; `stop`: it ends as a sentence does.
    pub(super) fn find(&'static self, key: &Key, bytes: usize, stop: bool) -> Found {
        let mut found = Found::default();
        let text = key.text();
        let mut parts = key.parts();
        let Some(first) = parts.next() else { return found };
        let known = self.words.get(first);
        for phrase in known.iter().flat_map(|word| &word.starts) {
            let hit = match phrase.how {
                How::Whole => bytes <= SHORT_BYTES && key.bare() == phrase.key,
                _ => text.starts_with(&phrase.key),
            };
            if hit {
                self.keep(&mut found, phrase, key, stop);
            }
        }
        if bytes > SHORT_BYTES {
            return found;
        }
        let mut last = known;
        let mut word = Some(first);
        while let Some(own) = word {
            // A mark at the end ends no phrase.
            let known = self.words.get(own);
            if own != ":" {
                last = known;
            }
            if let Some(known) = known {
                found.imperative |= known.imperative;
                for phrase in &known.within {
                    if text.contains(&phrase.key) {
                        self.keep(&mut found, phrase, key, stop);
                    }
                }
            }
            word = parts.next();
        }
        if !stop && let Some(last) = last {
            for phrase in &last.ends {
                if key.bare().ends_with(&phrase.key) {
                    self.keep(&mut found, phrase, key, stop);
                }
            }
        }
        found
    }

    fn keep(&'static self, found: &mut Found, phrase: &Phrase, key: &Key, stop: bool) {
        let rule = &self.rules[phrase.rule];
        // A section's name is no sentence; a call to comment may be (`Soyez le premier à réagir.`).
        let section = rule.block && rule.kind == Kind::Related && phrase.how != How::Whole;
        let sentence = stop && (rule.nostop || section);
        if key.words() > rule.max_words || sentence {
            return;
        }
        let earlier = |kept: &mut Option<&'static Rule>| {
            kept.get_or_insert(rule);
        };
        match rule.place {
            Place::Anywhere => {
                let whole = key.bare() == phrase.key.strip_suffix(": ").unwrap_or(&phrase.key);
                found.alone |= whole && found.anywhere.is_none();
                earlier(&mut found.anywhere);
            }
            Place::Head => earlier(&mut found.head),
            Place::Tail => earlier(&mut found.tail),
            Place::Apart => {
                earlier(&mut found.head);
                earlier(&mut found.tail);
            }
        }
    }

    /// Whether one of a list's phrases stands in the key.
    pub(super) fn has(&self, list: &str, key: &Key) -> bool {
        let Some(list) = self.lists.get(list) else { return false };
        let mut phrases = key.parts().filter_map(|word| list.by_first.get(word)).flatten();
        phrases.any(|phrase| key.text().contains(phrase))
    }

    /// Whether the key ends with one of a list's phrases.
    pub(super) fn ends(&self, list: &str, key: &Key) -> bool {
        let Some(list) = self.lists.get(list) else { return false };
        let mut phrases = key.parts().filter_map(|word| list.by_first.get(word)).flatten();
        phrases.any(|phrase| key.bare().ends_with(phrase))
    }

    /// Whether a word, or several (as keys have them), are in a list.
    pub(super) fn is(&self, list: &str, words: &str) -> bool {
        self.lists.get(list).is_some_and(|list| list.whole.contains(words))
    }
}
