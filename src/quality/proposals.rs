//! Terms that a glossary may have: stretches of French whose English is always the same, found in translated units.
//!
//! A candidate is a word or a stretch of up to four, in any plain inflection, that neither begins nor ends with a small word (`puce`,
//! `intelligence artificielle`, `droit de veto`) and stands in several units. What stands in the English of these units more often
//! than elsewhere is its translation: Dice's coefficient (Dice 1945), as Smadja, McKeown and Hatzivassiloglou (1996) take it for collocations,
//! 2·both / (French + English), with a little more where the lexicon has a word of the one for a word of the other, and a little less
//! where one has more words than the other. A stretch that stands almost only inside a longer one is left to that (the C-value's idea, Frantzi and
//! Ananiadou 1996). What is the same in both languages (`Nvidia`) needs no glossary.
//!
//! Counting goes over the units twice: first how often each stretch stands, then what stands beside the candidates. Both are bounded
//! for any corpus: what was seen once is forgotten now and then (lossy counting, Manku and Motwani 2002), and of a candidate three hundred
//! units are looked at.

use std::collections::{HashMap, HashSet};

use crate::bitext::Lang;
use crate::words::{Case, Lexicon, Text, Token, word_hash};

/// A term with its translation, to be looked at by a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The French, in its commonest form.
    pub fr: String,
    /// The English, in its commonest form.
    pub en: String,
    /// Units with the French.
    pub units: u32,
    /// Units with both, of those that were looked at.
    pub both: u32,
    /// Units with the French that were looked at.
    pub looked: u32,
    /// What else stands for it, with its units.
    pub others: Vec<(String, u32)>,
    /// The unit that shows it, as the caller numbers them.
    pub example: u32,
    /// How good it is: they are in this order.
    pub score: f32,
}

/// What is proposed.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The least number of units that a French term stands in.
    pub least: u32,
    /// The most proposals.
    pub most: usize,
}

/// Words of the longest term.
const LONGEST: usize = 4;
/// Stretches that are counted at once.
const COUNTED: usize = 3_000_000;
/// Candidates whose partners are counted.
const CANDIDATES: usize = 4_000;
/// Units of a candidate that are looked at.
const LOOKED: u32 = 300;

/// A stretch of a text: its key, and where it stands.
struct Stretch {
    key: u64,
    first: usize,
    last: usize,
}

/// The first pass: how many units each stretch stands in.
#[derive(Debug, Default)]
pub struct Counting {
    fr: HashMap<u64, u32>,
    en: HashMap<u64, u32>,
}

/// The keys of a unit's stretches, each once: made side by side, counted one after the other.
pub struct Keys {
    fr: Vec<u64>,
    en: Vec<u64>,
}

impl Keys {
    /// The keys of a unit's texts.
    pub fn of(fr: &str, en: &str) -> Keys {
        let keys = |text: &str, lang| {
            let text = Text::new(text, lang);
            let mut keys: Vec<u64> = stretches(&text).into_iter().map(|stretch| stretch.key).collect();
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        Keys { fr: keys(fr, Lang::Fr), en: keys(en, Lang::En) }
    }
}

impl Counting {
    /// Counts one more unit.
    pub fn add(&mut self, keys: &Keys) {
        for (counts, keys) in [(&mut self.fr, &keys.fr), (&mut self.en, &keys.en)] {
            for key in keys {
                *counts.entry(*key).or_default() += 1;
            }
            if counts.len() > COUNTED {
                counts.retain(|_, count| *count > 1);
            }
        }
    }

