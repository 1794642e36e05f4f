//! **french-typography**: French ways of setting type left in the English.
//!
//! Guillemets, a blank before `? ! : ;`, a number grouped by blanks (`12 000`) or with a decimal comma
//! (`7,5`), a time with `h`, a percent sign after a blank. English has “ ” or " ", no blank, `12,000`, `7.5`,
//! `8:30` and `25%`. Guillemets and numbers are errors; a number grouped by plain blanks only where the French has the same
//! number, since two numbers may follow each other (`in 2018 300 people`). `25 %` is the way of the SI and of some
//! scholarly English: a note, as is a sum with its currency after it.
//!
//! | French | English | |
//! |---|---|---|
//! | `Il a dit « oui ».` | `He said « yes ».` | error, `“` expected |
//! | `12 000 arbres` | `12 000 trees` | error, `12,000` expected |
//! | `Quel avenir ?` | `What future ?` | warning, `?` expected |
//! | `25 %` | `25 %` | note |

use super::{Check, Pair};
use crate::bitext::{Finding, Lang, Severity, Span};
use crate::words::numbers::{Sort, Written, shown};

pub(super) const CHECK: Check = Check { name: "french-typography", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let en = pair.en.raw;
    let mut add = |severity, message: String, span: Span, suggestion: String| {
        findings.push(Finding::new("french-typography", severity, message).en(span).suggestion(suggestion));
    };
    let curly = en.contains(['“', '”']);
    let marks =
        en.bytes().enumerate().filter(|(_, b)| matches!(b, b'?' | b'!' | b':' | b';' | b'%' | 0xC2 | 0xE2));
    for (at, _) in marks {
        let Some(c) = en[at..].chars().next() else { break };
        let before = en[..at].chars().next_back().unwrap_or('\0');
        let blank = matches!(before, ' ' | '\u{00A0}' | '\u{202F}');
        match c {
            '«' | '»' => {
                // With the blank that stands inside it.
                let (mut start, mut end) = (at, at + c.len_utf8());
                if c == '»' && blank {
                    start -= before.len_utf8();
                }
                if c == '«' && en[end..].starts_with([' ', '\u{00A0}', '\u{202F}']) {
                    end += en[end..].chars().next().map_or(0, char::len_utf8);
                }
                let meant = match (curly, c) {
                    (false, _) => "\"",
                    (true, '«') => "“",
                    (true, _) => "”",
                };
                add(
                    Severity::Error,
                    format!("`{c}` is a French quote"),
                    Span::new(start, end),
                    meant.to_owned(),
                );
            }
            '?' | '!' | ':' | ';' if blank && at > before.len_utf8() => {
                let start = at - before.len_utf8();
                let next = en[at + 1..].chars().next();
                // Faces, ratios, and marks that stand for themselves.
                let alone =
                    next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '»' | '’' | '\''));
                if alone && !en[..start].ends_with(['?', '!', '.', ':']) {
                    let severity = if before == ' ' && matches!(c, ':' | ';') {
                        Severity::Note
                    } else {
                        Severity::Warning
                    };
                    add(severity, format!("blank before `{c}`"), Span::new(start, at), String::new());
                }
            }
            '%' if blank && en[..at - before.len_utf8()].ends_with(|c: char| c.is_ascii_digit()) => {
                add(
                    Severity::Note,
                    "blank before `%`".to_owned(),
                    Span::new(at - before.len_utf8(), at),
                    String::new(),
                );
            }
            '€' if blank && en[..at - before.len_utf8()].ends_with(|c: char| c.is_ascii_digit()) => {
                add(
                    Severity::Note,
                    "the currency stands after its sum".to_owned(),
                    Span::new(at, at + c.len_utf8()),
                    String::new(),
                );
            }
            _ => {}
        }
    }
    if !pair.en.tokens().iter().any(|token| token.digit) {
        return;
    }
    let (fr, numbers) = pair.numbers();
    for number in numbers.iter().filter(|number| number.written == Written::Digits) {
        let raw = number.span.of(en);
        let in_french =
            || fr.iter().any(|other| (other.value - number.value).abs() < 1e-9 * number.value.abs());
        let grouped = raw
            .char_indices()
            .filter(|&(at, c)| {
                matches!(c, ' ' | '\u{00A0}' | '\u{202F}' | '\u{2009}')
                    && raw[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
            })
            .map(|(_, c)| c)
            .next();
        if let Some(blank) = grouped {
            if number.sort != Sort::Time && (blank != ' ' || in_french()) {
                let meant = regrouped(raw).unwrap_or_else(|| raw.to_owned());
                add(Severity::Error, format!("`{raw}` is grouped as in French"), number.span, meant);
            }
        } else if let Some((whole, part)) = raw.split_once(',') {
            let part: &str = part.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
            if part.len() != 3 && !part.is_empty() && whole.bytes().all(|b| b.is_ascii_digit()) && in_french()
            {
                add(
                    Severity::Error,
                    format!("`{raw}` has a French decimal comma"),
                    number.span,
                    raw.replacen(',', ".", 1),
                );
            }
        } else if number.sort == Sort::Time && raw.contains('h') {
            let meant = format!("{}:{:02}", (number.value / 60.0).trunc(), number.value % 60.0);
            let severity = if number.other.is_none() { Severity::Warning } else { Severity::Note };
            add(severity, format!("`{raw}` is a French time"), number.span, meant);
        }
    }
}

/// `12 000 million` with English groups: the digits regrouped, the rest as it was.
fn regrouped(raw: &str) -> Option<String> {
    let end = raw.rfind(|c: char| c.is_ascii_digit())? + 1;
    let digits: String = raw[..end].chars().filter(char::is_ascii_digit).collect();
    let whole: f64 = digits.parse().ok()?;
    let mut text = shown(whole, Lang::En);
    if digits.len() == 4 {
        text.insert(1, ',');
    }
    Some(text + &raw[end..])
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, found, good};
    use super::CHECK;

    #[test]
    fn french_marks_and_numbers_are_found_and_mended() {
        for (fr, en, place, meant) in [
            ("« oui »", "He said « yes ».", "« ", "\""),
            ("« oui »", "« yes », “no”", " »", "”"),
            ("12 000 arbres", "12 000 trees", "12 000", "12,000"),
            ("4 000 arbres", "4 000 trees", "4 000", "4,000"),
            ("12 000 arbres", "12\u{202F}000 trees", "12\u{202F}000", "12,000"),
            ("de 7,5 points", "by 7,5 points", "7,5", "7.5"),
            ("Quoi ?", "What ?", " ", ""),
            ("à 20h30", "at 20h30", "20h30", "20:30"),
        ] {
            bad(CHECK, fr, en, place);
            let findings = found(CHECK, fr, en);
            let finding = findings.iter().find(|f| f.en.unwrap().of(en) == place).unwrap();
            assert_eq!(finding.suggestion.as_deref(), Some(meant), "{en}");
        }
    }

    #[test]
    fn english_typography_is_right() {
        good(CHECK, "12 000 arbres, 7,5 points", "12,000 trees, 7.5 points");
        good(CHECK, "En 2018 300 personnes", "In 2018 300 people");
        good(CHECK, "25 % ; 3 : 2", "25 %; 3 : 2");
        good(CHECK, "55, 60 minutes", "55,60 minutes");
    }
}
