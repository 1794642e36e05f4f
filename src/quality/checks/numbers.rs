//! **numbers**: a number that says something else in English, or is gone.
//!
//! Values are compared, not digits: `1 234,5` is `1,234.5`, `25 %` is `25 percent`, `1,2 milliard` is
//! `1.2 billion`, `20h30` is `8:30 p.m.`, `XXIe siècle` is `21st century`, `trente-deux` is `32`, `une
//! douzaine` is `a dozen`, `les années 80` are `the 1980s`. Lengths, speeds, weights and areas may be converted
//! (`10 km` = `6 miles`, to a fifth, since people round), and temperatures.
//!
//! How sure the check is depends on both sides:
//!
//! - A number in digits on each side without a partner in the other is an error: one was mistyped.
//! - A number in digits that only one side has may have been written otherwise (`the next year`), or left
//!   out: a warning where its digits are nearly those of another (`2018`, `2108`), a note otherwise.
//! - Numbers in words never count against a text by themselves. `un`, `premier` and `second` are hardly numbers; they
//!   only serve as partners.
//!
//! Words with digits (`H200`, `G7`) must be the same on both sides.
//!
//! | French | English | |
//! |---|---|---|
//! | `Il a 12 ans.` | `He is 21.` | error, `12` expected |
//! | `à 135 km/h` | `at 85 mph` | nothing |
//! | `La puce H200` | `The H20 chip` | error |
//! | `L’an dernier` | `In 2018` | note |

use super::{Check, Pair};
use crate::bitext::{Finding, Lang, Severity, Span};
use crate::words::numbers::{Dimension, Number, Sort, Written, codes, shown};

pub(super) const CHECK: Check = Check { name: "numbers", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    compare_codes(pair, findings);
    let (fr, en) = pair.numbers();
    if fr.is_empty() && en.is_empty() {
        return;
    }
    let (mut fr_left, mut en_left) = without_partner(fr, en);
    scores(&mut fr_left, &mut en_left, pair.fr.raw);
    scores(&mut en_left, &mut fr_left, pair.en.raw);
    // A fraction in digits may be in words in the other language: it counts against fractions only.
    let fractions = fr_left.iter().chain(&en_left).filter(|number| number.sort == Sort::Fraction).count() > 1;
    let strong = |number: &&&Number| {
        !number.weak && number.written == Written::Digits && (fractions || number.sort != Sort::Fraction)
    };
    let mut fr_strong: Vec<&Number> = fr_left.iter().filter(strong).copied().collect();
    let mut en_strong: Vec<&Number> = en_left.iter().filter(strong).copied().collect();
    if fr_strong.is_empty() && en_strong.is_empty() {
        return;
    }
    // Numbers in words stand against digits of the other side.
    let words = |number: &&&Number| !number.weak && number.written != Written::Digits;
    let fr_words = fr_left.iter().filter(words).count();
    if en_strong.len() > fr_strong.len() && fr_words > 0 {
        fr_strong.extend(fr_left.iter().filter(words).take(en_strong.len() - fr_strong.len()));
    } else if fr_strong.len() > en_strong.len() {
        en_strong.extend(en_left.iter().filter(words).take(fr_strong.len() - en_strong.len()));
    }
    // Each with the likest of the other side.
    while let Some((f, e)) = likest(&fr_strong, &en_strong, pair) {
        let (f, e) = (fr_strong.remove(f), en_strong.remove(e));
        let wanted = english(f, pair);
        let message = format!("`{}` is `{}` in the French", e.span.of(pair.en.raw), f.span.of(pair.fr.raw));
        let finding = Finding::new("numbers", Severity::Error, message).fr(f.span).en(e.span);
        findings.push(finding.expected(wanted.clone()).suggestion(wanted));
    }
    for number in en_strong {
        let text = number.span.of(pair.en.raw);
        let near = fr.iter().find(|other| mistyped(number.span.of(pair.en.raw), other.span.of(pair.fr.raw)));
        let mut finding =
            Finding::new("numbers", Severity::Note, format!("`{text}` stands only in the English"));
        if let Some(near) = near {
            finding.severity = Severity::Warning;
            finding = finding.fr(near.span).expected(english(near, pair));
        }
        findings.push(finding.en(number.span));
    }
    for number in fr_strong {
        let text = number.span.of(pair.fr.raw);
        let near = en.iter().find(|other| mistyped(text, other.span.of(pair.en.raw)));
        let mut finding =
            Finding::new("numbers", Severity::Note, format!("`{text}` stands only in the French"));
        if let Some(near) = near {
            finding.severity = Severity::Warning;
            finding = finding.en(near.span);
        }
        findings.push(finding.fr(number.span).expected(english(number, pair)));
    }
}

