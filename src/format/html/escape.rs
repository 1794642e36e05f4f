//! Text that stands in HTML and XHTML.

/// What writing loses, as a person is told it.
pub(in crate::format) const LOST: &str = "control characters became a space";

/// Puts a text at the end of `out`; how many characters could not be kept.
///
/// `&`, `<` and `>` are escaped, and so is CR, which a reader would take for LF. What neither HTML nor XML can
/// hold becomes a space.
pub(in crate::format) fn text(text: &str, out: &mut String) -> u64 {
    put(text, false, false, out)
}

/// The same for a French text as a book sets it: a space that French typography does not break at is a no-break space.
///
/// Before `» ; : ! ? % € $ °` and after `«`, and between the groups of a number. The width of the space stays.
pub(in crate::format) fn french(text: &str, out: &mut String) -> u64 {
    put(text, false, true, out)
}

/// The same within double quotes.
pub(in crate::format) fn attribute(text: &str, out: &mut String) -> u64 {
    put(text, true, false, out)
}

fn put(text: &str, attribute: bool, french: bool, out: &mut String) -> u64 {
    // Nearly every text needs nothing done, or little: stretches are copied whole.
    let mut lost = 0;
    let mut from = 0;
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let instead = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if attribute => "&quot;",
            b' ' if french && is_bound(bytes, at) => "\u{A0}",
            b'\t' | b'\n' => continue,
            b'\r' => "&#13;",
            0..0x20 => {
                lost += 1;
                " "
            }
            // U+FFFE and U+FFFF.
            0xEF if matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) => {
                out.push_str(&text[from..at]);
                out.push(' ');
                lost += 1;
                from = at + 3;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + 1;
    }
    out.push_str(&text[from..]);
    lost
}

/// Whether French typography does not break at this space.
fn is_bound(bytes: &[u8], space: usize) -> bool {
    let after = &bytes[space + 1..];
    match after {
        [b';' | b':' | b'!' | b'?' | b'%' | b'$', ..] => return true,
        // » ° and €
        [0xC2, 0xBB | 0xB0, ..] | [0xE2, 0x82, 0xAC, ..] => return true,
        [a, b, c, rest @ ..] if [a, b, c].iter().all(|byte| byte.is_ascii_digit()) => {
            let digits = bytes[..space].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
            let ends = rest.first().is_none_or(|byte| !byte.is_ascii_digit());
            if (1..=3).contains(&digits) && ends {
                return true;
            }
        }
        _ => {}
    }
    bytes[..space].ends_with("«".as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether neither HTML nor XML 1.0 can hold the character.
    const fn is_forbidden(c: char) -> bool {
        matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
    }

    #[test]
    fn french_is_set_as_a_book_sets_it() {
        let set = |text: &str| {
            let mut out = String::new();
            assert_eq!(french(text, &mut out), 0);
            out
        };
        assert_eq!(
            set("« Oui », 25 % ; 1 200 000 € : quoi ?"),
            "«\u{A0}Oui\u{A0}», 25\u{A0}%\u{A0}; 1\u{A0}200\u{A0}000\u{A0}€\u{A0}: quoi\u{A0}?"
        );
        assert_eq!(set("En 2022 300 personnes, 5 chats."), "En 2022 300 personnes, 5 chats.");
        assert_eq!(set(" "), " ");
    }

    #[test]
    fn no_text_opens_a_tag_and_what_cannot_be_held_is_counted() {
        let mut out = String::new();
        assert_eq!(text("R&D <b>\u{B}\u{FFFF}é\u{85}\r\n", &mut out), 2);
        assert_eq!(out, "R&amp;D &lt;b&gt;  é\u{85}&#13;\n");
        out.clear();
        assert_eq!(attribute("\" onclick='x", &mut out), 0);
        assert_eq!(out, "&quot; onclick='x");
        for c in (0..=0x10FFFF).filter_map(char::from_u32) {
            out.clear();
            assert_eq!(text(c.encode_utf8(&mut [0; 4]), &mut out) == 1, is_forbidden(c), "{c:?}");
        }
    }
}
