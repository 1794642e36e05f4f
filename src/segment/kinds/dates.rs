//! Dates as sites set them around an article: `Publié le 14/01/2026 à 08h12`, `date 2026-01-14`.

use super::key::Key;
use crate::bitext::Lang;

/// A date at the beginning of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// The byte after it.
    pub(super) end: usize,
    /// Whether a word says what the date is (`publié le`, `date`).
    pub(super) labelled: bool,
    /// Whether it is in figures (`2026-01-14`).
    pub(super) figures: bool,
}

/// What one word can be in a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
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

/// The date that a paragraph consists of, if it is a date and nothing else.
pub(super) fn whole(text: &str, lang: Lang) -> Option<Dated> {
    let mut seen = Seen::default();
    for (_, word) in words(text) {
        seen.take(part(word, lang)?);
        seen.number |= word.starts_with(|c: char| c.is_ascii_digit());
        seen.yesterday |= matches!(word, "hier" | "Hier" | "yesterday" | "Yesterday");
    }
    let clock = seen.time && !seen.day && !seen.month && !seen.label;
    let dated =
        seen.exact() || clock || (seen.relative && seen.near()) || (seen.label && (seen.time || seen.month));
    dated.then_some(Dated { end: text.len(), labelled: seen.label, figures: seen.full })
}

/// The full date (day, month and year) that a paragraph begins with, if a capital follows it.
pub(super) fn leading(text: &str, lang: Lang) -> Option<Dated> {
    // Most paragraphs begin with a word that begins no date: one look must do for them.
    if !may_begin(text, lang) {
        return None;
    }
    let mut seen = Seen::default();
    let (mut end, mut was) = (0, None);
    let mut all = words(text);
    for (at, word) in all.by_ref().take(24) {
        let Some(part) = part(word, lang) else { break };
        // The minutes of `4 h 05`.
        let minutes =
            was == Some(Part::Time) && matches!(part, Part::Day | Part::Small) && figures(word).is_some();
        was = Some(part);
        let capital = word.starts_with(char::is_uppercase);
        if end > 0 && capital && !matches!(part, Part::Label | Part::Zone | Part::Full) {
            break;
        }
        seen.take(part);
        if !seen.label && !seen.full && part != Part::Weekday {
            // Without a label only figures count: `14 mars 1998 Création du groupe` is a chronicle.
            return None;
        }
        if seen.dated() && (minutes || matches!(part, Part::Full | Part::Year | Part::Time | Part::Zone)) {
            end = at + word.len();
        }
    }
    if end == 0 {
        return None;
    }
    let rest = &text[end..];
    let marked = rest.trim_start_matches(|c: char| c.is_whitespace() || "|•·–—-:".contains(c));
    let mark = rest[..rest.len() - marked.len()].trim_end();
    let follows = marked.starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '"' | '“' | '‘'));
    let parted = rest.starts_with(char::is_whitespace) || !mark.is_empty();
    (follows && parted).then_some(Dated { end: end + mark.len(), labelled: seen.label, figures: seen.full })
}

/// Whether the first two letters are those of a label or a weekday, or a figure begins the text.
fn may_begin(text: &str, lang: Lang) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(second)) = (bytes.first(), bytes.get(1)) else { return false };
    let two = [first.to_ascii_lowercase(), second.to_ascii_lowercase()];
    let (labels, days): (&[&str], &[&str]) = match lang {
        Lang::Fr => (&FR_LABELS, &FR_DAYS),
        Lang::En => (&EN_LABELS, &EN_DAYS),
    };
    // Beyond ASCII (`édité`, a mark of order) the full look decides.
    !two.is_ascii()
        || first.is_ascii_digit()
        || labels.iter().chain(days).any(|word| word.as_bytes()[..2] == two)
}

/// Whether a word can be part of a date.
pub(super) fn is_word(word: &str, lang: Lang) -> bool {
    part(word, lang).is_some()
}

#[derive(Default)]
struct Seen {
    label: bool,
    full: bool,
    day: bool,
    month: bool,
    year: bool,
    time: bool,
    relative: bool,
    number: bool,
    yesterday: bool,
}

