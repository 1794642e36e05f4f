//! **brackets**: one of a pair missing.
//!
//! Round, square and curly brackets must close in order. Where the English does not and the French
//! does, one was lost. Where both do not, the sentence was cut out of a longer bracket, and nothing
//! is said. The marks of a list (`a)`, `1)`) and faces (`:)`) open nothing. Where both are in order
//! but one has a pair more, a note says so; translators add and drop brackets freely.
//!
//! | French | English | |
//! |---|---|---|
//! | `30 mètres (100 pieds) d’eau` | `30 meters (100 feet of water` | error |
//! | `a) Le chat` | `a) The cat` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};

pub(super) const CHECK: Check = Check { name: "brackets", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let (fr, en) = (pair.fr.raw, pair.en.raw);
    let odd = unpaired(en);
    if odd.alone.is_empty() {
        if !en.is_empty() && odd.pairs == 0 {
            let french = unpaired(fr);
            if french.pairs > 0 && french.alone.is_empty() {
                findings.push(Finding::new(
                    "brackets",
                    Severity::Note,
                    "the French has brackets, the English has none",
                ));
            }
        }
        return;
    }
    let french = unpaired(fr);
    // As many unpaired on both sides: cut out of something longer.
    if french.alone.len() == odd.alone.len() {
        return;
    }
    for &at in &odd.alone {
        let mark = en[at..].chars().next().unwrap_or('(');
        let (message, partner) = match mark {
            '(' => ("`(` is never closed", ")"),
            '[' => ("`[` is never closed", "]"),
            '{' => ("`{` is never closed", "}"),
            ')' => ("`)` closes nothing", "("),
            ']' => ("`]` closes nothing", "["),
            _ => ("`}` closes nothing", "{"),
        };
        let severity = if french.alone.is_empty() { Severity::Error } else { Severity::Warning };
        findings
            .push(Finding::new("brackets", severity, message).en(Span::new(at, at + 1)).expected(partner));
    }
}

struct Brackets {
    /// Where brackets stand that have no partner, in bytes.
    alone: Vec<usize>,
    pairs: usize,
}

fn unpaired(text: &str) -> Brackets {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut found = Brackets { alone: Vec::new(), pairs: 0 };
    let bytes = text.as_bytes();
    if memchr::memchr3(b'(', b'[', b'{', bytes).is_none()
        && memchr::memchr3(b')', b']', b'}', bytes).is_none()
    {
        return found;
    }
    for (at, byte) in text.bytes().enumerate() {
        let partner = match byte {
            b'(' | b'[' | b'{' => {
                if !is_face(text, at) {
                    open.push((byte, at));
                }
                continue;
            }
            b')' => b'(',
            b']' => b'[',
            b'}' => b'{',
            _ => continue,
        };
        match open.iter().rposition(|&(mark, _)| mark == partner) {
            Some(place) => {
                // What was opened since and never closed.
                found.alone.extend(open.drain(place..).skip(1).map(|(_, at)| at));
                found.pairs += 1;
            }
            None if is_face(text, at) || is_list_mark(text, at) => {}
            None => found.alone.push(at),
        }
    }
    found.alone.extend(open.into_iter().map(|(_, at)| at));
    found.alone.sort_unstable();
    found
}

/// Whether the bracket ends the mark of a list, `a)`, `12)`, at the start of the text.
fn is_list_mark(text: &str, at: usize) -> bool {
    let word = text[..at].trim_start();
    let word = word.trim_end_matches('.');
    !word.is_empty() && word.len() <= 2 && (word.bytes().all(|b| b.is_ascii_digit()) || word.len() == 1)
}

fn is_face(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches('-');
    before.ends_with([':', ';', '=']) && !before.ends_with("::") && text[..at].len() - before.len() < 2
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn a_lost_bracket_is_found() {
        bad(CHECK, "Trente mètres (cent pieds) d’eau.", "Thirty meters (a hundred feet of water.", "(");
        bad(CHECK, "Le conseil (CNR) dort.", "The council CNR) sleeps.", ")");
        bad(CHECK, "Le samedi 29 dort.", "On Saturday 29) he sleeps.", ")");
        bad(CHECK, "Il [le roi] dort.", "He [the king sleeps.", "[");
    }

    #[test]
    fn lists_faces_and_cut_sentences_are_in_order() {
        good(CHECK, "a) Le chat, b) le chien", "a) The cat, b) the dog");
        good(CHECK, "a. Le chat", "a) The cat");
        good(CHECK, "Oui.", "Yes :-) no ;)");
        good(CHECK, "(Il dort.", "(He sleeps.");
        good(CHECK, "L’ONU (Genève) dort.", "The UN in Geneva sleeps.");
    }
}
