//! Marks that are no stop because of what they touch: nothing before, brackets around, a word going on.

use super::super::chars::{at, before, is_mark};
use super::{Answer, Rule, Stop};

pub(super) const RULES: &[&Rule] = &[&EXCEPTION, &NOTHING_YET, &BRACKETED, &GOES_ON, &INSIDE_WORD, &NO_SPACE];

static EXCEPTION: Rule = Rule {
    name: "exception",
    reason: "the configuration says that no sentence ends inside this string",
    examples: [
        "Il regarde Vivement Dimanche ! Prochain chez lui.",
        "Il écoute C dans l'air. Soir à la radio.",
    ],
};

/// A string of one's own, from `enregard.toml`.
pub(super) fn excepted(stop: &Stop) -> Option<Answer> {
    if stop.tables.is_excepted(stop.text, stop.mark) { Answer::keep(&EXCEPTION) } else { None }
}

static NOTHING_YET: Rule = Rule {
    name: "nothing-yet",
    reason: "no letter or digit stands before the marks in this sentence",
    examples: ["... Et puis plus rien.", "« … Le vent tourne », disait-il."],
};

/// Marks at a sentence's very beginning belong to it.
pub(super) fn nothing_yet(stop: &Stop) -> Option<Answer> {
    if stop.mark - stop.start > 12 || stop.text[stop.start..stop.mark].contains(char::is_alphanumeric) {
        return None;
    }
    Answer::keep(&NOTHING_YET)
}

static BRACKETED: Rule = Rule {
    name: "bracketed-marks",
    reason: "brackets hold marks only: an omission or a remark inside the sentence",
    examples: ["Il a (...) Jean pour ami.", "Ce génie (!) Dupont a tout perdu."],
};

/// `(...)`, `[…]`, `(?)`.
pub(super) fn bracketed(stop: &Stop) -> Option<Answer> {
    let opened = matches!(before(stop.text, stop.mark), Some('(' | '['));
    if opened && stop.is_closed() && matches!(at(stop.text, stop.end), Some(')' | ']')) {
        return Answer::keep(&BRACKETED);
    }
    None
}

static INSIDE_WORD: Rule = Rule {
    name: "inside-word",
    reason: "no space follows: a decimal point, an address, a file name, an acronym",
    examples: [
        "Le taux est de 3.5 % sur www.exemple.fr hier.",
        "Ouvrez le fichier notes.txt ou J.R.R. Tolkien.",
    ],
};

static NO_SPACE: Rule = Rule {
    name: "no-space",
    reason: "the space was forgotten: a word in lower case before the mark, one with a capital after it",
    examples: ["Il est parti.|Elle est restée.", "Qui est là ?|Personne.|À demain !"],
};

/// A mark with no space after it: nearly always inside a word.
pub(super) fn inside_word(stop: &Stop) -> Option<Answer> {
    if stop.is_spaced() {
        return None;
    }
    if is_space_forgotten(stop) { Answer::split(&NO_SPACE) } else { Answer::keep(&INSIDE_WORD) }
}

fn is_space_forgotten(stop: &Stop) -> bool {
    let word = stop.word();
    let closed = stop.closed > stop.end && matches!(before(stop.text, stop.closed), Some('»' | '”'));
    let name = word.chars().count() >= 3 && stop.starter_follows();
    let plain = word.chars().count() >= 2 && word.chars().skip(usize::from(name)).all(char::is_lowercase);
    let capital = at(stop.text, stop.next).is_some_and(char::is_uppercase);
    let then_lower = stop.text[stop.head..]
        .chars()
        .nth(1)
        .is_some_and(|c| c.is_lowercase() || c == '\'' || c == '’' || c == ' ');
    let token = stop.token();
    (plain || closed || !stop.is_point() && stop.previous().is_some_and(char::is_whitespace))
        && capital
        && then_lower
        && !token.contains(['/', '@', '.', '\\', '='])
        && !token.starts_with("www")
        && stop.class(word).is_none()
}

static GOES_ON: Rule = Rule {
    name: "goes-on",
    reason: "a comma, a colon or the like follows: the sentence goes on",
    examples: ["« C'est fini ! », a-t-il écrit.", "Pommes, poires, etc. ; le marché était plein."],
};

/// Punctuation that only stands inside a sentence follows; other signs only where no space parts them from the mark.
pub(super) fn goes_on(stop: &Stop) -> Option<Answer> {
    match at(stop.text, stop.next)? {
        ',' | ';' | ':' | '%' => Answer::keep(&GOES_ON),
        c if is_mark(c) && stop.marks_lead_on() => None,
        c if is_mark(c) => Answer::keep(&GOES_ON),
        _ => None,
    }
}
