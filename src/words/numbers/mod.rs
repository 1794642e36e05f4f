//! Numbers as values: what a text says, whatever digits, words or Roman letters it says it with.
//!
//! `1 234,5` and `1,234.5` are one value; so are `1,2 milliard` and `1.2 billion`, `20h30` and
//! `8:30 p.m.`, `XXIe siècle` and `21st century`. The reader finds each quantity with its place;
//! whether two texts say the same is the `numbers` check's affair.

mod clock;
mod digits;
mod measures;
mod roman;
mod spelled;

use crate::bitext::{Lang, Span};

use super::{Case, Text};
pub use measures::{Dimension, Measure};

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// With digits, also where a word follows (`1,2 milliard`).
    Digits,
    /// In words (`trente-deux`).
    Words,
    /// With Roman letters.
    Roman,
}

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// How many, how much, which year.
    Count,
    /// Which in order.
    Ordinal,
    /// A time of day, in minutes after midnight.
    Time,
    /// Ten years (`années 80`, `1980s`), by the first.
    Decade,
    /// One number over another.
    Fraction,
}

/// One number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Where it stands, with the words that belong to its value.
    pub span: Span,
    /// The value; minutes for a time.
    pub value: f64,
    /// Another reading of the same digits (`1.500`: 1500 or 1.5; `80 km` without its magnitude).
    pub other: Option<f64>,
    /// What it says.
    pub sort: Sort,
    /// How it is written.
    pub written: Written,
    /// What it measures, where a unit follows.
    pub measure: Option<Measure>,
    /// Whether it may well be no number, or one that a translation need not have: `un`, `second`.
    pub weak: bool,
}

/// Every number in the text, in order.
///
/// Words with digits inside (`H200`) are names, not numbers: see [`codes`].
///
/// # Examples
///
/// ```
/// use enregard::bitext::Lang;
/// use enregard::words::{Text, numbers::numbers};
/// let value = |text: &str, lang| numbers(&Text::new(text, lang))[0].value;
/// assert_eq!(value("1,2 milliard", Lang::Fr), value("1.2 billion", Lang::En));
/// assert_eq!(value("à 20h30", Lang::Fr), value("at 8:30 p.m.", Lang::En));
/// assert_eq!(value("quatre-vingt-dix-sept", Lang::Fr), value("ninety-seven", Lang::En));
/// assert_eq!(value("au XXIe siècle", Lang::Fr), value("in the 21st century", Lang::En));
/// ```
pub fn numbers(text: &Text<'_>) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = text.tokens().get(at) {
        let read = if token.case == Case::Digit {
            digits::read(text, at)
        } else {
            spelled::read(text, at).or_else(|| roman::read(text, at))
        };
        match read {
            Some((number, next)) => {
                found.push(number);
                at = next;
            }
            None => at += 1,
        }
    }
    share_measures(text, &mut found);
    share_centuries(text, &mut found);
    floors(text, &mut found);
    found
}

/// The second year of a range may be cut short: `2017-18`, `1914/18`.
fn share_centuries(text: &Text<'_>, found: &mut [Number]) {
    for at in 1..found.len() {
        let (first, second) = (found[at - 1], found[at]);
        let between = &text.raw[first.span.end..second.span.start];
        if matches!(between, "-" | "–" | "/" | "\u{2011}")
            && (1000.0..2200.0).contains(&first.value)
            && second.value < 100.0
            && second.span.len() == 2
        {
            found[at].other = Some((first.value / 100.0).floor() * 100.0 + second.value);
        }
    }
}

/// What a French house calls its third floor (`3e étage`, above the ground floor) is the fourth in America.
fn floors(text: &Text<'_>, found: &mut [Number]) {
    if text.lang != Lang::Fr {
        return;
    }
    for number in found.iter_mut().filter(|number| number.sort == Sort::Ordinal && number.other.is_none()) {
        let after = text.raw[number.span.end..].trim_start();
        if after.starts_with("étage") || after.starts_with("e\u{301}tage") {
            number.other = Some(number.value + 1.0);
        }
    }
}

/// In a range (`2,5 à 10 cm`, `1 to 4 inches`) the first number measures what the second does.
fn share_measures(text: &Text<'_>, found: &mut [Number]) {
    for at in (1..found.len()).rev() {
        let (Some(measure), None) = (found[at].measure, found[at - 1].measure) else { continue };
        let between = text.raw[found[at - 1].span.end..found[at].span.start].trim();
        if matches!(between, "à" | "et" | "ou" | "to" | "and" | "or" | "-" | "–") {
            found[at - 1].measure = Some(measure);
        }
    }
}

/// The words with digits in them that are no numbers (`H200`, `G7`, `A380`), as token indexes.
pub fn codes<'a>(text: &'a Text<'_>) -> impl Iterator<Item = usize> + 'a {
    text.tokens().iter().enumerate().filter(|(_, token)| token.digit).filter_map(|(index, token)| {
        let code = token.case != Case::Digit || digits::is_code(text.folded(token), text.lang);
        (code && !roman::is_ordinal(text.of(token))).then_some(index)
    })
}

