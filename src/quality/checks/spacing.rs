//! **spacing**: blanks where none belong.
//!
//! Blanks at an edge of the text, two in a row, before a comma or a point, or inside a bracket; and
//! none after a full stop. They are easy to mend and seldom meant, but they do no harm to the sense: notes, all of them. Blanks before `?`, `!`, `:` and `;` are
//! French and belong to french-typography.
//!
//! | English | |
//! |---|---|
//! | `He sleeps , then wakes.` | note |
//! | `He  sleeps.`, ` He sleeps.` | note |
//! | `He sleeps.She wakes.` | note |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};

pub(super) const CHECK: Check = Check { name: "spacing", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let en = pair.en.raw;
    let mut add = |severity, message: &str, span: Span, suggestion: &str| {
        findings.push(Finding::new("spacing", severity, message).en(span).suggestion(suggestion));
    };
    let all = pair.en_all();
    if all.start > 0 && !all.is_empty() {
        add(Severity::Note, "blank at the start", Span::new(0, all.start), "");
    }
    if all.end < en.len() && !all.is_empty() {
        add(Severity::Note, "blank at the end", Span::new(all.end, en.len()), "");
    }
    let bytes = en.as_bytes();
    let mut at = all.start;
    while let Some(skip) = memchr::memchr2(b' ', b'.', &bytes[at..all.end]) {
        let start = at + skip;
        if bytes[start] == b'.' {
            // A small letter, a point, a capital and a small letter: two sentences typed as one.
            let before = start.checked_sub(1).is_some_and(|at| bytes[at].is_ascii_lowercase());
            let long =
                start.checked_sub(3).is_some_and(|at| bytes[at..start].iter().all(u8::is_ascii_lowercase));
            let after = bytes.get(start + 1).is_some_and(u8::is_ascii_uppercase)
                && bytes.get(start + 2).is_some_and(u8::is_ascii_lowercase);
            if before && long && after {
                add(Severity::Note, "no blank after the full stop", Span::new(start, start + 1), ". ");
            }
            at = start + 1;
            continue;
        }
        let mut end = start;
        while bytes.get(end) == Some(&b' ') {
            end += 1;
        }
        at = end;
        let next = en[end..].chars().next();
        let after = en[end..].chars().nth(1);
        match next {
            Some(',') => add(Severity::Note, "blank before a comma", Span::new(start, end), ""),
            Some('.') if after.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”')) => {
                add(Severity::Note, "blank before a full stop", Span::new(start, end), "");
            }
            Some(')' | ']') => {
                add(Severity::Note, "blank before a closing bracket", Span::new(start, end), "")
            }
            _ if end - start > 1 => add(Severity::Note, "two blanks in a row", Span::new(start, end), " "),
            _ if en[..start].ends_with(['(', '[']) => {
                add(Severity::Note, "blank after an opening bracket", Span::new(start, end), "");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::CHECK;
    use crate::bitext::Severity;

    #[test]
    fn blanks_where_none_belong_are_notes() {
        for (en, place) in [
            (" He sleeps.", 0),
            ("He  sleeps.", 2),
            ("He sleeps. ", 10),
            ("He naps.She wakes.", 7),
            ("He sleeps , then.", 9),
            ("He sleeps .", 9),
        ] {
            let findings = found(CHECK, "", en);
            assert_eq!(findings.len(), 1, "{en}");
            assert_eq!(
                (findings[0].severity, findings[0].en.unwrap().start),
                (Severity::Note, place),
                "{en}"
            );
        }
        assert!(found(CHECK, "", "e.g. the U.S. He. A .22 rifle, a .NET program ...").is_empty());
    }
}