    /// The second pass, for what stands in `wanted.least` units or more.
    pub fn pairing(self, wanted: Wanted) -> Pairing {
        let mut order: Vec<(u64, u32)> =
            self.fr.into_iter().filter(|(_, count)| *count >= wanted.least.max(2)).collect();
        order.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
        order.truncate(CANDIDATES);
        let found = order
            .into_iter()
            .map(|(key, units)| (key, Candidate { units, ..Candidate::default() }))
            .collect();
        let en = self.en.into_iter().filter(|(_, count)| *count > 1).collect();
        Pairing { wanted, found, en, surfaces: HashMap::new() }
    }
}

/// A French stretch, with what stands beside it.
#[derive(Debug, Default)]
struct Candidate {
    units: u32,
    looked: u32,
    forms: HashMap<String, u32>,
    beside: HashMap<u64, u32>,
    example: Option<(u32, usize)>,
    /// The keys of the stretches that hold it, with how often.
    inside: HashMap<u64, u32>,
    words: usize,
}

/// The second pass: what stands in the English beside each candidate.
#[derive(Debug)]
pub struct Pairing {
    wanted: Wanted,
    found: HashMap<u64, Candidate>,
    en: HashMap<u64, u32>,
    surfaces: HashMap<u64, HashMap<String, u32>>,
}

impl Pairing {
    /// Looks at one more unit; `number` is the caller's name for it.
    pub fn add(&mut self, fr: &str, en: &str, number: u32) {
        let text = Text::new(fr, Lang::Fr);
        let own = stretches(&text);
        let mut seen: Vec<u64> = Vec::new();
        let mut english: Option<Vec<(u64, String)>> = None;
        for stretch in &own {
            let holding: Vec<u64> = own
                .iter()
                .filter(|other| {
                    other.first <= stretch.first && other.last >= stretch.last && other.key != stretch.key
                })
                .map(|other| other.key)
                .collect();
            let Some(candidate) = self.found.get_mut(&stretch.key) else { continue };
            if candidate.looked >= LOOKED || seen.contains(&stretch.key) {
                continue;
            }
            seen.push(stretch.key);
            candidate.looked += 1;
            candidate.words = stretch.last - stretch.first + 1;
            *candidate.forms.entry(surface(&text, stretch)).or_default() += 1;
            for key in holding {
                *candidate.inside.entry(key).or_default() += 1;
            }
            // A short unit shows a term best, as long as there is something around it.
            let length = fr.len().abs_diff(90);
            if candidate.example.is_none_or(|(_, least)| length < least) {
                candidate.example = Some((number, length));
            }
            let english = english.get_or_insert_with(|| {
                let text = Text::new(en, Lang::En);
                let mut all: Vec<(u64, String)> =
                    stretches(&text).iter().map(|stretch| (stretch.key, surface(&text, stretch))).collect();
                all.sort_by_key(|(key, _)| *key);
                all.dedup_by_key(|(key, _)| *key);
                all
            });
            for (key, form) in english.iter().filter(|(key, _)| self.en.contains_key(key)) {
                *candidate.beside.entry(*key).or_default() += 1;
                let forms = self.surfaces.entry(*key).or_default();
                if forms.len() < 8 || forms.contains_key(form) {
                    *forms.entry(form.clone()).or_default() += 1;
                }
            }
        }
    }

