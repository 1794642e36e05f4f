//! **encoding**: characters that no one typed.
//!
//! A text that was written in UTF-8 and read in a Western code page shows two or three strange
//! letters for each accented one: `cafÃ©` for `café`, `itâ€™s` for `it’s`. The check reads such a
//! run back; where the bytes are one character in UTF-8, it is named and suggested. Only runs that
//! begin with `Â`, `Ã`, `Ä`, `Å`, `â`, `ï` or `ð` count: `É»` is French (`« CAFÉ»`), though it could be
//! read back as well.
//!
//! Also found: the replacement character `�`, control characters other than tab and line break,
//! marks that turn the writing direction (they can make a line read otherwise than it is stored),
//! and, more quietly, invisible marks between letters.
//!
//! | English | |
//! |---|---|
//! | `the morningâ€™s hero` | error: `â€™` for `’` |
//! | `a cafÃ© in Paris` | error: `Ã©` for `é` |
//! | `a café in Paris`, `SÃO PAULO` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};

pub(super) const CHECK: Check = Check { name: "encoding", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    for (text, english) in [(pair.en.raw, true), (pair.fr.raw, false)] {
        let odd = |b: u8| !((0x20..0x7F).contains(&b) || matches!(b, b'\n' | b'\t' | b'\r'));
        let mut at = 0;
        while let Some(skip) = text.as_bytes()[at..].iter().position(|&b| odd(b)) {
            at += skip;
            let Some(c) = text[at..].chars().next() else { break };
            let end = at + c.len_utf8();
            if let Some((bytes, meant)) = misread(&text[at..]) {
                let span = Span::new(at, at + bytes);
                let message = format!("`{}` looks like `{meant}` read in the wrong encoding", span.of(text));
                let finding =
                    Finding::new("encoding", Severity::Error, message).suggestion(meant.to_string());
                findings.push(placed(finding, span, english));
                at = span.end;
                continue;
            }
            if let Some((severity, what)) = strange(c) {
                let message = format!("{what} U+{:04X}", u32::from(c));
                findings.push(placed(
                    Finding::new("encoding", severity, message),
                    Span::new(at, end),
                    english,
                ));
            }
            at = end;
        }
    }
}

fn placed(finding: Finding, span: Span, english: bool) -> Finding {
    if english { finding.en(span) } else { finding.fr(span) }
}

/// How many bytes of the text's beginning are one misread character, and which.
fn misread(text: &str) -> Option<(usize, char)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let length = match first {
        'Â' | 'Ã' | 'Ä' | 'Å' => 2,
        'â' | 'ï' => 3,
        'ð' => 4,
        _ => return None,
    };
    let mut bytes = [u32::from(first) as u8, 0, 0, 0];
    let mut taken = first.len_utf8();
    for byte in &mut bytes[1..length] {
        let c = chars.next()?;
        *byte = western(c).filter(|byte| (0x80..0xC0).contains(byte))?;
        taken += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    (meant >= '\u{A0}').then_some((taken, meant))
}

/// The byte that Windows-1252 (or, where that has none, Latin-1) has for a character.
fn western(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match u32::from(c) {
        code @ 0x80..=0xFF => Some(code as u8),
        _ => HIGH.iter().position(|&high| high == c).map(|place| 0x80 + place as u8),
    }
}

fn strange(c: char) -> Option<(Severity, &'static str)> {
    Some(match c {
        '\u{FFFD}' => (Severity::Error, "a character was lost: replacement character"),
        '\n' | '\t' | '\r' => return None,
        c if c.is_control() => (Severity::Error, "control character"),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            (Severity::Error, "mark that turns the writing direction")
        }
        '\u{FEFF}' => (Severity::Warning, "byte order mark inside the text"),
        '\u{200B}' | '\u{2060}' | '\u{200E}' | '\u{200F}' => (Severity::Note, "invisible mark"),
        '\u{E000}'..='\u{F8FF}' => (Severity::Warning, "character of private use"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, found, good};
    use super::CHECK;

    #[test]
    fn misread_characters_are_read_back() {
        bad(CHECK, "Le héros du matin.", "The morningâ€™s hero.", "â€™");
        bad(CHECK, "Un café.", "A cafÃ© here.", "Ã©");
        bad(CHECK, "Oui.", "Yes\u{E2}\u{80}\u{A6}", "\u{E2}\u{80}\u{A6}");
        assert_eq!(found(CHECK, "", "cafÃ©")[0].suggestion.as_deref(), Some("é"));
        bad(CHECK, "5 €", "â‚¬5", "â‚¬");
        bad(CHECK, "Non.", "N\u{FFFD}.", "\u{FFFD}");
        bad(CHECK, "Non.", "N\u{202E}o.", "\u{202E}");
    }

    #[test]
    fn accents_and_guillemets_are_not_misread() {
        good(CHECK, "« CAFÉ», à Âge, dès l’été…", "SÃO PAULO’s café, naïve, 20 °C — “tête-à-tête”");
        good(CHECK, "l’Âme â la", "Âme");
    }
}
