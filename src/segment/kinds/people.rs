//! People's names as papers sign with them: bylines, photographers, initials.

use super::key::Key;
use super::phrases::{self, Phrases};
use super::{dates, shape};
use crate::bitext::Lang;

/// `Par Jean Roy`, `By JANE DOE and John Roe, Reuters`: names, then at most a role, place or date.
pub(super) fn is_by(own: &str, key: &Key, lang: Lang) -> bool {
    let by = match lang {
        Lang::Fr => "par",
        Lang::En => "by",
    };
    if key.words() > 18 || key.parts().next() != Some(by) {
        return false;
    }
    let Some((first, names)) = own.split_once(|c: char| c.is_whitespace() || c == ':') else { return false };
    if !first.eq_ignore_ascii_case(by) {
        return false;
    }
    let names = names.trim_start_matches([':', ' ', '\u{a0}']);
    let phrases = Phrases::of(lang);
    let (end, capitals) = shape::names(names, |word| phrases.is("particles", Key::of(word).text().trim()));
    let rest = names[end..].trim();
    let more = rest.trim_start_matches([',', '(', '-', '–', '—', '|', '•', '·', '/']);
    capitals >= 2
        && (rest.is_empty()
            || (more.len() < rest.len() && more.split_whitespace().count() <= 8)
            || dates::whole(rest, lang).is_some())
}

/// Whether a text is people's names and nothing else, the first beginning with a usual given name;
/// at most an agency, or a place or a role in brackets, may follow.
pub(super) fn is_person(own: &str, lang: Lang) -> bool {
    if own.len() > 80 {
        return false;
    }
    let own = own.strip_suffix('.').unwrap_or(own);
    let phrases = Phrases::of(lang);
    let (end, capitals) = shape::names(own, |word| phrases.is("particles", Key::of(word).text().trim()));
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

/// `PHOTO JEAN ROY, ARCHIVES LA PRESSE`, `Photos Julie Roy`.
pub(super) fn is_photo_by(own: &str, key: &Key, lang: Lang) -> bool {
    let first = key.parts().next().unwrap_or("");
    if key.words() > 10 || !matches!(first, "photo" | "photos" | "illustration" | "infographie" | "dessin") {
        return false;
    }
    let Some((_, names)) = own.split_once(char::is_whitespace) else { return false };
    let phrases = Phrases::of(lang);
    let (end, capitals) = shape::names(names, |word| phrases.is("particles", Key::of(word).text().trim()));
    let shouted = own.chars().all(|c| !c.is_lowercase());
    let whole = end == names.trim_end().len();
    capitals >= 2 && (shouted || (whole && (capitals <= 3 || is_person(names.trim(), lang))))
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

/// `J. D.`, `M.-C. B.`, `J.D.`: an author's initials.
pub(super) fn is_initials(own: &str) -> bool {
    let letters = own.chars().filter(|c| c.is_alphabetic()).count();
    (2..=4).contains(&letters)
        && own.contains('.')
        && own.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | ' '))
}
