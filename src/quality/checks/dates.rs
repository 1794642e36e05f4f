//! **dates**: another month or weekday.
//!
//! Months and weekdays are compared by what they name: `mardi` is `Tuesday` and `Tue.`, `août` is `August` and
//! `Aug.`. Where each side names one that the other does not, the English has the wrong one: an error. Where only one
//! side has it, the other may say `today` or `last month`: a note. `mi-janvier` = `mid-January`.
//!
//! `May` is a month only where it must be (`in May`, `May 2018`, `9 May`); so are `March` at the
//! start of a sentence, `mars` and `Mars`. The numbers in dates are the numbers check's.
//!
//! | French | English | |
//! |---|---|---|
//! | `mardi 8 décembre` | `Wednesday, December 8` | error, `Tuesday` expected |
//! | `dimanche` | `yesterday` | note |
//! | `Theresa May` | `Theresa May` | nothing |

use std::sync::LazyLock;

use super::{Check, Pair};
use crate::bitext::{Finding, Lang, Severity, Span};
use crate::words::{Case, MONTHS, Text, WEEKDAYS, WordTable};

pub(super) const CHECK: Check = Check { name: "dates", run };

/// Months are 1 to 12, weekdays 21 (Monday) to 27.
static NAMES: LazyLock<[WordTable<u8>; 2]> = LazyLock::new(|| {
    [
        WordTable::of_words([
            ("janvier janv", 1),
            ("fevrier fevr", 2),
            ("mars", 3),
            ("avril", 4),
            ("mai", 5),
            ("juin", 6),
            ("juillet", 7),
            ("aout", 8),
            ("septembre sept", 9),
            ("octobre", 10),
            ("novembre", 11),
            ("decembre", 12),
            ("lundi lundis", 21),
            ("mardi mardis", 22),
            ("mercredi mercredis", 23),
            ("jeudi jeudis", 24),
            ("vendredi vendredis", 25),
            ("samedi samedis", 26),
            ("dimanche dimanches", 27),
        ]),
        WordTable::of_words([
            ("january jan", 1),
            ("february feb", 2),
            ("march", 3),
            ("april apr", 4),
            ("may", 5),
            ("june jun", 6),
            ("july jul", 7),
            ("august aug", 8),
            ("september sept sep", 9),
            ("october oct", 10),
            ("november nov", 11),
            ("december dec", 12),
            ("monday mondays mon", 21),
            ("tuesday tuesdays tue tues", 22),
            ("wednesday wednesdays wed", 23),
            ("thursday thursdays thu thurs", 24),
            ("friday fridays fri", 25),
            ("saturday saturdays", 26),
            ("sunday sundays", 27),
        ]),
    ]
});

/// How English writes what has this number in [`NAMES`].
fn called(name: u8) -> &'static str {
    match name {
        1..=12 => MONTHS[usize::from(name) - 1],
        _ => WEEKDAYS[usize::from(name) - 21],
    }
}

/// A month or weekday in a text.
#[derive(Clone, Copy, Debug)]
struct Named {
    /// Its number in [`NAMES`].
    name: u8,
    span: Span,
    /// Whether it may well be something else: it is a partner, but never reported.
    weak: bool,
}

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let fr = named(&pair.fr);
    let en = named(&pair.en);
    if fr.is_empty() && en.is_empty() {
        return;
    }
    for range in [1..13, 21..28] {
        let only = |these: &[Named], others: &[Named]| -> Vec<(u8, Span)> {
            let mut others: Vec<u8> = others.iter().map(|other| other.name).collect();
            let mut left: Vec<(u8, Span)> = Vec::new();
            for one in these.iter().filter(|one| range.contains(&one.name)) {
                match others.iter().position(|&other| other == one.name) {
                    Some(at) => {
                        others.swap_remove(at);
                    }
                    None if one.weak => {}
                    None => left.push((one.name, one.span)),
                }
            }
            left
        };
        let (fr_left, en_left) = (only(&fr, &en), only(&en, &fr));
        for (&(name, span), &(other, en_span)) in fr_left.iter().zip(&en_left) {
            let wanted = called(name);
            let message =
                format!("`{}` is `{}` in the French", en_span.of(pair.en.raw), span.of(pair.fr.raw));
            // The same name again on the other side: one of two was left out, another said twice.
            let has = |these: &[Named], name: u8| these.iter().any(|one| one.name == name);
            let twice = has(&en, name) && has(&fr, other);
            let severity = if twice { Severity::Warning } else { Severity::Error };
            let finding = Finding::new("dates", severity, message).fr(span).en(en_span);
            findings.push(finding.expected(wanted).suggestion(wanted));
        }
        for &(_, span) in fr_left.iter().skip(en_left.len()) {
            let message = format!("`{}` stands only in the French", span.of(pair.fr.raw));
            findings.push(Finding::new("dates", Severity::Note, message).fr(span));
        }
        for &(_, span) in en_left.iter().skip(fr_left.len()) {
            let message = format!("`{}` stands only in the English", span.of(pair.en.raw));
            findings.push(Finding::new("dates", Severity::Note, message).en(span));
        }
    }
}

