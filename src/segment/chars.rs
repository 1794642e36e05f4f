//! Characters as the rules see them: spaces, marks, closers, openers.
//!
//! For deciding, every space is a space (U+00A0, U+202F, U+2009 too) and U+2019 an apostrophe.

/// The character that begins at a byte.
#[inline]
pub(super) fn at(text: &str, byte: usize) -> Option<char> {
    match text.as_bytes().get(byte) {
        Some(&byte) if byte < 0x80 => Some(byte as char),
        Some(_) => text.get(byte..)?.chars().next(),
        None => None,
    }
}

/// The character that ends before a byte.
#[inline]
pub(super) fn before(text: &str, byte: usize) -> Option<char> {
    match text.as_bytes().get(byte.checked_sub(1)?) {
        Some(&byte) if byte < 0x80 => Some(byte as char),
        _ => text.get(..byte)?.chars().next_back(),
    }
}

/// An accent that is a character of its own, behind its letter (NFD).
#[inline]
pub(super) fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A letter, a digit, or the accent of one.
#[inline]
pub(super) fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c)
}

/// The first byte from `byte` on that is no white space.
#[inline]
pub(super) fn skip_spaces(text: &str, mut byte: usize) -> usize {
    while let Some(c) = at(text, byte) {
        if !c.is_whitespace() {
            break;
        }
        byte += c.len_utf8();
    }
    byte
}

/// A mark that may end a sentence.
#[inline]
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉')
}

/// Closes a quotation or a bracket, whatever stands before it. (`"` and the apostrophe may open as well.)
#[inline]
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '»' | '”' | ')' | ']' | '}' | '›')
}

/// May open a sentence, before its first word.
#[inline]
pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '«' | '“' | '„' | '"' | '\'' | '’' | '‘' | '‹' | '(' | '[' | '{' | '¿' | '¡' | '*' | '_')
}

/// A dash or bullet that may begin a turn of speech or a list entry.
#[inline]
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '−' | '•' | '·' | '●' | '■' | '►' | '▪' | '→')
}

/// An apostrophe, typed or set.
#[inline]
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}