/// The value in the way of the language, to be shown.
pub fn shown(value: f64, lang: Lang) -> String {
    let digits = format!("{:.0}", value.trunc().abs());
    let mut whole = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            whole.push(if lang == Lang::Fr { '\u{202F}' } else { ',' });
        }
        whole.push(digit);
    }
    let fraction = format!("{:.4}", value.fract().abs());
    let fraction = fraction.trim_start_matches("0.").trim_end_matches('0');
    if !fraction.is_empty() && fraction != "1.0000" {
        whole.push(if lang == Lang::Fr { ',' } else { '.' });
        whole.push_str(fraction);
    }
    if value < 0.0 { format!("-{whole}") } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, lang: Lang) -> Vec<f64> {
        numbers(&Text::new(text, lang)).iter().map(|number| number.value).collect()
    }

    #[track_caller]
    fn same(fr: &str, en: &str, expected: &[f64]) {
        assert_eq!(values(fr, Lang::Fr), expected, "{fr}");
        assert_eq!(values(en, Lang::En), expected, "{en}");
    }

    #[test]
    fn groups_and_decimals_are_read_as_each_language_writes_them() {
        same("1 234,5", "1,234.5", &[1234.5]);
        same("1\u{202F}234\u{202F}567", "1,234,567", &[1_234_567.0]);
        same("25 %, 30 %", "25%, 30%", &[25.0, 30.0]);
        same("0,5 point", "0.5 points", &[0.5]);
        same("en 2018 300 personnes", "in 2018 300 people", &[2018.0, 300.0]);
        same("29.09.2018", "29.09.2018", &[29.0, 9.0, 2018.0]);
    }

    #[test]
    fn magnitudes_belong_to_the_number() {
        same("1,2 milliard", "1.2 billion", &[1.2e9]);
        same("200 millions de dollars", "$200m", &[2e8]);
        same("3 000 milliards", "3 trillion", &[3e12]);
        same("douze mille", "twelve thousand", &[12_000.0]);
        same("2,8 Md€", "€2.8bn", &[2.8e9]);
        same("400 k€", "€400k", &[400_000.0]);
    }

    #[test]
    fn words_are_read_as_people_say_them() {
        same("soixante-dix-sept", "seventy-seven", &[77.0]);
        same("quatre-vingt-onze", "ninety-one", &[91.0]);
        same("vingt et un", "twenty-one", &[21.0]);
        same(
            "dix-sept mille cinq cent soixante-huit",
            "seventeen thousand five hundred and sixty-eight",
            &[17_568.0],
        );
        same("deux cent trois", "two hundred and three", &[203.0]);
        same("mille neuf cents", "one thousand nine hundred", &[1900.0]);
        same("trois, quatre", "three, four", &[3.0, 4.0]);
        same("la vingt-deuxième fois", "the twenty-second time", &[22.0]);
        same("douzaine", "a dozen", &[12.0]);
        assert_eq!(values("trois pour cent", Lang::Fr), [3.0]);
    }

    #[test]
    fn times_are_minutes() {
        for (fr, en, minutes) in [
            ("20h30", "8:30 p.m.", 1230.0),
            ("20 h 30", "20:30", 1230.0),
            ("5 h du matin", "5 a.m.", 300.0),
            ("à 12 h", "at 12pm", 720.0),
            ("à 14 h", "at 2 pm", 840.0),
        ] {
            same(fr, en, &[minutes]);
        }
    }

    #[test]
    fn ordinals_decades_and_centuries_are_numbers() {
        same("le 1er mai", "May 1st", &[1.0]);
        same("le 21ème et la 2de", "the 21st and 2nd", &[21.0, 2.0]);
        let century = Text::new("au XIXe siècle", Lang::Fr);
        assert_eq!((numbers(&century)[0].value, numbers(&century)[0].weak), (19.0, false));
        same("Louis XIV", "Louis XIV", &[14.0]);
        same("les années 1980", "the 1980s", &[1980.0]);
    }

    #[test]
    fn words_with_digits_are_codes() {
        let text = Text::new("La puce H200, le G7, un A380 et 3 autres, 20h30, 10 km", Lang::Fr);
        let all: Vec<&str> = codes(&text).map(|at| text.of(&text.tokens()[at])).collect();
        assert_eq!(all, ["H200", "G7", "A380"]);
    }

    #[test]
    fn values_are_shown_in_the_way_of_the_language() {
        assert_eq!(shown(12_000.0, Lang::En), "12,000");
        assert_eq!(shown(12_000.5, Lang::Fr), "12\u{202F}000,5");
        assert_eq!(shown(2018.0, Lang::En), "2018");
        assert_eq!(shown(0.25, Lang::En), "0.25");
    }
}
