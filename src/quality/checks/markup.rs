//! **markup**: tags, entities and other code left in a text that people read.
//!
//! `<b>`, `</p>`, `&nbsp;`, `&#39;`, a Markdown link, `{{…}}`: what a web page or a file format was
//! made of. Code that the French has as well was there before the translation, and is no fault of
//! it; what only the English has is a warning.
//!
//! | French | English | |
//! |---|---|---|
//! | `Il dort.` | `He <i>sleeps</i>.` | warning |
//! | `Il dort &amp; rêve.` | `He sleeps &amp; dreams.` | nothing |
//! | `a < b` | `AT&T; a < b` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};

pub(super) const CHECK: Check = Check { name: "markup", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let mut fr = None;
    for span in pieces(pair.en.raw) {
        let piece = span.of(pair.en.raw);
        let fr = fr.get_or_insert_with(|| pieces(pair.fr.raw).collect::<Vec<_>>());
        if let Some(at) = fr.iter().position(|other| other.of(pair.fr.raw).eq_ignore_ascii_case(piece)) {
            fr.remove(at);
            continue;
        }
        let mut finding = Finding::new(
            "markup",
            Severity::Warning,
            format!("`{piece}` is markup, which the French does not have"),
        );
        if let Some(meant) = entity(piece) {
            finding = finding.suggestion(meant);
        }
        findings.push(finding.en(span));
    }
}

fn entity(piece: &str) -> Option<&'static str> {
    Some(match piece {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&#39;" | "&apos;" => "'",
        "&nbsp;" | "&#160;" => " ",
        _ => return None,
    })
}

/// The pieces of markup in a text, in order.
fn pieces(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(skip) = memchr::memchr3(b'<', b'&', b'{', &text.as_bytes()[at..])
            .into_iter()
            .chain(memchr::memchr(b']', &text.as_bytes()[at..]))
            .min()
        {
            let start = at + skip;
            let length = piece(&text[start..]);
            at = start + length.max(1);
            if length > 0 {
                return Some(Span::new(start, at));
            }
        }
        None
    })
}

/// The length of the piece that the text begins with; 0: none.
fn piece(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes[0] {
        b'<' => {
            let name = usize::from(bytes.get(1) == Some(&b'/')) + 1;
            if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
                return 0;
            }
            let end = memchr::memchr2(b'>', b'<', &bytes[1..]).map(|end| end + 1);
            end.filter(|&end| bytes[end] == b'>' && end < 200).map_or(0, |end| end + 1)
        }
        b'&' => {
            let numeric = usize::from(bytes.get(1) == Some(&b'#'));
            let name = bytes[1 + numeric..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let closed = bytes.get(1 + numeric + name) == Some(&b';');
            // `AT&T; …` is no entity: names have two letters at least.
            if closed && (2..10).contains(&name) { numeric + name + 2 } else { 0 }
        }
        b'{' if text.starts_with("{{") => text.find("}}").map_or(0, |end| end + 2),
        b']' if text.starts_with("](http") || text.starts_with("](/") => {
            text.find(')').map_or(0, |end| end + 1)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn markup_that_only_the_english_has_is_found() {
        bad(CHECK, "Il dort.", "He <i>sleeps</i>.", "<i>");
        bad(CHECK, "Toi et moi.", "You &amp; me.", "&amp;");
        bad(CHECK, "Lisez ceci.", "Read [this](https://a.example/b).", "](https://a.example/b)");
        bad(CHECK, "Il dort.", "He {{verb}}.", "{{verb}}");
    }

    #[test]
    fn what_the_french_has_too_and_what_only_looks_like_markup_is_not() {
        good(CHECK, "Il <b>dort</b>.", "He <b>sleeps</b>.");
        good(CHECK, "R&D ; a < b > c", "R&D; a < b > c, AT&T; I <3 it");
    }
}