    /// The proposals, best first; those that `known` has are left out.
    pub fn finish(self, lexicon: &Lexicon, known: impl Fn(&str) -> bool) -> Vec<Proposal> {
        let mut found: Vec<(u64, Proposal, &Candidate)> = Vec::new();
        let mut settled: Vec<u64> = Vec::new();
        for (key, candidate) in &self.found {
            let Some(fr) = commonest(&candidate.forms) else { continue };
            if candidate.looked < self.wanted.least.min(LOOKED) {
                continue;
            }
            if known(&fr) {
                settled.push(*key);
                continue;
            }
            let mut partners = self.partners(&fr, candidate, lexicon);
            if partners.is_empty() {
                continue;
            }
            let (score, en, both) = partners.remove(0);
            if score < 0.5 || u64::from(both) * 2 < u64::from(candidate.looked) || both < 2 || same(&fr, &en)
            {
                continue;
            }
            let others = partners
                .into_iter()
                .filter(|(_, other, count)| *count > 1 && !overlaps(&en, other))
                .take(2)
                .map(|(_, other, count)| (other, count))
                .collect();
            let common = candidate.words == 1 && is_common(&fr, &en, lexicon);
            let weight = (1.0 + 0.5 * (content(&fr, Lang::Fr).saturating_sub(1)) as f32)
                * if common { 0.35 } else { 1.0 };
            let proposal = Proposal {
                fr,
                en,
                units: candidate.units,
                both,
                looked: candidate.looked,
                others,
                example: candidate.example.map_or(0, |(number, _)| number),
                score: score * (1.0 + candidate.units as f32).ln() * weight,
            };
            found.push((*key, proposal, candidate));
        }
        // What stands almost only inside a longer one that is proposed, or was settled, goes.
        let keys: HashSet<u64> = found.iter().map(|(key, ..)| *key).chain(settled).collect();
        let mut proposals: Vec<Proposal> = found
            .into_iter()
            .filter(|(_, _, candidate)| {
                !candidate
                    .inside
                    .iter()
                    .any(|(key, count)| keys.contains(key) && count * 5 >= candidate.looked * 4)
            })
            .map(|(_, proposal, _)| proposal)
            .collect();
        proposals.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.fr.cmp(&b.fr)));
        proposals.truncate(self.wanted.most);
        proposals
    }

    /// What may stand for a candidate, best first: its score, its commonest form, and the units with both.
    fn partners(&self, fr: &str, candidate: &Candidate, lexicon: &Lexicon) -> Vec<(f32, String, u32)> {
        let translations: Vec<String> = content_words(fr, Lang::Fr)
            .iter()
            .flat_map(|word| lexicon.translations(word))
            .map(|(word, _)| word)
            .collect();
        let fr_words = content(fr, Lang::Fr) as f32;
        let mut all: Vec<(f32, String, u32)> = Vec::new();
        for (key, &both) in candidate.beside.iter().filter(|(_, both)| **both > 1) {
            let Some(en) = self.surfaces.get(key).and_then(commonest) else { continue };
            let english = f64::from(self.en.get(key).copied().unwrap_or(both).max(both));
            // Where not all units were looked at, what they would have had.
            let scale = f64::from(candidate.units) / f64::from(candidate.looked.max(1));
            let dice = 2.0 * f64::from(both) * scale.max(1.0)
                / (f64::from(candidate.units.max(candidate.looked)) + english);
            let words = content_words(&en, Lang::En);
            let listed = words.iter().any(|word| translations.iter().any(|one| is_like(one, word)));
            let apart = (words.len() as f32 - fr_words).abs();
            let score = dice.min(1.0) as f32 * if listed { 1.2 } else { 1.0 } / (1.0 + 0.25 * apart);
            all.push((score, en, both));
        }
        all.sort_by(|a, b| {
            b.0.total_cmp(&a.0).then_with(|| b.1.len().cmp(&a.1.len())).then_with(|| a.1.cmp(&b.1))
        });
        all.truncate(12);
        all
    }
}

fn is_like(base: &str, word: &str) -> bool {
    base == word || (word.starts_with(base) && word.len() - base.len() < 4)
}

/// Whether a dictionary has the one for the other: right, but hardly a term.
fn is_common(fr: &str, en: &str, lexicon: &Lexicon) -> bool {
    let en = crate::words::fold_key(en);
    lexicon.translations(fr).iter().any(|(word, _)| is_like(word, &en))
}

/// Whether one text is a part of the other, word for word.
fn overlaps(a: &str, b: &str) -> bool {
    let (a, b) = (content_words(a, Lang::En), content_words(b, Lang::En));
    a.iter().any(|word| b.iter().any(|other| is_like(word, other) || is_like(other, word)))
}

fn same(fr: &str, en: &str) -> bool {
    let key = |text: &str, lang| {
        let text = Text::new(text, lang);
        text.tokens().iter().map(|token| plain(text.folded(token)).to_owned()).collect::<Vec<_>>()
    };
    key(fr, Lang::Fr) == key(en, Lang::En)
}

fn content(text: &str, lang: Lang) -> usize {
    content_words(text, lang).len()
}

fn content_words(text: &str, lang: Lang) -> Vec<String> {
    let text = Text::new(text, lang);
    text.tokens().iter().filter(|token| !token.small).map(|token| text.folded(token).to_owned()).collect()
}

/// The commonest form; of several the shortest, which is most likely the singular.
fn commonest(forms: &HashMap<String, u32>) -> Option<String> {
    let better = |(a, x): &(&String, &u32), (b, y): &(&String, &u32)| {
        x.cmp(y).then_with(|| b.chars().count().cmp(&a.chars().count())).then_with(|| b.cmp(a))
    };
    forms.iter().max_by(better).map(|(form, _)| form.clone())
}

/// A stretch as it is written, in small letters where a sentence's beginning alone gave it a capital.
fn surface(text: &Text<'_>, stretch: &Stretch) -> String {
    let first = &text.tokens()[stretch.first];
    let raw = text.stretch(stretch.first, stretch.last).of(text.raw);
    if first.initial && first.case == Case::Capital {
        let mut chars = raw.chars();
        return chars.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default()
            + chars.as_str();
    }
    raw.to_owned()
}