/// The numbers of each side that have no partner in the other.
pub(super) fn without_partner<'n>(
    all_fr: &'n [Number],
    all_en: &'n [Number],
) -> (Vec<&'n Number>, Vec<&'n Number>) {
    let mut fr: Vec<&Number> = all_fr.iter().collect();
    let mut en: Vec<&Number> = all_en.iter().collect();
    // The surest partners first: what is equal must not be taken by what is only alike.
    for alike in [alike_written, exactly, loosely, converted] {
        fr.retain(|f| match en.iter().position(|e| alike(f, e)) {
            Some(at) => {
                en.remove(at);
                false
            }
            None => true,
        });
    }
    // `16 km (10 milles)` beside `10 miles`: the same said twice.
    let said = |number: &Number, others: &[Number]| {
        others.iter().any(|other| number.measure != other.measure && converted(number, other))
    };
    fr.retain(|number| !said(number, all_en));
    en.retain(|number| !said(number, all_fr));
    (fr, en)
}

/// `7/5` may be a score, and its two numbers the other side's `7-5`.
fn scores(fractions: &mut Vec<&Number>, counts: &mut Vec<&Number>, raw: &str) {
    fractions.retain(|fraction| {
        let parts = fraction.span.of(raw).split_once('/').filter(|_| fraction.sort == Sort::Fraction);
        let Some((Ok(first), Ok(second))) =
            parts.map(|(a, b)| (a.trim().parse::<f64>(), b.trim().parse::<f64>()))
        else {
            return true;
        };
        let at = |value| counts.iter().position(|count| equal(count.value, value));
        match (at(first), at(second)) {
            (Some(a), Some(b)) if a != b => {
                counts.remove(a.max(b));
                counts.remove(a.min(b));
                false
            }
            _ => true,
        }
    });
}

fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= a.abs().max(b.abs()) * 1e-9
}

/// Digits to digits and words to words: `deux … 2` may be `2 … two`, but each has its own.
fn alike_written(fr: &Number, en: &Number) -> bool {
    fr.written == en.written && exactly(fr, en)
}

fn exactly(fr: &Number, en: &Number) -> bool {
    equal(fr.value, en.value) && (fr.sort == Sort::Time) == (en.sort == Sort::Time)
}

fn loosely(fr: &Number, en: &Number) -> bool {
    match (fr.sort, en.sort) {
        // A clock of twelve hours does not say which half of the day.
        (Sort::Time, Sort::Time) => equal(fr.value.rem_euclid(720.0), en.value.rem_euclid(720.0)),
        (Sort::Time, _) => {
            // `une heure et demie` = `90 minutes`
            (en.value < 25.0 && equal((fr.value / 60.0) % 12.0, en.value % 12.0))
                || equal(fr.value, en.value)
                || fr.other.is_some_and(|h| equal(h, en.value))
        }
        (_, Sort::Time) => fr.value < 25.0 && equal(fr.value % 12.0, (en.value / 60.0) % 12.0),
        (Sort::Decade, _) | (_, Sort::Decade) => equal(fr.value % 100.0, en.value % 100.0),
        _ => {
            fr.other.is_some_and(|other| equal(other, en.value))
                || en.other.is_some_and(|other| equal(fr.value, other))
        }
    }
}

/// Whether one may be the other in another unit, rounded.
fn converted(fr: &Number, en: &Number) -> bool {
    let (Some(f), Some(e)) = (fr.measure, en.measure) else {
        // `26 degrés` = `in the 80s`
        let degrees = fr.measure.is_some_and(|measure| measure.dimension == Dimension::Degrees);
        return degrees
            && en.sort == Sort::Decade
            && (en.value - 3.0..en.value + 12.0).contains(&(fr.value * 1.8 + 32.0));
    };
    if f.dimension != e.dimension {
        return false;
    }
    match f.dimension {
        Dimension::Degrees => {
            let fahrenheit = |celsius: f64| celsius * 1.8 + 32.0;
            let near = |a: f64, b: f64| (a - b).abs() <= 3.0;
            // A difference is converted without the 32.
            near(fahrenheit(fr.value), en.value)
                || near(fahrenheit(en.value), fr.value)
                || near(fr.value * 1.8, en.value)
                || near(en.value * 1.8, fr.value)
        }
        Dimension::Money => false,
        _ => {
            let (f, e) = (fr.value * f.factor, en.value * e.factor);
            (f - e).abs() <= f.max(e) * 0.2 && !equal(fr.value, en.value)
        }
    }
}

