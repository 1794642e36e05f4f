//! Texts and attributes, escaped.

use super::{instead, is_xml};
use crate::format::Told;
use crate::format::escape::Special;

/// How a loss of characters is told.
pub const LOST: &str = "control characters that XML cannot hold became a space or were left out";

/// What needs something done in a text begins with one of these; 0xEF: U+FFFE and U+FFFF do.
const SPECIAL: Special = Special::controls_and(b"&<>\"\xEF");

/// Adds a text between tags.
pub fn text(text: &str, out: &mut Vec<u8>, told: &mut Told) {
    escaped(text, false, out, told);
}

/// Adds a text between tags, in which XLIFF 2's `<cp/>` stands for a character that XML cannot hold: nothing is
/// lost.
pub fn text_with_cp(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    let mut told = Told::default();
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| !is_xml(*c)) {
        escaped(&rest[..at], false, out, &mut told);
        out.extend_from_slice(format!("<cp hex=\"{:04X}\"/>", u32::from(c)).as_bytes());
        rest = &rest[at + c.len_utf8()..];
    }
    escaped(rest, false, out, &mut told);
}

/// Adds an attribute's value, without its quotes; for `"` around it.
pub fn value(text: &str, out: &mut Vec<u8>, told: &mut Told) {
    escaped(text, true, out, told);
}

/// Adds an attribute with a space before it: ` name="value"`.
pub fn attribute(name: &str, text: &str, out: &mut Vec<u8>, told: &mut Told) {
    out.push(b' ');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"=\"");
    value(text, out, told);
    out.push(b'"');
}

fn escaped(text: &str, in_attribute: bool, out: &mut Vec<u8>, told: &mut Told) {
    let mut lost = 0;
    SPECIAL.escape(text, out, |rest| {
        let (length, written) = match rest {
            [b'&', ..] => (1, "&amp;"),
            [b'<', ..] => (1, "&lt;"),
            [b'>', ..] => (1, "&gt;"),
            [b'"', ..] if in_attribute => (1, "&quot;"),
            // A reader makes LF of CR, and a space of any in an attribute.
            [b'\r', ..] => (1, "&#13;"),
            [b'\n', ..] if in_attribute => (1, "&#10;"),
            [b'\t', ..] if in_attribute => (1, "&#9;"),
            [0xEF, 0xBF, 0xBE | 0xBF, ..] => (3, ""),
            [b'\n' | b'\t' | b'"' | 0xEF, ..] => return (0, ""),
            [control, ..] if instead(char::from(*control)).is_some() => (1, " "),
            _ => (1, ""),
        };
        lost += u64::from(matches!(written, "" | " "));
        (length, written)
    });
    told.lose(LOST, lost);
}
