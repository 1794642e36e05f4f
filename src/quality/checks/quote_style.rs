//! **quote-style**: straight quotes where the text is curly, or the other way round.
//!
//! “Curly” and "straight" marks are both right, but not in one text: a reader sees the two, and a search finds only one. Where one English
//! text has both kinds of double quotes, or curly double quotes and a straight apostrophe between letters, the kind that it has less of
//! is pointed at, with what may stand there instead. Over an article the kind that nine marks in ten are of is the text's: a unit in the
//! other kind gets the same finding. All are notes: they can be mended by a program, and harm nobody's understanding. Inches and feet
//! (`6" long`) are no quotes.
//!
//! | English | |
//! |---|---|
//! | `He said “yes” and then "no".` | note at `"` |
//! | `“It's over,” she said.` | note at `'` |
//! | `"It's over," she said.` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};

pub(super) const CHECK: Check = Check { name: "quote-style", run };

/// How a text sets its quotation marks and apostrophes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `"` and `'`.
    Straight,
    /// `“ ”` and `’`.
    Curly,
}

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let en = pair.en.raw;
    // Most texts have no curly quote, or nothing straight.
    if !en.contains(['“', '”']) {
        return;
    }
    let (straight, curly) = counts(en);
    if straight > 0 && curly > 0 {
        let style = if curly >= straight { Style::Curly } else { Style::Straight };
        findings.extend(first_of_other(en, style));
    }
}

/// How many straight and how many curly marks a text has.
pub fn counts(text: &str) -> (usize, usize) {
    marks(text).fold((0, 0), |(straight, curly), (_, _, style)| match style {
        Style::Straight => (straight + 1, curly),
        Style::Curly => (straight, curly + 1),
    })
}

/// The finding at the first mark of a text that is not of this style.
pub fn first_of_other(text: &str, style: Style) -> Option<Finding> {
    let (at, c, _) = marks(text).find(|(.., own)| *own != style)?;
    let opens = text[..at].chars().next_back().is_none_or(|before| before.is_whitespace() || before == '(');
    let (message, meant) = match (style, c) {
        (Style::Curly, '"') if opens => ("a straight quote, where the text is curly", "“"),
        (Style::Curly, '"') => ("a straight quote, where the text is curly", "”"),
        (Style::Curly, _) => ("a straight apostrophe, where the text is curly", "’"),
        (Style::Straight, '’') => ("a curly apostrophe, where the text is straight", "'"),
        (Style::Straight, _) => ("a curly quote, where the text is straight", "\""),
    };
    let span = Span::new(at, at + c.len_utf8());
    Some(Finding::new("quote-style", Severity::Note, message).en(span).expected(meant).suggestion(meant))
}

/// The double quotes, and the apostrophes between letters, of a text.
fn marks(text: &str) -> impl Iterator<Item = (usize, char, Style)> + '_ {
    let mut before = '\0';
    text.char_indices().filter_map(move |(at, c)| {
        let last = std::mem::replace(&mut before, c);
        let style = match c {
            '"' if !last.is_ascii_digit() => Style::Straight,
            '“' | '”' => Style::Curly,
            '\'' | '’' if last.is_alphabetic() => {
                let next = text[at + c.len_utf8()..].chars().next();
                if !next.is_some_and(char::is_alphabetic) {
                    return None;
                }
                if c == '’' { Style::Curly } else { Style::Straight }
            }
            _ => return None,
        };
        Some((at, c, style))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::*;

    #[test]
    fn the_rarer_kind_is_pointed_at_with_what_may_stand_there() {
        for (en, at, meant) in [
            ("He said “yes” and then \"no\".", 27, "“"),
            ("“It's over,” she said.", 5, "’"),
            ("\"Yes,\" she said, \"it’s “over\".", 20, "'"),
        ] {
            let findings = found(CHECK, "", en);
            assert_eq!(findings.len(), 1, "{en}");
            assert_eq!(
                (findings[0].en.unwrap().start, findings[0].suggestion.as_deref()),
                (at, Some(meant)),
                "{en}"
            );
        }
    }

    #[test]
    fn one_kind_and_inches_are_right() {
        for en in [
            "\"It's over,\" she said.",
            "“It’s over,” she said.",
            "The “long” board is 6\" long.",
            "The bird's wings’ colour",
        ] {
            assert!(found(CHECK, "", en).is_empty(), "{en}");
        }
    }
}