impl Seen {
    fn take(&mut self, part: Part) {
        match part {
            Part::Label => self.label = true,
            Part::Full => self.full = true,
            Part::Day => self.day = true,
            Part::Month => self.month = true,
            Part::Year => self.year = true,
            Part::Time => self.time = true,
            Part::Relative => self.relative = true,
            Part::Small | Part::Weekday | Part::Zone => {}
        }
    }

    /// Whether `il y a 3 heures` has its number, or it is yesterday.
    fn near(&self) -> bool {
        self.number || self.yesterday
    }

    fn exact(&self) -> bool {
        self.full || (self.day && self.month)
    }

    fn dated(&self) -> bool {
        self.full || (self.day && self.month && self.year)
    }
}

/// Runs between white space without the marks at their ends, and where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| c.is_whitespace() || c == '\u{feff}').filter_map(move |run| {
        let word = run.trim_matches(|c: char| ",;:()[]|•·–—-./\\".contains(c));
        (!word.is_empty()).then(|| (word.as_ptr() as usize - start, word))
    })
}

fn part(word: &str, lang: Lang) -> Option<Part> {
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

const FR_LABELS: [&str; 18] = [
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
const EN_LABELS: [&str; 10] = [
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
const FR_DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const EN_DAYS: [&str; 14] = [
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
fn figures(word: &str) -> Option<Part> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_that_is_a_date() {
        for (text, labelled) in [
            ("08 décembre 2025", false),
            ("Publié le 14 janvier 2026 à 08h12", true),
            ("Publié le : 14/01/2026 - 08:12", true),
            ("Mis à jour le 14/01/2026 à 09h02 • Publié le 13/01/2026 à 18h40", true),
            ("Mercredi 14 janvier 2026", false),
            ("Publié hier à 18:32, mis à jour hier à 19:02", true),
            ("Il y a 3 heures", false),
            ("1er février 2026", false),
            ("2026-01-14T08:12:00", false),
            ("Publié à 5 h 00", true),
            ("Publié le 14 janvier 2026 à 05:01. / Modifié le 14 janvier 2026 à 08:32.", true),
            ("14 janvier 2026 \\ 17h30", false),
            ("00:00 / 02:41", false),
            ("Publié le 14 janvier à 8 h 12 HNE", true),
        ] {
            assert_eq!(whole(text, Lang::Fr).map(|d| d.labelled), Some(labelled), "{text}");
        }
        for text in [
            "14 personnes",
            "Le 14 janvier, il dort",
            "2026",
            "Mars",
            "",
            "Mardi",
            "Dernière minute",
            "Publié",
            "12 %",
        ] {
            assert_eq!(whole(text, Lang::Fr), None, "{text}");
        }
        assert!(whole("Updated January 14, 2026 at 8:12 AM EST", Lang::En).is_some_and(|d| d.labelled));
        assert_eq!(whole("On January 14 he left", Lang::En), None);
    }

    #[test]
    fn a_date_glued_to_the_first_sentence() {
        for (text, glued) in [
            ("date 2026-01-14 Les puces NVIDIA", "date 2026-01-14"),
            ("Publié le 14/01/2026 à 08h12 Le président", "Publié le 14/01/2026 à 08h12"),
            ("Publié le 14 janvier 2026 À Paris, on dort", "Publié le 14 janvier 2026"),
            ("14/01/2026 – « Oui »", "14/01/2026 –"),
            ("Publié le 14 janvier 2026 à 4 h 05 Le pont", "Publié le 14 janvier 2026 à 4 h 05"),
            ("Publié le 14 janvier 2026 Le 15 mars, il dort", "Publié le 14 janvier 2026"),
        ] {
            assert_eq!(leading(text, Lang::Fr).map(|d| &text[..d.end]), Some(glued), "{text}");
        }
        for text in [
            "Publié le 14 mars 2020, ce livre",
            "Publié le 14 mars 2020 chez Roy",
            "Le 14 mars 2020 Paris dort",
            "14 mars 1998 Création",
            "date de 1998",
            "Mis à mal",
            "date 2026-01-14",
            "",
        ] {
            assert_eq!(leading(text, Lang::Fr), None, "{text}");
        }
    }
}