/// Of what is left on both sides, the two that are most alike.
fn likest(fr: &[&Number], en: &[&Number], pair: &Pair<'_>) -> Option<(usize, usize)> {
    // Far too many for a sentence: in order will do.
    if fr.len().max(en.len()) > 50 {
        return (!fr.is_empty() && !en.is_empty()).then_some((0, 0));
    }
    let mut best: Option<(f64, usize, usize)> = None;
    for (f, a) in fr.iter().enumerate() {
        for (e, b) in en.iter().enumerate() {
            let near = nearly(a.span.of(pair.fr.raw), b.span.of(pair.en.raw));
            let place = |number: &Number, text: &str| number.span.start as f64 / text.len().max(1) as f64;
            let apart = (place(a, pair.fr.raw) - place(b, pair.en.raw)).abs() + if near { 0.0 } else { 1.0 };
            if best.is_none_or(|(least, ..)| apart < least) {
                best = Some((apart, f, e));
            }
        }
    }
    best.map(|(_, f, e)| (f, e))
}

/// Whether two numbers look alike: as many digits, all but one the same, or two that changed places.
fn nearly(a: &str, b: &str) -> bool {
    let digits = |text: &str| -> Vec<u8> { text.bytes().filter(u8::is_ascii_digit).collect() };
    let (a, b) = (digits(a), digits(b));
    if a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
    match differ[..] {
        [_] => true,
        [i, j] => a[i] == b[j] && a[j] == b[i],
        _ => false,
    }
}

/// Whether one number is most likely the other, mistyped: nearly the same, and of three digits or more.
fn mistyped(a: &str, b: &str) -> bool {
    a.bytes().filter(u8::is_ascii_digit).count() > 2 && nearly(a, b)
}

/// A French number as English writes it.
fn english(number: &Number, pair: &Pair<'_>) -> String {
    let raw = number.span.of(if number.span.end <= pair.fr.raw.len() { pair.fr.raw } else { "" });
    match number.sort {
        Sort::Time => format!("{}:{:02}", (number.value / 60.0).trunc(), number.value % 60.0),
        Sort::Count if number.written == Written::Digits && raw.bytes().all(|b| !b.is_ascii_alphabetic()) => {
            // A year is not grouped.
            if raw.bytes().all(|b| b.is_ascii_digit()) {
                raw.to_owned()
            } else {
                shown(number.value, Lang::En)
            }
        }
        Sort::Fraction => raw.to_owned(),
        _ => match number.value {
            value if value >= 1e9 => format!("{} billion", shown(value / 1e9, Lang::En)),
            value if value >= 1e6 => format!("{} million", shown(value / 1e6, Lang::En)),
            value => shown(value, Lang::En),
        },
    }
}

fn compare_codes(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let tokens = |text: &crate::words::Text<'_>| text.tokens().iter().any(|token| token.digit);
    if !tokens(&pair.fr) && !tokens(&pair.en) {
        return;
    }
    let mut en: Vec<usize> = codes(&pair.en).collect();
    let mut fr: Vec<usize> = codes(&pair.fr).collect();
    fr.retain(|&f| {
        let folded = pair.fr.folded(&pair.fr.tokens()[f]);
        let same = |e: &usize| {
            let other = pair.en.folded(&pair.en.tokens()[*e]);
            // A plural or an ordinal may hang on it.
            folded.trim_end_matches('s') == other.trim_end_matches('s')
        };
        match en.iter().position(same) {
            Some(at) => {
                en.remove(at);
                false
            }
            None => true,
        }
    });
    let spans = |text: &crate::words::Text<'_>, at: usize| -> Span { text.tokens()[at].span() };
    for (f, e) in fr.iter().zip(&en) {
        let (f, e) = (spans(&pair.fr, *f), spans(&pair.en, *e));
        let name = f.of(pair.fr.raw);
        let message = format!("`{}` is `{name}` in the French", e.of(pair.en.raw));
        let kin = shape(name) == shape(e.of(pair.en.raw));
        let severity = if kin { Severity::Error } else { Severity::Note };
        findings.push(Finding::new("numbers", severity, message).fr(f).en(e).expected(name).suggestion(name));
    }
    for e in en.iter().skip(fr.len()) {
        let span = spans(&pair.en, *e);
        let message = format!("`{}` stands only in the English", span.of(pair.en.raw));
        findings.push(Finding::new("numbers", Severity::Note, message).en(span));
    }
    for f in fr.iter().skip(en.len()) {
        let span = spans(&pair.fr, *f);
        let message = format!("`{}` stands only in the French", span.of(pair.fr.raw));
        findings.push(Finding::new("numbers", Severity::Note, message).fr(span));
    }
}

