//! Initials of names and acronyms with points.

use super::super::chars::is_accent;
use super::{Answer, Rule, Stop};

pub(super) const RULES: &[&Rule] = &[&INITIAL, &ACRONYM];

static INITIAL: Rule = Rule {
    name: "initial",
    reason: "a lone capital is an initial, unless a usual first word follows a common noun and its letter",
    examples: ["George W. Bush a lu J. K. Rowling.", "Il a pris le plan B.|Elle est restée."],
};

/// `J. Roy`, `plan B. Elle`.
pub(super) fn initial(stop: &Stop) -> Option<Answer> {
    if !stop.is_point() {
        return None;
    }
    let word = stop.dotted();
    let mut chars = word.chars();
    if !chars.next()?.is_uppercase() || !chars.all(is_accent) {
        return None;
    }
    if stop.first.is_some_and(char::is_lowercase) {
        return Answer::keep(&INITIAL);
    }
    let (before, between) = stop.word_before(stop.mark - word.len());
    let noun = before.starts_with(char::is_lowercase) && between.trim().is_empty() && before.len() > 2;
    let splits = stop.starter_follows() && (noun && !leads_to_name(before) || !family_name_follows(stop));
    if splits { Answer::split(&INITIAL) } else { Answer::keep(&INITIAL) }
}

/// Whether a short title is something else after all: `Pierre M. Il a nié.`, `on Main St. They met.`
pub(super) fn may_end_name(stop: &Stop) -> bool {
    let word = stop.word();
    let (before, between) = stop.word_before(stop.mark - word.len());
    word.len() <= 2
        && between.chars().eq([' '])
        && before.len() > 2
        && before.starts_with(char::is_uppercase)
        && !before.chars().all(char::is_uppercase)
        && stop.mark - stop.start > before.len() + 2
        && stop.starter_follows()
        && !family_name_follows(stop)
}

/// Words in lower case after which a name stands.
fn leads_to_name(word: &str) -> bool {
    [
        "par", "avec", "selon", "chez", "pour", "que", "comme", "dont", "and", "with", "from", "for", "der",
        "van", "von",
    ]
    .contains(&word)
}

/// Whether a family name follows that begins with an article (`J. Le Goff`, `E. De la Rue`), and no sentence that does
/// (`Julien B. Le juge`).
fn family_name_follows(stop: &Stop) -> bool {
    let word = stop.next_word();
    let rest = stop.text[stop.head + word.len()..].trim_start();
    let name = rest.starts_with(char::is_uppercase)
        || (word == "De" && (rest.starts_with("la ") || rest.starts_with("l'") || rest.starts_with("l’")));
    name && ["Le", "La", "Du", "De", "Des", "D'", "D’"].contains(&word)
}

static ACRONYM: Rule = Rule {
    name: "acronym",
    reason: "an acronym or initials with points: only a usual first word begins another sentence",
    examples: ["L'O.N.U. Genève a fermé.", "Elle vit en U.R.S.S.|Personne ne sait pourquoi."],
};

/// `U.R.S.S.`, `J.R.R. Tolkien`, `É.-U.`, `R.-G.`.
pub(super) fn acronym(stop: &Stop) -> Option<Answer> {
    if !stop.is_point() {
        return None;
    }
    let dotted = stop.dotted();
    let spelled = dotted.contains('.')
        && dotted.split('.').all(|part| {
            let letters = part.trim_start_matches(['-', '\u{2010}', '\u{2011}']);
            let mut letters = letters.chars().filter(|&c| !is_accent(c));
            (1..=2).contains(&letters.clone().count()) && letters.all(char::is_alphabetic)
        });
    if !spelled {
        return None;
    }
    let splits = stop.starter_follows() || stop.first.is_some_and(|c| !c.is_alphanumeric());
    if splits { Answer::split(&ACRONYM) } else { Answer::keep(&ACRONYM) }
}
