//! People's names as papers sign with them: bylines, photographers, initials.

use super::key::Key;
use super::phrases::{self, Phrases};
use super::{dates, shape};
use crate::bitext::Lang;

/// A byline of more words than this is a list of names parted by commas.
const BYLINE_WORDS: usize = 18;
/// So many words may stand behind a byline's names.
const ROLE_WORDS: usize = 8;

/// `Par Jean Roy`, `By JANE DOE and John Roe, Reuters`: names, then at most a role, place or date.
pub(super) fn is_by(own: &str, key: &Key, lang: Lang) -> bool {
    let by = match lang {
        Lang::Fr => "par",
        Lang::En => "by",
    };
    if key.parts().next() != Some(by) {
        return false;
    }
    let Some((first, names)) = own.split_once(|c: char| c.is_whitespace() || c == ':') else { return false };
    if !first.eq_ignore_ascii_case(by) {
        return false;
    }
    let names = names.trim_start_matches([':', ' ', '\u{a0}']);
    let (end, capitals) = listed(names, lang);
    let (names, rest) = (&names[..end], names[end..].trim());
    if capitals < 2 || (key.words() > BYLINE_WORDS && names.matches(", ").count() < 4) {
        return false;
    }
    rest.is_empty() || follows_names(names, rest, lang) || dates::whole(rest, lang).is_some()
}

/// The names that a byline lists: the byte after the last, and how many words have a capital.
fn listed(text: &str, lang: Lang) -> (usize, usize) {
    let particle = |word: &str| is_particle(word, lang);
    let (mut end, mut capitals) = shape::names(text, particle);
    while let Some(next) = text[end..].strip_prefix(", ") {
        let (len, found) = shape::names(next, particle);
        // One capital is a place or a paper, and what goes on in lower case is a role.
        let whole = next[len..].is_empty() || next[len..].starts_with(',');
        if found < 2 || !whole || is_clause(next, lang) {
            break;
        }
        (end, capitals) = (text.len() - next.len() + len, capitals + found);
    }
    (end, capitals)
}

/// Whether what stands behind a byline's names, set off by a mark, can be a role, a place or a paper.
///
/// `Par Saint-Malo et Dinard, la route …` has no name of two words; `Par Le Havre et Dieppe, la route …` goes on
/// as a sentence does. Behind a usual given name nearly anything can be one.
fn follows_names(names: &str, rest: &str, lang: Lang) -> bool {
    let more = rest.trim_start_matches([',', '(', '-', '–', '—', '|', '•', '·', '/']).trim_start();
    if more.len() == rest.len() || more.split_whitespace().count() > ROLE_WORDS {
        return false;
    }
    let apart = rest.starts_with(['(', '|', '•', '·', '/']);
    let placed = ["à ", "en ", "au ", "in "]
        .iter()
        .any(|at| more.strip_prefix(at).is_some_and(|place| place.starts_with(char::is_uppercase)));
    let each =
        names.split([',', '&']).flat_map(|some| some.split(" et ")).flat_map(|some| some.split(" and "));
    let mut whole = each.filter(|name| name.split_whitespace().count() > 1);
    apart
        || placed
        || is_role(more, lang)
        || whole.next().is_some_and(|name| is_given(name.trim()) || !is_clause(more, lang))
}

/// Whether words say what an author does (`envoyés spéciaux à Kiev`, `la correspondante du journal`).
fn is_role(words: &str, lang: Lang) -> bool {
    let phrases = Phrases::of(lang);
    let bare = match words.split_once([' ', '\'', '’']) {
        Some((first, rest)) if phrases.is("clause-openers", Key::of(first).text().trim()) => rest,
        _ => words,
    };
    let found = phrases.find(&Key::of(bare), bare.len(), false);
    found.head.is_some_and(|rule| rule.name == "role")
}

/// Whether words begin as a sentence does, by an article or a pronoun, and name no paper (`le Monde`, `La Presse`).
fn is_clause(words: &str, lang: Lang) -> bool {
    let phrases = Phrases::of(lang);
    let first = words.split([' ', '\u{a0}', '\'', '’']).next().unwrap_or("");
    if !phrases.is("clause-openers", Key::of(first).text().trim()) {
        return false;
    }
    let shouted = !words.contains(char::is_lowercase);
    let after = words[first.len()..].trim_start_matches([' ', '\u{a0}', '\'', '’']);
    let (end, _) = shape::names(after, |word| is_particle(word, lang));
    let short = end == after.len() && after.split_whitespace().count() <= 3;
    !short && (shouted || first.starts_with(char::is_lowercase))
}

fn is_particle(word: &str, lang: Lang) -> bool {
    Phrases::of(lang).is("particles", Key::of(word).text().trim())
}