/// The letters of a code: two codes with the same letters differ in their digits.
fn shape(code: &str) -> String {
    code.chars().filter(|c| !c.is_ascii_digit()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, found, good};
    use super::CHECK;

    #[test]
    fn a_mistyped_number_is_found() {
        bad(CHECK, "Il a 12 ans.", "He is 21 years old.", "21");
        bad(CHECK, "En 2003, 4 pays.", "In 2073, 4 countries.", "2073");
        bad(CHECK, "Il a perdu 19 de ses 29 matchs.", "He lost 29 of his 29 matches.", "29");
        bad(CHECK, "Sept joueurs.", "9 players.", "9");
        bad(CHECK, "1,2 milliard d’euros", "€1.2 million", "1.2 million");
        bad(CHECK, "La puce H200.", "The H20 chip.", "H20");
        bad(CHECK, "à 11 h 15", "at 11:45", "11:45");
        bad(CHECK, "entre 12 h 00 et 13 h 00", "between 12:00 and 73:00", "73");
        let finding = &found(CHECK, "Il y a 12 000 arbres.", "There are 13,000 trees.")[0];
        assert_eq!(finding.suggestion.as_deref(), Some("12,000"));
    }

    #[test]
    fn equal_values_are_equal_however_they_are_written() {
        good(CHECK, "1 234,5 et 25 %", "1,234.5 and 25 percent");
        good(CHECK, "à 20h30, à 5 h", "at 8:30 p.m., at 05:00");
        good(CHECK, "au XXIe siècle", "in the 21st century");
        good(CHECK, "une douzaine de 32 morceaux", "a dozen thirty-two pieces");
        good(CHECK, "les années 80", "the 1980s");
        good(CHECK, "à 135 km/h sur 10 km", "at 85 mph for 6 miles");
        good(CHECK, "Il fait 26 degrés.", "It is 80 degrees.");
        good(CHECK, "200 milliards de dollars", "$200bn");
        good(CHECK, "Les deux ont gagné en 2012.", "Both won in 2012.");
        good(CHECK, "220 manches deux tiers", "220 2/3 innings");
        good(CHECK, "le 8 décembre, mi-janvier", "December 8, mid-January");
        good(CHECK, "à 16 km (10 milles) de la côte", "10 miles from the coast");
        good(CHECK, "le G7, 5G", "the G7, 5G");
        good(CHECK, "Il est huit heures et demie.", "It is 8:30.");
        good(CHECK, "à une heure moins le quart", "at 12:45");
        good(CHECK, "La réunion dure une heure et demie.", "The meeting lasts 90 minutes.");
        good(CHECK, "La saison 2017-2018", "The 2017/18 season");
        good(
            CHECK,
            "La guerre de 14-18 a fait 1,4 million de morts.",
            "The First World War killed 1.4 million.",
        );
        good(CHECK, "en trois sets, 6-4, 7-6 (7/5)", "in straight sets, 6-4, 7-6 (7-5)");
        good(
            CHECK,
            "Versez 10 cl d’eau, puis 200 g de sucre.",
            "Add 100 ml of water, then 7 ounces of sugar.",
        );
        good(CHECK, "au 3e étage", "on the fourth floor");
    }

    #[test]
    fn a_number_that_one_side_says_in_other_words_is_no_fault() {
        good(CHECK, "L’an dernier, il est venu.", "In 2018, he came.");
        good(CHECK, "Il est venu en 2018.", "He came last year.");
    }
}
