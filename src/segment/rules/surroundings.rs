//! Marks that are no stop because of what they touch: nothing before, brackets around, a word going on.

use super::super::chars::{at, before, is_accent, is_apostrophe, is_mark};
use super::super::tables::Class;
use super::{Answer, Rule, Stop};
use crate::bitext::Lang;

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
    reason: "the space was forgotten: a whole word before the mark, no address or file name, a capital after it",
    examples: ["Il est parti.|Elle est restée.", "Elle quitte la SNCF.|Son frère y reste !|Bravo !"],
};

/// A mark with no space after it: nearly always inside a word.
pub(super) fn inside_word(stop: &Stop) -> Option<Answer> {
    if stop.is_spaced() {
        return None;
    }
    if is_space_forgotten(stop) { Answer::split(&NO_SPACE) } else { Answer::keep(&INSIDE_WORD) }
}

fn is_space_forgotten(stop: &Stop) -> bool {
    is_word_glued(stop)
        && may_end_glued(stop)
        && !is_address(stop.token())
        && match stop.class(stop.word()) {
            None => true,
            Some(Class::Unit | Class::End) => sentence_is_glued(stop),
            Some(_) => false,
        }
}

/// Whether a word with a capital follows as texts have it: with lower case behind the capital, in quotes that open or
/// not, or `M.` before a name.
fn is_word_glued(stop: &Stop) -> bool {
    // An accent may be a character of its own.
    let then = stop.text[stop.head..].chars().skip(1).find(|&c| !is_accent(c));
    let word = then.is_some_and(|c| c.is_lowercase() || is_apostrophe(c) || c == ' ');
    match at(stop.text, stop.next) {
        Some(c) if c.is_uppercase() => word || is_title(stop),
        Some('«' | '“') => word && stop.capital_follows() && !stop.is_ellipsis(),
        _ => false,
    }
}

/// Whether what stands before the mark can end a sentence to which another is glued.
fn may_end_glued(stop: &Stop) -> bool {
    let closed = stop.is_closed() && matches!(before(stop.text, stop.closed), Some('»' | '”'));
    if closed || !stop.is_point() && stop.previous().is_some_and(char::is_whitespace) {
        return true;
    }
    let word = stop.word();
    let letters = || word.chars().filter(|&c| !is_accent(c));
    let length = letters().count();
    let (lower, tail_lower) = (letters().all(char::is_lowercase), letters().skip(1).all(char::is_lowercase));
    if length >= 2 && lower || length >= 3 && tail_lower && (stop.starter_follows() || is_title(stop)) {
        return true;
    }
    // After `!` and `?` no address goes on, and no file name.
    if stop.text[stop.mark..stop.end].contains(['!', '?']) {
        let lead = &stop.text[stop.start..stop.word_start()];
        let first = lead.len() <= 12 && !lead.contains(char::is_alphanumeric);
        return length >= 2 && (tail_lower && first || !letters().any(char::is_lowercase));
    }
    // `SNCF.Son`, `YouTube.« Elle`, `2010.Il`, and no `SNCF.Connect`, `JSON.Parse(`, `2.Le`, `list().Sum`.
    let quoted = stop.head > stop.next;
    match length {
        0 => match stop.previous() {
            Some('»' | '”' | '%') => quoted || stands_apart(stop),
            Some(')') if stop.token().rfind('(').unwrap_or(0) == 0 => quoted || stands_apart(stop),
            Some(']' | '"' | '€') => quoted || sentence_is_glued(stop),
            _ => false,
        },
        1 => false,
        2 if letters().any(char::is_lowercase) || !word.contains(char::is_alphabetic) => false,
        _ => quoted || sentence_is_glued(stop),
    }
}

/// Whether what follows the mark begins a sentence for sure.
fn sentence_is_glued(stop: &Stop) -> bool {
    stop.starter_follows() && stands_apart(stop) && !is_code(stop) || is_title(stop)
}

/// Usual first words of English that no code has behind a point, as it has `Next`, `From` and `All` (`ES.Next`).
const PROSE: [&str; 27] = [
    "The",
    "A",
    "An",
    "This",
    "That",
    "These",
    "Those",
    "My",
    "Your",
    "His",
    "Her",
    "Its",
    "Our",
    "Their",
    "I",
    "You",
    "He",
    "She",
    "It",
    "We",
    "They",
    "There",
    "But",
    "However",
    "Although",
    "Because",
    "According",
];

/// Whether the mark may stand in a name of code: behind capitals English words are its names.
fn is_code(stop: &Stop) -> bool {
    let next = stop.next_word();
    stop.lang == Lang::En
        && stop.word().contains(char::is_uppercase)
        && !next.ends_with(is_apostrophe)
        && !PROSE.contains(&next)
}

/// Whether the next word ends at white space, a comma or a hyphen, or with an apostrophe, as words of a text do.
fn stands_apart(stop: &Stop) -> bool {
    let word = stop.next_word();
    let after = at(stop.text, stop.head + word.len());
    word.ends_with(is_apostrophe) || after.is_some_and(|c| c.is_whitespace() || c == ',' || c == '-')
}

/// Whether `M.` follows, and a space.
fn is_title(stop: &Stop) -> bool {
    stop.text[stop.head..].strip_prefix("M.").is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// Whether a token is an address or a file's name; points inside figures (`4.2`) make none.
fn is_address(token: &str) -> bool {
    let ends_in_figure = |part: &str| part.ends_with(|c: char| c.is_ascii_digit());
    let mut parts = token.split('.');
    let mut before = parts.next().unwrap_or("");
    let pointed = parts.any(|part| {
        let figures = ends_in_figure(before) && part.starts_with(|c: char| c.is_ascii_digit());
        before = part;
        !figures
    });
    pointed || token.contains(['/', '@', '\\', '=']) || token.starts_with("www")
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
