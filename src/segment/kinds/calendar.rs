//! What one word can be in a date: months, weekdays, hours, the words beside them.

use super::key::Key;
use crate::bitext::Lang;

/// What one word can be in a date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Label,
    Small,
    Weekday,
    Month,
    Day,
    Year,
    Full,
    Time,
    Zone,
    Relative,
}

pub(super) fn part(word: &str, lang: Lang) -> Option<Part> {
    if word.len() > 32 {
        return None;
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return figures(word);
    }
    let key = Key::of(word);
    let plain = key.text().trim();
    let within = |words: &[&str]| words.contains(&plain);
    match lang {
        _ if within(&[
            "gmt", "utc", "cet", "cest", "est", "edt", "et", "pst", "pdt", "hne", "hae", "am", "pm",
        ]) && (word.chars().all(|c| c.is_uppercase()) || within(&["am", "pm", "gmt", "utc"])) =>
        {
            Some(Part::Zone)
        }
        Lang::Fr if within(&FR_MONTHS) => Some(Part::Month),
        Lang::En if within(&EN_MONTHS) => Some(Part::Month),
        Lang::Fr if within(&FR_DAYS) => Some(Part::Weekday),
        Lang::En if within(&EN_DAYS) => Some(Part::Weekday),
        Lang::Fr if within(&FR_LABELS) => Some(Part::Label),
        Lang::En if within(&EN_LABELS) => Some(Part::Label),
        Lang::Fr if plain == "h" => Some(Part::Time),
        Lang::Fr if within(&FR_SMALL) => Some(Part::Small),
        Lang::En if within(&EN_SMALL) => Some(Part::Small),
        Lang::Fr if within(&["heures", "heure", "minutes", "minute", "jours", "jour", "hier"]) => {
            Some(Part::Relative)
        }
        Lang::En if within(&["hours", "hour", "minutes", "minute", "mins", "days", "yesterday", "ago"]) => {
            Some(Part::Relative)
        }
        _ => None,
    }
}

pub(super) const FR_LABELS: [&str; 18] = [
    "publie",
    "publiee",
    "publication",
    "mis",
    "mise",
    "modifie",
    "modifiee",
    "modification",
    "actualise",
    "actualisee",
    "poste",
    "cree",
    "date",
    "redige",
    "edite",
    "paru",
    "depeche",
    "diffuse",
];
pub(super) const EN_LABELS: [&str; 10] = [
    "published",
    "updated",
    "posted",
    "modified",
    "date",
    "created",
    "issued",
    "revised",
    "reviewed",
    "aired",
];
const FR_SMALL: [&str; 16] = [
    "le",
    "la",
    "du",
    "de",
    "a",
    "et",
    "au",
    "il",
    "y",
    "min",
    "mn",
    "derniere",
    "aujourd hui",
    "paris",
    "lecture",
    "temps",
];
const EN_SMALL: [&str; 10] = ["on", "at", "last", "the", "of", "first", "and", "min", "read", "time"];
pub(super) const FR_DAYS: [&str; 7] =
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
pub(super) const EN_DAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];
const FR_MONTHS: [&str; 22] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "janv",
    "fev",
    "fevr",
    "avr",
    "juil",
    "sept",
    "oct",
    "nov",
    "dec",
    "jan",
];
const EN_MONTHS: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// What a word that begins with a digit is.
pub(super) fn figures(word: &str) -> Option<Part> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = word.split_at(digits);
    let value: u32 = number.parse().ok()?;
    let rest = rest.trim_end_matches("er").trim_end_matches(['r', 'e', 's', 't', 'n', 'd', 'h']);
    if digits == word.len() || (rest.is_empty() && digits <= 2) {
        return match (digits, value) {
            (1..=2, 0..=31) if word.ends_with('h') => Some(Part::Time),
            (1..=2, 1..=31) => Some(Part::Day),
            (1..=2, 0..=59) => Some(Part::Small),
            (4, 1900..=2100) => Some(Part::Year),
            _ => None,
        };
    }
    let day = word.split(['T', 't']).next().unwrap_or(word);
    let mut pieces = day.split(['/', '-', '.']);
    let three = [pieces.next(), pieces.next(), pieces.next()].map(|piece| piece.and_then(|p| p.parse().ok()));
    if let [Some(a), Some(b), Some(c)] = three
        && pieces.next().is_none()
    {
        let [a, b, c]: [u32; 3] = [a, b, c];
        let ymd = (1900..=2100).contains(&a) && (1..=12).contains(&b) && (1..=31).contains(&c);
        let dmy = (1..=31).contains(&a) && (1..=31).contains(&b) && (a <= 12 || b <= 12);
        let year = (1900..=2100).contains(&c) || (c <= 99 && day.contains('/'));
        return (ymd || (dmy && year)).then_some(Part::Full);
    }
    let after = word[digits..].chars().next()?;
    let clock = matches!(after, 'h' | 'H' | ':') && digits <= 2 && value <= 24;
    let minutes = word[digits + after.len_utf8()..].trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if clock && minutes.bytes().all(|b| b.is_ascii_digit() || b == b':') {
        return Some(Part::Time);
    }
    let unit = word[digits..].to_ascii_lowercase();
    match unit.as_str() {
        "am" | "pm" => Some(Part::Time),
        "min" | "mn" => Some(Part::Small),
        _ => None,
    }
}
