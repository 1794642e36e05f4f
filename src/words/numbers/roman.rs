//! Roman numerals: centuries, kings, popes, volumes.

use super::{Number, Sort, Written};
use crate::words::{Case, Text};

/// The value of a Roman numeral in capitals that is written as it should be.
pub(super) fn value(text: &str) -> Option<u32> {
    let digit = |b: u8| {
        Some(match b {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            b'C' => 100,
            b'D' => 500,
            b'M' => 1000,
            _ => return None,
        })
    };
    let mut total = 0;
    let mut digits = text.bytes().rev().map(digit);
    let mut last = 0;
    for value in &mut digits {
        let value = value?;
        if value < last {
            total -= value;
        } else {
            total += value;
            last = value;
        }
    }
    (written(total) == text).then_some(total as u32)
}

fn written(mut value: i32) -> String {
    const PARTS: [(i32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (part, letters) in PARTS {
        while value >= part {
            text.push_str(letters);
            value -= part;
        }
    }
    text
}

/// Whether it is a numeral with a French ordinal's ending (`XXIe`, `Ier`).
pub(super) fn is_ordinal(text: &str) -> bool {
    ordinal(text).is_some()
}

fn ordinal(text: &str) -> Option<u32> {
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let (numeral, ending) = text.split_at(capitals);
    matches!(ending, "e" | "ème" | "er" | "re" | "ᵉ").then(|| value(numeral)).flatten()
}

/// Reads the numeral at token `at`.
pub(super) fn read(text: &Text<'_>, at: usize) -> Option<(Number, usize)> {
    let token = &text.tokens()[at];
    if !token.is_capital() || token.span().len() > 9 {
        return None;
    }
    let raw = text.of(token);
    let (value, sort, weak) = match ordinal(raw) {
        Some(value) => {
            let century =
                text.tokens().get(at + 1).is_some_and(|next| text.folded(next).starts_with("siecle"));
            (value, Sort::Ordinal, !century)
        }
        None if token.case == Case::Upper => (value(raw)?, Sort::Count, true),
        None => return None,
    };
    let number = Number {
        span: token.span(),
        value: f64::from(value),
        other: None,
        sort,
        written: Written::Roman,
        measure: None,
        weak,
    };
    Some((number, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_well_written_numerals_have_a_value() {
        for (text, expected) in [
            ("XXI", Some(21)),
            ("XIV", Some(14)),
            ("MCMXC", Some(1990)),
            ("IIII", None),
            ("VX", None),
            ("USA", None),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
