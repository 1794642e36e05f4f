//! **quotes**: one of a pair of quotation marks missing.
//!
//! `«»`, `“”` and `""` are all quotation marks; British single quotes are too, where they open and close.
//! What an opening mark begins, a closing one must end. An article is cut into sentences and a quotation may go on over
//! several, so that a sentence with one mark alone is common and right: as long as the French has one alone as well. An
//! apostrophe is none.
//!
//! The English is compared with the French by the balance of each:
//!
//! - the English has one mark alone and the French has pairs only: an error. If the mark opens at the very start and
//!   nothing closes, the quotation may simply go on in the next unit: a warning;
//! - the French has one alone and the English has no mark at all: an error;
//! - the French has marks and the English none, or the other way round: a note, since a title or an unusual word may
//!   be quoted in one language alone.
//!
//! Guillemets in the English belong to french-typography; here they count as marks like any other. Across the units of one
//! paragraph, `enregard check` on a corpus looks at the marks together.
//!
//! | French | English | |
//! |---|---|---|
//! | `« Oui », dit-elle.` | `"Yes, she said.` | error |
//! | `C’est fini », dit-elle.` | `It is over," she said.` | nothing |
//! | `le « roi »` | `the ‘king’` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};

pub(super) const CHECK: Check = Check { name: "quotes", run };

/// One quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    at: usize,
    bytes: usize,
    opens: bool,
}

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let (fr, en) = (pair.fr.raw, pair.en.raw);
    let (fr_marks, en_marks) = (marks(fr), marks(en));
    if fr_marks.is_empty() && en_marks.is_empty() {
        return;
    }
    let (fr_alone, en_alone) = (alone(&fr_marks), alone(&en_marks));
    let span = |mark: &Mark| Span::new(mark.at, mark.at + mark.bytes);
    match (fr_alone.len(), en_alone.len()) {
        (0, 0) => {
            if en_marks.is_empty() && !has_single(en) {
                let finding = Finding::new(
                    "quotes",
                    Severity::Note,
                    "the French has quotation marks, the English none",
                );
                findings.push(finding.fr(span(&fr_marks[0])));
            } else if fr_marks.is_empty() {
                let finding = Finding::new(
                    "quotes",
                    Severity::Note,
                    "the English has quotation marks, the French none",
                );
                findings.push(finding.en(span(&en_marks[0])));
            }
        }
        (0, _) => {
            for mark in &en_alone {
                let goes_on = mark.opens && en[..mark.at].trim().is_empty();
                let message = if mark.opens {
                    "quotation mark is never closed"
                } else {
                    "quotation mark closes nothing"
                };
                // Where one was lost, the French has one more; else the quotations were cut otherwise.
                let one_less = en_marks.len() + 1 == fr_marks.len();
                let there = fr_marks.iter().any(|other| {
                    let place = |at: usize, text: &str| at as f32 / text.len() as f32;
                    other.opens == mark.opens && (place(other.at, fr) - place(mark.at, en)).abs() < 0.4
                });
                let severity = match (one_less && there, goes_on) {
                    (true, false) => Severity::Error,
                    (true, true) => Severity::Warning,
                    (false, _) => Severity::Note,
                };
                findings.push(Finding::new("quotes", severity, message).en(span(mark)));
            }
        }
        (_, 0) => {
            let mark = &fr_alone[0];
            // What opens at the very start may have been open before, and need not be opened again.
            let opened = mark.opens && fr[..mark.at].trim().is_empty();
            let severity = if en_marks.is_empty() && !has_single(en) && !opened {
                Severity::Error
            } else {
                Severity::Note
            };
            let message = if mark.opens {
                "the French opens a quotation that goes on, the English does not"
            } else {
                "the French closes a quotation that was open, the English does not"
            };
            findings.push(Finding::new("quotes", severity, message).fr(span(mark)));
        }
        _ => {}
    }
}

/// Whether every quotation mark of a text has its partner.
pub fn balanced(text: &str) -> bool {
    alone(&marks(text)).is_empty()
}