/// The months and weekdays of a text with their places.
fn named(text: &Text<'_>) -> Vec<Named> {
    let [french_names, english_names] = &*NAMES;
    let mut found = Vec::new();
    for (at, token) in text.tokens().iter().enumerate() {
        let (name, weak) = match text.lang {
            Lang::Fr => match french_names.get(token.hash) {
                Some(name) if french(text, at) => (name, false),
                // English inside French is a name (`Theresa May`, `Sunday Times`), and must stay.
                None if token.is_capital() && !token.initial => match english_names.get(token.hash) {
                    Some(name) if token.span().len() > 4 || first_name_before(text, at) => (name, false),
                    _ => continue,
                },
                _ => continue,
            },
            Lang::En => match english_names.get(token.hash) {
                Some(name) if token.is_capital() => (name, !english(text, at)),
                _ => continue,
            },
        };
        found.push(Named { name, span: token.span(), weak });
    }
    found
}

fn folded<'a>(text: &'a Text<'_>, at: Option<usize>) -> &'a str {
    at.and_then(|at| text.tokens().get(at)).map_or("", |token| text.folded(token))
}

fn near_digits(text: &Text<'_>, at: usize) -> bool {
    let digit = |index: Option<usize>| {
        index.and_then(|at| text.tokens().get(at)).is_some_and(|token| token.case == Case::Digit)
    };
    digit(at.checked_sub(1)) || digit(Some(at + 1))
}

fn french(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens()[at];
    match text.folded(token) {
        // A planet, a number, a note.
        "mars" => token.case == Case::Lower || near_digits(text, at),
        "sept" => near_digits(text, at) && text.gap(at).starts_with('.'),
        "janv" | "fevr" => near_digits(text, at),
        // French months and weekdays have no capital, but in titles and names.
        _ => true,
    }
}

fn english(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens()[at];
    let before = folded(text, at.checked_sub(1));
    let sure = near_digits(text, at)
        || matches!(
            before,
            "in" | "of"
                | "since"
                | "until"
                | "till"
                | "by"
                | "last"
                | "next"
                | "this"
                | "early"
                | "mid"
                | "late"
                | "from"
                | "before"
                | "after"
                | "during"
                | "through"
                | "every"
                | "each"
        );
    match text.folded(token) {
        "may" => sure,
        "march" => sure || !token.initial,
        // Short forms carry a point, or stand beside a number.
        "jan" | "feb" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec" | "mon"
        | "tue" | "tues" | "wed" | "thu" | "thurs" | "fri" => {
            near_digits(text, at) || text.gap(at).starts_with('.')
        }
        "april" | "june" | "august" => sure || token.initial || !name_before(text, at),
        _ => true,
    }
}

/// Whether a capitalised word stands before, with a space or a hyphen (`Theresa May`).
fn first_name_before(text: &Text<'_>, at: usize) -> bool {
    at > 0 && text.tokens()[at - 1].is_capital() && matches!(text.before(at), " " | "-")
}

/// Whether a capitalised word stands right before: a first name's surname, or the other way round.
fn name_before(text: &Text<'_>, at: usize) -> bool {
    at > 0 && text.tokens()[at - 1].is_capital() && text.before(at) == " " && !text.tokens()[at - 1].initial
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, found, good};
    use super::CHECK;

    #[test]
    fn another_month_or_weekday_is_found() {
        bad(CHECK, "mardi 8 décembre", "Wednesday, December 8", "Wednesday");
        bad(CHECK, "en mai dernier", "last March", "March");
        bad(CHECK, "en août 2018", "in May 2018", "May");
        bad(CHECK, "Theresa May dort.", "Theresa July sleeps.", "July");
        bad(CHECK, "Le Sunday Times dort.", "The Wednesday Times sleeps.", "Wednesday");
        bad(CHECK, "samedi et dimanche", "Saturday and Monday", "Monday");
        assert_eq!(found(CHECK, "en juin", "in July")[0].suggestion.as_deref(), Some("June"));
    }

    #[test]
    fn names_and_verbs_are_no_months() {
        good(CHECK, "Theresa May arrive en mars.", "Theresa May arrives in March.");
        good(CHECK, "La planète Mars, en mai.", "May is here: the planet Mars.");
        good(CHECK, "Il est venu dimanche.", "He came yesterday.");
        good(CHECK, "le lundi 2 sept. et sept amis", "Monday, Sept. 2, and seven friends");
        good(CHECK, "mi-janvier", "mid-January");
    }
}
