//! Abbreviations: what follows decides, by their class.

use super::super::tables::Class;
use super::{Answer, Rule, Stop};

pub(super) const RULES: &[&Rule] = &[&NAME, &NUMBER, &UNIT, &END, &EITHER, &MARKED_NAME];

static NAME: Rule = Rule {
    name: "abbreviation-name",
    reason: "the abbreviation leads on to a name or an example and never ends a sentence",
    examples: ["M. Huang a vu Mme. Roy.", "La loi est claire (cf. Dupont et Durand)."],
};
static NUMBER: Rule = Rule {
    name: "abbreviation-number",
    reason: "the abbreviation announces the number that follows",
    examples: ["Voir p. 12 et art. L123 du code.", "Le vol. II est paru le 3 janv. 1998."],
};
static UNIT: Rule = Rule {
    name: "abbreviation-unit",
    reason: "an abbreviated measure ends a sentence before a capital, and not before a figure or lower case",
    examples: ["Il part à 8 h. 30 ce soir.", "La ville a 12 000 hab.|Bonn en a plus."],
};
static END: Rule = Rule {
    name: "abbreviation-end",
    reason: "`etc.` and the like close a list or a name: before a capital the sentence is over",
    examples: ["Des pommes, des poires, etc.|Paul a tout pris.", "Tesla Inc. et Ford en ont."],
};
static EITHER: Rule = Rule {
    name: "abbreviation-either",
    reason: "the abbreviation may stand inside a sentence: only a usual first word begins another",
    examples: ["La 2e éd. Gallimard est épuisée.", "Elle vit aux É.-U.|Le pays lui plaît."],
};

/// An abbreviation that the tables know.
pub(super) fn known(stop: &Stop) -> Option<Answer> {
    if !stop.is_point() {
        return None;
    }
    let first = stop.first;
    let lower = first.is_some_and(char::is_lowercase);
    let figure = first.is_some_and(char::is_numeric);
    let bracket = stop.text.as_bytes().get(stop.next) == Some(&b'(');
    let (rule, splits) = match class(stop)? {
        Class::Name if super::initials::may_end_name(stop) => return None,
        Class::Name => (&NAME, false),
        Class::Number => (&NUMBER, !figure && !lower && !is_numeral(stop)),
        Class::Unit if follows_number(stop) => (&UNIT, !lower && !figure),
        Class::Unit if lower => (&UNIT, false),
        Class::Unit | Class::Mark => return None,
        Class::End => (&END, !lower),
        Class::Either => (&EITHER, stop.starter_follows() || !stop.capital_follows() && !figure && !lower),
    };
    if splits && !bracket { Answer::split(rule) } else { Answer::keep(rule) }
}

/// The class of the abbreviation before the point, read with its inner points first.
fn class(stop: &Stop) -> Option<Class> {
    let dotted = stop.dotted();
    // The end of a word that was parted at a line's end is no abbreviation.
    let lead = &stop.text[stop.start..stop.mark - dotted.len()];
    if lead.strip_suffix('\n').is_some_and(|line| line.trim_end_matches('\r').ends_with('-')) {
        return None;
    }
    stop.class(dotted).or_else(|| {
        let word = stop.word();
        // The second half of `J-M.` is no title.
        let initial = word.len() == 1 && word.starts_with(char::is_uppercase);
        if word.len() == dotted.len() || dotted.contains('.') || initial { None } else { stop.class(word) }
    })
}

/// Whether a number stands before the abbreviation, so that it is a measure (`500 g.`) and no letter (`plan g.`).
fn follows_number(stop: &Stop) -> bool {
    let lead = &stop.text[stop.start..stop.mark - stop.word().len()];
    lead.trim_end().ends_with(|c: char| c.is_numeric() || c == '€')
}

static MARKED_NAME: Rule = Rule {
    name: "name-with-mark",
    reason: "the mark belongs to the name",
    examples: ["Une enquête de Yahoo! News le dit.", "Il joue à Jeopardy! Vendredi encore."],
};

/// `Yahoo! News`.
pub(super) fn marked_name(stop: &Stop) -> Option<Answer> {
    let marked = stop.end == stop.mark + 1 && stop.class(stop.word()) == Some(Class::Mark);
    (marked && !stop.starter_follows()).then_some(())?;
    Answer::keep(&MARKED_NAME)
}

/// Whether the next word is a number in other dress: a Roman numeral, a letter, a code with figures (`L123`).
fn is_numeral(stop: &Stop) -> bool {
    let word = stop.next_word();
    let mut chars = word.chars();
    let letter = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    let roman = word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'));
    !stop.starter_follows() && (letter || roman) || word.contains(|c: char| c.is_ascii_digit())
}