/// The double quotation marks of a text.
fn marks(text: &str) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    let bytes = text.as_bytes();
    // Of the bytes that begin a mark: `"`, and the leads of `«`/`»` and of `“`/`”`/`„`.
    for at in memchr::memchr3_iter(b'"', 0xC2, 0xE2, bytes) {
        let (bytes_long, opens) = match &bytes[at..] {
            [b'"', ..] => {
                let before = text[..at].chars().next_back();
                let after = text[at + 1..].chars().next();
                // Inches and seconds: `6" long`, `10"9`.
                if before.is_some_and(|c| c.is_ascii_digit())
                    && (after.is_some_and(|c| c.is_ascii_digit())
                        || after == Some(' ') && !found.iter().any(|m| m.opens))
                {
                    continue;
                }
                let left = before.is_none_or(|c| {
                    c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '‘' | '\'' | '/' | '’')
                });
                let right = after.is_none_or(|c| {
                    c.is_whitespace() || matches!(c, ')' | ']' | ',' | '.' | '?' | '!' | ';' | ':' | '—')
                });
                let inside =
                    found.iter().filter(|m| m.opens).count() > found.iter().filter(|m| !m.opens).count();
                (
                    1,
                    match (left, right) {
                        (true, false) => true,
                        (false, true) => false,
                        _ => !inside,
                    },
                )
            }
            [0xC2, 0xAB, ..] => (2, true),
            [0xC2, 0xBB, ..] => (2, false),
            [0xE2, 0x80, 0x9C | 0x9E, ..] => (3, true),
            [0xE2, 0x80, 0x9D, ..] => (3, false),
            _ => continue,
        };
        found.push(Mark { at, bytes: bytes_long, opens });
    }
    found
}

/// The marks that have no partner, as a reader pairs them.
fn alone(marks: &[Mark]) -> Vec<Mark> {
    let mut open: Vec<Mark> = Vec::new();
    let mut found = Vec::new();
    for &mark in marks {
        if mark.opens {
            open.push(mark);
        } else if open.pop().is_none() {
            found.push(mark);
        }
    }
    found.extend(open);
    found
}

/// Whether a British single quote opens or closes something.
fn has_single(text: &str) -> bool {
    let closes = |at: usize| text[..at].trim_end().ends_with([',', '.', '?', '!', '…', '-', '—']);
    let opens = |at: usize| {
        text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '—' | '"'))
    };
    text.char_indices().any(|(at, c)| {
        let after = &text[at + c.len_utf8()..];
        c == '‘'
            || (matches!(c, '\'' | '’')
                && (closes(at)
                    || opens(at)
                        // `'tis` opens nothing; a capital or a blank after the mark does.
                        && (after.contains(c) || after.starts_with(|c: char| c.is_uppercase() || c == ' '))))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, found, good};
    use super::CHECK;

    #[test]
    fn a_lost_mark_is_found() {
        bad(CHECK, "« Oui », dit-elle.", "\"Yes, she said.", "\"");
        bad(CHECK, "« Oui », dit-elle.", "Yes,\" she said.", "\"");
        bad(CHECK, "le « roi » dort", "the “king sleeps", "“");
        bad(CHECK, "C’est fini », dit-elle.", "It is over, she said.", "");
    }

    #[test]
    fn a_quotation_may_go_on_in_both() {
        good(CHECK, "C’est fini », dit-elle.", "It is over,\" she said.");
        good(CHECK, "« C’est fini.", "\"It is over.");
        good(CHECK, "C’est fini », dit-elle.", "It is over,' she said.");
        good(CHECK, "le « roi » dort", "the ‘king’ sleeps, isn't it");
        good(CHECK, "« Il dit : “oui” »", "\"He says: 'yes'\"");
        good(CHECK, "Une planche de 6 pouces.", "A board 6\" long.");
        good(CHECK, "Le 100 m en 10\"9.", "The 100 metres in 10.9 seconds.");
        good(CHECK, "Il reprit : « Voyons, dit-il.", "He went on: 'Let us see.");
        good(CHECK, "Voyons donc. »", "Let me see-- '");
        good(CHECK, "Le roi", "The \"king\"");
        assert_eq!(found(CHECK, "le roi", "the \"king\"").len(), 1);
    }
}
