//! Points after numbers: list entries and ordinals.

use super::super::tables::Class;
use super::{Answer, Rule, Stop};

pub(super) const RULES: &[&Rule] = &[&LIST_NUMBER];

static LIST_NUMBER: Rule = Rule {
    name: "list-number",
    reason: "the number, letter or Roman numeral only names what follows: it begins its sentence or an enumeration",
    examples: ["1. Ouvrir la porte.|2. Entrer.", "II. Le contexte est clair."],
};

/// `1.`, `2.3.`, `II.`, `A.` at the beginning of a sentence, or after a colon or semicolon.
pub(super) fn list_number(stop: &Stop) -> Option<Answer> {
    if !stop.is_point() || stop.mark - stop.start > 512 && stop.previous().is_some_and(char::is_lowercase) {
        return None;
    }
    let word = stop.word();
    let digits = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let numeral = !word.is_empty() && (digits || is_letter_or_roman(word));
    // `M. Roy` at the beginning is no entry of a list.
    if !numeral || stop.class(word) == Some(Class::Name) {
        return None;
    }
    let dotted = stop.dotted();
    if dotted.len() > 8 || dotted.contains(['-', '\u{2010}', '\u{2011}']) {
        return None;
    }
    let begin = stop.mark - dotted.len();
    let lead = &stop.text[stop.start..begin];
    let own = lead.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':' && c != ';');
    if own.is_empty() || digits && own.ends_with([':', ';']) {
        return Answer::keep(&LIST_NUMBER);
    }
    None
}

/// One capital, or a numeral of `I`, `V`, `X`, `L` in capitals.
fn is_letter_or_roman(word: &str) -> bool {
    let mut chars = word.chars();
    let one = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    one || word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'))
}