/// Whether a text begins with a usual given name, in capitals too.
fn is_given(text: &str) -> bool {
    let Some(name) = text.split([' ', '\u{a0}']).next().filter(|name| !name.is_empty()) else { return false };
    let first = name.split(['-', '\u{2011}']).next().unwrap_or("");
    let mut letters = first.chars();
    let title: String = letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect();
    phrases::is_given_name(name) || (first.chars().count() > 1 && phrases::is_given_name(&title))
}

/// Whether a text is people's names and nothing else, the first beginning with a usual given name;
/// at most an agency, or a place or a role in brackets, may follow.
pub(super) fn is_person(own: &str, lang: Lang) -> bool {
    if own.len() > 80 {
        return false;
    }
    let own = own.strip_suffix('.').unwrap_or(own);
    let phrases = Phrases::of(lang);
    let (end, capitals) = shape::names(own, |word| is_particle(word, lang));
    let given = own.split([' ', '\u{a0}']).next().is_some_and(phrases::is_given_name);
    if !given || !(2..=6).contains(&capitals) {
        return false;
    }
    let rest = own[end..].trim();
    let few = |most| rest.split_whitespace().count() <= most;
    let bracketed = rest.starts_with('(') && rest.ends_with(')') && few(6);
    let placed = few(5) && [", à ", ", en ", ", au ", ", in "].iter().any(|at| rest.starts_with(at));
    let rest = Key::of(rest.trim_start_matches([',', '(', '-', '–', '|', '/', '.']));
    let rest = rest.text().trim();
    let with = rest.trim_start_matches("avec ").trim_start_matches("with ").trim_start_matches("l ");
    rest.is_empty() || bracketed || placed || phrases.is("agencies", with)
}

/// `PHOTO JEAN ROY, ARCHIVES LA PRESSE`, `Photos Julie Roy`, `PHOTO DE JEAN ROY`.
pub(super) fn is_photo_by(own: &str, key: &Key, lang: Lang) -> bool {
    let first = key.parts().next().unwrap_or("");
    if key.words() > 10 || !matches!(first, "photo" | "photos" | "illustration" | "infographie" | "dessin") {
        return false;
    }
    let Some((_, names)) = own.split_once(char::is_whitespace) else { return false };
    let (end, capitals) = shape::names(names, |word| is_particle(word, lang));
    let whole = end == names.trim_end().len();
    let shouted = !own.contains(char::is_lowercase);
    if let Some(shown) = pictured(names) {
        // `PHOTO DE CLASSE : LES ÉLÈVES …` is a title: what a picture is of, where no person follows.
        let (_, capitals) = shape::names(shown, |word| is_particle(word, lang));
        return whole && is_given(shown) && capitals <= if shouted { 2 } else { 3 };
    }
    let shouted = shouted && !names.contains(':');
    capitals >= 2 && (shouted || (whole && (capitals <= 3 || is_person(names.trim(), lang))))
}

/// What follows `de`, `du`, `des` or `d’` at the beginning of a text.
fn pictured(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once([' ', '\u{a0}', '\'', '’'])?;
    let of = ["d", "de", "du", "des"].iter().any(|of| first.eq_ignore_ascii_case(of));
    of.then(|| rest.trim_start())
}

/// `LP/Julie Roy`, `Julie ROY / Radio-Corse`: on one side of the slash a person, on the other a few words.
pub(super) fn is_name_and_agency(own: &str, key: &Key, lang: Lang) -> bool {
    let Some((left, right)) = own.split_once('/').filter(|_| own.len() <= 80 && key.words() <= 9) else {
        return false;
    };
    let is_title = |side: &str| side.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let (left, right) = (left.trim(), right.trim());
    (is_person(left, lang) && is_title(right)) || (is_title(left) && is_person(right, lang))
}

/// A byline with a point behind it, whose first name is a usual one.
pub(super) fn is_by_with_stop(own: &str, key: &Key, lang: Lang) -> bool {
    let Some(own) = own.strip_suffix('.') else { return false };
    own.split(' ').nth(1).is_some_and(phrases::is_given_name) && is_by(own, key, lang)
}

/// `J. D.`, `M.-C. B.`, `J.D`: an author's initials.
pub(super) fn is_initials(own: &str) -> bool {
    let letters = own.chars().filter(|c| c.is_alphabetic()).count();
    (2..=4).contains(&letters)
        && own.contains('.')
        && own.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | ' '))
}

/// Whether initials have a point behind each letter (`J. D.`, `A. B.-C.`) and abbreviate nothing that is usual.
pub(super) fn are_initials_with_points(own: &str) -> bool {
    let own = own.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(own);
    const OTHERS: [&str; 13] =
        ["PS", "NB", "SOS", "RIP", "CQFD", "QED", "RSVP", "OK", "USA", "NDLR", "ONU", "OTAN", "UE"];
    let letters: String = own.chars().filter(|c| c.is_alphabetic()).collect();
    is_initials(own)
        && own.split('.').all(|part| part.chars().filter(|c| c.is_alphabetic()).count() <= 1)
        && own.ends_with('.')
        && !OTHERS.contains(&letters.as_str())
}
