//! The phrases that news sites set around their articles: read once from the language's file.

use std::collections::{HashMap, HashSet};
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
}

/// A language's phrases and word lists.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    rules: Vec<Rule>,
    /// By first word: the whole paragraph, or its start.
    starts: HashMap<String, Vec<Phrase>>,
    /// By first word: anywhere in it.
    within: HashMap<String, Vec<Phrase>>,
    /// By last word.
    ends: HashMap<String, Vec<Phrase>>,
    lists: HashMap<&'static str, Vec<String>>,
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
        // `#` is any number, which in a text is `#` of any digits.
        let key = Key::of(&phrase.replace('#', "0")).text().to_owned();
        if !list.is_empty() {
            self.lists.entry(list).or_default().push(key);
            return;
        }
        let mut words = key.split_ascii_whitespace();
        let (table, word) = match how {
            How::Whole | How::Start => (&mut self.starts, words.next()),
            How::Has => (&mut self.within, words.next()),
            How::End => (&mut self.ends, words.next_back()),
        };
        let word = word.unwrap_or("").to_owned();
        let rule = self.rules.len().saturating_sub(1);
        table.entry(word).or_default().push(Phrase { how, key, rule });
    }

    /// What the phrases say of a paragraph of `bytes` bytes whose key (or the key of its
    /// beginning, where it is long) is `key`; `stop`: it ends as a sentence does.
    pub(super) fn find(&'static self, key: &Key, bytes: usize, stop: bool) -> Found {
        let mut found = Found::default();
        let text = key.text();
        let mut parts = key.parts();
        let Some(first) = parts.next() else { return found };
        for phrase in self.starts.get(first).into_iter().flatten() {
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
        if !self.within.is_empty() {
            for word in key.parts() {
                for phrase in self.within.get(word).into_iter().flatten() {
                    if text.contains(&phrase.key) {
                        self.keep(&mut found, phrase, key, stop);
                    }
                }
            }
        }
        if !stop && let Some(last) = key.bare().split_ascii_whitespace().next_back() {
            for phrase in self.ends.get(last).into_iter().flatten() {
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
        self.lists.get(list).is_some_and(|list| list.iter().any(|phrase| key.text().contains(phrase)))
    }

    /// Whether a word (as keys have it) is in a list.
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|list| list.iter().any(|phrase| phrase.trim() == word))
    }
}
