//! Dates as sites set them around an article: `Publié le 14/01/2026 à 08h12`, `date 2026-01-14`.

use super::calendar::{EN_DAYS, EN_LABELS, FR_DAYS, FR_LABELS, Part, figures, part};
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

/// Whether a paragraph is a date and says what it dates (`Publié le …`); nearly always told from two letters.
pub(super) fn is_labelled(text: &str, lang: Lang) -> bool {
    may_begin(text, lang) && whole(text, lang).is_some_and(|dated| dated.labelled)
}

/// Whether a paragraph is a date with its day, month and year, and nothing else (`Paris, le 14 janvier 2026.`).
pub(super) fn is_full(text: &str, lang: Lang) -> bool {
    let mut seen = Seen::default();
    words(text).all(|(_, word)| part(word, lang).map(|part| seen.take(part)).is_some()) && seen.dated()
}

/// The full date (day, month and year) that a paragraph begins with, and how long reading takes, if a capital follows.
pub(super) fn leading(text: &str, lang: Lang) -> Option<Dated> {
    // Most paragraphs begin with a word that begins no date: one look must do for them.
    if !may_begin(text, lang) {
        return None;
    }
    let mut seen = Seen::default();
    let (mut end, mut was, mut clock) = (0, "", false);
    let mut all = words(text);
    for (at, word) in all.by_ref().take(24) {
        let Some(part) = part(word, lang) else { break };
        // The minutes of `4 h 05`.
        let minutes =
            was.ends_with('h') && matches!(part, Part::Day | Part::Small) && figures(word).is_some();
        was = word;
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
            clock = minutes || part == Part::Time;
        }
    }
    if end == 0 {
        return None;
    }
    let dated = |(end, figure)| {
        parted(text, end, figure).map(|end| Dated { end, labelled: seen.label, figures: seen.full })
    };
    let read = reading_time(&text[end..]).map(|len| end + len);
    read.and_then(|end| dated((end, None))).or_else(|| dated((end, (seen.label && clock).then_some(lang))))
}

/// The byte after a date that ends at `end` and the mark behind it, if what follows begins a sentence: with a capital or a
/// quotation, behind a date that ends with an hour (`figure`) also with a figure that belongs to no date.
fn parted(text: &str, end: usize, figure: Option<Lang>) -> Option<usize> {
    let rest = &text[end..];
    let marked = rest.trim_start_matches(|c: char| c.is_whitespace() || "|•·–—-:".contains(c));
    let mark = rest[..rest.len() - marked.len()].trim_end();
    let follows = marked.starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '"' | '“' | '‘'));
    let counts = || {
        figure.is_some_and(|lang| {
            let mut next = marked.split_whitespace();
            let number = next.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
            number && next.next().is_some_and(|word| part(word, lang).is_none())
        })
    };
    let parted = rest.starts_with(char::is_whitespace) || !mark.is_empty();
    (parted && (follows || counts())).then_some(end + mark.len())
}

/// The length of what says how long reading takes (`3 min de lecture`, `Temps de lecture : 3 min`), where a text begins so.
fn reading_time(text: &str) -> Option<usize> {
    let (mut number, mut end) = (false, None);
    for (at, word) in words(text) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) && !number {
            number = true;
            continue;
        }
        // A capital behind the minutes begins the text.
        if end.is_some() && word.starts_with(char::is_uppercase) {
            break;
        }
        match Key::of(word).text().trim() {
            "min" | "mn" | "mins" | "minute" | "minutes" if number => end = Some(at + word.len()),
            "lecture" | "read" if end.is_some() => end = Some(at + word.len()),
            "temps" | "de" | "lecture" | "reading" | "time" => {}
            _ => break,
        }
    }
    end
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
            ("Publié le 14/01/2026 3 min Le port rouvre", "Publié le 14/01/2026 3 min"),
            ("Publié le 14/01/2026 Cinq minutes : Le film est en ligne", "Publié le 14/01/2026"),
            ("Publié le 14/01/2026 Minute : Le film est en ligne", "Publié le 14/01/2026"),
            ("Publié le 14/01/2026 Lecture : Le roman de Roy", "Publié le 14/01/2026"),
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