/// The stretches of a text that may be terms.
fn stretches(text: &Text<'_>) -> Vec<Stretch> {
    let tokens = text.tokens();
    let edge = |token: &Token| {
        !token.small
            && !token.digit
            && token.hint.is_none()
            && (token.span().len() > 2)
            && text.of(token).contains(char::is_alphabetic)
    };
    let joins =
        |at: usize| matches!(text.gap(at), " " | "-" | "'" | "’" | "\u{A0}" | "\u{202F}" | "\u{2011}");
    let inner = |token: &Token| {
        let word = text.folded(token);
        edge(token)
            || match text.lang {
                Lang::Fr => matches!(
                    word,
                    "de" | "du" | "des" | "d" | "a" | "au" | "aux" | "en" | "l" | "la" | "les" | "le"
                ),
                Lang::En => matches!(word, "of" | "the" | "for" | "and" | "in" | "to" | "on"),
            }
    };
    let mut found = Vec::new();
    for first in 0..tokens.len() {
        if !edge(&tokens[first]) {
            continue;
        }
        let mut key = 0u64;
        for (last, token) in tokens.iter().enumerate().skip(first).take(LONGEST) {
            if last > first && (!joins(last - 1) || !inner(token)) {
                break;
            }
            key = key.rotate_left(7) ^ word_hash(plain(text.folded(token)).as_bytes());
            if edge(token) {
                found.push(Stretch { key, first, last });
            }
        }
    }
    found
}

/// A word without the endings that number and gender give it, the same for both languages: only to count by.
fn plain(word: &str) -> &str {
    if word.len() < 4 {
        return word;
    }
    let word = word.strip_suffix("'s").unwrap_or(word);
    let word = word.strip_suffix(['s', 'x']).unwrap_or(word);
    word.strip_suffix('e').filter(|stem| stem.len() > 2).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposals(pairs: &[(&str, &str)], known: &str) -> Vec<Proposal> {
        let wanted = Wanted { least: 3, most: 50 };
        let mut counting = Counting::default();
        for (fr, en) in pairs {
            counting.add(&Keys::of(fr, en));
        }
        let mut pairing = counting.pairing(wanted);
        for (number, (fr, en)) in (0..).zip(pairs) {
            pairing.add(fr, en, number);
        }
        pairing.finish(&Lexicon::bundled(), |fr| fr == known)
    }

    const PAIRS: [(&str, &str); 6] = [
        ("Le droit de veto existe depuis longtemps.", "The veto power has existed for a long time."),
        ("Les puces électroniques manquent partout.", "Computer chips are lacking everywhere."),
        ("Un droit de veto protège chaque pays.", "A veto power protects each country."),
        ("Une puce électronique coûte cher.", "A computer chip is expensive."),
        ("Sans puces électroniques, rien ne roule.", "Without computer chips, nothing runs."),
        ("La Russie use de son droit de veto.", "Russia uses its veto power."),
    ];

    #[test]
    fn terms_of_several_words_are_proposed_with_what_always_stands_beside_them() {
        let found = proposals(&PAIRS, "");
        let pairs: Vec<(&str, &str)> = found.iter().map(|one| (one.fr.as_str(), one.en.as_str())).collect();
        assert!(pairs.contains(&("droit de veto", "veto power")), "{pairs:?}");
        assert!(pairs.contains(&("puces électroniques", "computer chips")), "{pairs:?}");
        // What stands only inside them is not proposed by itself.
        assert!(!pairs.iter().any(|(fr, _)| ["veto", "puce", "puces"].contains(fr)), "{pairs:?}");
        let veto = found.iter().find(|one| one.fr == "droit de veto").unwrap();
        assert_eq!((veto.units, veto.both, veto.looked), (3, 3, 3));
    }

    #[test]
    fn what_is_known_and_what_is_the_same_is_not_proposed() {
        assert!(proposals(&PAIRS, "droit de veto").iter().all(|one| one.fr != "droit de veto"));
        let names = [
            ("Nvidia dort.", "Nvidia sleeps."),
            ("Nvidia veille.", "Nvidia wakes."),
            ("Voici Nvidia.", "Here is Nvidia."),
        ];
        assert!(proposals(&names, "").is_empty());
    }
}
